"""kgraph: news articles to one RDF graph of who did what to whom, with the quoted words behind every statement.

    import kgraph

    graph = kgraph.build("seeds")
    graph.why("Meta investedIn Scale AI")

The names below load their libraries on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    "Graph": "kgraph.api",
    "KgraphError": "kgraph.errors",
    "Settings": "kgraph.settings",
    "Status": "kgraph.model",
    "View": "kgraph.export",
    "add": "kgraph.api",
    "build": "kgraph.api",
    "judge": "kgraph.api",
    "remove": "kgraph.api",
}


def __getattr__(name: str) -> Any:
    """A public name from its module, so that `import kgraph` stays cheap."""
    if name not in _HOMES:
        msg = f"module 'kgraph' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
