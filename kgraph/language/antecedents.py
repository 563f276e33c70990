"""Chooses antecedents: scores each mention against the mentions before it and joins what belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.mentions import distance_matrix, kind_matrix, match_matrix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kgraph.language.mentions import Mention

REACH = 150
"""Mentions before a mention that can be its antecedent."""
BLOCK = 150
"""Mentions that are scored at once, which bounds memory for texts of any length."""


class PairTables:
    """The fp32 weights of the pair scorer."""

    def __init__(self, tables: Mapping[str, NDArray[np.float32]]) -> None:
        self._kinds = tables["pair_kinds"]
        self._matches = tables["pair_matches"]
        self._distances = tables["pair_distances"]
        self._weight = tables["pair_weight"]
        self._bias = float(tables["pair_bias"][0])

    def scores(
        self, words: Sequence[str], mentions: Sequence[Mention], parts: NDArray[np.float32], first: int
    ) -> NDArray[np.float32]:
        """Scores [mention, antecedent] of the mentions from `first` on against all, never against later ones."""
        query, key, later, earlier = np.split(parts, 4, axis=1)
        rows = slice(first, None)
        hidden = self._kinds[kind_matrix(mentions)[rows]]
        hidden += self._matches[match_matrix(words, mentions)[rows]]
        hidden += self._distances[distance_matrix(mentions)[rows]]
        hidden += later[rows, None]
        hidden += earlier[None]
        np.maximum(hidden, 0, out=hidden)
        scores: NDArray[np.float32] = hidden @ self._weight
        scores += query[rows] @ key.T * query.shape[1] ** -0.5 + self._bias
        places = np.arange(len(mentions))
        scores[places[rows, None] <= places[None]] = -np.inf
        return scores

    def antecedents(
        self, words: Sequence[str], mentions: Sequence[Mention], parts: NDArray[np.float32]
    ) -> list[tuple[int, float]]:
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
