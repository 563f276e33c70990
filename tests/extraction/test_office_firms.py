"""At whose house an office is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kgraph.extraction.marking.things.titles import find_titles
from kgraph.extraction.qualifying.office_firms import in_right_houses
from kgraph.extraction.spans import Candidate, Mention
from kgraph.model import AppearanceKey, EntityType

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

HIRED = (
    "Acme Acme NNP nsubj 1", "hired hire VBD ROOT 1", "Roe Roe NNP obj 1", ", , , punct 6", "a a DT det 6", "Beta Beta NNP compound 6",
    "executive executive NN appos 2", ", , , punct 9", "as as IN case 9", "treasurer treasurer NN nmod 6",
)  # fmt: skip


def thing(doc: Doc, word: str, kind: EntityType = EntityType.ORGANIZATION) -> Mention:
    place = next(token.i for token in doc if token.text == word)
    return Mention(start=place, end=place + 1, head=place, appearance=AppearanceKey(word), type=kind)


def said(doc: Doc, predicate: str, subject: str, object_: str, role: str | None, **rest: Any) -> Candidate:
    who, what = (thing(doc, word, EntityType.PERSON if word == "Roe" else EntityType.ORGANIZATION) for word in (subject, object_))
    title = next((title for title in find_titles(doc, bare=True) if title.text == role), None)
    by = rest.pop("by", "frames")
    return Candidate(predicate=predicate, subject=who, object=what, score=0.9, extractor=by, role=title, **rest)


def told(found: list[Candidate]) -> list[tuple[str, str, str | None]]:
    return [
        (c.predicate, c.object.appearance if isinstance(c.object, Mention) else "", c.role.text if c.role is not None else None)
        for c in found
    ]


def test_what_follows_an_apposition_is_what_the_hirer_gives(parse: Callable[..., Doc]) -> None:
    doc = parse(*HIRED)
    offices = [
        said(doc, "hired", "Acme", "Roe", "executive"),
        said(doc, "holdsRole", "Roe", "Beta", "treasurer"),
        said(doc, "holdsRole", "Roe", "Acme", "executive", by="relations"),
        said(doc, "holdsRole", "Roe", "Beta", "executive"),
    ]
    assert told(in_right_houses(doc, find_titles(doc), offices)) == [
        ("hired", "Roe", "treasurer"),
        ("holdsRole", "Acme", "treasurer"),
        ("holdsRole", "Acme", "treasurer"),
        ("holdsRole", "Beta", "executive"),
    ]


@pytest.mark.parametrize(("noun", "role"), [("partner", "partner"), ("veteran", None)])
def test_the_noun_beside_a_firm_says_the_office_there(parse: Callable[..., Doc], noun: str, role: str | None) -> None:
    rows = ("CEO ceo NN nmod:desc 1", "Roe Roe NNP nsubj 6", ", , , punct 5", "a a DT det 5", "Beta Beta NNP compound 5")
    doc = parse(*rows, f"{noun} {noun} NN appos 1", "spoke speak VBD ROOT 6")
    office = said(doc, "holdsRole", "Roe", "Beta", "CEO", by="relations")
    assert told(in_right_houses(doc, find_titles(doc), [office])) == [("holdsRole", "Beta", role)]


def test_nobody_leaves_what_a_founder_is(parse: Callable[..., Doc]) -> None:
    doc = parse("Founder founder NN nmod:desc 1", "Roe Roe NNP nsubj 2", "left leave VBD ROOT 2", "Acme Acme NNP obj 2")
    left = said(doc, "departedFrom", "Roe", "Acme", "Founder")
    assert told(in_right_houses(doc, find_titles(doc), [left])) == [("departedFrom", "Acme", None)]


@pytest.mark.parametrize(
    ("before", "behind", "role"),
    [
        (("old old JJ amod 3",), (), "chairman"),
        (("former former JJ amod 3",), (), "treasurer"),
        (("old old JJ amod 3",), ("of of IN case 8", "Beta Beta NNP nmod 6"), "treasurer"),
    ],
)
def test_an_office_given_elsewhere_is_not_at_the_firm_of_the_former_one(
    parse: Callable[..., Doc], before: tuple[str, ...], behind: tuple[str, ...], role: str
) -> None:
    rows = ("Acme Acme NNP nmod:poss 3", "'s 's POS case 0", *before, "treasurer treasurer NN nsubj 6", "Roe Roe NNP appos 3")
    doc = parse(*rows, "is be VBZ cop 6", "chairman chairman NN ROOT 6", *behind)
    office = said(doc, "holdsRole", "Roe", "Acme", "chairman")
    assert told(in_right_houses(doc, find_titles(doc), [office])) == [("holdsRole", "Acme", role)]
