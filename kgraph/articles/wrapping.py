"""Lines that a program broke to fit a page, made whole again: text of PDFs, mail and terminals.

    running heads    the lines at the top and foot of pages that several share, their numbers aside
    wrapped lines    breaks in the middle of sentences, where the next word had no room on its line
    hyphens          "com-" before "panies"; that of "London-based" stays

Breaks that mean something (headlines, lists, verses, the ends of paragraphs) stay, and so does every text that is not wrapped.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

__all__ = ["join_pages", "unwrap"]

_NARROWEST, _WIDEST = 30, 130
"""Characters of the lines of wrapped text."""
_FULL = 0.8
"""The part of the width that a line and the first word of the next must exceed, for want of room to be why it was broken."""
_FEWEST = 2
_SHARE = 0.4
"""How many, and which part, of the breaks behind full lines must stand in mid-sentence for the text to be wrapped."""
_STOP = re.compile(r"[.!?:;][)\]\"'”\u2019]*$")
_APART = re.compile(r"\s{2,}|[-*•|>#]|\(?(?:\d|[a-z])[.)]\s", re.IGNORECASE)
"""How a line begins that is an item of a list or a row of a table, or is indented."""
_COLUMNS = re.compile(r"\S\s{3,}\S")
_SPLIT = re.compile(r"([^\W\d_]+)-$")
_FRAME = " \t•·-\u2013\u2014_=*|[](){}<>.#"
_PAGE_NUMBER = re.compile(r"(?:\d{1,4}(?:\s*/\s*\d{1,4})?)?")
"""What a line holds within its frame that is a page number or a rule; rows of figures are none."""


def join_pages(text: str) -> str:
    r"""Text whose pages end in form feeds as one, without its running heads.

    >>> join_pages("LEDGER 1\n\nAcme grew and\n\fLEDGER 2\n\nbought Beta.\n\f")
    'Acme grew and\nbought Beta.'
    """
    if "\f" not in text:
        return text
    pages = [page.splitlines() for page in text.split("\f") if page.strip()]
    ends = Counter(head for page in pages for head in {_head(line) for line in _ends(page)})
    heads = {head for head, count in ends.items() if count > 1 and any(char.isalpha() for char in head)}
    parts: list[str] = []
    for page in filter(None, (_without_heads(page, heads) for page in pages)):
        if parts:
            parts.append("\n\n" if _STOP.search(parts[-1].rsplit("\n", 1)[-1]) else "\n")
        parts.append(page)
    return "".join(parts)


def _ends(page: list[str]) -> list[str]:
    """The first and the last line of a page."""
    shown = [line for line in page if line.strip()]
    return [shown[0], shown[-1]]


def _head(line: str) -> str:
    """What a running head has in common on all pages."""
    return " ".join(re.sub(r"\d+", "", line).split())


def _without_heads(page: list[str], heads: set[str]) -> str:
    """A page without the running heads and the page numbers at its ends."""
    shown = [number for number, line in enumerate(page) if line.strip()]
    gone = {end for end in (shown[0], shown[-1]) if _head(page[end]) in heads or _PAGE_NUMBER.fullmatch(page[end].strip(_FRAME))}
    return "\n".join(line for number, line in enumerate(page) if number not in gone).strip("\n").rstrip()


def unwrap(text: str) -> str:
    r"""A text with its wrapped lines joined, each break now a space; any other text as it is.

    >>> unwrap("Acme Corporation, a maker of small\nengines, has said that it will buy\nall shares of Beta.\n\nThe end")
    'Acme Corporation, a maker of small engines, has said that it will buy all shares of Beta.\n\nThe end'
    """
    lines = [line.rstrip() for line in text.split("\n")]
    width = _width(lines)
    if not width:
        return text
    words = Counter(re.findall(r"\w+(?:-\w+)*", text.lower()))
    parts = [lines[0]]
    for above, line in pairwise(lines):
        if not _goes_on(above, line, width):
            parts += ["\n", line]
            continue
        begun = line.lstrip()
        split = _SPLIT.search(above) if begun[0].islower() else None
        if split and _is_one_word(split[1], begun, words):
            parts[-1] = parts[-1][:-1]
        parts += ["" if split else " ", begun]
    return "".join(parts)


def _width(lines: list[str]) -> int:
    """How wide the lines of a wrapped text are; 0 for a text that is not wrapped."""
    lengths = sorted(len(above) for above, line in pairwise(lines) if above and line)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = [(above, line) for above, line in pairwise(lines) if _goes_on(above, line, width)]
    inside = sum(line.lstrip()[0].islower() and not _STOP.search(above) for above, line in full)
    return width if inside >= max(_FEWEST, _SHARE * len(full)) else 0


def _goes_on(above: str, line: str, width: int) -> bool:
    """Whether a line was broken off for want of room: it is full, and what follows begins nothing of its own."""
    if not above or not line or _APART.match(line) or _COLUMNS.search(above) or _COLUMNS.search(line):
        return False
    return _FULL * width <= len(above) + 1 + len(line.split(maxsplit=1)[0]) and len(above) <= _WIDEST


def _is_one_word(left: str, line: str, words: Counter[str]) -> bool:
    """Whether a hyphen at the end of a line parts one word, as the rest of the text tells; capitals ("London-based") keep theirs."""
    first, right = left.lower(), re.split(r"\W", line, maxsplit=1)[0].lower()
    if words[f"{first}-{right}"]:
        return False
    if words[first + right]:
        return True
    return left.islower() and not (words[first] > 1 and words[right] > 1)
