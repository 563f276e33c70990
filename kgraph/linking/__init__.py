"""Appearances to entities: one node for one thing, with reasons, and with a user's last word.

entities = link(appearances, claims, catalogue=load_catalogue(), judgements=read_judgements(path)).entities
"""

from kgraph.linking.corpus.index import LinkIndex
from kgraph.linking.decisions.curation import Listing, list_entities, merge, split
from kgraph.linking.decisions.judgements import format_judgements, read_judgements, write_judgements
from kgraph.linking.decisions.reconcile import Match, accept, reconcile
from kgraph.linking.names.catalogue import Catalogue, Entry, load_catalogue
from kgraph.linking.relinking import Relinking, relink
from kgraph.linking.resolution import RULES, Linking, link

__all__ = [
    "RULES",
    "Catalogue",
    "Entry",
    "LinkIndex",
    "Linking",
    "Listing",
    "Match",
    "Relinking",
    "accept",
    "format_judgements",
    "link",
    "list_entities",
    "load_catalogue",
    "merge",
    "read_judgements",
    "reconcile",
    "relink",
    "split",
    "write_judgements",
]
