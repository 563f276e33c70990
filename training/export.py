"""Writes a checkpoint as the package's model: an int8 ONNX graph, small fp32 tables, labels and word pieces.

    python -m training.export [--checkpoint FILE] [--output DIR]
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.lemmas import write_lemmas
from training.labels import RELATIONS, TAGS, UPOS, XPOS
from training.network import encoder_folder
from training.train import load_network

if TYPE_CHECKING:
    from training.network import Network

INPUTS = ("pieces", "shapes", "gaps", "firsts")
OUTPUTS = (
    "middle", "words", "upos", "xpos", "features", "starts", "referring", "names", "arcs",
    "relation_dependent", "relation_head", "pair_parts",
)  # fmt: skip


class Graph(nn.Module):
    """The network as the package runs it: labels are chosen inside, roots lie on the diagonal of the arcs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, gaps: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        outputs = self.network(pieces, shapes, gaps, firsts)
        places = torch.arange(firsts.shape[1])
        diagonal = places[:, None] == places[None, :]
        arcs = torch.where(diagonal[None], outputs["roots"][:, :, None], outputs["arcs"])
        return (
            outputs["middle"],
            outputs["words"],
            *(outputs[name].argmax(-1) for name in ("upos", "xpos", "features")),
            *(outputs[name][..., 1] - outputs[name][..., 0] for name in ("starts", "referring")),
            outputs["names"],
            arcs,
            *(outputs[name] for name in ("relation_dependent", "relation_head", "pair_parts")),
        )


def write_graph(network: Network, path: Path) -> None:
    """The fp32 graph with free numbers of rows, wordpieces and words."""
    example = torch.randint(1, 1000, (2, 32))
    small = torch.zeros_like(example)
    axes: dict[str, dict[int, str]] = {name: {0: "row", 1: "piece"} for name in INPUTS}
    axes["firsts"] = {0: "row", 1: "word"}
    axes |= {name: {0: "row", 1: "word"} for name in OUTPUTS}
    axes["middle"] = {0: "row", 1: "piece"}
    axes["arcs"] = {0: "row", 1: "word", 2: "word"}
    torch.onnx.export(
        Graph(network),
        (example, small, small, torch.arange(1, 17).repeat(2, 1)),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def write_tables(network: Network, path: Path) -> None:
    """The fp32 weights of what is computed for chosen pairs only: relations to heads, and antecedents."""
    pairs = network.pairs
    np.savez(
        path,
        relation_weight=network.relation_out.weight.detach().numpy(),
        relation_bias=network.relation_out.bias.detach().numpy(),
        pair_kinds=pairs.kinds.weight.detach().numpy(),
        pair_matches=pairs.matches.weight.detach().numpy(),
        pair_distances=pairs.distances.weight.detach().numpy(),
        pair_weight=pairs.out.weight.detach().numpy()[0],
        pair_bias=pairs.out.bias.detach().numpy(),
    )


def export(checkpoint: Path, folder: Path, data: Path) -> None:
    """Write all files of the model."""
    network, features = load_network(checkpoint)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        write_graph(network, plain)
        quantize_dynamic(
            plain,
            folder / "model.onnx",
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
        )
    write_tables(network, folder / "tables.npz")
    labels = {"upos": UPOS, "xpos": XPOS, "features": features, "relations": RELATIONS, "tags": TAGS}
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    treebanks = [data / "ud-ewt/en_ewt-ud-train.conllu.gz", data / "gum/gum-open-train.conllu.gz"]
    write_lemmas(treebanks, folder / "lemmas.json")
    shutil.copy(encoder_folder() / "tokenizer.json", folder / "wordpieces.json")


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoint", type=Path, default=Path("checkpoints/language/last.pt"))
    parser.add_argument("--output", type=Path, default=Path("kgraph/language/model"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.output, arguments.data)


if __name__ == "__main__":
    main()
