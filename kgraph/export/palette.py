"""Colours and shapes of pictures and pages: the Okabe-Ito palette, which colour-blind readers can tell apart.

Every type has a shape beside its colour, every kind of edge a dash pattern, so that a grey print says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kgraph.choices import ThemeName

__all__ = ["SHAPES", "THEMES", "TYPE_WORDS", "Theme"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of one picture."""

    paper: str
    ink: str
    muted: str
    edge: str
    rule: str
    disputed: str
    types: Mapping[EntityType, str]


THEMES: dict[ThemeName, Theme] = {
    "light": Theme(
        paper="#ffffff",
        ink="#15191e",
        muted="#5a646e",
        edge="#7c8894",
        rule="#d9dee3",
        disputed="#c24a00",
        types={
            EntityType.ORGANIZATION: "#0072b2",
            EntityType.PERSON: "#e69f00",
            EntityType.PLACE: "#009e73",
            EntityType.PRODUCT: "#cc79a7",
            EntityType.GOVERNMENT_BODY: "#33383e",
        },
    ),
    "dark": Theme(
        paper="#12161b",
        ink="#eef1f4",
        muted="#a3adb8",
        edge="#7f8b97",
        rule="#323a43",
        disputed="#ff8a3d",
        types={
            EntityType.ORGANIZATION: "#56b4e9",
            EntityType.PERSON: "#f0b429",
            EntityType.PLACE: "#2fc79c",
            EntityType.PRODUCT: "#e39bc4",
            EntityType.GOVERNMENT_BODY: "#d4dae1",
        },
    ),
}

SHAPES: dict[EntityType, tuple[tuple[float, float], ...]] = {
    EntityType.ORGANIZATION: (),
    EntityType.PERSON: ((-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)),
    EntityType.PLACE: ((0, 1.15), (-1.1, -0.8), (1.1, -0.8)),
    EntityType.PRODUCT: ((0, 1.2), (1.2, 0), (0, -1.2), (-1.2, 0)),
    EntityType.GOVERNMENT_BODY: ((0.52, 0.9), (1.04, 0), (0.52, -0.9), (-0.52, -0.9), (-1.04, 0), (-0.52, 0.9)),
}
"""Corners for a radius of 1, of about the same area; no corners is a disc."""

TYPE_WORDS = {
    EntityType.ORGANIZATION: "organisation",
    EntityType.PERSON: "person",
    EntityType.PLACE: "place",
    EntityType.PRODUCT: "product",
    EntityType.GOVERNMENT_BODY: "authority",
}
