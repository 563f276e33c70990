"""The ownership tree: who owns a thing on its left, what it owns on its right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.export.palette import THEMES
from kgraph.export.selection import disputed_facts, find_entity
from kgraph.export.sheet import MARGIN, Sheet, extent, shape, source_line, wrapped
from kgraph.export.words import phrase
from kgraph.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kgraph.export.palette import ThemeName
    from kgraph.export.sheet import PictureFormat
    from kgraph.model import Entity, Fact, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["ownership"]

_OWNING = frozenset({"ownsStakeIn", "investedIn", "acquired"})
_OWNED = "subsidiaryOf"
_MOST = 16
"""Owners or holdings of one thing; the best-supported come first."""
_NOT_YET = {Status.RUMOURED, Status.IN_TALKS, Status.DENIED, Status.TERMINATED}
_ROW, _GAP, _HEAD, _FOOT = 34.0, 26.0, 64.0, 10.0
_TEXT, _NOTE, _MARK = 9.5, 7.5, 6.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """That one thing owns, or is to own, part of another."""

    owner: str
    owned: str
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class _Branch:
    """A thing in the tree, `side` steps to the right of the focus (to the left where it is negative)."""

    entity: Entity
    link: _Link | None
    side: int
    y: float
    children: tuple[_Branch, ...]
    seen: bool
    """Whether it stands in the tree already, so that its own branches are not repeated."""


def ownership(
    knowledge: Knowledge,
    ontology: Ontology,
    *,
    focus: str | None = None,
    hops: int = 3,
    theme: ThemeName = "light",
    format: PictureFormat = "svg",  # noqa: A002 - the word every drawing library uses
    title: str | None = None,
    source: str | None = None,
) -> bytes:
    """Owners and holdings of `focus`, by default of the thing with most of them, at most `hops` steps away.

    Raises `GraphError` where the focus is not in the graph.
    """
    links = _links(knowledge)
    entities: dict[str, Entity] = {entity.id: entity for entity in knowledge.entities}
    root = find_entity(knowledge, focus) if focus is not None else _busiest(links, entities)
    if root is None:
        return _nothing(knowledge, theme, format, title, source)
    sides = _grouped(links, by_owner=False), _grouped(links, by_owner=True)
    left, right = _grow(root, entities, sides[0], -1, hops), _grow(root, entities, sides[1], 1, hops)
    middle = max(_height(left), _height(right)) / 2
    branches = [_shifted(left, middle - left.y), _shifted(right, middle - right.y)]
    columns = _columns(branches, ontology)
    height = max(each.y for branch in branches for each in _walk(branch)) + _ROW
    sheet = Sheet.of(max(columns[max(columns)][1] + MARGIN, 640.0), height + 2 * MARGIN + _HEAD + _FOOT, THEMES[theme])
    heading = title or f"Who owns whom: {root.label}"
    cut = sum(
        max(0, len(groups.get(each.entity.id, ())) - _MOST)
        for branch, groups in zip(branches, sides, strict=True)
        for each in _walk(branch)
        if each.children
    )
    left_out = f" · {cut} less-reported ones left out" if cut else ""
    planned = "solid: done or planned; dotted: rumoured, in talks or called off; dashed: sources disagree"
    sheet.frame(heading, f"owners on the left, holdings on the right · {planned}{left_out}", source_line(knowledge, source))
    for each in (each for branch in branches for each in _walk(branch)):
        _draw(sheet, each, columns, ontology, disputed_facts(knowledge.disagreements))
    return sheet.bytes(format, heading)


def _nothing(knowledge: Knowledge, theme: ThemeName, kind: PictureFormat, title: str | None, source: str | None) -> bytes:
    sheet = Sheet.of(560.0, 160.0, THEMES[theme])
    heading = title or "Who owns whom"
    sheet.frame(heading, "Nothing in this graph owns another thing", source_line(knowledge, source))
    return sheet.bytes(kind, heading)


def _links(knowledge: Knowledge) -> list[_Link]:
    """One link for each pair, the best-supported fact speaking for it; denied facts are none."""
    ids = {entity.id for entity in knowledge.entities}
    best: dict[tuple[str, str], _Link] = {}
    for fact in sorted(knowledge.facts, key=lambda fact: (fact.stake is None, -len(fact.claims), fact.id)):
        if fact.object not in ids or fact.negative or fact.predicate not in _OWNING | {_OWNED}:
            continue
        ends = (fact.subject, str(fact.object)) if fact.predicate in _OWNING else (str(fact.object), str(fact.subject))
        best.setdefault(ends, _Link(owner=ends[0], owned=ends[1], fact=fact))
    return sorted(best.values(), key=lambda link: (-len(link.fact.claims), link.owner, link.owned))


def _busiest(links: list[_Link], entities: Mapping[str, Entity]) -> Entity | None:
    count: dict[str, int] = defaultdict(int)
    for link in links:
        count[link.owner] += 1
        count[link.owned] += 1
    return entities[max(count, key=lambda key: (count[key], key))] if count else None


def _grouped(links: list[_Link], *, by_owner: bool) -> dict[str, list[_Link]]:
    groups: dict[str, list[_Link]] = defaultdict(list)
    for link in links:
        groups[link.owner if by_owner else link.owned].append(link)
    return groups


def _grow(root: Entity, entities: Mapping[str, Entity], links: Mapping[str, list[_Link]], step: int, hops: int) -> _Branch:
    """The tree in one direction; every leaf takes one row, every parent stands in the middle of its children."""
    placed: set[str] = set()
    row = 0.0

    def branch(entity: Entity, link: _Link | None, side: int) -> _Branch:
        nonlocal row
        seen = entity.id in placed
        placed.add(entity.id)
        onward = [] if seen or abs(side) >= hops else links.get(entity.id, [])[:_MOST]
        children = tuple(branch(entities[each.owned if step > 0 else each.owner], each, side + step) for each in onward)
        if children:
            y = (children[0].y + children[-1].y) / 2
        else:
            y = row
            row += _ROW
        return _Branch(entity=entity, link=link, side=side, y=y, children=children, seen=seen)

    return branch(root, None, 0)


def _walk(branch: _Branch) -> Iterator[_Branch]:
    yield branch
    for child in branch.children:
        yield from _walk(child)


def _height(branch: _Branch) -> float:
    return max(each.y for each in _walk(branch))


def _shifted(branch: _Branch, by: float) -> _Branch:
    return replace(branch, y=branch.y + by, children=tuple(_shifted(child, by) for child in branch.children))


def _label(branch: _Branch) -> str:
    return wrapped(branch.entity.label, 30, 1) + (" (see above)" if branch.seen else "")


def _note(branch: _Branch, ontology: Ontology) -> str:
    return wrapped(phrase(branch.link.fact, ontology), 34, 1) if branch.link else ""


def _columns(branches: list[_Branch], ontology: Ontology) -> dict[int, tuple[float, float]]:
    """Left and right edge of each column: as wide as its longest words."""
    width: dict[int, float] = defaultdict(float)
    for branch in branches:
        for each in _walk(branch):
            words = max(extent(_label(each), _TEXT, "bold")[0], extent(_note(each, ontology), _NOTE)[0])
            width[each.side] = max(width[each.side], words + 2 * _MARK + 8)
    edges, left = {}, MARGIN
    for side in sorted(width):
        edges[side] = (left, left + width[side])
        left += width[side] + _GAP
    return edges


def _draw(sheet: Sheet, branch: _Branch, columns: Mapping[int, tuple[float, float]], ontology: Ontology, disputed: frozenset[str]) -> None:
    top = sheet.height - MARGIN - _HEAD
    x, y = columns[branch.side][0] + _MARK, top - branch.y
    color = sheet.theme.types[branch.entity.type]
    sheet.axes.add_patch(
        shape(branch.entity.type, x, y, _MARK * (1.25 if branch.side == 0 else 1), facecolor=color, edgecolor="none", zorder=3)
    )
    note = _note(branch, ontology)
    sheet.text(x + _MARK + 6, y + (5 if note else 0), _label(branch), size=_TEXT, fontweight="bold", va="center", zorder=4, halo=True)
    if note:
        sheet.text(x + _MARK + 6, y - 7, note, size=_NOTE, color=sheet.theme.muted, va="center", zorder=4, halo=True)
    for child in branch.children:
        _join(sheet, branch, child, columns, top, is_disputed=child.link is not None and child.link.fact.id in disputed)


def _join(
    sheet: Sheet, branch: _Branch, child: _Branch, columns: Mapping[int, tuple[float, float]], top: float, *, is_disputed: bool
) -> None:
    """Three straight lines between two columns."""
    left, right = (branch, child) if branch.side < child.side else (child, branch)
    start, end = columns[left.side][1] + 2, columns[right.side][0] - 4
    bend = end - _GAP / 3 if branch is left else start + _GAP / 3
    doubtful = child.link is not None and child.link.fact.status in _NOT_YET
    style = {"color": sheet.theme.disputed if is_disputed else sheet.theme.edge, "linewidth": 1.1, "zorder": 2 if is_disputed else 1}
    style["linestyle"] = (0, (5, 2.5)) if is_disputed else (0, (1, 1.8)) if doubtful else "-"
    y_left, y_right = top - left.y, top - right.y
    sheet.line((start, y_left), (bend, y_left), **style)
    sheet.line((bend, y_left), (bend, y_right), **style)
    sheet.line((bend, y_right), (end, y_right), **style)
