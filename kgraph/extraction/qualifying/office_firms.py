"""At which firm an office is: a title goes with the firm in its own phrase, and "as chief" with the verb that gives it.

"Acme hired Ann Roe, a former Beta executive, as finance chief"   executive at Beta, finance chief at Acme
"Acme's chief executive, Lee Doe, a Beta veteran"                 nothing is said of an office at Beta
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.extraction.marking.things.titles import find_titles
from kgraph.extraction.modality.succession import whole
from kgraph.extraction.modality.tenure import giving_verb
from kgraph.extraction.spans import Mention, Title
from kgraph.ontology.cues import load_office_cues, load_status_cues

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate

__all__ = ["in_right_houses"]

_ATTACHED = frozenset({"compound", "nmod:poss", "nmod", "nmod:desc", "amod"})
_SAID_OF = frozenset({"appos", "nmod:desc", "compound", "flat", "conj"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"WP", "WP$", "WDT", "WRB"})
_BEFORE_TITLE = frozenset({"its", "the", "their", "a", "an", "new", "next"})
_PEOPLE = frozenset({"holdsRole", "departedFrom"})

Key = tuple[int, str]
"""A sentence and a person."""


@dataclass(frozen=True, slots=True)
class _Gift:
    """The office that a verb gives behind an apposition of its person, whose words are `aside`."""

    title: Title
    aside: range
    employer: Mention


@dataclass(frozen=True, slots=True)
class _Titles:
    """The titles of a text, those that are sure and those that may be, and who hires whom."""

    sure: tuple[Title, ...]
    bare: tuple[Title, ...]
    employers: Mapping[Key, frozenset[str]]


def in_right_houses(doc: Doc, titles: Sequence[Title], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each office at the firm in whose phrase it stands, or at the one that gives it."""
    if not doc.has_annotation("DEP"):
        return list(candidates)
    gifts = _gifts(doc, titles, candidates)
    marked = _Titles(tuple(titles), tuple(find_titles(doc, bare=True)), _employers(doc, candidates))
    settled = (_settled(doc, marked, gifts, candidate) for candidate in candidates)
    return [_without_lasting(doc, candidate) for candidate in settled]


def _employers(doc: Doc, candidates: Sequence[Candidate]) -> Mapping[Key, frozenset[str]]:
    """By sentence and person, the organisations that hire."""
    found: dict[Key, frozenset[str]] = {}
    for hire in candidates:
        if hire.predicate == "hired" and isinstance(hire.object, Mention):
            key = _key(doc, hire.object)
            found[key] = found.get(key, frozenset()) | {hire.subject.appearance}
    return found


def _settled(doc: Doc, marked: _Titles, gifts: Mapping[Key, _Gift], candidate: Candidate) -> Candidate:
    if candidate.predicate == "hired" and isinstance(candidate.object, Mention):
        gift = gifts.get(_key(doc, candidate.object))
        takes = gift is not None and (candidate.role is None or candidate.role.start in gift.aside)
        return replace(candidate, role=gift.title) if gift is not None and takes else candidate
    if candidate.predicate not in _PEOPLE or candidate.role is None or not isinstance(candidate.object, Mention):
        return candidate
    gift = gifts.get(_key(doc, candidate.subject))
    if gift is not None and candidate.predicate == "holdsRole":
        is_employer = candidate.object.appearance == gift.employer.appearance
        if candidate.role == gift.title and not is_employer and candidate.object.start < gift.title.start:
            return replace(candidate, object=gift.employer) if candidate.extractor == "frames" else replace(candidate, role=None)
        if is_employer and candidate.role.start in gift.aside and candidate.object.start not in gift.aside:
            return replace(candidate, role=gift.title, trigger=gift.title.head if candidate.trigger is not None else None)
    return _by_phrase(doc, marked, candidate, candidate.object)


def _by_phrase(doc: Doc, marked: _Titles, candidate: Candidate, firm: Mention) -> Candidate:
    """A candidate with the office that the noun beside its firm says, or without one if that noun is no title: "a Beta veteran"."""
    noun, role = _noun_of(doc, firm), candidate.role
    if noun is None or role is None or noun.i in range(role.start, role.end) or not _is_said_of(noun, doc[candidate.subject.head]):
        return candidate
    if _row(doc[role.head]).i == _row(noun).i:  # "its founder and chairman"
        return candidate
    is_given = giving_verb(doc[role.head], doc[candidate.subject.head]) is not None and not _is_elsewhere(doc, role, noun)
    if is_given and not marked.employers.get(_key(doc, candidate.subject), frozenset()) - {firm.appearance}:
        return candidate  # "Acme's finance chief, Roe, was named chairman"
    own = next((title for found in (marked.sure, marked.bare) for title in found if title.start <= noun.i < title.end), None)
    return replace(candidate, role=own)


def _is_elsewhere(doc: Doc, role: Title, noun: Token) -> bool:
    """Whether an office is not at the firm of a noun: "Acme's finance chief is chairman of Beta", "its former chief is chairman"."""
    has_own_firm = any(child.pos_ == "PROPN" and child.dep_ == "nmod" and child.i >= role.end for child in doc[role.head].children)
    before = doc[noun.left_edge.i : noun.i]
    return has_own_firm or any(token.lower_ in load_status_cues().former for token in before)


def _noun_of(doc: Doc, firm: Mention) -> Token | None:
    """The noun that a firm's name modifies: "partner" of "a Beta partner" and of "a partner at Beta"."""
    house = doc[firm.head]
    noun = house.head if house.dep_ in _ATTACHED and house.head.i != house.i else None
    if noun is None and firm.end < len(doc) and doc[firm.end].pos_ == "NOUN" and doc[firm.end].dep_ in _SAID_OF:
        noun = doc[firm.end]
    return noun if noun is not None and noun.pos_ in {"NOUN", "PROPN"} else None


def _is_said_of(noun: Token, person: Token) -> bool:
    """Whether a noun describes a person: "Ann Roe, a Beta veteran", "Beta veteran Ann Roe"."""
    if noun.i == person.i or noun.ent_type_:
        return False
    of_person = noun.dep_ in _SAID_OF and whole(noun.head).i == whole(person).i
    return of_person or (person.dep_ in {"appos", "flat"} and person.head.i == noun.i)


def _row(title: Token) -> Token:
    """The first of coordinated titles."""
    while title.dep_ == "conj":
        title = title.head
    return title


def _key(doc: Doc, person: Mention) -> Key:
    return doc[person.head].sent.start, person.appearance


def _gifts(doc: Doc, titles: Sequence[Title], candidates: Sequence[Candidate]) -> dict[Key, _Gift]:
    """By sentence and person, the office given behind an apposition: "hired Roe, a Beta executive, as finance chief"."""
    found: dict[Key, _Gift] = {}
    for hire in sorted((one for one in candidates if one.predicate == "hired"), key=lambda one: one.score):
        if isinstance(hire.object, Mention) and hire.object.kind == "name":
            gift = next((gift for title in titles if (gift := _gift(doc, title, hire.object, hire.subject)) is not None), None)
            if gift is not None:
                found[_key(doc, hire.object)] = gift
    return found


def _gift(doc: Doc, title: Title, person: Mention, employer: Mention) -> _Gift | None:
    verb, opening = whole(doc[person.head]).head, person.end
    if verb.lemma_.lower() not in load_status_cues().begun or doc[title.head].sent != verb.sent:
        return None
    closing = title.start - 1
    while closing > opening and doc[closing].lower_ in _BEFORE_TITLE:
        closing -= 1
    is_named = doc[closing].lower_ == "as"
    closing -= is_named
    if closing <= opening + 1 or doc[opening].text != "," or doc[closing].text != ",":
        return None
    aside = doc[opening + 1 : closing]
    is_clause = any(token.tag_ in _RELATIVE for token in aside)
    if not is_clause and any(token.tag_ in _FINITE for token in aside):
        return None
    if not is_named and (verb.lemma_.lower() not in load_office_cues().naming or not _ends(doc, title.end)):
        return None
    return _Gift(title, range(opening + 1, closing), employer)


def _ends(doc: Doc, place: int) -> bool:
    """Whether a phrase ends before a place, or goes on with a preposition only."""
    return place >= len(doc) or doc[place].is_punct or doc[place].pos_ == "ADP" or doc[place].is_space


def _without_lasting(doc: Doc, candidate: Candidate) -> Candidate:
    """A departure without what one is for ever ("the founder left"), a hire without what somebody was ("hired former engineer Roe")."""
    if candidate.role is None:
        return candidate
    head = doc[candidate.role.head]
    if candidate.predicate == "departedFrom" and candidate.role.text.split()[-1].lower() in load_office_cues().lasting:
        return replace(candidate, role=None)
    is_former = any(child.lower_ in load_status_cues().former for child in head.children if child.dep_ == "amod")
    return replace(candidate, role=None) if candidate.predicate == "hired" and is_former else candidate
