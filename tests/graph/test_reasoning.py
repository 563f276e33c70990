"""A reasoner may be let loose on a graph: what sources say may be contradictory, the graph as a whole is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import owlrl
import rdflib

from kgraph import graph

if TYPE_CHECKING:
    from kgraph.ontology import Ontology
    from kgraph.settings import Settings
    from tests.conftest import Newsroom

ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
TOLD = (
    ("Acme", "acquired", "Beta"),
    ("Beta", "acquired", "Acme"),
    ("Acme", "subsidiaryOf", "Beta"),
    ("Acme", "competesWith", "Beta"),
    ("Acme", "foundedOn", "1998"),
    ("Acme", "foundedOn", "2001"),
    ("person:Ada", "bornOn", "1970-01-01"),
    ("person:Ada", "bornOn", "1971-01-01"),
    ("person:Ada", "childOf", "person:Bob"),
    ("person:Bob", "childOf", "person:Ada"),
    ("person:Ada", "spouseOf", "person:Bob"),
    ("Acme", "wentPublic", None),
    ("Acme", "wentPublic", "Oslo Exchange"),
    ("Acme", "filedForBankruptcy", None),
)
"""Every pair of claims that cannot both be true, and relations without an object."""


def test_sources_that_contradict_each_other_leave_the_graph_consistent(newsroom: Newsroom, ontology: Ontology, settings: Settings) -> None:
    for number, (subject, predicate, object_) in enumerate(TOLD):
        status = "completed" if ontology.predicates[predicate].is_event else None
        newsroom.tell(f"a{number}", subject, predicate, object_, status=status)
    written = graph.quads(newsroom.knowledge(), settings, ontology)
    reasoned = rdflib.Graph().parse(data=graph.serialise(written, graph.RdfFormat.TURTLE, settings.namespace))
    for file in ontology.files:
        reasoned.parse(file)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(reasoned)
    assert set(reasoned.objects(predicate=ERROR)) == set()
    organisations = set(reasoned.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/Organization")))
    assert {str(each).rsplit("/", 1)[-1] for each in organisations} == {"Acme", "Beta", "Oslo_Exchange"}
