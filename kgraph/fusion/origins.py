"""Finds which claims go back to one origin, so that copies count once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from kgraph.fusion.sources import Sources
    from kgraph.model import Article, Claim, ClaimId

from kgraph.fusion.sources import outlet
from kgraph.fusion.votes import is_against

__all__ = ["Groups", "origins_of"]


class Groups:
    """Sets that grow together (union-find); the smallest member names its set."""

    def __init__(self) -> None:
        self._above: dict[ClaimId, ClaimId] = {}

    def find(self, item: ClaimId) -> ClaimId:
        """The name of the set of `item`."""
        root = item
        while (above := self._above.get(root, root)) != root:
            root = above
        while (above := self._above.get(item, item)) != root:
            self._above[item], item = root, above
        return root

    def join(self, left: ClaimId, right: ClaimId) -> None:
        """Make one set of two."""
        first, second = sorted((self.find(left), self.find(right)))
        self._above[second] = first


def origins_of(claims: Sequence[Claim], articles: Mapping[str, Article], sources: Sources) -> dict[ClaimId, ClaimId]:
    """Each claim's origin, named by the smallest claim that has it; the same for any order of claims.

    Who says that something is so and who denies it are two, though one article tells of both; but an article that says both itself
    is one voice.
    """
    ordered = sorted(claims, key=lambda claim: claim.id)
    groups = Groups()
    first: dict[Hashable, ClaimId] = {}
    for claim in ordered:
        for voice in _voices(claim, articles[claim.article], sources):
            groups.join(claim.id, first.setdefault(voice, claim.id))
    for side in ([claim for claim in ordered if is_against(claim) is against] for against in (False, True)):
        if len({claim.article for claim in side}) > 1:
            for left, right in _copies(side, sources):
                groups.join(left, right)
    return {claim.id: groups.find(claim.id) for claim in ordered}


def _voices(claim: Claim, article: Article, sources: Sources) -> Iterable[tuple[str, str, bool | None]]:
    """Everything that speaks in a claim: two claims that share one have one origin."""
    against = is_against(claim)
    yield "article", article.id, against
    yield "text", article.sha256, against
    if article.publisher:
        yield "name", outlet(article.publisher), against
    if claim.said_by is None:
        yield "article", article.id, None
    elif _is_named(claim.said_by, sources):
        yield "name", outlet(claim.said_by), against


def _is_named(speaker: str, sources: Sources) -> bool:
    """Whether the words name somebody, rather than "two people briefed on the deal"."""
    words = re.findall(r"\w+", speaker)
    return any(word[0].isupper() and word.casefold() not in sources.anonymous for word in words[1:] or words)


def _copies(claims: Sequence[Claim], sources: Sources) -> Iterable[tuple[ClaimId, ClaimId]]:
    """Pairs of claims of which one quotes most of the other, word for word."""
    runs = {claim.id: _shingles(claim.quote.exact, sources) for claim in claims}
    holders: dict[tuple[str, ...], list[ClaimId]] = {}
    for claim in claims:
        shared: dict[ClaimId, int] = {}
        for run in runs[claim.id]:
            known = holders.setdefault(run, [])
            for other in known:
                shared[other] = shared.get(other, 0) + 1
            if len(known) < _HOLDERS:
                known.append(claim.id)
        for other, count in shared.items():
            if count >= sources.overlap * min(len(runs[claim.id]), len(runs[other])):
                yield other, claim.id


_HOLDERS = 16
"""Claims remembered for one run of words: copies of copies are joined through them, in linear time."""


def _shingles(text: str, sources: Sources) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    if len(words) < sources.shortest:
        return frozenset()
    return frozenset(tuple(words[i : i + sources.shingle]) for i in range(len(words) - sources.shingle + 1))
