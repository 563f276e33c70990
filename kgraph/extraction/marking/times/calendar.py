"""Days, months, quarters and stretches of time as EDTF, and the steps between them.

EDTF (ISO 8601-2): `2025-06-11`, `2025-06`, `2025`, seasons `2025-21` to `2025-24`, quarters `2025-33` to `2025-36`,
half-years `2025-40` and `2025-41`, `199X`, intervals `a/b` with `..` for an open end, `~` for "about".
"""

from __future__ import annotations

import datetime as dt

__all__ = [
    "MONTHS", "SEASONS", "WEEKDAYS", "back", "day_without_year", "half", "interval", "month_without_year", "months_back", "quarter",
    "season_without_year", "shifted", "unit_around", "valid_day", "weekday_near",
]  # fmt: skip

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

_SEASON_MIDDLE = {21: 4, 22: 7, 23: 10, 24: 1}
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 1}
_DAYS_IN_WEEK = 7
_DAYS_IN_YEAR = 365
_NEAR = dt.timedelta(60)
"""So far ahead a day without a year is the next one: nobody means the one of last year."""


def quarter(year: int, number: int) -> str:
    """A quarter of a year.

    >>> quarter(2024, 1)
    '2024-33'
    """
    return f"{year:04}-{32 + number}"


def half(year: int, number: int) -> str:
    """A half of a year.

    >>> half(2024, 2)
    '2024-41'
    """
    return f"{year:04}-{39 + number}"


def interval(start: str, end: str) -> str:
    """From one date to another; an empty one is open."""
    return f"{start or '..'}/{end or '..'}"


def valid_day(year: int, month: int, day: int) -> str | None:
    """A day, None where the calendar has no such."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def day_without_year(month: int, day: int, published: dt.date, *, ahead: bool) -> str | None:
    """The last such day before the publication, or the next one, as it also is where that is near: "on July 1", told in June."""
    latest = dt.date.max if ahead else published + _NEAR
    earliest = published if ahead else latest - dt.timedelta(_DAYS_IN_YEAR)
    years = (published.year - 1, published.year, published.year + 1)
    days = [dt.date.fromisoformat(found) for year in years if (found := valid_day(year, month, day))]
    fitting = (found for found in days if earliest <= found <= latest)
    return next((found.isoformat() for found in fitting), None)


def month_without_year(month: int, published: dt.date, *, ahead: bool) -> str:
    """The last such month up to the publication, or the next one."""
    year = published.year
    if ahead and month < published.month:
        year += 1
    elif not ahead and month > published.month:
        year -= 1
    return f"{year:04}-{month:02}"


def season_without_year(season: int, published: dt.date, which: str) -> str:
    """The season of "last summer", "this summer", "next summer"."""
    middle, year = _SEASON_MIDDLE[season], published.year
    if which == "last" and middle >= published.month - 1:
        year -= 1
    elif which == "next" and _SEASON_STARTS[season] <= published.month:
        year += 1
    return f"{year:04}-{season}"


def weekday_near(weekday: int, published: dt.date, which: str, *, ahead: bool) -> str:
    """The day of "on Monday" (on or before the publication), "last Monday", "next Monday", "this Monday"."""
    back = (published.weekday() - weekday) % _DAYS_IN_WEEK
    if which == "last":
        back = back or _DAYS_IN_WEEK
    elif which == "next" or ahead:
        back = back - _DAYS_IN_WEEK if back or which == "next" else 0
    elif which == "this":
        back = published.weekday() - weekday
    return (published - dt.timedelta(days=back)).isoformat()


def months_back(published: dt.date, count: int) -> tuple[int, int]:
    """Year and month so many months before a day."""
    total = published.year * 12 + published.month - 1 - count
    return total // 12, total % 12 + 1


def shifted(published: dt.date, unit: str, count: int) -> str | None:
    """The day, month or year so many units before the publication (after it, where negative).

    >>> shifted(dt.date(2025, 6, 11), "month", 3)
    '2025-03~'
    """
    if unit == "fortnight":
        unit, count = "week", 2 * count
    try:
        if unit == "day":
            return (published - dt.timedelta(days=count)).isoformat()
        if unit == "week":
            return (published - dt.timedelta(weeks=count)).isoformat() + "~"
        if unit == "month":
            year, month = months_back(published, count)
            return f"{year:04}-{month:02}~" if year > 0 else None
        years = {"year": 1, "decade": 10, "century": 100}[unit] * count
        return f"{published.year - years:04}{'~' if unit != 'year' else ''}" if 0 < published.year - years < 10_000 else None  # noqa: PLR2004
    except OverflowError:
        return None


_YEARS = {"year": 1, "decade": 10, "century": 100}
_MONTH, _DAY, _QUARTERS, _MONTHS_IN_QUARTER = 1, 2, range(33, 37), 3


def back(told: str, unit: str, count: int) -> str | None:
    """The same stretch so many units before a date that is told: the quarter a year before a quarter, the day a week before a day.

    >>> back("2025-35", "year", 1), back("2025-08/2025-10", "year", 1), back("2025-06-11", "week", 1), back("2025-06-11", "year", 1)
    ('2024-35', '2024-08/2024-10', '2025-06-04~', '2024')
    """
    moved = [_moved(part, unit, count) for part in told.rstrip("~").split("/")]
    return None if None in moved else "/".join(part for part in moved if part)


def _moved(told: str, unit: str, count: int) -> str | None:
    """One end of a date that is told, so many units earlier; None where that says nothing ("two weeks before 2019")."""
    year, *rest = told.split("-")
    if not year.isdigit():
        return None
    if unit in _YEARS:
        moved = int(year) - _YEARS[unit] * count
        return "-".join([f"{moved:04}", *(rest if len(rest) == _MONTH else ())]) if moved > 0 else None
    if unit == "month" and len(rest) == _MONTH and int(rest[0]) in _QUARTERS and count % _MONTHS_IN_QUARTER == 0:
        total = int(year) * 4 + int(rest[0]) - _QUARTERS.start - count // _MONTHS_IN_QUARTER
        return quarter(total // 4, total % 4 + 1)
    if unit == "month" and rest and int(rest[0]) <= 12:  # noqa: PLR2004
        return "{:04}-{:02}".format(*months_back(dt.date(int(year), int(rest[0]), 1), count))
    return shifted(dt.date.fromisoformat(told), unit, count) if len(rest) == _DAY else None


def unit_around(published: dt.date, unit: str, step: int) -> str:
    """The unit that holds the publication (step 0), the one before (-1) or after (1)."""
    if unit in {"week", "weekend"}:
        monday = published - dt.timedelta(days=published.weekday()) + dt.timedelta(weeks=step)
        first = monday + dt.timedelta(days=5 if unit == "weekend" else 0)
        return interval(first.isoformat(), (monday + dt.timedelta(days=6)).isoformat())
    if unit == "month":
        year, month = months_back(published, -step)
        return f"{year:04}-{month:02}"
    if unit == "quarter":
        total = published.year * 4 + (published.month - 1) // 3 + step
        return quarter(total // 4, total % 4 + 1)
    if unit == "decade":
        return f"{(published.year // 10) + step:03}X"
    return f"{published.year + step:04}"
