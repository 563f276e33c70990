"""Where sources part ways: typed, explained, and told apart from mere change."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kgraph.analysis.disagreement.between_facts import clashes_between
from kgraph.analysis.disagreement.context import Context
from kgraph.analysis.disagreement.within_facts import Difference, differences_across, differences_within
from kgraph.analysis.representation import represented
from kgraph.analysis.rules import rules
from kgraph.model import Claim, ClaimId, Disagreement, Fact, Knowledge, Verdict

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
    context = _context(knowledge, claims, ontology)
    found: list[Disagreement] = []
    for fact in knowledge.facts:
        if len(fact.claims) > 1:
            told = [claims[claim] for claim in fact.claims]
            found.extend(_about((fact,), each) for each in differences_within(fact, told, articles, ontology, context.rules))
    for clash in clashes_between(knowledge.facts, context):
        left, right = ([claims[claim] for claim in fact.claims] for fact in clash.facts)
        ids = tuple(sorted({claim.id for claim in (*left, *right)}))
        found.append(_about(clash.facts, Difference(clash.verdict, clash.property, ids, clash.severity, clash.gap, clash.why)))
        if clash.verdict is Verdict.ACTOR_DIFFERENCE:  # one matter under two actors, whose figures may differ, too
            figures = differences_across(clash.facts[0], left, right, articles, ontology, context.rules)
            found.extend(_about(clash.facts, each) for each in figures)
    return tuple(sorted(found, key=lambda one: (-one.severity, one.facts, one.property, one.verdict, one.id)))


def _about(facts: Iterable[Fact], found: Difference) -> Disagreement:
    """With an id made of what it says, so that the same difference has the same id on every run."""
    ids = tuple(sorted(fact.id for fact in facts))
    text = "\n".join((found.verdict, *ids, found.property, *found.claims, found.why))
    return Disagreement(id=hashlib.sha256(text.encode()).hexdigest()[:12], facts=ids, **found._asdict())


def _context(knowledge: Knowledge, claims: Mapping[ClaimId, Claim], ontology: Ontology) -> Context:
    judged = rules()
    return Context(
        ontology=ontology,
        rules=judged,
        entities={entity.id: entity for entity in knowledge.entities},
        claims=claims,
        published={article.id: article.date for article in knowledge.articles},
        represented=represented(knowledge.facts, judged),
    )
