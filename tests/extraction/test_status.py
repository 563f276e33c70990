"""How far a matter has come is read from tense, modals and the words that govern it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest

from kgraph.extraction.modality.status import StatusReading, read_event, read_status
from kgraph.extraction.modality.tenure import read_tenure
from kgraph.extraction.spans import Candidate, Mention, Title
from kgraph.model import AppearanceKey, EntityType, Status
from kgraph.ontology import ObjectKind, PredicateRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

BUYS = ("Acme Acme NNP nsubj 1", "buys buy VBZ ROOT 1", "Beta Beta NNP obj 1")


@pytest.mark.parametrize(
    ("rows", "trigger", "status", "hedge"),
    [
        (("Acme Acme NNP nsubj 1", "bought buy VBD ROOT 1", "Beta Beta NNP obj 1"), 1, Status.COMPLETED, None),
        (BUYS, 1, Status.COMPLETED, None),
        (("Acme Acme NNP ROOT 0", "to to TO mark 2", "buy buy VB acl 0", "Beta Beta NNP obj 2"), 2, Status.ANNOUNCED, None),
        (("Acme Acme NNP nsubj 2", "will will MD aux 2", "buy buy VB ROOT 2", "Beta Beta NNP obj 2"), 2, Status.ANNOUNCED, None),
        (("Acme Acme NNP nsubj 2", "may may MD aux 2", "buy buy VB ROOT 2", "Beta Beta NNP obj 2"), 2, Status.RUMOURED, None),
        (("Acme Acme NNP nsubj 1", "agreed agree VBD ROOT 1", "to to TO mark 3", "buy buy VB xcomp 1"), 3, Status.ANNOUNCED, None),
        (("Acme Acme NNP nsubj 1", "plans plan VBZ ROOT 1", "to to TO mark 3", "buy buy VB xcomp 1"), 3, Status.PLANNED, None),
        (("Acme Acme NNP nsubj 1", "failed fail VBD ROOT 1", "to to TO mark 3", "buy buy VB xcomp 1"), 3, Status.TERMINATED, None),
        (("Acme Acme NNP nsubj 1", "tried try VBD ROOT 1", "to to TO mark 3", "buy buy VB xcomp 1"), 3, Status.TERMINATED, None),
        (("Acme Acme NNP nsubj 1", "managed manage VBD ROOT 1", "to to TO mark 3", "buy buy VB xcomp 1"), 3, Status.COMPLETED, None),
        (
            ("Acme Acme NNP nsubj 3", "is be VBZ cop 3", "in in IN case 3", "talks talk NNS ROOT 3", "to to TO mark 5", "buy buy VB acl 3"),
            5,
            Status.IN_TALKS,
            None,
        ),
        (
            (
                "Acme Acme NNP nsubj 3",
                "is be VBZ aux 3",
                "reportedly reportedly RB advmod 3",
                "buying buy VBG ROOT 3",
                "Beta Beta NNP obj 3",
            ),
            3,
            Status.RUMOURED,
            "reportedly",
        ),
        (
            (
                "Acme Acme NNP nsubj:pass 2",
                "is be VBZ aux:pass 2",
                "said say VBN ROOT 2",
                "to to TO mark 5",
                "have have VB aux 5",
                "bought buy VBN xcomp 2",
            ),
            5,
            Status.RUMOURED,
            "is said",
        ),
        (("the the DT det 2", "proposed proposed JJ amod 2", "merger merger NN ROOT 2"), 2, Status.PLANNED, None),
        (
            ("Acme Acme NNP nsubj 1", "completed complete VBD ROOT 1", "the the DT det 3", "merger merger NN obj 1"),
            3,
            Status.COMPLETED,
            None,
        ),
        (
            ("Acme Acme NNP nsubj 2", "will will MD aux 2", "complete complete VB ROOT 2", "the the DT det 4", "merger merger NN obj 2"),
            4,
            Status.ANNOUNCED,
            None,
        ),
        (
            (
                "Acme Acme NNP nsubj 1",
                "hopes hope VBZ ROOT 1",
                "to to TO mark 3",
                "complete complete VB xcomp 1",
                "its its PRP$ nmod:poss 5",
                "merger merger NN obj 3",
            ),
            5,
            Status.ANNOUNCED,
            None,
        ),
        (
            ("The the DT det 1", "merger merger NN nsubj:pass 3", "was be VBD aux:pass 3", "blocked block VBN ROOT 3"),
            1,
            Status.TERMINATED,
            None,
        ),
        (
            ("planned planned JJ amod 1", "merger merger NN nsubj:pass 3", "was be VBD aux:pass 3", "blocked block VBN ROOT 3"),
            1,
            Status.TERMINATED,
            None,
        ),
        (("The the DT det 1", "merger merger NN nsubj 2", "collapsed collapse VBD ROOT 2"), 1, Status.TERMINATED, None),
        (("Roe Roe NNP nsubj 1", "left leave VBD ROOT 1", "to to TO mark 3", "join join VB advcl 1"), 3, Status.COMPLETED, None),
        (
            ("Acme Acme NNP nsubj 1", "agreed agree VBD ROOT 1", "on on IN case 3", "Monday Monday NNP obl 1", "to to TO mark 5",
             "buy buy VB acl 3"),
            5,
            Status.ANNOUNCED,
            None,
        ),
        (
            ("Acme Acme NNP nsubj 1", "planned plan VBD ROOT 1", "to to TO mark 3", "buy buy VB xcomp 1", "and and CC cc 6",
             "was be VBD aux:pass 6", "rejected reject VBN conj 1"),
            3,
            Status.TERMINATED,
            None,
        ),
        (
            ("Acme Acme NNP nsubj 1", "became become VBD ROOT 1", "the the DT det 4", "first first JJ amod 4", "firm firm NN xcomp 1",
             "to to TO mark 6", "float float VB acl 4"),
            6,
            Status.COMPLETED,
            None,
        ),
        (("Acme Acme NNP nsubj 1", "used use VBD ROOT 1", "cash cash NN obj 1", "to to TO mark 4", "buy buy VB advcl 1"),
         4, Status.COMPLETED, None),
        (("Acme Acme NNP nsubj 1", "raised raise VBD ROOT 1", "cash cash NN obj 1", "to to TO mark 4", "buy buy VB advcl 1"),
         4, Status.PLANNED, None),
        (("Acme Acme NNP nsubj 1", "ended end VBD ROOT 1", "a a DT det 3", "review review NN obj 1", "of of IN case 6", "the the DT det 6",
          "merger merger NN nmod 3"), 6, Status.ANNOUNCED, None),
        (("CMA CMA NNP nsubj 3", "did do VBD aux 3", "not not RB advmod 3", "refer refer VB ROOT 3", "the the DT det 5",
          "merger merger NN obj 3"), 5, Status.ANNOUNCED, None),
        (("A a DT det 1", "probe probe NN nsubj 5", "of of IN case 4", "2015 2015 CD nummod 4", "merger merger NN nmod 1",
          "found find VBD ROOT 5"), 4, Status.COMPLETED, None),
        (("A a DT det 1", "version version NN nsubj 2", "misstated misstate VBD ROOT 2", "the the DT det 4", "date date NN obj 2",
          "of of IN case 7", "the the DT det 7", "merger merger NN nmod 4"), 7, Status.COMPLETED, None),
        (("Acme Acme NNP nsubj 1", "misstated misstate VBD ROOT 1", "profit profit NN obj 1", "and and CC cc 4", "bought buy VBD conj 1"),
         4, Status.COMPLETED, None),
        (("Roe Roe NNP nsubj 1", "taught teach VBD ROOT 1", "before before IN mark 3", "joining join VBG advcl 1"),
         3, Status.COMPLETED, None),
        (
            ("She she PRP nsubj 1", "denied deny VBD ROOT 1", "that that IN mark 7", "Acme Acme NNP nsubj 7", "an a DT det 5",
             "investor investor NN appos 3", "would would MD aux 7", "leave leave VB ccomp 1"),
            5,
            Status.COMPLETED,
            None,
        ),
        (
            ("Acme Acme NNP nsubj 4", "will will MD aux 4", "not not RB advmod 4", "only only RB advmod 4", "buy buy VB ROOT 4"),
            4,
            Status.ANNOUNCED,
            None,
        ),
    ],
)  # fmt: skip
def test_a_matter_is_as_far_as_its_words_say(
    parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int, status: Status, hedge: str | None
) -> None:
    assert read_event(parse(*rows)[trigger]) == StatusReading(status=status, hedge=hedge)


@pytest.mark.parametrize(
    ("opening", "status"),
    [
        (("If if IN mark 2", "courts court NNS nsubj 2", "agree agree VBP advcl 5"), Status.CONDITIONAL),
        (("Should should MD aux 2", "courts court NNS nsubj 2", "agree agree VB advcl 5"), Status.CONDITIONAL),
        (("Even even RB advmod 2", "if if IN mark 2", "asked ask VBN advcl 5"), Status.ANNOUNCED),
        (("Not not RB advmod 2", "if if IN mark 2", "Gamma gamma NNP advcl 5"), Status.ANNOUNCED),
    ],
)
def test_what_will_be_on_a_condition_is_conditional(parse: Callable[..., Doc], opening: tuple[str, ...], status: Status) -> None:
    doc = parse(*opening, "Acme Acme NNP nsubj 5", "will will MD aux 5", "buy buy VB ROOT 5", "Beta Beta NNP obj 5")
    assert read_event(doc[5]) == StatusReading(status=status)


def test_a_plan_that_is_no_longer_made_is_terminated(parse: Callable[..., Doc]) -> None:
    no_longer = ("no no RB advmod 2", "longer long RBR advmod 3", "plans plan VBZ ROOT 3")
    doc = parse("Acme Acme NNP nsubj 3", *no_longer, "to to TO mark 5", "buy buy VB xcomp 3")
    assert read_event(doc[5]) == StatusReading(status=Status.TERMINATED, over=True)


@pytest.mark.parametrize(
    ("rows", "trigger"),
    [
        (("Acme Acme NNP nsubj 3", "will will MD aux 3", "not not RB advmod 3", "buy buy VB ROOT 3", "Beta Beta NNP obj 3"), 3),
        (
            (
                "Acme Acme NNP nsubj 1",
                "denied deny VBD ROOT 1",
                "that that IN mark 5",
                "it it PRP nsubj 5",
                "had have VBD aux 5",
                "bought buy VBN ccomp 1",
            ),
            5,
        ),
        (
            (
                "Acme Acme NNP nsubj 1",
                "has have VBZ ROOT 1",
                "no no DT det 3",
                "plans plan NNS obj 1",
                "to to TO mark 5",
                "buy buy VB acl 3",
            ),
            5,
        ),
        (("Acme Acme NNP nsubj 1", "owns own VBZ ROOT 1", "none none NN obj 1", "of of IN case 4", "Beta Beta NNP nmod 2"), 1),
        (("Acme Acme NNP nsubj 1", "holds hold VBZ ROOT 1", "no no DT det 3", "shares share NNS obj 1"), 1),
        (
            (
                "An an DT det 2",
                "earlier early JJR amod 2",
                "version version NN nsubj 3",
                "said say VBD ROOT 3",
                "Acme Acme NNP nsubj 5",
                "bought buy VBD ccomp 3",
            ),
            5,
        ),
        (
            (
                "This this DT det 1",
                "article article NN nsubj 3",
                "originally originally RB advmod 3",
                "said say VBD ROOT 3",
                "Acme Acme NNP nsubj 5",
                "bought buy VBD ccomp 3",
            ),
            5,
        ),
    ],
)
def test_what_is_denied_is_negative(parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int) -> None:
    assert read_event(parse(*rows)[trigger]) == StatusReading(status=Status.DENIED, negative=True)


@pytest.mark.parametrize(
    "rows",
    [
        (
            "If if IN mark 2",
            "Acme Acme NNP nsubj 2",
            "buys buy VBZ advcl 5",
            "Beta Beta NNP obj 2",
            "it it PRP nsubj 5",
            "wins win VBZ ROOT 5",
        ),
        ("Will will MD aux 2", "Acme Acme NNP nsubj 2", "buy buy VB ROOT 2", "Beta Beta NNP obj 2", "? ? . punct 2"),
        ("could could MD aux 2", "have have VB aux 2", "bought buy VBN ROOT 2", "Beta Beta NNP obj 2"),
    ],
)
def test_what_is_only_supposed_or_asked_is_no_claim(parse: Callable[..., Doc], rows: tuple[str, ...]) -> None:
    assert read_event(parse(*rows)[2]) is None


def test_the_verb_under_which_a_matter_stands_does_not_negate_it(parse: Callable[..., Doc]) -> None:
    """That the acquisition was not priced denies no acquisition."""
    doc = parse(
        "The the DT det 1",
        "acquisition acquisition NN nsubj:pass 4",
        "was be VBD aux:pass 4",
        "not not RB advmod 4",
        "priced price VBN ROOT 4",
    )
    reading = read_event(doc[1])
    assert reading is not None
    assert not reading.negative


def test_what_lasts_has_happened_when_it_goes_on(parse: Callable[..., Doc]) -> None:
    doc = parse("Acme Acme NNP nsubj 2", "is be VBZ aux 2", "suing sue VBG ROOT 2", "Beta Beta NNP obj 2")
    assert read_event(doc[2], lasts=True) == StatusReading(status=Status.COMPLETED)
    assert read_event(doc[2]) == StatusReading(status=Status.ANNOUNCED)


def mention(place: int, key: str) -> Mention:
    return Mention(start=place, end=place + 1, head=place, appearance=AppearanceKey(key), type=EntityType.ORGANIZATION)


def rule(name: str, *statuses: Status) -> PredicateRule:
    return PredicateRule(
        name=name,
        iri=name,
        label=name,
        template=name,
        comment="",
        subject_types=frozenset(),
        object_types=frozenset(),
        object_kind=ObjectKind.ENTITY,
        statuses=statuses,
    )


def test_a_candidate_without_evoking_word_is_read_where_its_ends_meet(parse: Callable[..., Doc]) -> None:
    candidate = Candidate(predicate="acquired", subject=mention(0, "a"), object=mention(2, "b"), score=1.0, extractor="relations")
    event = rule("acquired", Status.ANNOUNCED, Status.COMPLETED)
    assert read_status(parse(*BUYS), candidate, event) == StatusReading(status=Status.COMPLETED)
    assert read_status(parse(*BUYS), candidate, rule("ownsStakeIn")) == StatusReading(status=None)


def test_a_plan_that_the_model_reads_as_failed_has_failed(parse: Callable[..., Doc]) -> None:
    doc = parse("Acme Acme NNP nsubj 1", "wants want VBZ ROOT 1", "to to TO mark 3", "buy buy VB xcomp 1", "Beta Beta NNP obj 3")
    wish = Candidate(predicate="acquired", subject=mention(0, "s"), object=mention(4, "o"), score=1.0, extractor="frames", trigger=3)
    event = rule("acquired", Status.PLANNED, Status.TERMINATED)
    read = [read_status(doc, replace(wish, status=status), event) for status in (None, Status.COMPLETED, Status.TERMINATED)]
    assert [reading.status for reading in read if reading] == [Status.PLANNED, Status.PLANNED, Status.TERMINATED]


@pytest.mark.parametrize(
    ("rows", "title", "status"),
    [
        (("Roe Roe NNP nsubj 3", "is be VBZ cop 3", "the the DT det 3", "CEO ceo NN ROOT 3"), 3, Status.CURRENT),
        (("former former JJ amod 1", "CEO ceo NN nmod:desc 2", "Roe Roe NNP nsubj 3", "said say VBD ROOT 3"), 1, Status.FORMER),
        (("incoming incoming JJ amod 1", "CEO ceo NN nmod:desc 2", "Roe Roe NNP nsubj 3", "said say VBD ROOT 3"), 1, Status.INCOMING),
        (("Roe Roe NNP nsubj 2", "will will MD aux 2", "become become VB ROOT 2", "CEO ceo NN xcomp 2"), 3, Status.INCOMING),
        (
            (
                "Roe Roe NNP nsubj 2",
                "would would MD aux 2",
                "come come VB ROOT 2",
                "to to TO mark 4",
                "be be VB xcomp 2",
                "CEO ceo NN xcomp 4",
            ),
            5,
            Status.INCOMING,
        ),
        (("Roe Roe NNP nsubj 1", "came come VBD ROOT 1", "to to TO mark 3", "be be VB xcomp 1", "CEO ceo NN xcomp 3"), 4, Status.CURRENT),
        (
            (
                "Roe Roe NNP nsubj 2",
                "will will MD aux 2",
                "step step VB ROOT 2",
                "down down RP compound:prt 2",
                "as as IN case 5",
                "CEO ceo NN obl 2",
            ),
            5,
            Status.CURRENT,
        ),
        (
            (
                "Roe Roe NNP nsubj:pass 3",
                "will will MD aux 3",
                "be be VB aux:pass 3",
                "ousted oust VBN ROOT 3",
                "as as IN case 5",
                "CEO ceo NN obl 3",
            ),
            5,
            Status.CURRENT,
        ),
        (
            (
                "Doe Doe NNP nsubj 2",
                "will will MD aux 2",
                "retire retire VB ROOT 2",
                "as as IN case 4",
                "CEO ceo NN obl 2",
                "for for IN case 6",
                "Roe Roe NNP obl 2",
            ),
            4,
            Status.INCOMING,
        ),
        (
            (
                "Roe Roe NNP nsubj 1",
                "plans plan VBZ ROOT 1",
                "to to TO mark 3",
                "quit quit VB xcomp 1",
                "as as IN case 5",
                "CEO ceo NN obl 3",
            ),
            5,
            Status.CURRENT,
        ),
        (("Roe Roe NNP nsubj 2", "will will MD aux 2", "remain remain VB ROOT 2", "CEO ceo NN xcomp 2"), 3, Status.CURRENT),
        (
            (
                "Roe Roe NNP nsubj 4",
                "will will MD aux 4",
                "no no RB advmod 3",
                "longer long RBR advmod 4",
                "be be VB ROOT 4",
                "CEO ceo NN xcomp 4",
            ),
            5,
            Status.CURRENT,
        ),
        (
            (
                "Roe Roe NNP nsubj 2",
                "will will MD aux 2",
                "succeed succeed VB ROOT 2",
                "Doe Doe NNP obj 2",
                "as as IN case 5",
                "CEO ceo NN obl 2",
            ),
            5,
            Status.INCOMING,
        ),
        (("Roe Roe NNP nsubj 1", "resigned resign VBD ROOT 1", "as as IN case 3", "CEO ceo NN obl 1"), 3, Status.FORMER),
        (
            ("Roe Roe NNP nsubj 4", "is be VBZ cop 4", "no no RB advmod 3", "longer long RBR advmod 4", "CEO ceo NN ROOT 4"),
            4,
            Status.FORMER,
        ),
        (("CEO ceo NN nmod:desc 1", "Roe Roe NNP nsubj 2", "resigned resign VBD ROOT 2"), 0, Status.FORMER),
        (
            (
                "Poe Poe NNP nsubj 2",
                "will will MD aux 2",
                "become become VB ROOT 2",
                "CEO ceo NN xcomp 2",
                "when when WRB advmod 6",
                "Roe Roe NNP nsubj 6",
                "retires retire VBZ advcl 2",
            ),
            3,
            Status.CURRENT,
        ),
        (
            (
                "Acme Acme NNP nsubj 1",
                "hires hire VBZ ROOT 1",
                "CEO ceo NN obj 1",
                "after after IN mark 5",
                "Roe Roe NNP nsubj 5",
                "quits quit VBZ advcl 1",
            ),
            2,
            Status.FORMER,
        ),
        (
            (
                "Acme Acme NNP nsubj 1",
                "seeks seek VBZ ROOT 1",
                "a a DT det 3",
                "CEO ceo NN obj 1",
                "after after IN mark 6",
                "Roe Roe NNP nsubj 6",
                "quit quit VBD advcl 1",
            ),
            3,
            Status.FORMER,
        ),
        (
            (
                "Poe Poe NNP nsubj 1",
                "succeeds succeed VBZ ROOT 1",
                "Roe Roe NNP obj 1",
                "who who WP nsubj 5",
                "will will MD aux 5",
                "remain remain VB acl:relcl 2",
                "as as IN case 7",
                "CEO ceo NN obl 5",
            ),
            7,
            Status.CURRENT,
        ),
        (
            (
                "Acme Acme NNP nsubj 1",
                "replaced replace VBD ROOT 1",
                "Doe Doe NNP obj 1",
                "with with IN case 4",
                "Roe Roe NNP obl 1",
                "as as IN case 6",
                "CEO ceo NN obl 1",
            ),
            6,
            Status.CURRENT,
        ),
        (
            ("Roe Roe NNP nsubj 2", "is be VBZ aux 2", "returning return VBG ROOT 2", "as as IN case 4", "CEO ceo NN obl 2"),
            4,
            Status.INCOMING,
        ),
        (("CEO ceo NN nmod:desc 1", "Roe Roe NNP nsubj 2", "spoke speak VBD ROOT 2"), 0, Status.CURRENT),
        (("Hiring hire VBG ROOT 0", "a a DT det 2", "CEO ceo NN obj 0", "Roe Roe NNP appos 2"), 2, Status.INCOMING),
        (("Hiring hire VBG ROOT 0", "its its PRP$ nmod:poss 2", "CEO ceo NN obj 0", "Roe Roe NNP appos 2"), 2, Status.CURRENT),
    ],
)
def test_an_office_is_held_now_before_or_later(parse: Callable[..., Doc], rows: tuple[str, ...], title: int, status: Status) -> None:
    doc = parse(*rows)
    person = next(token.i for token in doc if token.text == "Roe")
    role = Title(start=title, end=title + 1, head=title, text="CEO")
    candidate = Candidate(
        predicate="holdsRole", subject=mention(person, "p"), object=None, score=1.0, extractor="frames", trigger=title, role=role
    )
    assert read_tenure(doc, candidate) is status


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        (("succeeds succeed VBZ ROOT 2",), Status.FORMER),
        (("replaced replace VBD ROOT 2",), Status.FORMER),
        (("succeed succeed VB ROOT 2",), Status.CURRENT),
    ],
)
def test_who_is_replaced_has_held_the_office_or_holds_it_still(parse: Callable[..., Doc], verb: tuple[str], status: Status) -> None:
    helper = "will will MD aux 2" if verb[0].split()[2] == "VB" else "now now RB advmod 2"
    doc = parse("She she PRP nsubj 2", helper, *verb, "Roe Roe NNP obj 2")
    candidate = Candidate(predicate="holdsRole", subject=mention(3, "p"), object=None, score=1.0, extractor="relations")
    assert read_tenure(doc, candidate) is status


def test_who_is_replaced_by_the_next_chief_is_chief_still(parse: Callable[..., Doc]) -> None:
    rows = ("Acme Acme NNP nsubj 1", "named name VBD ROOT 1", "Doe Doe NNP obj 1", "next next JJ amod 4", "CEO ceo NN xcomp 1")
    doc = parse(*rows, "succeeding succeed VBG advcl 1", "Roe Roe NNP obj 5")
    role = Title(start=4, end=5, head=4, text="CEO")
    candidate = Candidate(predicate="holdsRole", subject=mention(6, "p"), object=None, score=1.0, extractor="relations", role=role)
    assert read_tenure(doc, candidate) is Status.CURRENT


def test_who_is_replaced_has_held_the_office_that_another_verb_gives(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "named name VBD ROOT 1", "Doe Doe NNP obj 1", "as as IN case 4", "CEO ceo NN obl 1",
        "replacing replace VBG advcl 1", "Roe Roe NNP obj 5",
    )  # fmt: skip
    role = Title(start=4, end=5, head=4, text="CEO")
    candidate = Candidate(predicate="holdsRole", subject=mention(6, "p"), object=None, score=1.0, extractor="relations", role=role)
    assert read_tenure(doc, candidate) is Status.FORMER


@pytest.mark.parametrize(
    ("heard", "negative", "read"),
    [
        (Status.DENIED, True, StatusReading(status=Status.DENIED, negative=True)),
        (Status.DENIED, False, StatusReading(status=Status.COMPLETED)),
        (Status.RUMOURED, False, StatusReading(status=Status.RUMOURED)),
    ],
)
def test_what_the_model_hears_denied_is_denied_where_it_hears_the_denial(
    parse: Callable[..., Doc], heard: Status, read: StatusReading, *, negative: bool
) -> None:
    bought = Candidate(predicate="acquired", subject=mention(0, "s"), object=mention(2, "o"), score=1.0, extractor="relations")
    told = replace(bought, status=heard, negative=negative)
    assert read_status(parse(*BUYS), told, rule("acquired", Status.COMPLETED)) == read


def test_what_has_been_done_is_not_only_announced(parse: Callable[..., Doc]) -> None:
    doc = parse("Acme Acme NNP nsubj 2", "has have VBZ aux 2", "bought buy VBN ROOT 2", "Beta Beta NNP obj 2")
    told = Candidate(predicate="acquired", subject=mention(0, "s"), object=mention(3, "o"), score=1.0, extractor="frames", trigger=2)
    reading = read_status(doc, replace(told, status=Status.ANNOUNCED), rule("acquired", Status.COMPLETED))
    assert reading == StatusReading(status=Status.COMPLETED)


def test_the_model_says_when_an_office_is_held_that_no_frame_finds(parse: Callable[..., Doc]) -> None:
    doc = parse("Roe Roe NNP nsubj 1", "ran run VBD ROOT 1", "Acme Acme NNP obj 1")
    roe = Candidate(predicate="holdsRole", subject=mention(0, "p"), object=mention(2, "o"), score=1.0, extractor="relations")
    office = rule("holdsRole", Status.CURRENT, Status.FORMER)
    read = [read_status(doc, replace(roe, status=status), office) for status in (None, Status.FORMER)]
    assert [one.status for one in read if one] == [Status.CURRENT, Status.FORMER]


def test_the_negation_of_another_verb_is_none_of_what_the_model_hears(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 2", "never never RB advmod 2", "grew grow VBD ROOT 2", "without without IN case 4", "Beta Beta NNP obl 2"
    )
    bought = Candidate(predicate="acquired", subject=mention(0, "s"), object=mention(4, "o"), score=1.0, extractor="relations")
    read = [
        read_status(doc, replace(bought, status=Status.COMPLETED, negative=denied), rule("acquired", Status.COMPLETED))
        for denied in (False, True)
    ]
    assert read == [StatusReading(status=Status.COMPLETED), StatusReading(status=Status.DENIED, negative=True)]


@pytest.mark.parametrize(
    ("rows", "trigger", "negative"),
    [
        (("Acme Acme NNP nsubj 1", "denied deny VBD ROOT 1", "talks talk NNS obj 1", "of of IN case 5", "its its PRP$ nmod:poss 5",
          "parent parent NN nmod 2", "Beta Beta NNP appos 5"), 5, False),
        (("Acme Acme NNP nsubj 3", "is be VBZ cop 3", "not not RB advmod 3", "parent parent NN ROOT 3", "of of IN case 5",
          "Beta Beta NNP nmod 3"), 3, True),
        (("Acme Acme NNP nsubj 3", "does do VBZ aux 3", "not not RB advmod 3", "own own VB ROOT 3", "Beta Beta NNP obj 3"), 3, True),
        (("Acme Acme NNP nsubj 3", "is be VBZ aux 3", "not not RB advmod 3", "watching watch VBG ROOT 3",
          "Beta Beta NNP obj 3"), None, False),
        (("Acme Acme NNP nsubj 3", "no no RB advmod 2", "longer long RBR advmod 3", "owns own VBZ ROOT 3", "Beta Beta NNP obj 3"), 3, True),
    ],
)  # fmt: skip
def test_a_state_told_in_passing_is_not_denied_with_the_sentence(
    parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int | None, *, negative: bool
) -> None:
    doc = parse(*rows)
    parent = mention(len(doc) - 1, "b")
    by: Literal["frames", "relations"] = "relations" if trigger is None else "frames"
    candidate = Candidate(predicate="subsidiaryOf", subject=mention(0, "a"), object=parent, score=1.0, extractor=by, trigger=trigger)
    assert read_status(doc, candidate, rule("subsidiaryOf")) == StatusReading(status=None, negative=negative)
