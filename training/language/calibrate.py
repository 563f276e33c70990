"""Measures the range of the input of each product on real text, which int8 needs to know beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from onnx import ModelProto, TensorProto, helper

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

TAIL = 2e-6
"""The share of values beyond each end of a range: a few outliers would cost all others their precision."""


def measure_ranges(
    model: ModelProto, probes: Mapping[str, str], feeds: Iterable[Mapping[str, NDArray[Any]]]
) -> dict[str, tuple[float, float]]:
    """The range of the input of each product over some inputs of the model, by the product's name."""
    wanted = sorted(set(probes.values()))
    present = {output.name for output in model.graph.output}
    model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in wanted if name not in present)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    lows: dict[str, list[float]] = {name: [] for name in wanted}
    highs: dict[str, list[float]] = {name: [] for name in wanted}
    for feed in feeds:
        for name, values in zip(wanted, session.run(wanted, dict(feed)), strict=True):
            lows[name].append(float(np.quantile(values, TAIL)))
            highs[name].append(float(np.quantile(values, 1 - TAIL)))
    return {product: (min(0.0, *lows[source]), max(0.0, *highs[source])) for product, source in probes.items()}
