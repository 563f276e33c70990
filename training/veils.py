"""Hides words of a batch from the network, so that it learns to read the rest of a sentence rather than to know its words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kgraph.language.windows import Rows

MASK = 103
"""The wordpiece that the published encoder was taught to read as a hidden one."""


def hide_words(rows: Rows, share: float, random: np.random.Generator) -> Rows:
    """Rows with the given share of the words hidden, in half of the rows: their shapes stay to be seen."""
    if not share:
        return rows
    words, length = rows.firsts.shape[1], rows.pieces.shape[1]
    veiled = (random.random((len(rows.firsts), words)) < share) & (random.random((len(rows.firsts), 1)) < 0.5)
    starts = np.zeros((len(rows.firsts), length), dtype=np.int64)
    np.put_along_axis(starts, rows.firsts, 1, axis=1)
    starts[:, 0] = 0
    word_of = np.cumsum(starts, axis=1) - 1
    hidden = np.take_along_axis(veiled, np.maximum(word_of, 0), axis=1) & (word_of >= 0) & (rows.shapes > 0)
    return replace(rows, pieces=np.where(hidden, MASK, rows.pieces))
