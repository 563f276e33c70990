"""Makes candidates of what the learnt model hears: the best pair of words for each statement, with its qualifiers and status."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kgraph.extraction.relations.labels import EVENT_STATUSES, LABELS, PREDICATES, ROLE_STATUSES, STATUSED, SYMMETRIC
from kgraph.extraction.spans import Amount, Candidate, Mention, Moment, Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from kgraph.extraction.relations.scoring import Heard, Item
    from kgraph.model import Status

__all__ = ["propose"]

ATTACHED = 0.5
"""The least score at which a span qualifies an argument."""


def propose(doc: Doc, heard: Heard) -> list[Candidate]:
    """What the model hears in a document, qualifiers and statuses included, in text order."""
    sentences = [doc[item.head].sent.start for item in heard.items]
    qualifiers = _Qualifiers(heard, sentences)
    found = [_candidate(heard, qualifiers, *best) for best in _best_pairs(heard, sentences)]
    return sorted(found, key=lambda c: (c.subject, c.predicate, c.object.start if c.object else -1))


def _thing(item: Item) -> str:
    """What an item stands for: equal for all mentions of one thing."""
    return item.appearance if isinstance(item, Mention) else f"{item.start}:{item.end}"


def _certainty(item: Item) -> float:
    """How likely an item stands for its thing."""
    return item.certainty if isinstance(item, Mention) else 1.0


def _best_pairs(heard: Heard, sentences: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """For each predicate and two things, the label, the spans of the best pair, and in how many places it is told.

    A pair counts as much as it is said and as its words are sure to stand for the two; a symmetric one is in text order.
    """
    best: dict[tuple[int, str, str], tuple[float, int, int]] = {}
    places: dict[tuple[int, str, str], set[tuple[int, int]]] = defaultdict(set)
    for (label, i, j), chance in heard.chances.items():
        turned = LABELS[label] in SYMMETRIC and j < i
        first, second = (j, i) if turned else (i, j)
        subject, object_ = _thing(heard.items[first]), _thing(heard.items[second])
        if label >= len(PREDICATES) or (i != j and subject == object_):
            continue
        ends = (min(subject, object_), max(subject, object_)) if LABELS[label] in SYMMETRIC else (subject, object_)
        key = (label, *ends)
        sure = chance * _certainty(heard.items[first]) * _certainty(heard.items[second])
        best[key] = max(best.get(key, (0.0, 0, 0)), (sure, -first, -second))
        places[key].add((sentences[i], sentences[j]))
    return sorted((key[0], -i, -j, len(places[key])) for key, (_, i, j) in best.items())


class _Qualifiers:
    """Which spans qualify which things, by label."""

    def __init__(self, heard: Heard, sentences: Sequence[int]) -> None:
        self._items = heard.items
        self._sentences = sentences
        self._found: dict[tuple[int, str], dict[int, float]] = {}
        for (label, i, j), chance in heard.chances.items():
            if label >= len(PREDICATES):
                spans = self._found.setdefault((label, _thing(heard.items[i])), {})
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


def _candidate(heard: Heard, qualifiers: _Qualifiers, label: int, i: int, j: int, tellings: int) -> Candidate:
    """The candidate of the best pair of two things."""
    predicate = LABELS[label]
    subject, other = heard.items[i], heard.items[j]
    logits = heard.logits.get((i, j), heard.logits.get((j, i)))
    chance = max(heard.chances.get((label, i, j), 0.0), heard.chances.get((label, j, i), 0.0))
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
