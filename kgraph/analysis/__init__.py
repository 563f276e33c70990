"""Facts to answers: where sources part ways, where interests collide, who stands in the middle.

Functions of `Knowledge` and `Ontology` that give frozen values; networkx is used here and nowhere else.
"""

from kgraph.analysis.colliding import Interest, interests
from kgraph.analysis.history import Change, Moment, difference, timeline
from kgraph.analysis.links import Link
from kgraph.analysis.matters import Matter, Matters
from kgraph.analysis.network import Network, Weight, to_networkx
from kgraph.analysis.ranking import Bridge, Community, Measure, Ranked, bridges, communities, cut_points, rank
from kgraph.analysis.statements import interests_to_turtle, ranks_to_turtle
from kgraph.analysis.tables import fact_rows, rows
from kgraph.analysis.tellings import tellings
from kgraph.analysis.verdicts import disagreements
from kgraph.analysis.viewing import as_of, with_status

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
