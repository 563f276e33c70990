"""The lexicon of frames: what it evokes, what a user's file adds, and what is wrong with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kgraph import ontology
from kgraph.errors import OntologyError
from kgraph.extraction.frames.matching import Frames
from kgraph.extraction.frames.scores import FrameScores
from kgraph.extraction.syntax.surface import SURFACE
from kgraph.ontology.lexicon import PLACES, Lexicon, read_lexicon
from tests.extraction.framing import ORG, PRODUCT, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spacy.tokens import Doc


def test_a_users_file_adds_a_relation_without_python(tmp_path: Path, parse: Callable[..., Doc]) -> None:
    own = tmp_path / "licences.ttl"
    own.write_text(
        """
        PREFIX kg:   <https://w3id.org/kgraph/ontology#>
        PREFIX lex:  <https://w3id.org/kgraph/lexicon#>
        PREFIX owl:  <http://www.w3.org/2002/07/owl#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        kg:licensedTo a owl:ObjectProperty ; rdfs:label "licensed to" ; rdfs:domain kg:Product ; rdfs:range kg:Organization .
        lex:license-to a lex:Frame ; lex:verb "license" ; lex:evokes kg:licensedTo ; lex:subject "object" ; lex:object "to" .
        """
    )
    frames = Frames(read_lexicon([ontology.directory() / "lexicon.ttl", own]), ontology.load([own]), FrameScores())
    rows = (
        "Llama Llama NNP nsubj:pass 2",
        "was be VBD aux:pass 2",
        "licensed license VBN ROOT 2",
        "to to IN case 4",
        "Beta Beta NNP obl 2",
    )
    doc = parse(*rows, names=((0, 1, PRODUCT), (4, 5, ORG)))
    assert ("Llama", "licensedTo", "Beta") in said(frames, doc)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('lex:verb "buy"; lex:evokes kg:acquired', "lex:subject"),
        ('lex:evokes kg:acquired; lex:subject "subject"', "exactly one of"),
        ('lex:verb "buy"; lex:evokes kg:acquired; lex:subject "object[stake>in"', "not a path"),
        ('lex:verb "buy"; lex:evokes kg:acquired; lex:subject "subject"; lex:status "done"', "no status"),
    ],
)
def test_a_wrong_frame_is_named_with_its_file(tmp_path: Path, line: str, cause: str) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        f"PREFIX kg: <https://w3id.org/kgraph/ontology#>\nPREFIX lex: <https://w3id.org/kgraph/lexicon#>\nlex:mine a lex:Frame; {line} ."
    )
    with pytest.raises(OntologyError, match=cause) as error:
        read_lexicon([own])
    assert "own.ttl" in str(error.value)


def test_a_lexicon_may_name_every_place_by_the_order_of_words() -> None:
    assert SURFACE <= PLACES


def test_every_frame_evokes_a_predicate_of_the_ontology() -> None:
    lexicon: Lexicon = read_lexicon([ontology.directory() / "lexicon.ttl"])
    predicates = ontology.load().predicates
    assert {frame.predicate for frame in lexicon.frames} == set(predicates)
