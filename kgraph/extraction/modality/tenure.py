"""Whether an office is held now, was held, or will be: from the words at its title and the verb above it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kgraph.extraction.modality.succession import find_succession, has_as, whole
from kgraph.extraction.modality.verbs import is_passive, modals, shared_helpers
from kgraph.model import Status
from kgraph.ontology.cues import StatusCues, load_office_cues, load_status_cues
from kgraph.ontology.titles import load_title_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate

__all__ = ["giving_verb", "is_over", "is_to_come", "post_of", "read_tenure", "tells_tenure", "title_of", "told_tenure", "with_particle"]

_TO_COME = frozenset({"will", "would", "shall", "'ll", "\u2019ll", "may", "could", "might"})
_NOT = frozenset({"not", "n't", "n\u2019t", "never"})
_UNREAL = frozenset({Status.PLANNED, Status.TERMINATED, Status.DENIED})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_GOVERNED = frozenset({"xcomp", "ccomp", "csubj", "acl", "advcl", "obj"})
"""How a verb hangs on one that may say that it does not come to pass: "denied replacing", "refused to resign"."""
_YEAR = re.compile(r"(19|20)\d\d")
_BEFORE = 4
"""Words before a title or a name in which "former" or "incoming" stand."""


def read_tenure(doc: Doc, candidate: Candidate) -> Status:
    """current, former or incoming."""
    told = told_tenure(doc, candidate)
    if told is not None:
        return told
    cues = load_status_cues()
    title, person = title_of(doc, candidate), doc[candidate.subject.head]
    beside = _beside(doc, _start(candidate, title), cues)
    if beside is not None:
        return beside
    verb = giving_verb(title, person)
    if verb is not None and not _is_of_elsewhere(title, person):
        if _has_left_since(title, person, verb, cues):
            return Status.FORMER
        read = _by_departure(person, verb, cues) or _by_verb(verb, person, cues)
        is_heard = candidate.status is Status.FORMER and _says_nothing(verb, title, cues)
        return Status.FORMER if read is Status.CURRENT and is_heard else read
    is_over_by_now = _has_gone(person, title, cues) or (candidate.role is not None and _has_run_out(doc, candidate.role.end))
    return Status.FORMER if is_over_by_now or candidate.status is Status.FORMER else Status.CURRENT


def told_tenure(doc: Doc, candidate: Candidate) -> Status | None:
    """The tenure that a succession settles, whatever the model has heard."""
    cues = load_status_cues()
    title, person = title_of(doc, candidate), doc[candidate.subject.head]
    found = find_succession(title, person)
    replaced = _replaced_below(title, person) if found is None else None
    if found is None and replaced is None:
        return None
    if found is not None and found.takes:
        if not _is_done(found.verb, cues):
            return Status.INCOMING
        if _has_left_since(title, person, found.verb, cues):
            return Status.FORMER
        return Status.INCOMING if found.verb.tag_ in {"VBZ", "VBP"} else Status.CURRENT
    verb = found.verb if found is not None else replaced
    beside = _beside(doc, _start(candidate, title), cues)  # "named Roe its next chief, replacing Doe"
    is_lost = verb is not None and _is_done(verb, cues) and beside is not Status.INCOMING
    return Status.FORMER if is_lost else Status.CURRENT


def title_of(doc: Doc, candidate: Candidate) -> Token:
    """The word of a candidate's office; where there is none, the one that evokes it, or else its holder."""
    if candidate.role is not None:
        return doc[candidate.role.head]
    return doc[candidate.trigger if candidate.trigger is not None else candidate.subject.head]


def _start(candidate: Candidate, title: Token) -> int:
    return candidate.role.start if candidate.role is not None else title.i


def _replaced_below(title: Token, person: Token) -> Token | None:
    """The verb by which a person loses the office that the verb above gives to another: "named Roe chief, replacing Doe"."""
    lost = find_succession(person, person)
    if lost is None or lost.takes or lost.verb.dep_ not in {"advcl", "xcomp", "acl"}:
        return None
    giving = giving_verb(title, person)
    return lost.verb if giving is not None and giving in lost.verb.ancestors else None


def _is_done(verb: Token, cues: StatusCues) -> bool:
    """Whether a verb tells of what has come to pass: not "will replace", "did not replace", "plans to replace", "denied replacing"."""
    for node in (verb, *verb.ancestors):
        if is_to_come(node) or _is_under_way(node) or any(child.lower_ in _NOT for child in node.children):
            return False
        shares = node.tag_ in {"VBG", "VB", "VBN"} and node.dep_ in _GOVERNED | {"conj"} and not _helpers(node)
        if not shares:
            return True
        if node.dep_ != "conj" and cues.verbs.get(with_particle(node.head), cues.verbs.get(node.head.lemma_.lower())) in _UNREAL:
            return False
    return True


def _has_left_since(title: Token, person: Token, giving: Token, cues: StatusCues) -> bool:
    """Whether somebody has lost what a verb gave: "became chief in 2015 and left in 2020", "who became chief in 2015, has quit"."""
    phrase = whole(person)
    is_subject = phrase.dep_ in _SUBJECTS
    is_relative = giving.dep_ in {"acl", "acl:relcl"} and giving.head in {person, phrase}
    if not is_subject or not (is_relative or phrase.head == giving) or not _is_done(giving, cues):
        return False
    later = [child for child in giving.children if child.dep_ == "conj" and not any(below.dep_ in _SUBJECTS for below in child.children)]
    if is_relative:
        later.append(phrase.head)
    return any(_is_loss(verb, title, cues) and not 0 < _year(verb) < _year(giving) for verb in later)


def _says_nothing(verb: Token, title: Token, cues: StatusCues) -> bool:
    """Whether what a verb does to an office is not known, so that the model is believed: "was demoted as chief executive"."""
    known = cues.begun | cues.kept | cues.gone | cues.removed | cues.ended
    return verb.i != title.i and {with_particle(verb), verb.lemma_.lower()}.isdisjoint(known) and _is_done(verb, cues)


def _is_loss(verb: Token, title: Token, cues: StatusCues) -> bool:
    """Whether a verb tells of the end of the office of a title, not of leaving another office or another house."""
    if verb.tag_ not in {"VBD", "VBN"} or not _is_done(verb, cues):
        return False
    names = {with_particle(verb), verb.lemma_.lower()}
    left = [
        child for child in verb.children if child.dep_ == "obj" or (child.dep_ == "obl" and _has(child, "from") and not _is_date(child))
    ]
    shares_passive = verb.dep_ == "conj" and is_passive(verb.head) and not names & load_office_cues().succeeding  # "was named and fired"
    if names & cues.removed:
        return not left and (is_passive(verb) or shares_passive)
    is_same_office = all(child.lemma_.lower() == title.lemma_.lower() for child in verb.children if has_as(child))
    return bool(names & cues.gone) and not is_passive(verb) and is_same_office and all(_is_house(noun, title) for noun in left)


def _is_house(noun: Token, title: Token) -> bool:
    """Whether a noun is the employer of a title: named with it, or only called "the company"."""
    if noun.ent_type_:
        name = {noun.lower_, *(child.lower_ for child in noun.children if child.dep_ in {"compound", "flat"})}
        return name <= {token.lower_ for token in title.subtree if token.ent_type_}
    is_known = any(child.lower_ in {"the", "its"} for child in noun.children)
    return noun.lower_ == "it" or (is_known and noun.lower_ in load_title_words().employers)


def _year(verb: Token) -> int:
    """The year at a verb; 0 where it has none."""
    return next((int(child.text) for child in verb.children if _YEAR.fullmatch(child.text)), 0)


def _has(token: Token, case: str) -> bool:
    return any(child.lower_ == case and child.dep_ == "case" for child in token.children)


def _is_date(token: Token) -> bool:
    return token.ent_type_ == "DATE" or _YEAR.fullmatch(token.text) is not None


def _has_run_out(doc: Doc, end: int) -> bool:
    """Whether the phrase of a title says until when: "chief executive of Acme from 2010 to 2015", "its chairman until 2020".

    The words are read in their order, as trees often hang the years on the verb of the sentence.
    """
    while (
        end < len(doc)
        and not doc[end].is_punct
        and doc[end].pos_ not in {"VERB", "AUX"}
        and doc[end].lower_ not in {"from", "until", "till"}
    ):
        end += 1
    years = [token.lower_ for token in doc[end : end + 4]]
    match years:
        case ["until" | "till", until, *_]:
            return _YEAR.fullmatch(until) is not None
        case ["from", since, "to" | "until" | "till", until]:
            return _YEAR.fullmatch(since) is not None and _YEAR.fullmatch(until) is not None
    return False


def _is_of_elsewhere(title: Token, person: Token) -> bool:
    """Whether a verb takes somebody who has the office already: "hiring its rival's CEO, Jane Roe"."""
    return title.dep_ == "obj" and person.head.i == title.i and any(child.dep_ == "nmod:poss" for child in title.children)


def tells_tenure(title: Token, person: Token, date: Token) -> bool:
    """Whether a date tells when somebody has an office: "CEO since 2015", "named CEO in 2015", but not "the CEO said in 2015"."""
    giving = giving_verb(title, person)
    succession = find_succession(title, person)
    takes = succession is not None and succession.takes
    if giving is not None and not takes and is_to_come(giving) and _ends_or_stays(person, giving, load_status_cues()):
        return False  # when an office will end
    for token in (date, *date.ancestors):
        if token in {title, person} or token == giving:
            return True
        if token.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _has_gone(person: Token, title: Token, cues: StatusCues) -> bool:
    """Whether the sentence tells that the holder has left: "its CEO, Jane Roe, resigned", "sacked chairman Roe"."""
    for start in (person, title):
        node = whole(start)
        place, verb = node.dep_, node.head
        if place not in {"nsubj", "nsubj:pass", "obj"} or verb.tag_ not in {"VBD", "VBN"}:
            continue
        helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
        if helpers & {"will", "would", "may", "could", "might"}:
            continue
        lemma = with_particle(verb)
        if lemma in cues.gone and place == "nsubj":
            if any(child.dep_ == "obl" and _has(child, "from") and not _is_date(child) for child in verb.children):
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
    """By "former", "ex-", "incoming", "currently" before the title, not past a comma or a verb."""
    present = load_office_cues().present
    for i in range(start - 1, max(-1, start - 1 - _BEFORE), -1):
        token = doc[i]
        if token.pos_ == "VERB" and token.dep_ != "amod":  # "will be ousted as CEO"
            break
        if token.lower_ in cues.former:
            return Status.FORMER
        if token.lower_ in cues.incoming:
            return Status.INCOMING
        if token.lower_ in present:
            return Status.FORMER if i and doc[i - 1].lower_ == "until" else Status.CURRENT
        if token.pos_ in {"PUNCT", "AUX"} and token.text != "-":
            break
    return None


def giving_verb(title: Token, person: Token) -> Token | None:
    """The verb of which the title is the predicate: "was named CEO", "served as CEO", "is the CEO"."""
    if any(child.dep_ == "cop" for child in title.children):
        return title
    node = post_of(title)
    if title.head.i == person.i and title.dep_ in {"appos", "nmod:desc"} and _is_complement(title, person):
        node = person  # "named Roe chief", "succeeded by Roe as chief"
        if node.dep_ in {"nsubj:pass", "obl:agent"} and node.head.pos_ == "VERB":
            return node.head
    for _ in range(3):
        if node.dep_ in {"xcomp", "obj", "obl", "conj", "advcl"} and node.head.i != node.i:
            node = node.head
            if node.pos_ == "VERB":
                return node
            continue
        break
    return None


def post_of(title: Token) -> Token:
    """The noun that a title is the name of: "post" in "the post of chief executive"; the title itself where there is none."""
    is_bare = not any(child.dep_ in {"det", "nmod:poss", "appos", "flat"} for child in title.children)
    return title.head if title.dep_ == "nmod" and _has(title, "of") and is_bare and title.head.tag_ == "NN" else title


def _is_complement(title: Token, person: Token) -> bool:
    """Whether a title that a tree hangs on a name is said by the verb: "as chief", and what follows the name without a comma."""
    if title.i < person.i:
        return False
    between = title.doc[person.i + 1 : title.i]
    return not any(token.is_punct and token.text != "-" for token in between)


def _helpers(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in {"aux", "aux:pass", "cop"}}


def _is_under_way(verb: Token) -> bool:
    """Whether a verb tells of what is not at its end: "is stepping down", "is being replaced", but not "after stepping down"."""
    helpers = shared_helpers(verb)
    return any(helper.lower_ == "being" or (verb.tag_ == "VBG" and helper.lemma_ == "be") for helper in helpers)


def is_to_come(verb: Token) -> bool:
    """Whether the verb speaks of what is to come: "will step down", "is to retire"."""
    return bool(modals(verb) & _TO_COME) or any(child.tag_ == "TO" for child in verb.children)


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
    node = whole(person)
    return node.head if node.dep_ in {"nsubj", "nsubj:pass", "obj"} else None


def _by_departure(person: Token, verb: Token, cues: StatusCues) -> Status | None:
    """The office of somebody of whose leaving a clause below the title's tells: "will become CEO when Roe retires"."""
    clause = _clause(person)
    if clause is None or verb not in clause.ancestors or clause.dep_ in {"conj", "xcomp"} or with_particle(clause) not in cues.gone:
        return None
    is_after = any(child.lower_ == "after" for child in clause.children) and not is_to_come(verb)  # a headline: "hires Doe after Roe quits"
    return Status.FORMER if is_after or (clause.tag_ in {"VBD", "VBN"} and not is_to_come(clause)) else Status.CURRENT


def _by_verb(verb: Token, person: Token, cues: StatusCues) -> Status:
    """By the verb's meaning and tense."""
    if verb.head.lemma_ == "use" and verb.dep_ == "xcomp" and verb.head.tag_ in {"VBD", "VBN"}:  # "used to be"
        return Status.FORMER
    if not is_to_come(verb):
        return _by_tense(verb, cues)
    comes_about = verb.head.lemma_ in cues.through and not is_to_come(verb.head)  # "came to be", but not "would come to be"
    return Status.CURRENT if comes_about or _ends_or_stays(person, verb, cues) else Status.INCOMING


def _by_tense(verb: Token, cues: StatusCues) -> Status:
    """By a verb that does not speak of what is to come."""
    is_ending = not {with_particle(verb), verb.lemma_.lower()}.isdisjoint(cues.ended | cues.gone)
    if is_over(verb) or (is_ending and verb.tag_ in {"VBD", "VBN", "VBG"} and _is_done(verb, cues)):
        return Status.FORMER
    if any(child.dep_ == "cop" for child in verb.children):  # "was CEO", "has previously been CEO"
        was_once = any(child.lower_ in cues.former for child in verb.children if child.dep_ == "advmod")
        return Status.FORMER if was_once or _helpers(verb) & {"was", "were", "had"} else Status.CURRENT
    begins = verb.lemma_.lower() in cues.begun and verb.tag_ in {"VBZ", "VBP", "VBG"}
    return Status.INCOMING if begins else Status.CURRENT
