"""Names in a block that differ, and can be one thing's all the same: aliases, middle names, surnames, words of the trade.

Each function looks at what is joined so far and yields judgements; `block` carries them out.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from kgraph.linking.article.people import same_person
from kgraph.linking.corpus.evidence import GOOD, NEVER, SHORT, SOME, STRONG, Block, best_shared, groups, judge
from kgraph.linking.corpus.local import ADMINISTRATION, core
from kgraph.linking.corpus.regions import plain
from kgraph.linking.names.keys import Person, acronym_of, fold, is_acronym, key, person, place_key, stem, words
from kgraph.linking.names.spelling import misspelt
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kgraph.linking.clusters import Clusters
    from kgraph.linking.corpus.local import Local
    from kgraph.linking.names.catalogue import Catalogue
    from kgraph.model import Judgement

__all__ = ["aliases", "cities", "city_mark", "person_variants", "surnames", "titled", "trade_names"]

_CITY = ("city", "of")
_FEW = 4
"""Letters of an acronym that may be the name of something else."""


def city_mark(local: Local) -> str | None:
    """The mark of a city that is called "City of …"."""
    tokens = fold(plain(local.name))
    return f"l/{place_key(' '.join(tokens[2:]))}" if local.type is EntityType.PLACE and tokens[:2] == _CITY and tokens[2:] else None


def cities(block: Block) -> Iterator[Judgement]:
    """A city by its full style, "City of Buffalo", unless the catalogue knows a thing of just that name."""
    things = groups(block.locals, block.clusters)
    plainly: dict[str, set[str]] = defaultdict(set)
    for local in block.locals:
        plainly[local.mark].add(block.clusters.root(local.key))
    for local in (first[0] for _, first in sorted(things.items())):
        for root in (roots := plainly.get(city_mark(local) or "", set())) - {block.clusters.root(local.key)}:
            decision = "yes" if len(roots) == 1 and not block.catalogue.find(local.name, EntityType.PLACE) else "unsure"
            why = f"“{local.name}” is the full style of “{things[root][0].name}”"
            yield judge(local.key, root, decision, "short name", why, 0.85)


def titled(block: Block) -> Iterator[Judgement]:
    """A surname with a title of office: whom some article calls "President George Bush" is "President Bush" where only he can be."""
    people = [local for local in block.locals if local.type is EntityType.PERSON]
    bearers = _bearers((local for local in people if local.strong), block.clusters)
    people_of = groups(people, block.clusters)
    for short in people:
        if short.strong or not short.offices:
            continue
        surname = person(short.name).surname
        told = sorted(short.offices - {ADMINISTRATION}) or [ADMINISTRATION]
        found: dict[str, tuple[Local, str]] = {}
        for office in told:
            for root, local in bearers.get((surname, office), {}).items():
                found.setdefault(root, (local, office))
        for root, (local, office) in sorted(found.items()):
            as_what = f"with an {office}" if office == ADMINISTRATION else f"as {office}"
            why = f"“{short.name}” is told of {as_what}, as “{local.name}” is elsewhere"
            need = GOOD if surname in words().common_surnames else 0.0
            decision = "yes" if len(found) == 1 and best_shared([short], people_of[root]) >= need else "unsure"
            yield judge(short.key, root, decision, "surname", why, 0.8)


def _bearers(people: Iterable[Local], clusters: Clusters) -> dict[tuple[str, str], dict[str, Local]]:
    """Who bears a surname in an office: the clusters, each with the first local that tells it; a president has an administration."""
    found: dict[tuple[str, str], dict[str, Local]] = defaultdict(dict)
    for local in people:
        heads = {ADMINISTRATION} if local.offices & words().administrations else frozenset[str]()
        for office in local.offices | heads:
            found[person(local.name).surname, office].setdefault(clusters.root(local.key), local)
    return found


def aliases(block: Block) -> Iterator[Judgement]:
    """A name that stands alone in one article and beside a fuller one in another."""
    claimed: dict[str, set[str]] = defaultdict(set)
    full: dict[str, Local] = {}
    for local in block.locals:
        for other in local.keys - {local.mark}:
            claimed[other].add(block.clusters.root(local.key))
            full.setdefault(other, local)
    things = groups(block.locals, block.clusters)
    for root, group in sorted(things.items()):
        for mark in sorted({local.mark for local in group}):
            owners = sorted(claimed.get(mark, set()) - {root})
            if len(owners) != 1:
                continue
            short = next(local for local in group if local.mark == mark)
            common = best_shared(group, things[owners[0]])
            why = f"another article uses “{short.name}” for “{full[mark].name}”"
            decision = "yes" if common >= _evidence_for_alias(short, full[mark], block.catalogue) else "unsure"
            yield judge(root, owners[0], decision, "alias", why, 0.9 if common >= SOME else 0.8)


def _evidence_for_alias(short: Local, full: Local, catalogue: Catalogue) -> float:
    """How much context it takes to believe an alias in another article: none where the name is plainly made from the full one."""
    own, long = stem(fold(short.name)), stem(fold(full.name))
    longer = len(long) > len(own) > 0
    of_it = longer and long[-len(own) :] == own and long[-len(own) - 1] in {"of", "the"}
    model = longer and long[: len(own)] == own and full.type is EntityType.PRODUCT
    if of_it or model or (short.entry is not None and full.entry is not short.entry):
        return NEVER
    if catalogue.ordinary(short.name) or (is_acronym(short.name) and len(key(short.name)) <= SHORT):
        return STRONG
    if any(acronym_of(short.name, name) for name in full.names):
        return 0.0 if len(key(short.name)) > _FEW else SOME
    if short.type is not full.type or short.type is EntityType.GOVERNMENT_BODY:
        return GOOD  # other countries have a Supreme Court too
    return 0.0 if _plainly_short(own, long, full.type) else GOOD


def _plainly_short(own: tuple[str, ...], long: tuple[str, ...], kind: EntityType) -> bool:
    """Whether a name is another one without words that people leave out, or the same with a letter wrong."""
    table = words()
    if len(own) > len(long) or misspelt(own, long):
        return True
    if kind is EntityType.PRODUCT:
        return long[-len(own) :] == own
    rest = long[len(own) :]
    return long[: len(own)] == own and bool(rest) and (rest[0] == "of" or all(word in table.descriptors - table.units for word in rest))


def person_variants(block: Block) -> Iterator[Judgement]:
    """Middle names, short given names and misspelt ones, under one surname."""
    people = [local for local in block.locals if local.type is EntityType.PERSON and local.strong]
    by_mark: dict[str, list[Local]] = defaultdict(list)
    for local in people:
        by_mark[local.mark].append(local)
    marks = sorted(by_mark)
    for i, one in enumerate(marks):
        for other in marks[i + 1 :]:
            left, right = by_mark[one], by_mark[other]
            a, b = person(left[0].name), person(right[0].name)
            misspelt = a.surname == b.surname and min(len(a.given or ""), len(b.given or "")) > SHORT + 1
            misspelt = misspelt and OSA.distance(a.given or "", b.given or "", score_cutoff=1) == 1
            if not misspelt and not same_person(a, b):
                continue
            told = _calls(left, b) or _calls(right, a)
            need = 0.0 if told else GOOD if a.last in words().common_surnames else SOME if misspelt else 0.0
            common = best_shared(left, right)
            why = f"“{left[0].name}” and “{right[0].name}” can be one person"
            decision = "yes" if common >= need else "unsure"
            yield judge(left[0].key, right[0].key, decision, "person name", why, 0.85 if common >= STRONG else 0.75)


def _calls(group: Iterable[Local], name: Person) -> bool:
    """Whether an article calls a person by that full name too."""
    return any(person(other).tokens == name.tokens for local in group for other in local.names)


def surnames(block: Block) -> Iterator[Judgement]:
    """A surname alone joins a full name only by a relation to the same thing, or much the same company."""
    full = groups([local for local in block.locals if local.type is EntityType.PERSON and local.strong], block.clusters)
    for short in (local for local in block.locals if local.type is EntityType.PERSON and not local.strong):
        surname = person(short.name).surname
        scores = []
        for root, group in sorted(full.items()):
            parts = person(group[0].name)
            if surname in {parts.surname, parts.last}:
                scores.append((best_shared([short], group), root, group[0].name))
        scores.sort(key=lambda s: (-s[0], s[1]))
        if not scores:
            continue
        clear = len(scores) == 1 or scores[0][0] >= 2 * scores[1][0]
        need = STRONG if surname not in words().common_surnames else 2 * STRONG
        why = f"“{short.name}” has the surname of “{scores[0][2]}” and the same things beside it"
        yield judge(short.key, scores[0][1], "yes" if clear and scores[0][0] >= need else "unsure", "surname", why, 0.8)


def trade_names(block: Block) -> Iterator[Judgement]:
    """A name with and without its trade words, such as Tyco and Tyco International, that no article ties together."""
    by_mark: dict[str, list[Local]] = defaultdict(list)
    for local in block.locals:
        if local.mark.startswith("t/"):
            by_mark[local.mark].append(local)
    for mark in sorted(by_mark):
        long = by_mark[mark][0]
        brief = by_mark.get(f"t/{core(long.full_name)}")
        if not brief or brief[0].mark == mark:
            continue
        common = best_shared(brief, by_mark[mark])
        need = _evidence_for_trade_name(long, brief[0], block.catalogue)
        why = f"“{long.name}” is “{brief[0].name}” with words of the trade"
        yield judge(long.key, brief[0].key, "yes" if common >= need else "unsure", "short name", why, 0.75)


def _evidence_for_trade_name(long: Local, brief: Local, catalogue: Catalogue) -> float:
    """How much context it takes: none for "Baugur Group", much where either name could be another thing's."""
    own = stem(fold(brief.name))
    rest = stem(fold(long.name))[len(own) :]
    group = all(word in words().group for word in rest)
    known_apart = brief.entry is not None and not group
    if rest == ("index",) and long.type is brief.type is EntityType.PRODUCT:
        return GOOD
    if long.type is not brief.type or long.type is not EntityType.ORGANIZATION or known_apart or catalogue.is_place(brief.name):
        return NEVER
    if catalogue.ordinary(brief.name) or len("".join(own)) <= SHORT or (is_acronym(brief.name) and not group):
        return STRONG
    return 0.0 if group else GOOD
