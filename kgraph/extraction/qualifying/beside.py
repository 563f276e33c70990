"""What stands right beside an argument is its own, whatever is said of the others: "bought Beta in 2015 and Gamma in 2018"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.spans import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from kgraph.extraction.spans import Amount, Candidate, Moment

__all__ = ["date_beside", "price_beside", "share_beside"]


def date_beside(doc: Doc, candidate: Candidate, moments: Sequence[Moment]) -> Moment | None:
    """The date of one of several: "bought Beta in 2015 and Gamma in 2018"."""
    other = candidate.object
    if not isinstance(other, Mention) or doc[other.head].dep_ != "conj" or other.end >= len(doc):
        return None
    if doc[other.end].lower_ not in {"in", "on", "("}:
        return None
    return next((moment for moment in moments if moment.start in {other.end, other.end + 1}), None)


def price_beside(doc: Doc, candidate: Candidate, amounts: Sequence[Amount]) -> Amount | None:
    """The price of one of several: "bought Beta for $2m and Gamma for $3m", "put $2m into Beta and $3m into Gamma"."""
    other = candidate.object
    if not isinstance(other, Mention):
        return None
    if other.end < len(doc) and doc[other.end].lower_ == "for":
        return next((amount for amount in amounts if amount.start == other.end + 1), None)
    if other.start and doc[other.start - 1].lower_ in {"in", "into"}:
        return next((amount for amount in amounts if amount.end == other.start - 1), None)
    return None


def share_beside(doc: Doc, candidate: Candidate, shares: Sequence[Amount]) -> Amount | None:
    """The share of one of several: "owned 85% by Acme and 15% by Beta", "Acme (85%) and Beta (15%)", "owns 85% of Acme and 15% of Beta"."""
    holder, house = candidate.subject, candidate.object
    before = holder.start - 1
    if holder.start and doc[before].lower_ == "by":
        return next((share for share in shares if share.end == before), None)
    if holder.end < len(doc) and doc[holder.end].text == "(":
        return next((share for share in shares if share.start == holder.end + 1), None)
    if isinstance(house, Mention) and house.start and doc[house.start - 1].lower_ in {"of", "in"}:
        return next((share for share in shares if share.end == house.start - 1), None)
    return None
