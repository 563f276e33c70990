"""Which names an article itself says are one thing: "Acme Widgets, the toy maker known as Awi", "Acme Widgets (AWI)"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from kgraph.extraction.marking.things.names import Name

__all__ = ["aliases"]

_CALLED = frozenset({("known", "as"), ("trading", "as"), ("trades", "as"), ("business", "as"), ("abbreviated", "as")})
"""What stands before the other name."""
_BETWEEN = frozenset({"DET", "ADJ", "NOUN", "ADV", "AUX", "PRON", "PUNCT", "VERB"})
"""What may stand between a name and that: "the Chinese battery maker", "which is better"."""
_REACH = 10
_SHORTEST, _LONGEST = 2, 6
"""Letters of an abbreviation."""


def aliases(doc: Doc, names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Pairs of names, by their places in `names`, that follow each other and are said to be one thing's."""
    order = sorted(range(len(names)), key=lambda place: names[place].start)
    for left, right in pairwise(order):
        first, second = names[left], names[right]
        if first.type is second.type and (_is_called(doc, first, second) or _is_bracketed(doc, first, second)):
            yield left, right


def _is_called(doc: Doc, first: Name, second: Name) -> bool:
    """Whether the second name is what the first is known as, with nothing but a description of it between them."""
    between = doc[first.end : second.start]
    if not 2 <= len(between) <= _REACH or (between[-2].lower_, between[-1].lower_) not in _CALLED:  # noqa: PLR2004 - "known as"
        return False
    rest = between[:-2]
    return not len(rest) or (rest[0].text in {",", "("} and all(token.pos_ in _BETWEEN for token in rest))


def _is_bracketed(doc: Doc, first: Name, second: Name) -> bool:
    """Whether the second name stands in brackets right after the first, and abbreviates it: its letters, in their order."""
    if second.start != first.end + 1 or doc[first.end].text != "(" or doc[second.end : second.end + 1].text != ")":
        return False
    short = second.text.replace(".", "")
    if not short.isupper() or not _SHORTEST <= len(short) <= _LONGEST:
        return False
    letters = iter(first.text.lower())
    return short[0].lower() == first.text[0].lower() and all(letter in letters for letter in short.lower())
