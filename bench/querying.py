"""Typical queries on an Oxigraph folder against the same by rdflib in memory, and stored questions on the folder alone, on growing graphs.

Both must give as many rows. Rdflib gets only the triples that the queries read, in its leanest store, and is given up where a query takes
it too long: then the ratio is at least what is reported. A stored question is asked as `kgraph query --name` asks it, the look-up of the
name included. Times are of CPU, so that what else the machine does counts for neither.
"""

from __future__ import annotations

import gc
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sized
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
    "a thing by its name": 'SELECT ?thing ?type { ?thing rdfs:label "Firm 1" ; a ?type }',
    "facts of a thing": "SELECT ?p ?what { ?fact rdf:subject :Firm_1 ; a kg:Fact ; rdf:predicate ?p ; rdf:object ?what }",
    "facts of a thing, with sources and quotes": (
        "SELECT ?p ?what ?id ?quote { ?fact rdf:subject :Firm_1 ; a kg:Fact ; rdf:predicate ?p ; rdf:object ?what ; "
        "prov:wasDerivedFrom ?claim . ?claim kg:quote ?words . ?words oa:exact ?quote ; oa:hasSource ?article . "
        "?article schema:identifier ?id }"
    ),
    "two steps from a thing": "SELECT DISTINCT ?far { :Firm_1 kg:suppliesTo ?near . ?near kg:competesWith ?far }",
    "two steps, from all things": "SELECT (COUNT(*) AS ?n) { ?near kg:suppliesTo ?between . ?between kg:competesWith ?far }",
    "facts with an amount over a billion": (
        "SELECT (COUNT(*) AS ?n) { ?fact a kg:Fact ; kg:amount ?sum . ?sum schema:minValue ?low FILTER(?low > 1000000000) }"
    ),
    "articles of a month": (
        "SELECT ?id { ?article schema:datePublished ?day ; schema:identifier ?id "
        'FILTER(?day >= "2024-01-01"^^xsd:date && ?day < "2024-02-01"^^xsd:date) }'
    ),
    "facts by predicate": "SELECT ?p (COUNT(?f) AS ?n) { ?f a kg:Fact ; rdf:predicate ?p } GROUP BY ?p ORDER BY ?p",
}
"""Look-ups of a thing, paths, filters, a count of all."""

_READ = (
    *("rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:label", "prov:wasDerivedFrom", "kg:suppliesTo", "kg:competesWith"),
    *("kg:amount", "kg:quote", "oa:exact", "oa:hasSource", "schema:datePublished", "schema:identifier", "schema:minValue"),
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
        self.rows: dict[str, int] = {}
        self.ratios: dict[str, float] = {}

    def compare(self, name: str, seconds: float, rows: int | None) -> None:
        """What rdflib took; without `rows` it was given up. Raises `ValueError` where it gave another number of rows than the folder."""
        if rows not in (None, self.rows[name]):
            msg = f"{name}: rdflib gives {rows} rows, the folder {self.rows[name]}"
            raise ValueError(msg)
        ratio = self.ratios[name] = seconds / self.fast[name]
        self.figures[f"rdflib ms, {name}"] = round(1000 * seconds, 1) if rows is not None else f"did not end in {seconds:,.0f} s"
        self.figures[f"rdflib / Oxigraph, {name}"] = round(ratio, 1) if rows is not None else f"more than {ratio:,.0f}"

    def sum_up(self) -> None:
        """The least, the middle and the greatest ratio: a sum of times would be that of the slowest query alone."""
        least, *_, greatest = sorted(self.ratios.values())
        middle = statistics.median(self.ratios.values())
        for kind, ratio in (("least", least), ("middle", middle), ("greatest", greatest)):
            self.figures[f"rdflib / Oxigraph, {kind} of all"] = round(ratio, 1)


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
            _by_rdflib(place, limit, found, graph.query_prefixes(settings))
    return found


def asked(store: graph.Store, found: Answering) -> None:
    """Ask the folder everything, several times."""
    calls: dict[str, Callable[[], Sized]] = {name: partial(store.query, text) for name, text in QUERIES.items()}
    calls |= {name: partial(graph.ask, store, graph.stored_query(name), values) for name, values in QUESTIONS.items()}
    for name, call in calls.items():
        times = [_timed(call) for _ in range(_TIMES)]
        found.fast[name], found.rows[name] = sorted(times)[_TIMES // 2]
        found.figures[f"Oxigraph ms, {name}"] = round(1000 * found.fast[name], 1)


def _load(store: graph.Store, facts: int, settings: Settings) -> None:
    known = ontology.load()
    with _without_collector(), store.writing():
        store.write(graph.quads(generated(facts, known), settings, known))


def _opened(place: Path) -> ox.Store:
    return ox.Store.read_only(str(place))


def _timed(call: Callable[[], Sized]) -> tuple[float, int]:
    """Seconds, and the number of rows."""
    start = time.process_time()
    rows = len(call())
    return time.process_time() - start, rows


def _by_rdflib(place: Path, limit: float, found: Answering, prefixes: dict[str, str]) -> None:
    """Ask rdflib, each query once; it is the quicker for a plain graph of the triples that are read."""
    start = time.process_time()
    with _without_collector():
        plain = _plain(_opened(place), prefixes)
    found.figures["triples in rdflib"] = len(plain)
    found.figures["loading these into rdflib, seconds"] = round(time.process_time() - start, 1)
    for name, text in QUERIES.items():
        try:
            with _given(limit):
                seconds, rows = _timed(lambda: list(plain.query(text, initNs=prefixes)))  # noqa: B023  # called at once; rows come lazily
        except _TooLong:
            found.compare(name, limit, None)
        else:
            found.compare(name, seconds, rows)
    found.sum_up()


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
        plain_text = term.language or term.datatype.value.endswith("#string")  # for rdflib, "a"^^xsd:string is not "a"
        return rdflib.Literal(term.value, lang=term.language, datatype=None if plain_text else term.datatype.value)

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
