"""Writes the network as an ONNX graph with the fused operators of onnxruntime, in fp32 or in int8.

In int8 the scales of inputs are constants, measured beforehand: what the model says of a text never depends on the
texts that it is read with. An int8 graph takes rows without padding, as the package reads them, so its attention has no
mask and is the faster for it; the fp32 one, on which scales are measured, takes any. The last layer is computed only at
the first wordpieces of words, because the heads read nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

from training.language.network import MIDDLE
from training.language.rounding import round_weights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from torch import nn

    from training.language.calibrate import Inputs
    from training.language.network import Layer, Network

INPUTS = ("pieces", "shapes", "gaps", "firsts")
CHOSEN = ("upos", "xpos", "features")
"""Heads whose best label is chosen inside the graph."""
BINARY = ("starts", "referring")
"""Heads of two labels, of which the graph gives the difference."""
PAIRED = ("relation_dependent", "relation_head", "pair_parts")
"""Heads whose vectors are paired outside the graph."""
CONTRIB = "com.microsoft"


@dataclass(slots=True)
class GraphWriter:
    """Collects the nodes and weights of a graph; with what was seen of their inputs, products are written in int8.

    `probes` maps the name of each product that can be so written to the name of its input.
    """

    measured: Mapping[str, Inputs] = field(default_factory=dict)
    nodes: list[Any] = field(default_factory=list)
    weights: list[Any] = field(default_factory=list)
    probes: dict[str, str] = field(default_factory=dict)

    def weight(self, name: str, values: NDArray[Any]) -> str:
        """Add a constant."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        """Add an operator with one output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def quantized_input(self, source: str, name: str) -> tuple[str, str, str]:
        """An input in eight bits, its scale and its zero."""
        seen = self.measured[name]
        scale = max(seen.high - seen.low, 1e-6) / 255
        zero = int(np.clip(round(-seen.low / scale), 0, 255))
        scale_name = self.weight(f"{name}.input_scale", np.array(scale, dtype=np.float32))
        zero_name = self.weight(f"{name}.input_zero", np.array(zero, dtype=np.uint8))
        self.node("QuantizeLinear", [source, scale_name, zero_name], f"{name}.input")
        return f"{name}.input", scale_name, zero_name

    def quantized_weight(self, values: NDArray[np.float32], name: str) -> tuple[str, str, str]:
        """A weight [input, output] in eight bits, its scales by output and their zeros."""
        rounded, scales = round_weights(values, self.measured[name].moments)
        return (
            self.weight(f"{name}.weight", rounded),
            self.weight(f"{name}.weight_scale", scales),
            self.weight(f"{name}.weight_zero", np.zeros(len(scales), dtype=np.int8)),
        )

    def product(self, values: NDArray[np.float32], bias: NDArray[np.float32], source: str, name: str) -> str:
        """A matrix product with a weight [input, output] and a bias."""
        self.probes[name] = source
        bias_name = self.weight(f"{name}.bias", bias)
        if name not in self.measured:
            product = self.node("MatMul", [source, self.weight(f"{name}.weight", values)], f"{name}.product")
            return self.node("Add", [product, bias_name], name)
        given, scale, zero = self.quantized_input(source, name)
        weight, weight_scale, weight_zero = self.quantized_weight(values, name)
        inputs = [given, weight, scale, weight_scale, zero, weight_zero, bias_name]
        return self.node("MatMulIntegerToFloat", inputs, name, CONTRIB)

    def linear(self, layer: nn.Linear, source: str, name: str) -> str:
        """A linear layer."""
        bias = np.zeros(layer.out_features, dtype=np.float32)
        if layer.bias is not None:
            bias = array(layer.bias)
        return self.product(array(layer.weight).T, bias, source, name)

    def attention(self, layer: Layer, source: str, name: str) -> str:
        """Attention with its queries, keys and values in one product."""
        self.probes[name] = source
        values = array(layer.query_key_value.weight).T
        bias = self.weight(f"{name}.bias", array(layer.query_key_value.bias))
        if name not in self.measured:
            inputs = [source, self.weight(f"{name}.weight", values), bias, "mask"]
            return self.node("Attention", inputs, name, CONTRIB, num_heads=layer.attention_heads)
        given, scale, zero = self.quantized_input(source, name)
        weight, weight_scale, weight_zero = self.quantized_weight(values, name)
        inputs = [given, weight, bias, scale, weight_scale, "", zero, weight_zero]
        return self.node("QAttention", inputs, name, CONTRIB, num_heads=layer.attention_heads)

    def norm(self, layer: nn.LayerNorm, source: str, name: str) -> str:
        """A layer normalisation."""
        scale, shift = self.weight(f"{name}.scale", array(layer.weight)), self.weight(f"{name}.shift", array(layer.bias))
        return self.node("LayerNormalization", [source, scale, shift], name, axis=-1, epsilon=layer.eps)

    def gelu(self, source: str, name: str) -> str:
        """The activation."""
        return self.node("Gelu", [source], name, CONTRIB)

    def table(self, layer: nn.Embedding, indices: str, name: str) -> str:
        """A look-up; in int8 each row has its own scale."""
        values = array(layer.weight)
        if not self.measured:
            return self.node("Gather", [self.weight(f"{name}.table", values), indices], name)
        scales = np.maximum(np.abs(values).max(1, keepdims=True), 1e-9) / 127
        rounded = np.clip(np.rint(values / scales), -127, 127).astype(np.int8)
        self.node("Gather", [self.weight(f"{name}.table", rounded), indices], f"{name}.rows")
        self.node("Gather", [self.weight(f"{name}.scales", scales.astype(np.float32)), indices], f"{name}.row_scales")
        self.node("Cast", [f"{name}.rows"], f"{name}.row_values", to=TensorProto.FLOAT)
        return self.node("Mul", [f"{name}.row_values", f"{name}.row_scales"], name)


def array(parameter: Any) -> NDArray[np.float32]:
    """The values of a parameter."""
    values: NDArray[np.float32] = parameter.detach().numpy()
    return values


def write_embeddings(writer: GraphWriter, network: Network) -> str:
    """The sum of the input embeddings, normalised."""
    encoder = network.encoder
    writer.node("Shape", ["pieces"], "length", start=1, end=2)
    zero, axis = writer.weight("zero", np.array([0])), writer.weight("axis0", np.array([0]))
    positions = writer.weight("positions.table", array(encoder.positions.weight)[:256])
    writer.node("Slice", [positions, zero, "length", axis], "positions")
    total = writer.table(encoder.pieces, "pieces", "piece_states")
    for name, part in (("shapes", encoder.shapes), ("gaps", encoder.gaps)):
        total = writer.node("Add", [total, writer.table(part, name, f"{name}_states")], f"with_{name}")
    total = writer.node("Add", [total, "positions"], "with_positions")
    return writer.norm(encoder.norm, total, "embedded")


def write_layer(writer: GraphWriter, layer: Layer, states: str, name: str, words: str | None = None) -> str:
    """One transformer layer; with `words`, only at these places from the attention on."""
    attended = writer.attention(layer, states, f"{name}.attention")
    if words is not None:
        attended = writer.node("GatherND", [attended, words], f"{name}.attention_words", batch_dims=1)
        states = writer.node("GatherND", [states, words], f"{name}.state_words", batch_dims=1)
    attended = writer.linear(layer.attended, attended, f"{name}.attended")
    states = writer.norm(layer.attention_norm, writer.node("Add", [states, attended], f"{name}.sum1"), f"{name}.norm1")
    inner = writer.gelu(writer.linear(layer.widen, states, f"{name}.widen"), f"{name}.inner")
    inner = writer.linear(layer.narrow, inner, f"{name}.narrow")
    return writer.norm(layer.output_norm, writer.node("Add", [states, inner], f"{name}.sum2"), f"{name}.norm2")


def write_encoder(writer: GraphWriter, network: Network) -> str:
    """The layers; the states after the middle one and the vectors of words become outputs."""
    if not writer.measured:
        writer.node("Cast", ["pieces"], "piece_flags", to=TensorProto.BOOL)
        writer.node("Cast", ["piece_flags"], "mask", to=TensorProto.INT32)
    writer.node("Unsqueeze", ["firsts", writer.weight("last_axis", np.array([-1]))], "first_places")
    states = write_embeddings(writer, network)
    layers = cast("list[Layer]", list(network.encoder.layers))
    for number, layer in enumerate(layers, start=1):
        last = number == len(layers)
        states = write_layer(writer, layer, states, f"layer{number}", "first_places" if last else None)
        if number == MIDDLE:
            writer.node("Identity", [states], "middle")
    return writer.node("Identity", [states], "words")


def write_heads(writer: GraphWriter, network: Network, words: str) -> None:
    """The heads that label words and pairs of words: what they compute first is one matrix product."""
    parts = head_parts(network)
    weight, bias = np.concatenate([w for _, w, _ in parts]).T, np.concatenate([b for _, _, b in parts])
    writer.product(weight, bias, words, "heads")
    sizes = writer.weight("heads.sizes", np.array([len(b) for _, _, b in parts]))
    writer.nodes.append(helper.make_node("Split", ["heads", sizes], [name for name, _, _ in parts], name="parts", axis=2))
    for name in CHOSEN:
        writer.node("ArgMax", [f"{name}.scores"], name, axis=-1, keepdims=0)
    for name in BINARY:
        writer.node("Squeeze", [f"{name}.score", "last_axis"], name)
    writer.linear(cast("nn.Linear", network.names[3]), writer.gelu("names.first", "names.hidden"), "names")
    _write_arcs(writer, network)


def head_parts(network: Network) -> list[tuple[str, NDArray[np.float32], NDArray[np.float32]]]:
    """The name, weight and bias of every linear map of the words' vectors."""
    whole = {f"{name}.scores": getattr(network, name) for name in CHOSEN}
    whole |= {"names.first": network.names[0]}
    whole |= {name: getattr(network, name) for name in ("arc_dependent", "arc_head", *PAIRED)}
    parts = [(name, array(layer.weight), array(layer.bias)) for name, layer in whole.items()]
    for name in BINARY:
        weight, bias = array(getattr(network, name).weight), array(getattr(network, name).bias)
        parts.append((f"{name}.score", weight[1:] - weight[:1], bias[1:] - bias[:1]))
    return parts


def _write_arcs(writer: GraphWriter, network: Network) -> None:
    """The scores of heads by their dependents, and of being a root."""
    dependents = writer.gelu("arc_dependent", "dependents")
    heads = writer.gelu("arc_head", "heads_hidden")
    mixed = writer.linear(network.arc_mix, dependents, "arc_mix")
    turned = writer.node("Transpose", [heads], "heads_turned", perm=[0, 2, 1])
    product = writer.node("MatMul", [mixed, turned], "arc_product")
    scale = writer.weight("arc_scale", np.array(network.sizes.arc**-0.5, dtype=np.float32))
    scaled = writer.node("Mul", [product, scale], "arc_scaled")
    prior = writer.node("Transpose", [writer.linear(network.arc_prior, heads, "arc_prior")], "prior_turned", perm=[0, 2, 1])
    writer.node("Add", [scaled, prior], "arcs")
    writer.node("Squeeze", [writer.linear(network.arc_root, dependents, "arc_root"), "last_axis"], "roots")


EXACT = ("arc_prior", "arc_root", "arc_mix", "names")
"""Products that stay in fp32: they are small."""


def write_network(network: Network, measured: Mapping[str, Inputs] | None = None) -> tuple[ModelProto, dict[str, str]]:
    """The whole graph, and the input of each product by the product's name."""
    writer = GraphWriter({name: seen for name, seen in (measured or {}).items() if name not in EXACT})
    write_heads(writer, network, write_encoder(writer, network))
    whole, real = TensorProto.INT64, TensorProto.FLOAT
    inputs = [helper.make_tensor_value_info(name, whole, ["row", "word" if name == "firsts" else "piece"]) for name in INPUTS]
    outputs = [helper.make_tensor_value_info(name, whole, ["row", "word"]) for name in CHOSEN]
    outputs += [helper.make_tensor_value_info(name, real, ["row", "word"]) for name in (*BINARY, "roots")]
    outputs += [
        helper.make_tensor_value_info(name, real, ["row", "piece" if name == "middle" else "word", None])
        for name in ("middle", "words", "names", "arcs", *PAIRED)
    ]
    graph = helper.make_graph(writer.nodes, "kgraph", inputs, outputs, initializer=writer.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9), writer.probes
