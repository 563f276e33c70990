"""One writer at a time."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kgraph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["lock"]


@contextmanager
def lock(target: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold `target` against writers (and, unless `shared`, readers that lock); the system frees it when the process dies.

    Raises `GraphError` at once where another process holds it.
    """
    inside = target.is_dir()
    place = target / "kgraph.lock" if inside else target.with_name(f".{target.name}.lock")
    descriptor = _opened(place, target, shared=shared)
    try:
        yield
    finally:
        if not inside:
            place.unlink(missing_ok=True)
        os.close(descriptor)


def _opened(place: Path, target: Path, *, shared: bool) -> int:
    """A locked file descriptor; again where the last holder removed the file in between."""
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
            os.close(descriptor)
            raise
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
