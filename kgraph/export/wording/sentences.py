"""Facts in the few words that fit on an arrow or in a table cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kgraph.export.wording.figures import figures
from kgraph.model import Quantity, Status
from kgraph.ontology import ObjectKind
from kgraph.period import when_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kgraph.model import Claim, Fact
    from kgraph.ontology import Ontology

__all__ = ["STATUS_WORDS", "clause", "phrase", "predicate_words", "sentence", "spaced", "status_words"]

_LINKING = frozenset({"at", "in", "of", "on", "part", "with"})
"""Words at the end of a verb that lead to the other thing, not to a figure: `invests in`, but `invests $15bn`."""


def spaced(name: str) -> str:
    """A name of the vocabulary as words.

    >>> spaced("precisionDifference")
    'precision difference'
    """
    return re.sub(r"([A-Z])", r" \1", name).lower()


STATUS_WORDS = {status: spaced(status) for status in Status}

_QUIET = {None, Status.COMPLETED, Status.CURRENT}


def predicate_words(predicate: str, ontology: Ontology) -> str:
    """A predicate in the present tense, because the status says whether it has happened; spelt out where it is unknown."""
    rule = ontology.predicates.get(predicate)
    return rule.template if rule else spaced(predicate)


def status_words(status: Status | None) -> str:
    """A status as words; empty where nothing needs saying because the matter is done or current."""
    return "" if status is None or status in _QUIET else STATUS_WORDS[status]


def phrase(statement: Fact | Claim, ontology: Ontology, *, with_status: bool = True, sums: str | None = None) -> str:
    """What a fact or claim says between its two ends: relation, amount, share, role and status.

    `invests ~$15bn for 49%, planned`; a denied statement begins with `not:`. `sums` stand in the place of its figures.
    """
    words, told = _relation(statement, ontology), figures(statement) if sums is None else sums
    if told:
        words = f"{words if isinstance(statement.object, Quantity) else _without_link(words)} {told}"
    elif statement.object is True:
        words = _without_link(words)
    if statement.service:
        words += f" {statement.service}"
    if statement.negative:
        words = f"not: {words}"
    status = status_words(statement.status) if with_status else ""
    return f"{words}, {status}" if status else words


def _relation(statement: Fact | Claim, ontology: Ontology) -> str:
    """The verb, with the role where the role says more than the verb."""
    words = predicate_words(statement.predicate, ontology)
    rule = ontology.predicates.get(statement.predicate)
    if rule is not None and rule.object_kind is ObjectKind.DATE and isinstance(statement.object, str):
        return f"{words} {when_words(statement.object)}"
    if statement.role:
        return statement.role if statement.predicate == "holdsRole" else f"{words} as {statement.role}"
    return words


def _without_link(words: str) -> str:
    parts = words.split()
    while len(parts) > 1 and parts[-1] in _LINKING:
        parts.pop()
    return " ".join(parts)


_TO_BE = {Status.FORMER: "was", Status.INCOMING: "will be"}


def clause(fact: Fact, ontology: Ontology, *, sums: str | None = None) -> tuple[str, str]:
    """What a sentence says before the object of a fact, and after it: `("invests in", "~$15bn for 49%")`."""
    told = figures(fact) if sums is None else sums
    rule = ontology.predicates.get(fact.predicate)
    # What happens is told in the present tense, because its status may lie ahead; what holds, as the ontology says it.
    words = rule.label if rule and not rule.is_event else predicate_words(fact.predicate, ontology)
    if fact.predicate == "holdsRole" and fact.role:
        words = f"{_TO_BE.get(fact.status, 'is') if fact.status else 'is'} {fact.role} of"
    elif fact.service:
        words = f"{words} {fact.service} to"
    if fact.negative and fact.status is not Status.DENIED:  # "denied" stands at the end
        words = f"does not: {words}"
    if isinstance(fact.object, Quantity):
        return f"{words} {told}", ""
    role = f"as {fact.role}" if fact.role and fact.predicate != "holdsRole" else ""
    return _without_link(words) if fact.object is True else words, ", ".join(part for part in (role, told) if part)


def sentence(fact: Fact, ontology: Ontology, labels: Mapping[str, str], *, with_status: bool = True, sums: str | None = None) -> str:
    """A fact as a line to read: `Meta invests in Scale AI, ~$15bn for 49%, planned`.

    `labels` maps entity ids to labels; an object that is no entity is a date, an amount or nothing.
    """
    words, tail = clause(fact, ontology, sums=sums)
    start = f"{labels.get(fact.subject, fact.subject)} {words}"
    if isinstance(fact.object, str):
        start += f" {labels.get(fact.object) or when_words(fact.object)}"
    if tail.startswith("("):
        start, tail = f"{start} {tail}", ""
    return ", ".join(part for part in (start, tail, status_words(fact.status) if with_status else "") if part)
