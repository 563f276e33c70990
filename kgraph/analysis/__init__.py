"""Facts to answers: where sources part ways, where interests collide, who stands in the middle.

Functions of `Knowledge` and `Ontology` that give frozen values; networkx is used here and nowhere else. What stands on it is loaded
on first use: most of what asks this room compares facts alone, and networkx takes longer to load than all else that a query needs.
"""

from typing import TYPE_CHECKING

from kgraph.analysis.conflict_of_interest.detection import Interest, interests
from kgraph.analysis.conflict_of_interest.links import Link
from kgraph.analysis.disagreement.by_source import tellings
from kgraph.analysis.disagreement.detection import disagreements
from kgraph.analysis.disagreement.matters import Matter, Matters
from kgraph.analysis.history.changes import Change, difference
from kgraph.analysis.history.timelines import Moment, timeline
from kgraph.analysis.results.rows import rows
from kgraph.analysis.results.turtle import interests_to_turtle, ranks_to_turtle
from kgraph.analysis.views import as_of, with_status
from kgraph.choices import Measure, Weight
from kgraph.lazy import on_first_use

if TYPE_CHECKING:
    from kgraph.analysis.network.centrality import Ranked, rank
    from kgraph.analysis.network.construction import Network, to_networkx
    from kgraph.analysis.network.structure import Bridge, Community, bridges, communities, cut_points

__all__ = [
    "Bridge",
    "Change",
    "Community",
    "Interest",
    "Link",
    "Matter",
    "Matters",
    "Measure",
    "Moment",
    "Network",
    "Ranked",
    "Weight",
    "as_of",
    "bridges",
    "communities",
    "cut_points",
    "difference",
    "disagreements",
    "interests",
    "interests_to_turtle",
    "rank",
    "ranks_to_turtle",
    "rows",
    "tellings",
    "timeline",
    "to_networkx",
    "with_status",
]

_HOMES = {
    "Bridge": "kgraph.analysis.network.structure",
    "Community": "kgraph.analysis.network.structure",
    "Network": "kgraph.analysis.network.construction",
    "Ranked": "kgraph.analysis.network.centrality",
    "bridges": "kgraph.analysis.network.structure",
    "communities": "kgraph.analysis.network.structure",
    "cut_points": "kgraph.analysis.network.structure",
    "rank": "kgraph.analysis.network.centrality",
    "to_networkx": "kgraph.analysis.network.construction",
}

__getattr__ = on_first_use(__name__, _HOMES)
