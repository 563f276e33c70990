"""When a short name in an article stands for a longer one that holds it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from kgraph.linking.article.scene import Proposal, Scene
from kgraph.linking.names.keys import compact, fold, is_acronym, key, singular, stem, words
from kgraph.model import Appearance, EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["join_short_names"]


class _Reading(IntEnum):
    """How well a contained name can stand for the longer one, best first."""

    NOUN = 0
    """A common noun follows: "ABC radio"."""
    SURE = 1
    """Only words that people leave out are added."""
    LIKELY = 2
    """The article gives the full name first."""
    UNLIKELY = 3
    """It is the name of another thing by its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A name, and a longer one that begins or ends with it."""

    scene: Scene
    short: Appearance
    full: Appearance
    name: str
    """The name of `full` in question."""
    own: tuple[str, ...]
    """The words of the short name."""
    rest: tuple[str, ...]
    """The words that the longer name adds."""
    begins: bool
    """Whether the longer name begins with the short one."""


def join_short_names(scene: Scene) -> Iterator[Proposal]:
    """A short name that begins or ends a longer one: Tyco for Tyco International, Vista for Windows Vista.

    Sure readings go before likely ones, and several common nouns after one name are all that one thing.
    """
    for family in ("thing", "product", "place"):
        things = scene.of(family)
        ends: dict[str, list[Appearance]] = defaultdict(list)
        for a in things:
            spoken = [tokens for name in a.names if (tokens := stem(fold(name)))]
            for word in sorted({word for tokens in spoken for word in (tokens[0], tokens[-1])}):
                ends[word].append(a)
        for short in things:
            own = stem(fold(short.name))
            near = {a.key: a for a in (*ends[own[0]], *ends[own[-1]])} if own else {}
            others = [a for a in near.values() if not scene.clusters.together(a.key, short.key)]
            readings = [(a, reading) for a in others if (reading := _best_reading(scene, short, a)) is not None]
            targets = [a for a, reading in readings if reading is _Reading.NOUN]
            sure = scene.only([a for a, reading in readings if reading is _Reading.SURE])
            if sure is None and scene.only([a for a, _ in readings]):
                sure = scene.only([a for a, reading in readings if reading is _Reading.LIKELY])
            for target in [*targets, *([sure] if sure else [])]:
                why = f"“{short.name}” is short for “{target.name}”"
                yield Proposal(left=target.key, right=short.key, rule="short name", why=why, score=0.85)


def _best_reading(scene: Scene, short: Appearance, full: Appearance) -> _Reading | None:
    """None where no name of `full` holds that of `short`."""
    own = stem(fold(short.name))
    found = []
    for name in full.names:
        long = stem(fold(name))
        if len(long) <= len(own):
            continue
        if long[: len(own)] == own:
            found.append(_Pair(scene=scene, short=short, full=full, name=name, own=own, rest=long[len(own) :], begins=True))
        elif long[-len(own) :] == own:
            found.append(_Pair(scene=scene, short=short, full=full, name=name, own=own, rest=long[: -len(own)], begins=False))
    return min(map(_reading, found), default=None)


def _reading(pair: _Pair) -> _Reading:
    if pair.begins and _nouns_follow(pair) and pair.own not in words().peoples:
        return _Reading.NOUN if _noun_for_it(pair.rest[-1], pair.full.type) else _Reading.UNLIKELY
    if pair.full.type is not pair.short.type or (pair.full.type is not EntityType.PLACE and _is_place(pair)):
        return _Reading.UNLIKELY
    if pair.full.type is EntityType.PLACE:
        return _place(pair)
    if pair.full.type is EntityType.PRODUCT:
        return _product(pair)
    return _continued(pair) if pair.begins else _preceded(pair)


def _nouns_follow(pair: _Pair) -> bool:
    """Whether the added words are written as common nouns."""
    written = [word for word in pair.name.split() if (folded := fold(word)) and folded[-1] in pair.rest]
    return len(written) == len(pair.rest) and all(word.islower() and word.isalpha() for word in written)


def _noun_for_it(noun: str, kind: EntityType) -> bool:
    """Whether a noun after a name still means the thing: "ABC radio" does, "Suncor shareholders" does not."""
    if kind is EntityType.PLACE:
        return noun in words().places
    return singular(noun) == noun and noun not in words().parts


def _is_place(pair: _Pair) -> bool:
    """Whether the short name is a place's or a people's, whatever it was read as: "Japan" is not short for Japan Airlines."""
    return pair.own in words().peoples or pair.scene.catalogue.is_place(pair.short.name)


def _place(pair: _Pair) -> _Reading:
    if pair.rest == ("city", "of") and not pair.begins and not pair.scene.catalogue.find(pair.name, EntityType.PLACE):
        return _Reading.SURE
    if not pair.begins:
        return _Reading.LIKELY if pair.rest[0] in words().openers and pair.rest[-1] == "of" else _Reading.UNLIKELY
    plain = "," in pair.name or all(word in words().places for word in pair.rest)
    return _Reading.SURE if plain else _Reading.UNLIKELY


def _product(pair: _Pair) -> _Reading:
    """A maker's name may be left out; what follows a name makes another model of it."""
    numbered = any(c.isdigit() for word in pair.rest for c in word) and not any(c.isdigit() for c in pair.own[0])
    if pair.begins or numbered:
        return _Reading.UNLIKELY
    return _Reading.SURE if _is_company(pair) else _Reading.LIKELY


def _is_company(pair: _Pair) -> bool:
    """Whether the added words are a company, of the article or of the catalogue."""
    added = compact(pair.rest)
    named = any(key(a.name) == added for a in pair.scene.of("thing"))
    return named or bool(pair.scene.catalogue.find(" ".join(pair.rest), EntityType.ORGANIZATION))


def _continued(pair: _Pair) -> _Reading:
    """An organisation's name with more words after it, which may be what the article calls it: "venture firm Quillon"."""
    table = words()
    governs = pair.full.type is EntityType.GOVERNMENT_BODY
    if governs or pair.rest[0] == "of":
        return _Reading.SURE if pair.rest[0] == "of" and (governs or pair.rest[1:] in table.peoples) else _Reading.UNLIKELY
    incorporated = _incorporated(pair)
    another, first = _is_another(pair), pair.full.start <= pair.short.start
    only_group = incorporated or is_acronym(pair.short.name) or (another and not first)
    left_out = table.group if only_group else table.descriptors - table.units
    called = frozenset() if only_group else {singular(word) for text in pair.short.descriptions for word in fold(text)}
    if all(word in left_out or word in table.legal or (word in table.units and singular(word) in called) for word in pair.rest):
        return _Reading.SURE
    vague = all(word in table.general for word in pair.own)
    return _Reading.LIKELY if first and not (incorporated or another or vague) else _Reading.UNLIKELY


def _is_another(pair: _Pair) -> bool:
    """Whether the catalogue knows the short name, and not as that of the longer one: Toyota is not Toyota Financial Services."""
    catalogue = pair.scene.catalogue
    known = catalogue.match(pair.short.names, pair.short.type)
    return known is not None and catalogue.match(pair.full.names, pair.full.type) is not known


def _incorporated(pair: _Pair) -> bool:
    """Whether the article also gives the short name with a legal form, so that it is a full name itself."""
    clusters = pair.scene.clusters
    forms = (fold(a.name) for a in pair.scene.of("thing") if clusters.together(a.key, pair.short.key))
    return any(stem(form) == pair.own and form != pair.own and form[-1] in words().legal for form in forms)


def _preceded(pair: _Pair) -> _Reading:
    """An organisation's name with more words before it."""
    table = words()
    if pair.full.type is EntityType.GOVERNMENT_BODY:
        return _body(pair)
    if pair.rest in table.peoples or pair.rest[-1] in {"of", "the"} or _is_company(pair):
        return _Reading.UNLIKELY
    return _Reading.SURE if all(word in table.openers for word in pair.rest) else _Reading.LIKELY


def _body(pair: _Pair) -> _Reading:
    """A body of government with more words before it, told first unless any may be called so: the Fed is not the New York Fed."""
    if pair.rest in words().peoples:
        return _Reading.SURE
    if all(word in words().general for word in pair.own):
        return _Reading.LIKELY
    return _Reading.LIKELY if pair.full.start <= pair.short.start and not _is_another(pair) else _Reading.UNLIKELY
