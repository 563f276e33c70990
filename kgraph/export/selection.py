"""Which things and facts a picture or page shows, and what it leaves out.

The choice depends only on the knowledge, the scores and the view: the same graph gives the same picture.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from kgraph.arguments import number, some, text, texts, words
from kgraph.export.disputes import Dispute, disputes
from kgraph.lookup import find_entity
from kgraph.model import Quantity, Status

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from kgraph.model import Article, ClaimId, Entity, EntityId, Fact, FactId, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["Edge", "Scene", "View", "admits", "choose", "sources", "symmetric_predicates", "weights"]

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

    def __post_init__(self) -> None:
        """Hold every value as its field's type; relations and statuses may be one alone, statuses in any spelling.

        Raises `SettingsError` on a wrong type, a number below 1, an unknown status and an empty choice.
        """
        held = object.__setattr__
        if self.focus is not None:
            text(self.focus, "focus")
        for name, count in (("hops", self.hops), ("top", self.top)):
            if count is not None:
                number(count, name, least=1)
        if self.predicates is not None:
            held(self, "predicates", frozenset(some(texts(self.predicates, "predicates"), "predicates")))
        if self.statuses is not None:
            held(self, "statuses", frozenset(some(words(Status, self.statuses, "statuses"), "statuses")))
        if self.only is not None:
            held(self, "only", frozenset(texts(self.only, "only")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """All shown facts from one thing to another; symmetric ones join whichever direction there is."""

    source: EntityId
    target: EntityId
    facts: tuple[Fact, ...]
    symmetric: bool
    """Whether every fact is, so that no arrowhead is due."""
    disputed: Dispute | None
    """Who differs on one of the facts so that someone should look."""
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
    """Relations that are not shown, for whatever reason; with a focus, of those among the things around it."""


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
    kept = _grown(candidates, near, view.top or _TOP, linked_first=focus is None)
    around: set[str] = set(candidates)
    facts = [fact for fact in shown if fact.subject in kept and fact.object in kept]
    return Scene(
        entities=tuple(sorted((by_id[key] for key in kept), key=lambda entity: (-scores.get(entity.id, 0.0), entity.id))),
        edges=_edges(facts, disputes(knowledge), symmetric_predicates(ontology)),
        attributes=_attributes(knowledge.facts, by_id, kept, view),
        scores=scores,
        focus=focus,
        entities_left_out=len(candidates) - len(kept),
        facts_left_out=sum(focus is None or around.issuperset((fact.subject, str(fact.object))) for fact in relations) - len(facts),
    )


def weights(knowledge: Knowledge) -> dict[EntityId, float]:
    """How many claims speak of each thing: the score where no ranking is given."""
    ids = {entity.id for entity in knowledge.entities}
    count: Counter[EntityId] = Counter()
    for fact in knowledge.facts:
        count.update(key for key in (fact.subject, fact.object) if key in ids for _ in fact.claims)  # type: ignore[misc]
    return {key: float(count[key]) for key in sorted(ids)}


def symmetric_predicates(ontology: Ontology) -> frozenset[str]:
    """The predicates that say the same in both directions."""
    return frozenset(name for name, rule in ontology.predicates.items() if rule.symmetric)


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


def _grown(candidates: list[EntityId], near: Mapping[EntityId, set[EntityId]], top: int, *, linked_first: bool) -> set[EntityId]:
    """At most `top` of the candidates: the first, then what is linked to those taken, then the next part of the graph.

    With `linked_first`, what has most links to those taken is next, so that the picture has as many relations as it has room for;
    otherwise what comes first. Nothing is taken that would stand alone although it has neighbours.
    """
    place = {key: number for number, key in enumerate(candidates)}
    kept: set[EntityId] = set()
    links: Counter[EntityId] = Counter()
    reached: list[tuple[int, int, EntityId]] = []
    starts = iter(candidates)
    while len(kept) < top:
        key = _next(reached, kept, links if linked_first else None)
        if key is None:
            room = top - len(kept)
            fresh = (each for each in starts if each not in kept and (room > 1 or not near.get(each)))
            key = next(fresh, None)
        if key is None:
            break
        kept.add(key)
        for other in near.get(key, ()):
            if other in place and other not in kept:
                links[other] += 1
                heappush(reached, (-links[other] if linked_first else 0, place[other], other))
    return kept


def _next(reached: list[tuple[int, int, EntityId]], kept: set[EntityId], links: Counter[EntityId] | None) -> EntityId | None:
    """The best of what is reached; entries that were overtaken by a better one, or are kept, are dropped."""
    while reached:
        weight, _, key = heappop(reached)
        if key not in kept and (links is None or -weight == links[key]):
            return key
    return None


def _edges(facts: list[Fact], disputed: Mapping[FactId, Dispute], symmetric: frozenset[str]) -> tuple[Edge, ...]:
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
            disputed=min((disputed[fact.id] for fact in group if fact.id in disputed), key=list(Dispute).index, default=None),
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


def admits(fact: Fact, view: View, things: Container[str]) -> bool:
    """Whether a view shows a fact of this relation and status, between these ends; `things` are the ids of the graph."""
    if view.predicates is not None and fact.predicate not in view.predicates:
        return False
    if view.only is not None and any(end in things and end not in view.only for end in (fact.subject, fact.object)):
        return False
    if view.statuses is None or fact.status is None or fact.status in view.statuses:
        return True
    return Status.COMPLETED in view.statuses and fact.status in _HELD
