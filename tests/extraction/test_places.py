"""Where the arguments of a verb stand, although the parser hangs them on its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kgraph.extraction.syntax.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

LICENCE = (
    "Acme Acme NNP nsubj 1", "licenses license {} ROOT 1", "Zenox Zenox NNP obj 1", "{} {} IN case 4", "Beta Beta NNP nmod 2",
)  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "preposition", "found"),
    [
        pytest.param("VBZ", "to", ["Beta"], id="no name has a 'to' of its own"),
        pytest.param("VBZ", "of", [], id="a name may have an 'of' of its own"),
        pytest.param("NNS", "to", ["Beta"], id="a noun with subject and object is a verb"),
    ],
)
def test_to_whom_something_named_goes(parse: Callable[..., Doc], tag: str, preposition: str, found: list[str]) -> None:
    subject, verb, *rest = LICENCE
    doc = parse(subject, verb.format(tag), *(row.format(preposition, preposition) for row in rest))
    places = Places(doc, is_thing=lambda token: token.tag_ == "NNP", words={})
    assert [token.text for token in places.at(doc[1], preposition)] == found
    assert [token.text for token in places.at(doc[1], "object")] == ["Zenox"]


def test_without_by_nobody_does_it(parse: Callable[..., Doc]) -> None:
    doc = parse("Sued sue VBN ROOT 0", "Acme Acme NNP obl:agent 0")
    places = Places(doc, is_thing=lambda token: token.tag_ == "NNP", words={})
    assert [token.text for token in places.at(doc[0], "object")] == ["Acme"]
    assert not places.is_passive(doc[0])
