"""Compares names, offices and amounts as a reader would: without case, accents, legal forms."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgraph.model import Quantity

__all__ = ["amount_matches", "fold", "role_kind", "share_matches"]

_LEGAL = re.compile(
    r"\b(inc|incorporated|corp|corporation|co|company|companies|ltd|limited|llc|llp|plc|ag|sa|se|nv|gmbh|spa|group|holdings?|the|platforms)\b"
)
_ROLES = (
    (r"\b(ceo|chief executive)", "ceo"),
    (r"\b(cfo|chief financ)", "cfo"),
    (r"\b(cto|chief tech)", "cto"),
    (r"\b(coo|chief operat)", "coo"),
    (r"\bvice[- ]?(chair|president)|\bvp\b", "vice"),
    (r"\bchair", "chair"),
    (r"\bpresident", "president"),
    (r"\bfounder", "founder"),
    (r"\bdirector", "director"),
    (r"\banalyst", "analyst"),
    (r"\bspokes", "spokesperson"),
)


def fold(name: str) -> str:
    """A name without case, accents, punctuation, legal form and article."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"[^a-z0-9 ]+", " ", re.sub(r"'s\b", "", text))
    short = re.sub(r"\s+", " ", _LEGAL.sub(" ", text)).strip()
    return short or re.sub(r"\s+", " ", text).strip()


def role_kind(text: str | None) -> str:
    """An office in one word, where it is one of the usual."""
    lower = (text or "").lower()
    return next((kind for pattern, kind in _ROLES if re.search(pattern, lower)), fold(lower))


def amount_matches(found: Quantity | None, gold: dict[str, Any]) -> bool:
    """Whether an amount is the gold's, or one of the readings that the gold also accepts."""
    readings = [gold["amount"], *gold.get("amount_also", [])]
    readings += [{**gold["amount"], "currency": code} for code in gold.get("currency_also", [])]
    return any(_matches(found, reading) for reading in readings)


def share_matches(found: Quantity | None, gold: Any) -> bool:
    """Whether a share is the gold's percentage, in hundredths or as it stands."""
    limits = gold if isinstance(gold, dict) else {"low": gold, "high": gold}
    bounds = {key: limits.get(key) for key in ("low", "high")}
    shares = {key: value / 100 if value is not None else None for key, value in bounds.items()}
    return _matches(found, shares) or _matches(found, bounds)


def _matches(found: Quantity | None, gold: dict[str, Any]) -> bool:
    if found is None:
        return False
    if gold.get("currency") and found.unit and len(found.unit) == 3 and found.unit.isupper() and gold["currency"] != found.unit:
        return False
    low, high = gold.get("low"), gold.get("high")
    said = [float(value) for value in (found.value, found.low, found.high) if value is not None]
    if low is not None and high is not None and not _close(low, high):
        return any(_close(value, low) for value in said) and any(_close(value, high) for value in said)
    stated = high if low is None else low
    return stated is not None and any(_close(value, stated) for value in said)


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= 0.01 * max(abs(a), abs(b), 1e-9)
