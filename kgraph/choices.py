"""What a caller chooses by its name, in Python and on the command line, which lists it without loading the library that does it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

__all__ = ["Measure", "PictureFormat", "PictureKind", "ThemeName", "Weight"]

PictureKind = Literal["network", "timeline", "ranges", "ownership"]
PictureFormat = Literal["svg", "png", "pdf"]
ThemeName = Literal["light", "dark"]


class Measure(StrEnum):
    """What to rank by; docs/analysis.md says what each means for a deal network."""

    PAGERANK = "pagerank"
    DEGREE = "degree"
    IN_STRENGTH = "inStrength"
    OUT_STRENGTH = "outStrength"
    BETWEENNESS = "betweenness"
    CLOSENESS = "closeness"
    EIGENVECTOR = "eigenvector"
    HUB = "hub"
    AUTHORITY = "authority"
    CORE = "core"


class Weight(StrEnum):
    """What makes a link strong."""

    CONFIDENCE = "confidence"
    """The sum of the confidences of the facts between two things."""
    MONEY = "money"
    """The sum of their amounts in the one currency that most facts name."""
    NONE = "none"
    """Every pair of things that any fact links counts 1."""
