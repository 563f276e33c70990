"""A row of titles belongs to one person as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import spacy

from kgraph.extraction.marking.things.titles import find_titles
from kgraph.extraction.qualifying.offices import name_offices, settle_offices, share_offices
from kgraph.extraction.spans import Candidate, Marked, Mention, Title
from kgraph.model import AppearanceKey, EntityType

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

NLP = spacy.blank("en")


def roles(text: str) -> list[str]:
    """The roles of the person at the first token once the first title is theirs."""
    doc = NLP(text)
    titles = find_titles(doc)
    person = Mention(start=0, end=1, head=0, appearance=AppearanceKey("p"), type=EntityType.PERSON)
    candidate = Candidate(predicate="holdsRole", subject=person, object=None, score=1.0, extractor="frames", role=titles[0])
    return [found.role.text for found in share_offices(doc, [candidate], titles) if found.role is not None]


def test_titles_in_a_row_are_all_held() -> None:
    assert roles("Roe, chairman, CEO and president of Acme") == ["chairman", "CEO", "president"]


def test_titles_in_a_row_are_held_where_the_last_is() -> None:
    doc = NLP("Acme named Roe chairman and CEO of Beta")
    chairman, ceo = find_titles(doc)
    at_beta = replace(held("beta", 5, "office 0 0", 0.9), role=ceo)
    at_acme = replace(held("acme", 3, "appoint-role 0 4", 0.8), role=chairman)
    found = share_offices(doc, [at_beta, at_acme], (chairman, ceo))
    assert {(c.role.text, c.object) for c in found if c.role} == {("chairman", at_beta.object), ("CEO", at_beta.object)}


def test_a_name_between_two_titles_parts_them() -> None:
    assert roles("Roe, chairman of Acme, and CEO Doe") == ["chairman"]


@pytest.mark.parametrize(
    ("before", "title"), [("Acme, led by chairman", "chairman"), ("Acme leader", "leader"), ("Acme leader and chairman", "chairman")]
)
def test_an_office_takes_the_title_beside_its_holder(before: str, title: str) -> None:
    doc = NLP(f"{before} Roe, hired CFO Doe.")
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    place = next(token.i for token in doc if token.text == "Roe")
    person = Mention(start=place, end=place + 1, head=place, appearance=AppearanceKey("p"), type=EntityType.PERSON)
    bare = Candidate(predicate="holdsRole", subject=person, object=None, score=1.0, extractor="relations")
    marked = Marked(mentions=(person,), amounts=(), moments=(), titles=tuple(find_titles(doc)))
    (found,) = name_offices(doc, marked, [bare])
    assert found.role is not None
    assert found.role.text == title


def held(firm: str, at: int, frame: str | None, score: float) -> Candidate:
    """That one person has the office at a token, at a firm."""
    person, at_firm = (
        Mention(start=place, end=place + 1, head=place, appearance=AppearanceKey(key), type=kind)
        for place, key, kind in ((0, "p", EntityType.PERSON), (9, firm, EntityType.ORGANIZATION))
    )
    role = Title(start=at, end=at + 1, head=at, text=f"title {at}")
    by = "relations" if frame is None else "frames"
    return Candidate(predicate="holdsRole", subject=person, object=at_firm, score=score, extractor=by, role=role, frame=frame)  # type: ignore[arg-type]


def test_one_frame_says_where_an_office_is_held_and_the_learnt_model_follows() -> None:
    surer, near, other, learnt = (
        held("a", 2, "hire 0 0", 0.9),
        held("b", 2, "near 0 0", 0.8),
        held("b", 5, "near 0 0", 0.8),
        held("b", 2, None, 0.9),
    )
    found = settle_offices([surer, near, other, learnt])
    assert found[:2] == [surer, other]
    assert [candidate.role for candidate in found[2:]] == [other.role]


def test_who_is_hired_away_is_not_hired_for_the_office_left() -> None:
    there = held("beta", 2, "office-where 0 0", 0.9)
    hirer = Mention(start=8, end=9, head=8, appearance=AppearanceKey("acme"), type=EntityType.ORGANIZATION)
    hire = Candidate(predicate="hired", subject=hirer, object=there.subject, score=0.9, extractor="relations", role=there.role)
    leaving = replace(hire, predicate="departedFrom", subject=there.subject, object=there.object)
    _, hired, left = settle_offices([there, hire, leaving])
    assert (hired.role, left.role) == (None, there.role)


def test_one_frame_gives_an_office_at_several_firms() -> None:
    both = [held("a", 2, "office 0 0", 0.9), held("b", 2, "office 0 1", 0.8)]
    assert settle_offices(both) == both


def test_who_chairs_a_firm_is_its_chair(parse: Callable[..., Doc]) -> None:
    who = ("who who WP nsubj 2", "chairs chair VBZ acl:relcl 0", "Beta Beta NNP obj 2")
    doc = parse("Roe Roe NNP nsubj 4", *who, "spoke speak VBD ROOT 4")
    person, firm = (
        Mention(start=place, end=place + 1, head=place, appearance=AppearanceKey(str(place)), type=kind)
        for place, kind in ((0, EntityType.PERSON), (3, EntityType.ORGANIZATION))
    )
    candidate = Candidate(predicate="holdsRole", subject=person, object=firm, score=0.9, extractor="relations")
    (found,) = name_offices(doc, Marked(mentions=(person, firm), amounts=(), moments=(), titles=()), [candidate])
    assert found.role == Title(start=2, end=3, head=2, text="chair")
