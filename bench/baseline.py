"""The pipeline that speeds are compared with: spaCy's tok2vec 96x4, tagger, parser and entity recogniser, with random weights.

Weights do not change how long a step takes, so no download is needed. The label sets have the size of those of a trained
English pipeline; the parser's random decisions make trees of the usual number of transitions.
"""

from __future__ import annotations

from typing import cast

import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe

__all__ = ["comparison_pipeline"]

TAGS = [f"T{n}" for n in range(50)]
RELATIONS = [f"r{n}" for n in range(45)]
ENTITIES = [f"E{n}" for n in range(18)]


def comparison_pipeline() -> Language:
    """A pipeline of the architecture and size of spaCy's small English one."""
    config = {
        "nlp": {"lang": "en", "pipeline": ["tok2vec", "tagger", "parser", "ner"]},
        "components": {
            "tok2vec": {
                "factory": "tok2vec",
                "model": {
                    "@architectures": "spacy.Tok2Vec.v2",
                    "embed": {
                        "@architectures": "spacy.MultiHashEmbed.v2",
                        "width": 96,
                        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
                        "rows": [5000, 1000, 2500, 2500, 50, 50],
                        "include_static_vectors": False,
                    },
                    "encode": {
                        "@architectures": "spacy.MaxoutWindowEncoder.v2",
                        "width": 96,
                        "depth": 4,
                        "window_size": 1,
                        "maxout_pieces": 3,
                    },
                },
            },
            "tagger": {"factory": "tagger", "model": _listening("spacy.Tagger.v2")},
            "parser": {"factory": "parser", "model": _transitions("parser")},
            "ner": {"factory": "ner", "model": _transitions("ner")},
        },
    }
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    for name, labels in (("tagger", TAGS), ("parser", RELATIONS), ("ner", ENTITIES)):
        pipe = cast("TrainablePipe", nlp.get_pipe(name))
        for label in labels:
            pipe.add_label(label)
    nlp.initialize()
    return nlp


def _listening(architecture: str) -> dict[str, object]:
    return {"@architectures": architecture, "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}}


def _transitions(state: str) -> dict[str, object]:
    return {
        **_listening("spacy.TransitionBasedParser.v2"),
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
    }
