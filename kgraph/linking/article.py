"""Which appearances of one article are one thing: full and short names, initials, parts of people's names, catalogue names.

Rules run in order from the surest to the least sure, so that a later one sees the clusters of the earlier ones. A rule
joins only where one candidate is left: two possible readings mean none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from kgraph.linking.names import Person, acronym_of, compact, fold, is_acronym, key, person, singular, stem, words
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
_TYPO_MIN = 6
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
            if not same_person(a, b) and not _misspelt(left.name, right.name):
                scene.clusters.bar(left.key, right.key)


def same_person(a: Person, b: Person) -> bool:
    """Whether two full names can be one person's: surname, given name or its short form, no middle name against."""
    if a.surname != b.surname and a.last != b.last:
        return False
    if a.given is None or b.given is None:
        return False
    given = (
        a.given == b.given
        or b.given in words().nicknames.get(a.given, ())
        or (1 in {len(a.given), len(b.given)} and a.given[0] == b.given[0])
    )
    middle = not a.middle or not b.middle or a.middle[0][0] == b.middle[0][0]
    return given and middle and (a.suffix is None or b.suffix is None or a.suffix == b.suffix)


def _same_name(scene: _Scene) -> Iterator[_Proposal]:
    """One spelling apart from case, punctuation and legal form; products also in the plural."""
    by_key: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in scene.of("thing", "product", "place"):
        for found in sorted(
            {key(name) for name in appearance.names} | ({singular(key(appearance.name))} if _plural(appearance) else set())
        ):
            by_key[found].append(appearance)
    for appearance in scene.of("person"):
        for name in appearance.names:
            by_key["/" + "".join(person(name).tokens)].append(appearance)
    for group in by_key.values():
        for other in group[1:]:
            why = "" if key(other.name) == key(group[0].name) else f"“{other.name}” and “{group[0].name}” share a name"
            yield _Proposal(left=group[0].key, right=other.key, rule="same name", why=why, score=1.0)


def _plural(appearance: Appearance) -> bool:
    return appearance.type is EntityType.PRODUCT


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
            if same_person(a, b):
                why = f"“{left.name}” and “{right.name}” have one surname and matching given names"
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
    """A short name that begins or ends one longer name: Tyco for Tyco International, Vista for Windows Vista."""
    for family in ("thing", "product", "place"):
        things = scene.of(family)
        tokens = {a.key: sorted({stem(fold(name)) for name in a.names}) for a in things}
        for short in things:
            own = stem(fold(short.name))
            longer = [a for a in things if a is not short and any(len(t) > len(own) and _holds(t, own) for t in tokens[a.key])]
            good = [a for a in longer if any(_same_thing(own, t, family, a, short) for t in tokens[a.key])]
            target = scene.only(good) if family == "product" or scene.only(longer) else None
            if target is None and (plain := [a for a in good if any(_plainly(own, t) for t in tokens[a.key])]):
                target = scene.only(plain)
            if target:
                why = f"“{short.name}” is short for “{target.name}”, the only such name in the article"
                yield _Proposal(left=target.key, right=short.key, rule="short name", why=why, score=0.85)


def _holds(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return long[: len(short)] == short or long[-len(short) :] == short


def _plainly(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the longer name adds words of the trade only."""
    return long[: len(short)] == short and all(word in words().descriptors - words().units for word in long[len(short) :])


def _same_thing(short: tuple[str, ...], long: tuple[str, ...], family: str, full: Appearance, brief: Appearance) -> bool:
    """Whether a contained name can stand for the longer one."""
    if len(long) <= len(short) or not _holds(long, short):
        return False
    begins = long[: len(short)] == short
    rest = long[len(short) :] if begins else long[: -len(short)]
    table = words()
    if family == "place":
        return (begins and ("," in full.name or all(w in {"city", "region", "river"} for w in rest))) or (
            not begins and rest[0] in table.openers and rest[-1] == "of"
        )
    if family == "product":
        return _same_product(short, rest, full, begins=begins)
    if not begins:
        return full.type is EntityType.GOVERNMENT_BODY or all(w in table.openers for w in rest) or len(short[-1]) > 3  # noqa: PLR2004
    if all(word in table.general for word in short) and full.start > brief.start:
        return False
    return all((word in table.descriptors and word not in table.units) or word in table.legal for word in rest)


def _same_product(short: tuple[str, ...], rest: tuple[str, ...], full: Appearance, *, begins: bool) -> bool:
    """A maker's name may be left out before a product; after it only a common noun may."""
    if not begins:
        return not any(any(c.isdigit() for c in word) for word in rest) or any(c.isdigit() for c in short[0])
    written = [w for w in full.name.split() if fold(w) and fold(w)[0] in rest]
    return bool(written) and all(w.islower() for w in written)


def _misspelt(a: str, b: str) -> bool:
    """One letter wrong, missing, doubled or swapped in a word that is long enough, digits apart."""
    x, y = compact(fold(a)), compact(fold(b))
    if min(len(x), len(y)) < _TYPO_MIN or x[0] != y[0] or [c for c in x if c.isdigit()] != [c for c in y if c.isdigit()]:
        return False
    return singular(x) != y and x != singular(y) and OSA.distance(x, y, score_cutoff=1) <= 1


def _misspellings(scene: _Scene) -> Iterator[_Proposal]:
    """Netfilx for Netflix."""
    for family in ("thing", "product", "person"):
        things = scene.of(family)
        for i, left in enumerate(things):
            for right in things[i + 1 :]:
                if _misspelt(left.name, right.name):
                    why = f"“{left.name}” and “{right.name}” differ by one letter"
                    yield _Proposal(left=left.key, right=right.key, rule="spelling", why=why, score=0.85)


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
