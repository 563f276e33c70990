"""Stored questions: SPARQL files with a heading that says what they ask and take.

    # Who has invested in an organisation?
    # ?name: a name of the organisation

    SELECT …

A value takes the place of its variable as a literal, so that nothing in it is read as SPARQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kgraph.errors import QueryError
from kgraph.graph.answers import NOT_CODE
from kgraph.graph.mapping import decimal
from kgraph.ontology import directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kgraph.graph.answers import Answer
    from kgraph.graph.storing import Store

__all__ = ["StoredQuery", "ask", "bind", "stored_queries", "stored_query"]

_PARAMETER = re.compile(r"# \?(?P<name>\w+)(?P<number> \(number\))?: (?P<meaning>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredQuery:
    """One question that can be asked by name."""

    name: str
    description: str
    text: str
    meanings: Mapping[str, str] = field(default_factory=dict)
    """What each value means, by name."""
    numbers: frozenset[str] = frozenset()
    """The values that are numbers."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the values it needs."""
        return tuple(self.meanings)


def stored_queries(folders: Iterable[Path] = ()) -> tuple[StoredQuery, ...]:
    """The built-in questions and those of other folders, by name; a later one of the same name wins."""
    found = {path.stem: _read(path) for folder in (directory() / "queries", *folders) for path in sorted(folder.glob("*.rq"))}
    return tuple(found[name] for name in sorted(found))


def stored_query(name: str, folders: Iterable[Path] = ()) -> StoredQuery:
    """The stored question of that name; raises `QueryError` that lists the known names where there is none."""
    found = {query.name: query for query in stored_queries(folders)}
    if name not in found:
        msg = f"no stored query is named {name!r}; known are {', '.join(found)}"
        raise QueryError(msg)
    return found[name]


def ask(store: Store, query: StoredQuery, values: Mapping[str, str], *, timeout: float | None = None, limit: int | None = None) -> Answer:
    """What a stored question gives for these values."""
    return store.query(bind(query, values), timeout=timeout, limit=limit)


def _read(path: Path) -> StoredQuery:
    text = path.read_text(encoding="utf-8")
    heading = [line for line in text.splitlines() if line.startswith("#")]
    parameters = [match for line in heading if (match := _PARAMETER.fullmatch(line))]
    description = " ".join(line.lstrip("# ") for line in heading if not _PARAMETER.fullmatch(line))
    if not description:
        msg = f"{path}: the first line must be a comment that says what the query asks"
        raise QueryError(msg)
    return StoredQuery(
        name=path.stem,
        description=description,
        text=text,
        meanings={match["name"]: match["meaning"] for match in parameters},
        numbers=frozenset(match["name"] for match in parameters if match["number"]),
    )


def bind(query: StoredQuery, values: Mapping[str, str]) -> str:
    """The SPARQL text with `values` in place.

    Raises `QueryError` where a value is missing, unknown or no number.
    """
    missing = [name for name in query.parameters if name not in values]
    unknown = [name for name in values if name not in query.meanings]
    if missing or unknown:
        needs = ", ".join(f"{name} ({meaning})" for name, meaning in query.meanings.items()) or "no values"
        msg = f"the query {query.name!r} takes {needs}; " + (f"{missing[0]} is missing" if missing else f"{unknown[0]} is unknown")
        raise QueryError(msg)
    if not values:
        return query.text
    literals = {f"?{name}": str(_literal(query, name, value)) for name, value in values.items()}
    pattern = re.compile(rf"(?P<other>{NOT_CODE.pattern})|\?(?:{'|'.join(values)})\b", re.DOTALL)
    return pattern.sub(lambda match: match[0] if match["other"] else literals[match[0]], query.text)


def _literal(query: StoredQuery, name: str, value: str) -> Literal:
    if name not in query.numbers:
        return Literal(value)
    try:
        return decimal(Decimal(value.replace(",", "").replace("_", "")))
    except InvalidOperation as error:
        msg = f"{name} must be a number, not {value!r}"
        raise QueryError(msg) from error
