"""Currencies, wherever amounts are written: which units are one, and their signs."""

from __future__ import annotations

import re

__all__ = ["CURRENCY_SIGNS", "is_money"]

CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩", "CAD": "C$", "AUD": "A$"}
"""By ISO 4217 code; each sign stands for one currency alone, and the others are written as their codes."""


def is_money(unit: str | None) -> bool:
    """Whether a unit is an ISO 4217 code."""
    return unit is not None and re.fullmatch("[A-Z]{3}", unit) is not None
