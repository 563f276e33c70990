"""Measures the input of each product on real text, which int8 needs to know beforehand: its range, and what goes together in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from onnx import ModelProto, TensorProto, helper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

TAIL = 2e-6
"""The share of values beyond each end of a range: a few outliers would cost all others their precision."""


@dataclass(slots=True)
class Inputs:
    """What was seen of the inputs of a product."""

    low: float = 0.0
    high: float = 0.0
    moments: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    """The sums of products [input, input]."""

    def add(self, values: NDArray[np.float32]) -> None:
        """Take some more into account."""
        self.low = min(self.low, float(np.quantile(values, TAIL)))
        self.high = max(self.high, float(np.quantile(values, 1 - TAIL)))
        rows = values.reshape(-1, values.shape[-1])
        self.moments = rows.T @ rows + (self.moments if self.moments.size else 0)


def measure_inputs(model: ModelProto, probes: Mapping[str, str], feeds: Iterable[Mapping[str, NDArray[Any]]]) -> dict[str, Inputs]:
    """The inputs of each product over some inputs of the model, by the product's name."""
    wanted = sorted(set(probes.values()))
    present = {output.name for output in model.graph.output}
    model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in wanted if name not in present)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    seen = {name: Inputs() for name in wanted}
    for feed in feeds:
        for name, values in zip(wanted, session.run(wanted, dict(feed)), strict=True):
            seen[name].add(values)
    return {product: seen[source] for product, source in probes.items()}
