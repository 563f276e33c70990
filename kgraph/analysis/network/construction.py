"""The facts as networkx graphs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from kgraph.analysis.representation import acts_for_others
from kgraph.analysis.rules import rules
from kgraph.choices import Weight
from kgraph.model import EntityId, Fact, FactId, Knowledge, Quantity, Status
from kgraph.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kgraph.ontology import Ontology

__all__ = ["SEED", "Network", "strongest", "to_networkx", "undirected", "weighted_digraph"]


Network: TypeAlias = "nx.MultiDiGraph[EntityId]"
"""What `to_networkx` gives, for those who may not import networkx."""
SEED = 20250611
"""Of all that networkx draws by lot, so that the same facts give the same results."""
_SHOWN = 5
"""Facts that are named with a result."""


def to_networkx(knowledge: Knowledge, ontology: Ontology) -> Network:
    """Every fact between two things as an edge from subject to object, keyed by the fact's id.

    Nodes are entity ids with `label` and `type`. Edges have `predicate`, `confidence`,
    `sources` (the number of articles) and, where known, `status`, `negative` (True),
    `amount`, `currency`, `stake` and `when`. Symmetric predicates have one edge, in
    alphabetical order, with `symmetric` True. Nothing is None, so that every writer of
    networkx takes the graph. Facts whose object is a figure or a date are not in it.
    """
    graph: nx.MultiDiGraph[EntityId] = nx.MultiDiGraph()
    for entity in knowledge.entities:
        graph.add_node(entity.id, label=entity.label, type=str(entity.type))
    article_of = {claim.id: claim.article for claim in knowledge.claims}
    for fact in knowledge.facts:
        if (target := ontology.thing(fact)) is not None:
            sources = len({article_of[claim] for claim in fact.claims})
            symmetric = ontology.predicates[fact.predicate].symmetric
            graph.add_edge(fact.subject, target, key=fact.id, **_attributes(fact, sources, symmetric=symmetric))
    return graph


def _attributes(fact: Fact, sources: int, *, symmetric: bool) -> dict[str, Any]:
    amount = fact.amount
    found = {
        "predicate": fact.predicate,
        "confidence": fact.confidence,
        "sources": sources,
        "status": str(fact.status) if fact.status else None,
        "negative": fact.negative or None,
        "symmetric": symmetric or None,
        "amount": _number(amount),
        "currency": amount.unit if amount else None,
        "stake": _number(fact.stake),
        "when": fact.when,
    }
    return {name: value for name, value in found.items() if value is not None}


def _number(quantity: Quantity | None) -> float | None:
    return None if quantity is None or quantity.middle is None else float(quantity.middle)


def _main_currency(knowledge: Knowledge) -> str | None:
    """The currency that most facts name; sums of several currencies would mean nothing."""
    counts: dict[str, int] = {}
    for fact in knowledge.facts:
        if fact.amount and fact.amount.unit:
            counts[fact.amount.unit] = counts.get(fact.amount.unit, 0) + 1
    return min(counts, key=lambda unit: (-counts[unit], unit), default=None)


def weighted_digraph(
    knowledge: Knowledge, ontology: Ontology, weight: Weight, *, link_from: Status = Status.PLANNED
) -> tuple[nx.DiGraph[EntityId], dict[tuple[EntityId, EntityId], list[FactId]]]:
    """One weighted edge for each ordered pair of linked things, and the facts that make it.

    Only asserted facts link, from `link_from` on; symmetric ones link both ways; what is told
    of a person who stands for his organisation counts once, for the organisation. Money of a
    bid that came to nothing is no weight, under whatever other date it is told. Nodes and
    edges are added in the order of the facts, so that results do not depend on hashing.
    """
    currency = _main_currency(knowledge) if weight is Weight.MONEY else None
    weights: dict[tuple[EntityId, EntityId], float] = {}
    made: dict[tuple[EntityId, EntityId], list[FactId]] = {}
    left_out = acts_for_others(knowledge.facts, knowledge.entities, rules())
    if weight is Weight.MONEY:
        left_out |= _called_off(knowledge)
    for fact in knowledge.facts:
        if fact.id in left_out or fact.negative or not ontology.linked(fact.status, link_from) or ontology.thing(fact) is None:
            continue
        strength = _strength(fact, weight, currency)
        if strength is None:
            continue
        for start, end in _ends(fact, ontology):
            pair = start, end
            weights[pair] = 1.0 if weight is Weight.NONE else weights.get(pair, 0.0) + strength
            made.setdefault(pair, []).append(fact.id)
    graph: nx.DiGraph[EntityId] = nx.DiGraph()
    graph.add_weighted_edges_from((start, end, strength) for (start, end), strength in weights.items())
    return graph, made


def _called_off(knowledge: Knowledge) -> frozenset[FactId]:
    """Open deals that another fact calls off, except those dated after the cancellation."""
    published = {article.id: article.date for article in knowledge.articles}
    articles = {claim.id: claim.article for claim in knowledge.claims}

    def told(fact: Fact) -> list[dt.date]:
        return sorted(day for claim in fact.claims if (day := published[articles[claim]]))

    ended: dict[tuple[EntityId, str, object], dt.date] = {}
    for fact in knowledge.facts:
        if fact.status is Status.TERMINATED:
            ends = fact.subject, fact.predicate, fact.object
            ended[ends] = max(ended.get(ends, dt.date.min), *told(fact)[-1:], dt.date.min)
    found = set()
    for fact in knowledge.facts:
        end = ended.get((fact.subject, fact.predicate, fact.object))
        if end is None or fact.status is Status.COMPLETED:
            continue
        stated = Period.of(fact.when or "")
        if (stated.start if stated else next(iter(told(fact)), dt.date.min)) <= end:
            found.add(fact.id)
    return frozenset(found)


def _strength(fact: Fact, weight: Weight, currency: str | None) -> float | None:
    """What one fact adds to a link; None where it adds none."""
    if weight is Weight.MONEY:
        return _number(fact.amount) or None if fact.amount and fact.amount.unit == currency else None
    return fact.confidence or None


def _ends(fact: Fact, ontology: Ontology) -> Iterator[tuple[EntityId, EntityId]]:
    target = EntityId(str(fact.object))
    yield fact.subject, target
    if ontology.predicates[fact.predicate].symmetric:
        yield target, fact.subject


def strongest(facts: Iterable[FactId], strengths: Mapping[FactId, float]) -> tuple[FactId, ...]:
    """The surest facts that make a result, as many as are named with it."""
    return tuple(sorted(set(facts), key=lambda fact: (-strengths[fact], fact))[:_SHOWN])


def undirected(graph: nx.DiGraph[EntityId]) -> nx.Graph[EntityId]:
    """Both directions of a link as one, their weights added; nodes sorted."""
    merged: nx.Graph[EntityId] = nx.Graph()
    merged.add_nodes_from(sorted(graph))
    for start, end, data in graph.edges(data=True):
        before = merged.get_edge_data(start, end, {"weight": 0.0})["weight"]
        merged.add_edge(start, end, weight=before + data["weight"])
    return merged
