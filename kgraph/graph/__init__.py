"""Claims and facts to RDF and back, stores, queries, proofs, validation.

`quads` and `knowledge` are inverse: what is written reads back equal.
"""

from kgraph.graph.formats import RdfFormat, parse, serialise
from kgraph.graph.mapping import quads
from kgraph.graph.names import known_prefixes
from kgraph.graph.reading import knowledge

__all__ = ["RdfFormat", "knowledge", "known_prefixes", "parse", "quads", "serialise"]
