"""A change that was cut off at any point is completed by repeating it; what is true of the graph then is what the user is told."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

import kgraph
from kgraph import graph
from kgraph.errors import GraphError
from kgraph.graph import OxigraphStore
from kgraph.graph.stores.locking import lock
from kgraph.graph.stores.servers import SparqlServer
from kgraph.model import Knowledge
from kgraph.ontology import Ontology
from kgraph.settings import Settings

ANY = "ASK { ?fact a kg:Fact }"
TEXTS = {
    "one": "Ardent Motors said it would buy Belford Steel for $3 billion.",
    "two": "Carla Dunn is chief executive of Belford Steel. Belford Steel sued Corvid Energy.",
    "three": "Corvid Energy bought a rival of Ardent Motors, Delmore Power, for $40 million.",
}
Change = Callable[[str | Path], object]


def content(target: str | Path) -> set[str]:
    return set(map(str, graph.open_store(target, Settings()).quads()))


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    (tmp_path / "news").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "news" / f"{name}.txt").write_text(text, encoding="utf-8")
    return [tmp_path / "news" / f"{name}.txt" for name in TEXTS]


@pytest.fixture(params=["an article comes", "an article is corrected", "an article goes", "an article is taken back"])
def change(request: pytest.FixtureRequest, sources: list[Path], tmp_path: Path) -> Change:
    (tmp_path / "corrected").mkdir()
    corrected = tmp_path / "corrected" / "two.txt"
    corrected.write_text("Carla Dunn has left Belford Steel, which Ardent Motors bought.", encoding="utf-8")
    changes: dict[str, Change] = {
        "an article comes": lambda target: kgraph.add(target, sources[2]),
        "an article is corrected": lambda target: kgraph.add(target, corrected),
        "an article goes": lambda target: kgraph.remove(target, "two"),
        "an article is taken back": lambda target: kgraph.remove(target, "two", retracted=dt.date(2025, 3, 1), why="an error"),
    }
    return changes[request.param]


def test_a_change_of_a_server_that_was_cut_off_after_any_request_is_completed_by_repeating_it(
    union_server: str, sources: list[Path], change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, left = SparqlServer._send, [0]  # noqa: SLF001

    def sent(self: SparqlServer, method: str, path: str, *arguments: object, **rest: object) -> object:
        if method in ("PUT", "DELETE") or path == "/update":
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
        return send(self, method, path, *arguments, **rest)  # type: ignore[arg-type]

    def changed(requests: int) -> bool:
        """Whether the change of a fresh graph came to its end within so many requests."""
        left[0] = -1
        kgraph.build(*sources[:2], output=union_server)
        left[0] = requests
        try:
            change(union_server)
        except KeyboardInterrupt:
            return False
        finally:
            left[0] = -1
        return True

    monkeypatch.setattr(SparqlServer, "_send", sent)
    assert changed(-1)
    expected, requests = content(union_server), 0
    while not changed(requests):
        change(union_server)
        assert content(union_server) == expected
        assert graph.open_store(union_server, Settings()).settled()
        requests += 1
    assert requests >= 3


def test_any_later_change_completes_one_that_was_cut_off(union_server: str, sources: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    kgraph.build(*sources, output=union_server)
    expected = content(union_server)
    kgraph.build(sources[0], output=union_server)

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SparqlServer, "_replace", broken)
        with pytest.raises(KeyboardInterrupt):
            kgraph.add(union_server, sources[1])
    kgraph.add(union_server, *sources[1:])
    assert content(union_server) == expected


@pytest.fixture
def cut_off(request: pytest.FixtureRequest, sources: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A graph in which the removal of an article was cut off after the article had gone."""
    folder = request.param == "folder"
    target = str(tmp_path / "graph.kg") if folder else str(request.getfixturevalue("union_server"))
    kgraph.build(*sources, output=target)
    place, name = (OxigraphStore, "_change") if folder else (SparqlServer, "_replace")
    really = getattr(place, name)

    def broken(*arguments: object) -> None:
        really(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(place, name, broken)
        with pytest.raises(KeyboardInterrupt):
            kgraph.remove(target, "two")
    return target


@pytest.mark.parametrize("cut_off", ["folder", "server"], indirect=True)
def test_only_what_was_being_taken_out_may_have_gone(cut_off: str, sources: list[Path], tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no article has the id too "):
        kgraph.remove(cut_off, "two", "too")
    assert not graph.open_store(cut_off, Settings()).settled()
    kgraph.remove(cut_off, "two")
    assert graph.open_store(cut_off, Settings()).settled()
    kgraph.build(sources[0], sources[2], output=tmp_path / "whole.kg")
    assert content(cut_off) == content(tmp_path / "whole.kg")


@pytest.mark.parametrize("cut_off", ["server"], indirect=True)
def test_a_change_that_was_cut_off_is_known_under_any_namespace(cut_off: str) -> None:
    other = graph.open_store(cut_off, Settings(namespace="https://example.org/other/"))
    assert not other.settled()
    assert other.cut_off() == {"two"}
    assert not [quad for quad in other.quads() if quad.predicate.value.endswith("unsettled")]
    other.write([])
    assert other.settled()
    assert not other.exists()


@pytest.mark.parametrize("moment", ["before the graph changes", "after it"])
def test_a_change_of_a_folder_that_was_cut_off_is_completed_by_repeating_it(
    tmp_path: Path, sources: list[Path], change: Change, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("cut.kg", "whole.kg"):
        kgraph.build(*sources[:2], output=tmp_path / name)
    change(tmp_path / "whole.kg")
    really = OxigraphStore._change  # noqa: SLF001

    def cut(self: OxigraphStore, differences: graph.Changes) -> None:
        if moment == "after it":
            really(self, differences)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(OxigraphStore, "_change", cut)
        with pytest.raises(KeyboardInterrupt):
            change(tmp_path / "cut.kg")
    change(tmp_path / "cut.kg")
    assert content(tmp_path / "cut.kg") == content(tmp_path / "whole.kg")
    assert graph.open_store(tmp_path / "cut.kg", Settings()).settled()


def test_adding_nothing_new_makes_a_lost_index_anew_and_says_why(
    tmp_path: Path, sources: list[Path], caplog: pytest.LogCaptureFixture
) -> None:
    target = tmp_path / "graph.kg"
    kgraph.build(*sources, output=target)
    before = content(target)
    (target / "kgraph.index").unlink()
    with caplog.at_level(logging.INFO):
        assert kgraph.add(target, sources[0]).unchanged == 1
    assert "concluded as a whole" in caplog.text
    caplog.clear()
    with caplog.at_level(logging.INFO):
        kgraph.add(target, sources[1])
    assert caplog.text == ""
    assert content(target) == before


# ── readers and writers ──────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path, deals: Knowledge, settings: Settings, ontology: Ontology) -> Path:
    graph.save(graph.open_store(tmp_path / "graph.kg", settings), deals, settings, ontology)
    return tmp_path / "graph.kg"


def test_others_read_while_a_writer_still_reads_articles(folder: Path, settings: Settings) -> None:
    with graph.open_store(folder, settings).writing():
        assert graph.open_store(folder, settings).query(ANY).truth is True


def test_a_reader_waits_until_a_change_is_over(folder: Path, settings: Settings) -> None:
    with ExitStack() as change, ThreadPoolExecutor(1) as reader:
        change.enter_context(lock(folder))
        answer = reader.submit(graph.open_store(folder, settings).query, ANY)
        with pytest.raises(TimeoutError):
            answer.result(0.2)
        change.close()
        assert answer.result().truth is True


def test_a_second_writer_is_told_at_once(folder: Path, settings: Settings) -> None:
    with graph.open_store(folder, settings).writing(), pytest.raises(GraphError, match="another process is using this graph"):
        kgraph.remove(folder, "a1")


def test_changes_leave_no_logs_behind(tmp_path: Path, sources: list[Path]) -> None:
    target = tmp_path / "graph.kg"
    kgraph.build(sources[0], output=target)
    for source in sources[1:]:
        kgraph.add(target, source)
    assert list(target.glob("LOG.old.*")) == []


# ── a full disk ──────────────────────────────────────────────────────────────

FULL = "IO error: No space left on device: While appending to file: graph.kg/000123.sst: No space left on device"


class _Full:
    """A store on a disk that is full from one step on."""

    def __init__(self, step: str, path: str) -> None:
        self._store = ox.Store(path)
        self._step = step

    def update(self, text: str) -> None:
        if self._step == "update":
            raise OSError(FULL)
        self._store.update(text)

    def flush(self) -> None:
        raise OSError(FULL)


def test_a_change_that_a_full_disk_refused_is_not_in_the_graph(
    folder: Path, deals: Knowledge, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("kgraph.graph.stores.directories.writable", partial(_Full, "update"))
        with pytest.raises(GraphError, match=r"graph\.kg: cannot be written: No space left on device$"):
            graph.open_store(folder, settings).write([])
    assert graph.load(graph.open_store(folder, settings), settings) == deals


def test_a_change_that_is_in_but_could_not_be_made_safe_is_told_so(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("kgraph.graph.stores.directories.writable", partial(_Full, "flush"))
        graph.open_store(folder, settings).write([])
    assert "the change is in the graph" in caplog.text
    assert list(graph.open_store(folder, settings).quads()) == []
