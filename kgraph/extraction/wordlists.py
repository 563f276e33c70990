"""Sets of words, written as they are read."""

from __future__ import annotations

__all__ = ["words"]


def words(text: str) -> frozenset[str]:
    """The set of the words of a text.

    >>> sorted(words("over about"))
    ['about', 'over']
    """
    return frozenset(text.split())
