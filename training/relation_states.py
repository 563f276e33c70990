"""The states that the relation branch reads: the encoder's, after its middle layer, one vector for each word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from kgraph.extraction.relation_inputs import word_states
from kgraph.language.tokens import WordPieces, shape
from kgraph.language.windows import batches, build_rows, build_window, cuts, spans
from training.network import MIDDLE, Encoder, encoder_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.relation_documents import RelationDocument

BUDGET = 4096


@torch.no_grad()
def read_states(encoder: Encoder, documents: Sequence[RelationDocument]) -> list[NDArray[np.float16]]:
    """One array [word, width] for each document."""
    pieces = WordPieces(encoder_folder() / "tokenizer.json")
    found: list[NDArray[np.float16]] = []
    windows = []
    encoder.eval()
    for number, document in enumerate(documents):
        words = [pieces(word) for word in document.words]
        shapes = [shape(word) for word in document.words]
        found.append(np.zeros((len(words), encoder.pieces.embedding_dim), dtype=np.float16))
        for start, end in spans([len(word) for word in words], cuts(document.words, document.gaps)):
            windows.append((number, build_window(words, shapes, document.gaps, start, end)))
    for length, indices in batches([window.length for _, window in windows], BUDGET):
        rows = build_rows([windows[index][1] for index in indices], length)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            middle = encoder(*(torch.from_numpy(part) for part in (rows.pieces, rows.shapes, rows.gaps)))[0]
        states = middle.float().numpy()
        for row, index in enumerate(indices):
            number, window = windows[index]
            found[number][window.start : window.end] = word_states(states[row, : window.length], window.firsts)
    return found


def lower_half(encoder: Encoder) -> Encoder:
    """The encoder without the layers that the branch replaces."""
    encoder.layers = encoder.layers[:MIDDLE]
    return encoder
