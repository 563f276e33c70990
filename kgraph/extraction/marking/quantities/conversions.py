"""A sum that is told again in another currency: "7 billion kronor (€763 million; $1.08 billion)", "€20 million, or $22 million".

The first is the sum of the deal, the others are what it comes to for readers elsewhere, and would be second answers to one question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kgraph.extraction.spans import Amount

__all__ = ["told_once"]

_OPENING = frozenset({"(", "["})
_BETWEEN = _OPENING | {",", ";", "/", "or", "about", "around", "roughly", "approximately", "some", "nearly", "then", "worth"}
"""Words that may stand between a sum and what it comes to."""


def told_once(doc: Doc, amounts: Iterable[Amount]) -> Iterator[Amount]:
    """The amounts, in the order of the text, without those that only convert the one before them."""
    first: Amount | None = None
    last, is_bracketed = 0, False
    for amount in sorted(amounts, key=lambda one: (one.start, one.end)):
        between = {token.lower_ for token in doc[last : amount.start]}
        is_bracketed = between <= _BETWEEN and (is_bracketed or not between.isdisjoint(_OPENING))
        is_near = is_bracketed or (between <= _BETWEEN and "or" in between)
        last = amount.end
        if first is None or not (is_near and _is_other_money(first, amount)):
            first, is_bracketed = amount, False
            yield amount


def _is_other_money(first: Amount, second: Amount) -> bool:
    return first.kind == second.kind == "money" and first.quantity.unit != second.quantity.unit
