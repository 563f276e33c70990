"""What two locals have in common, and how much of it makes them one thing."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.model import Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kgraph.linking.clusters import Clusters
    from kgraph.linking.corpus.local import Local
    from kgraph.linking.names.catalogue import Catalogue

__all__ = ["CLEARLY", "GOOD", "NEVER", "SHORT", "SOME", "STRONG", "Block", "best_shared", "groups", "judge", "shared"]

SOME = 0.35
"""Shared context that is more than chance: one known organisation, say."""
GOOD = 0.7
"""A person, an organisation or a product that few articles name."""
STRONG = 1.5
"""The same relation to the same thing, or several good neighbours."""
NEVER = math.inf
SHORT = 3
"""Acronyms up to this length stand for many things."""
CLEARLY = 3
"""How many times more articles one meaning of a name has than the others, so that it is meant where nothing is told."""
_LOOK = 40
"""How many locals of each side are compared, so that the cost stays bounded where thousands bear one name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Locals whose names could meet, and what is joined of them so far."""

    locals: Sequence[Local]
    clusters: Clusters
    catalogue: Catalogue


def judge(left: str, right: str, decision: str, by: str, why: str, score: float) -> Judgement:
    """A judgement of the machine on two locals, whichever comes first."""
    return Judgement(left=min(left, right), right=max(left, right), decision=decision, by=by, why=why, score=score)


def shared(a: Local, b: Local) -> float:
    """How much context two locals have in common."""
    small, large = sorted((a.context, b.context), key=len)
    return sum(min(weight, large[mark]) for mark, weight in small.items() if mark in large)


def groups(block: Iterable[Local], clusters: Clusters) -> dict[str, list[Local]]:
    """Locals by the cluster that they are in."""
    found: dict[str, list[Local]] = defaultdict(list)
    for local in block:
        found[clusters.root(local.key)].append(local)
    return found


def best_shared(left: Sequence[Local], right: Sequence[Local]) -> float:
    """The most context that a local of one side shares with one of the other; of large sides the first are looked at."""
    return max(shared(a, b) for a in left[:_LOOK] for b in right[:_LOOK])
