"""Joins mentions to clusters: each name with its best antecedent whose cluster it fits, all else with the likeliest thing.

Scores alone would join two names through a description that fits both. So a cluster takes a name only if the name
fits one that is there, a pronoun only if it fits the type and the first names, and a description only if it can name
such a thing: "its founder" is no company.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.coreference.choosing import Candidate, Choice, Layout, features, stem
from kgraph.language.coreference.genders import FEMALE, MALE, gender
from kgraph.language.coreference.natures import PERSON, THING
from kgraph.language.network.mentions import KINDS, MATCHES, content, match_matrix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kgraph.language.network.antecedents import PairTables
    from kgraph.language.network.mentions import Mention

REACH = 120
"""Mentions before a mention that can be its antecedent."""
BLOCK = 60
"""Mentions that are scored at once, which bounds memory for texts of any length."""
THRESHOLD = -0.5
"""The score above which an antecedent is tried; a little below zero, where training put it, finds more."""
TRIED = 8
"""Antecedents that are tried for each mention, the most likely first."""
NEEDED = dict(zip(MATCHES, (3.0, 0.5, -1.5, -9.0, -1.0), strict=True))
"""The score that two names need to be the same, by how their words match."""

_NAME = KINDS.index("name")
_HE, _SHE, _IT = (KINDS.index(kind) for kind in ("he", "she", "it"))
OTHER_TYPE = 10.0
"""How much more the score of two names of different types needs to be: it is mostly a slip in one of the types."""
UNLIKELY = 2.0
"""The score that a pronoun needs to go with a name of the wrong type, since the type may be a slip."""
_OPPOSITE = {_HE: FEMALE, _SHE: MALE}
_NATURES = {"Person": PERSON, "Organization": THING, "GovernmentBody": THING, "Place": THING, "Product": THING}
_ALIKE = {"GovernmentBody": "Organization"}
"""Types that are easily taken for one another count as one."""


@dataclass(slots=True, eq=False)
class Cluster:
    """Mentions of one thing so far; equal only to itself."""

    members: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    kinds: set[int] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    label: str = ""
    nature: str = ""
    gender: str = ""


class Linker:
    """Builds the clusters of one document, mention by mention."""

    def __init__(
        self,
        words: Sequence[str],
        mentions: Sequence[Mention],
        labels: Sequence[str],
        natures: Sequence[str],
        layout: Layout,
        choice: Choice,
    ) -> None:
        self._words = words
        self._mentions = mentions
        self._labels = [_ALIKE.get(label, label) for label in labels]
        self._natures = natures
        self._layout = layout
        self._choice = choice
        self.settled: Mapping[int, int] = {}
        """By the place of a mention, the place of one before it that it stands for by grammar alone, if it suits."""
        self.chances: dict[int, float] = {}
        """By the place of a mention that had several clusters to choose from, how likely it belongs to its own."""
        self.rivals: dict[int, list[tuple[int, float]]] = {}
        """By the same places, a name of each other cluster that has one, and how likely the mention belongs there."""
        self._contents = [content(words, mention) for mention in mentions]
        self._cluster_of: list[Cluster] = []
        self._known: dict[tuple[frozenset[str], str], Cluster] = {}

    def link(self, pairs: PairTables, parts: NDArray[np.float32]) -> list[list[int]]:
        """The groups of two or more mentions, in the order of their first."""
        for start in range(0, len(self._mentions), BLOCK):
            low, high = max(0, start - REACH), min(len(self._mentions), start + BLOCK)
            near = self._mentions[low:high]
            matches = match_matrix(self._words, near, start - low, self._contents[low:high])
            scores = pairs.scores(near, parts[low:high], matches)
            for index in range(start, high):
                self._add(index, low, scores[index - start], matches[index - start])
        return [cluster.members for cluster in dict.fromkeys(self._cluster_of) if len(cluster.members) > 1]

    def _add(self, index: int, low: int, scores: NDArray[np.float32], matches: NDArray[np.int64]) -> None:
        """Put the next mention into the cluster it fits best, or into one of its own."""
        mention, label = self._mentions[index], self._labels[index]
        is_name = mention.kind == _NAME
        key = (self._contents[index], label)
        cluster = self._known.get(key) if is_name and label else None
        if cluster is None:
            cluster = self._search(index, low, scores, matches) or Cluster()
        cluster.members.append(index)
        cluster.kinds.add(mention.kind)
        cluster.nature = cluster.nature or self._natures[index] or _NATURES.get(label, "")
        if is_name:
            cluster.names.append(index)
            cluster.named.update(map(stem, self._contents[index]))
            cluster.label = cluster.label or label
            cluster.gender = cluster.gender or gender(self._words, mention)
            self._known[key] = cluster
        else:
            cluster.nouns.add(stem(self._words[mention.head]))
        self._cluster_of.append(cluster)

    def _search(self, index: int, low: int, scores: NDArray[np.float32], matches: NDArray[np.int64]) -> Cluster | None:
        """The cluster that the mention belongs to, if any."""
        if self._mentions[index].kind == _NAME:
            return self._named(index, low, scores, matches)
        known = self._cluster_of[self.settled[index]] if index in self.settled else None
        if known is not None and self._suits(index, known, 0.0):
            return known
        found = self._suiting(index, low, scores)
        if not found or float(max(max(candidate.scores) for _, candidate in found)) <= THRESHOLD:
            return None
        return self.chosen(index, found) if len(found) > 1 else found[0][0]

    def chosen(self, index: int, found: Sequence[tuple[Cluster, Candidate]]) -> Cluster:
        """The likeliest of several clusters that suit a mention, the first of equals."""
        chances = self._choice.chances(self._mentions[index].kind, self.rows(index, found))
        best = int(chances.argmax())
        self.chances[index] = float(chances[best])
        others = ((cluster, float(chances[place])) for place, (cluster, _) in enumerate(found) if place != best)
        self.rivals[index] = [(cluster.names[0], chance) for cluster, chance in others if cluster.names]
        return found[best][0]

    def rows(self, index: int, found: Sequence[tuple[Cluster, Candidate]]) -> NDArray[np.float64]:
        """The features [candidate, feature] of the clusters that suit a mention."""
        return features(self._words, self._mentions, self._layout, index, [candidate for _, candidate in found])

    def _named(self, index: int, low: int, scores: NDArray[np.float32], matches: NDArray[np.int64]) -> Cluster | None:
        """The cluster of the likeliest antecedent that a name fits."""
        for place in _likeliest(scores):
            cluster = self._cluster_of[low + place]
            if cluster.names:
                near = [name - low for name in cluster.names if name >= low]
                extra = OTHER_TYPE if self._clashes(index, cluster) else 0.0
                fits = any(float(scores[name]) > NEEDED[MATCHES[matches[name]]] + extra for name in near)
            else:
                fits = self._suits(index, cluster, float(scores[place]))
            if fits:
                return cluster
        return None

    def _suiting(self, index: int, low: int, scores: NDArray[np.float32]) -> list[tuple[Cluster, Candidate]]:
        """The likeliest clusters that suit a mention without a name, the last spoken of first."""
        told = scores[: index - low].tolist()
        best: dict[Cluster, float] = {}
        for cluster, score in zip(self._cluster_of[low:index], told, strict=True):
            if score > best.get(cluster, -np.inf):
                best[cluster] = score
        tried = sorted(best, key=best.__getitem__, reverse=True)[:TRIED]
        suiting = [cluster for cluster in tried if self._suits(index, cluster, best[cluster])]
        found = []
        for cluster in sorted(suiting, key=lambda cluster: cluster.members[-1], reverse=True):
            near = cluster.members[bisect_left(cluster.members, low) :]
            found.append((cluster, self._candidate(cluster, near, [told[place - low] for place in near])))
        return found

    @staticmethod
    def _candidate(cluster: Cluster, near: Sequence[int], scores: Sequence[float]) -> Candidate:
        return Candidate(
            members=cluster.members,
            near=near,
            scores=scores,
            label=cluster.label if cluster.names else "",
            kinds=cluster.kinds,
            nouns=cluster.nouns,
            named=cluster.named,
        )

    def _clashes(self, index: int, cluster: Cluster) -> bool:
        """Whether a name and a cluster have types that differ."""
        label = self._labels[index]
        return bool(label and cluster.label and label != cluster.label)

    def _suits(self, index: int, cluster: Cluster, score: float) -> bool:
        """Whether the pronouns and the type of a cluster with a mention go together."""
        if {self._natures[index], cluster.nature} == {PERSON, THING}:
            return False
        label = self._labels[index] or cluster.label
        kinds = cluster.kinds | {self._mentions[index].kind}
        human, thing = bool(kinds & {_HE, _SHE}), _IT in kinds
        if (human and thing) or {_HE, _SHE} <= kinds or cluster.gender == _OPPOSITE.get(self._mentions[index].kind):
            return False
        return not label or not (thing if label == "Person" else human) or score > UNLIKELY


def _likeliest(scores: NDArray[np.float32]) -> list[int]:
    """The antecedents that are tried, the most likely first."""
    order: list[int] = np.argsort(-scores, kind="stable")[:TRIED].tolist()
    return [place for place in order if scores[place] > THRESHOLD]
