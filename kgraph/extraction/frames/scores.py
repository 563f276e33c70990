"""How sure a frame is: measured on labelled articles, for each frame and pair of paths.

The measurements are data (`model/frames.json`, made by `python -m training.fitting.frames`). A frame
that was not measured, one of the user's own, counts as sure as its `lex:score`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kgraph.extraction.model import FILES
from kgraph.extraction.spans import Amount, Mention, Moment
from kgraph.model import EntityType
from kgraph.ontology.lexicon import Frame

__all__ = ["FrameScores", "features"]

MEASURED = FILES / "frames.json"
_LEAST, _MOST = 0.02, 0.97

Ranks = tuple[int, int]
"""How many paths to the subject and to the object were tried in vain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameScores:
    """The chance that a candidate of a frame is right."""

    chances: Mapping[str, float] = field(default_factory=dict)
    """`frame` or `frame 0 1` (with ranks) → share of right candidates."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Feature → what it adds to the log odds."""

    @classmethod
    def load(cls) -> FrameScores:
        """Those measured; none where the file is missing."""
        return _load(MEASURED)

    def score(self, frame: Frame, ranks: Ranks, subject: Mention, object_: Mention | Amount | Moment | None) -> float:
        """The chance of one candidate."""
        chance = self.chances.get(f"{frame.name} {ranks[0]} {ranks[1]}", self.chances.get(frame.name, frame.score))
        odds = logit(chance) + sum(self.weights.get(name, 0.0) for name in features(subject, object_))
        return round(1 / (1 + math.exp(-odds)), 4)


def features(subject: Mention, object_: Mention | Amount | Moment | None) -> list[str]:
    """What makes arguments less sure: words that only stand for a name, and places that act or are bought."""
    mentions = [mention for mention in (subject, object_) if isinstance(mention, Mention)]
    found = [mention.kind for mention in mentions if mention.kind != "name"]
    return [*found, *(["place"] if subject.type is EntityType.PLACE else [])]


def logit(chance: float) -> float:
    """Log odds, away from the ends."""
    kept = min(max(chance, _LEAST), _MOST)
    return math.log(kept / (1 - kept))


@cache
def _load(path: Path) -> FrameScores:
    if not path.exists():
        return FrameScores(weights={"nominal": -0.6, "pronoun": -0.5, "place": -0.7})
    told = json.loads(path.read_text(encoding="utf-8"))
    return FrameScores(chances=told["chances"], weights=told["weights"])
