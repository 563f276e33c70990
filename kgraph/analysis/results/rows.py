"""Results as rows: what `pandas.DataFrame` and a CSV writer take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from kgraph.model import Quantity

__all__ = ["Row", "rows"]

Row = dict[str, str | float | int | bool | None]


def rows(results: Iterable[Any]) -> list[Row]:
    """One row for each result of an analysis: a column for each field, lists joined by "; ".

    A figure is spread over `<field>`, `<field>_low`, `<field>_high` and `<field>_unit`, and any other value with fields of its own
    over those: the `entity` of a listing over `entity_id`, `entity_label` and so on.
    """
    return [dict(cell for field in fields(result) for cell in _cells(field.name, getattr(result, field.name))) for result in results]


def _cells(name: str, value: object) -> Iterable[tuple[str, str | float | int | bool | None]]:
    if name in ("amount", "stake") or isinstance(value, Quantity):
        said = value if isinstance(value, Quantity) else None
        yield name, None if said is None or said.value is None else float(said.value)
        yield f"{name}_low", None if said is None or said.low is None else float(said.low)
        yield f"{name}_high", None if said is None or said.high is None else float(said.high)
        yield f"{name}_unit", said.unit if said else None
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _cells(f"{name}_{field.name}", getattr(value, field.name))
    elif value is None or isinstance(value, bool | int | float):
        yield name, value
    else:
        yield name, _text(value)


def _text(value: object) -> str:
    if isinstance(value, Quantity):
        return value.text
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(_text(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_text(entry)}" for key, entry in value.items())
    if isinstance(value, (tuple, list, frozenset)):
        return "; ".join(_text(entry) for entry in value)
    return str(value)
