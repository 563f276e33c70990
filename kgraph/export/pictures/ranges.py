"""The range picture: what each source allows an amount to be, and what remains when all are taken together."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from kgraph.export.disputes import differing, where_words
from kgraph.export.palette import THEMES
from kgraph.export.pictures.sheet import MARGIN, Scale, Sheet
from kgraph.export.pictures.typesetting import extent, fitted, wrapped
from kgraph.export.selection import View, admits, sources
from kgraph.export.wording.figures import figure
from kgraph.export.wording.sentences import predicate_words, status_words
from kgraph.export.wording.sources import source_line
from kgraph.lookup import find_entity
from kgraph.model import EntityType, Quantity
from kgraph.ontology.currencies import is_money

if TYPE_CHECKING:
    from kgraph.choices import PictureFormat, ThemeName
    from kgraph.model import Claim, ClaimId, Fact, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["ranges"]

_ROW, _PANEL_HEAD, _PANEL_FOOT, _HEAD, _FOOT = 26.0, 30.0, 34.0, 48.0, 10.0
_WIDTH, _NAMES = 820.0, 230.0
_NAME_TEXT = 9
_TOP = 6
_LABEL_LETTERS = 36
"""Of a name in a heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Panel:
    """One disputed quantity: the fact, which of its properties, and what each source says."""

    title: str
    rows: tuple[tuple[str, str, Quantity], ...]
    """Source and date, status, quantity."""
    claims: tuple[ClaimId, ...]
    articles: int
    """In how many articles they stand."""
    merged: Quantity | None

    @property
    def unit(self) -> str | None:
        """The unit of the axis: that of the merged value, as far as a source tells it."""
        told = [said.unit for _, _, said in self.rows]
        return self.merged.unit if self.merged is not None and self.merged.unit in told else told[0]

    def holds(self, said: Quantity) -> bool:
        """Whether a figure has its place on the axis: one in another currency has none."""
        return said.unit == self.unit or not (is_money(said.unit) or is_money(self.unit))

    @property
    def height(self) -> float:
        return _PANEL_HEAD + _ROW * len(self.rows) + _PANEL_FOOT


def ranges(
    knowledge: Knowledge,
    ontology: Ontology,
    *,
    view: View | None = None,
    theme: ThemeName = "light",
    format: PictureFormat = "svg",  # noqa: A002 - the word every drawing library uses
    title: str | None = None,
    source: str | None = None,
) -> bytes:
    """The amounts and stakes on which sources differ, of what `view` admits and its focus alone: each source's interval as a bar.

    The `top` gravest (6) are drawn. Raises `GraphError` where the focus is not in the graph.
    """
    view = view or View()
    entity = find_entity(knowledge, view.focus) if view.focus is not None else None
    things = {each.id for each in knowledge.entities}
    found = [
        panel
        for fact, panel in _panels(knowledge, ontology)
        if admits(fact, view, things) and (entity is None or entity.id in (fact.subject, fact.object))
    ]
    panels = found[: view.top or _TOP]
    sheet = Sheet.of(_WIDTH, 2 * MARGIN + _HEAD + _FOOT + (sum(panel.height for panel in panels) or 60.0), THEMES[theme])
    alone = bool(panels) and all(panel.articles == 1 for panel in panels)
    differs = "Amounts that differ within one article" if alone else "Where sources differ on amounts"
    heading = title or differs + (f": {entity.label}" if entity else "")
    left_out = f" · {len(found) - len(panels)} milder differences left out" if len(found) > len(panels) else ""
    explained = "bar: what the words allow; dot: the figure said; green band: the value taken"
    articles = sources(knowledge, (claim for panel in panels for claim in panel.claims))
    sheet.frame(heading, (explained if panels else "No source differs from another on an amount") + left_out, source_line(articles, source))
    y = sheet.height - MARGIN - _HEAD
    for panel in panels:
        _draw(sheet, panel, y)
        y -= panel.height
    return sheet.bytes(format, heading)


def _panels(knowledge: Knowledge, ontology: Ontology) -> list[tuple[Fact, _Panel]]:
    """The most severe difference first."""
    facts = {fact.id: fact for fact in knowledge.facts}
    claims = {claim.id: claim for claim in knowledge.claims}
    seen: dict[tuple[str, str], tuple[Fact, _Panel]] = {}
    for each in sorted(differing(knowledge.disagreements), key=lambda each: (-each.severity, -(each.gap or 0), each.id)):
        for key in each.facts:
            name = each.property if each.property in ("amount", "stake") else "object"
            if key not in facts or (key, name) in seen:
                continue
            panel = _panel(facts[key], name, [claims[claim] for claim in facts[key].claims if claim in claims], knowledge, ontology)
            if sum(panel.holds(said) for *_, said in panel.rows) > 1:
                seen[key, name] = facts[key], panel
    return list(seen.values())


def _panel(fact: Fact, name: str, claims: list[Claim], knowledge: Knowledge, ontology: Ontology) -> _Panel:
    labels: dict[str, str] = {entity.id: wrapped(entity.label, _LABEL_LETTERS, 1) for entity in knowledge.entities}
    articles = {article.id: article for article in knowledge.articles}
    rows: dict[tuple[str, Quantity], tuple[str, str, Quantity]] = {}
    for claim in sorted(claims, key=lambda claim: (str(articles[claim.article].date or ""), claim.id)):
        said, article = getattr(claim, name), articles[claim.article]
        if isinstance(said, Quantity) and any(end is not None for end in (said.low, said.value, said.high)):
            day = f"{article.date.day} {article.date:%b %Y}" if article.date else ""
            room = _NAMES - 14 - extent(f", {day}", _NAME_TEXT)[0]
            outlet = fitted(article.publisher or article.title or article.id, _NAME_TEXT, room)
            # An article that repeats itself is one row.
            rows.setdefault(
                (article.id, replace(said, text="")), (", ".join(part for part in (outlet, day) if part), status_words(claim.status), said)
            )
    target = labels.get(fact.object, "") if isinstance(fact.object, str) else ""
    words = f"{labels.get(fact.subject, fact.subject)} {predicate_words(fact.predicate, ontology)} {target}".strip()
    merged = getattr(fact, name)
    return _Panel(
        title=words + (f": {name}" if name != "object" else ""),
        rows=tuple(rows.values()),
        claims=tuple(claim.id for claim in claims),
        articles=len({article for article, _ in rows}),
        merged=merged if isinstance(merged, Quantity) else None,
    )


def _scale(panel: _Panel, left: float, right: float) -> Scale:
    """An axis over all figures that have their place on it, with some room where a side is open."""
    quantities = [row[2] for row in panel.rows if panel.holds(row[2])]
    ends = [float(end) for each in quantities for end in (each.low, each.value, each.high) if end is not None]
    low, high = min(ends), max(ends)
    room = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
    open_low = any(each.low is None for each in quantities)
    open_high = any(each.high is None for each in quantities)
    least = 0.0 if low >= 0 else -math.inf
    return Scale(
        low=max(low - room * (2 if open_low else 1), least),
        high=high + room * (2 if open_high else 1),
        left=left,
        right=right,
    )


def _draw(sheet: Sheet, panel: _Panel, top: float) -> None:
    scale = _scale(panel, MARGIN + _NAMES, sheet.width - MARGIN - 12)
    first, bottom = top - _PANEL_HEAD, top - _PANEL_HEAD - _ROW * len(panel.rows)
    sheet.text(MARGIN, top - 14, panel.title, size=11, fontweight="bold")
    if panel.articles == 1:
        left = MARGIN + extent(panel.title, 11, "bold")[0] + 10
        sheet.text(left, top - 14, where_words(1), size=8.5, color=sheet.theme.muted)
    values = MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]).tick_values(scale.low, scale.high)
    ticks = [float(tick) for tick in values if scale.low <= tick <= scale.high]
    for tick in ticks:
        sheet.line((scale.at(tick), bottom - 4), (scale.at(tick), first), zorder=0)
        sheet.text(scale.at(tick), bottom - 16, _tick(tick, panel.unit), size=8, color=sheet.theme.muted, ha="center")
    if panel.merged is not None and panel.holds(panel.merged):
        start, end = (scale.at(float(each)) for each in _bounds(panel.merged, scale))
        color = sheet.theme.types[EntityType.PLACE]
        sheet.axes.add_patch(
            Rectangle((start, bottom), max(end - start, 2), first - bottom, facecolor=color, alpha=0.28, linewidth=0, zorder=0)
        )
    for number, row in enumerate(panel.rows):
        y = first - (number + 0.5) * _ROW
        _name(sheet, row, y)
        if panel.holds(row[2]):
            _bar(sheet, row[2], scale, y)
        else:
            sheet.text(
                scale.at(ticks[0]) + 6 if ticks else scale.left,
                y,
                "in another currency",
                size=8,
                color=sheet.theme.muted,
                va="center",
                halo=True,
            )


def _name(sheet: Sheet, row: tuple[str, str, Quantity], y: float) -> None:
    """Who says what, and how far it has come."""
    name, status, said = row
    sheet.text(MARGIN, y + 4, name, size=_NAME_TEXT, va="center")
    sheet.text(MARGIN, y - 7, ", ".join(part for part in (figure(said), status) if part), size=8, color=sheet.theme.muted, va="center")


def _bar(sheet: Sheet, said: Quantity, scale: Scale, y: float) -> None:
    """What one source allows; an arrowhead where it sets no limit."""
    low, high = _bounds(said, scale)
    color = sheet.theme.types[EntityType.ORGANIZATION]
    sheet.line((scale.at(low), y), (scale.at(high), y), color=color, linewidth=6, alpha=0.55, solid_capstyle="butt", zorder=2)
    for bound, end, marker in ((said.low, low, "<"), (said.high, high, ">")):
        if bound is None:
            sheet.axes.plot([scale.at(end)], [y], marker=marker, markersize=8, color=color, zorder=3)
    if said.value is not None:
        sheet.dot(scale.at(float(said.value)), y, color=color)


def _bounds(said: Quantity, scale: Scale) -> tuple[float, float]:
    return scale.low if said.low is None else float(said.low), scale.high if said.high is None else float(said.high)


def _tick(value: float, unit: str | None) -> str:
    """A round figure in the unit of the panel."""
    return figure(Quantity(text="", unit=unit, value=Decimal(f"{value:.10g}"), low=None, high=None))
