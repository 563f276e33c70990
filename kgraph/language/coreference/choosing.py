"""Chooses what a pronoun or a description stands for, among the things that the text has spoken of before it.

The model scores pairs of mentions, each read in its own window; which thing a text is about, who did something last and
who cannot be meant in a sentence only shows in the whole. A linear model weighs both: `features` lays out each
candidate, and the weights (`model/choices.json`, made by `python -m training.fitting.choosing`) say what counts, for each group
of words that stand for something.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.network.mentions import KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kgraph.language.network.mentions import Mention

__all__ = ["FEATURES", "GROUPS", "Candidate", "Choice", "Layout", "features", "stem"]

GROUPS = {"he": 0, "she": 0, "it": 1, "they": 2, "self": 2, "you": 2, "the": 3, "noun": 3}
"""The group of weights for each kind of mention."""
TYPES = ("Organization", "Person", "Place", "Product", "GovernmentBody", "")
ROLES = {"nsubj": 0, "nsubj:pass": 0, "csubj": 0, "obj": 1, "iobj": 1, "nmod:poss": 2, "obl": 3, "nmod": 3, "obl:agent": 3, "appos": 4,
         "compound": 5, "flat": 5}  # fmt: skip
"""The place of a word in its clause by its relation; all other relations are one more."""
SUBJECT, POSSESSOR, OTHER = 0, 2, 6
BOUND = 8.0
"""Scores beyond this count no more."""
_DEEPEST = 40
_FIVE = tuple(tuple(float(place == chosen) for place in range(5)) for chosen in range(5))
_ROLES = tuple(tuple(float(role == place) for place in range(OTHER)) for role in range(OTHER + 1))
"""One column for each role; none of them for all other roles."""
_NAME = KINDS.index("name")
_IT, _HE, _SHE, _DESCRIBED = KINDS.index("it"), KINDS.index("he"), KINDS.index("she"), frozenset({KINDS.index("the"), KINDS.index("noun")})

FEATURES = (
    "best score", "last score", "name score", "unnamed", "distance",
    *(f"{count} sentences before" for count in range(5)), *(f"{rank} things since" for rank in range(5)),
    "mentions", "share of mentions", "in the first sentence", "in the first two",
    *(f"last as {role}" for role in ("subject", "object", "possessor", "oblique", "apposition", "part")),
    "subject of the sentence", "subject of the one before", "same role",
    *(f"type {name or 'none'}" for name in TYPES),
    "same noun", "noun in its name", "in the same clause", "subject above", "above", "below",
    "called it", "called he or she", "described", "share of good scores",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the words of a document stand: the number of the sentence, the role and the head of each."""

    sentences: Sequence[int]
    roles: Sequence[int]
    heads: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A thing that a mention may stand for: all its mentions so far, those near enough to be scored, and its type."""

    members: Sequence[int]
    near: Sequence[int]
    scores: Sequence[float]
    """Of the mentions in `near`."""
    label: str
    kinds: AbstractSet[int]
    nouns: AbstractSet[str]
    """The nouns and pronouns that stand for it, without endings."""
    named: AbstractSet[str]
    """The words of its names, without endings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The weights [group, feature]."""

    weights: NDArray[np.float64]

    @classmethod
    def load(cls, path: Path) -> Choice:
        """The weights of a file; the plain ones where there is none."""
        if not path.exists():
            return cls.plain()
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(weights=np.array([[group.get(name, 0.0) for name in FEATURES] for group in told]))

    @classmethod
    def plain(cls) -> Choice:
        """Weights under which the best score of the model decides."""
        return cls(weights=np.array([[float(name == "best score") for name in FEATURES] for _ in set(GROUPS.values())]))

    def chances(self, kind: int, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """How likely a mention of a kind stands for each candidate, if for one of them."""
        odds = rows @ self.weights[GROUPS[KINDS[kind]]]
        chances: NDArray[np.float64] = np.exp(odds - np.logaddexp.reduce(odds))
        return chances


def features(
    words: Sequence[str], mentions: Sequence[Mention], layout: Layout, index: int, candidates: Sequence[Candidate]
) -> NDArray[np.float64]:
    """The features [candidate, feature] of the candidates of a mention, which come with the last spoken of first."""
    total = sum(len(candidate.members) for candidate in candidates)
    above = _above(layout.heads, mentions[index].head)
    noun = stem(words[mentions[index].head])
    rows = []
    for rank, candidate in enumerate(candidates):
        rows.append(
            [
                *_nearness(mentions, layout, index, candidate),
                *_FIVE[min(rank, 4)],
                *_standing(mentions, layout, candidate, total),
                *_role(mentions, layout, index, candidate),
                *(float(candidate.label == name) for name in TYPES),
                float(noun in candidate.nouns),
                float(noun in candidate.named),
                *_clause(mentions, layout, index, candidate, above),
                float(_IT in candidate.kinds),
                float(_HE in candidate.kinds or _SHE in candidate.kinds),
                float(not _DESCRIBED.isdisjoint(candidate.kinds)),
                sum(score > 0 for score in candidate.scores) / len(candidate.scores),
            ]
        )
    return np.array(rows)


def _above(heads: Sequence[int], word: int) -> frozenset[int]:
    """The words above a word in its tree."""
    found: list[int] = []
    while heads[word] != word and len(found) < _DEEPEST:
        word = heads[word]
        found.append(word)
    return frozenset(found)


def _nearness(mentions: Sequence[Mention], layout: Layout, index: int, candidate: Candidate) -> list[float]:
    here, last = mentions[index].head, mentions[candidate.near[-1]].head
    names = [score for place, score in zip(candidate.near, candidate.scores, strict=True) if mentions[place].kind == _NAME]
    told = (max(candidate.scores), candidate.scores[-1], max(names, default=-BOUND))
    apart = min(layout.sentences[here] - layout.sentences[last], 4)
    scores = [min(max(score, -BOUND), BOUND) for score in told]
    return [*scores, float(not names), _logarithm(here - last), *_FIVE[apart]]


def _standing(mentions: Sequence[Mention], layout: Layout, candidate: Candidate, total: int) -> list[float]:
    count, first = len(candidate.members), layout.sentences[mentions[candidate.members[0]].head]
    return [_logarithm(count), count / total, float(first == 0), float(first <= 1)]


def _role(mentions: Sequence[Mention], layout: Layout, index: int, candidate: Candidate) -> list[float]:
    here, last = mentions[index].head, mentions[candidate.near[-1]].head
    role, apart = layout.roles[last], layout.sentences[here] - layout.sentences[last]
    subject = role == SUBJECT
    return [*_ROLES[role], float(subject and apart == 0), float(subject and apart == 1), float(role == layout.roles[here])]


def _clause(mentions: Sequence[Mention], layout: Layout, index: int, candidate: Candidate, above: frozenset[int]) -> list[float]:
    """What grammar says: who is in the same clause is not meant by "it", who is the subject above it often is."""
    here, heads = mentions[index].head, layout.heads
    governor, sentence = heads[here], layout.sentences[here]
    beside = subject_above = is_above = below = False
    for place in reversed(candidate.near):
        word = mentions[place].head
        if layout.sentences[word] != sentence:
            break
        head = heads[word]
        beside |= head == governor
        subject_above |= layout.roles[word] == SUBJECT and head in above and head != governor
        is_above |= word in above
        below |= head == here
    return [float(beside), float(subject_above), float(is_above), float(below)]


@lru_cache(maxsize=10_000)
def _logarithm(count: int) -> float:
    return float(np.log1p(count))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without a plural's ending: good enough to see that "bank" is in "Banks".

    >>> stem("Companies"), stem("banks"), stem("gas")
    ('compan', 'bank', 'gas')
    """
    lower = word.lower()
    return next((lower[: -len(end)] for end in ("ies", "es", "s") if lower.endswith(end) and len(lower) > len(end) + 3), lower)
