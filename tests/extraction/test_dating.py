"""Which of the dates of a text is that of an event."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kgraph import ontology
from kgraph.extraction.qualifying.qualifiers import complete
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention, Moment
from kgraph.model import AppearanceKey, EntityType, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

RULES = ontology.load().predicates
ORG, PERSON = EntityType.ORGANIZATION, EntityType.PERSON


def mention(at: int, kind: EntityType = ORG) -> Mention:
    return Mention(start=at, end=at + 1, head=at, appearance=AppearanceKey(f"a-e{at}"), type=kind)


def said(predicate: str, subject: Mention, object_: Mention | None, when: Moment | None = None, trigger: int | None = None) -> Candidate:
    """What the learnt model proposes, or a frame where a word evokes it."""
    evoked = Candidate(predicate=predicate, subject=subject, object=object_, score=0.9, extractor="frames", when=when, trigger=trigger)
    return evoked if trigger is not None else replace(evoked, extractor="relations")


def dates_of(doc: Doc, candidates: list[Candidate], *places: int) -> list[Moment | None]:
    moments = tuple(Moment(start=at, end=at + 1, head=at, edtf=doc[at].text) for at in places)
    return [one.when for one in complete(doc, Marked(mentions=(), amounts=(), moments=moments, titles=()), candidates, RULES)]


SET_UP_AND_LEFT = (
    "Ann Ann NNP nsubj 6", "who who WP nsubj 2", "founded found VBD acl:relcl 0", "Beta Beta NNP obj 2", "in in IN case 5",
    "2014 2014 CD obl 2", "left leave VBD ROOT 6", "it it PRP obj 6", "yesterday yesterday NN obl:unmarked 6",
)  # fmt: skip


def test_a_date_is_none_of_what_another_verb_evokes(parse: Callable[..., Doc]) -> None:
    doc = parse(*SET_UP_AND_LEFT)
    year = Moment(start=5, end=6, head=5, edtf="2014")
    founded = said("founded", mention(0, PERSON), mention(3), trigger=2)
    left = said("departedFrom", mention(0, PERSON), mention(3), when=year)
    found = dates_of(doc, [founded, left], 5)
    assert found == [year, None]


EARNED = (
    "Acme Acme NNP nsubj 1", "earned earn VBD ROOT 1", "$4 $4 CD obj 1", "in in IN case 4", "2025 2025 CD obl 1", ", , , punct 1",
    "against against IN case 7", "$3 $3 CD obl 1",
)  # fmt: skip


def test_a_figure_that_another_is_compared_with_has_the_date_behind_it(parse: Callable[..., Doc]) -> None:
    doc = parse(*EARNED, "in in IN case 9", "2024 2024 CD obl 1")
    quantity = Quantity(text="$3", unit="USD", value=Decimal(3), low=None, high=None)
    before = Amount(start=7, end=8, head=7, kind="money", quantity=quantity)
    moments = tuple(Moment(start=at, end=at + 1, head=at, edtf=doc[at].text, is_period=True) for at in (4, 9))
    told = Candidate(predicate="hasProfit", subject=mention(0), object=before, score=0.9, extractor="frames", trigger=1)
    marked = Marked(mentions=(), amounts=(), moments=moments, titles=())
    assert [one.when for one in complete(doc, marked, [replace(told, when=moments[0])], RULES)] == [moments[1]]
    third = (*EARNED, "and and CC cc 10", "from from IN case 10", "$2 $2 CD obl 1", "in in IN case 12", "2019 2019 CD obl 1")
    marked = replace(marked, moments=(moments[0], Moment(start=12, end=13, head=12, edtf="2019", is_period=True)))
    assert [one.when for one in complete(parse(*third), marked, [replace(told, when=moments[0])], RULES)] == [None]


FOUNDER = (
    "Acme Acme NNP compound 1", "founder founder NN nmod:desc 2", "Ann Ann NNP nsubj 3", "resigned resign VBD ROOT 3", "in in IN case 5",
    "2019 2019 CD obl 3",
)  # fmt: skip


@pytest.mark.parametrize("trigger", [1, None])
def test_what_a_description_evokes_is_not_dated_by_the_verb(parse: Callable[..., Doc], trigger: int | None) -> None:
    doc = parse(*FOUNDER)
    year = Moment(start=5, end=6, head=5, edtf="2019")
    founded = said("founded", mention(2, PERSON), mention(0), when=year if trigger is None else None, trigger=trigger)
    assert dates_of(doc, [founded], 5) == [None]


SAID = (
    "Acme Acme NNP nsubj 4", "which which WDT nsubj 2", "owns own VBZ acl:relcl 0", "Beta Beta NNP obj 2", "said say VBD ROOT 4",
    "on on IN case 6", "Monday Monday NNP obl 4",
)  # fmt: skip
ARGUED = (*SAID[:4], "argued argue VBD ROOT 4", *SAID[5:])


@pytest.mark.parametrize(("predicate", "kept"), [("ownsStakeIn", False), ("acquired", True)])
@pytest.mark.parametrize("rows", [SAID, ARGUED])
def test_the_day_of_a_word_is_none_of_a_state(parse: Callable[..., Doc], rows: tuple[str, ...], predicate: str, *, kept: bool) -> None:
    doc = parse(*rows)
    told = said(predicate, mention(0), mention(3), when=Moment(start=6, end=7, head=6, edtf="Monday"))
    assert (dates_of(doc, [told], 6) != [None]) is kept


def emerged(verb: str, lemma: str) -> tuple[str, ...]:
    return (
        "Acme Acme NNP nsubj 1", f"{verb} {lemma} VBD ROOT 1", "for for IN case 3", "protection protection NN obl 1", "in in IN case 5",
        "2022 2022 CD obl 1",
    )  # fmt: skip


@pytest.mark.parametrize(("verb", "lemma", "kept"), [("emerged", "emerge", False), ("left", "leave", False), ("filed", "file", True)])
def test_a_bankruptcy_does_not_begin_where_it_ends(parse: Callable[..., Doc], verb: str, lemma: str, *, kept: bool) -> None:
    doc = parse(*emerged(verb, lemma))
    assert (dates_of(doc, [said("filedForBankruptcy", mention(0), None)], 5) != [None]) is kept


def test_each_of_two_buyers_has_its_own_date(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Beta Beta NNP nsubj:pass 2", "was be VBD aux:pass 2", "sold sell VBN ROOT 2", "to to IN case 4", "Acme Acme NNP obl 2",
        "in in IN case 6", "2019 2019 CD obl 2", "and and CC cc 9", "to to IN case 9", "Gamma Gamma NNP conj 4", "in in IN case 11",
        "2023 2023 CD obl 2",
    )  # fmt: skip
    deals = [said("acquired", mention(at), mention(0), trigger=2) for at in (4, 9)]
    assert [when.edtf if when else None for when in dates_of(doc, deals, 6, 11)] == ["2019", "2023"]


def test_the_date_of_a_figure_to_compare_with_stays_in_its_sentence(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "fell fall VBD ROOT 1", "from from IN case 3", "$9 $9 CD obl 1", "in in IN case 5", "2019 2019 CD nmod 3",
        "Gamma Gamma NNP nsubj 7", "left leave VBD ROOT 7", "Beta Beta NNP obj 7",
    )  # fmt: skip
    year = Moment(start=5, end=6, head=5, edtf="2019")
    assert dates_of(doc, [said("departedFrom", mention(6, PERSON), mention(8), when=year)], 5) == [None]
