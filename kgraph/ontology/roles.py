"""Offices by one name: `ontology/roles.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from kgraph.ontology.loading import directory

__all__ = ["Office", "may_be_one", "office"]

_PASSING = r"^(?:(?:the|its|former|ex|then|current|incoming|outgoing|new|acting|interim)\b[\s-]*)+"


@dataclass(frozen=True, slots=True)
class Office:
    """One office, however it is written."""

    name: str
    exclusive: bool = False
    """Whether one organisation has one holder at a time."""


def office(role: str) -> Office:
    """The office that the words of a role name.

    >>> office("Chief Executive Officer")
    Office(name='CEO', exclusive=True)
    >>> office("vice president"), office("co-CEO")
    (Office(name='vice president', exclusive=False), Office(name='co ceo', exclusive=False))
    """
    words = _folded(role)
    known = _offices()
    if words in known:
        return known[words]
    bare = re.sub(_PASSING, "", words)
    return known.get(bare, Office(bare or words))


_RANKS = frozenset({"vice", "deputy", "assistant", "associate", "co", "under", "junior", "senior", "regional", "non", "honorary"})
"""Words that make another office of the one they stand before."""


def may_be_one(left: str, right: str) -> bool:
    """Whether two names of offices may mean one, the one being told more fully.

    >>> may_be_one("commissioner", "trade commissioner"), may_be_one("president", "vice president")
    (True, False)
    """
    one, other = frozenset(left.split()), frozenset(right.split())
    return one == other or ((one < other or other < one) and not (one ^ other) & _RANKS)


@lru_cache(maxsize=1)
def _offices() -> dict[str, Office]:
    tables = tomllib.loads((directory() / "roles.toml").read_text(encoding="utf-8"))
    return {
        _folded(written): Office(name, exclusive=table.get("exclusive", False))
        for name, table in tables.items()
        for written in table["names"]
    }


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
