"""Where the boxes of a network stand: each connected part on its own, the parts then side by side.

Boxes are things and the words on arrows; an arrow is a curve from thing to thing by way of its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from kgraph.export.placement.overlap import clear, passed, separate, stretch
from kgraph.export.placement.packing import pack
from kgraph.export.placement.stress import place

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

__all__ = ["arrange", "curve"]

_ASPECT, _GAP, _BETWEEN = 1.45, 6.0, 50.0
_CELL = 12.0
"""How finely parts are fitted into each other's bays."""
_SPARSE, _REFITS, _SHAFT = 0.25, 2, 20.0
"""The share of a page that boxes fill below which lengths are fitted to directions, how often, and how much of an arrow is to be seen."""


def arrange(sizes: Points, ends: NDArray[np.intp]) -> Points:
    """Centres of boxes of these widths and heights, so that none overlaps another.

    A row of `ends` is an arrow: the boxes that it joins, and the one of its words, which is a stop on it.
    """
    if not len(sizes):
        return np.zeros((0, 2))
    rows, columns = (ends[:, [0, 1]].ravel(), np.repeat(ends[:, 2], 2)) if len(ends) else (np.zeros(0, int), np.zeros(0, int))
    graph = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(sizes), len(sizes)))
    _, part = connected_components(graph, directed=False)
    parts = []
    for label in range(part.max() + 1):
        members = np.flatnonzero(part == label)
        within = np.searchsorted(members, ends[part[ends[:, 2]] == label])
        spots = _arranged(sizes[members], within)
        parts.append((members, spots, _cells(spots, sizes[members], within)))
    places = np.zeros((len(sizes), 2))
    for (members, spots, _), shift in zip(parts, pack([mask for *_, mask in parts], aspect=_ASPECT), strict=True):
        corner = np.array([(spots - sizes[members] / 2)[:, 0].min(), (spots + sizes[members] / 2)[:, 1].max()])
        places[members] = spots - corner + np.array([shift[1], -shift[0]]) * _CELL
    return places


def _arranged(sizes: Points, ends: NDArray[np.intp]) -> Points:
    """One part. Where there is much room, a denser layout is tried and taken unless more arrows then run behind words."""
    half = np.hypot(sizes[:, 0], sizes[:, 1]) / 2
    degree = np.bincount(ends[:, :2].ravel(), minlength=len(sizes)) if len(ends) else np.zeros(len(sizes))
    links = [
        (end, number, 0.62 * float(half[end] + half[number]) + 8 + 7 * float(degree[end]) ** 0.7)
        for *pair, number in ends.tolist()
        for end in pair
    ]
    starts = [place(len(sizes), links, gap=_BETWEEN)]
    if _filled(starts[0], sizes) < _SPARSE:
        for _ in range(_REFITS):
            starts.append(place(len(sizes), _fitted(links, starts[-1], sizes), gap=_BETWEEN, start=starts[-1]))
    found = []
    for start in starts[:: max(len(starts) - 1, 1)]:
        spots = separate(stretch(start, _ASPECT), sizes, gap=_GAP)
        if len(ends):
            spots = clear(spots, sizes, lambda spots: _curves(spots, ends), ends, gap=_GAP)
        found.append(spots)
    return min(reversed(found), key=lambda spots: passed(spots, sizes, _curves(spots, ends), ends))


def curve(steps: Points, start: Points, through: Points, end: Points) -> Points:
    """Points on the curve from start to end that passes through a point half way."""
    return np.asarray((1 - steps) ** 2 * start + 2 * steps * (1 - steps) * (2 * through - (start + end) / 2) + steps**2 * end)


def _curves(spots: Points, ends: NDArray[np.intp]) -> Points:
    """Some points on each arrow."""
    steps = np.linspace(0.06, 0.94, 17)[None, :, None]
    start, end, stop = (spots[ends[:, column], None] for column in range(3))
    return curve(steps, start, stop, end)


def _filled(spots: Points, sizes: Points) -> float:
    """The share of the page that boxes fill; where they fill more, arrows need the room between them."""
    return float(sizes.prod(axis=1).sum() / max(np.prod(np.ptp(spots, axis=0) + sizes.max(axis=0)), 1e-9)) if len(spots) else 1.0


def _fitted(links: list[tuple[int, int, float]], spots: Points, sizes: Points) -> list[tuple[int, int, float]]:
    """The links, no longer than boxes need that lie in their direction: one above the other need less room than side by side."""
    fitted = []
    for one, other, length in links:
        toward = np.abs(spots[one] - spots[other])
        toward = np.maximum(toward / max(float(np.hypot(*toward)), 1e-9), 1e-9)
        apart = float(((sizes[one] + sizes[other]) / 2 / toward).min())
        fitted.append((one, other, min(length, apart + _SHAFT)))
    return fitted


def _cells(spots: Points, sizes: Points, ends: NDArray[np.intp]) -> NDArray[np.bool_]:
    """The cells, row by row from the top, that the boxes and arrows of a part take, with room around them."""
    boxes = np.vstack((np.hstack((spots - sizes / 2, spots + sizes / 2)), np.tile(_curves(spots, ends).reshape(-1, 2), 2)))
    left, top = (spots - sizes / 2)[:, 0].min(), (spots + sizes / 2)[:, 1].max()
    room = _BETWEEN / 4
    columns = np.floor((boxes[:, [0, 2]] - left + np.array([-room, room])) / _CELL).astype(int)
    rows = np.floor((top - boxes[:, [3, 1]] + np.array([-room, room])) / _CELL).astype(int)
    columns, rows = np.maximum(columns, 0), np.maximum(rows, 0)
    mask = np.zeros((rows.max() + 1, columns.max() + 1), dtype=bool)
    for (first_row, last_row), (first_column, last_column) in zip(rows, columns, strict=True):
        mask[first_row : last_row + 1, first_column : last_column + 1] = True
    return mask
