"""JSON articles: one object, a list of them, or one on each line; the content tells which."""

from __future__ import annotations

import codecs
import io
import json
import re
from typing import TYPE_CHECKING, Any

from kgraph.articles.dates import day_of
from kgraph.articles.drafts import Draft
from kgraph.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gzip import GzipFile
    from typing import IO

__all__ = ["in_utf_8", "is_json", "read_json", "read_lines"]

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""The marks that UTF-16 begins with, in either order of bytes."""

_FIELDS_SHOWN = 8
_OBJECT_ON_EACH_LINE = re.compile(rb"\s*\{.*\n\s*\{")


def is_json(data: bytes) -> bool:
    """Whether a document starts like an object or a list of objects; wiki templates and "[Reuters]" do not."""
    return bool(re.match(rb'\s*(?:\{\s*(?:["}]|$)|\[\s*[{\]])', data))


def in_utf_8(file: str, data: bytes) -> bytes:
    """What UTF-16 with its mark says, in UTF-8; anything else as it is."""
    if not data.startswith(_UTF_16):
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeDecodeError as error:
        raise ArticleError(file, f"not UTF-16 (byte {error.start})") from error


def read_lines(file: str, name: str, stream: IO[bytes] | GzipFile, longest: int) -> Iterator[Draft | ArticleError]:
    """The article on each line of JSON Lines; a line longer than `longest` bytes is an error, and is skipped.

    `file` names the input in errors, `name` makes the ids of records without one.
    """
    mark = stream.read(2)
    stream.seek(0)
    if mark in _UTF_16:
        stream = io.BytesIO(in_utf_8(file, stream.read()))
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        source = f"{file}, line {number}"
        if len(line) > longest and not line.endswith(b"\n"):
            while (rest := stream.readline(longest + 1)) and not rest.endswith(b"\n"):
                pass
            yield ArticleError(source, f"the line is longer than {longest:,} bytes")
        elif line.strip():
            yield _record(source, f"{name}-{number}", _parsed(source, line.strip()))


def read_json(file: str, name: str, data: bytes) -> Iterator[Draft | ArticleError]:
    """The article or articles of one JSON document, or of each line where the whole is none."""
    value = _parsed(file, data)
    if isinstance(value, ArticleError) and _OBJECT_ON_EACH_LINE.match(data):
        yield from read_lines(file, name, io.BytesIO(data), len(data))
        return
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if not isinstance(value, list):
        yield _record(file, name, value)
        return
    for number, item in enumerate(value, 1):
        yield _record(f"{file}, record {number}", f"{name}-{number}", item)


def _parsed(source: str, data: bytes) -> Any:
    try:
        return json.loads(data)
    except UnicodeDecodeError as error:
        return ArticleError(source, f"not UTF-8 (byte {error.start})")
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        return ArticleError(source, f"broken JSON: {error.msg} ({line}column {error.colno})")
    except ValueError:  # Python reads no whole number of more than some thousand digits
        return ArticleError(source, "broken JSON: a number is too long")
    except RecursionError:
        return ArticleError(source, "JSON nested too deeply")


def _record(source: str, fallback_id: str, value: Any) -> Draft | ArticleError:
    """One object as a draft; fields other than those of an article are ignored."""
    if isinstance(value, ArticleError):
        return value
    if not isinstance(value, dict):
        return ArticleError(source, f"an article must be a JSON object, not {type(value).__name__}")
    fields: dict[str, str | None] = {}
    for key in ("id", "title", "text", "url", "publisher", "author"):
        given = value.get(key)
        if key == "id" and isinstance(given, int) and not isinstance(given, bool):
            given = str(given)
        if key == "author" and isinstance(given, list) and all(isinstance(name, str) for name in given):
            given = ", ".join(given)
        if given is not None and not isinstance(given, str):
            return ArticleError(source, f"{key} must be text, not {type(given).__name__}")
        fields[key] = given
    if fields["text"] is None:
        return ArticleError(source, f'the record has no "text"; its fields are {", ".join(list(value)[:_FIELDS_SHOWN]) or "none"}')
    named = f"{source} ({fields['id']})" if fields["id"] else source
    return Draft(
        source=named,
        id=fields["id"] or fallback_id,
        text=fields["text"],
        title=fields["title"],
        date=day_of(named, value.get("date")),
        publisher=fields["publisher"],
        author=fields["author"],
        url=fields["url"],
    )
