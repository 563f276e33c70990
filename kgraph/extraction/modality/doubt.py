"""What keeps a sentence from being a plain statement: negation, denial, supposition, question, hearsay.

A clause is given as the words from the one that evokes a claim up to the root of its sentence.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kgraph.extraction.modality.tenure import with_particle
from kgraph.extraction.wordlists import words
from kgraph.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kgraph.ontology.cues import StatusCues

__all__ = ["find_hedge", "is_asked", "is_denied", "is_negated", "is_passive", "is_supposed", "is_verb"]

_NEGATIONS = frozenset({"not", "n't", "never", "neither", "nor", "no", "n’t", "hardly", "without"})  # noqa: RUF001
_NOT_ONLY = frozenset({"only", "just", "merely", "simply", "solely"})
_HAVING = frozenset({"own", "hold", "have", "possess", "control"})
_SPEECH = words("say tell announce report add write state note claim confirm reveal disclose explain insist warn admit declare tweet post")


def is_verb(token: Token) -> bool:
    """Whether a word is a verb, participles and auxiliaries included."""
    return token.pos_ in {"VERB", "AUX"} or token.tag_[:2] == "VB"


def is_passive(token: Token) -> bool:
    """Whether a verb's subject undergoes it: "was said", "a deal announced today"."""
    return any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in token.children) or (
        token.tag_ == "VBN" and token.dep_ in {"acl", "amod"}
    )


def is_negated(token: Token) -> bool:
    """Whether "not", "never" or "no" stands directly at a word, "not only" aside, or a verb of having has nothing: "owns none of it"."""
    return any(_is_negation(child) for child in token.children) or (token.lemma_.lower() in _HAVING and _has_nothing(token))


def _is_negation(token: Token) -> bool:
    if token.lower_ not in _NEGATIONS or token.dep_ not in {"advmod", "det", "neg", "cc", "cc:preconj", "case", "mark"}:
        return False
    return not (token.i + 1 < len(token.doc) and token.nbor().lower_ in _NOT_ONLY)


def _has_nothing(verb: Token) -> bool:
    """Whether the object of a verb is "nothing", "none of it" or "no shares"."""
    objects = [child for child in verb.children if child.dep_ == "obj"]
    return any(word.lower_ in {"none", "nothing"} or any(part.lower_ == "no" for part in word.children) for word in objects)


def is_supposed(clause: list[Token], cues: StatusCues) -> bool:
    """Whether a conditional stands on the way up, and not only in a clause beside."""
    return any(child.dep_ == "mark" and child.lower_ in cues.conditionals for token in clause for child in token.children)


def is_asked(trigger: Token, clause: list[Token]) -> bool:
    """Whether the sentence is a direct question whose main clause is about the trigger."""
    sentence = trigger.sent
    last = next((token for token in reversed(list(sentence)) if not token.is_space and not token.is_quote), None)
    return last is not None and last.text == "?" and not any(token.dep_ in {"acl", "acl:relcl"} for token in clause)


def is_denied(clause: list[Token], cues: StatusCues) -> bool:
    """Whether a verb of denying rules one of the clauses on the way up."""
    for below, above in pairwise(clause):
        if below.dep_ in {"ccomp", "xcomp", "obj"} and cues.verbs.get(with_particle(above)) is Status.DENIED:
            return not is_negated(above)
    return False


def find_hedge(clause: list[Token], cues: StatusCues) -> str | None:
    """The word that marks a clause as hearsay: an adverb, "is said to", "according to people familiar"."""
    for below, token in zip([None, *clause], clause, strict=False):
        if below is not None and _starts_a_clause(below):
            break
        for child in token.children:
            if child.dep_ == "advmod" and child.lower_ in cues.adverbs:
                return child.text
            if (
                child.dep_ in {"obl", "nmod"}
                and child.lower_ in cues.sources
                and any(part.lower_ == "according" for part in child.children)
            ):
                return f"according to {child.text}"
        if below is None or below.dep_ not in {"xcomp", "ccomp", "acl", "csubj", "csubj:pass", "advcl"}:
            continue
        if is_passive(token) and cues.passive.get(token.lemma_.lower()) is Status.RUMOURED:
            return " ".join(part.text for part in _spoken_words(token))
        if token.lemma_ in _SPEECH and _has_nameless_subject(token, cues):
            return f"{_subject(token)} {token.text}"
    return None


def _starts_a_clause(token: Token) -> bool:
    """Whether the words above a token speak of something else: "reportedly" there does not weaken what stands below."""
    return token.dep_ in {"parataxis", "acl:relcl", "list"} or (
        token.dep_ == "advcl" and any(child.dep_.startswith("nsubj") for child in token.children)
    )


def _spoken_words(token: Token) -> Iterator[Token]:
    """The words "is said" of "is said to be": the verb with its auxiliaries."""
    yield from (child for child in token.children if child.dep_ in {"aux", "aux:pass"} and child.i < token.i)
    yield token


def _subject(token: Token) -> str:
    return next((child.text for child in token.children if child.dep_ in {"nsubj", "nsubj:pass"}), "")


def _has_nameless_subject(token: Token, cues: StatusCues) -> bool:
    """Whether "sources", "people familiar with the matter" or "rumours" are the ones who speak."""
    return _subject(token).lower() in cues.sources
