"""What must change in a store for parts of its graph to become others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kgraph.graph.rdf.iris import kg, term
from kgraph.graph.rdf.properties import CITO
from kgraph.graph.rdf.writing import judgement_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kgraph.graph.stores.changes import Changes, GraphName
    from kgraph.graph.stores.parts import Part
    from kgraph.model import AppearanceKey, Disagreement, EntityId, FactId, Judgement

__all__ = ["Outdated", "delta"]

_DEFAULT = DefaultGraph()
_RELATIONS = frozenset(CITO.values())
_SHARED = frozenset({"q", "run"})
"""Nodes that many claims and facts lead to: they go with the last of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """The parts of a graph that are made anew."""

    articles: frozenset[str]
    """Their graphs, and what is said of them where they were taken back."""
    entities: frozenset[EntityId]
    facts: frozenset[FactId]
    """With their plain links."""
    disagreements: tuple[Disagreement, ...]
    """With what they mean between claims."""
    judgements: tuple[Judgement, ...]


def delta(part: Part, outdated: Outdated, new: Iterable[Quad], moved: Mapping[AppearanceKey, EntityId]) -> Changes:
    """What turns the outdated parts into `new`; `moved` are appearances, elsewhere in the graph, of what is now another entity."""
    old = set(_stored(part, outdated))
    wanted = set(new)
    for before, after in _moves(part, moved):
        old.add(before)
        wanted.add(after)
    removed = old - wanted
    removed -= _kept(part, removed, outdated)
    removed.update(_orphans(part, removed, wanted))
    found: dict[GraphName, tuple[set[Quad], set[Quad]]] = defaultdict(lambda: (set(), set()))
    own = {part.source(name) for name in outdated.articles}  # `old` holds all that is stored in their graphs
    for place, quads in ((0, removed), (1, (quad for quad in wanted - old if quad.graph_name in own or quad not in part.store))):
        for quad in quads:
            found[quad.graph_name][place].add(quad)  # type: ignore[index]
    return dict(found)


def _stored(part: Part, outdated: Outdated) -> Iterator[Quad]:
    store = part.store
    for name in outdated.articles:
        node = part.source(name)
        yield from store.quads_for_pattern(None, None, None, node)
        yield from store.quads_for_pattern(node, None, None, _DEFAULT)
    for entity in outdated.entities:
        yield from part.entity_quads(entity)
    for fact in outdated.facts:
        yield from _fact(part, fact)
    for found in outdated.disagreements:
        yield from store.quads_for_pattern(part.names.node("diff", found.id), None, None, _DEFAULT)
        yield from _between(part, found)
    for judgement in outdated.judgements:
        yield from store.quads_for_pattern(judgement_node(judgement, part.names), None, None, _DEFAULT)


def _fact(part: Part, fact: FactId) -> Iterator[Quad]:
    """What is said of a fact, and its plain link where it has one."""
    quads = list(part.store.quads_for_pattern(part.names.node("fact", fact), None, None, _DEFAULT))
    yield from quads
    ends = {quad.predicate: quad.object for quad in quads}
    subject, predicate = ends[term("rdf:subject")], ends[term("rdf:predicate")]
    if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode):
        link = Quad(subject, predicate, ends[term("rdf:object")], _DEFAULT)
        if link in part.store:
            yield link


def _between(part: Part, found: Disagreement) -> Iterator[Quad]:
    """What a disagreement means between its claims."""
    claims = {part.names.node("claim", claim) for claim in found.claims}
    for claim in claims:
        for relation in _RELATIONS:
            yield from (quad for quad in part.store.quads_for_pattern(claim, relation, None, _DEFAULT) if quad.object in claims)


def _kept(part: Part, removed: set[Quad], outdated: Outdated) -> set[Quad]:
    """What others than the outdated disagreements still mean between claims."""
    gone = {part.names.node("diff", found.id) for found in outdated.disagreements}
    pairs = [(quad.subject, quad.object) for quad in removed if quad.predicate in _RELATIONS]
    others = {found for pair in pairs for found in set.intersection(*(part.over(claim) for claim in pair)) - gone}
    return set(part.verdicts(others)) if others else set()


def _moves(part: Part, moved: Mapping[AppearanceKey, EntityId]) -> Iterator[tuple[Quad, Quad]]:
    """What refers to the former entities of appearances, and what takes its place."""
    for appearance, entity in moved.items():
        node, target = part.names.node("app", appearance), part.names.entity(entity)
        for quad in part.store.quads_for_pattern(node, kg("refersTo"), None):
            yield quad, Quad(quad.subject, quad.predicate, target, quad.graph_name)
        for end in ("subject", "object"):
            for claim in part.store.quads_for_pattern(None, kg(f"{end}Appearance"), node):
                for quad in part.store.quads_for_pattern(claim.subject, term(f"rdf:{end}"), None, claim.graph_name):
                    yield quad, Quad(quad.subject, quad.predicate, target, quad.graph_name)


def _orphans(part: Part, removed: set[Quad], wanted: set[Quad]) -> Iterator[Quad]:
    """What is said of shared nodes to which nothing leads any more, and of those to which only they led."""
    kept = {quad.object for quad in wanted}
    gone, latest = set(removed), removed
    while latest:
        targets = {quad.object for quad in latest if isinstance(quad.object, NamedNode) and part.names.room(quad.object.value) in _SHARED}
        lost = [node for node in targets - kept if all(quad in gone for quad in part.store.quads_for_pattern(None, None, node))]
        latest = {quad for node in lost for quad in part.store.quads_for_pattern(node, None, None, _DEFAULT)} - gone
        gone |= latest
        yield from latest
