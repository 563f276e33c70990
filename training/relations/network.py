"""The relation branch in torch: three transformer layers over the encoder's middle states, and a scorer of pairs.

The layers begin as the encoder's last three. A pair is scored from its two spans and their
product, from the words that matter to both (the product of what each attends to), and from the distance between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from kgraph.extraction.relations.inputs import DISTANCES, MARKS, PLACES, REACH
from kgraph.extraction.relations.labels import EVENT_STATUSES, KINDS, LABELS, ROLE_STATUSES
from training.language.network import MIDDLE, Dropout, Encoder, Layer, Sizes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OUTPUTS = len(LABELS) + len(EVENT_STATUSES) + len(ROLE_STATUSES) + 2
"""Logits of a pair: labels, event statuses, role statuses, denial, and what speaks for the first standing for the second."""
MEANING = 128
"""Features by which a pronoun or a description finds the name that it stands for."""


class RelationNetwork(nn.Module):
    """Scores pairs of spans from the middle states of the words around them."""

    def __init__(self, sizes: Sizes, *, layers: int = 3, hidden: int = 256, keys: int = 64) -> None:
        super().__init__()
        width = sizes.width
        self.marks = nn.Linear(MARKS, width, bias=False)
        self.places = nn.Embedding(PLACES, width)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(layers))
        self.kinds = nn.Embedding(len(KINDS), 2 * hidden)
        self.ends = nn.Linear(2 * width, 2 * hidden)
        self.queries = nn.Linear(2 * width, 2 * keys)
        self.keys = nn.Linear(width, keys)
        self.values = nn.Linear(width, hidden)
        self.distances = nn.Embedding(DISTANCES, hidden)
        self.sentences = nn.Embedding(REACH + 1, hidden)
        self.products = nn.Linear(2 * width, 2 * hidden)
        self.mix = nn.Linear(2 * hidden, hidden)
        self.pair_norm = nn.LayerNorm(hidden)
        self.out = nn.Linear(hidden, OUTPUTS)
        self.meaning = nn.Linear(2 * width, MEANING)
        self.meant = nn.Linear(2 * width, MEANING)
        self.dropout = Dropout(sizes.dropout)
        self.hidden = hidden
        self.scale = keys**-0.5
        nn.init.normal_(self.marks.weight, std=0.05)
        nn.init.zeros_(self.places.weight)
        for table in (self.kinds, self.distances, self.sentences):
            nn.init.normal_(table.weight, std=0.1)
        nn.init.constant_(self.out.bias, -4.0)

    def start_from(self, encoder: Encoder) -> None:
        """Copy the encoder's layers above the middle."""
        for mine, theirs in zip(self.layers, encoder.layers[MIDDLE:], strict=False):
            mine.load_state_dict(theirs.state_dict())

    def forward(self, feed: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Logits of the inputs that `kgraph.extraction.relations.inputs.feed` makes.

        [row, pair, output], and [row, span, span] of whether the first stands for what the second names, against 0 for neither.
        """
        states = feed["states"]
        hidden = states + self.marks(feed["marks"]) + self.places.weight[: states.shape[1]]
        hidden = self.dropout(hidden)
        away = ((feed["mask"] - 1) * 1e4)[:, None, None, :].to(hidden.dtype)
        for layer in self.layers:
            hidden = layer(hidden, away)
        ends = torch.cat([_pick(hidden, feed["firsts"]), _pick(hidden, feed["lasts"])], dim=-1)
        subjects, objects = (self.ends(ends) + self.kinds(feed["kinds"])).split(self.hidden, dim=-1)
        keys = self.keys(hidden).transpose(1, 2) * self.scale
        asked = [query @ keys for query in self.queries(ends).chunk(2, dim=-1)]
        both = _pick(asked[0], feed["subjects"]) + _pick(asked[1], feed["objects"]) + away[:, 0]
        context = torch.softmax(both.float(), dim=-1).to(hidden.dtype) @ self.values(hidden)
        pair = context + _pick(subjects, feed["subjects"]) + _pick(objects, feed["objects"])
        pair = pair + self.distances(feed["distances"]) + self.sentences(feed["gaps"])
        pair = self.dropout(functional.gelu(pair))
        left, right = self.products(ends).chunk(2, dim=-1)
        product = self.dropout(_pick(left, feed["subjects"]) * _pick(right, feed["objects"]))
        pair = self.pair_norm(pair + functional.gelu(self.mix(torch.cat([pair, product], dim=-1))))
        meant = self.meaning(ends) @ self.meant(ends).transpose(1, 2) * MEANING**-0.5
        logits = self.out(pair)
        rows = torch.arange(len(meant), device=meant.device)[:, None].expand_as(feed["subjects"])
        places = (rows, feed["subjects"], feed["objects"])
        return logits[..., :-1], meant.index_put(places, logits[..., -1].to(meant.dtype), accumulate=True)


def _pick(values: Tensor, places: Tensor) -> Tensor:
    """The vectors at the places of each row."""
    return torch.gather(values, 1, places[:, :, None].expand(-1, -1, values.shape[-1]))


def load_branch(paths: Sequence[Path], *, dropout: float = 0.0) -> RelationNetwork:
    """The branch of a checkpoint, or the mean of several that went on from one."""
    states = [torch.load(path, weights_only=False, map_location="cpu") for path in paths]
    network = RelationNetwork(Sizes(features=1, dropout=dropout), layers=states[0]["config"]["layers"])
    weights = [state["network"] for state in states]
    network.load_state_dict({name: torch.stack([one[name] for one in weights]).mean(0) for name in weights[0]})
    return network
