"""Who stands in the middle: centralities, communities and the links that hold the network together.

What each number means for a network of deals is said in docs/analysis.md. All results are
rounded and seeded: the same facts give the same ranks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, cast

import networkx as nx
import numpy as np

from kgraph.analysis.network import Weight, collapsed
from kgraph.model import EntityId, EntityType, FactId, Knowledge, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from numpy.typing import NDArray

    from kgraph.ontology import Ontology

__all__ = ["Bridge", "Community", "Measure", "Ranked", "bridges", "communities", "cut_points", "rank"]

_SEED = 20250611
_PIVOTS = 300
"""Starting points from which betweenness is estimated in a network with more things than that."""
_CLOSEST = 300
"""Things of most links for which closeness is computed in a larger network."""
_ROUNDS = 1000
"""Most rounds of a power iteration: parts that are nearly equally strong would take many more to part."""
_SETTLED = 1e-12
"""Scores that change by less in a round, together, have settled."""
_SHOWN = 5
"""Facts that are named with a rank."""


class Measure(StrEnum):
    """What to rank by."""

    DEGREE = "degree"
    IN_STRENGTH = "inStrength"
    OUT_STRENGTH = "outStrength"
    PAGERANK = "pagerank"
    BETWEENNESS = "betweenness"
    CLOSENESS = "closeness"
    EIGENVECTOR = "eigenvector"
    HUB = "hub"
    AUTHORITY = "authority"
    CORE = "core"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """Things that deal with each other more than with the rest."""

    members: tuple[EntityId, ...]
    """Sorted."""
    facts: tuple[FactId, ...]
    """The strongest facts inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """The only link between two parts of the network."""

    left: EntityId
    right: EntityId
    smaller: int
    """Things in the smaller of the two parts that fall apart without it."""
    facts: tuple[FactId, ...]


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
    graph, made = collapsed(knowledge, ontology, weight, link_from=link_from)
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
            facts=_strongest(_counted(graph, made, node, measure), strengths),
        )
        for place, node in enumerate(wanted[:top], start=1)
    )


def communities(
    knowledge: Knowledge, ontology: Ontology, *, weight: Weight = Weight.CONFIDENCE, link_from: Status = Status.PLANNED
) -> tuple[Community, ...]:
    """Louvain communities of more than one thing, the largest first."""
    graph, made = collapsed(knowledge, ontology, weight, link_from=link_from)
    nodes = sorted(graph)
    numbered = nx.relabel_nodes(_undirected(graph), {node: number for number, node in enumerate(nodes)})  # numbers hash alike on each run
    parts = [{nodes[number] for number in part} for part in nx.community.louvain_communities(numbered, seed=_SEED)]
    strengths = {fact.id: fact.confidence for fact in knowledge.facts}
    part_of = {node: index for index, part in enumerate(parts) for node in part}
    inside: dict[int, list[FactId]] = {}
    for (start, end), facts in made.items():
        if part_of[start] == part_of[end]:
            inside.setdefault(part_of[start], []).extend(facts)
    found = [
        Community(members=tuple(sorted(part)), facts=_strongest(inside.get(index, ()), strengths))
        for index, part in enumerate(parts)
        if len(part) > 1
    ]
    return tuple(sorted(found, key=lambda community: (-len(community.members), community.members)))


def bridges(knowledge: Knowledge, ontology: Ontology, *, link_from: Status = Status.PLANNED) -> tuple[Bridge, ...]:
    """Links without which the network falls apart, those that cut off most first; mere ends of chains are left out."""
    graph, made = collapsed(knowledge, ontology, Weight.NONE, link_from=link_from)
    undirected = _undirected(graph)
    sizes = _sides(undirected)
    found = [
        Bridge(left=left, right=right, smaller=smaller, facts=tuple(sorted({*made.get((left, right), ()), *made.get((right, left), ())})))
        for (left, right), smaller in sizes.items()
        if smaller > 1
    ]
    return tuple(sorted(found, key=lambda bridge: (-bridge.smaller, bridge.left, bridge.right)))


def cut_points(knowledge: Knowledge, ontology: Ontology, *, link_from: Status = Status.PLANNED) -> tuple[EntityId, ...]:
    """Things without which the network falls apart (articulation points), sorted."""
    graph, _ = collapsed(knowledge, ontology, Weight.NONE, link_from=link_from)
    return tuple(sorted(nx.articulation_points(_undirected(graph))))


def _sides(graph: nx.Graph[EntityId]) -> dict[tuple[EntityId, EntityId], int]:
    """Each bridge with the size of the smaller part it holds on.

    Without its bridges the network is a forest of blocks; sizes add up from its leaves.
    """
    found: list[tuple[EntityId, EntityId]] = sorted((EntityId(min(edge)), EntityId(max(edge))) for edge in nx.bridges(graph))
    rest = nx.Graph(graph)
    rest.remove_edges_from(found)
    block = {node: index for index, part in enumerate(nx.connected_components(rest)) for node in part}
    forest: nx.Graph[int] = nx.Graph()
    size: dict[int, int] = {}
    for node in graph:
        size[block[node]] = size.get(block[node], 0) + 1
    forest.add_edges_from((block[left], block[right]) for left, right in found)
    whole = {index: sum(size[i] for i in tree) for tree in nx.connected_components(forest) for index in tree}
    for root in sorted({min(tree) for tree in nx.connected_components(forest)}):
        for above, below, kind in reversed(list(nx.dfs_labeled_edges(forest, root))):
            if kind == "forward" and above != below:
                size[above] += size[below]
    return {(left, right): min(below := min(size[block[left]], size[block[right]]), whole[block[left]] - below) for left, right in found}


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


def _strongest(facts: Iterable[FactId], strengths: Mapping[FactId, float]) -> tuple[FactId, ...]:
    return tuple(sorted(set(facts), key=lambda fact: (-strengths[fact], fact))[:_SHOWN])


def _undirected(graph: nx.DiGraph[EntityId]) -> nx.Graph[EntityId]:
    """Both directions of a link as one, their weights added; nodes sorted."""
    merged: nx.Graph[EntityId] = nx.Graph()
    merged.add_nodes_from(sorted(graph))
    for start, end, data in graph.edges(data=True):
        before = merged.get_edge_data(start, end, {"weight": 0.0})["weight"]
        merged.add_edge(start, end, weight=before + data["weight"])
    return merged


def _degree(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    return {node: float(degree) for node, degree in _undirected(graph).degree()}


def _pagerank(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    """Over the undirected network: along the arrows of deals alone, two rivals that lead nowhere else keep all that comes to them."""
    return dict(nx.pagerank(_undirected(graph), weight="weight"))


def _betweenness(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    """Over the undirected network, since a deal connects both its sides; strong links are short ones."""
    merged = _undirected(graph)
    for _, _, data in merged.edges(data=True):
        data["distance"] = 1 / data["weight"]
    return dict(nx.betweenness_centrality(merged, k=min(_PIVOTS, len(merged)) or None, weight="distance", seed=_SEED))


def _closeness(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    merged = _undirected(graph)
    candidates = sorted(merged, key=lambda node: (-merged.degree(node), node))[:_CLOSEST]
    return {node: cast("float", nx.closeness_centrality(merged, u=node)) for node in candidates}


def _eigenvector(graph: nx.DiGraph[EntityId]) -> dict[EntityId, float]:
    """Of the largest connected part; elsewhere 0, since parts cannot be compared."""
    merged = _undirected(graph)
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
    return {node: float(number) for node, number in nx.core_number(_undirected(graph)).items()}


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
