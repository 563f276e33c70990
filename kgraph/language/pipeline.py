"""Builds the spaCy pipeline of the shipped model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

import kgraph.language.components  # noqa: F401 - registers the factories
from kgraph.language.encoder import MODEL
from kgraph.language.tokenizer import make_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("kgraph_encoder", "kgraph_tags", "kgraph_trees", "kgraph_names", "kgraph_coreference")
"""The components in their order; `kgraph_encoder` comes first, any other spaCy component may stand between the rest."""

MAX_LENGTH = 20_000_000
"""Characters of the longest text that is read: memory grows with the text, by about a kilobyte a word."""


def load(*, folder: Path = MODEL, threads: int = 1) -> Language:
    """The English pipeline; more threads give the same results."""
    nlp = spacy.blank("en")
    nlp.max_length = MAX_LENGTH
    nlp.tokenizer = make_tokenizer(nlp)
    for name in COMPONENTS:
        config: dict[str, object] = {"folder": str(folder)}
        if name == "kgraph_encoder":
            config["threads"] = threads
        nlp.add_pipe(name, config=config)
    return nlp


def release(doc: Doc) -> None:
    """Drop the states of the model from a Doc whose relations have been read."""
    doc._.reading = None
    doc._.word_tokens = None
