"""Dates and periods in a Doc, resolved against the day of publication, as EDTF.

Days that the text gives without a year, weekdays and "last month" need the day of publication; without one they are left out.
A day or month without a year is the last one before the publication, or the next one where the words before it look ahead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.marking.times import calendar as dates
from kgraph.extraction.marking.times import patterns as forms
from kgraph.extraction.marking.times import relative as relative_moments
from kgraph.extraction.marking.times.context import Context, Read
from kgraph.extraction.marking.times.datelines import publication_lines
from kgraph.extraction.spans import Moment

if TYPE_CHECKING:
    import datetime as dt
    import re
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

    Handler = Callable[["Context", re.Match[str]], "Read | None"]

__all__ = ["find_moments"]

_MONTHS_IN_YEAR = 12
_FIRST_OF_LAST_QUARTER = 10
_MIDDLE_OF_YEAR = 6
_DECADES = ("fifties", "sixties", "seventies", "eighties", "nineties")


def _month(name: str) -> int:
    """The number of a month by its name or abbreviation."""
    return next(number for number, month in enumerate(dates.MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3]))


def _iso(_: Context, match: re.Match[str]) -> Read | None:
    """A day or month in figures; "2007-08" is two years."""
    year, month = match["year"], match["month"]
    if match["day"]:
        found = dates.valid_day(int(year), int(month), int(match["day"]))
        return Read(found) if found else None
    if int(month) == int(year[2:]) + 1:
        return Read(dates.interval(year, year[:2] + month), is_period=True)
    return Read(f"{year}-{month}", is_period=True) if 1 <= int(month) <= _MONTHS_IN_YEAR else None


def _slashed(_: Context, match: re.Match[str]) -> Read | None:
    """Month first, unless that is impossible."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    found = dates.valid_day(year, first, second) or dates.valid_day(year, second, first)
    return Read(found) if found else None


def _day(context: Context, match: re.Match[str]) -> Read | None:
    """A day with or without its year ("June 11, 2025", "11 June"), or two of one month ("June 11-13")."""
    month, year = _month(match["month"]), context.year(match)
    numbers = [int(match[name].rstrip("stndrh")) for name in ("day", "until") if match[name]]
    if year is not None:
        found = [dates.valid_day(year, month, number) for number in numbers]
    elif context.published is not None:
        ahead = context.looks_ahead(match)
        found = [dates.day_without_year(month, number, context.published, ahead=ahead) for number in numbers]
    else:
        return None
    days = [day for day in found if day is not None]
    if len(days) < len(numbers):
        return None
    return Read(days[0] if len(days) == 1 else dates.interval(days[0], days[1]))


def _month_of_year(context: Context, match: re.Match[str]) -> Read | None:
    """A month with its year: "June 2025", "early June 2025"."""
    year = context.year(match)
    return None if year is None else _approximate(context, match.start(), f"{year:04}-{_month(match['month']):02}")


def _month_alone(context: Context, match: re.Match[str]) -> Read | None:
    """A month after a word that makes it a date: "in June", "last June", "mid-June"."""
    lead = context.behind(match.start(), forms.MONTH_LEAD)
    if lead is None or context.published is None:
        return None
    word, month, published = lead["lead"].lower(), _month(match["month"]), context.published
    ahead = word in {"next", "by", "until", "from"} or (word != "last" and context.looks_ahead(match))
    found = dates.month_without_year(month, published, ahead=ahead)
    if word == "this":
        found = f"{published.year:04}-{month:02}"
    elif word == "last" and month == published.month:
        found = f"{published.year - 1:04}-{month:02}"
    if word in {"last", "this", "next"}:
        return Read(found, is_period=True, start=lead.start())
    return _approximate(context, match.start(), found)


def _approximate(context: Context, start: int, edtf: str) -> Read:
    """A month or year, not to the letter where "early", "mid" or "about" stands before it."""
    before = context.behind(start, forms.APPROXIMATE)
    return Read(edtf, is_period=True) if before is None else Read(edtf + "~", is_period=True, start=before.start())


def _quarter(context: Context, match: re.Match[str]) -> Read | None:
    """A quarter; without a year the last that has begun: "Q1 2024", "the third quarter"."""
    word = (match["number"] or match["number2"] or match["ordinal"]).lower()
    number = int(word) if word.isdigit() else {"fi": 1, "1s": 1, "se": 2, "2n": 2, "th": 3, "3r": 3, "fo": 4, "4t": 4}[word[:2]]
    year = context.year(match)
    if year is None:
        if context.published is None:
            return None
        year = context.published.year
        current = (context.published.month + 2) // 3
        if context.looks_ahead(match):
            year += number < current
        else:
            year -= number > current or (number == current == 4 and context.published.month == _FIRST_OF_LAST_QUARTER)  # noqa: PLR2004
    return Read(dates.quarter(year, number), is_period=True)


def _half(context: Context, match: re.Match[str]) -> Read | None:
    """A half of a year; without "of the year" the words could mean half of anything, but "will grow in the second half" does not."""
    word = (match["number"] or match["number2"] or match["ordinal"]).lower()
    number, year = 1 if word in {"1", "first", "1st"} else 2, context.year(match)
    if year is None:
        is_alone = match["ordinal"] and match["of_year"] is None
        if context.published is None or (
            is_alone
            and not (
                context.behind(match.start(), forms.IN_THE) and not forms.OF.match(context.text, match.end()) and context.looks_ahead(match)
            )
        ):
            return None
        month = context.published.month
        if is_alone and number == 1 and _MIDDLE_OF_YEAR < month < _FIRST_OF_LAST_QUARTER:
            return None  # it may be the one that has just ended, whose results come
        year = context.published.year + bool(is_alone and number == 1 and month > _MIDDLE_OF_YEAR)
    return Read(dates.half(year, number), is_period=True)


def _season(context: Context, match: re.Match[str]) -> Read | None:
    season = dates.SEASONS[match["season"].lower()]
    year = context.year(match)
    if year is not None:
        return Read(f"{year:04}-{season}", is_period=True)
    which = context.behind(match.start(), forms.WHICH)
    if context.published is None or which is None:
        return None
    return Read(dates.season_without_year(season, context.published, which["which"].lower()), is_period=True, start=which.start())


def _fiscal(context: Context, match: re.Match[str]) -> Read | None:
    """A business year by the calendar year that names it: "fiscal 2024", "FY25", "FY2024-25"."""
    first, last = match["year"], match["last"]
    start = int(first) if len(first) > 2 else context.century(first)  # noqa: PLR2004
    if last is None:
        return Read(f"{start:04}", is_period=True)
    end = int(last) if len(last) > 2 else start // 100 * 100 + int(last)  # noqa: PLR2004
    end += 100 if end < start else 0  # "1999-00"
    return Read(dates.interval(f"{start:04}", f"{end:04}"), is_period=True)


def _ended(context: Context, match: re.Match[str]) -> Read | None:
    """The stretch up to the end of a month: "the year ended March 31, 2025", "the six months to June"."""
    month, year = _month(match["month"]), context.year(match)
    if year is None:
        if context.published is None:
            return None
        year = int(dates.month_without_year(month, context.published, ahead=False)[:4])
    parts = match["length"].lower().split()
    count = {"year": 12, "quarter": 3, "half": 6}.get(parts[-1]) or (
        int(parts[0]) if parts[0].isdigit() else forms.COUNT_WORDS.get(parts[0], 0)
    )
    if not 0 < count <= _MONTHS_IN_YEAR * 2:
        return None
    total = year * _MONTHS_IN_YEAR + month - count
    first = f"{total // _MONTHS_IN_YEAR:04}-{total % _MONTHS_IN_YEAR + 1:02}"
    return Read(dates.interval(first, f"{year:04}-{month:02}"), is_period=True)


def _years(context: Context, match: re.Match[str]) -> Read | None:
    """From one year to another: "2016 to 2019", "2007/08"."""
    first, last = match["first"], match["last"]
    last = first[: 4 - len(last)] + last
    return Read(dates.interval(first, last), is_period=True, start=_from(context, match)) if first < last else None


def _months(context: Context, match: re.Match[str]) -> Read | None:
    """From one month to another: "January to April 2015", "from March to May"."""
    first, last, year = _month(match["month"]), _month(match["last"]), context.year(match)
    if year is None:
        if context.published is None:
            return None
        year = int(dates.month_without_year(last, context.published, ahead=context.looks_ahead(match))[:4])
    start = int(match["first"]) if match["first"] else year - (first > last)
    return Read(dates.interval(f"{start:04}-{first:02}", f"{year:04}-{last:02}"), is_period=True, start=_from(context, match))


def _from(context: Context, match: re.Match[str]) -> int:
    """Where a stretch starts, "from" included."""
    before = context.text[: match.start()].rstrip()
    return len(before) - 4 if before.lower().endswith("from") else match.start()


def _decade(_: Context, match: re.Match[str]) -> Read | None:
    """Ten years: "the 1990s", "the late eighties", "the '70s"."""
    if match["decade"]:
        return Read(match["decade"] + "X", is_period=True)
    ten = match["ten"] or str(5 + _DECADES.index(match["word"].lower()))
    return Read(f"19{ten}X", is_period=True, start=match.start("word") if match["word"] else match.start("ten") - 1)


def _last_quarter(context: Context, match: re.Match[str]) -> Read | None:
    """The fourth quarter of a year that is named: "the last quarter of 2023"."""
    year = context.year(match)
    return Read(dates.quarter(year, 4), is_period=True) if year is not None else None


def _year(context: Context, match: re.Match[str]) -> Read | None:
    """A year; so many people or shares are none."""
    return None if forms.PEOPLE.match(context.text, match.end()) else _approximate(context, match.start(), match["year"])


_FORMS: tuple[tuple[re.Pattern[str], Handler], ...] = (
    (forms.ISO, _iso),
    (forms.SLASHED, _slashed),
    (forms.MONTH_FIRST, _day),
    (forms.DAY_FIRST, _day),
    (forms.MONTH_OF_YEAR, _month_of_year),
    (forms.MONTH, _month_alone),
    (forms.QUARTER, _quarter),
    (forms.LAST_QUARTER, _last_quarter),
    (forms.HALF, _half),
    (forms.SEASON, _season),
    (forms.FISCAL, _fiscal),
    (forms.ENDED, _ended),
    (forms.YEARS, _years),
    (forms.YEARS_BETWEEN, _years),
    (forms.MONTHS, _months),
    (forms.DECADE, _decade),
    (forms.YEAR, _year),
    *relative_moments.FORMS,
)


_DAYS_WITH_YEARS = (forms.ISO, forms.SLASHED, forms.MONTH_FIRST, forms.DAY_FIRST)
"""The forms of a day that may be the one of publication."""


def find_moments(doc: Doc, published: dt.date | None) -> list[Moment]:
    """Every date and period of a Doc in text order; they do not overlap.

    "since 2016" is `2016/..`, "until June 2025" is `../2025-06`; the preposition is not in the span.
    """
    moments: list[Moment] = []
    parsed = doc.has_annotation("DEP")
    for start, end, edtf, is_period in _found(Context(doc, published)):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span) or (moments and span.start < moments[-1].end):
            continue
        head = span.root.i if parsed else span.end - 1
        moments.append(Moment(start=span.start, end=span.end, head=head, edtf=edtf, is_period=is_period))
    return moments


def _found(context: Context) -> Iterator[tuple[int, int, str, bool]]:
    """Character spans with their dates: the longest reading at each place, in text order."""
    matches = [
        (match.start(), -match.end(), rank, match) for rank, (pattern, _) in enumerate(_FORMS) for match in pattern.finditer(context.text)
    ]
    days = [
        match.span()
        for _, _, rank, match in matches
        if _FORMS[rank][0] in _DAYS_WITH_YEARS and "year" in match.groupdict() and match["year"]
    ]
    lines = publication_lines(context.text, sorted(days))
    last = -1
    for start, minus_end, rank, match in sorted(matches, key=lambda found: found[:3]):
        read = _FORMS[rank][1](context, match) if start >= last else None
        if read is None:
            continue
        last = -minus_end
        first = start if read.start is None else read.start
        if context.text.rfind("\n", 0, start) + 1 in lines:
            continue
        context.told.append((last, read.edtf))
        if context.dates_a_start(first, last):
            continue
        yield first, last, _opened(context, first, read.edtf), read.is_period


def _opened(context: Context, start: int, edtf: str) -> str:
    """An interval where "since" or "until" stands before."""
    if "/" in edtf:
        return edtf
    if context.behind(start, forms.OPEN_END):
        return dates.interval("", edtf)
    return dates.interval(edtf, "") if context.behind(start, forms.OPEN_START) else edtf
