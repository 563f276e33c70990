"""The tasks that the network learns at once: each turns the outputs and the labels of a batch into a loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from training.corpora.schemes import ANY, IGNORED, TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from training.language.batches import Batch, Coreference
    from training.language.network import Network

SCALE = 1000.0
"""Losses are sums over labelled words by this many words, so that a word weighs the same in every batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A loss with its name and weight."""

    name: str
    weight: float
    loss: Callable[[Network, Batch, dict[str, Tensor]], Tensor]


def word_loss(name: str) -> Callable[[Network, Batch, dict[str, Tensor]], Tensor]:
    """The cross entropy of one head that labels words."""

    def loss(_: Network, batch: Batch, outputs: dict[str, Tensor]) -> Tensor:
        labels = torch.from_numpy(batch.labels[name])
        scores = outputs[name].float()
        return functional.cross_entropy(scores.flatten(0, 1), labels.flatten(), reduction="sum", ignore_index=IGNORED)

    return loss


def name_loss(_: Network, batch: Batch, outputs: dict[str, Tensor]) -> Tensor:
    """Minus the log of the probability of all tags that a word may have."""
    masks = torch.from_numpy(batch.tags).flatten()
    known = masks != ANY
    scores = outputs["names"].float().flatten(0, 1)[known].log_softmax(-1)
    bits = 1 << torch.arange(len(TAGS))
    allowed = (masks[known][:, None] & bits) != 0
    return -scores.masked_fill(~allowed, -1e4).logsumexp(-1).sum()


def arc_scores(outputs: dict[str, Tensor]) -> Tensor:
    """The scores of heads, a root's head being itself."""
    arcs = outputs["arcs"].float()
    width = arcs.shape[1]
    root = torch.eye(width, dtype=torch.bool)
    return torch.where(root, outputs["roots"].float()[:, :, None], arcs)


def arc_loss(_: Network, batch: Batch, outputs: dict[str, Tensor]) -> Tensor:
    """The cross entropy of heads among the words of the same sentence."""
    heads = torch.from_numpy(batch.heads)
    sentences = torch.from_numpy(batch.sentences)
    labelled = (heads != IGNORED).any(1)
    if not labelled.any():
        return torch.zeros(())
    scores = arc_scores({name: outputs[name][labelled] for name in ("arcs", "roots")})
    other = sentences[labelled][:, :, None] != sentences[labelled][:, None, :]
    scores = scores.masked_fill(other, -1e4)
    return functional.cross_entropy(scores.flatten(0, 1), heads[labelled].flatten(), reduction="sum", ignore_index=IGNORED)


def relation_loss(network: Network, batch: Batch, outputs: dict[str, Tensor]) -> Tensor:
    """The cross entropy of the relations to the true heads."""
    labels = torch.from_numpy(batch.labels["relations"])
    rows, columns = (labels != IGNORED).nonzero(as_tuple=True)
    heads = torch.from_numpy(batch.heads)[rows, columns]
    scores = network.relation_scores(outputs["relation_dependent"][rows, columns], outputs["relation_head"][rows, heads])
    return functional.cross_entropy(scores.float(), labels[rows, columns], reduction="sum")


def coreference_loss(network: Network, batch: Batch, outputs: dict[str, Tensor]) -> Tensor:
    """Minus the log of the probability of all true antecedents, or of having none."""
    total = torch.zeros(())
    for coreference in batch.coreference:
        scores = pair_scores(network, coreference, outputs)
        clusters = torch.from_numpy(coreference.clusters)
        earlier = torch.ones_like(scores, dtype=torch.bool).tril(-1)
        scores = scores.masked_fill(~earlier, -1e4)
        scores = torch.cat([torch.zeros(len(clusters), 1), scores], dim=1).log_softmax(-1)
        true = (clusters[:, None] == clusters[None]) & earlier
        true = torch.cat([~true.any(1, keepdim=True), true], dim=1)
        total = total - scores.masked_fill(~true, -1e4).logsumexp(-1).sum()
    return total


def pair_scores(network: Network, coreference: Coreference, outputs: dict[str, Tensor]) -> Tensor:
    """The antecedent scores of the mentions of a chunk."""
    rows, columns = torch.from_numpy(coreference.rows), torch.from_numpy(coreference.columns)
    vectors = outputs["pair_parts"][rows, columns].chunk(4, dim=-1)
    parts = dict(zip(("query", "key", "later", "earlier"), vectors, strict=True))
    features = {name: torch.from_numpy(getattr(coreference, name)) for name in ("kinds", "matches", "distances")}
    scores: Tensor = network.pairs(parts, features).float()
    return scores


LOSSES: dict[str, Callable[[Network, Batch, dict[str, Tensor]], Tensor]] = {
    **{name: word_loss(name) for name in ("upos", "xpos", "features", "starts", "referring")},
    "names": name_loss,
    "arcs": arc_loss,
    "relations": relation_loss,
    "coreference": coreference_loss,
}


def tasks(weights: dict[str, float]) -> list[Task]:
    """The tasks with the weights of the configuration."""
    return [Task(name=name, weight=weights[name], loss=loss) for name, loss in LOSSES.items()]
