"""JSON articles: one object, a list of them, or one on each line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kgraph.articles.drafts import Draft, parse_date
from kgraph.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gzip import GzipFile
    from typing import IO

__all__ = ["read_json", "read_lines"]


def read_lines(file: str, name: str, stream: IO[bytes] | GzipFile, longest: int) -> Iterator[Draft | ArticleError]:
    """The article on each line of JSON Lines; a line longer than `longest` bytes is an error, and is skipped.

    `file` names the input in errors, `name` makes the ids of records without one.
    """
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


def read_json(file: str, name: str, data: bytes | str) -> Iterator[Draft | ArticleError]:
    """The article or articles of one JSON document."""
    value = _parsed(file, data)
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if not isinstance(value, list):
        yield _record(file, name, value)
        return
    for number, item in enumerate(value, 1):
        yield _record(f"{file}, record {number}", f"{name}-{number}", item)


def _parsed(source: str, data: bytes | str) -> Any:
    try:
        return json.loads(data)
    except UnicodeDecodeError as error:
        return ArticleError(source, f"not UTF-8 (byte {error.start})")
    except json.JSONDecodeError as error:
        return ArticleError(source, f"broken JSON: {error.msg} (column {error.colno})")
    except RecursionError:
        return ArticleError(source, "JSON nested too deeply")


def _record(source: str, fallback_id: str, value: Any) -> Draft | ArticleError:
    """One object as a draft; fields other than those of an article are ignored."""
    if isinstance(value, ArticleError):
        return value
    if not isinstance(value, dict):
        return ArticleError(source, f"an article must be a JSON object, not {type(value).__name__}")
    fields: dict[str, str | None] = {}
    for key in ("id", "title", "text", "date", "url", "publisher", "author"):
        given = value.get(key)
        if isinstance(given, int) and key == "id" and not isinstance(given, bool):
            given = str(given)
        if given is not None and not isinstance(given, str):
            return ArticleError(source, f"{key} must be text, not {type(given).__name__}")
        fields[key] = given
    if fields["text"] is None:
        return ArticleError(source, "the record has no text")
    named = f"{source} ({fields['id']})" if fields["id"] else source
    date = parse_date(fields["date"]) if fields["date"] else None
    if fields["date"] and date is None:
        return ArticleError(named, f"{fields['date']!r} is no date (YYYY-MM-DD)")
    return Draft(
        source=named,
        id=fields["id"] or fallback_id,
        text=fields["text"],
        title=fields["title"],
        date=date,
        publisher=fields["publisher"],
        author=fields["author"],
        url=fields["url"],
    )
