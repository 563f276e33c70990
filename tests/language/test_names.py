"""Names: the decoded tags are legal, and the best of the legal ones."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kgraph.language.network.names import TagDecoder

TAGS = ["O", "B-X", "I-X", "B-Y", "I-Y"]


def is_legal(tags: list[int]) -> bool:
    before = "O"
    for tag in tags:
        name = TAGS[tag]
        if name.startswith("I-") and before[2:] != name[2:]:
            return False
        before = name
    return True


@given(st.integers(1, 4), st.integers(0, 10_000))
def test_the_best_legal_sequence_is_found(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, len(TAGS))).astype(np.float32)
    tags = TagDecoder(TAGS).decode(scores, [(0, size)])

    def total(path: list[int]) -> float:
        return float(sum(scores[place, tag] for place, tag in enumerate(path)))

    legal = [list(path) for path in product(range(len(TAGS)), repeat=size) if is_legal(list(path))]
    assert is_legal(tags.tolist())
    assert np.isclose(total(tags.tolist()), max(map(total, legal)), atol=1e-4)


def test_neighbouring_names_stay_apart() -> None:
    assert TagDecoder(TAGS).spans(np.array([1, 2, 1, 0, 3, 4])) == [(0, 2), (2, 3), (4, 6)]
