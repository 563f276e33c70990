"""Facts and figures in the few words that fit on an arrow or in a table cell.

>>> from kgraph.model import Quantity
>>> figure(Quantity(text="about $15 billion", unit="USD", value=Decimal("15e9"), low=None, high=None, qualifier="about"))
'~$15bn'
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kgraph.model import Quantity, Status
from kgraph.ontology import ObjectKind
from kgraph.ontology.currencies import CURRENCY_SIGNS, is_money
from kgraph.period import when_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kgraph.model import Claim, Fact
    from kgraph.ontology import Ontology

__all__ = ["STATUS_WORDS", "clause", "figure", "figures", "phrase", "predicate_words", "sentence", "spaced", "status_words"]

_LINKING = frozenset({"at", "in", "of", "on", "part", "with"})
"""Words at the end of a verb that lead to the other thing, not to a figure: `invests in`, but `invests $15bn`."""


def spaced(name: str) -> str:
    """A name of the vocabulary as words.

    >>> spaced("precisionDifference")
    'precision difference'
    """
    return re.sub(r"([A-Z])", r" \1", name).lower()


STATUS_WORDS = {status: spaced(status) for status in Status}

_QUALIFIERS = {"about": "~", "nearly": "nearly ", "over": ">", "atLeast": "≥", "upTo": "≤"}
_SCALES = ((Decimal("1e12"), "tn"), (Decimal("1e9"), "bn"), (Decimal("1e6"), "m"))
_QUIET = {None, Status.COMPLETED, Status.CURRENT}
_TEN_THOUSAND = 10_000


def predicate_words(predicate: str, ontology: Ontology) -> str:
    """A predicate in the present tense, because the status says whether it has happened; spelt out where it is unknown."""
    rule = ontology.predicates.get(predicate)
    return rule.template if rule else spaced(predicate)


def status_words(status: Status | None) -> str:
    """A status as words; empty where nothing needs saying because the matter is done or current."""
    return "" if status is None or status in _QUIET else STATUS_WORDS[status]


def figure(quantity: Quantity) -> str:
    r"""A quantity as short as a picture needs, with its hedge.

    >>> ascii(figure(Quantity(text="14 to 15", unit="USD", value=None, low=Decimal("14e9"), high=Decimal("15e9"), qualifier="range")))
    "'$14\\u201315bn'"
    >>> figure(Quantity(text="49%", unit="share", value=Decimal("0.49"), low=None, high=None))
    '49%'
    """
    if quantity.value is not None:
        return _QUALIFIERS.get(quantity.qualifier, "") + _with_unit(_scaled(quantity.value, quantity.unit), quantity.unit)
    if quantity.low is not None and quantity.high is not None:
        low, high = _scaled(quantity.low, quantity.unit), _scaled(quantity.high, quantity.unit)
        if low == high:
            return _with_unit(low, quantity.unit)
        scale = high.lstrip("0123456789.,")
        if scale and low.endswith(scale):
            low = low.removesuffix(scale)
        return _with_unit(f"{low}\N{EN DASH}{high}", quantity.unit)
    if quantity.low is not None:
        return "≥" + _with_unit(_scaled(quantity.low, quantity.unit), quantity.unit)
    if quantity.high is not None:
        return "≤" + _with_unit(_scaled(quantity.high, quantity.unit), quantity.unit)
    return quantity.text


def _scaled(value: Decimal, unit: str | None) -> str:
    """The digits, at most two of them after the point, and a scale word."""
    if unit == "share":
        return f"{_plain(value * 100)}%"
    for size, word in _SCALES:
        if abs(value) >= size:
            return f"{_plain(value / size)}{word}"
    return f"{value:,.0f}" if abs(value) >= _TEN_THOUSAND else _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def _with_unit(digits: str, unit: str | None) -> str:
    if unit is None or unit == "share":
        return digits
    if unit in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[unit] + digits
    return f"{unit} {digits}" if is_money(unit) else f"{digits} {unit}"


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


def figures(statement: Fact | Claim) -> str:
    """Amount, stake and funding round in short."""
    counted = statement.object if isinstance(statement.object, Quantity) else None
    if counted is not None and counted.unit is not None and counted.unit.islower() and counted.unit != "share":
        counted = replace(counted, unit=None)  # the verb says what is counted
    quantities = [counted, statement.amount, statement.stake]
    words = " for ".join(figure(quantity) for quantity in quantities if quantity is not None)
    return f"{words} ({statement.round})".strip() if statement.round else words


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
