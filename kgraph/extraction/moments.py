"""Dates and periods in a Doc, resolved against the day of publication, as EDTF.

Days that the text gives without a year, weekdays and "last month" need the day of publication; without one they are left out.
A day or month without a year is the last one before the publication, or the next one where the words before it look ahead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kgraph.extraction import dates
from kgraph.extraction.spans import Moment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

    Handler = Callable[["_Context", re.Match[str]], tuple[str, bool] | None]

__all__ = ["find_moments"]

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|january|february|april|june|july|august|september|october|november|december"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_PART = r"(?:(?P<part>[Ee]arly|[Ll]ate|[Mm]id|[Mm]iddle|[Ee]nd|[Ss]tart|[Bb]eginning|[Aa]round|[Aa]bout|[Cc]irca)[\s-]+(?:in\s+|of\s+)?(?:the\s+)?)?"
_ORDINAL = r"(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th)"
_OF_YEAR = rf"(?:(?:\s+of|\s+in|,)?\s+(?:the\s+)?(?:(?:fiscal|financial|calendar)\s+)?(?:year\s+)?(?P<year>{_YEAR}|this\s+year|last\s+year|next\s+year)|\s*'(?P<short>\d\d)\b)?"
_NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30,
}  # fmt: skip
_COUNT = r"(?P<count>an?|\d{1,3}|" + "|".join(word for word in _NUMBER_WORDS if len(word) > 2) + ")"  # noqa: PLR2004

_AHEAD = re.compile(
    r"\b(?:will|'ll|would|shall|scheduled|expected|expects?|due|plans?|planned|planning|set\s+to|aims?|upcoming|hopes?|intends?|by|until|before|next"
    r"|to\s+(?:be|take|begin|start|open|launch|close|complete|finish|end|join|become|vote|meet|report|appear))\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|told|announced|reported|added|wrote|confirmed|disclosed|unveiled|released|filed|approved|agreed|tweeted)\s+(?:on|in|late|early)?\s*$"
)
_SENTENCE = re.compile(r"[.!?]['\"”]?\s+(?=[A-Z\"“])|\n")
_PEOPLE = re.compile(
    r"\s+(?:[a-z]+\s+){0,2}(?:people|employees|workers|jobs|staff|shares|units|stores|customers|homes|vehicles|cars|positions|members)\b"
)


class _Context:
    """The text around matches and the day of publication."""

    def __init__(self, text: str, published: dt.date | None) -> None:
        self.text = text
        self.published = published

    def looks_ahead(self, match: re.Match[str]) -> bool:
        """Whether the words of the sentence before a match speak of the future."""
        start = 0
        for stop in _SENTENCE.finditer(self.text, max(0, match.start() - 400), match.start()):
            start = stop.end()
        before = self.text[max(start, match.start() - 400) : match.start()]
        return bool(_AHEAD.search(before[-120:])) and not _REPORTED.search(before)

    def year(self, match: re.Match[str]) -> int | None:
        """The year that the groups of a match give."""
        groups = match.groupdict()
        if groups.get("short"):
            return 2000 + int(groups["short"])
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


def _iso(_: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """A day or month in figures; "2007-08" is two years."""
    if match["day"]:
        found = dates.valid_day(int(match["year"]), int(match["month"]), int(match["day"]))
        return (found, False) if found else None
    if int(match["month"]) == int(match["year"][2:]) + 1:
        return dates.interval(match["year"], match["year"][:2] + match["month"]), True
    return (f"{match['year']}-{match['month']}", True) if 1 <= int(match["month"]) <= 12 else None  # noqa: PLR2004


def _slashed(_: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """Month first, unless that is impossible."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    found = dates.valid_day(year, first, second) or dates.valid_day(year, second, first)
    return (found, False) if found else None


def _day(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "June 11, 2025", "11 June", "June 11-13"."""
    month, year = _month(match["month"]), context.year(match)
    days = [int(re.sub(r"\D", "", match[name])) for name in ("day", "until") if match.groupdict().get(name)]
    found: list[str] = []
    for day in days:
        if year is not None:
            one = dates.valid_day(year, month, day)
        elif context.published is not None:
            one = dates.day_without_year(month, day, context.published, ahead=context.looks_ahead(match))
        else:
            return None
        if one is None:
            return None
        found.append(one)
    return (found[0], False) if len(found) == 1 else (dates.interval(*found), False)


def _month_of_year(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "June 2025", "early June 2025", "in June", "next June"."""
    month, year = _month(match["month"]), context.year(match)
    groups = match.groupdict()
    if year is not None:
        found = f"{year:04}-{month:02}"
    elif context.published is None:
        return None
    else:
        lead = (groups.get("lead") or "").lower().split()
        ahead = "next" in lead or ("last" not in lead and context.looks_ahead(match)) or bool({"by", "until"} & set(lead))
        found = dates.month_without_year(month, context.published, ahead=ahead)
        if lead == ["this"]:
            found = f"{context.published.year:04}-{month:02}"
        if lead and lead[0] == "last" and found == f"{context.published:%Y-%m}":
            found = f"{context.published.year - 1:04}-{month:02}"
    return found + ("~" if groups.get("part") else ""), True


def _quarter(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "Q1 2024", "the third quarter", "fourth-quarter"; without a year the last that has begun."""
    word = (match["number"] or match["number2"] or match["ordinal"]).lower()
    number = int(word) if word.isdigit() else {"fir": 1, "1st": 1, "sec": 2, "2nd": 2, "thi": 3, "3rd": 3, "fou": 4, "4th": 4}[word[:3]]
    year = context.year(match)
    if year is None:
        if context.published is None:
            return None
        year = context.published.year
        current = (context.published.month + 2) // 3
        if context.looks_ahead(match):
            year += number < current
        else:
            year -= number > current or (number == current == 4 and context.published.month == 10)  # noqa: PLR2004
    return dates.quarter(year, number), True


def _half(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    word = (match["number"] or match["number2"] or match["ordinal"]).lower()
    number = 1 if word in {"1", "first", "1st"} else 2
    year = context.year(match)
    if year is None:
        if context.published is None or (match["ordinal"] and not match["of_year"]):
            return None
        year = context.published.year
    return dates.half(year, number), True


def _season(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    season = dates.SEASONS[match["season"].lower()]
    if match["year"]:
        return f"{match['year']}-{season}", True
    if context.published is None or not match["which"]:
        return None
    return dates.season_without_year(season, context.published, match["which"].lower().split()[-1]), True


def _fiscal(_: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "fiscal 2024", "FY25", "FY2024-25": named by the year in which it ends."""
    year, last = match["year"], match["last"]
    start = int(year) if len(year) == 4 else 2000 + int(year)  # noqa: PLR2004
    if last:
        return dates.interval(str(start), str(start // 100 * 100 + int(last[-2:]))), True
    return str(start), True


def _ended(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "the year ended March 31, 2025", "the six months to June": the stretch up to that month's end."""
    month, year = _month(match["month"]), context.year(match)
    if year is None:
        if context.published is None:
            return None
        year = int(dates.month_without_year(month, context.published, ahead=False)[:4])
    words = match["length"].lower().split()
    count = {"year": 12, "months": 0, "quarter": 3, "half": 6}[words[-1]]
    if count == 0:
        count = int(words[0]) if words[0].isdigit() else _NUMBER_WORDS.get(words[0], 0)
    if count == 0:
        return None
    total = year * 12 + month - count
    return dates.interval(f"{total // 12:04}-{total % 12 + 1:02}", f"{year:04}-{month:02}"), True


def _years(_: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "from 2016 to 2019", "2007-08"."""
    first, last = match["first"], match["last"]
    last = first[: 4 - len(last)] + last
    return (dates.interval(first, last), True) if first < last else None


def _months(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "January to April 2015", "from March to May"."""
    first, last, year = _month(match["month"]), _month(match["last"]), context.year(match)
    if year is None:
        if context.published is None:
            return None
        year = int(dates.month_without_year(last, context.published, ahead=context.looks_ahead(match))[:4])
    start = int(match["first"]) if match["first"] else year - (first > last)
    return dates.interval(f"{start:04}-{first:02}", f"{year:04}-{last:02}"), True


def _decade(_: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    return match["decade"] + "X", True


def _year(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """A year; a round number of people or shares is none."""
    if _PEOPLE.match(context.text, match.end()):
        return None
    return match["year"] + ("~" if match["part"] and match["part"].lower() != "end" else ""), True


def _spoken(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "yesterday", "tonight"."""
    if context.published is None:
        return None
    word = match["word"].lower()
    back = {"yesterday": 1, "last": 1, "tomorrow": -1}.get(word.split()[0], 0)
    return dates.shifted(context.published, "day", back) or "", False


def _weekday(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    if context.published is None:
        return None
    which = (match["which"] or "").lower().replace("previous", "last")
    number = dates.WEEKDAYS.index(match["weekday"].lower())
    return dates.weekday_near(number, context.published, which, ahead=not which and context.looks_ahead(match)), False


def _ago(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "three months ago", "a year earlier"."""
    if context.published is None:
        return None
    count = match["count"].lower()
    number = int(count) if count.isdigit() else _NUMBER_WORDS[count]
    found = dates.shifted(context.published, match["unit"].lower(), number)
    return (found, match["unit"].lower() in {"year", "month"}) if found else None


def _unit(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "last week", "earlier this month", "next year", "the previous quarter"."""
    if context.published is None:
        return None
    step = {"this": 0, "current": 0, "last": -1, "previous": -1, "past": -1, "preceding": -1, "prior": -1}.get(match["which"].lower(), 1)
    unit = match["unit"].lower()
    return dates.unit_around(context.published, unit, step), unit not in {"week", "weekend"}


def _year_end(context: _Context, match: re.Match[str]) -> tuple[str, bool] | None:
    """ "the end of the year", "year-end", "by the end of this month"."""
    if context.published is None:
        return None
    unit = (match["unit"] or "year").lower()
    step = {"next": 1, "last": -1}.get((match["which"] or "").lower(), 0)
    around = dates.unit_around(context.published, unit, step)
    return (f"{around}-12~" if unit == "year" else f"{around}~"), False


_PATTERNS: tuple[tuple[re.Pattern[str], Handler], ...] = (
    (re.compile(r"(?<![\d-])(?P<year>(?:1[5-9]|20)\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?![\d-])"), _iso),
    (re.compile(r"(?<![\d/.])(?P<first>\d{1,2})([/.])(?P<second>\d{1,2})\2(?P<year>(?:19|20)\d\d)(?![\d/])"), _slashed),
    (re.compile(rf"(?:{_WEEKDAY},?\s+)?\b(?P<month>{_MONTH})\s+(?P<day>{_DAY})\b(?![.,]?\d|\s*%)(?:\s*(?:-|\u2013|to|and)\s*(?P<until>{_DAY})\b(?![.,]?\d))?(?:\s*,?\s+(?P<year>{_YEAR})\b)?"), _day),
    (re.compile(rf"(?:{_WEEKDAY},?\s+(?:the\s+)?)?(?<![\d.,$£€])\b(?P<day>{_DAY})(?:\s*(?:-|\u2013|to|and)\s*(?P<until>{_DAY}))?\s+(?:of\s+)?(?P<month>{_MONTH})(?![a-z])(?:\s*,?\s+(?P<year>{_YEAR})\b)?"), _day),
    (re.compile(rf"{_PART}\b(?P<month>{_MONTH}),?\s+(?:of\s+)?(?P<year>{_YEAR}|this\s+year|last\s+year|next\s+year)\b"), _month_of_year),
    (re.compile(rf"\b(?:(?P<lead>(?i:in|since|last|next|this|by|until|from|during|of|for|through|before|after|to))\s+)(?:the\s+)?{_PART}(?P<month>{_MONTH})(?![a-z])(?!\s+\d)"), _month_of_year),
    (re.compile(rf"\b(?P<part>[Ee]arly|[Ll]ate|[Mm]id)[\s-]+(?P<month>{_MONTH})(?![a-z])(?!\s+\d)"), _month_of_year),
    (re.compile(rf"\b(?:(?:[QT](?P<number>[1-4])|(?P<number2>[1-4])Q)\b|(?P<ordinal>{_ORDINAL})[\s-]+(?:fiscal\s+|financial\s+)?quarter\b){_OF_YEAR}"), _quarter),
    (re.compile(rf"\b(?:(?:H(?P<number>[12])|(?P<number2>[12])H)\b|(?P<ordinal>[Ff]irst|[Ss]econd|1st|2nd)[\s-]+half\b)(?P<of_year>(?=\s+of\s+(?:the|this|last|next)\s+(?:fiscal\s+|financial\s+)?year\b)|(?=\s+of\s+\d))?{_OF_YEAR}"), _half),
    (re.compile(rf"\b(?:(?P<which>(?i:last|this|next|earlier\s+this|later\s+this))\s+)?(?P<season>(?i:spring|summer|autumn|fall|winter))\b(?:(?:\s+of)?\s+(?P<year>{_YEAR})\b)?"), _season),
    (re.compile(r"\b(?:(?:[Ff]iscal|[Ff]inancial)(?:\s+[Yy]ear)?\s+|FY\s?'?)(?P<year>20\d\d|19\d\d|\d\d)(?:[-/\u2013](?P<last>\d{4}|\d\d))?\b"), _fiscal),
    (re.compile(rf"\b(?P<length>year|(?:\w+\s+)?months|quarter|half)\s+(?:that\s+)?(?:ended|ending|to|through)\s+(?:on\s+|in\s+)?(?:the\s+end\s+of\s+)?(?:{_DAY}\s+)?(?P<month>{_MONTH})(?:\s+{_DAY}\b(?!\d))?(?:,?\s+(?P<year>{_YEAR})\b)?"), _ended),
    (re.compile(rf"\b(?:(?i:from|between)\s+)?(?P<first>{_YEAR})(?:\s*[-\u2013/]\s*|\s+(?:to|until|through)\s+)(?P<last>{_YEAR}|(?<=[-\u2013/])\d\d)\b(?![,%-]?\d)"), _years),
    (re.compile(rf"\b[Bb]etween\s+(?P<first>{_YEAR})\s+and\s+(?P<last>{_YEAR})\b"), _years),
    (re.compile(rf"\b(?:(?i:from|between)\s+)?(?P<month>{_MONTH})(?:\s+(?P<first>{_YEAR}))?(?:\s*[-\u2013]\s*|\s+(?:to|until|through)\s+)(?P<last>{_MONTH})(?![a-z])(?!\s+\d\d?\b)(?:\s+(?P<year>{_YEAR})\b)?"), _months),
    (re.compile(r"(?:\b(?:[Ee]arly|[Ll]ate|[Mm]id)[\s-]+)?(?:the\s+)?\b(?P<decade>(?:1[5-9]|20)\d)0'?s\b"), _decade),
    (re.compile(rf"{_PART}(?<![\w$£€¥₹#.,:/-])(?P<year>{_YEAR})(?![\d%]|[.,:]\d|(?:st|nd|rd|th|s|m|bn|k)\b|\s*(?:%|percent|per\s+cent|million|billion|trillion|crore|dollars|euros|pounds|yen))"), _year),
    (re.compile(r"\b(?P<word>(?i:yesterday|today|tonight|tomorrow|last\s+night|this\s+(?:morning|afternoon|evening)))\b"), _spoken),
    (re.compile(rf"\b(?:(?P<which>(?i:last|next|this|previous))\s+)?(?P<weekday>{_WEEKDAY})\b"), _weekday),
    (re.compile(rf"\b{_COUNT}\s+(?P<unit>day|week|month|year|decade|century)s?\s+(?:ago|earlier|before)\b", re.IGNORECASE), _ago),
    (re.compile(r"\b(?:(?:earlier|later|late|early)\s+)?(?P<which>this|last|next|(?<=the )(?:previous|past|preceding|prior|following|coming|current))\s+(?P<unit>weekend|week|month|quarter|year|decade)\b(?!-|\s+of\b)", re.IGNORECASE), _unit),
    (re.compile(r"\b(?:end\s+of\s+(?:(?:the|(?P<which>this|next|last))\s+)?(?P<unit>year|month|quarter)|year-?end|year's\s+end)\b", re.IGNORECASE), _year_end),
)  # fmt: skip
_OPEN_START = re.compile(r"\bsince\s+(?:the\s+)?$", re.IGNORECASE)
_OPEN_END = re.compile(r"\b(?:until|till|through|up\s+to)\s+(?:the\s+)?$", re.IGNORECASE)


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
    readings = []
    for rank, (pattern, handler) in enumerate(_PATTERNS):
        for match in pattern.finditer(context.text):
            start = _first_word(match)
            readings.append((start, -match.end(), rank, match, handler))
    readings.sort(key=lambda reading: reading[:3])
    last = -1
    for start, minus_end, _, match, handler in readings:
        if start < last:
            continue
        found = handler(context, match)
        if found is None or not found[0]:
            continue
        last = -minus_end
        yield start, last, _opened(context.text, start, found[0]), found[1]


def _first_word(match: re.Match[str]) -> int:
    """Where the date itself starts: prepositions that a pattern needs are left out."""
    lead = match.groupdict().get("lead")
    if lead and lead.lower() not in {"last", "next", "this"}:
        return (
            match.end("lead")
            + len(match[0][match.end("lead") - match.start() :])
            - len(match[0][match.end("lead") - match.start() :].lstrip())
        )
    return match.start()


def _opened(text: str, start: int, edtf: str) -> str:
    """An interval where "since" or "until" stands before."""
    if "/" in edtf:
        return edtf
    before = text[max(0, start - 24) : start]
    if _OPEN_END.search(before):
        return dates.interval("", edtf)
    return dates.interval(edtf, "") if _OPEN_START.search(before) else edtf
