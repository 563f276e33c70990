"""The signs that set off the items of a list, for whatever reads a text by its lines; each fits between the brackets of a pattern."""

from __future__ import annotations

__all__ = ["BULLETS", "DASHES"]

BULLETS = "*+\u2022\u25aa\u25cf\u25a0\u00b7\u2023\u2043"
DASHES = "\u2013\u2014-"
