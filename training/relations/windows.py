"""Documents for the relation branch as the network itself reads them: windows of wordpieces in place of states computed before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from kgraph.extraction.relations.inputs import feed
from kgraph.language.network.tokens import shape
from kgraph.language.network.windows import build_rows, build_window, cuts, spans
from training.relations.documents import examples
from training.relations.renaming import COPY

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kgraph.extraction.relations.inputs import Feed
    from kgraph.language.network.tokens import WordPieces
    from kgraph.language.network.windows import Window
    from training.language.network import Encoder
    from training.relations.documents import Example, RelationDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The windows of a document, and the examples of one of its views."""

    words: int
    windows: list[Window]
    examples: list[Example]


def windows_of(document: RelationDocument, pieces: WordPieces) -> list[Window]:
    """The windows of a document, as they are laid out at run time."""
    told, shapes = [pieces(word) for word in document.words], [shape(word) for word in document.words]
    stretches = spans([len(word) for word in told], cuts(document.words, document.gaps))
    return [build_window(told, shapes, document.gaps, start, end) for start, end in stretches]


class TextPool:
    """The texts of one corpus; each pass draws a view of each document, or of its copy under other names, anew."""

    def __init__(self, documents: Sequence[RelationDocument], pieces: WordPieces) -> None:
        self._views: list[list[list[Text]]] = []
        for number, document in enumerate(documents):
            windows = windows_of(document, pieces)
            views = [Text(words=len(document.words), windows=windows, examples=examples(number, document, view)) for view in document.views]
            if COPY in document.name:
                self._views[-1].append(views)
            else:
                self._views.append([views])

    def draw(self, chooser: random.Random, passes: float) -> Iterator[Text]:
        """The texts of a pass; a fraction takes that share of the documents."""
        whole, part = divmod(passes, 1)
        for copies in self._views * int(whole) + chooser.sample(self._views, round(part * len(self._views))):
            yield chooser.choice(chooser.choice(copies))


def kept(text: Text, chooser: random.Random, empty: float) -> Text:
    """The text with that share of its examples without any relation."""
    found = [example for example in text.examples if example.labels.max(initial=0) > 0 or chooser.random() < empty]
    return Text(words=text.words, windows=text.windows, examples=found)


def batches(texts: Sequence[Text], budget: int, chooser: random.Random) -> Iterator[list[Text]]:
    """Texts of about one length together, at most so many words of segments and eight times so many pairs a batch."""
    order = sorted(texts, key=lambda text: (text.words // 24, max(len(example.segment.pairs) for example in text.examples)))
    groups: list[list[Text]] = [[]]
    for text in order:
        inside = [example.segment for other in (*groups[-1], text) for example in other.examples]
        length, depth = max(segment.end - segment.start for segment in inside), max(len(segment.pairs) for segment in inside)
        if groups[-1] and (length * len(inside) > budget or depth * len(inside) > 8 * budget):
            groups.append([])
        groups[-1].append(text)
    chooser.shuffle(groups)
    yield from groups


def word_states(encoder: Encoder, texts: Sequence[Text]) -> Tensor:
    """The middle states [word, width] of the words of texts, one after the other, and zeros for no word at the end."""
    windows = [window for text in texts for window in text.windows]
    rows = build_rows(windows, max(window.length for window in windows))
    owners = np.full(rows.pieces.shape, -1, dtype=np.int64)
    words = 0
    for row, window in enumerate(windows):
        sizes = np.diff([*window.firsts, window.length - 1])
        owners[row, 1 : window.length - 1] = words + np.repeat(np.arange(len(sizes)), sizes)
        words += len(sizes)
    told = {name: torch.from_numpy(value) for name, value in rows.feed().items()}
    middle = encoder.middle(told["pieces"], told["shapes"], told["gaps"])
    flat = torch.from_numpy(owners.reshape(-1))
    inside = middle.reshape(-1, middle.shape[-1])[flat >= 0].float()
    sums = torch.zeros(words + 1, middle.shape[-1]).index_add(0, flat[flat >= 0], inside)
    counts = torch.bincount(flat[flat >= 0], minlength=words + 1).clamp(min=1)
    return sums / counts[:, None]


def lay_out(texts: Sequence[Text]) -> tuple[Feed, NDArray[np.int64]]:
    """A batch for the branch but for its states, and [row, word] which of the texts' words stands there, else the one after the last."""
    rows = [example for text in texts for example in text.examples]
    blank = np.zeros((max(example.segment.end for example in rows), 1), dtype=np.float32)
    inputs = feed([(blank, example.spans, example.segment) for example in rows])
    firsts = np.cumsum([0, *(text.words for text in texts)])
    places = np.full(inputs["mask"].shape, firsts[-1], dtype=np.int64)
    owners = [first for first, text in zip(firsts, texts, strict=False) for _ in text.examples]
    for row, (first, example) in enumerate(zip(owners, rows, strict=True)):
        start, end = example.segment.start, example.segment.end
        places[row, : end - start] = np.arange(first + start, first + end)
    return inputs, places
