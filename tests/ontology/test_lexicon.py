"""A lexicon says which words evoke a predicate; a word class may stand for its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.ontology.lexicon import read_lexicon

if TYPE_CHECKING:
    from pathlib import Path

LEXICON = """
@prefix lex: <https://w3id.org/kgraph/lexicon#> .
@prefix kg: <https://w3id.org/kgraph/ontology#> .
lex:metal a lex:WordClass ; lex:word "tin", "zinc" .
lex:mines a lex:Frame ; lex:noun "ore", lex:metal ; lex:evokes kg:suppliesTo ; lex:subject "self" ; lex:object "for" .
"""


def test_a_frame_takes_the_words_of_a_class_beside_its_own(tmp_path: Path) -> None:
    path = tmp_path / "metals.ttl"
    path.write_text(LEXICON, encoding="utf-8")
    lexicon = read_lexicon([path])
    assert lexicon.frames[0].lemmas == ("ore", "tin", "zinc")
    assert lexicon.words["metal"] == {"tin", "zinc"}
