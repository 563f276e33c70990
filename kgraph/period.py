"""The days that an EDTF date can mean, so that dates of different precision can be compared."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

__all__ = ["Period"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """The days that an EDTF date can mean, both ends included.

    >>> Period.of("2024-02~")
    Period(start=datetime.date(2024, 2, 1), end=datetime.date(2024, 2, 29))
    """

    start: dt.date
    end: dt.date

    @classmethod
    def of(cls, text: str) -> Period | None:
        """A year, quarter (`2024-Q1`, `2024-33`), season, month, day, decade (`201X`) or `from/until`; None for anything else."""
        first, slash, last = text.partition("/")
        days = _days_of(first)
        if not slash or days is None:
            return days
        until = _days_of(last)
        return None if until is None or until.end < days.start else cls(start=days.start, end=until.end)

    def overlaps(self, other: Period) -> bool:
        """Whether some day belongs to both."""
        return self.start <= other.end and other.start <= self.end


_EDTF = re.compile(r"([1-9]\d{2})([\dXx])(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?[~?%]?")

_SEASON = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12), **{32 + q: (3 * q - 2, 3 * q) for q in (1, 2, 3, 4)}, 40: (1, 6), 41: (7, 12)}
"""Months of the divisions of a year that EDTF level 2 numbers: seasons, quarters, halves. Winter stays within its year."""


def _days_of(text: str) -> Period | None:
    """One date without an interval mark."""
    match = _EDTF.fullmatch(text.strip())
    if not match:
        return None
    decade, digit, quarter, middle, day = match.groups()
    if digit in "Xx":
        return None if middle or quarter else Period(start=dt.date(int(decade) * 10, 1, 1), end=dt.date(int(decade) * 10 + 9, 12, 31))
    year, number = int(decade + digit), int(middle or 0)
    first, last = (3 * int(quarter) - 2, 3 * int(quarter)) if quarter else _SEASON.get(number, (number or 1, number or 12))
    try:
        start = dt.date(year, first, int(day or 1))
        return Period(start=start, end=start if day else dt.date(year, last, calendar.monthrange(year, last)[1]))
    except ValueError:
        return None
