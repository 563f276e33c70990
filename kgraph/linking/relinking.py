"""Links anew what a change of articles can touch: the blocks of the names that come and go, and ids that these contend for.

`relink` over an index is `link` over all that the index has seen: the same entities, the same judgements.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.linking.corpus.block import block_keys
from kgraph.linking.corpus.naming import drafts, ids
from kgraph.linking.resolution import across_articles, entities_of, within_articles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kgraph.linking.corpus.index import LinkIndex
    from kgraph.linking.corpus.local import Local
    from kgraph.linking.corpus.naming import Bearer, Draft
    from kgraph.linking.names.catalogue import Catalogue
    from kgraph.model import Appearance, AppearanceKey, Claim, Entity, EntityId, Judgement

__all__ = ["Relinking", "relink"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relinking:
    """Only what changed, before and after: unchanged entities are left out, so that they are not written again."""

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
    arriving, inside = within_articles(appearances, claims, catalogue)
    leaving = index.of_articles(gone)
    marks = index.marks(leaving) | {mark for local in arriving for mark in block_keys(local)}
    while True:
        old = index.locals(index.reach(marks))
        staying = sorted((*(local for key, (local, _) in old.items() if key not in leaving), *arriving), key=lambda local: local.key)
        groups, between = across_articles(staying, catalogue)
        made = drafts(groups, {})
        things = index.things({thing for _, thing in old.values()})
        bases = {bearer.base for bearer, _ in things.values()} | {draft.bearer.base for draft in made}
        rivals = {first: rival for first, rival in index.rivals(bases).items() if first not in things}
        names = ids((*(draft.bearer for draft in made), *(bearer for bearer, _ in rivals.values())))
        renamed = {first for first, (_, name) in rivals.items() if names[first] != name}
        if not renamed:
            break
        marks |= index.marks(renamed)  # their blocks are looked at too, since an entity is made from its block
    reasons_before = index.reasons({*map(_inside, gone), *old})
    reasons = {(_inside(article), judgement) for article, judgements in inside.items() for judgement in judgements}
    reasons |= {(judgement.left, judgement) for judgement in between}
    index.drop(gone)
    index.add_locals(arriving)
    index.change_reasons(reasons_before - reasons, reasons - reasons_before)
    was = {key: thing for key, (_, thing) in old.items()} | {local.key: local.key for local in arriving}
    index.move((group[0].key, local.key) for group in groups for local in group if was[local.key] != group[0].key)
    arrived = {local.key for local in arriving}
    kept = _kept(zip(groups, made, strict=True), names, things, _members(old), arrived)
    made = [draft for draft in made if draft.bearer.first not in kept]
    index.change_things(things.keys() - kept, ((draft.bearer, names[draft.bearer.first]) for draft in made))
    return Relinking(
        before={a: things[thing][1] for local, thing in old.values() if thing not in kept for a in local.appearances},
        after={a: names[draft.bearer.first] for draft in made for a in draft.appearances},
        entities=entities_of(made, names),
        judgements_before=tuple(judgement for _, judgement in reasons_before - reasons),
        judgements=tuple(judgement for _, judgement in reasons - reasons_before),
    )


def _members(old: Mapping[str, tuple[Local, str]]) -> dict[str, set[str]]:
    """The keys of the locals of each thing, by its first."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, (_, thing) in old.items():
        found[thing].add(key)
    return found


def _kept(
    made: Iterable[tuple[list[Local], Draft]],
    names: Mapping[str, EntityId],
    things: Mapping[str, tuple[Bearer, EntityId]],
    members: Mapping[str, set[str]],
    arrived: Collection[str],
) -> set[str]:
    """The things, by their first locals, that are what they were: a group of the same locals, none of them new, with the same id."""
    found = set()
    for group, draft in made:
        first = draft.bearer.first
        if things.get(first) == (draft.bearer, names[first]):
            keys = {local.key for local in group}
            if keys == members[first] and keys.isdisjoint(arrived):
                found.add(first)
    return found


def _inside(article: str) -> str:
    """The owner of the judgements inside an article; no local has such a key."""
    return f"inside {article}"
