"""Whether a relation that lasts is told to hold: "owns", but not "wants to own", "could own" or "once owned".

A state has no stages. What is only planned or possible is no claim, and neither is what was so once; what is told to end is
negative, as where it is "no longer" so. A figure that is foreseen is hedged by the word that foresees it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.modality.negation import is_negated, is_new, is_only_late, what_is_asserted
from kgraph.extraction.modality.stages import OPEN, resolve
from kgraph.extraction.modality.tenure import with_particle
from kgraph.extraction.modality.verbs import is_infinitive, is_verb, modals
from kgraph.model import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kgraph.ontology.cues import StatusCues

__all__ = ["forecaster", "has_ceased", "is_still_open", "stays_in_office", "was_once"]

_STILL_OPEN = frozenset({Status.PLANNED, Status.IN_TALKS, Status.RUMOURED, Status.CONDITIONAL})
_ABLE = frozenset({"can", "ca"})
_OF = frozenset({"of", "for", "on"})
"""Prepositions of what a forecast is about: "outlook for revenue"."""

_LAST = 4
"""Steps from a figure's noun up to the word that forecasts it."""


def stays_in_office(title: Token, cues: StatusCues) -> bool:
    """Whether what is denied is that somebody leaves: "has not resigned as chief executive"."""
    leaving = cues.gone | cues.removed
    return any(with_particle(verb) in leaving and is_negated(verb) for verb in what_is_asserted(title, cues) if is_verb(verb))


def is_still_open(trigger: Token, status: Status | None, hedge: str | None, cues: StatusCues) -> bool:
    """Whether a state is only planned or possible: "plans to own", "could own", "would own".

    What stands in a noun phrase is taken for granted ("plans to catch up with rivals like Acme"), who does something in order to
    get there is on the way ("left to start it"), what somebody reports is said of now ("is said to own"), and what may go on
    is so now ("may remain a rival").
    """
    if hedge is not None or not _is_told(trigger) or any(with_particle(word) in cues.kept for word in what_is_asserted(trigger, cues)):
        return False
    helpers = modals(trigger) if is_verb(trigger) else frozenset()
    if "would" in helpers and trigger.dep_ != "ccomp":  # below "said that" it is the future of the past
        return True
    return status in _STILL_OPEN and not helpers & _ABLE and not _is_purpose(trigger)


def _is_purpose(verb: Token) -> bool:
    """Whether an infinitive says what somebody does something for: "left to start it", "Roe, who left to start it"."""
    return is_infinitive(verb) and (verb.dep_ == "advcl" or (verb.dep_ == "acl" and verb.head.pos_ == "PROPN"))


def _is_told(trigger: Token) -> bool:
    """Whether a state is what a clause tells, and not a name that it gives in passing."""
    is_predicate = trigger.dep_ == "xcomp" or any(child.dep_ == "cop" for child in trigger.children)
    return is_verb(trigger) or is_predicate or (trigger.dep_ == "obj" and is_new(trigger))


def has_ceased(trigger: Token, cues: StatusCues) -> bool:
    """Whether a state is told to end: "stopped supplying", "lost customers including", but not "has not stopped" or "may stop"."""
    above = trigger.head
    if trigger.dep_ in {"xcomp", "ccomp"}:
        return with_particle(above) in cues.ceasing and not is_negated(above) and resolve(above, cues).status not in OPEN
    return trigger.dep_ == "obj" and is_verb(above) and with_particle(above) in cues.losing


def was_once(trigger: Token, cues: StatusCues) -> bool:
    """Whether a state is of the past: "once owned", "a former unit", "used to be", "owned it until 2020"."""
    before = (child for child in trigger.children if child.dep_ in {"advmod", "amod", "compound"} and child.i < trigger.i)
    used_to = trigger.dep_ == "xcomp" and trigger.head.lower_ == "used"
    return used_to or any(child.lower_ in cues.bygone for child in before) or _lasted_until(trigger)


def _lasted_until(trigger: Token) -> bool:
    """Whether a state in the past tense lasted "until" some time."""
    helpers = [child for child in trigger.children if child.dep_ in {"aux", "aux:pass", "cop"}]
    is_past = trigger.tag_ in {"VBD", "VBN"} or any(child.tag_ == "VBD" for child in helpers)
    if not is_past or is_only_late(trigger) or any(child.tag_ in {"VBZ", "VBP", "MD"} for child in helpers):
        return False
    times = (child for child in trigger.children if child.dep_ in {"obl", "obl:unmarked", "advcl"} and child.i > trigger.i)
    return any(part.lower_ in {"until", "till"} for time in times for part in time.children)


def forecaster(trigger: Token, cues: StatusCues) -> Token | None:
    """The word by which a figure is only foreseen, if any: "*forecasts* revenue of", "*guided* for sales", "its *outlook* for revenue"."""
    token = trigger
    for _ in range(_LAST):
        if token.head.i == token.i or not _is_foreseen_with(token):
            return None
        below, token = token, token.head
        if (is_verb(token) and below.dep_ != "nmod" and token.lemma_.lower() in cues.forecasting) or token.lemma_.lower() in cues.forecasts:
            return token
        if is_verb(token) and below.dep_ in {"obj", "obl"} and token.dep_ != "xcomp":
            return None
    return None


def _is_foreseen_with(token: Token) -> bool:
    """Whether a word is foreseen where the one above is: "forecasts of sales", "expects sales to rise", not "beat forecasts with sales"."""
    if token.dep_ == "nmod":
        return any(child.dep_ == "case" and child.lower_ in _OF for child in token.children)
    if token.dep_ == "nsubj":
        return token.head.dep_ in {"ccomp", "xcomp"}
    return token.dep_ in {"obj", "obl", "xcomp", "ccomp", "nsubj:pass", "iobj"}
