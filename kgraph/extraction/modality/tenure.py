"""Whether an office is held now, was held, or will be: from the words at its title and the verb above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.model import Status
from kgraph.ontology.cues import StatusCues, load_status_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate

__all__ = ["is_over", "read_tenure", "tells_tenure", "with_particle"]

_BESIDE = frozenset({"appos", "conj", "flat", "nmod:desc"})
_TO_COME = frozenset({"will", "would", "shall", "'ll", "may", "could", "might"})
_NOT = frozenset({"not", "n't", "n\u2019t"})
_BEFORE = 4
"""Words before a title or a name in which "former" or "incoming" stand."""


def read_tenure(doc: Doc, candidate: Candidate) -> Status:
    """current, former or incoming."""
    cues = load_status_cues()
    if candidate.extractor == "frames" and candidate.status is Status.FORMER and candidate.trigger is not None:  # a predecessor
        return Status.CURRENT if _is_ahead(doc[candidate.trigger]) else Status.FORMER
    place = (
        candidate.role.head
        if candidate.role is not None
        else candidate.trigger
        if candidate.trigger is not None
        else candidate.subject.head
    )
    title = doc[place]
    start = candidate.role.start if candidate.role is not None else place
    beside = _beside(doc, start, cues)
    verb, person = _verb_of_office(title), doc[candidate.subject.head]
    is_own = verb is not None and verb.dep_ == "acl:relcl" and verb.head.i == person.i  # "succeeding Roe, who will remain as chairman"
    if person.dep_ in {"obj", "nsubj:pass"} and _is_succession(person.head, cues) and not is_own:  # replaced, by the "next chief" perhaps
        return Status.CURRENT if _is_ahead(person.head) or beside is Status.INCOMING else Status.FORMER
    if beside is not None:
        return beside
    if verb is not None and not _is_of_elsewhere(title, person):
        return _by_departure(person, verb, cues) or _by_verb(verb, person, cues)
    return Status.FORMER if _has_gone(person, title, cues) else Status.CURRENT


def _is_of_elsewhere(title: Token, person: Token) -> bool:
    """Whether a verb takes somebody who has the office already: "hiring its rival's CEO, Jane Roe"."""
    return title.dep_ == "obj" and person.head.i == title.i and any(child.dep_ == "nmod:poss" for child in title.children)


def tells_tenure(title: Token, person: Token, date: Token) -> bool:
    """Whether a date tells when somebody has an office: "CEO since 2015", "named CEO in 2015", but not "the CEO said in 2015"."""
    giving = _verb_of_office(title)
    for token in (date, *date.ancestors):
        if token in {title, person} or token == giving:
            return True
        if token.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _has_gone(person: Token, title: Token, cues: StatusCues) -> bool:
    """Whether the sentence tells that the holder has left: "its CEO, Jane Roe, resigned", "sacked chairman Roe"."""
    for start in (person, title):
        node = _whole(start)
        place, verb = node.dep_, node.head
        if place not in {"nsubj", "nsubj:pass", "obj"} or verb.tag_ not in {"VBD", "VBN"}:
            continue
        helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
        if helpers & {"will", "would", "may", "could", "might"}:
            continue
        lemma = with_particle(verb)
        if lemma in cues.gone and place == "nsubj":
            if any(child.dep_ == "obl" and any(part.lower_ == "from" for part in child.children) for child in verb.children):
                return False
            return not any(child.dep_ == "obj" and not child.ent_type_ for child in verb.children) or lemma in {"leave", "quit"}
        if lemma in cues.removed and place in {"nsubj:pass", "obj"}:
            return True
    return False


def is_over(token: Token) -> bool:
    """Whether "no longer" or "not … any longer" stands at a word."""
    for child in token.children:
        if child.lower_ == "longer" and child.dep_ == "advmod":
            before = token.doc[child.i - 1].lower_ if child.i else ""
            return before == "no" or (before == "any" and any(other.lower_ in _NOT for other in token.children))
    return False


def with_particle(token: Token) -> str:
    """A verb's lemma with its particle: "step down"."""
    lemma = token.lemma_.lower()
    particle = next((child.lower_ for child in token.children if child.dep_ == "compound:prt"), None)
    if particle is None and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in {"out", "away", "down", "off", "aside"}:
        particle = token.nbor(1).lower_
    return f"{lemma} {particle}" if particle else lemma


def _beside(doc: Doc, start: int, cues: StatusCues) -> Status | None:
    """By "former", "ex-", "incoming" before the title, not past a comma or a verb."""
    for i in range(start - 1, max(-1, start - 1 - _BEFORE), -1):
        token = doc[i]
        if token.pos_ == "VERB" and token.dep_ != "amod":  # "will be ousted as CEO"
            break
        if token.lower_ in cues.former:
            return Status.FORMER
        if token.lower_ in cues.incoming:
            return Status.INCOMING
        if token.pos_ in {"PUNCT", "AUX"} and token.text != "-":
            break
    return None


def _verb_of_office(title: Token) -> Token | None:
    """The verb of which the title is the predicate: "was named CEO", "served as CEO", "is the CEO"."""
    if any(child.dep_ == "cop" for child in title.children):
        return title
    node = title
    for _ in range(3):
        if node.dep_ in {"xcomp", "obj", "obl", "conj", "advcl"} and node.head.i != node.i:
            node = node.head
            if node.pos_ == "VERB":
                return node
            continue
        break
    return None


def _helpers(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"}}


def _is_ahead(verb: Token) -> bool:
    """Whether the verb speaks of what is to come: "will step down", "is to retire"."""
    return bool(_helpers(verb) & _TO_COME) or any(child.tag_ == "TO" for child in verb.children)


def _takes_over(person: Token, verb: Token, cues: StatusCues) -> bool:
    """Whether a person is the one who replaces."""
    is_by = person.dep_ == "obl" and any(child.lower_ in {"by", "with"} for child in person.children)  # "replaced Doe with Roe"
    return _is_succession(verb, cues) and person.head.i == verb.i and (is_by or person.dep_ in {"nsubj", "obl:agent"})


def _is_succession(verb: Token, cues: StatusCues) -> bool:
    """Whether a verb begins one tenure and ends another."""
    lemma = verb.lemma_.lower()
    return lemma in cues.begun and lemma in cues.ended


def _ends_or_stays(person: Token, verb: Token, cues: StatusCues) -> bool:
    """Whether what is to come to a person is the end of an office that is held, or more of it: "will step down", "will remain CEO"."""
    verbs = {verb.i}
    while verb.dep_ == "xcomp" and verb.head.i not in verbs:  # "plans to step down"
        verb = verb.head
        verbs.add(verb.i)
    is_own = verb.dep_ == "acl:relcl" and verb.head.i == person.i
    clause = _clause(person)
    if not is_own and (clause is None or clause.i not in verbs):  # "will hand over as CEO to Roe"
        return False
    words = {word for place in verbs for word in (with_particle(person.doc[place]), person.doc[place].lemma_.lower())}
    return is_over(verb) or not words.isdisjoint(cues.gone | cues.removed | cues.kept)


def _clause(person: Token) -> Token | None:
    """The verb of which a person is the subject or the object."""
    node = _whole(person)
    return node.head if node.dep_ in {"nsubj", "nsubj:pass", "obj"} else None


def _whole(token: Token) -> Token:
    """The head of the whole phrase that a person or a title stands beside others in."""
    while token.dep_ in _BESIDE and token.head.i != token.i:
        token = token.head
    return token


def _by_departure(person: Token, verb: Token, cues: StatusCues) -> Status | None:
    """The office of somebody of whose leaving a clause below the title's tells: "will become CEO when Roe retires"."""
    clause = _clause(person)
    if clause is None or verb not in clause.ancestors or clause.dep_ in {"conj", "xcomp"} or with_particle(clause) not in cues.gone:
        return None
    is_after = any(child.lower_ == "after" for child in clause.children) and not _is_ahead(verb)  # a headline: "hires Doe after Roe quits"
    return Status.FORMER if is_after or (clause.tag_ in {"VBD", "VBN"} and not _is_ahead(clause)) else Status.CURRENT


def _by_verb(verb: Token, person: Token, cues: StatusCues) -> Status:
    """By the verb's meaning and tense."""
    helpers, takes_over = _helpers(verb), _takes_over(person, verb, cues)
    ahead = _is_ahead(verb)
    if ahead and verb.head.lemma_ in cues.through and not _is_ahead(verb.head):  # "came to be", but not "would come to be"
        return Status.CURRENT
    if ahead:
        return Status.CURRENT if not takes_over and _ends_or_stays(person, verb, cues) else Status.INCOMING
    lemma = verb.lemma_.lower()
    if is_over(verb) or (lemma in cues.ended and not takes_over and verb.tag_ in {"VBD", "VBN", "VBG"}):
        return Status.FORMER
    if helpers & {"was", "were"} and any(child.dep_ == "cop" for child in verb.children):
        return Status.FORMER
    if lemma in cues.begun and verb.tag_ in {"VBZ", "VBP", "VBG"}:
        return Status.INCOMING
    return Status.CURRENT
