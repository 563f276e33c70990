"""Scores each mention against the mentions before it: how likely is each of them its antecedent?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.network.mentions import distance_matrix, kind_matrix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kgraph.language.network.mentions import Mention


class PairTables:
    """The fp32 weights of the pair scorer; the three features of a pair share one table."""

    def __init__(self, tables: Mapping[str, NDArray[np.float32]]) -> None:
        kinds, matches, distances = (tables[f"pair_{name}"] for name in ("kinds", "matches", "distances"))
        self._matches, self._distances = len(matches), len(distances)
        surface = kinds[:, None, None] + matches[None, :, None] + distances[None, None]
        self._surface = surface.reshape(-1, kinds.shape[1])
        self._weight = tables["pair_weight"]
        self._bias = float(tables["pair_bias"][0])

    def scores(self, mentions: Sequence[Mention], parts: NDArray[np.float32], matches: NDArray[np.int64]) -> NDArray[np.float32]:
        """Scores [mention, antecedent] of the last mentions, those that `matches` has a row of, against all before each."""
        first = len(mentions) - len(matches)
        query, key, later, earlier = (np.ascontiguousarray(part) for part in np.split(parts, 4, axis=1))
        index = (kind_matrix(mentions, first) * self._matches + matches) * self._distances + distance_matrix(mentions, first)
        scores: NDArray[np.float32] = query[first:] @ key.T * query.shape[1] ** -0.5 + self._bias
        room = np.empty_like(earlier)  # of one size for all rows: fresh memory for each costs more than the sums
        for row, features in enumerate(index):
            place = first + row
            hidden = np.take(self._surface, features[:place], axis=0, out=room[:place], mode="clip")  # "raise" would copy
            hidden += earlier[:place]
            hidden += later[place]
            np.maximum(hidden, 0, out=hidden)
            scores[row, :place] += hidden @ self._weight
            scores[row, place:] = -np.inf
        return scores
