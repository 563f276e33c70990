"""What comparing two facts needs to know of everything else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from kgraph.model import ClaimId, EntityId, Fact, Quantity, Status, Verdict
from kgraph.period import Period, when_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from kgraph.analysis.rules import Rules
    from kgraph.model import Claim, Entity
    from kgraph.ontology import Ontology

__all__ = ["OPEN", "Clash", "Context"]

_MANY = 12
"""Facts of one group up to which each is compared with each; in larger groups only neighbours in time are."""
OPEN = (Status.RUMOURED, Status.CONDITIONAL, Status.IN_TALKS)
"""What may still come to nothing contradicts nothing, though it may be one matter with something else."""


class Clash(NamedTuple):
    """A disagreement between two facts, before it has an id."""

    verdict: Verdict
    property: str
    facts: tuple[Fact, Fact]
    severity: int
    why: str
    gap: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What comparing facts needs to know of everything else."""

    ontology: Ontology
    rules: Rules
    entities: Mapping[EntityId, Entity]
    claims: Mapping[ClaimId, Claim]
    published: Mapping[str, dt.date | None]
    represented: Mapping[EntityId, frozenset[EntityId]]
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

    def both(self, left: Fact, right: Fact) -> str:
        """Two facts as the beginning of a sentence that says why they clash."""
        return f"{self.sentence(left)}, but {self.sentence(right)}"

    def in_turn(self, left: Fact, right: Fact) -> bool:
        """Whether the facts may hold one after the other."""
        days = [Period.of(fact.when) if fact.when else None for fact in (left, right)]
        if days[0] and days[1] and not days[0].overlaps(days[1]):
            return True
        if self._precedes(left, right, days[1]) or self._precedes(right, left, days[0]):
            return True
        apart = self.days_apart(left, right)
        return apart is not None and apart > self.rules.change_days

    def _precedes(self, former: Fact, latter: Fact, begun: Period | None) -> bool:
        """Whether one fact was last told before the other is dated, or is a deed dated well before the other was first told."""
        told, done = self.dates(former), Period.of(former.when) if former.when else None
        if begun is not None:
            return bool(told) and begun.start > told[-1]
        first = next(iter(self.dates(latter)), None)
        is_event = self.ontology.predicates[former.predicate].is_event
        return is_event and done is not None and first is not None and (first - done.end).days > self.rules.grown_days

    def pairs(self, group: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
        """Each fact with each in small groups, neighbours in time in large ones; the lower id first."""
        if len(group) <= _MANY:
            return combinations(sorted(group, key=lambda fact: fact.id), 2)
        in_time = sorted(group, key=lambda fact: (str(self.dates(fact)[:1]), fact.id))
        return ((min(pair, key=lambda f: f.id), max(pair, key=lambda f: f.id)) for pair in pairwise(in_time))
