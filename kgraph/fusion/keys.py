"""What a claim is about: the key under which claims are fused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kgraph.model import Argument, Claim, Entity, EntityId, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kgraph.model import AppearanceKey
    from kgraph.ontology import Ontology

__all__ = ["Key", "entity_ids", "key_of", "key_of_fact", "slug"]


class Key(NamedTuple):
    """Subject, predicate and, where it is a thing, the object: claims with one key may be one fact, others never."""

    subject: EntityId
    predicate: str
    object: EntityId | None
    """None where the object is a figure, a date or nothing at all."""


def entity_ids(entities: Iterable[Entity]) -> dict[AppearanceKey, EntityId]:
    """The entity of every appearance."""
    return {appearance: entity.id for entity in entities for appearance in entity.appearances}


def key_of(claim: Claim, entity_of: Mapping[AppearanceKey, EntityId], ontology: Ontology) -> Key | None:
    """The key of one claim; None where subject and object turned out to be the same thing.

    The ends of a symmetric predicate are in alphabetical order.
    """
    subject = entity_of[claim.subject.appearance]
    if not isinstance(claim.object, Argument):
        return Key(subject, claim.predicate, None)
    object_ = entity_of[claim.object.appearance]
    rule = ontology.predicates[claim.predicate]
    if subject == object_:
        return None
    if rule.symmetric and object_ < subject:
        subject, object_ = object_, subject
    return Key(subject, claim.predicate, object_)


def key_of_fact(fact: Fact, ontology: Ontology) -> Key:
    """The key of the claims that a fact was fused from."""
    return Key(fact.subject, fact.predicate, ontology.thing(fact))


def slug(text: str) -> str:
    """`text` as a part of a local name.

    >>> slug("Series B (2024)")
    'Series_B_2024'
    """
    return re.sub(r"[^\w.]+", "_", text).strip("_.")[:40].rstrip("_.")
