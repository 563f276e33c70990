"""Text that knows its size: measured, wrapped and cut to fit."""

from __future__ import annotations

import textwrap
import warnings
from functools import lru_cache, partial

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

__all__ = ["FAMILY", "LEADING", "extent", "fitted", "plain", "plain_lines", "wrapped"]

LEADING = 1.22
FAMILY = "DejaVu Sans"
"""It comes with matplotlib, so that text has the same size on every machine."""


def plain(text: str) -> str:
    """Text of one line: control characters become spaces."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def wrapped(text: str, width: int, lines: int) -> str:
    r"""At most `lines` lines of about `width` letters; what does not fit ends in an ellipsis.

    Only what is too long for a line is broken within words, at a hyphen where it has one.

    >>> wrapped("Registry of Baden-Wuerttemberg", 12, 3)
    'Registry of\nBaden-\nWuerttemberg'
    >>> wrapped("Oberlandesgericht Frankfurt", 12, 1)
    'Oberlandesg…'
    """
    words = text.split()
    hyphens = any(len(word) > width for word in words)
    long = any(len(piece) > width for word in words for piece in word.split("-"))
    wrap = partial(textwrap.wrap, " ".join(words), width, break_on_hyphens=hyphens, break_long_words=long)
    found = wrap(max_lines=lines, placeholder=" …")
    if found and found[-1] == "…":  # not even one word has room beside it
        found[-1] = wrap()[len(found) - 1][: width - 1] + "…"
    return "\n".join(found) or text[:width]


@lru_cache(maxsize=4096)
def _width(text: str, size: float, weight: str) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks
        found = text_to_path.get_text_width_height_descent(
            plain(text), FontProperties(family=FAMILY, size=size, weight=weight), ismath=False
        )
    return float(found[0])


def extent(text: str, size: float, weight: str = "normal") -> tuple[float, float]:
    """Width and height of lines of text."""
    lines = text.split("\n")
    return max(_width(line, size, weight) for line in lines), len(lines) * size * LEADING


def fitted(text: str, size: float, width: float, weight: str = "normal") -> str:
    """One line, cut at a word (a single one within) and ended by an ellipsis where it is wider than `width`."""
    words = text.split()
    line = " ".join(words)
    while extent(line, size, weight)[0] > width and words != [""]:
        words = words[:-1] if len(words) > 1 else [words[0][:-1]]
        line = f"{' '.join(words)} …"
    return line


def plain_lines(words: str) -> str:
    """`plain`, line by line."""
    return "\n".join(plain(line) for line in words.split("\n"))
