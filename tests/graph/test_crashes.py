"""A graph survives what happens to processes: killed at any moment, or out of space."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kgraph import graph
from kgraph.errors import GraphError
from kgraph.model import Knowledge
from kgraph.ontology import Ontology
from kgraph.settings import Settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed as POSIX does it")
KILLS = 25
FORK = multiprocessing.get_context("fork" if sys.platform != "win32" else None)


@pytest.fixture(params=["graph.trig", "graph.kg"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


@pytest.fixture
def save(target: Path, settings: Settings, ontology: Ontology) -> Callable[[Knowledge], None]:
    def run(known: Knowledge) -> None:
        store = graph.open_store(target, settings)
        with store.writing():
            graph.save(store, known, settings, ontology)

    return run


def forever(save: Callable[[Knowledge], None], old: Knowledge, new: Knowledge) -> None:
    while True:
        save(new)
        save(old)


def test_kill_9_leaves_the_old_or_the_new_graph(
    target: Path, deals: Knowledge, settings: Settings, save: Callable[[Knowledge], None]
) -> None:
    changed = replace(deals, articles=(replace(deals.articles[0], publisher="Other Times"), *deals.articles[1:]), disagreements=())
    save(deals)
    moments = random.Random(7)  # noqa: S311  # moments, not secrets
    for _ in range(KILLS):
        writer = FORK.Process(target=forever, args=(save, deals, changed))
        writer.start()
        time.sleep(moments.uniform(0, 0.08))
        writer.kill()
        writer.join()
        assert graph.load(graph.open_store(target, settings), settings) in (deals, changed)
    save(changed)
    assert graph.load(graph.open_store(target, settings), settings) == changed
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def starve(save: Callable[[Knowledge], None], known: Knowledge, answer: Callable[[str], None]) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    try:
        save(known)
    except GraphError as error:
        answer(str(error))
    os._exit(0)


def test_a_full_disk_is_told_and_leaves_the_old_graph(
    target: Path, deals: Knowledge, settings: Settings, save: Callable[[Knowledge], None]
) -> None:
    save(deals)
    told, answer = FORK.Pipe(duplex=False)
    writer = FORK.Process(target=starve, args=(save, replace(deals, disagreements=()), answer.send))
    writer.start()
    assert told.poll(10)
    assert f"{target.name}: cannot be written" in told.recv()
    writer.join()
    assert graph.load(graph.open_store(target, settings), settings) == deals
