"""The only reader of `ontology/`: namespaces, predicate rules, statuses, hedges, lexicon.

Load once and pass the `Ontology` on; it is plain values, so it can be sent to other processes.
"""

from kgraph.ontology.loading import directory, load, stamped
from kgraph.ontology.rules import Hedge, ObjectKind, Ontology, PredicateRule, StatusRule
from kgraph.ontology.triples import KG, Triples

__all__ = ["KG", "Hedge", "ObjectKind", "Ontology", "PredicateRule", "StatusRule", "Triples", "directory", "load", "stamped"]
