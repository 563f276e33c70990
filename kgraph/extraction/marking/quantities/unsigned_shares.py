"""Percentages whose sign the text leaves out, after another that has it: "57 percent of A, 67 of B", "A has 29% and B another 21"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kgraph.extraction.marking.quantities.figures import SHARE, Figure, count_noun
from kgraph.extraction.marking.quantities.numerals import word_at
from kgraph.extraction.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgraph.extraction.marking.quantities.numerals import Lexeme

__all__ = ["share_understood"]

_APOSTROPHES = frozenset({"'", "\N{RIGHT SINGLE QUOTATION MARK}"})
_LONGEST_NAME = 6
"""Lexemes of "of" and a name among which an apostrophe is looked for."""
_WHOLE, _SMALL = 100, 10
"""The largest percentage of a holding, and the least that another sentence may tell without its noun."""
_BEFORE_A_SHARE = words(
    "own owns owned hold holds held has have had keep keeps kept retain retains retained control controls another further with"
)


def share_understood(lexemes: Sequence[Lexeme], figure: Figure, since: int) -> Figure:
    """A bare number as the percentage that it is after another that ends at `since`: "57 percent of A, 67 of B", "A has 29% and B 21".

    So it is before "of" and a name, in "with 30 each", and where a word of having stands before it and nothing counted after it; in
    another sentence only if it is no small number.
    """
    value = figure.value
    if figure.kind != "count" or figure.scaled or value is None or not 0 < value <= _WHOLE or count_noun(lexemes, figure)[0]:
        return figure
    if value < _SMALL and any(lexeme.text == "." for lexeme in lexemes[since : figure.start]):
        return figure
    before, after = word_at(lexemes, figure.start - 1), word_at(lexemes, figure.end)
    ends = figure.end >= len(lexemes) or lexemes[figure.end].breaks or after in {".", ",", ";", ")", ":", "and", "while", "but"}
    is_each = after == "each" and before == "with"
    if not (_is_of_name(lexemes, figure.end) or is_each or (ends and before in _BEFORE_A_SHARE)):
        return figure
    return replace(figure, kind="share", unit=SHARE, value=value / 100, step=figure.step / 100)


def _is_of_name(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether "of" and a name stand here that owns nothing: "67 of Beta", but not "3 of Beta's factories"."""
    following = lexemes[index : index + _LONGEST_NAME]
    names = following[0].lower == "of" and len(following) > 1 and following[1].text[0].isupper() if following else False
    return names and not any(lexeme.text in _APOSTROPHES for lexeme in following)
