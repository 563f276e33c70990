"""Takes articles into a graph, and out of it, by looking only at what they can touch.

The result is the graph built from scratch over the same articles:

- linking looks again at the names that new and former names can meet (`linking.relink`),
- fusion at the claims with a key that a new, former or newly linked claim has,
- analysis at the facts that share a matter with one of these (`Neighbours`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kgraph import analysis, fusion, graph, linking
from kgraph.analysis.representation import represented
from kgraph.analysis.rules import rules
from kgraph.fusion import Key, key_of
from kgraph.incremental.neighbours import Neighbours
from kgraph.model import AppearanceKey, Argument, Article, Claim, ClaimId, Disagreement, EntityId, Fact, FactId, Knowledge
from kgraph.ontology import Ontology
from kgraph.settings import Settings

__all__ = ["Touching"]

_Homes = Mapping[AppearanceKey, EntityId]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """All claims on some keys, as they will be."""

    keys: frozenset[Key]
    claims: Mapping[ClaimId, Claim]
    articles: Mapping[str, Article]
    homes: _Homes
    stored: tuple[Fact, ...]
    """The facts on these keys, as they are."""


class Touching:
    """One change of a graph in an Oxigraph store."""

    def __init__(self, part: graph.Part, index: linking.LinkIndex, settings: Settings, ontology: Ontology) -> None:
        self._part = part
        self._index = index
        self._settings = settings
        self._ontology = ontology

    def changes(self, fresh: Knowledge, *, gone: Collection[str]) -> graph.Changes:
        """What changes in the store when the articles `gone` leave and those of `fresh` come; the index changes at once."""
        catalogue = linking.load_catalogue(self._settings.catalogue)
        former = self._part.articles(gone)
        linked = linking.relink(self._index, fresh.appearances, fresh.claims, gone=gone, catalogue=catalogue)
        own = {a.key for a in (*former.appearances, *fresh.appearances)}
        moved = {key: name for key, name in linked.after.items() if key not in own and linked.before[key] != name}
        evidence = self._evidence(fresh, former, linked, moved)
        facts = self._fused(evidence, linked)
        differences = _Differences(self._part, self._ontology, linked, evidence, facts)
        outdated = graph.Outdated(
            articles=frozenset((*gone, *(article.id for article in fresh.articles))),
            entities=frozenset((*linked.before.values(), *linked.after.values())),
            facts=frozenset(fact.id for fact in evidence.stored),
            disagreements=differences.before(),
            judgements=linked.judgements_before,
        )
        found, known = differences.after()
        new = replace(
            known,
            appearances=fresh.appearances,
            claims=tuple({claim.id: claim for claim in (*known.claims, *fresh.claims)}.values()),
            articles=tuple({article.id: article for article in (*known.articles, *fresh.articles)}.values()),
            entities=linked.entities,
            facts=facts,
            disagreements=found,
            judgements=linked.judgements,
            retractions=fresh.retractions,
        )
        written = {article.id for article in fresh.articles}
        quads = graph.quads(new, self._settings, self._ontology, articles=written)
        return graph.delta(self._part, outdated, quads, moved)

    def _evidence(self, fresh: Knowledge, former: Knowledge, linked: linking.Relinking, moved: _Homes) -> _Evidence:
        """The claims with a key that a former, new or newly linked claim has or had."""
        stirred = self._part.claims_on(moved)
        before = self._part.homes(_ends((*former.claims, *stirred.claims)))
        after = {**before, **linked.after}
        keys = self._keys((*former.claims, *stirred.claims), before) | self._keys((*stirred.claims, *fresh.claims), after)
        stored = self._stored(keys)
        told = self._part.claims({claim for fact in stored for claim in fact.claims})
        after = {**self._part.homes(_ends(told.claims)), **after}
        left = {article.id for article in former.articles}
        claims = [claim for claim in (*told.claims, *stirred.claims) if claim.article not in left]
        return _Evidence(
            keys=frozenset(keys),
            claims={claim.id: claim for claim in (*claims, *fresh.claims) if key_of(claim, after, self._ontology) in keys},
            articles={article.id: article for article in (*told.articles, *stirred.articles, *fresh.articles)},
            homes=after,
            stored=stored,
        )

    def _keys(self, claims: Iterable[Claim], homes: _Homes) -> set[Key]:
        return {key for claim in claims if (key := key_of(claim, homes, self._ontology)) is not None}

    def _stored(self, keys: Iterable[Key]) -> tuple[Fact, ...]:
        """The facts on the keys, as they are."""
        found: dict[FactId, Fact] = {}
        for key in keys:
            objects = () if key.object is None else (key.object,)
            facts = self._part.facts(subjects=(key.subject,), predicates=(key.predicate,), objects=objects)
            found |= {fact.id: fact for fact in facts if fusion.key_of_fact(fact, self._ontology) == key}
        return tuple(found.values())

    def _fused(self, evidence: _Evidence, linked: linking.Relinking) -> tuple[Fact, ...]:
        """The facts on the keys, as they will be."""
        appearances: dict[EntityId, list[AppearanceKey]] = defaultdict(list)
        for key in _ends(evidence.claims.values()):
            appearances[evidence.homes[key]].append(key)
        known = self._part.entities(appearances.keys()) | {entity.id: entity for entity in linked.entities}
        entities = [replace(known[name], appearances=tuple(keys)) for name, keys in appearances.items()]
        sources = fusion.load_sources(self._settings.sources)
        return fusion.fuse(evidence.articles.values(), evidence.claims.values(), entities, self._ontology, sources=sources)


def _ends(claims: Iterable[Claim]) -> set[AppearanceKey]:
    """The appearances at the ends of claims."""
    ends = (end for claim in claims for end in (claim.subject, claim.object))
    return {end.appearance for end in ends if isinstance(end, Argument)}


class _Differences:
    """Disagreements that a change of facts can touch."""

    def __init__(
        self, part: graph.Part, ontology: Ontology, linked: linking.Relinking, evidence: _Evidence, facts: tuple[Fact, ...]
    ) -> None:
        self._part = part
        self._ontology = ontology
        self._entities = linked.entities
        self._evidence = evidence
        self._facts = {fact.id: fact for fact in facts}
        self._outdated = {fact.id: fact for fact in evidence.stored}
        self._matters = analysis.Matters(ontology)
        touched = {matter for key in evidence.keys for matter in self._matters.between(*key)}
        retold = {matter for fact in self._retold() for matter in self._matters.of(fact)}
        self._touched, self._stored, self._now = Neighbours(part, self._matters, evidence.stored, facts).closed(touched | retold)

    def before(self) -> tuple[Disagreement, ...]:
        """Those that are stored and may no longer hold."""
        facts = self._stored | self._outdated
        return tuple(found for found in self._part.disagreements(facts) if self._is_touched(found, facts, self._outdated))

    def after(self) -> tuple[tuple[Disagreement, ...], Knowledge]:
        """Those that hold in their place, and all that they were found in."""
        facts = self._now | self._facts
        facts = self._tying(facts) | facts
        told = self._part.claims({claim for fact in facts.values() for claim in fact.claims} - self._evidence.claims.keys())
        ends = {end for fact in facts.values() for end in (fact.subject, fact.object) if isinstance(end, str)}
        own = {entity.id: entity for entity in self._entities}
        known = Knowledge(
            articles=(*({a.id: a for a in told.articles} | {**self._evidence.articles}).values(),),
            claims=(*told.claims, *self._evidence.claims.values()),
            entities=(*(self._part.entities(EntityId(end) for end in ends if end not in own) | own).values(),),
            facts=tuple(facts[name] for name in sorted(facts)),
        )
        found = analysis.disagreements(known, self._ontology)
        return tuple(one for one in found if self._is_touched(one, facts, self._facts)), known

    def _is_touched(self, found: Disagreement, facts: Mapping[FactId, Fact], own: Collection[str]) -> bool:
        """Whether a disagreement inside a fact is one of the `own` facts', or one between two is over a touched matter."""
        if len(found.facts) == 1:
            return found.facts[0] in own
        if not all(name in facts for name in found.facts):
            return False
        left, right = (set(self._matters.of(facts[name])) for name in found.facts)
        return not self._touched.isdisjoint(left & right)

    def _retold(self) -> Iterator[Fact]:
        """Facts at whose ends something is called otherwise, and those that it makes a difference for who stands for whom."""
        known = self._part.entities(entity.id for entity in self._entities)
        changed = {e.id for e in self._entities if e.id in known and (e.label, e.type) != (known[e.id].label, known[e.id].type)}
        if changed:
            yield from self._part.facts(subjects=changed)
            yield from self._part.facts(objects=changed)
        before, after = (represented(facts.values(), rules()) for facts in (self._outdated, self._facts))
        none = frozenset[EntityId]()
        for end in {*before, *after}:
            for whole in before.get(end, none) ^ after.get(end, none):
                yield from self._part.alike(end, whole)

    def _tying(self, facts: Mapping[FactId, Fact]) -> dict[FactId, Fact]:
        """The facts that tell which ends of others stand for each other."""
        judged = rules()
        rivals = self._matters.rivals(facts.values())
        found = self._part.facts_between(rivals, predicates=(*judged.person, *judged.unit))
        return {fact.id: fact for fact in found if fact.id not in self._outdated}
