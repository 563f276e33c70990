"""A relation that lasts is claimed where it holds: not where it is planned, possible, foreseen or past."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kgraph.extraction.modality.status import StatusReading, read_status
from kgraph.extraction.spans import Candidate, Mention, Moment
from kgraph.model import AppearanceKey, EntityType, Status
from kgraph.ontology import ObjectKind, PredicateRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

HOLDS = StatusReading(status=None)
OVER = StatusReading(status=None, negative=True)


def rule(name: str, kind: ObjectKind = ObjectKind.ENTITY, *statuses: Status) -> PredicateRule:
    return PredicateRule(
        name=name,
        iri=name,
        label=name,
        template=name,
        comment="",
        subject_types=frozenset(),
        object_types=frozenset(),
        object_kind=kind,
        statuses=statuses,
    )


def candidate(predicate: str, trigger: int, last: int, status: Status | None = None, when: Moment | None = None) -> Candidate:
    first, other = (Mention(start=i, end=i + 1, head=i, appearance=AppearanceKey(str(i)), type=EntityType.ORGANIZATION) for i in (0, last))
    return Candidate(
        predicate=predicate, subject=first, object=other, score=1.0, extractor="frames", trigger=trigger, status=status, when=when
    )


@pytest.mark.parametrize(
    ("rows", "trigger", "read"),
    [
        (("Acme Acme NNP nsubj 1", "owns own VBZ ROOT 1", "Beta Beta NNP obj 1"), 1, HOLDS),
        (("Acme Acme NNP nsubj 2", "can can MD aux 2", "serve serve VB ROOT 2", "Beta Beta NNP obj 2"), 2, HOLDS),
        (("Acme Acme NNP nsubj 2", "will will MD aux 2", "own own VB ROOT 2", "Beta Beta NNP obj 2"), 2, HOLDS),
        (("Acme Acme NNP nsubj 2", "could could MD aux 2", "own own VB ROOT 2", "Beta Beta NNP obj 2"), 2, None),
        (("Acme Acme NNP nsubj 2", "would would MD aux 2", "own own VB ROOT 2", "Beta Beta NNP obj 2"), 2, None),
        (("Acme Acme NNP nsubj 1", "wants want VBZ ROOT 1", "to to TO mark 3", "own own VB xcomp 1", "Beta Beta NNP obj 3"), 3, None),
        (("Acme Acme NNP nsubj 1", "left leave VBD ROOT 1", "to to TO mark 3", "serve serve VB advcl 1", "Beta Beta NNP obj 3"), 3, HOLDS),
        (("Acme Acme NNP nsubj 2", "once once RB advmod 2", "owned own VBD ROOT 2", "Beta Beta NNP obj 2"), 2, None),
        (("Acme Acme NNP nsubj 1", "used use VBD ROOT 1", "to to TO mark 3", "own own VB xcomp 1", "Beta Beta NNP obj 3"), 3, None),
        (
            ("Acme Acme NNP nsubj 3", "is be VBZ cop 3", "former former JJ amod 3", "unit unit NN ROOT 3", "of of IN case 5",
             "Beta Beta NNP nmod 3"),
            3,
            None,
        ),
        (
            ("Acme Acme NNP nsubj 1", "owned own VBD ROOT 1", "until until IN case 3", "2020 2020 CD obl 1", "all all DT det 5",
             "Beta Beta NNP obj 1"),
            1,
            None,
        ),
        (("Acme Acme NNP nsubj 1", "stopped stop VBD ROOT 1", "serving serve VBG xcomp 1", "Beta Beta NNP obj 2"), 2, OVER),
        (
            ("Acme Acme NNP nsubj 3", "has have VBZ aux 3", "not not RB advmod 3", "stopped stop VBN ROOT 3", "serving serve VBG xcomp 3",
             "Beta Beta NNP obj 4"),
            4,
            HOLDS,
        ),
        (
            ("Acme Acme NNP nsubj 2", "may may MD aux 2", "stop stop VB ROOT 2", "serving serve VBG xcomp 2", "Beta Beta NNP obj 3"),
            3,
            HOLDS,
        ),
        (
            ("Acme Acme NNP nsubj 3", "did do VBD aux 3", "not not RB advmod 3", "own own VB ROOT 3", "until until IN case 5",
             "2020 2020 CD obl 3", "Beta Beta NNP obj 3"),
            3,
            HOLDS,
        ),
        (
            ("Acme Acme NNP nsubj 2", "may may MD aux 2", "remain remain VB ROOT 2", "client client NN xcomp 2", "of of IN case 5",
             "Beta Beta NNP nmod 3"),
            3,
            HOLDS,
        ),
        (
            ("Acme Acme NNP nsubj 1", "lost lose VBD ROOT 1", "clients client NNS obj 1", "like like IN case 4", "Beta Beta NNP nmod 2"),
            2,
            OVER,
        ),
        (
            ("Acme Acme NNP nsubj 1", "plans plan VBZ ROOT 1", "to to TO mark 3", "beat beat VB xcomp 1", "rivals rival NNS obl 3",
             "like like IN case 6", "Beta Beta NNP nmod 4"),
            4,
            HOLDS,
        ),
    ],
)  # fmt: skip
def test_a_state_is_claimed_where_it_holds(
    parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int, read: StatusReading | None
) -> None:
    doc = parse(*rows)
    assert read_status(doc, candidate("suppliesTo", trigger, len(doc) - 1), rule("suppliesTo")) == read


@pytest.mark.parametrize(
    ("rows", "trigger", "read"),
    [
        (
            ("Acme Acme NNP nsubj 1", "forecasts forecast VBZ ROOT 1", "sales sale NNS obj 1", "of of IN case 4", "$5bn $5bn CD nmod 2"),
            2,
            StatusReading(status=None, hedge="forecasts"),
        ),
        (
            ("Acme Acme NNP nsubj 1", "guided guide VBD ROOT 1", "for for IN case 3", "sales sale NNS obl 1", "$5bn $5bn CD nmod 3"),
            3,
            StatusReading(status=None, hedge="guided"),
        ),
        (
            ("Acme Acme NNP nsubj 1", "beat beat VBD ROOT 1", "forecasts forecast NNS obj 1", "with with IN case 4",
             "sales sale NNS nmod 2", "$5bn $5bn CD nmod 4"),
            4,
            HOLDS,
        ),
        (
            ("They they PRP nsubj 1", "expect expect VBP ROOT 1", "sales sale NNS nsubj 4", "will will MD aux 4", "reach reach VB ccomp 1",
             "$5bn $5bn CD obj 4"),
            2,
            StatusReading(status=None, hedge="expect"),
        ),
        (
            ("Acme Acme NNP nsubj 1", "beat beat VBD ROOT 1", "forecasts forecast NNS obj 1", "for for IN case 4", "sales sale NNS nmod 2",
             "$5bn $5bn CD nmod 4"),
            4,
            None,
        ),
    ],
)  # fmt: skip
def test_a_figure_that_is_foreseen_is_hedged(
    parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int, read: StatusReading | None
) -> None:
    doc = parse(*rows)
    assert read_status(doc, candidate("hasRevenue", trigger, len(doc) - 1), rule("hasRevenue", ObjectKind.MONEY)) == read


def test_who_has_not_resigned_is_in_office(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Roe Roe NNP nsubj 3", "has have VBZ aux 3", "not not RB advmod 3", "resigned resign VBN ROOT 3", "as as IN case 5",
        "chairman chairman NN obl 3", "of of IN case 7", "Acme Acme NNP nmod 5",
    )  # fmt: skip
    office = rule("holdsRole", ObjectKind.ENTITY, Status.CURRENT, Status.FORMER)
    assert read_status(doc, candidate("holdsRole", 5, 7), office) == StatusReading(status=Status.CURRENT)


@pytest.mark.parametrize("rows", [("will will MD aux 2", "sue sue VB ROOT 2"), ("to to TO mark 2", "sue sue VB ROOT 2")])
def test_what_is_to_come_is_not_done_whatever_the_model_hears(parse: Callable[..., Doc], rows: tuple[str, str]) -> None:
    doc = parse("Acme Acme NNP nsubj 2", *rows, "Beta Beta NNP obj 2")
    sued = candidate("sued", 2, 3, status=Status.COMPLETED)
    assert read_status(doc, sued, rule("sued", ObjectKind.ENTITY, Status.COMPLETED)) == StatusReading(status=Status.ANNOUNCED)


@pytest.mark.parametrize(("year", "status"), [("2005", Status.COMPLETED), ("2026", Status.PLANNED)])
def test_the_present_of_a_past_year_tells_what_is_done(parse: Callable[..., Doc], year: str, status: Status) -> None:
    """So does "2005: Acme buys Beta" in an article of 2026."""
    doc = parse("Acme Acme NNP nsubj 1", "buys buy VBZ ROOT 1", "Beta Beta NNP obj 1")
    bought = candidate("acquired", 1, 2, status=Status.PLANNED, when=Moment(start=0, end=1, head=0, edtf=year))
    event = rule("acquired", ObjectKind.ENTITY, Status.COMPLETED)
    assert read_status(doc, bought, event, published=dt.date(2026, 3, 1)) == StatusReading(status=status)


@pytest.mark.parametrize(("day", "status"), [("2026-04-16", Status.INCOMING), ("2026-02-16", Status.CURRENT), ("2026", Status.CURRENT)])
def test_an_office_that_begins_after_the_article_is_to_come(parse: Callable[..., Doc], day: str, status: Status) -> None:
    doc = parse(
        "Roe Roe NNP nsubj 2", "is be VBZ cop 2", "chairman chairman NN ROOT 2", "of of IN case 4", "Acme Acme NNP nmod 2",
    )  # fmt: skip
    office = rule("holdsRole", ObjectKind.ENTITY, Status.CURRENT, Status.INCOMING)
    held = candidate("holdsRole", 2, 4, when=Moment(start=0, end=1, head=0, edtf=day))
    assert read_status(doc, held, office, published=dt.date(2026, 3, 1)) == StatusReading(status=status)
