"""The ownership picture: who owns a thing on its left, what it owns on its right; one tree for each group of owners."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kgraph.export.disputes import dispute_words, disputes
from kgraph.export.palette import THEMES
from kgraph.export.selection import View, admits, sources
from kgraph.export.sheet import MARGIN, Sheet, extent, shape, source_line, wrapped
from kgraph.export.stages import staged_figures
from kgraph.export.words import phrase
from kgraph.finding import find_entity
from kgraph.model import Status
from kgraph.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kgraph.export.disputes import Dispute
    from kgraph.export.palette import ThemeName
    from kgraph.export.sheet import PictureFormat
    from kgraph.model import Entity, Fact, FactId, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["OWNING", "ownership"]

_OWNED_BY = "subsidiaryOf"
OWNING = frozenset({"ownsStakeIn", "investedIn", "acquired", _OWNED_BY})
"""The relations that make an owner."""
_MOST = 16
"""Owners or holdings of one thing; the best-supported come first."""
_TOP, _HOPS = 12, 3
_HELD = frozenset({None, Status.COMPLETED, Status.CURRENT})
_ROW, _GAP, _BETWEEN, _HEAD, _FOOT = 34.0, 26.0, 20.0, 78.0, 10.0
_TEXT, _NOTE, _MARK = 9.5, 7.5, 6.5
_NAME_LETTERS, _NOTE_LETTERS, _LINES = 30, 34, 2
_APART = 10.0
"""Room between the words of one row and those of the next."""
_TO_WORDS = _MARK + 6
"""From the middle of a mark to its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """That one thing owns, or has announced that it will own, part of another."""

    owner: str
    owned: str
    fact: Fact
    note: str
    """The fact in words, in two lines where it is long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Branch:
    """A thing in the tree, `side` steps to the right of its root (to the left where it is negative)."""

    entity: Entity
    link: _Link | None
    side: int
    y: float
    children: tuple[_Branch, ...]
    seen: bool
    """Whether it stands further above already; in one tree its own branches are then not repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tree:
    """Owners and holdings of one thing."""

    sides: tuple[_Branch, _Branch]
    cut: tuple[_Link, ...]
    """Links beyond the most that one thing shows."""

    def __iter__(self) -> Iterator[_Branch]:
        for side in self.sides:
            yield from _walk(side)

    @property
    def links(self) -> tuple[_Link, ...]:
        return tuple(each.link for each in self if each.link is not None)

    @property
    def height(self) -> float:
        return max(each.y for each in self) + _ROW


def ownership(
    knowledge: Knowledge,
    ontology: Ontology,
    *,
    view: View | None = None,
    theme: ThemeName = "light",
    format: PictureFormat = "svg",  # noqa: A002 - the word every drawing library uses
    title: str | None = None,
    source: str | None = None,
) -> bytes:
    """Owners and holdings of the view's focus, at most `hops` steps away (3), or all groups of owners, the `top` largest (12).

    Shown is what holds or is announced; what is rumoured, planned or called off makes no owner. Raises
    `GraphError` where the focus is not in the graph.
    """
    view = view or View()
    focus = find_entity(knowledge, view.focus) if view.focus is not None else None
    links, bids = _links(knowledge, view, ontology)
    entities: dict[str, Entity] = {entity.id: entity for entity in knowledge.entities}
    trees, rest = _trees(links, entities, focus, hops=view.hops or _HOPS, top=view.top or _TOP)
    trees = _cross_referred(trees)
    columns = [_columns(tree) for tree in trees]
    width = max((edges[max(edges)][1] + MARGIN for edges in columns), default=0.0)
    height = sum(tree.height for tree in trees) + _BETWEEN * max(len(trees) - 1, 0)
    sheet = Sheet.of(max(width, 640.0), height + 2 * MARGIN + _HEAD + _FOOT, THEMES[theme])
    root = trees[0].sides[0].entity if len(trees) == 1 else None
    heading = title or "Who owns whom" + (f": {root.label}" if root else "")
    articles = sources(knowledge, (claim for tree in trees for link in tree.links for claim in link.fact.claims))
    disputed = disputes(knowledge)
    bid = sum(focus is None or focus.id in pair for pair in bids)
    sheet.frame(heading, _explained(trees, rest, bid, disputed), source_line(articles, source))
    top = sheet.height - MARGIN - _HEAD
    for tree, edges in zip(trees, columns, strict=True):
        for each in tree:
            _draw(sheet, each, edges, top, disputed)
        top -= tree.height + _BETWEEN
    return sheet.bytes(format, heading)


def _explained(shown: Sequence[_Tree], rest: int, bids: int, disputed: Mapping[FactId, Dispute]) -> str:
    """What the lines mean, and on a second line what is not shown."""
    facts = [link.fact for tree in shown for link in tree.links]
    kinds = [
        ("solid: done", any(fact.status in _HELD and fact.id not in disputed for fact in facts)),
        ("dotted: announced", any(fact.status not in _HELD and fact.id not in disputed for fact in facts)),
        (f"dashed: {dispute_words(disputed.get(fact.id) for fact in facts)}", any(fact.id in disputed for fact in facts)),
    ]
    lines = "; ".join(words for words, present in kinds if present)
    first = f"owners on the left, holdings on the right \N{MIDDLE DOT} {lines}" if facts else "No owner and no holding is reported"
    cut = sum(len(tree.cut) for tree in shown)
    missing = [
        (bids, f"{bids} rumoured, planned or called off"),
        (cut, f"{cut} less reported"),
        (rest, counted(rest, "smaller group")),
    ]
    notes = ", ".join(words for count, words in missing if count)
    return first + (f"\nnot shown: {notes}" if notes else "")


def _links(knowledge: Knowledge, view: View, ontology: Ontology) -> tuple[list[_Link], set[tuple[str, str]]]:
    """One link for each pair, the fact that names a share first and then the best-supported; and the pairs that only might be."""
    things = {entity.id for entity in knowledge.entities}
    claims = {claim.id: claim for claim in knowledge.claims}
    best: dict[tuple[str, str], _Link] = {}
    bids: set[tuple[str, str]] = set()
    for fact in sorted(knowledge.facts, key=lambda fact: (fact.stake is None, -len(fact.claims), fact.id)):
        if fact.object not in things or fact.negative or fact.predicate not in OWNING or not admits(fact, view, things):
            continue
        ends = (fact.subject, str(fact.object)) if fact.predicate != _OWNED_BY else (str(fact.object), str(fact.subject))
        if fact.status in _HELD or fact.status is Status.ANNOUNCED:
            note = wrapped(phrase(fact, ontology, sums=staged_figures(fact, claims)), _NOTE_LETTERS, _LINES)
            best.setdefault(ends, _Link(owner=ends[0], owned=ends[1], fact=fact, note=note))
        else:
            bids.add(ends)
    return sorted(best.values(), key=lambda link: (-len(link.fact.claims), link.owner, link.owned)), bids - best.keys()


def _trees(links: list[_Link], entities: Mapping[str, Entity], focus: Entity | None, *, hops: int, top: int) -> tuple[list[_Tree], int]:
    """The tree of the focus or, without one, of the things with most links, each link in one tree; and how many groups are left over."""
    if focus is not None:
        return [_tree(focus, links, entities, hops)], 0
    trees: list[_Tree] = []
    groups = sorted(map(_group, _connected(links)))
    while groups and len(trees) < top:
        _, root, rest = groups.pop()
        trees.append(_tree(entities[root], rest, entities, hops))
        done = {(link.owner, link.owned) for link in (*trees[-1].links, *trees[-1].cut)}
        if rest := [link for link in rest if (link.owner, link.owned) not in done]:
            insort(groups, _group(rest))
    return trees, sum(len(_connected(rest)) for *_, rest in groups)


def _cross_referred(trees: Sequence[_Tree]) -> list[_Tree]:
    """The trees, with a reference wherever a thing stands in an earlier one, too."""
    above: set[str] = set()
    found = []
    for tree in trees:
        found.append(replace(tree, sides=(_referring(tree.sides[0], above), _referring(tree.sides[1], above))))
        above |= {each.entity.id for each in tree}
    return found


def _referring(branch: _Branch, above: set[str]) -> _Branch:
    children = tuple(_referring(child, above) for child in branch.children)
    return replace(branch, seen=branch.seen or branch.entity.id in above, children=children)


def _connected(links: list[_Link]) -> list[list[_Link]]:
    """The links in parts that share no thing, in the order of the links."""
    above: dict[str, str] = {}

    def top(thing: str) -> str:
        while (higher := above.setdefault(thing, thing)) != thing:
            above[thing] = thing = above[higher]
        return thing

    for link in links:
        above[top(link.owner)] = top(link.owned)
    parts: dict[str, list[_Link]] = defaultdict(list)
    for link in links:
        parts[top(link.owner)].append(link)
    return list(parts.values())


def _group(links: list[_Link]) -> tuple[int, str, list[_Link]]:
    """Links with the thing that has most of them, in a form that sorts: groups share no thing."""
    count = Counter(end for link in links for end in (link.owner, link.owned))
    busiest = max(count, key=lambda thing: (count[thing], thing))
    return count[busiest], busiest, links


def _tree(root: Entity, links: list[_Link], entities: Mapping[str, Entity], hops: int) -> _Tree:
    groups = _grouped(links, by_owner=False), _grouped(links, by_owner=True)
    left, right = (_grow(root, entities, group, step, hops) for group, step in zip(groups, (-1, 1), strict=True))
    middle = max(_height(left), _height(right)) / 2
    cut = (
        link
        for side, group in zip((left, right), groups, strict=True)
        for each in _walk(side)
        if each.children
        for link in group[each.entity.id][_MOST:]
    )
    return _Tree(sides=(_shifted(left, middle - left.y), _shifted(right, middle - right.y)), cut=tuple(cut))


def _grouped(links: list[_Link], *, by_owner: bool) -> dict[str, list[_Link]]:
    groups: dict[str, list[_Link]] = defaultdict(list)
    for link in links:
        groups[link.owner if by_owner else link.owned].append(link)
    return groups


def _grow(root: Entity, entities: Mapping[str, Entity], links: Mapping[str, list[_Link]], step: int, hops: int) -> _Branch:
    """The tree in one direction; every leaf takes a row as high as its words, every parent stands in the middle of its children."""
    placed: set[str] = set()
    row = 0.0

    def branch(entity: Entity, link: _Link | None, side: int) -> _Branch:
        nonlocal row
        seen = entity.id in placed
        placed.add(entity.id)
        onward = [] if seen or abs(side) >= hops else links.get(entity.id, [])[:_MOST]
        first = row
        children = tuple(branch(entities[each.owned if step > 0 else each.owner], each, side + step) for each in onward)
        grown = _Branch(entity=entity, link=link, side=side, y=first, children=children, seen=seen)
        lacking = max(_row(grown) - (row - first), 0.0)  # of room, where the children of a thing take less than its own words
        row += lacking
        if not children:
            return replace(grown, y=first + (lacking - _ROW) / 2)
        moved = tuple(_shifted(child, lacking / 2) for child in children)
        return replace(grown, y=(moved[0].y + moved[-1].y) / 2, children=moved)

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
    return wrapped(branch.entity.label, _NAME_LETTERS, _LINES) + (" (see above)" if branch.seen else "")


def _note(branch: _Branch) -> str:
    return branch.link.note if branch.link else ""


def _words(branch: _Branch) -> tuple[tuple[float, float], tuple[float, float]]:
    """Width and height of the name, and of the note below it."""
    note = _note(branch)
    return extent(_label(branch), _TEXT, "bold"), extent(note, _NOTE) if note else (0.0, 0.0)


def _words_width(branch: _Branch) -> float:
    return max(width for width, _ in _words(branch))


def _row(branch: _Branch) -> float:
    """How high the row of a thing is."""
    return max(sum(height for _, height in _words(branch)) + _APART, _ROW)


def _columns(tree: _Tree) -> dict[int, tuple[float, float]]:
    """Left and right edge of each column: as wide as its longest words."""
    width: dict[int, float] = defaultdict(float)
    for each in tree:
        width[each.side] = max(width[each.side], _words_width(each) + 2 * _MARK + 8)
    edges, left = {}, MARGIN
    for side in sorted(width):
        edges[side] = (left, left + width[side])
        left += width[side] + _GAP
    return edges


def _draw(
    sheet: Sheet,
    branch: _Branch,
    columns: Mapping[int, tuple[float, float]],
    top: float,
    disputed: Mapping[FactId, Dispute],
) -> None:
    x, y = columns[branch.side][0] + _MARK, top - branch.y
    color = sheet.theme.types[branch.entity.type]
    sheet.axes.add_patch(
        shape(branch.entity.type, x, y, _MARK * (1.25 if branch.side == 0 else 1), facecolor=color, edgecolor="none", zorder=3)
    )
    (_, name), (_, note) = _words(branch)
    beside = x + _TO_WORDS
    sheet.text(beside, y + note / 2, _label(branch), size=_TEXT, fontweight="bold", va="center", zorder=4, halo=True)
    if note:
        sheet.text(beside, y - name / 2 - 1, _note(branch), size=_NOTE, color=sheet.theme.muted, va="center", zorder=4, halo=True)
    for child in branch.children:
        left, right = (branch, child) if branch.side < child.side else (child, branch)
        start = columns[left.side][0] + _MARK + _TO_WORDS + _words_width(left) + 6
        bend = columns[right.side][0] - 4 - _GAP / 3 if branch is left else columns[left.side][1] + 2 + _GAP / 3
        style = _stroke(sheet, child.link, disputed)
        for one, other in (
            ((start, top - left.y), (bend, top - left.y)),
            ((bend, top - left.y), (bend, top - right.y)),
            ((bend, top - right.y), (columns[right.side][0] - 4, top - right.y)),
        ):
            sheet.line(one, other, **style)


def _stroke(sheet: Sheet, link: _Link | None, disputed: Mapping[FactId, Dispute]) -> dict[str, Any]:
    """How the lines to a branch are drawn."""
    fact = link.fact if link else None
    if fact is not None and fact.id in disputed:
        return {"color": sheet.theme.disputed, "linewidth": 1.1, "zorder": 2, "linestyle": (0, (5, 2.5))}
    pending = fact is not None and fact.status not in _HELD
    return {"color": sheet.theme.edge, "linewidth": 1.1, "zorder": 1, "linestyle": (0, (1, 1.8)) if pending else "-"}
