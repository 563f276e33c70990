"""Turns documents into batches of windows: chunks of a few windows of one document stay together for coreference."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.network.mentions import distance_matrix, kind_matrix, match_matrix
from kgraph.language.network.tokens import SHAPES, WordPieces, shape
from kgraph.language.network.windows import LIMIT, STOP, WANTED, Rows, Window, bucket, build_rows, build_window, cuts, spans
from training.corpora.schemes import ANY, IGNORED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from training.corpora.documents import Document

CHUNK = 4
"""Windows of one document that are read in one batch."""
MAX_MENTIONS = 220
"""Mentions of a chunk that are scored in pairs; the rest are left out of the loss."""

WORD_LABELS = ("starts", "upos", "xpos", "features", "relations", "referring")


@dataclass(slots=True, kw_only=True)
class Chunk:
    """Consecutive windows of one document as it is read this time."""

    document: Document
    words: list[str]
    windows: list[Window]

    @property
    def length(self) -> int:
        """The padded length that its longest window needs."""
        return bucket(max(window.length for window in self.windows))


@dataclass(slots=True, kw_only=True)
class Coreference:
    """The mentions of one chunk: where they are in the batch, the features of their pairs, their clusters."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    kinds: NDArray[np.int64]
    matches: NDArray[np.int64]
    distances: NDArray[np.int64]
    clusters: NDArray[np.int64]


@dataclass(slots=True, kw_only=True)
class Batch:
    """Rows for the encoder with labels by word, padded with unknown labels."""

    rows: Rows
    labels: dict[str, NDArray[np.int64]]
    tags: NDArray[np.int64]
    heads: NDArray[np.int64]
    sentences: NDArray[np.int64]
    coreference: list[Coreference] = field(default_factory=list)

    @property
    def words(self) -> int:
        """The words in the batch."""
        return int((self.sentences >= 0).sum())


class Reader:
    """Reads documents a little differently each time, from one seeded generator."""

    def __init__(self, pieces: WordPieces, seed: int, *, augment: bool = True) -> None:
        self._pieces = pieces
        self._random = random.Random(seed)  # noqa: S311 - not for secrets
        self._augment = augment

    def epoch(self, documents: Sequence[Document], budget: int) -> Iterator[Batch]:
        """All documents once, in batches of about so many wordpieces, in random order."""
        chunks = [chunk for document in documents for chunk in self.chunks(document)]
        self._random.shuffle(chunks)
        waiting: dict[int, list[Chunk]] = {}
        ready: list[list[Chunk]] = []
        for chunk in chunks:
            group = waiting.setdefault(chunk.length, [])
            rows = sum(len(other.windows) for other in group)
            if group and (rows + len(chunk.windows)) * chunk.length > budget:
                ready.append(group)
                group = waiting[chunk.length] = []
            group.append(chunk)
        ready.extend(waiting.values())
        self._random.shuffle(ready)
        for group in ready:
            yield build_batch(group)

    def chunks(self, document: Document) -> Iterator[Chunk]:
        """The windows of a document in chunks, with a random limit of their length and random changes of spelling."""
        words, shapes = self._spelling(document)
        wanted = self._random.choices((48, WANTED, 144, LIMIT), (2, 6, 2, 2))[0] if self._augment else WANTED
        pieces = [self._pieces(word) for word in words]
        lengths = [len(word) for word in pieces]
        strengths = [STOP * int(start == 1) for start in document.starts] if document.has_trees else cuts(words, document.gaps)
        found = spans(lengths, strengths, wanted=wanted)
        windows = [build_window(pieces, shapes, document.gaps, start, end) for start, end in found]
        for first in range(0, len(windows), CHUNK):
            yield Chunk(document=document, words=words, windows=windows[first : first + CHUNK])

    def _spelling(self, document: Document) -> tuple[list[str], list[int]]:
        """The words with quotes and dashes of either style, and sometimes with other letter cases."""
        words = list(document.words)
        if self._augment and self._random.random() < 0.4:
            swap = _CURLY if self._random.random() < 0.5 else _STRAIGHT
            words = [swap.get(word, word) for word in words]
        shapes = [shape(word) for word in words]
        chance = self._random.random() if self._augment else 1.0
        if chance < 0.03:
            shapes = [_UPPER.get(kind, kind) for kind in shapes]
        elif chance < 0.06:
            shapes = [_TITLE.get(kind, kind) if len(word) > 3 else kind for kind, word in zip(shapes, words, strict=True)]
        return words, shapes


_OPEN, _CLOSE, _SINGLE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"
_SHORT, _LONG = "\N{EN DASH}", "\N{EM DASH}"
_CURLY = {
    '"': _CLOSE, "``": _OPEN, "''": _CLOSE, "'": _SINGLE, "'s": f"{_SINGLE}s", "n't": f"n{_SINGLE}t", "--": _LONG, "-": _SHORT
}  # fmt: skip
_STRAIGHT = {
    "``": '"', "''": '"', _OPEN: '"', _CLOSE: '"', _SINGLE: "'", f"{_SINGLE}s": "'s", _LONG: "--", _SHORT: "-"
}  # fmt: skip
_UPPER = {SHAPES.index("lower"): SHAPES.index("upper"), SHAPES.index("title"): SHAPES.index("upper")}
_TITLE = {SHAPES.index("lower"): SHAPES.index("title")}


def build_batch(chunks: Sequence[Chunk]) -> Batch:
    """Lay out the windows of chunks with their labels."""
    windows = [(chunk, window) for chunk in chunks for window in chunk.windows]
    rows = build_rows([window for _, window in windows], max(chunk.length for chunk in chunks))
    extent = rows.firsts.shape
    labels = {name: np.full(extent, IGNORED, dtype=np.int64) for name in WORD_LABELS}
    tags = np.full(extent, ANY, dtype=np.int64)
    heads = np.full(extent, IGNORED, dtype=np.int64)
    sentences = np.full(extent, -1, dtype=np.int64)
    for row, (chunk, window) in enumerate(windows):
        document, size = chunk.document, window.end - window.start
        part = slice(window.start, window.end)
        for name in WORD_LABELS:
            labels[name][row, :size] = getattr(document, name)[part]
        tags[row, :size] = document.tags[part]
        near = document.heads[part] - window.start
        heads[row, :size] = np.where((near >= 0) & (near < size), near, IGNORED)
        sentences[row, :size] = np.cumsum(document.starts[part] == 1)
        labels["relations"][row, :size][heads[row, :size] == IGNORED] = IGNORED
    batch = Batch(rows=rows, labels=labels, tags=tags, heads=heads, sentences=sentences)
    base = 0
    for chunk in chunks:
        coreference = _coreference(chunk, base)
        if coreference is not None:
            batch.coreference.append(coreference)
        base += len(chunk.windows)
    return batch


def _coreference(chunk: Chunk, base: int) -> Coreference | None:
    """The mentions of a chunk with the features of their pairs; None where there is nothing to learn."""
    document = chunk.document
    start, end = chunk.windows[0].start, chunk.windows[-1].end
    found = [
        (mention, cluster) for mention, cluster in zip(document.mentions, document.clusters, strict=True) if start <= mention.head < end
    ][:MAX_MENTIONS]
    if len(found) < 2:
        return None
    mentions = [mention for mention, _ in found]
    limits = [window.end for window in chunk.windows]
    rows = np.searchsorted(limits, [mention.head for mention in mentions], side="right")
    columns = [mention.head - chunk.windows[row].start for mention, row in zip(mentions, rows, strict=True)]
    return Coreference(
        rows=rows.astype(np.int64) + base,
        columns=np.array(columns, dtype=np.int64),
        kinds=kind_matrix(mentions),
        matches=match_matrix(chunk.words, mentions),
        distances=distance_matrix(mentions),
        clusters=np.array([cluster for _, cluster in found], dtype=np.int64),
    )
