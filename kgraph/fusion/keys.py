"""What a claim is about: the key under which claims are fused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kgraph.model import Argument, Claim, ClaimId, Entity, EntityId, Fact
from kgraph.ontology import ObjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kgraph.model import AppearanceKey
    from kgraph.ontology import Ontology

__all__ = ["Key", "entity_ids", "key_of", "key_of_fact", "keys_of", "slug"]


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
    thing = isinstance(fact.object, str) and ontology.predicates[fact.predicate].object_kind is ObjectKind.ENTITY
    return Key(fact.subject, fact.predicate, EntityId(str(fact.object)) if thing else None)


def keys_of(claims: Iterable[Claim], entities: Iterable[Entity], ontology: Ontology) -> dict[ClaimId, Key]:
    """The key of each claim that has one.

    To add, correct or retract articles, fuse again all claims whose keys the old and the new
    claims have, and keep the other facts.
    """
    entity_of = entity_ids(entities)
    return {claim.id: key for claim in claims if (key := key_of(claim, entity_of, ontology)) is not None}


def slug(text: str) -> str:
    """`text` as a part of a local name.

    >>> slug("Series B (2024)")
    'Series_B_2024'
    """
    return re.sub(r"[^\w.]+", "_", text).strip("_.")[:40].rstrip("_.")
