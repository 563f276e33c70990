"""Decodes names from the scores of their tags: the best sequence in which an inside tag goes on a name of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


class TagDecoder:
    """Chooses legal tags; knows which of the tags begin, go on with, or end a name."""

    def __init__(self, tags: Sequence[str]) -> None:
        self._inside = np.array([tag.startswith("I-") for tag in tags])
        self._legal = np.array([[_may_follow(left, right) for right in tags] for left in tags])

    def decode(self, scores: NDArray[np.float32], stretches: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
        """The best legal tags of words with such scores [word, tag], as indices; no name goes on from one stretch into the next."""
        tags: NDArray[np.int64] = scores.argmax(1)
        for start, end in stretches:
            part = tags[start:end]
            if len(part) and (self._inside[part[0]] or not self._legal[part[:-1], part[1:]].all()):
                tags[start:end] = self._search(scores[start:end])
        return tags

    def _search(self, scores: NDArray[np.float32]) -> NDArray[np.int64]:
        """The Viterbi path of one stretch."""
        penalty = np.where(self._legal, 0.0, -1e6)
        total = scores[0] - 1e6 * self._inside
        back = np.zeros(scores.shape, dtype=np.int64)
        for place in range(1, len(scores)):
            steps = total[:, None] + penalty
            back[place] = steps.argmax(0)
            total = steps.max(0) + scores[place]
        path = np.zeros(len(scores), dtype=np.int64)
        path[-1] = total.argmax()
        for place in range(len(scores) - 1, 0, -1):
            path[place - 1] = back[place, path[place]]
        return path

    def spans(self, tags: NDArray[np.int64]) -> list[tuple[int, int]]:
        """The names (start, end) of legal tags."""
        found: list[tuple[int, int]] = []
        for place in np.flatnonzero(tags).tolist():
            start = found.pop()[0] if self._inside[tags[place]] else place
            found.append((start, place + 1))
        return found


def _may_follow(left: str, right: str) -> bool:
    return not right.startswith("I-") or left[2:] == right[2:]
