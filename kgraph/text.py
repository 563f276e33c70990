"""How numbers and cells are written, wherever text goes out."""

from __future__ import annotations

__all__ = ["counted", "guarded"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_VOWELS = "aeiou"


def counted(number: int, noun: str) -> str:
    """A number of things; the noun is given in the singular.

    >>> counted(1, "fact"), counted(1200, "fact"), counted(2, "entity"), counted(0, "day")
    ('1 fact', '1,200 facts', '2 entities', '0 days')
    """
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in _VOWELS else f"{noun}s"
    return f"{number:,} {plural}"


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what would begin one.

    >>> guarded("=HYPERLINK(...)"), guarded("plain")
    ("'=HYPERLINK(...)", 'plain')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
