"""Scores each mention against the mentions before it: how likely is each of them its antecedent?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.mentions import distance_matrix, kind_matrix, match_matrix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kgraph.language.mentions import Mention


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
