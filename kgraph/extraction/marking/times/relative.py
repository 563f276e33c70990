"""Dates by their distance from the publication or from a date told before: "yesterday", "two years later", "in six months"."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from kgraph.extraction.marking.times import calendar as dates
from kgraph.extraction.marking.times import patterns as forms
from kgraph.extraction.marking.times.context import Read

if TYPE_CHECKING:
    from collections.abc import Callable

    from kgraph.extraction.marking.times.context import Context

__all__ = ["FORMS"]


_SPOKEN = {"yesterday": 1, "last night": 1, "tomorrow": -1, "day before yesterday": 2, "day after tomorrow": -2}
_DECEMBER, _JANUARY = 12, 1
_DAYS_IN_YEAR, _JUST_AFTER = 365, 90


def _count(word: str) -> int:
    """A count in figures or words."""
    return int(word) if word.isdigit() else forms.COUNT_WORDS[word.lower()]


def _spoken(context: Context, match: re.Match[str]) -> Read | None:
    """A day by its distance from the publication: "yesterday", "tonight", "the day before yesterday"."""
    if context.published is None:
        return None
    day = dates.shifted(context.published, "day", _SPOKEN.get(" ".join(match["word"].lower().split()), 0))
    return Read(day) if day else None


def _weekday(context: Context, match: re.Match[str]) -> Read | None:
    """The nearest such day: on or before the publication, unless "next" or a word of the future stands before."""
    if context.published is None:
        return None
    which = context.behind(match.start(), forms.WHICH)
    word = which["which"].lower().replace("previous", "last") if which else ""
    number = dates.WEEKDAYS.index(match["weekday"].lower())
    day = dates.weekday_near(number, context.published, word, ahead=not word and context.looks_ahead(match))
    return Read(day, start=which.start() if which else None)


def _week_from(context: Context, match: re.Match[str]) -> Read | None:
    """A day of the week after the next such day: "a week from Friday"."""
    if context.published is None:
        return None
    number = dates.WEEKDAYS.index(match["weekday"].lower())
    return Read((dt.date.fromisoformat(dates.weekday_near(number, context.published, "", ahead=True)) + dt.timedelta(7)).isoformat())


def _weekend(context: Context, match: re.Match[str]) -> Read | None:
    """The last weekend up to the publication, or the one to come: "over the weekend"."""
    if context.published is None:
        return None
    begun = context.published.weekday() >= dates.WEEKDAYS.index("saturday")
    step = 0 if begun or context.looks_ahead(match) else -1
    return Read(dates.unit_around(context.published, "weekend", step), start=match.start("weekend"))


def _holiday(context: Context, match: re.Match[str]) -> Read | None:
    """A feast with its day in the calendar: "on Christmas Eve", "before Christmas"."""
    name = (match["holiday"] or match["feast"]).lower()
    month = _JANUARY if name.startswith("new") and name.endswith("day") else _DECEMBER
    number = {"christmas eve": 24, "boxing day": 26}.get(" ".join(name.split()), 25)
    if name.startswith("new"):
        number = 1 if month == _JANUARY else 31
    start = match.start("holiday" if match["holiday"] else "feast")
    if match["year"]:
        return Read(f"{match['year']}-{month:02}-{number:02}", start=start)
    if context.published is None or context.behind(match.start(), forms.DISTANCE):
        return None
    is_ahead = context.looks_ahead(match) or bool(match["feast"] and _is_the_next(match, month, number, context.published))
    day = dates.day_without_year(month, number, context.published, ahead=is_ahead)
    return Read(day, start=start) if day else None


def _is_the_next(match: re.Match[str], month: int, number: int, published: dt.date) -> bool:
    """Whether "by Christmas" means the next: "before Christmas" does not just after it."""
    gone = (published - dt.date(published.year - 1, month, number)).days % _DAYS_IN_YEAR
    return not match[0].lower().startswith("before") or gone > _JUST_AFTER


def _day_alone(context: Context, match: re.Match[str]) -> Read | None:
    """A day by its number, of the month told before it or else the last such day: "on the 3rd"."""
    if context.published is None:
        return None
    number, told = int(match["day"]), context.told_near(match)
    if told is not None and (month := re.match(r"(\d{4})-(0[1-9]|1[0-2])(?![/\d])", told)):
        day = dates.valid_day(int(month[1]), int(month[2]), number)
    else:
        is_ahead = context.looks_ahead(match)
        away = (number < context.published.day) if is_ahead else -(number > context.published.day)
        year, month_number = dates.months_back(context.published, -away)
        day = dates.valid_day(year, month_number, number)
    return Read(day) if day else None


def _ago(context: Context, match: re.Match[str]) -> Read | None:
    """A distance back: "three months ago" from the publication, "a year earlier" from what is told before it."""
    count, unit = (6, "month") if match["half"] else (_count(match["count"]), match["unit"].lower())
    is_period = unit in {"year", "month"}
    told = context.told_near(match) if match["word"].lower() != "ago" else None
    if told is not None:
        found = dates.back(told, unit, count)
    elif context.published is not None:
        found = dates.shifted(context.published, unit, count)
    else:
        return None
    return Read(found, is_period=is_period) if found else None


def _in_time(context: Context, match: re.Match[str]) -> Read | None:
    """A distance ahead: "two years from now", "in three months' time"; "in two years" only after words of the future."""
    if context.published is None:
        return None
    if match["bare"] is not None and not _looks_ahead(context, match):
        return None
    name = "count" if match["count"] else "count2"
    unit = (match["unit"] or match["unit2"]).lower()
    found = dates.shifted(context.published, unit, -_count(match[name]))
    return Read(found, is_period=unit in {"year", "month"}, start=match.start(name)) if found else None


def _within(context: Context, match: re.Match[str]) -> Read | None:
    """From the publication on: "over the next five years", and after words of the future "within two years"."""
    if context.published is None:
        return None
    unit = match["unit"].lower()
    if match["bare"] and (unit == "day" or not _looks_ahead(context, match)):  # "within 90 days" of whatever
        return None
    first, last = (dates.shifted(context.published, unit, -count) for count in (0, _count(match["count"])))
    if first is None or last is None:
        return None
    return Read(dates.interval(first.rstrip("~"), last.rstrip("~")), is_period=True, start=match.start("count"))


def _looks_ahead(context: Context, match: re.Match[str]) -> bool:
    """Whether a stretch lies ahead, and is not one that has gone by ("will tell of its first loss in two years")."""
    return context.looks_ahead(match) and forms.OF_A_STRETCH.search(context.text, max(0, match.start() - 80), match.start()) is None


def _later(context: Context, match: re.Match[str]) -> Read | None:
    """A year by its distance from the one told before it: "in 2012 and two years later", "the year before", "that year"."""
    year = context.told_before(match)
    if year is None:
        return None
    steps = 0 if match["same"] else -1 if (match["beside"] or "").lower() == "before" else 1
    if match["count"]:
        steps = _count(match["count"])
    return Read(f"{year + steps:04}", is_period=True)


def _unit(context: Context, match: re.Match[str]) -> Read | None:
    """A unit by its place: "last week", "this month", "the previous quarter"."""
    if context.published is None:
        return None
    unit, which = match["unit"].lower(), match["which"].lower()
    step = {"this": 0, "current": 0, "next": 1, "following": 1, "coming": 1}.get(which, -1)
    return Read(dates.unit_around(context.published, unit, step), is_period=unit not in {"week", "weekend"})


def _unit_beside(context: Context, match: re.Match[str]) -> Read | None:
    """A unit two away: "the week before last", "the year after next"."""
    if context.published is None:
        return None
    unit, step = match["unit"].lower(), -2 if match["beside"].lower().startswith("before") else 2
    return Read(dates.unit_around(context.published, unit, step), is_period=unit not in {"week", "weekend"})


def _edge(context: Context, match: re.Match[str]) -> Read | None:
    """The end or start of a unit: "the end of the year", "the start of next month", "year-end"."""
    if context.published is None:
        return None
    unit = (match["unit"] or "year").lower()
    around = dates.unit_around(context.published, unit, {"next": 1, "last": -1}.get((match["which"] or "").lower(), 0))
    month = _DECEMBER if (match["edge"] or "end").lower() == "end" else _JANUARY
    return Read(f"{around}-{month:02}~" if unit == "year" else f"{around}~")


FORMS: tuple[tuple[re.Pattern[str], Callable[[Context, re.Match[str]], Read | None]], ...] = (
    (forms.SPOKEN, _spoken),
    (forms.WEEKDAY, _weekday),
    (forms.WEEK_FROM, _week_from),
    (forms.WEEKEND, _weekend),
    (forms.HOLIDAY, _holiday),
    (forms.DAY_ALONE, _day_alone),
    (forms.LATER, _later),
    (forms.AGO, _ago),
    (forms.IN_TIME, _in_time),
    (forms.WITHIN, _within),
    (forms.UNIT, _unit),
    (forms.UNIT_BESIDE, _unit_beside),
    (forms.EDGE, _edge),
)
"""The forms in which such dates are written, and how each is read."""
