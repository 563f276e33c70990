"""A draft is what one input says, as found; finishing it makes a clean `Article` or says why it cannot."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.articles.boilerplate import clean
from kgraph.articles.dates import published
from kgraph.articles.markup import strip_markup
from kgraph.articles.wrapping import join_pages, unwrap
from kgraph.errors import ArticleError
from kgraph.model import Article

if TYPE_CHECKING:
    from kgraph.settings import Settings

__all__ = ["Draft", "finish"]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_TOLERATED_CONTROLS = 0.01
_LINE_ENDS = re.compile("\r\n|[\r\f\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|(?<!\\w)[\u200c\u200d](?=\\w)|(?<=\\w)[\u200c\u200d](?!\\w)"
)
"""Soft hyphens, zero-width spaces and marks of direction; the joiners of some scripts only at the edge of a word."""
_WINDOWS = re.compile("[\x80-\x9f]")
"""Control characters that no text means: those of Windows-1252, such as its quotation marks, read as Latin-1."""
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as its source gives it; `source` names the input in errors."""

    source: str
    id: str
    text: str
    title: str | None = None
    date: dt.date | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None


def finish(draft: Draft, settings: Settings) -> Article:
    """The article of a draft: NFC, without boilerplate, its title as the first line; its text gives the date that the source does not.

    Raises `ArticleError` where nothing is left, the text is too long or is no text.
    """
    raw = draft.text
    if len(raw) > settings.max_article_chars:
        raise ArticleError(draft.source, f"{len(raw):,} characters; max_article_chars is {settings.max_article_chars:,}")
    if len(_CONTROL.findall(raw)) > _TOLERATED_CONTROLS * len(raw):
        raise ArticleError(draft.source, "binary data, not text")
    whole = unwrap(strip_markup(_normalised(join_pages(raw))))
    text = clean(whole)
    title = " ".join(_normalised(draft.title or "").split()) or None
    if not text:
        raise ArticleError(draft.source, "the article is empty" if not raw.strip() else "nothing but boilerplate")
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return Article(
        id=_well_formed(draft.id),
        text=text,
        title=title or _headline(text),
        date=draft.date or published(whole),
        publisher=_well_formed(draft.publisher or "") or None,
        author=_well_formed(draft.author or "") or None,
        url=_well_formed(draft.url or "") or None,
    )


def _well_formed(text: str) -> str:
    """Text that UTF-8 can hold: halves of a character, as of a JSON string that was cut off, are replaced."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def _normalised(text: str) -> str:
    r"""NFC with `\\n` line ends, without stray control and zero-width characters.

    >>> _normalised("Acme\u200b\x92s \u202adeal\u202c") == "Acme\u2019s deal"
    True
    """
    lines = _LINE_ENDS.sub("\n", _well_formed(text))
    shown = _WINDOWS.sub(lambda one: one[0].encode("latin-1").decode("cp1252", "ignore"), _INVISIBLE.sub("", lines))
    return unicodedata.normalize("NFC", _CONTROL.sub("", shown))


_LONGEST_HEADLINE = 160


def _headline(text: str) -> str | None:
    """The first line where it looks like a headline: short, no full stop, more text below."""
    first, _, rest = text.partition("\n")
    line = first.strip()
    looks = 0 < len(line) <= _LONGEST_HEADLINE and line[-1] not in ".:;,…" and line[0].isalnum() | (line[0] in "\"'“\u2018")
    return line if looks and len(rest.strip()) > len(line) else None
