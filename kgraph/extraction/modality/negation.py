"""What a sentence says not: "did not buy", "neither Acme nor Beta bought", "has not opened an inquiry", "almost bought".

A negated verb negates what it would bring into being ("did not make an offer"), not what is taken for granted
("did not discuss its offer").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.modality.verbs import WILL, is_infinitive, is_verb, modals, subject_of
from kgraph.extraction.wordlists import NEGATIONS, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from kgraph.ontology.cues import StatusCues

__all__ = ["is_negated", "is_new", "is_not_quite", "is_only_late", "negations", "what_is_asserted"]

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
    """The places of the words that deny a word directly, but not "not only" nor "not until".

    Two that deny one verb and its object may be the same.
    """
    is_late = is_only_late(token)
    found = {child.i for child in token.children if _is_negation(child) and not (is_late and child.dep_ in {"advmod", "neg"})}
    is_predicate = any(child.dep_ == "cop" for child in token.children) and token.dep_ != "conj"
    subject = subject_of(token) if is_verb(token) or is_predicate else None
    found |= _of_subject(subject) if subject is not None else set()
    if is_verb(token):
        found |= _of_object(token) | _of_verb_above(token)
    return frozenset(found)


def is_only_late(verb: Token) -> bool:
    """Whether what is "not" so is so from some time on: "did not buy it until 2021", "will not launch it until June".

    What "will not" happen until something else does may never happen.
    """
    helpers = modals(verb)
    parts = frozenset({"obl", "obl:unmarked", "advcl"} if "did" in helpers else {"obl", "obl:unmarked"} if helpers & WILL else ())
    if not any(_is_negation(child) and child.dep_ in {"advmod", "neg"} for child in verb.children):
        return False
    times = (child for child in verb.children if child.dep_ in parts)
    return any(part.lower_ in {"until", "till"} for time in times for part in time.children)


def _is_negation(token: Token) -> bool:
    if token.lower_ not in NEGATIONS or token.dep_ not in {"advmod", "det", "neg", "cc", "cc:preconj", "case", "mark"}:
        return False
    return not (token.i + 1 < len(token.doc) and token.nbor().lower_ in _NOT_ONLY)


def _of_subject(subject: Token) -> set[int]:
    """What makes a subject nobody: "no bank", "none of them", "neither Acme nor Beta", "few analysts", but not "nobody but Acme"."""
    before = [child for child in subject.children if child.i < subject.i]
    if any(part.lower_ in _EXCEPT for part in subject.subtree) or any(part.lower_ == "a" for part in before):
        return set()
    found = {part.i for part in before if part.lower_ in {"few", "neither"} or (_is_negation(part) and part.dep_ != "case")}
    return found | ({subject.i} if subject.lower_ in _NOBODY and not subject.ent_type_ else set())


def _of_object(verb: Token) -> set[int]:
    """What makes the object of a verb nothing: "put nothing into it", "holds none of it", "has no shares", but not "nothing but"."""
    objects = [child for child in verb.children if child.dep_ == "obj" and not any(part.lower_ in _EXCEPT for part in child.subtree)]
    found = {word.i for word in objects if word.lower_ in {"none", "nothing"}}
    if verb.lemma_.lower() not in _HAVING:
        return found
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
    if verb.tag_ not in {"VBG", "VB"} or verb.dep_ not in {"advcl", "xcomp", "ccomp", "obl", "acl"}:
        return False
    links = [child for child in verb.children if child.dep_ in {"mark", "case"}]
    if any(link.lower_ in {"instead", "rather"} for link in links):
        return True
    if verb.tag_ == "VB":
        return False
    beside = (child.lower_ for child in verb.head.children if child.dep_ in {"advmod", "xcomp"} and child.i < verb.i)
    above = {verb.head.lemma_.lower(), *beside}
    return any(not above.isdisjoint(cues.short.get(link.lower_, ())) for link in links)
