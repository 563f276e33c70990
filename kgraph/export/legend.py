"""The key below a network picture: only what the picture shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.lines import Line2D

from kgraph.export.disputes import dispute_words
from kgraph.export.palette import TYPE_WORDS
from kgraph.export.sheet import MARGIN, extent, shape
from kgraph.model import EntityType

if TYPE_CHECKING:
    from kgraph.export.selection import Scene
    from kgraph.export.sheet import Sheet

__all__ = ["LEGEND_HEIGHT", "legend", "legend_width"]

LEGEND_HEIGHT = 46.0
_TEXT = 8.5
_MARK, _STROKE = 16.0, 29.0
_DASHED: tuple[int, tuple[float, float]] = (0, (5, 2.5))
_SIZE = "larger = more links"


def legend(sheet: Sheet, scene: Scene) -> None:
    """Types, kinds of lines and what size means, in one row."""
    left, middle = MARGIN, MARGIN + 20
    sheet.axes.add_line(Line2D([MARGIN, sheet.width - MARGIN], [middle + 16] * 2, color=sheet.theme.rule, linewidth=0.8))
    for kind in _types(scene):
        sheet.axes.add_patch(shape(kind, left + 6, middle, 5, facecolor=sheet.theme.types[kind], edgecolor="none"))
        left = _words(sheet, left + _MARK, middle, TYPE_WORDS[kind])
    for words, style in _strokes(scene):
        color = sheet.theme.disputed if style == _DASHED else sheet.theme.edge
        sheet.axes.add_line(Line2D([left, left + 24], [middle] * 2, color=color, linewidth=1.4, linestyle=style))  # type: ignore[arg-type]
        left = _words(sheet, left + _STROKE, middle, words)
    _words(sheet, left, middle, _SIZE)


def legend_width(scene: Scene) -> float:
    """The width of a page that the key fits on."""
    marks = sum(_MARK + _room(TYPE_WORDS[kind]) for kind in _types(scene))
    return 2 * MARGIN + marks + sum(_STROKE + _room(words) for words, _ in _strokes(scene)) + _room(_SIZE)


def _types(scene: Scene) -> list[EntityType]:
    present = {entity.type for entity in scene.entities}
    return [kind for kind in EntityType if kind in present]


def _strokes(scene: Scene) -> list[tuple[str, str | tuple[int, tuple[float, float]]]]:
    """The kinds of lines in the picture: words and dash pattern."""
    kinds: list[tuple[str, str | tuple[int, tuple[float, float]], bool]] = [
        ("reported", "-", any(not (edge.disputed or edge.rumoured) for edge in scene.edges)),
        ("rumoured or in talks", (0, (1, 1.8)), any(edge.rumoured and not edge.disputed for edge in scene.edges)),
        (dispute_words(edge.disputed for edge in scene.edges), _DASHED, any(edge.disputed for edge in scene.edges)),
    ]
    return [(words, style) for words, style, present in kinds if present]


def _room(words: str) -> float:
    return extent(words, _TEXT)[0] + 18


def _words(sheet: Sheet, left: float, middle: float, words: str) -> float:
    """The words; returns where the next entry begins."""
    sheet.text(left, middle, words, size=_TEXT, color=sheet.theme.muted, va="center_baseline")
    return left + _room(words)
