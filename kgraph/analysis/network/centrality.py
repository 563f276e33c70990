"""Who stands in the middle: centralities.

What each number means for a network of deals is said in docs/analysis.md. All results are
rounded and seeded: the same facts give the same ranks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import networkx as nx
import numpy as np

from kgraph.analysis.network.construction import SEED, strongest, undirected, weighted_digraph
from kgraph.choices import Measure, Weight
from kgraph.model import EntityId, EntityType, FactId, Knowledge, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from numpy.typing import NDArray

    from kgraph.ontology import Ontology

__all__ = ["Ranked", "rank"]

_PIVOTS = 300
"""Starting points from which betweenness is estimated in a network with more things than that."""
_CLOSEST = 300
"""Things of most links for which closeness is computed in a larger network."""
_ROUNDS = 1000
"""Most rounds of a power iteration: parts that are nearly equally strong would take many more to part."""
_SETTLED = 1e-12
"""Scores that change by less in a round, together, have settled."""


_GIVEN = (Measure.OUT_STRENGTH, Measure.HUB)
"""Measures to which only what a thing does counts."""
_RECEIVED = (Measure.IN_STRENGTH, Measure.AUTHORITY)
"""Measures to which only what is done to it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One thing and its place."""

    place: int
    """From 1 on, among the things of the types asked for; equal scores in alphabetical order."""
    entity: EntityId
    label: str
    type: EntityType
    score: float
    facts: tuple[FactId, ...]
    """The strongest of its facts that count for the measure: all, or those in which it is the subject, or the object."""


def rank(
    knowledge: Knowledge,
    ontology: Ontology,
    *,
    measure: Measure = Measure.PAGERANK,
    weight: Weight = Weight.CONFIDENCE,
    types: Collection[EntityType] = (),
    top: int = 20,
    link_from: Status = Status.PLANNED,
) -> tuple[Ranked, ...]:
    """The `top` things of the given types (all where empty) by `measure`, with the facts that make their rank."""
    graph, made = weighted_digraph(knowledge, ontology, weight, link_from=link_from)
    scores = _MEASURES[measure](graph)
    known = {entity.id: entity for entity in knowledge.entities}
    wanted = [node for node in scores if not types or known[node].type in types]
    wanted.sort(key=lambda node: (-round(scores[node], 8), node))
    strengths = {fact.id: fact.confidence for fact in knowledge.facts}
    return tuple(
        Ranked(
            place=place,
            entity=node,
            label=known[node].label,
            type=known[node].type,
            score=round(scores[node], 8),
            facts=strongest(_counted(graph, made, node, measure), strengths),
        )
        for place, node in enumerate(wanted[:top], start=1)
    )


def _counted(
    graph: nx.DiGraph[EntityId], made: Mapping[tuple[EntityId, EntityId], list[FactId]], node: EntityId, measure: Measure
) -> Iterable[FactId]:
    """The facts of a thing that count for a measure."""
    if measure not in _RECEIVED:
        for other in graph.successors(node):
            yield from made[node, other]
    if measure not in _GIVEN:
        for other in graph.predecessors(node):
            yield from made[other, node]


def _degree(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    return {node: float(degree) for node, degree in undirected(graph).degree()}


def _pagerank(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    """Over the undirected network: along the arrows of deals alone, two rivals that lead nowhere else keep all that comes to them."""
    return dict(nx.pagerank(undirected(graph), weight="weight"))


def _betweenness(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    """Over the undirected network, since a deal connects both its sides; strong links are short ones."""
    merged = undirected(graph)
    for _, _, data in merged.edges(data=True):
        data["distance"] = 1 / data["weight"]
    return dict(nx.betweenness_centrality(merged, k=min(_PIVOTS, len(merged)) or None, weight="distance", seed=SEED))


def _closeness(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    merged = undirected(graph)
    candidates = sorted(merged, key=lambda node: (-merged.degree(node), node))[:_CLOSEST]
    return {node: cast("float", nx.closeness_centrality(merged, u=node)) for node in candidates}


def _eigenvector(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    """Of the largest connected part; elsewhere 0, since parts cannot be compared."""
    merged = undirected(graph)
    if not merged:
        return {}
    largest = max(nx.connected_components(merged), key=lambda part: (len(part), min(part)))
    part = merged.subgraph(sorted(largest))
    links = nx.to_scipy_sparse_array(part)
    links /= links.sum(axis=1).max()  # on one scale, else the sums of deals would drown the half step that ends a swing between two sides
    found = _settled(lambda scores: scores + links @ scores, len(part))
    scores = dict(zip(part, found / np.linalg.norm(found), strict=True))
    return {node: float(scores.get(node, 0.0)) for node in merged}


def _core(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    return {node: float(number) for node, number in nx.core_number(undirected(graph)).items()}


def _hubs(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    """Kleinberg's hubs (HITS); the authorities are the hubs of the links turned round."""
    if not graph:
        return {}
    links = nx.to_scipy_sparse_array(graph)
    found = _settled(lambda scores: links @ (links.T @ scores), len(graph))
    return {node: float(score) for node, score in zip(graph, found, strict=True)}


def _settled(step: Callable[[NDArray[np.float64]], NDArray[np.float64]], size: int) -> NDArray[np.float64]:
    """The scores that `step` only scales, from equal ones on; they add up to 1.

    Own code, since networkx's `hits` starts anywhere, so that equal parts get any mixture, of any sign, and its other
    power iterations raise where two parts are nearly equally strong.
    """
    scores = np.full(size, 1 / size)
    for _ in range(_ROUNDS):
        before, scores = scores, step(scores)
        scores /= scores.sum()
        if np.abs(scores - before).sum() < _SETTLED:
            break
    return scores


_MEASURES: Mapping[Measure, Callable[[nx.DiGraph[EntityId]], dict[EntityId, float]]] = {
    Measure.DEGREE: _degree,
    Measure.IN_STRENGTH: lambda graph: {node: float(strength) for node, strength in graph.in_degree(weight="weight")},
    Measure.OUT_STRENGTH: lambda graph: {node: float(strength) for node, strength in graph.out_degree(weight="weight")},
    Measure.PAGERANK: _pagerank,
    Measure.BETWEENNESS: _betweenness,
    Measure.CLOSENESS: _closeness,
    Measure.EIGENVECTOR: _eigenvector,
    Measure.HUB: _hubs,
    Measure.AUTHORITY: lambda graph: _hubs(graph.reverse()),
    Measure.CORE: _core,
}
