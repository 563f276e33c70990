"""The network picture: who did what to whom, for how much, how far it has come and where sources part ways."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from kgraph.export.disputes import dispute_words
from kgraph.export.palette import THEMES
from kgraph.export.pictures.legend import DASHED, DOTTED, LEGEND_HEIGHT, legend, legend_width, types_of
from kgraph.export.pictures.network_boxes import EDGE_TEXT, NODE_TEXT, NOTE_TEXT, Arrow, Node, arrows_of, nodes_of
from kgraph.export.pictures.sheet import MARGIN, Sheet, shape
from kgraph.export.pictures.typesetting import extent, wrapped
from kgraph.export.placement.arrangement import arrange, curve
from kgraph.export.placement.captions import ARROWHEAD, captioned
from kgraph.export.selection import View, choose, sources
from kgraph.export.wording.sources import source_line
from kgraph.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from kgraph.choices import PictureFormat, ThemeName
    from kgraph.export.pictures.legend import Dashes
    from kgraph.export.selection import Scene
    from kgraph.model import ClaimId, EntityId, Knowledge
    from kgraph.ontology import Ontology

    Points = NDArray[np.float64]

__all__ = ["draw"]

_HEAD = 62.0
_TITLE_LETTERS = 30
_CLEAR = 2.0
"""Room between words and the end of an arrow."""


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
    nodes, lines = nodes_of(scene, ontology), arrows_of(scene, ontology, {claim.id: claim for claim in knowledge.claims})
    sizes = _sizes(nodes, lines)
    spots = arrange(sizes, _ends(nodes, lines))
    low, high = _bounds(spots, sizes)
    key = types_of(entity.type for entity in scene.entities), _strokes(scene), _explained(scene)
    width = max(high[0] - low[0] + 2 * MARGIN, legend_width(*key))
    height = high[1] - low[1] + 2 * MARGIN + _HEAD + LEGEND_HEIGHT
    spots = spots - low + np.array([(width - (high[0] - low[0])) / 2, MARGIN + LEGEND_HEIGHT])
    sheet = Sheet.of(width, height, THEMES[theme])
    heading = title or _title(scene)
    sheet.frame(heading, _subtitle(scene, lines), source_line(sources(knowledge, _claims(nodes, lines)), source))
    if lines:
        legend(sheet, *key)
    marks, above = _marks_of(nodes, lines, spots)
    paths = [_clipped(stop, line, nodes, marks, above) for line, stop in zip(lines, spots[len(nodes) :], strict=True)]
    page = np.array([[MARGIN / 2, MARGIN + LEGEND_HEIGHT / 2], [width - MARGIN / 2, height - MARGIN - _HEAD / 2]])
    along = [_along_path(path) for path in paths]
    places = captioned(spots[len(nodes) :], sizes[len(nodes) :], along, (spots[: len(nodes)], sizes[: len(nodes)]), page)
    _draw_lines(sheet, lines, paths, places)
    _draw_nodes(sheet, nodes, marks, above)
    return sheet.bytes(format, heading)


def _title(scene: Scene) -> str:
    leading = [entity.label for entity in scene.entities if entity.id == scene.focus] or [entity.label for entity in scene.entities[:3]]
    if not leading:
        return "Nothing to draw"
    names = [wrapped(name, _TITLE_LETTERS, 1) for name in leading]
    return f"Around {names[0]}" if scene.focus else "Who deals with whom: " + ", ".join(names)


def _claims(nodes: list[Node], lines: list[Arrow]) -> Iterator[ClaimId]:
    """What the picture rests on."""
    for facts in (*(node.facts for node in nodes), *(line.edge.facts for line in lines)):
        for fact in facts:
            yield from fact.claims


def _strokes(scene: Scene) -> list[tuple[str, Dashes]]:
    """The kinds of lines in the picture, in words."""
    kinds: list[tuple[str, Dashes, bool]] = [
        ("reported", "-", any(not (edge.disputed or edge.rumoured) for edge in scene.edges)),
        ("rumoured or in talks", DOTTED, any(edge.rumoured and not edge.disputed for edge in scene.edges)),
        (dispute_words(edge.disputed for edge in scene.edges), DASHED, any(edge.disputed for edge in scene.edges)),
    ]
    return [(words, style) for words, style, present in kinds if present]


def _explained(scene: Scene) -> str:
    """What sizes, widths and bare ends mean, as far as there are any."""
    both_ways = any(edge.symmetric for edge in scene.edges)
    return "larger: more links · thicker: more claims" + " · no arrowhead: holds both ways" * both_ways


def _subtitle(scene: Scene, lines: list[Arrow]) -> str:
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


def _sizes(nodes: list[Node], lines: list[Arrow]) -> Points:
    return np.array([node.size for node in nodes] + [line.size for line in lines]).reshape(-1, 2)


def _ends(nodes: list[Node], lines: list[Arrow]) -> NDArray[np.intp]:
    """For each arrow the numbers of its two nodes and of its label: a label is a stop on its arrow, so that nothing overlaps."""
    return np.array([(*line.ends, number) for number, line in enumerate(lines, start=len(nodes))], dtype=np.intp).reshape(-1, 3)


def _bounds(spots: Points, sizes: Points) -> tuple[Points, Points]:
    if not len(spots):
        return np.zeros(2), np.array([300.0, 80.0])
    return (spots - sizes / 2).min(axis=0), (spots + sizes / 2).max(axis=0)


def _draw_nodes(sheet: Sheet, nodes: list[Node], marks: Points, above: list[bool]) -> None:
    for node, (x, y), up in zip(nodes, marks, above, strict=True):
        color = sheet.theme.types[node.entity.type]
        sheet.axes.add_patch(
            shape(node.entity.type, x, y, node.radius, facecolor=color, edgecolor=sheet.theme.paper, linewidth=1.2, zorder=3)
        )
        top = _top_of_words(node, y, up=up)
        sheet.text(x, top, node.label, size=NODE_TEXT, fontweight="bold", ha="center", va="top", zorder=5, halo=True)
        if node.note:
            below = top - extent(node.label, NODE_TEXT, "bold")[1]
            sheet.text(x, below, node.note, size=NOTE_TEXT, color=sheet.theme.muted, ha="center", va="top", zorder=5, halo=True)


def _draw_lines(sheet: Sheet, lines: list[Arrow], paths: list[Points], places: Points) -> None:
    for line, path, place in zip(lines, paths, places, strict=True):
        color = sheet.theme.disputed if line.edge.disputed else sheet.theme.edge
        sheet.axes.add_patch(
            FancyArrowPatch(
                path=Path(path, [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
                arrowstyle="-" if line.edge.symmetric else "-|>",
                mutation_scale=ARROWHEAD,
                color=color,
                linewidth=min(1.0 + 0.35 * (sum(len(fact.claims) for fact in line.edge.facts) - 1), 3.0),
                linestyle=DASHED if line.edge.disputed else DOTTED if line.edge.rumoured else "-",
                fill=True,
                zorder=1,
            )
        )
        if line.label:
            box = {"boxstyle": "round,pad=0.2", "facecolor": sheet.theme.paper, "edgecolor": "none"}
            words = sheet.theme.disputed if line.edge.disputed else sheet.theme.ink
            sheet.text(place[0], place[1], line.label, size=EDGE_TEXT, color=words, ha="center", va="center", bbox=box, zorder=2)


def _marks_of(nodes: list[Node], lines: list[Arrow], spots: Points) -> tuple[Points, list[bool]]:
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


def _crossings(node: Node, spot: Points, arrows: list[Points], *, up: bool) -> int:
    """How much of its arrows runs behind a node's label, which stands above or below the mark."""
    mark = spot + np.array([0, (node.size[1] / 2 - 1.1 * node.radius) * (-1 if up else 1)])
    steps = np.linspace(0, 1, 40)[:, None]
    return sum(int(_behind(curve(steps, mark, stop, end), node, mark, up=up).sum()) for stop, end in arrows)


def _behind(points: Points, node: Node, mark: Points, *, up: bool) -> NDArray[np.bool_]:
    """Which points the words of a node cover: its name, or the note below."""
    top, covered = _top_of_words(node, float(mark[1]), up=up), np.zeros(len(points), dtype=bool)
    for words, size, weight in ((node.label, NODE_TEXT, "bold"), (node.note, NOTE_TEXT, "normal")):
        if words:
            width, height = extent(words, size, weight)
            middle = np.array([mark[0], top - height / 2])
            covered |= (np.abs(points - middle) < np.array([width, height]) / 2 + _CLEAR).all(axis=1)
            top -= height
    return covered


def _top_of_words(node: Node, mark: float, *, up: bool) -> float:
    """Where the words of a node begin whose mark stands at this height."""
    return mark + 1.1 * node.radius + 2 + node.label_size[1] if up else mark - 1.1 * node.radius - 2


def _clipped(through: Points, line: Arrow, nodes: list[Node], marks: Points, above: list[bool]) -> Points:
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


def _along_path(path: Points) -> Points:
    """Points along the curve of these control points."""
    steps = np.linspace(0, 1, 60)[:, None]
    return np.asarray((1 - steps) ** 2 * path[0] + 2 * steps * (1 - steps) * path[1] + steps**2 * path[2])
