"""How the network is built: communities, bridges and cut points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from kgraph.analysis.network.construction import SEED, strongest, undirected, weighted_digraph
from kgraph.choices import Weight
from kgraph.model import EntityId, FactId, Knowledge, Status

if TYPE_CHECKING:
    from kgraph.ontology import Ontology

__all__ = ["Bridge", "Community", "bridges", "communities", "cut_points"]


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


def communities(
    knowledge: Knowledge, ontology: Ontology, *, weight: Weight = Weight.CONFIDENCE, link_from: Status = Status.PLANNED
) -> tuple[Community, ...]:
    """Louvain communities of more than one thing, the largest first."""
    graph, made = weighted_digraph(knowledge, ontology, weight, link_from=link_from)
    nodes = sorted(graph)
    numbered = nx.relabel_nodes(undirected(graph), {node: number for number, node in enumerate(nodes)})  # numbers hash alike on each run
    parts = [{nodes[number] for number in part} for part in nx.community.louvain_communities(numbered, seed=SEED)]
    strengths = {fact.id: fact.confidence for fact in knowledge.facts}
    part_of = {node: index for index, part in enumerate(parts) for node in part}
    inside: dict[int, list[FactId]] = {}
    for (start, end), facts in made.items():
        if part_of[start] == part_of[end]:
            inside.setdefault(part_of[start], []).extend(facts)
    found = [
        Community(members=tuple(sorted(part)), facts=strongest(inside.get(index, ()), strengths))
        for index, part in enumerate(parts)
        if len(part) > 1
    ]
    return tuple(sorted(found, key=lambda community: (-len(community.members), community.members)))


def bridges(knowledge: Knowledge, ontology: Ontology, *, link_from: Status = Status.PLANNED) -> tuple[Bridge, ...]:
    """Links without which the network falls apart, those that cut off most first; mere ends of chains are left out."""
    graph, made = weighted_digraph(knowledge, ontology, Weight.NONE, link_from=link_from)
    found = [
        Bridge(left=left, right=right, smaller=smaller, facts=tuple(sorted({*made.get((left, right), ()), *made.get((right, left), ())})))
        for (left, right), smaller in _sides(undirected(graph)).items()
        if smaller > 1
    ]
    return tuple(sorted(found, key=lambda bridge: (-bridge.smaller, bridge.left, bridge.right)))


def cut_points(knowledge: Knowledge, ontology: Ontology, *, link_from: Status = Status.PLANNED) -> tuple[EntityId, ...]:
    """Things without which the network falls apart (articulation points), sorted."""
    graph, _ = weighted_digraph(knowledge, ontology, Weight.NONE, link_from=link_from)
    return tuple(sorted(nx.articulation_points(undirected(graph))))


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
