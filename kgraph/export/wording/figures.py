"""Figures as short as a picture needs: ~$15bn, 49%."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kgraph.model import Quantity
from kgraph.ontology.currencies import CURRENCY_SIGNS, is_money

if TYPE_CHECKING:
    from kgraph.model import Claim, Fact

__all__ = ["figure", "figures"]

_QUALIFIERS = {"about": "~", "nearly": "nearly ", "over": ">", "atLeast": "≥", "upTo": "≤"}
_SCALES = ((Decimal("1e12"), "tn"), (Decimal("1e9"), "bn"), (Decimal("1e6"), "m"))
_TEN_THOUSAND = 10_000
_MINUS = "\N{MINUS SIGN}"
_DIGITS = _MINUS + "0123456789.,"


def figure(quantity: Quantity) -> str:
    r"""A quantity as short as a picture needs, with its hedge.

    >>> figure(Quantity(text="about $15 billion", unit="USD", value=Decimal("15e9"), low=None, high=None, qualifier="about"))
    '~$15bn'
    >>> ascii(figure(Quantity(text="14 to 15", unit="USD", value=None, low=Decimal("14e9"), high=Decimal("15e9"), qualifier="range")))
    "'$14\\u201315bn'"
    >>> figure(Quantity(text="49%", unit="share", value=Decimal("0.49"), low=None, high=None))
    '49%'
    """
    if quantity.value is not None:
        return _QUALIFIERS.get(quantity.qualifier, "") + _with_unit(_scaled(quantity.value, quantity.unit), quantity.unit)
    if quantity.low is not None and quantity.high is not None:
        low, high = _scaled(quantity.low, quantity.unit), _scaled(quantity.high, quantity.unit)
        if low == high:
            return _with_unit(low, quantity.unit)
        scale = high.lstrip(_DIGITS)
        if scale and low.lstrip(_DIGITS) == scale:
            low = low.removesuffix(scale)
        return _with_unit(f"{low}\N{EN DASH}{high}", quantity.unit)
    if quantity.low is not None:
        return "≥" + _with_unit(_scaled(quantity.low, quantity.unit), quantity.unit)
    if quantity.high is not None:
        return "≤" + _with_unit(_scaled(quantity.high, quantity.unit), quantity.unit)
    return quantity.text


def _scaled(value: Decimal, unit: str | None) -> str:
    """The digits, at most two of them after the point, and a scale word."""
    if unit == "share":
        return f"{_plain(value * 100)}%"
    for size, word in _SCALES:
        if abs(value) >= size:
            return f"{_plain(value / size)}{word}"
    return _signed(f"{value:,.0f}") if abs(value) >= _TEN_THOUSAND else _plain(value)


def _plain(value: Decimal) -> str:
    return _signed(f"{value:,.2f}".rstrip("0").rstrip("."))


def _signed(digits: str) -> str:
    """With a minus sign in place of a hyphen; what rounds to nothing has none."""
    return digits.replace("-", "" if digits == "-0" else _MINUS)


def _with_unit(digits: str, unit: str | None) -> str:
    if digits.startswith(_MINUS):
        return _MINUS + _with_unit(digits[1:], unit)
    if unit is None or unit == "share":
        return digits
    if unit in CURRENCY_SIGNS:
        return CURRENCY_SIGNS[unit] + digits
    return f"{unit} {digits}" if is_money(unit) else f"{digits} {unit}"


def figures(statement: Fact | Claim) -> str:
    """Amount, stake and funding round in short."""
    counted = statement.object if isinstance(statement.object, Quantity) else None
    if counted is not None and counted.unit is not None and counted.unit.islower() and counted.unit != "share":
        counted = replace(counted, unit=None)  # the verb says what is counted
    quantities = [counted, statement.amount, statement.stake]
    words = " for ".join(figure(quantity) for quantity in quantities if quantity is not None)
    return f"{words} ({statement.round})".strip() if statement.round else words
