"""What a sentence says not: "did not buy", "neither Acme nor Beta bought", "has not opened an inquiry", "almost bought".

A negated verb negates what it would bring into being ("did not make an offer"), not what is taken for granted
("did not discuss its offer").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.modality.verbs import is_infinitive, is_verb, subject_of
from kgraph.extraction.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kgraph.ontology.cues import StatusCues

__all__ = ["is_negated", "is_new", "is_not_quite", "negations", "what_is_asserted"]

_NEGATIONS = frozenset({"not", "n't", "never", "neither", "nor", "no", "n’t", "hardly", "without"})  # noqa: RUF001
_NOT_ONLY = frozenset({"only", "just", "merely", "simply", "solely"})
_HAVING = frozenset({"own", "hold", "have", "possess", "control"})
_NOBODY = frozenset({"nobody", "none", "nothing", "few", "neither"})
_EXCEPT = frozenset({"but", "except", "besides", "than"})
_NEARLY = frozenset({"almost", "nearly"})
_DEFINITE = words("the this that these those such")
_INTO = words("into as")
"""The prepositions of what a verb brings about: "entered into a pact", "joined as chief executive"."""


def is_negated(token: Token) -> bool:
    """Whether a word is denied directly: by "not" or "never", by a subject that is nobody, by an object that is nothing."""
    return bool(negations(token))


def negations(token: Token) -> frozenset[int]:
    """The places of the words that deny a word directly, "not only" aside; two that deny one verb and its object may be the same."""
    found = {child.i for child in token.children if _is_negation(child)}
    if is_verb(token):
        subject = subject_of(token)
        found |= _of_subject(subject) if subject is not None else set()
        found |= _of_object(token) if token.lemma_.lower() in _HAVING else set()
        found |= _of_verb_above(token)
    return frozenset(found)


def _is_negation(token: Token) -> bool:
    if token.lower_ not in _NEGATIONS or token.dep_ not in {"advmod", "det", "neg", "cc", "cc:preconj", "case", "mark"}:
        return False
    return not (token.i + 1 < len(token.doc) and token.nbor().lower_ in _NOT_ONLY)


def _of_subject(subject: Token) -> set[int]:
    """What makes a subject nobody: "no bank", "none of them", "neither Acme nor Beta", "few analysts", but not "nobody but Acme"."""
    before = [child for child in subject.children if child.i < subject.i]
    if any(part.lower_ in _EXCEPT for part in subject.subtree) or any(part.lower_ == "a" for part in before):
        return set()
    found = {part.i for part in before if part.lower_ in {"few", "neither"} or (_is_negation(part) and part.dep_ != "case")}
    return found | ({subject.i} if subject.lower_ in _NOBODY else set())


def _of_object(verb: Token) -> set[int]:
    """What makes the object of a verb nothing: "owns nothing", "holds none of it", "has no shares"."""
    objects = [child for child in verb.children if child.dep_ == "obj"]
    found = {word.i for word in objects if word.lower_ in {"none", "nothing"}}
    return found | {part.i for word in objects for part in word.children if part.lower_ == "no"}


def _of_verb_above(verb: Token) -> set[int]:
    """What denies a verb together with the one on which it hangs: "has yet to buy", "has not bought or sold"."""
    above = verb.head
    if verb.dep_ == "xcomp" and is_infinitive(verb) and above.lemma_ in {"have", "be"}:
        return {child.i for child in above.children if child.lower_ == "yet"}
    is_alone = not any(child.dep_.startswith(("nsubj", "aux")) for child in verb.children)
    is_alternative = any(child.lower_ in {"or", "nor"} for child in verb.children)
    if verb.dep_ == "conj" and is_verb(above) and is_alone and is_alternative:
        return {child.i for child in above.children if _is_negation(child)}
    return set()


def is_new(noun: Token) -> bool:
    """Whether a noun brings up something: "an investigation", "no fine", "talks", but not "the investigation" or "its stake"."""
    return (
        not is_verb(noun)
        and noun.pos_ != "PROPN"
        and not any(child.dep_ == "nmod:poss" or (child.dep_ == "det" and child.lower_ in _DEFINITE) for child in noun.children)
    )


def what_is_asserted(token: Token, cues: StatusCues) -> Iterator[Token]:
    """A word with the verbs above on which its being so depends: "investigation" and "opened" of "opened an investigation"."""
    yield token
    if not is_verb(token):
        if not is_verb(token.head) or token.head.i == token.i or not _is_brought_about(token):
            return
        token = token.head
        yield token
    for _ in range(len(token.doc)):
        if token.dep_ != "xcomp" or token.head.lemma_ not in cues.through:
            return
        token = token.head
        yield token


def _is_brought_about(noun: Token) -> bool:
    """Whether a verb tells that there is what a noun names: "opened an inquiry", "became chairman", "sits on the board"."""
    if noun.dep_ == "xcomp":
        return True
    cases = {child.lower_ for child in noun.children if child.dep_ == "case"}
    if noun.dep_ == "obl":
        return (bool(cases & _INTO) and is_new(noun)) or ("on" in cases and noun.lower_ == "board")
    return noun.dep_ in {"obj", "nsubj:pass"} and is_new(noun)


def is_not_quite(verb: Token, cues: StatusCues) -> bool:
    """Whether something fell short of happening: "almost bought", "came close to buying", "decided against buying"."""
    if not is_verb(verb):
        return False
    if any(child.lower_ in _NEARLY and child.dep_ == "advmod" and child.i < verb.i for child in verb.children):
        return True
    if verb.tag_ != "VBG" or verb.dep_ not in {"advcl", "xcomp", "ccomp", "obl", "acl"}:
        return False
    links = [child for child in verb.children if child.dep_ in {"mark", "case"}]
    if any(link.lower_ in {"instead", "rather"} for link in links):
        return True
    beside = (child.lower_ for child in verb.head.children if child.dep_ in {"advmod", "xcomp"} and child.i < verb.i)
    above = {verb.head.lemma_.lower(), *beside}
    return any(not above.isdisjoint(cues.short.get(link.lower_, ())) for link in links)
