"""Reads relations with the learnt model: every pair of spans near each other, scored in one pass over the text.

The model continues from the encoder's middle states (`doc._.reading`), so a document is read once. Its scores are
calibrated on articles it was not trained on; which of its candidates are claims, `belief` decides.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from kgraph.extraction.relation_inputs import Segment, Span, feed, segments, word_states
from kgraph.extraction.relation_labels import (
    EVENT_STATUSES,
    LABELS,
    PREDICATES,
    ROLE_STATUSES,
    STATUSED,
    SYMMETRIC,
    allowed,
    kind_index,
    letter,
)
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention, Moment, Title
from kgraph.language.windows import STOP, cuts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from kgraph.language.encoder import Reading
    from kgraph.model import Status

__all__ = ["RelationModel"]

MODEL = Path(__file__).with_name("model")
FLOOR = 0.1
"""The least score of a candidate."""
ATTACHED = 0.5
"""The least score at which a span qualifies an argument."""

_FAR = 30.0
"""Logits beyond this are as good as certain."""

Item = Mention | Amount | Moment | Title


@dataclass(slots=True, kw_only=True)
class _Scores:
    """What the model says of the spans of one document: the best score of each label for each two spans."""

    items: list[Item]
    spans: list[Span]
    chances: dict[tuple[int, int, int], float] = field(default_factory=dict)
    """By label, subject span, object span."""
    logits: dict[tuple[int, int], NDArray[np.float32]] = field(default_factory=dict)
    """Of the statuses and the denial, by pair, from the segment where its best label scored best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calibration:
    """How logits become chances."""

    scale: NDArray[np.float32]
    shift: NDArray[np.float32]


class RelationModel:
    """The model of one folder, ready to read."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_mem_pattern = False  # shapes vary
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / "relations.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # the fused operator is the slower one on a CPU
        )
        self._calibration = _read_calibration(folder / "relations.json")

    @classmethod
    def load(cls, folder: Path = MODEL) -> RelationModel:
        """The shipped model, loaded once in a process."""
        return _load(folder)

    def candidates(self, doc: Doc, marked: Marked) -> list[Candidate]:
        """What the model reads in a document, qualifiers and statuses included, in text order."""
        scores = self._scores(doc, marked, FLOOR)
        sentences = [doc[item.head].sent.start for item in scores.items]
        qualifiers = _Qualifiers(scores, sentences)
        found = [_candidate(scores, qualifiers, *best) for best in _best_pairs(scores, sentences)]
        return sorted(found, key=lambda c: (c.subject, c.predicate, c.object.start if c.object else -1))

    def scored(self, doc: Doc, marked: Marked, *, least: float) -> list[tuple[int, Item, Item, float]]:
        """Every label (its place in LABELS) of every two spans with its score, without joining what stands for one thing."""
        scores = self._scores(doc, marked, least)
        return [(label, scores.items[i], scores.items[j], chance) for (label, i, j), chance in sorted(scores.chances.items())]

    def read(self, reading: Reading, spans: Sequence[Span]) -> Iterator[tuple[Segment, NDArray[np.float32]]]:
        """The calibrated logits of the pairs of each segment, followed by those of statuses and denial."""
        places = segments(_sentences(reading), spans)
        if not places or not reading.states:
            return
        vectors = np.concatenate(
            [word_states(states, window.firsts) for states, window in zip(reading.states, reading.windows, strict=True)]
        )
        for segment in places:  # one by one: together they would be padded, and fill no processor better
            logits = self._session.run(["logits"], feed([(vectors, spans, segment)]))[0][0]
            logits[:, : len(LABELS)] *= self._calibration.scale
            logits[:, : len(LABELS)] += self._calibration.shift
            yield segment, logits

    def _scores(self, doc: Doc, marked: Marked, least: float) -> _Scores:
        """The scores of the pairs of a document that are not too low."""
        items: list[Item] = [*marked.mentions, *marked.amounts, *marked.moments, *marked.titles]
        items.sort(key=lambda item: (item.start, item.end, type(item).__name__))
        tokens = doc._.word_tokens
        scores = _Scores(items=items, spans=[_span(item, tokens) for item in items] if len(tokens) else [])
        for segment, logits in self.read(doc._.reading, scores.spans):
            _keep(scores, segment, logits, least)
        return scores


def _keep(scores: _Scores, segment: Segment, logits: NDArray[np.float32], least: float) -> None:
    """Merge the scores of a segment: of a pair that two segments hold, the better."""
    chances = 1 / (1 + np.exp(-np.clip(logits[:, : len(LABELS)], -_FAR, _FAR)))
    rows, labels = np.nonzero(chances >= least)
    for row, label in zip(rows.tolist(), labels.tolist(), strict=True):
        i, j = (segment.spans[place] for place in segment.pairs[row, :2].tolist())
        kinds = letter(scores.spans[i].kind), "=" if i == j else letter(scores.spans[j].kind)
        chance = float(chances[row, label])
        if label in allowed(*kinds) and chance > scores.chances.get((label, i, j), 0.0):
            scores.chances[label, i, j] = chance
            scores.logits[i, j] = logits[row, len(LABELS) :]


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


def _thing(item: Item) -> str:
    """What an item stands for: equal for all mentions of one thing."""
    return item.appearance if isinstance(item, Mention) else f"{item.start}:{item.end}"


def _certainty(item: Item) -> float:
    """How likely an item stands for its thing."""
    return item.certainty if isinstance(item, Mention) else 1.0


def _best_pairs(scores: _Scores, sentences: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """For each predicate and two things, the label, the spans of the best pair, and in how many places it is told.

    A pair counts as much as it is said and as its words are sure to stand for the two; a symmetric one is in text order.
    """
    best: dict[tuple[int, str, str], tuple[float, int, int]] = {}
    places: dict[tuple[int, str, str], set[tuple[int, int]]] = defaultdict(set)
    for (label, i, j), chance in scores.chances.items():
        turned = LABELS[label] in SYMMETRIC and j < i
        first, second = (j, i) if turned else (i, j)
        subject, object_ = _thing(scores.items[first]), _thing(scores.items[second])
        if label >= len(PREDICATES) or (i != j and subject == object_):
            continue
        ends = (min(subject, object_), max(subject, object_)) if LABELS[label] in SYMMETRIC else (subject, object_)
        key = (label, *ends)
        sure = chance * _certainty(scores.items[first]) * _certainty(scores.items[second])
        best[key] = max(best.get(key, (0.0, 0, 0)), (sure, -first, -second))
        places[key].add((sentences[i], sentences[j]))
    return sorted((key[0], -i, -j, len(places[key])) for key, (_, i, j) in best.items())


class _Qualifiers:
    """Which spans qualify which things, by label."""

    def __init__(self, scores: _Scores, sentences: Sequence[int]) -> None:
        self._items = scores.items
        self._sentences = sentences
        self._found: dict[tuple[int, str], dict[int, float]] = {}
        for (label, i, j), chance in scores.chances.items():
            if label >= len(PREDICATES):
                spans = self._found.setdefault((label, _thing(scores.items[i])), {})
                spans[j] = max(chance, spans.get(j, 0.0))

    def of(self, name: str, things: Sequence[str], places: Sequence[int]) -> Item | None:
        """The span that best qualifies the things: their mean decides, so that one in doubt follows the other.

        What stands in a sentence of the items at `places` comes first: two things may have dealt with each other twice.
        """
        label = LABELS.index(name)
        told = [self._found.get((label, thing), {}) for thing in things]
        sums = {span: sum(spans.get(span, 0.0) for spans in told) / len(told) for spans in told for span in spans}
        here = {self._sentences[place] for place in places}
        attached = [span for span in sorted(sums) if sums[span] >= ATTACHED]
        span = max(attached, key=lambda span: (self._sentences[span] in here, sums[span]), default=None)
        return self._items[span] if span is not None else None


def _candidate(scores: _Scores, qualifiers: _Qualifiers, label: int, i: int, j: int, tellings: int) -> Candidate:
    """The candidate of the best pair of two things."""
    predicate = LABELS[label]
    subject, other = scores.items[i], scores.items[j]
    logits = scores.logits.get((i, j), scores.logits.get((j, i)))
    chance = max(scores.chances.get((label, i, j), 0.0), scores.chances.get((label, j, i), 0.0))
    things = list(dict.fromkeys((_thing(subject), _thing(other))))
    amount, stake, when = (qualifiers.of(name, things, (i, j)) for name in ("amount", "stake", "when"))
    person = other if predicate == "hired" else subject
    role = qualifiers.of("role", [_thing(person)], (i, j))
    seller = qualifiers.of("seller", [_thing(other)], (i, j)) if predicate == "acquired" else None
    if isinstance(other, Amount) and predicate == "fined":
        amount, other = other, subject
    return Candidate(
        predicate=predicate,
        subject=_expect(subject),
        object=None if other is subject or isinstance(other, Title) else other,
        score=round(chance, 4),
        extractor="relations",
        tellings=tellings,
        status=_status(predicate, logits),
        negative=logits is not None and bool(logits[-1] > 0),
        amount=amount if isinstance(amount, Amount) and amount is not other else None,
        stake=stake if isinstance(stake, Amount) else None,
        when=when if isinstance(when, Moment) and when is not other else None,
        role=role if isinstance(role, Title) else None,
        seller=seller if isinstance(seller, Mention) and _thing(seller) not in things else None,
    )


def _expect(item: Item) -> Mention:
    """A subject; the labels let only mentions be one."""
    if not isinstance(item, Mention):
        msg = f"not a mention: {item!r}"
        raise TypeError(msg)
    return item


def _status(predicate: str, logits: NDArray[np.float32] | None) -> Status | None:
    """The likeliest status of an event or a role."""
    if logits is None or predicate not in STATUSED:
        return None
    events = len(EVENT_STATUSES)
    if predicate == "holdsRole":
        return ROLE_STATUSES[int(logits[events : events + len(ROLE_STATUSES)].argmax())]
    return EVENT_STATUSES[int(logits[:events].argmax())]
