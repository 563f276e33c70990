"""How far the text says a matter has come: from tense, modals, and the words above and beside the one that evokes it.

    "X bought Y"                      completed
    "X to buy Y", "agreed to buy Y"   announced
    "plans to buy Y"                  planned
    "is reportedly buying Y"          rumoured, hedge "reportedly"
    "denied that it had bought Y"     denied, negative
    "no longer plans to buy Y"        terminated
    "If X buys Y"                     no claim

The words are data (`ontology/cues.toml`); the syntax is here. A finite verb says itself whether its matter is done;
an infinitive, a gerund or a noun takes it from what governs it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.extraction.marking.dates import WEEKDAYS
from kgraph.extraction.modality.doubt import find_hedge, is_asked, is_denied, is_negated, is_passive, is_supposed, is_verb
from kgraph.extraction.modality.tenure import is_over, read_tenure, with_particle
from kgraph.extraction.syntax.clauses import anchor
from kgraph.extraction.wordlists import words
from kgraph.model import Status
from kgraph.ontology.cues import StatusCues, load_status_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate
    from kgraph.ontology import PredicateRule

__all__ = ["StatusReading", "read_event", "read_status"]

_HIGHEST = 8
"""Steps that are climbed from the evoking word."""

_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha", "would", "'d", "should", "must"})  # noqa: RUF001
_MAY = frozenset({"may", "might", "could", "can", "ca"})
_UPWARD = words(
    "xcomp ccomp acl acl:relcl advcl advcl:relcl obj iobj nsubj nsubj:pass obl obl:agent obl:unmarked nmod nmod:unmarked nmod:poss "
    "nmod:desc csubj csubj:pass conj appos compound parataxis amod dep list"
)
"""How a word hangs on one that may say how real it is."""

_INSIDE_A_NOUN_PHRASE = frozenset(words("appos compound amod nmod nmod:poss nmod:desc flat nsubj nsubj:pass obl:agent"))
"""How a word hangs on others that names or describes somebody: what it says is taken for granted."""

_RANKS = frozenset({"first", "second", "third", "last", "latest", "only"})
_ASIDES = frozenset({"appos", "acl:relcl"})
"""How a word hangs on a name of which it says something by the way."""

_ABOUT = frozenset({"on", "about", "into", "from", "of", "to", "over", "out", "for", "at"})
_FIRM = frozenset({Status.COMPLETED, Status.ANNOUNCED})
_OPEN = frozenset({Status.PLANNED, Status.IN_TALKS, Status.RUMOURED})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReading:
    """What the text says of a claim's reality."""

    status: Status | None
    negative: bool = False
    hedge: str | None = None
    over: bool = False
    """Whether it is "no longer" so."""


def read_status(doc: Doc, candidate: Candidate, rule: PredicateRule) -> StatusReading | None:
    """The status of a candidate; None where the sentence only supposes or asks it.

    A state gets no status, but may be negative, as where it is "no longer" so; a role is current, former or incoming. What
    the learnt model has read of an event counts beside the syntax (`_with_heard`).
    """
    trigger = anchor(doc, candidate)
    reading = read_event(trigger, lasts=rule.name in load_status_cues().ongoing)
    lasts = not rule.statuses or Status.CURRENT in rule.statuses
    if lasts and _is_given_anyway(candidate, trigger, reading):
        reading = StatusReading(status=None, hedge=reading.hedge if reading is not None else None)
    if reading is None:
        return None
    if lasts:
        is_unsaid = candidate.trigger is None and candidate.negative
        is_no_more = reading.negative or is_unsaid or (reading.over and not rule.statuses)
        tenure = _tenure(doc, candidate) if rule.statuses else None
        return StatusReading(status=tenure, negative=is_no_more, hedge=reading.hedge)
    return _with_heard(reading, candidate)


def _tenure(doc: Doc, candidate: Candidate) -> Status:
    """When an office is held: as the learnt model has read it where no frame tells of it, else by the words around."""
    return candidate.status if candidate.extractor == "relations" and candidate.status is not None else read_tenure(doc, candidate)


def _with_heard(reading: StatusReading, candidate: Candidate) -> StatusReading:
    """The reading of an event by its syntax, after what the learnt model has read.

    What it hears as denied is, where it hears the denial, too. Where no frame says which words tell of the event, the syntax may be
    that of another, and the model is believed. Otherwise what the syntax shows as done or announced has the model's status, and so
    has a plan that came to nothing further on.
    """
    heard = candidate.status
    if heard is None or heard is Status.DENIED:
        return replace(reading, status=heard, negative=True) if heard is not None and candidate.negative else reading
    if candidate.extractor == "relations":
        return reading if reading.negative and candidate.negative else replace(reading, status=heard, negative=False)
    failed = reading.status is Status.PLANNED and heard is Status.TERMINATED
    return replace(reading, status=heard) if (reading.status in _FIRM or failed) and not reading.negative else reading


def _is_given_anyway(candidate: Candidate, trigger: Token, reading: StatusReading | None) -> bool:
    """Whether a state or an office stands whatever the sentence denies or asks: "its parent, Beta, denied", "did its chief, Roe, know?".

    So does one that no word evokes, where the learnt model, which has read the sentence, does not take it as denied.
    """
    if candidate.trigger is None:
        return reading is not None and reading.negative and not candidate.negative
    is_predicate = any(child.dep_ == "cop" for child in trigger.children)
    return trigger.dep_ in _INSIDE_A_NOUN_PHRASE and not is_predicate and not is_negated(trigger)


def read_event(trigger: Token, *, lasts: bool = False) -> StatusReading | None:
    """The reality of what a verb or noun evokes; None where it is only supposed or asked.

    What `lasts` (an investigation, a partnership) has happened when it goes on. A name that evokes something
    ("Apple's iPad") presupposes it, whatever the sentence says.
    """
    cues = load_status_cues()
    if trigger.ent_type_ and trigger.pos_ == "PROPN":
        return StatusReading(status=_described(trigger, cues) or Status.COMPLETED)
    found = _resolved(trigger, cues, lasts=lasts)
    status, path = found.status, found.path
    clause = [*path, *_above(path[-1])]
    aside = _up_to_an_aside(clause)
    if is_supposed(aside, cues) or is_asked(trigger, clause):
        return None
    said = path if found.by_cue else path[:1]
    if any(is_over(token) for token in said):
        return StatusReading(status=Status.TERMINATED, over=True)
    denied = status is Status.DENIED or is_denied(aside, cues)
    negations = sum(is_negated(token) for token in said)
    if denied or negations % 2:
        return StatusReading(status=Status.DENIED, negative=True)
    if status in _OPEN and _came_to_nothing(path, cues):
        return StatusReading(status=Status.TERMINATED)
    hedge = find_hedge(clause, cues)
    if hedge is not None and status in _FIRM:
        status = Status.RUMOURED
    return StatusReading(status=status, hedge=hedge)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Resolved:
    """A status with the tokens from the evoking word up to the one that decided it."""

    status: Status
    path: list[Token]
    by_cue: bool = False


def _up_to_an_aside(clause: list[Token]) -> list[Token]:
    """The words on the way up that may deny or suppose what the first says: "denied that Acme, an investor in Beta, bid" does not."""
    last = next((place for place, token in enumerate(clause) if token.dep_ in _ASIDES), len(clause))
    return clause[: last + 1]


def _above(token: Token) -> list[Token]:
    """The governors of a token, nearest first."""
    found = []
    for _ in range(_HIGHEST):
        if token.head.i == token.i:
            break
        token = token.head
        found.append(token)
    return found


def _resolved(trigger: Token, cues: StatusCues, *, lasts: bool = False) -> _Resolved:
    """The status by the nearest word that decides it."""
    own = _own(trigger, cues)
    path = [trigger]
    if own is Status.ANNOUNCED and lasts and trigger.tag_ == "VBG":
        own = Status.COMPLETED
    if own is None and trigger.dep_ == "appos" and not is_verb(trigger):
        own = Status.COMPLETED
    if own is not None:
        return _Resolved(status=own, path=path)
    node = trigger
    for _ in range(_HIGHEST):
        head = node.head
        if head.i == node.i:
            return _Resolved(status=_at_root(node), path=path)
        if node.dep_ not in _UPWARD:
            break
        path.append(head)
        cue = None if node.dep_ == "conj" else _cue(node, head, cues)
        if cue is not None:
            turned = _in_its_turn(cue, head, cues)
            official = turned is Status.PLANNED and _is_official(head, cues)
            return _Resolved(status=Status.ANNOUNCED if official else turned, path=path, by_cue=True)
        given = _given(node, head, cues)
        if given is not None:
            return _Resolved(status=given, path=path)
        node = head
    return _Resolved(status=Status.COMPLETED, path=path)


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
        tried = own or _resolved(head, cues).status
        return Status.TERMINATED if tried is Status.COMPLETED else Status.PLANNED
    if own is None and cue in {Status.ANNOUNCED, Status.COMPLETED, Status.TERMINATED}:
        own = _resolved(head, cues).status
    if own is Status.RUMOURED:
        return Status.RUMOURED if cue is not Status.TERMINATED else Status.ANNOUNCED
    if cue is Status.TERMINATED and own is Status.PLANNED:
        return Status.ANNOUNCED
    if cue is Status.COMPLETED and own is not None:
        return Status.ANNOUNCED if own is Status.PLANNED else own  # who hopes to complete a deal has struck it
    return own if cue is Status.ANNOUNCED and own in _OPEN else cue


def _came_to_nothing(path: list[Token], cues: StatusCues) -> bool:
    """Whether what was planned is said to have failed: "tried to buy it but pulled out", "its planned bid was rejected"."""
    for token in path:
        if is_verb(token) and any(_ends_it(child, cues) for child in token.children if child.dep_ == "conj"):
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
        return _described(token, cues)
    if _is_infinitive(token):
        return Status.ANNOUNCED if _is_to(token) else None
    helpers = _helpers(token)
    words = {helper.lower_ for helper in helpers}
    if words & _WILL:
        return Status.ANNOUNCED
    return Status.RUMOURED if words & _MAY else _by_tense(token, helpers)


def _is_to(token: Token) -> bool:
    """Whether a verb stands after "is to" or "are to"."""
    return any(child.dep_ in {"cop", "aux"} and child.lemma_ == "be" and child.tag_ in {"VBZ", "VBP"} for child in token.children)


def _by_tense(token: Token, helpers: list[Token]) -> Status | None:
    """A verb without modal: going on is announced, a bare participle or stem takes its tense from above, the rest is done."""
    if token.tag_ == "VBG":
        return Status.ANNOUNCED if any(helper.lemma_ == "be" for helper in helpers) else None
    if any(helper.lower_ == "being" for helper in helpers):
        return Status.ANNOUNCED
    is_bare = token.tag_ == "VB" or (token.tag_ == "VBN" and token.dep_ in {"xcomp", "ccomp", "conj"})
    return None if is_bare and not helpers else Status.COMPLETED


def _described(token: Token, cues: StatusCues) -> Status | None:
    """What a noun or the adjectives at it say: "merger talks", "proposed merger", "failed bid"."""
    if cues.nouns.get(token.lemma_.lower()) is Status.IN_TALKS:
        return Status.IN_TALKS
    for child in token.children:
        if child.dep_ in {"amod", "compound", "nmod:desc"} and child.lower_ in cues.adjectives:
            return cues.adjectives[child.lower_]
    return None


def _helpers(token: Token) -> list[Token]:
    """The auxiliaries of a verb, or those of the verb with which it shares them ("has bought and sold")."""
    own = [child for child in token.children if child.dep_ in {"aux", "aux:pass"}]
    if not own and token.dep_ == "conj" and token.tag_ == token.head.tag_ and token.tag_ in {"VB", "VBN", "VBG"}:
        return _helpers(token.head)
    return own


def _is_infinitive(token: Token) -> bool:
    """Whether "to" stands before a verb, or before the one with which it is coordinated."""
    if any(child.tag_ == "TO" for child in token.children):
        return True
    shares = token.dep_ == "conj" and token.tag_ == "VB" and not any(child.dep_.startswith(("aux", "nsubj")) for child in token.children)
    return shares and _is_infinitive(token.head)


def _at_root(node: Token) -> Status:
    """The status where nothing governs: headlines with an infinitive announce, headlines with a noun state."""
    return Status.ANNOUNCED if _is_infinitive(node) else Status.COMPLETED


def _given(node: Token, head: Token, cues: StatusCues) -> Status | None:
    """What a governor without a cue makes of the word below it; None where it passes on what comes from further above."""
    if node.dep_ == "conj":
        return None if head.pos_ in {"NOUN", "PROPN"} else _own(head, cues)
    if _is_infinitive(node):
        return _of_infinitive(node, head, cues)
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
    is_brought_about = node.dep_ == "xcomp" and head.lemma_ in cues.through
    follows = node.dep_ in {"advcl", "xcomp"} and with_particle(head) in cues.gone
    passes = is_brought_about or follows or any(child.dep_ == "cop" for child in node.children)
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
    if is_passive(head):
        if lemma in cues.passive and node.dep_ in {"xcomp", "ccomp", "nsubj:pass", "advcl", "csubj"}:
            return cues.passive[lemma]
        rules = node.dep_ in {"nsubj:pass", "xcomp", "ccomp", "csubj"}
    else:
        rules = node.dep_ not in {"nsubj", "advcl", "obl"} or _fits_subject(node, lemma)
    return cues.verbs.get(lemma, cues.verbs.get(head.lemma_.lower())) if rules else None


def _fits_subject(node: Token, lemma: str) -> bool:
    """Whether a verb decides over its subject ("the deal collapsed") or over what stands after a preposition ("talk about")."""
    if node.dep_ == "nsubj":
        return lemma in {"collapse", "fall through", "fall apart", "break down", "fail", "close", "expire", "lapse", "end", "succeed"}
    if node.dep_ == "obl":
        cases = [child.lower_ for child in node.children if child.dep_ == "case"]
        return not cases or not _ABOUT.isdisjoint(cases)
    return False
