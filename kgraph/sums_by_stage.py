"""The sums of a fact by how far the matter has come: "$14bn planned" is not said of what is done.

A deal that is completed for at least $1bn, and of which an earlier article told that $14bn were planned, has both figures:
its own, and the earlier one with its stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kgraph.model import Claim, ClaimId, Fact, Quantity, Status

__all__ = ["StagedSum", "staged_sums"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedSum:
    """An amount or a stake of a fact."""

    own: Quantity | None
    """What was told at the fact's own stage."""
    earlier: Quantity | None
    """The fact's figure where it was told at another stage only."""
    stage: Status | None
    """That other stage."""


def staged_sums(fact: Fact, claims: Mapping[ClaimId, Claim]) -> tuple[StagedSum, ...]:
    """The amount and the stake of a fact, as far as it has them; `claims` are those of the graph by their ids."""
    told = [claims[claim] for claim in fact.claims if claim in claims]
    return tuple(_staged(fact, whole, told, name) for name in ("amount", "stake") if (whole := getattr(fact, name)) is not None)


def _staged(fact: Fact, whole: Quantity, told: Sequence[Claim], name: str) -> StagedSum:
    said: list[tuple[Status | None, Quantity]] = [(claim.status, value) for claim in told if (value := getattr(claim, name)) is not None]
    bearing = [status for status, value in said if _bears_out(value, whole)]
    earlier = next((status for status in bearing if status is not None), None)
    if fact.status is None or fact.status in bearing or earlier is None:
        return StagedSum(own=whole, earlier=None, stage=None)
    return StagedSum(own=next((value for status, value in said if status is fact.status), None), earlier=whole, stage=earlier)


def _bears_out(said: Quantity, whole: Quantity) -> bool:
    """Whether a figure is the one of the fact, or one with two ends that can be the same number."""
    if (said.unit, said.value, said.low, said.high) == (whole.unit, whole.value, whole.low, whole.high):
        return True
    return said.unit == whole.unit and said.low is not None and said.high is not None and said.overlaps(whole)
