"""Fits the scores of the relation model to how often they are right, and chooses the least score worth a claim.

A label has few facts in the articles kept for development, so each borrows from all labels together: its shift is drawn
to theirs, and its precision and recall at a threshold are mixed with theirs. Qualifiers keep their scores: the articles tell
them once, and their repetition elsewhere would count as wrong.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from kgraph.extraction.relation_labels import LABELS, PREDICATES

if TYPE_CHECKING:
    from numpy.typing import NDArray

Rows = "Sequence[tuple[float, int, int]]"
GRID = tuple(round(0.55 + 0.05 * step, 2) for step in range(7))
"""Below them a candidate that the frames do not share is wrong too often, whatever its label does in few facts."""
PRIOR = 6.0
"""How many facts' worth the labels together count for one of them."""
LEAST_PRECISION = 0.8


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
    """Scale, shift and threshold of each label, from facts with their uncalibrated chances."""
    clean = {label: [(c, t) for c, t, _ in rows if t >= 0 and c > 0] for label, rows in found.items()}
    missed = {label: sum(t > 0 and c == 0 for c, t, _ in rows) for label, rows in found.items()}
    every = np.array([row for rows in clean.values() for row in rows])
    pooled = fit(_logit(every[:, 0]), every[:, 1], (1.0, 0.0), 1.0)
    calibrated: dict[str, list[tuple[float, int]]] = {}
    told: dict[str, dict[str, float]] = {}
    for number, label in enumerate(LABELS):
        rows = np.array(clean.get(number) or np.zeros((0, 2)))
        logits = _logit(rows[:, 0])
        scale, shift = fit(logits, rows[:, 1], pooled, PRIOR) if label in PREDICATES else (1.0, 0.0)
        told[label] = {"scale": round(scale, 4), "shift": round(shift, 4)}
        chances = 1 / (1 + np.exp(-(scale * logits + shift)))
        calibrated[label] = [*zip(chances.tolist(), rows[:, 1].astype(int).tolist(), strict=True), *[(0.0, 1)] * missed.get(number, 0)]
    together = [row for label in PREDICATES for row in calibrated[label]]
    for label in LABELS:
        told[label]["threshold"] = choose(calibrated[label], together)
    return told


def choose(rows: list[tuple[float, int]], together: list[tuple[float, int]]) -> float:
    """The threshold of the best F1 whose precision is enough."""
    ranked = []
    for threshold in GRID:
        right, claimed, there = counts(rows, threshold)
        all_right, all_claimed, all_there = counts(together, threshold)
        precision = (right + PRIOR * all_right / max(1, all_claimed)) / (claimed + PRIOR)
        recall = (right + PRIOR * all_right / max(1, all_there)) / (there + PRIOR)
        ranked.append((precision >= LEAST_PRECISION, 2 * precision * recall / (precision + recall), -abs(threshold - 0.5), threshold))
    return max(ranked)[-1]


def counts(rows: list[tuple[float, int]], threshold: float) -> tuple[int, int, int]:
    """Right, claimed, there."""
    kept = [truth for chance, truth in rows if chance >= threshold]
    return sum(kept), len(kept), sum(truth for _, truth in rows)


def write(told: dict[str, Any], path: Path) -> None:
    """Write the calibration beside the model."""
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
