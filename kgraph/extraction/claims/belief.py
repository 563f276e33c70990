"""How sure a statement is, by what the two extractors say of it, and by what else the article says.

A frame that the learnt model does not share is right about half the time, the same frame with its consent nearly always; so
what one says counts only beside the other. A fact that several sentences tell is likelier, and one of whom the article
hardly speaks, or which might as well be said of another, less so. The weights are data (`model/belief.json`, made by
`python -m training.fitting.belief` from articles that neither extractor learnt from). Of predicates that the model does not
know, a user's own among them, the frame's score is all there is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kgraph.extraction.frames.scores import logit
from kgraph.extraction.model import FILES

__all__ = ["FRAMES_ALONE", "Around", "Belief", "case", "terms"]

MEASURED = FILES / "belief.json"
FRAMES_ALONE = 0.58
"""The least score of a frame where nothing else is known: precision comes first."""
_SUREST = 0.99
_LEAST_RIVAL = 0.02
"""The score of what is hardly possible."""
_OFTEN = 3
"""More tellings than these count no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What an article says around a statement."""

    doubt: float = 0.0
    """How little is known of whom its pronouns and descriptions stand for: minus the logarithm of the chance."""
    told: int = 0
    """In how many places the learnt model hears it."""
    mentions: tuple[int, int] = (1, 1)
    """How often the article speaks of its subject and of its object."""
    rivals: tuple[float, float] = (0.0, 0.0)
    """The learnt model's best score of the same with another subject, and with another object."""
    turned: float = 0.0
    """Its score of the same the other way round."""


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

    def chance(self, predicate: str, frame: float | None, relation: float | None, around: Around) -> float:
        """The chance of a statement from the score of its frame and of the learnt model, None where one is silent."""
        if predicate not in self.predicates:
            return frame if frame is not None else 0.0
        odds = self.predicates[predicate] + sum(self.weights[name] * value for name, value in terms(frame, relation, around).items())
        return round(min(_SUREST, 1 / (1 + math.exp(-odds))), 4)

    def is_claim(self, predicate: str, chance: float) -> bool:
        """Whether a chance is enough."""
        return chance >= (self.least if predicate in self.predicates else FRAMES_ALONE)


def case(frame: float | None, relation: float | None) -> str:
    """Which extractors found a statement."""
    return "+".join(name for name, score in (("frames", frame), ("relations", relation)) if score is not None)


def terms(frame: float | None, relation: float | None, around: Around) -> dict[str, float]:
    """The terms of the log odds: each case has a constant, the log odds of its scores, and what doubt about its arguments takes away."""
    name = case(frame, relation)
    scores = {f"{name} frame": frame, f"{name} relation": relation}
    odds = {term: logit(score) for term, score in scores.items() if score is not None}
    beside = {
        "told": float(min(around.told, _OFTEN)),
        "spoken of": sum(math.log1p(count) for count in around.mentions),
        "other subject": _beyond(around.rivals[0]),
        "other object": _beyond(around.rivals[1]),
        "turned": _beyond(around.turned),
    }
    return {name: 1.0, f"{name} doubt": around.doubt} | odds | beside


def _beyond(rival: float) -> float:
    """The log odds of a rival above those of one that is hardly possible."""
    return logit(max(rival, _LEAST_RIVAL)) - logit(_LEAST_RIVAL)


@cache
def _load(path: Path) -> Belief:
    return Belief(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else Belief()
