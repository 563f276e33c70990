"""Reads the package's language model back into torch, so that training can go on where the shipped weights stand.

Eight-bit weights come back rounded; a few hundred steps of training make up for that.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.language.graph import BINARY, head_parts
from training.language.network import Network, Sizes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from torch import nn

    from training.language.network import Layer


class Weights:
    """The constants of a graph by name, eight-bit ones as the real numbers that they stand for."""

    def __init__(self, path: Path) -> None:
        self._values = {value.name: numpy_helper.to_array(value) for value in onnx.load(path).graph.initializer}

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        for stored, scale in ((name, f"{name}_scale"), (f"{name}_quantized", f"{name}_scale"), (name, name.replace(".table", ".scales"))):
            if stored in self._values and scale in self._values and self._values[stored].dtype == np.int8:
                real: NDArray[np.float32] = self._values[stored].astype(np.float32) * self._values[scale]
                return real
        return np.array(self._values[name])

    def linear(self, layer: nn.Linear, name: str) -> None:
        """Fill a linear layer."""
        fill(layer.weight, self[f"{name}.weight"].T)
        if layer.bias is not None:
            fill(layer.bias, self[f"{name}.bias"])

    def norm(self, layer: nn.LayerNorm, name: str) -> None:
        """Fill a normalisation."""
        fill(layer.weight, self[f"{name}.scale"])
        fill(layer.bias, self[f"{name}.shift"])

    def layer(self, layer: Layer, name: str) -> None:
        """Fill a transformer layer."""
        for part, stored in (("query_key_value", "attention"), ("attended", "attended"), ("widen", "widen"), ("narrow", "narrow")):
            self.linear(getattr(layer, part), f"{name}.{stored}")
        self.norm(layer.attention_norm, f"{name}.norm1")
        self.norm(layer.output_norm, f"{name}.norm2")


@torch.no_grad()
def fill(parameter: torch.Tensor, values: NDArray[np.float32]) -> None:
    """Copy values into the first rows of a parameter."""
    parameter[: len(values)] = torch.from_numpy(np.ascontiguousarray(values)).view_as(parameter[: len(values)])


def language_network(folder: Path) -> tuple[Network, list[str]]:
    """The network of the language model, and its feature labels."""
    features = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["features"]
    network, weights = Network(Sizes(features=len(features))), Weights(folder / "model.onnx")
    encoder = network.encoder
    for table, name in ((encoder.pieces, "piece_states"), (encoder.shapes, "shapes_states"), (encoder.gaps, "gaps_states")):
        fill(table.weight, weights[f"{name}.table"])
    fill(encoder.positions.weight, weights["positions.table"])
    weights.norm(encoder.norm, "embedded")
    for number, layer in enumerate(cast("Iterable[Layer]", encoder.layers), start=1):
        weights.layer(layer, f"layer{number}")
    _fill_heads(network, weights)
    with np.load(folder / "tables.npz") as tables:
        fill(network.relation_out.weight, tables["relation_weight"])
        fill(network.relation_out.bias, tables["relation_bias"])
        for part in ("kinds", "matches", "distances"):
            fill(getattr(network.pairs, part).weight, tables[f"pair_{part}"])
        fill(network.pairs.out.weight, tables["pair_weight"][None])
        fill(network.pairs.out.bias, tables["pair_bias"])
    return network, features


def _fill_heads(network: Network, weights: Weights) -> None:
    """The heads' first maps stand side by side in one matrix; of two labels it holds the difference."""
    parts = head_parts(network)
    cuts = np.cumsum([len(bias) for _, _, bias in parts])[:-1]
    matrices, biases = np.split(weights["heads.weight"], cuts, axis=1), np.split(weights["heads.bias"], cuts)
    found = {name: (matrix.T, bias) for (name, _, _), matrix, bias in zip(parts, matrices, biases, strict=True)}
    for name in BINARY:
        matrix, bias = found.pop(f"{name}.score")
        fill(getattr(network, name).weight, np.concatenate([0 * matrix, matrix]))
        fill(getattr(network, name).bias, np.concatenate([0 * bias, bias]))
    for name, (matrix, bias) in found.items():
        layer = cast("nn.Linear", network.names[0] if name == "names.first" else getattr(network, name.removesuffix(".scores")))
        fill(layer.weight, matrix)
        fill(layer.bias, bias)
    weights.linear(cast("nn.Linear", network.names[3]), "names")
    for name in ("arc_mix", "arc_prior", "arc_root"):
        weights.linear(getattr(network, name), name)
