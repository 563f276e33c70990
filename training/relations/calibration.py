"""Fits the scores of the relation model to how often they are right.

A label has few facts in the articles kept for development, so each borrows from all labels together: its scale and shift are
drawn to theirs. Qualifiers keep their scores: the articles tell them once, and their repetition elsewhere would count as wrong.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from kgraph.extraction.relations.labels import LABELS, PREDICATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRIOR = 6.0
"""How many facts' worth the labels together count for one of them."""


def _logit(chances: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.log(clipped / (1 - clipped))


def fit(logits: NDArray[np.float64], truth: NDArray[np.float64], start: tuple[float, float], pull: float) -> tuple[float, float]:
    """The scale and shift under which logits are best calibrated, drawn to where they start."""

    def cost(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = point[0] * logits + point[1]
        error = 1 / (1 + np.exp(-np.clip(score, -30, 30))) - truth
        away = point - np.array(start)
        value = np.logaddexp(0.0, score).sum() - truth @ score + 0.5 * pull * (away @ away)
        return float(value), np.array([error @ logits, error.sum()]) + pull * away

    found = minimize(cost, np.array(start), jac=True, method="L-BFGS-B", bounds=((0.1, 3.0), (-5.0, 5.0)))
    return float(found.x[0]), float(found.x[1])


def calibrate(found: dict[int, list[tuple[float, int, int]]]) -> dict[str, dict[str, float]]:
    """Scale and shift of each label, from facts with their uncalibrated chances."""
    clean = {label: [(c, t) for c, t, _ in rows if t >= 0 and c > 0] for label, rows in found.items()}
    every = np.array([row for rows in clean.values() for row in rows])
    pooled = fit(_logit(every[:, 0]), every[:, 1], (1.0, 0.0), 1.0)
    told: dict[str, dict[str, float]] = {}
    for number, label in enumerate(LABELS):
        rows = np.array(clean.get(number) or np.zeros((0, 2)))
        scale, shift = fit(_logit(rows[:, 0]), rows[:, 1], pooled, PRIOR) if label in PREDICATES else (1.0, 0.0)
        told[label] = {"scale": round(scale, 4), "shift": round(shift, 4)}
    return told


def write(told: dict[str, Any], path: Path) -> None:
    """Write the calibration beside the model."""
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
