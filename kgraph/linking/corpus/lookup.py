"""What the catalogue knows under the names that one article has for a thing, unless the names tell that it is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.linking.corpus.regions import lies_elsewhere, to_look_up
from kgraph.linking.names.keys import acronym_of, fold, is_acronym, of_country, singular, stem, without_country
from kgraph.linking.names.spelling import misspelt
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgraph.linking.names.catalogue import Catalogue, Entry

__all__ = ["look_up"]

_SMALL = 3
"""The most letters of a word that says little in a name."""


def look_up(name: str, names: Sequence[str], kind: EntityType, catalogue: Catalogue) -> Entry | None:
    """The one entry that the names point to; `name` is the fullest of them.

    A place may turn out to be a body of government: "the EU" is where and who.
    """
    if kind is EntityType.PLACE:
        return _place(names, catalogue)
    if kind is EntityType.GOVERNMENT_BODY and without_country(fold(name))[0]:  # its shorter names are those of many countries' bodies
        return catalogue.match([name], kind) or _of_its_country(name, catalogue)
    entry = catalogue.match(names, kind)
    return None if entry and _abbreviates_another(entry, name, names) else entry


def _place(names: Sequence[str], catalogue: Catalogue) -> Entry | None:
    entry = catalogue.match(to_look_up(names), EntityType.PLACE)
    if entry is not None:
        return None if lies_elsewhere(names, entry) else entry
    body = catalogue.match(names, EntityType.GOVERNMENT_BODY)
    return body if body and body.type is EntityType.GOVERNMENT_BODY else None


def _of_its_country(name: str, catalogue: Catalogue) -> Entry | None:
    """The body of a country that its own people call by the name without it: "U.S. FDA"."""
    country, rest = of_country(name)
    entry = catalogue.match([" ".join(rest)], EntityType.GOVERNMENT_BODY)
    return entry if entry and any(of_country(known)[0] == country for known in entry.names) else None


def _abbreviates_another(entry: Entry, name: str, names: Sequence[str]) -> bool:
    """Whether a full name explains by itself the initials that it shares with an entry: the Fair Trade Commission is an FTC too."""
    own, known = ([_substance(n) for n in some if not is_acronym(n)] for some in (names, entry.names))
    if is_acronym(name) or any(a == b or misspelt(a, b) for a in own for b in known):
        return False
    short = [n for n in names if is_acronym(n) and acronym_of(n, name)]
    return any(acronym_of(n, other) for n in short for other in entry.names if not is_acronym(other))


def _substance(name: str) -> tuple[str, ...]:
    """The words of a name in the singular, without the small ones that are left out and put in: "Organization of (the) …"."""
    return tuple(singular(word) for word in stem(fold(name)) if len(word) > _SMALL)
