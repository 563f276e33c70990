"""What the words beside a name add to it: "Austin, Texas" for Austin, "U.S. Treasury" for the Treasury."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

__all__ = ["fuller_name"]

_BELONGS = frozenset({"compound", "nmod", "nmod:desc", "nmod:unmarked", "amod", "flat"})
"""How a country hangs on the body of government whose it is."""
_NAMES_TOO = frozenset({"appos", "nmod", "nmod:unmarked", "flat", "list"})
"""How a region hangs on the place before it."""


class Name(Protocol):
    """A name in a text: tokens [start, end), its words, what it is a name of."""

    start: int
    end: int
    text: str
    type: EntityType


def fuller_name(doc: Doc, name: Name, places: Mapping[int, Name]) -> str | None:
    """The name with the region that a place lies in, or the country that a body of government belongs to; None without one.

    `places` has the places that the text names, by each of their tokens.
    """
    if name.type is EntityType.PLACE and (region := _region(doc, name, places)) is not None:
        return f"{name.text}, {region.text}"
    country = places.get(name.start - 1) if name.type is EntityType.GOVERNMENT_BODY else None
    if country is not None and _hangs_on(doc, country, name, _BELONGS):
        return f"{country.text} {name.text}"
    return None


def _region(doc: Doc, name: Name, places: Mapping[int, Name]) -> Name | None:
    """The place that follows after a comma and stands in apposition: "In Geneva, China agreed" has two things to say."""
    region = places.get(name.end + 1)
    if region is None or region.start != name.end + 1 or doc[name.end].text != ",":
        return None
    return region if _hangs_on(doc, region, name, _NAMES_TOO) else None


def _hangs_on(doc: Doc, part: Name, whole: Name, ways: frozenset[str]) -> bool:
    root = doc[part.start : part.end].root
    return root.dep_ in ways and whole.start <= root.head.i < whole.end
