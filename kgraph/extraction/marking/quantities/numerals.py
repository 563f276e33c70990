"""Numbers as newspapers write them: figures, words, fractions and scales, over lexemes of the raw text.

The grammar reads characters, not tokens, so that it does not depend on how a tokeniser cuts "US$5bn" or "12-cent".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Lexeme", "Numeral", "can_start", "hyphen", "lex", "read_fraction", "read_numeral", "word_at"]

Kind = Literal["digits", "currency", "glyph", "word", "other"]

_LEXEME = re.compile(
    r"""
    (?P<digits>\d{1,3}(?:,\d{2,3})+(?!\d)(?:\.\d+)?
        |\d{1,3},\d(?=\s?(?:[mb]illion|bn)\b)
        |(?<![\d.,])[1-9]\d{0,2}(?:[\ \u00a0\u2009\u202f]\d{3})+(?!\d|[.,]\d)
        |\d+(?:\.\d+)?|(?<![\w.])\.\d+)
    |(?P<currency>GH¢|(?:\b(?:USD?|AUD?|AUS|CAD?|CDN|CAN|HKD?|NZD?|SG?|NT|RD?|MX|Mex|Bds|TT|EC|GH|CN|[ACEJNZB]))?[$£€¥₹₦₩₱₫₪₺₽฿₴₵৳]E?)
    |(?P<glyph>[½¼¾⅓⅔%])
    |(?P<word>[^\W\d_]+)
    |(?P<other>\S)
    """,
    re.VERBOSE,
)
_GLYPHS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}
_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SCALES = {
    "hundred": 2, "thousand": 3, "grand": 3, "million": 6, "mln": 6, "mil": 6, "mio": 6, "mn": 6, "billion": 9, "bln": 9, "bil": 9,
    "bn": 9, "mlrd": 9, "milliard": 9, "trillion": 12, "trn": 12, "tn": 12, "lakh": 5, "lac": 5, "lakhs": 5, "crore": 7, "crores": 7,
}  # fmt: skip
_SHORT_SCALES = {"k": 3, "m": 6, "mm": 6, "b": 9, "t": 12, "cr": 7, "lk": 5}
_DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_STARTS = frozenset({*_UNITS, *_TENS, *_DENOMINATORS, "a", "an"})
_ARTICLES = frozenset({"a", "an", "one"})


class Lexeme(NamedTuple):
    """A run of characters that the grammar takes as one; a tuple, since one is made for every word of a text."""

    kind: Kind
    text: str
    lower: str
    start: int
    end: int
    glued: bool
    """Whether it follows the lexeme before it without white space."""
    breaks: bool
    """Whether a line break stands before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number read from lexemes, up to `end` (exclusive)."""

    value: Decimal
    step: Decimal
    """The worth of one unit of its last digit: how precisely it was said."""
    end: int
    scale: Decimal = Decimal(1)
    """What a scale of its own multiplies it by, such as "billion"."""
    spelt: bool = False
    """Whether it is in words."""
    is_odd: bool = False
    """Whether "odd" stands before its scale: "40-odd million"."""

    @property
    def scaled(self) -> bool:
        """Whether it has a scale of its own."""
        return self.scale != 1


def lex(text: str) -> list[Lexeme]:
    """Cut a text into lexemes.

    >>> [lexeme.text for lexeme in lex("US$5bn, 12-cent")]
    ['US$', '5', 'bn', ',', '12', '-', 'cent']
    """
    lexemes: list[Lexeme] = []
    last = 0
    for match in _LEXEME.finditer(text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]
        start, end = match.span()
        gap = text[last:start]
        lexemes.append(Lexeme(kind=kind, text=match[0], lower=match[0].lower(), start=start, end=end, glued=not gap, breaks="\n" in gap))
        last = end
    return lexemes


def word_at(lexemes: Sequence[Lexeme], index: int) -> str:
    """The lower-case text at a position, empty outside the text."""
    return lexemes[index].lower if 0 <= index < len(lexemes) else ""


def can_start(lexeme: Lexeme) -> bool:
    """Whether a number can begin with a lexeme; most words of a text cannot."""
    return lexeme.kind in {"digits", "glyph"} or lexeme.lower in _STARTS


def hyphen(lexemes: Sequence[Lexeme], index: int) -> int:
    """The position after a hyphen that joins two words, or the position itself.

    >>> hyphen(lex("12-cent"), 1), hyphen(lex("12 cents"), 1)
    (2, 1)
    """
    joins = word_at(lexemes, index) in {"-", "‐", "‑"} and lexemes[index].glued  # noqa: RUF001
    return index + 1 if joins and index + 1 < len(lexemes) and lexemes[index + 1].glued else index


def read_numeral(lexemes: Sequence[Lexeme], index: int, *, short_scales: bool = True) -> Numeral | None:
    """The number that starts at a position, with its scale: "5.5bn", "half a billion", "three hundred and six".

    Letters as scales ("5m") count only where they are glued to their figure, and only with `short_scales`.
    """
    if index >= len(lexemes):
        return None
    in_digits = lexemes[index].kind == "digits"
    numeral = _figure(lexemes, index) if in_digits else _fraction_of_scale(lexemes, index) or _spelt(lexemes, index)
    return numeral and _scaled(lexemes, numeral, short_scales=short_scales)


def read_fraction(lexemes: Sequence[Lexeme], index: int) -> Numeral | None:
    """The part of one that starts at a position: "half", "a third", "two-thirds", "three quarters"."""
    first = lexemes[index]
    if first.text in _GLYPHS:
        return Numeral(value=_GLYPHS[first.text], step=Decimal("0.02"), end=index + 1, spelt=True)
    top, at = 1, index
    if first.lower in _ARTICLES:
        at = hyphen(lexemes, index + 1)
    elif _UNITS.get(first.lower, 0) > 1:
        top, at = _UNITS[first.lower], hyphen(lexemes, index + 1)
    word = word_at(lexemes, at)
    bottom = _DENOMINATORS.get(word.removesuffix("s") if top > 1 else word)
    if bottom is None or top >= bottom or (at == index and word != "half") or (top > 1 and not word.endswith("s")):
        return None
    return Numeral(value=Decimal(top) / bottom, step=Decimal("0.02"), end=at + 1, spelt=True)


def _figure(lexemes: Sequence[Lexeme], index: int) -> Numeral:
    """A number in digits, with a fraction after it ("2½", "2 and a half")."""
    text = re.sub(r",(?=\d$)", ".", lexemes[index].text)
    value = Decimal(re.sub(r"[,\s]", "", text))
    decimals = len(text.partition(".")[2])
    groups = len(match[0]) // 4 if (match := re.search(r"(?:[,\s]000)+$", text)) else 0
    step = Decimal(10) ** (3 * groups - decimals)
    if index + 1 < len(lexemes) and lexemes[index + 1].glued and lexemes[index + 1].text in _GLYPHS:
        part = _GLYPHS[lexemes[index + 1].text]
        return Numeral(value=value + part, step=Decimal("0.25"), end=index + 2)
    return _and_a_half(lexemes, Numeral(value=value, step=step, end=index + 1))


def _and_a_half(lexemes: Sequence[Lexeme], numeral: Numeral) -> Numeral:
    """Add "and a half" where it follows."""
    words = [word_at(lexemes, numeral.end + offset) for offset in range(3)]
    if words[:2] == ["and", "a"] and words[2] in {"half", "quarter"}:
        part = Decimal("0.5") if words[2] == "half" else Decimal("0.25")
        return Numeral(value=numeral.value + part, step=Decimal("0.5"), end=numeral.end + 3, spelt=numeral.spelt)
    return numeral


def _fraction_of_scale(lexemes: Sequence[Lexeme], index: int) -> Numeral | None:
    """The part before a scale word in "half a billion", "a half-billion", "three-quarters of a million"."""
    part = read_fraction(lexemes, index)
    if part is None and word_at(lexemes, index) == "quarter":
        part = Numeral(value=Decimal("0.25"), step=Decimal("0.1"), end=index + 1, spelt=True)
    if part is None:
        return None
    at = hyphen(lexemes, part.end)
    if word_at(lexemes, at) == "of":
        at += 1
    if word_at(lexemes, at) in {"a", "an"}:
        at += 1
    if word_at(lexemes, at) not in _SCALES:
        return None
    return Numeral(value=part.value, step=Decimal("0.1"), end=at, spelt=True)


def _spelt(lexemes: Sequence[Lexeme], index: int) -> Numeral | None:
    """A number in words below its last scale of a million or more, which `_scaled` reads."""
    word = word_at(lexemes, index)
    after = hyphen(lexemes, index + 1)
    if word in {"a", "an"} and (word_at(lexemes, after) in _SCALES or word_at(lexemes, after) == "dozen"):
        return Numeral(value=Decimal(1), step=Decimal(1), end=after, spelt=True)
    total, at, read = _below_hundred(lexemes, index)
    if not read:
        return None
    while True:
        after = hyphen(lexemes, at)
        exponent = _SCALES.get(word_at(lexemes, after), 0)
        if exponent not in {2, 3}:
            break
        total *= 10**exponent
        at = after + 1
        start = at + 1 if word_at(lexemes, at) == "and" else at
        more, end, read = _below_hundred(lexemes, start)
        if read and more < 10**exponent:
            total, at = total + more, end
    step = Decimal(100) if total >= 100 and total % 100 == 0 else Decimal(1)  # noqa: PLR2004
    return _and_a_half(lexemes, Numeral(value=Decimal(total), step=step, end=at, spelt=True))


def _below_hundred(lexemes: Sequence[Lexeme], index: int) -> tuple[int, int, bool]:
    """The value, end and presence of "seven", "twenty", "twenty-five"."""
    word = word_at(lexemes, index)
    if word in _UNITS:
        return _UNITS[word], index + 1, True
    if word not in _TENS:
        return 0, index, False
    after = hyphen(lexemes, index + 1)
    unit = _UNITS.get(word_at(lexemes, after), 0)
    if 0 < unit < 10:  # noqa: PLR2004
        return _TENS[word] + unit, after + 1, True
    return _TENS[word], index + 1, True


def _scaled(lexemes: Sequence[Lexeme], numeral: Numeral, *, short_scales: bool) -> Numeral:
    """Multiply by the scales that follow: "million", "lakh crore", "dozen", a glued "m"."""
    scale, at = Decimal(1), numeral.end
    joined = hyphen(lexemes, at)
    is_odd = joined > at and word_at(lexemes, joined) == "odd" and word_at(lexemes, joined + 1) in _SCALES
    at = joined + 1 if is_odd else at
    while True:
        after = hyphen(lexemes, at)
        word = word_at(lexemes, after)
        exponent = _SCALES.get(word)
        if exponent is None and short_scales and scale == 1 and after < len(lexemes) and lexemes[after].glued:
            exponent = _SHORT_SCALES.get(word)
        if word == "dozen" and scale == 1:
            scale, at = Decimal(12), after + 1
            continue
        if exponent is None:
            break
        scale, at = scale * 10**exponent, after + 1
    step = Decimal(1) if word_at(lexemes, at - 1) == "dozen" else numeral.step * scale
    whole = Numeral(value=numeral.value * scale, step=step, end=at, scale=scale, spelt=numeral.spelt, is_odd=is_odd)
    return _and_half_a_scale(lexemes, whole)


def _and_half_a_scale(lexemes: Sequence[Lexeme], numeral: Numeral) -> Numeral:
    """Add the half of "a billion and a half dollars"; that of "a million and a half of the shares" is another figure."""
    scale = _SCALES.get(word_at(lexemes, numeral.end - 1), 0)
    following = [word_at(lexemes, numeral.end + offset) for offset in range(4)]
    if not (numeral.spelt and scale >= 6 and following[:3] == ["and", "a", "half"]) or following[3] in {"of", "share", "stake", "interest"}:  # noqa: PLR2004
        return numeral
    half = Decimal(10) ** scale / 2
    return replace(numeral, value=numeral.value + half, step=half, end=numeral.end + 3)
