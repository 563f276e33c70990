"""Money, shares and counts in a Doc, with what their hedges allow.

    "between $38 and $40 billion"  money, USD, 38e9 to 40e9
    "nearly half"                  share, 0.45 to 0.5
    "12,000 jobs"                  count, jobs

The value is exact (`Decimal`); the bounds follow the table of hedges of the ontology.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from kgraph.extraction.marking.quantities.figures import Figure, count_noun, figure_at, is_measure, may_start, vague_at
from kgraph.extraction.marking.quantities.levels import is_change, is_start
from kgraph.extraction.marking.quantities.numerals import hyphen, lex, word_at
from kgraph.extraction.marking.quantities.unsigned_shares import share_understood
from kgraph.extraction.spans import Amount
from kgraph.extraction.wordlists import words
from kgraph.model import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Span

    from kgraph.extraction.marking.quantities.numerals import Lexeme
    from kgraph.ontology import Hedge

__all__ = ["find_amounts"]

_FAR = 40
"""Lexemes after which a percentage no longer says what a bare number counts."""

_LONGEST_CUE = 5
"""Words of the longest hedge that is looked for."""

_AFTER = ("or ", "and ", "give ", "-", "+", "plus")
"""How the cues begin that stand after a figure."""

_DISPUTES = words("dispute row fight battle clash probe concern concerns talk talks sued sue suing feud lawsuit question argument")
"""After these, "over" and "about" name a subject and hedge nothing."""

_CHANGES = words(
    "rose fell rise fall jumped dropped climbed grew increased decreased declined slid gained lost up down added sank soared "
    "rising falling plunged tumbled surged by"
)
"""After these, "5% to 12%" says by how much and to what, and is no range."""

_OPEN_A_RANGE = words("ranging range ranged anywhere for at of")
"""Before "from $40 million to $50 million": it is one price, not a way from one to the other."""

_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_MONTHS = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec"
)
_DASHES = frozenset({"-", "–", "—", "‐", "‑"})  # noqa: RUF001
_SMALL = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One or two figures with their hedge, at lexemes [start, end)."""

    start: int
    end: int
    first: Figure
    last: Figure | None = None
    hedge: str = "exactly"


def find_amounts(doc: Doc, hedges: Sequence[Hedge]) -> list[Amount]:
    """Every amount of a Doc in text order; they do not overlap.

    The span holds the hedge ("over $10 billion") but not the thing counted, and not "a share" or "per year".
    """
    table = {hedge.qualifier: hedge for hedge in hedges}
    cues = _cues(tuple(hedges))
    lexemes = lex(doc.text)
    amounts: list[Amount] = []
    everything = list(_scan(lexemes, cues))
    for index, said in enumerate(everything):
        span = doc.char_span(lexemes[said.start].start, lexemes[said.end - 1].end, alignment_mode="expand")
        if span is None or not len(span) or (amounts and span.start < amounts[-1].end):
            continue
        is_level = not is_change(lexemes, said) and not is_start(lexemes, everything, index)
        amounts.append(replace(_amount(doc, span, lexemes, said, table), is_level=is_level))
    return amounts


@lru_cache(maxsize=8)
def _cues(hedges: tuple[Hedge, ...]) -> Mapping[str, str]:
    """Words of hedging to qualifier; what stands between the ends of a range is no hedge."""
    return {cue: hedge.qualifier for hedge in hedges if hedge.qualifier != "range" for cue in hedge.words}


def _scan(lexemes: Sequence[Lexeme], cues: Mapping[str, str]) -> Iterator[_Said]:
    """All amounts, left to right, each starting after the one before."""
    index, free, percent = 0, 0, -_FAR
    while index < len(lexemes):
        figure = (vague_at(lexemes, index) or figure_at(lexemes, index)) if may_start(lexemes[index]) else None
        if figure is None:
            index += 1
            continue
        if index - percent < _FAR:
            figure = share_understood(lexemes, figure, percent)
        said = _whole(lexemes, figure, cues, free)
        if said is not None:
            yield said
            free = said.end
            percent = free if said.first.kind == "share" and said.first.value is not None else percent
        index = max(figure.end, said.end if said else 0)


def _whole(lexemes: Sequence[Lexeme], figure: Figure, cues: Mapping[str, str], free: int) -> _Said | None:
    """A figure with its other end, its noun and its hedges; None where it is no amount."""
    both = _range(lexemes, figure)
    if both is not None:
        said = _with_noun_and_hedges(lexemes, both, cues, free)
        if said is None or word_at(lexemes, figure.end) != "to" or word_at(lexemes, said.start - 1) not in _CHANGES:
            return said
    return _with_noun_and_hedges(lexemes, _Said(start=figure.start, end=figure.end, first=figure), cues, free)


def _with_noun_and_hedges(lexemes: Sequence[Lexeme], said: _Said, cues: Mapping[str, str], free: int) -> _Said | None:
    """One or two figures with what they count and their hedges; None where they count nothing."""
    last = said.last or said.first
    if last.kind == "count":
        noun, _ = count_noun(lexemes, last)
        if noun is None and not _is_plain_count(lexemes, said):
            return None
        unit = replace(last, unit=noun)
        said = replace(said, last=unit) if said.last else replace(said, first=unit)
    return _hedged(lexemes, said, cues, free)


def _range(lexemes: Sequence[Lexeme], first: Figure) -> _Said | None:
    """The ends of a range, "$14 to $15 billion", "between 10 and 15%", "$1.5-$2bn": the first figure takes scale and unit of the second."""
    before = word_at(lexemes, first.start - 1)
    between = word_at(lexemes, first.end)
    joins = between in _DASHES or between in {"to", "or"} or (between == "and" and before == "between")
    if not joins or first.value is None or first.per or (between == "to" and before in _CHANGES):
        return None
    last = figure_at(lexemes, first.end + 1)
    if last is None or last.value is None or not _fit(first, last) or _is_year_before(lexemes, first, last):
        return None
    if between == "to" and before == "from" and word_at(lexemes, first.start - 2) not in _OPEN_A_RANGE:
        return None
    low = _rescaled(first, last)
    if low is None or low >= last.value or (between == "or" and not _are_choices(first, last)):
        return None
    start = first.start - 1 if before == "between" or (before == "from" and between == "to") else first.start
    whole = replace(first, value=low, kind=last.kind, unit=last.unit)
    if first.kind == "money":
        whole, last = replace(whole, kind="money", unit=first.unit), replace(last, kind="money", unit=first.unit)
    return _Said(start=start, end=last.end, first=whole, last=last)


def _fit(first: Figure, last: Figure) -> bool:
    """Whether two figures can be the ends of one range."""
    if first.kind == last.kind:
        return first.unit == last.unit
    if first.kind == "count":
        return True
    return first.kind == "money" and first.signed and last.kind == "count"


def _is_year_before(lexemes: Sequence[Lexeme], first: Figure, last: Figure) -> bool:
    """Whether the first of two figures is a year: "grew in 2023 to $3 billion"; the years of "2000 to 3000 people" are none."""
    if first.signed or first.scaled or first.spelt or not _YEAR.fullmatch(lexemes[first.start].text):
        return False
    return last.signed or last.scaled or last.kind == "share" or word_at(lexemes, first.start - 1) in {"in", "since", "for", "during"}


def _are_choices(first: Figure, last: Figure) -> bool:
    """Whether either of two figures may be meant, "$40 million or $50 million"; "$1 million or $5 a share" tells one thing twice."""
    alike = first.kind == last.kind != "count" and first.unit == last.unit and not last.per
    return alike and first.value is not None and last.value is not None and last.value < 10 * first.value


def _rescaled(first: Figure, last: Figure) -> Decimal | None:
    """The low end with the unit and scale that only the high end states."""
    if first.value is None or last.value is None:
        return None
    low = first.value / 100 if first.kind == "count" and last.kind == "share" and not first.spelt else first.value
    if not first.scaled and last.scaled:
        candidates = [low * scale for scale in (last.scale, last.scale / 1000) if low * scale < last.value]
        return candidates[0] if candidates else None
    return low


def _is_plain_count(lexemes: Sequence[Lexeme], said: _Said) -> bool:
    """Whether a bare number may count something that stands elsewhere; years, ages, dates and serial numbers do not."""
    figure = said.first
    if figure.value is None or said.last is not None or figure.value != int(figure.value):
        return False
    if figure.spelt or figure.value < _SMALL or (_YEAR.fullmatch(lexemes[figure.start].text) and not figure.scaled):
        return False
    before = lexemes[figure.start - 1] if figure.start else None
    after = word_at(lexemes, figure.end)
    if (
        is_measure(after)
        or after in _MONTHS
        or (before and before.lower in _MONTHS)
        or (figure.end < len(lexemes) and lexemes[figure.end].glued and after == "-")
    ):
        return False
    if before is not None and (before.text in {"[", "#", "No", "("} or (before.text[0].isupper() and before.kind == "word")):
        return False
    return not (before is not None and before.text == "," and after == "," and figure.value < 100)  # noqa: PLR2004


def _hedged(lexemes: Sequence[Lexeme], said: _Said, cues: Mapping[str, str], free: int) -> _Said:
    """Take in the hedges before and after."""
    hedge = "about" if said.first.is_odd else None
    while (found := _cue_before(lexemes, said.start, cues, free)) is not None:
        start, hedge = found
        said = replace(said, start=start)
    after = _cue_after(lexemes, said.end, cues)
    if after is not None and hedge is None:
        end, hedge = after
        said = replace(said, end=end)
    return replace(said, hedge=hedge) if hedge else said


def _cue_before(lexemes: Sequence[Lexeme], index: int, cues: Mapping[str, str], free: int) -> tuple[int, str] | None:
    """The longest hedge that ends right before a position, not reaching back into the amount before."""
    for size in range(_LONGEST_CUE, 0, -1):
        start = index - size
        if start < free or any(lexeme.breaks for lexeme in lexemes[start + 1 : index]):
            continue
        words = [lexeme.lower for lexeme in lexemes[start:index]]
        phrase = " ".join(words)
        if phrase not in cues or phrase.startswith(_AFTER):
            continue
        if phrase in {"over", "about", "above", "around"} and word_at(lexemes, start - 1) in _DISPUTES:
            return None
        return start, cues[phrase]
    return None


def _cue_after(lexemes: Sequence[Lexeme], index: int, cues: Mapping[str, str]) -> tuple[int, str] | None:
    """The hedge that starts right after a position: "or more", "-odd", "+"."""
    at = hyphen(lexemes, index)
    if at > index and ("-" + word_at(lexemes, at) in cues or word_at(lexemes, at) == "plus"):
        return at + 1, cues.get("-" + word_at(lexemes, at), "over")
    for size in range(min(3, len(lexemes) - index), 0, -1):
        phrase = " ".join(lexeme.lower for lexeme in lexemes[index : index + size])
        if phrase in cues and phrase.startswith(_AFTER) and (phrase != "plus") and not (phrase == "+" and not lexemes[index].glued):
            return index + size, cues[phrase]
    return None


def _amount(doc: Doc, span: Span, lexemes: Sequence[Lexeme], said: _Said, table: Mapping[str, Hedge]) -> Amount:
    """The figures as a Quantity on a span of the Doc."""
    first, last = said.first, said.last
    core = doc.char_span(lexemes[first.start].start, lexemes[(last or first).end - 1].end, alignment_mode="expand")
    qualifier, low, high = _bounds(said, table)
    quantity = Quantity(
        text=span.text,
        unit=(last or first).unit,
        value=None if last is not None else first.value,
        low=low,
        high=high,
        qualifier=qualifier,
    )
    kind = (last or first).kind
    head = _head(doc, core if core is not None else span)
    return Amount(start=span.start, end=span.end, head=head, kind=kind, quantity=quantity, per=(last or first).per)


def _bounds(said: _Said, table: Mapping[str, Hedge]) -> tuple[str, Decimal | None, Decimal | None]:
    """The qualifier and the bounds that the table of hedges gives."""
    first = said.first
    if said.last is not None:
        return "range", first.value, said.last.value
    if first.value is None:
        least = first.least or Decimal(0)
        if least < 0:
            return "upTo", Decimal(0), -least
        return ("over", least, Decimal(1)) if first.kind == "share" else ("atLeast", least, None)
    rule = table.get(said.hedge)
    if rule is None:
        return said.hedge, first.value, first.value
    low = None if rule.lower is None else first.value * rule.lower
    high = None if rule.upper is None else first.value * rule.upper
    if rule.half_unit:
        low = None if low is None else max(Decimal(0), min(low, first.value - first.step / 2))
        high = None if high is None else max(high, first.value + first.step / 2)
    return said.hedge, low, high


def _head(doc: Doc, core: Span) -> int:
    """The token of the figure that the sentence attaches to; without a parse, its last."""
    if doc.has_annotation("DEP"):
        return int(core.root.i)
    return int(core.end - 1)
