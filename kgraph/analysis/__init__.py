"""Facts to answers: where sources part ways, where interests collide, who stands in the middle.

Functions of `Knowledge` and `Ontology` that give frozen values; networkx is used here and nowhere else.
"""

from kgraph.analysis.conflict_of_interest.detection import Interest, interests
from kgraph.analysis.conflict_of_interest.links import Link
from kgraph.analysis.disagreement.by_source import tellings
from kgraph.analysis.disagreement.detection import disagreements
from kgraph.analysis.disagreement.matters import Matter, Matters
from kgraph.analysis.history.changes import Change, difference
from kgraph.analysis.history.timelines import Moment, timeline
from kgraph.analysis.network.centrality import Ranked, rank
from kgraph.analysis.network.construction import Network, to_networkx
from kgraph.analysis.network.structure import Bridge, Community, bridges, communities, cut_points
from kgraph.analysis.results.rows import fact_rows, rows
from kgraph.analysis.results.turtle import interests_to_turtle, ranks_to_turtle
from kgraph.analysis.views import as_of, with_status
from kgraph.choices import Measure, Weight

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
    "fact_rows",
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
