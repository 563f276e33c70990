"""Lemmas: by rule, by exception, and names as they are."""

from __future__ import annotations

import pytest

from kgraph.language.lemmas import shared_lemmatizer
from kgraph.language.network.encoder import MODEL


@pytest.mark.parametrize(
    ("word", "upos", "xpos", "lemma"),
    [
        ("bought", "VERB", "VBD", "buy"),
        ("agreed", "VERB", "VBD", "agree"),
        ("acquiring", "VERB", "VBG", "acquire"),
        ("companies", "NOUN", "NNS", "company"),
        ("stakes", "NOUN", "NNS", "stake"),
        ("was", "AUX", "VBD", "be"),
        ("larger", "ADJ", "JJR", "large"),
        ("blorted", "VERB", "VBD", "blort"),
        ("Airbus", "PROPN", "NNP", "Airbus"),
        ("Holdings", "PROPN", "NNPS", "Holding"),
    ],
)
def test_lemma(word: str, upos: str, xpos: str, lemma: str) -> None:
    assert shared_lemmatizer(MODEL)(word, upos, xpos) == lemma
