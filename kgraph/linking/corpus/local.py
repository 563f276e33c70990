"""What one article knows of one thing: its names, what it calls it, and what stands beside it.

A local is the unit that is compared across articles. Its context is written in keys of names, never in clusters, so
that it does not depend on what else is linked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kgraph.linking.corpus.lookup import look_up
from kgraph.linking.corpus.regions import lands_of, plain, without_lists
from kgraph.linking.names.keys import (
    fold,
    government_key,
    is_acronym,
    key,
    number_key,
    of_country,
    offices_of,
    person,
    place_key,
    stem,
    untitled,
    words,
)
from kgraph.linking.names.spelling import untidy
from kgraph.model import Argument, EntityType
from kgraph.ontology.titles import load_title_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kgraph.linking.clusters import Clusters
    from kgraph.linking.names.catalogue import Catalogue, Entry
    from kgraph.model import Appearance, AppearanceKey, Claim

__all__ = ["ADMINISTRATION", "Local", "build_locals", "core", "family"]

ADMINISTRATION = "administration"
"""The office of a person of whom an article tells only that he has one: "the Bush administration"."""

_FAMILY = {EntityType.PERSON: "person", EntityType.PLACE: "place"}
_GOVERNING = frozenset({EntityType.GOVERNMENT_BODY, EntityType.ORGANIZATION})
_STATES = frozenset({EntityType.GOVERNMENT_BODY, EntityType.PLACE})
"""What a country's name is sometimes read as."""
_WEIGHT = {
    EntityType.PERSON: 1.0,
    EntityType.PRODUCT: 0.7,
    EntityType.ORGANIZATION: 0.7,
    EntityType.GOVERNMENT_BODY: 0.3,
    EntityType.PLACE: 0.15,
}
_KNOWN = 0.5
"""What is left of the weight of a neighbour that the catalogue knows: the famous stand beside everything."""
_CLAIM = 1.5
"""The weight of a thing that a claim ties to the local, by the same relation in both articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """One thing in one article."""

    key: str
    """The first of its appearance keys."""
    article: str
    type: EntityType
    name: str
    names: tuple[str, ...]
    appearances: tuple[AppearanceKey, ...]
    mark: str
    """The key of its fullest name, with the family it is compared in: `t/scaleai`."""
    strong: bool
    """Whether its fullest name can stand alone; a surname cannot."""
    entry: Entry | None
    sectors: frozenset[str]
    """What its descriptions and roles tell of its trade."""
    lands: frozenset[str]
    """The countries that its article names."""
    regions: frozenset[str]
    """The parts of countries in which its article tells towns to lie."""
    national: str | None
    """The name of a country's body that does not tell whose it is, with the only country that its article names: `us Senate`."""
    offices: frozenset[str]
    """What a person's titles tell that he is."""
    context: Mapping[str, float]
    """Mark of a neighbour → how much it says that two locals share it."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all its names, with the family."""
        prefix = self.mark.split("/", 1)[0]
        if prefix == "p":
            return frozenset({self.mark})
        country = of_country(self.full_name)[0] if self.type is EntityType.GOVERNMENT_BODY else ""
        names = (f"{country} {name}" if country and _is_countrys(name) and not of_country(name)[0] else name for name in self.names)
        return frozenset({self.mark, *(f"{prefix}/{_thing_key(name, self.type)}" for name in names)})

    @property
    def full_name(self) -> str:
        """Its name, with the country whose body it is even where only its article tells that."""
        return self.national or self.name


def family(kind: EntityType) -> str:
    """person, place or thing: names are only compared inside one family."""
    return _FAMILY.get(kind, "thing")


def core(name: str) -> str:
    """The key of a name without trade words at its end: "Tyco International" is `tyco`."""
    tokens = stem(fold(name))
    table = words()
    end = len(tokens) - (len(tokens) > 2 and tokens[-1] == "index")  # noqa: PLR2004 - a name of two words and that
    while end > 1 and tokens[end - 1] in table.descriptors and tokens[end - 1] not in table.units:
        end -= 1
    return number_key(" ".join(tokens[:end])) or name.casefold()


def build_locals(appearances: Sequence[Appearance], clusters: Clusters, claims: Iterable[Claim], catalogue: Catalogue) -> tuple[Local, ...]:
    """The clusters of all articles with their contexts, sorted by key."""
    by_key = {a.key: a for a in appearances}
    groups = [[by_key[k] for k in group] for group in clusters.groups()]  # type: ignore[index]
    bare = {group[0].key: _bare(group, catalogue) for group in groups}
    owner = {a.key: group[0].key for group in groups for a in group}
    article_of = {group[0].key: group[0].article for group in groups}
    beside: dict[str, list[str]] = defaultdict(list)
    for first, article in article_of.items():
        beside[article].append(first)
    scenes = {article: _scene([bare[first] for first in firsts]) for article, firsts in beside.items()}  # type: ignore[index]
    bare = {first: _at_home(thing, scenes[article_of[first]]) for first, thing in bare.items()}
    told = _told(claims, owner, bare)
    return tuple(
        _local(group, bare, beside[article], scenes[article], told.get(group[0].key, _Told()))
        for group in groups
        for article in (group[0].article,)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bare:
    type: EntityType
    name: str
    names: tuple[str, ...]
    mark: str
    strong: bool
    entry: Entry | None
    national: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the claims of an article tell of one thing."""

    ties: dict[str, float] = field(default_factory=dict)
    """The marks of what they tie it to."""
    roles: list[str] = field(default_factory=list)
    offices: set[str] = field(default_factory=set)
    """The roles in a state or its bodies: who presides over a firm is not "President Bush"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What all things of one article tell of each of them."""

    lands: frozenset[str]
    regions: frozenset[str]
    administrations: frozenset[str]
    """The surnames of those whose administrations are named: "the Bush administration"."""
    marks: frozenset[str]


def _scene(things: Sequence[_Bare]) -> _Scene:
    told = [lands_of(name) for thing in things for name in _places(thing)]
    folded = [fold(name) for thing in things for name in thing.names]
    return _Scene(
        lands=frozenset[str]().union(*(lands for lands, _ in told)),
        regions=frozenset[str]().union(*(regions for _, regions in told)),
        administrations=frozenset(tokens[0] for tokens in folded if tokens[1:] == (ADMINISTRATION,)),
        marks=frozenset(thing.mark for thing in things),
    )


def _places(thing: _Bare) -> Iterable[str]:
    """The names that tell where an article plays: those of its places, and of the countries whose bodies it names."""
    if thing.type is EntityType.GOVERNMENT_BODY:
        return [words().countries.get(of_country(name)[0], "") for name in thing.names]
    return thing.names if thing.type is EntityType.PLACE else ()


def _bare(group: Sequence[Appearance], catalogue: Catalogue) -> _Bare:
    votes: Counter[EntityType] = Counter()
    for appearance in group:
        votes[appearance.type] += appearance.count
    kind = min(votes, key=lambda t: (-votes[t], t))
    names = _names(group, kind, catalogue)
    name = _fullest(names, kind)
    is_state = kind is EntityType.GOVERNMENT_BODY and stem(fold(name)) in words().states
    if is_state or (kind in _GOVERNING and _is_country(name, catalogue)):
        kind = EntityType.PLACE
    entry = look_up(name, names, kind, catalogue)
    if entry is not None and kind is EntityType.PLACE:
        kind = entry.type
    if kind is EntityType.PERSON:
        parts = person(name)
        strong = parts.full
        mark = "p/" + (f"{parts.given} {parts.surname}" if strong else parts.surname)
    else:
        strong = True
        mark = f"{'l' if kind is EntityType.PLACE else 't'}/{_thing_key(name, kind)}"
    shown = plain(name) if kind is EntityType.PLACE and plain(name) in names else name
    return _Bare(type=kind, name=shown, names=names, mark=mark, strong=strong, entry=entry)


def _names(group: Sequence[Appearance], kind: EntityType, catalogue: Catalogue) -> tuple[str, ...]:
    """All names, sorted; a person's also without titles, a place's without other places that are listed after it."""
    names = {name for a in group for name in (a.name, *a.names)}
    if kind is EntityType.PLACE:
        names = without_lists(names, catalogue)
    if kind is EntityType.PERSON:
        names |= {untitled(name) for name in names}
    return tuple(sorted(names))


def _is_country(name: str, catalogue: Catalogue) -> bool:
    """Whether a name is a country's own and not its people's: "The Australian" is a newspaper."""
    entries = catalogue.find(name, EntityType.PLACE) if fold(name) in words().peoples else ()
    return any(key(known) == key(name) for entry in entries for known in entry.names)


def _thing_key(name: str, kind: EntityType) -> str:
    if kind is EntityType.PLACE:
        return place_key(plain(name))
    return government_key(name) if kind is EntityType.GOVERNMENT_BODY else number_key(name)


def _fullest(names: Sequence[str], kind: EntityType) -> str:
    """The name that says most: most words of substance, then the longest, not an acronym."""
    if kind is EntityType.PERSON:
        return min(names, key=lambda n: (-len(person(n).tokens), len(fold(n)), -len(n), n))
    return min(names, key=lambda n: (untidy(n), is_acronym(n), -len(stem(fold(n))), len(n), n))


def _told(
    claims: Iterable[Claim], owner: Mapping[AppearanceKey, AppearanceKey], bare: Mapping[AppearanceKey, _Bare]
) -> Mapping[AppearanceKey, _Told]:
    """What claims tell of each local."""
    found: dict[AppearanceKey, _Told] = defaultdict(_Told)
    for claim in claims:
        subject = owner.get(claim.subject.appearance)
        if subject is None:
            continue
        other = owner.get(claim.object.appearance) if isinstance(claim.object, Argument) else None
        if claim.role and bare[subject].type is EntityType.PERSON:
            found[subject].roles.append(claim.role)
            if other is not None and bare[other].type in _STATES:
                found[subject].offices.add(claim.role.casefold())
        if other is not None and other != subject:
            found[subject].ties[_context_mark(bare[other])] = _CLAIM
            found[other].ties[_context_mark(bare[subject])] = _CLAIM
    return found


def _offices(thing: _Bare, administrations: frozenset[str], held: Iterable[str]) -> frozenset[str]:
    """The offices of a person by titles, by what claims tell that he holds, and by "the Bush administration" in the same article."""
    if thing.type is not EntityType.PERSON:
        return frozenset()
    told = frozenset[str]().union(*map(offices_of, thing.names)) | load_title_words().unique.intersection(held)
    return told | {ADMINISTRATION} if person(thing.name).last in administrations else told


def _at_home(thing: _Bare, scene: _Scene) -> _Bare:
    """A government body whose country is implied, since the article names only one: "the Senate" becomes that country's Senate.

    It is then no catalogue body of another country ("House of Commons"). Where the article also has a thing with the full name,
    linking kept the two apart within it, and they stay two.
    """
    if thing.type is not EntityType.GOVERNMENT_BODY or len(scene.lands) != 1 or of_country(thing.name)[0]:
        return thing
    (land,) = scene.lands
    told = {country for name in thing.entry.names if (country := of_country(name)[0])} if thing.entry else set()
    if told and land not in told and _is_any_countrys(thing):
        thing = replace(thing, entry=None)
    national = f"{words().countries[land]} {thing.name}"
    mark = f"t/{government_key(national)}"
    if thing.entry or not _is_countrys(thing.name) or mark in scene.marks:
        return thing
    return replace(thing, national=national, mark=mark)


def _is_countrys(name: str) -> bool:
    """Whether a name is one of those by which a country calls its own body: "the Senate"."""
    tokens, table = frozenset(fold(name)), words()
    heads = table.countrys - table.one_bodys if len(tokens) > 2 else table.countrys  # noqa: PLR2004 - "central bank"
    return bool(tokens & heads) and not tokens & table.local


def _is_any_countrys(thing: _Bare) -> bool:
    """Whether the names of a body are those that most countries have a body of, and tell no country."""
    names = [name for name in thing.names if not is_acronym(name)]
    heads = words().countrys - words().one_bodys
    return (
        bool(names)
        and all(_is_countrys(name) and heads.intersection(fold(name)) for name in names)
        and not any(of_country(name)[0] for name in thing.names)
    )


def _context_mark(thing: _Bare) -> str:
    return f"@{thing.entry.id}" if thing.entry else thing.mark


def _local(
    group: Sequence[Appearance],
    bare: Mapping[AppearanceKey, _Bare],
    beside: Iterable[str],
    scene: _Scene,
    told: _Told,
) -> Local:
    own = bare[group[0].key]
    context = {}
    for other in beside:
        thing = bare[other]  # type: ignore[index]
        if other != group[0].key and thing.strong:
            context[_context_mark(thing)] = _WEIGHT[thing.type] * (_KNOWN if thing.entry else 1.0)
    context |= told.ties
    trade = [word for text in (*told.roles, *(d for a in group for d in a.descriptions)) for word in fold(text)]
    return Local(
        key=group[0].key,
        article=group[0].article,
        type=own.type,
        name=own.name,
        names=own.names,
        appearances=tuple(sorted(a.key for a in group)),
        mark=own.mark,
        strong=own.strong,
        entry=own.entry,
        lands=scene.lands,
        regions=scene.regions,
        national=own.national,
        offices=_offices(own, scene.administrations, told.offices),
        sectors=frozenset(s for word in trade for s in words().sectors.get(word, ())),
        context=context,
    )
