"""Places of one name in different regions: Portland, Oregon and Portland, Maine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.linking.names import fold, place_key, stem, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kgraph.linking.local import Local

__all__ = ["by_region", "plain"]


def plain(name: str) -> str:
    """The name of a place without the region it lies in.

    >>> plain("Austin, Texas")
    'Austin'
    """
    return name.partition(",")[0].strip() or name


def by_region(group: Sequence[Local]) -> list[list[Local]]:
    """The locals of one plain name, those of one region together; where only one region is told, all are there.

    Those that tell no region stay together, apart from the others, where several are told.
    """
    told: list[tuple[set[str], list[Local]]] = []
    silent = []
    for local in group:
        regions = _regions(local.names)
        if not regions:
            silent.append(local)
            continue
        part = next((part for part in told if regions <= part[0]), None) or next((part for part in told if _fit(regions, part[0])), None)
        if part is None:
            part = (set(), [])
            told.append(part)
        part[0].update(regions)
        part[1].append(local)
    if len(told) < 2:  # noqa: PLR2004 - one region, or none
        return [list(group)]
    return [*(locals_ for _, locals_ in told), *([silent] if silent else [])]


def _regions(names: Iterable[str]) -> frozenset[str]:
    """What names tell after their first comma: "Texas" of "Austin, Texas, U.S."."""
    return frozenset(name.split(",")[1].strip() for name in names if "," in name)


def _fit(left: Iterable[str], right: Collection[str]) -> bool:
    """Whether all of one side can be one with all of the other."""
    return all(_may_be_one(a, b) for a in left for b in right)


def _may_be_one(left: str, right: str) -> bool:
    """Whether two regions can be one: the same name, one short for the other, or a country and a part of some country."""
    peoples = words().peoples
    if (stem(fold(left)) in peoples) is not (stem(fold(right)) in peoples):
        return True
    short, long = sorted((place_key(left), place_key(right)), key=lambda key: (len(key), key))
    letters = iter(long)
    return short[:1] == long[:1] and all(letter in letters for letter in short)
