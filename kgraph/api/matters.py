"""Which facts analysis may compare with which: what must be looked at again when a fact changes.

Analysis compares the claims on one fact, and facts that share a matter: subject and predicate, predicate and object,
or both ends. Matters here are at least as wide as what analysis looks at, so that nothing is missed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kgraph.fusion import Key, key_of_fact
from kgraph.graph import Part
from kgraph.model import EntityId, Fact, FactId
from kgraph.ontology import ObjectKind, Ontology

__all__ = ["Matter", "Matters"]


class Matter(NamedTuple):
    """What facts have in common that can be compared; None where they need not."""

    subject: EntityId | None
    predicates: tuple[str, ...]
    object: EntityId | None


class Matters:
    """Facts as they will be (those stored, less `old`, and `new`), by the matters that they share."""

    def __init__(self, part: Part, ontology: Ontology, old: Iterable[Fact], new: Iterable[Fact]) -> None:
        self._part = part
        self._ontology = ontology
        self._old = {fact.id for fact in old}
        self._new = tuple(new)
        rules = ontology.predicates.values()
        self._exclusive = tuple(sorted(rule.name for rule in rules if rule.disjoint and rule.object_kind is not ObjectKind.ENTITY))

    def of(self, key: Key) -> Iterator[Matter]:
        """The matters of the facts with a key."""
        rule = self._ontology.predicates[key.predicate]
        if key.object is None or rule.functional:
            yield Matter(key.subject, (key.predicate,), None)
        if key.object is None:
            if key.predicate in self._exclusive:
                yield Matter(key.subject, self._exclusive, None)
            return
        if rule.statuses or rule.inverse_functional or "stake" in rule.qualifiers:
            yield Matter(None, (key.predicate,), key.object)
        if rule.asymmetric or rule.disjoint or rule.alternatives:
            yield Matter(min(key.subject, key.object), (), max(key.subject, key.object))

    def facts(self, matters: Iterable[Matter]) -> tuple[dict[FactId, Fact], dict[FactId, Fact]]:
        """The facts that share one of the matters: those stored, and those that will be."""
        wanted = set(matters)
        stored = {fact.id: fact for matter in wanted for fact in self._stored(matter)}
        fresh = {fact.id: fact for fact in self._new if not wanted.isdisjoint(self.of(key_of_fact(fact, self._ontology)))}
        return stored, {name: fact for name, fact in stored.items() if name not in self._old} | fresh

    def _stored(self, matter: Matter) -> Iterator[Fact]:
        subjects, objects = (() if end is None else (end,) for end in (matter.subject, matter.object))
        yield from self._part.facts(subjects=subjects, predicates=matter.predicates, objects=objects)
        if subjects and objects:
            yield from self._part.facts(subjects=objects, objects=subjects)

    def closed(self, keys: Iterable[Key]) -> tuple[set[Matter], dict[FactId, Fact], dict[FactId, Fact]]:
        """The matters of some keys and all others that two of their facts share, with the facts stored and to be.

        Two facts can be compared under several matters; a disagreement is known only when all of them are looked at.
        """
        found: set[Matter] = set()
        stored: dict[FactId, Fact] = {}
        now: dict[FactId, Fact] = {}
        waiting = {matter for key in keys for matter in self.of(key)}
        while waiting:
            found |= waiting
            before, after = self.facts(waiting)
            stored |= before
            now |= after
            shared = Counter(matter for fact in (stored | now).values() for matter in self.of(key_of_fact(fact, self._ontology)))
            waiting = {matter for matter, count in shared.items() if count > 1} - found
        return found, stored, now
