"""Plain text, Markdown, HTML, JSON and feeds from a file or from standard input."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from typing import TYPE_CHECKING

from kgraph.articles.dates import day_of
from kgraph.articles.drafts import Draft
from kgraph.articles.locations import stem
from kgraph.articles.markup import strip_markdown
from kgraph.articles.pages import is_feed, is_html, read_feed, read_page
from kgraph.articles.records import in_utf_8, is_json, read_json, read_lines
from kgraph.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["read_data", "read_file"]

_BYTES_PER_CHAR = 4
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)
_FRONT_MATTER_START = re.compile(rb"---[ \t]*\r?\n[\w-]+[ \t]*:")
_FIELD = re.compile(r"^(title|date|author|publisher|url)[ \t]*:[ \t]*(.+)$", re.IGNORECASE | re.MULTILINE)


def read_file(path: Path, longest: int, fetch: Callable[[str], bytes]) -> Iterator[Draft | ArticleError]:
    """The drafts of one file; `longest` is the most characters that an article may have."""
    source, name = str(path), path.name.lower()
    try:
        if name.endswith((".jsonl", ".ndjson")):
            with path.open("rb") as stream:
                yield from read_lines(source, stem(path), stream, longest * _BYTES_PER_CHAR)
        elif name.endswith(".gz"):
            with gzip.open(path, "rb") as stream:
                yield from read_lines(source, stem(path), stream, longest * _BYTES_PER_CHAR)
        else:
            yield from _whole(path, longest, fetch)
    except ArticleError as error:
        yield error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield ArticleError(source, f"broken gzip: {error}")
    except OSError as error:
        yield ArticleError(source, error.strerror or str(error))


def _whole(path: Path, longest: int, fetch: Callable[[str], bytes]) -> Iterator[Draft | ArticleError]:
    """A file that is read at once, after a look at its size."""
    size = path.stat().st_size
    collection = path.name.lower().endswith((".json", ".xml", ".rss", ".atom"))
    if size > longest * _BYTES_PER_CHAR * (100 if collection else 2):
        yield ArticleError(str(path), f"{size:,} bytes; max_article_chars is {longest:,}")
        return
    yield from read_data(str(path), path.read_bytes(), stem(path), path.suffix.lower(), fetch)


def read_data(source: str, data: bytes, name: str, suffix: str, fetch: Callable[[str], bytes]) -> Iterator[Draft | ArticleError]:
    """The drafts of a document in memory; without a suffix its first characters tell what it is."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        if suffix in {"", ".json"}:
            data = in_utf_8(source, data)
        if suffix == ".json" or (not suffix and is_json(data)):
            yield from read_json(source, name, data)
        elif suffix in {".xml", ".rss", ".atom"} or (not suffix and is_feed(data)):
            yield from read_feed(source, data, None, fetch)
        elif suffix in {".html", ".htm"} or (not suffix and is_html(data)):
            yield read_page(source, data, name)
        elif suffix in {".md", ".markdown"} or (not suffix and _FRONT_MATTER_START.match(data)):
            yield _markdown(source, _decoded(source, data), name)
        else:
            yield Draft(source=source, id=name, text=_decoded(source, data))
    except ArticleError as error:
        yield error


def _decoded(source: str, data: bytes) -> str:
    """UTF-8, or UTF-16 with its mark; anything else is named rather than guessed."""
    data = in_utf_8(source, data)
    if b"\x00" in data[:100_000]:
        raise ArticleError(source, "binary data, not text")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        hint = "Western European text becomes UTF-8 by `iconv -f WINDOWS-1252 -t UTF-8`"
        raise ArticleError(source, f"not UTF-8 (byte {error.start}); {hint}") from error


def _markdown(source: str, text: str, name: str) -> Draft:
    """Markdown; front matter or a first heading gives the title."""
    text = text.replace("\r\n", "\n")
    front = _FRONT_MATTER.match(text)
    fields = {key.lower(): value.strip().strip("\"'") for key, value in _FIELD.findall(front[1])} if front else {}
    body = text[front.end() :] if front else text
    heading = re.match(r"\s*#[ \t]+(.+?)[ \t]*#*\n", body)
    plain = strip_markdown(body)
    return Draft(
        source=source,
        id=name,
        text=plain,
        title=fields.get("title") or (strip_markdown(heading[1]) if heading else None),
        date=day_of(source, fields.get("date")),
        publisher=fields.get("publisher"),
        author=fields.get("author"),
        url=fields.get("url"),
    )
