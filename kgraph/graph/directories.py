"""A graph in an Oxigraph folder: on disk, indexed, for graphs that a file is too small for."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgraph.errors import GraphError
from kgraph.graph.answers import Answer, answer
from kgraph.graph.changes import changes, update
from kgraph.graph.filling import Filling
from kgraph.graph.locking import lock
from kgraph.graph.parts import Part
from kgraph.writing import temporary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kgraph.ontology import Ontology
    from kgraph.settings import Settings

__all__ = ["OxigraphStore"]

_BATCH = 50_000
_TRIES = 6
_PAUSE = 0.05
"""Seconds between two tries to open a folder."""

_Stamp = frozenset[tuple[str, int, int, int]]


class OxigraphStore:
    """A `Store` in a folder of its own; a later write touches only the graphs that differ."""

    def __init__(self, path: Path, settings: Settings, *, aside: bool = False) -> None:
        self._path = path
        self._settings = settings
        self._aside = aside
        self._namespace = settings.namespace
        self._locked = False
        self._kept: tuple[_Stamp, ox.Store] | None = None
        self._filling: Filling | None = None
        self.index = path / "kgraph.index"
        """A place for what others remember of the graph; it goes when the graph is written as a whole."""

    def exists(self) -> bool:
        """Whether there is a graph."""
        return (self._path / "CURRENT").exists()

    def quads(self) -> Iterator[ox.Quad]:
        """Everything in it."""
        with self._reading() as store:
            yield from store

    def write(self, quads: Iterable[ox.Quad]) -> None:
        """Make it hold exactly `quads`: a new folder as a whole, changes of an old one in one transaction."""
        self._kept = None  # so that files that nobody needs any more can go
        try:
            if self.exists():
                self.index.unlink(missing_ok=True)
                store = ox.Store(str(self._path))
                differences = changes(quads, partial(store.quads_for_pattern, None, None, None), _named(store))
                if differences:
                    store.update(update(differences))
                    store.flush()
                del store  # frees the lock of the folder
            else:
                self._create(quads)
        except OSError as error:
            msg = f"{self._path}: cannot be written: {error.strerror or error}"
            raise GraphError(msg) from error

    def _create(self, quads: Iterable[ox.Quad]) -> None:
        """Fill a folder beside the place, then move it there."""
        with temporary(self._path) as place:
            store = ox.Store(str(place))
            waiting = iter(quads)
            while batch := list(islice(waiting, _BATCH)):
                store.bulk_extend(batch)
            store.optimize()  # each batch left files of its own, and a look-up goes through all of them
            store.flush()
            del store  # frees the lock of the folder
            place.rename(self._path)

    @contextmanager
    def aside(self) -> Iterator[OxigraphStore]:
        """A store beside this one, which is not there yet; it takes this place when the block ends well."""
        with temporary(self._path) as place:
            store = OxigraphStore(place, self._settings, aside=True)
            yield store
            store.close()
            if place.exists():
                place.rename(self._path)

    @contextmanager
    def parts(self, ontology: Ontology) -> Iterator[Part]:
        """The store in parts, to be read and changed; only while `writing`.

        Raises `GraphError` where it cannot be read or written.
        """
        self._kept = None
        try:
            if self._aside and self._filling is None:
                self._filling = Filling(self._path)
            part = Part(self._filling or ox.Store(str(self._path)), self._path, self._settings, ontology)  # it alone holds the folder
        except OSError as error:
            msg = f"{self._path}: cannot be written: {error.strerror or error}"
            raise GraphError(msg) from error
        try:
            yield part
        finally:
            part.close()

    def close(self) -> None:
        """Put what was filled aside on disk as a whole, and let go of the folder.

        Raises `GraphError` where it cannot be written.
        """
        filling, self._filling = self._filling, None
        try:
            if filling is not None:
                filling.close()
        except OSError as error:
            msg = f"{self._path}: cannot be written: {error.strerror or error}"
            raise GraphError(msg) from error

    def query(self, sparql: str, *, timeout: float | None = None, limit: int | None = None) -> Answer:
        """What a query gives, with the union of all graphs as default graph."""
        with self._reading() as store:
            return answer(store, sparql, namespace=self._namespace, timeout=timeout, limit=limit)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other writers, and readers of other processes, out."""
        with lock(self._path):
            self._locked = True
            try:
                yield
            finally:
                self._locked = False

    @contextmanager
    def _reading(self) -> Iterator[ox.Store]:
        """The store, read-only; Oxigraph wants no writer beside a reader."""
        if not self.exists():
            msg = f"{self._path}: there is no graph here"
            raise GraphError(msg)
        if self._locked or not os.access(self._path, os.W_OK):
            yield self._opened()  # ours, or on a medium that nobody writes
            return
        with lock(self._path, shared=True):
            yield self._opened()

    def _opened(self) -> ox.Store:
        """The store as it is now: opened anew only where somebody has written since, since opening takes longer than a look-up."""
        try:
            stamp = _stamp(self._path)
            if self._kept is None or self._kept[0] != stamp:
                self._kept = None
                self._kept = stamp, _read_only(self._path)
            return self._kept[1]
        except (OSError, RuntimeError) as error:
            msg = f"{self._path}: cannot be read: {error}"
            raise GraphError(msg) from error


def _read_only(path: Path) -> ox.Store:
    """The folder's store, read-only; beside a writer of this process a file may be merged away while it is opened, so it is tried again.

    Raises `OSError` or `RuntimeError`, as Oxigraph has it, where a file is missing for good.
    """
    for _ in range(_TRIES - 1):
        try:
            return ox.Store.read_only(str(path))
        except RuntimeError:  # it has no other error for a file that is not there
            time.sleep(_PAUSE)
    return ox.Store.read_only(str(path))


def _stamp(path: Path) -> _Stamp:
    """What no writer leaves as it was: every opening begins a manifest, and every change is in it or in a log."""
    with os.scandir(path) as entries:
        found = [
            (entry.name, entry.stat()) for entry in entries if entry.name.startswith(("CURRENT", "MANIFEST")) or entry.name.endswith(".log")
        ]
    return frozenset((name, status.st_ino, status.st_size, status.st_mtime_ns) for name, status in found)


def _named(store: ox.Store) -> list[ox.NamedNode]:
    return [graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
