"""The money, shares, counts, dates and titles of a text for training, and whether they say what a fact says.

They are found as at run time, so that the branch learns on the spans that it will be given.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kgraph.extraction.marking.quantities.amounts import find_amounts
from kgraph.extraction.marking.things.titles import find_titles
from kgraph.extraction.marking.times.moments import find_moments
from kgraph.ontology import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from kgraph.extraction.spans import Amount, Moment, Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The characters [start, end) that state a value."""

    start: int
    end: int
    kind: str
    numbers: tuple[float, ...] = ()
    """The figures said: one, or the two ends of a range."""
    edtf: str | None = None

    def same(self, other: Value | None) -> bool:
        """Whether both state one value."""
        if other is None or self.kind != other.kind:
            return False
        return (self.numbers, self.edtf) == (other.numbers, other.edtf) and bool(self.numbers or self.edtf)


def states_amount(value: Value, told: dict[str, Any] | None, *, scale: float = 1.0) -> bool:
    """Whether a value is the amount that a fact tells, as a rule by its lower bound."""
    if not told:
        return False
    bounds = [float(told[key]) for key in ("low", "high") if isinstance(told.get(key), int | float)]
    return any(abs(number * scale - bound) <= 0.005 * max(abs(bound), 1e-9) for number in value.numbers for bound in bounds)


def states_date(value: Value, told: str | None) -> bool:
    """Whether a value is the date that a fact tells, or a more or less exact form of it."""
    if not told or not value.edtf:
        return False
    mine, theirs = value.edtf.rstrip("~?%"), told.rstrip("~?%")
    return mine == theirs or ("/" not in mine + theirs and (mine.startswith(theirs) or theirs.startswith(mine)))


@cache
def _hedges() -> tuple[Any, ...]:
    return tuple(load().hedges)


def find_values(doc: Doc, published: str | None) -> Iterator[Value]:
    """All values of a text."""
    for amount in (amount for amount in find_amounts(doc, _hedges()) if amount.is_total):
        quantity = amount.quantity
        said = (quantity.low, quantity.high) if quantity.value is None else (quantity.value,)
        numbers = tuple(float(number) for number in said if number is not None)
        yield _value(doc, amount, amount.kind, numbers=numbers)
    for moment in find_moments(doc, dt.date.fromisoformat(published[:10]) if published else None):
        yield _value(doc, moment, "date", edtf=moment.edtf)
    for title in find_titles(doc):
        yield _value(doc, title, "title")


def _value(doc: Doc, span: Amount | Moment | Title, kind: str, *, numbers: tuple[float, ...] = (), edtf: str | None = None) -> Value:
    found = doc[span.start : span.end]
    return Value(start=found.start_char, end=found.end_char, kind=kind, numbers=numbers, edtf=edtf)
