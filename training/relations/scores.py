"""Measures the relation branch on the labelled articles that are kept for development, by fact.

A fact is (article, label, subject, object), its score the best of the pairs of spans that stand for the two. Facts
that a reader could leave out are neither right nor wrong. Mentions are the gold ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kgraph.extraction.relations.labels import EVENT_STATUSES, LABELS, PREDICATES, QUALIFIERS, ROLE_STATUSES, SYMMETRIC, allowed, letter
from training.relations.documents import OPTIONAL_WEIGHT, examples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from training.relations.documents import Example, RelationDocument

    Scorer = Callable[[Sequence["Item"]], list[NDArray[np.float32]]]

Key = tuple[int, int, int]
Item = tuple["NDArray[np.float16]", "Example"]
"""The states of a document and one of its segments."""
Row = tuple[float, int, int]
"""Chance; 1 right, 0 wrong, -1 optional; 1 right status, 0 wrong status, -1 none."""


def gather(documents: Sequence[RelationDocument], states: Sequence[NDArray[np.float16]], scorer: Scorer, view: int) -> dict[int, list[Row]]:
    """By label, every fact that the model or the labels know."""
    found: dict[int, list[Row]] = {}
    for number, document in enumerate(documents):
        reading = document.views[view]
        best: dict[Key, tuple[float, int]] = {}
        for example in examples(number, document, reading):
            _best_scores(example, reading.owners, scorer([(states[number], example)])[0], best)
        truth: dict[Key, tuple[int, str | None]] = {}
        for evidence in reading.evidence:
            key = _key(evidence.label, reading.owners[evidence.subject], reading.owners[evidence.object])
            required = evidence.weight > OPTIONAL_WEIGHT
            if key not in truth or required:
                truth[key] = (1 if required else -1, evidence.status)
        for key in sorted({*best, *truth}):
            chance, chosen = best.get(key, (0.0, -1))
            right, status = truth.get(key, (0, None))
            agrees = -1 if status is None or right != 1 else int(chosen >= 0 and _STATUSES[chosen] == status)
            found.setdefault(key[0], []).append((chance, right, agrees))
    return found


_STATUSES = (*EVENT_STATUSES, *ROLE_STATUSES)


def _key(label: int, subject: int, object_: int) -> Key:
    if LABELS[label] in SYMMETRIC and subject > object_:
        subject, object_ = object_, subject
    return label, subject, object_


def _best_scores(example: Example, owners: Sequence[int], logits: NDArray[np.float32], best: dict[Key, tuple[float, int]]) -> None:
    """Keep the best pair of each two things for each label that their kinds allow."""
    chances = 1 / (1 + np.exp(-logits[:, : len(LABELS)]))
    events = logits[:, len(LABELS) : len(LABELS) + len(EVENT_STATUSES)].argmax(1)
    roles = logits[:, len(LABELS) + len(EVENT_STATUSES) : len(LABELS) + len(_STATUSES)].argmax(1) + len(EVENT_STATUSES)
    spans = [example.spans[index] for index in example.segment.spans]
    for row, (i, j, _, _) in enumerate(example.segment.pairs.tolist()):
        subject, object_ = owners[example.segment.spans[i]], owners[example.segment.spans[j]]
        if subject < 0 or object_ < 0 or (subject == object_ and i != j):
            continue
        for label in allowed(letter(spans[i].kind), "=" if i == j else letter(spans[j].kind)):
            key = _key(label, subject, object_)
            if chances[row, label] > best.get(key, (-1.0, 0))[0]:
                status = roles[row] if LABELS[label] == "holdsRole" else events[row]
                best[key] = (float(chances[row, label]), int(status))


def best_threshold(rows: Sequence[Row]) -> tuple[float, float, float, float]:
    """The threshold of the best F1 with its precision, recall and F1."""
    ordered = sorted((row for row in rows if row[1] >= 0), reverse=True)
    positives = sum(row[1] for row in ordered)
    best, right = (1.0, 0.0, 0.0, 0.0), 0
    for count, (chance, truth, _) in enumerate(ordered, start=1):
        right += truth
        f1 = 2 * right / (count + positives) if positives else 0.0
        if f1 > best[3]:
            best = (chance, right / count, right / positives, f1)
    return best


def at_threshold(rows: Sequence[Row], threshold: float) -> tuple[int, int, int]:
    """Right, claimed, there."""
    kept = [row for row in rows if row[1] >= 0 and row[0] >= threshold]
    return sum(row[1] for row in kept), len(kept), sum(row[1] for row in rows if row[1] > 0)


def report(found: dict[int, list[Row]]) -> str:
    """A table by label at one half, and at the best threshold, and all predicates together."""
    lines, sums = [], {0: [0, 0, 0], 1: [0, 0, 0]}
    agreed: list[int] = []
    for label in sorted(found):
        rows = found[label]
        right, claimed, there = at_threshold(rows, 0.5)
        threshold, precision, recall, f1 = best_threshold(rows)
        if (there and LABELS[label] in PREDICATES) or LABELS[label] in QUALIFIERS:
            lines.append(
                f"{LABELS[label]:20s} {there:4d} P {right / max(1, claimed):.2f} R {right / max(1, there):.2f} "
                f"best {threshold:.2f} P {precision:.2f} R {recall:.2f} F {f1:.2f}"
            )
        group = sums[int(LABELS[label] in PREDICATES)]
        for place, value in enumerate((right, claimed, there)):
            group[place] += value
        agreed.extend(row[2] for row in rows if row[2] >= 0 and row[0] >= 0.5)
    for name, (right, claimed, there) in zip(("qualifiers", "predicates"), sums.values(), strict=True):
        precision, recall = right / max(1, claimed), right / max(1, there)
        lines.append(f"{name} P {precision:.3f} R {recall:.3f} F {2 * right / max(1, claimed + there):.3f} of {there}")
    together = [row for label in found if LABELS[label] in PREDICATES for row in found[label]]
    threshold, precision, recall, f1 = best_threshold(together)
    lines.append(f"predicates at {threshold:.2f} P {precision:.3f} R {recall:.3f} F {f1:.3f}")
    lines.append(f"status {np.mean(agreed or [0]):.3f} of {len(agreed)}")
    return "\n".join(lines)
