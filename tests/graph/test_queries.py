"""The stored questions answer over the hand-made deal; values are literals, never SPARQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib

from kgraph import graph
from kgraph.errors import QueryError
from kgraph.graph import Store, StoredQuery
from kgraph.model import Knowledge
from kgraph.ontology import Ontology
from kgraph.settings import Settings

KNOWN = {query.name: query for query in graph.stored_queries()}
EXAMPLES = {"thing": "scale ai", "part": "scal", "other": "META", "id": "a2", "status": "planned", "least": "10,000,000,000"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, deals: Knowledge, settings: Settings, ontology: Ontology) -> Store:
    found = graph.open_store(tmp_path_factory.mktemp("queries") / "graph.trig", settings)
    graph.save(found, deals, settings, ontology)
    return found


@pytest.fixture
def asked(store: Store) -> Callable[..., list[dict[str, str]]]:
    def ask(query: str, /, **values: str) -> list[dict[str, str]]:
        return store.query(graph.bind(KNOWN[query], values)).rows or []

    return ask


@pytest.mark.parametrize("query", KNOWN.values(), ids=list(KNOWN))
def test_every_stored_query_runs_and_says_what_it_asks(store: Store, query: StoredQuery) -> None:
    assert query.description.endswith("?")
    answer = store.query(graph.bind(query, {name: EXAMPLES[name] for name in query.parameters}))
    assert answer.rows is not None
    last = query.text.rsplit("ORDER BY", 1)[-1]
    assert {name for name in answer.variables if not re.search(rf"(?<!\()\?{name}\b|DESC\(\?{name}\)", last)} == set()  # a total order


def test_investors_are_found_by_any_name_and_case(asked: Callable[..., list[dict[str, str]]]) -> None:
    rows = asked("investors", thing="scale ai")
    assert rows == asked("investors", thing="Scale")
    assert [(row["investor"], row["status"], row["amount"], row["stake"], row["articles"]) for row in rows] == [
        ("Meta", "inTalks", "over $10 billion", "", "1"),
        ("Meta", "planned", "$14–15 billion", "nearly 50%", "1"),  # noqa: RUF001
        ("Meta", "planned", "about $15 billion", "49%", "1"),
    ]


def test_sources_tell_how_each_article_puts_it(asked: Callable[..., list[dict[str, str]]]) -> None:
    rows = asked("sources", thing="meta", other="Scale AI")
    assert [(row["article"], row["status"], row["amount"]) for row in rows] == [
        ("a2", "inTalks", "over $10 billion"),
        ("a3", "planned", "approximately $15 billion"),
        ("a1", "planned", "$14 to $15 billion"),
    ]


def test_an_article_tells_what_it_says(asked: Callable[..., list[dict[str, str]]]) -> None:
    assert [(row["subject"], row["predicate"], row["object"], row["status"]) for row in asked("article", id="a2")] == [
        ("Meta", "investedIn", "Scale AI", "inTalks")
    ]


def test_articles_are_listed_by_day_with_their_claims(asked: Callable[..., list[dict[str, str]]]) -> None:
    assert [(row["id"], row["published"], row["claims"]) for row in asked("articles")] == [
        ("a2", "2025-06-08", "1"),
        ("a3", "2025-06-10", "1"),
        ("a1", "2025-06-11", "1"),
    ]


def test_deals_are_found_from_an_amount_up(asked: Callable[..., list[dict[str, str]]]) -> None:
    assert [row["object"] for row in asked("deals", least="10,000,000,000")] == ["Scale AI"]
    assert asked("deals", least="20e9") == []


def test_disagreements_come_with_their_reason(asked: Callable[..., list[dict[str, str]]]) -> None:
    assert [(row["severity"], row["kind"]) for row in asked("disagreements")] == [("1", "PrecisionDifference"), ("0", "Supersession")]


def test_a_value_cannot_become_sparql(asked: Callable[..., list[dict[str, str]]]) -> None:
    assert asked("investors", thing='x") . ?s ?p ?o . FILTER("x" = "x') == []


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({}, r"'investors' takes thing \(a name of the organisation, in any case\); thing is missing"),
        ({"thing": "x", "nam": "y"}, "nam is unknown"),
    ],
)
def test_missing_and_unknown_values_are_named(values: dict[str, str], complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint):
        graph.bind(KNOWN["investors"], values)


def test_a_number_must_be_one() -> None:
    with pytest.raises(QueryError, match="least must be a number, not 'much'"):
        graph.bind(KNOWN["deals"], {"least": "much"})


def test_a_users_folder_adds_questions(tmp_path: Path, store: Store) -> None:
    (tmp_path / "things.rq").write_text(
        "# How many things are there?\nSELECT (COUNT(?t) AS ?n) WHERE { ?t a kg:Organization }", encoding="utf-8"
    )
    (own,) = [query for query in graph.stored_queries([tmp_path]) if query.name == "things"]
    assert store.query(graph.bind(own, {})).rows == [{"n": "2"}]


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * {service $where { ?s ?p ?o }}",
        '# """\nSELECT * { SERVICE SILENT <http://localhost:1/> { ?s ?p ?o } } # """',
        "SELECT * { FILTER(?a<?b)SERVICE<http://localhost:1/>{?s ?p ?o}FILTER(?c>1) }",
    ],
)
def test_no_query_asks_another_server(store: Store, sparql: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not allowed"):
        store.query(sparql)


def test_the_word_service_is_no_such_query(store: Store) -> None:
    assert store.query("# SERVICE\nSELECT ?service { ?service kg:service 'SERVICE' }").rows == []


def test_a_query_that_names_graphs_is_asked_of_these(store: Store) -> None:
    asked = "SELECT ?id {} {{ ?a schema:identifier ?id }} ORDER BY ?id"
    assert [row["id"] for row in store.query(asked.format("FROM src:a2 FROM src:a3"))] == ["a2", "a3"]
    assert [row["id"] for row in store.query(asked.format("# FROM src:a2\n"))] == ["a0", "a1", "a2", "a3"]


# ── answers ──────────────────────────────────────────────────────────────────


def test_rows_are_exchanged_as_csv_json_and_xml(store: Store) -> None:
    answer = store.query("SELECT ?who ?name WHERE { ?who a kg:Organization ; rdfs:label ?name } ORDER BY ?name")
    assert answer.serialise("csv").splitlines() == [
        "who,name",
        "https://w3id.org/kgraph/id/Meta,Meta",
        "https://w3id.org/kgraph/id/Scale_AI,Scale AI",
    ]
    assert '"type": "uri"' in answer.serialise("json")
    assert "<uri>https://w3id.org/kgraph/id/Meta</uri>" in answer.serialise("xml")


def test_an_answer_of_another_kind_says_so(store: Store) -> None:
    with pytest.raises(QueryError, match="gives rows, which have no ttl"):
        store.query("SELECT ?s WHERE { ?s a kg:Fact }").serialise("ttl")
    with pytest.raises(QueryError, match="gives triples, which have no csv"):
        store.query("DESCRIBE :Meta").serialise("csv")


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?who kg:investedIn ?what ; rdfs:label ?name }", ("who", "what", "name")),
        ("# ?name\nSELECT DISTINCT * { ?who kg:investedIn ?what . BIND('?name' AS $a) }", ("who", "what", "a")),
        ("SELECT*{ ?who kg:investedIn ?a }", ("who", "a")),
        ("SELECT ?name ?who { { SELECT * { ?who kg:investedIn ?name } } }", ("name", "who")),
    ],
)
def test_all_columns_come_in_the_order_of_the_query(store: Store, query: str, columns: tuple[str, ...]) -> None:
    answer = store.query(query)
    assert answer.variables == columns
    assert {name for row in answer for name in row} == set(columns)
    assert all(row["who"].startswith(":") for row in answer)


def test_triples_may_have_blank_nodes_and_come_in_four_forms(store: Store) -> None:
    answer = store.query("CONSTRUCT { ?who schema:funding [ rdfs:label ?name ] } { ?who kg:investedIn ?what . ?what rdfs:label ?name }")
    for form, known in (("ttl", "turtle"), ("json", "json-ld"), ("nt", "nt"), ("xml", "xml")):
        assert len(rdflib.Graph().parse(data=answer.serialise(form), format=known)) == 2


@pytest.mark.parametrize(
    ("template", "form", "cause"),
    [
        ("?s <https://example.org/1> ?o", "xml", r"no name for the property <https://example\.org/1>"),
        ("?s <https://example.org/a\u00b2> ?o", "xml", "no name for the property"),
        ("?s rdf:li ?o", "xml", "reserved"),
        ("?s rdfs:label 'a page\\u000C'", "xml", "XML has no place for the character U\\+000C"),
        ("?s rdf:reifies <<( ?s kg:investedIn ?o )>>", "json", r"does not support RDF 1\.2"),
    ],
)
def test_triples_that_a_format_cannot_tell_are_refused(store: Store, template: str, form: str, cause: str) -> None:
    with pytest.raises(QueryError, match=cause):
        store.query(f"CONSTRUCT {{ {template} }} {{ ?s kg:investedIn ?o }}").serialise(form)


def test_turtle_of_an_answer_has_no_headings(store: Store) -> None:
    assert "──" not in store.query("CONSTRUCT WHERE { ?s kg:investedIn ?o }").serialise("ttl")


def test_ask_is_yes_or_no(store: Store) -> None:
    answer = store.query("ASK { :Meta kg:investedIn :Scale_AI }")
    assert answer.rows == [{"answer": "yes"}]
    assert '"boolean": true' in answer.serialise("json")


# ── things found by name, prefixes and words ─────────────────────────────────


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("investors", {"thing": "SCALE"}),
        ("ties", {"thing": "meta"}),
        ("sources", {"thing": "Meta", "other": "scale ai"}),
        ("owners", {"thing": "?"}),
    ],
)
def test_a_thing_found_beforehand_gives_the_same_answer(store: Store, query: str, values: dict[str, str]) -> None:
    prepared = graph.prepared(store, KNOWN[query], values)
    assert "VALUES ?it {" in prepared
    assert "LCASE" not in prepared
    assert graph.ask(store, KNOWN[query], values) == store.query(graph.bind(KNOWN[query], values))


def test_a_question_that_shows_the_name_it_was_found_by_still_does(tmp_path: Path, store: Store) -> None:
    (tmp_path / "called.rq").write_text(
        "# What is it called?\n# ?name: a name\nSELECT DISTINCT ?known {\n"
        "  ?it rdfs:label|skos:altLabel ?known .\n  FILTER(LCASE(?known) = LCASE(?name))\n}\n",
        encoding="utf-8",
    )
    (own,) = [query for query in graph.stored_queries([tmp_path]) if query.name == "called"]
    assert graph.ask(store, own, {"name": "scale ai"}).rows == [{"known": "Scale AI"}]


@pytest.mark.parametrize(
    ("beginning", "form"),
    [
        ("SELECT DISTINCT *", "{}"),
        ("SELECT ?it", "GRAPH ?where {{ {} }}"),
        ("PREFIX rdfs: <http://www.example.org/other#> SELECT ?it", "{}"),
        ("SELECT ?it FROM NAMED <http://www.example.org/none>", "{}"),
    ],
)
def test_a_question_in_which_these_words_mean_something_else_keeps_its_meaning(store: Store, beginning: str, form: str) -> None:
    named = "?it rdfs:label|skos:altLabel ?known . FILTER(LCASE(?known) = LCASE(?name))"
    own = StoredQuery(name="own", description="?", text=f"{beginning} {{ {form.format(named)} }}", meanings={"name": "a name"})
    assert graph.ask(store, own, {"name": "meta"}) == store.query(graph.bind(own, {"name": "meta"}))


def test_words_of_another_vocabulary_called_kg_are_not_warned_of(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    store.query("PREFIX kg: <https://example.org/another#> SELECT ?x { ?x kg:bougth ?y }")
    assert caplog.records == []


def test_an_unknown_prefix_is_named(store: Store) -> None:
    with pytest.raises(QueryError, match="the prefix press: is not known"):
        store.query("PREFIX own: <https://example.org/own#> SELECT ?x { ?x own:word 'a: b' ; press:kind ?y }")


def test_a_word_that_the_ontology_does_not_have_is_warned_of(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    store.query("SELECT ?who { ?who kg:investdIn ?what ; kg:acquired ?other } # kg:nothing")
    assert [record.message for record in caplog.records] == ["kg:investdIn is no word of the ontology; near: kg:investedIn"]


def test_prefixes_of_the_users_ontology_are_known(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix mine: <https://example.org/mine#> .\nmine:word a rdf:Property .\n".replace("rdf:Property", "mine:Kind"), "utf-8"
    )
    mine = graph.memory_store([], Settings(ontology=(own,)))
    assert mine.query("SELECT ?x { VALUES ?x { mine:word } }").rows == [{"x": "mine:word"}]


@pytest.mark.parametrize("query", [query for query in KNOWN.values() if query.concluded], ids=lambda query: query.name)
def test_a_question_about_conclusions_alone_loses_nothing_by_it(store: Store, query: StoredQuery) -> None:
    values = {name: EXAMPLES[name] for name in query.parameters}
    assert graph.ask(store, query, values) == graph.ask(store, replace(query, concluded=False), values)


@pytest.mark.parametrize("query", KNOWN.values(), ids=list(KNOWN))
def test_every_stored_query_says_in_which_order_all_its_rows_come(store: Store, query: StoredQuery) -> None:
    columns = store.query(graph.bind(query, {name: EXAMPLES[name] for name in query.parameters})).variables
    order = query.text.rpartition("ORDER BY")[2]
    assert [name for name in columns if not re.search(rf"\?{name}\b", order)] == []
