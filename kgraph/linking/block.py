"""Which locals of different articles are one thing, inside one block of locals whose names could meet.

Four steps, from the surest to the least sure: the same name, one entry of the catalogue, an alias that some article
establishes, and variants of a name that need evidence from the context. A decision looks only at the block and at
the contexts of its locals, so that a block can be decided again on its own when an article is added.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from kgraph.linking.local import core
from kgraph.linking.names import acronym_of, fold, is_acronym, key, person, stem, words
from kgraph.linking.people import same_person
from kgraph.linking.regions import by_region
from kgraph.linking.spelling import misspelt
from kgraph.model import EntityType, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kgraph.linking.catalogue import Catalogue
    from kgraph.linking.clusters import Clusters
    from kgraph.linking.local import Local

__all__ = ["block_keys", "decide"]

SOME = 0.35
"""Shared context that is more than chance: one known organisation, say."""
GOOD = 0.7
"""A person, an organisation or a product that few articles name."""
STRONG = 1.5
"""The same relation to the same thing, or several good neighbours."""
NEVER = math.inf
_CLEARLY = 3
"""How many times more articles the usual bearer of a name has, so that it gets those that say nothing."""
_SHORT = 3
"""Acronyms up to this length stand for many things."""


def block_keys(local: Local) -> Iterator[str]:
    """The keys under which a local may meet another; locals without a key in common are never compared."""
    if local.entry is not None:
        yield f"@{local.entry.id}"
    if local.type is EntityType.PERSON:
        yield f"p/{person(local.name).last}"
        return
    yield from sorted(local.keys)
    if local.mark.startswith("t/"):
        yield f"t/{core(local.name)}"


def shared(a: Local, b: Local) -> float:
    """How much context two locals have in common."""
    small, large = sorted((a.context, b.context), key=len)
    return sum(min(weight, large[mark]) for mark, weight in small.items() if mark in large)


def decide(block: Sequence[Local], clusters: Clusters, catalogue: Catalogue) -> list[Judgement]:
    """Joins the locals of a block in `clusters`; returns the decisions that were not plain, doubts included."""
    locals_ = sorted(block, key=lambda local: local.key)
    found: list[Judgement] = []
    by_mark: dict[str, list[Local]] = defaultdict(list)
    for local in locals_:
        if local.strong:
            by_mark[local.mark].append(local)
    for mark in sorted(by_mark):
        found += _same_name(by_mark[mark], clusters, catalogue)
    found += _catalogued(locals_, clusters)
    scene = _Scene(locals=locals_, clusters=clusters, catalogue=catalogue)
    for step in (_aliases, _person_variants, _surnames, _trade_names):
        found += _apply(sorted(step(scene), key=lambda j: (-j.score, j.left, j.right)), scene)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """A block and what is joined of it so far."""

    locals: Sequence[Local]
    clusters: Clusters
    catalogue: Catalogue


def _apply(judgements: Iterable[Judgement], scene: _Scene) -> Iterator[Judgement]:
    """Carries judgements out; what one article keeps apart is a doubt, not a join."""
    clusters = scene.clusters
    by_key = {local.key: local for local in scene.locals}
    for judgement in judgements:
        left, right = (clusters.root(side) for side in (judgement.left, judgement.right))
        if left == right:
            continue
        articles = ({by_key[k].article for k in clusters.members(side)} for side in (left, right))
        if judgement.decision == "yes" and not set.intersection(*articles):
            if clusters.join(left, right):
                yield judgement
        elif not clusters.barred(left, right):
            yield _judge(judgement.left, judgement.right, "unsure", judgement.by, judgement.why, min(judgement.score, 0.5))


def _judge(left: str, right: str, decision: str, by: str, why: str, score: float) -> Judgement:
    return Judgement(left=min(left, right), right=max(left, right), decision=decision, by=by, why=why, score=score)


def _join_all(group: Sequence[Local], clusters: Clusters) -> None:
    for other in group[1:]:
        clusters.join(group[0].key, other.key)


def _vague(local: Local, catalogue: Catalogue) -> bool:
    """Whether a name can name many things, so that it needs evidence."""
    if local.type is EntityType.PERSON:
        parts = person(local.name)
        table = words()
        return parts.given in table.common_given and parts.last in table.common_surnames
    if local.entry is None and is_acronym(local.name) and len(key(local.name)) <= _SHORT:
        return True
    tokens = stem(fold(local.name))
    generic = len(tokens) <= 1 or local.type is EntityType.GOVERNMENT_BODY or tokens[-1] in words().general
    return generic and catalogue.ordinary(local.name) and not (local.entry and local.type is EntityType.GOVERNMENT_BODY)


def _same_name(group: Sequence[Local], clusters: Clusters, catalogue: Catalogue) -> Iterator[Judgement]:
    """Locals under one full name: one thing, unless the name is vague and the contexts differ, or places lie in different regions."""
    if group[0].type is EntityType.PLACE:
        for part in by_region(group):
            _join_all(part, clusters)
    elif not any(_vague(local, catalogue) for local in group) and not _may_be_two(group):
        _join_all(group, clusters)
    elif group[0].type is EntityType.PERSON:
        yield from _by_context(group, clusters, GOOD)
    elif any(local.type is EntityType.GOVERNMENT_BODY and local.entry is None for local in group):
        yield from _by_context(group, clusters, STRONG if len(fold(group[0].name)) == 1 else GOOD)
    else:
        yield from _by_sector(group, clusters, catalogue)


def _may_be_two(group: Sequence[Local]) -> bool:
    """Whether a name of one word, of nothing well known, is told of in two trades."""
    if not group[0].mark.startswith("t/") or len(stem(fold(group[0].name))) > 1 or any(e.same_as for local in group if (e := local.entry)):
        return False
    return len(frozenset[str]().union(*(local.sectors for local in group))) > 1


def _by_context(group: Sequence[Local], clusters: Clusters, least: float) -> Iterator[Judgement]:
    """Joins only locals that share context: for people with common names, and "the Senate"."""
    for left, right, common in _neighbours(group):
        if common >= least and clusters.join(left.key, right.key):
            yield _judge(left.key, right.key, "yes", "context", f"two articles name “{left.name}” beside the same things", 0.9)
    roots = sorted({clusters.root(local.key) for local in group})
    for root in roots[1:]:
        yield _judge(roots[0], root, "unsure", "context", f"“{group[0].name}” is a common name and nothing else is shared", 0.4)


def _neighbours(group: Sequence[Local]) -> Iterator[tuple[Local, Local, float]]:
    """Pairs of locals with a neighbour in common: each with the first that has it, so that it stays linear."""
    first: dict[str, Local] = {}
    for local in group:
        partners = {first[mark].key: first[mark] for mark in local.context if mark in first}
        for partner in sorted(partners):
            yield partners[partner], local, shared(partners[partner], local)
        for mark in sorted(local.context):
            first.setdefault(mark, local)


def _by_sector(group: Sequence[Local], clusters: Clusters, catalogue: Catalogue) -> Iterator[Judgement]:
    """Joins locals of one trade, and others that share context or, if they say nothing, by the usual meaning of the name."""
    trades: dict[str, Local] = {}
    for local in group:
        for sector in sorted(local.sectors):
            clusters.join(trades.setdefault(sector, local).key, local.key)
    for left, right, common in _neighbours(group):
        if common >= STRONG or (common >= SOME and not (left.sectors and right.sectors)):
            clusters.join(left.key, right.key)
    told: dict[str, list[Local]] = defaultdict(list)
    for local in group:
        if local.sectors:
            told[clusters.root(local.key)].append(local)
    sizes = sorted(((len(clusters.members(root)), root) for root in told), key=lambda pair: (-pair[0], pair[1]))
    known = any(local.entry is not None for local in group)
    if known or not _vague(group[0], catalogue):
        home = sizes[0][1] if sizes else group[0].key
        clear = known or len(sizes) < 2 or sizes[0][0] >= _CLEARLY * sizes[1][0]  # noqa: PLR2004
        rest = [local for local in group if clusters.root(local.key) not in told]
        _join_all([*([local for local in group if local.key == home] if clear else []), *rest], clusters)
    for _, root in sizes[1:]:
        kinds = " and ".join(sorted({s for local in told[root] for s in local.sectors})[:2])
        yield _judge(sizes[0][1], root, "no", "context", f"“{group[0].name}” is also something else here: {kinds}", 0.8)


def _catalogued(block: Sequence[Local], clusters: Clusters) -> Iterator[Judgement]:
    """Different names of one entry; where one name was kept apart by its contexts, only its largest part is the entry."""
    by_entry: dict[str, list[Local]] = defaultdict(list)
    for local in block:
        if local.entry is not None and local.strong:
            by_entry[local.entry.id].append(local)
    for locals_ in (by_entry[entry] for entry in sorted(by_entry)):
        best: dict[str, str] = {}
        for local in locals_:
            root = clusters.root(local.key)
            size = len(clusters.members(root))
            if local.mark not in best or (-size, root) < (-len(clusters.members(best[local.mark])), best[local.mark]):
                best[local.mark] = root
        marks = sorted(best)
        names = {local.mark: local.name for local in reversed(locals_)}
        for mark in marks[1:]:
            if clusters.join(best[marks[0]], best[mark]):
                label = locals_[0].entry.label if locals_[0].entry else ""
                why = f"“{names[marks[0]]}” and “{names[mark]}” are names of {label} in the catalogue"
                yield _judge(best[marks[0]], best[mark], "yes", "catalogue", why, 0.97)


def _groups(block: Iterable[Local], clusters: Clusters) -> dict[str, list[Local]]:
    groups: dict[str, list[Local]] = defaultdict(list)
    for local in block:
        groups[clusters.root(local.key)].append(local)
    return groups


def _best_shared(left: Sequence[Local], right: Sequence[Local]) -> float:
    """The most context that a local of one side shares with one of the other; of large sides the first are looked at."""
    return max(shared(a, b) for a in left[:_LOOK] for b in right[:_LOOK])


_LOOK = 40


def _aliases(scene: _Scene) -> Iterator[Judgement]:
    """A name that stands alone in one article and beside a fuller one in another."""
    claimed: dict[str, set[str]] = defaultdict(set)
    full: dict[str, Local] = {}
    for local in scene.locals:
        for other in local.keys - {local.mark}:
            claimed[other].add(scene.clusters.root(local.key))
            full.setdefault(other, local)
    groups = _groups(scene.locals, scene.clusters)
    for root, group in sorted(groups.items()):
        for mark in sorted({local.mark for local in group}):
            owners = sorted(claimed.get(mark, set()) - {root})
            if len(owners) != 1:
                continue
            short = next(local for local in group if local.mark == mark)
            common = _best_shared(group, groups[owners[0]])
            why = f"another article uses “{short.name}” for “{full[mark].name}”"
            decision = "yes" if common >= _evidence_for_alias(short, full[mark], scene.catalogue) else "unsure"
            yield _judge(root, owners[0], decision, "alias", why, 0.9 if common >= SOME else 0.8)


def _evidence_for_alias(short: Local, full: Local, catalogue: Catalogue) -> float:
    """How much context it takes to believe an alias in another article: none where the name is plainly made from the full one."""
    own, long = stem(fold(short.name)), stem(fold(full.name))
    longer = len(long) > len(own) > 0
    of_it = longer and long[-len(own) :] == own and long[-len(own) - 1] in {"of", "the"}
    model = longer and long[: len(own)] == own and full.type is EntityType.PRODUCT
    if of_it or model or (short.entry is not None and full.entry is not short.entry):
        return NEVER
    if catalogue.ordinary(short.name) or (is_acronym(short.name) and len(key(short.name)) <= _SHORT):
        return STRONG
    if any(acronym_of(short.name, name) for name in full.names):
        return 0.0
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


def _person_variants(scene: _Scene) -> Iterator[Judgement]:
    """Middle names, short given names and misspelt ones, under one surname."""
    people = [local for local in scene.locals if local.type is EntityType.PERSON and local.strong]
    by_mark: dict[str, list[Local]] = defaultdict(list)
    for local in people:
        by_mark[local.mark].append(local)
    marks = sorted(by_mark)
    for i, one in enumerate(marks):
        for other in marks[i + 1 :]:
            left, right = by_mark[one], by_mark[other]
            a, b = person(left[0].name), person(right[0].name)
            misspelt = a.surname == b.surname and min(len(a.given or ""), len(b.given or "")) > _SHORT + 1
            misspelt = misspelt and OSA.distance(a.given or "", b.given or "", score_cutoff=1) == 1
            if not misspelt and not same_person(a, b):
                continue
            need = GOOD if a.last in words().common_surnames else SOME if misspelt else 0.0
            common = _best_shared(left, right)
            why = f"“{left[0].name}” and “{right[0].name}” can be one person"
            decision = "yes" if common >= need else "unsure"
            yield _judge(left[0].key, right[0].key, decision, "person name", why, 0.85 if common >= STRONG else 0.75)


def _surnames(scene: _Scene) -> Iterator[Judgement]:
    """A surname alone joins a full name only by a relation to the same thing, or much the same company."""
    full = _groups([local for local in scene.locals if local.type is EntityType.PERSON and local.strong], scene.clusters)
    for short in (local for local in scene.locals if local.type is EntityType.PERSON and not local.strong):
        surname = person(short.name).surname
        scores = []
        for root, group in sorted(full.items()):
            parts = person(group[0].name)
            if surname in {parts.surname, parts.last}:
                scores.append((_best_shared([short], group), root, group[0].name))
        scores.sort(key=lambda s: (-s[0], s[1]))
        if not scores:
            continue
        clear = len(scores) == 1 or scores[0][0] >= 2 * scores[1][0]
        need = STRONG if surname not in words().common_surnames else 2 * STRONG
        why = f"“{short.name}” has the surname of “{scores[0][2]}” and the same things beside it"
        yield _judge(short.key, scores[0][1], "yes" if clear and scores[0][0] >= need else "unsure", "surname", why, 0.8)


def _trade_names(scene: _Scene) -> Iterator[Judgement]:
    """A name with and without its trade words, such as Tyco and Tyco International, that no article ties together."""
    by_mark: dict[str, list[Local]] = defaultdict(list)
    for local in scene.locals:
        if local.mark.startswith("t/"):
            by_mark[local.mark].append(local)
    for mark in sorted(by_mark):
        long = by_mark[mark][0]
        brief = by_mark.get(f"t/{core(long.name)}")
        if not brief or brief[0].mark == mark:
            continue
        common = _best_shared(brief, by_mark[mark])
        need = _evidence_for_trade_name(long, brief[0], scene.catalogue)
        why = f"“{long.name}” is “{brief[0].name}” with words of the trade"
        yield _judge(long.key, brief[0].key, "yes" if common >= need else "unsure", "short name", why, 0.75)


def _evidence_for_trade_name(long: Local, brief: Local, catalogue: Catalogue) -> float:
    """How much context it takes: none for "Baugur Group", much where either name could be another thing's."""
    own = stem(fold(brief.name))
    rest = stem(fold(long.name))[len(own) :]
    group = all(word in words().group for word in rest)
    known_apart = brief.entry is not None and not group
    if long.type is not brief.type or long.type is not EntityType.ORGANIZATION or known_apart or catalogue.is_place(brief.name):
        return NEVER
    if catalogue.ordinary(brief.name) or len("".join(own)) <= _SHORT or (is_acronym(brief.name) and not group):
        return STRONG
    return 0.0 if group else GOOD
