"""A training document: words and whatever labels its corpus has; what it lacks is marked as unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.network.tokens import SPACE
from training.corpora.schemes import ANY, IGNORED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from kgraph.language.network.mentions import Mention


@dataclass(slots=True, kw_only=True)
class Document:
    """One text with labels by word; heads are positions in the document, a root is its own head."""

    name: str
    words: list[str]
    gaps: list[int]
    starts: NDArray[np.int64]
    upos: NDArray[np.int64]
    xpos: NDArray[np.int64]
    features: NDArray[np.int64]
    heads: NDArray[np.int64]
    relations: NDArray[np.int64]
    tags: NDArray[np.int64]
    referring: NDArray[np.int64]
    mentions: list[Mention] = field(default_factory=list)
    clusters: list[int] = field(default_factory=list)

    @property
    def has_trees(self) -> bool:
        """Whether sentences and dependencies are labelled."""
        return bool((self.heads != IGNORED).any())


def blank(name: str, words: Sequence[str], gaps: Sequence[int] | None = None) -> Document:
    """A document about whose words nothing is known yet."""

    def unknown() -> NDArray[np.int64]:
        return np.full(len(words), IGNORED, dtype=np.int64)

    return Document(
        name=name,
        words=list(words),
        gaps=list(gaps) if gaps is not None else [SPACE] * len(words),
        starts=unknown(),
        upos=unknown(),
        xpos=unknown(),
        features=unknown(),
        heads=unknown(),
        relations=unknown(),
        tags=np.full(len(words), ANY, dtype=np.int64),
        referring=unknown(),
    )


def mark_name(document: Document, span: tuple[int, int], masks: tuple[int, int]) -> None:
    """Allow the words of a span only the given masks: (of its first word, of its other words)."""
    start, end = span
    document.tags[start] = masks[0]
    document.tags[start + 1 : end] = masks[1]


def word_count(documents: Iterable[Document]) -> int:
    """The words of all documents."""
    return sum(len(document.words) for document in documents)
