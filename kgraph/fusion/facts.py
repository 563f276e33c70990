"""Fuses the claims on each key into facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.fusion.belief import belief_in, votes_on
from kgraph.fusion.events import names, round_name, told_apart
from kgraph.fusion.keys import Key, entity_ids, key_of
from kgraph.fusion.sources import EventRules, Sources, event_rules, load_sources
from kgraph.fusion.votes import Vote, date_of, heaviest, is_against, quantity_of, standing, text_of
from kgraph.model import Fact, FactId, Quantity, Status
from kgraph.ontology.cues import load_status_cues
from kgraph.period import Period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kgraph.model import Article, Claim, ClaimId, Entity, EntityId
    from kgraph.ontology import Ontology

__all__ = ["fuse", "fuse_group", "grouped"]


def fuse(
    articles: Iterable[Article],
    claims: Iterable[Claim],
    entities: Iterable[Entity],
    ontology: Ontology,
    *,
    sources: Sources | None = None,
) -> tuple[Fact, ...]:
    """The facts that `claims` support, sorted by id; the same for any order of claims.

    A fact depends only on the claims with its key (see `grouped`), so that all claims of
    some keys give the same facts for them as all claims of all keys.
    """
    known = {article.id: article for article in articles}
    weights = sources or load_sources()
    groups = grouped(claims, entities, ontology)
    facts = (fact for key, group in groups.items() for fact in fuse_group(key, group, known, ontology, weights))
    return tuple(sorted(facts, key=lambda fact: fact.id))


def grouped(claims: Iterable[Claim], entities: Iterable[Entity], ontology: Ontology) -> dict[Key, list[Claim]]:
    """The claims on each key: what can be fused by itself, anywhere."""
    entity_of = entity_ids(entities)
    groups: dict[Key, list[Claim]] = {}
    for claim in claims:
        if (key := key_of(claim, entity_of, ontology)) is not None:
            groups.setdefault(key, []).append(claim)
    return groups


def fuse_group(key: Key, claims: Sequence[Claim], articles: Mapping[str, Article], ontology: Ontology, sources: Sources) -> Iterator[Fact]:
    """The facts of one key: one, unless its claims tell of several events."""
    rules = event_rules()
    votes = votes_on(claims, articles, sources)
    found = told_apart(votes, ontology.predicates[key.predicate], rules)
    stem = "-".join(part for part in key if part)
    for event, name in zip(found, names(found), strict=True):
        own = votes if len(found) == 1 else votes_on((vote.claim for vote in event.votes), articles, sources)
        yield _fact(key, FactId(f"{stem}-{name}" if name else stem), own, articles, ontology, rules)


def _fact(key: Key, name: FactId, votes: Sequence[Vote], articles: Mapping[str, Article], ontology: Ontology, rules: EventRules) -> Fact:
    pro = [vote for vote in votes if not is_against(vote.claim)]
    negative, status = _verdict(votes, pro, ontology, rules)
    denied = negative or status is Status.DENIED
    telling = [vote for vote in votes if is_against(vote.claim)] if denied else pro
    stage = ontology.statuses[status].stage if status else 0
    may_move = status is None and not any(vote.claim.period or vote.claim.when for vote in telling)

    named = [vote for vote in telling if vote.claim.round and round_name(vote.claim.round, rules)]

    def weigh(vote: Vote) -> float:
        behind = vote.claim.status is not None and ontology.statuses[vote.claim.status].stage < stage
        return vote.weight * (rules.earlier_stage if behind else 1.0)

    def figure(field: str) -> Quantity | None:
        said = [(quantity, vote) for vote in telling if isinstance(quantity := getattr(vote.claim, field), Quantity)]
        return quantity_of(said, weigh, moved_days=rules.moved_days if may_move else None)

    return Fact(
        id=name,
        subject=key.subject,
        predicate=key.predicate,
        object=_object(key, telling, figure("object")),
        confidence=belief_in(votes, articles, status=status, negative=negative).confidence,
        claims=tuple(vote.claim.id for vote in votes),
        status=status,
        negative=negative,
        amount=figure("amount"),
        stake=figure("stake"),
        when=_when(telling, status),
        period=date_of(telling, "period"),
        role=text_of(telling, "role"),
        seller=text_of(telling, "seller"),
        purpose=text_of(telling, "purpose"),
        round=text_of(named or telling, "round"),
        service=text_of(telling, "service"),
    )


def _when(votes: Sequence[Vote], status: Status | None) -> str | None:
    """The date that those tell who tell of the status; others, for the day of a rumour is not that of the deed, only as they agree."""
    own = date_of([vote for vote in votes if vote.claim.status is status], "when")
    day = Period.of(own) if own else None
    if day is None:
        return own or date_of(votes, "when")
    return date_of([vote for vote in votes if (told := Period.of(vote.claim.when or "")) and told.overlaps(day)], "when")


def _object(key: Key, votes: Sequence[Vote], figure: Quantity | None) -> EntityId | Quantity | str | bool:
    if key.object is not None:
        return key.object
    return figure or date_of(votes, "object") or True


def _verdict(votes: Sequence[Vote], pro: Sequence[Vote], ontology: Ontology, rules: EventRules) -> tuple[bool, Status | None]:
    """Whether the fact is a negative one, and its status."""
    status = _furthest(pro, ontology, rules)
    against = [vote for vote in standing(votes, status) if is_against(vote.claim)]
    for_, contra = (heaviest(("", vote.origin, vote.weight) for vote in side).get("", 0.0) for side in (pro, against))
    stage = ontology.statuses[status].stage if status else rules.denied_until + 1
    prevails = contra > for_ or (stage <= rules.denied_until and _has_last_word(against, pro))
    if not prevails:
        return False, status
    if any(vote.claim.status is Status.DENIED for vote in against):
        return False, Status.DENIED
    return True, _furthest(against, ontology, rules)


def _has_last_word(against: Sequence[Vote], pro: Sequence[Vote]) -> bool:
    """Whether nobody still says so after the last dated denial."""
    denials = [vote.date for vote in against if vote.date]
    return bool(denials) and not any(vote.date is not None and vote.date > max(denials) for vote in pro)


def _furthest(votes: Sequence[Vote], ontology: Ontology, rules: EventRules) -> Status | None:
    """The furthest stage that enough of the weight supports, counted since that stage was first told.

    Earlier articles could not know of it, so that they do not count against it.
    """
    told = [(vote, vote.claim.status) for vote in votes if vote.claim.status is not None]
    for status in sorted({status for _, status in told}, key=lambda s: (-ontology.statuses[s].stage, s)):
        stage = ontology.statuses[status].stage
        reached = [vote for vote, said in told if ontology.statuses[said].stage >= stage]
        if status is Status.TERMINATED and _was_done_after_all(told):
            continue
        start = min((vote.date for vote in reached if vote.date), default=None)
        current = [vote for vote, _ in told if start is None or vote.date is None or vote.date >= start]
        if _share(reached, current) >= rules.share:
            return status
    return None


def _was_done_after_all(told: Sequence[tuple[Vote, Status]]) -> bool:
    """Whether completion was reported after cancellation; what lasts, like a partnership, ends after it was reported and is left out."""
    days: dict[Status, dt.date] = {}
    for vote, status in told:
        if vote.date is not None and vote.claim.predicate not in load_status_cues().ongoing:
            days[status] = max(vote.date, days.get(status, vote.date))
    done, off = days.get(Status.COMPLETED), days.get(Status.TERMINATED)
    return done is not None and off is not None and done > off


def _share(reached: Sequence[Vote], current: Sequence[Vote]) -> float:
    """The part of the weight that `reached` has of `current`; an origin that says several things divides its own among them."""
    yes = {vote.claim.id for vote in reached}
    by_origin: dict[ClaimId, list[Vote]] = {}
    for vote in current:
        by_origin.setdefault(vote.origin, []).append(vote)
    total = support = 0.0
    for _, votes in sorted(by_origin.items()):
        weight = max(vote.weight for vote in votes)
        total += weight
        support += weight * sum(vote.weight for vote in votes if vote.claim.id in yes) / sum(vote.weight for vote in votes)
    return support / total
