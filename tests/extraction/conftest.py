"""Hand-made parses: sentences as tables, so that tests of syntax need no trained model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import Doc

from kgraph import ontology
from kgraph.extraction.frames.matching import Frames
from kgraph.extraction.frames.scores import FrameScores
from kgraph.ontology.lexicon import read_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

_VOCAB = spacy.blank("en").vocab
_PARTS = {
    "NNP": "PROPN",
    "NN": "NOUN",
    "VB": "VERB",
    "JJ": "ADJ",
    "RB": "ADV",
    "PRP": "PRON",
    "DT": "DET",
    "IN": "ADP",
    "CD": "NUM",
    "TO": "PART",
}


def _part(tag: str, dep: str) -> str:
    if dep.startswith(("aux", "cop")):
        return "AUX"
    return next((part for start, part in _PARTS.items() if tag.startswith(start)), "PUNCT")


def _parse(*rows: str, names: tuple[tuple[int, int, str], ...] = ()) -> Doc:
    cells = [row.split() for row in rows]
    words = [cell[0] for cell in cells]
    doc = Doc(
        _VOCAB,
        words=words,
        lemmas=[cell[1] for cell in cells],
        tags=[cell[2] for cell in cells],
        pos=[_part(cell[2], cell[3]) for cell in cells],
        deps=[cell[3] for cell in cells],
        heads=[int(cell[4]) for cell in cells],
    )
    doc.set_ents([doc.char_span(doc[s].idx, doc[e - 1].idx + len(doc[e - 1]), label=label) for s, e, label in names])
    return doc


@pytest.fixture
def parse() -> Callable[..., Doc]:
    """Makes a Doc from rows `word lemma TAG dep head`; `head` is the number of a row, `names` are (start, end, label)."""
    return _parse


@pytest.fixture(scope="session")
def frames() -> Frames:
    """The built-in lexicon."""
    return Frames(read_lexicon([ontology.directory() / "lexicon.ttl"]), ontology.load(), FrameScores())
