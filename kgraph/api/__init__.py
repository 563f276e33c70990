"""The front door: `build`, `add`, `remove`, and `Graph` with one method for each question.

Every function takes what a notebook has at hand (paths, names, dates) and gives plain values of `kgraph.model`
or bytes. The command line does nothing but parse, call one of these and print.
"""

from typing import TYPE_CHECKING

from kgraph.api.formats import export_formats
from kgraph.api.graphs import Graph
from kgraph.graph import stored_queries
from kgraph.lazy import on_first_use

if TYPE_CHECKING:
    from kgraph.api.building import add, build, judge, remove

__all__ = ["Graph", "add", "build", "export_formats", "judge", "remove", "stored_queries"]

__getattr__ = on_first_use(__name__, dict.fromkeys(("add", "build", "judge", "remove"), "kgraph.api.building"))
