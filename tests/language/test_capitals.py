"""Lines in capitals are read in the case that their words have in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("OSTRA BUYS EU RIVAL'S STAKE\n\nOstra was cheap.", "Ostra buys EU rival 's stake Ostra was cheap ."),
        ("MERIT TO BUY EBRO FOR 3 MLN\n\nThe merit of eBro is clear.", "Merit to buy eBro for 3 mln The merit of eBro is clear ."),
        ("QUELLO AVIATION'S CHIEF QUITS HSBC BOARD", "Quello Aviation 's chief quits HSBC board"),
        ("ANN MARLOWE\n\nOSTRA, TELBO", "ANN MARLOWE OSTRA , TELBO"),
        (
            "EBRO TO GO\n\nFirst: Ebro is a bank. We like EBRO, EBRO and EBRO.",
            "EBRO to go First : Ebro is a bank . We like EBRO , EBRO and EBRO .",
        ),
    ],
    ids=["words that the text has", "as the text writes them", "names", "short lines", "most uses"],
)
def test_a_line_in_capitals_is_read_as_a_plain_sentence(nlp: Language, text: str, read: str) -> None:
    doc = nlp(text)
    assert " ".join(doc._.reading.words) == read
    assert doc.text == text


def test_names_and_verbs_are_seen_in_capitals(nlp: Language) -> None:
    doc = nlp("QUELLO AVIATION BUYS LISBON'S TARVO FOODS FOR 40 MLN EUROS")
    assert {ent.text for ent in doc.ents} == {"QUELLO AVIATION", "LISBON", "TARVO FOODS"}
    assert [(token.text, token.lemma_) for token in doc if token.pos_ == "VERB"] == [("BUYS", "buy")]
