"""Links appearances to entities: in each article, then across articles, under the judgements of the user.

The result depends on what is linked, not on its order: rules run over sorted clusters, and a decision between two
locals looks only at their block (the locals whose names could meet) and at their own articles.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.linking.article.clustering import join_article
from kgraph.linking.clusters import Clusters
from kgraph.linking.corpus.block import block_keys, decide
from kgraph.linking.corpus.local import build_locals
from kgraph.linking.corpus.naming import drafts, ids
from kgraph.linking.decisions.overrule import Ruling, matched, rulings
from kgraph.model import AppearanceKey, Entity, EntityId, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kgraph.linking.corpus.local import Local
    from kgraph.linking.corpus.naming import Draft
    from kgraph.linking.names.catalogue import Catalogue
    from kgraph.model import Appearance, Claim

__all__ = ["RULES", "Linking", "across_articles", "entities_of", "link", "within_articles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """Entities, and why appearances were joined or kept apart where that was not plain."""

    entities: tuple[Entity, ...]
    """Sorted by id; every appearance is in exactly one."""
    judgements: tuple[Judgement, ...]
    """The user's and the machine's, sorted."""


def link(
    appearances: Iterable[Appearance], claims: Iterable[Claim], *, catalogue: Catalogue, judgements: Iterable[Judgement] = ()
) -> Linking:
    """Resolves all appearances; `judgements` are the user's and overrule every rule.

    Judgements that name nothing here are left alone, so that one file can serve several graphs.

    Raises `JudgementError` where the judgements contradict each other.
    """
    named, stated = tuple(appearances), tuple(claims)
    plain = _resolve(named, stated, catalogue, Ruling())
    user = _sorted(j for j in judgements if j.by not in RULES)
    if not user:
        return plain
    ruling = rulings(user, plain.entities)
    ruled = _resolve(named, stated, catalogue, ruling)
    entities = matched(_redirected(ruled.entities, plain.entities), user)
    return Linking(entities=entities, judgements=_sorted((*user, *ruled.judgements)))


RULES = frozenset({"same name", "catalogue", "person name", "acronym", "surname", "short name", "spelling", "context", "alias"})
"""The names of the rules, as `Judgement.by` of the machine has them."""


def _sorted(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    return tuple(sorted(set(judgements), key=lambda judgement: judgement.order))


def _resolve(appearances: Sequence[Appearance], claims: Sequence[Claim], catalogue: Catalogue, ruling: Ruling) -> Linking:
    locals_, inside = within_articles(appearances, claims, catalogue, apart=ruling.apart)
    groups, between = across_articles(locals_, catalogue, ruling)
    owner = {key: local.key for local in locals_ for key in local.appearances}
    made = drafts(groups, {owner[key]: label for key, label in ruling.labels.items() if key in owner})
    reasons = (judgement for judgements in inside.values() for judgement in judgements)
    return Linking(entities=entities_of(made, ids(draft.bearer for draft in made)), judgements=_sorted((*reasons, *between)))


def within_articles(
    appearances: Iterable[Appearance],
    claims: Iterable[Claim],
    catalogue: Catalogue,
    *,
    apart: Iterable[tuple[AppearanceKey, AppearanceKey]] = (),
) -> tuple[list[Local], dict[str, list[Judgement]]]:
    """The things of each article, sorted by key, and why its names were joined; `apart` are pairs that a user keeps apart."""
    named: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in appearances:
        named[appearance.article].append(appearance)
    stated: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        stated[claim.article].append(claim)
    locals_: list[Local] = []
    reasons: dict[str, list[Judgement]] = {}
    for article in sorted(named):
        own, reasons[article] = _link_article(named[article], stated[article], catalogue, apart)
        locals_ += own
    return sorted(locals_, key=lambda local: local.key), reasons


def across_articles(
    locals_: Sequence[Local], catalogue: Catalogue, ruling: Ruling | None = None
) -> tuple[list[list[Local]], list[Judgement]]:
    """The groups of locals that are one thing, and the judgements between them."""
    across = Clusters(local.key for local in locals_)
    if ruling is not None:
        ruling.apply(across, {key: local.key for local in locals_ for key in local.appearances})
    found = [judgement for block in _blocks(locals_) for judgement in decide(block, across, catalogue)]
    by_key = {local.key: local for local in locals_}
    return [[by_key[key] for key in group] for group in across.groups()], found


def entities_of(made: Iterable[Draft], names: Mapping[str, EntityId]) -> tuple[Entity, ...]:
    """The entities of drafts under their ids, which are by the key of the first local; sorted."""
    return tuple(sorted((draft.entity(names[draft.bearer.first]) for draft in made), key=lambda entity: entity.id))


def _link_article(
    appearances: Iterable[Appearance],
    claims: Iterable[Claim],
    catalogue: Catalogue,
    apart: Iterable[tuple[AppearanceKey, AppearanceKey]],
) -> tuple[tuple[Local, ...], list[Judgement]]:
    ordered = sorted(appearances, key=lambda a: a.key)
    inside = Clusters(a.key for a in ordered)
    for left, right in apart:
        if left in inside and right in inside:
            inside.bar(left, right)
    stated = sorted(claims, key=lambda c: c.id)
    reasons = join_article(ordered, stated, inside, catalogue)
    return build_locals(ordered, inside, stated, catalogue), reasons


def _blocks(locals_: Sequence[Local]) -> list[list[Local]]:
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
