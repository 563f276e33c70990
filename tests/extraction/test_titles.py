"""Role phrases are found whole, without the employer and without "former"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from kgraph.extraction.marking.things.titles import find_titles

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("its CEO, Jane Roe", ["CEO"]),
        ("chief executive of Acme", ["chief executive"]),
        ("the Chief Financial Officer and President of Beta Corp.", ["Chief Financial Officer", "President"]),
        ("co-founder and chief executive Jane Roe", ["co-founder", "chief executive"]),
        ("the chief information security officer", ["chief information security officer"]),
        ("former interim chief operating officer", ["interim chief operating officer"]),
        ("senior vice president of engineering", ["senior vice president of engineering"]),
        ("Vice-President Roe", ["Vice-President"]),
        ("Finance chief Roe", ["Finance chief"]),
        ("Executive Vice President of Acme", ["Executive Vice President"]),
        ("head of research at Acme", ["head of research"]),
        ("a director for five years", ["director"]),
        ("chairman of the board", ["chairman of the board"]),
        ("the chairman of the company", ["chairman"]),
        ("director of Acme", ["director"]),
        ("a board member", ["board member"]),
        ("managing partner at Acme", ["managing partner"]),
        ("Treasury Secretary Roe", ["Treasury Secretary"]),
        ("its design chief", ["design chief"]),
        ("co-founders Roe and Doe", ["co-founder"]),
        ("a spokeswoman for Acme", ["spokeswoman"]),
        ("non-executive director", ["non-executive director"]),
        ("a Member of Parliament", ["Member of Parliament"]),
        ("a fellow at Acme", ["fellow"]),
        ("its campaign co-ordinator", ["campaign co-ordinator"]),
    ],
)
def test_titles_are_found_whole(text: str, titles: list[str]) -> None:
    assert [title.text for title in find_titles(NLP(text))] == titles


@pytest.mark.parametrize(
    "text",
    [
        "Acme partnered with its partner Beta",
        "the head of the snake",
        "a member of the public",
        "the lead investor",
        "a letter to the board of directors",
    ],
)
def test_other_words_are_no_titles(text: str) -> None:
    assert find_titles(NLP(text)) == []


def test_a_word_that_mostly_means_something_else_is_a_title_where_it_is_asked_for() -> None:
    assert [title.text for title in find_titles(NLP("Acme leader Roe"), bare=True)] == ["leader"]


def test_words_inside_a_name_are_no_title(parse: Callable[..., Doc]) -> None:
    doc = parse("the the DT det 2", "President President NNP compound 2", "Hotel Hotel NNP ROOT 2", names=((1, 3, "Organization"),))
    assert find_titles(doc) == []


def test_a_firm_that_is_called_like_an_office_is_no_title(parse: Callable[..., Doc]) -> None:
    rows = ("Writer Writer NNP nsubj 1", "grew grow VBD ROOT 1")
    assert find_titles(parse(*rows, names=((0, 1, "Organization"),))) == []
    assert [title.text for title in find_titles(parse(*rows))] == ["Writer"]


def test_a_verb_that_looks_like_a_title_is_none(parse: Callable[..., Doc]) -> None:
    doc = parse("to to TO mark 1", "chair chair VB ROOT 1", "the the DT det 3", "meeting meeting NN obj 1")
    assert find_titles(doc) == []
