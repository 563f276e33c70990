"""A row of titles belongs to one person as a whole."""

from __future__ import annotations

import spacy

from kgraph.extraction.offices import share_offices
from kgraph.extraction.spans import Candidate, Mention
from kgraph.extraction.titles import find_titles
from kgraph.model import AppearanceKey, EntityType

NLP = spacy.blank("en")


def roles(text: str) -> list[str]:
    """The roles of the person at the first token once the first title is theirs."""
    doc = NLP(text)
    titles = find_titles(doc)
    person = Mention(start=0, end=1, head=0, appearance=AppearanceKey("p"), type=EntityType.PERSON)
    candidate = Candidate(predicate="holdsRole", subject=person, object=None, score=1.0, extractor="frames", role=titles[0])
    return [found.role.text for found in share_offices(doc, [candidate], titles) if found.role is not None]


def test_titles_in_a_row_are_all_held() -> None:
    assert roles("Roe, chairman, CEO and president of Acme") == ["chairman", "CEO", "president"]


def test_a_name_between_two_titles_parts_them() -> None:
    assert roles("Roe, chairman of Acme, and CEO Doe") == ["chairman"]
