"""What is wrong with a query, in one line: Oxigraph lists all that it would have understood."""

from __future__ import annotations

import re

__all__ = ["complaint"]

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_UPDATE = re.compile(r"(?i)\s*(?:PREFIX\s+\S+\s+<[^>]*>\s*)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b")
_NEAR = 30
"""Characters of the query that are shown."""


def complaint(error: BaseException, sparql: str) -> str:
    """What an engine's error says of a query, with the words where it stopped."""
    if update := _UPDATE.match(sparql):
        return f"{update[1].upper()}: queries only read the graph"
    found = _PLACE.match(str(error))
    if found is None:
        return f"the query is wrong: {' '.join(str(error).split())}"
    line, column, expected = int(found[1]), int(found[2]), found[3]
    lines = sparql.split("\n")
    near = lines[line - 1][column - 1 : column - 1 + _NEAR].strip() if line <= len(lines) else ""
    where = f"line {line}, column {column}" + (f", at “{near}”" if near else ", where it ends")
    if "Prefix not found" in expected:
        return f"the query is wrong: {where}: a prefix is not known"
    hint = "" if "[" in expected or len(expected) > _NEAR else f": expected {expected}"
    return f"the query is wrong: {where}{hint}"
