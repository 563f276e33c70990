"""Which dates may be a word's: those of its own clause and of what rules it, not those of clauses beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Span

from kgraph.extraction.spans import Candidate, Mention
from kgraph.extraction.syntax.clauses import anchor, is_of_another, tells_when
from kgraph.model import AppearanceKey, EntityType

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

FOUNDED = (
    "Acme Acme NNP nsubj 4", "founded found VBN acl 0", "in in IN case 3", "1930 1930 CD obl 1",
    "bought buy VBD ROOT 4", "Beta Beta NNP obj 4", "on on IN case 7", "Thursday Thursday NNP obl 4",
)  # fmt: skip
AGREED = (
    "On on IN case 1", "Monday Monday NNP obl 3", "Acme Acme NNP nsubj 3", "said say VBD ROOT 3", "it it PRP nsubj 5",
    "bought buy VBD ccomp 3", "Beta Beta NNP obj 5", "and and IN cc 8", "sold sell VBD conj 5", "Gamma Gamma NNP obj 8",
    "in in IN case 11", "June June NNP obl 8",
)  # fmt: skip
DEAL = ("the the DT det 1", "purchase purchase NN nsubj 5", "announced announce VBN acl 1", "on on IN case 4", "Monday Monday NNP obl 2",
        "closed close VBD ROOT 5", "in in IN case 7", "June June NNP obl 5")  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "trigger", "date", "expected"),
    [
        pytest.param(FOUNDED, 4, 7, True, id="of its own clause"),
        pytest.param(FOUNDED, 4, 3, False, id="of a clause about its subject"),
        pytest.param(FOUNDED, 1, 3, True, id="of a participle"),
        pytest.param(FOUNDED, 1, 7, False, id="of what a participle stands in"),
        pytest.param(AGREED, 5, 1, True, id="of what rules it"),
        pytest.param(AGREED, 8, 1, True, id="of what rules both verbs"),
        pytest.param(AGREED, 5, 11, False, id="of a second verb"),
        pytest.param(DEAL, 1, 4, True, id="of what is told of a noun that evokes"),
        pytest.param(DEAL, 1, 7, True, id="of the verb above a noun"),
    ],
)
def test_whose_date_it_is(parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int, date: int, *, expected: bool) -> None:
    doc = parse(*rows)
    assert tells_when(doc[trigger], doc[date]) is expected


HEADLINE = (
    "Acme Acme NNP compound 5",
    "in in IN case 2",
    "talks talk NNS ROOT 2",
    "to to TO mark 4",
    "buy buy VB acl 2",
    "Beta Beta NNP obj 4",
)
DENIED = ("Acme Acme NNP nsubj 1", "denied deny VBD ROOT 1", "it it PRP nsubj 3", "plans plan VBZ ccomp 1", "to to TO mark 5",
          "buy buy VB xcomp 3", "Beta Beta NNP obj 5")  # fmt: skip
OWN = ("Acme Acme NNP compound 1", "Robo Robo NNP nsubj 2", "sells sell VBZ ROOT 2")


@pytest.mark.parametrize(("rows", "object_", "expected"), [(HEADLINE, 5, "buy"), (DENIED, 6, "buy"), (OWN, 1, "Robo")])
def test_a_name_far_from_its_object_meets_it_above(parse: Callable[..., Doc], rows: tuple[str, ...], object_: int, expected: str) -> None:
    first, second = (
        Mention(start=at, end=at + 1, head=at, appearance=AppearanceKey(f"a-e{at}"), type=EntityType.ORGANIZATION) for at in (0, object_)
    )
    candidate = Candidate(predicate="acquired", subject=first, object=second, score=0.9, extractor="relations")
    assert anchor(parse(*rows), candidate).text == expected


DEALS = (
    "the the DT det 4", "$ $ $ compound 4", "2 2 CD nummod 1", "Beta Beta NNP compound 4", "deal deal NN ROOT 4", "and and CC cc 8",
    "$ $ $ compound 8", "3 3 CD nummod 6", "purchases purchase NNS conj 4", "of of IN case 10", "Gamma Gamma NNP nmod 8",
)  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "object_", "expected"),
    [
        pytest.param(2, 3, False, id="in its own phrase"),
        pytest.param(2, 10, True, id="in the phrase of another"),
        pytest.param(7, 10, False, id="in a phrase that goes on with it"),
        pytest.param(7, 3, True, id="in a phrase that goes on with another"),
    ],
)
def test_a_figure_in_the_phrase_of_a_thing_is_of_that_thing(
    parse: Callable[..., Doc], figure: int, object_: int, *, expected: bool
) -> None:
    doc = parse(*DEALS)
    doc.set_ents([Span(doc, at, at + 1, label="Organization") for at in (3, 10)])
    ends = [
        Mention(start=at, end=at + 1, head=at, appearance=AppearanceKey(f"a-e{at}"), type=EntityType.ORGANIZATION) for at in (0, object_)
    ]
    deal = Candidate(predicate="acquired", subject=ends[0], object=ends[1], score=0.9, extractor="relations")
    assert is_of_another(deal, doc[figure]) is expected
