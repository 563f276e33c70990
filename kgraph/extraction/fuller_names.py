"""What the words beside a name add to it: "Austin, Texas" for Austin, "U.S. Treasury" for the Treasury."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

__all__ = ["fuller_name"]

Span = tuple[int, int]
"""First token and the one after the last."""


def fuller_name(doc: Doc, name: Span, kind: EntityType, places: Mapping[int, Span]) -> str | None:
    """The name with the region that a place lies in, or the country that a body of government belongs to; None without one.

    `places` has the places that the text names, by each of their tokens.
    """
    start, end = name
    if kind is EntityType.PLACE and (region := _region(doc, end, places)) is not None:
        end = region[1]
    elif kind is EntityType.GOVERNMENT_BODY and start - 1 in places:
        start = places[start - 1][0]
    return " ".join(doc[start:end].text.split()) if (start, end) != name else None


def _region(doc: Doc, end: int, places: Mapping[int, Span]) -> Span | None:
    """The place that follows after a comma, unless the places are a list: "London, Paris and Tokyo"."""
    region = places.get(end + 1)
    if region is None or region[0] != end + 1 or doc[end].text != "," or doc[region[0] : region[1]].root.dep_ == "conj":
        return None
    after = region[1]
    is_listed = after < len(doc) and (doc[after].lower_ in {"and", "or", "&"} or (doc[after].text == "," and after + 1 in places))
    return None if is_listed else region
