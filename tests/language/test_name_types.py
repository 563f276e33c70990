"""Types of names: all uses in a document count, and so does what is widely known."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kgraph.language.network.name_types import KnownNames, NameTypes, TypeWeights, log_chances

TAGS = ["O", "B-Organization", "I-Organization", "B-Person", "I-Person"]
NOBODY = KnownNames((), {})


def scores(*rows: tuple[float, float, float]) -> np.ndarray:
    """Scores of words, given those of no name, of an organisation and of a person."""
    return np.array([[outside, firm, -9.0, person, -9.0] for outside, firm, person in rows], dtype=np.float32)


FIRM, DOUBT, WORD = (-5.0, 5.0, -5.0), (-5.0, 0.0, 1.0), (5.0, -5.0, -5.0)


def test_a_name_in_doubt_has_the_type_that_it_has_elsewhere() -> None:
    types = NameTypes(TAGS, NOBODY)
    alone = types.agreed(["Amgen", "rose"], scores(DOUBT, WORD))
    among = types.agreed(["Amgen", "rose", "Amgen", "Amgen"], scores(DOUBT, WORD, FIRM, FIRM))
    assert types.choose("Amgen", alone[:1]) == "Person"
    assert types.choose("Amgen", among[:1]) == "Organization"


def test_words_of_no_name_do_not_lean() -> None:
    told = scores(DOUBT, WORD, WORD)
    assert np.allclose(NameTypes(TAGS, NOBODY).agreed(["Amgen", "The", "The"], told), log_chances(told))


@given(st.lists(st.sampled_from(["Amgen", "Ford", "of", "A"]), min_size=1, max_size=8), st.integers(0, 1000))
def test_the_order_of_sentences_does_not_matter(words: list[str], seed: int) -> None:
    told = np.random.default_rng(seed).normal(size=(len(words), len(TAGS))).astype(np.float32)
    types = NameTypes(TAGS, NOBODY)
    there, back = types.agreed(words, told), types.agreed(words[::-1], told[::-1])
    assert np.allclose(there, back[::-1], atol=1e-5)


def test_a_known_name_is_what_it_is_known_as_unless_the_text_is_clear() -> None:
    known = KnownNames(["Organization", "Person"], {"Amgen": "9\t", "Ford": "9\t9"})
    types = NameTypes(TAGS, known, TypeWeights(model=1.0, known=1.0, ahead={}))
    assert types.choose("Amgen", scores(DOUBT)) == "Organization"
    assert types.choose("Ford", scores(DOUBT)) == "Person"
    assert types.choose("Amgen", scores((-9.0, -9.0, 9.0))) == "Person"


def test_the_table_is_read_by_the_types_that_it_names(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv.gz"
    path.write_bytes(gzip.compress(b"name\tPerson\tOrganization\nAmgen\t\t4\n"))
    known = KnownNames.load(path)
    leaning = known.leaning("Amgen", ["Organization", "Person"])
    assert leaning is not None
    assert leaning[0] > 0 > leaning[1]
    assert known.leaning("Pfizer", ["Organization"]) is None


def test_without_files_the_model_decides(tmp_path: Path) -> None:
    known, weights = KnownNames.load(tmp_path / "none"), TypeWeights.load(tmp_path / "none")
    assert known.leaning("Amgen", ["Person"]) is None
    assert NameTypes(TAGS, known, weights).choose("Amgen", scores(DOUBT)) == "Person"
