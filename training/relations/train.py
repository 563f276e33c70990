"""Trains the relation branch: `python -m training.relations.train --data DIR`.

The shipped encoder does not change, so its states are computed once; only the branch learns. Its layers begin as the
encoder's upper ones. Each seed of the configuration is a process of its own, and they meet now and then;
`training.relations.export` ships their mean.
"""

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
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kgraph.extraction.relations.inputs import Feed, feed
from kgraph.extraction.relations.labels import EVENT_STATUSES, LABELS, ROLE_STATUSES
from kgraph.language.network.encoder import MODEL
from training.labelled import SETS, read_labelled
from training.language.network import Sizes, mixed_precision
from training.language.shipped import language_network
from training.relations.articles import RelationReader
from training.relations.corpora import read_core, read_docred, read_fire, read_knowledgenet
from training.relations.documents import Example, RelationDocument, examples, padded_labels
from training.relations.network import RelationNetwork
from training.relations.readings import READINGS, Readings
from training.relations.renaming import COPY, with_copies
from training.relations.scores import Item, gather, report
from training.relations.states import shipped_states
from training.seeds import Meeting, run_seeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

log = logging.getLogger("training")

Corpora = dict[str, list[RelationDocument]]


def load_corpora(data: Path, readings: Readings, config: dict[str, Any]) -> Corpora:
    """The training documents by corpus; what in `passes` is no corpus is how ids begin, and takes these articles out of theirs."""
    articles = RelationReader(readings)

    def labelled(name: str) -> Iterator[RelationDocument]:
        seen = list(read_labelled(name, data, "seen"))
        return (articles.document(*one) for one in with_copies(seen, config["copies"], seed=config["seeds"][0]))

    told = {
        **{name: list(labelled(name)) for name in SETS},
        "knowledgenet": list(read_knowledgenet(data / "knowledgenet/folds-1-3.jsonl.gz", readings)),
        "core": list(read_core(data / "core/train.jsonl.gz")),
        "fire": list(read_fire(data / "fire/train.jsonl.gz")),
        "docred": list(read_docred(data / "re-docred/dev_revised.json.gz")),
    }
    for start in [name for name in config["passes"] if name not in told]:  # in the order given, on which the draws depend
        told[start] = [document for name in SETS for document in told[name] if document.name.startswith(start)]
        for name in SETS:
            told[name] = [document for document in told[name] if not document.name.startswith(start)]
    return told


def load_development(data: Path, readings: Readings) -> list[RelationDocument]:
    """The labelled articles that are kept for development."""
    articles = RelationReader(readings)
    return [articles.document(*labelled) for name in SETS for labelled in read_labelled(name, data, "kept")]


class Pool:
    """The examples of one corpus, a view of each document or of one of its copies drawn anew in each pass."""

    def __init__(self, documents: Sequence[RelationDocument], states: Sequence[NDArray[np.float16]]) -> None:
        self.states = states
        self._views: list[list[list[Example]]] = []
        for number, document in enumerate(documents):
            views = [examples(number, document, view) for view in document.views]
            if COPY in document.name:
                self._views[-1].extend(views)
            else:
                self._views.append(views)

    def draw(self, chooser: random.Random, passes: float) -> Iterator[tuple[Pool, Example]]:
        """The examples of a pass; a fraction takes that share of the documents."""
        whole, part = divmod(passes, 1)
        chosen = self._views * int(whole) + chooser.sample(self._views, round(part * len(self._views)))
        for views in chosen:
            yield from ((self, example) for example in chooser.choice(views))


def batches(drawn: Sequence[tuple[Pool, Example]], budget: int, chooser: random.Random) -> Iterator[list[tuple[Pool, Example]]]:
    """Examples of about one length together, at most so many words and forty times so many pairs a batch."""
    order = sorted(drawn, key=lambda item: (item[1].segment.end - item[1].segment.start) // 16 * 10_000 + len(item[1].segment.pairs))
    groups: list[list[tuple[Pool, Example]]] = [[]]
    for item in order:
        group = [*groups[-1], item]
        length = max(example.segment.end - example.segment.start for _, example in group)
        depth = max(len(example.segment.pairs) for _, example in group)
        if groups[-1] and (length * len(group) > budget or depth * len(group) > 8 * budget):
            groups.append([item])
        else:
            groups[-1].append(item)
    chooser.shuffle(groups)
    yield from groups


def lay_out(group: Sequence[tuple[Pool, Example]]) -> tuple[Feed, dict[str, NDArray[np.int64]]]:
    """The inputs of a batch with its padded labels."""
    inputs = feed([(pool.states[example.document].astype(np.float32), example.spans, example.segment) for pool, example in group])
    return inputs, padded_labels([example for _, example in group])


def veiled(inputs: Feed, shares: dict[str, float], random: np.random.Generator) -> NDArray[np.bool_]:
    """The words [row, word] to hide: those of some spans, of which only the kind is left, and some others.

    Without this the branch learns the facts of an article by its names: what is said counts, not of whom.
    """
    firsts, lasts = inputs["firsts"], inputs["lasts"]
    hidden = random.random(inputs["mask"].shape) < shares["words"]
    spans = random.random(firsts.shape) < shares["spans"]
    for row, column in zip(*np.nonzero(spans & (random.random((len(firsts), 1)) < shares["segments"])), strict=True):
        hidden[row, firsts[row, column] : lasts[row, column] + 1] = True
    return hidden


def tensors(inputs: Feed) -> dict[str, Tensor]:
    """The inputs in torch."""
    return {name: torch.from_numpy(value) for name, value in inputs.items()}


def loss(outputs: tuple[Tensor, Tensor], told: dict[str, NDArray[Any]], weights: dict[str, float]) -> Tensor:
    """The sum of the losses of a batch, by its number of positives."""
    logits, meant = outputs
    labels = torch.from_numpy(told["labels"])
    statuses = torch.from_numpy(told["statuses"])
    negatives = torch.from_numpy(told["negatives"])
    logits = logits.float()
    events, roles = len(LABELS) + len(EVENT_STATUSES), len(LABELS) + len(EVENT_STATUSES) + len(ROLE_STATUSES)
    known = labels >= 0
    target = (labels > 0).float()
    weight = torch.where(labels > 0, labels.float() / 100, known.float())
    total = functional.binary_cross_entropy_with_logits(logits[..., : len(LABELS)], target, weight=weight, reduction="sum")
    for part, (first, last) in enumerate(((len(LABELS), events), (events, roles))):
        chosen = statuses[..., part] >= 0
        if chosen.any():
            entropy = functional.cross_entropy(logits[..., first:last][chosen], statuses[..., part][chosen], reduction="sum")
            total = total + weights["status"] * entropy
    chosen = negatives >= 0
    if chosen.any():
        denied = functional.binary_cross_entropy_with_logits(logits[..., roles][chosen], negatives[chosen].float(), reduction="sum")
        total = total + weights["negative"] * denied
    return (total + weights["meant"] * meaning_loss(meant.float(), torch.from_numpy(told["meant"]))) / 32


def meaning_loss(logits: Tensor, told: Tensor) -> Tensor:
    """How far the names that a pronoun or a description is labelled to stand for are from being chosen, summed."""
    scores = functional.pad(logits, (0, 1))[told.amax(-1) > 0]
    told = told[told.amax(-1) > 0]
    of_all = torch.logsumexp(scores.masked_fill(told < 0, -1e9), dim=-1)
    return (of_all - torch.logsumexp(scores.masked_fill(told < 1, -1e9), dim=-1)).sum()


class Trainer:
    """The branch, its optimiser and its schedule."""

    def __init__(self, config: dict[str, Any], network: RelationNetwork, steps: int) -> None:
        self.config = config
        self.network = network
        self.average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(config["average"]))
        self.random = np.random.default_rng(config["seed"])
        layers = list(network.layers.parameters())
        ours = {id(value) for value in layers}
        heads = [value for value in network.parameters() if id(value) not in ours]
        rates = config["rates"]
        groups = [{"params": layers, "lr": rates["layers"]}, {"params": heads, "lr": rates["heads"]}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=rates["decay"], fused=True)
        warmup = rates["warmup"]
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: min((step + 1) / warmup, max(0.0, (steps - step) / max(1, steps - warmup)))
        )

    def update(self, group: Sequence[tuple[Pool, Example]]) -> float:
        """One step."""
        inputs, told = lay_out(group)
        inputs["states"][veiled(inputs, self.config["veiled"], self.random)] = 0
        with mixed_precision():
            outputs = self.network(tensors(inputs))
        total = loss(outputs, told, self.config["weights"])
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.average.update_parameters(self.network)
        return float(total.detach())


@torch.no_grad()
def score(network: RelationNetwork, items: Sequence[Item]) -> list[NDArray[np.float32]]:
    """The logits of the pairs of each segment."""
    network.eval()
    inputs = feed([(states.astype(np.float32), example.spans, example.segment) for states, example in items])
    with mixed_precision():
        logits = network(tensors(inputs))[0].float().numpy()
    return [logits[row, : len(example.segment.pairs)] for row, (_, example) in enumerate(items)]


def train(config: dict[str, Any], pools: dict[str, Pool], network: RelationNetwork, meet: Any, check: Any) -> None:
    """All passes of the configuration, with a meeting every so many steps and a check after each pass."""
    chooser = random.Random(config["seed"])  # noqa: S311 - not for secrets
    passes = []
    for _ in range(config["epochs"]):
        drawn = [
            item
            for name, pool in pools.items()
            for item in pool.draw(chooser, config["passes"][name])
            if item[1].labels.max(initial=0) > 0 or chooser.random() < config["empty"]
        ]
        passes.append(list(batches(drawn, config["budget"], chooser)))
    trainer = Trainer(config, network, sum(len(groups) for groups in passes))
    for number, groups in enumerate(passes):
        network.train()
        began, total = time.monotonic(), 0.0
        for step, group in enumerate(groups, start=1):
            total += trainer.update(group)
            if step % config["meeting"] == 0:
                meet()
            if step % 50 == 0:
                log.info("pass %d step %d/%d loss %.3f %.0f s", number, step, len(groups), total / step, time.monotonic() - began)
        check(trainer.average.module, number)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
    parser.add_argument("--resume", type=Path, help="a trained branch to go on from")
    parser.add_argument("--out", type=Path, default=Path("checkpoints/relations"), help="a folder for a branch of each seed")
    parser.add_argument("--readings", type=Path, default=READINGS)
    parser.add_argument("--epochs", type=int)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    config = tomllib.loads(arguments.config.read_text(encoding="utf-8"))
    if arguments.epochs:
        config["epochs"] = arguments.epochs
    torch.set_num_threads(config["threads"])
    network = RelationNetwork(Sizes(features=1, dropout=config["dropout"]), layers=config["layers"])
    network.start_from(language_network(MODEL)[0].encoder)
    if arguments.resume:
        network.load_state_dict(torch.load(arguments.resume, weights_only=False)["network"])
    began = time.monotonic()
    readings = json.loads(arguments.readings.read_text(encoding="utf-8"))
    corpora = {name: documents for name, documents in load_corpora(arguments.data, readings, config).items() if config["passes"].get(name)}
    log.info("read %d documents in %.0f s", sum(map(len, corpora.values())), time.monotonic() - began)
    pools = {name: Pool(documents, shipped_states(documents)) for name, documents in corpora.items()}
    development = load_development(arguments.data, readings)
    states = shipped_states(development)
    log.info("states after %.0f s", time.monotonic() - began)

    meeting = Meeting(network, len(config["seeds"]))

    def train_seed(seed: int) -> None:
        torch.manual_seed(seed)

        def check(trained: RelationNetwork, number: int) -> None:
            arguments.out.mkdir(parents=True, exist_ok=True)
            torch.save({"network": trained.state_dict(), "config": config}, arguments.out / f"{seed}.pt")
            for view in (0, -1):
                told = report(gather(development, states, lambda items: score(trained, items), view))
                log.info("seed %d after pass %d, view %d\n%s", seed, number, view, told)

        place = config["seeds"].index(seed)
        train({**config, "seed": seed}, pools, network, lambda: meeting.attend(network, place), check)

    run_seeds(train_seed, config["seeds"])


if __name__ == "__main__":
    main()
