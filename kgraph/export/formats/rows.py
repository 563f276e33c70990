"""Things, links, facts and claims as rows of plain values: each table is made once, and the formats only write its cells."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kgraph.export.disputes import disputes
from kgraph.export.selection import weights
from kgraph.export.wording.sentences import phrase
from kgraph.model import Argument, Quantity
from kgraph.ontology.currencies import is_money

if TYPE_CHECKING:
    from kgraph.model import Claim, Entity, Fact, Knowledge
    from kgraph.ontology import Ontology

    Cell = str | int | float | bool | Decimal | None
    Row = dict[str, Cell]

__all__ = ["claim_rows", "edge_rows", "fact_rows", "node_rows"]

_LIST_MARK = ";"


def node_rows(knowledge: Knowledge, _: Ontology) -> list[Row]:
    """One row for each thing."""
    scores = weights(knowledge)
    return [
        {
            "Id": entity.id,
            "Label": entity.label,
            "Kind": entity.type.value,
            "Names": _LIST_MARK.join(name.replace(_LIST_MARK, ",") for name in entity.names),
            "SameAs": _LIST_MARK.join(entity.same_as),
            "Claims": int(scores[entity.id]),
        }
        for entity in knowledge.entities
    ]


def edge_rows(knowledge: Knowledge, ontology: Ontology) -> list[Row]:
    """One row for each fact between two things, in the columns that Gephi looks for."""
    entities = {entity.id for entity in knowledge.entities}
    rows = []
    for fact, row in zip(knowledge.facts, fact_rows(knowledge, ontology), strict=True):
        if fact.object in entities:
            rule = ontology.predicates.get(fact.predicate)
            head: Row = {
                "Source": row.pop("subject"),
                "Target": row.pop("object"),
                "Type": "Undirected" if rule and rule.symmetric else "Directed",
                "Label": row.pop("words"),
                "Weight": len(fact.claims),
            }
            rows.append(head | row)
    return rows


def fact_rows(knowledge: Knowledge, ontology: Ontology) -> list[Row]:
    """One row for each fact, its quantities as bounds and as words."""
    disputed, ends = disputes(knowledge), _Ends(knowledge)
    return [
        {
            "fact": fact.id,
            "subject": fact.subject,
            "predicate": fact.predicate,
            "object": fact.object if isinstance(fact.object, str) else None,
            "words": phrase(fact, ontology),
            **_qualifiers(fact),
            "disputed": fact.id in disputed,
            "claims": len(fact.claims),
            **ends.words(fact.subject, fact.object),
        }
        for fact in knowledge.facts
    ]


def claim_rows(knowledge: Knowledge, ontology: Ontology) -> list[Row]:
    """One row for each claim, with its quote and its article."""
    entity = {key: entity.id for entity in knowledge.entities for key in entity.appearances}
    fact = {claim: fact.id for fact in knowledge.facts for claim in fact.claims}
    articles = {article.id: article for article in knowledge.articles}
    ends = _Ends(knowledge)
    rows = []
    for claim in knowledge.claims:
        article = articles[claim.article]
        value = claim.object
        subject = entity.get(claim.subject.appearance, claim.subject.text)
        target = entity.get(value.appearance, value.text) if isinstance(value, Argument) else value if isinstance(value, str) else None
        rows.append(
            {
                "claim": claim.id,
                "fact": fact.get(claim.id),
                "subject": subject,
                "predicate": claim.predicate,
                "object": target,
                "words": phrase(claim, ontology),
                **_qualifiers(claim),
                "hedge": claim.hedge,
                "said_by": claim.said_by,
                "quote": claim.quote.exact,
                "start": claim.quote.start,
                "end": claim.quote.end,
                "article": article.id,
                "publisher": article.publisher,
                "published": article.date.isoformat() if article.date else None,
                "url": article.url,
                **ends.words(subject, target),
                "headline": article.title,
            }
        )
    return rows


class _Ends:
    """The names and types of what a row speaks of, beside its ids."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._entities: dict[object, Entity] = {entity.id: entity for entity in knowledge.entities}

    def words(self, subject: str, target: object) -> Row:
        """The last columns of a row; empty where an end is no thing."""
        one, other = self._entities.get(subject), self._entities.get(target) if isinstance(target, str) else None
        return {
            "subject_label": one.label if one else subject,
            "object_label": other.label if other else target if isinstance(target, str) else None,
            "subject_type": one.type.value if one else None,
            "object_type": other.type.value if other else None,
        }


def _qualifiers(said: Fact | Claim) -> Row:
    """What facts and claims share; an amount is the object of a value predicate or the qualifier of an event."""
    amount = said.object if isinstance(said.object, Quantity) else said.amount
    return {
        "status": said.status.value if said.status else None,
        "negative": said.negative,
        **_bounds("amount", amount),
        "amount_currency": amount.unit if amount is not None and is_money(amount.unit) else None,
        **_bounds("stake", said.stake),
        "when": said.when,
        "period": said.period,
        "role": said.role,
        "seller": said.seller,
        "purpose": said.purpose,
        "round": said.round,
        "service": said.service,
        "confidence": said.confidence,
    }


def _bounds(name: str, quantity: Quantity | None) -> Row:
    if quantity is None:
        return dict.fromkeys((f"{name}_text", f"{name}_unit", f"{name}_value", f"{name}_low", f"{name}_high"))
    return {
        f"{name}_text": quantity.text,
        f"{name}_unit": quantity.unit,
        f"{name}_value": quantity.value,
        f"{name}_low": quantity.low,
        f"{name}_high": quantity.high,
    }
