"""Whose "its" is beside a hire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from kgraph.extraction.qualifying.binding import rebound
from kgraph.extraction.spans import Candidate, Mention
from kgraph.model import AppearanceKey, EntityType

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

RECRUITED = ("Beta Beta NNP obj 0", "hires hire VBZ conj 0", "its its PRP$ nmod:poss 4", "CEO ceo NN obj 2", "Roe Roe NNP appos 4")
TAKEN = ("Roe Roe NNP obj 0", "from from IN case 3", "Beta Beta NNP obl 0")
AS_ITS = (*TAKEN, "as as IN case 6", "its its PRP$ nmod:poss 6", "CEO ceo NN obl 0")
TO_BE_ITS = (*TAKEN, "be be VB cop 6", "its its PRP$ nmod:poss 6", "CEO ceo NN advcl 0")


def mention(place: int, key: str, kind: Literal["name", "pronoun"] = "name", type_: EntityType = EntityType.ORGANIZATION) -> Mention:
    return Mention(start=place, end=place + 1, head=place, kind=kind, appearance=AppearanceKey(key), type=type_)


@pytest.mark.parametrize(
    ("rest", "resolved", "house"),
    [
        (RECRUITED, "acme", "beta"),
        (RECRUITED, "beta", "beta"),
        (AS_ITS, "acme", "acme"),
        (AS_ITS, "beta", "acme"),
        (TO_BE_ITS, "beta", "acme"),
    ],
)
def test_an_office_beside_a_hire_is_at_the_right_house(parse: Callable[..., Doc], rest: tuple[str, ...], resolved: str, house: str) -> None:
    rows = ("buys buy VBZ ROOT 0", *rest, "Acme Acme NNP nsubj 0")  # the order of words does not matter here
    doc = parse(*rows)
    words = [token.text for token in doc]
    person = mention(words.index("Roe"), "roe", type_=EntityType.PERSON)
    beta, its = mention(words.index("Beta"), "beta"), mention(words.index("its"), resolved, "pronoun")
    hired = Candidate(predicate="hired", subject=mention(words.index("Acme"), "acme"), object=person, score=1.0, extractor="frames")
    office = Candidate(predicate="holdsRole", subject=person, object=its, score=1.0, extractor="frames")
    _, found = rebound(doc, (beta, its), [hired, office])
    assert isinstance(found.object, Mention)
    assert found.object.appearance == house


def test_nobody_hires_its_own_chief(parse: Callable[..., Doc]) -> None:
    doc = parse("Acme Acme NNP nsubj 1", "hires hire VBZ ROOT 1", "its its PRP$ nmod:poss 3", "CEO ceo NN obj 1", "Roe Roe NNP appos 3")
    acme, its, roe = mention(0, "acme"), mention(2, "acme", "pronoun"), mention(4, "roe", type_=EntityType.PERSON)
    hired = Candidate(predicate="hired", subject=acme, object=roe, score=1.0, extractor="frames")
    office = Candidate(predicate="holdsRole", subject=roe, object=its, score=1.0, extractor="frames")
    assert rebound(doc, (acme, its), [hired, office]) == [hired]
