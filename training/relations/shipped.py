"""Reads the package's relation branch back into torch, as `training.language.shipped` does the language model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from training.language.network import Sizes
from training.language.shipped import Weights, fill
from training.relations.network import RelationNetwork

if TYPE_CHECKING:
    from collections.abc import Iterable

    from training.language.network import Layer


def relation_network(folder: Path, *, layers: int = 3) -> RelationNetwork:
    """The network of the relation branch."""
    network, weights = RelationNetwork(Sizes(features=1), layers=layers), Weights(folder / "relations.onnx")
    weights.linear(network.marks, "marked")
    for number, layer in enumerate(cast("Iterable[Layer]", network.layers), start=1):
        weights.layer(layer, f"layer{number}")
    for name, stored in (("places", "places"), ("kinds", "kinds.parts"), ("distances", "distances.part"), ("sentences", "gaps.part")):
        fill(getattr(network, name).weight, weights[f"{stored}.table"])
    for name, stored in (("ends", "ends.parts"), ("out", "logits")):
        weights.linear(getattr(network, name), stored)
    for name in ("queries", "keys", "values", "products", "mix", "meaning"):
        weights.linear(getattr(network, name), name)
    weights.linear(network.meant, "named")
    weights.norm(network.pair_norm, "pair_normed")
    return network
