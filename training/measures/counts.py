"""Precision, recall and F1 from counts."""

from __future__ import annotations


def f1(hits: float, found: float, gold: float) -> float:
    """The harmonic mean of precision and recall; 0 where there is nothing to find.

    >>> f1(1, 2, 2)
    0.5
    """
    return 2 * hits / (found + gold) if found + gold else 0.0


def scores(hits: int, found: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1."""
    return {"precision": hits / found if found else 0.0, "recall": hits / gold if gold else 0.0, "F1": f1(hits, found, gold)}
