"""Facts in words, each sum with the stage that it belongs to: "$14bn planned" is not said of what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.export.wording.figures import figure, figures
from kgraph.export.wording.sentences import STATUS_WORDS, sentence
from kgraph.sums_by_stage import staged_sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kgraph.model import Claim, ClaimId, Fact, FactId, Knowledge
    from kgraph.ontology import Ontology
    from kgraph.sums_by_stage import StagedSum

__all__ = ["sentences", "staged_figures"]


def staged_figures(fact: Fact, claims: Mapping[ClaimId, Claim]) -> str:
    """The figures of a fact, those that no claim of its own stage bears out with the stage at which they were told.

    A deal that is done for at least $1bn, and of which $14bn were planned: `≥$1bn ($14bn planned)`.
    """
    sums = staged_sums(fact, claims)
    if all(each.earlier is None for each in sums):
        return figures(fact)
    words = " for ".join(map(_written, sums)).replace(" for (", " (")
    return f"{words} ({fact.round})" if fact.round else words


def _written(found: StagedSum) -> str:
    own = figure(found.own) if found.own is not None else ""
    if found.earlier is None or found.stage is None:
        return own
    return f"{own} ({figure(found.earlier)} {STATUS_WORDS[found.stage]})".strip()


def sentences(knowledge: Knowledge, ontology: Ontology, facts: Iterable[FactId], *, with_status: bool = True) -> dict[FactId, str]:
    """Facts of a graph as people say them, by their ids, each sum with the stage that it belongs to."""
    known = {fact.id: fact for fact in knowledge.facts}
    labels: dict[str, str] = {entity.id: entity.label for entity in knowledge.entities}
    claims = {claim.id: claim for claim in knowledge.claims}
    return {
        fact: sentence(known[fact], ontology, labels, with_status=with_status, sums=staged_figures(known[fact], claims))
        for fact in set(facts)
    }
