"""Chooses antecedents: scores each mention against the mentions before it and joins what belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.mentions import distance_matrix, kind_matrix, match_matrix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kgraph.language.mentions import Mention

REACH = 120
"""Mentions before a mention that can be its antecedent."""
BLOCK = 60
"""Mentions that are scored at once, which bounds memory for texts of any length."""


class PairTables:
    """The fp32 weights of the pair scorer; the three features of a pair share one table."""

    def __init__(self, tables: Mapping[str, NDArray[np.float32]]) -> None:
        kinds, matches, distances = (tables[f"pair_{name}"] for name in ("kinds", "matches", "distances"))
        self._matches, self._distances = len(matches), len(distances)
        surface = kinds[:, None, None] + matches[None, :, None] + distances[None, None]
        self._surface = surface.reshape(-1, kinds.shape[1])
        self._weight = tables["pair_weight"]
        self._bias = float(tables["pair_bias"][0])

    def scores(self, words: Sequence[str], mentions: Sequence[Mention], parts: NDArray[np.float32], first: int) -> NDArray[np.float32]:
        """Scores [mention, antecedent] of the mentions from `first` on against all, never against later ones."""
        query, key, later, earlier = np.split(parts, 4, axis=1)
        rows = slice(first, None)
        index = kind_matrix(mentions)[rows] * self._matches + match_matrix(words, mentions)[rows]
        index = index * self._distances + distance_matrix(mentions)[rows]
        scores: NDArray[np.float32] = query[rows] @ key.T * query.shape[1] ** -0.5 + self._bias
        for row, features in enumerate(index):
            place = first + row
            hidden = self._surface[features[:place]]
            hidden += earlier[:place]
            hidden += later[place]
            np.maximum(hidden, 0, out=hidden)
            scores[row, :place] += hidden @ self._weight
            scores[row, place:] = -np.inf
        return scores

    def antecedents(self, words: Sequence[str], mentions: Sequence[Mention], parts: NDArray[np.float32]) -> list[tuple[int, float]]:
        """The best antecedent of each mention with its score; -1 where none scores above zero."""
        found: list[tuple[int, float]] = []
        for start in range(0, len(mentions), BLOCK):
            low, high = max(0, start - REACH), min(len(mentions), start + BLOCK)
            scores = self.scores(words, mentions[low:high], parts[low:high], start - low)
            best = scores.argmax(1)
            for row, column in enumerate(best.tolist()):
                score = float(scores[row, column])
                found.append((low + column, score) if score > 0 else (-1, 0.0))
        return found


def join(antecedents: Sequence[int]) -> list[list[int]]:
    """The groups of two or more mentions that antecedents connect, in order.

    >>> join([-1, 0, -1, 1])
    [[0, 1, 3]]
    """
    group_of: list[int] = []
    groups: dict[int, list[int]] = {}
    for index, antecedent in enumerate(antecedents):
        group = index if antecedent < 0 else group_of[antecedent]
        group_of.append(group)
        groups.setdefault(group, []).append(index)
    return [members for members in groups.values() if len(members) > 1]
