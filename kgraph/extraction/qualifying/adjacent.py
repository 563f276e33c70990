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
    """The date of one of several: "bought Beta in 2015 and Gamma in 2018", "sold to Beta in 2015 and to Gamma in 2018"."""
    for end in (candidate.object, candidate.subject):
        is_last = isinstance(end, Mention) and doc[end.head].dep_ == "conj" and end.end < len(doc)
        if not is_last or end is None or doc[end.end].lower_ not in {"in", "on", "("}:
            continue
        found = next((moment for moment in moments if moment.start in {end.end, end.end + 1}), None)
        if found is not None:
            return found
    return None


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
    after = _link_after(doc, holder)
    if after is not None:
        return next((share for share in shares if share.start == after + 1), None)
    if isinstance(house, Mention) and house.start and doc[house.start - 1].lower_ in {"of", "in"}:
        return next((share for share in shares if share.end == house.start - 1), None)
    return None


def _link_after(doc: Doc, holder: Mention) -> int | None:
    """Where a bracket, or "with" and perhaps a comma before it, goes on from a holder's name to its share."""
    place = holder.end
    if place + 1 < len(doc) and doc[place].text == "," and doc[place + 1].lower_ == "with":
        place += 1
    return place if place < len(doc) and (doc[place].text == "(" or doc[place].lower_ == "with") else None
