"""The ownership picture: who owns a thing on its left, what it owns on its right; one tree for each group of owners."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kgraph.export.disputes import dispute_words, disputes
from kgraph.export.palette import THEMES
from kgraph.export.pictures.legend import DASHED, DOTTED, LEGEND_HEIGHT, legend, legend_width, types_of
from kgraph.export.pictures.ownership_trees import HELD, NAME_TEXT, NOTE_TEXT, Branch, Link, Tree, cross_referred, links_of, trees_of
from kgraph.export.pictures.sheet import MARGIN, Sheet, shape
from kgraph.export.selection import View, sources
from kgraph.export.wording.sources import source_line
from kgraph.lookup import find_entity
from kgraph.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kgraph.choices import PictureFormat, ThemeName
    from kgraph.export.disputes import Dispute
    from kgraph.export.pictures.legend import Dashes
    from kgraph.model import Entity, FactId, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["ownership"]

_TOP, _HOPS = 12, 3
_GAP, _BETWEEN, _HEAD, _MARK = 26.0, 20.0, 78.0, 6.5
_KEY = "owners on the left, holdings on the right"
_TO_WORDS = _MARK + 6
"""From the middle of a mark to its words."""


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
    links, bids = links_of(knowledge, view, ontology)
    entities: dict[str, Entity] = {entity.id: entity for entity in knowledge.entities}
    trees, rest = trees_of(links, entities, focus, hops=view.hops or _HOPS, top=view.top or _TOP)
    trees = cross_referred(trees)
    columns = [_columns(tree) for tree in trees]
    width = max((edges[max(edges)][1] + MARGIN for edges in columns), default=0.0)
    height = sum(tree.height for tree in trees) + _BETWEEN * max(len(trees) - 1, 0)
    disputed = disputes(knowledge)
    key = types_of(each.entity.type for tree in trees for each in tree), _strokes(trees, disputed), _KEY
    sheet = Sheet.of(max(width, 640.0, legend_width(*key)), height + 2 * MARGIN + _HEAD + LEGEND_HEIGHT, THEMES[theme])
    if trees:
        legend(sheet, *key)
    root = trees[0].sides[0].entity if len(trees) == 1 else None
    heading = title or "Who owns whom" + (f": {root.label}" if root else "")
    articles = sources(knowledge, (claim for tree in trees for link in tree.links for claim in link.fact.claims))
    bid = sum(focus is None or focus.id in pair for pair in bids)
    sheet.frame(heading, _explained(trees, rest, bid), source_line(articles, source))
    top = sheet.height - MARGIN - _HEAD
    for tree, edges in zip(trees, columns, strict=True):
        for each in tree:
            _draw(sheet, each, edges, top, disputed)
        top -= tree.height + _BETWEEN
    return sheet.bytes(format, heading)


def _strokes(shown: Sequence[Tree], disputed: Mapping[FactId, Dispute]) -> list[tuple[str, Dashes]]:
    """The kinds of lines in the picture, in words."""
    facts = [link.fact for tree in shown for link in tree.links]
    kinds: list[tuple[str, Dashes, bool]] = [
        ("done", "-", any(fact.status in HELD and fact.id not in disputed for fact in facts)),
        ("announced", DOTTED, any(fact.status not in HELD and fact.id not in disputed for fact in facts)),
        (dispute_words(disputed.get(fact.id) for fact in facts), DASHED, any(fact.id in disputed for fact in facts)),
    ]
    return [(words, style) for words, style, present in kinds if present]


def _explained(shown: Sequence[Tree], rest: int, bids: int) -> str:
    """How many links there are, and what is not shown."""
    count, cut = sum(len(tree.links) for tree in shown), sum(len(tree.cut) for tree in shown)
    missing = [
        (bids, f"{bids} rumoured, planned or called off"),
        (cut, f"{cut} less reported"),
        (rest, counted(rest, "smaller group")),
    ]
    notes = ", ".join(words for number, words in missing if number)
    first = counted(count, "holding") if count else "No owner and no holding is reported"
    return first + (f"\nnot shown: {notes}" if notes else "")


def _columns(tree: Tree) -> dict[int, tuple[float, float]]:
    """Left and right edge of each column: as wide as its longest words."""
    width: dict[int, float] = defaultdict(float)
    for each in tree:
        width[each.side] = max(width[each.side], each.width + 2 * _MARK + 8)
    edges, left = {}, MARGIN
    for side in sorted(width):
        edges[side] = (left, left + width[side])
        left += width[side] + _GAP
    return edges


def _draw(
    sheet: Sheet,
    branch: Branch,
    columns: Mapping[int, tuple[float, float]],
    top: float,
    disputed: Mapping[FactId, Dispute],
) -> None:
    x, y = columns[branch.side][0] + _MARK, top - branch.y
    color = sheet.theme.types[branch.entity.type]
    sheet.axes.add_patch(
        shape(branch.entity.type, x, y, _MARK * (1.25 if branch.side == 0 else 1), facecolor=color, edgecolor="none", zorder=3)
    )
    (_, name), (_, note) = branch.extents
    beside = x + _TO_WORDS
    sheet.text(beside, y + note / 2, branch.label, size=NAME_TEXT, fontweight="bold", va="center", zorder=4, halo=True)
    if note:
        sheet.text(beside, y - name / 2 - 1, branch.note, size=NOTE_TEXT, color=sheet.theme.muted, va="center", zorder=4, halo=True)
    for child in branch.children:
        left, right = (branch, child) if branch.side < child.side else (child, branch)
        start = columns[left.side][0] + _MARK + _TO_WORDS + left.width + 6
        bend = columns[right.side][0] - 4 - _GAP / 3 if branch is left else columns[left.side][1] + 2 + _GAP / 3
        style = _stroke(sheet, child.link, disputed)
        for one, other in (
            ((start, top - left.y), (bend, top - left.y)),
            ((bend, top - left.y), (bend, top - right.y)),
            ((bend, top - right.y), (columns[right.side][0] - 4, top - right.y)),
        ):
            sheet.line(one, other, **style)


def _stroke(sheet: Sheet, link: Link | None, disputed: Mapping[FactId, Dispute]) -> dict[str, Any]:
    """How the lines to a branch are drawn."""
    fact = link.fact if link else None
    if fact is not None and fact.id in disputed:
        return {"color": sheet.theme.disputed, "linewidth": 1.1, "zorder": 2, "linestyle": DASHED}
    pending = fact is not None and fact.status not in HELD
    return {"color": sheet.theme.edge, "linewidth": 1.1, "zorder": 1, "linestyle": DOTTED if pending else "-"}
