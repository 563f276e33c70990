"""Claims and facts to RDF and back, stores, queries, proofs, validation.

`quads` and `knowledge` are inverse: what is written reads back equal.
"""

from kgraph.graph.answers import Answer
from kgraph.graph.changes import Changes
from kgraph.graph.deltas import Outdated, delta
from kgraph.graph.directories import OxigraphStore
from kgraph.graph.formats import RdfFormat, parse, serialise, to_rdflib
from kgraph.graph.locking import Unlocked
from kgraph.graph.mapping import quads
from kgraph.graph.names import Shortener
from kgraph.graph.parts import Part
from kgraph.graph.proofs import Evidence, Proof, why
from kgraph.graph.queries import StoredQuery, ask, bind, prepared, stored_queries, stored_query
from kgraph.graph.reading import knowledge
from kgraph.graph.storing import Store, counts, load, memory_store, open_store, save
from kgraph.graph.validation import Violation, validate
from kgraph.graph.vocabulary import query_prefixes

__all__ = [
    "Answer",
    "Changes",
    "Evidence",
    "Outdated",
    "OxigraphStore",
    "Part",
    "Proof",
    "RdfFormat",
    "Shortener",
    "Store",
    "StoredQuery",
    "Unlocked",
    "Violation",
    "ask",
    "bind",
    "counts",
    "delta",
    "knowledge",
    "load",
    "memory_store",
    "open_store",
    "parse",
    "prepared",
    "quads",
    "query_prefixes",
    "save",
    "serialise",
    "stored_queries",
    "stored_query",
    "to_rdflib",
    "validate",
    "why",
]
