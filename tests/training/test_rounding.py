"""Weights in eight bits: no sum of two saturates, and what rounding costs is made up for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from training.language.rounding import round_weights

LARGEST_INPUT, SIXTEEN_BITS = 255, 2**15 - 1
numbers = st.floats(-4, 4, width=32)


@profile(deadline=None, max_examples=60)
@given(data=st.data(), inputs=st.integers(1, 9), outputs=st.integers(1, 4))
def test_two_neighbours_never_saturate(data: st.DataObject, inputs: int, outputs: int) -> None:
    values = data.draw(arrays.arrays(np.float32, (inputs, outputs), elements=numbers))
    seen = data.draw(arrays.arrays(np.float32, (4, inputs), elements=numbers)) + np.eye(4, inputs, dtype=np.float32)
    rounded, scales = round_weights(values, seen.T @ seen + np.eye(inputs, dtype=np.float32))
    assert rounded.dtype == np.int8
    assert (scales > 0).all()
    pairs = np.pad(rounded.astype(int), ((0, inputs % 2), (0, 0))).reshape(-1, 2, outputs)
    for sign in (1, -1):  # inputs that are nought keep a weight of the other sign out of the sum
        assert LARGEST_INPUT * np.maximum(sign * pairs, 0).sum(1).max() <= SIXTEEN_BITS


@pytest.mark.parametrize("inputs", [16, 33])
def test_products_with_inputs_that_go_together_are_nearer_than_by_plain_rounding(inputs: int) -> None:
    chance = np.random.default_rng(0)
    seen = (chance.normal(size=(500, 4)) @ chance.normal(size=(4, inputs)) + 0.1 * chance.normal(size=(500, inputs))).astype(np.float32)
    values = chance.normal(size=(inputs, 8)).astype(np.float32)
    rounded, scales = round_weights(values, seen.T @ seen)
    plain = np.rint(values / scales)
    off = [np.square(seen @ (values - each * scales)).sum() for each in (rounded, plain)]
    assert off[0] < off[1] / 2
