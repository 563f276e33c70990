"""Files that are whole or not there: whatever kgraph writes takes its place in one step."""

from __future__ import annotations

import glob
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kgraph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["replace_bytes", "replace_text", "temporary"]


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


def replace_bytes(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file so that it is, at every moment, the old one or the new one.

    Raises `GraphError` where it cannot be written, with the old file as it was.
    """
    with temporary(path) as place:
        with place.open("wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        place.replace(path)


def replace_text(path: Path, pieces: Iterable[str]) -> None:
    """`replace_bytes` of text in UTF-8, with its line ends as they are."""
    replace_bytes(path, (piece.encode() for piece in pieces))
