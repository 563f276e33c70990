"""Quads to and from the formats that people exchange.

    trig, turtle, nquads, jsonld     RDF 1.1; Turtle holds the union of all graphs
    turtle12                         RDF 1.2: each claim and fact also as a reifier (`rdf:reifies`)

All are deterministic; sorted N-Quads are the canonical form, since there are no blank nodes.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kgraph.errors import GraphError, QueryError
from kgraph.graph.rdf.iris import LETTERS, iri, known_prefixes, term, unwritable
from kgraph.graph.rdf.trig import trig, turtle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import rdflib

__all__ = ["OXIGRAPH_FORMATS", "RdfFormat", "any_triples", "format_of", "parse", "rdf_xml", "serialise", "to_rdflib"]


class RdfFormat(StrEnum):
    """A format of RDF, by the name that a user types."""

    TRIG = "trig"
    TURTLE = "turtle"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    TURTLE12 = "turtle12"


OXIGRAPH_FORMATS = {
    RdfFormat.TRIG: ox.RdfFormat.TRIG,
    RdfFormat.TURTLE: ox.RdfFormat.TURTLE,
    RdfFormat.NQUADS: ox.RdfFormat.N_QUADS,
    RdfFormat.JSONLD: ox.RdfFormat.JSON_LD,
    RdfFormat.TURTLE12: ox.RdfFormat.TURTLE,
}
_SUFFIXES = {
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".nq": RdfFormat.NQUADS,
    ".nt": RdfFormat.NQUADS,
    ".jsonld": RdfFormat.JSONLD,
}


def format_of(path: Path) -> RdfFormat:
    """The format that a file's ending names; raises `GraphError` where it names none."""
    try:
        return _SUFFIXES[path.suffix.lower()]
    except KeyError as error:
        msg = f"{path}: cannot tell the format from the ending; known are {', '.join(_SUFFIXES)}"
        raise GraphError(msg) from error


def serialise(quads: Iterable[ox.Quad], form: RdfFormat, namespace: str, prefixes: Mapping[str, str] | None = None) -> str:
    """The text of `quads` in a format, which declares `prefixes`: those that every graph has, unless others are given."""
    prefixes = prefixes or known_prefixes(namespace)
    match form:
        case RdfFormat.TRIG:
            return "".join(trig(quads, namespace, prefixes))
        case RdfFormat.TURTLE:
            return "".join(turtle(quads, namespace, prefixes))
        case RdfFormat.NQUADS:
            return "".join(sorted({f"{quad} .\n" for quad in quads}))
        case RdfFormat.JSONLD:
            return _jsonld(quads, prefixes)
        case RdfFormat.TURTLE12:
            return _turtle12(quads, prefixes)


def parse(path: Path) -> Iterator[ox.Quad]:
    """The quads of a file; its ending names the format.

    Raises `GraphError` that names the file, and the line where one is wrong.
    """
    form = OXIGRAPH_FORMATS[format_of(path)]
    try:
        yield from map(_canonical, ox.parse(path=str(path), format=form))
    except SyntaxError as error:
        msg = f"{path}, line {error.lineno}: {error.msg}"
        raise GraphError(msg) from error
    except OSError as error:
        msg = f"{path}: {error.strerror or error}"
        raise GraphError(msg) from error


def _canonical(quad: ox.Quad) -> ox.Quad:
    """The same, with whole decimals as N-Quads has them; Turtle needs a point in a decimal."""
    number = quad.object
    if isinstance(number, ox.Literal) and number.value.endswith(".0") and number.datatype == term("xsd:decimal"):
        whole = ox.Literal(number.value.removesuffix(".0"), datatype=number.datatype)
        return ox.Quad(quad.subject, quad.predicate, whole, quad.graph_name)
    return quad


def to_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """An rdflib dataset whose default graph is the union of all graphs."""
    import rdflib  # half a second that only those pay who ask for it

    dataset = rdflib.Dataset(default_union=True)
    lines = "".join(f"{quad} .\n" for quad in quads)
    dataset.parse(data=lines, format="nquads")
    return dataset


# ── JSON-LD ──────────────────────────────────────────────────────────────────

_DELIMITERS = tuple(":/?#[]@")
"""What the IRI of a prefix ends in; JSON-LD takes no other for one."""


def _jsonld(quads: Iterable[ox.Quad], known: Mapping[str, str]) -> str:
    """A context of prefixes, the things of the default graph, and one named graph per article."""
    prefixes = {prefix: full for prefix, full in known.items() if prefix and full.endswith(_DELIMITERS)}
    graphs: dict[str, dict[str, dict[str, Any]]] = {}
    for quad in sorted(set(quads), key=str):
        graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
        subject = iri(quad.subject)
        node = graphs.setdefault(graph, {}).setdefault(subject, {"@id": _compact(subject, prefixes)})
        if quad.predicate == term("rdf:type"):
            node.setdefault("@type", []).append(_compact(iri(quad.object), prefixes))
        else:
            node.setdefault(_compact(quad.predicate.value, prefixes), []).append(_json_value(quad.object, prefixes))
    top: list[dict[str, Any]] = list(graphs.pop("", {}).values())
    top += [{"@id": _compact(graph, prefixes), "@graph": list(nodes.values())} for graph, nodes in graphs.items()]
    return json.dumps({"@context": prefixes, "@graph": top}, ensure_ascii=False, indent=1) + "\n"


def _json_value(node: object, prefixes: dict[str, str]) -> Any:
    """An object in expanded form, which keeps every datatype as it is."""
    if isinstance(node, ox.NamedNode):
        return {"@id": _compact(node.value, prefixes)}
    if not isinstance(node, ox.Literal):
        raise unwritable(node)
    if node.language is not None:
        return {"@value": node.value, "@language": node.language}
    if node.datatype == term("xsd:string"):
        return node.value
    return {"@value": node.value, "@type": _compact(node.datatype.value, prefixes)}


def _compact(full: str, prefixes: dict[str, str]) -> str:
    """`prefix:rest` where the rest needs no care."""
    for prefix, namespace in prefixes.items():
        if full.startswith(namespace) and "/" not in full[len(namespace) :]:
            return f"{prefix}:{full[len(namespace) :]}"
    return full


# ── Triples of answers ───────────────────────────────────────────────────────

_ELEMENT = re.compile(rf"[{LETTERS}_][{LETTERS}0-9_.-]*\Z")
"""The end of a property's IRI that can name an element."""


def any_triples(triples: Iterable[ox.Triple], form: ox.RdfFormat, prefixes: Mapping[str, str]) -> str:
    """Triples that may hold what no graph of kgraph does, blank nodes and triples; raises `QueryError` where a format has not these."""
    try:
        return (ox.serialize(triples, format=form, prefixes=dict(prefixes)) or b"").decode()
    except OSError as error:
        msg = f"{form.name} cannot say it: {error}"
        raise QueryError(msg) from error


def rdf_xml(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> str:
    """Triples for older tools; raises `QueryError` where XML has no name for a property."""
    found = sorted(set(triples), key=str)
    for triple in found:
        if not _ELEMENT.search(triple.predicate.value):
            msg = f"RDF/XML has no name for the property {triple.predicate}: it must end in a word"
            raise QueryError(msg)
    used = {triple.predicate.value[: match.start()] for triple in found if (match := _ELEMENT.search(triple.predicate.value))}
    return any_triples(found, ox.RdfFormat.RDF_XML, {name: full for name, full in prefixes.items() if full in used})


# ── RDF 1.2 ──────────────────────────────────────────────────────────────────


def _turtle12(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> str:
    """The union of all graphs, with `rdf:reifies` in place of subject, predicate and object."""
    ends = [term(f"rdf:{end}") for end in ("subject", "predicate", "object")]
    parts: dict[ox.NamedNode, dict[ox.NamedNode, Any]] = {}
    rest: set[ox.Triple] = set()
    for quad in quads:
        if quad.predicate in ends and isinstance(quad.subject, ox.NamedNode):
            parts.setdefault(quad.subject, {})[quad.predicate] = quad.object
        else:
            rest.add(quad.triple)
    for node, found in parts.items():
        if len(found) == len(ends):
            rest.add(ox.Triple(node, term("rdf:reifies"), ox.Triple(*(found[end] for end in ends))))
        else:
            rest |= {ox.Triple(node, end, value) for end, value in found.items()}
    written = ox.serialize(sorted(rest, key=str), format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))
    return (written or b"").decode()
