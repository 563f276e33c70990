"""Reads the lexicon: which words evoke which predicate, and where their arguments stand.

A frame in Turtle (`lex:` is `https://w3id.org/kgraph/lexicon#`):

    lex:invest a lex:Frame ;
        lex:verb "invest", "pour" ;              # or lex:noun, lex:adjective, lex:thing, lex:title
        lex:evokes kg:investedIn ;
        lex:subject "subject" ;                  # paths, tried from left to right
        lex:object "in | into | object[stake,share]>in" ;
        lex:amount "object" .

A word class (`lex:firm a lex:WordClass ; lex:word "firm", "bank"`) may stand among the words of a frame for its own.

A path is one or more steps joined by `>`, from the evoking word outwards. A step is a place
(`subject`, `object`, `possessor`, a preposition, …: see docs/extending.md) and may demand
lemmas of the word found there, in brackets. Subject and object are the logical ones: the
passive, infinitives, relative clauses and coordination need no frames of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kgraph.model import Status
from kgraph.ontology.loading import load
from kgraph.ontology.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path as FilePath

__all__ = ["Frame", "Lexicon", "Part", "Path", "Step", "read_lexicon"]

Part = Literal["verb", "noun", "adjective", "title", "thing"]

_LEX = "https://w3id.org/kgraph/lexicon#"
_PARTS: tuple[Part, ...] = ("verb", "noun", "adjective", "thing")
_QUALIFIERS = ("amount", "stake", "when", "role", "seller", "purpose", "round", "service")
_SLOTS = ("subject", "object", "members", *_QUALIFIERS, "beside", "without")
_PROPERTIES = frozenset({*_PARTS, "title", "word", *_SLOTS, "evokes", "requires", "unless", "status", "holding", "score"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a path: a place, and the lemmas that may stand there (any where empty)."""

    place: str
    lemmas: frozenset[str] = frozenset()


Path = tuple[Step, ...]
"""Steps from the evoking word outwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Words that evoke one predicate in one syntactic pattern."""

    name: str
    part: Part
    lemmas: tuple[str, ...]
    """Empty for any title; entity types for things. Of several words ("take over") the first evokes in a verb, the last in a noun."""
    predicate: str
    paths: Mapping[str, tuple[Path, ...]]
    """Argument or qualifier → paths, the preferred first. `members` fills both ends of a symmetric predicate.

    `beside` and `without` fill nothing: they must lead somewhere, or nowhere."""
    requires: frozenset[str] = frozenset()
    """Qualifiers without which the words mean something else."""
    unless: frozenset[str] = frozenset()
    """Predicates that rule this one out where the same word has evoked them."""
    status: Status | None = None
    """What the words themselves imply ("talks"), whatever their tense."""
    holding: Literal["any", "minority", "majority"] = "any"
    """The size of the share that the frame is about; one that the text does not size counts as a minority."""
    score: float = 0.9
    """How often the pattern means the predicate, where subject and object fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All frames, and the word classes that syntax needs."""

    frames: tuple[Frame, ...]
    """In the order of the files."""
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Word class → lemmas: `support` verbs ("make", "announce"), `control` nouns ("plan", "deal")…"""


def read_lexicon(files: Iterable[FilePath]) -> Lexicon:
    """The frames and word classes of Turtle files, together.

    Raises `OntologyError` that names the file, the frame and the cause, such as a word that neither the built-in ontology
    nor these files know.
    """
    files = tuple(files)
    triples, predicates = Triples(files), load(files).predicates
    classes = {iri: triples.all(iri, _LEX + "word") for iri in triples.members(_LEX + "WordClass")}
    return Lexicon(
        frames=tuple(_known(triples, iri, _frame(triples, iri, classes), predicates) for iri in triples.members(_LEX + "Frame")),
        words={_local(iri): frozenset(words) for iri, words in classes.items()},
    )


def _frame(triples: Triples, iri: str, classes: Mapping[str, tuple[str, ...]]) -> Frame:
    part, told = _words(triples, iri)
    lemmas = tuple(lemma for word in told for lemma in classes.get(word, (word,)))
    paths = {slot: _paths(triples, iri, text) for slot in _SLOTS if (text := triples.one(iri, _LEX + slot))}
    if "members" not in paths and "subject" not in paths:
        raise triples.wrong(iri, "needs lex:subject or lex:members")
    holding = triples.one(iri, _LEX + "holding") or "any"
    if holding not in {"any", "minority", "majority"}:
        raise triples.wrong(iri, f"has {holding!r} for lex:holding; it may be minority or majority")
    return Frame(
        name=_local(iri),
        part=part,
        lemmas=lemmas,
        predicate=_local(triples.need(iri, _LEX + "evokes")),
        paths=paths,
        requires=frozenset(triples.all(iri, _LEX + "requires")),
        unless=frozenset(_local(other) for other in triples.all(iri, _LEX + "unless")),
        status=_status(triples, iri),
        holding=holding,  # type: ignore[arg-type]  # checked above
        score=_score(triples, iri),
    )


def _known(triples: Triples, iri: str, frame: Frame, predicates: Container[str]) -> Frame:
    """The frame, all of whose words mean something: one that does not would never fire, and nobody would know why."""
    for name in triples.properties(iri):
        if name.startswith(_LEX) and _local(name) not in _PROPERTIES:
            raise triples.wrong(iri, f"has lex:{_local(name)}, which is no property of a frame")
    for relation, names in (("evokes", {frame.predicate}), ("unless", frame.unless)):
        for name in sorted(names):
            if name not in predicates:
                raise triples.wrong(iri, f"has {name!r} for lex:{relation}, which is no predicate of the ontology")
    if strange := sorted(frame.requires - set(_QUALIFIERS)):
        raise triples.wrong(iri, f"has {strange[0]!r} for lex:requires, which is no qualifier; known are {', '.join(_QUALIFIERS)}")
    return frame


def _words(triples: Triples, iri: str) -> tuple[Part, tuple[str, ...]]:
    found: list[tuple[Part, tuple[str, ...]]] = [(part, lemmas) for part in _PARTS if (lemmas := triples.all(iri, _LEX + part))]
    if titles := triples.all(iri, _LEX + "title"):
        found.append(("title", () if "true" in titles else titles))
    if len(found) != 1:
        raise triples.wrong(iri, "needs exactly one of lex:verb, lex:noun, lex:adjective, lex:thing and lex:title")
    return found[0]


def _paths(triples: Triples, iri: str, text: str) -> tuple[Path, ...]:
    """The alternatives of a value, e.g. two paths of one and two steps for `in | object[stake,share]>in`."""
    paths = []
    for alternative in text.split("|"):
        steps = []
        for raw in alternative.split(">"):
            place, bracket, rest = raw.strip().partition("[")
            lemmas = frozenset(lemma.strip() for lemma in rest.removesuffix("]").split(",") if lemma.strip())
            if not place.strip() or (bracket and not (rest.endswith("]") and lemmas)):
                raise triples.wrong(iri, f"has {alternative.strip()!r}, which is not a path")
            steps.append(Step(place=place.strip(), lemmas=lemmas))
        paths.append(tuple(steps))
    return tuple(paths)


def _status(triples: Triples, iri: str) -> Status | None:
    text = triples.one(iri, _LEX + "status")
    try:
        return Status(_local(text)) if text else None
    except ValueError as error:
        raise triples.wrong(iri, f"has {text!r} for lex:status, which is no status") from error


def _score(triples: Triples, iri: str) -> float:
    text = triples.one(iri, _LEX + "score")
    try:
        return float(text) if text else 0.9
    except ValueError as error:
        raise triples.wrong(iri, f"has {text!r} for lex:score, which is no number") from error


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
