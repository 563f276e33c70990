"""Currencies, wherever amounts are written: which units are one, their signs, and what can be compared."""

from __future__ import annotations

import re

__all__ = ["CURRENCY_SIGNS", "is_money", "measure"]

CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩", "CAD": "C$", "AUD": "A$"}
"""By ISO 4217 code; each sign stands for one currency alone, and the others are written as their codes."""


def is_money(unit: str | None) -> bool:
    """Whether a unit is an ISO 4217 code."""
    return unit is not None and re.fullmatch("[A-Z]{3}", unit) is not None


def measure(unit: str | None) -> str:
    """What two figures must share to be compared: their currency, that they are shares, or else that they count, whatever the noun.

    >>> measure("USD"), measure("share"), measure("jobs") == measure("people")
    ('USD', 'share', True)
    """
    return unit if unit is not None and (is_money(unit) or unit == "share") else "count"
