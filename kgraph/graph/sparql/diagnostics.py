"""What is wrong with a query, in one line: Oxigraph lists all that it would have understood."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kgraph.ontology import KG

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["NOT_CODE", "diagnosis", "unknown_words"]

NOT_CODE = re.compile(
    r""""{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|\#[^\n]*""",
    re.DOTALL,
)
"""Strings, IRIs and comments of SPARQL."""
_DECLARED = re.compile(r"(?i)\bPREFIX\s+([\w.-]*):")
_PREFIXED = re.compile(r"(?<![\w?$:@.-])([A-Za-z][\w-]*):(?=[\w:%\\]|\s|$)")
_OWN_KG = re.compile(r"(?i)\bPREFIX\s+kg:\s*<([^>]*)>")
_WORD = re.compile(r"(?<![\w?$:.-])kg:([A-Za-z]\w*)")

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_UPDATE = re.compile(r"(?i)\s*(?:PREFIX\s+\S+\s+<[^>]*>\s*)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b")
_NEAR = 30
"""Characters of the query that are shown."""


def diagnosis(error: BaseException, sparql: str, prefixes: Collection[str], *, skipped: int = 0) -> str:
    """What an engine's error says of a query, with the words where it stopped; `prefixes` are those that need not be declared.

    `skipped` are the lines that the engine got before the query.
    """
    if update := _UPDATE.match(sparql):
        return f"{update[1].upper()}: queries only read the graph"
    found = _PLACE.match(str(error))
    if found is None:
        return f"the query is wrong: {' '.join(str(error).split())}"
    line, column, expected = int(found[1]) - skipped, int(found[2]), found[3]
    lines = sparql.split("\n")
    near = lines[line - 1][column - 1 : column - 1 + _NEAR].strip() if line <= len(lines) else ""
    where = f"line {line}, column {column}" + (f", at “{near}”" if near else ", where it ends")
    if "Prefix not found" in expected:  # the place is where the engine gave up, not where the prefix is
        known = {*prefixes, *_DECLARED.findall(sparql)}
        unknown = next((name for name in _PREFIXED.findall(NOT_CODE.sub(" ", sparql)) if name not in known), None)
        return (
            f"the query is wrong: the prefix {unknown}: is not known" if unknown else f"the query is wrong: {where}: a prefix is not known"
        )
    hint = "" if "[" in expected or len(expected) > _NEAR else f": expected {expected}"
    return f"the query is wrong: {where}{hint}"


def unknown_words(sparql: str, known: Collection[str]) -> Iterator[str]:
    """A sentence for each word of kgraph in a query that the ontology does not have, with those like it.

    There is none where `kg:` is the query's own prefix.

    >>> list(unknown_words("SELECT ?who { ?who kg:aquired ?what }", ["acquired", "amount"]))
    ['kg:aquired is no word of the ontology; near: kg:acquired']
    """
    if any(iri != KG for iri in _OWN_KG.findall(sparql)):
        return
    for word in dict.fromkeys(_WORD.findall(NOT_CODE.sub(" ", sparql))):
        if word not in known:
            near = ", ".join(f"kg:{other}" for other in get_close_matches(word, known))
            yield f"kg:{word} is no word of the ontology" + (f"; near: {near}" if near else "")
