"""Parts of a network side by side, in each other's bays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


__all__ = ["pack"]

_HIT = 0.5


def pack(masks: Sequence[NDArray[np.bool_]], *, aspect: float) -> list[tuple[int, int]]:
    """The row and column of the first cell of each part, so that parts stand beside and inside each other's bays.

    Together they are about `aspect` times as wide as high. Parts are polyominoes (Freivalds, Dogrusoz and Kikusts, 2002), the
    largest placed first.
    """
    taken = np.zeros((0, 0), dtype=bool)
    places = [(0, 0)] * len(masks)
    for each in sorted(range(len(masks)), key=lambda each: (-int(masks[each].sum()), each)):
        mask = masks[each]
        row, column = places[each] = _free(taken, mask, aspect)
        high, wide = np.maximum(taken.shape, np.array([row, column]) + mask.shape)
        taken = np.pad(taken, ((0, high - taken.shape[0]), (0, wide - taken.shape[1])))
        taken[row : row + mask.shape[0], column : column + mask.shape[1]] |= mask
    return places


def _free(taken: NDArray[np.bool_], mask: NDArray[np.bool_], aspect: float) -> tuple[int, int]:
    """The row and column where cells fit that lets the page grow least, the nearest to the top left corner among equals."""
    around = np.pad(taken, [(0, size) for size in mask.shape]).astype(float)
    padded = np.pad(around, [(0, size - 1) for size in mask.shape])
    # How many cells meet wherever the mask is laid: what a cyclic correlation wraps around lies beyond these places.
    meeting = np.fft.irfft2(np.fft.rfft2(padded) * np.fft.rfft2(mask, padded.shape).conj(), padded.shape)
    hits = meeting[: around.shape[0], : around.shape[1]]
    rows, columns = np.indices(hits.shape)
    height = np.maximum(rows + mask.shape[0], taken.shape[0])
    width = np.maximum(columns + mask.shape[1], taken.shape[1])
    cost = np.maximum(height * aspect, width) + (rows + columns) / (1.0 + hits.size)
    cost[hits > _HIT] = np.inf
    row, column = np.unravel_index(int(cost.argmin()), cost.shape)
    return int(row), int(column)
