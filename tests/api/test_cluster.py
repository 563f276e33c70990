"""A build on a real cluster of worker processes, of which one is killed, is the build of one process."""

import os
import signal

import pytest

import kgraph
from kgraph import pipeline
from kgraph.execution import opener
from kgraph.settings import Settings

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def address(cluster) -> str:
    return f"dask://{cluster.scheduler_address.removeprefix('tcp://')}"


def test_facts_fused_on_a_cluster_are_those_fused_here(graph, address) -> None:
    assert pipeline.conclude(graph.knowledge, Settings(), open_executor=opener(1, address)) == graph.knowledge


def test_a_worker_killed_in_the_middle_of_a_build_costs_nothing(articles, graph, cluster, address) -> None:
    killed = []

    def kill_one() -> None:
        if not killed:
            killed.append(next(iter(cluster.workers.values())).process.pid)
            os.kill(killed[0], signal.SIGKILL)

    built = kgraph.build(articles, executor=address, with_text=True, settings=Settings(batch_articles=1), progress=kill_one)
    assert killed
    assert built.skipped == ()
    assert built.knowledge == graph.knowledge
