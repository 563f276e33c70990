"""Colours and shapes of pictures and pages: those of Okabe and Ito, which colour-blind readers can tell apart.

The orange is darker than theirs, which is hard to see on white.

Every type has a shape beside its colour, every kind of edge a dash pattern, so that a grey print says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kgraph.choices import ThemeName

__all__ = ["SHAPES", "THEMES", "TYPE_WORDS", "Theme", "coloured", "custom_properties"]


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
        muted="#56606a",
        edge="#7c8894",
        rule="#dde2e7",
        disputed="#b84600",
        types={
            EntityType.ORGANIZATION: "#0072b2",
            EntityType.PERSON: "#bf8000",
            EntityType.PLACE: "#009e73",
            EntityType.PRODUCT: "#cc79a7",
            EntityType.GOVERNMENT_BODY: "#33383e",
        },
    ),
    "dark": Theme(
        paper="#12161b",
        ink="#eef1f4",
        muted="#a9b3bd",
        edge="#7f8b97",
        rule="#2d353e",
        disputed="#ff9a52",
        types={
            EntityType.ORGANIZATION: "#56b4e9",
            EntityType.PERSON: "#f0b429",
            EntityType.PLACE: "#2fc79c",
            EntityType.PRODUCT: "#e39bc4",
            EntityType.GOVERNMENT_BODY: "#d4dae1",
        },
    ),
}


def custom_properties(theme: Theme) -> str:
    """The colours as a style sheet names them: `--paper:#ffffff;…;--Organization:#0072b2;…`."""
    named = {name: getattr(theme, name) for name in ("paper", "ink", "muted", "edge", "rule", "disputed")}
    return ";".join(f"--{name}:{colour}" for name, colour in (named | dict(theme.types)).items())


def coloured(style_sheet: str) -> str:
    """A style sheet with the colours of each theme where its name stands in double braces: `{{light}}`."""
    for name, theme in THEMES.items():
        style_sheet = style_sheet.replace(f"{{{{{name}}}}}", custom_properties(theme))
    return style_sheet


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
