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
lemmas of the word found there, in brackets (`object[stake,share]`, `object[lex:goods]`). Subject and object are the logical ones: the
passive, infinitives, relative clauses and coordination need no frames of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from kgraph.model import EntityType, Status
from kgraph.ontology.loading import load, local
from kgraph.ontology.triples import Triples

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path as FilePath

__all__ = ["LEX", "PLACES", "Frame", "Lexicon", "Part", "Path", "Step", "check_properties", "read_lexicon", "status_of"]

Part = Literal["verb", "noun", "adjective", "title", "thing"]

LEX = "https://w3id.org/kgraph/lexicon#"
"""The namespace of frames and headings; `lex:` in Turtle."""
_PARTS: tuple[Part, ...] = ("verb", "noun", "adjective", "thing")
_QUALIFIERS = ("amount", "stake", "when", "role", "seller", "purpose", "round", "service")
_SLOTS = ("subject", "object", "members", *_QUALIFIERS, "beside", "without")
_PROPERTIES = frozenset({*_PARTS, "title", "word", *_SLOTS, "evokes", "requires", "unless", "status", "holding", "score"})
_KINDS = frozenset({*(kind.value for kind in EntityType), "name", "title", "money", "share", "count"})
"""What a step may demand after "@"."""

PLACES = frozenset({
    "subject", "object", "indirect", "complement", "possessor", "compound", "modifier", "same", "agent", "head", "planned", "self",
    "clause", "owner", "compared", "near", "topic", "context", "recent", "employer", "before", "after", "next", "linked", "apposed",
    "bracketed", "doer", "done", "holder", "following", "whereof", "wherein",
})  # fmt: skip
"""The steps that have a name of their own (docs/extending.md); any other is a preposition."""
_PREPOSITIONS = frozenset({
    "aboard", "about", "above", "across", "after", "against", "along", "alongside", "amid", "amidst", "among", "amongst", "around",
    "as", "at", "atop", "before", "behind", "below", "beneath", "beside", "besides", "between", "beyond", "by", "concerning",
    "considering", "despite", "down", "during", "except", "excluding", "following", "for", "from", "in", "including", "inside", "into",
    "like", "minus", "near", "notwithstanding", "of", "off", "on", "onto", "opposite", "out", "outside", "over", "past", "per", "plus",
    "regarding", "since", "than", "through", "throughout", "till", "to", "toward", "towards", "under", "underneath", "unlike", "until",
    "unto", "up", "upon", "versus", "via", "vs", "with", "within", "without", "according to", "ahead of", "along with", "apart from",
    "as of", "as to", "as well as", "aside from", "away from", "because of", "close to", "due to", "in front of", "instead of",
    "in terms of", "next to", "on behalf of", "on top of", "other than", "out of", "owing to", "prior to", "rather than", "such as",
    "thanks to", "together with", "up to",
})  # fmt: skip


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
    classes = {iri: triples.all(iri, LEX + "word") for iri in triples.members(LEX + "WordClass")}
    return Lexicon(
        frames=tuple(_known(triples, iri, _frame(triples, iri, classes), predicates) for iri in triples.members(LEX + "Frame")),
        words={local(iri): frozenset(words) for iri, words in classes.items()},
    )


def _frame(triples: Triples, iri: str, classes: Mapping[str, tuple[str, ...]]) -> Frame:
    part, told = _words(triples, iri)
    lemmas = tuple(lemma for word in told for lemma in classes.get(word, (word,)))
    paths = {slot: _paths(triples, iri, slot, text, classes) for slot in _SLOTS if (text := triples.one(iri, LEX + slot))}
    if "members" not in paths and "subject" not in paths:
        raise triples.wrong(iri, "needs lex:subject or lex:members")
    holding = triples.one(iri, LEX + "holding") or "any"
    if holding not in {"any", "minority", "majority"}:
        raise triples.wrong(iri, f"has {holding!r} for lex:holding; it may be minority or majority")
    return Frame(
        name=local(iri),
        part=part,
        lemmas=lemmas,
        predicate=local(triples.need(iri, LEX + "evokes")),
        paths=paths,
        requires=frozenset(triples.all(iri, LEX + "requires")),
        unless=frozenset(local(other) for other in triples.all(iri, LEX + "unless")),
        status=status_of(triples, iri),
        holding=holding,  # type: ignore[arg-type]  # checked above
        score=_score(triples, iri),
    )


def _known(triples: Triples, iri: str, frame: Frame, predicates: Container[str]) -> Frame:
    """The frame, all of whose words mean something: one that does not would never fire, and nobody would know why."""
    check_properties(triples, iri, _PROPERTIES, "frame")
    for relation, names in (("evokes", {frame.predicate}), ("unless", frame.unless)):
        for name in sorted(names):
            if name not in predicates:
                raise triples.wrong(iri, f"has {name!r} for lex:{relation}, which is no predicate of the ontology")
    if strange := sorted(frame.requires - set(_QUALIFIERS)):
        raise triples.wrong(iri, f"has {strange[0]!r} for lex:requires, which is no qualifier; known are {', '.join(_QUALIFIERS)}")
    return frame


def check_properties(triples: Triples, iri: str, known: Container[str], kind: str) -> None:
    """Raises `OntologyError` where something is said of a frame or a heading in a word of `lex:` that does not belong there."""
    for name in triples.properties(iri):
        if name.startswith(LEX) and local(name) not in known:
            raise triples.wrong(iri, f"has lex:{local(name)}, which is no property of a {kind}")


def _words(triples: Triples, iri: str) -> tuple[Part, tuple[str, ...]]:
    found: list[tuple[Part, tuple[str, ...]]] = [(part, lemmas) for part in _PARTS if (lemmas := triples.all(iri, LEX + part))]
    if titles := triples.all(iri, LEX + "title"):
        found.append(("title", () if "true" in titles else titles))
    if len(found) != 1:
        raise triples.wrong(iri, "needs exactly one of lex:verb, lex:noun, lex:adjective, lex:thing and lex:title")
    return found[0]


def _paths(triples: Triples, iri: str, slot: str, text: str, classes: Mapping[str, tuple[str, ...]]) -> tuple[Path, ...]:
    """The alternatives of a value, e.g. two paths of one and two steps for `in | object[stake,share]>in`."""
    return tuple(tuple(_step(triples, iri, slot, raw, classes) for raw in path.split(">")) for path in text.split("|"))


def _step(triples: Triples, iri: str, slot: str, raw: str, classes: Mapping[str, tuple[str, ...]]) -> Step:
    """One step, such as `object[stake,share]`; `object[lex:goods]` takes the words of a class.

    A misspelt place would be looked for as a preposition, and never be found.
    """
    place, bracket, rest = (part.strip() for part in raw.partition("["))
    told = [word.strip() for word in rest.removesuffix("]").split(",") if word.strip()]
    if not place or (bracket and not (rest.endswith("]") and told)):
        raise triples.wrong(iri, f"has {raw.strip()!r} in lex:{slot}, which is not a path")
    if place not in PLACES | _PREPOSITIONS:
        near = get_close_matches(place, sorted(PLACES | _PREPOSITIONS), n=1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        raise triples.wrong(iri, f"has {place!r} in lex:{slot}, which is neither a place nor an English preposition{meant}")
    for word in told:
        if (word.startswith("@") and word[1:] not in _KINDS) or (word.startswith("lex:") and not _class(word, classes)):
            raise triples.wrong(iri, f"has {word!r} in lex:{slot}, which is no {'kind of thing' if word[0] == '@' else 'word class'}")
    return Step(place=place, lemmas=frozenset(lemma for word in told for lemma in _class(word, classes) or (word,)))


def _class(word: str, classes: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words of a class that is named in a path, none for a word of the text."""
    return classes.get(LEX + word.removeprefix("lex:"), ()) if word.startswith("lex:") else ()


def status_of(triples: Triples, iri: str) -> Status | None:
    """The status that a frame or a heading implies, by its name or its IRI; None where it implies none."""
    text = triples.one(iri, LEX + "status")
    try:
        return Status(local(text)) if text else None
    except ValueError as error:
        raise triples.wrong(iri, f"has {text!r} for lex:status, which is no status") from error


def _score(triples: Triples, iri: str) -> float:
    text = triples.one(iri, LEX + "score")
    try:
        return float(text) if text else 0.9
    except ValueError as error:
        raise triples.wrong(iri, f"has {text!r} for lex:score, which is no number") from error
