"""Writes a checkpoint as the package's model: an int8 ONNX graph, small fp32 tables, labels and word pieces.

python -m training.language.export [--checkpoint FILE…] [--output DIR]
"""

from __future__ import annotations

import argparse
import json
import shutil
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch

from kgraph.language.network.tokens import WordPieces
from training.corpora.articles import ArticleReader
from training.corpora.schemes import RELATIONS, TAGS, UPOS, XPOS
from training.corpora.treebanks import read_ewt
from training.labelled import read_labelled
from training.language.batches import Reader
from training.language.calibrate import measure_inputs
from training.language.graph import write_network
from training.language.lemmas import write_lemmas
from training.language.network import encoder_folder
from training.language.train import load_network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.corpora.documents import Document
    from training.language.network import Network


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


def calibration_documents(data: Path) -> list[Document]:
    """Some of the training articles and treebank documents."""
    reader = ArticleReader()
    articles = [reader.document(*labelled) for labelled in islice(read_labelled("wikinews", data, "seen"), 40)]
    treebank = list(read_ewt(data / "ud-ewt/en_ewt-ud-train.conllu.gz", data / "uner-ewt/en_ewt-ud-train.iob2.gz", {}))
    return articles + treebank[::20]


def load_mean(checkpoints: Sequence[Path]) -> tuple[Network, list[str]]:
    """The network of a checkpoint, or the mean of several that went on from one, and its feature labels."""
    network, features = load_network(checkpoints[0])
    weights = [load_network(path)[0].state_dict() for path in checkpoints]
    network.load_state_dict({name: torch.stack([one[name] for one in weights]).mean(0) for name in weights[0]})
    return network, features


def export(checkpoints: Sequence[Path], folder: Path, data: Path) -> None:
    """Write all files of the model."""
    network, features = load_mean(checkpoints)
    folder.mkdir(parents=True, exist_ok=True)
    plain, probes = write_network(network)
    reader = Reader(WordPieces(encoder_folder() / "tokenizer.json"), seed=0, augment=False)
    feeds = (batch.rows.feed() for batch in reader.epoch(calibration_documents(data), 1024))
    inputs = measure_inputs(plain, probes, feeds)
    model, _ = write_network(network, inputs)
    onnx.save(model, folder / "model.onnx")
    write_tables(network, folder / "tables.npz")
    labels = {"upos": UPOS, "xpos": XPOS, "features": features, "relations": RELATIONS, "tags": TAGS}
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    treebanks = [data / "ud-ewt/en_ewt-ud-train.conllu.gz", data / "gum/gum-open-train.conllu.gz"]
    write_lemmas(treebanks, folder / "lemmas.json")
    shutil.copy(encoder_folder() / "tokenizer.json", folder / "wordpieces.json")


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--checkpoint", type=Path, nargs="+", default=[Path("checkpoints/language/further.pt")], help="several give their mean"
    )
    parser.add_argument("--output", type=Path, default=Path("kgraph/language/model"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.output, arguments.data)


if __name__ == "__main__":
    main()
