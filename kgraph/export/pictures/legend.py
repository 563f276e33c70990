"""The key below a picture: only what the picture shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.lines import Line2D

from kgraph.export.palette import TYPE_WORDS
from kgraph.export.pictures.sheet import MARGIN, shape
from kgraph.export.pictures.typesetting import extent
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kgraph.export.pictures.sheet import Sheet

    Dashes = str | tuple[int, tuple[float, float]]

__all__ = ["DASHED", "DOTTED", "LEGEND_HEIGHT", "legend", "legend_width", "types_of"]

LEGEND_HEIGHT = 58.0
_TEXT = 8.5
_MARK, _STROKE, _ROW = 16.0, 29.0, 14.0
DASHED: Dashes = (0, (5, 2.5))
DOTTED: Dashes = (0, (1, 1.8))


def legend(sheet: Sheet, types: Iterable[EntityType], strokes: Sequence[tuple[str, Dashes]], explained: str) -> None:
    """Types and kinds of lines in one row, and below it in words what else there is to know."""
    left, middle = MARGIN, MARGIN + 20 + _ROW
    sheet.line((MARGIN, middle + 16), (sheet.width - MARGIN, middle + 16))
    for kind in types:
        sheet.axes.add_patch(shape(kind, left + 6, middle, 5, facecolor=sheet.theme.types[kind], edgecolor="none"))
        left = _words(sheet, left + _MARK, middle, TYPE_WORDS[kind])
    for words, style in strokes:
        color = sheet.theme.disputed if style == DASHED else sheet.theme.edge
        sheet.axes.add_line(Line2D([left, left + 24], [middle] * 2, color=color, linewidth=1.4, linestyle=style))  # type: ignore[arg-type]
        left = _words(sheet, left + _STROKE, middle, words)
    _words(sheet, MARGIN, middle - _ROW, explained)


def legend_width(types: Iterable[EntityType], strokes: Sequence[tuple[str, Dashes]], explained: str) -> float:
    """The width of a page that the key fits on."""
    marks = sum(_MARK + _room(TYPE_WORDS[kind]) for kind in types)
    return 2 * MARGIN + max(marks + sum(_STROKE + _room(words) for words, _ in strokes), _room(explained))


def types_of(present: Iterable[EntityType]) -> list[EntityType]:
    """The types that a picture shows, in the order of the key."""
    found = set(present)
    return [kind for kind in EntityType if kind in found]


def _room(words: str) -> float:
    return extent(words, _TEXT)[0] + 18


def _words(sheet: Sheet, left: float, middle: float, words: str) -> float:
    """The words; returns where the next entry begins."""
    sheet.text(left, middle, words, size=_TEXT, color=sheet.theme.muted, va="center_baseline")
    return left + _room(words)
