"""Amounts, shares and counts as nodes with names a person can read.

    USD-14B-to-15B   USD-over-10B   USD-about-1.5B   share-49pct   share-nearly-50pct   employees-upTo-300

One name stands for one content: where the bounds are not those that the hedge implies, a
hash of the content follows. The words of an article are not part of the node, since other
articles use other words for the same amount; they stay with the claim.
"""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from kgraph.ontology.currencies import CURRENCY_SIGNS, is_money

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kgraph.model import Quantity
    from kgraph.ontology import Hedge

__all__ = ["SHARE", "is_money", "quantity_label", "quantity_name"]

SHARE = "share"
_UNITLESS = "number"
_SCALES = {12: ("T", "trillion"), 9: ("B", "billion"), 6: ("M", "million"), 3: ("K", "thousand")}
_DECIMALS = {12: 3, 9: 3, 6: 3, 3: 1}
"""So many digits after the point before a smaller scale reads better."""
_TRAILING_ZEROS = 3
_ENDLESS, _ENOUGH = -8, 2
"""A last digit beyond this place is that of a fraction without an end, such as a third, of which so many digits are written."""
_DASH = "\N{EN DASH}"
_HEDGE_WORDS = {"exactly": "", "range": "", "atLeast": "at least ", "upTo": "up to "}


# ── names ────────────────────────────────────────────────────────────────────


def quantity_name(quantity: Quantity, hedges: Mapping[str, Hedge]) -> str:
    """The local name of a quantity's IRI; `hedges` are those of the ontology by qualifier."""
    unit = re.sub(r"[^A-Za-z0-9]+", "-", quantity.unit or _UNITLESS).strip("-")
    figure, implied = _figures(quantity, hedges.get(quantity.qualifier))
    name = "-".join(part for part in (unit, figure) if part)
    if implied and quantity.unit != _UNITLESS and unit == (quantity.unit or _UNITLESS):
        return name
    content = repr((quantity.unit, *map(_plain, (quantity.value, quantity.low, quantity.high)), quantity.qualifier))
    return f"{name}-{hashlib.sha256(content.encode()).hexdigest()[:6]}"


def _figures(quantity: Quantity, hedge: Hedge | None) -> tuple[str, bool]:
    """The figures as a name has them, and whether they tell value and bounds in full."""
    value, bounds = quantity.value, (quantity.low, quantity.high)
    if value is None:
        ends = [bound for bound in bounds if bound is not None]
        whole = quantity.qualifier == "range" and len(ends) == len(bounds) and not any(_is_endless(end) for end in ends)
        return "-to-".join(_written(end, quantity.unit) for end in ends) or "unknown", whole
    word = "" if quantity.qualifier == "exactly" else f"{quantity.qualifier}-"
    if _is_endless(value):
        return word + _written(value, quantity.unit), False
    if bounds == (value, value):
        return f"exactly-{_written(value, quantity.unit)}", quantity.qualifier == "exactly"
    for exponent, text in _precisions(value, quantity.unit):
        if hedge is not None and _implied(value, exponent, hedge) == bounds:
            return word + text, True
    return word + _written(value, quantity.unit), False


def _implied(value: Decimal, exponent: int, hedge: Hedge) -> tuple[Decimal | None, Decimal | None]:
    """What a hedge allows around a value whose last digit stands for 10**`exponent`."""
    half = Decimal(5).scaleb(exponent - 1) if hedge.half_unit else Decimal(0)
    low = None if hedge.lower is None else min(value * hedge.lower, value - half)
    high = None if hedge.upper is None else max(value * hedge.upper, value + half)
    return low, high


def _precisions(value: Decimal, unit: str | None) -> Iterator[tuple[int, str]]:
    """The ways to write a value, from the fewest digits on, each with the exponent of its last digit."""
    shift = 2 if unit == SHARE else 0
    shown = _shown(value, unit)
    first = _exponent(shown)
    for exponent in range(first, min(first, 0) - _TRAILING_ZEROS - 1, -1):
        text = _digits(shown, exponent)
        if text is not None:
            yield exponent - shift, f"{text}pct" if unit == SHARE else text


def _written(value: Decimal, unit: str | None) -> str:
    """A value with as few digits as it needs."""
    return next(text for _, text in _precisions(value, unit))


def _digits(value: Decimal, exponent: int) -> str | None:
    """A value to the digit of 10**`exponent`; None where that cannot be seen from what is written.

    >>> _digits(Decimal("15000000000"), 8), _digits(Decimal(15000), 0), _digits(Decimal(20), 1)
    ('15.0B', '15000', None)
    """
    for scale, (letter, _) in _SCALES.items():
        if exponent <= scale <= exponent + _DECIMALS[scale] and abs(value) >= Decimal(1).scaleb(scale):
            return _fixed(value.scaleb(-scale), exponent - scale) + letter
    return _fixed(value, exponent) if exponent <= 0 else None


# ── labels ───────────────────────────────────────────────────────────────────


def quantity_label(quantity: Quantity) -> str:
    """How a person writes it: `over $10 billion`, `nearly 50%`, `300 employees`."""
    if quantity.value is not None:
        hedge = _HEDGE_WORDS.get(quantity.qualifier, f"{quantity.qualifier} ")
        return hedge + _with_unit(quantity.unit, *_spoken(quantity.value, quantity.unit))
    if quantity.low is not None and quantity.high is not None:
        (low, low_scale), (high, scale) = _spoken(quantity.low, quantity.unit), _spoken(quantity.high, quantity.unit)
        return _with_unit(quantity.unit, f"{low}{'' if low_scale == scale else low_scale}{_DASH}{high}", scale)
    bound = quantity.low if quantity.low is not None else quantity.high
    if bound is None:
        return f"unknown {quantity.unit or _UNITLESS}"
    return ("at least " if quantity.low is not None else "up to ") + _with_unit(quantity.unit, *_spoken(bound, quantity.unit))


def _spoken(value: Decimal, unit: str | None) -> tuple[str, str]:
    """Digits, and the scale as a word with a space before it."""
    value = _shown(value, unit)
    exponent = _exponent(value)
    for scale in (12, 9, 6):
        if abs(value) >= Decimal(1).scaleb(scale) and scale <= exponent + _DECIMALS[scale]:
            return _fixed(value.scaleb(-scale), min(exponent - scale, 0)), f" {_SCALES[scale][1]}"
    cents = 2 if is_money(unit) and exponent < 0 else 0
    return f"{value:,.{max(-exponent, cents)}f}", ""


def _with_unit(unit: str | None, digits: str, scale: str) -> str:
    if unit == SHARE:
        return f"{digits}%"
    if is_money(unit):
        return f"{CURRENCY_SIGNS.get(unit or '', f'{unit} ')}{digits}{scale}"
    return f"{digits}{scale} {unit}" if unit else digits + scale


# ── decimals ─────────────────────────────────────────────────────────────────


def _exponent(value: Decimal) -> int:
    """The power of ten of the last digit that is not zero."""
    return int(value.normalize().as_tuple().exponent) if value else 0


def _is_endless(value: Decimal) -> bool:
    """Whether a value is a fraction whose digits do not end, such as a third."""
    return _exponent(value) < _ENDLESS


def _shown(value: Decimal, unit: str | None) -> Decimal:
    """The figure that people write: per cent for a share, and two digits of what has no end."""
    shown = value.scaleb(2) if unit == SHARE else value
    return round(shown, _ENOUGH) if _is_endless(value) else shown


def _fixed(value: Decimal, exponent: int) -> str:
    """A value with the digits down to 10**`exponent`, without an exponent."""
    return f"{value:.{max(-exponent, 0)}f}"


def _plain(value: Decimal | None) -> str | None:
    """The one way to write a value, whatever zeros it came with."""
    return None if value is None else f"{value.normalize():f}"
