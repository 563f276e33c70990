"""Boxes that do not overlap, and keep off curves that only pass by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Points = NDArray[np.float64]

__all__ = ["clear", "passed", "separate", "stretch"]

_NOTHING = 1e-6


def separate(places: Points, sizes: Points, *, gap: float, rounds: int = 600) -> Points:
    """The places moved as little as is simple until no two boxes of the given widths and heights overlap."""
    x, y = places.T.copy()
    wide, high = ((half[:, None] + half[None, :] + gap) for half in sizes.T / 2)
    order = np.arange(len(x))
    apart = np.sign(order[:, None] - order[None, :]).astype(float)
    for _ in range(rounds):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        over_x, over_y = wide - np.abs(dx), high - np.abs(dy)
        hit = (over_x > _NOTHING) & (over_y > _NOTHING) & (apart != 0)
        count = hit.sum(axis=1)
        if not count.any():
            break
        sideways = over_x <= over_y
        share = 0.5 / np.maximum(1, np.sqrt(count))
        x += share * np.where(hit & sideways, np.where(dx == 0, apart, np.sign(dx)) * over_x, 0).sum(axis=1)
        y += share * np.where(hit & ~sideways, np.where(dy == 0, apart, np.sign(dy)) * over_y, 0).sum(axis=1)
    return np.column_stack((x, y))


def stretch(places: Points, aspect: float) -> Points:
    """The places drawn out so that they are nearer to `aspect` times as wide as high."""
    width, height = np.maximum(np.ptp(places, axis=0), 1.0) if len(places) else (1.0, 1.0)
    factor = float(np.clip(np.sqrt(aspect * height / width), 0.75, 1.5))
    return np.asarray(places * np.array([factor, 1 / factor]))


def clear(
    places: Points, sizes: Points, curves: Callable[[Points], Points], ends: NDArray[np.intp], *, gap: float, rounds: int = 40
) -> Points:
    """The places with boxes pushed off curves that only pass by.

    `curves(places)` gives some points on each curve, by curve; `ends` names, by curve, the boxes that belong to it.
    """
    spots = places.copy()
    for _ in range(rounds):
        along = curves(spots)
        heading = np.gradient(along, axis=1)
        normal = np.stack((-heading[..., 1], heading[..., 0]), axis=-1)
        normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)
        offset = spots[None, None] - along[:, :, None]
        inside = _strange(offset, sizes, ends, gap)
        if not inside.any():
            break
        side = (offset * normal[:, :, None]).sum(axis=-1)
        reach = np.abs(normal[:, :, None] * (sizes / 2 + gap)).sum(axis=-1)
        need = np.where(inside, np.where(side < 0, -1, 1) * np.maximum(reach - np.abs(side), 0), 0.0)
        push = (need[..., None] * normal[:, :, None]).sum(axis=1) / np.maximum(inside.sum(axis=1), 1)[..., None]
        spots += 0.35 * push.sum(axis=0) / np.maximum(1, np.sqrt(inside.any(axis=1).sum(axis=0)))[:, None]
        spots = separate(spots, sizes, gap=gap, rounds=12)
    return separate(spots, sizes, gap=gap)


def passed(spots: Points, sizes: Points, along: Points, ends: NDArray[np.intp]) -> int:
    """How many curves, given as points, run behind a box that is not theirs."""
    return int(_strange(spots[None, None] - along[:, :, None], sizes, ends, 0.0).any(axis=(1, 2)).sum())


def _strange(offset: Points, sizes: Points, ends: NDArray[np.intp], gap: float) -> NDArray[np.bool_]:
    """Which points of which curve lie in which box that is not theirs."""
    inside: NDArray[np.bool_] = np.all(np.abs(offset) < sizes / 2 + gap, axis=-1)
    for column in ends.T:
        np.logical_and(inside, (column[:, None] != np.arange(len(sizes)))[:, None, :], out=inside)
    return inside
