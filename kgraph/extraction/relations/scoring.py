"""Reads a document with the learnt model: what holds of every two spans near each other, and who is meant by "it".

The model continues from the encoder's middle states (`doc._.reading`), so a document is read once. Its scores are
calibrated on articles it was not trained on. `meanings` settles what words stand for, `relation_candidates` makes
candidates of the scores; which of these are claims, `belief` decides.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kgraph.extraction.model import FILES
from kgraph.extraction.relations.inputs import Segment, Span, feed, may_mean, segments, word_states
from kgraph.extraction.relations.labels import LABELS, allowed, kind_index, letter
from kgraph.extraction.spans import Amount, Marked, Mention, Moment, Title
from kgraph.language.coreference.grammar import antecedent
from kgraph.language.network.session import open_session
from kgraph.language.network.windows import STOP, cuts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from kgraph.language.network.encoder import Reading
    from kgraph.model import AppearanceKey

__all__ = ["Heard", "Item", "RelationModel"]

FLOOR = 0.1
"""The least score of a candidate."""
_FAR = 30.0
"""Logits beyond this are as good as certain."""

Item = Mention | Amount | Moment | Title


@dataclass(slots=True, kw_only=True)
class Heard:
    """What the model says of the spans of one document: the best score of each label for each two spans."""

    items: list[Item]
    spans: list[Span]
    chances: dict[tuple[int, int, int], float] = field(default_factory=dict)
    """By label, subject span, object span."""
    logits: dict[tuple[int, int], NDArray[np.float32]] = field(default_factory=dict)
    """Of the statuses and the denial, by pair, from the segment where its best label scored best."""
    meant: dict[int, dict[AppearanceKey | None, float]] = field(default_factory=dict)
    """By the place of a pronoun or a description, how likely it stands for each thing named near it; None is something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calibration:
    """How logits become chances."""

    scale: NDArray[np.float32]
    shift: NDArray[np.float32]


class RelationModel:
    """The model of one folder, ready to read."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self._session = open_session(folder / "relations.onnx", threads=threads)
        self._calibration = _read_calibration(folder / "relations.json")

    @classmethod
    def load(cls, folder: Path = FILES) -> RelationModel:
        """The shipped model, loaded once in a process."""
        return _load(folder)

    def hear(self, doc: Doc, marked: Marked, *, least: float = FLOOR) -> Heard:
        """What the model reads in a document: the scores of two spans that are not below `least`, and who is meant."""
        items: list[Item] = [*marked.mentions, *marked.amounts, *marked.moments, *marked.titles]
        items.sort(key=lambda item: (item.start, item.end, type(item).__name__))
        tokens = doc._.word_tokens
        heard = Heard(items=items, spans=[_span(item, tokens) for item in items] if len(tokens) else [])
        for segment, logits, meant in self.read(doc._.reading, heard.spans):
            _keep(heard, segment, logits, least)
            _keep_meant(heard, segment, meant)
        for place in _settled_by_grammar(doc, items):
            heard.meant.pop(place, None)
        return heard

    def read(self, reading: Reading, spans: Sequence[Span]) -> Iterator[tuple[Segment, NDArray[np.float32], NDArray[np.float32]]]:
        """Of each segment the calibrated logits of its pairs, followed by those of statuses and denial, and those of who is meant.

        The last are [span, span], against 0 for none of them.
        """
        places = segments(_sentences(reading), spans)
        if not places or not reading.states:
            return
        vectors = np.concatenate(
            [word_states(states, window.firsts) for states, window in zip(reading.states, reading.windows, strict=True)]
        )
        for segment in places:  # one by one: together they would be padded, and fill no processor better
            logits, meant = (rows[0] for rows in self._session.run(["logits", "meant"], feed([(vectors, spans, segment)])))
            meant[segment.pairs[:, 0], segment.pairs[:, 1]] += logits[:, -1]  # no pair stands there twice
            logits[:, : len(LABELS)] *= self._calibration.scale
            logits[:, : len(LABELS)] += self._calibration.shift
            yield segment, logits[:, :-1], meant


def _keep(heard: Heard, segment: Segment, logits: NDArray[np.float32], least: float) -> None:
    """Merge the scores of a segment: of a pair that two segments hold, the better."""
    chances = 1 / (1 + np.exp(-np.clip(logits[:, : len(LABELS)], -_FAR, _FAR)))
    rows, labels = np.nonzero(chances >= least)
    for row, label in zip(rows.tolist(), labels.tolist(), strict=True):
        i, j = (segment.spans[place] for place in segment.pairs[row, :2].tolist())
        kinds = letter(heard.spans[i].kind), "=" if i == j else letter(heard.spans[j].kind)
        chance = float(chances[row, label])
        if label in allowed(*kinds) and chance > heard.chances.get((label, i, j), 0.0):
            heard.chances[label, i, j] = chance
            heard.logits[i, j] = logits[row, len(LABELS) :]


def _keep_meant(heard: Heard, segment: Segment, logits: NDArray[np.float32]) -> None:
    """Who is meant in a segment; of words that two segments hold, the first has read more of what stands before them."""
    candidates = may_mean([heard.spans[place] for place in segment.spans])
    for row in np.flatnonzero(candidates.any(1)).tolist():
        place = segment.spans[row]
        if place in heard.meant:
            continue
        odds: dict[AppearanceKey | None, float] = {None: 1.0}
        for column in np.flatnonzero(candidates[row]).tolist():
            name = heard.items[segment.spans[column]]
            if isinstance(name, Mention):
                odds[name.appearance] = odds.get(name.appearance, 0.0) + float(np.exp(np.clip(logits[row, column], -_FAR, _FAR)))
        total = sum(odds.values())
        heard.meant[place] = {thing: value / total for thing, value in odds.items()}


def _settled_by_grammar(doc: Doc, items: Sequence[Item]) -> list[int]:
    """The places of pronouns that stand for what grammar says they do: of these the model is not asked."""
    mentions = [(place, item) for place, item in enumerate(items) if isinstance(item, Mention)]
    meant = {token: item.appearance for _, item in mentions for token in range(item.start, item.end)}
    found = []
    for place, item in mentions:
        word = antecedent(doc[item.head]) if item.kind == "pronoun" else None
        if word is not None and meant.get(word.i) == item.appearance:
            found.append(place)
    return found


@cache
def _load(folder: Path) -> RelationModel:
    return RelationModel(folder)


def _read_calibration(path: Path) -> _Calibration:
    told = json.loads(path.read_text(encoding="utf-8"))
    scale, shift = (np.array([told[label][part] for label in LABELS], dtype=np.float32) for part in ("scale", "shift"))
    return _Calibration(scale=scale, shift=shift)


def _span(item: Item, tokens: NDArray[np.int64]) -> Span:
    """The words of an item; one that is only white space becomes the word after it."""
    start = min(int(np.searchsorted(tokens, item.start)), len(tokens) - 1)
    end = max(int(np.searchsorted(tokens, item.end)), start + 1)
    match item:
        case Mention(type=type_, kind=form):
            return Span(start=start, end=end, kind=kind_index(type_, form))
        case Amount(kind=kind):
            return Span(start=start, end=end, kind=kind_index(kind))
        case Moment():
            return Span(start=start, end=end, kind=kind_index("date"))
        case Title():
            return Span(start=start, end=end, kind=kind_index("title"))


def _sentences(reading: Reading) -> list[int]:
    """The number of the sentence of each word, judged by punctuation, as in training."""
    gaps = [window.gaps[first] for window in reading.windows for first in window.firsts]
    number, found = 0, []
    for strength in cuts(reading.words, gaps):
        number += strength >= STOP
        found.append(number)
    return found
