"""Where things stand: distances as on the graph, boxes that do not overlap.

Stress majorisation (Gansner, Koren and North, 2004) places each connected part; parts are then packed
side by side. Starting points come from the graph alone, so that the same graph gives the same places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, shortest_path
from scipy.spatial.distance import cdist

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    _Part = tuple[NDArray[np.intp], Points, NDArray[np.intp]]
    """Points that are linked: their numbers, their places, and the ends of their links as numbers within the part."""

__all__ = ["clear", "pack", "passed", "place", "separate", "stretch"]

_NOTHING = 1e-6
_ROUNDS, _ROUNDS_OF_MANY, _MANY = 120, 20, 600
_HIT = 0.5
_ENOUGH = 1e-4
"""The share of stress that a round must still remove."""


def place(count: int, links: Sequence[tuple[int, int, float]], *, gap: float, aspect: float = 1.5, start: Points | None = None) -> Points:
    """Coordinates of `count` points, each link about as long as it says; a link is (one, other, length).

    Places of an earlier call as a `start` are changed as little as the lengths allow, and no part is turned.
    """
    if count == 0:
        return np.zeros((0, 2))
    rows, columns, lengths = (np.array(part) for part in zip(*links, strict=True)) if links else (np.array([], int),) * 2 + (np.array([]),)
    graph = csr_matrix((lengths, (rows, columns)), shape=(count, count))
    _, part = connected_components(graph, directed=False)
    places = np.zeros((count, 2))
    parts: list[_Part] = []
    for label in range(part.max() + 1):
        members = np.flatnonzero(part == label)
        distance = shortest_path(graph[members][:, members], directed=False)
        spots = _level(_stress(distance, _spread(distance))) if start is None else _stress(distance, start[members])
        within = part[rows] == label
        parts.append((members, spots, np.searchsorted(members, np.column_stack((rows[within], columns[within])))))
    for members, spot in _side_by_side(parts, gap=gap, aspect=aspect):
        places[members] = spot
    return places


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


def _stress(distance: Points, start: Points) -> Points:
    """Places whose distances come as near to `distance` as the plane allows, near pairs counting most."""
    count = len(distance)
    if count == 1:
        return np.zeros((1, 2))
    with np.errstate(divide="ignore"):
        weight = np.where(distance > 0, distance**-2.0, 0.0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.inv(laplacian + 1.0 / count) - 1.0 / count
    pull = weight * distance
    spots = start
    before = np.inf
    for _ in range(_ROUNDS if count <= _MANY else _ROUNDS_OF_MANY):
        actual = cdist(spots, spots)
        stress = float((weight * (actual - distance) ** 2).sum())
        if stress >= before * (1 - _ENOUGH):
            break
        before = stress
        ratio = np.divide(pull, actual, out=np.zeros_like(pull), where=actual > _NOTHING)
        spots = inverse @ (ratio.sum(axis=1, keepdims=True) * spots - ratio @ spots)
    return spots


def _spread(distance: Points) -> Points:
    """A start: classical scaling on a few far-apart pivots, plus a golden-angle spiral that parts equal points."""
    count = len(distance)
    pivots = [int(distance.sum(axis=1).argmax())]
    while len(pivots) < min(count, 50):
        pivots.append(int(distance[:, pivots].min(axis=1).argmax()))
    square = distance[:, pivots] ** 2
    centred = -0.5 * (square - square.mean(axis=0) - square.mean(axis=1, keepdims=True) + square.mean())
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :2]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), [0, 1][: axes.shape[1]]] < 0, -1, 1)
    spots = np.zeros((count, 2))
    spots[:, : axes.shape[1]] = centred @ axes
    spots *= distance.max() / max(float(np.ptp(spots, axis=0).max()), 1e-9)
    turn = np.arange(count) * 2.399963
    radius = 0.05 * distance.max() * np.sqrt((np.arange(count) + 1) / count)
    return np.asarray(spots + np.column_stack((np.cos(turn), np.sin(turn))) * radius[:, None])


def _level(spots: Points) -> Points:
    """The places turned so that the longest side lies flat, as pages do."""
    centred = spots - spots.mean(axis=0)
    if len(centred) == 1:
        return np.asarray(centred)
    _, axes = np.linalg.eigh(centred.T @ centred)
    long = axes[:, 1] * (-1 if axes[0, 1] < 0 else 1)
    return np.asarray(centred @ np.column_stack((long, (-long[1], long[0]))))


def _side_by_side(parts: list[_Part], *, gap: float, aspect: float) -> Iterator[tuple[NDArray[np.intp], Points]]:
    """The parts packed, in cells as wide as the gap."""
    masks = [_cells(spots, ends, gap) for _, spots, ends in parts]
    for (members, spots, _), (row, column) in zip(parts, pack(masks, aspect=aspect), strict=True):
        corner = spots - np.array([spots[:, 0].min(), spots[:, 1].max()])
        yield members, corner + np.array([column, -row]) * gap


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


def _cells(spots: Points, ends: NDArray[np.intp], gap: float) -> NDArray[np.bool_]:
    """The cells, row by row from the top, that points and links touch, and those around them on the right and below."""
    steps = np.linspace(0, 1, 1 + int(np.ceil(2 * np.abs(spots[ends[:, 0]] - spots[ends[:, 1]]).max(initial=0.0) / gap)))[:, None, None]
    along = spots[ends[:, 0]] * (1 - steps) + spots[ends[:, 1]] * steps
    points = np.vstack((spots, along.reshape(-1, 2)))
    columns, rows = ((np.array([1, -1]) * (points - np.array([spots[:, 0].min(), spots[:, 1].max()]))) / gap).round().astype(int).T
    mask = np.zeros((rows.max() + 2, columns.max() + 2), dtype=bool)
    for down in (0, 1):
        for right in (0, 1):
            mask[rows + down, columns + right] = True
    return mask


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
