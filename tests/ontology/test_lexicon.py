"""A lexicon says which words evoke a predicate; a word class may stand for its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kgraph.errors import OntologyError
from kgraph.ontology.headings import read_headings
from kgraph.ontology.lexicon import read_lexicon

if TYPE_CHECKING:
    from pathlib import Path

LEXICON = """
@prefix lex: <https://w3id.org/kgraph/lexicon#> .
@prefix kg: <https://w3id.org/kgraph/ontology#> .
lex:metal a lex:WordClass ; lex:word "tin", "zinc" .
lex:mines a lex:Frame ; lex:noun "ore", lex:metal ; lex:evokes kg:suppliesTo ; lex:subject "self" ; lex:object "for" .
"""


FRAME = """
@prefix lex: <https://w3id.org/kgraph/lexicon#> .
@prefix kg: <https://w3id.org/kgraph/ontology#> .
lex:buys a lex:Frame ; lex:verb "snap up" ; lex:subject "subject" ; lex:object "object" ;
    lex:evokes kg:acquired ; lex:requires "amount" ; lex:unless kg:investedIn .
"""


def test_a_frame_of_known_words_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(FRAME, encoding="utf-8")
    assert [frame.predicate for frame in read_lexicon([path]).frames] == ["acquired"]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("lex:evokes kg:acquired", "lex:evokes kg:aquired"),
        ('lex:requires "amount"', 'lex:requires "ammount"'),
        ("lex:unless kg:investedIn", "lex:unless kg:investIn"),
        ('lex:object "object"', 'lex:objekt "object"'),
        ('lex:object "object"', 'lex:object "objekt"'),
    ],
)
def test_a_slip_of_the_pen_is_named_with_its_file(tmp_path: Path, right: str, wrong: str) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(FRAME.replace(right, wrong), encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        read_lexicon([path])
    assert str(caught.value).startswith(f"{path}: <https://w3id.org/kgraph/lexicon#buys> ")
    assert re.split(r"[\s:\"]+", wrong)[1 if "objekt" in wrong else 2] in str(caught.value)


def test_a_frame_may_evoke_a_predicate_of_its_own_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    own = """
        kg:licensedTo a <http://www.w3.org/2002/07/owl#ObjectProperty> ; <http://www.w3.org/2000/01/rdf-schema#label> "licensed to" ;
            <http://www.w3.org/2000/01/rdf-schema#domain> kg:Product ; <http://www.w3.org/2000/01/rdf-schema#range> kg:Organization .
    """
    path.write_text(FRAME.replace("kg:acquired", "kg:licensedTo") + own, encoding="utf-8")
    assert [frame.predicate for frame in read_lexicon([path]).frames] == ["licensedTo"]


@pytest.mark.parametrize("place", ["into", "such as", "out of", "possessor", "via"])
def test_a_step_is_a_place_or_a_preposition(tmp_path: Path, place: str) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(FRAME.replace('lex:object "object"', f'lex:object "{place}"'), encoding="utf-8")
    assert read_lexicon([path]).frames[0].paths["object"][0][0].place == place


@pytest.mark.parametrize(("word", "cause"), [("@Firm", "no kind of thing"), ("lex:wares", "no word class")])
def test_what_a_step_demands_must_be_known(tmp_path: Path, word: str, cause: str) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(FRAME.replace('lex:object "object"', f'lex:object "object[{word}]"'), encoding="utf-8")
    with pytest.raises(OntologyError, match=f"'{word}' in lex:object, which is {cause}"):
        read_lexicon([path])


def test_a_misspelt_place_is_told_with_the_one_meant(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(FRAME.replace('lex:subject "subject"', 'lex:subject "subjekt"'), encoding="utf-8")
    with pytest.raises(OntologyError, match=r"'subjekt' in lex:subject, which is neither .* did you mean 'subject'"):
        read_lexicon([path])


def test_a_path_takes_the_words_of_a_class(tmp_path: Path) -> None:
    path = tmp_path / "metals.ttl"
    path.write_text(LEXICON.replace('lex:object "for"', 'lex:object "for[lex:metal,lead]"'), encoding="utf-8")
    assert read_lexicon([path]).frames[0].paths["object"][0][0].lemmas == {"tin", "zinc", "lead"}


def test_a_frame_takes_the_words_of_a_class_beside_its_own(tmp_path: Path) -> None:
    path = tmp_path / "metals.ttl"
    path.write_text(LEXICON, encoding="utf-8")
    lexicon = read_lexicon([path])
    assert lexicon.frames[0].lemmas == ("ore", "tin", "zinc")
    assert lexicon.words["metal"] == {"tin", "zinc"}


HEADING = """
@prefix kg: <https://w3id.org/kgraph/ontology#> .
@prefix lex: <https://w3id.org/kgraph/lexicon#> .
lex:buyers a lex:Heading ; lex:word "buyer" ; lex:evokes kg:acquired ; lex:holds "subject" ; lex:status "planned" .
"""


@pytest.mark.parametrize(
    ("right", "wrong", "cause"),
    [
        ("lex:evokes kg:acquired", "lex:evokes kg:aquired", "'aquired' for lex:evokes"),
        ("lex:evokes kg:acquired ;", "", "it needs lex:evokes"),
        ('lex:holds "subject"', 'lex:holds "subjekt"', "'subjekt' for lex:holds"),
        ('lex:status "planned"', 'lex:status "maybe"', "'maybe' for lex:status"),
        ('lex:status "planned"', 'lex:requires "rôle"', "'rôle' for lex:requires"),
        ('lex:word "buyer"', 'lex:noun "buyer"', "lex:noun, which is no property of a heading"),
        ('lex:word "buyer" ;', "", "either lex:word or lex:title true"),
    ],
)
def test_a_heading_that_means_nothing_is_named_with_its_file(tmp_path: Path, right: str, wrong: str, cause: str) -> None:
    path = tmp_path / "mine.ttl"
    path.write_text(HEADING, encoding="utf-8")
    assert [heading.predicate for heading in read_headings([path])] == ["acquired"]
    path.write_text(HEADING.replace('"planned"', "kg:planned"), encoding="utf-8")
    assert [heading.status for heading in read_headings([path])] == ["planned"]
    path.write_text(HEADING.replace(right, wrong), encoding="utf-8")
    with pytest.raises(OntologyError, match=cause) as caught:
        read_headings([path])
    assert str(caught.value).startswith(f"{path}: <https://w3id.org/kgraph/lexicon#buyers> ")
