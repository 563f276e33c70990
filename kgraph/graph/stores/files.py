"""A graph in one file (TriG, or another format by its ending: the default store), or in memory."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgraph.atomic import replace_text
from kgraph.errors import GraphError
from kgraph.graph.rdf.formats import OXIGRAPH_FORMATS, format_of, parse, serialise
from kgraph.graph.rdf.vocabulary import query_prefixes
from kgraph.graph.sparql.answers import Answer, Dataset, answer
from kgraph.graph.stores.locking import lock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from kgraph.settings import Settings

__all__ = ["GraphFile", "MemoryStore"]


class GraphFile:
    """A `Store` in a file; queries run in memory, over a copy that is kept until the file changes."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._path = path
        self._format = format_of(path)
        self._settings = settings
        self._loaded: tuple[tuple[int, int], ox.Store] | None = None

    def exists(self) -> bool:
        """Whether there is a graph."""
        return self._path.exists()

    def settled(self) -> bool:
        """A file is written as a whole or not at all."""
        return True

    def cut_off(self) -> frozenset[str]:
        """No articles: no change is cut off."""
        return frozenset()

    def quads(self) -> Iterator[ox.Quad]:
        """Everything in it."""
        return parse(self._path)

    def write(self, quads: Iterable[ox.Quad]) -> None:
        """Make it hold exactly `quads`; the file is the old or the new one, never a torn one."""
        replace_text(self._path, serialise(quads, self._format, self._settings.namespace, query_prefixes(self._settings)))

    def query(self, sparql: str, *, timeout: float | None = None, limit: int | None = None, dataset: Dataset | None = None) -> Answer:
        """What a query gives, from `dataset` where one is chosen, else with the union of all graphs as default graph."""
        return answer(self._store(), sparql, settings=self._settings, timeout=timeout, limit=limit, dataset=dataset)

    def writing(self) -> AbstractContextManager[None]:
        """Keep other writers out."""
        return lock(self._path)

    def _store(self) -> ox.Store:
        try:
            stat = self._path.stat()
            version = stat.st_mtime_ns, stat.st_size
            if self._loaded is None or self._loaded[0] != version:
                store = ox.Store()
                store.bulk_load(path=str(self._path), format=OXIGRAPH_FORMATS[self._format])
                self._loaded = version, store
        except SyntaxError as error:
            msg = f"{self._path}, line {error.lineno}: {error.msg}"
            raise GraphError(msg) from error
        except OSError as error:
            msg = f"{self._path}: {error.strerror or error}"
            raise GraphError(msg) from error
        return self._loaded[1]


class MemoryStore:
    """A `Store` that lives as long as its object."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store = ox.Store()

    def exists(self) -> bool:
        """Whether there is a graph."""
        return len(self._store) > 0

    def settled(self) -> bool:
        """Nobody survives a change that was cut off."""
        return True

    def cut_off(self) -> frozenset[str]:
        """No articles: no change is cut off."""
        return frozenset()

    def quads(self) -> Iterator[ox.Quad]:
        """Everything in it."""
        return iter(self._store)

    def write(self, quads: Iterable[ox.Quad]) -> None:
        """Make it hold exactly `quads`."""
        self._store = ox.Store()
        self._store.bulk_extend(quads)

    def query(self, sparql: str, *, timeout: float | None = None, limit: int | None = None, dataset: Dataset | None = None) -> Answer:
        """What a query gives, from `dataset` where one is chosen, else with the union of all graphs as default graph."""
        return answer(self._store, sparql, settings=self._settings, timeout=timeout, limit=limit, dataset=dataset)

    def writing(self) -> AbstractContextManager[None]:
        """Nobody else can write."""
        return nullcontext()
