"""The door of the room: sources to articles and errors, in order, each article once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.articles import pages
from kgraph.articles.drafts import finish
from kgraph.articles.files import read_data, read_file
from kgraph.articles.locations import STANDARD_INPUT, expand
from kgraph.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from kgraph.articles.drafts import Draft
    from kgraph.model import Article
    from kgraph.settings import Settings

__all__ = ["read"]


def read(
    sources: Iterable[str],
    *,
    settings: Settings,
    strict: bool = False,
    stdin: BinaryIO | None = None,
    fetch: Callable[[str], bytes] = pages.fetch,
) -> Iterator[Article | ArticleError]:
    """Every article of the sources in the order given, folders sorted; a bad input is yielded as its error.

    A source is a path, a folder, a glob, `-` (`stdin`, by default the process's), an http(s) address or a feed.
    An article whose id or text came before is an error. With `strict` the first error is raised.
    """
    seen = _Seen()
    for source in sources:
        for draft in _drafts(source, settings, stdin, fetch):
            result: Article | ArticleError
            if isinstance(draft, ArticleError):
                result = draft
            else:
                try:
                    result = seen.check(draft, finish(draft, settings))
                except ArticleError as error:
                    result = error
            if strict and isinstance(result, ArticleError):
                raise result
            yield result


class _Seen:
    """Which ids and texts have come, and where from."""

    def __init__(self) -> None:
        self._ids: dict[str, tuple[str, str]] = {}
        self._texts: dict[str, str] = {}

    def check(self, draft: Draft, article: Article) -> Article:
        """The article if it is new; else raises the error that names both."""
        known = self._ids.get(article.id)
        if known is not None:
            first, sha256 = known
            same = "the same article as" if sha256 == article.sha256 else f"the id {article.id!r} belongs to another text,"
            raise ArticleError(draft.source, f"{same} {first}")
        twin = self._texts.get(article.sha256)
        if twin is not None:
            raise ArticleError(draft.source, f"the same text as {twin}")
        self._ids[article.id] = (draft.source, article.sha256)
        self._texts[article.sha256] = draft.source
        return article


def _drafts(source: str, settings: Settings, stdin: BinaryIO | None, fetch: Callable[[str], bytes]) -> Iterator[Draft | ArticleError]:
    """The drafts behind one source."""
    for item in expand(source):
        if isinstance(item, ArticleError):
            yield item
        elif isinstance(item, Path):
            yield from read_file(item, settings.max_article_chars, fetch)
        elif item == STANDARD_INPUT:
            yield from _from_stdin(stdin, fetch)
        else:
            yield from _from_address(item, fetch)


def _from_stdin(stdin: BinaryIO | None, fetch: Callable[[str], bytes]) -> Iterator[Draft | ArticleError]:
    """Standard input: JSON, Markdown with front matter, a page, a feed or plain text, as its content shows."""
    if stdin is None and sys.stdin is None:  # a process may be started without one
        yield ArticleError(STANDARD_INPUT, "standard input is closed")
        return
    try:
        data = (stdin or sys.stdin.buffer).read()
    except OSError as error:
        yield ArticleError(STANDARD_INPUT, error.strerror or str(error))
        return
    yield from read_data(STANDARD_INPUT, data, "stdin", "", fetch)


def _from_address(address: str, fetch: Callable[[str], bytes]) -> Iterator[Draft | ArticleError]:
    """The page or the feed behind an address."""
    try:
        data = fetch(address)
        if pages.is_feed(data):
            yield from pages.read_feed(address, data, address, fetch)
        else:
            yield pages.read_page(address, data, pages.page_id(address), address)
    except ArticleError as error:
        yield error
