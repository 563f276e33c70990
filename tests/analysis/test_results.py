"""Results as RDF that joins the graph they are made from."""

from __future__ import annotations

from typing import Any

from rdflib import Graph as RdfGraph
from rdflib import Literal, URIRef

from kgraph.analysis import Measure, interests, interests_to_turtle, rank, ranks_to_turtle, rows, timeline
from kgraph.graph.rdf.iris import Names
from kgraph.linking import list_entities
from kgraph.model import EntityId

KG = "https://w3id.org/kgraph/ontology#"
NAMES = Names(namespace="https://example.org/id/")


def test_an_interest_is_a_node_with_parties_and_facts(newsroom: Any) -> None:
    for investor in ("Acme", "Beta", "Gamma & Co"):
        newsroom.tell("a", investor, "investedIn", "Target", status="completed")
    found = interests(newsroom.knowledge(), newsroom.ontology)
    graph = RdfGraph().parse(data=interests_to_turtle(found, NAMES), format="turtle")
    (node,) = graph.subjects(URIRef(KG + "party"), node_of("Gamma_&_Co"))
    assert len(list(graph.objects(node, URIRef(KG + "party")))) == 4
    assert len(list(graph.objects(node, URIRef(KG + "provenBy")))) == 3


def test_a_circle_comes_with_its_scores(newsroom: Any) -> None:
    newsroom.tell("a", "Chip", "investedIn", "Model", status="completed")
    newsroom.tell("b", "Chip", "suppliesTo", "Model")
    found = interests(newsroom.knowledge(), newsroom.ontology)
    graph = RdfGraph().parse(data=interests_to_turtle(found, NAMES), format="turtle")
    assert [float(str(number)) for number in graph.objects(None, URIRef(KG + "hubScore"))] == [1.0]


def test_a_rank_is_a_number_on_the_thing(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "suppliesTo", "Beta")
    found = rank(newsroom.knowledge(), newsroom.ontology, measure=Measure.DEGREE)
    graph = RdfGraph().parse(data=ranks_to_turtle(found, Measure.DEGREE, NAMES), format="turtle")
    assert graph.value(node_of("Acme"), URIRef(KG + "degree")) == Literal(
        "1.0", datatype=URIRef("http://www.w3.org/2001/XMLSchema#decimal")
    )


def node_of(entity: str) -> URIRef:
    return URIRef(NAMES.entity(entity).value)


def test_rows_spread_what_has_fields_of_its_own(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2025-05-02", "Acme", "acquired", "Beta", status="completed", amount=figure("10"))
    (row,) = rows(timeline(newsroom.knowledge(), EntityId("Acme")))
    assert (row["told_subject"], row["told_amount"], row["told_amount_unit"]) == ("Acme", 10e9, "USD")
    assert "told" not in row
    (listing, _) = rows(list_entities(newsroom.knowledge()))
    assert (listing["entity_id"], listing["entity_label"], listing["articles"]) == ("Acme", "Acme", "a")
