"""What must change for a store to hold other quads, and the SPARQL update that does it at once."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Changes", "changes", "update"]

GraphName = DefaultGraph | NamedNode
Changes = dict[GraphName, tuple[set[Quad], set[Quad]]]
"""For each graph that differs, the quads to remove and the quads to add."""


def changes(new: Iterable[Quad], stored: Callable[[GraphName], Iterable[Quad]], graphs: Iterable[GraphName]) -> Changes:
    """What turns the stored graphs into the new ones; only one graph at a time is in memory.

    `new` comes graph by graph; `graphs` are all that are stored.
    """
    found: Changes = {}
    gone: set[GraphName] = {DefaultGraph(), *graphs}
    for graph, group in groupby(new, key=lambda quad: quad.graph_name):
        wanted, present = set(group), set(stored(graph))
        gone.discard(graph)
        if wanted != present:
            found[graph] = present - wanted, wanted - present
    for graph in gone:
        present = set(stored(graph))
        if present:
            found[graph] = present, set()
    return found


def update(differences: Changes) -> str:
    """One SPARQL update; engines run it as one transaction."""
    removed = _data(quad for remove, _ in differences.values() for quad in remove)
    added = _data(quad for _, add in differences.values() for quad in add)
    return f"DELETE DATA {{\n{removed}}} ;\nINSERT DATA {{\n{added}}}"


def _data(quads: Iterable[Quad]) -> str:
    return "".join(
        f"{quad.triple} .\n" if isinstance(quad.graph_name, DefaultGraph) else f"GRAPH {quad.graph_name} {{ {quad.triple} }}\n"
        for quad in quads
    )
