"""Who may stand for whom: a person for his organisation, a part for its whole."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kgraph.model import EntityId, EntityType, FactId

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kgraph.analysis.rules import Rules
    from kgraph.model import Entity, Fact

__all__ = ["acts_for_others", "represented"]


def represented(facts: Iterable[Fact], rules: Rules) -> dict[EntityId, frozenset[EntityId]]:
    """What each person or part may stand for."""
    predicates = (*rules.person, *rules.unit)
    found: dict[EntityId, set[EntityId]] = defaultdict(set)
    for fact in facts:
        if fact.predicate in predicates and not fact.negative and isinstance(fact.object, str):
            found[fact.subject].add(EntityId(fact.object))
    return {subject: frozenset(wholes) for subject, wholes in found.items()}


def acts_for_others(facts: Sequence[Fact], entities: Iterable[Entity], rules: Rules) -> frozenset[FactId]:
    """Facts that ascribe to a person what others say of an organisation he heads: one matter, not two."""
    tied = represented(facts, rules)
    persons = {entity.id for entity in entities if entity.type is EntityType.PERSON and entity.id in tied}
    acts = [fact for fact in facts if fact.subject in persons and isinstance(fact.object, str)]
    wanted = {(whole, fact.predicate, fact.object) for fact in acts for whole in tied[fact.subject]}
    told = {key for fact in facts if (key := (fact.subject, fact.predicate, fact.object)) in wanted}
    return frozenset(fact.id for fact in acts if any((whole, fact.predicate, fact.object) in told for whole in tied[fact.subject]))
