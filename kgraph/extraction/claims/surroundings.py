"""What an article says around each of its statements, as far as it bears on how sure they are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kgraph.extraction.claims.belief import Around
from kgraph.extraction.spans import Amount, Mention, Moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kgraph.extraction.spans import Candidate
    from kgraph.ontology import PredicateRule

__all__ = ["Key", "Surroundings", "fact_key"]

Key = tuple[object, ...]

_LEAST_CERTAINTY = 0.05
"""However unsure a pronoun is, it counts as no less sure than this."""


class Surroundings:
    """Makes the `Around` of each candidate, from all that the learnt model hears in the article."""

    def __init__(self, candidates: Iterable[Candidate], mentions: Iterable[Mention], rules: Mapping[str, PredicateRule]) -> None:
        self._rules = rules
        self._counts: Counter[str] = Counter(mention.appearance for mention in mentions)
        self._told: dict[Key, int] = {}
        self._heard: dict[tuple[str, str, bool], dict[str, float]] = defaultdict(dict)
        for candidate in candidates:
            if candidate.extractor == "relations":
                self._told[fact_key(candidate, rules[candidate.predicate])] = candidate.tellings
                for end, other, is_object in self._ends(candidate):
                    heard = self._heard[candidate.predicate, end, is_object]
                    heard[other] = max(candidate.score, heard.get(other, 0.0))

    def of(self, candidate: Candidate) -> Around:
        """What is said around a candidate."""
        subject, object_ = candidate.subject.appearance, _object_key(candidate.object)
        ends = [end for end in (candidate.subject, candidate.object) if isinstance(end, Mention)]
        return Around(
            doubt=-sum(math.log(max(end.certainty, _LEAST_CERTAINTY)) for end in ends),
            told=self._told.get(fact_key(candidate, self._rules[candidate.predicate]), 0),
            mentions=(max(1, self._counts[subject]), max(1, self._counts[object_])),
            rivals=(self._rival(candidate, object_, subject, is_object=True), self._rival(candidate, subject, object_, is_object=False)),
            turned=0.0 if self._is_symmetric(candidate) else self._heard.get((candidate.predicate, object_, False), {}).get(subject, 0.0),
        )

    def _is_symmetric(self, candidate: Candidate) -> bool:
        return self._rules[candidate.predicate].symmetric

    def _ends(self, candidate: Candidate) -> Iterator[tuple[str, str, bool]]:
        """Each end with the other, and whether it is the object; of a symmetric predicate both are both."""
        subject, object_ = candidate.subject.appearance, _object_key(candidate.object)
        yield from ((subject, object_, False), (object_, subject, True))
        if self._is_symmetric(candidate):
            yield from ((subject, object_, True), (object_, subject, False))

    def _rival(self, candidate: Candidate, end: str, other: str, *, is_object: bool) -> float:
        """The best score of the same said of one end with something else than the other."""
        heard = self._heard.get((candidate.predicate, end, is_object), {})
        return max((score for name, score in heard.items() if name != other), default=0.0)


def fact_key(candidate: Candidate, rule: PredicateRule) -> Key:
    """What a candidate says, wherever it says it: predicate and ends."""
    ends: list[str] = [candidate.subject.appearance, _object_key(candidate.object)]
    if rule.symmetric:
        ends.sort()
    return (candidate.predicate, *ends)


def _object_key(value: Mention | Amount | Moment | None) -> str:
    match value:
        case Mention(appearance=appearance):
            return appearance
        case Amount(start=start) | Moment(start=start):
            return str(start)
        case None:
            return ""
