"""The timeline picture: what happened when, one row for each event, the earliest on top."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matplotlib.patches import FancyBboxPatch

from kgraph.export.palette import THEMES
from kgraph.export.selection import disputed_facts, find_entity
from kgraph.export.sheet import MARGIN, Scale, Sheet, extent, source_line, wrapped
from kgraph.export.words import sentence

if TYPE_CHECKING:
    from kgraph.export.palette import ThemeName
    from kgraph.export.sheet import PictureFormat
    from kgraph.model import Fact, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["days_of", "timeline"]

_ROW, _HEAD, _FOOT = 21.0, 48.0, 36.0
_WIDTH, _PLOT_LEFT = 860.0, 110.0
_TEXT, _MARK = 9.0, 6.0
_DECEMBER = 12
_PARTS = {
    "21": ("3", "5"),
    "22": ("6", "8"),
    "23": ("9", "11"),
    "24": ("12", "12"),
    "33": ("1", "3"),
    "34": ("4", "6"),
    "35": ("7", "9"),
    "36": ("10", "12"),
    "40": ("1", "6"),
    "41": ("7", "12"),
}
"""EDTF's codes for seasons, quarters and halves: first and last month."""
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
_FEWEST, _MOST = 3, 9
_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?(?:/(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    fact: Fact
    first: dt.date
    last: dt.date
    dated: bool
    """Whether an article says when; otherwise the dates are those of the articles."""
    words: str
    disputed: bool


def timeline(
    knowledge: Knowledge,
    ontology: Ontology,
    *,
    focus: str | None = None,
    top: int = 40,
    theme: ThemeName = "light",
    format: PictureFormat = "svg",  # noqa: A002 - the word every drawing library uses
    title: str | None = None,
    source: str | None = None,
) -> bytes:
    """The events of a graph, or of `focus` alone, on a line of days; the `top` best-supported where there are more.

    Raises `GraphError` where the focus is not in the graph.
    """
    entity = find_entity(knowledge, focus) if focus is not None else None
    found = [each for each in _events(knowledge, ontology) if entity is None or entity.id in (each.fact.subject, each.fact.object)]
    kept = sorted(found, key=lambda each: (-len(each.fact.claims), -each.fact.confidence, each.fact.id))[:top]
    events = sorted(kept, key=lambda each: (each.first, each.last, each.fact.id))
    sheet = Sheet.of(_WIDTH, 2 * MARGIN + _HEAD + _FOOT + _ROW * max(len(events), 2), THEMES[theme])
    heading = title or ("What happened when" + (f": {entity.label}" if entity else ""))
    left_out = f" · {len(found) - len(kept)} less-reported events left out" if len(found) > len(kept) else ""
    sheet.frame(
        heading, f"{len(events)} events; hollow: no date in the text, so the day of the article{left_out}", source_line(knowledge, source)
    )
    if events:
        _plot(sheet, events)
    return sheet.bytes(format, heading)


def _events(knowledge: Knowledge, ontology: Ontology) -> list[_Event]:
    labels: dict[str, str] = {entity.id: entity.label for entity in knowledge.entities}
    published = {article.id: article.date for article in knowledge.articles}
    article_of = {claim.id: claim.article for claim in knowledge.claims}
    disputed = disputed_facts(knowledge.disagreements)
    events = []
    for fact in knowledge.facts:
        rule = ontology.predicates.get(fact.predicate)
        if rule is None or not rule.is_event:
            continue
        said = days_of(fact.when)
        days = said or _reported([published.get(article_of.get(claim, "")) for claim in fact.claims])
        if days is None:
            continue
        words = wrapped(sentence(fact, ontology, labels), 96, 1)
        events.append(_Event(fact=fact, first=days[0], last=days[1], dated=said is not None, words=words, disputed=fact.id in disputed))
    return events


def _reported(days: list[dt.date | None]) -> tuple[dt.date, dt.date] | None:
    known = sorted(day for day in days if day)
    return (known[0], known[0]) if known else None


def days_of(when: str | None) -> tuple[dt.date, dt.date] | None:
    """The first and last day of an EDTF date or interval; None where it names none.

    >>> days_of("2024-02~")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    match = _EDTF.fullmatch(when.removesuffix("/..")) if when else None
    if match is None:
        return None
    try:
        first, last = _span(*match.group(1, 2, 3))
        return (first, _span(*match.group(4, 5, 6))[1]) if match[4] else (first, last)
    except ValueError:
        return None


def _span(year: str, month: str | None, day: str | None) -> tuple[dt.date, dt.date]:
    """The days of a year, a month, a part of a year or a day; raises `ValueError` where there is none such."""
    first, last = _PARTS.get(month or "", (month or "1", month or "12"))
    if day is not None:
        return dt.date(int(year), int(first), int(day)), dt.date(int(year), int(first), int(day))
    if not 1 <= int(last) <= _DECEMBER:
        raise ValueError(last)
    return dt.date(int(year), int(first), 1), dt.date(int(year), int(last), calendar.monthrange(int(year), int(last))[1])


def _plot(sheet: Sheet, events: list[_Event]) -> None:
    """Rows from top to bottom."""
    first, last = min(each.first for each in events), max(each.last for each in events)
    scale = Scale(
        low=first.toordinal(),
        high=max(last, first + dt.timedelta(1)).toordinal(),
        left=MARGIN + _PLOT_LEFT,
        right=sheet.width - MARGIN - 10,
    )
    top = sheet.height - MARGIN - _HEAD
    _axis(sheet, scale, bottom=MARGIN + _FOOT, top=top)
    for number, each in enumerate(events):
        _row(sheet, each, scale, top - (number + 0.5) * _ROW)


def _row(sheet: Sheet, each: _Event, scale: Scale, y: float) -> None:
    """One event; its words stand on the side of the mark where there is room."""
    start, end = scale.at(each.first.toordinal()), scale.at(each.last.toordinal())
    color = sheet.theme.disputed if each.disputed else sheet.theme.ink if each.dated else sheet.theme.edge
    sheet.line((scale.left, y), (scale.right, y), linewidth=0.5, zorder=1)
    if end - start > _MARK:
        bar = FancyBboxPatch(
            (start, y - 3), end - start, 6, boxstyle="round,pad=0,rounding_size=3", facecolor=color, alpha=0.45, linewidth=0
        )
        sheet.axes.add_patch(bar)
    else:
        end = start
        sheet.dot(start, y, color=color, hollow=not each.dated)
    sheet.text(MARGIN, y, _day_words(each), size=8, color=sheet.theme.muted, va="center")
    width = extent(each.words, _TEXT)[0]
    style: dict[str, Any] = {
        "size": _TEXT,
        "color": sheet.theme.disputed if each.disputed else sheet.theme.ink,
        "va": "center",
        "zorder": 4,
        "halo": True,
    }
    if end + 10 + width > scale.right and start - 10 - width > scale.left:
        sheet.text(start - 10, y, each.words, ha="right", **style)
    else:
        sheet.text(min(end + 10, scale.right - width), y, each.words, **style)


def _day_words(each: _Event) -> str:
    if each.first == each.last:
        return f"{each.first.day} {each.first:%b %Y}"
    if (each.first.month, each.first.day, each.last.month, each.last.day) == (1, 1, _DECEMBER, 31):
        return f"{each.first.year}" if each.first.year == each.last.year else f"{each.first.year}\N{EN DASH}{each.last.year}"
    if (each.first.year, each.first.month) == (each.last.year, each.last.month):
        return f"{each.first:%b %Y}"
    return f"{each.first:%b %Y} \N{EN DASH} {each.last:%b %Y}"


def _axis(sheet: Sheet, scale: Scale, *, bottom: float, top: float) -> None:
    for day, words in _ticks(dt.date.fromordinal(int(scale.low)), dt.date.fromordinal(int(scale.high))):
        x = scale.at(day.toordinal())
        sheet.line((x, bottom - 4), (x, top), zorder=0)
        sheet.text(x, bottom - 16, words, size=8, color=sheet.theme.muted, ha="center")


def _ticks(first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """At most nine round days: first days of years or months, else every few days."""
    months = [dt.date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    for step in _MONTH_STEPS:
        days = [day for day in months if first <= day <= last and (day.year * 12 + day.month - 1) % step == 0]
        if _FEWEST <= len(days) <= _MOST:
            return [(day, f"{day:%Y}" if step % 12 == 0 else f"{day:%b %Y}") for day in days]
    step = max(1, -(-(last - first).days // _MOST))
    return [(day, f"{day.day} {day:%b}") for day in (first + dt.timedelta(n) for n in range(0, (last - first).days + 1, step))]
