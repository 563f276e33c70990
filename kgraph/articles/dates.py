"""The day of publication: the date in a field, and where a text tells it near its top.

    a line of its own   "Published: September 22, 2026", "By Jane Doe, 18 June 2026", "The Ledger, 1 July 2026"
    an opening          "DETROIT (AP) - Sept. 15, 2026 - Acme grew."

A date in running prose is never taken: around a date, a line or opening may only have names, labels, weekdays and times.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from contextlib import suppress
from email.utils import parsedate_to_datetime
from enum import IntEnum
from itertools import islice
from typing import NamedTuple

__all__ = ["day_of", "parse_date", "published"]

logger = logging.getLogger(__name__)

_HEAD_LINES = 6
_HEAD_CHARS = 5_000
_LONGEST_LINE = 120
_LONGEST_STANDFIRST = 250
"""Characters of a line from which on it is the body, below which no date is looked for."""

_EARLIEST, _LATEST = 10**8, 10**11
"""The Unix times, in seconds, that a number may mean: from 1973 on."""
_SCALES = (1, 1000)
"""How many of their units make a second."""
_UNIX_TIME = re.compile(r"\d{9,14}", re.ASCII)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_IN_YEAR = 12
_MONTH = r"""(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?
    |dec(?:ember)?)\b\.?"""
_NUMBERS = r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year3>[12]\d{3})"
_DATE = re.compile(
    rf"""(?<![\w/.])
    (?: (?P<iso>[12]\d{{3}}(?P<sign>[-/.])\d\d?(?P=sign)\d\d?)(?:T\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?
    | (?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[12]\d{{3}})
    | (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?[\s-](?P<month2>{_MONTH}),?[\s-](?P<year2>[12]\d{{3}})
    | {_NUMBERS} )
    (?![\w/]|[.-]\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(rf"(?<![\w/.]){_NUMBERS}(?![\w/]|[.-]\d)")

_PLACEHOLDER = "\x01"
"""Stands for a date in its line: a control character, which no line of an article has."""

_FIRST = r"(?:(?:first|originally)\s+)?(?:published|posted|released|issued|dated|(?:(?:publication|release)\s+)?date)"
_AGAIN = r"(?:last\s+)?(?:updated|modified|revised)"
_LABEL = re.compile(rf"\b(?:(?P<first>{_FIRST})|(?P<again>{_AGAIN}))\b|{_PLACEHOLDER}", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b\.?", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = r"\d{1,2}(?:[:.]\d\d(?::\d\d)?(?:\.\d+)?(?:\s*[ap]\.?m\b\.?)?|\s*[ap]\.?m\b\.?)(?:\s*(?:\b[A-Z]{2,4}\b|[+-]\d\d:?\d\d))?"
_FURNITURE = re.compile(
    rf"""{_PLACEHOLDER}|\b(?:{_FIRST}|{_AGAIN})\b\s*:?|{_WEEKDAY.pattern}|\b\d+ min(?:ute)?s? read\b|\b(?:\d+|no|leave a) comments?\b"""
    rf"""|\b{_TIME}|(?<=\S\s)(?:on|at)\b""",
    re.IGNORECASE,
)
_LEADING_LABEL = re.compile(
    rf"(?:(?:(?:first|originally)\s+)?(?:published|posted)|{_AGAIN})(?:\s+by\s+[^.,;:{_PLACEHOLDER}]{{1,40}})?\s*:?\s*(?:on\s+)?"
    rf"(?:{_WEEKDAY.pattern},?\s+)?{_PLACEHOLDER}[^.;!?{_PLACEHOLDER}]{{0,60}}",
    re.IGNORECASE,
)
"""A line that begins with a label and its date: "Posted on May 4, 2020 in Funding"; no sentence begins so and ends without a full stop."""

_PERIODICAL = re.compile(r".*\b(?:briefing|newsletter|digest|bulletin|edition|round-?up)", re.IGNORECASE)
_HOUSE = frozenset({"admin", "staff", "editor", "editors", "newsroom", "webmaster"})
"""Those by whom articles are that name nobody."""

_AGENCY = re.compile(r"[(\[][\w.&/' \u2019-]{2,40}[)\]]|/[\w.&' \u2019-]{2,40}/")
_SEPARATOR = re.compile(r"\s-{1,2}\s|--|[,;|·•()\[\]\u2013\u2014]")
_BYLINE = re.compile(r"by\s+(.+)", re.IGNORECASE)
_ROLE = re.compile(r"(?:[\w'\u2019-]+\s+){0,3}(?:reporter|correspondent|editor|writer|analyst|columnist|contributor|staff)", re.IGNORECASE)
_SMALL_WORDS = frozenset(
    {"and", "&", "of", "the", "for", "in", "at", "de", "del", "der", "den", "di", "du", "da", "la", "le", "van", "von", "y"}
)
_LONGEST_NAME = 8

_END_OF_OPENING = re.compile(
    rf"\s*,?\s*(?:(?:{_AGENCY.pattern})\s*(?:-{{1,2}}|[\u2013\u2014:])?|-{{1,2}}|[\u2013\u2014]|(?P<colon>:))\s*(?=[a-z]?[^\sa-z\d])"
)
"""A dash, or the name of an agency, before a capital: "May 4, 2020 - a day …" is prose. One small letter may come first, as in "eBay"."""

_DAY_AND_MONTH = re.compile(rf"{_MONTH}\s+\d", re.VERBOSE | re.IGNORECASE)


class _Rank(IntEnum):
    """How surely a date is the one of publication; the surest that a text has counts."""

    LABELLED = 0
    ALONE = 1
    OPENING = 2
    UPDATED = 3


class _Told(NamedTuple):
    """A date as a line gives it; two days, the day first reading first, where numbers can be read in two ways."""

    rank: _Rank
    days: tuple[dt.date, ...]


def day_of(source: str, given: object) -> dt.date | None:
    """The day that a field of an input gives; one that is no date is named in the log, as no article is lost over it."""
    if given is None or given == "":
        return None
    day = (parse_date(given) if isinstance(given, str) else None) or _moment(given)
    if day is None:
        logger.warning("%s: %r is no date (YYYY-MM-DD); the article is kept without it", source, given)
    return day


def _moment(given: object) -> dt.date | None:
    """The day of a Unix time in seconds or milliseconds, as tables are often saved, be it as text; None for anything else."""
    if isinstance(given, str) and _UNIX_TIME.fullmatch(given):
        given = int(given)
    if not isinstance(given, int | float) or isinstance(given, bool):
        return None
    scale = next((scale for scale in _SCALES if _EARLIEST * scale <= given < _LATEST * scale), None)
    return dt.datetime.fromtimestamp(given / scale, dt.UTC).date() if scale else None


def parse_date(text: str) -> dt.date | None:
    """The day of a field: an ISO 8601 or RFC 2822 date, or one as a line of a text may have it; None where it is none of them.

    >>> parse_date("2025-06-11T09:30:00Z"), parse_date("June 11, 2025"), parse_date("soon")
    (datetime.date(2025, 6, 11), datetime.date(2025, 6, 11), None)
    """
    stripped = text.strip()
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(stripped).date()
        except (ValueError, OverflowError):
            continue
    told = _line(stripped)
    return _chosen(told.days, stripped) if told else None


def published(text: str) -> dt.date | None:
    r"""The day that one of the first lines gives; None where none does, or where they part ways.

    >>> published("Acme grows\n\nDETROIT (AP) - Sept. 15, 2026 - Acme grew."), published("The deal closed on 4 May 2020.")
    (datetime.date(2026, 9, 15), None)
    """
    found: list[_Told] = []
    shown = (line.strip() for line in text[:_HEAD_CHARS].split("\n") if line.strip())
    for line in islice(shown, _HEAD_LINES):
        told = _line(line) or _opening(line)
        if told:
            found.append(told)
        if len(line) > _LONGEST_STANDFIRST:
            break
    if not found:
        return None
    surest = min(told.rank for told in found)
    readings = {told.days for told in found if told.rank == surest}
    return _chosen(readings.pop(), text) if len(readings) == 1 else None


def _line(line: str) -> _Told | None:
    """The date of a line that is a byline, a dateline or a date, with its label."""
    if len(line) > _LONGEST_LINE or _PLACEHOLDER in line or not _DATE.search(line):
        return None
    marked = _AGENCY.sub(",", _DATE.sub(_PLACEHOLDER, line))
    if not (_LEADING_LABEL.fullmatch(marked) or all(_stands_beside_a_date(segment) for segment in _SEPARATOR.split(marked))):
        return None
    ranks: list[_Rank] = []
    rank = _Rank.ALONE
    for label in _LABEL.finditer(marked):
        if label[0] == _PLACEHOLDER:
            ranks.append(rank)
        else:
            rank = _Rank.LABELLED if label["first"] else _Rank.UPDATED
    surest = min(ranks)
    if ranks.count(surest) > 1:
        return None
    days = _days(list(_DATE.finditer(line))[ranks.index(surest)], line)
    return _Told(surest, days) if days else None


def _opening(line: str) -> _Told | None:
    """The date between the place and the text of a paragraph: "BOSTON, Jan. 14, 2025 /Wire/ -- Acme grew."."""
    date = _DATE.search(line, 0, _LONGEST_LINE)
    end = _END_OF_OPENING.match(line, date.end()) if date else None
    if not date or not end or _DAY_AND_MONTH.match(line, end.end()) or (end["colon"] and date.start() == 0):
        return None
    opening = line[: date.end()]
    told = _line(opening) if opening.count("(") == opening.count(")") else None  # "(Oslo, 8 April 1933" begins a life
    return told._replace(rank=max(told.rank, _Rank.OPENING)) if told else None


def _stands_beside_a_date(segment: str) -> bool:
    """Whether a part of a line is a label, weekday or time, or names an author, outlet or place."""
    rest = _FURNITURE.sub(" ", segment).strip(" .\t*_")
    byline = _BYLINE.fullmatch(rest)
    if not rest or (byline and (_is_name(byline[1]) or byline[1].lower() in _HOUSE)):
        return True
    is_beside = _is_name(rest) or bool(_ROLE.fullmatch(rest) or _PERIODICAL.fullmatch(rest))
    return _PLACEHOLDER not in segment and not byline and is_beside


def _is_name(text: str) -> bool:
    """Whether all words but those like "of" begin with a capital."""
    words = [word for word in text.split() if word not in _SMALL_WORDS]
    return 0 < len(words) <= _LONGEST_NAME and all(word[0].isupper() and word[-1] != ":" for word in words)


def _days(date: re.Match[str], line: str) -> tuple[dt.date, ...]:
    """The days that a date can mean, none where there is no such day; a weekday in its line may decide."""
    if date["iso"]:
        return _existing(tuple(int(part) for part in re.split(r"\D", date["iso"])))
    if not date["mark"]:
        told = {name.rstrip("2"): value for name, value in date.groupdict().items() if value}
        return _existing((int(told["year"]), _MONTHS.index(told["month"][:3].lower()) + 1, int(told["day"])))
    first, second, year = (int(date[name]) for name in ("first", "second", "year3"))
    days = _existing((year, second, first), (year, first, second))
    weekdays = {_WEEKDAYS.index(name.lower()) for name in _WEEKDAY.findall(line)}
    return tuple(day for day in days if day.weekday() in weekdays) or days


def _existing(*dates: tuple[int, ...]) -> tuple[dt.date, ...]:
    """Those of some years, months and days that the calendar has, each once."""
    days: dict[dt.date, None] = {}
    for year, month, day in dates:
        with suppress(ValueError):
            days[dt.date(year, month, day)] = None
    return tuple(days)


def _chosen(days: tuple[dt.date, ...], text: str) -> dt.date | None:
    """The only day; of a day first and a month first reading, the one that the other dates of the text show."""
    if len(days) == 1:
        return days[0]
    pairs = [(int(date["first"]), int(date["second"])) for date in _NUMERIC_DATE.finditer(text)]
    day_first = {first > _MONTHS_IN_YEAR for first, second in pairs if max(first, second) > _MONTHS_IN_YEAR}
    return days[0 if day_first.pop() else 1] if len(day_first) == 1 else None
