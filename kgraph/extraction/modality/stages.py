"""How far the words around an event place it: its own tense, or the nearest word above that decides.

    "bought"                       completed, by its tense
    "will buy"                     announced, by its modal
    "plans to buy"                 planned, by the verb above
    "in talks about a purchase"    in talks, by the noun above

A finite verb says itself whether its matter is done; an infinitive, a gerund or a noun takes it from what governs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.extraction.marking.times.calendar import WEEKDAYS
from kgraph.extraction.modality.negation import is_negated, is_new
from kgraph.extraction.modality.tenure import with_particle
from kgraph.extraction.modality.verbs import MAY, OUGHT, WILL, WOULD, is_infinitive, is_passive, is_verb, modals, shared_helpers
from kgraph.extraction.wordlists import words
from kgraph.model import Status
from kgraph.ontology.cues import load_deal_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kgraph.ontology.cues import StatusCues

__all__ = ["FIRM", "HIGHEST", "OPEN", "Resolved", "came_to_nothing", "described", "is_ahead", "resolve"]

HIGHEST = 8
"""Steps that are climbed from the evoking word."""

FIRM = frozenset({Status.COMPLETED, Status.ANNOUNCED})
"""What has been agreed or done."""

OPEN = frozenset({Status.PLANNED, Status.IN_TALKS, Status.RUMOURED})
"""What has not been agreed or done."""

_AHEAD = WILL | WOULD | OUGHT
_UPWARD = words(
    "xcomp ccomp acl acl:relcl advcl advcl:relcl obj iobj nsubj nsubj:pass obl obl:agent obl:unmarked nmod nmod:unmarked nmod:poss "
    "nmod:desc csubj csubj:pass conj appos compound parataxis amod dep list"
)
"""How a word hangs on one that may say how real it is."""

_YEAR = "dddd"
_RANKS = frozenset({"first", "second", "third", "last", "latest", "only"})
_ABOUT = frozenset({"on", "about", "into", "from", "of", "to", "over", "out", "for", "at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A status with the tokens from the evoking word up to the one that decided it."""

    status: Status
    path: list[Token]
    by_cue: bool = False
    pending: bool = False
    """Whether somebody is still to decide on it."""


def resolve(trigger: Token, cues: StatusCues, *, lasts: bool = False) -> Resolved:
    """The status by the nearest word that decides it."""
    own = _own(trigger, cues)
    path = [trigger]
    if own is Status.ANNOUNCED and lasts and trigger.tag_ == "VBG":
        own = Status.COMPLETED
    if own is None and trigger.dep_ == "appos" and not is_verb(trigger):
        own = Status.COMPLETED
    if own is not None:
        return Resolved(status=own, path=path)
    node = trigger
    for _ in range(HIGHEST):
        head = node.head
        if head.i == node.i:
            return Resolved(status=_at_root(node), path=path)
        if node.dep_ not in _UPWARD:
            break
        if node is trigger and not lasts and _is_judged(node):
            return Resolved(status=Status.ANNOUNCED, path=path, pending=True)
        path.append(head)
        cue = None if node.dep_ == "conj" else _cue(node, head, cues)
        if cue is not None:
            turned = _in_its_turn(cue, head, cues)
            official = turned is Status.PLANNED and _is_official(head, cues)
            return Resolved(status=Status.ANNOUNCED if official else turned, path=path, by_cue=True)
        given = _given(node, head, cues)
        if given is not None:
            return Resolved(status=given, path=path)
        node = head
    return Resolved(status=Status.COMPLETED, path=path)


def _is_judged(noun: Token) -> bool:
    """Whether a noun names the deal that somebody is to decide on: "reviews the takeover", but not "a probe of its 2015 purchase"."""
    above = noun.head
    if is_verb(noun) or is_new(noun) or any(child.shape_ == _YEAR for child in noun.children):
        return False
    if is_verb(above):
        return noun.dep_ in {"obj", "nsubj:pass"} and above.lemma_.lower() in load_deal_cues().judging
    return noun.dep_ == "nmod" and above.lemma_.lower() in load_deal_cues().judging


def _is_official(plan: Token, cues: StatusCues) -> bool:
    """Whether a plan has been made public: "announced plans to", "announced that it plans to"."""
    above = plan.head
    is_told = plan.dep_ in {"obj", "ccomp", "nsubj:pass"} and above.lemma_.lower() in cues.official
    return is_told and _own(above, cues) is Status.COMPLETED and not is_negated(above)


def _in_its_turn(cue: Status, head: Token, cues: StatusCues) -> Status:
    """A cue's status after what is said of the cue itself: "will complete", "may agree", "could block"."""
    if not is_verb(head):
        return cue
    own = _own(head, cues)
    if head.lemma_.lower() in cues.tried and head.tag_ != "VBZ":
        tried = own or resolve(head, cues).status
        return Status.TERMINATED if tried is Status.COMPLETED else Status.PLANNED
    if own is None and cue in {Status.ANNOUNCED, Status.COMPLETED, Status.TERMINATED}:
        own = resolve(head, cues).status
    if own is Status.RUMOURED:
        return Status.RUMOURED if cue is not Status.TERMINATED else Status.ANNOUNCED
    if cue is Status.TERMINATED and own is Status.PLANNED:
        return Status.ANNOUNCED
    if cue is Status.COMPLETED and own is not None:
        return Status.ANNOUNCED if own is Status.PLANNED else own  # who hopes to complete a deal has struck it
    return own if cue is Status.ANNOUNCED and own in OPEN else cue


def came_to_nothing(path: list[Token], cues: StatusCues) -> bool:
    """Whether what was planned is said to have failed: "tried to buy it but pulled out", "its planned bid was rejected"."""
    for token in path:
        if is_verb(token) and any(_ends_it(child, cues) for child in token.children if child.dep_ == "conj"):
            return True
        if token.dep_ == "nmod" and cues.nouns.get(token.head.lemma_.lower()) is Status.TERMINATED:  # "the end of talks"
            return True
        if (
            token.dep_ in {"obj", "nsubj", "nsubj:pass", "obl"}
            and is_verb(token.head)
            and _cue(token, token.head, cues) is Status.TERMINATED
        ):
            return _own(token.head, cues) is Status.COMPLETED
    return False


def _ends_it(verb: Token, cues: StatusCues) -> bool:
    """Whether a coordinated verb takes the plan back: "but declined", "and was turned down", "and then withdrew it"."""
    takes_back = cues.verbs.get(with_particle(verb)) is Status.TERMINATED
    if any(child.lower_ in {"but", "only", "before"} for child in verb.children):
        return takes_back or is_negated(verb)
    return takes_back and (is_passive(verb) or any(child.dep_ == "obj" and child.lower_ == "it" for child in verb.children))


def _own(token: Token, cues: StatusCues) -> Status | None:
    """What a word says by its own form; None for infinitives, gerunds and nouns, which take it from above."""
    if not is_verb(token):
        return described(token, cues)
    if is_infinitive(token):
        if _was_to_have(token):
            return Status.TERMINATED
        return Status.ANNOUNCED if _is_to(token) else None
    helpers = shared_helpers(token)
    words = modals(token)
    if words & _AHEAD or _is_due(token):
        return Status.ANNOUNCED
    return Status.RUMOURED if words & MAY else _by_tense(token, helpers)


def _is_to(token: Token) -> bool:
    """Whether a verb stands after "is to" or "are to"."""
    return any(child.dep_ in {"cop", "aux"} and child.lemma_ == "be" and child.tag_ in {"VBZ", "VBP"} for child in token.children)


def _is_due(token: Token) -> bool:
    """Whether a verb stands after "due to", as trees have it that take that for a preposition."""
    return token.tag_ == "VB" and any(child.lower_ == "due" and child.dep_ == "case" for child in token.children)


def is_ahead(verb: Token) -> bool:
    """Whether a verb itself tells of what is to come: "will buy", "is due to buy", "Acme to buy Beta" as a headline."""
    if not is_verb(verb):
        return False
    is_headline = is_infinitive(verb) and (verb.dep_ == "ROOT" or (verb.dep_ == "acl" and verb.head.pos_ == "PROPN"))
    is_past = any(child.tag_ == "VBD" for child in verb.children if child.dep_ in {"aux", "cop"})
    return bool(modals(verb) & (_AHEAD | MAY)) or _is_due(verb) or (is_headline and not is_past)


def _was_to_have(token: Token) -> bool:
    """Whether something "was to have" happened, and did not."""
    return all(any(child.lower_ in forms for child in token.children if child.dep_ == "aux") for forms in ({"was", "were"}, {"have"}))


def _by_tense(token: Token, helpers: list[Token]) -> Status | None:
    """A verb without modal: going on is announced, a bare participle or stem takes its tense from above, the rest is done."""
    if token.tag_ == "VBG":
        return Status.ANNOUNCED if any(helper.lemma_ == "be" for helper in helpers) else None
    if any(helper.lower_ == "being" for helper in helpers):
        return Status.ANNOUNCED
    is_bare = token.tag_ == "VB" or (token.tag_ == "VBN" and token.dep_ in {"xcomp", "ccomp", "conj"})
    return None if is_bare and not helpers else Status.COMPLETED


def described(token: Token, cues: StatusCues) -> Status | None:
    """What a noun or the adjectives at it say: "merger talks", "proposed merger", "failed bid"."""
    if cues.nouns.get(token.lemma_.lower()) is Status.IN_TALKS:
        return Status.IN_TALKS
    for child in token.children:
        if child.dep_ in {"amod", "compound", "nmod:desc"} and child.lower_ in cues.adjectives:
            return cues.adjectives[child.lower_]
    return None


def _at_root(node: Token) -> Status:
    """The status where nothing governs: headlines with an infinitive announce, headlines with a noun state."""
    return Status.ANNOUNCED if is_infinitive(node) else Status.COMPLETED


def _given(node: Token, head: Token, cues: StatusCues) -> Status | None:
    """What a governor without a cue makes of the word below it; None where it passes on what comes from further above."""
    if node.dep_ == "conj":
        return None if head.pos_ in {"NOUN", "PROPN"} else _own(head, cues)
    if is_infinitive(node):
        return _of_infinitive(node, head, cues)
    if head.lemma_.lower() in cues.feeling and node.dep_ in {"xcomp", "ccomp", "obj"} and not modals(head) & _AHEAD:
        return Status.COMPLETED  # so is what somebody does not regret
    if node.dep_ in {"obl", "nmod", "obj"} and not is_verb(node) and head.lemma_ not in cues.through and _is_known(node):
        return Status.COMPLETED
    links = {child.lower_ for child in node.children if child.dep_ in {"mark", "case"}} if node.tag_ == "VBG" else set()
    if links & {"after", "since", "following", "upon", "having"}:
        return Status.COMPLETED
    return Status.PLANNED if links & {"without", "instead"} else _own(head, cues)


def _is_known(noun: Token) -> bool:
    """Whether a noun speaks of something as there: "its partnership", "Meta's releases"."""
    return any(child.dep_ == "nmod:poss" for child in noun.children)


def _of_infinitive(node: Token, head: Token, cues: StatusCues) -> Status | None:
    """A headline announces ("X to buy Y"); some verbs bring about what is below them ("left to join Y"); any other infinitive is a plan.

    The "first firm to list" lists when it becomes that.
    """
    is_of_verb_above = head.lower_ in WEEKDAYS  # "agreed on Monday to buy", as trees have it now and then
    if is_of_verb_above or (head.pos_ == "NOUN" and any(child.lower_ in _RANKS for child in head.children)):
        return None
    if head.pos_ in {"PROPN", "NOUN"} and (head.dep_ == "ROOT" or head.ent_type_):
        return Status.ANNOUNCED
    if head.lower_ in cues.glad and not modals(head) & _AHEAD:
        return Status.COMPLETED
    is_brought_about = node.dep_ == "xcomp" and head.lemma_ in cues.through
    follows = node.dep_ in {"advcl", "xcomp"} and with_particle(head) in cues.gone
    is_paid = with_particle(head) in load_deal_cues().spending and any(child.dep_ == "obj" for child in head.children)
    passes = is_brought_about or follows or is_paid or any(child.dep_ == "cop" for child in node.children)
    return _own(head, cues) if passes else Status.PLANNED


def _cue(node: Token, head: Token, cues: StatusCues) -> Status | None:
    """The status that a cue word above gives, where the word below stands in a place that the cue rules."""
    if is_verb(head):
        return _verb_cue(node, head, cues)
    if head.pos_ in {"NOUN", "PROPN"} and node.dep_ in {"acl", "nmod", "obl", "appos", "ccomp", "compound"}:
        is_aside = node.tag_ == "VBG" and not any(child.dep_ in {"mark", "case"} for child in node.children)
        return None if is_aside else cues.nouns.get(head.lemma_.lower())
    if head.pos_ == "ADJ" and node.dep_ in {"xcomp", "ccomp", "advcl", "obl"}:
        return cues.adjectives.get(head.lemma_.lower())
    return None


def _verb_cue(node: Token, head: Token, cues: StatusCues) -> Status | None:
    """What a verb gives its clause, its object, or its subject in the passive."""
    lemma = with_particle(head)
    is_kept_from = node.tag_ == "VBG" and any(child.dep_ == "mark" and child.lower_ == "from" for child in node.children)
    if is_passive(head):
        if lemma in cues.passive and node.dep_ in {"xcomp", "ccomp", "nsubj:pass", "advcl", "csubj"}:
            return cues.passive[lemma]
        rules = is_kept_from or node.dep_ in {"nsubj:pass", "xcomp", "ccomp", "csubj"}
    else:
        rules = is_kept_from or node.dep_ not in {"nsubj", "advcl", "obl"} or _fits_subject(node, lemma)
    return cues.verbs.get(lemma, cues.verbs.get(head.lemma_.lower())) if rules else None


def _fits_subject(node: Token, lemma: str) -> bool:
    """Whether a verb decides over its subject ("the deal collapsed") or over what stands after a preposition ("talk about")."""
    if node.dep_ == "nsubj":
        return lemma in {"collapse", "fall through", "fall apart", "break down", "fail", "close", "expire", "lapse", "end", "succeed"}
    if node.dep_ == "obl":
        cases = [child.lower_ for child in node.children if child.dep_ == "case"]
        return not cases or not _ABOUT.isdisjoint(cases)
    return False
