"""One writer at a time, and no reader while it changes what is there.

A folder has two locks: `kgraph.writing.lock`, which a writer holds from reading what is there to the end of its work, and
`kgraph.lock`, which readers share and a writer takes for the moments in which it changes the store.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kgraph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["lock"]

_PAUSE = 0.05
"""Seconds between two tries to take a lock."""


@contextmanager
def lock(target: Path, *, shared: bool = False, writing: bool = False, patience: float = 0.0) -> Iterator[None]:
    """Hold `target` against everyone else who locks it, unless both lock it `shared`; the system frees it when the process dies.

    `writing` is a lock of its own, of which readers know nothing.
    Raises `GraphError` where another process still holds the lock after `patience` seconds.
    """
    inside = target.is_dir()
    place = target / ("kgraph.writing.lock" if writing else "kgraph.lock") if inside else target.with_name(f".{target.name}.lock")
    descriptor = _opened(place, target, shared=shared, until=time.monotonic() + patience)
    try:
        yield
    finally:
        if not inside:
            place.unlink(missing_ok=True)
        os.close(descriptor)


def _opened(place: Path, target: Path, *, shared: bool, until: float) -> int:
    """A locked file descriptor; again where the last holder removed the file in between, or may let go of it yet."""
    while True:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            msg = f"{target}: cannot be locked: {error.strerror}"
            raise GraphError(msg) from error
        try:
            _take(descriptor, target, shared=shared)
            if os.path.samestat(os.fstat(descriptor), place.stat()):
                return descriptor
        except FileNotFoundError:
            pass
        except GraphError:
            if time.monotonic() >= until:
                os.close(descriptor)
                raise
            time.sleep(_PAUSE)
        os.close(descriptor)


def _take(descriptor: int, target: Path, *, shared: bool) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt  # each exists on one system only

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        msg = f"{target}: another process is using this graph; try again when it has ended"
        raise GraphError(msg) from error
