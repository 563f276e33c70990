"""Finds money that can flow in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from kgraph.analysis.patterns import Circle, Step
from kgraph.model import EntityId

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kgraph.analysis.links import Link, Links

__all__ = ["circles", "flows"]


def flows(links: Links, circle: Circle) -> nx.DiGraph[EntityId]:
    """Who can pay whom, by the links that carry money."""
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


def circles(links: Links, circle: Circle) -> Iterator[tuple[Link, ...]]:
    """Every circle of at most `circle.longest` payments, beginning with its first company in the alphabet.

    A circle lies within one strongly connected part of the graph, so that only those are searched.
    """
    graph = flows(links, circle)
    parts = sorted((sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1), key=lambda part: part[0])
    for part in parts:
        rings = nx.simple_cycles(graph.subgraph(part), length_bound=circle.longest)
        for ring in sorted(_from_first(ring) for ring in rings):
            yield tuple(_link(links, circle, start, end) for start, end in zip(ring, (*ring[1:], ring[0]), strict=True))


def _from_first(ring: list[EntityId]) -> tuple[EntityId, ...]:
    first = ring.index(min(ring))
    return (*ring[first:], *ring[:first])


def _link(links: Links, circle: Circle, start: EntityId, end: EntityId) -> Link:
    link = links.prove(Step(start="", predicates=circle.flows, end="", chained=False), start, end)
    if link is None:
        raise KeyError(start, end)
    return link
