"""Where the words of an arrow stand: on it or, where they would hide it, beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

__all__ = ["ARROWHEAD", "captioned"]

ARROWHEAD = 9.0
"""The scale of an arrowhead."""
_SHOWN = ARROWHEAD
"""So much of an arrow must be seen on either side of its words, so that its head has a shaft."""
_AWAY, _APART = 2.0, 4.0
"""Room between an arrow and the words beside it, and, where there is some, between these and other words."""


def captioned(stops: Points, sizes: Points, paths: Sequence[Points], things: tuple[Points, Points], page: Points) -> Points:
    """The middle of each caption: its stop, or a place beside its arrow where the stop leaves too little of the arrow to be seen.

    `sizes` are those of the captions, `paths` points along the arrows, `things` the middles and sizes of what else has words or
    marks, and `page` the lower left and upper right corner within which words may stand. Where there is no free place beside
    the arrow either, the words stay where they are.
    """
    places = stops.copy()
    drawn = np.vstack(paths) if paths else np.zeros((0, 2))
    for number, (stop, size, path) in enumerate(zip(stops, sizes, paths, strict=True)):
        if min(_seen(path, stop, size)) >= _SHOWN:
            continue
        others = np.arange(len(stops)) != number
        middles, extents = np.vstack((things[0], places[others])), np.vstack((things[1], sizes[others]))
        free = [
            (room, int(_inside(drawn, spot, size).sum()), side)
            for room in (-_APART, 0.0)
            for side, spot in enumerate(_beside(path, size))
            if _within(spot, size, page) and not _touching(spot, size - 2 * room, middles, extents) and not _inside(path, spot, size).any()
        ]
        if free:
            places[number] = _beside(path, size)[min(free)[2]]
    return places


def _seen(path: Points, spot: Points, size: Points) -> tuple[float, float]:
    """How much of a path is to be seen before and after words that stand on it."""
    covered = np.flatnonzero(_inside(path, spot, size))
    if not len(covered):
        return (np.inf, np.inf)
    steps = np.hypot(*np.diff(path, axis=0).T)
    return float(steps[: covered[0]].sum()), float(steps[covered[-1] :].sum())


def _beside(path: Points, size: Points) -> tuple[Points, Points]:
    """The places on either side of the middle of a path, so far off that words of this size do not touch a straight arrow."""
    middle = path[len(path) // 2]
    along = path[-1] - path[0]
    across = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-9)
    off = across * (float(np.abs(across) @ size) / 2 + _AWAY)
    return middle + off, middle - off


def _inside(points: Points, spot: Points, size: Points) -> NDArray[np.bool_]:
    return np.asarray((np.abs(points - spot) < size / 2).all(axis=1))


def _within(spot: Points, size: Points, page: Points) -> bool:
    return bool((spot - size / 2 >= page[0]).all() and (spot + size / 2 <= page[1]).all())


def _touching(spot: Points, size: Points, middles: Points, extents: Points) -> bool:
    return bool((np.abs(middles - spot) < (extents + size) / 2).all(axis=1).any())
