"""Which amounts tell how much there is, and which only by how much it changed or where it began.

"revenue rose by $210 million"           a change: nobody's revenue
"an increase of $5 million"              a change
"it lost $2 billion in market value"     a change of value, and no loss
"its stake went from 20% to 14%"         20% is where it began; the level is 14%
"4,200 people, up from 3,900"            3,900 is where it began

Money of an earlier time stays: "sales of $8 billion, up from $7 billion" tells two years.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kgraph.extraction.marking.quantities.numerals import hyphen, word_at
from kgraph.extraction.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgraph.extraction.marking.quantities.figures import Figure
    from kgraph.extraction.marking.quantities.numerals import Lexeme

__all__ = ["is_change", "is_start"]

_RISING = words(
    "rise rises rising rose risen grow grows growing grew grown increase increases increased increasing climb climbs climbed climbing"
)
_FALLING = words(
    "fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease decreases decreased "
    "decreasing slide slid sliding sink sank shrink shrank shrunk narrow narrows narrowed narrowing widen widens widened widening "
    "plunge plunged plummet plummeted tumble tumbled jump jumps jumped surge surged soar soared slip slipped improve improved"
)
_STEPS = words("increase rise drop decline decrease fall jump surge reduction improvement")
"""Nouns whose amount is a change: "a rise of $5 million", "a $5 million increase"."""
_PARTS = _STEPS | words("premium discount growth")
"""Nouns whose share is no part of a firm: "a 30% premium"; the sum of "a $5 million growth fund" is a sum."""

_GIVERS = words("backed funded financed supported followed accompanied fuelled fueled secured led covered matched replaced")
"""Before "by": the sum itself does something ("backed by $5 million from Acme"), and measures no change."""

_LOSING = words("lost lose loses losing shed sheds shedding gain gained gaining wiped wipe erased erase shaved knocked")
_ADDING = words("add adds added adding")
_WORTH = words("value valuation capitalisation capitalization cap worth")
_TAKEN = words("wiped erased shaved knocked")
_COPULAS = words("is was are were be been being 's")
_ENDS = frozenset({".", ";", "!", "?"})
_BETWEEN = 14
"""Lexemes between the figures of "from $1 billion in the year to June 2021 to $4 billion"."""
_BESIDE = 6
"""Lexemes between the figures of "to $4 billion in 2024 from $1 billion"."""


class _Placed(Protocol):
    """A figure, or two of a range, at lexemes [start, end)."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def first(self) -> Figure: ...


def is_change(lexemes: Sequence[Lexeme], said: _Placed) -> bool:
    """Whether an amount measures a change; so many jobs "cut by 500" are themselves what is told."""
    before, ahead = word_at(lexemes, said.start - 1), word_at(lexemes, said.start - 2)
    steps = _PARTS if said.first.kind == "share" else _STEPS
    if said.first.kind == "count":
        return before in _RISING or (before == "by" and ahead in _RISING)
    if before == "by":
        return ahead not in _GIVERS
    if before in _RISING | _FALLING or (before == "of" and ahead in steps) or _word_after(lexemes, said) in steps:
        return True
    if before in {"up", "down"} and (ahead in _COPULAS or ahead in {",", "("}):
        return True
    return _is_of_worth(lexemes, said) or (_word_after(lexemes, said) in _COPULAS and word_at(lexemes, said.end + 1) in _TAKEN)


def _word_after(lexemes: Sequence[Lexeme], said: _Placed) -> str:
    """The word after an amount in its line."""
    at = hyphen(lexemes, said.end)
    return word_at(lexemes, at) if at < len(lexemes) and not lexemes[at].breaks else ""


def _is_of_worth(lexemes: Sequence[Lexeme], said: _Placed) -> bool:
    """Whether an amount is added to the worth of something or taken off it: "shed $2 billion in value", "$2 billion off its value"."""
    tie, at = word_at(lexemes, said.end), said.end + 1
    if tie not in {"in", "of", "off", "from", "to"}:
        return False
    following = [word_at(lexemes, ahead) for ahead in range(at, at + 4)]
    if _WORTH.isdisjoint(following):
        return False
    verb = word_at(lexemes, said.start - 1)
    return verb in _ADDING if tie == "to" else tie == "off" or verb in _LOSING | _ADDING


def is_start(lexemes: Sequence[Lexeme], said: Sequence[_Placed], index: int) -> bool:
    """Whether an amount is where something began: the first of "from $1bn in 2021 to $4bn", the second of "to $4bn from $1bn"."""
    one = said[index]
    if one.first.kind == "money" or word_at(lexemes, one.start - 1) != "from":
        return False  # the revenue of an earlier time is a revenue, too
    if word_at(lexemes, one.start - 2) in {"up", "down"}:
        return True
    following = said[index + 1] if index + 1 < len(said) else None
    if following is not None and _are_alike(one, following) and word_at(lexemes, following.start - 1) == "to":
        return _are_near(lexemes, one.end, following.start, _BETWEEN)
    previous = said[index - 1] if index else None
    if previous is None or not _are_alike(previous, one) or word_at(lexemes, previous.start - 1) != "to":
        return False
    return _are_near(lexemes, previous.end, one.start, _BESIDE)


def _are_alike(one: _Placed, other: _Placed) -> bool:
    """Whether two figures can be of one thing; of two counts one may leave out what it counts."""
    if one.first.kind != other.first.kind:
        return False
    return one.first.unit == other.first.unit or (one.first.kind == "count" and None in {one.first.unit, other.first.unit})


def _are_near(lexemes: Sequence[Lexeme], end: int, start: int, most: int) -> bool:
    """Whether two figures stand in one sentence, not too far from each other."""
    between = lexemes[end:start]
    return len(between) <= most and not any(lexeme.text in _ENDS or lexeme.breaks for lexeme in between)
