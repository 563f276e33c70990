"""Writes the relation branch as an ONNX graph, in fp32 or in int8, as `training.language.graph` does the language model."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
from onnx import ModelProto, TensorProto, helper

from kgraph.extraction.relations.inputs import INPUTS, MARKS
from training.language.graph import CONTRIB, GraphWriter, array, write_layer
from training.relations.network import MEANING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from training.language.calibrate import Inputs
    from training.language.network import Layer
    from training.relations.network import RelationNetwork

_REAL = {"states": ("row", "word", None), "marks": ("row", "word", MARKS)}
_WORDS, _SPANS, _PAIRS = ("row", "word"), ("row", "span"), ("row", "pair")


EXACT = ("marked", "logits")
"""Products that stay in fp32: they are small."""


def write_relations(network: RelationNetwork, measured: Mapping[str, Inputs] | None = None) -> tuple[ModelProto, dict[str, str]]:
    """The whole graph, and the input of each product by the product's name."""
    writer = GraphWriter({name: seen for name, seen in (measured or {}).items() if name not in EXACT})
    states = _write_layers(writer, network)
    _write_pairs(writer, network, states)
    _write_meanings(writer, network)
    inputs = []
    for name in INPUTS:
        if name in _REAL:
            inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, list(_REAL[name])))
        elif name == "mask":
            inputs.append(helper.make_tensor_value_info(name, TensorProto.INT32, list(_WORDS)))
        else:
            extent = _SPANS if name in {"firsts", "lasts", "kinds"} else _PAIRS
            inputs.append(helper.make_tensor_value_info(name, TensorProto.INT64, list(extent)))
    outputs = [
        helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["row", "pair", None]),
        helper.make_tensor_value_info("meant", TensorProto.FLOAT, ["row", "span", "span"]),
    ]
    graph = helper.make_graph(writer.nodes, "relations", inputs, outputs, initializer=writer.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9), writer.probes


def _write_layers(writer: GraphWriter, network: RelationNetwork) -> str:
    """The marked states after the branch's layers."""
    writer.node("Shape", ["states"], "length", start=1, end=2)
    writer.weight("zero", np.array([0]))
    writer.weight("last_axis", np.array([-1]))
    writer.node("Slice", [writer.weight("places.table", array(network.places.weight)), "zero", "length", "zero"], "places")
    marked = writer.linear(network.marks, "marks", "marked")
    total = writer.node("Add", ["states", marked], "with_marks")
    states = writer.node("Add", [total, "places"], "with_places")
    for number, layer in enumerate(cast("Iterable[Layer]", network.layers), start=1):
        states = write_layer(writer, layer, states, f"layer{number}")
    return states


def _write_pairs(writer: GraphWriter, network: RelationNetwork, states: str) -> None:
    """What the two spans, the words between and around them, and their distance say."""
    for name in ("firsts", "lasts", "subjects", "objects"):
        writer.node("Unsqueeze", [name, "last_axis"], f"{name}.places")
    ends = [writer.node("GatherND", [states, f"{name}.places"], f"{name}.states", batch_dims=1) for name in ("firsts", "lasts")]
    writer.node("Concat", ends, "ends", axis=-1)
    told = writer.node(
        "Add", [writer.linear(network.ends, "ends", "ends.parts"), writer.table(network.kinds, "kinds", "kinds.parts")], "parts"
    )
    halves = writer.weight("halves", np.array([network.hidden, network.hidden]))
    writer.nodes.append(helper.make_node("Split", [told, halves], ["subject.part", "object.part"], name="sides", axis=2))
    context = _write_context(writer, network, states)
    total = context
    for side, name in (("subject", "subjects"), ("object", "objects")):
        part = writer.node("GatherND", [f"{side}.part", f"{name}.places"], f"{side}.pair", batch_dims=1)
        total = writer.node("Add", [total, part], f"with_{side}")
    for name, table in (("distances", network.distances), ("gaps", network.sentences)):
        total = writer.node("Add", [total, writer.table(table, name, f"{name}.part")], f"with_{name}")
    pair = writer.gelu(total, "pair")
    mixed = writer.gelu(writer.linear(network.mix, _write_product(writer, network, pair), "mix"), "mixed")
    normed = writer.norm(network.pair_norm, writer.node("Add", [pair, mixed], "pair_sum"), "pair_normed")
    writer.linear(network.out, normed, "logits")


def _write_meanings(writer: GraphWriter, network: RelationNetwork) -> None:
    """Which names the spans stand for."""
    meaning, meant = (writer.linear(layer, "ends", name) for layer, name in ((network.meaning, "meaning"), (network.meant, "named")))
    turned = writer.node("Transpose", [meant], "named.turned", perm=[0, 2, 1])
    product = writer.node("MatMul", [meaning, turned], "meant.raw")
    writer.node("Mul", [product, writer.weight("meaning.scale", np.array(MEANING**-0.5, dtype=np.float32))], "meant")


def _write_product(writer: GraphWriter, network: RelationNetwork, pair: str) -> str:
    """The features of a pair beside the product of its two spans."""
    projected = writer.linear(network.products, "ends", "products")
    writer.nodes.append(helper.make_node("Split", [projected, "halves"], ["subject.factor", "object.factor"], name="factors", axis=2))
    factors = [
        writer.node("GatherND", [f"{side}.factor", f"{name}.places"], f"{side}.factors", batch_dims=1)
        for side, name in (("subject", "subjects"), ("object", "objects"))
    ]
    return writer.node("Concat", [pair, writer.node("Mul", factors, "product")], "pair_and_product", axis=-1)


def _write_context(writer: GraphWriter, network: RelationNetwork, states: str) -> str:
    """The words that both spans of a pair attend to."""
    size = network.keys.out_features
    queries = writer.linear(network.queries, "ends", "queries")
    sizes = writer.weight("query_sizes", np.array([size, size]))
    writer.nodes.append(helper.make_node("Split", [queries, sizes], ["subject.query", "object.query"], name="queries.sides", axis=2))
    keys = writer.node("Transpose", [writer.linear(network.keys, states, "keys")], "keys.turned", perm=[0, 2, 1])
    writer.node("Cast", ["mask"], "mask.real", to=TensorProto.FLOAT)
    writer.node("Sub", ["mask.real", writer.weight("one", np.array(1, dtype=np.float32))], "away.flags")
    writer.node("Mul", ["away.flags", writer.weight("far", np.array(1e4, dtype=np.float32))], "away.flat")
    away = writer.node("Unsqueeze", ["away.flat", writer.weight("middle_axis", np.array([1]))], "away")
    scale = writer.weight("scale", np.array(network.scale, dtype=np.float32))
    sides = []
    for side, name in (("subject", "subjects"), ("object", "objects")):
        product = writer.node("MatMul", [f"{side}.query", keys], f"{side}.product")
        scaled = writer.node("Mul", [product, scale], f"{side}.scaled")
        sides.append(writer.node("GatherND", [scaled, f"{name}.places"], f"{side}.attention", batch_dims=1))
    both = writer.node("Add", [writer.node("Add", sides, "attention.sum"), away], "attention.masked")
    weights = writer.node("Softmax", [both], "attention.weights", axis=-1)
    return writer.node("MatMul", [weights, writer.linear(network.values, states, "values")], "context")
