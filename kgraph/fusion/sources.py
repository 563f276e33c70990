"""How far each source is believed: `ontology/sources.toml` and the user's files on top."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kgraph.errors import OntologyError
from kgraph.model import Article, Claim
from kgraph.ontology import directory, stamped

__all__ = ["EventRules", "Sources", "event_rules", "load_sources", "outlet"]

_LEAST = 1e-6
"""Even an outlet with a prior of 0 tells something where nobody else does."""

_TABLES = ("priors", "hedges", "copies", "anonymous")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Weights of outlets and hedges, and the signs of copying."""

    priors: Mapping[str, float]
    """By `outlet` name; `default` for all others."""
    hedges: Mapping[str, float]
    shingle: int
    overlap: float
    shortest: int
    anonymous: frozenset[str]

    def prior(self, article: Article) -> float:
        """The chance that what `article` reports is so."""
        return self.priors.get(outlet(article.publisher or ""), self.priors["default"])

    def weight(self, claim: Claim, article: Article) -> float:
        """What one claim counts: how well it was read, who says it, and how surely."""
        return max(claim.confidence * self.prior(article) * self._hedge(claim.hedge), _LEAST)

    def _hedge(self, hedge: str | None) -> float:
        if not hedge:
            return 1.0
        words = hedge.casefold()
        return min((weight for word, weight in self.hedges.items() if word in words), default=self.hedges["default"])


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRules:
    """`ontology/fusion.toml`; what each entry means is said there."""

    apart_days: int
    silent_days: int
    figure_days: int
    deed_days: int
    moved_days: int
    alike: float
    unnamed: frozenset[str]
    share: float
    denied_until: int
    earlier_stage: float


def outlet(name: str) -> str:
    """The name of an outlet as it is compared.

    >>> outlet("The Example Times"), outlet("Bloomberg.com")
    ('example times', 'bloomberg')
    """
    folded = re.sub(r"\.(com|co\.uk|org|net)$", "", name.strip().casefold())
    return re.sub(r"[\W_]+", " ", folded).strip().removeprefix("the ").removesuffix(" news")


def load_sources(files: Iterable[Path] = ()) -> Sources:
    """The built-in weights with those of `files` on top.

    Raises `OntologyError`, naming the file, where a table or weight is wrong.
    """
    return _loaded(stamped((directory() / "sources.toml", *files)))


@lru_cache(maxsize=8)
def _loaded(stamps: tuple[tuple[Path, *tuple[int, ...]], ...]) -> Sources:
    """The weights of some files as they are now."""
    merged: dict[str, dict[str, Any]] = {table: {} for table in _TABLES}
    for file, *_ in stamps:
        for table, entries in _read(file).items():
            if table not in merged or not isinstance(entries, dict):
                msg = f"{file}: unknown table {table!r}; known are {', '.join(_TABLES)}"
                raise OntologyError(msg)
            merged[table].update(entries)
        _check(file, merged)
    return Sources(
        priors={(name if name == "default" else outlet(name)): float(prior) for name, prior in merged["priors"].items()},
        hedges={word.casefold(): float(weight) for word, weight in merged["hedges"].items()},
        anonymous=frozenset(word.casefold() for word in merged["anonymous"]["words"]),
        **merged["copies"],
    )


@lru_cache(maxsize=1)
def event_rules() -> EventRules:
    """The rules of `ontology/fusion.toml`."""
    tables = _read(directory() / "fusion.toml")
    unnamed = frozenset(tables["rounds"]["unnamed"].split())
    return EventRules(**tables["events"], unnamed=unnamed, **tables["status"])


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"{file}: {error.strerror}"
        raise OntologyError(msg) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{file}: {error}"
        raise OntologyError(msg) from error


def _check(file: Path, tables: Mapping[str, Mapping[str, Any]]) -> None:
    """Weights are chances, and the signs of copying are the known ones."""
    for table in ("priors", "hedges"):
        for name, weight in tables[table].items():
            if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 <= weight <= 1:
                msg = f"{file}: {table}.{name} must be between 0 and 1, not {weight!r}"
                raise OntologyError(msg)
    for name, value in tables["copies"].items():
        if (wrong := _wrong_sign(name, value)) is not None:
            msg = f"{file}: copies.{name} {wrong}"
            raise OntologyError(msg)
    for name, value in tables["anonymous"].items():
        if name != "words" or not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            msg = f"{file}: anonymous.{name} is not `words`, a list of words in quotes"
            raise OntologyError(msg)


def _wrong_sign(name: str, value: object) -> str | None:
    """What is wrong with a sign of copying; None where it is one."""
    if name == "overlap":
        fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1
        return None if fits else f"must be over 0 and at most 1, not {value!r}"
    if name in ("shingle", "shortest"):
        fits = isinstance(value, int) and not isinstance(value, bool) and value > 0
        return None if fits else f"must be a whole number of words, not {value!r}"
    return "is unknown; known are overlap, shingle, shortest"
