"""Which appearances of one article are one thing: full and short names, initials, parts of people's names, catalogue names.

Rules run in order from the surest to the least sure, so that a later one sees the clusters of the earlier ones. A rule
joins only where one candidate is left: two possible readings mean none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from kgraph.linking.names import (
    Person,
    acronym_of,
    compact,
    fold,
    government_key,
    is_acronym,
    key,
    person,
    place_key,
    singular,
    stem,
    words,
)
from kgraph.model import Appearance, EntityType, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kgraph.linking.catalogue import Catalogue
    from kgraph.linking.clusters import Clusters

__all__ = ["join_article"]

_NAMED_ALIKE = {
    EntityType.ORGANIZATION: "thing",
    EntityType.GOVERNMENT_BODY: "thing",
    EntityType.PRODUCT: "product",
    EntityType.PLACE: "place",
    EntityType.PERSON: "person",
}
_TYPO_MIN = 5
"""A word shorter than this is another word, not a misspelling, when one letter differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proposal:
    left: str
    right: str
    rule: str
    why: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """The appearances of one article and what is joined so far."""

    appearances: tuple[Appearance, ...]
    clusters: Clusters
    catalogue: Catalogue

    def of(self, *families: str) -> list[Appearance]:
        return [a for a in self.appearances if _NAMED_ALIKE[a.type] in families]

    def only(self, candidates: Sequence[Appearance]) -> Appearance | None:
        """The first candidate where all are one cluster."""
        roots = {self.clusters.root(c.key) for c in candidates}
        return candidates[0] if len(roots) == 1 else None


def join_article(appearances: Sequence[Appearance], clusters: Clusters, catalogue: Catalogue) -> list[Judgement]:
    """Joins the appearances of one article in `clusters` and says why.

    Only joins of different names are reported: the same name in one article needs no reason.
    """
    scene = _Scene(appearances=tuple(sorted(appearances, key=lambda a: (a.start, a.key))), clusters=clusters, catalogue=catalogue)
    _bar_different_people(scene)
    _bar_different_entries(scene)
    return [
        Judgement(left=p.left, right=p.right, decision="yes", by=p.rule, why=p.why, score=p.score)
        for rule in _RULES
        for p in rule(scene)  # a generator: it sees what its own proposals have joined
        if clusters.join(p.left, p.right) and p.why
    ]


def _bar_different_people(scene: _Scene) -> None:
    """Two full names that cannot be one person's never meet through a shared surname."""
    full = [(a, person(a.name)) for a in scene.of("person") if person(a.name).full]
    for i, (left, a) in enumerate(full):
        for right, b in full[i + 1 :]:
            if not same_person(a, b) and not _misspelt(a.tokens, b.tokens):
                scene.clusters.bar(left.key, right.key)


def same_person(a: Person, b: Person) -> bool:
    """Whether two full names can be one person's: surname, given name or its short form, no middle name against."""
    if a.given is None or b.given is None:
        return False
    short, long = sorted((a.tokens, b.tokens), key=len)
    if len(short) > 1 and long[-len(short) :] == short:
        return True
    if a.surname != b.surname and a.last != b.last:
        return False
    given = (
        a.given == b.given
        or b.given in words().nicknames.get(a.given, ())
        or (1 in {len(a.given), len(b.given)} and a.given[0] == b.given[0])
    )
    middle = not a.middle or not b.middle or a.middle[0][0] == b.middle[0][0]
    return given and middle and (a.suffix is None or b.suffix is None or a.suffix == b.suffix)


def _bar_different_entries(scene: _Scene) -> None:
    """Two things that the catalogue knows apart never meet: The Times and the Financial Times."""
    known = [(a, e) for a in scene.of("thing", "product") if (e := scene.catalogue.match(a.names, a.type))]
    for i, (left, one) in enumerate(known):
        for right, other in known[i + 1 :]:
            if one.id != other.id and key(left.name) != key(right.name):
                scene.clusters.bar(left.key, right.key)


def _same_name(scene: _Scene) -> Iterator[_Proposal]:
    """One spelling apart from case, punctuation, legal form, plural and the place of the country."""
    by_key: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in scene.appearances:
        for found in sorted({spelling for name in appearance.names for spelling in _spellings(name, appearance.type)}):
            by_key[found].append(appearance)
    for group in by_key.values():
        for other in group[1:]:
            why = "" if key(other.name) == key(group[0].name) else f"“{other.name}” and “{group[0].name}” are one name"
            yield _Proposal(left=group[0].key, right=other.key, rule="same name", why=why, score=1.0)


def _spellings(name: str, kind: EntityType) -> Iterator[str]:
    """The keys under which a name meets its other spellings in one article."""
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


def _catalogued(scene: _Scene) -> Iterator[_Proposal]:
    """Two names of one entry of the catalogue."""
    entries: dict[str, Appearance] = {}
    for appearance in scene.appearances:
        entry = scene.catalogue.match(appearance.names, appearance.type)
        if entry is None:
            continue
        first = entries.setdefault(entry.id, appearance)
        if first is not appearance and first.type in {appearance.type, *_JOINT.get(appearance.type, ())}:
            why = f"“{first.name}” and “{appearance.name}” are names of {entry.label} in the catalogue"
            yield _Proposal(left=first.key, right=appearance.key, rule="catalogue", why=why, score=0.98)


_JOINT = {
    EntityType.ORGANIZATION: (EntityType.GOVERNMENT_BODY,),
    EntityType.GOVERNMENT_BODY: (EntityType.ORGANIZATION,),
}


def _acronyms(scene: _Scene) -> Iterator[_Proposal]:
    """Initials: General Motors is GM, where nothing else in the article has these initials."""
    for family in (("thing",), ("product",), ("place",)):
        things = scene.of(*family)
        for short in things:
            if not is_acronym(short.name):
                continue
            full = [a for a in things if any(acronym_of(short.name, name) for name in a.names)]
            if target := scene.only(full):
                why = f"“{short.name}” are the initials of “{target.name}”"
                yield _Proposal(left=target.key, right=short.key, rule="acronym", why=why, score=0.95)


def _people(scene: _Scene) -> Iterator[_Proposal]:
    """A fuller form first, then surnames, then given names alone."""
    people = [(a, person(a.name)) for a in scene.of("person")]
    full = [(a, p) for a, p in people if p.full]
    for i, (left, a) in enumerate(full):
        for right, b in full[i + 1 :]:
            if same_person(a, b) or _misspelt(a.tokens, b.tokens):
                why = f"“{left.name}” and “{right.name}” can be one person's names"
                yield _Proposal(left=left.key, right=right.key, rule="person name", why=why, score=0.95)
    for short, p in people:
        if p.full and not (p.tokens[0] in words().particles and len(p.tokens) > 1):
            continue
        by_surname = [a for a, q in full if a is not short and p.surname in {q.surname, q.last} and _titles_agree(p, q)]
        target = scene.only(by_surname)
        kind = "surname"
        if not by_surname:
            target = scene.only([a for a, q in full if a is not short and p.surname in q.tokens])
            kind = "name"
        if target:
            why = f"“{short.name}” is the {kind} of “{target.name}”"
            yield _Proposal(left=target.key, right=short.key, rule="surname", why=why, score=0.93)


def _titles_agree(a: Person, b: Person) -> bool:
    return a.male is None or b.male is None or a.male == b.male


def _contained(scene: _Scene) -> Iterator[_Proposal]:
    """A short name that begins or ends a longer one: Tyco for Tyco International, Vista for Windows Vista.

    Sure readings go before likely ones, and several common nouns after one name are all that one thing.
    """
    makers = {key(a.name) for a in scene.of("thing")}
    for family in ("thing", "product", "place"):
        things = scene.of(family)
        for short in things:
            others = [a for a in things if not scene.clusters.together(a.key, short.key)]
            readings = [(a, _reading(short, a, scene, makers)) for a in others]
            longer = [a for a, reading in readings if reading is not None]
            targets = [a for a, reading in readings if reading is _Reading.NOUN]
            sure = scene.only([a for a, reading in readings if reading is _Reading.SURE])
            likely = scene.only([a for a, reading in readings if reading is _Reading.LIKELY]) if scene.only(longer) else None
            for target in [*targets, *filter(None, (sure or likely,))]:
                why = f"“{short.name}” is short for “{target.name}”"
                yield _Proposal(left=target.key, right=short.key, rule="short name", why=why, score=0.8 if target is likely else 0.88)


class _Reading(Enum):
    """How well a contained name can stand for the longer one."""

    NOUN = "a common noun follows"
    SURE = "only words that people leave out are added"
    LIKELY = "the full name comes first"
    UNLIKELY = "another thing by its form"


def _reading(short: Appearance, full: Appearance, scene: _Scene, makers: set[str]) -> _Reading | None:
    """None where the name is not contained."""
    own = stem(fold(short.name))
    found = [reading for name in full.names if (reading := _contains(own, name, short, full, scene, makers))]
    return min(found, key=list(_Reading).index) if found else None


def _contains(own: tuple[str, ...], name: str, short: Appearance, full: Appearance, scene: _Scene, makers: set[str]) -> _Reading | None:
    long = stem(fold(name))
    if len(long) <= len(own) or own not in {long[: len(own)], long[-len(own) :]}:
        return None
    if long[: len(own)] == own:
        rest = long[len(own) :]
        written = [word for word in name.split() if fold(word) and fold(word)[-1] in rest]
        if len(written) == len(rest) and all(word.islower() and word.isalpha() for word in written):
            return _Reading.NOUN if _is_noun_for_it(rest[-1], full.type) else _Reading.UNLIKELY
    if full.type is not short.type:
        return _Reading.UNLIKELY
    if long[: len(own)] == own:
        return _continued(long[len(own) :], name, short, full, scene)
    return _preceded(long[: -len(own)], own, full, scene, makers)


def _is_noun_for_it(noun: str, kind: EntityType) -> bool:
    """Whether a common noun after a name still means the thing: "ABC radio" does, "Suncor shareholders" does not."""
    if kind is EntityType.PLACE:
        return noun in words().places
    return singular(noun) == noun and noun not in words().parts


def _continued(rest: tuple[str, ...], name: str, short: Appearance, full: Appearance, scene: _Scene) -> _Reading:
    """What a name says when `rest` follows it."""
    table = words()
    if full.type is EntityType.PLACE:
        return _Reading.SURE if "," in name or all(word in table.places for word in rest) else _Reading.UNLIKELY
    if full.type is EntityType.PRODUCT:
        return _Reading.UNLIKELY
    if rest[0] == "of" and (rest[1:] in table.peoples or full.type is EntityType.GOVERNMENT_BODY):
        return _Reading.SURE
    left_out = table.group if is_acronym(short.name) or _incorporated(short, scene) else table.descriptors - table.units
    if all(word in left_out or word in table.legal for word in rest):
        return _Reading.SURE
    known = scene.catalogue.match(short.names, short.type)
    other_thing = known is not None and scene.catalogue.match(full.names, full.type) is not known
    if (
        full.start > short.start
        or other_thing
        or _incorporated(short, scene)
        or all(word in table.general for word in stem(fold(short.name)))
    ):
        return _Reading.UNLIKELY
    return _Reading.LIKELY


def _incorporated(short: Appearance, scene: _Scene) -> bool:
    """Whether the article also gives the short name with a legal form, so that it is a full name itself."""
    own = stem(fold(short.name))
    forms = (fold(a.name) for a in scene.of("thing") if scene.clusters.together(a.key, short.key))
    return any(stem(form) == own and form[-1] in words().legal and form != own for form in forms)


def _preceded(lead: tuple[str, ...], own: tuple[str, ...], full: Appearance, scene: _Scene, makers: set[str]) -> _Reading:
    """What a name says when `lead` stands before it."""
    table = words()
    maker = compact(lead) in makers or bool(scene.catalogue.find(" ".join(lead), EntityType.ORGANIZATION))
    if full.type is EntityType.PLACE:
        return _Reading.LIKELY if lead[0] in table.openers and lead[-1] == "of" else _Reading.UNLIKELY
    if full.type is EntityType.PRODUCT:
        if any(c.isdigit() for word in lead for c in word) and not any(c.isdigit() for c in own[0]):
            return _Reading.UNLIKELY
        return _Reading.SURE if maker else _Reading.LIKELY
    if full.type is EntityType.GOVERNMENT_BODY:
        return _Reading.SURE if lead in table.peoples else _Reading.LIKELY
    if maker or lead in table.peoples or lead[-1] in {"of", "the"}:
        return _Reading.UNLIKELY
    return _Reading.SURE if all(word in table.openers for word in lead) else _Reading.LIKELY


def _misspelt(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether names differ in one word by one letter wrong, missing, doubled or swapped.

    >>> _misspelt(("netflix",), ("netfilx",)), _misspelt(("roy", "e", "disney"), ("roy", "o", "disney"))
    (True, False)
    """
    different = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    if len(a) != len(b) or len(different) != 1:
        return False
    x, y = different[0]
    if min(len(x), len(y)) < _TYPO_MIN or x[0] != y[0] or not (x + y).isalpha() or singular(x) == singular(y):
        return False
    return OSA.distance(x, y, score_cutoff=1) <= 1


def _misspellings(scene: _Scene) -> Iterator[_Proposal]:
    """Netfilx for Netflix, Mr Umanna for Chuka Umunna."""
    for family in ("thing", "product"):
        things = [(a, stem(fold(a.name))) for a in scene.of(family)]
        for i, (left, one) in enumerate(things):
            for right, other in things[i + 1 :]:
                if _misspelt(one, other):
                    yield _letter(left, right)
    people = [(a, person(a.name)) for a in scene.of("person")]
    for short, p in people:
        if not p.full:
            close = [a for a, q in people if q.full and _misspelt((p.surname,), (q.surname,)) and _titles_agree(p, q)]
            if target := scene.only(close):
                yield _letter(target, short)


def _letter(left: Appearance, right: Appearance) -> _Proposal:
    why = f"“{left.name}” and “{right.name}” differ by one letter"
    return _Proposal(left=left.key, right=right.key, rule="spelling", why=why, score=0.85)


def _across_types(scene: _Scene) -> Iterator[_Proposal]:
    """One name with two types in one article is one thing that was read in two ways; but a surname may be a company's too."""
    by_key: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in scene.appearances:
        by_key[key(appearance.name)].append(appearance)
    for group in by_key.values():
        for other in group[1:]:
            if len(scene.clusters.members(other.key)) == 1 or len(fold(other.name)) > 1:
                yield _Proposal(left=group[0].key, right=other.key, rule="same name", why="", score=0.9)


_RULES = (_same_name, _catalogued, _people, _acronyms, _contained, _misspellings, _across_types)
