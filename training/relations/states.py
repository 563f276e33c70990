"""The states that the relation branch reads: those of the shipped encoder after its middle layer, one vector a word.

The branch learns from what it will read at run time, eight-bit rounding included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kgraph.extraction.relations.inputs import word_states
from kgraph.language.network.encoder import MODEL, Text, shared_encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.relations.documents import RelationDocument

BATCH = 64
"""Documents that are read at once."""


def shipped_states(documents: Sequence[RelationDocument]) -> list[NDArray[np.float16]]:
    """One array [word, width] for each document."""
    encoder = shared_encoder(MODEL)
    found = []
    for first in range(0, len(documents), BATCH):
        texts = [Text(words=document.words, gaps=document.gaps) for document in documents[first : first + BATCH]]
        for reading in encoder.read(texts):
            windows = zip(reading.states, reading.windows, strict=True)
            found.append(np.concatenate([word_states(states, window.firsts) for states, window in windows]).astype(np.float16))
    return found
