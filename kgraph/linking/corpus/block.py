"""Which locals of different articles are one thing, inside one block of locals whose names could meet.

Four steps, from the surest to the least sure: the same name, one entry of the catalogue, an alias that some article
establishes, and variants of a name that need evidence from the context. A decision looks only at the block and at
the contexts of its locals, so that a block can be decided again on its own when an article is added.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from kgraph.linking.article.people import same_person
from kgraph.linking.corpus.evidence import CLEARLY, GOOD, SHORT, SOME, STRONG, Block, judge, shared
from kgraph.linking.corpus.local import core
from kgraph.linking.corpus.regions import by_region
from kgraph.linking.corpus.slips import slip_keys, slips
from kgraph.linking.corpus.variants import aliases, cities, city_mark, person_variants, surnames, titled, trade_names
from kgraph.linking.names.keys import Person, fold, is_acronym, key, of_country, person, stem, words
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kgraph.linking.clusters import Clusters
    from kgraph.linking.corpus.local import Local
    from kgraph.linking.names.catalogue import Catalogue
    from kgraph.model import Judgement

__all__ = ["block_keys", "decide"]

_WORD_MIN = 4
"""Letters of a word that says something."""
_EMPLOYERS = frozenset({EntityType.ORGANIZATION, EntityType.GOVERNMENT_BODY})
_ALMOST_TELLING = 3
"""More such words make the name of a body one of its own; this many do in one country."""


def block_keys(local: Local) -> Iterator[str]:
    """The keys under which a local may meet another; locals without a key in common are never compared."""
    if local.entry is not None:
        yield f"@{local.entry.id}"
    yield from slip_keys(local)
    if local.type is EntityType.PERSON:
        parts = person(local.name)
        yield f"p/{parts.last}"
        if local.strong:
            yield f"p/={''.join(parts.tokens)}"
        return
    yield from sorted(local.keys)
    if local.mark.startswith("t/"):
        yield f"t/{core(local.full_name)}"
    if city := city_mark(local):
        yield city


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
    meeting = Block(locals=locals_, clusters=clusters, catalogue=catalogue)
    for step in (aliases, person_variants, titled, surnames, trade_names, slips, cities):
        found += _apply(sorted(step(meeting), key=lambda j: (-j.score, j.left, j.right)), meeting)
    return found


def _apply(judgements: Iterable[Judgement], block: Block) -> Iterator[Judgement]:
    """Carries judgements out; what one article keeps apart is a doubt, not a join."""
    clusters = block.clusters
    articles: dict[str, set[str]] = defaultdict(set)
    for local in block.locals:
        articles[clusters.root(local.key)].add(local.article)
    for judgement in judgements:
        left, right = (clusters.root(side) for side in (judgement.left, judgement.right))
        if left == right:
            continue
        if judgement.decision == "yes" and articles[left].isdisjoint(articles[right]):
            if clusters.join(left, right):
                small, large = sorted((articles.pop(left), articles.pop(right)), key=len)
                large |= small
                articles[clusters.root(left)] = large
                yield judgement
        elif not clusters.barred(left, right):
            yield judge(judgement.left, judgement.right, "unsure", judgement.by, judgement.why, min(judgement.score, 0.5))


def _join_all(group: Sequence[Local], clusters: Clusters) -> None:
    for other in group[1:]:
        clusters.join(group[0].key, other.key)


def _vague(local: Local, catalogue: Catalogue) -> bool:
    """Whether a name can name many things, so that it needs evidence."""
    if local.type is EntityType.PERSON:
        parts = person(local.name)
        table = words()
        return parts.given in table.common_given and parts.last in table.common_surnames
    if local.entry is None and is_acronym(local.name) and len(key(local.name)) <= SHORT:
        return True
    tokens = stem(fold(local.name))
    if _is_of_a_country(local):
        return False
    generic = len(tokens) <= 1 or local.type is EntityType.GOVERNMENT_BODY or tokens[-1] in words().general
    return generic and catalogue.ordinary(local.name) and not (local.entry and local.type is EntityType.GOVERNMENT_BODY)


def _is_of_a_country(local: Local) -> bool:
    """Whether a name, or else the article, says whose the body is: "US Consumer Product Safety Commission", "Irish Stock Exchange"."""
    country, rest = of_country(local.full_name)
    one_of_many = words().local.intersection(rest)  # a country has many embassies and district courts
    return bool(country) and not one_of_many and (local.type is EntityType.GOVERNMENT_BODY or len(rest) > 1)


def _same_name(group: Sequence[Local], clusters: Clusters, catalogue: Catalogue) -> Iterator[Judgement]:
    """Locals under one full name: one thing, unless the name is vague and the contexts differ, or places lie in different regions."""
    if group[0].type is EntityType.PLACE:
        for part in by_region(group, catalogue):
            _join_all(part, clusters)
    elif group[0].type is EntityType.PERSON:
        for part in _by_middle_name(group, clusters):
            yield from _by_context(part, clusters, GOOD, catalogue) if _vague(part[0], catalogue) else _as_one(part, clusters)
    elif not any(_vague(local, catalogue) for local in group) and not _may_be_two(group):
        yield from _as_one(group, clusters)
    elif any(local.type is EntityType.GOVERNMENT_BODY and local.entry is None for local in group):
        yield from _as_one([local for local in group if local.entry is not None or _is_of_a_country(local)], clusters)
        _by_land(group, clusters)
        yield from _by_context(group, clusters, STRONG if len(fold(group[0].name)) == 1 else GOOD, catalogue)
    else:
        if all(local.type is EntityType.ORGANIZATION for local in group):
            _by_land(group, clusters)
        yield from _by_sector(group, clusters, catalogue)


def _by_middle_name(group: Sequence[Local], clusters: Clusters) -> list[list[Local]]:
    """People of one given name and surname, apart where their middle names differ; one without is the only other, or nobody's."""
    by_name: dict[Person, list[Local]] = defaultdict(list)
    for local in group:
        by_name[person(local.name)].append(local)
    told: list[list[Person]] = []
    silent: list[Local] = []
    for name in sorted(by_name, key=lambda name: (name.middle, name.suffix or "", name.tokens, str(name.male))):
        if not name.middle and not name.suffix:
            silent += by_name[name]
        elif part := next((part for part in told if all(same_person(name, other) for other in part)), None):
            part.append(name)
        else:
            told.append([name])
    if len(told) < 2:  # noqa: PLR2004 - one middle name, or none
        return [list(group)]
    parts = [[local for name in part for local in by_name[name]] for part in told]
    for left, right in combinations(parts, 2):
        if not clusters.together(left[0].key, right[0].key):  # a user may have made them one
            clusters.bar(left[0].key, right[0].key)
    return [*parts, silent] if silent else parts


def _as_one(group: Sequence[Local], clusters: Clusters) -> Iterator[Judgement]:
    _join_all(group, clusters)
    yield from _spelt_otherwise(group, clusters)


def _spelt_otherwise(group: Sequence[Local], clusters: Clusters) -> Iterator[Judgement]:
    """The spellings of one name that were joined: plurals, and a country put before or after."""
    first: dict[str, Local] = {}
    for local in sorted(group, key=lambda local: (bool(local.national), local.key)):
        first.setdefault(key(local.name), local)
    spelt = list(first.values())
    for other in spelt[1:]:
        one = spelt[0]
        if not clusters.together(one.key, other.key):  # a user may keep them apart
            continue
        if other.national and not one.national:
            why = f"“{other.name}” is that of the only country that its article names: “{one.name}”"
            yield judge(one.key, other.key, "yes", "short name", why, 0.85)
        else:
            yield judge(one.key, other.key, "yes", "same name", f"“{one.name}” and “{other.name}” are one name", 0.95)


def _by_land(group: Sequence[Local], clusters: Clusters) -> None:
    """Joins bodies of one name in one country, and keeps those of two apart; a long name is one wherever nothing speaks of two."""
    first: dict[str, Local] = {}
    size = len([word for word in stem(fold(group[0].name)) if len(word) >= _WORD_MIN])
    for local in group:
        for country in _countries(local, size):
            clusters.join(first.setdefault(country, local).key, local.key)
    if size > _ALMOST_TELLING and len({clusters.root(local.key) for local in first.values()}) <= 1:
        _join_all(group, clusters)
    for left, right in combinations(first.values(), 2):
        if not clusters.together(left.key, right.key):
            clusters.bar(left.key, right.key)


def _countries(local: Local, size: int) -> list[str]:
    """The countries that a body can belong to: those of its catalogue entry, else the only one of its article, or all for a long name."""
    if local.entry is not None:
        return sorted({country for name in local.entry.names if (country := of_country(name)[0])})
    return sorted(local.lands) if size > _ALMOST_TELLING or (size == _ALMOST_TELLING and _is_only(local)) else []


def _is_only(local: Local) -> bool:
    """Whether an article names one country, and the name is not one that each part of it has a body of."""
    table = words()
    return len(local.lands) == 1 and not (table.local | table.all_have).intersection(fold(local.name))


def _may_be_two(group: Sequence[Local]) -> bool:
    """Whether a name of one word, of nothing well known, is told of in two trades."""
    if not group[0].mark.startswith("t/") or len(stem(fold(group[0].name))) > 1 or any(e.same_as for local in group if (e := local.entry)):
        return False
    return len(frozenset[str]().union(*(local.sectors for local in group))) > 1


def _by_context(group: Sequence[Local], clusters: Clusters, least: float, catalogue: Catalogue) -> Iterator[Judgement]:
    """Joins only locals that share context: for people with common names, and "the Senate"."""
    for left, right, common in _neighbours(group):
        enough = common >= least or _has_one_employer(left, right, catalogue)
        if enough and clusters.join(left.key, right.key):
            yield judge(left.key, right.key, "yes", "context", f"two articles name “{left.name}” beside the same things", 0.9)
    roots = sorted({clusters.root(local.key) for local in group})
    for root in roots[1:]:
        yield judge(roots[0], root, "unsure", "context", f"“{group[0].name}” is a common name and nothing else is shared", 0.4)


def _has_one_employer(left: Local, right: Local, catalogue: Catalogue) -> bool:
    """Whether a person is told to be of an organisation beside which the other article names one of that name."""
    both = left.context.keys() & right.context.keys() if left.type is EntityType.PERSON else ()
    return any(
        min(left.context[mark], right.context[mark]) >= SOME and max(left.context[mark], right.context[mark]) >= STRONG
        for mark in both
        if mark.startswith("t/") or (mark.startswith("@") and catalogue.entry(mark[1:]).type in _EMPLOYERS)
    )


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
        clear = known or len(sizes) < 2 or sizes[0][0] >= CLEARLY * sizes[1][0]  # noqa: PLR2004
        rest = [local for local in group if clusters.root(local.key) not in told]
        _join_all([*([local for local in group if local.key == home] if clear else []), *rest], clusters)
    for _, root in sizes[1:]:
        kinds = " and ".join(sorted({s for local in told[root] for s in local.sectors})[:2])
        yield judge(sizes[0][1], root, "no", "context", f"“{group[0].name}” is also something else here: {kinds}", 0.8)


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
                yield judge(best[marks[0]], best[mark], "yes", "catalogue", why, 0.97)
