"""What the endpoint can do, for clients that ask it: SPARQL 1.1 Service Description."""

from __future__ import annotations

import pyoxigraph as ox

from kgraph.graph import Answer
from kgraph.graph.rdf.iris import term
from kgraph.serve.negotiation import GRAPHS, RESULTS

__all__ = ["description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"


def description(endpoint: str, *, writable: bool) -> Answer:
    """The service at an address: its languages, its forms of answers, and that its default graph is the union of all graphs."""
    service = ox.NamedNode(endpoint)
    said = {
        "endpoint": [endpoint],
        "supportedLanguage": [_SD + "SPARQL11Query", *([_SD + "SPARQL11Update"] if writable else [])],
        "feature": [_SD + "UnionDefaultGraph"],
        "resultFormat": [_FORMATS + form.standard for form in (*RESULTS, *GRAPHS)],
    }
    triples = [ox.Triple(service, ox.NamedNode(_SD + name), ox.NamedNode(value)) for name, values in said.items() for value in values]
    kind = ox.Triple(service, term("rdf:type"), ox.NamedNode(_SD + "Service"))
    return Answer(namespace=endpoint, triples=(kind, *triples), prefixes={"sd": _SD, "format": _FORMATS})
