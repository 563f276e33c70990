"""The facts around a change: those stored, and those that will be, that analysis may compare with what changes.

Which facts it may compare is known to `analysis.Matters` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kgraph.analysis import Matter, Matters
from kgraph.graph import Part
from kgraph.model import Fact, FactId

__all__ = ["Neighbours"]


class Neighbours:
    """Facts as they will be (those stored, less `old`, and `new`), by the matters that they share."""

    def __init__(self, part: Part, matters: Matters, old: Iterable[Fact], new: Iterable[Fact]) -> None:
        self._part = part
        self._matters = matters
        self._old = {fact.id for fact in old}
        self._new = tuple(new)

    def facts(self, matters: Iterable[Matter]) -> tuple[dict[FactId, Fact], dict[FactId, Fact]]:
        """The facts that share one of the matters: those stored, and those that will be."""
        wanted = set(matters)
        stored = {fact.id: fact for matter in wanted for fact in self._stored(matter)}
        fresh = {fact.id: fact for fact in self._new if not wanted.isdisjoint(self._matters.of(fact))}
        return stored, {name: fact for name, fact in stored.items() if name not in self._old} | fresh

    def _stored(self, matter: Matter) -> Iterator[Fact]:
        subjects, objects = (() if end is None else (end,) for end in (matter.subject, matter.object))
        yield from self._part.facts(subjects=subjects, predicates=matter.predicates, objects=objects)
        if subjects and objects:
            yield from self._part.facts(subjects=objects, objects=subjects)

    def closed(self, matters: Iterable[Matter]) -> tuple[set[Matter], dict[FactId, Fact], dict[FactId, Fact]]:
        """Some matters and all others that two of their facts share, with the facts stored and to be.

        Two facts can be compared under several matters; a disagreement is known only when all of them are looked at.
        """
        found: set[Matter] = set()
        stored: dict[FactId, Fact] = {}
        now: dict[FactId, Fact] = {}
        waiting = set(matters)
        while waiting:
            found |= waiting
            before, after = self.facts(waiting)
            stored |= before
            now |= after
            shared = self._matters.grouped((stored | now).values())
            waiting = {matter for matter, facts in shared.items() if len(facts) > 1} - found
        return found, stored, now
