"""How far a fact is to be believed, and why: noisy-or over independent origins."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.fusion.origins import origins_of
from kgraph.fusion.sources import Sources, load_sources, outlet
from kgraph.fusion.votes import Vote, is_against, standing
from kgraph.model import ClaimId, Fact, Knowledge, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kgraph.model import Article, Claim

__all__ = ["Belief", "Origin", "belief_in", "explain", "votes_on"]

_CERTAIN = 0.995
"""No number of articles makes more than this."""
_DIGITS = 4
"""After the point, of all that is given away; the sum itself is made of unrounded weights."""
_LEAST = 10**-_DIGITS
"""What anybody said at all is worth: a confidence of 0 would say that it is known to be false."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One independent voice on a fact."""

    claims: tuple[ClaimId, ...]
    """All its claims, sorted: copies, repetitions, other articles of one outlet."""
    name: str
    """The outlet or speaker, or the id of the article where neither is known."""
    weight: float
    """Of its heaviest claim: confidence of reading times prior of the outlet times what a hedge leaves."""
    against: bool
    """Whether that claim denies the fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """The sum behind `Fact.confidence`.

    `support` is one minus the product of (1 - weight) over the origins for the fact,
    `opposition` the same over those against it, and
    `confidence = support (1 - opposition) / (1 - support * opposition)`, at least 0.0001.
    """

    support: float
    opposition: float
    confidence: float
    origins: tuple[Origin, ...]
    """The heaviest first."""


def votes_on(claims: Iterable[Claim], articles: Mapping[str, Article], sources: Sources) -> list[Vote]:
    """The claims on one key with what each counts, sorted by id."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    origin_of = {ordered[0].id: ordered[0].id} if len(ordered) == 1 else origins_of(ordered, articles, sources)
    return [
        Vote(
            claim=claim,
            date=articles[claim.article].date,
            origin=origin_of[claim.id],
            outlet=outlet(articles[claim.article].publisher or claim.article),
            weight=sources.weight(claim, articles[claim.article]),
        )
        for claim in ordered
    ]


def belief_in(votes: Sequence[Vote], articles: Mapping[str, Article], *, status: Status | None, negative: bool) -> Belief:
    """How far the votes support the matter as it stands: at that status, or denied."""
    denied = negative or status is Status.DENIED
    by_origin: dict[ClaimId, list[Vote]] = {}
    for vote in votes if denied else standing(votes, status):
        by_origin.setdefault(vote.origin, []).append(vote)
    found = [_origin(members, articles, denied=denied) for _, members in sorted(by_origin.items())]
    support, opposition = (_noisy_or(o.weight for o in found if o.against is side) for side in (False, True))
    confidence = support * (1 - opposition) / (1 - support * opposition)
    return Belief(
        support=round(support, _DIGITS),
        opposition=round(opposition, _DIGITS),
        confidence=max(round(confidence, _DIGITS), _LEAST),
        origins=tuple(
            replace(origin, weight=round(origin.weight, _DIGITS)) for origin in sorted(found, key=lambda o: (-o.weight, o.claims))
        ),
    )


def explain(fact: Fact, knowledge: Knowledge, *, sources: Sources | None = None) -> Belief:
    """The sum behind `fact.confidence`: which voices count, how much, and which are copies of one another."""
    wanted = set(fact.claims)
    articles = {article.id: article for article in knowledge.articles}
    votes = votes_on((claim for claim in knowledge.claims if claim.id in wanted), articles, sources or load_sources())
    return belief_in(votes, articles, status=fact.status, negative=fact.negative)


def _origin(votes: Sequence[Vote], articles: Mapping[str, Article], *, denied: bool) -> Origin:
    top = min(votes, key=lambda vote: (-vote.weight, vote.claim.id))
    article = articles[top.claim.article]
    return Origin(
        claims=tuple(vote.claim.id for vote in votes),
        name=top.claim.said_by or article.publisher or article.id,
        weight=top.weight,
        against=is_against(top.claim) is not denied,
    )


def _noisy_or(weights: Iterable[float]) -> float:
    """The chance that at least one of independent voices is right."""
    return min(1 - math.prod(sorted(1 - weight for weight in weights)), _CERTAIN)
