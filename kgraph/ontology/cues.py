"""The words that say how far a matter has come: `ontology/cues.toml` as lookups."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kgraph.errors import OntologyError
from kgraph.model import Status
from kgraph.ontology.loading import directory

__all__ = ["StatusCues", "load_status_cues"]

Cues = Mapping[str, Status]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusCues:
    """Lemma to the status it gives; what each table is for stands in the file."""

    verbs: Cues
    passive: Cues
    nouns: Cues
    adjectives: Cues
    adverbs: Cues
    through: frozenset[str]
    sources: frozenset[str]
    conditionals: frozenset[str]
    tried: frozenset[str]
    official: frozenset[str]
    ongoing: frozenset[str]
    """Local names of predicates."""
    former: frozenset[str]
    incoming: frozenset[str]
    ended: frozenset[str]
    gone: frozenset[str]
    removed: frozenset[str]
    kept: frozenset[str]
    begun: frozenset[str]


@cache
def load_status_cues() -> StatusCues:
    """The tables of `ontology/cues.toml`; raises `OntologyError` where one is missing or names no status."""
    path = directory() / "cues.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        tenure = tables["tenure"]
        return StatusCues(
            verbs=_by_word(tables["verbs"]),
            passive=_by_word(tables["passive"]),
            nouns=_by_word(tables["nouns"]),
            adjectives=_by_word(tables["adjectives"]),
            adverbs=_by_word(tables["adverbs"]),
            through=frozenset(tables["verbs_through"]["words"]),
            sources=frozenset(tables["sources"]["words"]),
            conditionals=frozenset(tables["conditionals"]["words"]),
            official=frozenset(tables["official"]["words"]),
            tried=frozenset(tables["tried"]["words"]),
            ongoing=frozenset(tables["ongoing"]["predicates"]),
            former=frozenset(tenure["former"]),
            incoming=frozenset(tenure["incoming"]),
            ended=frozenset(tenure["ended"]),
            gone=frozenset(tenure["gone"]),
            removed=frozenset(tenure["removed"]),
            kept=frozenset(tenure["kept"]),
            begun=frozenset(tenure["begun"]),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        msg = f"{path}: {type(error).__name__}: {error}"
        raise OntologyError(msg) from error


def _by_word(table: dict[str, Any]) -> dict[str, Status]:
    """Each word's status; of two, the one named first in the file."""
    found: dict[str, Status] = {}
    for status, words in table.items():
        for word in words:
            found.setdefault(word, Status(status))
    return found
