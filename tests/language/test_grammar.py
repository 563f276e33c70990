"""What a pronoun stands for where grammar leaves no choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kgraph.language.coreference.grammar import antecedent

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def meant(doc: Doc, word: str) -> str | None:
    """What the last pronoun of a text stands for by grammar."""
    pronoun = next(token for token in reversed(doc) if token.lower_ == word)
    found = antecedent(pronoun)
    return found.text if found is not None else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme praised Contoso and its chief executive, Mary Lee.", "Contoso"),
        ("Acme bought Contoso and its subsidiary Fabrikam.", "Contoso"),
        ("Acme filed a lawsuit against Contoso and its former finance chief.", "Contoso"),
        ("Acme bought Contoso from its founder, Mary Lee.", "Contoso"),
        ("Acme urged Contoso to replace its chairman.", "Contoso"),
        ("Mary Lee, president of Contoso and granddaughter of its founder, praised Acme.", "Contoso"),
        ("Mary Lee, president of Contoso and granddaughter of its founder Ann Lee, praised Acme.", "Contoso"),
        ("Acme announced the purchase of Contoso and the closure of its bakery.", None),
        ("Acme sold Contoso and its shares rose.", None),
        ("Acme will sell Contoso and its stake in Fabrikam.", None),
        ("Acme sold Contoso, Fabrikam and its bakery.", None),
        ("Acme makes Contoso engines and its own brakes.", None),
        ("Acme hired Contoso to build its factory.", None),
        ("Acme bought Contoso for its patents.", None),
        ("Acme said its profit fell.", None),
    ],
)
def test_its_owner_is_what_grammar_says(nlp: Language, text: str, expected: str | None) -> None:
    assert meant(nlp(text), "its") == expected


def test_it_is_one_thing_in_two_clauses_side_by_side(nlp: Language) -> None:
    doc = nlp("Acme announced that it has sold its bakery to Contoso and that it will open two mills.")
    pronoun = [token for token in doc if token.lower_ == "it"]
    assert antecedent(pronoun[1]) == pronoun[0]
    assert antecedent(pronoun[0]) is None


def test_what_grammar_settles_is_no_choice(nlp: Language) -> None:
    doc = nlp("Acme criticised Contoso and its chief executive, Mary Lee, on Tuesday.")
    (its,) = [span for cluster in doc._.clusters for span in cluster if span.text == "its"]
    assert its._.certainty == 1.0
    assert any({"its", "Contoso"} <= {span.text for span in cluster} for cluster in doc._.clusters)
