"""Rounds the weights of a product to eight bits, such that any processor multiplies them to the same sums.

Processors without VNNI multiply two neighbouring weights by inputs of up to 255 and add them in 16 bits, which saturate: only where no two
neighbours of one sign come to more than 128 is the sum always right. That costs precision, which rounding by the inputs' moments
makes up for (Frantar et al. 2023, GPTQ).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST, LARGEST_SUM = 127, 128
"""Of one weight, and of two neighbours of one sign."""
DAMPING = 0.01
"""What is added to the moments, as a share of their mean: inputs that hardly vary should not be leaned on."""


def round_weights(values: NDArray[np.float32], moments: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights [input, output] in eight bits and their scales by output.

    `moments` are the sums of products [input, input] of the inputs on real text: what the rounding of one weight adds to an output, those
    after it take away again as far as their inputs go together.
    """
    scales = np.maximum(_largest_sums(values), 1e-9) / LARGEST
    left = values.astype(np.float64) / scales
    follows = _following(moments.astype(np.float64))
    rounded = np.zeros_like(left)
    for place in range(len(left)):
        before = rounded[place - 1] if place % 2 else np.zeros(left.shape[1])
        highest = np.minimum(LARGEST, LARGEST_SUM - np.maximum(before, 0))
        lowest = -np.minimum(LARGEST, LARGEST_SUM + np.minimum(before, 0))
        rounded[place] = np.clip(np.rint(left[place]), lowest, highest)
        left[place + 1 :] -= np.outer(follows[place, place + 1 :], left[place] - rounded[place])
    return rounded.astype(np.int8), scales.astype(np.float32)


def _largest_sums(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """By output, the largest weight or sum of two neighbours of one sign."""
    even = np.pad(values, ((0, len(values) % 2), (0, 0)))
    sums = [np.maximum(sign * even, 0).reshape(-1, 2, values.shape[1]).sum(1).max(0) for sign in (1, -1)]
    largest: NDArray[np.float32] = np.maximum(*sums)
    return largest


def _following(moments: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each later weight should move [earlier, later] for one step too much in an earlier one."""
    damped = moments + DAMPING * np.mean(np.diag(moments)) * np.eye(len(moments))
    upper = np.linalg.cholesky(np.linalg.inv(damped)).T
    shares: NDArray[np.float64] = upper / np.diag(upper)[:, None]
    return shares
