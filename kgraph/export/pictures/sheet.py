"""One page of a picture: text that knows its size, title and source line, and bytes that do not depend on the clock.

Lengths are points (1/72 inch); the origin is the lower left corner.
"""

from __future__ import annotations

import html
import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon
from matplotlib.patheffects import withStroke

from kgraph.export.palette import SHAPES
from kgraph.export.pictures.typesetting import FAMILY, LEADING, extent, fitted, plain, plain_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from kgraph.choices import PictureFormat
    from kgraph.export.palette import Theme
    from kgraph.model import EntityType

__all__ = ["MARGIN", "Scale", "Sheet", "shape"]

MARGIN = 30.0
_DPI = 200
_SMALLER = 0.72
"""Letters are made no smaller than so much of their size."""


def shape(kind: EntityType, x: float, y: float, radius: float, **style: Any) -> Circle | Polygon:
    """The mark of a type of thing."""
    corners = SHAPES[kind]
    if not corners:
        return Circle((x, y), radius, **style)
    return Polygon([(x + radius * dx, y + radius * dy) for dx, dy in corners], closed=True, joinstyle="round", **style)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A straight line of values on the page."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """Where a value stands; one beyond the ends stands at the end."""
        inside = min(max(value, self.low), self.high)
        return self.left + (self.right - self.left) * (inside - self.low) / max(self.high - self.low, 1e-12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of the given size with one coordinate system, in points."""

    figure: Figure
    axes: Axes
    theme: Theme
    width: float
    height: float
    words: list[str]
    """Every text on the page, in the order in which it was written."""

    @classmethod
    def of(cls, width: float, height: float, theme: Theme) -> Sheet:
        """An empty page."""
        figure = Figure(figsize=(width / 72, height / 72), facecolor=theme.paper)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(0, height)
        axes.set_axis_off()
        return cls(figure=figure, axes=axes, theme=theme, width=width, height=height, words=[])

    def text(self, x: float, y: float, words: str, *, size: float = 9, color: str | None = None, halo: bool = False, **style: Any) -> None:
        """Lines of text, by default with their left baseline at (x, y); a halo keeps lines behind it apart."""
        if halo:
            style["path_effects"] = [withStroke(linewidth=2.6, foreground=self.theme.paper)]
        style = {"fontfamily": FAMILY, "parse_math": False, "linespacing": LEADING - 0.02, **style}
        self.words.append(plain(words))
        self.axes.text(x, y, plain_lines(words), size=size, color=color or self.theme.ink, **style)

    def line(self, start: tuple[float, float], end: tuple[float, float], **style: Any) -> None:
        """A straight line."""
        style = {"color": self.theme.rule, "linewidth": 0.8, **style}
        self.axes.add_line(Line2D([start[0], end[0]], [start[1], end[1]], **style))

    def dot(self, x: float, y: float, *, color: str, hollow: bool = False, marker: str = "o") -> None:
        """A mark on a scale."""
        fill = self.theme.paper if hollow else color
        self.axes.add_line(Line2D([x], [y], marker=marker, markersize=7, markerfacecolor=fill, markeredgecolor=color, zorder=3))

    def frame(self, title: str, subtitle: str, source: str) -> None:
        """Title and one or two lines below it on top, the source line at the foot; what is too long gets smaller, then is cut."""
        lines: list[tuple[str, float, float, dict[str, Any]]] = [
            (title, 17.0, self.height - MARGIN - 12, {"fontweight": "bold"}),
            (source, 8.0, MARGIN - 10, {"color": self.theme.muted}),
        ]
        for number, words in enumerate(subtitle.split("\n")):
            lines.append((words, 9.5, self.height - MARGIN - 30 - 13 * number, {"color": self.theme.muted}))
        for words, full, y, style in lines:
            room, weight = self.width - 2 * MARGIN, style.get("fontweight", "normal")
            size = full * min(1.0, max(room / max(extent(words, full, weight)[0], 1.0), _SMALLER))
            self.text(MARGIN, y, fitted(words, size, room, weight), size=size, **style)

    def bytes(self, kind: PictureFormat, title: str) -> bytes:
        """The page as a file; the same page gives the same bytes.

        Letters are outlines, so that an SVG also holds its texts, to be searched and read aloud.
        """
        metadata: dict[PictureFormat, dict[str, Any]] = {
            "svg": {"Date": None, "Creator": "kgraph", "Title": title},
            "pdf": {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": "kgraph", "Title": title},
            "png": {"Software": "kgraph", "Title": title},
        }
        stream = io.BytesIO()
        with mpl.rc_context({"svg.hashsalt": "kgraph", "svg.fonttype": "path", "pdf.fonttype": 42}), warnings.catch_warnings():
            # A letter that the font lacks is drawn as a box: no reason to stop.
            warnings.filterwarnings("ignore", message=".*[Gg]lyph.*")
            self.figure.savefig(stream, format=kind, dpi=_DPI, metadata=metadata[kind], facecolor=self.theme.paper)
        return _described(stream.getvalue(), title, self.words) if kind == "svg" else stream.getvalue()


def _described(svg: bytes, title: str, words: Sequence[str]) -> bytes:
    """An SVG that a screen reader takes for one picture, with its title as name and its texts as description."""
    before, tag, after = svg.partition(b"<svg ")
    head, end, rest = after.partition(b">")
    named = f'role="img" aria-label="{html.escape(plain(title))}" '.encode()
    return before + tag + named + head + end + f"\n <desc>{html.escape(chr(10).join(words))}</desc>".encode() + rest
