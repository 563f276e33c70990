"""The plain links between things, as a small store to query and as an index from links to facts."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode, Quad, Store

from kgraph.analysis.representation import acts_for_others
from kgraph.analysis.rules import rules
from kgraph.model import EntityId, Fact, FactId, Knowledge, Status
from kgraph.ontology import KG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from kgraph.analysis.conflict_of_interest.patterns import Step
    from kgraph.ontology import Ontology

__all__ = ["FACT", "THING", "Link", "Links", "entity_in"]

THING = "https://w3id.org/kgraph/id/"
FACT = THING + "fact/"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LONGEST = 5
"""Links in a row that a chained step of a proof may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step of a proof."""

    start: EntityId
    end: EntityId
    facts: tuple[FactId, ...]
    """All facts that make it, the most certain first; the links of a chain in their order."""
    inferred: bool
    """Whether it follows from several facts, none of which says it."""


class Links:
    """Facts as links: those that are asserted, at least as far along as `link_from`.

    What is told of a person who stands for his organisation is not counted a second time.
    """

    def __init__(
        self, knowledge: Knowledge, ontology: Ontology, predicates: Collection[str], *, link_from: Status = Status.PLANNED
    ) -> None:
        self.ontology = ontology
        self.facts: dict[FactId, Fact] = {}
        """Every fact that is a link, of whatever predicate."""
        self._between: dict[tuple[EntityId, str, EntityId], list[Fact]] = {}
        """By start, predicate and end, for the given predicates."""
        doubles = acts_for_others(knowledge.facts, knowledge.entities, rules())
        for fact in knowledge.facts:
            target = ontology.thing(fact)
            if target is None or fact.id in doubles or fact.negative or not ontology.linked(fact.status, link_from):
                continue
            self.facts[fact.id] = fact
            if fact.predicate in predicates:
                self._between.setdefault((fact.subject, fact.predicate, target), []).append(fact)
                if ontology.predicates[fact.predicate].symmetric:
                    self._between.setdefault((target, fact.predicate, fact.subject), []).append(fact)

    def _linking(self, start: EntityId, predicate: str, end: EntityId) -> list[Fact]:
        """The facts of one predicate from start to end; with `^` from end to start."""
        if predicate.startswith("^"):
            start, predicate, end = end, predicate[1:], start
        return self._between.get((start, predicate, end), [])

    @cached_property
    def _from(self) -> dict[tuple[EntityId, str], list[EntityId]]:
        """Where each predicate, either way, leads from each thing; sorted."""
        found: dict[tuple[EntityId, str], list[EntityId]] = defaultdict(list)
        for start, predicate, end in sorted(self._between):
            found[start, predicate].append(end)
            found[end, "^" + predicate].append(start)
        return found

    def prove(self, step: Step, start: EntityId, end: EntityId) -> Link | None:
        """The facts that make one step of a proof; None where there are none."""
        facts = [fact for predicate in step.predicates for fact in self._linking(start, predicate, end)]
        if facts:
            facts.sort(key=lambda fact: (-fact.confidence, fact.id))
            return Link(start=start, end=end, facts=tuple(dict.fromkeys(fact.id for fact in facts)), inferred=False)
        chain = self._chain(step, start, end) if step.chained else None
        return Link(start=start, end=end, facts=chain, inferred=True) if chain else None

    def _chain(self, step: Step, start: EntityId, end: EntityId) -> tuple[FactId, ...] | None:
        """The shortest row of links from start to end, each by its most certain fact."""
        came: dict[EntityId, tuple[EntityId, Fact] | None] = {start: None}
        todo = deque([(start, 0)])
        while todo and end not in came:
            here, steps = todo.popleft()
            for there, fact in self._onwards(step, here) if steps < _LONGEST else ():
                if there not in came:
                    came[there] = (here, fact)
                    todo.append((there, steps + 1))
        row: list[FactId] = []
        back = came.get(end)
        while back:
            row.append(back[1].id)
            back = came[back[0]]
        return tuple(reversed(row)) or None

    def _onwards(self, step: Step, here: EntityId) -> Iterator[tuple[EntityId, Fact]]:
        for predicate in step.predicates:
            for there in self._from.get((here, predicate), ()):
                yield there, min(self._linking(here, predicate, there), key=lambda fact: (-fact.confidence, fact.id))

    def store(self, knowledge: Knowledge, predicates: Collection[str]) -> Store:
        """What patterns may query, as far as they mention it."""
        store = Store()
        store.bulk_extend(self._quads(knowledge, predicates))
        return store

    def _quads(self, knowledge: Knowledge, predicates: Collection[str]) -> Iterator[Quad]:
        names = {name: NamedNode(KG + name) for name in self.ontology.predicates if name in predicates}
        nodes = {entity.id: _node(entity.id) for entity in knowledge.entities}
        for fact in self.facts.values():
            if predicate := names.get(fact.predicate):
                subject, object_ = nodes[fact.subject], nodes[EntityId(str(fact.object))]
                yield Quad(subject, predicate, object_)
                if self.ontology.predicates[fact.predicate].symmetric:
                    yield Quad(object_, predicate, subject)
        for entity in knowledge.entities:
            if entity.type in predicates:
                yield Quad(nodes[entity.id], NamedNode(_RDF + "type"), NamedNode(KG + entity.type))
        if "toldBy" in predicates or "toldOnlyBy" in predicates:
            yield from self._voices(knowledge)

    def _voices(self, knowledge: Knowledge) -> Iterator[Quad]:
        """Who, among the things of the graph, is named as the source of a fact."""
        for fact_id, (speakers, only) in _told_by(knowledge).items():
            fact = self.facts.get(fact_id)
            if fact is None:
                continue
            node = NamedNode(FACT + quote(fact_id))
            yield Quad(node, NamedNode(_RDF + "subject"), _node(fact.subject))
            yield Quad(node, NamedNode(_RDF + "predicate"), NamedNode(KG + fact.predicate))
            yield Quad(node, NamedNode(_RDF + "object"), _node(EntityId(str(fact.object))))
            for speaker in speakers:
                yield Quad(node, NamedNode(KG + "toldBy"), _node(speaker))
                if only:
                    yield Quad(node, NamedNode(KG + "toldOnlyBy"), _node(speaker))


def _told_by(knowledge: Knowledge) -> dict[FactId, tuple[tuple[EntityId, ...], bool]]:
    """The things that are named as the source of each fact, and whether there is one and every claim is its.

    A speaker is found by name ("Acme's chief executive" → Acme), which no claim says: such a
    tie is inferred.
    """
    named = {claim.id: claim.said_by for claim in knowledge.claims if claim.said_by}
    if not named:
        return {}
    known = _names(knowledge)
    speaker_of = {claim: speaker for claim, said_by in named.items() if (speaker := _speaker(said_by, known))}
    found = {}
    for fact in knowledge.facts:
        speakers = sorted({speaker_of[claim] for claim in fact.claims if claim in speaker_of})
        if speakers:
            found[fact.id] = tuple(speakers), len(speakers) == 1 and all(claim in speaker_of for claim in fact.claims)
    return found


def _names(knowledge: Knowledge) -> Mapping[str, EntityId]:
    """Every name that one thing alone has."""
    owners: dict[str, set[EntityId]] = defaultdict(set)
    for entity in knowledge.entities:
        for name in entity.names:
            owners[name.casefold()].add(entity.id)
    return {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}


def _speaker(said_by: str, known: Mapping[str, EntityId]) -> EntityId | None:
    """The thing with the longest name among the words of a speaker."""
    words = re.sub(r"['\u2019]s?\b", "", said_by.casefold()).split()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            if found := known.get(" ".join(words[start : start + length]).strip('.,;:()"“”')):
                return found
    return None


def _node(entity: EntityId) -> NamedNode:
    return NamedNode(THING + quote(entity))


def entity_in(iri: str) -> EntityId:
    """The thing of an IRI that a query over the links gave."""
    return EntityId(unquote(iri.removeprefix(THING)))
