"""Decides what type of thing each name of a document is: by all its uses in the document, and by names that are widely known.

The model reads a document window by window and knows few names of the world: a firm may be a person in one sentence and
a firm in the next. So a word that several names of a document share leans towards the type it has elsewhere, and then a
small linear model weighs what the model says of a name against a table of names with their types. Table and weights
(`model/known-names.tsv.gz`, `model/name-types.json`) are made by `python -m training.fitting.known_names`.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["KNOWN_NAMES", "WEIGHTS", "KnownNames", "NameTypes", "TypeWeights", "is_maybe_named", "log_chances", "shared_name_types"]

KNOWN_NAMES, WEIGHTS = "known-names.tsv.gz", "name-types.json"
AGREEMENT = 0.6
"""How far a word goes towards the type that it has elsewhere in the document: a person may have the name of a firm."""
MAYBE = -3.0
"""The least logarithm of the chance of being in a name with which a word counts."""
UNSEEN = 0.3
"""What is added to each count of the table: how little one count of a type says against another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeWeights:
    """How much the model and the table count, and what each type has ahead of the others."""

    model: float
    known: float
    ahead: Mapping[str, float]

    @classmethod
    def load(cls, path: Path) -> TypeWeights:
        """The weights of a file; where there is none, the model alone decides."""
        return cls(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else MODEL_ALONE


MODEL_ALONE = TypeWeights(model=1.0, known=0.0, ahead={})


class KnownNames:
    """Names with the number of times that each is known as a thing of a type."""

    def __init__(self, types: Sequence[str], counts: Mapping[str, str]) -> None:
        """Counts are told in the order of the types, with a tab between them, empty for none."""
        self._types = types
        self._counts = counts

    @classmethod
    def load(cls, path: Path) -> KnownNames:
        """The table of a file, whose first line names its types; an empty one where there is none."""
        if not path.exists():
            return cls((), {})
        first, *lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
        return cls(first.split("\t")[1:], dict(line.split("\t", 1) for line in lines))

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def leaning(self, name: str, types: Sequence[str]) -> NDArray[np.float64] | None:
        """For each of the types how likely it is for this name, as a logarithm with a mean of zero; None where the name is unknown."""
        counts = self._counts.get(name)
        if counts is None:
            return None
        by_type = dict(zip(self._types, counts.split("\t"), strict=True))
        told = np.log([int(by_type[name] or 0) + UNSEEN for name in types])
        centred: NDArray[np.float64] = told - told.mean()
        return centred


class NameTypes:
    """Chooses types, given the tags of the model (`O`, `B-` and `I-` with a type)."""

    def __init__(self, tags: Sequence[str], known: KnownNames, weights: TypeWeights = MODEL_ALONE) -> None:
        self.types = sorted({tag[2:] for tag in tags if tag != "O"})
        self.known = known
        self._begin = [tags.index(f"B-{name}") for name in self.types]
        self._inside = [tags.index(f"I-{name}") for name in self.types]
        self._weights = weights
        self._ahead = np.array([weights.ahead.get(name, 0.0) for name in self.types])

    def agreed(self, words: Sequence[str], scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """The scores [word, tag] of a document as log chances, each word that names share having come towards its other uses."""
        told = log_chances(scores)
        by_type = self._by_type(told)
        named = np.logaddexp.reduce(by_type, axis=1)
        for places in _shared(words, named):
            chances, leaning = np.exp(named[places]), by_type[places] - named[places, None]
            shift = AGREEMENT * (chances @ leaning / chances.sum() - leaning)
            told[np.ix_(places, self._begin)] += shift
            told[np.ix_(places, self._inside)] += shift
        return told

    def evidence(self, told: NDArray[np.float32]) -> NDArray[np.float64]:
        """What the agreed scores of the words of a name say of its types: the mean of their log chances."""
        by_type = self._by_type(told)
        mean: NDArray[np.float64] = (by_type - np.logaddexp.reduce(by_type, axis=1)[:, None]).mean(0, dtype=np.float64)
        return mean

    def choose(self, name: str, told: NDArray[np.float32]) -> str:
        """The type of a name, given its text and the agreed scores of its words."""
        odds = self._weights.model * self.evidence(told) + self._ahead
        leaning = self.known.leaning(name, self.types)
        if leaning is not None:
            odds = odds + self._weights.known * leaning
        return self.types[int(odds.argmax())]

    def _by_type(self, told: NDArray[np.float32]) -> NDArray[np.float32]:
        joined: NDArray[np.float32] = np.logaddexp(told[:, self._begin], told[:, self._inside])
        return joined


def log_chances(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores [word, tag] as logarithms of chances."""
    centred = scores - scores.max(axis=1, keepdims=True)
    told: NDArray[np.float32] = centred - np.log(np.exp(centred).sum(axis=1, keepdims=True))
    return told


def is_maybe_named(scores: NDArray[np.float32]) -> NDArray[np.bool_]:
    """By word, whether it may be in a name, given scores [word, tag] with the tag of no name first."""
    outside = np.exp(log_chances(scores)[:, 0])
    maybe: NDArray[np.bool_] = 1 - outside > np.exp(MAYBE)
    return maybe


def _shared(words: Sequence[str], named: NDArray[np.float32]) -> Iterator[list[int]]:
    """The places of each capitalised word that stands in names more than once."""
    places: dict[str, list[int]] = {}
    for place in np.flatnonzero(named > MAYBE).tolist():
        word = words[place]
        if len(word) > 1 and word[0].isupper():
            places.setdefault(word, []).append(place)
    return (found for found in places.values() if len(found) > 1)


@cache
def shared_name_types(folder: Path, tags: tuple[str, ...]) -> NameTypes:
    """The one of this process for a folder."""
    return NameTypes(tags, KnownNames.load(folder / KNOWN_NAMES), TypeWeights.load(folder / WEIGHTS))
