"""How names are written: when two are one name in two ways, and when one carries what is not its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from kgraph.linking.names.keys import compact, fold, government_key, key, person, place_key, singular, stem
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["misspelt", "skeleton", "spellings", "untidy"]

_TYPO_MIN = 5
"""A word shorter than this is another word, not a misspelling, when one letter differs."""


def spellings(name: str, kind: EntityType) -> Iterator[str]:
    """The keys under which a name meets its other spellings in one article."""
    if not fold(name):
        yield name.casefold()
        return
    if kind is EntityType.PERSON:
        yield "/" + "".join(person(name).tokens)
        return
    plain = key(name)
    yield plain
    if kind in {EntityType.GOVERNMENT_BODY, EntityType.PLACE}:
        yield government_key(name) if kind is EntityType.GOVERNMENT_BODY else place_key(name)
    else:
        yield compact(tuple(singular(word) for word in stem(fold(name))))
        if plain.endswith("ses"):
            yield plain[:-2]
    if kind is EntityType.PRODUCT:
        yield "+" + " ".join(sorted(fold(name)))


def misspelt(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether names differ in one word by one letter wrong, missing, doubled or swapped.

    >>> misspelt(("netflix",), ("netfilx",)), misspelt(("roy", "e", "disney"), ("roy", "o", "disney"))
    (True, False)
    """
    different = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    if len(a) != len(b) or len(different) != 1:
        return False
    x, y = different[0]
    if min(len(x), len(y)) < _TYPO_MIN or x[0] != y[0] or not (x + y).isalpha() or singular(x) == singular(y):
        return False
    return OSA.distance(x, y, score_cutoff=1) <= 1


def skeleton(word: str) -> str:
    """A word without what is most easily got wrong: vowels after its first letter, doubled letters, and h.

    >>> skeleton("commision") == skeleton("commission"), skeleton("buffet") == skeleton("buffett")
    (True, True)
    """
    bare = word[:1] + "".join(letter for letter in word[1:] if letter not in "aeiouyh")
    return "".join(letter for i, letter in enumerate(bare) if letter != bare[i - 1 : i])


def untidy(name: str) -> bool:
    """Whether a name carries remains of the text around it: a bracket without its other half, a comma or markup at an end.

    >>> untidy("SEC)"), untidy("Louisville,"), untidy("Yahoo!"), untidy("Acme Inc.")
    (True, True, False, False)
    """
    ends = name[:1].isalnum() and (name[-1:].isalnum() or name[-1:] in ".!+)")
    return not ends or name.count("(") != name.count(")") or any(mark in name for mark in "[]|{}=")
