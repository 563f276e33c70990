"""What code may ask about predicates, statuses and hedges: the ontology as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kgraph.model import EntityId

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import Path

    from kgraph.model import EntityType, Fact, Status

__all__ = ["Hedge", "ObjectKind", "Ontology", "PredicateRule", "StatusRule"]


class ObjectKind(StrEnum):
    """What stands as the object of a predicate."""

    ENTITY = "entity"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class PredicateRule:
    """How one predicate behaves."""

    name: str
    """The local name, as in `Claim.predicate`."""
    iri: str
    label: str
    """How it reads between subject and object: `invested in`."""
    template: str
    """The same for an arrow in a picture, in the present tense: `invests in`."""
    comment: str
    subject_types: frozenset[EntityType]
    object_types: frozenset[EntityType]
    """Empty unless `object_kind` is entity."""
    object_kind: ObjectKind
    object_optional: bool = False
    """Whether the object may be True where the text names none."""
    statuses: tuple[Status, ...] = ()
    """The statuses that its claims may carry, by stage; empty for states."""
    is_event: bool = False
    """Whether it happens (and carries the status of an event), rather than holds."""
    functional: bool = False
    """A subject has one object, at any one time."""
    inverse_functional: bool = False
    """An object has one subject, at any one time."""
    symmetric: bool = False
    asymmetric: bool = False
    disjoint: frozenset[str] = frozenset()
    """Predicates that cannot hold of the same subject (and object) at the same time."""
    alternatives: frozenset[str] = frozenset()
    """Predicates that another source may use for the same matter (invested in, acquired)."""
    qualifiers: frozenset[str] = frozenset()
    """Fields of `Claim` that its claims may carry: amount, stake, when, role…"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRule:
    """How one status relates to the others."""

    status: Status
    label: str
    stage: int
    """A later stage of one event takes the place of an earlier one; 0 stands outside the order."""
    linked: bool
    """Whether a fact of this status may also be a plain link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hedge:
    """What a hedged figure allows: between `lower` and `upper` times the figure."""

    qualifier: str
    """As in `Quantity.qualifier`."""
    words: tuple[str, ...]
    """Lower-case cues; for `range`, what stands between the two figures."""
    lower: Decimal | None
    """None leaves the side open."""
    upper: Decimal | None
    half_unit: bool
    """Whether half a unit of the last digit said is allowed at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """All of `ontology/` that is data for code; made by `load`."""

    predicates: Mapping[str, PredicateRule]
    """By local name, in the order of the files."""
    statuses: Mapping[Status, StatusRule]
    hedges: tuple[Hedge, ...]
    files: tuple[Path, ...] = ()
    """The Turtle files that it was read from."""
    classes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Local name of a class of things to its label and comment."""

    def thing(self, fact: Fact) -> EntityId | None:
        """The thing that is the object of a fact; None where that is a figure, a date or nothing at all."""
        is_thing = isinstance(fact.object, str) and self.predicates[fact.predicate].object_kind is ObjectKind.ENTITY
        return EntityId(str(fact.object)) if is_thing else None

    def linked(self, status: Status | None, link_from: Status) -> bool:
        """Whether a fact of `status` becomes a plain link where links start at `link_from`.

        A state, which has no status, always does.
        """
        if status is None:
            return True
        rule = self.statuses[status]
        return rule.linked and rule.stage >= self.statuses[link_from].stage
