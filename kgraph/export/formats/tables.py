"""How tables of rows are written: CSV for spreadsheets, CSV for Neo4j, Parquet."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

from kgraph.errors import ExtraMissing
from kgraph.text import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kgraph.export.formats.rows import Cell, Row

__all__ = ["neo4j_nodes", "neo4j_relationships", "parquet", "spreadsheet"]

_NEO4J_NODES = {
    "id:ID": "Id",
    "label": "Label",
    "names:string[]": "Names",
    "sameAs:string[]": "SameAs",
    "claims:int": "Claims",
    ":LABEL": "Kind",
}
_NEO4J_RELATIONSHIPS = {
    ":START_ID": "Source",
    ":END_ID": "Target",
    ":TYPE": "type",
    **{f"{name}:string": name for name in ("fact", "status", "when", "role", "amount_text", "amount_unit")},
    **{f"{name}:double": name for name in ("amount_low", "amount_high", "stake_low", "stake_high", "confidence")},
    **{f"{name}:boolean": name for name in ("negative", "disputed")},
    "claims:int": "claims",
}
"""Headers of Neo4j's import files, and the columns that they are made of."""
_COLUMN_TYPES = {"negative": "bool", "disputed": "bool", "claims": "int64", "start": "int64", "end": "int64", "confidence": "float64"}
_FIGURES = ("_value", "_low", "_high")


def spreadsheet(rows: Iterable[Row]) -> str:
    """CSV in which no text is run as a formula."""
    return _csv(rows, guard=True)


def neo4j_nodes(rows: Iterable[Row]) -> str:
    """Things for `neo4j-admin database import`; cells are exact, for no spreadsheet is meant to open them."""
    return _csv(_renamed(rows, _NEO4J_NODES), guard=False)


def neo4j_relationships(rows: Iterable[Row]) -> str:
    """Facts between things for `neo4j-admin database import`, e.g. of type `INVESTED_IN`."""
    typed = ({**row, "type": _shouted(str(row["predicate"]))} for row in rows)
    return _csv(_renamed(typed, _NEO4J_RELATIONSHIPS), guard=False)


def _renamed(rows: Iterable[Row], columns: Mapping[str, str]) -> list[Row]:
    return [{header: row[name] for header, name in columns.items()} for row in rows]


def _shouted(predicate: str) -> str:
    """A predicate as Neo4j's style guide writes types.

    >>> _shouted("investedIn")
    'INVESTED_IN'
    """
    return "".join(f"_{letter}" if letter.isupper() else letter for letter in predicate).upper()


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


def parquet(rows: Iterable[Row]) -> bytes:
    """A Parquet file. Raises `ExtraMissing` without pyarrow."""
    try:
        import pyarrow as pa  # type: ignore[import-untyped]
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError as error:
        feature = "Parquet"
        raise ExtraMissing(feature, "parquet") from error
    rows = list(rows)
    names = list(rows[0]) if rows else []
    kinds = {name: "float64" if name.endswith(_FIGURES) else _COLUMN_TYPES.get(name, "string") for name in names}
    columns = {name: [float(cell) if isinstance(cell, Decimal) else cell for cell in (row[name] for row in rows)] for name in names}
    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in kinds.items()])
    stream = io.BytesIO()
    pq.write_table(pa.table(columns, schema=schema), stream)
    return stream.getvalue()
