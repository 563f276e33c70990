"""Where sources part ways: typed, explained, and told apart from mere change."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kgraph.analysis.actors import ties
from kgraph.analysis.between import Clash, Scene, clashes_between
from kgraph.analysis.judging import Rules, rules
from kgraph.analysis.within import differences_across, differences_within
from kgraph.model import Article, Claim, ClaimId, Disagreement, FactId, Knowledge, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kgraph.ontology import Ontology

__all__ = ["disagreements"]


def disagreements(knowledge: Knowledge, ontology: Ontology) -> tuple[Disagreement, ...]:
    """Every difference and agreement among sources, the gravest first.

    Within a fact, property by property, and between facts. First scope is judged, then time,
    then error: figures of different periods, and stages that follow each other, contradict
    nothing. Severity 3 is left for what cannot both be true.
    """
    articles = {article.id: article for article in knowledge.articles}
    claims = {claim.id: claim for claim in knowledge.claims}
    judged = rules()
    found = []
    for fact in knowledge.facts:
        if len(fact.claims) > 1:
            for verdict, property_, ids, severity, gap, why in differences_within(
                fact, [claims[i] for i in fact.claims], articles, ontology, judged
            ):
                found.append(_disagreement(verdict, (fact.id,), property_, ids, severity, gap, why))
    scene = _scene(knowledge, claims, ontology, judged)
    for clash in clashes_between(knowledge.facts, scene):
        found.append(_from(clash))
        if clash.verdict is Verdict.ACTOR_DIFFERENCE:
            found.extend(_one_matter(clash, claims, articles, scene))
    return tuple(sorted(found, key=lambda one: (-one.severity, one.facts, one.property, one.verdict, one.id)))


def _from(clash: Clash) -> Disagreement:
    facts = tuple(sorted(fact.id for fact in clash.facts))
    claims = tuple(sorted({claim for fact in clash.facts for claim in fact.claims}))
    return _disagreement(clash.verdict, facts, clash.property, claims, clash.severity, clash.gap, clash.why)


def _one_matter(clash: Clash, claims: Mapping[ClaimId, Claim], articles: Mapping[str, Article], scene: Scene) -> Iterable[Disagreement]:
    """How the figures differ that are told of one matter under two actors."""
    left, right = ([claims[claim] for claim in fact.claims] for fact in clash.facts)
    facts = tuple(sorted(fact.id for fact in clash.facts))
    for verdict, property_, ids, severity, gap, why in differences_across(
        clash.facts[0], left, right, articles, scene.ontology, scene.rules
    ):
        yield _disagreement(verdict, facts, property_, ids, severity, gap, why)


def _disagreement(
    verdict: Verdict, facts: tuple[FactId, ...], property_: str, claims: tuple[ClaimId, ...], severity: int, gap: float | None, why: str
) -> Disagreement:
    """With an id made of what it says, so that the same difference has the same id on every run."""
    text = "\n".join((verdict, *facts, property_, *claims, why))
    return Disagreement(
        id=hashlib.sha256(text.encode()).hexdigest()[:12],
        verdict=verdict,
        facts=facts,
        property=property_,
        claims=claims,
        severity=severity,
        gap=gap,
        why=why,
    )


def _scene(knowledge: Knowledge, claims: Mapping[ClaimId, Claim], ontology: Ontology, judged: Rules) -> Scene:
    return Scene(
        ontology=ontology,
        rules=judged,
        entities={entity.id: entity for entity in knowledge.entities},
        claims=claims,
        published={article.id: article.date for article in knowledge.articles},
        ties=ties(knowledge.facts, judged),
    )
