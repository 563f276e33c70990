"""Why a chain of facts is no colliding interest: its facts never held at one time, or some came about by another."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING

from kgraph.model import EntityId, Status
from kgraph.ontology.roles import may_be_one, office
from kgraph.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kgraph.analysis.conflict_of_interest.links import Link, Links
    from kgraph.analysis.rules import Rules
    from kgraph.model import Fact, Knowledge

__all__ = ["Exclusions", "owns_whole"]

_WHOLE = ("acquired", "subsidiaryOf")
_TAKEOVERS = ("acquired", "mergedWith")
_ALSO_CALLED = ("investedIn", "ownsStakeIn")
"""What some sources call a takeover, or what it brings along."""
_FIRST = dt.date.min


def owns_whole(fact: Fact) -> bool:
    """Whether a fact gives one side all of the other, as far as it says."""
    stake = fact.stake.middle if fact.stake else 1
    return fact.predicate in _WHOLE and stake is not None and stake >= 1


class Exclusions:
    """Judges chains by the dates of their facts and by the deal in their middle."""

    def __init__(self, knowledge: Knowledge, links: Links, rules: Rules) -> None:
        self._links = links
        self._grown = dt.timedelta(days=rules.grown_days)
        self._articles = {claim.id: claim.article for claim in knowledge.claims}
        self._published = {article.id: article.date for article in knowledge.articles}
        self._deaths: dict[EntityId, dt.date] = {}
        self._ends: dict[tuple[EntityId, EntityId], list[tuple[str, dt.date]]] = defaultdict(list)
        """By person and organisation, the offices that came to an end (empty: all), and when."""
        for fact in knowledge.facts:
            self._note(fact)

    def _note(self, fact: Fact) -> None:
        """What a fact tells of the end of others."""
        if fact.negative or not isinstance(fact.object, str):
            return
        if fact.predicate == "diedOn" and (day := Period.of(fact.object)):
            self._deaths[fact.subject] = day.end
        if fact.status is Status.FORMER or (fact.predicate == "departedFrom" and fact.status is Status.COMPLETED):
            left = Period.of(fact.when or "")
            if end := left.end if left else next(iter(self._told(fact)), None):
                held = office(fact.role).name if fact.role else ""
                self._ends[fact.subject, EntityId(fact.object)].append((held, end))

    def excludes(self, chain: Sequence[Link], deal: Link | None) -> bool:
        """Whether `chain`, in which the parties did `deal`, where it has one, shows nothing."""
        windows = [self._window(link, passing=link is deal) for link in chain]
        if max(start for start, _ in windows) > min(end for _, end in windows):
            return True
        return deal is not None and self._follows(deal, [link for link in chain if link is not deal])

    def _window(self, link: Link, *, passing: bool) -> tuple[dt.date, dt.date]:
        """From when until when a link holds; one of several facts is enough, unless they are a chain."""
        starts, ends = zip(*(self._days(self._links.facts[fact], passing=passing) for fact in link.facts), strict=True)
        return (max(starts), min(ends)) if link.inferred else (min(starts), max(ends))

    def _days(self, fact: Fact, *, passing: bool) -> tuple[dt.date, dt.date]:
        """When a fact holds: a passing one when it is told, any other from a while before until something ends it."""
        told, stated = self._told(fact) or [_FIRST, dt.date.max], Period.of(fact.when or fact.period or "")
        if passing:
            return (stated.start, stated.end) if stated else (told[0], told[-1])
        start = stated.start if stated else max(told[0], _FIRST + self._grown) - self._grown
        ends = [day for day in self._ended(fact) if day >= max(start, told[-1])]
        ends.extend(self._deaths[side] for side in _sides(fact) if side in self._deaths)
        return start, min(ends, default=dt.date.max)

    def _told(self, fact: Fact) -> list[dt.date]:
        """The days on which its articles appeared, sorted."""
        return sorted({day for claim in fact.claims if (day := self._published[self._articles[claim]])})

    def _ended(self, fact: Fact) -> Iterator[dt.date]:
        """The days on which the office that a fact gives came to an end."""
        one, other = _sides(fact)
        held = office(fact.role).name if fact.role else ""
        for name, day in (*self._ends.get((one, other), ()), *self._ends.get((other, one), ())):
            if not name or not held or may_be_one(name, held):
                yield day

    def _follows(self, deal: Link, ties: Sequence[Link]) -> bool:
        """Whether the deal is a takeover, which made a tie to one of its sides, or is one group's own affair."""
        done = [self._links.facts[fact] for fact in deal.facts]
        called = {fact.predicate for fact in done}
        if called.isdisjoint(_TAKEOVERS) or not called.issubset((*_TAKEOVERS, *_ALSO_CALLED)):
            return False
        tied = {link: [self._links.facts[fact] for fact in link.facts] for link in ties}
        groups: dict[EntityId, set[EntityId]] = defaultdict(set)
        for link, facts in tied.items():
            if any(owns_whole(fact) for fact in facts):
                groups[link.start].add(link.end)
        if any({deal.start, deal.end} <= sides for sides in groups.values()):
            return True
        return any(self._is_same_deed(facts, done) or self._came_with(facts, done) for facts in tied.values())

    def _is_same_deed(self, facts: Iterable[Fact], done: Iterable[Fact]) -> bool:
        """Whether the same deal is also reported for a parent or a unit: "Beta was bought by Acme" and "by Acme Holdings"."""
        single = {fact.object for fact in done if self._links.ontology.predicates[fact.predicate].inverse_functional}
        return any(fact.object in single and fact.predicate in _TAKEOVERS for fact in facts)

    def _came_with(self, facts: Sequence[Fact], done: Sequence[Fact]) -> bool:
        """Whether an office is one that somebody takes up with the deal or after it."""
        if not all(fact.predicate == "hired" or fact.status is Status.INCOMING for fact in facts):
            return False
        offices, deals = ({self._articles[claim] for fact in side for claim in fact.claims} for side in (facts, done))
        first, deal = (min((day for fact in side for day in self._told(fact)), default=_FIRST) for side in (facts, done))
        return bool(offices & deals) or first >= deal > _FIRST


def _sides(fact: Fact) -> tuple[EntityId, EntityId]:
    return fact.subject, EntityId(str(fact.object))
