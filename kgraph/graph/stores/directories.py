"""A graph in an Oxigraph folder: on disk, indexed, for graphs that a file is too small for.

Oxigraph wants no writer beside a reader. So a folder is opened for writing only for the moment of a change, when no reader of
another process is let in; a writer that still reads articles or concludes is in nobody's way but another writer's.
"""

from __future__ import annotations

import json
import logging
import os
import time
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgraph.atomic import temporary
from kgraph.errors import GraphError
from kgraph.graph.sparql.answers import Answer, Dataset, answer
from kgraph.graph.stores.changes import Changes, changes, update
from kgraph.graph.stores.filling import Filling
from kgraph.graph.stores.locking import lock
from kgraph.graph.stores.parts import Part

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
_READER_WAITS = 5.0
"""Seconds that a reader waits for a change to be over."""
_WRITER_WAITS = 60.0
"""Seconds that a change waits for readers to be done; a query over HTTP has 30."""

logger = logging.getLogger(__name__)

writable = ox.Store

_Stamp = frozenset[tuple[str, int, int, int]]


class OxigraphStore:
    """A `Store` in a folder of its own; a later write touches only the graphs that differ."""

    def __init__(self, path: Path, settings: Settings, *, aside: bool = False) -> None:
        self._path = path
        self._settings = settings
        self._aside = aside
        self._writing = False
        self._kept: tuple[_Stamp, ox.Store] | None = None
        self._filling: Filling | None = None
        self.index = path / "kgraph.index"
        """A place for what others remember of the graph; it goes when the graph is written as a whole."""
        self._unsettled = self.index.with_name(f"{self.index.name}.unsettled")
        """Whoever keeps the index leaves this file, with the ids of articles that go, while the index and the graph may differ."""

    def exists(self) -> bool:
        """Whether there is a graph."""
        return (self._path / "CURRENT").exists()

    def settled(self) -> bool:
        """Whether the last change was not cut off between the graph and its index."""
        return not self._unsettled.exists()

    def cut_off(self) -> frozenset[str]:
        """The ids of articles that a change which was cut off was taking out, as far as it came to say so."""
        try:
            return frozenset(json.loads(self._unsettled.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return frozenset()

    def quads(self) -> Iterator[ox.Quad]:
        """Everything in it."""
        with self._reading() as store:
            yield from store

    def write(self, quads: Iterable[ox.Quad]) -> None:
        """Make it hold exactly `quads`: a new folder as a whole, changes of an old one in one transaction."""
        try:
            if not self.exists():
                self._create(quads)
                return
            self.index.unlink(missing_ok=True)
            with self._reading() as store:
                differences = changes(quads, partial(store.quads_for_pattern, None, None, None), _named(store))
            del store
        except OSError as error:
            raise self._unwritable(error) from error
        if differences:
            self._change(differences)
        self._unsettled.unlink(missing_ok=True)

    def _change(self, differences: Changes) -> ox.Store:
        """Change the folder in one transaction while no other process reads it; the store as it is then.

        Without `flush` a change would be in RocksDB's log alone, which survives a killed process but not a loss of power; and files
        that nobody joins would pile up, since each opening makes some of the log.
        """
        self._kept = None  # so that files that nobody needs any more can go
        with lock(self._path, patience=_WRITER_WAITS):
            try:
                store = writable(str(self._path))
                store.update(update(differences))
            except OSError as error:
                raise self._unwritable(error) from error
            try:
                store.flush()
            except OSError as error:  # it is in the log, from where the next opening takes it
                logger.warning("%s: the change is in the graph, but it is not safe against a loss of power: %s", self._path, _cause(error))
            del store  # frees the lock of the folder
            self._tidy()
            return self._opened()

    def _tidy(self) -> None:
        """Remove the logs of former openings, which Oxigraph keeps for good: 140 KB for each change."""
        for log in self._path.glob("LOG.old.*"):
            log.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> GraphError:
        return GraphError(f"{self._path}: cannot be written: {_cause(error)}")

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

    def parts(self, ontology: Ontology) -> Part:
        """The store in parts, to be read and changed; only while `writing`, which keeps others from changing it.

        Raises `GraphError` where it cannot be read or written.
        """
        if self._aside:
            return Part(self._filled(), self._fill, self._settings, ontology)
        return Part(self._opened(), self._change, self._settings, ontology)

    def _filled(self) -> Filling:
        try:
            self._filling = self._filling or Filling(self._path)
        except OSError as error:
            raise self._unwritable(error) from error
        return self._filling

    def _fill(self, differences: Changes) -> Filling:
        """Change what nobody else can see yet."""
        removed, added = (set[ox.Quad]().union(*(sides[side] for sides in differences.values())) for side in (0, 1))
        filling = self._filled()
        try:
            filling.change(removed, added)
        except OSError as error:
            raise self._unwritable(error) from error
        return filling

    def close(self) -> None:
        """Put what was filled aside on disk as a whole, and let go of the folder.

        Raises `GraphError` where it cannot be written.
        """
        filling, self._filling = self._filling, None
        try:
            if filling is not None:
                filling.close()
                self._tidy()
        except OSError as error:
            raise self._unwritable(error) from error

    def query(self, sparql: str, *, timeout: float | None = None, limit: int | None = None, dataset: Dataset | None = None) -> Answer:
        """What a query gives, from `dataset` where one is chosen, else with the union of all graphs as default graph."""
        with self._reading() as store:
            return answer(store, sparql, settings=self._settings, timeout=timeout, limit=limit, dataset=dataset)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep other writers out; readers are kept out only while something changes."""
        with lock(self._path, writing=True):
            self._writing = True
            try:
                yield
            finally:
                self._writing = False

    @contextmanager
    def _reading(self) -> Iterator[ox.Store]:
        """The store, read-only, while nobody changes it."""
        if not self.exists():
            msg = f"{self._path}: there is no graph here"
            raise GraphError(msg)
        if self._writing:
            yield self._opened()  # nobody but us changes it
            return
        with lock(self._path, shared=True, patience=_READER_WAITS):
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


def _cause(error: OSError) -> str:
    """What is wrong, without the files that RocksDB names on the way: "No space left on device"."""
    return error.strerror or str(error).rsplit(": ", 1)[-1]


def _named(store: ox.Store) -> list[ox.NamedNode]:
    return [graph for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
