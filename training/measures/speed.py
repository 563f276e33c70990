"""Measures speed, load time and memory of the language pipeline, beside a spaCy pipeline of the usual size."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import spacy

import kgraph.language
from training.corpora.articles import article_text
from training.corpora.files import read_records
from training.corpora.schemes import RELATIONS, TYPES, XPOS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.language import Language

_TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 96,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}


def spacy_pipeline(labels: Sequence[str], relations: Sequence[str], types: Sequence[str]) -> Language:
    """A tok2vec 96x4, tagger, parser and ner pipeline with random weights."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _TOK2VEC})
    tagger = nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER}})
    states = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "tok2vec": _LISTENER,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
    }
    parser = nlp.add_pipe("parser", config={"model": {**states, "state_type": "parser", "extra_state_tokens": False}})
    names = nlp.add_pipe("ner", config={"model": {**states, "state_type": "ner", "extra_state_tokens": False}})
    for label in labels:
        tagger.add_label(label)  # type: ignore[attr-defined]
    for relation in relations:
        parser.add_label(relation)  # type: ignore[attr-defined]
    for kind in types:
        names.add_label(kind)  # type: ignore[attr-defined]
    nlp.initialize()
    return nlp


def words_per_second(nlp: Language, texts: Sequence[str], rounds: int = 3) -> float:
    """The best speed of several rounds, by the time of the processor, so that a busy machine measures the same."""
    best = 0.0
    for _ in range(rounds):
        began = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(texts))
        best = max(best, words / (time.process_time() - began))
    return best


def measure_speed(path: Path) -> dict[str, float]:
    """Words a second of both pipelines on the articles of a file, in one process."""
    texts = [article_text(record) for record in read_records(path)]
    ours = kgraph.language.load()
    theirs = spacy_pipeline(XPOS, RELATIONS, TYPES)
    our_speed, their_speed = words_per_second(ours, texts), words_per_second(theirs, texts)
    return {"words/s": our_speed, "spacy words/s": their_speed, "ratio": our_speed / their_speed}


_LOAD = """
import json, sys, time
sys.modules["torch"] = None
began = time.perf_counter()
import kgraph.language
nlp = kgraph.language.load()
seconds = time.perf_counter() - began
texts = json.load(sys.stdin)
for doc in nlp.pipe(texts):
    kgraph.language.release(doc)
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(seconds, peak / 1024)
"""


def measure_load(path: Path) -> dict[str, float]:
    """Seconds to import and load, and the peak memory after reading the articles of a file, in a fresh process.

    Torch is hidden, as in an installation without the extra `train`: spaCy would import it where it finds it.
    """
    texts = json.dumps([article_text(record) for record in read_records(path)])
    found = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", _LOAD], input=texts, capture_output=True, text=True, check=True)  # noqa: S603
        found.append([float(value) for value in done.stdout.split()])
    return {"load seconds": min(row[0] for row in found), "resident MB": max(row[1] for row in found)}
