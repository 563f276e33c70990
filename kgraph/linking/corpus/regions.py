"""Places of one name in different regions: Portland, Oregon and Portland, Maine."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kgraph.linking.corpus.evidence import CLEARLY
from kgraph.linking.names.keys import compact, fold, place_key, words
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kgraph.linking.corpus.local import Local
    from kgraph.linking.names.catalogue import Catalogue, Entry

__all__ = ["by_region", "is_region", "lands_of", "lies_elsewhere", "plain", "to_look_up", "without_lists"]

_Home = tuple[str, str]
"""The country and the region that a place lies in, each empty where it is not told."""
_UNIONS = frozenset({"eu", "europe"})


def plain(name: str) -> str:
    """The name of a place without the region it lies in.

    >>> plain("Austin, Texas")
    'Austin'
    """
    return name.partition(",")[0].strip() or name


def by_region(group: Sequence[Local], catalogue: Catalogue) -> list[list[Local]]:
    """The locals of one plain name, those of one region together; where only one region is told, all are there.

    Of several, a local that tells no region belongs to the one in a country that its article names, else to the one that is
    told much more often than the others, else to none.
    """
    told: list[_Part] = []
    silent = []
    for local in group:
        homes = _homes(local, catalogue)
        if not homes:
            silent.append(local)
            continue
        part = next((part for part in told if homes <= part.homes), None) or next((part for part in told if _fit(homes, part.homes)), None)
        if part is None:
            told.append(part := _Part())
        part.homes.update(homes)
        part.locals.append(local)
    if len(told) < 2:  # noqa: PLR2004 - one region, or none
        return [list(group)]
    sizes = sorted((len(part.locals) for part in told), reverse=True)
    usual = next(part for part in told if len(part.locals) == sizes[0]) if sizes[0] >= CLEARLY * sum(sizes[1:]) else None
    rest = _Part()
    meant = [_meant(local, told, usual) or rest for local in silent]
    for local, part in zip(silent, meant, strict=True):
        part.locals.append(local)
    return [part.locals for part in (*told, rest) if part.locals]


@dataclass(slots=True)
class _Part:
    """Locals that lie in one region, and all that their names tell of it."""

    homes: set[frozenset[_Home]] = field(default_factory=set)
    locals: list[Local] = field(default_factory=list)


def _meant(local: Local, told: Sequence[_Part], usual: _Part | None) -> _Part | None:
    """Which of several a local means that tells no region."""
    near = [part for part in told if not local.lands.isdisjoint(country for homes in part.homes for country, _ in homes)]
    return near[0] if len(near) == 1 else None if near else usual


def without_lists(names: Iterable[str], catalogue: Catalogue) -> set[str]:
    """The names of a place, those that tell no region after their comma but a second place ("New York, Tokyo") cut there."""
    alone = frozenset(names)
    return {plain(name) if "," in name and _is_list(name, alone, catalogue) else name for name in alone}


def _is_list(name: str, alone: frozenset[str], catalogue: Catalogue) -> bool:
    """Whether what follows the comma is another place of a list, and not where the first one lies: "Pakistan, Iraq"."""
    first, second = (part.strip() for part in name.split(",")[:2])
    own, other = _known(first), _known(second)
    if not second:
        return True
    if not other:
        return bool(catalogue.find(second, EntityType.PLACE))
    if own and not any(region for _, region in own):  # a country, unless it is a town like Lebanon, Pennsylvania
        return all(not region or land in dict(own) for land, region in other)
    regions = own != other and {(land, bool(region)) for land, region in own} == {(land, bool(region)) for land, region in other}
    return regions and first in alone and not catalogue.find(name, EntityType.PLACE)


def to_look_up(names: Iterable[str]) -> list[str]:
    """The names by which a place can be looked up: not "Lebanon" where it is "Lebanon, Pennsylvania" too.

    >>> to_look_up(["Lebanon", "Lebanon, Pennsylvania"]), to_look_up(["New York", "New York, N.Y."])
    (['Lebanon, Pennsylvania'], ['New York', 'New York, N.Y.'])
    """
    known = list(names)
    homes: dict[str, list[_Home]] = defaultdict(list)
    for name in known:
        homes[plain(name)] += sorted(_home(name))
    return [name for name in known if not (own := _known(name)) or not homes[name] or _fit([frozenset(homes[name])], [own])]


def lands_of(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The country that the name of a place tells of, where it can only be one, and apart from it the region after its comma.

    >>> [[*countries, *regions] for countries, regions in map(lands_of, ("Chicago, Illinois", "France", "Georgia", "Chicago"))]
    [['us', 'illinois'], ['france'], [], []]
    """
    told = _home(name)
    countries = frozenset(country for country, _ in told or _known(name) if country) - _UNIONS
    return (countries, frozenset(region for _, region in told if region)) if len(countries) == 1 else (frozenset(), frozenset())


def is_region(name: str) -> bool:
    """Whether a name is a country's or that of a part of one.

    >>> is_region("Texas"), is_region("France"), is_region("Paris")
    (True, True, False)
    """
    return bool(_known(name))


def lies_elsewhere(names: Iterable[str], entry: Entry) -> bool:
    """Whether names tell a country or region where the entry does not lie: "Paris, Texas" is not Paris.

    An entry of which nobody knows where it lies may be another place of its name too.
    """
    told = [home for name in names if (home := _home(name)) and all(country for country, _ in home)]
    known = _all_told(entry.names) or ({own} if (own := _known(entry.label)) else set())
    return bool(told) and not (known and _fit(told, known))


def _all_told(names: Iterable[str]) -> set[frozenset[_Home]]:
    return {home for name in names if (home := _home(name))}


def _homes(local: Local, catalogue: Catalogue) -> set[frozenset[_Home]]:
    """What the names of a place tell of where it lies, else what the catalogue knows; the name of a region alone lies there.

    Where the catalogue knows a town of that name, such as Washington, D.C., the town is meant, unless the article tells that
    others lie in the region.
    """
    if found := _all_told(local.names):
        return found
    own = _known(local.name)
    if not own:
        return _all_told(local.entry.names) if local.entry else set()
    if any(region in local.regions for _, region in own if region):
        return {own}
    towns = {home for entry in catalogue.find(local.name, EntityType.PLACE) for home in _all_told(entry.names)}
    return towns or {_beside(local, own, catalogue)}


def _beside(local: Local, own: frozenset[_Home], catalogue: Catalogue) -> frozenset[_Home]:
    """Those of the places of one name, such as Georgia, of which the article names towns or the country."""
    entries = (catalogue.entry(mark[1:]) for mark in local.context if mark.startswith("@"))
    told = (home for entry in entries if entry.type is EntityType.PLACE for home in _all_told(entry.names))
    towns = {home for homes in told if len(homes) == 1 for home in homes}
    near = frozenset(home for home in own if home in towns or (not home[1] and home[0] in local.lands))
    return near or own


def _home(name: str) -> frozenset[_Home]:
    """What follows the first comma of a name: all that it can mean.

    >>> sorted(_home("Austin, Texas, U.S.")), sorted(_home("Tbilisi, Georgia")), _home("Austin,")
    ([('us', 'texas')], [('georgia', ''), ('us', 'georgia')], frozenset())
    """
    parts = [part.strip() for part in name.split(",")[1:] if fold(part)]
    if not parts:
        return frozenset()
    country = next((country for part in parts[1:] for country, region in _known(part) if not region), "")
    known = _known(parts[0])
    if not known:
        return frozenset({(country, place_key(parts[0]))})
    return frozenset(home for home in known if country in {"", home[0]}) or known


def _known(name: str) -> frozenset[_Home]:
    """The countries and parts of countries that a name is one of."""
    tokens = fold(name)
    country = words().peoples.get(tokens)
    parts = words().regions.get(compact(tokens), frozenset())
    nations = {region for _, region in parts}
    return parts | ({(country, "")} if country and country not in nations - words().both else frozenset())


def _fit(left: Iterable[frozenset[_Home]], right: Iterable[frozenset[_Home]]) -> bool:
    """Whether all of one side can be one with all of the other."""
    return all(any(_may_be_one(a, b) for a in some for b in others) for some in left for others in right)


def _may_be_one(left: _Home, right: _Home) -> bool:
    """Whether two homes can be one: nothing speaks against, or the name of one region is short for the other."""
    if "" not in {left[0], right[0]} and left[0] != right[0]:
        return False
    short, long = sorted((left[1], right[1]), key=lambda key: (len(key), key))
    letters = iter(long)
    return not short or (short[:1] == long[:1] and all(letter in letters for letter in short))
