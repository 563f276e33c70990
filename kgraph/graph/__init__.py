"""Claims and facts to RDF and back, stores, queries, proofs, validation.

`quads` and `knowledge` are inverse: what is written reads back equal.
"""

from kgraph.graph.proofs import Evidence, Proof, why
from kgraph.graph.queries import StoredQuery, ask, bind, prepared, stored_queries, stored_query
from kgraph.graph.rdf.formats import RdfFormat, parse, serialise, to_rdflib
from kgraph.graph.rdf.iris import Shortener
from kgraph.graph.rdf.reading import knowledge
from kgraph.graph.rdf.vocabulary import query_prefixes
from kgraph.graph.rdf.writing import quads
from kgraph.graph.sparql.answers import Answer
from kgraph.graph.stores.changes import Changes
from kgraph.graph.stores.deltas import Outdated, delta
from kgraph.graph.stores.directories import OxigraphStore
from kgraph.graph.stores.locking import Unlocked
from kgraph.graph.stores.parts import Part
from kgraph.graph.stores.store import Store, counts, load, memory_store, open_store, save
from kgraph.graph.validation import Violation, validate

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
