"""Collects the tables of the lemmatizer from the training treebanks: what its rules cannot know."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from kgraph.language.lemmas import APOSTROPHE, Lemmatizer
from training.corpora.treebanks import read_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_STEMS = {"VB": ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"), "NN": ("NN", "NNS"), "JJ": ("JJ", "JJR", "JJS", "RB", "RBR", "RBS")}


def read_lemmas(paths: Sequence[Path]) -> Iterator[tuple[str, str, str]]:
    """The (lower-case form, tag, lemma) of the words of treebanks, names and misspellings left out."""
    for path in paths:
        for sentence in read_sentences(path):
            for row in sentence.rows:
                if row[3] != "PROPN" and "Typo=Yes" not in row[5] and row[2] != "_":
                    yield row[1].lower().replace(APOSTROPHE, "'"), row[4], row[2]


def write_lemmas(paths: Sequence[Path], output: Path) -> None:
    """Write the lemmas that are known and the forms that the rules get wrong."""
    counts = Counter(read_lemmas(paths))
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for (form, tag, lemma), count in sorted(counts.items()):
        best[form, tag] = max(best.get((form, tag), (0, "")), (count, lemma))
    known = {
        stem: frozenset(lemma for (_, tag), (_, lemma) in best.items() if tag in tags and lemma.isalpha()) for stem, tags in _STEMS.items()
    }
    rules = Lemmatizer({}, known)
    exceptions: dict[str, dict[str, str]] = {}
    for (form, tag), (_, lemma) in sorted(best.items()):
        if rules.rule(form, tag) != lemma and tag not in {"ADD", "FW", "GW"}:
            exceptions.setdefault(tag, {})[form] = lemma
    data = {"exceptions": exceptions, "known": {stem: " ".join(sorted(words)) for stem, words in known.items()}}
    output.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
