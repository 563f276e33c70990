"""A sum that is told again in another currency: "7 billion kronor (€763 million; $1.08 billion)", "€20 million, or $22 million".

The first is the sum of the deal, the others are what it comes to for readers elsewhere, and would be second answers to one question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kgraph.extraction.spans import Amount

__all__ = ["told_once"]

_OPENING, _CLOSING = frozenset({"(", "["}), frozenset({")", "]"})
_BETWEEN = frozenset({",", ";", "/", "or", "about", "around", "roughly", "approximately", "some", "nearly", "then", "worth"})
"""Words that may stand between a sum and what it comes to."""


def told_once(doc: Doc, amounts: Iterable[Amount]) -> Iterator[Amount]:
    """The amounts, in the order of the text, without those that only convert the one before them."""
    first: Amount | None = None
    last = 0
    for amount in sorted(amounts, key=lambda one: (one.start, one.end)):
        if first is not None and _converts(doc, first, last, amount):
            last = amount.end
        else:
            first, last = amount, amount.end
            yield amount


def _converts(doc: Doc, first: Amount, last: int, amount: Amount) -> bool:
    """Whether an amount says in other money what `first` says; between it and the word `last` stands nothing else."""
    if first.kind != "money" or amount.kind != "money" or first.quantity.unit == amount.quantity.unit:
        return False
    between = [token.lower_ for token in doc[last : amount.start]]
    opened = any(word in _OPENING for word in between) or _is_inside(doc, first.end, amount.start)
    return all(word in _BETWEEN | _OPENING for word in between) and (opened or "or" in between)


def _is_inside(doc: Doc, start: int, end: int) -> bool:
    """Whether a bracket that opens after one word is still open at another."""
    words = [token.text for token in doc[start:end]]
    return sum(word in _OPENING for word in words) > sum(word in _CLOSING for word in words)
