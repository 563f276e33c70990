"""The timeline of one thing: the stages of its facts, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from kgraph.analysis.history.changes import content
from kgraph.model import ClaimId, EntityId, Fact, FactId, Knowledge, Quantity, Status
from kgraph.period import Period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from kgraph.model import Claim

__all__ = ["Moment", "timeline"]

_LAST = "9999"
"""Sorts what has no date to the end."""

_ORDER: dict[Status | None, int] = {status: place for place, status in enumerate(Status)}
"""Of one day, the earlier stage comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One stage of one fact, when it was first told."""

    date: str | None
    """EDTF: when it happened where the claims say so, else the first day of publication."""
    stated: bool
    """Whether `date` is what the texts say, rather than when they appeared."""
    fact: FactId
    status: Status | None
    told: Fact
    """The fact as this stage tells it: with its status and its sums, not those that came later."""
    claims: tuple[ClaimId, ...]
    """All claims that tell this stage, sorted."""
    quote: str
    """The words of the first of them."""


def timeline(knowledge: Knowledge, entity: EntityId) -> tuple[Moment, ...]:
    """The stages of all facts about `entity`, in the order of time; what has no date comes last."""
    claims = {claim.id: claim for claim in knowledge.claims}
    published = {article.id: article.date for article in knowledge.articles}
    moments = [
        moment
        for fact in knowledge.facts
        if entity in (fact.subject, fact.object)
        for moment in _stages(fact, [claims[claim] for claim in fact.claims], published)
    ]
    return tuple(sorted(moments, key=lambda moment: (_day(moment.date), moment.fact, _ORDER.get(moment.status, 0))))


def _stages(fact: Fact, claims: Iterable[Claim], published: Mapping[str, dt.date | None]) -> Iterable[Moment]:
    by_status: dict[Status | None, list[Claim]] = {}
    for claim in claims:
        by_status.setdefault(claim.status, []).append(claim)
    for status, told in by_status.items():
        said = sorted((claim.when for claim in told if claim.when), key=_day)
        days = sorted(day.isoformat() for claim in told if (day := published[claim.article]))
        first = min(told, key=lambda claim: (str(published[claim.article] or _LAST), claim.id))
        stated = next(iter(said), None) or (fact.object if isinstance(fact.object, str) and Period.of(fact.object) else None)
        yield Moment(
            date=stated or next(iter(days), None),
            stated=stated is not None,
            fact=fact.id,
            status=status,
            told=replace(fact, status=status, amount=_sum(fact, told, "amount"), stake=_sum(fact, told, "stake")),
            claims=tuple(sorted(claim.id for claim in told)),
            quote=first.quote.exact,
        )


def _sum(fact: Fact, told: Iterable[Claim], field: str) -> Quantity | None:
    """The amount or stake of one stage: that of the fact where a claim of the stage has it, else that of the surest claim which has one."""
    known = [(claim, value) for claim in told if (value := getattr(claim, field)) is not None]
    whole = getattr(fact, field)
    if any(content(value) == content(whole) for _, value in known):
        return cast("Quantity", whole)
    return min(known, key=lambda pair: (-pair[0].confidence, pair[0].id))[1] if known else None


def _day(date: str | None) -> str:
    period = Period.of(date) if date else None
    return period.anchor.isoformat() if period else date or _LAST
