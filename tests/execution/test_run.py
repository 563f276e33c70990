import os
import subprocess
import sys
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from kgraph.errors import SettingsError
from kgraph.execution import Failure, opener, run


def double(numbers: tuple[int, ...]) -> list[int]:
    return [2 * n for n in numbers]


def die_at_seven(numbers: tuple[int, ...]) -> list[int]:
    if 7 in numbers:
        os._exit(1)
    return double(numbers)


def note_and_die_at_seven(calls: Path, numbers: tuple[int, ...]) -> list[int]:
    with calls.open("a", encoding="utf-8") as file:
        file.write(f"{[*numbers]}\n")
    return die_at_seven(numbers)


def fail(numbers: tuple[int, ...]) -> list[int]:
    msg = f"cannot double {numbers}"
    raise RuntimeError(msg)


@pytest.mark.parametrize("open_executor", [None, lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(2)])
def test_results_come_in_the_order_of_the_items(open_executor) -> None:
    assert list(run(double, range(10), size=3, ahead=2, open_executor=open_executor)) == [2 * n for n in range(10)]


def test_no_more_batches_are_taken_than_may_be_in_flight() -> None:
    taken = []

    def items():
        for n in range(100):
            taken.append(n)
            yield n

    results = run(double, items(), size=1, ahead=4, open_executor=lambda: ThreadPoolExecutor(1))
    next(results)
    assert len(taken) == 4
    results.close()


def test_a_dead_worker_costs_only_the_item_that_killed_it() -> None:
    results = list(run(die_at_seven, range(12), size=5, ahead=3, open_executor=lambda: ProcessPoolExecutor(2)))
    failures = [r for r in results if isinstance(r, Failure)]
    assert [f.item for f in failures] == [7]
    assert sorted(r for r in results if not isinstance(r, Failure)) == [2 * n for n in range(12) if n != 7]


class BreaksAtThirdCall(ThreadPoolExecutor):
    """An executor that is found broken when its third batch is handed to it."""

    calls = 0

    def submit(self, *args, **kwargs):
        self.calls += 1
        if self.calls == 3:
            raise BrokenExecutor
        return super().submit(*args, **kwargs)


def test_no_batch_is_lost_where_the_executor_breaks_between_two_of_them() -> None:
    executors = iter([BreaksAtThirdCall(1)])
    results = list(run(double, range(10), size=1, ahead=2, open_executor=lambda: next(executors, None) or ThreadPoolExecutor(1)))
    assert results == [2 * n for n in range(10)]


def test_a_bug_in_the_function_is_raised() -> None:
    with pytest.raises(RuntimeError, match="cannot double"):
        list(run(fail, range(3), size=2, ahead=2, open_executor=lambda: ThreadPoolExecutor(1)))


def test_a_cluster_of_worker_processes_gives_the_same_results() -> None:
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        place = cluster.scheduler_address.removeprefix("tcp://")
        executor = opener(1, f"dask://{place}")
        results = list(run(double, range(6), size=2, ahead=2, open_executor=executor))
    assert results == [0, 2, 4, 6, 8, 10]


def test_an_item_that_kills_its_cluster_worker_is_tried_again_alone_and_then_named(tmp_path) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    calls = tmp_path / "calls"
    at_once = {"allowed_failures": 0}  # a death is told at once, rather than after four on as many workers
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50, scheduler_kwargs=at_once
    ) as cluster:
        place = cluster.scheduler_address.removeprefix("tcp://")
        items = run(partial(note_and_die_at_seven, calls), range(4, 10), size=2, ahead=1, open_executor=opener(1, f"dask://{place}"))
        results = list(items)
    failure = next(result for result in results if isinstance(result, Failure))
    assert failure.item == 7
    assert "died" in failure.cause
    assert [result for result in results if result is not failure] == [8, 10, 12, 16, 18]
    assert [call for call in calls.read_text(encoding="utf-8").splitlines() if "7" in call] == ["[6, 7]", "[7]"]


def test_one_job_needs_no_executor() -> None:
    assert opener(1) is None
    assert opener(2) is not None


def test_an_address_that_is_not_a_cluster_is_refused() -> None:
    open_executor = opener(1, "spark://localhost:1")
    assert open_executor is not None
    with pytest.raises(SettingsError, match="dask://HOST:PORT"):
        open_executor()


def test_a_script_without_a_main_guard_is_told_so(tmp_path) -> None:
    script = tmp_path / "script.py"
    script.write_text("from kgraph import execution\nexecution.opener(2)()\n")
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 1
    assert 'SettingsError: jobs: no worker can start; a script must ask for them under `if __name__ == "__main__":`' in run.stderr
