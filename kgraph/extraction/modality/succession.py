"""Who takes an office and who loses it where one person follows another.

"Roe replaced Doe as chairman"                Roe takes, Doe loses
"Doe was succeeded by Roe as chairman"        the same in the passive
"Acme replaced its chairman, Doe, with Roe"   the same, done by a third
"Roe took over from Doe", "took Doe's place"  the same in other words
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.extraction.modality.verbs import is_infinitive, is_passive
from kgraph.ontology.cues import load_office_cues

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

__all__ = ["Succession", "find_succession", "whole"]

_BESIDE = frozenset({"appos", "conj", "flat", "nmod:desc"})
_IN_PHRASE = _BESIDE | {"nmod", "compound", "nmod:unmarked", "nmod:poss"}
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_UNDER = frozenset({"xcomp", "advcl", "conj"})
"""How a verb without a subject of its own hangs on the one that shares its subject: "agreed to replace", "came and replaced"."""


@dataclass(frozen=True, slots=True)
class Succession:
    """The verb by which somebody follows somebody, and whether the person in question takes the office or loses it."""

    verb: Token
    takes: bool


def whole(token: Token) -> Token:
    """The head of the whole phrase that a person or a title stands beside others in: "executive" for "its chief executive, Ann Roe"."""
    while token.dep_ in _BESIDE and token.head.i != token.i:
        token = token.head
    return token


def find_succession(title: Token, person: Token) -> Succession | None:
    """How an office goes over from or to a person; None where no succession is told of this title.

    A title beside the one who takes is that person's own ("its finance chief, Ann Roe, replaces Lee Doe"), one beside the other is
    what goes over.
    """
    phrase = whole(person)
    is_named, ruler = has_as(title), _ruler(title)
    for found in _successions(person, phrase):
        if found.verb.lemma_.lower() in load_office_cues().succeeding_as and not is_named:
            continue
        is_own = not is_named and person.i != title.i and _is_beside(title, {person, phrase})
        if is_own and (found.takes or any(has_as(child) for child in found.verb.children)):
            continue
        if is_own or title.i == person.i or found.verb == ruler:
            return found
    return None


def _ruler(title: Token) -> Token | None:
    """The verb that a title is under."""
    return next(
        (token for token in (title, *title.ancestors) if token.pos_ == "VERB" or any(c.dep_ == "cop" for c in token.children)), None
    )


def _is_beside(title: Token, persons: set[Token]) -> bool:
    """Whether a title belongs to the phrase of a person, not to a clause that tells of the person."""
    node = title
    while node not in persons and node.dep_ in _IN_PHRASE and node.head.i != node.i:
        node = node.head
    return node in persons


def has_as(token: Token) -> bool:
    """Whether "as" stands before a word: "as chairman"."""
    return any(child.lower_ == "as" and child.dep_ in {"case", "mark"} for child in token.children)


def _successions(person: Token, phrase: Token) -> Iterator[Succession]:
    """The successions that a person takes part in: by the clause told of the person, by the person's own clause, by one below that."""
    for clause in (child for node in {person, phrase} for child in node.children if child.dep_ in {"acl", "acl:relcl"}):
        takes = _in_relative(clause)
        if takes is not None:
            yield Succession(clause, takes)
    verb = phrase.head if not _is_place(phrase.head) else phrase.head.head
    takes = _takes(phrase, verb)
    if takes is not None:
        yield Succession(verb, takes)
    elif phrase.dep_ in _SUBJECTS | {"obj"}:
        yield from _shared(phrase, verb)


def _shared(phrase: Token, verb: Token) -> Iterator[Succession]:
    """Successions by verbs that share the person with the verb above: "was chosen to replace Doe", "left and was replaced by Roe"."""
    is_object = phrase.dep_ == "obj"
    names_another = any(child.dep_ == "obj" and child.ent_type_ for child in verb.children)
    for below in (node for child in verb.children for node in (child, *child.children) if node.dep_ in _UNDER):
        if not _is_succession(below) or any(child.dep_ in _SUBJECTS for child in below.children):
            continue
        is_own = below.dep_ == "conj" and not is_object
        if is_own or (below.dep_ != "conj" and (is_object or not names_another)):
            yield Succession(below, takes=not is_passive(below))


def _in_relative(clause: Token) -> bool | None:
    """Whether the person of whom a clause tells takes the office: "who replaced Doe", "replaced by Roe", "whom Roe replaced"."""
    pronoun = next((child for child in clause.children if child.tag_ in {"WP", "WDT"}), None)
    if pronoun is not None:
        return _takes(pronoun, clause)
    if not _is_succession(clause):
        return None
    return clause.tag_ == "VBG" or (is_infinitive(clause) and not is_passive(clause))


def _takes(node: Token, verb: Token) -> bool | None:
    """Whether who stands at a verb of succession takes the office; None for who does neither."""
    if not _is_succession(verb):
        return None
    cases = {child.lower_ for child in node.children if child.dep_ == "case"}
    if _is_place(node.head):
        return False if node.dep_ == "nmod:poss" or "of" in cases else None
    if node.dep_ in _SUBJECTS:
        is_done_by_third = any(child.dep_ == "obl" and "with" in {part.lower_ for part in child.children} for child in verb.children)
        return None if is_done_by_third and node.dep_ == "nsubj" else not is_passive(verb)
    if node.dep_ in {"obl", "obl:agent"}:
        by, from_ = bool(cases & {"by", "with"}), "from" in cases
        return True if by else False if from_ and _is_taking_over(verb) else None
    return False if node.dep_ == "obj" and not _is_taking_over(verb) else None


def _is_succession(verb: Token) -> bool:
    cues, lemma = load_office_cues(), verb.lemma_.lower()
    takes_place = lemma == "take" and any(_is_place(child) for child in verb.children)
    return lemma in cues.succeeding or lemma in cues.succeeding_as or takes_place or _is_taking_over(verb)


def _is_taking_over(verb: Token) -> bool:
    return verb.lemma_.lower() == "take" and any(child.lower_ == "over" for child in verb.children)


def _is_place(noun: Token) -> bool:
    """Whether a noun is the "place" that somebody takes."""
    return noun.lemma_.lower() == "place" and noun.dep_ == "obj" and noun.head.lemma_.lower() == "take"
