"""What a user names (a path, a folder, a glob, `-`, an address) as single inputs, in the order given, folders sorted."""

from __future__ import annotations

import glob
import logging
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["STANDARD_INPUT", "SUFFIXES", "expand", "is_address", "stem"]

logger = logging.getLogger(__name__)

STANDARD_INPUT = "-"

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".json", ".jsonl", ".jsonl.gz", ".ndjson", ".xml", ".rss", ".atom")
"""The endings of files that hold articles."""

_ENDINGS_SHOWN = 5
"""How many of the commonest endings that are passed over are named."""


def is_address(source: str) -> bool:
    """Whether a source is to be fetched."""
    return source.startswith(("http://", "https://"))


def stem(path: Path) -> str:
    """A file's name without its ending.

    >>> stem(Path("news/a.b.txt")), stem(Path("all.jsonl.gz"))
    ('a.b', 'all')
    """
    name = path.name
    endings = [suffix for suffix in SUFFIXES if name.lower().endswith(suffix)]
    return name[: -len(max(endings, key=len))] if endings else path.stem


def expand(source: str) -> Iterator[str | Path | ArticleError]:
    """The inputs that a source stands for: `-`, an address, or paths of files."""
    if source == STANDARD_INPUT or is_address(source):
        yield source
        return
    try:
        yield from _paths(source)
    except OSError as error:
        yield ArticleError(source, error.strerror or str(error))


def _paths(source: str) -> Iterator[Path | ArticleError]:
    """The files that a path, a folder or a pattern stands for."""
    path = Path(source)
    if path.is_dir():
        yield from _files(source, sorted(p for p in path.rglob("*") if not _is_hidden(p.relative_to(path))))
    elif path.exists():
        known = path.name.lower().endswith(SUFFIXES)
        yield path if known else ArticleError(source, f"unknown ending; known are {', '.join(SUFFIXES)}")
    elif glob.has_magic(source):
        yield from _files(source, [Path(name) for name in sorted(glob.glob(source, recursive=True))])  # noqa: PTH207 - patterns may be absolute
    else:
        yield ArticleError(source, "no such file or folder")


def _files(source: str, paths: list[Path]) -> Iterator[Path | ArticleError]:
    """The readable ones of some paths, without notes on the folder itself; an error where there is none."""
    files = [p for p in paths if p.is_file()]
    known = [p for p in files if p.name.lower().endswith(SUFFIXES)]
    unknown = Counter(p.suffix.lower() or "no ending" for p in files if not p.name.lower().endswith(SUFFIXES))
    if unknown:
        endings = ", ".join(ending for ending, _ in unknown.most_common(_ENDINGS_SHOWN))
        logger.warning("%s: files passed over for their endings: %d (%s)", source, unknown.total(), endings)
    found = [p for p in known if p.stem.lower() != "readme"]
    if not found:
        yield ArticleError(source, "no articles in it")
    yield from found


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
