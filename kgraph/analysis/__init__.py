"""Facts to answers: where sources part ways, where interests collide, who stands in the middle.

Functions of `Knowledge` and `Ontology` that give frozen values; networkx is used here and nowhere else.
"""

from kgraph.analysis.colliding import Interest, interests
from kgraph.analysis.verdicts import disagreements

__all__ = ["Interest", "disagreements", "interests"]
