"""Where things stand: points at distances as on the graph.

Stress majorisation (Gansner, Koren and North, 2004) places each connected part; parts are then packed
side by side. Starting points come from the graph alone, so that the same graph gives the same places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, shortest_path
from scipy.spatial.distance import cdist

from kgraph.export.placement.packing import pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    _Part = tuple[NDArray[np.intp], Points, NDArray[np.intp]]
    """Points that are linked: their numbers, their places, and the ends of their links as numbers within the part."""

__all__ = ["place"]

_NOTHING = 1e-6
_ROUNDS, _ROUNDS_OF_MANY, _MANY = 120, 20, 600
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
