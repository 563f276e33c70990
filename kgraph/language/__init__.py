"""kgraph's English as a spaCy pipeline: `load()` gives a plain `spacy.Language` and needs no download.

A Doc has `tag_`, `pos_`, `morph`, `lemma_`, `dep_` and heads (UD), `sents`, `ents` (Organization, Person, Place, Product,
GovernmentBody), `doc._.clusters` (coreference: lists of spans, the most telling first; `span._.certainty` says how likely one
belongs there, `span._.rivals` where else it could) and `doc._.reading` (the states of the model, for the relation branch;
`release` drops them).
"""

from __future__ import annotations

from kgraph.language.pipeline import COMPONENTS, load, release

__all__ = ["COMPONENTS", "load", "release"]
