"""Links appearances to entities: in each article, then across articles, under the judgements of the user.

The result depends on what is linked, not on its order: rules run over sorted clusters, and a decision between two
locals looks only at their block (the locals whose names could meet) and at their own articles.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.linking.article import join_article
from kgraph.linking.block import block_keys, decide
from kgraph.linking.clusters import Clusters
from kgraph.linking.local import Local, build_locals
from kgraph.linking.naming import drafts, ids
from kgraph.linking.overrule import Ruling, matched, rulings
from kgraph.model import AppearanceKey, Entity, EntityId, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kgraph.linking.catalogue import Catalogue
    from kgraph.model import Appearance, Claim

__all__ = ["Linking", "blocks", "link", "link_article"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """Entities, and why appearances were joined or kept apart where that was not plain."""

    entities: tuple[Entity, ...]
    """Sorted by id; every appearance is in exactly one."""
    judgements: tuple[Judgement, ...]
    """The user's first, then the machine's, each sorted."""


def link(
    appearances: Iterable[Appearance], claims: Iterable[Claim], *, catalogue: Catalogue, judgements: Iterable[Judgement] = ()
) -> Linking:
    """Resolves all appearances; `judgements` are the user's and overrule every rule.

    Judgements that name nothing here are left alone, so that one file can serve several graphs.

    Raises `JudgementError` where the judgements contradict each other.
    """
    ordered = sorted(appearances, key=lambda a: a.key)
    stated = sorted(claims, key=lambda c: c.id)
    plain = _resolve(ordered, stated, catalogue, Ruling())
    user = sorted({j for j in judgements if j.by not in RULES}, key=_order)
    if not user:
        return plain
    ruling = rulings(user, plain.entities)
    ruled = _resolve(ordered, stated, catalogue, ruling)
    entities = matched(_redirected(ruled.entities, plain.entities), user)
    return Linking(entities=entities, judgements=(*user, *ruled.judgements))


RULES = frozenset({"same name", "catalogue", "person name", "acronym", "surname", "short name", "spelling", "context", "alias"})
"""The names of the rules, as `Judgement.by` of the machine has them."""


def _order(judgement: Judgement) -> tuple[str, str, str, str]:
    return judgement.left, judgement.right, judgement.decision, judgement.by


def _resolve(appearances: Sequence[Appearance], claims: Sequence[Claim], catalogue: Catalogue, ruling: Ruling) -> Linking:
    by_article: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in appearances:
        by_article[appearance.article].append(appearance)
    stated: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        stated[claim.article].append(claim)
    found: list[Judgement] = []
    locals_: list[Local] = []
    for article in sorted(by_article):
        own, reasons = link_article(by_article[article], stated[article], catalogue, apart=ruling.apart)
        locals_ += own
        found += reasons
    across = Clusters(local.key for local in locals_)
    owner = {key: local.key for local in locals_ for key in local.appearances}
    ruling.apply(across, owner)
    for block in blocks(locals_):
        found += decide(block, across, catalogue)
    by_key = {local.key: local for local in locals_}
    groups = [[by_key[key] for key in group] for group in across.groups()]
    made = drafts(groups, {owner[key]: label for key, label in ruling.labels.items() if key in owner})
    names = ids(draft.bearer for draft in made)
    entities = sorted((draft.entity(names[draft.bearer.first]) for draft in made), key=lambda entity: entity.id)
    return Linking(entities=tuple(entities), judgements=tuple(sorted(found, key=_order)))


def link_article(
    appearances: Iterable[Appearance],
    claims: Iterable[Claim],
    catalogue: Catalogue,
    *,
    apart: Iterable[tuple[AppearanceKey, AppearanceKey]] = (),
) -> tuple[tuple[Local, ...], list[Judgement]]:
    """The things of one article, and why its names were joined; `apart` are pairs that a user keeps apart."""
    ordered = sorted(appearances, key=lambda a: a.key)
    inside = Clusters(a.key for a in ordered)
    for left, right in apart:
        if left in inside and right in inside:
            inside.bar(left, right)
    stated = sorted(claims, key=lambda c: c.id)
    reasons = join_article(ordered, stated, inside, catalogue)
    return build_locals(ordered, inside, stated, catalogue), reasons


def blocks(locals_: Sequence[Local]) -> list[list[Local]]:
    """Locals whose names could meet, directly or through others; most are alone and need no decision."""
    meeting = Clusters(local.key for local in locals_)
    first: dict[str, str] = {}
    for local in locals_:
        for found in block_keys(local):
            meeting.join(first.setdefault(found, local.key), local.key)
    by_key = {local.key: local for local in locals_}
    return [[by_key[key] for key in group] for group in meeting.groups() if len(group) > 1]


def _redirected(entities: Sequence[Entity], before: Sequence[Entity]) -> tuple[Entity, ...]:
    """Entities with the ids that they would have had apart, so that links to those still lead somewhere."""
    ids = {entity.id for entity in entities}
    home: dict[AppearanceKey, EntityId] = {key: entity.id for entity in entities for key in entity.appearances}
    gone: dict[EntityId, list[EntityId]] = defaultdict(list)
    for old in before:
        targets = {home[key] for key in old.appearances}
        if old.id not in ids and len(targets) == 1:
            gone[targets.pop()].append(old.id)
    return tuple(replace(entity, replaces=tuple(sorted(gone[entity.id]))) for entity in entities)
