"""Tells two events apart that share subject, predicate and object: other years, rounds, offices, figures."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.fusion.keys import slug
from kgraph.model import Quantity, Status
from kgraph.ontology.currencies import measure
from kgraph.ontology.roles import may_be_one, office
from kgraph.period import Period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from kgraph.fusion.sources import EventRules
    from kgraph.fusion.votes import Vote
    from kgraph.ontology import PredicateRule

__all__ = ["Event", "names", "round_name", "told_apart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a claim limits itself to; None leaves it open."""

    role: str | None = None
    round: str | None = None
    purpose: frozenset[str] | None = None
    period: Period | None = None
    when: Period | None = None
    figure: Quantity | None = None
    date: dt.date | None = None
    """When its article was published."""

    def known(self) -> int:
        """How many limits it names."""
        return sum(limit is not None for limit in (self.role, self.round, self.purpose, self.period, self.when, self.figure))

    def filled(self, other: Scope) -> Scope:
        """The same with open limits taken from `other`."""
        gaps = {name: getattr(other, name) for name in self.__slots__ if getattr(self, name) is None}
        return replace(self, **gaps)


@dataclass(frozen=True, slots=True)
class Event:
    """The votes on one event."""

    scope: Scope
    votes: tuple[Vote, ...]


class _Builder:
    """An event while its votes are gathered."""

    def __init__(self, scope: Scope, vote: Vote) -> None:
        self.scope = scope
        self.votes = [vote]
        self.figures = {vote.claim.article: [scope]}

    def add(self, scope: Scope, vote: Vote) -> None:
        self.scope = self.scope.filled(scope)
        self.votes.append(vote)
        self.figures.setdefault(vote.claim.article, []).append(scope)

    def fits(self, scope: Scope, vote: Vote, rule: PredicateRule, rules: EventRules) -> bool:
        """Whether the vote can be on this event: one article does not give one figure two values."""
        figures = () if "amount" in rule.qualifiers else self.figures.get(vote.claim.article, ())
        return _one_event(scope, self.scope, rule, rules) and all(_one_value(scope, other) for other in figures)


def told_apart(votes: Sequence[Vote], rule: PredicateRule, rules: EventRules) -> list[Event]:
    """The votes on one key, event by event, the most precisely limited first.

    The claims that name most limits found the events; each other joins the one it fits best.
    """
    scoped = [(_scope(vote, rule, rules), vote) for vote in votes]
    scoped.sort(key=lambda pair: (-pair[0].known(), -pair[1].weight, pair[1].claim.id))
    found: list[_Builder] = []
    for scope, vote in scoped:
        fits = [
            (-shared, -near, i)
            for i, event in enumerate(found)
            if event.fits(scope, vote, rule, rules)
            for shared, near in [_likeness(scope, event.scope)]
        ]
        if fits:
            found[min(fits)[2]].add(scope, vote)
        else:
            found.append(_Builder(scope, vote))
    return [Event(event.scope, tuple(sorted(event.votes, key=lambda vote: vote.claim.id))) for event in found]


def names(found: Sequence[Event]) -> list[str]:
    """What tells each event from the others, as the end of a local name: empty where there is only one."""
    if len(found) == 1:
        return [""]
    result: list[str] = []
    for event in found:
        plain = "-".join(_limits(event))
        longer = "-".join([*_limits(event), *_marks(event)])
        choices = (plain, longer, *(f"{longer or 'event'}-{n}" for n in range(2, len(found) + 2)))
        result.append(next(choice for choice in choices if choice not in result))
    return result


def _scope(vote: Vote, rule: PredicateRule, rules: EventRules) -> Scope:
    claim = vote.claim
    return Scope(
        role=office(claim.role).name if claim.role and Status.CURRENT in rule.statuses else None,
        round=round_name(claim.round, rules) if claim.round else None,
        purpose=frozenset(_words(claim.purpose)) if claim.purpose else None,
        period=Period.of(claim.period) if claim.period else None,
        when=Period.of(claim.when) if claim.when and (rule.is_event or isinstance(claim.object, Quantity)) else None,
        figure=claim.object if isinstance(claim.object, Quantity) else claim.amount,
        date=vote.date,
    )


def round_name(text: str, rules: EventRules) -> str | None:
    """A round by its name: "Series A", but nothing for "a new round of funding"."""
    return slug(" ".join(word for i, word in enumerate(_words(text)) if word not in rules.unnamed and (i or word != "a"))) or None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _one_event(left: Scope, right: Scope, rule: PredicateRule, rules: EventRules) -> bool:
    """Whether nothing that two claims say keeps them apart."""
    if left.role and right.role and not may_be_one(left.role, right.role):
        return False
    if left.round and right.round and left.round != right.round:
        return False
    if left.purpose and right.purpose and not (left.purpose <= right.purpose or right.purpose <= left.purpose):
        return False
    if left.period and right.period and not left.period.overlaps(right.period):
        return False
    if left.when and right.when and _days_apart(left.when, right.when) > rules.apart_days:
        return False
    return _one_figure(left, right, rule, rules)


def _one_figure(left: Scope, right: Scope, rule: PredicateRule, rules: EventRules) -> bool:
    """Whether two figures may be one, or two sources' versions of one."""
    if _one_value(left, right):
        return True
    if "amount" in rule.qualifiers:  # the price of an event, which may be renegotiated
        return bool(left.when and right.when) or _gap(left.date, right.date) <= rules.silent_days
    if left.period and right.period:
        return left.period == right.period
    if left.when and right.when:
        return left.when.overlaps(right.when)
    if not rule.functional:  # several sums can be raised or planned at once, but a deed told at once by two is one
        is_one_deed = rule.is_event and left.date is not None and right.date is not None and _near(left, right, rules.deed_days)
        return bool(left.round and right.round) or (is_one_deed and _times(left, right) <= rules.alike)
    return _near(left, right, rules.figure_days) and (_tell_of_one_time(left, right, rule) or _times(left, right) <= rules.alike)


def _near(left: Scope, right: Scope, days: int) -> bool:
    """Whether two figures can be compared and were published within some days."""
    return _comparable(left, right) and _gap(left.date, right.date) <= days


def _tell_of_one_time(left: Scope, right: Scope, rule: PredicateRule) -> bool:
    """Whether two figures without a common date are meant for one time: two valuations, but not the profits of a year and a quarter."""
    return "period" not in rule.qualifiers and bool(left.when or left.period) == bool(right.when or right.period)


def _times(left: Scope, right: Scope) -> float:
    """The ratio of the larger figure to the smaller."""
    sizes = sorted(abs(float(scope.figure.middle or 0)) for scope in (left, right) if scope.figure is not None)
    return sizes[1] / sizes[0] if sizes[0] else float("inf")


def _one_value(left: Scope, right: Scope) -> bool:
    """Whether the figures, where both name one, can be the same number."""
    if left.figure is None or right.figure is None:
        return True
    return _comparable(left, right) and left.figure.overlaps(right.figure)


def _comparable(left: Scope, right: Scope) -> bool:
    return left.figure is not None and right.figure is not None and measure(left.figure.unit) == measure(right.figure.unit)


def _days_apart(left: Period, right: Period) -> int:
    """Days between two periods; 0 where they meet."""
    return max((right.start - left.end).days, (left.start - right.end).days, 0)


def _gap(left: dt.date | None, right: dt.date | None) -> int:
    return abs((left - right).days) if left and right else 0


def _likeness(scope: Scope, event: Scope) -> tuple[int, int]:
    """How much two scopes share: equal limits first, then nearness in time."""
    shared = sum(
        (a is not None and a == b)
        or (isinstance(a, Quantity) and isinstance(b, Quantity) and measure(a.unit) == measure(b.unit) and a.overlaps(b))
        for a, b in (
            (scope.role, event.role),
            (scope.round, event.round),
            (scope.purpose, event.purpose),
            (scope.period, event.period),
            (scope.when, event.when),
            (scope.figure, event.figure),
        )
    )
    return shared, -_gap(scope.date, event.date)


def _limits(event: Event) -> Iterable[str]:
    """The limits of an event as words, from the most telling on."""
    claim = event.votes[0].claim
    if event.scope.role:
        yield slug(event.scope.role)
    for name in ("round", "period", "when") if event.scope.when else ("round", "period"):
        said = sorted({text for vote in event.votes if (text := getattr(vote.claim, name))})
        if said:
            yield slug(said[0].removeprefix("../")[:4] if name == "when" else said[0])
    if isinstance(claim.object, Quantity):
        yield slug(min(vote.claim.object.text for vote in event.votes if isinstance(vote.claim.object, Quantity)))


def _marks(event: Event) -> Iterable[str]:
    """What else may tell an event from others: its purpose, its price, the month in which it was told."""
    for name in ("purpose", "amount"):
        said = sorted(value.text if isinstance(value, Quantity) else value for vote in event.votes if (value := getattr(vote.claim, name)))
        if said:
            yield slug(said[0])
    dates = sorted(vote.date.isoformat()[:7] for vote in event.votes if vote.date)
    if dates:
        yield dates[0]
