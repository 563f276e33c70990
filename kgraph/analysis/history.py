"""How things came to be: the timeline of one thing, and what changed between two graphs."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, cast

from kgraph.model import ClaimId, EntityId, Fact, FactId, Knowledge, Quantity, Status
from kgraph.period import Period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from kgraph.model import Claim

__all__ = ["Change", "Moment", "difference", "timeline"]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact that a graph has and another has not, or has otherwise."""

    kind: str
    """gained, lost, changed or renamed: told by the same claims under another name, as of a thing that was merged."""
    fact: FactId
    """Its later name."""
    before: Fact | None
    after: Fact | None
    fields: tuple[str, ...]
    """What changed; empty where the fact is new or gone."""
    quotes: tuple[tuple[str, str], ...]
    """Article and words of each claim that came or went."""


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
    if any(_content(value) == _content(whole) for _, value in known):
        return cast("Quantity", whole)
    return min(known, key=lambda pair: (-pair[0].confidence, pair[0].id))[1] if known else None


def _day(date: str | None) -> str:
    period = Period.of(date) if date else None
    return period.anchor.isoformat() if period else date or _LAST


def difference(old: Knowledge, new: Knowledge) -> tuple[Change, ...]:
    """The facts gained, lost, changed and renamed, sorted by fact; a fact whose confidence alone moved has not changed."""
    before, after = ({fact.id: fact for fact in side.facts} for side in (old, new))
    words = _words(old) | _words(new)
    renamed = _renamed([before[name] for name in before.keys() - after.keys()], [after[name] for name in after.keys() - before.keys()])
    found = []
    for name in sorted((before.keys() | after.keys()) - {fact.id for fact in renamed.values()}):
        one, other = renamed.get(name) or before.get(name), after.get(name)
        changed = _changed(one, other) if one and other else ()
        if one and other and not changed and name not in renamed:
            continue
        moved = set(one.claims if one else ()) ^ set(other.claims if other else ())
        found.append(
            Change(
                kind="renamed" if name in renamed else "changed" if one and other else "gained" if other else "lost",
                fact=name,
                before=one,
                after=other,
                fields=changed,
                quotes=tuple(words[claim] for claim in sorted(moved)),
            )
        )
    return tuple(found)


def _renamed(gone: Iterable[Fact], come: Iterable[Fact]) -> dict[FactId, Fact]:
    """By the new name, the facts that go on under it: they share a claim, the one that shares most going first."""
    supported: dict[ClaimId, Fact] = {claim: fact for fact in gone for claim in fact.claims}
    pairs = {(fact.id, old.id): (fact, old) for fact in come for claim in fact.claims if (old := supported.get(claim))}
    found: dict[FactId, Fact] = {}
    taken: set[FactId] = set()
    for (new_id, old_id), (new, old) in sorted(
        pairs.items(), key=lambda item: (-len({*item[1][0].claims} & {*item[1][1].claims}), item[0])
    ):
        if new_id not in found and old_id not in taken and new.predicate == old.predicate:
            found[new_id] = old
            taken.add(old_id)
    return found


def _words(knowledge: Knowledge) -> dict[ClaimId, tuple[str, str]]:
    return {claim.id: (claim.article, claim.quote.exact) for claim in knowledge.claims}


def _changed(before: Fact, after: Fact) -> tuple[str, ...]:
    """The fields that say something else; how a figure is worded does not count."""
    names = (field.name for field in fields(Fact) if field.name not in ("id", "confidence", "claims"))
    return tuple(name for name in names if _content(getattr(before, name)) != _content(getattr(after, name)))


def _content(value: object) -> object:
    return (value.unit, value.value, value.low, value.high) if isinstance(value, Quantity) else value
