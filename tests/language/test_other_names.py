"""Another spaCy pipeline can give the names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

import kgraph.language
from kgraph.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def other(tmp_path: Path) -> str:
    """A pipeline that knows two names by rule, one of a type that kgraph does not have."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "ORG", "pattern": "red lantern"},
            {"label": "GPE", "pattern": "Leeds"},
            {"label": "NORP", "pattern": "British"},
        ]
    )
    nlp.to_disk(tmp_path / "rules")
    return str(tmp_path / "rules")


def test_names_come_from_the_pipeline_that_is_named(other: str) -> None:
    nlp = kgraph.language.load(names=other)
    docs = list(nlp.pipe(["The red lantern, a British brewer in Leeds, hired Maria Silva. It grew.", "Nothing here."]))
    assert [[(ent.text, ent.label_) for ent in doc.ents] for doc in docs] == [
        [("red lantern", "Organization"), ("Leeds", "Place")],
        [],
    ]
    assert docs[0].has_annotation("DEP")


def test_a_pipeline_that_is_not_installed_is_said_in_a_line() -> None:
    with pytest.raises(SettingsError, match="names: spaCy finds no pipeline 'no_such_pipeline'"):
        kgraph.language.load(names="no_such_pipeline")
