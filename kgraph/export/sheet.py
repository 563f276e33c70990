"""One page of a picture: text that knows its size, title and source line, and bytes that do not depend on the clock.

Lengths are points (1/72 inch); the origin is the lower left corner.
"""

from __future__ import annotations

import io
import textwrap
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path

from kgraph.export.palette import SHAPES
from kgraph.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from kgraph.export.palette import Theme
    from kgraph.model import Article, EntityType

__all__ = ["MARGIN", "PictureFormat", "Scale", "Sheet", "extent", "fitted", "plain", "shape", "source_line", "wrapped"]

PictureFormat = Literal["svg", "png", "pdf"]

MARGIN = 30.0
_LEADING = 1.22
_FAMILY = "DejaVu Sans"
"""It comes with matplotlib, so that text has the same size on every machine."""
_DPI = 200
_MANY_PUBLISHERS = 4


def plain(text: str) -> str:
    """Text of one line: control characters become spaces."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def wrapped(text: str, width: int, lines: int) -> str:
    r"""At most `lines` lines of about `width` letters; what does not fit ends in an ellipsis.

    Only what is too long for a line is broken within words, at a hyphen where it has one.

    >>> wrapped("Registry of Baden-Wuerttemberg", 12, 3)
    'Registry of\nBaden-\nWuerttemberg'
    """
    words = text.split()
    hyphens = any(len(word) > width for word in words)
    long = any(len(piece) > width for word in words for piece in word.split("-"))
    found = textwrap.wrap(" ".join(words), width, max_lines=lines, placeholder=" …", break_on_hyphens=hyphens, break_long_words=long)
    return "\n".join(found) or text[:width]


@lru_cache(maxsize=4096)
def _width(text: str, size: float, weight: str) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks
        found = text_to_path.get_text_width_height_descent(
            plain(text), FontProperties(family=_FAMILY, size=size, weight=weight), ismath=False
        )
    return float(found[0])


def extent(text: str, size: float, weight: str = "normal") -> tuple[float, float]:
    """Width and height of lines of text."""
    lines = text.split("\n")
    return max(_width(line, size, weight) for line in lines), len(lines) * size * _LEADING


def fitted(text: str, size: float, width: float) -> str:
    """One line, cut at a word and ended by an ellipsis where it is wider than `width`."""
    words = text.split()
    line = " ".join(words)
    while len(words) > 1 and extent(line, size)[0] > width:
        words.pop()
        line = f"{' '.join(words)} …"
    return line


def shape(kind: EntityType, x: float, y: float, radius: float, **style: Any) -> Circle | Polygon:
    """The mark of a type of thing."""
    corners = SHAPES[kind]
    if not corners:
        return Circle((x, y), radius, **style)
    return Polygon([(x + radius * dx, y + radius * dy) for dx, dy in corners], closed=True, joinstyle="round", **style)


def source_line(articles: Sequence[Article], source: str | None) -> str:
    """What the picture rests on: articles, outlets and the days between which they were published."""
    if source is not None:
        return f"Source: {source}"
    days = sorted(article.date for article in articles if article.date)
    outlets = sorted({article.publisher for article in articles if article.publisher})
    named = ", ".join(outlets[:_MANY_PUBLISHERS]) + (
        f" and {len(outlets) - _MANY_PUBLISHERS} more" if len(outlets) > _MANY_PUBLISHERS else ""
    )
    parts = [counted(len(articles), "article"), named]
    if days:
        first, last = f"{days[0].day} {days[0]:%B %Y}", f"{days[-1].day} {days[-1]:%B %Y}"
        parts.append(first if first == last else f"{first} to {last}")
    return "Source: " + "; ".join(part for part in parts if part) + " · drawn by kgraph"


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
        style = {"fontfamily": _FAMILY, "parse_math": False, "linespacing": _LEADING - 0.02, **style}
        self.words.append(plain(words))
        self.axes.text(x, y, plain_lines(words), size=size, color=color or self.theme.ink, **style)

    def line(self, start: tuple[float, float], end: tuple[float, float], **style: Any) -> None:
        """A straight line."""
        style = {"color": self.theme.rule, "linewidth": 0.8, **style}
        self.axes.add_line(Line2D([start[0], end[0]], [start[1], end[1]], **style))

    def dot(self, x: float, y: float, *, color: str, hollow: bool = False) -> None:
        """A mark on a scale."""
        fill = self.theme.paper if hollow else color
        self.axes.add_line(Line2D([x], [y], marker="o", markersize=7, markerfacecolor=fill, markeredgecolor=color, zorder=3))

    def frame(self, title: str, subtitle: str, source: str) -> None:
        """Title and one or two lines below it on top, the source line at the foot; what is too long gets smaller letters."""
        lines: list[tuple[str, float, float, dict[str, Any]]] = [
            (title, 17.0, self.height - MARGIN - 12, {"fontweight": "bold"}),
            (source, 8.0, MARGIN - 10, {"color": self.theme.muted}),
        ]
        for number, words in enumerate(subtitle.split("\n")):
            lines.append((words, 9.5, self.height - MARGIN - 30 - 13 * number, {"color": self.theme.muted}))
        for words, size, y, style in lines:
            width = extent(words, size, "bold" if "fontweight" in style else "normal")[0]
            self.text(MARGIN, y, words, size=size * min(1.0, (self.width - 2 * MARGIN) / max(width, 1.0)), **style)

    def bytes(self, kind: PictureFormat, title: str) -> bytes:
        """The page as a file; the same page gives the same bytes.

        Letters are outlines, so that an SVG also holds its texts as its description, to be searched and read aloud.
        """
        described = "\n".join(self.words)
        metadata: dict[PictureFormat, dict[str, Any]] = {
            "svg": {"Date": None, "Creator": "kgraph", "Title": title, "Description": described},
            "pdf": {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": "kgraph", "Title": title},
            "png": {"Software": "kgraph", "Title": title},
        }
        stream = io.BytesIO()
        with mpl.rc_context({"svg.hashsalt": "kgraph", "svg.fonttype": "path", "pdf.fonttype": 42}), warnings.catch_warnings():
            # A letter that the font lacks is drawn as a box: no reason to stop.
            warnings.filterwarnings("ignore", message=".*[Gg]lyph.*")
            self.figure.savefig(stream, format=kind, dpi=_DPI, metadata=metadata[kind], facecolor=self.theme.paper)
        return stream.getvalue()


def plain_lines(words: str) -> str:
    """`plain`, line by line."""
    return "\n".join(plain(line) for line in words.split("\n"))
