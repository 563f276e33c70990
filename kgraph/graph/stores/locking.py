"""One writer at a time, and no reader while it changes what is there.

A folder has three locks: `kgraph.writing.lock`, which a writer holds from reading what is there to the end of its work;
`kgraph.lock`, which readers share and a writer takes for the moments in which it changes the store; and `kgraph.turn.lock`, which
a writer holds while it waits for `kgraph.lock`. Readers pass through the turn before they read, so that those who come later wait
behind the writer: among readers that overlap, there would never be a moment without any.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from kgraph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Unlocked", "lock"]

_PAUSE = 0.05
"""Seconds between two tries to take a lock."""


class Unlocked(GraphError):
    """A lock could not be had, so that nothing was done."""


class _Held(Unlocked):
    """Another process has the lock, and may let go of it."""


class _Removed(Exception):
    """The last holder of a lock has removed its file."""


@contextmanager
def lock(target: Path, *, shared: bool = False, writing: bool = False, patience: float = 0.0) -> Iterator[None]:
    """Hold `target` against everyone else who locks it, unless both lock it `shared`; the system frees it when the process dies.

    `writing` is a lock of its own, of which readers know nothing. Whoever shares a folder in which they cannot write, and nobody has
    written, needs no lock.
    Raises `Unlocked` where another process still holds the lock after `patience` seconds, or it cannot be locked.
    """
    inside = target.is_dir()
    place = target / ("kgraph.writing.lock" if writing else "kgraph.lock") if inside else target.with_name(f".{target.name}.lock")
    with ExitStack() as turn:
        if inside and not writing:
            _await_turn(turn, target, shared=shared, patience=patience)
        descriptor = _locked(place, target, shared=shared, patience=patience)
    try:
        yield
    finally:
        if not inside:
            place.unlink(missing_ok=True)
        if descriptor is not None:
            os.close(descriptor)


def _await_turn(turn: ExitStack, target: Path, *, shared: bool, patience: float) -> None:
    """Let a writer that waits go first; a writer keeps its turn, a reader gives it back at once.

    A writer may wait for a long query. A reader whose patience is at an end then reads beside that query.
    """
    try:
        descriptor = _locked(target / "kgraph.turn.lock", target, shared=shared, patience=patience)
    except _Held:
        if not shared:
            raise
        return
    if descriptor is not None:
        turn.callback(os.close, descriptor)
    if shared:
        turn.close()


def _locked(place: Path, target: Path, *, shared: bool, patience: float) -> int | None:
    """A locked file descriptor; again where the last holder removed the file in between, or may let go of it yet."""
    until = time.monotonic() + patience
    while True:
        try:
            descriptor = _opened(place, shared=shared)
            if descriptor is None or _is_free(descriptor, place, shared=shared):
                return descriptor
        except _Removed:
            continue
        except OSError as error:
            msg = f"{target}: cannot be locked: {error.strerror or error}"
            raise Unlocked(msg) from error
        if time.monotonic() >= until:
            msg = f"{target}: another process is using this graph; try again when it has ended"
            raise _Held(msg)
        time.sleep(_PAUSE)


def _opened(place: Path, *, shared: bool) -> int | None:
    """The lock file, made where it is missing; None where a reader finds none and cannot make one, as on a disk of archives."""
    if shared and place.exists():
        return os.open(place, os.O_RDONLY)  # a reader need not be allowed to write
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        return os.open(place, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        if shared and error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            return None
        raise


def _is_free(descriptor: int, place: Path, *, shared: bool) -> bool:
    """Whether the file could be locked, which is closed otherwise; raises `_Removed` where it is no longer the one at its place."""
    locked = False
    try:
        if _take(descriptor, shared=shared):
            locked = _is_at(descriptor, place)
    finally:
        if not locked:
            os.close(descriptor)
    return locked


def _is_at(descriptor: int, place: Path) -> bool:
    try:
        if os.path.samestat(os.fstat(descriptor), place.stat()):
            return True
    except FileNotFoundError:
        pass
    raise _Removed


def _take(descriptor: int, *, shared: bool) -> bool:
    """Whether the lock was free; raises `OSError` where there are no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt  # each exists on one system only

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        if isinstance(error, BlockingIOError) or (sys.platform == "win32" and error.errno in (errno.EACCES, errno.EDEADLK)):
            return False
        raise
    return True
