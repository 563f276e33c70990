"""What the text says of a claim's reality: how far the matter has come, whether it is denied, whether it is hearsay.

    "X bought Y"                      completed
    "X to buy Y", "agreed to buy Y"   announced
    "plans to buy Y"                  planned
    "is reportedly buying Y"          rumoured, hedge "reportedly"
    "denied that it had bought Y"     denied, negative
    "no longer plans to buy Y"        terminated
    "If X buys Y", "X should buy Y"   no claim

The words are data (`ontology/cues.toml`); the syntax is here and beside: `stages` says how far an event has come, `negation`
and `factuality` whether the sentence means it, `states` what holds of a relation that lasts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kgraph.extraction.modality.factuality import (
    find_hedge,
    has_condition,
    is_asked,
    is_denied,
    is_false,
    is_imagined,
    is_supposed,
    is_taken_back,
    is_urged,
)
from kgraph.extraction.modality.negation import is_negated, is_not_quite, is_only_late, negations, what_is_asserted
from kgraph.extraction.modality.stages import FIRM, HIGHEST, OPEN, Resolved, came_to_nothing, described, is_ahead, resolve
from kgraph.extraction.modality.states import forecaster, has_ceased, is_still_open, stays_in_office, was_once
from kgraph.extraction.modality.tenure import is_over, read_tenure, with_particle
from kgraph.extraction.modality.verbs import is_verb
from kgraph.extraction.syntax.clauses import anchor
from kgraph.extraction.wordlists import words
from kgraph.model import Status
from kgraph.ontology import ObjectKind
from kgraph.ontology.cues import StatusCues, load_status_cues

if TYPE_CHECKING:
    import datetime as dt

    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate, Moment
    from kgraph.ontology import PredicateRule

__all__ = ["StatusReading", "read_event", "read_status"]

_INSIDE_A_NOUN_PHRASE = frozenset(words("appos compound amod nmod nmod:poss nmod:desc flat nsubj nsubj:pass obl:agent"))
"""How a word hangs on others that names or describes somebody: what it says is taken for granted."""

_ASIDES = frozenset({"appos", "acl:relcl"})
"""How a word hangs on a name of which it says something by the way."""

_AHEAD = frozenset({Status.PLANNED, Status.ANNOUNCED})
_FIGURES = frozenset({ObjectKind.MONEY, ObjectKind.NUMBER})
_PLAIN_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_UNDONE = {Status.COMPLETED: Status.ANNOUNCED, Status.TERMINATED: Status.ANNOUNCED, Status.DENIED: Status.RUMOURED}
"""What is left where the word that decides is itself denied: "has not completed its purchase", "did not deny buying it"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReading:
    """What the text says of a claim's reality."""

    status: Status | None
    negative: bool = False
    hedge: str | None = None
    over: bool = False
    """Whether it is "no longer" so."""
    ahead: bool = field(default=False, compare=False)
    """Whether it is told to be still to come: "will buy", "to buy", "has not completed its purchase"."""
    settled: bool = field(default=False, compare=False)
    """Whether other words than its own tense tell that it is done or agreed, and none that it came to nothing."""
    present: bool = field(default=False, compare=False)
    """Whether it is told in the present tense."""
    perfect: bool = field(default=False, compare=False)
    """Whether it is told in the perfect: "has bought"."""


def read_status(doc: Doc, candidate: Candidate, rule: PredicateRule, *, published: dt.date | None = None) -> StatusReading | None:
    """The status of a candidate; None where the sentence only supposes, asks or urges it.

    A state gets no status, but may be negative, as where it is "no longer" so; a role is current, former or incoming. What
    the learnt model has read of an event counts beside the syntax (`_with_heard`).
    """
    if candidate.shown is not None and candidate.trigger is None:
        return StatusReading(status=candidate.status)  # a heading tells it, no clause
    cues = load_status_cues()
    trigger = anchor(doc, candidate)
    lasts = not rule.statuses or Status.CURRENT in rule.statuses
    if candidate.trigger is not None and is_urged(list(what_is_asserted(trigger, cues))):
        return None
    if candidate.trigger is None and is_taken_back([trigger, *_above(trigger)]):
        return None
    reading = read_event(trigger, lasts=lasts or rule.name in cues.ongoing)
    if lasts and _is_given_anyway(candidate, trigger, reading):
        reading = StatusReading(status=None, hedge=reading.hedge if reading is not None else None)
    if reading is None:
        return None
    if not lasts:
        return _with_heard(reading, candidate, published)
    return _of_office(doc, candidate, trigger, reading, published) if rule.statuses else _of_state(candidate, trigger, reading, rule)


def _of_office(doc: Doc, candidate: Candidate, trigger: Token, reading: StatusReading, published: dt.date | None) -> StatusReading | None:
    """The reading of an office: current, former or incoming; one that begins after the article appeared is incoming.

    None where somebody holds it only on a condition ("will become chairman if elected").
    """
    if reading.status is Status.CONDITIONAL:
        return None
    if reading.negative and stays_in_office(trigger, load_status_cues()):
        return StatusReading(status=Status.CURRENT, hedge=reading.hedge)
    status = _tenure(doc, candidate)
    if status is Status.CURRENT and _is_of_after(candidate.when, published):
        status = Status.INCOMING
    return StatusReading(status=status, negative=reading.negative or _is_unsaid(candidate), hedge=reading.hedge)


def _of_state(candidate: Candidate, trigger: Token, reading: StatusReading, rule: PredicateRule) -> StatusReading | None:
    """The reading of a state, which has no status; None where the text does not say that it holds."""
    cues = load_status_cues()
    negative = reading.negative or reading.over or _is_unsaid(candidate)
    if candidate.trigger is None or negative:
        return StatusReading(status=None, negative=negative, hedge=reading.hedge)
    if has_ceased(trigger, cues):
        return StatusReading(status=None, negative=True, hedge=reading.hedge)
    foreseen = forecaster(trigger, cues) if rule.object_kind in _FIGURES and rule.name not in cues.to_come else None
    if foreseen is not None:
        return StatusReading(status=None, hedge=foreseen.text) if is_verb(foreseen) else None
    return StatusReading(status=None, hedge=reading.hedge) if _holds(trigger, reading, rule, cues) else None


def _is_unsaid(candidate: Candidate) -> bool:
    """Whether the learnt model hears the denial of what no word evokes."""
    return candidate.trigger is None and candidate.negative


def _holds(trigger: Token, reading: StatusReading, rule: PredicateRule, cues: StatusCues) -> bool:
    """Whether a state holds when the article is written, and is not only planned or past."""
    if rule.name not in cues.to_come and is_still_open(trigger, reading.status, reading.hedge, cues):
        return False
    return rule.name in cues.told_of_the_past or not was_once(trigger, cues)


def _tenure(doc: Doc, candidate: Candidate) -> Status:
    """When an office is held: as the learnt model has read it where no frame tells of it, else by the words around."""
    return candidate.status if candidate.extractor == "relations" and candidate.status is not None else read_tenure(doc, candidate)


def _with_heard(reading: StatusReading, candidate: Candidate, published: dt.date | None) -> StatusReading:
    """The reading of an event by its syntax, after what the learnt model has read.

    A status of denied counts only if the model also hears the negation. Where no frame says which words tell of the event, the
    syntax may be that of another, and the model is believed. Otherwise what the syntax shows as done or
    announced has the model's status, and so has a plan that came to nothing further on. What the verb puts in the future is not
    done, what "agreed to" or "completed" settles has not failed unless the sentence says so, and what is told of a day before the
    article's is not to come ("2005: Acme goes public").
    """
    heard = candidate.status
    if heard is None or heard is Status.DENIED:
        return replace(reading, status=heard, negative=True) if heard is not None and candidate.negative else reading
    if candidate.trigger is not None and (
        (reading.ahead and heard is Status.COMPLETED)
        or (reading.perfect and heard is Status.ANNOUNCED)
        or (reading.present and heard in _AHEAD and _is_of_before(candidate.when, published))
    ):
        return reading
    if heard is Status.TERMINATED and reading.settled:
        return reading
    if candidate.extractor == "relations" and not (reading.status is Status.CONDITIONAL and heard is Status.ANNOUNCED):
        return reading if reading.negative and candidate.negative else replace(reading, status=heard, negative=False)
    failed = reading.status is Status.PLANNED and heard is Status.TERMINATED
    return replace(reading, status=heard) if (reading.status in FIRM or failed) and not reading.negative else reading


def _is_of_before(when: Moment | None, published: dt.date | None) -> bool:
    """Whether a day, month or year is wholly over when the article appears."""
    if when is None or published is None or _PLAIN_DATE.fullmatch(when.edtf) is None:
        return False
    return when.edtf < published.isoformat()[: len(when.edtf)]


def _is_of_after(when: Moment | None, published: dt.date | None) -> bool:
    """Whether a day, month or year begins after the article appears."""
    if when is None or published is None or _PLAIN_DATE.fullmatch(when.edtf) is None:
        return False
    return when.edtf > published.isoformat()[: len(when.edtf)]


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
        return StatusReading(status=described(trigger, cues) or Status.COMPLETED)
    found = resolve(trigger, cues, lasts=lasts)
    clause = [*found.path, *_above(found.path[-1])]
    aside = _up_to_an_aside(clause)
    if is_supposed(aside, cues) or is_imagined(clause, cues) or is_asked(trigger, clause):
        return None
    said = [*(found.path[:-1] if found.by_cue else ()), *what_is_asserted(found.path[-1] if found.by_cue else trigger, cues)]
    if any(is_over(token) for token in said):
        return StatusReading(status=Status.TERMINATED, over=True)
    status = found.status
    denials = len(frozenset().union(*(negations(token) for token in said)))
    is_of_cue = not is_verb(trigger) or (status is not Status.COMPLETED and is_negated(found.path[-1]))
    is_undone = denials % 2 == 1 and found.by_cue and status in _UNDONE and is_of_cue
    if is_undone:
        status, denials = _UNDONE[status], 0
    if status is Status.DENIED or is_denied(aside, cues) or is_false(aside, cues) or is_not_quite(trigger, cues) or denials % 2:
        return StatusReading(status=Status.DENIED, negative=True)
    reading = _affirmed(replace(found, status=status), clause, cues)
    is_late = found.by_cue and with_particle(found.path[-1]) in cues.postponing
    return replace(
        reading,
        ahead=is_undone or is_late or found.pending or (not found.by_cue and is_ahead(trigger)),
        settled=reading.status in FIRM and _is_settled(trigger, found, cues),
        present=trigger.tag_ in {"VBZ", "VBP"},
        perfect=reading.status is Status.COMPLETED and not found.by_cue and _is_perfect(trigger),
    )


def _is_perfect(trigger: Token) -> bool:
    """Whether a verb is in the perfect tense: "has bought", "has been bought", but not "has been buying"."""
    return trigger.tag_ == "VBN" and any(child.dep_ == "aux" and child.lower_ in {"has", "have", "'ve"} for child in trigger.children)


def _is_settled(trigger: Token, found: Resolved, cues: StatusCues) -> bool:
    """Whether words around an event leave no room for its failure: "agreed to buy", "did not buy until", "does not regret buying"."""
    is_done = found.pending or is_only_late(trigger) or found.path[-1].lemma_.lower() in cues.feeling
    return is_done or (found.by_cue and not came_to_nothing(found.path, cues))


def _affirmed(found: Resolved, clause: list[Token], cues: StatusCues) -> StatusReading:
    """The reading of what is not denied: a plan may have failed, what is to come hang on a condition, what is done be hearsay."""
    if found.status in OPEN and came_to_nothing(found.path, cues):
        return StatusReading(status=Status.TERMINATED)
    hedge = find_hedge(clause, cues)
    if found.status is Status.ANNOUNCED and not found.by_cue and has_condition(found.path[-1], cues):
        return StatusReading(status=Status.CONDITIONAL, hedge=hedge)
    status = Status.RUMOURED if hedge is not None and found.status in FIRM else found.status
    return StatusReading(status=status, hedge=hedge)


def _up_to_an_aside(clause: list[Token]) -> list[Token]:
    """The words on the way up that may deny or suppose what the first says: "denied that Acme, an investor in Beta, bid" does not."""
    last = next((place for place, token in enumerate(clause) if token.dep_ in _ASIDES), len(clause))
    return clause[: last + 1]


def _above(token: Token) -> list[Token]:
    """The governors of a token, nearest first."""
    found = []
    for _ in range(HIGHEST):
        if token.head.i == token.i:
            break
        token = token.head
        found.append(token)
    return found
