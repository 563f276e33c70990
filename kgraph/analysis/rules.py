"""What counts as wording, change or conflict: `ontology/disagreements.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kgraph.ontology import directory

__all__ = ["Rules", "rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The entries of the file; what each means is said there."""

    near: float
    narrow: float
    part: float
    moved_days: int
    with_debt: tuple[str, ...]
    without_debt: tuple[str, ...]
    near_days: int
    sure: float
    jump: int
    open_until: int
    change_days: int
    once_days: int
    grown_days: int
    minority: float
    person: tuple[str, ...]
    unit: tuple[str, ...]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules, read once."""
    tables = tomllib.loads((directory() / "disagreements.toml").read_text(encoding="utf-8"))
    entries: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for table in tables.values() for name, value in table.items()
    }
    return Rules(**entries)
