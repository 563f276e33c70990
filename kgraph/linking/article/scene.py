"""What the rules inside one article look at, and what they propose."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.model import Appearance, EntityType

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from kgraph.linking.clusters import Clusters
    from kgraph.linking.names.catalogue import Catalogue

__all__ = ["Proposal", "Scene", "pairs"]

_NAMED_ALIKE = {
    EntityType.ORGANIZATION: "thing",
    EntityType.GOVERNMENT_BODY: "thing",
    EntityType.PRODUCT: "product",
    EntityType.PLACE: "place",
    EntityType.PERSON: "person",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """That two appearances are one thing."""

    left: str
    right: str
    rule: str
    why: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The appearances of one article and what is joined so far."""

    appearances: tuple[Appearance, ...]
    clusters: Clusters
    catalogue: Catalogue

    def of(self, *families: str) -> list[Appearance]:
        """The appearances of person, place, product or thing (organisations and bodies of government), in text order."""
        return [a for a in self.appearances if _NAMED_ALIKE[a.type] in families]

    def only(self, candidates: Sequence[Appearance]) -> Appearance | None:
        """The first candidate where all are one cluster."""
        roots = {self.clusters.root(c.key) for c in candidates}
        return candidates[0] if len(roots) == 1 else None


def pairs(marks: Iterable[Iterable[Hashable]]) -> list[tuple[int, int]]:
    """The places of those that have a mark in common, each pair once, in order.

    >>> pairs([{"bank", "america"}, {"delta"}, {"bank", "england"}])
    [(0, 2)]
    """
    seen: dict[Hashable, list[int]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for place, own in enumerate(marks):
        for mark in own:
            found.update((before, place) for before in seen[mark] if before != place)
            seen[mark].append(place)
    return sorted(found)
