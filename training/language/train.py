"""Trains the network: `python -m training.language.train --data DIR`; it stops and resumes at any checkpoint."""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from kgraph.language.network.tokens import WordPieces
from training.corpora.articles import ArticleReader
from training.corpora.pronouns import read_docred, read_gap
from training.corpora.sentences import read_names
from training.corpora.treebanks import feature_labels, read_ewt, read_gum
from training.labelled import SETS, read_labelled
from training.language.batches import Batch, Reader
from training.language.network import Network, Sizes, encoder_folder, load_published, mixed_precision
from training.language.tasks import SCALE, Task, tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.corpora.documents import Document

log = logging.getLogger("training")


def load_corpora(data: Path, features: list[str]) -> dict[str, list[Document]]:
    """The training documents by corpus."""
    index = {label: number for number, label in enumerate(features)}
    articles = ArticleReader()
    return {
        "ewt": list(read_ewt(data / "ud-ewt/en_ewt-ud-train.conllu.gz", data / "uner-ewt/en_ewt-ud-train.iob2.gz", index)),
        "gum": list(read_gum(data / "gum/gum-open-train.conllu.gz", index)),
        **{name: [articles.document(*labelled) for labelled in read_labelled(name, data, "seen")] for name in SETS},
        "names": list(read_names(data)),
        "gap": list(read_gap(data / "gap/gap-development.tsv.gz")),
        "docred": list(read_docred(data / "re-docred/dev_revised.json.gz")),
    }


def mixed(corpora: dict[str, list[Document]], passes: dict[str, float], seed: int) -> list[Document]:
    """The documents of one pass: each corpus as often as the configuration says, none where it says nothing.

    Raises `KeyError` for a name that is no corpus.
    """
    if unknown := passes.keys() - corpora:
        raise KeyError(*unknown)
    chooser = random.Random(seed)  # noqa: S311 - not for secrets
    chosen: list[Document] = []
    for name, documents in corpora.items():
        whole, part = divmod(passes.get(name, 0.0), 1)
        chosen.extend(documents * int(whole))
        chosen.extend(chooser.sample(documents, round(part * len(documents))))
    return chosen


def endless(
    corpora: dict[str, list[Document]], config: dict[str, Any], stage: dict[str, Any], pieces: WordPieces, first: int
) -> Iterator[tuple[int, Batch]]:
    """Batches of pass after pass, each with its own seed, from the given pass on."""
    number = first
    while True:
        seed = config["seed"] * 1000 + number
        documents = mixed(corpora, stage["passes"], seed)
        for batch in Reader(pieces, seed).epoch(documents, config["budget"]):
            yield number, batch
        number += 1


class Trainer:
    """The network, its optimiser and the step they are at, in one stage of the configuration."""

    def __init__(self, config: dict[str, Any], stage: str, features: list[str], folder: Path) -> None:
        torch.manual_seed(config["seed"])
        torch.set_num_threads(config["threads"])
        self.config = config
        self.stage = config["stages"][stage]
        self.features = features
        self.path = folder / f"{stage}.pt"
        self.network = Network(Sizes(features=len(features)))
        load_published(self.network.encoder)
        self.network.encoder.freeze(self.stage["frozen"])
        self.tasks: list[Task] = tasks(self.stage["weights"])
        self.step = 0
        self.passes = 0
        self.optimizer = torch.optim.AdamW(self._groups(), weight_decay=self.stage["decay"], fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._rate)

    def _groups(self) -> list[dict[str, Any]]:
        named = [(name, value) for name, value in self.network.named_parameters() if value.requires_grad]
        encoder = [value for name, value in named if name.startswith("encoder.")]
        heads = [value for name, value in named if not name.startswith("encoder.")]
        return [{"params": encoder, "lr": self.stage["encoder"]}, {"params": heads, "lr": self.stage["heads"]}]

    def _rate(self, step: int) -> float:
        warmup, steps = self.stage["warmup"], self.stage["steps"]
        rate: float = min((step + 1) / warmup, max(0.0, (steps - step) / max(1, steps - warmup)))
        return rate

    def update(self, batch: Batch) -> dict[str, float]:
        """One step on one batch; gives the loss of each task by labelled word."""
        feed = {name: torch.from_numpy(value) for name, value in batch.rows.feed().items()}
        with mixed_precision():
            outputs = self.network(**feed)
            losses = {task.name: task.loss(self.network, batch, outputs) for task in self.tasks}
        total = sum((task.weight * losses[task.name] for task in self.tasks), torch.zeros(())) / SCALE
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimizer.step()
        self.schedule.step()
        self.step += 1
        return {name: float(value.detach()) / max(1, batch.words) for name, value in losses.items()}

    def save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "features": self.features,
            "step": self.step,
            "passes": self.passes,
            "config": self.config,
        }
        torch.save(state, self.path.with_suffix(".new"))
        self.path.with_suffix(".new").replace(self.path)

    def resume(self) -> None:
        """Go on from the last checkpoint of this stage, at the start of the pass that it was in."""
        if not self.path.exists():
            return
        state = torch.load(self.path, weights_only=False)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        self.step, self.passes = state["step"], state["passes"]

    def start_from(self, path: Path) -> None:
        """Begin with the network of an earlier stage; the seed of its passes is not drawn again."""
        state = torch.load(path, weights_only=False)
        self.network.load_state_dict(state["network"])
        self.passes = state["passes"] + 1

    def run(self, corpora: dict[str, list[Document]], *, log_every: int = 25, save_every: int = 200) -> None:
        """Train to the last step of the configuration."""
        pieces = WordPieces(encoder_folder() / "tokenizer.json")
        sums: dict[str, float] = {}
        words, began = 0, time.monotonic()
        self.network.train()
        for number, batch in endless(corpora, self.config, self.stage, pieces, self.passes):
            if self.step >= self.stage["steps"]:
                break
            self.passes = number
            for name, value in self.update(batch).items():
                sums[name] = sums.get(name, 0.0) + value / log_every
            words += batch.words
            if self.step % log_every == 0:
                speed = words / (time.monotonic() - began)
                shown = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
                log.info("step %d pass %d %.0f words/s %s", self.step, number, speed, shown)
                sums, words, began = {}, 0, time.monotonic()
            if self.step % save_every == 0:
                self.save()
        self.save()


def load_network(path: Path) -> tuple[Network, list[str]]:
    """The network of a checkpoint, ready to read, and its feature labels."""
    state = torch.load(path, weights_only=False, map_location="cpu")
    network = Network(Sizes(features=len(state["features"])))
    network.load_state_dict(state["network"])
    return network.eval(), state["features"]


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--checkpoints", type=Path, default=Path("checkpoints/language"))
    parser.add_argument("--stages", nargs="*", help="the stages to train, all of the configuration where none is named")
    parser.add_argument("--start", type=Path, help="a network to begin with, as training.relations.shipped writes it")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    config = tomllib.loads(arguments.config.read_text(encoding="utf-8"))
    np.random.seed(config["seed"])  # noqa: NPY002 - for libraries that draw from it
    features = feature_labels([arguments.data / "ud-ewt/en_ewt-ud-train.conllu.gz", arguments.data / "gum/gum-open-train.conllu.gz"])
    corpora = load_corpora(arguments.data, features)
    log.info("%s", json.dumps({name: sum(len(d.words) for d in documents) for name, documents in corpora.items()}))
    before = arguments.start
    for stage in arguments.stages or config["stages"]:
        trainer = Trainer(config, stage, features, arguments.checkpoints)
        if before:
            trainer.start_from(before)
        trainer.resume()
        trainer.run(corpora)
        before = trainer.path


if __name__ == "__main__":
    main()
