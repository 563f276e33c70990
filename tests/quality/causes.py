"""Says why a claim is wrong or a fact was missed, as far as the gold tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.quality.names import fold
from tests.quality.scoring import DATES, VALUES, is_same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.quality.gold import Fact, Gold
    from tests.quality.scoring import Said

__all__ = ["why_missed", "why_wrong"]


def why_wrong(item: Said, gold: Gold) -> str:
    """The cause of a wrong claim, from its nearest gold fact."""
    facts = [fact for fact in gold.facts if fact.doc == item.doc]
    name = item.claim.predicate
    same = [fact for fact in facts if name in fact.predicates]
    if any(is_same_but_for_polarity(item, fact) for fact in same):
        return "polarity"
    if any(item.subject & fact.object and item.object & fact.subject for fact in same):
        return "turned round"
    if any(item.subject & fact.subject for fact in same):
        return "value" if name in VALUES | DATES else "object"
    if any(item.object & fact.object for fact in same if fact.object):
        return "subject"
    if any(item.subject & fact.subject and item.object & fact.object for fact in facts if fact.object):
        return "other predicate"
    unknown = not item.subject & gold.names.get(item.doc, frozenset())
    return "name" if unknown else "not stated"


def is_same_but_for_polarity(item: Said, fact: Fact) -> bool:
    """Whether only the denial differs."""
    ends = item.subject & fact.subject and (item.object & fact.object or not fact.object)
    return bool(ends) and item.claim.negative != fact.is_negative


def why_missed(fact: Fact, items: Sequence[Said], names: frozenset[str]) -> str:
    """The cause of a missed fact; `names` are those that extraction found in the article."""
    here = [item for item in items if item.doc == fact.doc]
    if not fact.subject & names or (fact.object and not fact.object & names):
        return "name not found"
    same = [item for item in here if item.claim.predicate in fact.predicates]
    if any(is_same_but_for_polarity(item, fact) for item in same):
        return "polarity"
    quotes = [fact.record.get("quote", ""), *fact.record.get("also", [])]
    near = [item for item in same if any(fold(quote)[:30] in fold(item.claim.quote.exact) for quote in quotes if quote)]
    if near:
        return "argument or value"
    if any(item.subject & fact.subject and item.object & fact.object for item in here if not is_same(item, fact)):
        return "other predicate"
    return "no trigger"
