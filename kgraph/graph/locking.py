"""One writer at a time, and files that are whole or not there."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kgraph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["lock", "replace_text"]


@contextmanager
def lock(target: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold `target` against writers (and, unless `shared`, readers that lock); the system frees it when the process dies.

    Raises `GraphError` at once where another process holds it.
    """
    descriptor = _opened(target, shared=shared)
    try:
        yield
    finally:
        if not shared:
            _place(target).unlink(missing_ok=True)
        os.close(descriptor)


def _place(target: Path) -> Path:
    return target.with_name(f".{target.name}.lock")


def _opened(target: Path, *, shared: bool) -> int:
    """A locked file descriptor; again where the last holder removed the file in between."""
    while True:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(_place(target), os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            msg = f"{target}: cannot be locked: {error.strerror}"
            raise GraphError(msg) from error
        try:
            _take(descriptor, target, shared=shared)
            if os.path.samestat(os.fstat(descriptor), _place(target).stat()):
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


def replace_text(path: Path, pieces: Iterable[str]) -> None:
    """Write a file so that it is, at every moment, the old one or the new one.

    Raises `GraphError` where it cannot be written, with the old file as it was.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        msg = f"{path}: cannot be written: {error.strerror}"
        raise GraphError(msg) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
