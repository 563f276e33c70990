"""One contract for every place where a graph can be kept."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest

from kgraph import graph
from kgraph.errors import GraphError, QueryError
from kgraph.graph import RdfFormat, Store
from kgraph.model import Article, Knowledge
from kgraph.ontology import Ontology
from kgraph.settings import Settings

INVESTORS = "SELECT ?who WHERE { ?who kg:investedIn :Scale_AI }"


@pytest.fixture(params=["file", "folder", "server", "memory"])
def opening(request: pytest.FixtureRequest, tmp_path: Path, settings: Settings) -> Callable[[], Store]:
    """Opens the same, at first empty, place again and again."""
    if request.param == "server":
        url = request.getfixturevalue("union_server")
        graph.open_store(url, settings).write([])
        return lambda: graph.open_store(url, settings)
    if request.param == "memory":
        store = graph.memory_store([], settings)
        return lambda: store
    target = tmp_path / ("graph.trig" if request.param == "file" else "graph.kg")
    return lambda: graph.open_store(target, settings)


@pytest.fixture
def later(deals: Knowledge) -> Knowledge:
    """Without the last article, with a new one, and with the first one corrected."""
    kept = deals.claims[:2]
    corrected = replace(deals.articles[0], publisher="Corrected Times", sha256="beef")
    new = Article(id="b9", text="Nothing is claimed here.")
    return replace(
        deals,
        articles=(corrected, deals.articles[1], new),
        appearances=tuple(a for a in deals.appearances if a.article != "a3"),
        claims=kept,
        entities=tuple(replace(e, appearances=tuple(key for key in e.appearances if not key.startswith("a3"))) for e in deals.entities),
        facts=(replace(deals.facts[0], claims=tuple(claim.id for claim in kept)),),
        disagreements=(),
    )


def test_a_new_place_has_no_graph(opening: Callable[[], Store]) -> None:
    store = opening()
    assert not store.exists()


def test_what_is_saved_loads_equal(opening: Callable[[], Store], deals: Knowledge, settings: Settings, ontology: Ontology) -> None:
    graph.save(opening(), deals, settings, ontology)
    assert opening().exists()
    assert graph.load(opening(), settings) == deals


def test_saving_again_leaves_exactly_the_new_knowledge(
    opening: Callable[[], Store], deals: Knowledge, later: Knowledge, settings: Settings, ontology: Ontology
) -> None:
    for known in (deals, later):
        store = opening()
        with store.writing():
            graph.save(store, known, settings, ontology)
    assert graph.load(opening(), settings) == later
    stored = graph.serialise(opening().quads(), RdfFormat.NQUADS, settings.namespace)
    assert stored == graph.serialise(graph.quads(later, settings, ontology), RdfFormat.NQUADS, settings.namespace)


def test_a_store_counts_what_it_holds(opening: Callable[[], Store], deals: Knowledge, settings: Settings, ontology: Ontology) -> None:
    graph.save(opening(), deals, settings, ontology)
    held = {name: len(getattr(deals, name)) for name in ("articles", "claims", "facts", "entities")}
    graver = [found for found in deals.disagreements if found.severity > 0]
    undated = [article for article in deals.articles if article.date is None]
    assert graph.counts(opening()) == held | {"disagreements": len(graver), "undated": len(undated)}


def test_a_query_knows_the_prefixes_and_sees_all_graphs(
    opening: Callable[[], Store], deals: Knowledge, settings: Settings, ontology: Ontology
) -> None:
    graph.save(opening(), deals, settings, ontology)
    store = opening()
    assert store.query(INVESTORS).rows == [{"who": ":Meta"}]
    across = "SELECT ?id WHERE { ?fact prov:wasDerivedFrom/kg:quote/oa:hasSource/schema:identifier ?id } ORDER BY ?id"
    assert store.query(across).rows == [{"id": "a1"}, {"id": "a2"}, {"id": "a3"}]
    assert store.query("ASK { :Meta kg:acquired :Scale_AI }").truth is False
    status, planned = graph.stored_query("status"), {"status": "planned"}
    assert status.concluded
    assert graph.ask(store, status, planned)
    assert graph.ask(store, status, planned) == store.query(graph.bind(status, planned))
    assert "kg:investedIn :Scale_AI" in store.query("CONSTRUCT { ?a kg:investedIn ?b } WHERE { ?a kg:investedIn ?b }").serialise("ttl")


@pytest.mark.parametrize(
    ("sparql", "complaint"),
    [
        ("SELECT ?s WHERE {\n ?s ?p", "^the query is wrong: line 2, column 7, where it ends$"),
        ("SELECT ?s WHERE { ?s press:kind ?o }", "^the query is wrong: the prefix press: is not known$"),
        ("DELETE WHERE { ?s ?p ?o }", "^DELETE: queries only read the graph$"),
        ("SELECT ?s WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT ?s WHERE { ?s ?p ?o }", "more than 5 results"),
    ],
)
def test_a_query_that_cannot_be_answered_is_one_clear_line(
    opening: Callable[[], Store], deals: Knowledge, settings: Settings, ontology: Ontology, sparql: str, complaint: str
) -> None:
    graph.save(opening(), deals, settings, ontology)
    with pytest.raises(QueryError, match=complaint):
        opening().query(sparql, limit=5)


def test_a_query_that_takes_too_long_is_given_up(
    opening: Callable[[], Store], deals: Knowledge, settings: Settings, ontology: Ontology
) -> None:
    graph.save(opening(), deals, settings, ontology)
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i))) = 1) }"
    with pytest.raises(QueryError, match=r"longer than 0\.05 seconds"):
        opening().query(slow, timeout=0.05)


# ── files and folders ────────────────────────────────────────────────────────


@pytest.fixture(params=["graph.trig", "graph.kg"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def test_a_second_writer_is_told(target: Path, settings: Settings) -> None:
    held = pytest.raises(GraphError, match=f"{target.name}: another process")
    with graph.open_store(target, settings).writing(), held, graph.open_store(target, settings).writing():
        pass
    with graph.open_store(target, settings).writing():
        pass
    assert list(target.parent.iterdir()) == []


def test_one_that_was_asked_before_sees_what_others_changed(target: Path, deals: Knowledge, settings: Settings, ontology: Ontology) -> None:
    reader, writer = graph.open_store(target, settings), graph.open_store(target, settings)
    for known in (deals, replace(deals, facts=()), deals):
        graph.save(writer, known, settings, ontology)
        assert len(reader.query(INVESTORS).solutions or ()) == (1 if known.facts else 0)


def test_a_folder_that_is_open_for_changes_shows_each_of_them(
    tmp_path: Path, deals: Knowledge, settings: Settings, ontology: Ontology
) -> None:
    store = graph.OxigraphStore(tmp_path / "graph.kg", settings)
    store.write([])
    quads = [*graph.quads(deals, settings, ontology)]
    with store.writing():
        part = store.parts(ontology)
        for source in deals.articles:
            name = part.source(source.id)
            part.apply({name: (set(), {quad for quad in quads if quad.graph_name == name})})
            assert any(quad.graph_name == name for quad in store.quads())


def test_a_file_that_is_merged_away_while_a_folder_is_opened_is_no_damage(
    tmp_path: Path, deals: Knowledge, settings: Settings, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, opened = graph.OxigraphStore(tmp_path / "graph.kg", settings), []

    class Merging:
        @staticmethod
        def read_only(path: str) -> ox.Store:
            opened.append(path)
            if len(opened) == 1:
                msg = "Corruption: No such file or directory"
                raise RuntimeError(msg)
            return ox.Store.read_only(path)

    graph.save(store, deals, settings, ontology)
    monkeypatch.setattr("kgraph.graph.stores.directories.ox", SimpleNamespace(Store=Merging))
    assert next(iter(store.quads()), None) is not None
    assert len(opened) == 2


def test_a_folder_without_one_of_its_files_is_refused_in_one_line(
    tmp_path: Path, deals: Knowledge, settings: Settings, ontology: Ontology
) -> None:
    path = tmp_path / "graph.kg"
    graph.save(graph.OxigraphStore(path, settings), deals, settings, ontology)
    for table in path.glob("*.sst"):
        table.unlink()
    with pytest.raises(GraphError, match=r"graph\.kg: cannot be read"):
        graph.OxigraphStore(path, settings).query(INVESTORS)


def test_a_folder_that_took_the_place_of_another_is_the_one_that_is_asked(
    tmp_path: Path, deals: Knowledge, settings: Settings, ontology: Ontology
) -> None:
    old, new = tmp_path / "graph.kg", tmp_path / "new.kg"
    store = graph.open_store(old, settings)
    graph.save(store, deals, settings, ontology)
    assert store.query(INVESTORS).solutions
    graph.open_store(new, settings).write([])
    shutil.rmtree(old)
    new.rename(old)
    assert not store.query(INVESTORS).solutions


def test_a_missing_graph_is_named(target: Path, settings: Settings) -> None:
    with pytest.raises(GraphError, match=f"{target.name}"):
        list(graph.open_store(target, settings).quads())
    with pytest.raises(GraphError, match=f"{target.name}"):
        graph.open_store(target, settings).query(INVESTORS)


def test_an_ending_without_a_format_is_told_before_anything_is_read(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(GraphError, match=r"graph\.docx: cannot tell the format"):
        graph.open_store(tmp_path / "graph.docx", settings)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path, deals: Knowledge, settings: Settings, ontology: Ontology) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(GraphError, match="notes: cannot be written"):
        graph.save(graph.open_store(tmp_path / "notes", settings), deals, settings, ontology)
    assert (tmp_path / "notes" / "a.txt").read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for name in ("graph.trig", "graph.kg"):
        with pytest.raises(GraphError, match=f"{name}: cannot be written"):
            graph.open_store(tmp_path / "file" / name, settings).write([])


def test_saving_the_same_twice_gives_the_same_bytes(tmp_path: Path, deals: Knowledge, settings: Settings, ontology: Ontology) -> None:
    path = tmp_path / "graph.trig"
    graph.save(graph.open_store(path, settings), deals, settings, ontology)
    first = path.read_bytes()
    again = graph.load(graph.open_store(path, settings), settings)
    graph.save(graph.open_store(path, settings), again, settings, ontology)
    assert path.read_bytes() == first


def test_a_folder_exports_the_bytes_of_the_file(tmp_path: Path, deals: Knowledge, settings: Settings, ontology: Ontology) -> None:
    graph.save(graph.open_store(tmp_path / "graph.kg", settings), deals, settings, ontology)
    stored = graph.open_store(tmp_path / "graph.kg", settings).quads()
    expected = graph.serialise(graph.quads(deals, settings, ontology), RdfFormat.TRIG, settings.namespace)
    assert graph.serialise(stored, RdfFormat.TRIG, settings.namespace) == expected


# ── servers ──────────────────────────────────────────────────────────────────


def test_a_server_without_a_union_graph_is_refused(
    serving: Callable[[], tuple[subprocess.Popen[bytes], str]], deals: Knowledge, settings: Settings, ontology: Ontology
) -> None:
    process, url = serving()
    try:
        with pytest.raises(GraphError, match="--union-default-graph"):
            graph.save(graph.open_store(url, settings), deals, settings, ontology)
    finally:
        process.kill()
        process.wait()


def test_a_dead_server_is_named(settings: Settings) -> None:
    with pytest.raises(GraphError, match=r"http://127\.0\.0\.1:1: no SPARQL server answers"):
        graph.open_store("http://127.0.0.1:1", settings).exists()
