"""Sets of words, written as they are read."""

from __future__ import annotations

__all__ = ["NEGATIONS", "words"]

NEGATIONS = frozenset({"not", "n't", "never", "neither", "nor", "no", "none", "n’t", "hardly", "without"})  # noqa: RUF001
"""Words that deny what they stand with."""


def words(text: str) -> frozenset[str]:
    """The set of the words of a text.

    >>> sorted(words("over about"))
    ['about', 'over']
    """
    return frozenset(text.split())
