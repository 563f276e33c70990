"""Titles and given names tell whether "he" or "she" may be meant."""

from __future__ import annotations

import pytest

from kgraph.language.coreference.genders import FEMALE, MALE, gender
from kgraph.language.network.mentions import name_mention


@pytest.mark.parametrize(
    ("words", "start", "expected"),
    [
        (["Mr.", "Seth"], 1, MALE),
        (["Mrs", "Robin", "Ray"], 1, FEMALE),
        (["Sheryl", "Sandberg"], 0, FEMALE),
        (["Tim", "Cook"], 0, MALE),
        (["Kim", "Ray"], 0, ""),
        (["Grace"], 0, ""),
    ],
)
def test_a_title_counts_before_a_given_name(words: list[str], start: int, expected: str) -> None:
    assert gender(words, name_mention(words, start, len(words))) == expected
