"""Reads headings: which words above, before or beside an entry say what it is.

    lex:investor-heading a lex:Heading ;
        lex:word "investor", "backer" ;          # or lex:title true, for any office
        lex:evokes kg:investedIn ;
        lex:holds "subject" .                    # what stands there: an end, a qualifier, or the thing that a row is about

`docs/extending.md` explains every line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.ontology.lexicon import LEX, check_properties, status_of
from kgraph.ontology.loading import load, local
from kgraph.ontology.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kgraph.model import Status

__all__ = ["Heading", "read_headings"]

_ENDS = ("subject", "object")
_QUALIFIERS = ("amount", "stake", "when", "role", "seller", "round", "status")
_HOLDS = ("thing", *_ENDS, *_QUALIFIERS)
_PROPERTIES = frozenset({"word", "title", "evokes", "holds", "requires", "status"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands under some words."""

    words: tuple[str, ...]
    """In lower case and the singular; empty for any office."""
    holds: str
    """`subject` or `object` of the predicate, a qualifier, or `thing`: what a row is about."""
    predicate: str | None = None
    requires: str | None = None
    """A qualifier without which an entry tells nothing."""
    status: Status | None = None


def read_headings(files: Iterable[Path]) -> tuple[Heading, ...]:
    """The headings of Turtle files; raises `OntologyError` that names the file, the heading and the cause."""
    files = tuple(files)
    triples, predicates = Triples(files), load(files).predicates
    found = []
    for iri in triples.members(LEX + "Heading"):
        check_properties(triples, iri, _PROPERTIES, "heading")
        heading = _heading(triples, iri)
        if heading.predicate is not None and heading.predicate not in predicates:
            raise triples.wrong(iri, f"has {heading.predicate!r} for lex:evokes, which is no predicate of the ontology")
        found.append(heading)
    return tuple(found)


def _heading(triples: Triples, iri: str) -> Heading:
    words, evoked = triples.all(iri, LEX + "word"), triples.one(iri, LEX + "evokes")
    if bool(words) == (triples.one(iri, LEX + "title") == "true"):
        raise triples.wrong(iri, "needs either lex:word or lex:title true")
    holds, requires = triples.need(iri, LEX + "holds"), triples.one(iri, LEX + "requires")
    if holds not in _HOLDS:
        raise triples.wrong(iri, f"has {holds!r} for lex:holds; it may be {', '.join(_HOLDS)}")
    if holds in _ENDS and evoked is None:
        raise triples.wrong(iri, f"holds the {holds} of nothing; it needs lex:evokes")
    if requires is not None and requires not in _QUALIFIERS:
        raise triples.wrong(iri, f"has {requires!r} for lex:requires, which is no qualifier; known are {', '.join(_QUALIFIERS)}")
    return Heading(
        words=tuple(word.lower() for word in words),
        holds=holds,
        predicate=local(evoked) if evoked else None,
        requires=requires,
        status=status_of(triples, iri),
    )
