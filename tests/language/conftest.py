"""The shipped pipeline, loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kgraph.language

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    return kgraph.language.load()
