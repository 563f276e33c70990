"""RDF to `Knowledge`: the inverse of `kgraph.graph.rdf.writing`.

What can be derived (plain links, CiTO links, entities on claims) is not read. Foreign triples
are passed over, so that a graph with additions of the user's own still reads.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kgraph.errors import GraphError
from kgraph.graph.rdf.iris import Names, kg, term
from kgraph.graph.rdf.properties import DATES, QUANTITIES, VERDICT_CLASSES, WORDS, concerned, implied_qualifier, local
from kgraph.model import (
    Appearance,
    AppearanceKey,
    Argument,
    Article,
    Claim,
    ClaimId,
    Disagreement,
    Entity,
    EntityId,
    EntityType,
    Fact,
    FactId,
    Judgement,
    Knowledge,
    Quantity,
    Quote,
    Retraction,
    Status,
)
from kgraph.ontology import KG

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from kgraph.settings import Settings

__all__ = ["knowledge"]

_TYPE = term("rdf:type").value
_LABEL = term("rdfs:label").value
_ENTITY_TYPES = {KG + kind: kind for kind in EntityType}
_VERDICTS = {node.value: verdict for verdict, node in VERDICT_CLASSES.items()}


def knowledge(quads: Iterable[Quad], settings: Settings) -> Knowledge:
    """What `quads`, from any number of graphs, say in the words of kgraph.

    Raises `GraphError` that names the node where something needed is missing or malformed.
    """
    return _Reader(quads, Names(namespace=settings.namespace)).knowledge()


class _Reader:
    """All quads as subject → property → objects, without graphs."""

    def __init__(self, quads: Iterable[Quad], names: Names) -> None:
        self._names = names
        self._of: dict[str, dict[str, list[NamedNode | Literal]]] = {}
        for quad in quads:
            subject, object_ = quad.subject, quad.object
            if isinstance(subject, NamedNode) and isinstance(object_, (NamedNode, Literal)):
                self._of.setdefault(subject.value, {}).setdefault(quad.predicate.value, []).append(object_)
        self._members: dict[str, list[str]] = defaultdict(list)
        for subject_iri in sorted(self._of):
            for cls in self._values(subject_iri, _TYPE):
                self._members[cls].append(subject_iri)
        self._met: dict[str, Quantity] = {}

    def knowledge(self) -> Knowledge:
        """Every noun, sorted by id."""
        article_ids = {iri: self._need(iri, term("schema:identifier").value) for iri in self._members[term("schema:NewsArticle").value]}
        appearances = [self._appearance(iri, article_ids) for iri in self._members[KG + "Appearance"]]
        claims = [self._claim(iri, article_ids) for iri in self._members[KG + "Claim"]]
        disagreements = [self._disagreement(iri, cls) for cls in _VERDICTS for iri in self._members[cls]]
        return Knowledge(
            articles=tuple(sorted((self._article(iri) for iri in article_ids), key=lambda a: a.id)),
            appearances=tuple(sorted(appearances, key=lambda a: a.key)),
            claims=tuple(sorted(claims, key=lambda c: c.id)),
            entities=tuple(sorted(self._entities(), key=lambda e: e.id)),
            facts=tuple(sorted((self._fact(iri) for iri in self._members[KG + "Fact"]), key=lambda f: f.id)),
            disagreements=tuple(sorted(disagreements, key=lambda d: d.id)),
            judgements=tuple(sorted((self._judgement(iri) for iri in self._members[KG + "Judgement"]), key=lambda j: j.order)),
            retractions=tuple(sorted((self._retraction(iri) for iri in self._members[KG + "Retraction"]), key=lambda r: r.article)),
        )

    # ── access ───────────────────────────────────────────────────────────────

    def _values(self, node: str, property_: str) -> list[str]:
        """Without repetition: the same triple may stand in several graphs."""
        return list(dict.fromkeys(found.value for found in self._of.get(node, {}).get(property_, ())))

    def _one(self, node: str, property_: str) -> str | None:
        found = self._of.get(node, {}).get(property_)
        return found[0].value if found else None

    def _need(self, node: str, property_: str) -> str:
        found = self._one(node, property_)
        if found is None:
            msg = f"<{node}> has no <{property_}>"
            raise GraphError(msg)
        return found

    def _number(self, node: str, property_: str) -> int:
        try:
            return int(self._need(node, property_))
        except ValueError as error:
            raise _malformed(node, property_, error) from error

    def _decimal(self, node: str, property_: str) -> Decimal | None:
        text = self._one(node, property_)
        try:
            return None if text is None else Decimal(text)
        except ArithmeticError as error:
            raise _malformed(node, property_, error) from error

    def _date(self, node: str, property_: str) -> dt.date | None:
        text = self._one(node, property_)
        try:
            return None if text is None else dt.date.fromisoformat(text)
        except ValueError as error:
            raise _malformed(node, property_, error) from error

    def _ids(self, node: str, property_: str, room: str) -> list[str]:
        """The identifiers behind a property's objects, sorted."""
        return sorted(self._names.identifier(value, room) for value in self._values(node, property_))

    # ── articles ─────────────────────────────────────────────────────────────

    def _article(self, node: str) -> Article:
        former = self._one(node, term("prov:wasRevisionOf").value)
        return Article(
            id=self._need(node, term("schema:identifier").value),
            text=self._one(node, term("schema:text").value) or "",
            title=self._one(node, term("schema:headline").value),
            date=self._date(node, term("schema:datePublished").value),
            publisher=self._one(node, term("schema:publisher").value),
            author=self._one(node, term("schema:author").value),
            url=self._one(node, term("schema:url").value),
            sha256=self._need(node, KG + "sha256"),
            revises=self._need(former, KG + "sha256") if former else None,
        )

    def _source(self, node: str, articles: dict[str, str]) -> str:
        """The id of the article that a quote or an appearance is in."""
        source = self._need(node, term("oa:hasSource").value)
        try:
            return articles[source]
        except KeyError:
            msg = f"<{node}> comes from <{source}>, which is no article of this graph"
            raise GraphError(msg) from None

    def _appearance(self, node: str, articles: dict[str, str]) -> Appearance:
        return Appearance(
            article=self._source(node, articles),
            key=AppearanceKey(self._names.identifier(node, "app")),
            type=self._kind(node, self._need(node, KG + "thingType")),
            name=self._need(node, KG + "fullName"),
            names=tuple(sorted(self._values(node, KG + "name"))),
            start=self._number(node, KG + "firstOffset"),
            count=self._number(node, KG + "mentionCount"),
            descriptions=tuple(sorted(self._values(node, KG + "description"))),
        )

    def _kind(self, node: str, cls: str) -> EntityType:
        if cls not in _ENTITY_TYPES:
            msg = f"<{node}> is a <{cls}>, which is no class of things"
            raise GraphError(msg)
        return _ENTITY_TYPES[cls]

    # ── claims and facts ─────────────────────────────────────────────────────

    def _claim(self, node: str, articles: dict[str, str]) -> Claim:
        quote = self._need(node, KG + "quote")
        return Claim(
            id=ClaimId(self._names.identifier(node, "claim")),
            article=self._source(quote, articles),
            subject=self._argument(node, "subject"),
            object=self._argument(node, "object") if KG + "objectAppearance" in self._of[node] else self._value(node),
            quote=Quote(
                start=self._number(quote, term("oa:start").value),
                end=self._number(quote, term("oa:end").value),
                exact=self._need(quote, term("oa:exact").value),
            ),
            extractor=self._need(node, KG + "extractor"),
            hedge=self._one(node, KG + "hedge"),
            said_by=self._one(node, KG + "saidBy"),
            **self._qualifiers(node),
        )

    def _fact(self, node: str) -> Fact:
        value = self._of[node].get(term("rdf:object").value, [None])[0]
        is_thing = isinstance(value, NamedNode) and self._names.room(value.value) is None
        return Fact(
            id=FactId(self._names.identifier(node, "fact")),
            subject=EntityId(self._names.identifier(self._need(node, term("rdf:subject").value))),
            object=EntityId(self._names.identifier(value.value)) if is_thing and value else self._value(node),
            claims=tuple(ClaimId(claim) for claim in self._ids(node, term("prov:wasDerivedFrom").value, "claim")),
            **self._qualifiers(node),
        )

    def _argument(self, node: str, end: str) -> Argument:
        return Argument(
            appearance=AppearanceKey(self._names.identifier(self._need(node, f"{KG}{end}Appearance"), "app")),
            start=self._number(node, f"{KG}{end}Start"),
            end=self._number(node, f"{KG}{end}End"),
            text=self._need(node, f"{KG}{end}Text"),
        )

    def _value(self, node: str) -> Quantity | str | bool:
        """An object that is no thing: a quantity, true, or a date."""
        found = self._of[node].get(term("rdf:object").value)
        if not found:
            msg = f"<{node}> has no rdf:object"
            raise GraphError(msg)
        value = found[0]
        if isinstance(value, NamedNode):
            return self._quantity(node, "object", value.value)
        return value.value == "true" if value.datatype == term("xsd:boolean") else value.value

    def _qualifiers(self, node: str) -> dict[str, Any]:
        """What claims and facts have in common, as fields of either."""
        predicate = self._need(node, term("rdf:predicate").value)
        found: dict[str, Any] = {
            "predicate": local(predicate),
            "confidence": float(self._decimal(node, KG + "confidence") or 0),
            "negative": self._one(node, KG + "polarity") == kg("negative").value,
        }
        status = self._one(node, KG + "modality")
        if status is not None:
            try:
                found["status"] = Status(status.removeprefix(KG))
            except ValueError as error:
                raise _malformed(node, KG + "modality", error) from error
        for field in QUANTITIES:
            target = self._one(node, KG + field)
            if target is not None:
                found[field] = self._quantity(node, field, target)
        found |= {field: self._one(node, KG + field) for field in (*DATES, *WORDS)}
        return found

    def _quantity(self, node: str, field: str, target: str) -> Quantity:
        """The quantity at `target` in the words of `node`."""
        value = self._decimal(target, term("schema:value").value)
        unit = self._one(target, term("schema:currency").value) or self._one(target, term("schema:unitText").value)
        qualifier = self._one(target, KG + "qualifier")
        return Quantity(
            text=self._one(node, f"{KG}{field}Text") or self._need(target, _LABEL),
            unit=unit,
            value=value,
            low=self._decimal(target, term("schema:minValue").value),
            high=self._decimal(target, term("schema:maxValue").value),
            qualifier=qualifier.removeprefix(KG) if qualifier else implied_qualifier(value),
        )

    # ── conclusions ──────────────────────────────────────────────────────────

    def _entities(self) -> Iterator[Entity]:
        appearances: dict[str, list[str]] = defaultdict(list)
        for node in self._members[KG + "Appearance"]:
            for entity in self._values(node, KG + "refersTo"):
                appearances[entity].append(self._names.identifier(node, "app"))
        former: dict[str, list[str]] = defaultdict(list)
        for node in self._of:
            for entity in self._values(node, term("dcterms:isReplacedBy").value):
                former[entity].append(self._names.identifier(node))
        for cls, kind in _ENTITY_TYPES.items():
            for node in self._members[cls]:
                label = self._need(node, _LABEL)
                yield Entity(
                    id=EntityId(self._names.identifier(node)),
                    type=kind,
                    label=label,
                    names=tuple(sorted({label, *self._values(node, term("skos:altLabel").value)})),
                    appearances=tuple(AppearanceKey(key) for key in sorted(appearances[node])),
                    same_as=tuple(sorted(self._values(node, term("owl:sameAs").value))),
                    replaces=tuple(EntityId(old) for old in sorted(former[node])),
                )

    def _disagreement(self, node: str, cls: str) -> Disagreement:
        gap = self._decimal(node, KG + "gap")
        return Disagreement(
            id=self._names.identifier(node, "diff"),
            verdict=_VERDICTS[cls],
            facts=tuple(FactId(fact) for fact in self._ids(node, KG + "concerns", "fact")),
            property=concerned(self._need(node, KG + "property")),
            claims=tuple(ClaimId(claim) for claim in self._ids(node, KG + "between", "claim")),
            severity=self._number(node, KG + "severity"),
            gap=None if gap is None else float(gap),
            why=self._need(node, term("rdfs:comment").value),
        )

    def _retraction(self, node: str) -> Retraction:
        return Retraction(
            article=self._need(node, term("schema:identifier").value),
            sha256=self._need(node, KG + "sha256"),
            when=self._date(node, KG + "decidedOn"),
            why=self._one(node, term("rdfs:comment").value),
        )

    def _judgement(self, node: str) -> Judgement:
        return Judgement(
            left=self._side(node, "left"),
            right=self._side(node, "right"),
            decision=self._need(node, KG + "decision"),
            by=self._need(node, KG + "by"),
            why=self._need(node, term("rdfs:comment").value),
            score=float(self._decimal(node, KG + "score") or 0),
            when=self._date(node, KG + "decidedOn"),
        )

    def _side(self, node: str, name: str) -> str:
        self._need(node, KG + name)
        return self._names.side_text(self._of[node][KG + name][0])


def _malformed(node: str, property_: str, error: Exception) -> GraphError:
    return GraphError(f"<{node}> has a malformed <{property_}>: {error}")
