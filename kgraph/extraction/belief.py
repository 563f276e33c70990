"""How sure a statement is, by what the two extractors say of it.

A frame that the learnt model does not share is right about half the time, the same frame with its consent nearly always; so
what one says counts only beside the other. The weights are data (`model/belief.json`, made by
`python -m tests.quality.belief` from articles that neither extractor learnt from). Of predicates that the model does not
know, a user's own among them, the frame's score is all there is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kgraph.extraction.frame_scores import logit

__all__ = ["FRAMES_ALONE", "Belief", "case", "terms"]

MEASURED = Path(__file__).with_name("model") / "belief.json"
FRAMES_ALONE = 0.58
"""The least score of a frame where nothing else is known: precision comes first."""
_SUREST = 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """The chance that a statement is right, and from which chance on it is a claim."""

    weights: Mapping[str, float] = field(default_factory=dict)
    """Term → what it adds to the log odds."""
    predicates: Mapping[str, float] = field(default_factory=dict)
    """Predicate that the learnt model knows → what it adds."""
    least: float = FRAMES_ALONE
    """The least chance of a claim."""

    @classmethod
    def load(cls) -> Belief:
        """The one measured; where the file is missing, frames alone are believed as they score."""
        return _load(MEASURED)

    def chance(self, predicate: str, frame: float | None, relation: float | None, doubt: float = 0.0) -> float:
        """The chance of a statement from the score of its frame and of the learnt model, None where one is silent.

        `doubt` is how little is known of whom its pronouns and descriptions stand for: minus the logarithm of the chance.
        """
        if predicate not in self.predicates:
            return frame if frame is not None else 0.0
        odds = self.predicates[predicate] + sum(self.weights[name] * value for name, value in terms(frame, relation, doubt).items())
        return round(min(_SUREST, 1 / (1 + math.exp(-odds))), 4)

    def is_claim(self, predicate: str, chance: float) -> bool:
        """Whether a chance is enough."""
        return chance >= (self.least if predicate in self.predicates else FRAMES_ALONE)


def case(frame: float | None, relation: float | None) -> str:
    """Which extractors found a statement."""
    return "+".join(name for name, score in (("frames", frame), ("relations", relation)) if score is not None)


def terms(frame: float | None, relation: float | None, doubt: float) -> dict[str, float]:
    """The terms of the log odds: each case has a constant, the log odds of its scores, and what doubt about its arguments takes away."""
    name = case(frame, relation)
    scores = {f"{name} frame": frame, f"{name} relation": relation}
    odds = {term: logit(score) for term, score in scores.items() if score is not None}
    return {name: 1.0, f"{name} doubt": doubt} | odds


@cache
def _load(path: Path) -> Belief:
    return Belief(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else Belief()
