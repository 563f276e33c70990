"""Runs the model: words of documents in, decoded labels by word out, in batches of windows across documents.

One thread by default: work is divided by documents, between processes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.network.antecedents import PairTables
from kgraph.language.network.mentions import is_pronoun
from kgraph.language.network.name_types import is_maybe_named
from kgraph.language.network.session import open_session
from kgraph.language.network.tokens import BREAK, WordPieces, shape
from kgraph.language.network.trees import best_heads, sentence_numbers
from kgraph.language.network.windows import STOP, Window, batches, build_rows, build_window, cuts, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MODEL = Path(__file__).parents[1] / "model"
BUDGET = 768
"""Wordpieces of one batch: with fewer, weights are fetched more often; with more, what operators leave for the next fills memory."""
REFERRING = -2.0
"""The least score (a difference of logits) at which a common noun is tried as a mention."""
STOP_BONUS = 3.0
"""What a final stop before a capital adds to the score that a sentence starts: news ends its sentences with stops."""
STATES_LIMIT = 20_000
"""Words of the longest document whose states are kept."""

_OUTPUTS = (
    "upos", "xpos", "features", "starts", "referring", "names", "arcs", "roots", "relation_dependent", "relation_head",
    "pair_parts",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What the model is given of a document: its words, the gaps before them, and which start sentences, if known."""

    words: list[str]
    gaps: list[int]
    starts: list[bool] | None = None


@dataclass(slots=True, kw_only=True)
class Reading:
    """What the model says of one document, by word; a root is its own head.

    `states` are those after the third layer by window and wordpiece, for the relation branch; they are empty for
    documents of more than STATES_LIMIT words.
    """

    words: list[str]
    starts: NDArray[np.bool_] | None
    stops: NDArray[np.bool_]
    breaks: NDArray[np.bool_]
    """Words that begin a line and are not in lower case: each starts a sentence, so that a headline stands alone."""
    windows: list[Window]
    upos: NDArray[np.int64]
    xpos: NDArray[np.int64]
    features: NDArray[np.int64]
    heads: NDArray[np.int64]
    relations: NDArray[np.int64]
    names: NDArray[np.float32]
    """The scores [word, tag] of the tags of names."""
    referring: NDArray[np.float32]
    pair_parts: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    states: list[NDArray[np.float32]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Labels:
    """The label sets of the heads."""

    upos: list[str]
    xpos: list[str]
    features: list[str]
    relations: list[str]
    tags: list[str]


class Encoder:
    """The model of one folder, loaded once."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._session = open_session(folder / "model.onnx", threads=threads)
        with np.load(folder / "tables.npz") as tables:
            self._relation_weight = tables["relation_weight"].T.copy()
            self._relation_bias = tables["relation_bias"]
            self.pairs = PairTables({name: tables[name] for name in tables.files})
        self.labels = Labels(**json.loads((folder / "labels.json").read_text(encoding="utf-8")))
        self._proper = self.labels.upos.index("PROPN")
        self.pieces = WordPieces(folder / "wordpieces.json")

    def read(self, texts: Sequence[Text]) -> list[Reading]:
        """Read documents, windows of one length of any of them together."""
        readings = [self._plan(text) for text in texts]
        windows = [(number, place) for number, reading in enumerate(readings) for place in range(len(reading.windows))]
        lengths = [readings[number].windows[place].length for number, place in windows]
        for length, indices in batches(lengths, BUDGET):
            self._read_batch(readings, [windows[index] for index in indices], length)
        return readings

    def _plan(self, text: Text) -> Reading:
        """An empty reading with its windows laid out."""
        pieces = [self.pieces(word) for word in text.words]
        shapes = [shape(word) for word in text.words]
        reading = _blank(text, len(self.labels.tags))
        known = text.starts
        strengths = cuts(text.words, text.gaps) if known is None else [STOP * int(start) for start in known]
        reading.stops[:] = np.array(strengths, dtype=np.int64) >= STOP
        for start, end in spans([len(word) for word in pieces], strengths):
            reading.windows.append(build_window(pieces, shapes, text.gaps, start, end))
        if len(text.words) <= STATES_LIMIT:
            reading.states = [_NO_STATES] * len(reading.windows)
        return reading

    def _read_batch(self, readings: list[Reading], places: list[tuple[int, int]], length: int) -> None:
        """Run and decode one batch of windows, and write the results into their readings."""
        windows = [readings[number].windows[place] for number, place in places]
        rows = build_rows(windows, length)
        middle, *values = self._session.run(["middle", *_OUTPUTS], rows.feed())
        found = dict(zip(_OUTPUTS, values, strict=True))
        lengths = np.array([len(window.firsts) for window in windows])
        for row, (number, _) in enumerate(places):
            reading, part = readings[number], slice(windows[row].start, windows[row].end)
            scores = found["starts"][row, : lengths[row]]
            known = reading.starts
            if known is None:
                scores += STOP_BONUS * reading.stops[part]
                scores[reading.breaks[part]] = 1.0
            else:
                scores[:] = np.where(known[part], 1.0, -1.0)
        sentences = sentence_numbers(found["starts"], lengths)
        heads = best_heads(_with_roots(found["arcs"], found["roots"]), sentences)
        relations = self._relations(found["relation_dependent"], found["relation_head"], heads)
        for row, (number, place) in enumerate(places):
            reading, window = readings[number], windows[row]
            size, part = len(window.firsts), slice(window.start, window.end)
            for name in ("upos", "xpos", "features", "referring"):
                getattr(reading, name)[part] = found[name][row, :size]
            reading.names[part] = found["names"][row, :size]
            for word in self._mentionable(reading, window, found["referring"][row]):
                reading.pair_parts[window.start + word] = found["pair_parts"][row, word].copy()
            reading.heads[part] = heads[row, :size] + window.start
            reading.relations[part] = relations[row, :size]
            if reading.states:
                reading.states[place] = middle[row, : window.length].copy()

    def _mentionable(self, reading: Reading, window: Window, referring: NDArray[np.float32]) -> list[int]:
        """The words of a window that may stand for a mention, by their place in it."""
        part = slice(window.start, window.end)
        size = window.end - window.start
        likely = is_maybe_named(reading.names[part]) | (referring[:size] > REFERRING) | (reading.upos[part] == self._proper)
        likely |= np.fromiter((is_pronoun(word) for word in reading.words[part]), dtype=bool, count=size)
        return np.flatnonzero(likely).tolist()

    def _relations(self, dependent: NDArray[np.float32], head: NDArray[np.float32], heads: NDArray[np.int64]) -> NDArray[np.int64]:
        """The best relation of each word to its head; root exactly where a word is its own head."""
        hidden = dependent + head[np.arange(len(heads))[:, None], heads]
        np.maximum(hidden, 0, out=hidden)
        scores = hidden.reshape(-1, hidden.shape[-1]) @ self._relation_weight + self._relation_bias
        root = self.labels.relations.index("root")
        own = (heads == np.arange(heads.shape[1])[None]).ravel()
        scores[:, root] = np.where(own, np.inf, -np.inf)
        chosen: NDArray[np.int64] = scores.argmax(1).reshape(heads.shape)
        return chosen


_NO_STATES = np.zeros((0, 0), dtype=np.float32)


def _with_roots(arcs: NDArray[np.float32], roots: NDArray[np.float32]) -> NDArray[np.float32]:
    """The scores of heads with those of being a root on the diagonal."""
    places = np.arange(arcs.shape[1])
    arcs[:, places, places] = roots
    return arcs


def _blank(text: Text, tags: int) -> Reading:
    """A reading with room for the labels of a text and the scores of so many tags of names."""
    size = len(text.words)
    return Reading(
        words=text.words,
        starts=None if text.starts is None else np.array(text.starts, dtype=bool),
        breaks=np.array([gap == BREAK and shape(word) != 1 for gap, word in zip(text.gaps, text.words, strict=True)], dtype=bool),
        stops=np.zeros(size, dtype=bool),
        windows=[],
        upos=np.zeros(size, dtype=np.int64),
        xpos=np.zeros(size, dtype=np.int64),
        features=np.zeros(size, dtype=np.int64),
        heads=np.zeros(size, dtype=np.int64),
        relations=np.zeros(size, dtype=np.int64),
        names=np.zeros((size, tags), dtype=np.float32),
        referring=np.zeros(size, dtype=np.float32),
    )


_SHARED: dict[Path, Encoder] = {}


def shared_encoder(folder: Path, threads: int | None = None) -> Encoder:
    """The one encoder of this process for a folder; made with the number of threads that is first asked for."""
    if folder not in _SHARED:
        _SHARED[folder] = Encoder(folder, threads or 1)
    return _SHARED[folder]
