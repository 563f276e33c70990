"""Stored questions and other queries on an Oxigraph folder against the same by rdflib in memory, on graphs of growing size.

A stored question is asked of the folder as `kgraph query --name` asks it, look-up of the name included; rdflib is given the text
with the thing already found. Times are of CPU, so that what else the machine does counts for neither.
"""

from __future__ import annotations

import gc
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

import pyoxigraph as ox
import rdflib

from bench.analysis_scale import generated
from kgraph import graph, ontology
from kgraph.settings import Settings

__all__ = ["QUERIES", "QUESTIONS", "Answering", "answering"]

QUESTIONS: dict[str, dict[str, str]] = {
    "investors": {"thing": "Firm 1"},
    "holdings": {"thing": "Firm 1"},
    "leaders": {"thing": "Firm 1"},
    "recruits": {"thing": "Firm 1"},
    "ties": {"thing": "Firm 1"},
    "timeline": {"thing": "Firm 1"},
    "rival-customers": {"thing": "Firm 1", "other": "Firm 2"},
    "sources": {"thing": "Firm 1", "other": "Firm 2"},
    "article": {"id": "n1"},
    "deals": {"least": "5000000000"},
    "rumours": {},
}
"""Stored questions with their values."""

QUERIES = {
    "who invested in a thing": "SELECT ?who ?what { ?who kg:investedIn ?what } ORDER BY ?who LIMIT 100",
    "what a firm is told to do": "SELECT ?p ?what { ?fact a kg:Fact ; rdf:subject :Firm_1 ; rdf:predicate ?p ; rdf:object ?what }",
    "facts with an amount over a billion": (
        "SELECT ?fact { ?fact a kg:Fact ; kg:amount/schema:minValue ?low FILTER(?low > 1000000000) } LIMIT 1000"
    ),
    "claims behind a fact, with article": (
        "SELECT ?fact ?article { ?fact a kg:Fact ; prov:wasDerivedFrom/kg:quote/oa:hasSource ?article } LIMIT 1000"
    ),
    "facts by predicate": "SELECT ?p (COUNT(?f) AS ?n) { ?f a kg:Fact ; rdf:predicate ?p } GROUP BY ?p ORDER BY ?p",
}
"""Two look-ups, a filter, a path, a scan."""

_READ = (
    *("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:label", "skos:altLabel", "prov:wasDerivedFrom"),
    *("kg:investedIn", "kg:amount", "kg:confidence", "kg:modality", "kg:period", "kg:polarity", "kg:quote", "kg:role", "kg:saidBy"),
    *("kg:service", "kg:stake", "kg:when", "oa:exact", "oa:hasSource", "oa:start", "schema:currency", "schema:datePublished"),
    *("schema:identifier", "schema:maxValue", "schema:minValue", "schema:publisher", "schema:value"),
)
"""The predicates that the queries read. Rdflib gets their triples alone: a million facts as a whole would take it 80 GB."""

_TIMES = 3
"""How often Oxigraph is asked; the middle counts."""


class _TooLong(BaseException):
    """A query that was given up; no `Exception`, since rdflib takes those in a filter for an unbound value."""


class Answering:
    """The times of one graph."""

    def __init__(self) -> None:
        self.figures: dict[str, float | int | str] = {}
        self.fast: dict[str, float] = {}
        self.slow: dict[str, float] = {}
        self.given_up: set[str] = set()

    def ratio(self, names: list[str]) -> str:
        """How many times longer rdflib takes; at least so many where it was given up."""
        ratio = round(sum(self.slow[name] for name in names) / sum(self.fast[name] for name in names))
        return f"more than {ratio:,}" if self.given_up & set(names) else f"{ratio:,}"


def answering(facts: int, limit: float, *, rdflib_too: bool) -> Answering:
    """Load `facts` facts into a folder, then ask it, and rdflib, which is given `limit` seconds for each query."""
    found = Answering()
    settings = Settings()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "graph.kg"
        store = graph.open_store(place, settings)
        start = time.process_time()
        _load(store, facts, settings)
        found.figures["quads"] = len(_opened(place))
        found.figures["making quads and loading them into Oxigraph, seconds"] = round(time.process_time() - start, 1)
        asked(store, found)
        if rdflib_too:
            _by_rdflib(place, limit, found, _texts(store), graph.known_prefixes(settings.namespace))
    return found


def asked(store: graph.Store, found: Answering) -> None:
    """Ask the folder everything, several times."""
    calls: dict[str, Callable[[], object]] = {name: partial(store.query, text) for name, text in QUERIES.items()}
    calls |= {name: partial(graph.ask, store, graph.stored_query(name), values) for name, values in QUESTIONS.items()}
    for name, call in calls.items():
        found.fast[name] = sorted(_seconds(call) for _ in range(_TIMES))[_TIMES // 2]
        found.figures[f"Oxigraph ms, {name}"] = round(1000 * found.fast[name], 1)


def _texts(store: graph.Store) -> dict[str, str]:
    """The text of everything that is asked, by name."""
    return QUERIES | {name: graph.prepared(store, graph.stored_query(name), values) for name, values in QUESTIONS.items()}


def _load(store: graph.Store, facts: int, settings: Settings) -> None:
    known = ontology.load()
    with _without_collector(), store.writing():
        store.write(graph.quads(generated(facts, known), settings, known))


def _opened(place: Path) -> ox.Store:
    return ox.Store.read_only(str(place))


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def _by_rdflib(place: Path, limit: float, found: Answering, texts: dict[str, str], prefixes: dict[str, str]) -> None:
    """Ask rdflib, each query once; it is the quicker for a plain graph of the triples that are read."""
    start = time.process_time()
    with _without_collector():
        plain = _plain(_opened(place), prefixes)
    found.figures["triples in rdflib"] = len(plain)
    found.figures["loading these into rdflib, seconds"] = round(time.process_time() - start, 1)
    for name, text in texts.items():
        start = time.process_time()
        try:
            with _given(limit):
                list(plain.query(text, initNs=prefixes))  # it gives rows lazily
        except _TooLong:
            found.given_up.add(name)
        found.slow[name] = time.process_time() - start
        found.figures[f"rdflib ms, {name}"] = f"more than {1000 * limit:,.0f}" if name in found.given_up else round(1000 * found.slow[name])
        found.figures[f"rdflib / Oxigraph, {name}"] = found.ratio([name])
    found.figures["rdflib / Oxigraph, all"] = found.ratio(list(texts))


def _plain(store: ox.Store, prefixes: dict[str, str]) -> rdflib.Graph:
    """The triples of all graphs that the queries read, in rdflib's leanest store."""
    plain = rdflib.Graph(store="SimpleMemory")
    nodes: dict[ox.NamedNode, rdflib.URIRef] = {}

    def node(term: object) -> rdflib.term.Node:
        if isinstance(term, ox.NamedNode):
            known = nodes.get(term)
            if known is None:
                known = nodes[term] = rdflib.URIRef(term.value)
            return known
        if not isinstance(term, ox.Literal):
            raise TypeError(term)
        return rdflib.Literal(term.value, lang=term.language, datatype=None if term.language else term.datatype.value)

    for name in _READ:
        prefix, _, local = name.partition(":")
        predicate = ox.NamedNode(f"{prefixes[prefix]}{local}")
        for quad in store.quads_for_pattern(None, predicate, None, None):
            plain.store.add((node(quad.subject), node(quad.predicate), node(quad.object)), plain)
    return plain


@contextmanager
def _without_collector() -> Iterator[None]:
    """No search for cycles while millions of objects are made that have none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


@contextmanager
def _given(seconds: float) -> Iterator[None]:
    """Some seconds for a block; then `_TooLong` ends it."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLong

    former = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)
