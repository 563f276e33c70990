"""Parts of a graph that are graphs: as known on a day, or confirmed only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kgraph.model import Knowledge, Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection

__all__ = ["as_of", "with_status"]


def as_of(knowledge: Knowledge, day: dt.date, *, derive: Callable[[Knowledge], Knowledge]) -> Knowledge:
    """What the articles published until `day` let one know; undated articles are left out.

    Entities, facts and disagreements follow from claims, so that `derive` makes them anew from the claims that are left.
    """
    articles = tuple(article for article in knowledge.articles if article.date is not None and article.date <= day)
    kept = {article.id for article in articles}
    return derive(
        replace(
            knowledge,
            articles=articles,
            appearances=tuple(appearance for appearance in knowledge.appearances if appearance.article in kept),
            claims=tuple(claim for claim in knowledge.claims if claim.article in kept),
            entities=(),
            facts=(),
            disagreements=(),
        )
    )


def with_status(knowledge: Knowledge, statuses: Collection[Status]) -> Knowledge:
    """The facts whose status is one of `statuses`, and states, which have none; claims and articles stay.

    Who asks for `completed` is also shown offices that are or were held.
    """
    wanted = {*statuses, *((Status.CURRENT, Status.FORMER) if Status.COMPLETED in statuses else ())}
    facts = tuple(fact for fact in knowledge.facts if not fact.negative and (fact.status is None or fact.status in wanted))
    kept = {fact.id for fact in facts}
    return replace(knowledge, facts=facts, disagreements=tuple(one for one in knowledge.disagreements if kept.issuperset(one.facts)))
