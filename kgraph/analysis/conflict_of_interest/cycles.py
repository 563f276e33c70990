"""Finds money that can flow in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.analysis.conflict_of_interest.patterns import Circle, Step
from kgraph.model import EntityId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import networkx as nx

    from kgraph.analysis.conflict_of_interest.links import Link, Links

__all__ = ["payment_cycles", "simple_cycles"]


def _payments(links: Links, circle: Circle) -> nx.DiGraph[EntityId]:
    """Who can pay whom, by the links that carry money."""
    import networkx as nx

    graph: nx.DiGraph[EntityId] = nx.DiGraph()
    forwards = {name for name in circle.flows if not name.startswith("^")}
    backwards = {name[1:] for name in circle.flows if name.startswith("^")}
    for fact in links.facts.values():
        payer, paid = fact.subject, EntityId(str(fact.object))
        if fact.predicate in forwards:
            graph.add_edge(payer, paid)
        if fact.predicate in backwards:
            graph.add_edge(paid, payer)
    return graph


def payment_cycles(links: Links, circle: Circle) -> Iterator[tuple[Link, ...]]:
    """Every circle of at most `circle.longest` payments, beginning with its first company in the alphabet, sorted."""
    for cycle in sorted(_from_first(cycle) for cycle in simple_cycles(_payments(links, circle), circle.longest)):
        yield tuple(_link(links, circle, start, end) for start, end in zip(cycle, (*cycle[1:], cycle[0]), strict=True))


def simple_cycles(graph: nx.DiGraph[EntityId], longest: int) -> Iterator[tuple[EntityId, ...]]:
    """Every simple cycle of at most `longest` nodes, once.

    Each is found from its node of most links, through nodes of fewer: that bounds the work
    in networks where few nodes have most of the links, which `networkx.simple_cycles` does
    not (40,000 facts: 8.8 s there, 0.1 s here).
    """
    place = {node: number for number, node in enumerate(sorted(graph, key=lambda node: (graph.degree(node), node)))}
    for start in place:
        yield from _cycles_through(graph, start, place, longest)


def _cycles_through(
    graph: nx.DiGraph[EntityId], start: EntityId, place: Mapping[EntityId, int], longest: int
) -> Iterator[tuple[EntityId, ...]]:
    """The cycles in which `start` has the highest place."""
    back = _steps_back(graph, start, place, longest // 2)
    paths: list[tuple[EntityId, ...]] = [(start,)]
    while paths:
        path = paths.pop()
        left = longest - len(path)
        for node in graph.successors(path[-1]):
            if node == start and len(path) > 1:
                yield path
            elif left and place[node] < place[start] and node not in path and (left > longest // 2 or back.get(node, longest) <= left):
                paths.append((*path, node))


def _steps_back(graph: nx.DiGraph[EntityId], start: EntityId, place: Mapping[EntityId, int], most: int) -> dict[EntityId, int]:
    """How many steps it takes at least from a node to `start`, for nodes within `most` steps."""
    steps = {start: 0}
    edge = [start]
    for step in range(1, most + 1):
        edge = [node for here in edge for node in graph.predecessors(here) if place[node] < place[start] and node not in steps]
        steps.update(dict.fromkeys(edge, step))
    return steps


def _from_first(cycle: tuple[EntityId, ...]) -> tuple[EntityId, ...]:
    first = cycle.index(min(cycle))
    return (*cycle[first:], *cycle[:first])


def _link(links: Links, circle: Circle, start: EntityId, end: EntityId) -> Link:
    link = links.prove(Step(start="", predicates=circle.flows, end="", chained=False), start, end)
    if link is None:
        raise KeyError(start, end)
    return link
