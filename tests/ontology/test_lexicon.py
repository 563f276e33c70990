"""A lexicon says which words evoke a predicate; a word class may stand for its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kgraph.errors import OntologyError
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


def test_a_frame_takes_the_words_of_a_class_beside_its_own(tmp_path: Path) -> None:
    path = tmp_path / "metals.ttl"
    path.write_text(LEXICON, encoding="utf-8")
    lexicon = read_lexicon([path])
    assert lexicon.frames[0].lemmas == ("ore", "tin", "zinc")
    assert lexicon.words["metal"] == {"tin", "zinc"}
