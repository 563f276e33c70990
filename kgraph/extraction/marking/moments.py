"""Dates and periods in a Doc, resolved against the day of publication, as EDTF.

Days that the text gives without a year, weekdays and "last month" need the day of publication; without one they are left out.
A day or month without a year is the last one before the publication, or the next one where the words before it look ahead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kgraph.extraction.marking import dates
from kgraph.extraction.marking import moment_patterns as forms
from kgraph.extraction.spans import Moment

if TYPE_CHECKING:
    import datetime as dt
    import re
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

    Handler = Callable[["_Context", re.Match[str]], "_Read | None"]

__all__ = ["find_moments"]

_BEHIND = 30
"""Characters before a date in which "early", "since" or "last" are looked for."""

_SENTENCE_BEHIND = 400
_CLAUSE_BEHIND = 120
_MONTHS_IN_YEAR = 12
_FIRST_OF_LAST_QUARTER = 10
_LATEST = 40
"""The last year of this century that two digits mean where no day of publication is known."""
_AHEAD = 10
"""Years after the publication that two digits may mean."""


class _Read(NamedTuple):
    """What a form says; `start` is given where words before the match belong to the date."""

    edtf: str
    is_period: bool = False
    start: int | None = None


class _Context:
    """The text around matches and the day of publication."""

    def __init__(self, text: str, published: dt.date | None) -> None:
        self.text = text
        self.published = published
        self.told: tuple[int, str] | None = None
        """Where the date before ends, and what it is."""

    def told_before(self, match: re.Match[str]) -> int | None:
        """The year of the date before a match, if it stands in the same sentence or the one before."""
        if self.told is None or not self.told[1][:4].isdigit():
            return None
        end, edtf = self.told
        stops = forms.SENTENCE.findall(self.text, end, match.start())
        return int(edtf[:4]) if len(stops) <= 1 and match.start() - end <= _SENTENCE_BEHIND else None

    def behind(self, start: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Where a pattern ends right before a place."""
        return pattern.search(self.text, max(0, start - _BEHIND), start)

    def looks_ahead(self, match: re.Match[str]) -> bool:
        """Whether the words of the sentence before a match speak of the future."""
        start = max(0, match.start() - _SENTENCE_BEHIND)
        for stop in forms.SENTENCE.finditer(self.text, start, match.start()):
            start = stop.end()
        before = self.text[start : match.start()]
        return bool(forms.AHEAD.search(before[-_CLAUSE_BEHIND:])) and not forms.REPORTED.search(before)

    def century(self, digits: str) -> int:
        """The year that ends with two digits: of this century unless that lies far ahead."""
        latest = self.published.year + _AHEAD if self.published is not None else 2000 + _LATEST
        return 2000 + int(digits) if 2000 + int(digits) <= latest else 1900 + int(digits)

    def year(self, match: re.Match[str]) -> int | None:
        """The year that the groups of a match give."""
        groups = match.groupdict()
        if groups.get("short"):
            return self.century(groups["short"])
        year = groups.get("year")
        if not year:
            return None
        if year[0].isdigit():
            return int(year)
        if self.published is None:
            return None
        return self.published.year + {"this": 0, "last": -1, "next": 1}[year.split()[0]]


def _month(name: str) -> int:
    """The number of a month by its name or abbreviation."""
    return next(number for number, month in enumerate(dates.MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3]))


def _iso(_: _Context, match: re.Match[str]) -> _Read | None:
    """A day or month in figures; "2007-08" is two years."""
    year, month = match["year"], match["month"]
    if match["day"]:
        found = dates.valid_day(int(year), int(month), int(match["day"]))
        return _Read(found) if found else None
    if int(month) == int(year[2:]) + 1:
        return _Read(dates.interval(year, year[:2] + month), is_period=True)
    return _Read(f"{year}-{month}", is_period=True) if 1 <= int(month) <= _MONTHS_IN_YEAR else None


def _slashed(_: _Context, match: re.Match[str]) -> _Read | None:
    """Month first, unless that is impossible."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    found = dates.valid_day(year, first, second) or dates.valid_day(year, second, first)
    return _Read(found) if found else None


def _day(context: _Context, match: re.Match[str]) -> _Read | None:
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
    return _Read(days[0] if len(days) == 1 else dates.interval(days[0], days[1]))


def _month_of_year(context: _Context, match: re.Match[str]) -> _Read | None:
    """A month with its year: "June 2025", "early June 2025"."""
    year = context.year(match)
    return None if year is None else _approximate(context, match.start(), f"{year:04}-{_month(match['month']):02}")


def _month_alone(context: _Context, match: re.Match[str]) -> _Read | None:
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
        return _Read(found, is_period=True, start=lead.start())
    return _approximate(context, match.start(), found)


def _approximate(context: _Context, start: int, edtf: str) -> _Read:
    """A month or year, not to the letter where "early", "mid" or "about" stands before it."""
    before = context.behind(start, forms.APPROXIMATE)
    return _Read(edtf, is_period=True) if before is None else _Read(edtf + "~", is_period=True, start=before.start())


def _quarter(context: _Context, match: re.Match[str]) -> _Read | None:
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
    return _Read(dates.quarter(year, number), is_period=True)


def _half(context: _Context, match: re.Match[str]) -> _Read | None:
    """A half of a year; without "of the year" the words could mean half of anything."""
    word = (match["number"] or match["number2"] or match["ordinal"]).lower()
    year = context.year(match)
    if year is None:
        if context.published is None or (match["ordinal"] and match["of_year"] is None):
            return None
        year = context.published.year
    return _Read(dates.half(year, 1 if word in {"1", "first", "1st"} else 2), is_period=True)


def _season(context: _Context, match: re.Match[str]) -> _Read | None:
    season = dates.SEASONS[match["season"].lower()]
    if match["year"]:
        return _Read(f"{match['year']}-{season}", is_period=True)
    which = context.behind(match.start(), forms.WHICH)
    if context.published is None or which is None:
        return None
    return _Read(dates.season_without_year(season, context.published, which["which"].lower()), is_period=True, start=which.start())


def _fiscal(context: _Context, match: re.Match[str]) -> _Read | None:
    """A business year by the calendar year that names it: "fiscal 2024", "FY25", "FY2024-25"."""
    first, last = match["year"], match["last"]
    start = int(first) if len(first) > 2 else context.century(first)  # noqa: PLR2004
    if last is None:
        return _Read(f"{start:04}", is_period=True)
    end = int(last) if len(last) > 2 else start // 100 * 100 + int(last)  # noqa: PLR2004
    end += 100 if end < start else 0  # "1999-00"
    return _Read(dates.interval(f"{start:04}", f"{end:04}"), is_period=True)


def _ended(context: _Context, match: re.Match[str]) -> _Read | None:
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
    return _Read(dates.interval(first, f"{year:04}-{month:02}"), is_period=True)


def _years(context: _Context, match: re.Match[str]) -> _Read | None:
    """From one year to another: "2016 to 2019", "2007/08"."""
    first, last = match["first"], match["last"]
    last = first[: 4 - len(last)] + last
    return _Read(dates.interval(first, last), is_period=True, start=_from(context, match)) if first < last else None


def _months(context: _Context, match: re.Match[str]) -> _Read | None:
    """From one month to another: "January to April 2015", "from March to May"."""
    first, last, year = _month(match["month"]), _month(match["last"]), context.year(match)
    if year is None:
        if context.published is None:
            return None
        year = int(dates.month_without_year(last, context.published, ahead=context.looks_ahead(match))[:4])
    start = int(match["first"]) if match["first"] else year - (first > last)
    return _Read(dates.interval(f"{start:04}-{first:02}", f"{year:04}-{last:02}"), is_period=True, start=_from(context, match))


def _from(context: _Context, match: re.Match[str]) -> int:
    """Where a stretch starts, "from" included."""
    before = context.text[: match.start()].rstrip()
    return len(before) - 4 if before.lower().endswith("from") else match.start()


def _decade(_: _Context, match: re.Match[str]) -> _Read | None:
    return _Read(match["decade"] + "X", is_period=True)


def _year(context: _Context, match: re.Match[str]) -> _Read | None:
    """A year; so many people or shares are none."""
    return None if forms.PEOPLE.match(context.text, match.end()) else _approximate(context, match.start(), match["year"])


def _spoken(context: _Context, match: re.Match[str]) -> _Read | None:
    """A day by its distance from the publication: "yesterday", "tonight"."""
    if context.published is None:
        return None
    back = {"yesterday": 1, "last": 1, "tomorrow": -1}.get(match["word"].lower().split()[0], 0)
    day = dates.shifted(context.published, "day", back)
    return _Read(day) if day else None


def _weekday(context: _Context, match: re.Match[str]) -> _Read | None:
    """The nearest such day: on or before the publication, unless "next" or a word of the future stands before."""
    if context.published is None:
        return None
    which = context.behind(match.start(), forms.WHICH)
    word = which["which"].lower().replace("previous", "last") if which else ""
    number = dates.WEEKDAYS.index(match["weekday"].lower())
    day = dates.weekday_near(number, context.published, word, ahead=not word and context.looks_ahead(match))
    return _Read(day, start=which.start() if which else None)


def _ago(context: _Context, match: re.Match[str]) -> _Read | None:
    """A distance back: "three months ago", "a year earlier"."""
    if context.published is None:
        return None
    count, unit = match["count"].lower(), match["unit"].lower()
    found = dates.shifted(context.published, unit, int(count) if count.isdigit() else forms.COUNT_WORDS[count])
    return _Read(found, is_period=unit in {"year", "month"}) if found else None


def _later(context: _Context, match: re.Match[str]) -> _Read | None:
    """A year by its distance from the one told before it: "in 2012 and two years later", "the year before", "that year"."""
    year = context.told_before(match)
    if year is None:
        return None
    steps = 0 if match["same"] else -1 if (match["beside"] or "").lower() == "before" else 1
    if match["count"]:
        count = match["count"].lower()
        steps = int(count) if count.isdigit() else forms.COUNT_WORDS[count]
    return _Read(f"{year + steps:04}", is_period=True)


def _unit(context: _Context, match: re.Match[str]) -> _Read | None:
    """A unit by its place: "last week", "this month", "the previous quarter"."""
    if context.published is None:
        return None
    unit, which = match["unit"].lower(), match["which"].lower()
    step = {"this": 0, "current": 0, "next": 1, "following": 1, "coming": 1}.get(which, -1)
    return _Read(dates.unit_around(context.published, unit, step), is_period=unit not in {"week", "weekend"})


def _year_end(context: _Context, match: re.Match[str]) -> _Read | None:
    """The end of a unit: "the end of the year", "year-end"."""
    if context.published is None:
        return None
    unit = (match["unit"] or "year").lower()
    around = dates.unit_around(context.published, unit, {"next": 1, "last": -1}.get((match["which"] or "").lower(), 0))
    return _Read(f"{around}-12~" if unit == "year" else f"{around}~")


_FORMS: tuple[tuple[re.Pattern[str], Handler], ...] = (
    (forms.ISO, _iso),
    (forms.SLASHED, _slashed),
    (forms.MONTH_FIRST, _day),
    (forms.DAY_FIRST, _day),
    (forms.MONTH_OF_YEAR, _month_of_year),
    (forms.MONTH, _month_alone),
    (forms.QUARTER, _quarter),
    (forms.HALF, _half),
    (forms.SEASON, _season),
    (forms.FISCAL, _fiscal),
    (forms.ENDED, _ended),
    (forms.YEARS, _years),
    (forms.YEARS_BETWEEN, _years),
    (forms.MONTHS, _months),
    (forms.DECADE, _decade),
    (forms.YEAR, _year),
    (forms.SPOKEN, _spoken),
    (forms.WEEKDAY, _weekday),
    (forms.LATER, _later),
    (forms.AGO, _ago),
    (forms.UNIT, _unit),
    (forms.YEAR_END, _year_end),
)


def find_moments(doc: Doc, published: dt.date | None) -> list[Moment]:
    """Every date and period of a Doc in text order; they do not overlap.

    "since 2016" is `2016/..`, "until June 2025" is `../2025-06`; the preposition is not in the span.
    """
    moments: list[Moment] = []
    parsed = doc.has_annotation("DEP")
    for start, end, edtf, is_period in _found(_Context(doc.text, published)):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span) or (moments and span.start < moments[-1].end):
            continue
        head = span.root.i if parsed else span.end - 1
        moments.append(Moment(start=span.start, end=span.end, head=head, edtf=edtf, is_period=is_period))
    return moments


def _found(context: _Context) -> Iterator[tuple[int, int, str, bool]]:
    """Character spans with their dates: the longest reading at each place, in text order."""
    matches = [
        (match.start(), -match.end(), rank, match) for rank, (pattern, _) in enumerate(_FORMS) for match in pattern.finditer(context.text)
    ]
    last = -1
    for start, minus_end, rank, match in sorted(matches, key=lambda found: found[:3]):
        read = _FORMS[rank][1](context, match) if start >= last else None
        if read is None:
            continue
        last = -minus_end
        first = start if read.start is None else read.start
        context.told = last, read.edtf
        yield first, last, _opened(context, first, read.edtf), read.is_period


def _opened(context: _Context, start: int, edtf: str) -> str:
    """An interval where "since" or "until" stands before."""
    if "/" in edtf:
        return edtf
    if context.behind(start, forms.OPEN_END):
        return dates.interval("", edtf)
    return dates.interval(edtf, "") if context.behind(start, forms.OPEN_START) else edtf
