"""Lines that say when an article was published, and by whom: their dates are those of no event.

    "14 October 2025"
    "By Jane Doe | Published Thursday, 14 October 2025 at 10:45 GMT"
    "The Ledger, 14 October 2025"

A headline such as "Tax Cuts Take Effect July 1, 2026" is none: beside its date stand words that are neither name nor label.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["publication_lines"]

_HEAD_LINES = 6
"""Lines with words of which one can be a publication line; a date alone further down heads a part of the article, as in a timeline."""
_LONGEST_LINE = 120
_LONGEST_NAME = 5
_DATE = "\x01"
"""Stands for the dates of a line: a control character, which no text has."""

_BESIDE = re.compile(
    rf"""{_DATE} | \b(?:(?:first|originally|last)\s+)?(?:published|posted|released|issued|dated?|updated|modified|revised|filed)\b:?
    | \b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.? | \b\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?\b
    | \b\d{{1,2}}\s?[ap]\.?m\b\.? | \b[ap]\.m\.? | \b[ap]m\b | \b(?:GMT|UTC|BST|CES?T|[ECMP][SD]T|ET)\b
    | \b\d+[\s-]min(?:ute)?s?(?:\s+read)?\b | \b(?:on|at|by|in|and)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""What may stand beside a date: labels, weekdays, times and small words."""

_LABELLED = re.compile(
    rf"\s*(?:(?:first|originally|last)\s+)?(?:published|posted|updated|modified|revised)\b[^.;!?{_DATE}]{{0,60}}{_DATE}[^;!?{_DATE}]*(?<!\.)",
    re.IGNORECASE,
)
"""A line that begins with a label: "Posted on 14 October 2025 in Funding"."""

_SEPARATOR = re.compile(r"\s-{1,2}\s|--|[,;|·•/()\[\]\u2013\u2014]")
_NAMES = re.compile(r"(?:[^\W\d_a-z][\w.'\u2019&-]*|of|the|de|van|von|der|&)(?:\s+(?:[^\W\d_a-z][\w.'\u2019&-]*|of|the|de|van|von|der|&))*")


def publication_lines(text: str, dates: Iterable[tuple[int, int]]) -> set[int]:
    r"""Where the lines begin that hold nothing but dates, given by their places, labels and names.

    >>> publication_lines("Acme founder dies\n\nBerlin, 14 October 2025\n\nHe was 77.", [(27, 42)])
    {19}
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for start, end in dates:
        found.setdefault(text.rfind("\n", 0, start) + 1, []).append((start, end))
    return {line for line, places in found.items() if _is_publication_line(text, line, places)}


def _is_publication_line(text: str, line: int, places: Iterable[tuple[int, int]]) -> bool:
    end = text.find("\n", line)
    end = len(text) if end < 0 else end
    if end - line > _LONGEST_LINE or (line == 0 and end == len(text)):  # a text of one line is a sentence
        return False
    if sum(1 for above in text[:line].split("\n") if above.strip()) >= _HEAD_LINES:
        return False
    marked, last = "", line
    for start, stop in places:
        marked += text[last:start] + _DATE
        last = stop
    marked += text[last:end]
    return _LABELLED.fullmatch(marked) is not None or all(_stands_beside_a_date(segment) for segment in _SEPARATOR.split(marked))


def _stands_beside_a_date(segment: str) -> bool:
    """Whether a part of a line is a date with labels, or after "by" or apart from the date a short name."""
    rest = " ".join(_BESIDE.sub(" ", segment).split()).strip(" .:*_")
    if not rest:
        return True
    is_byline = re.match(r"\s*(?:\w+\s+)?by\s", segment, re.IGNORECASE) is not None
    is_name = len(rest.split()) <= _LONGEST_NAME and _NAMES.fullmatch(rest) is not None
    return is_name and (is_byline or _DATE not in segment)
