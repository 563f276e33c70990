"""Owners and holdings as trees: which links there are, and where each thing stands."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.export.pictures.typesetting import extent, wrapped
from kgraph.export.selection import View, admits
from kgraph.export.wording.sentences import phrase, status_words
from kgraph.export.wording.staged import staged_figures
from kgraph.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kgraph.model import Claim, ClaimId, Entity, Fact, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["HELD", "NAME_TEXT", "NOTE_TEXT", "OWNING", "Branch", "Link", "Tree", "cross_referred", "links_of", "trees_of"]

NAME_TEXT, NOTE_TEXT, _ROW = 9.5, 7.5, 34.0
_OWNED_BY = "subsidiaryOf"
_OWNED_AS = {"ownsStakeIn": "stake", "investedIn": "investment", "acquired": "acquisition", _OWNED_BY: "subsidiary"}
OWNING = frozenset(_OWNED_AS)
"""The relations that make an owner."""
_MOST = 16
"""Owners or holdings of one thing; the best-supported come first."""
HELD = frozenset({None, Status.COMPLETED, Status.CURRENT})
"""Statuses of what holds, rather than is announced."""
_NAME_LETTERS, _NOTE_LETTERS, _LINES = 30, 34, 2
_APART = 10.0
"""Room between the words of one row and those of the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That one thing owns, or has announced that it will own, part of another."""

    owner: str
    owned: str
    fact: Fact
    owns: str
    """What the owner does, in two lines where it is long: `acquires $19bn`."""
    owned_as: str
    """What the other thing is to it: `acquisition $19bn`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A thing in the tree, `side` steps to the right of its root (to the left where it is negative)."""

    entity: Entity
    link: Link | None
    side: int
    y: float
    children: tuple[Branch, ...]
    seen: bool
    """Whether it stands elsewhere in its tree already, and its own branches are not repeated here."""
    above: bool = False
    """Whether it stands in an earlier tree, too."""

    @property
    def label(self) -> str:
        """Its name."""
        return wrapped(self.entity.label, _NAME_LETTERS, _LINES) + (" (see above)" if self.above else " (again)" if self.seen else "")

    @property
    def note(self) -> str:
        """What links it to its parent, as is said of an owner or of what is owned; empty for a root."""
        return "" if self.link is None else self.link.owns if self.side < 0 else self.link.owned_as

    @property
    def extents(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Width and height of the name, and of the note below it."""
        return extent(self.label, NAME_TEXT, "bold"), extent(self.note, NOTE_TEXT) if self.note else (0.0, 0.0)

    @property
    def width(self) -> float:
        """How wide its words are."""
        return max(width for width, _ in self.extents)

    @property
    def row(self) -> float:
        """How high its row is."""
        return max(sum(height for _, height in self.extents) + _APART, _ROW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Owners and holdings of one thing."""

    sides: tuple[Branch, Branch]
    cut: tuple[Link, ...]
    """Links beyond the most that one thing shows."""

    def __iter__(self) -> Iterator[Branch]:
        for side in self.sides:
            yield from _walk(side)

    @property
    def links(self) -> tuple[Link, ...]:
        """All that it shows."""
        return tuple(each.link for each in self if each.link is not None)

    @property
    def height(self) -> float:
        """How high it is on the page."""
        return max(each.y for each in self) + _ROW


def links_of(knowledge: Knowledge, view: View, ontology: Ontology) -> tuple[list[Link], set[tuple[str, str]]]:
    """One link for each pair, the fact that names a share first and then the best-supported; and the pairs that only might be."""
    things = {entity.id for entity in knowledge.entities}
    claims = {claim.id: claim for claim in knowledge.claims}
    best: dict[tuple[str, str], Link] = {}
    bids: set[tuple[str, str]] = set()
    for fact in sorted(knowledge.facts, key=lambda fact: (fact.stake is None, -len(fact.claims), fact.id)):
        if fact.object not in things or fact.negative or fact.predicate not in OWNING or not admits(fact, view, things):
            continue
        ends = (fact.subject, str(fact.object)) if fact.predicate != _OWNED_BY else (str(fact.object), str(fact.subject))
        if fact.status in HELD or fact.status is Status.ANNOUNCED:
            best.setdefault(ends, Link(owner=ends[0], owned=ends[1], fact=fact, **_in_words(fact, ontology, claims)))
        else:
            bids.add(ends)
    return sorted(best.values(), key=lambda link: (-len(link.fact.claims), link.owner, link.owned)), bids - best.keys()


def _in_words(fact: Fact, ontology: Ontology, claims: Mapping[ClaimId, Claim]) -> dict[str, str]:
    """A link as its owner sees it, and as the other side does."""
    sums, status = staged_figures(fact, claims), status_words(fact.status)
    owned_as = ", ".join(filter(None, (f"{_OWNED_AS[fact.predicate]} {sums}".rstrip(), status)))
    owns = ", ".join(filter(None, ("owns", sums, status))) if fact.predicate == _OWNED_BY else phrase(fact, ontology, sums=sums)
    return {"owns": wrapped(owns, _NOTE_LETTERS, _LINES), "owned_as": wrapped(owned_as, _NOTE_LETTERS, _LINES)}


def trees_of(links: list[Link], entities: Mapping[str, Entity], focus: Entity | None, *, hops: int, top: int) -> tuple[list[Tree], int]:
    """The tree of the focus or, without one, of the things with most links, each link in one tree; and how many groups are left over."""
    if focus is not None:
        return [_tree(focus, links, entities, hops)], 0
    trees: list[Tree] = []
    groups = sorted(map(_group, _connected(links)))
    while groups and len(trees) < top:
        _, root, rest = groups.pop()
        trees.append(_tree(entities[root], rest, entities, hops))
        done = {(link.owner, link.owned) for link in (*trees[-1].links, *trees[-1].cut)}
        if rest := [link for link in rest if (link.owner, link.owned) not in done]:
            insort(groups, _group(rest))
    return trees, sum(len(_connected(rest)) for *_, rest in groups)


def cross_referred(trees: Sequence[Tree]) -> list[Tree]:
    """The trees, with a reference wherever a thing stands in an earlier one, too."""
    above: set[str] = set()
    found = []
    for tree in trees:
        found.append(replace(tree, sides=(_referring(tree.sides[0], above), _referring(tree.sides[1], above))))
        above |= {each.entity.id for each in tree}
    return found


def _referring(branch: Branch, above: set[str]) -> Branch:
    children = tuple(_referring(child, above) for child in branch.children)
    return replace(branch, above=branch.entity.id in above, children=children)


def _connected(links: list[Link]) -> list[list[Link]]:
    """The links in parts that share no thing, in the order of the links."""
    above: dict[str, str] = {}

    def top(thing: str) -> str:
        while (higher := above.setdefault(thing, thing)) != thing:
            above[thing] = thing = above[higher]
        return thing

    for link in links:
        above[top(link.owner)] = top(link.owned)
    parts: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        parts[top(link.owner)].append(link)
    return list(parts.values())


def _group(links: list[Link]) -> tuple[int, str, list[Link]]:
    """Links with the thing that has most of them, in a form that sorts: groups share no thing."""
    count = Counter(end for link in links for end in (link.owner, link.owned))
    busiest = max(count, key=lambda thing: (count[thing], thing))
    return count[busiest], busiest, links


def _tree(root: Entity, links: list[Link], entities: Mapping[str, Entity], hops: int) -> Tree:
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
    return Tree(sides=(_shifted(left, middle - left.y), _shifted(right, middle - right.y)), cut=tuple(cut))


def _grouped(links: list[Link], *, by_owner: bool) -> dict[str, list[Link]]:
    groups: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        groups[link.owner if by_owner else link.owned].append(link)
    return groups


def _grow(root: Entity, entities: Mapping[str, Entity], links: Mapping[str, list[Link]], step: int, hops: int) -> Branch:
    """The tree in one direction; every leaf takes a row as high as its words, every parent stands in the middle of its children."""
    placed: set[str] = set()
    row = 0.0

    def branch(entity: Entity, link: Link | None, side: int) -> Branch:
        nonlocal row
        seen = entity.id in placed
        placed.add(entity.id)
        onward = [] if seen or abs(side) >= hops else links.get(entity.id, [])[:_MOST]
        first = row
        children = tuple(branch(entities[each.owned if step > 0 else each.owner], each, side + step) for each in onward)
        grown = Branch(entity=entity, link=link, side=side, y=first, children=children, seen=seen)
        lacking = max(grown.row - (row - first), 0.0)  # of room, where the children of a thing take less than its own words
        row += lacking
        if not children:
            return replace(grown, y=first + (lacking - _ROW) / 2)
        moved = tuple(_shifted(child, lacking / 2) for child in children)
        return replace(grown, y=(moved[0].y + moved[-1].y) / 2, children=moved)

    return branch(root, None, 0)


def _walk(branch: Branch) -> Iterator[Branch]:
    yield branch
    for child in branch.children:
        yield from _walk(child)


def _height(branch: Branch) -> float:
    return max(each.y for each in _walk(branch))


def _shifted(branch: Branch, by: float) -> Branch:
    return replace(branch, y=branch.y + by, children=tuple(_shifted(child, by) for child in branch.children))
