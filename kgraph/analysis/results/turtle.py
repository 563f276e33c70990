"""Results of the analysis as RDF, to be put beside the graph that they are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kgraph.ontology import KG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kgraph.analysis.conflict_of_interest.detection import Interest
    from kgraph.analysis.network.centrality import Ranked
    from kgraph.choices import Measure

__all__ = ["Naming", "interests_to_turtle", "ranks_to_turtle"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_XSD = "http://www.w3.org/2001/XMLSchema#"


class Naming(Protocol):
    """How the graph names its things (`kgraph.graph.rdf.iris.Names`)."""

    @property
    def namespace(self) -> str:
        """What all IRIs of the graph begin with."""

    def entity(self, identifier: str) -> NamedNode:
        """The node of an entity."""

    def node(self, room: str, identifier: str) -> NamedNode:
        """The node of a fact (room `fact`)."""


def interests_to_turtle(found: Iterable[Interest], names: Naming) -> str:
    """One `kg:ConflictOfInterest` for each hit: parties, facts, score and sentence."""
    return _turtle((triple for interest in found for triple in _interest(interest, names)), names)


def ranks_to_turtle(found: Iterable[Ranked], measure: Measure, names: Naming) -> str:
    """One `kg:<measure>` number for each thing."""
    predicate = NamedNode(KG + measure)
    return _turtle((Triple(names.entity(entry.entity), predicate, _number(entry.score)) for entry in found), names)


def _interest(interest: Interest, names: Naming) -> Iterator[Triple]:
    node = NamedNode(f"{names.namespace}interest/{interest.id}")
    yield Triple(node, NamedNode(_RDF + "type"), NamedNode(KG + "ConflictOfInterest"))
    yield Triple(node, NamedNode(_RDFS + "label"), Literal(interest.pattern, language="en"))
    yield Triple(node, NamedNode(_RDFS + "comment"), Literal(interest.sentence, language="en"))
    yield Triple(node, NamedNode(KG + "strength"), _number(interest.score))
    yield Triple(node, NamedNode(KG + "inferred"), Literal(interest.inferred))
    for name, score in interest.scores:
        yield Triple(node, NamedNode(f"{KG}{name}Score"), _number(score))
    for entity in sorted({entity for _, entities in interest.parties for entity in entities}):
        yield Triple(node, NamedNode(KG + "party"), names.entity(entity))
    for fact in interest.facts:
        yield Triple(node, NamedNode(KG + "provenBy"), names.node("fact", fact))


def _number(value: float) -> Literal:
    whole, _, part = f"{value:.8f}".partition(".")
    return Literal(f"{whole}.{part.rstrip('0') or '0'}", datatype=NamedNode(_XSD + "decimal"))


def _turtle(triples: Iterable[Triple], names: Naming) -> str:
    prefixes = {"": names.namespace, "fact": names.namespace + "fact/", "kg": KG, "rdfs": _RDFS}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()
