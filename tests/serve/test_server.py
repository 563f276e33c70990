"""The server keeps to the SPARQL 1.1 Protocol, answers for every IRI, and does only what it was started for."""

from __future__ import annotations

import csv
import io
import json
import time
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import rdflib
from starlette.testclient import TestClient

from kgraph import graph
from kgraph.analysis import disagreements
from kgraph.errors import GraphError
from kgraph.export import FORMATS
from kgraph.export.palette import THEMES
from kgraph.model import EntityId
from kgraph.serve import app
from kgraph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SELECT = "SELECT ?investor WHERE { ?investor kg:investedIn :Scale_AI } ORDER BY ?investor"
CONSTRUCT = "CONSTRUCT WHERE { ?s kg:investedIn ?o }"
UNNAMEABLE = "CONSTRUCT { ?s <https://example.org/1> ?o } { ?s kg:investedIn ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HERE = "http://127.0.0.1"
ARTICLE = "https://w3id.org/kgraph/id/source/a1"
IDS = "SELECT ?id { ?article schema:identifier ?id }"
TRIPLES = [
    ("text/turtle", "turtle"),
    ("application/n-triples", "nt"),
    ("application/ld+json", "json-ld"),
    ("application/rdf+xml", "xml"),
]
"""Media types, and what rdflib calls them."""


@pytest.fixture(scope="module")
def served(deal_file: Path) -> Iterator[TestClient]:
    with TestClient(app(deal_file, Settings(query_timeout=30, query_limit=500), workers=1), base_url=HERE) as client:
        yield client


@pytest.fixture
def serve() -> Iterator[Callable[..., TestClient]]:
    """Serves a file until the test ends."""
    with ExitStack() as stack:
        yield lambda path, **options: stack.enter_context(TestClient(app(path, Settings(), workers=1, **options), base_url=HERE))


@pytest.fixture
def writable(make_file: Callable[[], Path], serve: Callable[..., TestClient]) -> TestClient:
    return serve(make_file(), writable=True)


def names(answer) -> list[str]:
    return [row["investor"]["value"].rsplit("/", 1)[-1] for row in answer.json()["results"]["bindings"]]


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/sparql", params={"query": SELECT}),
        lambda client: client.post("/sparql", data={"query": SELECT}),
        lambda client: client.post("/sparql", content=SELECT, headers={"Content-Type": "application/sparql-query"}),
    ],
)
def test_a_query_may_come_in_three_ways(served, ask):
    answer = ask(served)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/sparql-results+json")
    assert names(answer) == ["Amazon", "Meta", "Nvidia"]


def test_rows_come_in_four_forms(served):
    def get(accept):
        answer = served.get("/sparql", params={"query": SELECT}, headers={"Accept": accept})
        assert answer.headers["content-type"].startswith(accept)
        return answer.text

    assert len(json.loads(get("application/sparql-results+json"))["results"]["bindings"]) == 3
    assert len(ET.fromstring(get("application/sparql-results+xml")).findall(".//{*}result")) == 3  # noqa: S314 - ours
    assert len(list(csv.DictReader(io.StringIO(get("text/csv"))))) == 3
    assert get("text/tab-separated-values").splitlines()[1] == "<https://w3id.org/kgraph/id/Amazon>"


@pytest.mark.parametrize(("accept", "form"), TRIPLES)
def test_triples_come_in_four_forms(served, accept, form):
    answer = served.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    assert len(rdflib.Graph().parse(data=answer.text, format=form)) == 3


def test_a_query_knows_the_prefixes_of_the_users_ontology(deal_file, tmp_path):
    (tmp_path / "own.ttl").write_text("PREFIX ex: <https://example.org/terms#>\n", encoding="utf-8")
    with TestClient(app(deal_file, Settings(ontology=(tmp_path / "own.ttl",)), workers=1), base_url=HERE) as client:
        assert client.get("/sparql", params={"query": "CONSTRUCT { ex:s ex:p ex:o } {}"}).text.count("ex:") == 4
        assert "PREFIX ex:" in client.get("/sparql", headers={"Accept": "text/html"}).text


def test_a_request_chooses_its_graphs(served):
    def ids(query, **graphs):
        return served.get("/sparql", params={"query": query, **graphs}, headers={"Accept": "text/csv"}).text.split()[1:]

    assert ids(IDS, **{"default-graph-uri": ARTICLE}) == ["a1"]
    assert ids(IDS, **{"named-graph-uri": ARTICLE}) == []
    assert ids("SELECT ?id { GRAPH ?g { ?article schema:identifier ?id } }", **{"named-graph-uri": ARTICLE}) == ["a1"]
    assert ids(IDS.replace("{", "FROM src:a2 {", 1), **{"default-graph-uri": ARTICLE}) == ["a1"]


def test_an_endpoint_describes_itself(served):
    about = rdflib.Graph().parse(data=served.get("/sparql").text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(about.objects(predicate=sd.endpoint)) == [rdflib.URIRef(f"{HERE}/sparql")]
    assert list(about.objects(predicate=sd.supportedLanguage)) == [sd.SPARQL11Query]
    assert rdflib.URIRef("http://www.w3.org/ns/formats/RDF_XML") in about.objects(predicate=sd.resultFormat)


def test_whoever_takes_a_page_only_for_want_of_data_gets_data(served):
    headers = {"Accept": "application/rdf+xml, text/html;q=0.5"}
    assert served.get("/sparql", params={"query": CONSTRUCT}, headers=headers).headers["content-type"].startswith("application/rdf+xml")
    page = served.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html")


def test_the_style_sheet_has_the_colours_of_pictures(served):
    sheet = served.get("/assets/serve.css").text
    assert all(colour in sheet for theme in THEMES.values() for colour in (theme.disputed, *theme.types.values()))
    assert "{{" not in sheet


def test_an_empty_dataset_is_none(served):
    asked = {"query": SELECT, "default-graph-uri": "", "named-graph-uri": ""}
    assert names(served.get("/sparql", params=asked)) == names(served.post("/sparql", data=asked)) == ["Amazon", "Meta", "Nvidia"]


@pytest.mark.parametrize("address", ["/sparql?query=ASK%20%7B%7D", "/store?default", "/", "/id/Meta"])
def test_head_is_get_without_the_body(served, address):
    got, head = served.get(address), served.head(address)
    assert (head.status_code, head.headers["content-type"], head.content) == (200, got.headers["content-type"], b"")


def test_a_truth_is_an_answer(served):
    assert served.get("/sparql", params={"query": "ASK { ?s kg:investedIn ?o }"}).json()["boolean"] is True


@pytest.mark.parametrize(
    ("status", "says", "ask"),
    [
        (400, "the query is wrong", {"params": {"query": "SELEC"}}),
        (400, "exactly one", {"params": {}, "headers": {"Accept": "text/csv"}}),
        (400, "exactly one", {"params": {"default-graph-uri": ARTICLE}}),
        (400, "exactly one", {"params": [("query", SELECT), ("query", SELECT)]}),
        (400, "update must be a POST", {"params": {"update": "CLEAR ALL"}}),
        (400, "no IRI", {"params": {"query": SELECT, "default-graph-uri": "not an IRI"}}),
        (400, "USING", {"params": {"query": SELECT, "using-graph-uri": ARTICLE}}),
        (400, "SERVICE is not allowed", {"params": {"query": "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"}}),
        (400, "more than 500 results", {"params": {"query": "SELECT * { ?s ?p ?o }"}}),
        (406, "text/csv", {"params": {"query": SELECT}, "headers": {"Accept": "image/png"}}),
        (406, "no name for the property", {"params": {"query": UNNAMEABLE}, "headers": {"Accept": "application/rdf+xml"}}),
        (406, "offered in application/sparql-results+json", {"params": {"query": SELECT}, "headers": {"Accept": "text/turtle"}}),
    ],
)
def test_errors_are_one_line(served, status, says, ask):
    answer = served.get("/sparql", **ask)
    assert (answer.status_code, answer.text.count("\n")) == (status, 1)
    assert says in answer.text


@pytest.mark.parametrize(
    ("status", "says", "ask"),
    [
        (403, "read-only", {"data": {"update": "CLEAR ALL"}}),
        (403, "read-only", {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}}),
        (415, "application/sparql-query", {"content": SELECT, "headers": {"Content-Type": "text/plain"}}),
        (400, "exactly one", {"data": {"query": SELECT, "update": "CLEAR ALL"}}),
        (400, "USING", {"data": {"update": "CLEAR ALL", "using-graph-uri": ARTICLE}}),
        (413, "1,000,000", {"content": "#" * 1_000_001, "headers": {"Content-Type": "application/sparql-query"}}),
        (400, "UTF-8", {"content": b"\xff", "headers": {"Content-Type": "application/sparql-query"}}),
    ],
)
def test_a_post_is_checked_before_it_is_done(served, status, says, ask):
    answer = served.post("/sparql", **ask)
    assert (answer.status_code, answer.text.count("\n")) == (status, 1)
    assert says in answer.text


def test_a_query_that_takes_too_long_is_ended_and_the_next_one_answered(deal_file):
    with TestClient(app(deal_file, Settings(query_timeout=1.0), workers=1), base_url=HERE) as client:
        begun = time.monotonic()
        answer = client.get("/sparql", params={"query": ENDLESS})
        assert (answer.status_code, "longer than 1 seconds" in answer.text) == (503, True)
        assert time.monotonic() - begun < 60
        for _ in range(20):
            if client.get("/sparql", params={"query": "ASK {}"}).status_code == 200:
                return
        pytest.fail("no query was answered after the slow one")


def test_an_update_changes_the_file_and_the_pages(writable):
    update = 'INSERT DATA { :Mistral a kg:Organization ; rdfs:label "Mistral" . }'
    assert writable.post("/sparql", data={"update": update}).status_code == 204
    assert writable.get("/sparql", params={"query": "ASK { :Mistral rdfs:label ?name }"}).json()["boolean"] is True
    assert "Mistral" in writable.get("/id/Mistral", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize(
    ("update", "says"),
    [
        ("LOAD <http://x.example/data.ttl>", "LOAD is not allowed"),
        ("INSERT DATA { [] rdfs:label 'x' }", "blank nodes"),
        ("INSERT DATA { SELECT }", "the update is wrong"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE is not allowed"),
    ],
)
def test_updates_that_reach_out_or_break_the_model_are_refused(writable, update, says):
    answer = writable.post("/sparql", data={"update": update})
    assert answer.status_code == 400
    assert says in answer.text


def test_pages_of_other_sites_cannot_change_or_read_the_graph(writable):
    answer = writable.post("/sparql", data={"update": "CLEAR ALL"}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in writable.get("/search", headers={"Origin": "https://evil.example"}).headers
    assert writable.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_origins_that_are_asked_for_may_read(deal_file, serve):
    client = serve(deal_file, origins=["https://notes.example"])
    assert (
        client.get("/search", headers={"Origin": "https://notes.example"}).headers["access-control-allow-origin"] == "https://notes.example"
    )
    assert "access-control-allow-origin" not in client.get("/search", headers={"Origin": "https://evil.example"}).headers


@pytest.mark.parametrize(("accept", "form"), TRIPLES)
def test_every_iri_has_an_address_with_rdf(served, accept, form):
    for path in ("Meta", "fact/Meta-investedIn-Scale_AI", "claim/a1-c0000", "source/a1"):
        answer = served.get(f"/id/{path}", headers={"Accept": accept})
        about = rdflib.Graph().parse(data=answer.text, format=form)
        assert (rdflib.URIRef(f"https://w3id.org/kgraph/id/{path}"), None, None) in about


def test_every_iri_has_an_address_with_a_page(served, deal_knowledge):
    def page(path):
        answer = served.get(f"/id/{path}", headers={"Accept": "text/html"})
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return answer.text

    assert "Meta is reportedly in talks to invest over $10 billion in Scale AI" in page("Meta")
    assert "anchored a third lower" in page("fact/Meta-investedIn-Scale_AI")
    assert "anchored a third lower" in page("claim/a1-c0000")
    assert "<mark>" in page("source/a1")
    quote = deal_knowledge.claims[0].quote
    assert "oa:exact" in page(f"quote/a1-{quote.start}-{quote.end}")


def test_what_is_not_there_is_not_found(served):
    assert served.get("/id/Nobody", headers={"Accept": "text/html"}).status_code == 404
    assert served.get("/id/Nobody", headers={"Accept": "text/turtle"}).status_code == 404
    assert served.get("/download/docx").status_code == 404
    assert served.get("/picture/Nobody.svg").status_code == 404
    assert served.get("/assets/../application.py").status_code == 404
    assert served.get("/id/Meta", headers={"Accept": "image/png"}).status_code == 406


def test_a_merged_thing_leads_to_what_it_became(make_file, serve):
    def merged(known):
        first = replace(known.entities[7], replaces=(EntityId("Facebook"),))
        return replace(known, entities=(*known.entities[:7], first, *known.entities[8:]))

    client = serve(make_file(merged))
    answer = client.get("/id/Facebook", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, "/id/Meta")


def test_search_finds_beginnings_first(served):
    assert [each["label"] for each in served.get("/search?q=s").json()][:3] == ["Scale AI", "San Francisco", "Superintelligence Lab"]
    assert [each["address"] for each in served.get("/search?q=FTC").json()] == ["/id/Federal_Trade_Commission"]
    assert served.get("/search?q=%3Cscript%3E").json() == []


@pytest.mark.parametrize("name", [*graph.RdfFormat, *FORMATS])
def test_every_format_can_be_downloaded(served, name):
    if "parquet" in name:
        pytest.importorskip("pyarrow")
    answer = served.get(f"/download/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content


def test_pages_forbid_foreign_code_and_escape_articles(make_file, serve):
    hostile = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)> \u202e🚀'

    def spoilt(known):
        articles = tuple(replace(article, title=hostile, publisher=hostile, url="javascript:alert(1)") for article in known.articles)
        return replace(known, articles=articles, entities=tuple(replace(each, label=f"{hostile}{each.id}") for each in known.entities))

    client = serve(make_file(spoilt))
    for path in ("/", "/id/Meta", "/id/source/a1", "/id/fact/Meta-investedIn-Scale_AI", "/explore", "/sparql"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert 'href="javascript:' not in answer.text
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_file_that_changes_is_read_again(make_file, serve, deal_knowledge, ontology):
    path = make_file(lambda known: replace(known, facts=()))
    client = serve(path)
    assert client.get("/sparql", params={"query": "ASK { ?f a kg:Fact }"}).json()["boolean"] is False
    graph.save(graph.open_store(path, Settings()), deal_knowledge, Settings(), ontology)
    assert client.get("/sparql", params={"query": "ASK { ?f a kg:Fact }"}).json()["boolean"] is True
    assert "invests in Scale AI" in client.get("/id/Meta", headers={"Accept": "text/html"}).text


def test_no_graph_is_an_error_before_the_server_starts(tmp_path):
    with pytest.raises(GraphError, match=r"none\.trig"):
        app(tmp_path / "none.trig", Settings())


@pytest.mark.parametrize(
    ("named", "media_type"),
    [("jsonld", "application/ld+json"), ("turtle", "text/turtle"), ("xml", "application/rdf+xml"), ("html", "text/html")],
)
def test_a_form_may_be_asked_for_by_its_name(served, named, media_type):
    assert served.get("/id/Meta", params={"format": named}).headers["content-type"].startswith(media_type)


def test_a_picture_of_another_kind_is_said_not_to_be_there(served):
    answer = served.get("/picture/Meta.png")
    assert (answer.status_code, answer.text.strip()) == (404, "Meta.png: pictures are served as SVG only, here as Meta.svg")


def test_search_prefers_the_beginning_of_a_word_to_its_inside(make_file, serve, newsroom):
    for number in range(3):
        newsroom.tell(f"a{number}", "Landrover", "competesWith", f"Rival {number}")
    newsroom.tell("b", "MG Rover", "competesWith", "Rival 0")
    client = serve(make_file(lambda _: newsroom.knowledge()))
    assert [each["label"] for each in client.get("/search?q=rover").json()] == ["MG Rover", "Landrover"]


def test_differences_are_told_in_words_and_where_they_are(make_file, serve, newsroom):
    newsroom.tell("a", "Acme", "acquired", "Beta", status="inTalks")
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed")
    known = newsroom.knowledge()
    client = serve(make_file(lambda _: replace(known, disagreements=disagreements(known, newsroom.ontology))))
    start, fact = client.get("/").text, client.get("/id/fact/Acme-acquired-Beta", headers={"Accept": "text/html"}).text
    assert "Acme acquires Beta</a>" in start
    assert "value conflict, status, within one article" in start
    assert "one article contradicts itself" in fact
    assert "value conflict, status, within one article" in fact
