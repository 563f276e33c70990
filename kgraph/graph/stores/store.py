"""Where a graph is kept: a file, an Oxigraph folder, or a SPARQL server, behind one interface."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kgraph.graph.rdf.iris import kg
from kgraph.graph.rdf.reading import knowledge
from kgraph.graph.rdf.writing import quads
from kgraph.graph.stores.directories import OxigraphStore
from kgraph.graph.stores.files import GraphFile, MemoryStore
from kgraph.graph.stores.servers import SparqlServer
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from pyoxigraph import Quad

    from kgraph.graph.sparql.answers import Answer, Dataset
    from kgraph.model import Knowledge
    from kgraph.ontology import Ontology
    from kgraph.settings import Settings

__all__ = ["Store", "counts", "load", "memory_store", "open_store", "save"]

_COUNTED = {
    "articles": "?node a schema:NewsArticle",
    "claims": "?node a kg:Claim",
    "facts": "?node a kg:Fact",
    "entities": f"VALUES ?type {{ {' '.join(map(str, map(kg, EntityType)))} }} ?node a ?type",
    "disagreements": "?node kg:severity ?severity FILTER(?severity > 0)",
    "undated": "?node a schema:NewsArticle FILTER NOT EXISTS { ?node schema:datePublished ?day }",
}
"""Patterns of what is counted; a difference of severity 0 is none that anyone has to look at."""


class Store(Protocol):
    """A graph in its place. Opening reads nothing; every failure is a `GraphError` that names the place."""

    def exists(self) -> bool:
        """Whether there is a graph."""

    def settled(self) -> bool:
        """Whether the last change was not cut off halfway; where it was, what is concluded must be concluded and written again."""

    def cut_off(self) -> frozenset[str]:
        """The ids of articles that a change which was cut off was taking out; they may have gone already."""

    def quads(self) -> Iterator[Quad]:
        """Everything in it."""

    def write(self, quads: Iterable[Quad]) -> None:
        """Make it hold exactly `quads`, which come graph by graph.

        Either all of it happens or nothing (on a server: each request by itself).
        """

    def query(self, sparql: str, *, timeout: float | None = None, limit: int | None = None, dataset: Dataset | None = None) -> Answer:
        """What a query gives, from `dataset` where one is chosen, else with the union of all graphs as default graph."""

    def writing(self) -> AbstractContextManager[None]:
        """Keep other writers out, from reading what is there to writing what follows."""


def open_store(target: str | Path, settings: Settings) -> Store:
    """The store at a target: `http(s)://…` a server, a folder or `*.kg` Oxigraph, anything else a file.

    Raises `GraphError` where a file's ending names no format.
    """
    text = str(target)
    if text.startswith(("http://", "https://")):
        return SparqlServer(text, settings)
    path = Path(target)
    if path.is_dir() or path.suffix == ".kg" or text.endswith("/"):
        return OxigraphStore(path, settings)
    return GraphFile(path, settings)


def memory_store(quads: Iterable[Quad], settings: Settings) -> Store:
    """A store in memory that holds `quads`."""
    store = MemoryStore(settings)
    store.write(quads)
    return store


def save(store: Store, known: Knowledge, settings: Settings, ontology: Ontology) -> None:
    """Make `store` hold `known`; what has not changed is not written again where the store allows."""
    store.write(quads(known, settings, ontology))


def load(store: Store, settings: Settings) -> Knowledge:
    """All that a store knows."""
    return knowledge(store.quads(), settings)


def counts(store: Store) -> dict[str, int]:
    """How many articles, claims, facts, entities, disagreements and articles without a date a store holds."""
    return {name: _count(store, pattern) for name, pattern in _COUNTED.items()}


def _count(store: Store, pattern: str) -> int:
    solutions = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").solutions
    return int(getattr(solutions[0][0], "value", 0)) if solutions else 0
