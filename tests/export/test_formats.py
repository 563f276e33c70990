"""Exports read back: with the other tool's own library where there is one."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import networkx as nx
import pytest

from kgraph.errors import GraphError
from kgraph.export import FORMATS, conflict_report, report
from kgraph.model import EntityId, EntityType

HOSTILE = '=HYPERLINK("http://evil.example")'


def rows(name, knowledge, ontology) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(FORMATS[name].write(knowledge, ontology))))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_the_same_twice(deal, ontology, name):
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    assert FORMATS[name].write(deal, ontology) == FORMATS[name].write(deal, ontology)


def test_graphml_reads_back_with_labels_types_and_weights(deal, ontology):
    graph = nx.read_graphml(io.BytesIO(FORMATS["graphml"].write(deal, ontology).encode()), force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (14, 17)
    assert graph.nodes["Scale_AI"] == {"label": "Scale AI", "Kind": "Organization", "Names": "Scale AI;ScaleAI", "Claims": 12}
    (edge,) = [data for _, _, data in graph.out_edges("OpenAI", data=True)]
    assert (edge["label"], edge["status"], edge["weight"]) == ("acquires, rumoured", "rumoured", 1.0)


def test_gexf_reads_back_with_colours(deal, ontology):
    graph = nx.read_gexf(io.BytesIO(FORMATS["gexf"].write(deal, ontology).encode()), version="1.3")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (14, 17)
    assert graph.nodes["Alexandr_Wang"]["viz"]["color"] == {"r": 191, "g": 128, "b": 0, "a": 1.0}
    assert graph["Meta"]["Scale_AI"]["label"] == "invests ~$15bn for 49%, planned"


def test_edges_and_facts_keep_bounds_and_disputes(deal, ontology):
    edge = next(row for row in rows("edges", deal, ontology) if row["fact"] == "Meta-investedIn-Scale_AI")
    assert (edge["Source"], edge["Target"], edge["Type"], edge["Weight"]) == ("Meta", "Scale_AI", "Directed", "3")
    assert (edge["amount_low"], edge["amount_high"], edge["stake_value"]) == ("14250000000", "15750000000", "0.49")
    assert edge["disputed"] == "true"
    assert len(rows("facts", deal, ontology)) == 19
    revenue = next(row for row in rows("facts", deal, ontology) if row["predicate"] == "hasRevenue")
    assert (revenue["object"], revenue["amount_value"], revenue["period"]) == ("", "870000000", "2024")
    assert (revenue["amount_unit"], revenue["amount_currency"]) == ("USD", "USD")


def test_a_count_has_a_unit_and_no_currency(newsroom, figure, words):
    newsroom.tell("a", "Acme", "laidOff", figure("12", "jobs"), status="completed")
    (fact,) = rows("facts", newsroom.knowledge(), words)
    assert (fact["amount_unit"], fact["amount_currency"]) == ("jobs", "")


@pytest.mark.parametrize("form", ["docx", ""])
def test_a_report_in_an_unknown_form_is_refused(deal, ontology, form):
    with pytest.raises(GraphError, match="no such form of a report; known are markdown, html"):
        report(deal, ontology, "Scale AI", form=form)
    with pytest.raises(GraphError, match="no such form of a report"):
        conflict_report(deal, ontology, [], form=form)


def test_claims_carry_their_quotes_and_articles(deal, ontology):
    claim = rows("claims", deal, ontology)[0]
    text = deal.articles[0].text
    assert text[int(claim["start"]) : int(claim["end"])] == claim["quote"]
    assert (claim["publisher"], claim["published"], claim["said_by"]) == ("Example Times", "2025-06-11", "two people briefed on the deal")


def test_no_cell_is_a_formula(deal, ontology):
    entity = replace(deal.entities[0], label=HOSTILE, names=(HOSTILE,))
    known = replace(deal, entities=(entity, *deal.entities[1:]))
    assert rows("nodes", known, ontology)[0]["Label"] == "'" + HOSTILE
    assert rows("neo4j-nodes", known, ontology)[0]["label"] == HOSTILE


def test_neo4j_files_fit_each_other(deal, ontology):
    ids = {row["id:ID"] for row in rows("neo4j-nodes", deal, ontology)}
    relationships = rows("neo4j-relationships", deal, ontology)
    assert {row[end] for row in relationships for end in (":START_ID", ":END_ID")} <= ids
    assert {row[":TYPE"] for row in relationships} >= {"INVESTED_IN", "HOLDS_ROLE", "COMPETES_WITH"}


def test_parquet_reads_back(deal, ontology):
    parquet = pytest.importorskip("pyarrow.parquet")
    facts = parquet.read_table(io.BytesIO(FORMATS["facts-parquet"].write(deal, ontology)))
    assert facts.num_rows == 19
    assert facts.to_pylist()[10]["amount_low"] == 14.25e9
    assert parquet.read_table(io.BytesIO(FORMATS["claims-parquet"].write(deal, ontology))).num_rows == 22


def test_followthemoney_knows_owners_and_directors(deal, ontology):
    entities = {each["id"]: each for each in map(json.loads, FORMATS["ftm"].write(deal, ontology).splitlines())}
    stake = next(each for each in entities.values() if each["properties"].get("percentage"))
    assert stake["schema"] == "Ownership"
    assert stake["properties"]["percentage"] == ["49"]
    assert entities[stake["properties"]["owner"][0]]["properties"]["name"] == ["Meta"]
    assert {entities[proof]["schema"] for proof in stake["properties"]["proof"]} == {"Article"}


def test_followthemoney_accepts_its_entities(deal, ontology):
    model = pytest.importorskip("followthemoney", reason="needs followthemoney").model
    for line in FORMATS["ftm"].write(deal, ontology).splitlines():
        proxy = model.get_proxy(json.loads(line), cleaned=False)
        proxy.schema.validate(proxy.to_dict())


def test_control_characters_do_not_break_xml(deal, ontology):
    entity = replace(deal.entities[0], label="a\x00b\ud800<&>")
    known = replace(deal, entities=(entity, *deal.entities[1:]))
    graph = nx.read_graphml(io.BytesIO(FORMATS["graphml"].write(known, ontology).encode()))
    assert graph.nodes[entity.id]["label"] == "a\ufffdb\ufffd<&>"


def test_a_report_tells_all_about_one_thing(deal, ontology):
    text = report(deal, ontology, "scaleai")
    assert text.startswith("# Scale AI\n\norganisation; also ScaleAI; 10 facts from 4 articles\n")
    assert "> Meta is reportedly in talks to invest over \\$10 billion in Scale AI\n> — Example Wire" in text
    assert "## Where claims differ" in text


def test_a_report_is_inert(deal, ontology):
    articles = (
        replace(deal.articles[0], title="<script>alert(1)</script> [x](javascript:1)", url="javascript:alert(1)"),
        *deal.articles[1:],
    )
    known = replace(deal, articles=articles)
    page, text = (report(known, ontology, "Scale AI", form=form) for form in ("html", "markdown"))
    assert "<script" not in page
    assert "javascript:" not in page.replace("[x](javascript:1)", "")
    assert r"\<script\>" in text
    assert r"\[x\](javascript" in text


def test_a_report_on_nothing_is_an_error(deal, ontology):
    with pytest.raises(GraphError, match="'Nobody' is not in the graph"):
        report(deal, ontology, "Nobody")


def test_gephi_gets_a_colour_for_every_type(deal, ontology):
    entities = tuple(replace(deal.entities[0], id=EntityId(kind.name), type=kind) for kind in EntityType)
    graph = nx.read_gexf(io.BytesIO(FORMATS["gexf"].write(replace(deal, entities=entities, facts=()), ontology).encode()), version="1.3")
    assert len({tuple(data["viz"]["color"].values()) for _, data in graph.nodes(data=True)}) == len(EntityType)
