"""Finds facts that cannot, or can hardly, hold together, and facts that are one matter told twice."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING

from kgraph.analysis.disagreement.comparison import gap_of
from kgraph.analysis.disagreement.context import OPEN, Clash, Context
from kgraph.analysis.disagreement.matters import Matters
from kgraph.model import EntityId, EntityType, Fact, Quantity, Status, Verdict
from kgraph.ontology.currencies import measure
from kgraph.ontology.roles import office
from kgraph.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["clashes_between"]

_MOST = 24
"""Facts between the same two things that are compared."""


def clashes_between(facts: Iterable[Fact], context: Context) -> Iterator[Clash]:
    """All clashes among `facts`, in an order that depends on the facts alone."""
    asserted = (fact for fact in facts if not fact.negative and fact.status not in (Status.DENIED, Status.TERMINATED))
    for matter, group in Matters(context.ontology).grouped(asserted).items():
        if len(group) == 1:  # most of millions
            continue
        if not matter.predicates:
            yield from _one_pair(group, context)
        elif len(matter.predicates) > 1:
            yield from _incompatible_values(group, context)
        elif matter.object is None:
            yield from _one_subject(matter.predicates[0], group, context)
        else:
            yield from _one_object(matter.predicates[0], group, context)


def _one_subject(predicate: str, group: Sequence[Fact], context: Context) -> Iterator[Clash]:
    """Facts that share subject and predicate."""
    rule = context.ontology.predicates[predicate]
    if rule.object_types:
        yield from _rival_values(group, "object", context)
    elif any(isinstance(fact.object, Quantity) for fact in group):
        yield from _figures(group, context)


def _one_object(predicate: str, group: Sequence[Fact], context: Context) -> Iterator[Clash]:
    """Facts that share predicate and object."""
    rule = context.ontology.predicates[predicate]
    if Status.CURRENT in rule.statuses:
        yield from _office_holders(group, context)
    elif rule.inverse_functional:
        yield from _rival_values(group, "subject", context)
    if rule.is_event or "stake" in rule.qualifiers:
        yield from _actors(group, context)


def _figures(group: Sequence[Fact], context: Context) -> Iterator[Clash]:
    """Figures that a reader could take for contradictory, though their scopes differ or may differ."""
    for left, right in context.pairs(group):
        one, other = left.object, right.object
        if not isinstance(one, Quantity) or not isinstance(other, Quantity) or measure(one.unit) != measure(other.unit):
            continue
        if context.articles(left) & context.articles(right):
            continue  # an author who tells both tells them apart
        apart = _apart_in_time(left, right)
        if apart or (apart is None and (context.days_apart(left, right) or 0) > context.rules.change_days):
            continue  # a series, not a difference
        gap = gap_of(one, other)
        if gap == 0 and one.qualifier == other.qualifier:
            continue
        why = f"{context.both(left, right)}: {_scopes(left, right)}, so that the one may be part of the other."
        yield Clash(Verdict.SCOPE_MISMATCH, _scope_property(left, right), (left, right), 1, why, gap)


def _apart_in_time(left: Fact, right: Fact) -> bool | None:
    """Whether two figures are for different times; None where either does not say."""
    for one, other in ((left.period, right.period), (left.when, right.when)):
        days = Period.of(one) if one else None, Period.of(other) if other else None
        if days[0] and days[1]:
            return not days[0].overlaps(days[1])
    return None


def _scopes(left: Fact, right: Fact) -> str:
    if left.purpose and right.purpose and left.purpose != right.purpose:
        return "they are for different purposes"
    if (left.period or left.when) and (right.period or right.when):
        return "nothing says that they are the same sum"
    return "not both say for which time"


def _scope_property(left: Fact, right: Fact) -> str:
    return "purpose" if left.purpose and right.purpose and left.purpose != right.purpose else "object"


def _actors(group: Sequence[Fact], context: Context) -> Iterator[Clash]:
    """One deed ascribed to a person and his organisation, or to a part and its whole."""
    by_subject = defaultdict(list)
    for fact in group:
        by_subject[fact.subject].append(fact)
    for subject in sorted(by_subject):
        for whole in sorted(context.represented.get(subject, ())):
            for left in by_subject[subject]:
                for right in by_subject.get(whole, ()):
                    if not _apart_in_time(left, right):
                        yield _actor(left, right, context)


def _actor(left: Fact, right: Fact, context: Context) -> Clash:
    """`left` is the act of the person or part, `right` that of the organisation or whole."""
    one, other = context.label(left.subject), context.label(right.subject)
    facts = (left, right) if left.id < right.id else (right, left)
    known = context.entities.get(left.subject)
    if known is not None and known.type is EntityType.PERSON:
        why = f"{context.sentence(left)} and {context.sentence(right)}: {one} likely acts for {other}, and this is one deal, not two."
        return Clash(Verdict.ACTOR_DIFFERENCE, "subject", facts, 1, why)
    why = f"{context.sentence(left)} and {context.sentence(right)}: {one} is a part of {other}, and the more precise name."
    return Clash(Verdict.MORE_PRECISE, "subject", facts, 0, why)


def _one_pair(group: Sequence[Fact], context: Context) -> Iterator[Clash]:
    """Facts between the same two things."""
    for left, right in combinations(sorted(group, key=lambda fact: fact.id)[:_MOST], 2):
        rule, other = (context.ontology.predicates[fact.predicate] for fact in (left, right))
        one_way = left.subject == right.subject or rule.symmetric or other.symmetric
        if other.name in rule.alternatives and one_way and not context.articles(left) & context.articles(right):
            yield _kinds(left, right, context)  # an article that tells both calls one deal by two names, or tells them apart
        if left.status in OPEN or right.status in OPEN:
            continue
        both = context.both(left, right)
        if rule is other and rule.asymmetric and left.subject != right.subject:
            severity = _severity(left, right, context)
            yield Clash(Verdict.DIRECTION_CONFLICT, rule.name, (left, right), severity, f"{both}: it cannot go both ways.")
        if other.name in rule.disjoint:
            verdict = Verdict.SUPERSESSION if context.in_turn(left, right) else Verdict.DISJOINT_CONFLICT
            severity = 1 if verdict is Verdict.SUPERSESSION else 2
            yield Clash(verdict, rule.name, (left, right), severity, f"{both}: these exclude each other.")


def _severity(left: Fact, right: Fact, context: Context) -> int:
    """3 where both are reported for the same time, 2 where one may have succeeded the other."""
    apart = context.days_apart(left, right)
    return 2 if apart is None or apart > context.rules.change_days or not context.are_sure(left, right) else 3


def _kinds(left: Fact, right: Fact, context: Context) -> Clash:
    """One deal, called by two names: an investment and an acquisition."""
    stakes = [
        fact.stake.text for fact in (left, right) if fact.stake and fact.stake.high and float(fact.stake.high) <= context.rules.minority
    ]
    loose = f"a share of {stakes[0]} is no takeover" if stakes else "the sources call one deal by two names, or there are two"
    why = f"{context.both(left, right)}: {loose}."
    return Clash(Verdict.SCOPE_MISMATCH, left.predicate, (left, right), 1, why)


def _rival_values(group: Sequence[Fact], end: str, context: Context) -> Iterator[Clash]:
    """Facts of which only one can hold at a time."""
    for left, right in context.pairs([fact for fact in group if fact.status not in OPEN]):
        one, other = EntityId(str(getattr(left, end))), EntityId(str(getattr(right, end)))
        if one == other or _tied(one, other, context) or _is_shared(left, right, context):
            continue
        both = context.both(left, right)
        if _are_places(one, other, context):
            yield Clash(Verdict.PRECISION_DIFFERENCE, end, (left, right), 1, f"{both}: one place may lie in the other.")
        elif _names_overlap(one, other, context):
            yield Clash(Verdict.PRECISION_DIFFERENCE, end, (left, right), 1, f"{both}: one may be the fuller name of the other.")
        elif context.in_turn(left, right):
            yield Clash(Verdict.SUPERSESSION, end, (left, right), 1, f"{both}: told at different times, the later may hold now.")
        else:
            yield Clash(Verdict.FUNCTIONAL_CONFLICT, end, (left, right), 2, f"{both}: only one should hold at a time.")


def _tied(one: EntityId, other: EntityId, context: Context) -> bool:
    return other in context.represented.get(one, ()) or one in context.represented.get(other, ())


def _is_shared(left: Fact, right: Fact, context: Context) -> bool:
    """Whether one article tells both (a joint purchase), or the stakes leave room for both."""
    stakes = [fact.stake.low for fact in (left, right) if fact.stake and fact.stake.low is not None]
    return bool(context.articles(left) & context.articles(right)) or (bool(stakes) and sum(stakes) < 1)


def _are_places(one: EntityId, other: EntityId, context: Context) -> bool:
    return all((known := context.entities.get(end)) is not None and known.type is EntityType.PLACE for end in (one, other))


def _names_overlap(one: EntityId, other: EntityId, context: Context) -> bool:
    """Whether all words of one name are in the other: a firm and its unit, or one thing that linking did not merge."""
    left, right = (set(context.label(end).casefold().split()) for end in (one, other))
    return left <= right or right <= left


def _office_holders(group: Sequence[Fact], context: Context) -> Iterator[Clash]:
    """Two holders of one office."""
    by_office: dict[str, list[Fact]] = defaultdict(list)
    for fact in group:
        if fact.role and fact.status is Status.CURRENT and (held := office(fact.role)).exclusive:
            by_office[held.name].append(fact)
    for name, holders in sorted(by_office.items()):
        for left, right in context.pairs(holders):
            if left.subject == right.subject:
                continue
            both = context.both(left, right)
            if context.in_turn(left, right):
                yield Clash(Verdict.SUPERSESSION, "role", (left, right), 0, f"{both}: told at different times, one followed the other.")
            elif _is_handed_over(left, right, context):
                why = f"{both}: an article tells both and that the office changes hands."
                yield Clash(Verdict.SUPERSESSION, "role", (left, right), 1, why)
            else:
                severity, how = _holders(left, right, context)
                why = f"{both}: {how}, though an organisation has one {name}."
                yield Clash(Verdict.FUNCTIONAL_CONFLICT, "role", (left, right), severity, why)


def _holders(left: Fact, right: Fact, context: Context) -> tuple[int, str]:
    """How grave it is that two hold one office, and how it is told."""
    if context.in_one_sentence(left, right):
        return 1, "one sentence names both"
    if context.articles(left) & context.articles(right):
        return 2, "one article names both, so that one may head a part"
    near = context.days_near(left, right)
    if near is None or near > context.rules.once_days:
        return 2, "the sources do not say which came first"
    return (3, "at once") if context.are_sure(left, right) else (2, "at once, if both are read rightly")


def _is_handed_over(left: Fact, right: Fact, context: Context) -> bool:
    """Whether an article that names both tells of one who comes or goes."""
    shared = context.articles(left) & context.articles(right)
    told = (context.claims[claim] for fact in (left, right) for claim in fact.claims)
    return any(claim.article in shared and claim.status in (Status.INCOMING, Status.FORMER) for claim in told)


def _incompatible_values(group: Sequence[Fact], context: Context) -> Iterator[Clash]:
    """Figures of one subject under predicates that exclude each other: a profit and a loss of one period."""
    by_predicate = defaultdict(list)
    for fact in group:
        by_predicate[fact.predicate].append(fact)
    for one, other in combinations(sorted(by_predicate), 2):
        if other not in context.ontology.predicates[one].disjoint:
            continue
        for left, right in product(by_predicate[one], by_predicate[other]):
            if left.period and left.period == right.period and not context.articles(left) & context.articles(right):
                why = f"{context.both(left, right)}: for one period these exclude each other."
                yield Clash(Verdict.DISJOINT_CONFLICT, one, (left, right), 2, why)
