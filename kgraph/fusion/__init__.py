"""Claims to facts: what all sources, together, support.

A fact depends on the claims with its key and on nothing else, so that adding an article
touches only the facts whose keys it touches, and the order of claims does not matter.
"""

from kgraph.fusion.belief import Belief, Origin, explain
from kgraph.fusion.facts import fuse, fuse_group, grouped
from kgraph.fusion.keys import Key, key_of, key_of_fact
from kgraph.fusion.sources import Sources, load_sources

__all__ = [
    "Belief",
    "Key",
    "Origin",
    "Sources",
    "explain",
    "fuse",
    "fuse_group",
    "grouped",
    "key_of",
    "key_of_fact",
    "load_sources",
]
