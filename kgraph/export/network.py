"""The network picture: who did what to whom, for how much, how far it has come and where sources part ways."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from kgraph.export.arranging import arrange, curve
from kgraph.export.captions import ARROWHEAD, captioned
from kgraph.export.legend import LEGEND_HEIGHT, legend, legend_width
from kgraph.export.palette import THEMES
from kgraph.export.selection import View, choose, sources
from kgraph.export.sheet import MARGIN, Sheet, extent, shape, source_line, wrapped
from kgraph.export.stages import staged_figures
from kgraph.export.words import phrase
from kgraph.period import when_words
from kgraph.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from kgraph.export.palette import ThemeName
    from kgraph.export.selection import Edge, Scene
    from kgraph.export.sheet import PictureFormat
    from kgraph.model import Claim, ClaimId, Entity, EntityId, Fact, Knowledge
    from kgraph.ontology import Ontology

    Points = NDArray[np.float64]

__all__ = ["draw"]

_NODE_TEXT, _NOTE_TEXT, _EDGE_TEXT = 9.5, 7.5, 7.5
_SMALLEST, _LARGEST = 7.0, 24.0
_HEAD = 62.0
_LABELS = 90
"""Edges with words; the others, the least supported, stay bare."""
_LINES, _NOTES = 3, 2
_TODAY = "9999"
"""Later than any year."""
_CLEAR = 2.0
"""Room between words and the end of an arrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    entity: Entity
    radius: float
    label: str
    facts: tuple[Fact, ...]
    """Those that stand below the name."""
    note: str

    @property
    def label_size(self) -> tuple[float, float]:
        width, height = extent(self.label, _NODE_TEXT, "bold")
        if not self.note:
            return width, height
        note = extent(self.note, _NOTE_TEXT)
        return max(width, note[0]), height + note[1]

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.label_size
        return max(width, 2.2 * self.radius), height + 2.2 * self.radius + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    edge: Edge
    label: str
    ends: tuple[int, int]

    @property
    def size(self) -> tuple[float, float]:
        if not self.label:
            return 6.0, 6.0
        width, height = extent(self.label, _EDGE_TEXT)
        return width + 6, height + 3


def draw(
    knowledge: Knowledge,
    ontology: Ontology,
    *,
    view: View | None = None,
    scores: Mapping[EntityId, float] | None = None,
    theme: ThemeName = "light",
    format: PictureFormat = "svg",  # noqa: A002 - the word every drawing library uses
    title: str | None = None,
    source: str | None = None,
) -> bytes:
    """A picture of the part of the graph that `view` chooses, as the bytes of a file.

    `scores` give the sizes and, over `view.top` things, the choice; `source` replaces the line that names
    articles and outlets. Raises `GraphError` where the view's focus is not in the graph.
    """
    view = view or View()
    scene = choose(knowledge, ontology, view, scores)
    nodes, lines = _nodes(scene, ontology), _lines(scene, ontology, {claim.id: claim for claim in knowledge.claims})
    sizes = _sizes(nodes, lines)
    spots = arrange(sizes, _ends(nodes, lines))
    low, high = _bounds(spots, sizes)
    width = max(high[0] - low[0] + 2 * MARGIN, legend_width(scene))
    height = high[1] - low[1] + 2 * MARGIN + _HEAD + LEGEND_HEIGHT
    spots = spots - low + np.array([(width - (high[0] - low[0])) / 2, MARGIN + LEGEND_HEIGHT])
    sheet = Sheet.of(width, height, THEMES[theme])
    heading = title or _title(scene)
    sheet.frame(heading, _subtitle(scene, lines), source_line(sources(knowledge, _claims(nodes, lines)), source))
    legend(sheet, scene)
    marks, above = _marks(nodes, lines, spots)
    paths = [_clipped(stop, line, nodes, marks, above) for line, stop in zip(lines, spots[len(nodes) :], strict=True)]
    page = np.array([[MARGIN / 2, MARGIN + LEGEND_HEIGHT / 2], [width - MARGIN / 2, height - MARGIN - _HEAD / 2]])
    along = [_along(path) for path in paths]
    places = captioned(spots[len(nodes) :], sizes[len(nodes) :], along, (spots[: len(nodes)], sizes[: len(nodes)]), page)
    _draw_lines(sheet, lines, paths, places)
    _draw_nodes(sheet, nodes, marks, above)
    return sheet.bytes(format, heading)


def _title(scene: Scene) -> str:
    leading = [entity.label for entity in scene.entities if entity.id == scene.focus] or [entity.label for entity in scene.entities[:3]]
    if not leading:
        return "Nothing to draw"
    return f"Around {leading[0]}" if scene.focus else "Who deals with whom: " + ", ".join(leading)


def _claims(nodes: list[_Node], lines: list[_Line]) -> Iterator[ClaimId]:
    """What the picture rests on."""
    for facts in (*(node.facts for node in nodes), *(line.edge.facts for line in lines)):
        for fact in facts:
            yield from fact.claims


def _subtitle(scene: Scene, lines: list[_Line]) -> str:
    facts = sum(len(edge.facts) for edge in scene.edges)
    if not facts:
        return "Nothing to draw: no relation between two things" if not scene.entities else "No relation to another thing"
    words = f"{counted(len(scene.entities), 'thing')}, {counted(facts, 'relation')}"
    if scene.entities_left_out:
        words += f" · left out for space: {scene.entities_left_out} lower-ranked things"
    if scene.facts_left_out:
        words += f" · {scene.facts_left_out} relations not shown"
    bare = sum(not line.label for line in lines)
    return words + (f" · {bare} arrows without words" if bare else "")


def _nodes(scene: Scene, ontology: Ontology) -> list[_Node]:
    most = max((scene.scores.get(entity.id, 0.0) for entity in scene.entities), default=0.0) or 1.0
    nodes = []
    for entity in scene.entities:
        share = math.sqrt(max(scene.scores.get(entity.id, 0.0), 0.0) / most)
        facts = _latest(scene.attributes.get(entity.id, ()), ontology)[:_NOTES]
        note = "\n".join(wrapped(_note(fact, ontology), 26, 2) for fact in facts)
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * share
        nodes.append(_Node(entity=entity, radius=radius, label=wrapped(entity.label, 20, 3), facts=facts, note=note))
    return nodes


def _note(fact: Fact, ontology: Ontology) -> str:
    """What a fact says of its subject, with the period that a figure covers."""
    return f"{phrase(fact, ontology)}, {when_words(fact.period)}" if fact.period else phrase(fact, ontology)


def _latest(facts: Iterable[Fact], ontology: Ontology) -> tuple[Fact, ...]:
    """One fact of each relation: what is said of today before what is said of a year, and of years the last.

    Of figures that cover a period which is not told only the first is kept: side by side, a profit and a loss would seem to clash.
    """
    by_predicate: dict[str, Fact] = {}
    for fact in facts:
        known = by_predicate.setdefault(fact.predicate, fact)
        if (fact.period or fact.when or _TODAY) > (known.period or known.when or _TODAY):
            by_predicate[fact.predicate] = fact
    of_some_period = [
        fact for fact in by_predicate.values() if fact.period is None and "period" in ontology.predicates[fact.predicate].qualifiers
    ]
    return tuple(fact for fact in by_predicate.values() if fact not in of_some_period[1:])


def _lines(scene: Scene, ontology: Ontology, claims: Mapping[ClaimId, Claim]) -> list[_Line]:
    index = {entity.id: number for number, entity in enumerate(scene.entities)}
    worth = sorted(
        scene.edges,
        key=lambda edge: (
            edge.disputed is None,
            -(scene.scores.get(edge.source, 0) + scene.scores.get(edge.target, 0)),
            edge.source,
            edge.target,
        ),
    )
    worded = {(edge.source, edge.target) for edge in worth[:_LABELS]}
    return [
        _Line(
            edge=edge,
            label=_edge_label(edge, ontology, claims) if (edge.source, edge.target) in worded else "",
            ends=(index[edge.source], index[edge.target]),
        )
        for edge in scene.edges
    ]


def _edge_label(edge: Edge, ontology: Ontology, claims: Mapping[ClaimId, Claim]) -> str:
    """One line for each fact, those of one relation together, the rest counted.

    Of facts that say the same but for how far the matter has come, the furthest stands for all.
    """
    best: dict[tuple[str, str], Fact] = {}
    first = {fact.predicate: place for place, fact in reversed(list(enumerate(edge.facts)))}
    for fact in sorted(edge.facts, key=lambda fact: first[fact.predicate]):
        known = best.setdefault((fact.predicate, phrase(fact, ontology, with_status=False)), fact)
        if _stage(fact, ontology) > _stage(known, ontology):
            best[fact.predicate, phrase(fact, ontology, with_status=False)] = fact
    phrases = list(dict.fromkeys(phrase(fact, ontology, sums=staged_figures(fact, claims)) for fact in best.values()))
    shown = [wrapped(words, 24, 2) for words in phrases[:_LINES]]
    return "\n".join(shown) + (f"\n+{len(phrases) - _LINES} more" if len(phrases) > _LINES else "")


def _stage(fact: Fact, ontology: Ontology) -> int:
    return ontology.statuses[fact.status].stage if fact.status else 0


def _sizes(nodes: list[_Node], lines: list[_Line]) -> Points:
    return np.array([node.size for node in nodes] + [line.size for line in lines]).reshape(-1, 2)


def _ends(nodes: list[_Node], lines: list[_Line]) -> NDArray[np.intp]:
    """For each arrow the numbers of its two nodes and of its label: a label is a stop on its arrow, so that nothing overlaps."""
    return np.array([(*line.ends, number) for number, line in enumerate(lines, start=len(nodes))], dtype=np.intp).reshape(-1, 3)


def _bounds(spots: Points, sizes: Points) -> tuple[Points, Points]:
    if not len(spots):
        return np.zeros(2), np.array([300.0, 80.0])
    return (spots - sizes / 2).min(axis=0), (spots + sizes / 2).max(axis=0)


def _marks(nodes: list[_Node], lines: list[_Line], spots: Points) -> tuple[Points, list[bool]]:
    """The middle of each node's mark, and whether its label stands above: on the side that fewer of its arrows cross."""
    half = np.array([node.size[1] / 2 - 1.1 * node.radius for node in nodes])
    arrows: dict[int, list[Points]] = defaultdict(list)
    for line, stop in zip(lines, spots[len(nodes) :], strict=True):
        for end, other in (line.ends, line.ends[::-1]):
            arrows[end].append(np.array([stop, spots[other]]))
    above = [
        _crossings(node, spots[each], arrows[each], up=True) < _crossings(node, spots[each], arrows[each], up=False)
        for each, node in enumerate(nodes)
    ]
    offsets = np.where(above, -half, half)
    return spots[: len(nodes)] + np.column_stack((np.zeros(len(nodes)), offsets)), above


def _crossings(node: _Node, spot: Points, arrows: list[Points], *, up: bool) -> int:
    """How much of its arrows runs behind a node's label, which stands above or below the mark."""
    mark = spot + np.array([0, (node.size[1] / 2 - 1.1 * node.radius) * (-1 if up else 1)])
    steps = np.linspace(0, 1, 40)[:, None]
    return sum(int(_behind(curve(steps, mark, stop, end), node, mark, up=up).sum()) for stop, end in arrows)


def _behind(points: Points, node: _Node, mark: Points, *, up: bool) -> NDArray[np.bool_]:
    """Which points the words of a node cover: its name, or the note below."""
    top, covered = _top(node, float(mark[1]), up=up), np.zeros(len(points), dtype=bool)
    for words, size, weight in ((node.label, _NODE_TEXT, "bold"), (node.note, _NOTE_TEXT, "normal")):
        if words:
            width, height = extent(words, size, weight)
            middle = np.array([mark[0], top - height / 2])
            covered |= (np.abs(points - middle) < np.array([width, height]) / 2 + _CLEAR).all(axis=1)
            top -= height
    return covered


def _top(node: _Node, mark: float, *, up: bool) -> float:
    """Where the words of a node begin whose mark stands at this height."""
    return mark + 1.1 * node.radius + 2 + node.label_size[1] if up else mark - 1.1 * node.radius - 2


def _draw_nodes(sheet: Sheet, nodes: list[_Node], marks: Points, above: list[bool]) -> None:
    for node, (x, y), up in zip(nodes, marks, above, strict=True):
        color = sheet.theme.types[node.entity.type]
        sheet.axes.add_patch(
            shape(node.entity.type, x, y, node.radius, facecolor=color, edgecolor=sheet.theme.paper, linewidth=1.2, zorder=3)
        )
        top = _top(node, y, up=up)
        sheet.text(x, top, node.label, size=_NODE_TEXT, fontweight="bold", ha="center", va="top", zorder=5, halo=True)
        if node.note:
            below = top - extent(node.label, _NODE_TEXT, "bold")[1]
            sheet.text(x, below, node.note, size=_NOTE_TEXT, color=sheet.theme.muted, ha="center", va="top", zorder=5, halo=True)


def _draw_lines(sheet: Sheet, lines: list[_Line], paths: list[Points], places: Points) -> None:
    for line, path, place in zip(lines, paths, places, strict=True):
        color = sheet.theme.disputed if line.edge.disputed else sheet.theme.edge
        sheet.axes.add_patch(
            FancyArrowPatch(
                path=Path(path, [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
                arrowstyle="-" if line.edge.symmetric else "-|>",
                mutation_scale=ARROWHEAD,
                color=color,
                linewidth=min(1.0 + 0.35 * (sum(len(fact.claims) for fact in line.edge.facts) - 1), 3.0),
                linestyle=(0, (5, 2.5)) if line.edge.disputed else (0, (1, 1.8)) if line.edge.rumoured else "-",
                fill=True,
                zorder=1,
            )
        )
        if line.label:
            box = {"boxstyle": "round,pad=0.2", "facecolor": sheet.theme.paper, "edgecolor": "none"}
            words = sheet.theme.disputed if line.edge.disputed else sheet.theme.ink
            sheet.text(place[0], place[1], line.label, size=_EDGE_TEXT, color=words, ha="center", va="center", bbox=box, zorder=2)


def _clipped(through: Points, line: _Line, nodes: list[_Node], marks: Points, above: list[bool]) -> Points:
    """Control points of the curve from mark to mark by way of the label, cut where it leaves and meets the marks and their words."""
    start, end = (marks[each] for each in line.ends)
    bend = 2 * through - (start + end) / 2
    steps = np.linspace(0, 1, 200)
    points = curve(steps[:, None], start, through, end)
    outside = np.ones(len(points), dtype=bool)
    for node, mark, up in [(nodes[each], marks[each], above[each]) for each in line.ends]:
        outside &= np.hypot(*(points - mark).T) > node.radius * 1.1 + 2
        outside &= ~_behind(points, node, mark, up=up)
    inside, middle = np.flatnonzero(~outside), len(points) // 2
    first = int(max(inside[inside < middle], default=-1)) + 1
    last = int(min(inside[inside >= middle], default=len(points))) - 1

    def blossom(one: float, other: float) -> Points:
        return np.asarray((1 - one) * (1 - other) * start + (one * (1 - other) + other * (1 - one)) * bend + one * other * end)

    return np.array([blossom(*steps[[first, first]]), blossom(*steps[[first, last]]), blossom(*steps[[last, last]])])


def _along(path: Points) -> Points:
    """Points along the curve of these control points."""
    steps = np.linspace(0, 1, 60)[:, None]
    return np.asarray((1 - steps) ** 2 * path[0] + 2 * steps * (1 - steps) * path[1] + steps**2 * path[2])
