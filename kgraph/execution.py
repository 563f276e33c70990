"""Runs one function over batches in any `concurrent.futures.Executor`, in order and within bounded memory.

A worker that dies takes every batch in flight with it. Their items are then tried again one at a time,
in a fresh executor, so that one bad item costs itself and nothing else.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar

from kgraph.errors import ExtraMissing, SettingsError

__all__ = ["Failure", "Opener", "opener", "run"]

logger = logging.getLogger(__name__)

Item = TypeVar("Item")
Result = TypeVar("Result")
Opener = Callable[[], Executor]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure(Generic[Item]):
    """An item whose worker died twice."""

    item: Item
    cause: str


def opener(jobs: int, address: str | None = None) -> Opener | None:
    """How to open the executor for `jobs` processes or for a cluster's `address`; None runs in this process.

    An address is `dask://HOST:PORT`. Raises `SettingsError` on any other, `ExtraMissing` without Dask.
    """
    if address is not None:
        return partial(_dask, address)
    return partial(_processes, jobs) if jobs > 1 else None


def _processes(jobs: int) -> Executor:
    """Fresh interpreters rather than forks: a fork copies locks that other threads hold.

    Each imports the program that started it anew, so a script that calls kgraph while it is imported would start itself in every worker.
    """
    executor = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        executor.submit(int).result()
    except BrokenExecutor as error:
        executor.shutdown(wait=False, cancel_futures=True)
        raise SettingsError('jobs: no worker can start; a script must ask for them under `if __name__ == "__main__":`') from error
    return executor


class _Cluster(Executor):
    """A Dask client as an executor; shutting it down leaves the cluster and closes the client."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a call on some worker; one that killed every worker it was given to has broken the executor."""
        from distributed import KilledWorker

        answer: Future[Any] = Future()

        def pass_on(done: Future[Any]) -> None:
            if done.cancelled():
                answer.cancel()
            elif (error := done.exception()) is None:
                answer.set_result(done.result())
            else:
                answer.set_exception(BrokenExecutor(str(error)) if isinstance(error, KilledWorker) else error)

        self._executor.submit(fn, *args, **kwargs).add_done_callback(pass_on)
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - the interface's
        """Close the client, which drops the calls that are not done."""
        self._executor.shutdown(wait=wait)
        self._client.close()


def _dask(address: str) -> Executor:
    scheme, _, place = address.partition("://")
    if scheme != "dask" or not place:
        msg = f"{address}: an executor is given as dask://HOST:PORT"
        raise SettingsError(msg)
    try:
        from distributed import Client
    except ImportError as error:
        raise ExtraMissing("dask://", "cluster") from error
    try:
        return _Cluster(Client(f"tcp://{place}", timeout="10s"))
    except OSError as error:
        msg = f"{address}: no Dask scheduler answers there"
        raise SettingsError(msg) from error


def run(
    function: Callable[[Sequence[Item]], Sequence[Result]],
    items: Iterable[Item],
    *,
    size: int,
    ahead: int,
    open_executor: Opener | None,
) -> Iterator[Result | Failure[Item]]:
    """Results of `function` over batches of `size` items, in the order of the items.

    At most `ahead` batches are in flight. An exception that `function` raises is a bug and is raised here.
    """
    batches = _batches(items, size)
    if open_executor is None:
        for batch in batches:
            yield from function(batch)
        return
    executor = open_executor()
    try:
        flight: deque[tuple[tuple[Item, ...], Future[Sequence[Result]]]] = deque()
        while True:
            try:
                for batch in islice(batches, ahead - len(flight)):
                    flight.append((batch, _submitted(executor, function, batch)))
                if not flight:
                    return
                results = flight[0][1].result()
            except BrokenExecutor:
                executor.shutdown(wait=False, cancel_futures=True)
                lost = [item for batch, _ in flight for item in batch]
                logger.warning("a worker died; trying its %d items again one by one", len(lost))
                flight.clear()
                yield from _one_by_one(function, lost, open_executor)
                executor = open_executor()
            else:
                flight.popleft()
                yield from results
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _submitted(
    executor: Executor, function: Callable[[Sequence[Item]], Sequence[Result]], batch: tuple[Item, ...]
) -> Future[Sequence[Result]]:
    """The batch's future; where the executor broke before this call, one that says so, so that the batch is in flight and not lost."""
    try:
        return executor.submit(function, batch)
    except BrokenExecutor as error:
        broken: Future[Sequence[Result]] = Future()
        broken.set_exception(error)
        return broken


def _batches(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def _one_by_one(
    function: Callable[[Sequence[Item]], Sequence[Result]], items: Iterable[Item], open_executor: Opener
) -> Iterator[Result | Failure[Item]]:
    """Each item in its own call; after a death the next gets a fresh executor."""
    executor = open_executor()
    try:
        for item in items:
            try:
                yield from executor.submit(function, (item,)).result()
            except BrokenExecutor as error:
                executor.shutdown(wait=False, cancel_futures=True)
                executor = open_executor()
                yield Failure(item=item, cause=str(error) or "the worker died")
    finally:
        executor.shutdown(wait=False, cancel_futures=True)
