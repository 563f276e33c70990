"""The timeline picture: what happened when, one row for each stage of an event, the earliest on top."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from matplotlib.patches import FancyBboxPatch

from kgraph.export.disputes import Dispute, dispute_words, disputed_claims
from kgraph.export.palette import THEMES
from kgraph.export.pictures.day_axis import DayScale, day_scale
from kgraph.export.pictures.sheet import MARGIN, Sheet
from kgraph.export.pictures.typesetting import extent, wrapped
from kgraph.export.selection import View, admits, sources
from kgraph.export.wording.sentences import sentence
from kgraph.export.wording.sources import source_line
from kgraph.lookup import find_entity
from kgraph.model import Status
from kgraph.period import Period
from kgraph.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kgraph.choices import PictureFormat, ThemeName
    from kgraph.model import Claim, Fact, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["days_of", "timeline"]

_ROW, _HEAD, _FOOT = 21.0, 48.0, 36.0
_WIDTH, _PLOT_LEFT = 860.0, 110.0
_TEXT, _MARK = 9.0, 6.0
_TOP = 40
_DAY_TEXT, _DAYS_APART, _BREAK_MARK = 8.0, 6.0, 7.0
"""Days below the line: their letters, the room between two, and half of what a break takes."""
_NAME_LETTERS = 38
"""What is longer is cut, lest the name of one side leave no room for the other."""
_DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stage:
    """One stage of an event, when it was reached or first told."""

    fact: Fact
    """The event as the claims of this stage tell it."""
    first: dt.date
    last: dt.date
    dated: bool
    """Whether an article says when; otherwise the dates are those of the articles."""
    words: str = ""
    disputed: Dispute | None = None


def timeline(
    knowledge: Knowledge,
    ontology: Ontology,
    *,
    view: View | None = None,
    theme: ThemeName = "light",
    format: PictureFormat = "svg",  # noqa: A002 - the word every drawing library uses
    title: str | None = None,
    source: str | None = None,
) -> bytes:
    """The events that `view` admits, or those of its focus alone, on a line of days, each stage of an event on its own day.

    The `top` best-supported events (40) are drawn. Raises `GraphError` where the focus is not in the graph.
    """
    view = view or View()
    entity = find_entity(knowledge, view.focus) if view.focus is not None else None
    events = [stages for fact, stages in _events(knowledge, ontology, view) if entity is None or entity.id in (fact.subject, fact.object)]
    found = [stages for stages in events if stages]
    kept = sorted(found, key=lambda stages: (-sum(len(each.fact.claims) for each in stages), -stages[0].fact.confidence, stages[0].fact.id))
    kept = kept[: view.top or _TOP]
    rows = sorted(
        (each for stages in kept for each in stages), key=lambda each: (each.first, each.last, each.fact.id, each.fact.status or "")
    )
    sheet = Sheet.of(_WIDTH, 2 * MARGIN + _HEAD + _FOOT + _ROW * max(len(rows), 2), THEMES[theme])
    heading = title or ("What happened when" + (f": {entity.label}" if entity else ""))
    articles = sources(knowledge, (claim for each in rows for claim in each.fact.claims))
    sheet.frame(heading, _explained(len(kept), rows, len(found) - len(kept), len(events) - len(found)), source_line(articles, source))
    if rows:
        _plot(sheet, rows)
    return sheet.bytes(format, heading)


def _explained(events: int, rows: Sequence[_Stage], left_out: int, undated: int) -> str:
    """How many events there are, what a hollow mark means, and how many are not drawn."""
    without = f" \N{MIDDLE DOT} {undated} undated not shown" if undated else ""
    if not rows:
        return "No event that has a day" + without
    words = counted(events, "event") + (f" in {len(rows)} stages" if len(rows) > events else "")
    if not all(each.dated for each in rows):
        words += "; hollow: no date in the text, so the day of the article"
    if any(each.disputed for each in rows):
        words += f"; orange diamond: {dispute_words(each.disputed for each in rows)}"
    return words + (f" \N{MIDDLE DOT} {left_out} less-reported events left out" if left_out else "") + without


def _events(knowledge: Knowledge, ontology: Ontology, view: View) -> Iterator[tuple[Fact, list[_Stage]]]:
    """Each event with its stages; one that has no day has none."""
    claims = {claim.id: claim for claim in knowledge.claims}
    published = {article.id: article.date for article in knowledge.articles}
    labels: dict[str, str] = {entity.id: wrapped(entity.label, _NAME_LETTERS, 1) for entity in knowledge.entities}
    disputed = disputed_claims(knowledge)
    for fact in knowledge.facts:
        rule = ontology.predicates.get(fact.predicate)
        if rule is None or not rule.is_event or not admits(fact, view, labels):
            continue
        stages = _stages(fact, [claims[claim] for claim in fact.claims if claim in claims], published)
        if not stages:
            yield fact, []
        if view.statuses is not None:
            stages = [each for each in stages if each.fact.status in view.statuses]
        if stages := _in_order(stages, ontology):
            # A single stage that is done needs no word for it; among others it does.
            done = ", completed" if len(stages) > 1 else ""
            yield (
                fact,
                [
                    replace(
                        each,
                        words=wrapped(sentence(each.fact, ontology, labels) + done * (each.fact.status is Status.COMPLETED), 96, 1),
                        disputed=min(
                            (disputed[claim] for claim in each.fact.claims if claim in disputed), key=list(Dispute).index, default=None
                        ),
                    )
                    for each in stages
                ],
            )


def _stages(fact: Fact, claims: Iterable[Claim], published: Mapping[str, dt.date | None]) -> list[_Stage]:
    by_status: dict[Status | None, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (published[claim.article] or dt.date.max, claim.id)):
        by_status[claim.status].append(claim)
    stages = []
    for status, told in by_status.items():
        said = sorted((days for claim in told if (days := days_of(claim.when))), key=lambda days: (days[1] - days[0], days))
        reported = [(day, day) for claim in told if (day := published[claim.article])]
        for first, last in (said or reported)[:1]:
            stages.append(_Stage(fact=_as_told(fact, status, told), first=first, last=last, dated=bool(said)))
    return stages


def _as_told(fact: Fact, status: Status | None, told: Sequence[Claim]) -> Fact:
    """A fact as it stood at one stage: what the last stage knows, such as the final sum, is not said of the others."""
    claims = tuple(sorted(claim.id for claim in told))
    if status is fact.status:
        return replace(fact, claims=claims)
    amount, stake = (next((said for claim in told if (said := getattr(claim, name))), None) for name in ("amount", "stake"))
    return replace(fact, status=status, claims=claims, amount=amount, stake=stake, negative=all(claim.negative for claim in told))


def _in_order(stages: Sequence[_Stage], ontology: Ontology) -> list[_Stage]:
    """The stages without those that are only looked back on: told, undated, no earlier than what came after them."""

    def place(stage: _Stage) -> int:
        status = stage.fact.status
        return 0 if status is None or status is Status.TERMINATED else ontology.statuses[status].stage

    def looks_back(stage: _Stage) -> bool:
        later = (each for each in stages if place(each) > place(stage) and each.first <= stage.first)
        return not stage.dated and (place(stage) > 0 or stage.fact.status is None) and any(later)

    return [stage for stage in stages if not looks_back(stage)]


def days_of(when: str | None) -> tuple[dt.date, dt.date] | None:
    """The first and last day of an EDTF date or interval, or of the beginning of one without end; None where it has no beginning.

    >>> days_of("2024-02~")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    period = Period.of(when.removesuffix("/..")) if when else None
    return None if period is None or period.start == dt.date.min else (period.start, period.end)


def _plot(sheet: Sheet, stages: Sequence[_Stage]) -> None:
    """Rows from top to bottom."""
    scale = day_scale([(each.first, each.last) for each in stages], MARGIN + _PLOT_LEFT, sheet.width - MARGIN - 10)
    top = sheet.height - MARGIN - _HEAD
    _axis(sheet, scale, bottom=MARGIN + _FOOT, top=top)
    for number, each in enumerate(stages):
        _row(sheet, each, scale, top - (number + 0.5) * _ROW)


def _row(sheet: Sheet, each: _Stage, scale: DayScale, y: float) -> None:
    """One stage; its words stand on the side of the mark where there is room."""
    start, end = scale.at(each.first), scale.at(each.last)
    color = sheet.theme.disputed if each.disputed else sheet.theme.ink if each.dated else sheet.theme.edge
    width = extent(each.words, _TEXT)[0]
    right, left = end + 10 + width <= scale.right, start - 10 - width >= scale.left
    line = y
    if not (right or left):  # the words stand above the mark
        y, line = y + 4, y - 6
    if end - start > _MARK:
        bar = FancyBboxPatch(
            (start, line - 3), end - start, 6, boxstyle="round,pad=0,rounding_size=3", facecolor=color, alpha=0.45, linewidth=0
        )
        sheet.axes.add_patch(bar)
    else:
        end = start
        sheet.dot(start, line, color=color, hollow=not each.dated, marker="D" if each.disputed else "o")
    sheet.text(MARGIN, y, _day_words(each), size=8, color=sheet.theme.muted, va="center")
    style: dict[str, Any] = {
        "size": _TEXT,
        "color": sheet.theme.disputed if each.disputed else sheet.theme.ink,
        "va": "center",
        "zorder": 4,
        "halo": True,
    }
    if left and not right:
        sheet.text(start - 10, y, each.words, ha="right", **style)
    else:
        sheet.text(min(end + 10, scale.right - width), y, each.words, **style)
    # A thin line leads from the day to the mark, and no further: it would strike the words through.
    reach = start - 14 - width if left and not right else start - _MARK
    sheet.line((scale.left, line), (max(reach, scale.left), line), linewidth=0.5, zorder=1)


def _day_words(each: _Stage) -> str:
    if each.first == each.last:
        return f"{each.first.day} {each.first:%b %Y}"
    if (each.first.month, each.first.day, each.last.month, each.last.day) == (1, 1, _DECEMBER, 31):
        return f"{each.first.year}" if each.first.year == each.last.year else f"{each.first.year}\N{EN DASH}{each.last.year}"
    if (each.first.year, each.first.month) == (each.last.year, each.last.month):
        return f"{each.first:%b %Y}"
    return f"{each.first:%b %Y} \N{EN DASH} {each.last:%b %Y}"


def _axis(sheet: Sheet, scale: DayScale, *, bottom: float, top: float) -> None:
    taken = [(x - _BREAK_MARK, x + _BREAK_MARK) for x in scale.breaks]
    for x, words in scale.ticks():
        sheet.line((x, bottom - 4), (x, top), zorder=0)
        width = extent(words, _DAY_TEXT)[0]
        for left in (x - width / 2, x, x - width):  # below its line or, where a break or another day is near, beside it
            if all(left > end or left + width < start for start, end in taken):
                sheet.text(left, bottom - 16, words, size=_DAY_TEXT, color=sheet.theme.muted)
                taken.append((left - _DAYS_APART, left + width + _DAYS_APART))
                break
    for x in scale.breaks:
        for shift in (-2.5, 2.5):
            sheet.line((x + shift - 3, bottom - 12), (x + shift + 3, bottom - 2), color=sheet.theme.muted, linewidth=1.0)
            sheet.line((x + shift, bottom), (x + shift, top), linestyle=(0, (1, 3)), zorder=0)
