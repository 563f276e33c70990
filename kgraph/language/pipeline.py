"""Builds the spaCy pipeline of the shipped model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

import kgraph.language.components
import kgraph.language.other_names  # noqa: F401 - both register their factories
from kgraph.language.network.encoder import MODEL
from kgraph.language.tokenizer import NAME

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = ("kgraph_encoder", "kgraph_tags", "kgraph_trees", "kgraph_names", "kgraph_coreference")
"""The components in their order; `kgraph_encoder` comes first, any other spaCy component may stand between the rest."""

MAX_LENGTH = 20_000_000
"""Characters of the longest text that is read: memory grows with the text, by about a kilobyte a word."""


def load(*, folder: Path = MODEL, threads: int = 1, names: str = "") -> Language:
    """The English pipeline; more threads give the same results.

    With `names`, an installed spaCy pipeline or the folder of one, the names are that pipeline's.
    """
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": NAME}}})
    nlp.max_length = MAX_LENGTH
    for component in COMPONENTS:
        if component == "kgraph_names" and names:
            nlp.add_pipe("kgraph_other_names", config={"pipeline": names})
            continue
        config: dict[str, object] = {"folder": str(folder)}
        if component == "kgraph_encoder":
            config["threads"] = threads
        nlp.add_pipe(component, config=config)
    return nlp


def release(doc: Doc) -> None:
    """Drop the states of the model from a Doc whose relations have been read."""
    doc._.reading = None
    doc._.word_tokens = None
