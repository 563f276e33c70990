"""Which appearances of one article are one thing: full and short names, initials, parts of people's names, catalogue names.

Rules run in order from the surest to the least sure, so that a later one sees the clusters of the earlier ones. A rule
joins only where one candidate is left: two possible readings mean none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kgraph.linking.article.people import bar_different_people, join_people, titles_agree
from kgraph.linking.article.scene import Proposal, Scene, pairs
from kgraph.linking.article.shortening import join_short_names
from kgraph.linking.names.keys import acronym_of, fold, is_acronym, key, of_country, person, stem
from kgraph.linking.names.spelling import misspelt, spellings
from kgraph.model import Appearance, Argument, EntityType, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kgraph.linking.clusters import Clusters
    from kgraph.linking.names.catalogue import Catalogue
    from kgraph.model import Claim

__all__ = ["join_article"]

_TRADED = "tradedOn"


def join_article(appearances: Sequence[Appearance], claims: Iterable[Claim], clusters: Clusters, catalogue: Catalogue) -> list[Judgement]:
    """Joins the appearances of one article in `clusters` and says why.

    Only joins of different names are reported: the same name in one article needs no reason.
    """
    scene = Scene(appearances=tuple(sorted(appearances, key=lambda a: (a.start, a.key))), clusters=clusters, catalogue=catalogue)
    bar_different_people(scene)
    _bar_different_entries(scene)
    _bar_different_countries(scene)
    _bar_related(scene, claims)
    return [
        Judgement(left=p.left, right=p.right, decision="yes", by=p.rule, why=p.why, score=p.score)
        for rule in _RULES
        for p in rule(scene)  # a generator: it sees what its own proposals have joined
        if clusters.join(p.left, p.right) and p.why
    ]


def _bar_different_entries(scene: Scene) -> None:
    """Two things that the catalogue knows apart never meet: The Times and the Financial Times."""
    known = [(a, e) for a in scene.of("thing", "product") if (e := scene.catalogue.match(a.names, a.type))]
    for i, j in pairs(fold(a.name) for a, _ in known):
        (left, one), (right, other) = known[i], known[j]
        if one.id != other.id and key(left.name) != key(right.name):
            scene.clusters.bar(left.key, right.key)


def _bar_different_countries(scene: Scene) -> None:
    """Two countries' bodies of one name never meet: Ghana's Supreme Court and that of the United States."""
    bodies = [a for a in scene.of("thing") if a.type is EntityType.GOVERNMENT_BODY]
    told = [(a, *of_country(name)) for a in bodies for name in a.names]
    for i, j in pairs([rest] if country else () for _, country, rest in told):
        (left, one, _), (right, other, _) = told[i], told[j]
        if one != other and left is not right:
            scene.clusters.bar(left.key, right.key)


def _bar_related(scene: Scene, claims: Iterable[Claim]) -> None:
    """Two things of one type that the article relates to each other never meet: Siemens sells shares of Siemens Energy.

    Those of one name still may, and so may a firm and its ticker, which is easily read as the place where its shares are traded.
    """
    types = {a.key: a.type for a in scene.appearances}
    names = {a.key: key(a.name) for a in scene.appearances}
    for claim in claims:
        if isinstance(claim.object, Argument) and claim.predicate != _TRADED:
            left, right = claim.subject.appearance, claim.object.appearance
            if left != right and types[left] is types[right] and names[left] != names[right]:
                scene.clusters.bar(left, right)


def _same_name(scene: Scene) -> Iterator[Proposal]:
    """One spelling apart from case, punctuation, legal form, plural and the place of the country."""
    by_key: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in scene.appearances:
        for found in sorted(_keys(appearance)):
            by_key[found].append(appearance)
    for group in by_key.values():
        for other in group[1:]:
            why = "" if key(other.name) == key(group[0].name) else f"“{other.name}” and “{group[0].name}” are one name"
            yield Proposal(left=group[0].key, right=other.key, rule="same name", why=why, score=1.0)


def _keys(appearance: Appearance) -> set[str]:
    """The spellings of all its names; of a person's the full ones only, for a surname may be shared."""
    kind = appearance.type
    names = [n for n in appearance.names if n == appearance.name or kind is not EntityType.PERSON or person(n).full]
    return {spelling for name in names for spelling in spellings(name, kind)}


def _catalogued(scene: Scene) -> Iterator[Proposal]:
    """Two names of one entry of the catalogue, or a name and the ticker of its entry."""
    tickers = {a.name: a for a in reversed(scene.appearances) if a.name.isupper()}
    entries: dict[str, Appearance] = {}
    for appearance in scene.appearances:
        entry = scene.catalogue.match(appearance.names, appearance.type)
        if entry is None:
            continue
        if entry.ticker in tickers and entry.ticker not in appearance.names:
            why = f"“{entry.ticker}” is the ticker of {entry.label}"
            yield Proposal(left=appearance.key, right=tickers[entry.ticker].key, rule="catalogue", why=why, score=0.9)
        first = entries.setdefault(entry.id, appearance)
        if first is not appearance and first.type in {appearance.type, *_JOINT.get(appearance.type, ())}:
            why = f"“{first.name}” and “{appearance.name}” are names of {entry.label} in the catalogue"
            yield Proposal(left=first.key, right=appearance.key, rule="catalogue", why=why, score=0.98)


_JOINT = {
    EntityType.ORGANIZATION: (EntityType.GOVERNMENT_BODY,),
    EntityType.GOVERNMENT_BODY: (EntityType.ORGANIZATION,),
}


def _acronyms(scene: Scene) -> Iterator[Proposal]:
    """Initials: General Motors is GM, where nothing else in the article has these initials."""
    for family in (("thing",), ("product",), ("place",)):
        things = scene.of(*family)
        for short in things:
            if not is_acronym(short.name):
                continue
            full = [a for a in things if any(acronym_of(short.name, name) for name in a.names if not is_acronym(name))]
            if target := scene.only(full):
                why = f"“{short.name}” are the initials of “{target.name}”"
                yield Proposal(left=target.key, right=short.key, rule="acronym", why=why, score=0.95)


def _misspellings(scene: Scene) -> Iterator[Proposal]:
    """Netfilx for Netflix, Mr Umanna for Chuka Umunna."""
    for family in ("thing", "product"):
        things = [(a, stem(fold(a.name))) for a in scene.of(family)]
        for i, j in pairs(_but_one(tokens) for _, tokens in things):
            if misspelt(things[i][1], things[j][1]):
                yield _letter(things[i][0], things[j][0])
    people = [(a, person(a.name)) for a in scene.of("person")]
    for short, p in people:
        if not p.full:
            close = [
                a
                for a, q in people
                if q.full and q.surname[0] == p.surname[0] and misspelt((p.surname,), (q.surname,)) and titles_agree(p, q)
            ]
            if target := scene.only(close):
                yield _letter(target, short)


def _but_one(tokens: tuple[str, ...]) -> list[tuple[object, ...]]:
    """Words with one of them cut to its first letter, each in turn: misspelt names have one such form in common."""
    return [(*tokens[:i], word[0], len(tokens), *tokens[i + 1 :]) for i, word in enumerate(tokens)]


def _letter(left: Appearance, right: Appearance) -> Proposal:
    why = f"“{left.name}” and “{right.name}” differ by one letter"
    return Proposal(left=left.key, right=right.key, rule="spelling", why=why, score=0.85)


def _across_types(scene: Scene) -> Iterator[Proposal]:
    """One name with two types in one article is one thing that was read in two ways; but a surname may be a company's too.

    A single word joins only the much more frequent reading, and only where the catalogue does not know it as what it was read.
    """
    by_key: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in scene.appearances:
        for found in sorted({key(name) for name in appearance.names}):
            by_key[found].append(appearance)
    for group in by_key.values():
        usual = max(group, key=lambda a: (a.count, -a.start))
        for other in group:
            rare = other.count * _RARELY <= usual.count and not scene.catalogue.find(other.name, other.type)
            if other is not usual and (rare or (len(fold(other.name)) > 1 and key(other.name) == key(usual.name))):
                yield Proposal(left=usual.key, right=other.key, rule="same name", why="", score=0.9)


_RARELY = 2
"""How many times rarer a wrong reading of a name is than the right one, at least."""


_RULES = (_same_name, _catalogued, join_people, _acronyms, join_short_names, _misspellings, _across_types)
