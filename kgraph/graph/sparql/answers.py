"""A SPARQL query over an Oxigraph store: asked with known prefixes, a time limit and a row limit.

The default graph is the union of all graphs, so that queries never need `GRAPH ?g`, unless a query names others (`FROM src:a1`).
"""

from __future__ import annotations

import html
import json
import logging
import re
import threading
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kgraph.errors import QueryError
from kgraph.graph.rdf.formats import OXIGRAPH_FORMATS, RdfFormat, any_triples, rdf_xml, serialise
from kgraph.graph.rdf.iris import Shortener
from kgraph.graph.rdf.vocabulary import query_prefixes, words
from kgraph.graph.sparql.diagnostics import NOT_CODE, diagnosis, unknown_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kgraph.settings import Settings

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

__all__ = ["CONCLUSIONS", "Answer", "Dataset", "answer", "from_results", "refuse_service"]

logger = logging.getLogger(__name__)

_RESULT_FORMATS = {"csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV, "xml": ox.QueryResultsFormat.XML}
_TRIPLE_FORMATS = {"ttl": RdfFormat.TURTLE, "json": RdfFormat.JSONLD, "nt": RdfFormat.NQUADS}
_DATASET = re.compile(r"(?<![\w?$:])FROM\b(?!:)", re.IGNORECASE)
"""A query that names its graphs is asked of these alone."""
_ALL_COLUMNS = re.compile(r"[^{]*?\bSELECT\s*(?:(?:DISTINCT|REDUCED)\s*)?\*", re.IGNORECASE)
"""How a query begins that asks for all its variables."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
"""SPARQL reads these anywhere, before it looks for words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The graphs that a request chooses, by IRI, in place of those that its query names."""

    default: tuple[str, ...] = ()
    """Those whose union is the default graph."""
    named: tuple[str, ...] = ()


CONCLUSIONS = Dataset()
"""No graph is chosen: the default graph alone, where conclusions are. A server knows its default graph as the union of all only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a query gave: rows (SELECT), a truth (ASK) or triples (CONSTRUCT, DESCRIBE)."""

    namespace: str
    variables: tuple[str, ...] = ()
    solutions: tuple[tuple[Term | None, ...], ...] | None = None
    truth: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """The prefixes that the query knew; they shorten names and are no part of what was found."""

    @property
    def rows(self) -> list[dict[str, str]] | None:
        """For a person: prefixed names and plain values; None where the answer is triples."""
        if self.truth is not None:
            return [{"answer": "yes" if self.truth else "no"}]
        if self.solutions is None:
            return None
        short = Shortener(self.namespace, self.prefixes)
        return [dict(zip(self.variables, map(short.shown, solution), strict=True)) for solution in self.solutions]

    def __iter__(self) -> Iterator[dict[str, str]]:
        """The rows, for a person; triples are rows of subject, predicate and object."""
        if self.triples is None:
            return iter(self.rows or ())
        shown = Shortener(self.namespace, self.prefixes).shown
        return iter([{"subject": shown(t.subject), "predicate": shown(t.predicate), "object": shown(t.object)} for t in self.triples])

    def __len__(self) -> int:
        """How many rows or triples there are; a truth is one row."""
        return 1 if self.truth is not None else len(self.triples if self.triples is not None else self.solutions or ())

    def __bool__(self) -> bool:
        """The truth of an ASK, else whether there is any row."""
        return self.truth if self.truth is not None else len(self) > 0

    def _repr_html_(self) -> str:
        """A table for a notebook; what comes from articles is escaped."""
        rows = list(self)
        columns = list(dict.fromkeys(name for row in rows for name in row)) or list(self.variables)
        head = "".join(f"<th>{html.escape(name)}</th>" for name in columns)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(row.get(name, ''))}</td>" for name in columns) + "</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def serialise(self, form: str) -> str:
        """For a program: `json`, `csv`, `tsv` or `xml` of rows or a truth; `ttl`, `nt`, `json` (JSON-LD) or `xml` (RDF/XML) of triples.

        Raises `QueryError` where the answer has no such form.
        """
        form = form.lower()
        text = self._serialised_rows(form) if self.triples is None else self._serialised_triples(self.triples, form)
        if form == "xml" and (strange := _NOT_XML.search(text)):
            msg = f"XML has no place for the character U+{ord(strange[0]):04X}"
            raise QueryError(msg)
        return text

    def _serialised_rows(self, form: str) -> str:
        text = json.dumps(self._results(), ensure_ascii=False, indent=1) + "\n"
        if form == "json":
            return text
        if form not in _RESULT_FORMATS:
            msg = f"this query gives rows, which have no {form}; known are json, {', '.join(_RESULT_FORMATS)}"
            raise QueryError(msg)
        results: Any = ox.parse_query_results(text, ox.QueryResultsFormat.JSON)
        written: bytes = results.serialize(format=_RESULT_FORMATS[form])
        return written.decode()

    def _serialised_triples(self, triples: tuple[ox.Triple, ...], form: str) -> str:
        if form == "xml":
            return rdf_xml(triples, self.prefixes)
        if form not in _TRIPLE_FORMATS:
            msg = f"this query gives triples, which have no {form}; known are {', '.join(_TRIPLE_FORMATS)}, xml"
            raise QueryError(msg)
        known = _TRIPLE_FORMATS[form]
        if any(isinstance(node, ox.BlankNode | ox.Triple) for triple in triples for node in triple):  # no graph of kgraph has these
            return any_triples(triples, OXIGRAPH_FORMATS[known], self.prefixes)
        return serialise((ox.Quad(*triple) for triple in triples), known, self.namespace, self.prefixes)

    def _results(self) -> dict[str, Any]:
        """SPARQL 1.1 Query Results JSON."""
        if self.truth is not None:
            return {"head": {}, "boolean": self.truth}
        bindings = [
            {name: _json_term(value) for name, value in zip(self.variables, solution, strict=True) if value is not None}
            for solution in self.solutions or ()
        ]
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}


def _json_term(value: Term) -> dict[str, str]:
    if isinstance(value, ox.NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, ox.BlankNode):
        return {"type": "bnode", "value": value.value}
    if not isinstance(value, ox.Literal):
        return {"type": "literal", "value": str(value)}  # a quoted triple of RDF 1.2, as text
    found = {"type": "literal", "value": value.value}
    if value.language:
        return found | {"xml:lang": value.language}
    return found if value.datatype.value.endswith("#string") else found | {"datatype": value.datatype.value}


def answer(
    store: ox.Store,
    sparql: str,
    *,
    settings: Settings,
    timeout: float | None = None,
    limit: int | None = None,
    dataset: Dataset | None = None,
) -> Answer:
    """What `sparql` gives, from `dataset` where one is chosen.

    A word of kgraph that the ontology does not have is warned of.
    Raises `QueryError` where the query is wrong, takes longer than `timeout` seconds or gives
    more than `limit` rows. Oxigraph cannot be interrupted: a query that ran out of time goes on
    in a thread of its own, which does not keep the program from ending.
    """
    refuse_service(sparql)
    prefixes = query_prefixes(settings)
    graphs = _chosen(sparql, dataset)
    found: list[Answer | BaseException] = []

    def ask() -> None:
        try:
            results: Any = store.query(sparql, prefixes=prefixes, **graphs)
            found.append(from_results(results, sparql, settings=settings, limit=limit))
        except BaseException as error:  # noqa: BLE001  # it is raised again in the caller's thread
            found.append(error)

    if timeout is None:
        ask()
    else:
        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(timeout)
        if not found:
            msg = f"the query took longer than {timeout:g} seconds"
            raise QueryError(msg)
    if isinstance(found[0], SyntaxError | ValueError | OSError):
        raise QueryError(diagnosis(found[0], sparql, prefixes)) from found[0]
    if isinstance(found[0], BaseException):
        raise found[0]
    warn_of_words(sparql, settings)
    return found[0]


def _chosen(sparql: str, dataset: Dataset | None) -> dict[str, Any]:
    """The graphs that are asked, as pyoxigraph takes them: those of the request, else those that the query names, else all."""
    if dataset is None:
        return {"use_default_graph_as_union": _DATASET.search(NOT_CODE.sub(" ", sparql)) is None}
    if dataset == CONCLUSIONS:
        return {}
    try:
        return {"default_graph": list(map(ox.NamedNode, dataset.default)), "named_graphs": list(map(ox.NamedNode, dataset.named))}
    except ValueError as error:
        msg = f"the name of a graph is no IRI: {error}"
        raise QueryError(msg) from error


def warn_of_words(sparql: str, settings: Settings) -> None:
    """Say which words of kgraph in a query the ontology does not have: such a query gives nothing, and nobody sees why."""
    for sentence in unknown_words(sparql, words(settings)):
        logger.warning("%s", sentence)


def from_results(results: Any, sparql: str, *, settings: Settings, limit: int | None = None) -> Answer:
    """An `Answer` from what pyoxigraph gives for any kind of query.

    The columns of `SELECT *` come as `sparql` names them; engines sort them by name.
    """
    namespace, prefixes = settings.namespace, query_prefixes(settings)
    if isinstance(results, ox.QueryBoolean):
        return Answer(namespace=namespace, prefixes=prefixes, truth=bool(results))
    if isinstance(results, ox.QueryTriples):
        return Answer(namespace=namespace, prefixes=prefixes, triples=tuple(sorted(set(_bounded(results, limit)), key=str)))
    variables = _columns(sparql, [variable.value for variable in results.variables])
    solutions = tuple(tuple(map(solution.__getitem__, variables)) for solution in _bounded(results, limit))
    return Answer(namespace=namespace, prefixes=prefixes, variables=variables, solutions=solutions)


def _columns(sparql: str, variables: list[str]) -> tuple[str, ...]:
    """The variables in the order in which they are shown."""
    code = NOT_CODE.sub(" ", sparql)
    if not _ALL_COLUMNS.match(code):
        return tuple(variables)
    named = list(dict.fromkeys(re.findall(r"[?$](\w+)", code)))
    return tuple(sorted(variables, key=lambda name: named.index(name) if name in named else len(named)))


def _bounded(results: Iterable[Any], limit: int | None) -> list[Any]:
    found = list(results if limit is None else islice(results, limit + 1))
    if limit is not None and len(found) > limit:
        msg = f"the query gives more than {limit} results; add LIMIT"
        raise QueryError(msg)
    return found


def refuse_service(sparql: str) -> None:
    """Raise `QueryError` where a query would ask another server: kgraph stays on this machine."""
    spelt = _CODE_POINT.sub(lambda match: chr(int(match[1] or match[2], 16) % 0x110000), sparql)
    if re.search(r"(?<![\w?$:])SERVICE\b(?!:)", NOT_CODE.sub(" ", spelt), re.IGNORECASE):
        msg = "SERVICE is not allowed: kgraph asks no other server"
        raise QueryError(msg)
