"""Whether a graph keeps the rules of `ontology/shapes.ttl`, told for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kgraph.graph.rdf.iris import Shortener
from kgraph.ontology import directory

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib
    from pyoxigraph import Quad

    from kgraph.ontology import Ontology
    from kgraph.settings import Settings

__all__ = ["Violation", "validate"]

_SHACL = "http://www.w3.org/ns/shacl#"
_WHOLE_GRAPH = "https://w3id.org/kgraph/ontology"
"""The focus of constraints that are one query over everything; what is wrong is then the value."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """One thing that is wrong with one node."""

    focus: str
    """The node, as Turtle writes it: `quote:a1-0-98`."""
    message: str
    value: str
    """The value that is wrong, where it is one."""
    severity: str
    """violation, or warning where the graph is well-formed but something in it is probably not so."""

    def __str__(self) -> str:
        return f"{self.focus}: {self.message}{f' (not {self.value})' if self.value else ''}"


def validate(quads: Iterable[Quad], ontology: Ontology, settings: Settings, *, warnings: bool = False) -> tuple[Violation, ...]:
    """All violations, by node; none where the graph conforms. With `warnings`, those too."""
    import pyshacl  # a second that only those pay who ask for it
    import rdflib
    from pyshacl.graph_abstraction import DataGraph

    store = ox.Store()
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    for path in ontology.files:  # classes and ranges that the queries of the shapes follow
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    shapes = rdflib.Graph().parse(directory() / "shapes.ttl")
    _, report, _ = pyshacl.validate(DataGraph.from_oxigraph_store(store), shacl_graph=shapes, inference="none", inplace=True)
    found = set(_violations(report, Shortener(settings.namespace)))
    return tuple(sorted(violation for violation in found if warnings or violation.severity == "violation"))


def _violations(report: rdflib.Graph, shortener: Shortener) -> Iterable[Violation]:
    """The results of a SHACL report."""
    from rdflib import RDF, URIRef

    def one(result: Any, name: str) -> Any:
        return report.value(result, URIRef(_SHACL + name))

    for result in report.subjects(RDF.type, URIRef(_SHACL + "ValidationResult")):
        focus, value = one(result, "focusNode"), one(result, "value")
        if str(focus) == _WHOLE_GRAPH:
            focus, value = value, None
        elif one(result, "resultPath") is None:
            value = None  # the node itself
        yield Violation(
            focus=_shown(focus, shortener),
            message=_readable(str(one(result, "resultMessage")), shortener),
            value=_shown(value, shortener),
            severity=str(one(result, "resultSeverity")).removeprefix(_SHACL).lower(),
        )


def _shown(node: Any, shortener: Shortener) -> str:
    from rdflib import URIRef

    if node is None:
        return ""
    return shortener.short(str(node)) if isinstance(node, URIRef) else str(node)


def _readable(message: str, shortener: Shortener) -> str:
    """A message with short names for the IRIs that were put into it."""
    return " ".join(shortener.short(word) if word.startswith("http") else word for word in message.split())
