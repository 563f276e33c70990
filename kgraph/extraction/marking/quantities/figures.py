"""One figure with its unit, read from lexemes: "US$5bn", "470 pence a share", "49 per cent", "two-thirds", "12,000 jobs"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from kgraph.extraction.marking.quantities.currencies import CODES, LETTERS, MINOR, WORDS, by_code, by_country, by_sign, by_word
from kgraph.extraction.marking.quantities.numerals import Numeral, can_start, hyphen, read_fraction, read_numeral, word_at
from kgraph.extraction.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgraph.extraction.marking.quantities.numerals import Lexeme

__all__ = ["SHARE", "Figure", "count_noun", "figure_at", "is_measure", "may_start", "vague_at"]

SHARE = "share"

_AROUND = 300
"""Lexemes before and after a currency word among which its country is looked for: a long text takes no longer for each."""

_PERCENT = frozenset({"%", "percent", "percents", "percentage", "pct", "pc"})
_PER_NOUNS = words(
    "share year month week day hour barrel quarter ton tonne unit head person seat ounce gallon litre liter night minute piece ads "
    "adr user subscriber employee worker customer ticket copy kilo kilogram pound bottle unit vote stock"
)
_PER_WORDS = {"annually": "year", "yearly": "year", "apiece": "piece", "monthly": "month", "hourly": "hour", "daily": "day"}
_DISTANCES = words("ago earlier before later prior previously")
"""After "a year" they make it a date, and no rate."""
_SHARE_NEXT = words(
    "of the its their his her stake stakes interest interests share shares holding shareholding ownership control equity owned owner"
)
_NOT_HALF = words("first second latter last next this other better previous and year-and time")
_SCALE_NAMES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "lakh": 5, "crore": 7}
_LETTER_SCALES = {"Cr": 7, "CR": 7, "cr": 7, "MM": 6}
_VAGUE_NAMES = {"ten": 1, **_SCALE_NAMES}
_VAGUE = words("several few all majority minority controlling single") | {f"{name}s" for name in _VAGUE_NAMES}
_NO_NOUNS = words("its his this was has yes perhaps always versus across besides sometimes thus hers ours theirs yours towards whereas")
"""Words that end as a plural does."""
_OWNERS = words("the its their his her our those these")
_TAKING = words(
    "own owns owned owning hold holds held holding buy buys bought buying acquire acquires acquired acquiring take takes took taking sell "
    "sells sold selling purchase purchases purchased purchasing"
)
_CAPITAL = words("shares stock equity capital company firm business")
_PEOPLE = words("people staff personnel men women police crew children folk manpower")
_APOSTROPHES = frozenset({"'", "\N{RIGHT SINGLE QUOTATION MARK}"})
_TIMES = words(
    "year years month months week weeks day days hour hours minute minutes second seconds decade decades century centuries quarter "
    "quarters am pm o'clock percent percentage point points basis per times th st nd rd pages degrees p a"
    " january february march april may june july august september october november december"
)
_PLURAL = re.compile(r"^[a-z]{2,}(?<!s)(?<!u)s$|^[a-z]+sses$|^(?:buses|plusses)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure at lexemes [start, end); `value` is None where only a lower bound is said ("multi-billion")."""

    start: int
    end: int
    value: Decimal | None
    step: Decimal
    kind: Literal["money", "share", "count"]
    unit: str | None = None
    signed: bool = False
    """Whether the currency stands before the figure, or the unit is otherwise said with this very figure."""
    scale: Decimal = Decimal(1)
    spelt: bool = False
    is_odd: bool = False
    least: Decimal | None = None
    """The bound where there is no value."""
    per: str | None = None

    @property
    def scaled(self) -> bool:
        """Whether it has a scale of its own, such as "billion"."""
        return self.scale != 1


def may_start(lexeme: Lexeme) -> bool:
    """Whether a figure can begin with a lexeme: a cheap look before the grammar."""
    if can_start(lexeme) or lexeme.kind == "currency":
        return True
    if lexeme.kind != "word":
        return False
    return lexeme.lower in _VAGUE or lexeme.text in CODES or lexeme.text in LETTERS or lexeme.lower.startswith("multi")


def figure_at(lexemes: Sequence[Lexeme], index: int) -> Figure | None:
    """The figure that starts at a position; a count without noun or scale has neither unit nor promise."""
    if index >= len(lexemes):
        return None
    signed = _signed(lexemes, index)
    if signed is not None:
        return _with_per(lexemes, _with_code(lexemes, signed))
    share = _share_at(lexemes, index)
    if share is not None:
        return share
    numeral = None if _is_part_of_name(lexemes, index) else read_numeral(lexemes, index)
    if numeral is None:
        return None
    bare = _figure(index, numeral, kind="count")
    return _with_per(lexemes, _money_after(lexemes, bare) or _percent_after(lexemes, bare) or bare)


def vague_at(lexemes: Sequence[Lexeme], index: int) -> Figure | None:
    """A lower bound without a figure: "multi-billion-dollar", "billions of dollars", "several hundred million euros"."""
    word, at = word_at(lexemes, index), index + 1
    if word == "multi":
        at = hyphen(lexemes, at)
        exponent = _SCALE_NAMES.get(word_at(lexemes, at))
    elif word.startswith("multi"):
        at, exponent = index, _SCALE_NAMES.get(word[5:])
    elif word in {"several", "few"}:
        exponent = _SCALE_NAMES.get(word_at(lexemes, at))
    elif word == "tens" and word_at(lexemes, at) != "of":
        return None
    else:
        at, exponent = index, _VAGUE_NAMES.get(word.removesuffix("s")) if word.endswith("s") else None
    if exponent is None:
        return None
    at += 1
    while word_at(lexemes, at) == "of" or word_at(lexemes, at).removesuffix("s") in _SCALE_NAMES:
        exponent += _SCALE_NAMES.get(word_at(lexemes, at).removesuffix("s"), 0)
        at += 1
    least = Decimal(10) ** exponent
    bare = Figure(start=index, end=at, value=None, least=least, step=least, kind="count", scale=least)
    money = _money_after(lexemes, bare)
    return money if money is not None else bare


def count_noun(lexemes: Sequence[Lexeme], figure: Figure) -> tuple[str | None, int]:
    """What a bare figure counts and where the noun ends: ("jobs", …) for "12,000 jobs", "300 new jobs"."""
    at = hyphen(lexemes, figure.end)
    if at > figure.end and word_at(lexemes, at) != "odd":
        return ("workforce", at + 1) if word_at(lexemes, at) == "strong" else (None, figure.end)
    at += at > figure.end
    if figure.value != 1 and word_at(lexemes, at) == "of" and word_at(lexemes, at + 1) in _OWNERS:  # "350 of its 4,200 employees"
        whole = read_numeral(lexemes, at + 2)
        at = whole.end if whole is not None else at + 2
    for ahead in range(at, min(at + 4, len(lexemes))):
        lexeme = lexemes[ahead]
        is_noun = lexeme.kind == "word" and lexeme.lower not in _TIMES and lexeme.lower not in _NO_NOUNS
        if not is_noun or lexeme.breaks or (ahead > at and lexeme.text[0].isupper()):
            break
        if lexeme.lower in _PEOPLE or _PLURAL.match(lexeme.lower):
            following = word_at(lexemes, ahead + 1)
            if following in _PEOPLE and ahead == at:
                continue
            return lexeme.lower, ahead + 1
    return None, figure.end


def is_measure(word: str) -> bool:
    """Whether a word makes the number before it a time, a date or a mark on a scale, not a count of things."""
    return word in _TIMES


def _figure(start: int, numeral: Numeral, *, kind: Literal["money", "share", "count"]) -> Figure:
    return Figure(
        start=start, end=numeral.end, value=numeral.value, step=numeral.step, kind=kind,
        scale=numeral.scale, spelt=numeral.spelt, is_odd=numeral.is_odd,
    )  # fmt: skip


def _signed(lexemes: Sequence[Lexeme], index: int) -> Figure | None:
    """A figure after its currency: "$5m", "HK$ 300", "USD5m", "Rs. 500 crore", "CHF 2"."""
    lexeme = lexemes[index]
    code, at = None, index + 1
    if lexeme.kind == "currency":
        code = by_sign(lexeme.text)
    elif lexeme.kind == "word" and (lexeme.text in CODES or lexeme.text in LETTERS):
        code = lexeme.text if lexeme.text in CODES else LETTERS[lexeme.text]
        if word_at(lexemes, at) == "." and lexeme.text in {"Rs", "Re", "Rp", "kr", "Fr", "Tk", "Sh"}:
            at += 1
        elif len(lexeme.text) == 1 and not (at < len(lexemes) and lexemes[at].glued and _is_scaled(lexemes, at)):
            return None
        elif at < len(lexemes) and lexemes[at].kind == "currency":
            at += 1
    if code is None or at >= len(lexemes) or lexemes[at].breaks:
        return None
    if lexemes[at].kind != "digits" and lexeme.kind != "currency":
        return None
    numeral = read_numeral(lexemes, at)
    if numeral is None:
        return None
    return replace(_figure(index, _with_letters(lexemes, numeral, code), kind="money"), unit=code, signed=True)


def _with_letters(lexemes: Sequence[Lexeme], numeral: Numeral, code: str) -> Numeral:
    """Multiply a sum after its currency by the scale that stands apart from it in letters: "Rs 930 Cr", "$12 MM", "Rs 45 L"."""
    at = numeral.end
    if numeral.scaled or at >= len(lexemes) or lexemes[at].breaks:
        return numeral
    exponent = (_LETTER_SCALES | ({"L": 5} if code == "INR" else {})).get(lexemes[at].text)
    if exponent is None:
        return numeral
    scale = Decimal(10) ** exponent
    return replace(numeral, value=numeral.value * scale, step=numeral.step * scale, scale=scale, end=at + 1)


def _is_scaled(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether a number with a scale or thousands stands here, as must be after a one-letter currency ("R500m")."""
    numeral = read_numeral(lexemes, index) if lexemes[index].kind == "digits" else None
    return numeral is not None and (numeral.scaled or "," in lexemes[index].text)


def _with_code(lexemes: Sequence[Lexeme], figure: Figure) -> Figure:
    """Take in a code or currency word that repeats or refines the sign: "$5 million USD", "$10 dollars"."""
    at = figure.end
    if at < len(lexemes) and lexemes[at].text in CODES and not lexemes[at].breaks:
        return replace(figure, end=at + 1, unit=lexemes[at].text)
    joined = hyphen(lexemes, at)
    if figure.unit == "USD" and word_at(lexemes, joined).removesuffix("s") == "dollar":
        return replace(figure, end=joined + 1)
    return figure


def _money_after(lexemes: Sequence[Lexeme], figure: Figure) -> Figure | None:
    """A figure before its currency: "5 million euros", "300m Hong Kong dollars", "197p", "5 €"."""
    at = hyphen(lexemes, figure.end)
    if at >= len(lexemes) or lexemes[at].breaks:
        return None
    lexeme = lexemes[at]
    followed = at + 1 < len(lexemes) and lexemes[at + 1].glued and lexemes[at + 1].kind == "digits"
    if lexeme.kind == "currency" and not followed and len(lexeme.text) == 1:
        return replace(figure, kind="money", unit=by_sign(lexeme.text), end=at + 1)
    coded = by_code(lexeme.text)
    if coded is not None:
        return _coded(figure, *coded, at)
    if lexeme.lower in MINOR and (len(lexeme.text) > 1 or lexeme.glued):
        return _minor(figure, lexeme.lower, at)
    return _in_words(lexemes, figure, at)


def _coded(figure: Figure, code: str, power: int, at: int) -> Figure:
    scale = Decimal(10) ** power
    value = None if figure.value is None else figure.value * scale
    return replace(figure, kind="money", unit=code, end=at + 1, value=value, step=figure.step * scale)


def _minor(figure: Figure, coin: str, at: int) -> Figure:
    code, worth = MINOR[coin]
    value = None if figure.value is None else figure.value * worth
    return replace(figure, kind="money", unit=code, end=at + 1, value=value, step=figure.step * worth)


def _in_words(lexemes: Sequence[Lexeme], figure: Figure, at: int) -> Figure | None:
    """A currency in words, with up to six lexemes of country before it ("U.S.", "Hong Kong", "West African CFA")."""
    country = None
    for ahead in range(at, min(at + 7, len(lexemes))):
        word = lexemes[ahead].lower
        single = word if word in WORDS or word in MINOR else word.removesuffix("s")
        if (single in WORDS or single in MINOR) and len(single) > 1:
            return _worded(lexemes, figure, ahead, single, country)
        if word == "s" and word_at(lexemes, ahead - 2) == "u":
            country = "USD"
        elif by_country(word):
            country = by_country(word)
        elif word not in {"u", "s", ".", "new", "hong", "south", "west", "sri", "danish"} and lexemes[ahead].kind != "glyph":
            return None
    return None


def _worded(lexemes: Sequence[Lexeme], figure: Figure, at: int, word: str, country: str | None) -> Figure | None:
    """The figure with its currency word at `at`; None where the word means something else here."""
    if word == "won" and not (figure.scaled or country):
        return None
    if word == "pound" and not figure.scaled and word_at(lexemes, at + 1) == "of":
        return None
    if word in MINOR:
        found = _minor(figure, word, at)
        return replace(found, unit=country) if country else found
    around = (lexeme.lower for lexeme in lexemes[max(0, at - _AROUND) : at + _AROUND])
    found = replace(figure, kind="money", unit=country or by_word(word, around), end=at + 1)
    if word_at(lexemes, at + 1) == "sterling":
        found = replace(found, end=at + 2)
    return found if found.scaled or found.value is None else _and_coins(lexemes, found)


def _and_coins(lexemes: Sequence[Lexeme], figure: Figure) -> Figure:
    """Add the coins of "thirteen dollars (and) forty-five cents"."""
    at = figure.end + (word_at(lexemes, figure.end) == "and")
    small = read_numeral(lexemes, at, short_scales=False)
    if small is None or word_at(lexemes, small.end).removesuffix("s") not in MINOR or figure.value is None:
        return figure
    worth = Decimal("0.01")
    return replace(figure, value=figure.value + small.value * worth, step=worth, end=small.end + 1)


def _percent_after(lexemes: Sequence[Lexeme], figure: Figure) -> Figure | None:
    """A percentage, "49%", "49 per cent", "49-percent"; points of percentage are no share."""
    at = hyphen(lexemes, figure.end)
    word = word_at(lexemes, at)
    if word == "per" and word_at(lexemes, hyphen(lexemes, at + 1)) == "cent":
        end = hyphen(lexemes, at + 1) + 1
    elif word in _PERCENT:
        end = at + 1
    else:
        return None
    if word_at(lexemes, hyphen(lexemes, end)) in {"point", "points"} or figure.value is None:
        return None
    return replace(figure, kind="share", unit=SHARE, end=end, value=figure.value / 100, step=figure.step / 100)


def _share_at(lexemes: Sequence[Lexeme], index: int) -> Figure | None:
    """A share in words: "half of", "a third", "two-thirds", "a majority stake"."""
    stake = _kind_of_stake(lexemes, index)
    if stake is not None:
        return stake
    part = read_fraction(lexemes, index) if lexemes[index].kind in {"word", "glyph"} else None
    if part is None or word_at(lexemes, index - 1) in _NOT_HALF or word_at(lexemes, hyphen(lexemes, part.end)) in _SCALE_NAMES:
        return None
    after = part.end
    ends = after >= len(lexemes) or lexemes[after].breaks or lexemes[after].text in {".", ",", ";", ")", ":"}
    certain = part.value.as_tuple().exponent != 0 and lexemes[part.end - 1].lower not in {"quarter", "fifth", "tenth"}
    of_time = word_at(lexemes, after) == "of" and _is_time(lexemes, after + 1)
    if of_time or not (word_at(lexemes, after) in _SHARE_NEXT or (ends and certain)):
        return None
    return replace(_figure(index, part, kind="share"), unit=SHARE)


def _is_time(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether a year or a stretch of time stands here, after at most two small words."""
    for ahead in range(index, min(index + 3, len(lexemes))):
        if lexemes[ahead].lower in _TIMES or re.fullmatch(r"(?:19|20)\d\d", lexemes[ahead].text):
            return True
        if lexemes[ahead].lower not in {"the", "a", "an", "this", "last", "next", "fiscal", "financial", "calendar", "its"}:
            return False
    return False


def _kind_of_stake(lexemes: Sequence[Lexeme], index: int) -> Figure | None:
    """A share by its kind: "majority stake" is over a half, "minority interest" under it, "single-digit stake" under a tenth."""
    word, at = word_at(lexemes, index), index + 1
    if word in {"majority", "minority", "all"} and word_at(lexemes, at) == "of":
        return _part_of_firm(lexemes, index)
    if word == "single" and word_at(lexemes, hyphen(lexemes, at)) == "digit":
        at = hyphen(lexemes, at) + 1
    if word not in {"majority", "minority", "controlling", "single"} or word_at(lexemes, at) not in {
        "stake", "stakes", "interest", "interests", "ownership", "owner", "shareholder", "shareholding", "holding", "share", "position",
        "owned",
    }:  # fmt: skip
        return None
    if word in {"majority", "controlling"}:
        return Figure(start=index, end=index + 1, value=None, least=Decimal("0.5"), step=Decimal(0), kind="share", unit=SHARE)
    most = Decimal("0.1") if word == "single" else Decimal("0.5")
    return Figure(start=index, end=at, value=None, least=-most, step=Decimal(0), kind="share", unit=SHARE)


def _part_of_firm(lexemes: Sequence[Lexeme], index: int) -> Figure | None:
    """What a verb of owning or trading has of a firm or of its capital: "owns a majority of Beta", "bought all of the shares"."""
    word, at = word_at(lexemes, index), index + 2
    verb = word_at(lexemes, index - (1 if word == "all" else 2))
    is_of_capital = word_at(lexemes, at) in {"the", "its"} and word_at(lexemes, at + 1) in _CAPITAL
    is_of_name = at < len(lexemes) and lexemes[at].text[0].isupper() and not any(one.text in _APOSTROPHES for one in lexemes[at : at + 5])
    if verb not in _TAKING or not (is_of_capital or is_of_name):
        return None
    bare = Figure(start=index, end=index + 1, value=None, step=Decimal(0), kind="share", unit=SHARE)
    if word == "all":
        return replace(bare, value=Decimal(1))
    return replace(bare, least=Decimal("0.5") if word == "majority" else -Decimal("0.5"))


def _with_per(lexemes: Sequence[Lexeme], figure: Figure) -> Figure:
    """Note that the figure is for each of something: "a share", "per year", "/share", "annually"."""
    at = figure.end
    if at < len(lexemes) and lexemes[at].breaks:
        return figure
    word = word_at(lexemes, hyphen(lexemes, at))
    if word in _PER_WORDS:
        return replace(figure, per=_PER_WORDS[word])
    if word not in {"a", "an", "per", "/", "each", "every"}:
        return figure
    place = hyphen(lexemes, hyphen(lexemes, at) + 1)
    noun = word_at(lexemes, place)
    if word in {"a", "an"} and word_at(lexemes, place + 1) in _DISTANCES:
        return figure
    if noun in _PER_NOUNS or (word == "per" and noun.isalpha() and noun != "cent"):
        return replace(figure, per={"annum": "year"}.get(noun, noun))
    return figure


def _is_part_of_name(lexemes: Sequence[Lexeme], index: int) -> bool:
    """Whether a figure hangs on a name or a code: "GPT-5", "Q4", "Yahoo!7", "4th", "12:30"."""
    lexeme = lexemes[index]
    if lexeme.kind != "digits":
        return False
    before = lexemes[index - 1] if index else None
    if before is not None and lexeme.glued and (before.kind in {"word", "digits"} or before.text in {":", "!", "#", "@", "&", "_"}):
        return True
    if before is not None and before.text in {"-", "/"} and lexeme.glued and before.glued:
        return lexemes[index - 2].kind == "word" and index > 1
    after = lexemes[index + 1] if index + 1 < len(lexemes) else None
    return after is not None and after.glued and after.lower in {"th", "st", "nd", "rd", "s", ":", "a", "x"}
