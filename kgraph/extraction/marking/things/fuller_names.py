"""What the words beside a name add to it: "Austin, Texas" for Austin, "U.S. Treasury" for the Treasury, "President Bush" for Bush."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kgraph.model import EntityType
from kgraph.ontology.titles import load_title_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Doc

__all__ = ["fuller_name", "is_region_of"]

_BELONGS = frozenset({"compound", "nmod", "nmod:desc", "nmod:unmarked", "amod", "flat"})
"""How a country hangs on the body of government whose it is."""
_NAMES_TOO = frozenset({"appos", "nmod", "nmod:unmarked", "flat", "list"})
"""How a region hangs on the place before it."""


class Place(Protocol):
    """A mention in a text: tokens [start, end), and what it is a mention of."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def type(self) -> EntityType: ...


class Name(Place, Protocol):
    """A name in a text, with its words."""

    @property
    def text(self) -> str: ...


def fuller_name(doc: Doc, name: Name, places: Mapping[int, Name]) -> str | None:
    """The name with the region of a place, the country of a body of government, or the office of a person; None without one.

    `places` has the places that the text names, by each of their tokens.
    """
    if name.type is EntityType.PLACE and (region := _region(doc, name, places)) is not None:
        return f"{name.text}, {region.text}"
    if name.type is EntityType.PERSON:
        return _with_office(doc, name)
    return _with_country(doc, name, places) if name.type is EntityType.GOVERNMENT_BODY else None


def _with_country(doc: Doc, name: Name, places: Mapping[int, Name]) -> str | None:
    """A body of government with the country before it: "U.S. Treasury", "Ghana's Treasury"."""
    owned = name.start > 0 and doc[name.start - 1].tag_ == "POS"
    country = places.get(name.start - 1 - owned)
    ways = frozenset({"nmod:poss"}) if owned else _BELONGS
    if country is None or not _hangs_on(doc, country, name, ways):
        return None
    return f"{country.text}{doc[name.start - 1].text if owned else ''} {name.text}"


def _with_office(doc: Doc, name: Name) -> str | None:
    """A surname with the title of the office before it; "Vice President" is another office."""
    known = load_title_words()
    for size in (2, 1) if " " not in name.text else ():
        first = name.start - size
        title = doc[max(0, first) : name.start]
        if " ".join(token.lower_ for token in title) in known.unique and all(token.is_title for token in title):
            is_lesser = first > 0 and doc[first - 1].lower_ in known.lesser
            return None if is_lesser else f"{title.text} {name.text}"
    return None


def is_region_of(doc: Doc, region: Place, town: Place) -> bool:
    """Whether a place follows another after a comma and stands in apposition: "In Geneva, China agreed" has two things to say."""
    if not region.type is town.type is EntityType.PLACE:
        return False
    return region.start == town.end + 1 and doc[town.end].text == "," and _hangs_on(doc, region, town, _NAMES_TOO)


def _region(doc: Doc, name: Name, places: Mapping[int, Name]) -> Name | None:
    region = places.get(name.end + 1)
    return region if region is not None and is_region_of(doc, region, name) else None


def _hangs_on(doc: Doc, part: Place, whole: Place, ways: frozenset[str]) -> bool:
    root = doc[part.start : part.end].root
    return root.dep_ in ways and whole.start <= root.head.i < whole.end
