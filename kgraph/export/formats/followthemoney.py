"""FollowTheMoney entities, one JSON object a line: what Aleph, OpenSanctions and their tools read.

Facts with a schema of their own there (ownership, directorship, employment, family) become it;
the others become an UnknownLink that keeps the words. Articles are the proof of every link.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from kgraph.export.wording.sentences import phrase
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kgraph.model import Article, Entity, Fact, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["follow_the_money"]

_SCHEMATA = {
    EntityType.ORGANIZATION: "Company",
    EntityType.PERSON: "Person",
    EntityType.PLACE: "Address",
    EntityType.PRODUCT: "Asset",
    EntityType.GOVERNMENT_BODY: "PublicBody",
}
_LEGAL = {"Company", "Person", "PublicBody"}
_ASSETS = {"Company", "Asset"}
_BODIES = {"Company", "PublicBody"}

_LINKS = {
    "investedIn": ("Ownership", "owner", _LEGAL, "asset", _ASSETS),
    "acquired": ("Ownership", "owner", _LEGAL, "asset", _ASSETS),
    "ownsStakeIn": ("Ownership", "owner", _LEGAL, "asset", _ASSETS),
    "subsidiaryOf": ("Ownership", "asset", _ASSETS, "owner", _LEGAL),
    "boardMemberOf": ("Directorship", "director", _LEGAL, "organization", _BODIES),
    "holdsRole": ("Employment", "employee", {"Person"}, "employer", _BODIES),
    "worksFor": ("Employment", "employee", {"Person"}, "employer", _BODIES),
    "leads": ("Directorship", "director", _LEGAL, "organization", _BODIES),
    "departedFrom": ("Employment", "employee", {"Person"}, "employer", _BODIES),
    "hired": ("Employment", "employer", _BODIES, "employee", {"Person"}),
    "spouseOf": ("Family", "person", {"Person"}, "relative", {"Person"}),
    "childOf": ("Family", "person", {"Person"}, "relative", {"Person"}),
}
"""Predicate to schema, and for subject and object the property and the schemata that it takes."""

_NOT_IN_ID = re.compile(r"[^A-Za-z0-9]+")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")


def follow_the_money(knowledge: Knowledge, ontology: Ontology) -> str:
    """All things, articles and links as FollowTheMoney entities."""
    return "".join(json.dumps(each, ensure_ascii=False, sort_keys=True) + "\n" for each in _entities(knowledge, ontology))


def _entities(knowledge: Knowledge, ontology: Ontology) -> Iterator[dict[str, Any]]:
    schemata: dict[str, str] = {entity.id: _SCHEMATA[entity.type] for entity in knowledge.entities}
    article_of = {claim.id: claim.article for claim in knowledge.claims}
    for article in knowledge.articles:
        yield _article(article)
    for entity in knowledge.entities:
        yield _thing(entity)
    for fact in knowledge.facts:
        if isinstance(fact.object, str) and fact.object in schemata:
            proof = sorted({_id("article", article_of[claim]) for claim in fact.claims if claim in article_of})
            yield _link(fact, ontology, schemata, proof)


def _id(kind: str, key: str) -> str:
    """An id as FollowTheMoney allows it: letters, digits and hyphens; a hash keeps near ones apart."""
    return f"{kind}-{_NOT_IN_ID.sub('-', key).strip('-')}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def _entity(key: str, schema: str, properties: dict[str, list[str | None]]) -> dict[str, Any]:
    kept = {name: [value for value in values if value] for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _article(article: Article) -> dict[str, Any]:
    properties: dict[str, list[str | None]] = {
        "title": [article.title or article.id],
        "publisher": [article.publisher],
        "author": [article.author],
        "publishedAt": [article.date.isoformat() if article.date else None],
        "sourceUrl": [article.url],
        "bodyText": [article.text],
    }
    return _entity(_id("article", article.id), "Article", properties)


def _thing(entity: Entity) -> dict[str, Any]:
    wikidata = [iri.rsplit("/", 1)[-1] for iri in entity.same_as if "wikidata.org/entity/" in iri]
    properties: dict[str, list[str | None]] = {
        "name": [entity.label],
        "alias": [name for name in entity.names if name != entity.label],
        "wikidataId": [*wikidata],
    }
    if entity.type is EntityType.PLACE:
        properties["full"] = [entity.label]
    return _entity(_id("thing", entity.id), _SCHEMATA[entity.type], properties)


def _link(fact: Fact, ontology: Ontology, schemata: dict[str, str], proof: list[str]) -> dict[str, Any]:
    subject, target = fact.subject, str(fact.object)
    schema, one, ones, other, others = _LINKS.get(fact.predicate, ("UnknownLink", "subject", set(), "object", set()))
    if fact.negative or schemata[subject] not in ones or schemata[target] not in others:
        schema, one, other = "UnknownLink", "subject", "object"
    properties: dict[str, list[str | None]] = {
        one: [_id("thing", subject)],
        other: [_id("thing", target)],
        "role": [phrase(fact, ontology, with_status=False)],
        "status": [fact.status.value if fact.status else None],
        "date": [match[0] if fact.when and (match := _DATE.match(fact.when)) else None],
        "proof": list(proof),
    }
    if schema == "Ownership" and fact.stake is not None and fact.stake.value is not None:
        properties["percentage"] = [f"{fact.stake.value * 100:f}".rstrip("0").rstrip(".")]
    if schema == "Family":
        properties["relationship"] = properties.pop("role")
        properties.pop("status")
    return _entity(_id("fact", fact.id), schema, properties)
