"""Which things and facts a picture or page shows, and what it leaves out.

The choice depends only on the knowledge, the scores and the view: the same graph gives the same picture.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.finding import find_entity
from kgraph.model import Quantity, Status

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from kgraph.model import Article, ClaimId, Disagreement, Entity, EntityId, Fact, FactId, Knowledge
    from kgraph.ontology import Ontology

__all__ = [
    "Edge",
    "Scene",
    "View",
    "admits",
    "choose",
    "disputed_claims",
    "disputed_facts",
    "sources",
    "symmetric_predicates",
    "weights",
]

_TO_LOOK_AT = 2
"""The least severity of a disagreement that marks its facts as disputed."""
_TOP, _HOPS = 60, 2
_HELD = frozenset({Status.CURRENT, Status.FORMER})


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What to show of a graph; the default is all, as far as the picture has room."""

    focus: str | None = None
    """The id, label or any name of the thing in the middle."""
    hops: int | None = None
    """How many relations away from `focus` a thing may be; None for as many as is usual (2, and 3 among owners)."""
    top: int | None = None
    """How many things, events or amounts at most; None for as many as the picture has room for."""
    predicates: frozenset[str] | None = None
    """Local names of the relations to show; None for all."""
    statuses: frozenset[Status] | None = None
    """Statuses to show, facts without one always among them, and offices held with what is completed; None for all."""
    only: frozenset[EntityId] | None = None
    """The things to choose from, e.g. one community; None for all."""
    lone: bool = False
    """Whether to show things that have facts, but no relation to another thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """All shown facts from one thing to another; symmetric ones join whichever direction there is."""

    source: EntityId
    target: EntityId
    facts: tuple[Fact, ...]
    symmetric: bool
    """Whether every fact is, so that no arrowhead is due."""
    disputed: bool
    """Whether claims about one of the facts differ so that someone should look."""
    rumoured: bool
    """Whether no fact is more than a rumour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a view shows."""

    entities: tuple[Entity, ...]
    """The highest score first."""
    edges: tuple[Edge, ...]
    attributes: Mapping[EntityId, tuple[Fact, ...]]
    """Facts without a second thing (valuations, dates), by subject."""
    scores: Mapping[EntityId, float]
    focus: EntityId | None
    entities_left_out: int
    """Things that fit the view but not the page."""
    facts_left_out: int
    """Relations that are not shown, for whatever reason."""


def choose(knowledge: Knowledge, ontology: Ontology, view: View, scores: Mapping[EntityId, float] | None = None) -> Scene:
    """The scene that `view` gives; `scores` say what matters most, by default the number of claims.

    Raises `GraphError` where the focus is not in the graph.
    """
    by_id = {entity.id: entity for entity in knowledge.entities}
    scores = scores if scores is not None else weights(knowledge)
    focus = find_entity(knowledge, view.focus).id if view.focus is not None else None
    relations = [fact for fact in knowledge.facts if fact.object in by_id and fact.subject in by_id and fact.object != fact.subject]
    shown = [fact for fact in relations if admits(fact, view, by_id)]
    near = _neighbours(shown)
    if view.lone:
        for fact in knowledge.facts:
            if admits(fact, view, by_id):
                near.setdefault(fact.subject, set())
    candidates = _ordered(near, scores, focus, view.hops or _HOPS)
    kept = _connected(candidates, near, view.top or _TOP)
    facts = [fact for fact in shown if fact.subject in kept and fact.object in kept]
    return Scene(
        entities=tuple(sorted((by_id[key] for key in kept), key=lambda entity: (-scores.get(entity.id, 0.0), entity.id))),
        edges=_edges(facts, disputed_facts(knowledge.disagreements), symmetric_predicates(ontology)),
        attributes=_attributes(knowledge.facts, by_id, kept, view),
        scores=scores,
        focus=focus,
        entities_left_out=len(candidates) - len(kept),
        facts_left_out=len(relations) - len(facts),
    )


def weights(knowledge: Knowledge) -> dict[EntityId, float]:
    """How many claims speak of each thing: the score where no ranking is given."""
    ids = {entity.id for entity in knowledge.entities}
    count: Counter[EntityId] = Counter()
    for fact in knowledge.facts:
        count.update(key for key in (fact.subject, fact.object) if key in ids for _ in fact.claims)  # type: ignore[misc]
    return {key: float(count[key]) for key in sorted(ids)}


def disputed_facts(disagreements: Iterable[Disagreement]) -> frozenset[FactId]:
    """The facts whose claims differ so that someone should look."""
    return frozenset(fact for each in disagreements if each.severity >= _TO_LOOK_AT for fact in each.facts)


def disputed_claims(disagreements: Iterable[Disagreement]) -> frozenset[ClaimId]:
    """The claims that differ so that someone should look."""
    return frozenset(claim for each in disagreements if each.severity >= _TO_LOOK_AT for claim in each.claims)


def symmetric_predicates(ontology: Ontology) -> frozenset[str]:
    """The predicates that say the same in both directions."""
    return frozenset(name for name, rule in ontology.predicates.items() if rule.symmetric)


def admits(fact: Fact, view: View, things: Container[str]) -> bool:
    """Whether a view shows a fact of this relation and status, between these ends; `things` are the ids of the graph."""
    if view.predicates is not None and fact.predicate not in view.predicates:
        return False
    if view.only is not None and any(end in things and end not in view.only for end in (fact.subject, fact.object)):
        return False
    if view.statuses is None or fact.status is None or fact.status in view.statuses:
        return True
    return Status.COMPLETED in view.statuses and fact.status in _HELD


def sources(knowledge: Knowledge, claims: Iterable[ClaimId]) -> tuple[Article, ...]:
    """The articles that make these claims; all articles where there are none, since all of them say nothing of the matter."""
    wanted = set(claims)
    telling = {claim.article for claim in knowledge.claims if claim.id in wanted}
    return tuple(article for article in knowledge.articles if not telling or article.id in telling)


def _neighbours(facts: list[Fact]) -> dict[EntityId, set[EntityId]]:
    near: dict[EntityId, set[EntityId]] = defaultdict(set)
    for fact in facts:
        ends: tuple[EntityId, EntityId] = (fact.subject, fact.object)  # type: ignore[assignment]
        for one, other in (ends, ends[::-1]):
            near[one].add(other)
    return near


def _ordered(near: Mapping[EntityId, set[EntityId]], scores: Mapping[EntityId, float], focus: EntityId | None, hops: int) -> list[EntityId]:
    """The things that the view allows, those to keep first at the front.

    Around a focus the nearest come first, then the highest score. Without one, the score counts once for each
    neighbour: what tops a corner of its own is not what the graph turns on.
    """
    if focus is None:
        return sorted(near, key=lambda key: (-scores.get(key, 0.0) * (len(near[key]) or 0.5), key))
    distance, frontier = {focus: 0}, [focus]
    for hop in range(1, hops + 1):
        frontier = sorted({key for each in frontier for key in near.get(each, ())} - distance.keys())
        distance.update(dict.fromkeys(frontier, hop))
    return sorted(distance, key=lambda key: (distance[key], -scores.get(key, 0.0), key))


def _connected(candidates: list[EntityId], near: Mapping[EntityId, set[EntityId]], top: int) -> set[EntityId]:
    """At most `top` of the candidates from the front, each beside a neighbour: lone dots tell nothing of who deals with whom."""
    place = {key: number for number, key in enumerate(candidates)}
    kept: set[EntityId] = set()
    for key in candidates:
        others = [other for other in near.get(key, ()) if other in place]
        company = set() if kept.intersection(others) else set(sorted(others, key=place.__getitem__)[:1])
        if len(kept | company | {key}) <= top:
            kept |= company | {key}
        if len(kept) >= top:
            break
    return kept


def _edges(facts: list[Fact], disputed: frozenset[FactId], symmetric: frozenset[str]) -> tuple[Edge, ...]:
    """One edge for each ordered pair, symmetric facts beside directed ones where there are any."""
    directed = {(fact.subject, fact.object) for fact in facts if fact.predicate not in symmetric}
    groups: dict[tuple[EntityId, EntityId], list[Fact]] = defaultdict(list)
    for fact in facts:
        pair: tuple[EntityId, EntityId] = (fact.subject, fact.object)  # type: ignore[assignment]
        if fact.predicate in symmetric and pair not in directed:
            pair = pair[::-1] if pair[::-1] in directed else min(pair, pair[::-1])
        groups[pair].append(fact)
    return tuple(
        Edge(
            source=source,
            target=target,
            facts=tuple(sorted(group, key=lambda fact: (-len(fact.claims), fact.id))),
            symmetric=all(fact.predicate in symmetric for fact in group),
            disputed=any(fact.id in disputed for fact in group),
            rumoured=all(fact.status in (Status.RUMOURED, Status.IN_TALKS) for fact in group),
        )
        for (source, target), group in sorted(groups.items())
    )


def _attributes(
    facts: Iterable[Fact], by_id: Mapping[EntityId, Entity], kept: set[EntityId], view: View
) -> dict[EntityId, tuple[Fact, ...]]:
    found: dict[EntityId, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.subject in kept and admits(fact, view, by_id) and (isinstance(fact.object, Quantity | bool) or fact.object not in by_id):
            found[fact.subject].append(fact)
    return {key: tuple(sorted(group, key=lambda fact: (-len(fact.claims), fact.id))) for key, group in sorted(found.items())}
