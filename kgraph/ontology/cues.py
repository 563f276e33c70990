"""The words that say how far a matter has come: `ontology/cues.toml` as lookups."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kgraph.errors import OntologyError
from kgraph.model import Status
from kgraph.ontology.loading import directory

__all__ = [
    "CorrectionCues",
    "DealCues",
    "OfficeCues",
    "SpeechCues",
    "StatusCues",
    "load_correction_cues",
    "load_deal_cues",
    "load_office_cues",
    "load_speech_cues",
    "load_status_cues",
]

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
    speech: frozenset[str]
    """Verbs of saying."""
    hearsay: frozenset[str]
    """Verbs of saying, but those that say what is known."""
    conditionals: frozenset[str]
    supposing: frozenset[str]
    supposing_adjectives: frozenset[str]
    false: frozenset[str]
    falsely: frozenset[str]
    truth: frozenset[str]
    brushing_aside: frozenset[str]
    short: Mapping[str, frozenset[str]]
    """Preposition to the words that, with it, keep something from happening."""
    evidence: frozenset[str]
    glad: frozenset[str]
    feeling: frozenset[str]
    """Verbs of gladness or sorrow."""
    postponing: frozenset[str]
    bygone: frozenset[str]
    ceasing: frozenset[str]
    losing: frozenset[str]
    forecasting: frozenset[str]
    forecasts: frozenset[str]
    to_come: frozenset[str]
    """Local names of predicates."""
    told_of_the_past: frozenset[str]
    """Local names of predicates."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DealCues:
    """What is done about a deal beside making it; lemmas."""

    judging: frozenset[str]
    """Verbs and nouns."""
    spending: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionCues:
    """The words in which a text takes back what it said before."""

    versions: frozenset[str]
    texts: frozenset[str]
    earlier: frozenset[str]
    """What tells that a version or a text is not the one at hand."""
    labels: frozenset[str]
    """What a line with a correction begins with."""
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCues:
    """The words that say whether an office is given, taken or lost."""

    present: frozenset[str]
    succeeding: frozenset[str]
    succeeding_as: frozenset[str]
    naming: frozenset[str]
    lasting: frozenset[str]
    expected: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechCues:
    """The words that say that somebody speaks."""

    verbs: frozenset[str]
    """Lemmas."""
    reported: frozenset[str]
    """Those with which the subject of an infinitive does not speak: "said to be"."""
    outlets: frozenset[str]
    """Names without "The"."""
    nameless: frozenset[str]
    views: frozenset[str]
    asking: frozenset[str]
    """What stands before a question in an interview or a transcript."""
    answering: frozenset[str]


@cache
def load_deal_cues() -> DealCues:
    """The tables `judging` and `spending` of the same file."""
    (spending,) = _word_lists("spending", "verbs")
    return DealCues(judging=frozenset().union(*_word_lists("judging", "verbs", "nouns")), spending=spending)


@cache
def load_correction_cues() -> CorrectionCues:
    """The table `correction` of the same file."""
    with _reading() as tables:
        return CorrectionCues(**{name: frozenset(words) for name, words in tables["correction"].items()})


@cache
def load_status_cues() -> StatusCues:
    """The tables of `ontology/cues.toml`; raises `OntologyError` where one is missing or names no status."""
    with _reading() as tables:
        tenure = tables["tenure"]
        return StatusCues(
            verbs=_by_word(tables["verbs"]),
            passive=_by_word(tables["passive"]),
            nouns=_by_word(tables["nouns"]),
            adjectives=_by_word(tables["adjectives"]),
            adverbs=_by_word(tables["adverbs"]),
            through=frozenset(tables["verbs_through"]["words"]),
            sources=frozenset(tables["sources"]["words"]),
            speech=frozenset(tables["speech"]["verbs"]),
            hearsay=frozenset(tables["speech"]["verbs"]).difference(tables["factive"]["words"]),
            conditionals=frozenset(tables["conditionals"]["words"]),
            supposing=frozenset(tables["supposing"]["verbs"]),
            supposing_adjectives=frozenset(tables["supposing"]["adjectives"]),
            false=frozenset(tables["falsehood"]["adjectives"]),
            falsely=frozenset(tables["falsehood"]["adverbs"]),
            truth=frozenset(tables["falsehood"]["truth"]),
            brushing_aside=frozenset(tables["brushing_aside"]["words"]),
            short={preposition: frozenset(words) for preposition, words in tables["short"].items()},
            evidence=frozenset(tables["evidence"]["words"]),
            glad=frozenset(tables["glad"]["words"]),
            feeling=frozenset(tables["glad"]["verbs"]),
            postponing=frozenset(tables["postponing"]["verbs"]),
            bygone=frozenset(tables["ended"]["before"]),
            ceasing=frozenset(tables["ended"]["ceasing"]),
            losing=frozenset(tables["ended"]["losing"]),
            forecasting=frozenset(tables["forecast"]["verbs"]),
            forecasts=frozenset(tables["forecast"]["nouns"]),
            to_come=frozenset(tables["to_come"]["predicates"]),
            told_of_the_past=frozenset(tables["told_of_the_past"]["predicates"]),
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


@cache
def load_office_cues() -> OfficeCues:
    """The table `office` of `ontology/cues.toml`; raises `OntologyError` where it is missing."""
    keys = "present", "succeeding", "succeeding_as", "naming", "lasting", "expected"
    return OfficeCues(**dict(zip(keys, _word_lists("office", *keys), strict=True)))


@cache
def load_speech_cues() -> SpeechCues:
    """The table `speech` of `ontology/cues.toml`; raises `OntologyError` where it is missing."""
    keys = "verbs", "reported", "outlets", "nameless", "views", "asking", "answering"
    return SpeechCues(**dict(zip(keys, _word_lists("speech", *keys), strict=True)))


def _word_lists(table: str, *keys: str) -> list[frozenset[str]]:
    """Some lists of words of one table."""
    with _reading() as tables:
        return [frozenset(tables[table][key]) for key in keys]


@contextmanager
def _reading() -> Iterator[dict[str, Any]]:
    """The tables of the file; whatever is wrong with them is an `OntologyError`."""
    path = directory() / "cues.toml"
    try:
        yield _tables(path)
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        msg = f"{path}: {type(error).__name__}: {error}"
        raise OntologyError(msg) from error


@cache
def _tables(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _by_word(table: dict[str, Any]) -> dict[str, Status]:
    """Each word's status; of two, the one named first in the file."""
    found: dict[str, Status] = {}
    for status, words in table.items():
        for word in words:
            found.setdefault(word, Status(status))
    return found
