"""Stored questions: SPARQL files with a heading that says what they ask and take.

    # Who has invested in an organisation?
    # ?name: a name of the organisation

    SELECT …

A value takes the place of its variable as a literal, so that nothing in it is read as SPARQL.

A thing that is looked for by its name, as in

    ?it rdfs:label|skos:altLabel ?known . FILTER(LCASE(?known) = LCASE(?name))

is found by a query of its own first, and `VALUES ?it { … }` takes the place of these words: no engine knows beforehand that they
lead to one thing, and many go through all facts to find those of that thing.

A question that reads nothing of what single articles say has a line `# (conclusions alone)` in its heading. It is asked of these without
the articles' graphs, where an engine looks things up in one graph rather than two kinds of them, which takes it twice as long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kgraph.errors import QueryError
from kgraph.graph.rdf.writing import decimal
from kgraph.graph.sparql.answers import CONCLUSIONS
from kgraph.graph.sparql.diagnostics import NOT_CODE
from kgraph.ontology import directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kgraph.graph.sparql.answers import Answer
    from kgraph.graph.stores.store import Store

__all__ = ["StoredQuery", "ask", "bind", "prepared", "stored_queries", "stored_query"]

_CONCLUDED = "# (conclusions alone)"
_PARAMETER = re.compile(r"# \?(?P<name>\w+)(?P<number> \(number\))?: (?P<meaning>.+)")
_NAMED = re.compile(
    rf"(?P<other>{NOT_CODE.pattern})|"
    r"\?(?P<thing>\w+)\s+rdfs:label\s*\|\s*skos:altLabel\s+\?(?P<known>\w+)\s*\."
    r"\s*FILTER\s*\(\s*LCASE\(\?(?P=known)\)\s*=\s*LCASE\(\?(?P<value>\w+)\)\s*\)",
    re.DOTALL,
)
"""The words that look for a thing by its name."""
_OTHERWISE = re.compile(
    r"\b(?:SELECT|DESCRIBE)\s+(?:(?:DISTINCT|REDUCED)\s+)?\*|(?<![\w?$:])(?:GRAPH|FROM)\b(?!:)|\bPREFIX\s+(?:rdfs|skos):", re.IGNORECASE
)
"""What gives these words another meaning: all variables are shown, another graph is asked, or the prefixes are the question's own."""
_MENTIONS = 2
"""How often these words themselves mention the name that is found; a question that mentions it elsewhere is left as it is."""


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
    concluded: bool = False
    """Whether it reads conclusions alone."""

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
    text = prepared(store, query, values, timeout=timeout)
    return store.query(text, timeout=timeout, limit=limit, dataset=CONCLUSIONS if query.concluded else None)


def prepared(store: Store, query: StoredQuery, values: Mapping[str, str], *, timeout: float | None = None) -> str:
    """The SPARQL text with `values`, and the things of the store that it looks for by name, in place.

    Raises `QueryError` where a value is missing, unknown or no number.
    """
    _check(query, values)
    if _OTHERWISE.search(NOT_CODE.sub(" ", query.text)):
        return bind(query, values)

    def things(match: re.Match[str]) -> str:
        if match["other"] or match["value"] not in values or _mentions(query.text, match["known"]) > _MENTIONS:
            return match[0]
        named = f"{{ ?it rdfs:label|skos:altLabel ?known FILTER(LCASE(?known) = LCASE({Literal(values[match['value']])})) }}"
        found = store.query(f"SELECT ?it {named}", timeout=timeout).solutions or ()
        nodes = sorted(str(thing) for (thing,) in found if isinstance(thing, NamedNode))  # as often as it bears the name
        return f"VALUES ?{match['thing']} {{ {' '.join(nodes)} }}"

    return bind(replace(query, text=_NAMED.sub(things, query.text)), values)


def _mentions(text: str, variable: str) -> int:
    return len(re.findall(rf"[?$]{variable}\b", NOT_CODE.sub(" ", text)))


def _read(path: Path) -> StoredQuery:
    text = path.read_text(encoding="utf-8")
    heading = [line for line in text.splitlines() if line.startswith("#") and line != _CONCLUDED]
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
        concluded=_CONCLUDED in text.splitlines(),
    )


def bind(query: StoredQuery, values: Mapping[str, str]) -> str:
    """The SPARQL text with `values` in place.

    Raises `QueryError` where a value is missing, unknown or no number.
    """
    _check(query, values)
    if not values:
        return query.text
    literals = {f"?{name}": str(_literal(query, name, value)) for name, value in values.items()}
    pattern = re.compile(rf"(?P<other>{NOT_CODE.pattern})|\?(?:{'|'.join(values)})\b", re.DOTALL)
    return pattern.sub(lambda match: match[0] if match["other"] else literals[match[0]], query.text)


def _check(query: StoredQuery, values: Mapping[str, str]) -> None:
    missing = [name for name in query.parameters if name not in values]
    unknown = [name for name in values if name not in query.meanings]
    if missing or unknown:
        needs = ", ".join(f"{name} ({meaning})" for name, meaning in query.meanings.items()) or "no values"
        wrong = [f"{name} is unknown" for name in unknown] + [f"{name} is missing" for name in missing]
        msg = f"the query {query.name!r} takes {needs}; {', '.join(wrong)}"
        raise QueryError(msg)


def _literal(query: StoredQuery, name: str, value: str) -> Literal:
    if name not in query.numbers:
        return Literal(value)
    try:
        return decimal(Decimal(value.replace(",", "").replace("_", "")))
    except InvalidOperation as error:
        msg = f"{name} must be a number, not {value!r}"
        raise QueryError(msg) from error
