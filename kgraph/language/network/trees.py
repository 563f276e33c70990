"""Decodes sentences and dependency trees from the scores of arcs.

Every word takes its best head in its sentence; only sentences where that gives no tree go through the
maximum-spanning-tree algorithm of Chu, Liu and Edmonds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NEVER = -1e9


def sentence_numbers(starts: NDArray[np.float32], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sentence of each word [row, word], -1 beyond the end of a row; the first word starts a sentence.

    >>> sentence_numbers(np.array([[-1.0, -1, 2, -1]], dtype=np.float32), np.array([3]))
    array([[ 0,  0,  1, -1]])
    """
    begins = starts > 0
    begins[:, 0] = True
    numbers = begins.cumsum(1) - 1
    beyond = np.arange(starts.shape[1])[None] >= lengths[:, None]
    return np.where(beyond, -1, numbers)


def best_heads(arcs: NDArray[np.float32], sentences: NDArray[np.int64]) -> NDArray[np.int64]:
    """The head of each word [row, word], a root being its own head; each sentence is a tree with one root."""
    same = sentences[:, :, None] == sentences[:, None, :]
    scores = np.where(same, arcs, np.float32(_NEVER))
    heads: NDArray[np.int64] = scores.argmax(2)
    for row, start, end in _broken(heads, sentences):
        heads[row, start:end] = start + spanning_tree(scores[row, start:end, start:end])
    return heads


def _broken(heads: NDArray[np.int64], sentences: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """The sentences (row, start, end) whose heads are no tree with one root."""
    own = heads == np.arange(heads.shape[1])[None]
    ancestors = heads
    for _ in range(max(1, heads.shape[1].bit_length())):
        ancestors = np.take_along_axis(ancestors, ancestors, axis=1)
    lost = ~np.take_along_axis(own, ancestors, axis=1)
    width = heads.shape[1] + 1
    keys = sentences + 1 + width * np.arange(len(heads))[:, None]
    roots = np.bincount(keys[own], minlength=width * len(heads))
    bad = np.unique(np.concatenate([keys[lost], keys[roots[keys] != 1]]))
    found = []
    for key in bad.tolist():
        row, number = divmod(key, width)
        if number:
            places = np.flatnonzero(sentences[row] == number - 1)
            found.append((row, int(places[0]), int(places[-1]) + 1))
    return found


def spanning_tree(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """The best tree with one root of a sentence, from scores [dependent, head], the diagonal for the root.

    >>> spanning_tree(np.array([[0, 9, 1], [9, 8, 1], [2, 1, 0]], dtype=np.float32)).tolist()
    [1, 1, 0]
    """
    if len(scores) == 1:
        return np.zeros(1, dtype=np.int64)
    exact = scores.astype(np.float64)
    roots = np.diagonal(exact).copy()
    np.fill_diagonal(exact, _NEVER)
    root = int((roots - exact.max(1)).argmax())
    exact[root] = _NEVER
    exact[root, root] = 0.0
    return _arborescence(exact, root)


def _arborescence(scores: NDArray[np.float64], root: int) -> NDArray[np.int64]:
    """The best heads without a cycle, the root being its own head."""
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if not cycle:
        return heads
    inside = np.array(cycle)
    outside = np.setdiff1d(np.arange(len(scores)), inside)
    size = len(outside)
    kept = scores[inside, heads[inside]]
    contracted = np.full((size + 1, size + 1), _NEVER)
    contracted[:size, :size] = scores[np.ix_(outside, outside)]
    out_of = scores[np.ix_(outside, inside)]
    contracted[:size, size] = out_of.max(1)
    into = scores[np.ix_(inside, outside)] - kept[:, None]
    contracted[size, :size] = into.max(0)
    inner_root = int(np.flatnonzero(outside == root)[0])
    found = _arborescence(contracted, inner_root)
    result: NDArray[np.int64] = heads.copy()
    for index, place in enumerate(outside):
        head = int(found[index])
        result[place] = inside[out_of[index].argmax()] if head == size else outside[head]
    entry = int(found[size])
    result[inside[into[:, entry].argmax()]] = outside[entry]
    return result


def _cycle(heads: NDArray[np.int64], root: int) -> list[int]:
    """The words of one cycle, empty if there is none."""
    done = {root}
    for start in range(len(heads)):
        path: list[int] = []
        seen: set[int] = set()
        place = start
        while place not in done and place not in seen:
            path.append(place)
            seen.add(place)
            place = int(heads[place])
        if place in seen:
            return path[path.index(place) :]
        done.update(path)
    return []
