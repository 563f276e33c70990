"""Tables: things, links, facts and claims as CSV, as Neo4j's import files and as Parquet.

Every table is made once, as rows of plain values; the formats differ only in how they write a cell.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kgraph.errors import ExtraMissing
from kgraph.export.disputes import disputes
from kgraph.export.selection import weights
from kgraph.export.words import phrase
from kgraph.model import Argument, Quantity
from kgraph.ontology.currencies import is_money
from kgraph.text import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kgraph.model import Claim, Entity, Fact, Knowledge
    from kgraph.ontology import Ontology

    Cell = str | int | float | bool | Decimal | None
    Row = dict[str, Cell]

__all__ = [
    "claim_rows",
    "claims_csv",
    "claims_parquet",
    "edge_rows",
    "edges_csv",
    "fact_rows",
    "facts_csv",
    "facts_parquet",
    "neo4j_nodes",
    "neo4j_relationships",
    "node_rows",
    "nodes_csv",
]

_LIST_MARK = ";"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column of Neo4j's import files: its name there, and where its value comes from."""

    header: str
    value: Callable[[Row], Cell]


def node_rows(knowledge: Knowledge) -> list[Row]:
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


def nodes_csv(knowledge: Knowledge, _: Ontology) -> str:
    """Things, in columns that Gephi and spreadsheets read."""
    return _csv(node_rows(knowledge), guard=True)


def edges_csv(knowledge: Knowledge, ontology: Ontology) -> str:
    """Facts between things, in columns that Gephi and spreadsheets read."""
    return _csv(edge_rows(knowledge, ontology), guard=True)


def facts_csv(knowledge: Knowledge, ontology: Ontology) -> str:
    """All facts, those without a second thing included."""
    return _csv(fact_rows(knowledge, ontology), guard=True)


def claims_csv(knowledge: Knowledge, ontology: Ontology) -> str:
    """All claims with their quotes."""
    return _csv(claim_rows(knowledge, ontology), guard=True)


def _csv(rows: Iterable[Row], *, guard: bool) -> str:
    rows = list(rows)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
        writer.writerows([_cell(value, guard=guard) for value in row.values()] for row in rows)
    return stream.getvalue()


def _cell(value: Cell, *, guard: bool) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case str() if guard:
            return guarded(value)
        case _:
            return str(value)


def neo4j_nodes(knowledge: Knowledge, _: Ontology) -> str:
    """Things for `neo4j-admin database import`; cells are exact, for no spreadsheet is meant to open them."""
    columns = (
        _Column(header="id:ID", value=lambda row: row["Id"]),
        _Column(header="label", value=lambda row: row["Label"]),
        _Column(header="names:string[]", value=lambda row: row["Names"]),
        _Column(header="sameAs:string[]", value=lambda row: row["SameAs"]),
        _Column(header="claims:int", value=lambda row: row["Claims"]),
        _Column(header=":LABEL", value=lambda row: row["Kind"]),
    )
    return _csv(_renamed(node_rows(knowledge), columns), guard=False)


def neo4j_relationships(knowledge: Knowledge, ontology: Ontology) -> str:
    """Facts between things for `neo4j-admin database import`, e.g. of type `INVESTED_IN`."""

    def plain(name: str, kind: str = "string") -> _Column:
        return _Column(header=f"{name}:{kind}", value=lambda row: row[name])

    columns = (
        _Column(header=":START_ID", value=lambda row: row["Source"]),
        _Column(header=":END_ID", value=lambda row: row["Target"]),
        _Column(header=":TYPE", value=lambda row: _shouted(str(row["predicate"]))),
        *(plain(name) for name in ("fact", "status", "when", "role", "amount_text", "amount_unit")),
        *(plain(name, "double") for name in ("amount_low", "amount_high", "stake_low", "stake_high", "confidence")),
        *(plain(name, "boolean") for name in ("negative", "disputed")),
        plain("claims", "int"),
    )
    return _csv(_renamed(edge_rows(knowledge, ontology), columns), guard=False)


def _renamed(rows: Iterable[Row], columns: tuple[_Column, ...]) -> list[Row]:
    return [{column.header: column.value(row) for column in columns} for row in rows]


def _shouted(predicate: str) -> str:
    """A predicate as Neo4j's style guide writes types.

    >>> _shouted("investedIn")
    'INVESTED_IN'
    """
    return "".join(f"_{letter}" if letter.isupper() else letter for letter in predicate).upper()


def facts_parquet(knowledge: Knowledge, ontology: Ontology) -> bytes:
    """All facts as a Parquet file. Raises `ExtraMissing` without pyarrow."""
    return _parquet(fact_rows(knowledge, ontology))


def claims_parquet(knowledge: Knowledge, ontology: Ontology) -> bytes:
    """All claims as a Parquet file. Raises `ExtraMissing` without pyarrow."""
    return _parquet(claim_rows(knowledge, ontology))


_COLUMN_TYPES = {"negative": "bool", "disputed": "bool", "claims": "int64", "start": "int64", "end": "int64", "confidence": "float64"}
_FIGURES = ("_value", "_low", "_high")


def _parquet(rows: list[Row]) -> bytes:
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError as error:
        feature = "Parquet"
        raise ExtraMissing(feature, "parquet") from error
    names = list(rows[0]) if rows else []
    kinds = {name: "float64" if name.endswith(_FIGURES) else _COLUMN_TYPES.get(name, "string") for name in names}
    columns = {name: [float(cell) if isinstance(cell, Decimal) else cell for cell in (row[name] for row in rows)] for name in names}
    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in kinds.items()])
    stream = io.BytesIO()
    pq.write_table(pa.table(columns, schema=schema), stream)
    return stream.getvalue()
