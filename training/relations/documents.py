"""A training document for the relation branch: words, spans, and what is known of pairs of spans.

Every corpus labels a part. `annotated` names the labels whose absence means something in this document; a label of a
pair is then positive, masked (not known) or negative.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kgraph.extraction.relations.inputs import Segment, Span, may_mean, segments
from kgraph.extraction.relations.labels import EVENT_STATUSES, LABELS, ROLE_STATUSES
from kgraph.language.network.windows import STOP, cuts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

LABEL = {name: index for index, name in enumerate(LABELS)}
UNKNOWN, NEGATIVE, POSITIVE = -1, 0, 1
OPTIONAL_WEIGHT = 40
"""Per cent of a full label that a label counts which a reader could leave out."""


@dataclass(slots=True, kw_only=True)
class Evidence:
    """A pair of spans of which a label holds; `subject == object` where it has no object."""

    subject: int
    object: int
    label: int
    weight: int = 100
    status: str | None = None
    negative: bool = False


@dataclass(slots=True, kw_only=True)
class View:
    """The spans of a document as they are marked in one reading, and what is known of their pairs."""

    spans: list[Span]
    evidence: list[Evidence] = field(default_factory=list)
    unknown: set[tuple[int, int, int]] = field(default_factory=set)
    """(subject, object, label) that are neither right nor wrong."""
    only: set[tuple[int, int]] | None = None
    """The only pairs of which anything is known; None for all."""
    owners: list[int] = field(default_factory=list)
    """What each span stands for, equal for spans of one thing or value; -1 where nobody told."""
    meant: dict[int, frozenset[int]] = field(default_factory=dict)
    """The owners that a pronoun or a description is labelled to stand for, by its place."""


@dataclass(slots=True, kw_only=True)
class RelationDocument:
    """One text with its readings."""

    name: str
    words: list[str]
    gaps: list[int]
    views: list[View]
    annotated: NDArray[np.bool_]
    """By label, whether a pair without it is a negative example."""
    sentences: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.sentences:
            self.sentences = sentence_numbers(self.words, self.gaps)


def sentence_numbers(words: Sequence[str], gaps: Sequence[int]) -> list[int]:
    """The number of the sentence of each word, by punctuation and line breaks."""
    number, found = 0, []
    for strength in cuts(words, gaps):
        number += strength >= STOP
        found.append(number)
    return found


def annotated(labels: Iterable[str]) -> NDArray[np.bool_]:
    """The mask of the labels that a corpus annotates."""
    mask = np.zeros(len(LABELS), dtype=np.bool_)
    mask[[LABEL[name] for name in labels]] = True
    return mask


@dataclass(slots=True, kw_only=True)
class Example:
    """One segment of one view with its labels."""

    document: int
    spans: list[Span]
    segment: Segment
    labels: NDArray[np.int8]
    """[pair, label]: -1 unknown, 0 negative, otherwise the weight of a positive in per cent."""
    statuses: NDArray[np.int8]
    """[pair, 2]: the event status and the role status, -1 where there is none."""
    negatives: NDArray[np.int8]
    """[pair]: 1 where the statement is denied, 0 where it is not, -1 where there is none."""
    meant: NDArray[np.int8]
    """[span, name]: 1 where a pronoun or a description stands for what the name names, 0 where it could, -1 where it cannot
    or nobody told; the last column is for none of them."""


def examples(number: int, document: RelationDocument, view: View) -> list[Example]:
    """The segments of a view with their labels."""
    return [_example(number, document, view, segment) for segment in segments(document.sentences, view.spans)]


def _example(number: int, document: RelationDocument, view: View, segment: Segment) -> Example:
    rows = len(segment.pairs)
    labels = np.where(document.annotated, NEGATIVE, UNKNOWN).astype(np.int8)[None].repeat(rows, 0)
    places = {(segment.spans[i], segment.spans[j]): row for row, (i, j, _, _) in enumerate(segment.pairs.tolist())}
    if view.only is not None:
        for pair, place in places.items():
            if pair not in view.only:
                labels[place] = UNKNOWN
    statuses = np.full((rows, 2), UNKNOWN, dtype=np.int8)
    negatives = np.full(rows, UNKNOWN, dtype=np.int8)
    for i, j, label in view.unknown:
        if (i, j) in places:
            labels[places[i, j], label] = UNKNOWN
    for evidence in view.evidence:
        row = places.get((evidence.subject, evidence.object))
        if row is not None:
            labels[row, evidence.label] = max(labels[row, evidence.label], evidence.weight)
            negatives[row] = max(negatives[row], int(evidence.negative))
            _mark_status(statuses[row], evidence.status)
    return Example(
        document=number,
        spans=view.spans,
        segment=segment,
        labels=labels,
        statuses=statuses,
        negatives=negatives,
        meant=_meant(view, segment),
    )


def _meant(view: View, segment: Segment) -> NDArray[np.int8]:
    """Which names of a segment its pronouns and descriptions stand for."""
    candidates = may_mean([view.spans[place] for place in segment.spans])
    told = np.full((len(segment.spans), len(segment.spans) + 1), UNKNOWN, dtype=np.int8)
    for row, place in enumerate(segment.spans):
        owners = view.meant.get(place)
        if owners:
            right = np.array([view.owners[other] in owners for other in segment.spans]) & candidates[row]
            told[row, :-1][candidates[row]] = NEGATIVE
            told[row, :-1][right] = POSITIVE
            told[row, -1] = int(not right.any())
    return told


def _mark_status(row: NDArray[np.int8], status: str | None) -> None:
    if status in EVENT_STATUSES:
        row[0] = EVENT_STATUSES.index(status)
    elif status in ROLE_STATUSES:
        row[1] = ROLE_STATUSES.index(status)


def padded_labels(rows: Sequence[Example]) -> dict[str, NDArray[np.int64]]:
    """The labels of segments padded to one number of pairs, unknown where there is no pair."""
    depth = max(len(example.segment.pairs) for example in rows)
    width = max(len(example.segment.spans) for example in rows)
    told = {
        "labels": np.full((len(rows), depth, len(LABELS)), UNKNOWN, dtype=np.int64),
        "statuses": np.full((len(rows), depth, 2), UNKNOWN, dtype=np.int64),
        "negatives": np.full((len(rows), depth), UNKNOWN, dtype=np.int64),
    }
    meant = np.full((len(rows), width, width + 1), UNKNOWN, dtype=np.int64)
    for row, example in enumerate(rows):
        for name, table in told.items():
            table[row, : len(example.segment.pairs)] = getattr(example, name)
        size = len(example.segment.spans)
        meant[row, :size, :size], meant[row, :size, -1] = example.meant[:, :-1], example.meant[:, -1]
    return told | {"meant": meant}
