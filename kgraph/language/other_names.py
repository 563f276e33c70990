"""Names from another spaCy pipeline, in place of the model's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kgraph.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TYPES = {
    "Organization": ("ORG", "ORGANIZATION", "COMPANY"),
    "Person": ("PERSON", "PER"),
    "Place": ("PLACE", "GPE", "LOC", "LOCATION", "FAC"),
    "Product": ("PRODUCT", "PROD", "WORK_OF_ART"),
    "GovernmentBody": ("GOVERNMENTBODY", "GOV"),
}
"""kgraph's types, and the usual labels of other pipelines that are read as such; names with other labels are left out."""
_TYPE_OF = {label: kind for kind, labels in TYPES.items() for label in labels}


class OtherNames:
    """Writes the names that another pipeline finds in the text, moved to the borders of this one's tokens."""

    def __init__(self, pipeline: str) -> None:
        self._other = load_other(pipeline)

    def __call__(self, doc: Doc) -> Doc:
        """Write the names of one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Write the names of documents, read in batches."""
        pairs = ((doc.text, doc) for doc in stream)
        for found, doc in self._other.pipe(pairs, as_tuples=True, batch_size=batch_size):
            spans = [_moved(doc, ent) for ent in found.ents]
            doc.set_ents(spacy.util.filter_spans([span for span in spans if span is not None]))
            yield doc


def _moved(doc: Doc, ent: Span) -> Span | None:
    """A name of another Doc of the same text in this one; None for a type that kgraph does not know."""
    kind = _TYPE_OF.get(ent.label_.upper())
    return doc.char_span(ent.start_char, ent.end_char, label=kind, alignment_mode="expand") if kind else None


def load_other(pipeline: str) -> Language:
    """An installed spaCy pipeline, or that of a folder.

    Raises `SettingsError` where there is none of that name.
    """
    try:
        return spacy.load(pipeline)
    except OSError as error:
        msg = f"names: spaCy finds no pipeline {pipeline!r}"
        raise SettingsError(msg) from error


@Language.factory("kgraph_other_names", assigns=["doc.ents", "token.ent_iob", "token.ent_type"], default_config={"pipeline": ""})
def make_other_names(nlp: Language, name: str, pipeline: str) -> OtherNames:  # noqa: ARG001
    """Make the component that takes names from another pipeline."""
    return OtherNames(pipeline)
