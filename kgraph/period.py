"""The days that an EDTF date can mean, so that dates of different precision can be compared, and its words."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

__all__ = ["Period", "when_words"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """The days that an EDTF date can mean, both ends included.

    >>> Period.of("2024-02~")
    Period(start=datetime.date(2024, 2, 1), end=datetime.date(2024, 2, 29))

    One without beginning or end reaches to that of the calendar, `date.min` or `date.max`.
    """

    start: dt.date
    end: dt.date

    @classmethod
    def of(cls, text: str) -> Period | None:
        """A year, quarter (`2024-Q1`, `2024-33`), season, month, day, decade (`201X`) or `from/until`; None for anything else.

        Either side of an interval, not both, may be open: `2016/..`, `../2025-06`.
        """
        first, slash, last = text.strip().partition("/")
        if not slash:
            return _days_of(first)
        start, end = (_ALWAYS if side == ".." else _days_of(side) for side in (first, last))
        if start is None or end is None or start is end or end.end < start.start:
            return None
        return cls(start=start.start, end=end.end)

    @property
    def anchor(self) -> dt.date:
        """The day to sort it by: its first or, where it has no beginning, its last."""
        return self.end if self.start == dt.date.min else self.start

    def overlaps(self, other: Period) -> bool:
        """Whether some day belongs to both."""
        return self.start <= other.end and other.start <= self.end


_ALWAYS = Period(start=dt.date.min, end=dt.date.max)

_EDTF = re.compile(r"([1-9]\d{2})([\dXx])(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?[~?%]?")

_SEASON = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12), **{32 + q: (3 * q - 2, 3 * q) for q in (1, 2, 3, 4)}, 40: (1, 6), 41: (7, 12)}
"""Months of the divisions of a year that EDTF level 2 numbers: seasons, quarters, halves. Winter stays within its year."""


def _days_of(text: str) -> Period | None:
    """One date without an interval mark."""
    match = _EDTF.fullmatch(text)
    if not match:
        return None
    decade, digit, quarter, middle, day = match.groups()
    if digit in "Xx":
        return None if middle or quarter else Period(start=dt.date(int(decade) * 10, 1, 1), end=dt.date(int(decade) * 10 + 9, 12, 31))
    year, number = int(decade + digit), int(middle or 0)
    if day and number in _SEASON:
        return None
    first, last = (3 * int(quarter) - 2, 3 * int(quarter)) if quarter else _SEASON.get(number, (number or 1, number or 12))
    try:
        start = dt.date(year, first, int(day or 1))
        return Period(start=start, end=start if day else dt.date(year, last, calendar.monthrange(year, last)[1]))
    except ValueError:
        return None


_PARTS_OF_YEAR = {
    "21": "spring",
    "22": "summer",
    "23": "autumn",
    "24": "winter",
    "33": "first quarter of",
    "34": "second quarter of",
    "35": "third quarter of",
    "36": "fourth quarter of",
    "40": "first half of",
    "41": "second half of",
}
"""EDTF's codes in the place of a month."""


def when_words(when: str | None) -> str:
    """An EDTF date or interval as words; empty where there is none.

    >>> when_words("2025-06~"), when_words("2007-10/.."), when_words("2019/2020"), when_words("2008-33")
    ('about 2025-06', 'since 2007-10', '2019 to 2020', 'first quarter of 2008')
    """
    if not when:
        return ""
    first, slash, last = ("" if part == ".." else part for part in when.partition("/"))
    first, last = _moment(first), _moment(last)
    if not slash:
        return first
    return f"{first} to {last}" if first and last else f"since {first}" if first else f"until {last}"


def _moment(part: str) -> str:
    """One EDTF date; its codes for parts of a year become words."""
    date = part.rstrip("~?%")
    if date[5:] in _PARTS_OF_YEAR:
        date = f"{_PARTS_OF_YEAR[date[5:]]} {date[:4]}"
    return f"about {date}" if part[-1:] in ("~", "?", "%") else date
