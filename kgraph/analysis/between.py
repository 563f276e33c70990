"""Finds facts that cannot, or can hardly, hold together, and facts that are one matter told twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from kgraph.analysis.comparing import gap_of
from kgraph.analysis.matters import Matters
from kgraph.model import ClaimId, EntityId, EntityType, Fact, Quantity, Status, Verdict
from kgraph.ontology.roles import office
from kgraph.period import Period, when_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kgraph.analysis.judging import Rules
    from kgraph.model import Claim, Entity
    from kgraph.ontology import Ontology

__all__ = ["Clash", "Scene", "clashes_between"]

_MANY = 12
"""Facts of one group up to which each is compared with each; in larger groups only neighbours in time are."""

_OPEN = (Status.RUMOURED, Status.CONDITIONAL, Status.IN_TALKS)
"""What may still come to nothing contradicts nothing, though it may be one matter with something else."""


class Clash(NamedTuple):
    """A disagreement between two facts, before it has an id."""

    verdict: Verdict
    property: str
    facts: tuple[Fact, Fact]
    severity: int
    gap: float | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What comparing facts needs to know of everything else."""

    ontology: Ontology
    rules: Rules
    entities: Mapping[EntityId, Entity]
    claims: Mapping[ClaimId, Claim]
    published: Mapping[str, dt.date | None]
    ties: Mapping[EntityId, frozenset[EntityId]]
    """Person → organisations that it stands for; unit → what it is a part of."""

    def articles(self, fact: Fact) -> frozenset[str]:
        """The articles that tell of a fact."""
        return frozenset(self.claims[claim].article for claim in fact.claims)

    def dates(self, fact: Fact) -> list[dt.date]:
        """The days on which the articles of a fact appeared, sorted; empty where they are undated."""
        return sorted({day for article in self.articles(fact) if (day := self.published[article])})

    def days_near(self, left: Fact, right: Fact) -> int | None:
        """Days between the two articles on the one and on the other that are nearest in time; None where either is undated."""
        return min((abs((one - other).days) for one, other in product(self.dates(left), self.dates(right))), default=None)

    def in_one_sentence(self, left: Fact, right: Fact) -> bool:
        """Whether the same words tell both."""
        pairs = product(*([self.claims[claim] for claim in fact.claims] for fact in (left, right)))
        return any(one.article == other.article and one.quote.overlaps(other.quote) for one, other in pairs)

    def are_sure(self, left: Fact, right: Fact) -> bool:
        """Whether both facts were likely read rightly."""
        one, other = (max(self.claims[claim].confidence for claim in fact.claims) for fact in (left, right))
        return one * other >= self.rules.sure

    def label(self, entity: EntityId) -> str:
        """The name of a thing for a sentence."""
        known = self.entities.get(entity)
        return known.label if known else entity

    def sentence(self, fact: Fact) -> str:
        """A fact as a clause, with the day it was first told."""
        rule = self.ontology.predicates[fact.predicate]
        value = fact.object
        thing = value.text if isinstance(value, Quantity) else "" if isinstance(value, bool) else self.label(EntityId(value))
        extra = [text for text in (fact.role, fact.purpose, when_words(fact.period or fact.when)) if text]
        scope = f" ({', '.join(extra)})" if extra else ""
        days = self.dates(fact)
        told = f" [{days[0]}]" if days else ""
        return f"{self.label(fact.subject)} {rule.label} {thing}".rstrip() + scope + told

    def days_apart(self, left: Fact, right: Fact) -> int | None:
        """Days from the last article on one to the first on the other; 0 where they mix, None where either is undated."""
        one, other = self.dates(left), self.dates(right)
        if not one or not other:
            return None
        return max((other[0] - one[-1]).days, (one[0] - other[-1]).days, 0)


def clashes_between(facts: Iterable[Fact], scene: Scene) -> Iterator[Clash]:
    """All clashes among `facts`, in an order that depends on the facts alone."""
    asserted = (fact for fact in facts if not fact.negative and fact.status not in (Status.DENIED, Status.TERMINATED))
    for matter, group in Matters(scene.ontology).grouped(asserted).items():
        if len(group) == 1:  # most of millions
            continue
        if not matter.predicates:
            yield from _one_pair(group, scene)
        elif len(matter.predicates) > 1:
            yield from _incompatible_values(group, scene)
        elif matter.object is None:
            yield from _one_subject(matter.predicates[0], group, scene)
        else:
            yield from _one_object(matter.predicates[0], group, scene)


def _one_subject(predicate: str, group: Sequence[Fact], scene: Scene) -> Iterator[Clash]:
    """Facts that share subject and predicate."""
    rule = scene.ontology.predicates[predicate]
    if rule.object_types:
        yield from _rivals(group, "object", scene)
    elif any(isinstance(fact.object, Quantity) for fact in group):
        yield from _figures(group, scene)


def _one_object(predicate: str, group: Sequence[Fact], scene: Scene) -> Iterator[Clash]:
    """Facts that share predicate and object."""
    rule = scene.ontology.predicates[predicate]
    if Status.CURRENT in rule.statuses:
        yield from _offices(group, scene)
    elif rule.inverse_functional:
        yield from _rivals(group, "subject", scene)
    if rule.is_event or "stake" in rule.qualifiers:
        yield from _actors(group, scene)


def _pairs(group: Sequence[Fact], scene: Scene) -> Iterator[tuple[Fact, Fact]]:
    """Each with each in small groups, neighbours in time in large ones."""
    if len(group) <= _MANY:
        return iter(combinations(sorted(group, key=lambda fact: fact.id), 2))
    in_time = sorted(group, key=lambda fact: (str(scene.dates(fact)[:1]), fact.id))
    return ((min(pair, key=lambda f: f.id), max(pair, key=lambda f: f.id)) for pair in pairwise(in_time))


def _figures(group: Sequence[Fact], scene: Scene) -> Iterator[Clash]:
    """Figures that a reader could take for contradictory, though their scopes differ or may differ."""
    for left, right in _pairs(group, scene):
        one, other = left.object, right.object
        if not isinstance(one, Quantity) or not isinstance(other, Quantity) or one.unit != other.unit:
            continue
        if scene.articles(left) & scene.articles(right):
            continue  # an author who tells both tells them apart
        apart = _apart_in_time(left, right)
        if apart or (apart is None and (scene.days_apart(left, right) or 0) > scene.rules.change_days):
            continue  # a series, not a difference
        gap = gap_of(one, other)
        if gap == 0 and one.qualifier == other.qualifier:
            continue
        why = f"{scene.sentence(left)}, but {scene.sentence(right)}: {_scopes(left, right)}, so that the one may be part of the other."
        yield Clash(Verdict.SCOPE_MISMATCH, _scope_property(left, right), (left, right), 1, gap, why)


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


def _rivals(group: Sequence[Fact], end: str, scene: Scene) -> Iterator[Clash]:
    """Facts of which only one can hold at a time."""
    for left, right in _pairs([fact for fact in group if fact.status not in _OPEN], scene):
        one, other = EntityId(str(getattr(left, end))), EntityId(str(getattr(right, end)))
        if one == other or _tied(one, other, scene) or _is_shared(left, right, scene):
            continue
        both = f"{scene.sentence(left)}, but {scene.sentence(right)}"
        if _are_places(one, other, scene):
            yield Clash(Verdict.PRECISION_DIFFERENCE, end, (left, right), 1, None, f"{both}: one place may lie in the other.")
        elif _names_overlap(one, other, scene):
            yield Clash(Verdict.PRECISION_DIFFERENCE, end, (left, right), 1, None, f"{both}: one may be the fuller name of the other.")
        elif _in_turn(left, right, scene):
            yield Clash(Verdict.SUPERSESSION, end, (left, right), 1, None, f"{both}: told at different times, the later may hold now.")
        else:
            yield Clash(Verdict.FUNCTIONAL_CONFLICT, end, (left, right), 2, None, f"{both}: only one should hold at a time.")


def _tied(one: EntityId, other: EntityId, scene: Scene) -> bool:
    return other in scene.ties.get(one, ()) or one in scene.ties.get(other, ())


def _is_shared(left: Fact, right: Fact, scene: Scene) -> bool:
    """Whether one article tells both (a joint purchase), or the stakes leave room for both."""
    stakes = [fact.stake.low for fact in (left, right) if fact.stake and fact.stake.low is not None]
    return bool(scene.articles(left) & scene.articles(right)) or (bool(stakes) and sum(stakes) < 1)


def _are_places(one: EntityId, other: EntityId, scene: Scene) -> bool:
    return all((known := scene.entities.get(end)) is not None and known.type is EntityType.PLACE for end in (one, other))


def _names_overlap(one: EntityId, other: EntityId, scene: Scene) -> bool:
    """Whether all words of one name are in the other: a firm and its unit, or one thing that linking did not merge."""
    left, right = (set(scene.label(end).casefold().split()) for end in (one, other))
    return left <= right or right <= left


def _in_turn(left: Fact, right: Fact, scene: Scene) -> bool:
    """Whether the facts may hold one after the other."""
    days = [Period.of(fact.when) if fact.when else None for fact in (left, right)]
    if days[0] and days[1] and not days[0].overlaps(days[1]):
        return True
    apart = scene.days_apart(left, right)
    return apart is not None and apart > scene.rules.change_days


def _offices(group: Sequence[Fact], scene: Scene) -> Iterator[Clash]:
    """Two holders of one office."""
    by_office: dict[str, list[Fact]] = defaultdict(list)
    for fact in group:
        if fact.role and fact.status is Status.CURRENT and (held := office(fact.role)).exclusive:
            by_office[held.name].append(fact)
    for name, holders in sorted(by_office.items()):
        for left, right in _pairs(holders, scene):
            if left.subject == right.subject:
                continue
            both = f"{scene.sentence(left)}, but {scene.sentence(right)}"
            if _in_turn(left, right, scene):
                yield Clash(
                    Verdict.SUPERSESSION, "role", (left, right), 0, None, f"{both}: told at different times, one followed the other."
                )
            elif _is_handed_over(left, right, scene):
                why = f"{both}: an article tells both and that the office changes hands."
                yield Clash(Verdict.SUPERSESSION, "role", (left, right), 1, None, why)
            else:
                severity, how = _holders(left, right, scene)
                why = f"{both}: {how}, though an organisation has one {name}."
                yield Clash(Verdict.FUNCTIONAL_CONFLICT, "role", (left, right), severity, None, why)


def _holders(left: Fact, right: Fact, scene: Scene) -> tuple[int, str]:
    """How grave it is that two hold one office, and how it is told."""
    if scene.in_one_sentence(left, right):
        return 1, "one sentence names both"
    if scene.articles(left) & scene.articles(right):
        return 2, "one article names both, so that one may head a part"
    near = scene.days_near(left, right)
    if near is None or near > scene.rules.once_days:
        return 2, "the sources do not say which came first"
    return (3, "at once") if scene.are_sure(left, right) else (2, "at once, if both are read rightly")


def _is_handed_over(left: Fact, right: Fact, scene: Scene) -> bool:
    """Whether an article that names both tells of one who comes or goes."""
    shared = scene.articles(left) & scene.articles(right)
    told = (scene.claims[claim] for fact in (left, right) for claim in fact.claims)
    return any(claim.article in shared and claim.status in (Status.INCOMING, Status.FORMER) for claim in told)


def _actors(group: Sequence[Fact], scene: Scene) -> Iterator[Clash]:
    """One deed ascribed to a person and his organisation, or to a part and its whole."""
    by_subject = defaultdict(list)
    for fact in group:
        by_subject[fact.subject].append(fact)
    for subject in sorted(by_subject):
        for whole in sorted(scene.ties.get(subject, ())):
            for left in by_subject[subject]:
                for right in by_subject.get(whole, ()):
                    if not _apart_in_time(left, right):
                        yield _actor(left, right, scene)


def _actor(left: Fact, right: Fact, scene: Scene) -> Clash:
    """`left` is the act of the person or part, `right` that of the organisation or whole."""
    one, other = scene.label(left.subject), scene.label(right.subject)
    facts = (left, right) if left.id < right.id else (right, left)
    known = scene.entities.get(left.subject)
    if known is not None and known.type is EntityType.PERSON:
        why = f"{scene.sentence(left)} and {scene.sentence(right)}: {one} likely acts for {other}, and this is one deal, not two."
        return Clash(Verdict.ACTOR_DIFFERENCE, "subject", facts, 1, None, why)
    why = f"{scene.sentence(left)} and {scene.sentence(right)}: {one} is a part of {other}, and the more precise name."
    return Clash(Verdict.MORE_PRECISE, "subject", facts, 0, None, why)


def _one_pair(group: Sequence[Fact], scene: Scene) -> Iterator[Clash]:
    """Facts between the same two things."""
    for left, right in combinations(sorted(group, key=lambda fact: fact.id)[: 2 * _MANY], 2):
        rule, other = (scene.ontology.predicates[fact.predicate] for fact in (left, right))
        one_way = left.subject == right.subject or rule.symmetric or other.symmetric
        if other.name in rule.alternatives and one_way and not scene.articles(left) & scene.articles(right):
            yield _kinds(left, right, scene)  # an article that tells both calls one deal by two names, or tells them apart
        if left.status in _OPEN or right.status in _OPEN:
            continue
        both = f"{scene.sentence(left)}, but {scene.sentence(right)}"
        if rule is other and rule.asymmetric and left.subject != right.subject:
            severity = _severity(left, right, scene)
            yield Clash(Verdict.DIRECTION_CONFLICT, rule.name, (left, right), severity, None, f"{both}: it cannot go both ways.")
        if other.name in rule.disjoint:
            verdict = Verdict.SUPERSESSION if _in_turn(left, right, scene) else Verdict.DISJOINT_CONFLICT
            severity = 1 if verdict is Verdict.SUPERSESSION else 2
            yield Clash(verdict, rule.name, (left, right), severity, None, f"{both}: these exclude each other.")


def _severity(left: Fact, right: Fact, scene: Scene) -> int:
    """3 where both are reported for the same time, 2 where one may have succeeded the other."""
    apart = scene.days_apart(left, right)
    return 2 if apart is None or apart > scene.rules.change_days or not scene.are_sure(left, right) else 3


def _kinds(left: Fact, right: Fact, scene: Scene) -> Clash:
    """One deal, called by two names: an investment and an acquisition."""
    stakes = [
        fact.stake.text for fact in (left, right) if fact.stake and fact.stake.high and float(fact.stake.high) <= scene.rules.minority
    ]
    loose = f"a share of {stakes[0]} is no takeover" if stakes else "the sources call one deal by two names, or there are two"
    why = f"{scene.sentence(left)}, but {scene.sentence(right)}: {loose}."
    return Clash(Verdict.SCOPE_MISMATCH, left.predicate, (left, right), 1, None, why)


def _incompatible_values(group: Sequence[Fact], scene: Scene) -> Iterator[Clash]:
    """Figures of one subject under predicates that exclude each other: a profit and a loss of one period."""
    by_predicate = defaultdict(list)
    for fact in group:
        by_predicate[fact.predicate].append(fact)
    for one, other in combinations(sorted(by_predicate), 2):
        if other not in scene.ontology.predicates[one].disjoint:
            continue
        for left, right in product(by_predicate[one], by_predicate[other]):
            if left.period and left.period == right.period and not scene.articles(left) & scene.articles(right):
                why = f"{scene.sentence(left)}, but {scene.sentence(right)}: for one period these exclude each other."
                yield Clash(Verdict.DISJOINT_CONFLICT, one, (left, right), 2, None, why)
