"""Lays out a document for the relation model: segments of whole sentences, their spans, the pairs to score.

Shared by training and run time, so that the model reads what it was taught on. Positions are words that are not
white space; segments overlap, so that an argument in the sentence before is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from kgraph.extraction.relations.labels import KINDS, allowed, is_name, is_value, letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["INPUTS", "MARKS", "PLACES", "Feed", "Segment", "Span", "feed", "may_mean", "pairs", "segments", "word_states"]

PLACES = 160
"""Words of the longest segment."""
OVERLAP = 32
"""Words that a segment repeats of the one before, at most."""
REACH = 2
"""Sentences that may lie between the sentences of a pair, plus one."""
MAX_SPANS = 64
"""Spans of a segment that are paired; a segment with more is a list, and the last are left out."""
MARKS = len(KINDS) + 1
"""Features of a word in a segment: the kinds of the spans that hold it, and whether one starts there."""
STEPS = (1, 2, 3, 5, 8, 12, 20, 32, 56)
"""Upper bounds of the buckets of the distance between two spans, in words."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """The words [start, end) of a document, and which of KINDS they are."""

    start: int
    end: int
    kind: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The words [start, end) of a document with the spans inside, by their place in the document's list."""

    start: int
    end: int
    spans: tuple[int, ...]
    pairs: NDArray[np.int64]
    """Rows of (subject, object, distance, sentences between); the first two count within `spans`."""


def word_states(states: NDArray[np.float32], firsts: Sequence[int]) -> NDArray[np.float32]:
    """One vector for each word of a window: the mean of its wordpieces; the window's last row is the closing one."""
    places = np.array(firsts, dtype=np.int64)
    counts = np.diff(places, append=len(states) - 1)
    sums: NDArray[np.float32] = states[places].astype(np.float32)
    for further in range(1, int(counts.max())):  # most words are one piece: `reduceat` takes ten times as long
        longer = np.flatnonzero(counts > further)
        sums[longer] += states[places[longer] + further]
    sums /= counts.astype(np.float32)[:, None]
    return sums


def segments(sentences: Sequence[int], spans: Sequence[Span]) -> list[Segment]:
    """The segments of a document that hold something to score.

    `sentences` numbers the sentence of each word, from 0.
    """
    if not spans:
        return []
    starts = [0] + [index for index, (a, b) in enumerate(pairwise(sentences), start=1) if a != b]
    found = []
    for start, end in _stretches(starts, len(sentences)):
        inside = [index for index, span in enumerate(spans) if start <= span.start and span.end <= end][:MAX_SPANS]
        rows = pairs([spans[index] for index in inside], sentences)
        if len(rows):
            found.append(Segment(start=start, end=end, spans=tuple(inside), pairs=rows))
    return found


def _stretches(starts: Sequence[int], length: int) -> list[tuple[int, int]]:
    """Overlapping stretches of whole sentences; a sentence that is too long is cut."""
    cuts: list[int] = []
    for start, end in pairwise([*starts, length]):
        cuts.extend(range(start, end, PLACES))
    cuts.append(length)
    found: list[tuple[int, int]] = []
    first = 0
    while not found or found[-1][1] < length:
        last = first + 1
        while last + 1 < len(cuts) and cuts[last + 1] - cuts[first] <= PLACES:
            last += 1
        found.append((cuts[first], cuts[last]))
        following = last
        while following - 1 > first and cuts[last] - cuts[following - 1] <= OVERLAP:
            following -= 1
        first = following
    return found


def pairs(spans: Sequence[Span], sentences: Sequence[int]) -> NDArray[np.int64]:
    """The pairs of spans that some label allows, near enough to each other, as rows of `Segment.pairs`."""
    starts, ends, kinds = np.array([(span.start, span.end, span.kind) for span in spans], dtype=np.int64).reshape(-1, 3).T
    numbers = np.array([sentences[start] for start in starts.tolist()], dtype=np.int64)
    apart = np.abs(numbers[:, None] - numbers)
    # spans of one thing may overlap: a name in "the San Francisco-based firm" may still be its place
    same = (starts[:, None] == starts) & (ends[:, None] == ends)
    alone, together = _labelled()
    paired = together[kinds[:, None], kinds] & (apart <= REACH) & ~same
    subjects, columns = np.nonzero(np.concatenate([alone[kinds][:, None], paired], axis=1))  # each first alone
    objects = np.where(columns == 0, subjects, columns - 1)
    distances = np.where(columns == 0, 0, _distances(starts, ends)[subjects, objects])
    return np.stack([subjects, objects, distances, apart[subjects, objects]], axis=1)


def may_mean(spans: Sequence[Span]) -> NDArray[np.bool_]:
    """Whether a span, a pronoun or a description, may stand for what another, a name, names: [span, name].

    Both are of one type, and the name is no part of the description.
    """
    letters = np.array([letter(span.kind) for span in spans])
    others = np.array([not is_value(span.kind) and not is_name(span.kind) for span in spans], dtype=np.bool_)
    names = np.array([is_name(span.kind) for span in spans], dtype=np.bool_)
    starts, ends = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2).T
    inside = (starts >= starts[:, None]) & (ends <= ends[:, None])
    told: NDArray[np.bool_] = others[:, None] & names & (letters[:, None] == letters) & ~inside
    return told


@cache
def _labelled() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether some label holds of a kind of span alone, and of two kinds."""
    letters = [letter(kind) for kind in range(len(KINDS))]
    alone = np.array([bool(allowed(subject, "=")) for subject in letters])
    return alone, np.array([[bool(allowed(subject, other)) for other in letters] for subject in letters])


def _distances(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The buckets of the words between each two spans, with their order."""
    after = starts[None, :] >= starts[:, None]
    gaps = np.where(after, starts[None, :] - ends[:, None], starts[:, None] - ends[None, :])
    buckets = np.searchsorted(STEPS, np.maximum(gaps, 0), side="right")
    return 1 + buckets + np.where(after, 0, len(STEPS) + 1)


DISTANCES = 1 + 2 * (len(STEPS) + 1)


INPUTS = ("states", "marks", "mask", "firsts", "lasts", "kinds", "subjects", "objects", "distances", "gaps")
"""The inputs of the model's graph."""

Feed = dict[str, "NDArray[Any]"]
"""Segments padded to one size: the inputs of the model by name."""


def feed(rows: Sequence[tuple[NDArray[np.float32], Sequence[Span], Segment]]) -> Feed:
    """Pad segments; each comes with the states of its document's words and its document's spans."""
    count, width = len(rows), rows[0][0].shape[1]
    length = max(segment.end - segment.start for _, _, segment in rows)
    places = max(len(segment.spans) for _, _, segment in rows)
    depth = max(len(segment.pairs) for _, _, segment in rows)
    states = np.zeros((count, length, width), dtype=np.float32)
    marks = np.zeros((count, length, MARKS), dtype=np.float32)
    mask = np.zeros((count, length), dtype=np.int32)
    spans = np.zeros((3, count, places), dtype=np.int64)
    pairs_ = np.zeros((4, count, depth), dtype=np.int64)
    for row, (vectors, found, segment) in enumerate(rows):
        size = segment.end - segment.start
        states[row, :size] = vectors[segment.start : segment.end]
        mask[row, :size] = 1
        for column, index in enumerate(segment.spans):
            span = found[index]
            first, last = span.start - segment.start, span.end - segment.start - 1
            spans[:, row, column] = first, last, span.kind
            marks[row, first : last + 1, span.kind] = 1
            marks[row, first, -1] = 1
        pairs_[:, row, : len(segment.pairs)] = segment.pairs.T
    return dict(zip(INPUTS, (states, marks, mask, *spans, *pairs_), strict=True))
