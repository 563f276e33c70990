"""Trains the language network and the relation branch in turns: `python -m training.joint --data DIR`.

The layers that both stand on learn from both. It goes on from trained ones: those of `training.shipped`, say. A step is one
batch of the language tasks and one of relations; what is written is the average of the weights.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
import tomllib
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kgraph.language.tokens import WordPieces
from training import relations, train
from training.network import MIDDLE, Network, Sizes, encoder_folder, mixed_precision
from training.relation_documents import padded_labels
from training.relation_network import RelationNetwork
from training.relation_readings import READINGS
from training.relation_windows import Text, TextPool, batches, kept, lay_out, word_states
from training.tasks import SCALE, tasks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from training.batches import Batch

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
    """Both networks, their optimiser and its schedule."""

    def __init__(self, both: Both, config: Config, relation_config: Config) -> None:
        self.both = both
        self.average = AveragedModel(both, multi_avg_fn=get_ema_multi_avg_fn(config["average"]))
        self._tasks = tasks(config["weights"])
        self._config = relation_config
        self._random = np.random.default_rng(relation_config["seed"])
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
            logits = self.both.branch(relations.tensors(inputs) | {"states": states[torch.from_numpy(places)]})
        told = padded_labels([example for text in texts for example in text.examples])
        return relations.loss(logits, told, self._config["weights"])

    def _learn(self, loss: torch.Tensor, network: nn.Module, *, most: float) -> float:
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), most)
        self._optimizer.step()
        return float(loss.detach())


def endless(pools: dict[str, TextPool], config: Config) -> Iterator[list[Text]]:
    """Batches of texts, pass after pass, each with its own seed."""
    for number in count():
        chooser = random.Random(config["seed"] * 1000 + number)  # noqa: S311 - not for secrets
        drawn = (text for name, pool in pools.items() for text in pool.draw(chooser, config["passes"][name]))
        texts = [text for text in (kept(text, chooser, config["empty"]) for text in drawn) if text.examples]
        yield from batches(texts, config["budget"], chooser)


def run(trainer: Trainer, language: Iterator[tuple[int, Batch]], texts: Iterator[list[Text]], steps: int, *, every: int = 100) -> None:
    """Train for so many steps, and log the losses."""
    began, told = time.monotonic(), np.zeros(2)
    for step in range(1, steps + 1):
        told += trainer.step(next(language)[1], next(texts))
        if step % every == 0:
            log.info("step %d language %.3f relations %.3f %.0f s", step, *(told / every), time.monotonic() - began)
            told[:] = 0


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--language", type=Path, default=Path("checkpoints/language/shipped.pt"), help="a network to go on from")
    parser.add_argument("--branch", type=Path, default=Path("checkpoints/relations-shipped.pt"), help="a branch to go on from")
    parser.add_argument("--readings", type=Path, default=READINGS)
    parser.add_argument(
        "--output", type=Path, nargs=2, default=[Path("checkpoints/language/joint.pt"), Path("checkpoints/relations-joint.pt")]
    )
    parser.add_argument("--seed", type=int, help="in place of those of the configuration")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    folder = Path(__file__).parent
    config, relation_config = (tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in ("config.toml", "relations.toml"))
    if arguments.seed is not None:
        config["seed"] = relation_config["seed"] = arguments.seed
    joint = config["joint"]
    torch.manual_seed(config["seed"])
    torch.set_num_threads(relation_config["threads"])
    language, features = train.load_network(arguments.language)
    language.encoder.pieces.weight.requires_grad = False
    branch = RelationNetwork(Sizes(features=1, dropout=relation_config["dropout"]), layers=relation_config["layers"])
    branch.load_state_dict(torch.load(arguments.branch, weights_only=False)["network"])
    readings = json.loads(arguments.readings.read_text(encoding="utf-8"))
    pieces = WordPieces(encoder_folder() / "tokenizer.json")
    told = relations.load_corpora(arguments.data, readings, relation_config)
    pools = {name: TextPool(documents, pieces) for name, documents in told.items() if relation_config["passes"].get(name)}
    corpora = train.load_corpora(arguments.data, features)
    log.info("read the corpora")
    trainer = Trainer(Both(language, branch).train(), joint, relation_config)
    run(trainer, train.endless(corpora, config, joint, pieces, 0), endless(pools, relation_config), joint["steps"])
    mean: Both = trainer.average.module  # type: ignore[assignment]
    for path in arguments.output:
        path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"network": mean.language.state_dict(), "features": features, "passes": 0}, arguments.output[0])
    torch.save({"network": mean.branch.state_dict(), "config": relation_config}, arguments.output[1])


if __name__ == "__main__":
    main()
