"""Whether an office is held, was held or will be: successions, plans and what comes to nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kgraph.extraction.modality.tenure import read_tenure, tells_tenure
from kgraph.extraction.qualifying.unreal_offices import without_unreal
from kgraph.extraction.spans import Candidate, Mention, Title
from kgraph.model import AppearanceKey, EntityType, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

REPLACED = (
    "Roe Roe NNP nsubj 1", "replaced replace VBD ROOT 1", "Poe Poe NNP obj 1", "as as IN case 4", "CEO ceo NN xcomp 1",
)  # fmt: skip
WILL_SUCCEED = (
    "Roe Roe NNP nsubj 2", "will will MD aux 2", "succeed succeed VB ROOT 2", "Poe Poe NNP obj 2", "as as IN case 5", "CEO ceo NN obl 2",
)  # fmt: skip
WAS_REPLACED = (
    "Poe Poe NNP nsubj:pass 2", "was be VBD aux:pass 2", "replaced replace VBN ROOT 2", "by by IN case 4", "Roe Roe NNP obl:agent 2",
    "as as IN case 6", "CEO ceo NN nmod:desc 4",
)  # fmt: skip
REPLACED_WITH = (
    "Acme Acme NNP nsubj 1", "replaced replace VBD ROOT 1", "its its PRP$ nmod:poss 3", "CEO ceo NN obj 1", ", , , punct 5",
    "Poe Poe NNP appos 3", ", , , punct 8", "with with IN case 8", "Roe Roe NNP obl 1",
)  # fmt: skip
TOOK_OVER = (
    "Roe Roe NNP nsubj 1", "took take VBD ROOT 1", "over over RB compound:prt 1", "from from IN case 4", "Poe Poe NNP obl 1",
    "as as IN case 6", "CEO ceo NN appos 4",
)  # fmt: skip
TOOK_PLACE = (
    "Roe Roe NNP nsubj 1", "took take VBD ROOT 1", "the the DT det 3", "place place NN obj 1", "of of IN case 5", "Poe Poe NNP nmod 3",
    "as as IN case 7", "CEO ceo NN obl 1",
)  # fmt: skip
WHO_FOLLOWED = (
    "Roe Roe NNP nsubj 7", ", , , punct 0", "who who WP nsubj 3", "followed follow VBD acl:relcl 0", "Poe Poe NNP obj 3", "as as IN case 6",
    "CEO ceo NN obl 3", "spoke speak VBD ROOT 7",
)  # fmt: skip
CHOSEN = (
    "Acme Acme NNP nsubj 1", "chose choose VBD ROOT 1", "Roe Roe NNP obj 1", "to to TO mark 4", "replace replace VB advcl 1",
    "Poe Poe NNP obj 4", "as as IN case 7", "CEO ceo NN obl 4",
)  # fmt: skip


def office(doc: Doc, person: str = "Roe", title: str = "CEO", **rest: Any) -> Candidate:
    """That a person has the office of a title in a sentence."""
    at, of = next(token.i for token in doc if token.text == title), next(token.i for token in doc if token.text == person)
    who = Mention(start=of, end=of + 1, head=of, appearance=AppearanceKey(person), type=EntityType.PERSON)
    role = Title(start=at, end=at + 1, head=at, text=title)
    plain = Candidate(predicate="holdsRole", subject=who, object=None, score=1.0, extractor="frames", trigger=at, role=role)
    return replace(plain, **rest)


@pytest.mark.parametrize(
    ("rows", "taker", "loser"),
    [
        (REPLACED, Status.CURRENT, Status.FORMER),
        (WILL_SUCCEED, Status.INCOMING, Status.CURRENT),
        (WAS_REPLACED, Status.CURRENT, Status.FORMER),
        (REPLACED_WITH, Status.CURRENT, Status.FORMER),
        (TOOK_OVER, Status.CURRENT, Status.FORMER),
        (TOOK_PLACE, Status.CURRENT, Status.FORMER),
        (WHO_FOLLOWED, Status.CURRENT, Status.FORMER),
        (CHOSEN, Status.INCOMING, Status.CURRENT),
    ],
)
def test_one_takes_the_office_and_the_other_loses_it(
    parse: Callable[..., Doc], rows: tuple[str, ...], taker: Status, loser: Status
) -> None:
    doc = parse(*rows)
    heard = (None, Status.FORMER)  # what the learnt model has heard of an office does not decide who follows whom
    assert {read_tenure(doc, office(doc, "Roe", status=status)) for status in heard} == {taker}
    assert {read_tenure(doc, office(doc, "Poe", status=status)) for status in heard} == {loser}


def test_the_syntax_of_a_succession_goes_before_what_the_model_hears(parse: Callable[..., Doc]) -> None:
    doc = parse(*REPLACED)
    (found,) = without_unreal(doc, [office(doc, extractor="relations", trigger=None, status=Status.FORMER)])
    assert found.status is Status.CURRENT


def test_who_is_replaced_loses_what_stands_beside_the_name(parse: Callable[..., Doc]) -> None:
    rows = ("CEO ceo NN nmod:desc 1", "Roe Roe NNP nsubj:pass 3", "was be VBD aux:pass 3", "replaced replace VBN ROOT 3")
    doc = parse(*rows)
    assert read_tenure(doc, office(doc)) is Status.FORMER


def test_who_replaces_somebody_keeps_the_own_office(parse: Callable[..., Doc]) -> None:
    rows = ("CEO ceo NN nmod:desc 1", "Roe Roe NNP nsubj 3", "will will MD aux 3", "replace replace VB ROOT 3", "Poe Poe NNP obj 3")
    doc = parse(*rows, "as as IN case 6", "chair chair NN obl 3")
    assert read_tenure(doc, office(doc)) is Status.CURRENT


def test_nobody_loses_an_office_by_a_succession_that_is_denied(parse: Callable[..., Doc]) -> None:
    rows = (
        "Acme Acme NNP nsubj 1",
        "denied deny VBD ROOT 1",
        "replacing replace VBG xcomp 1",
        "CEO ceo NN nmod:desc 4",
        "Roe Roe NNP obj 2",
    )
    doc = parse(*rows)
    assert read_tenure(doc, office(doc)) is Status.CURRENT


BECOME = ("to to TO mark 3", "become become VB xcomp 1", "CEO ceo NN xcomp 3")


@pytest.mark.parametrize(
    "rows",
    [
        ("Roe Roe NNP nsubj 1", "wants want VBZ ROOT 1", *BECOME),
        ("Roe Roe NNP nsubj 1", "refused refuse VBD ROOT 1", *BECOME),
        ("Roe Roe NNP nsubj 1", "failed fail VBD ROOT 1", *BECOME),
        ("Roe Roe NNP nsubj 1", "asked ask VBD ROOT 1", *BECOME),
        ("Roe Roe NNP nsubj 2", "could could MD aux 2", "become become VB ROOT 2", "CEO ceo NN xcomp 2"),
        ("Roe Roe NNP nsubj 3", "did do VBD aux 3", "not not RB advmod 3", "become become VB ROOT 3", "CEO ceo NN xcomp 3"),
        ("Acme Acme NNP nsubj 1", "considered consider VBD ROOT 1", "naming name VBG xcomp 1", "Roe Roe NNP obj 2", "CEO ceo NN xcomp 2"),
        ("Acme Acme NNP nsubj 1", "rejected reject VBD ROOT 1", "Roe Roe NNP obj 1", "as as IN case 4", "CEO ceo NN xcomp 1"),
        ("Acme Acme NNP nsubj 1", "denied deny VBD ROOT 1", "Roe Roe NNP nsubj 4", "would would MD aux 4", "become become VB ccomp 1",
         "CEO ceo NN xcomp 4"),
        ("Roe Roe NNP nsubj 1", "declined decline VBD ROOT 1", "an a DT det 3", "offer offer NN obj 1", "to to TO mark 5",
         "become become VB acl 3", "CEO ceo NN xcomp 5"),
        ("Roe Roe NNP nsubj 2", "was be VBD cop 2", "candidate candidate NN ROOT 2", "for for IN case 4", "CEO ceo NN nmod 2"),
    ],
)  # fmt: skip
def test_an_office_that_is_only_wished_or_refused_is_none(parse: Callable[..., Doc], rows: tuple[str, ...]) -> None:
    doc = parse(*rows)
    assert without_unreal(doc, [office(doc), office(doc, extractor="relations", trigger=None)]) == []


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (("Roe Roe NNP nsubj 1", "agreed agree VBD ROOT 1", *BECOME), Status.INCOMING),
        (("Roe Roe NNP nsubj:pass 1", "expected expect VBN ROOT 1", *BECOME), Status.INCOMING),
        (("Roe Roe NNP nsubj 1", "plans plan VBZ ROOT 1", "to to TO mark 3", "resign resign VB xcomp 1", "as as IN case 5",
          "CEO ceo NN obl 3"), Status.CURRENT),
        (("Roe Roe NNP nsubj 1", "denied deny VBD ROOT 1", "resigning resign VBG xcomp 1", "as as IN case 4", "CEO ceo NN obl 2"),
         Status.CURRENT),
        (("Roe Roe NNP nsubj 1", "stepped step VBD ROOT 1", "down down RB advmod 1", "as as IN case 4", "CEO ceo NN obl 1"), Status.FORMER),
        (("Roe Roe NNP nsubj 1", "used use VBD ROOT 1", "to to TO mark 4", "be be VB cop 4", "CEO ceo NN xcomp 1"), Status.FORMER),
        (("Roe Roe NNP nsubj 4", "has have VBZ aux 4", "previously previously RB advmod 4", "been be VBN cop 4", "CEO ceo NN ROOT 4"),
         Status.FORMER),
        (("Poe Poe NNP nsubj:pass 2", "will will MD aux 2", "succeeded succeed VBN ROOT 2", "by by IN case 4", "Roe Roe NNP obl:agent 2",
          ", , , punct 7", "currently currently RB advmod 7", "CEO ceo NN appos 4"), Status.CURRENT),
        (("Roe Roe NNP nsubj 4", "is be VBZ cop 4", "no no DT advmod 3", "longer long RBR advmod 4", "CEO ceo NN ROOT 4"), Status.FORMER),
        (("Roe Roe NNP nsubj 5", ", , , punct 4", "until until IN case 4", "now now RB advmod 4", "CEO ceo NN appos 0",
          "spoke speak VBD ROOT 5"), Status.FORMER),
    ],
)  # fmt: skip
def test_plans_and_denials_leave_an_office_as_it_is(parse: Callable[..., Doc], rows: tuple[str, ...], status: Status) -> None:
    doc = parse(*rows)
    (found,) = without_unreal(doc, [office(doc)])
    assert read_tenure(doc, found) is status


def test_the_day_of_a_planned_departure_is_not_when_the_office_began(parse: Callable[..., Doc]) -> None:
    rows = (
        "Roe Roe NNP nsubj 2",
        "will will MD aux 2",
        "resign resign VB ROOT 2",
        "as as IN case 4",
        "CEO ceo NN obl 2",
        "May May NNP obl 2",
    )
    doc = parse(*rows)
    assert not tells_tenure(doc[4], doc[0], doc[5])


NAMED = (
    "Roe Roe NNP nsubj:pass 2", "was be VBD aux:pass 2", "named name VBN ROOT 2", "CEO ceo NN xcomp 2", "of of IN case 5",
    "Acme Acme NNP nmod 3", "and and CC cc 7",
)  # fmt: skip
WHO_BECAME = (
    "Roe Roe NNP nsubj 7", ", , , punct 3", "who who WP nsubj 3", "became become VBD acl:relcl 0", "CEO ceo NN xcomp 3",
    "of of IN case 6", "Acme Acme NNP nmod 4",
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ((*NAMED, "retired retire VBD conj 2"), Status.FORMER),
        ((*NAMED, "fired fire VBD conj 2"), Status.FORMER),
        ((*NAMED, "left leave VBD conj 2", "the the DT det 9", "company company NN obj 7"), Status.FORMER),
        ((*NAMED, "left leave VBD conj 2", "Beta Beta NNP obj 7"), Status.CURRENT),
        ((*NAMED, "left leave VBD conj 2", "Acme Acme NNP obj 7"), Status.FORMER),
        ((*NAMED, "left leave VBD conj 2", "Beta Beta NNP compound 9", "Acme Acme NNP obj 7"), Status.CURRENT),
        ((*NAMED, "fired fire VBD conj 2", "Poe Poe NNP obj 7"), Status.CURRENT),
        ((*NAMED, "succeeded succeed VBD conj 2"), Status.CURRENT),
        ((*NAMED, "resigned resign VBD conj 2", "as as IN case 9", "chair chair NN obl 7"), Status.CURRENT),
        ((*NAMED[:-1], "and and CC cc 8", "will will MD aux 8", "resign resign VB conj 2"), Status.CURRENT),
        ((*WHO_BECAME, "quit quit VBD ROOT 7"), Status.FORMER),
        ((*WHO_BECAME, "quit quit VBD ROOT 7", "Beta Beta NNP obj 7"), Status.CURRENT),
        (("Roe Roe NNP nsubj 7", ", , , punct 3", "who who WP nsubj 3", "replaced replace VBD acl:relcl 0", "Poe Poe NNP obj 3",
          "as as IN case 6", "CEO ceo NN obl 3", "resigned resign VBD ROOT 7"), Status.FORMER),
        (("Roe Roe NNP nsubj 1", "replaced replace VBD ROOT 1", "Poe Poe NNP obj 1", "as as IN case 4", "CEO ceo NN obl 1",
          "and and CC cc 6", "quit quit VBD conj 1"), Status.FORMER),
    ],
)  # fmt: skip
def test_who_took_an_office_and_left_it_later_has_had_it(parse: Callable[..., Doc], rows: tuple[str, ...], status: Status) -> None:
    doc = parse(*rows, names=tuple((i, i + 1, "ORG") for i, row in enumerate(rows) if row.split()[0] in {"Acme", "Beta"}))
    assert read_tenure(doc, office(doc)) is status


def test_a_firm_left_before_is_not_that_of_the_office(parse: Callable[..., Doc]) -> None:
    rows = ("joined join VBD acl:relcl 0", "Acme Acme NNP obj 3", "as as IN case 6", "CEO ceo NN obl 3", "2020 2020 CD obl 3")
    doc = parse("Roe Roe NNP nsubj 8", ", , , punct 3", "who who WP nsubj 3", *rows, "left leave VBD ROOT 8", "the the DT det 10",
                "bank bank NN obj 8", "2015 2015 CD obl 8")  # fmt: skip
    assert read_tenure(doc, office(doc)) is Status.CURRENT


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        (("Roe Roe NNP nsubj 2", "is be VBZ aux 2", "resigning resign VBG ROOT 2", "as as IN case 4", "CEO ceo NN obl 2"), Status.CURRENT),
        (("Roe Roe NNP nsubj:pass 3", "is be VBZ aux 3", "being be VBG aux:pass 3", "ousted oust VBN ROOT 3", "as as IN case 5",
          "CEO ceo NN obl 3"), Status.CURRENT),
        (("Roe Roe NNP nsubj 1", "spoke speak VBD ROOT 1", "after after IN mark 3", "resigning resign VBG advcl 1", "as as IN case 5",
          "CEO ceo NN obl 3"), Status.FORMER),
    ],
)  # fmt: skip
def test_who_is_about_to_leave_has_not_left(parse: Callable[..., Doc], rows: tuple[str, ...], status: Status) -> None:
    doc = parse(*rows)
    assert read_tenure(doc, office(doc)) is status


@pytest.mark.parametrize(
    ("term", "status"),
    [
        (("from from IN case 4", "2010 2010 CD obl 8", "to to IN case 6", "2015 2015 CD nmod 4"), Status.FORMER),
        (("until until IN case 4", "2015 2015 CD obl 8", "in in IN case 6", "Oslo Oslo NNP nmod 2"), Status.FORMER),
        (("from from IN case 4", "2010 2010 CD obl 8", "in in IN case 6", "Oslo Oslo NNP nmod 2"), Status.CURRENT),
    ],
)
def test_the_years_behind_a_title_are_those_of_the_office(parse: Callable[..., Doc], term: tuple[str, ...], status: Status) -> None:
    doc = parse("Roe Roe NNP nsubj 8", ", , , punct 2", "CEO ceo NN appos 0", *term, ", , , punct 2", "spoke speak VBD ROOT 8")
    assert read_tenure(doc, office(doc)) is status


def test_a_departure_that_dates_the_office_is_still_one(parse: Callable[..., Doc]) -> None:
    years = ("from from IN case 4", "2010 2010 CD obl 6")
    doc = parse("Roe Roe NNP nsubj 6", ", , , punct 2", "CEO ceo NN appos 0", *years, ", , , punct 2", "resigned resign VBD ROOT 6")
    assert read_tenure(doc, office(doc)) is Status.FORMER


@pytest.mark.parametrize(("verb", "status"), [("demoted demote VBN", Status.FORMER), ("named name VBN", Status.CURRENT)])
def test_the_model_is_believed_where_nothing_is_known_of_the_verb(parse: Callable[..., Doc], verb: str, status: Status) -> None:
    rows = ("Roe Roe NNP nsubj:pass 2", "was be VBD aux:pass 2", f"{verb} ROOT 2", "as as IN case 4", "CEO ceo NN obl 2")
    doc = parse(*rows)
    assert read_tenure(doc, office(doc, status=Status.FORMER)) is status


POST = ("the the DT det 3", "post post NN obj 1", "of of IN case 5", "CEO ceo NN nmod 3")


@pytest.mark.parametrize(
    ("rows", "real"),
    [
        (("Roe Roe NNP nsubj 1", "declined decline VBD ROOT 1", *POST), False),
        (("Roe Roe NNP nsubj 1", "took take VBD ROOT 1", *POST), True),
        (("Roe Roe NNP nsubj:pass 2", "was be VBD aux:pass 2", "considered consider VBN ROOT 2", "for for IN case 4", "post post NN obl 2",
          "of of IN case 6", "CEO ceo NN nmod 4"), False),
        (("Roe Roe NNP nsubj:pass 2", "was be VBD aux:pass 2", "hired hire VBN ROOT 2", "for for IN case 4", "post post NN obl 2",
          "of of IN case 6", "CEO ceo NN nmod 4"), True),
    ],
)  # fmt: skip
def test_what_is_done_to_a_post_is_done_to_the_office(parse: Callable[..., Doc], rows: tuple[str, ...], *, real: bool) -> None:
    doc = parse(*rows)
    assert bool(without_unreal(doc, [office(doc, extractor="relations", trigger=None)])) is real


@pytest.mark.parametrize("will", ["will", "\u2019ll"])
def test_an_office_to_come_is_not_held_whatever_the_model_hears(parse: Callable[..., Doc], will: str) -> None:
    rows = ("Roe Roe NNP nsubj 6", ", , , punct 4", "who who WP nsubj 4", f"{will} will MD aux 4", "become become VB acl:relcl 0")
    doc = parse(*rows, "CEO ceo NN xcomp 4", "spoke speak VBD ROOT 6")
    (found,) = without_unreal(doc, [office(doc, extractor="relations", trigger=None, status=Status.CURRENT)])
    assert found.status is Status.INCOMING
