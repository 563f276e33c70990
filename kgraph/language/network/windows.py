"""Windows: the stretches of a document that the encoder reads at once.

A window holds whole sentences as far as the punctuation shows them: about WANTED wordpieces, and never more than LIMIT,
with the two special ones. Windows do not overlap: a document costs one pass over its words, and no word is read twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.network.tokens import BREAK, CLS, PAD, SEP, shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

LIMIT = 192
"""Wordpieces of the longest window, the two special ones included."""

WANTED = 96
"""Wordpieces that a window has at most where its sentences allow: attention costs the square of a window's length."""

BUCKETS = (32, 64, 96, 128, 160, 192)
"""The lengths that windows are padded to in training, where few shapes are fast shapes."""

NO_CUT, WEAK, STOP, PARAGRAPH = 0, 1, 2, 3
"""How good a place before a word is for cutting a text into windows."""

_STOPS = frozenset({".", "?", "!", "...", "…"})
_CLOSERS = frozenset({'"', "'", "''", "\N{RIGHT DOUBLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}", ")", "]"})
_CLAUSE_ENDS = frozenset({";", ":", ",", "-", "--", "\N{EN DASH}", "\N{EM DASH}"})


def cuts(words: Sequence[str], gaps: Sequence[int]) -> list[int]:
    """How good a place for a cut the start of each word is, judged by punctuation and line breaks alone.

    >>> cuts(["Hi", "!", "I", "am", ",", "he", "."], [0, 0, 1, 1, 0, 1, 0])
    [0, 0, 2, 0, 0, 1, 0]
    """
    strengths = [NO_CUT] * len(words)
    for index in range(1, len(words)):
        before = words[index - 1]
        if gaps[index] == BREAK:
            strengths[index] = PARAGRAPH
        elif before in _STOPS or (before in _CLOSERS and index > 1 and words[index - 2] in _STOPS):
            if shape(words[index]) != 1 and words[index] not in _CLOSERS and words[index] not in _STOPS:
                strengths[index] = STOP
        elif before in _CLAUSE_ENDS:
            strengths[index] = WEAK
    return strengths


def spans(lengths: Sequence[int], strengths: Sequence[int], limit: int = LIMIT, wanted: int = WANTED) -> list[tuple[int, int]]:
    """Cut a text of words with so many wordpieces each into windows [start, end) at its best places.

    >>> spans([1] * 10, [0, 0, 0, 2, 0, 0, 0, 2, 0, 0], limit=8)
    [(0, 3), (3, 7), (7, 10)]
    >>> spans([1] * 10, [0, 0, 0, 2, 0, 0, 0, 2, 0, 0], wanted=6)
    [(0, 3), (3, 7), (7, 10)]
    """
    found = []
    start = 0
    while start < len(lengths):
        end, used, near = start, 0, start
        while end < len(lengths) and used + lengths[end] <= limit - 2:
            used += lengths[end]
            end += 1
            if used <= wanted - 2:
                near = end
        if near < len(lengths):
            end = _best_cut(strengths, start, near, end)
        found.append((start, end))
        start = end
    return found


def _best_cut(strengths: Sequence[int], start: int, near: int, end: int) -> int:
    """The last stop in the wanted room, else the first stop after it, else the last weak cut, else the hard end of the room."""
    last = min(end, len(strengths) - 1)
    for places, least in ((range(near, start, -1), STOP), (range(near + 1, last + 1), STOP), (range(last, start + 1, -1), WEAK)):
        for index in places:
            if strengths[index] >= least:
                return index
    return end


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One row for the encoder: the wordpieces of the words [start, end) of a document."""

    start: int
    end: int
    pieces: list[int]
    shapes: list[int]
    gaps: list[int]
    firsts: list[int]

    @property
    def length(self) -> int:
        """Wordpieces in the window, the two special ones included."""
        return len(self.pieces)


def build_window(pieces: Sequence[tuple[int, ...]], shapes: Sequence[int], gaps: Sequence[int], start: int, end: int) -> Window:
    """Lay out the words [start, end) between the two special wordpieces."""
    ids, kinds, breaks, firsts = [CLS], [0], [0], []
    for index in range(start, end):
        word = pieces[index]
        firsts.append(len(ids))
        ids.extend(word)
        kinds.extend([shapes[index]] * len(word))
        breaks.append(gaps[index])
        breaks.extend([0] * (len(word) - 1))
    ids.append(SEP)
    kinds.append(0)
    breaks.append(0)
    return Window(start=start, end=end, pieces=ids, shapes=kinds, gaps=breaks, firsts=firsts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Windows padded to one length: the inputs of the encoder by name."""

    pieces: NDArray[np.int64]
    shapes: NDArray[np.int64]
    gaps: NDArray[np.int64]
    firsts: NDArray[np.int64]

    def feed(self) -> dict[str, NDArray[np.int64]]:
        """The inputs as the model's graph names them."""
        return {"pieces": self.pieces, "shapes": self.shapes, "gaps": self.gaps, "firsts": self.firsts}


def bucket(length: int) -> int:
    """The padded length for a window of so many wordpieces."""
    return next((size for size in BUCKETS if length <= size), length)


def build_rows(windows: Sequence[Window], length: int) -> Rows:
    """Pad windows to a length; words that are not there point at the first special wordpiece."""
    width = max(len(window.firsts) for window in windows)
    rows = len(windows)
    pieces = np.full((rows, length), PAD, dtype=np.int64)
    shapes = np.zeros((rows, length), dtype=np.int64)
    gaps = np.zeros((rows, length), dtype=np.int64)
    firsts = np.zeros((rows, width), dtype=np.int64)
    for row, window in enumerate(windows):
        size = window.length
        pieces[row, :size] = window.pieces
        shapes[row, :size] = window.shapes
        gaps[row, :size] = window.gaps
        firsts[row, : len(window.firsts)] = window.firsts
    return Rows(pieces=pieces, shapes=shapes, gaps=gaps, firsts=firsts)


def batches(lengths: Sequence[int], budget: int) -> Iterator[tuple[int, list[int]]]:
    """Group windows of one length into (length, indices), at most `budget` wordpieces a batch.

    No window is padded: it costs what it holds, its attention needs no mask, and the last bits of its scores are the same
    whatever it is read with.

    >>> list(batches([10, 50, 12, 50, 50, 10], 112))
    [(10, [0, 5]), (12, [2]), (50, [1, 3]), (50, [4])]
    """
    groups: dict[int, list[int]] = {}
    for index, length in enumerate(lengths):
        groups.setdefault(length, []).append(index)
    for size, indices in sorted(groups.items()):
        rows = max(1, budget // size)
        for first in range(0, len(indices), rows):
            yield size, indices[first : first + rows]
