"""The sums of a fact by how far the matter has come: "$14bn planned" is not said of what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.export.words import STATUS_WORDS, figure, figures, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kgraph.model import Claim, ClaimId, Fact, FactId, Knowledge, Quantity
    from kgraph.ontology import Ontology

__all__ = ["sentences", "staged_figures"]


def staged_figures(fact: Fact, claims: Mapping[ClaimId, Claim]) -> str:
    """The figures of a fact, those that no claim of its own stage bears out with the stage at which they were told.

    A deal that is done for at least $1bn, and of which $14bn were planned: `≥$1bn ($14bn planned)`.
    """
    told = [claims[claim] for claim in fact.claims if claim in claims]
    earlier = {name: _earlier(fact, told, name) for name in ("amount", "stake")}
    if not any(earlier.values()):
        return figures(fact)
    parts = []
    for name, stage in earlier.items():
        whole: Quantity | None = getattr(fact, name)
        if whole is None:
            continue
        if not stage:
            parts.append(figure(whole))
            continue
        own = next((said for claim in told if claim.status is fact.status and (said := getattr(claim, name)) is not None), None)
        parts.append(" ".join(([figure(own)] if own else []) + [f"({figure(whole)} {stage})"]))
    words = " for ".join(parts).replace(" for (", " (")
    return f"{words} ({fact.round})" if fact.round else words


def _earlier(fact: Fact, told: list[Claim], name: str) -> str:
    """The stage, in words, at which alone a figure of the fact was told; empty where it was told at the fact's own."""
    whole: Quantity | None = getattr(fact, name)
    if whole is None or fact.status is None:
        return ""
    said = [(claim.status, value) for claim in told if (value := getattr(claim, name)) is not None]
    if any(status is fact.status and _bears_out(value, whole) for status, value in said):
        return ""
    stage = next((status for status, value in said if status is not None and _bears_out(value, whole)), None)
    return STATUS_WORDS[stage] if stage is not None else ""


def _bears_out(said: Quantity, whole: Quantity) -> bool:
    """Whether a figure is the one of the fact, or one with two ends that can be the same number."""
    if (said.unit, said.value, said.low, said.high) == (whole.unit, whole.value, whole.low, whole.high):
        return True
    return said.unit == whole.unit and said.low is not None and said.high is not None and said.overlaps(whole)


def sentences(knowledge: Knowledge, ontology: Ontology, facts: Iterable[FactId], *, with_status: bool = True) -> dict[FactId, str]:
    """Facts of a graph as people say them, by their ids, each sum with the stage that it belongs to."""
    known = {fact.id: fact for fact in knowledge.facts}
    labels: dict[str, str] = {entity.id: entity.label for entity in knowledge.entities}
    claims = {claim.id: claim for claim in knowledge.claims}
    return {
        fact: sentence(known[fact], ontology, labels, with_status=with_status, sums=staged_figures(known[fact], claims))
        for fact in set(facts)
    }
