"""Every format that a graph can be written in: RDF, and what other tools read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph import graph
from kgraph.arguments import meant
from kgraph.errors import GraphError

if TYPE_CHECKING:
    from kgraph.model import Knowledge
    from kgraph.ontology import Ontology
    from kgraph.settings import Settings

__all__ = ["export_formats", "exported"]

_RDF = {
    graph.RdfFormat.TRIG: (".trig", "RDF with one named graph for each article; the default"),
    graph.RdfFormat.TURTLE: (".ttl", "RDF, the union of all graphs"),
    graph.RdfFormat.NQUADS: (".nq", "RDF, a statement a line, sorted: the canonical form"),
    graph.RdfFormat.JSONLD: (".jsonld", "RDF as JSON, with a context"),
    graph.RdfFormat.TURTLE12: (".ttl", "RDF 1.2: claims and facts as reifiers (rdf:reifies)"),
}


def export_formats() -> list[tuple[str, str, str]]:
    """Every format of `Graph.export`: its name, the usual ending, what it is."""
    from kgraph import export

    return [(form.value, *_RDF[form]) for form in graph.RdfFormat] + [
        (name, form.suffix, form.description) for name, form in export.FORMATS.items()
    ]


def exported(known: Knowledge, ontology: Ontology, settings: Settings, form: str) -> bytes:
    """What is known, in a format of `export_formats`, in any case; raises `GraphError` on any other, naming them all."""
    from kgraph import export

    name = meant(form, (*graph.RdfFormat, *export.FORMATS))
    if name is None:
        raise GraphError(f"{form}: no such format; known are {', '.join([*graph.RdfFormat, *export.FORMATS])}")
    if name in set(graph.RdfFormat):
        quads, prefixes = graph.quads(known, settings, ontology), graph.query_prefixes(settings)
        return graph.serialise(quads, graph.RdfFormat(name), settings.namespace, prefixes).encode()
    content = export.FORMATS[name].write(known, ontology)
    return content.encode() if isinstance(content, str) else content
