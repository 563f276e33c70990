"""Links anew what a change of articles can touch: the blocks of the names that come and go, and ids that these contend for.

`relink` over an index is `link` over all that the index has seen: the same entities, the same judgements.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.linking.block import block_keys, decide
from kgraph.linking.clusters import Clusters
from kgraph.linking.naming import Draft, drafts, ids
from kgraph.linking.resolution import blocks, link_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kgraph.linking.catalogue import Catalogue
    from kgraph.linking.index import LinkIndex
    from kgraph.linking.local import Local
    from kgraph.model import Appearance, AppearanceKey, Claim, Entity, EntityId, Judgement

__all__ = ["Relinking", "relink"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relinking:
    """What was looked at, before and after."""

    before: Mapping[AppearanceKey, EntityId]
    after: Mapping[AppearanceKey, EntityId]
    entities: tuple[Entity, ...]
    """As they are now, sorted by id."""
    judgements_before: tuple[Judgement, ...]
    judgements: tuple[Judgement, ...]


def relink(
    index: LinkIndex, appearances: Iterable[Appearance], claims: Iterable[Claim], *, gone: Collection[str], catalogue: Catalogue
) -> Relinking:
    """Takes in the appearances and claims of new articles, and takes out the articles `gone`; changes the index."""
    arriving, inside = _read(appearances, claims, catalogue)
    leaving = index.of_articles(gone)
    marks = index.marks(leaving) | {mark for local in arriving for mark in block_keys(local)}
    while True:
        old = index.locals(index.reach(marks))
        staying = sorted((*(local for key, (local, _) in old.items() if key not in leaving), *arriving), key=lambda local: local.key)
        groups, between = _decided(staying, catalogue)
        made = drafts(groups, {})
        things = index.things({thing for _, thing in old.values()})
        bases = {bearer.base for bearer, _ in things.values()} | {draft.bearer.base for draft in made}
        rivals = {first: rival for first, rival in index.rivals(bases).items() if first not in things}
        names = ids((*(draft.bearer for draft in made), *(bearer for bearer, _ in rivals.values())))
        renamed = {first for first, (_, name) in rivals.items() if names[first] != name}
        if not renamed:
            break
        marks |= index.marks(renamed)  # their blocks are looked at too, since an entity is made from its block
    owners = {*map(_inside, gone), *old}
    reasons_before = index.reasons(owners)
    index.drop(gone, things, owners)
    index.add_locals(arriving)
    was = {key: thing for key, (_, thing) in old.items()} | {local.key: local.key for local in arriving}
    moved = [(group[0].key, local.key) for group in groups for local in group if was[local.key] != group[0].key]
    index.add_things(((draft.bearer, names[draft.bearer.first]) for draft in made), moved)
    index.add_reasons((*inside, *((judgement.left, judgement) for judgement in between)))
    return Relinking(
        before={a: things[thing][1] for local, thing in old.values() for a in local.appearances},
        after={a: names[draft.bearer.first] for draft in made for a in draft.appearances},
        entities=_entities(made, names),
        judgements_before=tuple(reasons_before),
        judgements=(*(judgement for _, judgement in inside), *between),
    )


def _inside(article: str) -> str:
    """The owner of the judgements inside an article; no local has such a key."""
    return f"inside {article}"


def _entities(made: Iterable[Draft], names: Mapping[str, EntityId]) -> tuple[Entity, ...]:
    return tuple(sorted((draft.entity(names[draft.bearer.first]) for draft in made), key=lambda entity: entity.id))


def _read(
    appearances: Iterable[Appearance], claims: Iterable[Claim], catalogue: Catalogue
) -> tuple[list[Local], list[tuple[str, Judgement]]]:
    """The things of each article, and each article's reasons."""
    by_article: dict[str, tuple[list[Appearance], list[Claim]]] = defaultdict(lambda: ([], []))
    for appearance in appearances:
        by_article[appearance.article][0].append(appearance)
    for claim in claims:
        by_article[claim.article][1].append(claim)
    locals_: list[Local] = []
    reasons: list[tuple[str, Judgement]] = []
    for article, (named, said) in by_article.items():
        own, why = link_article(named, said, catalogue)
        locals_ += own
        reasons += [(_inside(article), judgement) for judgement in why]
    return locals_, reasons


def _decided(locals_: list[Local], catalogue: Catalogue) -> tuple[list[list[Local]], list[Judgement]]:
    """The groups of locals that are one thing, and the judgements between them."""
    across = Clusters(local.key for local in locals_)
    found = [judgement for block in blocks(locals_) for judgement in decide(block, across, catalogue)]
    by_key = {local.key: local for local in locals_}
    return [[by_key[key] for key in group] for group in across.groups()], found
