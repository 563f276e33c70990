"""kgraph: news articles to one RDF graph of who did what to whom, with the quoted words behind every statement.

    import kgraph

    graph = kgraph.build("seeds")
    graph.why("Meta investedIn Scale AI")

The names below load their libraries on first use.
"""

from typing import TYPE_CHECKING

from kgraph.lazy import on_first_use
from kgraph.version import __version__

if TYPE_CHECKING:
    from kgraph.api import Graph, add, build, judge, remove
    from kgraph.errors import KgraphError
    from kgraph.export import View
    from kgraph.model import EntityType, Fact, Status
    from kgraph.settings import Settings

__all__ = [
    "EntityType",
    "Fact",
    "Graph",
    "KgraphError",
    "Settings",
    "Status",
    "View",
    "__version__",
    "add",
    "build",
    "judge",
    "remove",
]

_HOMES = {
    "EntityType": "kgraph.model",
    "Fact": "kgraph.model",
    "Graph": "kgraph.api.graphs",
    "KgraphError": "kgraph.errors",
    "Settings": "kgraph.settings",
    "Status": "kgraph.model",
    "View": "kgraph.export",
    "add": "kgraph.api.building",
    "build": "kgraph.api.building",
    "judge": "kgraph.api.building",
    "remove": "kgraph.api.building",
}

__getattr__ = on_first_use(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(__all__)
