"""Which RDF property holds which field: the one table that writing and reading share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.graph.rdf.iris import kg, term
from kgraph.model import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from pyoxigraph import NamedNode

__all__ = ["CITO", "DATES", "QUANTITIES", "VERDICT_CLASSES", "WORDS", "concern", "concerned", "implied_qualifier", "local"]

QUANTITIES = ("amount", "stake")
"""Fields of claims and facts that are quantities."""

DATES = ("when", "period")
"""Fields that are EDTF dates."""

WORDS = ("role", "seller", "purpose", "round", "service")
"""Fields that are the article's words."""

VERDICT_CLASSES: Mapping[Verdict, NamedNode] = {
    verdict: kg({Verdict.AGREES: "Agreement", Verdict.MORE_PRECISE: "Refinement"}.get(verdict, verdict[0].upper() + verdict[1:]))
    for verdict in Verdict
}
"""The class of a disagreement."""

CITO: Mapping[Verdict, NamedNode] = {
    Verdict.AGREES: term("cito:agreesWith"),
    Verdict.MORE_PRECISE: term("cito:agreesWith"),
    Verdict.SUPERSESSION: term("cito:updates"),
    Verdict.INTERVAL_MISMATCH: term("cito:disputes"),
    Verdict.VALUE_CONFLICT: term("cito:disputes"),
    Verdict.DATE_CONFLICT: term("cito:disputes"),
    Verdict.POLARITY_CONFLICT: term("cito:disputes"),
    Verdict.FUNCTIONAL_CONFLICT: term("cito:disputes"),
    Verdict.DIRECTION_CONFLICT: term("cito:disputes"),
    Verdict.DISJOINT_CONFLICT: term("cito:disputes"),
}
"""How one claim speaks to another; the other verdicts say nothing that CiTO has a word for."""

_CONCERNS = {"status": kg("modality"), "object": term("rdf:object"), "subject": term("rdf:subject")}


def concern(name: str) -> NamedNode:
    """The property that a disagreement is about.

    >>> concern("status").value, concern("amount").value
    ('https://w3id.org/kgraph/ontology#modality', 'https://w3id.org/kgraph/ontology#amount')
    """
    return _CONCERNS.get(name) or kg(name)


def concerned(iri: str) -> str:
    """The inverse of `concern`."""
    names = {node.value: name for name, node in _CONCERNS.items()}
    return names.get(iri) or local(iri)


def local(iri: str) -> str:
    """The part of an IRI after the last `#` or `/`."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def implied_qualifier(value: Decimal | None) -> str:
    """The qualifier of a quantity that states none."""
    return "range" if value is None else "exactly"
