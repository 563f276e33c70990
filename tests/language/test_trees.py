"""Trees: whatever the scores, each sentence is a tree with one root."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.language.network.trees import best_heads, sentence_numbers, spanning_tree


def is_tree(heads: list[int]) -> bool:
    roots = [place for place, head in enumerate(heads) if head == place]
    for place in range(len(heads)):
        seen = set()
        here = place
        while heads[here] != here and here not in seen:
            seen.add(here)
            here = heads[here]
        if here not in roots:
            return False
    return len(roots) == 1


@given(st.integers(1, 12), st.integers(0, 10_000))
def test_every_sentence_is_a_tree_with_one_root(size: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    arcs = generator.normal(size=(2, size, size)).astype(np.float32)
    starts = generator.normal(size=(2, size)).astype(np.float32)
    sentences = sentence_numbers(starts, np.array([size, max(1, size // 2)]))
    heads = best_heads(arcs, sentences)
    for row in range(2):
        for number in range(sentences[row].max() + 1):
            places = np.flatnonzero(sentences[row] == number)
            assert is_tree((heads[row, places] - places[0]).tolist())


@pytest.mark.parametrize("seed", range(20))
def test_the_tree_is_the_best_one_for_its_root(seed: int) -> None:
    size = 5
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    found = spanning_tree(scores).tolist()
    root = next(place for place, head in enumerate(found) if head == place)

    def total(heads: tuple[int, ...]) -> float:
        return float(sum(scores[place, head] for place, head in enumerate(heads)))

    trees = [heads for heads in product(range(size), repeat=size) if is_tree(list(heads)) and heads[root] == root]
    assert is_tree(found)
    assert total(tuple(found)) == pytest.approx(max(map(total, trees)), abs=1e-5)
