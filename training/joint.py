"""Trains the language network and the relation branch in turns: `python -m training.joint --data DIR`.

The layers that both stand on learn from both. It goes on from trained ones: those of `training.shipped`, say. A step is one
batch of the language tasks and one of relations; what is written is the average of the weights. Each seed of the configuration
is a process with one core, over corpora that were read once. Started again, each goes on from its last checkpoint, whatever
has changed in texts or configuration; another training wants another folder of checkpoints.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
import tomllib
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kgraph.language.network.tokens import WordPieces
from training.language import train
from training.language.network import MIDDLE, Network, encoder_folder, mixed_precision
from training.language.tasks import SCALE, tasks
from training.relations import train as relations
from training.relations.documents import padded_labels
from training.relations.network import RelationNetwork, load_branch
from training.relations.readings import READINGS
from training.relations.windows import Text, TextPool, batches, kept, lay_out, word_states
from training.seeds import run_seeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from training.corpora.documents import Document
    from training.language.batches import Batch

log = logging.getLogger("training")
Config = dict[str, Any]


class Both(nn.Module):
    """The language network and the branch on its lower layers."""

    def __init__(self, language: Network, branch: RelationNetwork) -> None:
        super().__init__()
        self.language = language
        self.branch = branch

    def groups(self, rates: dict[str, float]) -> list[dict[str, Any]]:
        """All weights that learn, by their learning rates."""
        upper = tuple(f"language.encoder.layers.{number}." for number in range(MIDDLE, self.language.sizes.layers))
        found: dict[str, list[nn.Parameter]] = {name: [] for name in rates}
        for name, value in self.named_parameters():
            if not value.requires_grad:
                continue
            if name.startswith("branch."):
                found["branch layers" if name.startswith("branch.layers.") else "branch heads"].append(value)
            elif name.startswith("language.encoder."):
                found["upper" if name.startswith(upper) else "lower"].append(value)
            else:
                found["heads"].append(value)
        return [{"params": values, "lr": rates[name]} for name, values in found.items()]


class Trainer:
    """Both networks, their optimiser, its schedule and the step they are at."""

    def __init__(self, both: Both, config: Config, relation_config: Config, path: Path) -> None:
        self.both = both
        self.path = path
        self.done = self.saved = 0
        self.average = AveragedModel(both, multi_avg_fn=get_ema_multi_avg_fn(config["average"]))
        self._tasks = tasks(config["weights"])
        self._config = relation_config
        self._random = np.random.default_rng()
        self._optimizer = torch.optim.AdamW(both.groups(config["rates"]), weight_decay=config["decay"], fused=True)
        warmup, steps = config["warmup"], config["steps"]
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: min((step + 1) / warmup, max(0.0, (steps - step) / max(1, steps - warmup)))
        )

    def step(self, batch: Batch, texts: Sequence[Text]) -> tuple[float, float]:
        """One batch of each; gives their losses, that of language by word."""
        language = self._learn(self._language_loss(batch), self.both.language, most=5.0)
        relation = self._learn(self._relation_loss(texts), self.both, most=1.0)
        self._schedule.step()
        self.average.update_parameters(self.both)
        self.done += 1
        return language * SCALE / max(1, batch.words), relation

    def _language_loss(self, batch: Batch) -> torch.Tensor:
        with mixed_precision():
            outputs = self.both.language(**{name: torch.from_numpy(value) for name, value in batch.rows.feed().items()})
            losses = [task.weight * task.loss(self.both.language, batch, outputs) for task in self._tasks]
        return torch.stack(losses).sum() / SCALE

    def _relation_loss(self, texts: Sequence[Text]) -> torch.Tensor:
        inputs, places = lay_out(texts)
        places[relations.veiled(inputs, self._config["veiled"], self._random)] = places.max(initial=0)
        with mixed_precision():
            states = word_states(self.both.language.encoder, texts)
            outputs = self.both.branch(relations.tensors(inputs) | {"states": states[torch.from_numpy(places)]})
        told = padded_labels([example for text in texts for example in text.examples])
        return relations.loss(outputs, told, self._config["weights"])

    def _learn(self, loss: torch.Tensor, network: nn.Module, *, most: float) -> float:
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), most)
        self._optimizer.step()
        return float(loss.detach())

    def begin(self) -> int:
        """Seed all that is drawn from here on, by the name of the checkpoint and the step; gives the seed."""
        seed = int(self.path.stem) * 1_000_000 + self.done
        torch.manual_seed(seed)
        self._random = np.random.default_rng(seed)
        return seed

    def save(self, features: list[str]) -> None:
        """Write the checkpoint, and beside it the average weights of each network as the exports read them."""
        mean = cast("Both", self.average.module)
        state: dict[str, Any] = {"average": self.average, "both": self.both, "optimizer": self._optimizer, "schedule": self._schedule}
        _write(self.path, {name: part.state_dict() for name, part in state.items()} | {"done": self.done})
        _write(
            self.path.with_stem(f"{self.path.stem}-language"), {"network": mean.language.state_dict(), "features": features, "passes": 0}
        )
        _write(self.path.with_stem(f"{self.path.stem}-branch"), {"network": mean.branch.state_dict(), "config": self._config})
        self.saved = self.done

    def resume(self) -> None:
        """Go on from the checkpoint, if there is one."""
        if self.path.exists():
            state = torch.load(self.path, weights_only=False)
            self.average.load_state_dict(state["average"])
            self.both.load_state_dict(state["both"])
            self._optimizer.load_state_dict(state["optimizer"])
            self._schedule.load_state_dict(state["schedule"])
            self.done = self.saved = state["done"]
            log.info("%s goes on from step %d", self.path, self.done)


def _write(path: Path, state: dict[str, Any]) -> None:
    """The whole file or none of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def endless(pools: dict[str, TextPool], config: Config, seed: int) -> Iterator[list[Text]]:
    """Batches of texts, pass after pass, each drawn anew."""
    for number in count():
        chooser = random.Random(seed * 1000 + number)  # noqa: S311 - not for secrets
        drawn = (text for name, pool in pools.items() for text in pool.draw(chooser, config["passes"][name]))
        texts = [text for text in (kept(text, chooser, config["empty"]) for text in drawn) if text.examples]
        yield from batches(texts, config["budget"], chooser)


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What all seeds learn from."""

    corpora: dict[str, list[Document]]
    pools: dict[str, TextPool]
    pieces: WordPieces
    features: list[str]


def load_data(folder: Path, readings: Path, features: list[str], relation_config: Config) -> Data:
    """Read all corpora."""
    pieces = WordPieces(encoder_folder() / "tokenizer.json")
    told = relations.load_corpora(folder, json.loads(readings.read_text(encoding="utf-8")), relation_config)
    pools = {name: TextPool(documents, pieces) for name, documents in told.items() if relation_config["passes"].get(name)}
    return Data(corpora=train.load_corpora(folder, features), pools=pools, pieces=pieces, features=features)


def run(trainer: Trainer, data: Data, config: Config, relation_config: Config, *, log_every: int = 100) -> None:
    """Train to the last step of the configuration; a run that goes on draws other batches than it has had."""
    seed, joint = trainer.begin(), config["joint"]
    language = train.endless(data.corpora, {**config, "seed": seed}, joint, data.pieces, 0)
    texts = endless(data.pools, relation_config, seed)
    began, told = time.monotonic(), np.zeros(2)
    while trainer.done < joint["steps"]:
        told += trainer.step(next(language)[1], next(texts))
        if trainer.done % log_every == 0:
            speed = log_every / (time.monotonic() - began)
            log.info("%s step %d language %.3f relations %.3f, %.2f steps/s", trainer.path.stem, trainer.done, *(told / log_every), speed)
            told[:] = 0
        if trainer.done % joint["save"] == 0:
            trainer.save(data.features)
        if trainer.done % log_every == 0:
            began = time.monotonic()
    if trainer.saved < trainer.done:
        trainer.save(data.features)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--language", type=Path, default=Path("checkpoints/language/shipped.pt"), help="a network to go on from")
    branches = [Path("checkpoints/relations-shipped.pt")]
    parser.add_argument("--branch", type=Path, nargs="+", default=branches, help="a branch to go on from; several give their mean")
    parser.add_argument("--readings", type=Path, default=READINGS)
    parser.add_argument("--checkpoints", type=Path, default=Path("checkpoints/joint"))
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    folder = Path(__file__).parent
    files = (folder / part / "config.toml" for part in ("language", "relations"))
    config, relation_config = (tomllib.loads(file.read_text(encoding="utf-8")) for file in files)
    torch.set_num_threads(1)
    language, features = train.load_network(arguments.language)
    language.encoder.pieces.weight.requires_grad = False
    branch = load_branch(arguments.branch, dropout=relation_config["dropout"])
    data = load_data(arguments.data, arguments.readings, features, relation_config)
    log.info("read the corpora")

    def train_seed(seed: int) -> None:
        path = arguments.checkpoints / f"{seed}.pt"
        trainer = Trainer(Both(language, branch).train(), config["joint"], relation_config, path)
        trainer.resume()
        run(trainer, data, config, relation_config)

    run_seeds(train_seed, config["joint"]["seeds"])


if __name__ == "__main__":
    main()
