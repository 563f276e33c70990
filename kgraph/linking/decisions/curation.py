"""What a person sees and decides about entities: the list with its doubts, merge and split.

`merge` and `split` return the user's judgements as they shall be from then on; the caller writes them to the file
and builds the graph again from its claims. Undoing a merge takes its judgements out, so that the first graph comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.errors import JudgementError
from kgraph.lookup import find_only_entity
from kgraph.model import EntityId, Judgement

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from kgraph.model import AppearanceKey, Entity, Knowledge

__all__ = ["Listing", "list_entities", "merge", "split"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One entity for a person to look at."""

    entity: Entity
    articles: tuple[str, ...]
    """Ids of the articles that name it, sorted."""
    reasons: tuple[Judgement, ...]
    """Why different names were taken for it."""
    doubts: tuple[tuple[Judgement, EntityId], ...]
    """What was left undecided, with the entity on the other side."""


def list_entities(knowledge: Knowledge, name: str | None = None) -> tuple[Listing, ...]:
    """Entities with their names, articles, reasons and pending doubts; with `name` those that have it in a name or as id."""
    home = _home(knowledge)
    article = {a.key: a.article for a in knowledge.appearances}
    reasons: dict[EntityId, list[Judgement]] = {}
    doubts: dict[EntityId, list[tuple[Judgement, EntityId]]] = {}
    for judgement in knowledge.judgements:
        left, right = (home.get(side) for side in (judgement.left, judgement.right))  # type: ignore[call-overload]
        if left is None or right is None:
            continue
        if judgement.decision == "yes":
            reasons.setdefault(left, []).append(judgement)
        elif judgement.decision == "unsure" and left != right:
            doubts.setdefault(left, []).append((judgement, right))
            doubts.setdefault(right, []).append((judgement, left))
    wanted = name.casefold() if name else ""
    return tuple(
        Listing(
            entity=entity,
            articles=tuple(sorted({article[key] for key in entity.appearances if key in article})),
            reasons=tuple(reasons.get(entity.id, ())),
            doubts=tuple(doubts.get(entity.id, ())),
        )
        for entity in knowledge.entities
        if wanted in entity.id.casefold() or any(wanted in known.casefold() for known in entity.names)
    )


def merge(
    knowledge: Knowledge, judgements: Iterable[Judgement], left: str, right: str, why: str = "", *, when: dt.date | None = None
) -> tuple[Judgement, ...]:
    """The user's judgements after saying that two entities are one, which keeps the label of `left`.

    Where the user had split them, that is taken back instead.

    Raises `GraphError` where a name is not in the graph or is that of several things, `JudgementError` where both are one already.
    """
    a, b = find_only_entity(knowledge, left), find_only_entity(knowledge, right)
    if a.id == b.id:
        msg = f"{left} and {right} are one entity already: {a.id}"
        raise JudgementError(msg)
    given = tuple(judgements)
    one, other = ({*e.appearances, e.id, *e.replaces} for e in (a, b))
    kept = tuple(j for j in given if not (j.decision == "no" and (_joins(j, one, other) or _joins(j, other, one))))
    if len(kept) < len(given):
        return kept
    return (*given, Judgement(left=a.id, right=b.id, decision="yes", by="user", why=why, when=when))


def split(
    knowledge: Knowledge,
    judgements: Iterable[Judgement],
    entity: str,
    articles: Sequence[str] = (),
    why: str = "",
    *,
    when: dt.date | None = None,
) -> tuple[Judgement, ...]:
    """The user's judgements after taking apart an entity.

    Without `articles` it undoes the user's own merges of the entity; with them the entity of these articles becomes another one.

    Raises `GraphError` where it is not in the graph or several things bear the name, `JudgementError` where there is nothing to undo,
    or the articles hold all or nothing of it.
    """
    found = find_only_entity(knowledge, entity)
    given = tuple(judgements)
    if not articles:
        own = {*found.appearances, found.id, *found.replaces}
        kept = tuple(j for j in given if not (j.decision == "yes" and j.left in own and j.right in own))
        if len(kept) == len(given):
            msg = f"{found.id}: no judgement of yours merged it; name the articles whose {found.label} is another"
            raise JudgementError(msg)
        return kept
    article = {a.key: a.article for a in knowledge.appearances}
    moved = [key for key in found.appearances if article[key] in set(articles)]
    rest = [key for key in found.appearances if article[key] not in set(articles)]
    if not moved or not rest:
        msg = f"{found.id}: {'none' if not moved else 'all'} of its articles are among {', '.join(articles)}"
        raise JudgementError(msg)
    new = [Judgement(left=key, right=rest[0], decision="no", by="user", why=why, when=when) for key in moved]
    new += [Judgement(left=moved[0], right=key, decision="yes", by="user", why=why, when=when) for key in moved[1:]]
    pairs = {frozenset((j.left, j.right)) for j in new}
    return (*(j for j in given if frozenset((j.left, j.right)) not in pairs), *new)


def _home(knowledge: Knowledge) -> dict[AppearanceKey, EntityId]:
    return {key: entity.id for entity in knowledge.entities for key in entity.appearances}


def _joins(judgement: Judgement, one: set[str], other: set[str]) -> bool:
    return judgement.left in one and judgement.right in other
