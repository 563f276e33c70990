"""The words that titles of offices and jobs are made of."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from functools import cache

from kgraph.errors import OntologyError
from kgraph.ontology.loading import directory

__all__ = ["TitleWords", "load_title_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleWords:
    """All in lower case; what each list is for stands in `ontology/titles.toml`."""

    heads: frozenset[str]
    bound: frozenset[str]
    modifiers: frozenset[str]
    areas: frozenset[str]
    time: frozenset[str]
    employers: frozenset[str]
    unique: frozenset[str]
    lesser: frozenset[str]
    nouns: frozenset[str] = field(init=False)
    """Every word that can be the last of a title: `heads` and `bound`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "nouns", self.heads | self.bound)


_LISTS = tuple(part.name for part in fields(TitleWords) if part.init)


@cache
def load_title_words() -> TitleWords:
    """The words of `ontology/titles.toml`; raises `OntologyError` where a list is missing or is no list of words."""
    path = directory() / "titles.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        lists = {name: frozenset(word.lower() for word in table[name]) for name in _LISTS}
    except (OSError, tomllib.TOMLDecodeError, KeyError, AttributeError) as error:
        msg = f"{path}: {type(error).__name__}: {error}"
        raise OntologyError(msg) from error
    return TitleWords(**lists)
