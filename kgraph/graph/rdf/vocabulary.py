"""The prefixes and words of kgraph's ontology and the user's: what a query may use without declaring it, and a file declares."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from kgraph.graph.rdf.iris import known_prefixes
from kgraph.ontology import KG, Triples, directory, stamped

if TYPE_CHECKING:
    from pathlib import Path

    from kgraph.settings import Settings

__all__ = ["query_prefixes", "words"]


def query_prefixes(settings: Settings) -> dict[str, str]:
    """Every prefix that files declare and queries need not: kgraph's, then those of the user's ontology."""
    known = known_prefixes(settings.namespace)
    own = _prefixes(stamped(settings.ontology)) if settings.ontology else {}
    return known | {prefix: full for prefix, full in own.items() if prefix not in known}


def words(settings: Settings) -> frozenset[str]:
    """The words of kgraph's namespace, of which files of the user may add more."""
    return _own_words() | _words(stamped(settings.ontology))


@lru_cache(maxsize=8)
def _prefixes(stamps: tuple[tuple[Path, *tuple[int, ...]], ...]) -> dict[str, str]:
    return Triples(stamp[0] for stamp in stamps).prefixes


@cache
def _own_words() -> frozenset[str]:
    """Those of kgraph's own files, which stay as they are: to look each time costs more than a small query."""
    return _words(stamped(directory().glob("*.ttl")))


@lru_cache(maxsize=8)
def _words(stamps: tuple[tuple[Path, *tuple[int, ...]], ...]) -> frozenset[str]:
    return frozenset(iri.removeprefix(KG) for iri in Triples(stamp[0] for stamp in stamps).subjects() if iri.startswith(KG))
