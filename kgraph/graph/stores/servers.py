"""A graph in a SPARQL server: Graph Store `PUT` for each article, one update for conclusions.

Each request is whole by itself. A change that breaks off between two of them is known by a mark in the store, the triple
`<https://w3id.org/kgraph/id/> kg:unsettled true` and one with the id of each article that goes in its place of `true`: it comes with
the first request and goes with the last.

Paths are those of Oxigraph (`/query`, `/update`, `/store`), below the URL that is given. The
default graph must be the union of all graphs (`oxigraph serve --union-default-graph`).
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from contextlib import nullcontext
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from kgraph.errors import GraphError, QueryError
from kgraph.graph.rdf.iris import kg, term
from kgraph.graph.rdf.vocabulary import query_prefixes
from kgraph.graph.sparql.answers import Answer, Dataset, from_results, refuse_service, warn_of_words
from kgraph.graph.sparql.diagnostics import diagnosis
from kgraph.graph.stores.changes import Changes, GraphName, changes, update

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from kgraph.settings import Settings

__all__ = ["SparqlServer"]

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_PATIENCE = 60.0
"""Seconds to wait for an answer where the caller sets no limit."""
_UNSETTLED = kg("unsettled")
_WHOLE = ox.Quad(ox.NamedNode("https://w3id.org/kgraph/id/"), _UNSETTLED, ox.Literal(value=True))
"""The mark has one place, whatever namespace the settings give: whoever comes next may have others."""


class SparqlServer:
    """A `Store` behind the SPARQL 1.1 protocol. It has no lock: let one process write."""

    def __init__(self, url: str, settings: Settings) -> None:
        self._url = url.rstrip("/")
        self._settings = settings
        self._prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in query_prefixes(settings).items())
        self._checked = False

    def exists(self) -> bool:
        """Whether there is a graph; raises `GraphError` where no server answers."""
        return bool(self._ask("ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }").truth)

    def settled(self) -> bool:
        """Whether no change broke off between two requests."""
        return not self._ask(f"ASK {{ ?of {_UNSETTLED} ?what }}").truth

    def cut_off(self) -> frozenset[str]:
        """The ids of articles that a change which broke off was taking out."""
        found = self._ask(f"SELECT ?what {{ ?of {_UNSETTLED} ?what }}").solutions or ()
        return frozenset(what.value for (what,) in found if isinstance(what, ox.Literal) and what != _WHOLE.object)

    def quads(self) -> Iterator[ox.Quad]:
        """Everything in it, graph by graph, but the mark of a change that broke off."""
        default: GraphName = ox.DefaultGraph()
        for graph in (default, *self._graphs()):
            yield from (quad for quad in self._stored(graph) if quad.predicate != _UNSETTLED)

    def write(self, quads: Iterable[ox.Quad]) -> None:
        """Make it hold exactly `quads`; what is concluded comes before what articles say, and goes after it.

        So a tombstone is there before its article has gone, and writing again completes what broke off.
        """
        differences = changes(quads, self._stored, self._graphs())
        removed, added = differences.pop(ox.DefaultGraph(), (set[ox.Quad](), set[ox.Quad]()))
        if differences:
            marks = {_WHOLE, *_going(differences)}
            self._update(set(), added | marks)
            for graph, sides in differences.items():
                self._replace(graph, *sides)
            self._update(removed | marks, set())
        elif removed or added:
            self._update(removed, added)
        self._check_union()

    def _replace(self, graph: GraphName, removed: set[ox.Quad], added: set[ox.Quad]) -> None:
        """Put what a named graph will hold in its place."""
        wanted = (set(self._stored(graph)) - removed) | added
        if wanted:
            self._send("PUT", self._place(graph), _triples(wanted), _TRIPLES)
        else:
            self._send("DELETE", self._place(graph))

    def _update(self, removed: set[ox.Quad], added: set[ox.Quad]) -> None:
        """Change the default graph in one request."""
        self._send("POST", "/update", update({ox.DefaultGraph(): (removed, added)}), "application/sparql-update")

    def query(self, sparql: str, *, timeout: float | None = None, limit: int | None = None, dataset: Dataset | None = None) -> Answer:
        """What a query gives, from `dataset` where one is chosen, else with the union of all graphs as default graph."""
        self._check_union()
        found = self._ask(sparql, timeout=timeout, limit=limit, dataset=dataset)
        warn_of_words(sparql, self._settings)
        return found

    def writing(self) -> AbstractContextManager[None]:
        """SPARQL has no locks."""
        return nullcontext()

    # ── requests ─────────────────────────────────────────────────────────────

    def _check_union(self) -> None:
        """Raise `GraphError` where queries would see nothing but the default graph."""
        if self._checked:
            return
        sample = self._ask("SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1").solutions
        if not sample:
            return
        if not self._ask(f"ASK {{ {' '.join(map(str, sample[0]))} }}").truth:
            msg = f"{self._url}: its default graph is not the union of its graphs; start it so (oxigraph serve --union-default-graph)"
            raise GraphError(msg)
        self._checked = True

    def _graphs(self) -> list[ox.NamedNode]:
        found = self._ask("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").solutions or ()
        return sorted((row[0] for row in found if isinstance(row[0], ox.NamedNode)), key=str)

    def _stored(self, graph: GraphName) -> Iterator[ox.Quad]:
        try:
            body, _ = self._send("GET", self._place(graph), accept=_TRIPLES)
        except FileNotFoundError:
            return
        for triple in ox.parse(body, ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)

    @staticmethod
    def _place(graph: GraphName) -> str:
        return "/store?default" if isinstance(graph, ox.DefaultGraph) else f"/store?graph={quote(graph.value, safe='')}"

    def _ask(self, sparql: str, *, timeout: float | None = None, limit: int | None = None, dataset: Dataset | None = None) -> Answer:
        refuse_service(sparql)
        graphs = {} if dataset is None else {"default-graph-uri": dataset.default, "named-graph-uri": dataset.named}
        chosen = urlencode(graphs, doseq=True)
        try:
            body, kind = self._send(
                "POST",
                "/query" + (f"?{chosen}" if chosen else ""),
                self._prologue + sparql,
                "application/sparql-query",
                accept=f"{_RESULTS}, {_TRIPLES};q=0.9",
                timeout=timeout,
            )
        except ValueError as error:
            skipped = self._prologue.count("\n")
            raise QueryError(diagnosis(error, sparql, query_prefixes(self._settings), skipped=skipped)) from error
        except TimeoutError as error:
            msg = f"the query took longer than {timeout or _PATIENCE:g} seconds"
            raise QueryError(msg) from error
        if kind.startswith(_TRIPLES):
            store = ox.Store()
            store.load(body, format=ox.RdfFormat.N_TRIPLES)
            return from_results(store.query("CONSTRUCT WHERE { ?s ?p ?o }"), sparql, settings=self._settings, limit=limit)
        return from_results(ox.parse_query_results(body, ox.QueryResultsFormat.JSON), sparql, settings=self._settings, limit=limit)

    def _send(
        self, method: str, path: str, body: str | None = None, kind: str = "", *, accept: str = "*/*", timeout: float | None = None
    ) -> tuple[bytes, str]:
        """One request: the body and its type.

        Raises `FileNotFoundError` on 404, `ValueError` on a query that the server calls wrong,
        `TimeoutError`, and `GraphError` on all else.
        """
        headers = {"Accept": accept} | ({"Content-Type": kind} if kind else {})
        request = urllib.request.Request(  # noqa: S310  # open_store lets only http and https through
            self._url + path, data=None if body is None else body.encode(), headers=headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout or _PATIENCE) as response:  # noqa: S310
                return response.read(), response.headers.get("Content-Type", "")
        except urllib.error.HTTPError as error:
            if error.code == http.client.NOT_FOUND and method == "GET":
                raise FileNotFoundError(path) from error
            text = error.read().decode(errors="replace").strip()
            if error.code == http.client.BAD_REQUEST and path.partition("?")[0] == "/query":
                raise ValueError(text or error.reason) from error
            told = text.splitlines()[0] if text and not text.startswith("<") else error.reason  # a page is for browsers
            msg = f"{self._url}: {method} {path.partition('?')[0]} gave {error.code} {told}"
            raise GraphError(msg) from error
        except TimeoutError:
            raise
        except (OSError, http.client.HTTPException) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise TimeoutError from error
            msg = f"{self._url}: no SPARQL server answers ({getattr(error, 'reason', error)})"
            raise GraphError(msg) from error


def _going(differences: Changes) -> Iterator[ox.Quad]:
    """A mark for the id of each article whose graph goes: what a corrected one keeps is not among the differences."""
    gone = (quad for removed, _ in differences.values() for quad in removed if quad.predicate == term("schema:identifier"))
    return (ox.Quad(_WHOLE.subject, _UNSETTLED, quad.object) for quad in gone)


def _triples(quads: Iterable[ox.Quad]) -> str:
    return "".join(sorted(f"{quad.triple} .\n" for quad in quads))
