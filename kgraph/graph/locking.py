"""One writer at a time, and files that are whole or not there."""

from __future__ import annotations

import glob
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kgraph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["lock", "replace_text", "temporary"]


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


@contextmanager
def temporary(target: Path) -> Iterator[Path]:
    """A place beside `target` for what will replace it; what is left there in the end goes, as does what dead processes left.

    Raises `GraphError` where the system refuses to write.
    """
    place = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in target.parent.glob(f".{glob.escape(target.name)}.*.tmp"):
            if not _alive(left.name.split(".")[-2]):
                _clear(left)
        yield place
    except OSError as error:
        msg = f"{target}: cannot be written: {error.strerror or error}"
        raise GraphError(msg) from error
    finally:
        _clear(place)


def _alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except OSError:
        return True  # somebody else's
    return True


def _clear(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        with suppress(OSError):
            place.unlink()


def replace_text(path: Path, pieces: Iterable[str]) -> None:
    """Write a file so that it is, at every moment, the old one or the new one.

    Raises `GraphError` where it cannot be written, with the old file as it was.
    """
    with temporary(path) as place:
        with place.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        place.replace(path)
