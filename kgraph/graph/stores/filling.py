"""An Oxigraph folder while it is filled: what came last is in memory, and goes into the folder many articles at a time.

RocksDB joins new files with all that is there, as soon as there are two of them. So each small addition would cost more
the larger the folder is.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

__all__ = ["Filling"]

_IN_MEMORY = 500_000
"""Quads that wait in memory; some 5,000 articles."""


class Filling:
    """A store that nobody else sees before `close`."""

    def __init__(self, path: Path, *, in_memory: int = _IN_MEMORY) -> None:
        """Open the folder; raises `OSError` where it cannot be written."""
        self._in_memory = in_memory
        self._disk = ox.Store(str(path))
        self._fresh = ox.Store()
        self._gone: set[ox.Quad] = set()
        """Those that only the folder still has."""

    def __contains__(self, quad: ox.Quad) -> bool:
        return quad in self._fresh or (quad in self._disk and quad not in self._gone)

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object_: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None,
        graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        """Those that match; None is anything."""
        for quad in self._disk.quads_for_pattern(subject, predicate, object_, graph):
            if quad not in self._gone:
                yield quad
        yield from self._fresh.quads_for_pattern(subject, predicate, object_, graph)

    def change(self, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> None:
        """Take quads out, and others, which are not there, in."""
        for quad in removed:
            if quad in self._fresh:
                self._fresh.remove(quad)
            else:
                self._gone.add(quad)
        self._fresh.bulk_extend(added)
        if len(self._fresh) > self._in_memory:
            self._write()

    def close(self) -> None:
        """Put all of it on disk, and free the lock of the folder."""
        self._write()
        with suppress(OSError):  # all is on disk: without room to join its files, the folder is only slower
            self._disk.optimize()  # or one of the first who add an article would wait for it
        del self._disk

    def _write(self) -> None:
        for quad in self._gone:
            self._disk.remove(quad)
        self._disk.bulk_extend(self._fresh)
        self._disk.flush()
        self._fresh = ox.Store()
        self._gone.clear()
