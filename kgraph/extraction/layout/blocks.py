"""Finds lists, tables and key-value lines in a Doc, by its lines alone.

A list is what stands below a line that leads in to it: lines with list marks, or plain lines without a full stop. A table
has the same number of cells in each line, between pipes or tabs. Spans are of tokens, without list marks and blank space.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kgraph.bullets import BULLETS, DASHES

__all__ = ["Listing", "Pair", "Span", "Table", "find_listings", "find_records", "find_tables", "read_lines"]

Span = tuple[int, int]
"""Tokens, end exclusive."""

_MARK = re.compile(rf"\s*(?:(?P<bullet>[{BULLETS}{DASHES}])|\(?(?P<number>\d{{1,2}})[.)])\s+")
_RULE = re.compile(r"[\s|:+=-]+")
_BORDER = re.compile(r"\+[+=-]+\+")
"""Between the rows of a table that is drawn."""
_PAIR = re.compile(r"([^\s:|\t][^:|\t\n]{0,60}?)(?::\s|\s[\u2013\u2014]\s)\s*(?=\S)")
_STOP = re.compile(r"[.!?][\"'\u201d\u2019)]*$")
_LONGEST_LEAD = 30
"""Words of the longest line that leads in to a list."""
_LONGEST_LIST = 200
"""Lines."""
_LONGEST_PLAIN = 20
"""Words of the longest item that no mark sets off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line that is not blank."""

    text: str
    """Without its list mark."""
    offset: int
    """Where it starts in the Doc's text."""
    span: Span
    depth: tuple[int, str] | None
    """How far it is indented, and by which kind of mark it is set off; None where by none."""
    is_apart: bool
    """Whether a blank line stands before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list with the line that leads in to it."""

    lead: Span
    items: tuple[Span, ...]
    is_open: bool
    """Whether the lead-in ends in a colon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cells of the first line, which may be headings, and those of each other."""

    head: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A key and its value."""

    key: Span
    value: Span


class _Tokens:
    """Turns characters into tokens."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts = [token.idx for token in doc]

    def span(self, start: int, end: int) -> Span:
        """The tokens that start in a stretch of characters, without blank space around them."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        while first < last and self._doc[first].is_space:
            first += 1
        while last > first and self._doc[last - 1].is_space:
            last -= 1
        return first, last


def read_lines(doc: Doc) -> list[Line]:
    """The lines of a Doc that are not blank."""
    tokens, found, offset, is_apart = _Tokens(doc), [], 0, True
    for text in doc.text.split("\n"):
        if text.strip():
            mark = _MARK.match(text)
            start = mark.end() if mark else 0
            depth = (len(text) - len(text.lstrip()), "bullet" if mark["bullet"] else "number") if mark else None
            span = tokens.span(offset + start, offset + len(text))
            found.append(Line(text=text[start:].rstrip(), offset=offset + start, span=span, depth=depth, is_apart=is_apart))
        is_apart = not text.strip()
        offset += len(text) + 1
    return found


def find_listings(doc: Doc, lines: Sequence[Line]) -> Iterator[Listing]:
    """Every list with its lead-in, in text order."""
    for place, line in enumerate(lines[:-1]):
        is_row = "|" in line.text or "\t" in line.text.strip()
        if is_row or _STOP.search(line.text) or (": " in line.text and not line.text.endswith(":")):
            continue  # a row of a table, a sentence, a key with its value
        items = list(_items(line, lines[place + 1 : place + 1 + _LONGEST_LIST]))
        start = max(line.span[0], doc[line.span[1] - 1].sent.start)
        if items and line.span[1] - start <= _LONGEST_LEAD:
            is_open = line.text.endswith(":")
            yield Listing(lead=(start, line.span[1]), items=tuple(item.span for item in items), is_open=is_open)


def _items(lead: Line, below: Sequence[Line]) -> Iterator[Line]:
    """The lines below a lead-in that are its items: set off by marks of one kind, or plain and close together."""
    depth = below[0].depth
    if depth is not None and depth == lead.depth:
        return
    for line in below:
        if depth is None:
            if line.depth is not None or line.is_apart or _STOP.search(line.text) or len(line.text.split()) > _LONGEST_PLAIN:
                return
        elif line.depth is None or line.depth[0] < depth[0]:
            return
        if line.depth == depth:  # deeper ones belong to an item
            yield line


def find_tables(doc: Doc, lines: Sequence[Line]) -> Iterator[Table]:
    """Every table, in text order."""
    tokens, width = _Tokens(doc), 0
    rows: list[tuple[Span, ...]] = []
    for line in lines:
        if rows and _BORDER.fullmatch(line.text):
            continue
        cells = _cells(line, tokens)
        if rows and (len(cells) != width or (line.is_apart and "|" not in line.text)):
            yield from _table(rows)
            rows = []
        if len(cells) > 1:
            width = len(cells)
            if not _RULE.fullmatch(line.text):
                rows.append(cells)
            elif len(rows) > 1:  # a rule stands below the headings of the next table
                yield from _table(rows[:-1])
                rows = rows[-1:]
    yield from _table(rows)


def _table(rows: list[tuple[Span, ...]]) -> Iterator[Table]:
    if len(rows) > 1:
        yield Table(head=rows[0], rows=tuple(rows[1:]))


def _cells(line: Line, tokens: _Tokens) -> tuple[Span, ...]:
    """The cells of a line; one alone where it is no row of a table."""
    between = "|" if "|" in line.text else "\t"
    text = line.text.strip(" ")
    left = line.offset + line.text.index(text) if text else line.offset
    if between == "|":
        left += text.startswith("|")
        text = text.removeprefix("|").removesuffix("|")
    found = []
    for cell in text.split(between):
        found.append(tokens.span(left, left + len(cell)))
        left += len(cell) + 1
    return tuple(found)


def find_records(doc: Doc, lines: Sequence[Line]) -> Iterator[tuple[Pair, ...]]:
    """The keys with their values, line below line, up to a blank line."""
    tokens = _Tokens(doc)
    pairs: list[Pair] = []
    for line in lines:
        match = _PAIR.match(line.text) if "|" not in line.text else None
        if pairs and (match is None or (line.is_apart and line.depth is None)):
            yield tuple(pairs)
            pairs = []
        if match is not None:
            value = tokens.span(line.offset + match.end(), line.offset + len(line.text))
            pairs.append(Pair(key=tokens.span(line.offset, line.offset + match.end(1)), value=value))
    if pairs:
        yield tuple(pairs)
