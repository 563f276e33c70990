"""Decodes names from the scores of their tags: the best sequence in which an inside tag goes on a name of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class TagDecoder:
    """Chooses legal tags; knows which of the tags begin, go on with, or end a name."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.tags = list(tags)
        self._inside = np.array([tag.startswith("I-") for tag in tags])
        self._legal = np.array([[_may_follow(left, right) for right in tags] for left in tags])

    def decode(self, scores: NDArray[np.float32], lengths: Sequence[int]) -> list[NDArray[np.int64]]:
        """The best legal tags of each row, as indices."""
        best = scores.argmax(2)
        found = []
        for row, length in enumerate(lengths):
            tags = best[row, :length]
            if length and (self._inside[tags[0]] or not self._legal[tags[:-1], tags[1:]].all()):
                tags = self._search(scores[row, :length])
            found.append(tags)
        return found

    def _search(self, scores: NDArray[np.float32]) -> NDArray[np.int64]:
        """The Viterbi path of one row."""
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

    def spans(self, tags: NDArray[np.int64]) -> list[tuple[int, int, str]]:
        """The names (start, end, type) of legal tags."""
        found: list[tuple[int, int, str]] = []
        for place in np.flatnonzero(tags).tolist():
            prefix, _, kind = self.tags[tags[place]].partition("-")
            if prefix == "B":
                found.append((place, place + 1, kind))
            else:
                start, _, _ = found.pop()
                found.append((start, place + 1, kind))
        return found


def _may_follow(left: str, right: str) -> bool:
    return not right.startswith("I-") or left[2:] == right[2:]
