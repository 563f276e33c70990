"""Offices that somebody has, had or will have, as against those that are only wished, offered, weighed or refused.

"wants to become CEO", "turned down an offer to be CEO", "was a candidate for chairman", "if she becomes CEO"   no office
"is expected to become CEO", "will be named CEO"                                                               an office to come
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kgraph.extraction.modality.status import read_event
from kgraph.extraction.modality.succession import find_succession
from kgraph.extraction.modality.tenure import giving_verb, is_to_come, post_of, read_tenure, title_of, told_tenure, with_particle
from kgraph.extraction.modality.verbs import is_passive, is_verb
from kgraph.model import Status
from kgraph.ontology.cues import load_office_cues, load_status_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate

__all__ = ["without_unreal"]

_OPEN = frozenset({"may", "might", "could", "can", "ca", "cannot", "should"})
"""With these a verb of giving says what may be, not what will be."""
_NOT_GIVEN = frozenset({Status.PLANNED, Status.TERMINATED, Status.DENIED})
_GOVERNED = frozenset({"xcomp", "ccomp", "csubj", "acl", "advcl", "obj", "nsubj:pass"})
_HIGHEST = 4


def without_unreal(doc: Doc, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without offices that nobody gets. Where the syntax settles when an office is held, it decides."""
    return [_settled(doc, c) if c.predicate == "holdsRole" else c for c in candidates if c.predicate != "holdsRole" or _is_real(doc, c)]


def _settled(doc: Doc, candidate: Candidate) -> Candidate:
    """A candidate of the learnt model with the status that the syntax settles."""
    if candidate.extractor != "relations" or candidate.role is None:
        return candidate
    told = told_tenure(doc, candidate)
    if told is None and _is_given_ahead(title_of(doc, candidate), doc[candidate.subject.head]):
        told = read_tenure(doc, candidate)
    return replace(candidate, status=told) if told is not None else candidate


def _is_given_ahead(title: Token, person: Token) -> bool:
    """Whether an office is one that somebody is still to take: "who will become chief executive"."""
    giving = _taking_verb(title, person)
    return giving is not None and is_to_come(giving)


def _is_real(doc: Doc, candidate: Candidate) -> bool:
    title, person = title_of(doc, candidate), doc[candidate.subject.head]
    if title.i == person.i:
        return True
    if _is_stood_for(title, person):
        return False
    giving = _taking_verb(title, person)
    return giving is None or _comes_to_pass(giving, title)


def _is_stood_for(title: Token, person: Token) -> bool:
    """Whether a title is what somebody stands for or is thought of for: "a candidate for chairman", "considered for chief executive"."""
    post = post_of(title)
    is_for = any(part.lower_ == "for" and part.dep_ == "case" for part in post.children)
    if person in post.subtree or post in person.subtree or not is_for:
        return False
    is_given = post.i != title.i and post.head.lemma_.lower() in load_status_cues().begun  # "was hired for the post of chief"
    return post.dep_ in {"nmod", "obl"} and not is_given


def _taking_verb(title: Token, person: Token) -> Token | None:
    """The verb by which somebody comes into an office; None where the office is given already, or is left."""
    found = find_succession(title, person)
    if found is not None:
        return found.verb if found.takes else None
    verb, cues = giving_verb(title, person), load_status_cues()
    if verb is None or (verb.i != title.i and _is_presupposed(title, person)):
        return None
    names = {with_particle(verb), verb.lemma_.lower()}
    leaves = names & (cues.gone | cues.removed | cues.kept) or (names & cues.ended and not names & cues.begun)
    return None if leaves else verb


def _is_presupposed(title: Token, person: Token) -> bool:
    """Whether a title is said of a person by the way: "its chief executive, Ann Roe"."""
    return title.dep_ in {"obj", "nsubj", "nsubj:pass", "iobj"} or (person.dep_ == "appos" and person.head.i == title.i)


def _comes_to_pass(giving: Token, title: Token) -> bool:
    """Whether a verb gives an office, and nothing on the way up says that it does not."""
    reading = read_event(giving)
    if reading is not None and reading.over:  # "is no longer chief executive": she was
        return True
    if reading is None or reading.negative or reading.status in {Status.DENIED, Status.TERMINATED}:
        return False
    if reading.hedge is None and any(child.lower_ in _OPEN for child in giving.children if child.dep_ == "aux"):
        return False
    return not (giving.i != title.i and _is_withheld(giving)) and not _is_only_wished(giving)


def _is_withheld(verb: Token) -> bool:
    """Whether the verb of a title itself gives nothing: "rejected Roe as chief", "wants Roe as chief"."""
    cues = load_status_cues()
    names = {with_particle(verb), verb.lemma_.lower()}
    if names & (cues.begun | load_office_cues().expected):
        return False
    return any(cues.verbs.get(name) in _NOT_GIVEN for name in names)


def _is_only_wished(verb: Token) -> bool:
    """Whether a word above says that somebody wishes, weighs, offers or refuses what the verb tells, and nobody expects it."""
    cues, expected = load_status_cues(), load_office_cues().expected
    for _ in range(_HIGHEST):
        above = verb.head
        if above.i == verb.i or verb.dep_ not in _GOVERNED:
            return False
        lemma = above.lemma_.lower()
        if lemma in expected:
            return False
        table = {**cues.verbs, **(cues.passive if is_passive(above) else {})} if is_verb(above) else {**cues.adjectives, **cues.nouns}
        if table.get(with_particle(above), table.get(lemma)) in _NOT_GIVEN:
            return True
        verb = above
    return False
