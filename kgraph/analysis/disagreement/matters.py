"""Which facts can be compared with which: those that share a matter.

`clashes_between` groups facts by their matters; whoever changes a graph looks at the same matters to know which other
facts a change can touch. A matter is one of:

    subject, a predicate         figures, dates and functional objects of one subject
    subject, some predicates     figures of one subject under predicates that exclude each other
    a predicate, object          actors and holders of one thing
    two things                   all that is between them, in either direction
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kgraph.model import EntityId
from kgraph.ontology import ObjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kgraph.model import Fact
    from kgraph.ontology import Ontology

__all__ = ["Matter", "Matters"]


class Matter(NamedTuple):
    """What facts have in common that can be compared; nothing where they need not have it in common."""

    subject: EntityId | None
    predicates: tuple[str, ...]
    object: EntityId | None


class Matters:
    """The matters of facts under the rules of one ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        rules = ontology.predicates.values()
        self._exclusive = tuple(sorted(rule.name for rule in rules if rule.disjoint and rule.object_kind is not ObjectKind.ENTITY))

    def of(self, fact: Fact) -> Iterator[Matter]:
        """The matters of a fact."""
        return self.between(fact.subject, fact.predicate, self._ontology.thing(fact))

    def between(self, subject: EntityId, predicate: str, object_: EntityId | None) -> Iterator[Matter]:
        """The matters of all facts with these ends; no object where it is a figure, a date or nothing at all."""
        rule = self._ontology.predicates[predicate]
        if object_ is None or rule.functional:
            yield Matter(subject, (predicate,), None)
        if object_ is None:
            if predicate in self._exclusive:
                yield Matter(subject, self._exclusive, None)
            return
        if rule.statuses or rule.inverse_functional or "stake" in rule.qualifiers:
            yield Matter(None, (predicate,), object_)
        if rule.asymmetric or rule.disjoint or rule.alternatives:
            yield Matter(min(subject, object_), (), max(subject, object_))

    def grouped(self, facts: Iterable[Fact]) -> dict[Matter, list[Fact]]:
        """Facts by matter."""
        found: dict[Matter, list[Fact]] = defaultdict(list)
        for fact in facts:
            for matter in self.of(fact):
                found[matter].append(fact)
        return found

    def rivals(self, facts: Iterable[Fact]) -> dict[EntityId, set[EntityId]]:
        """For each thing at an end of a fact, those at the same end of others on one matter: of these it counts who stands for whom."""
        found: dict[EntityId, set[EntityId]] = defaultdict(set)
        for matter, group in self.grouped(facts).items():
            if len(group) == 1 or len(matter.predicates) != 1:
                continue
            others = (fact.subject if matter.subject is None else fact.object for fact in group)
            ends = {EntityId(end) for end in others if isinstance(end, str)}
            for end in ends:
                found[end] |= ends - {end}
        return found
