"""What a sentence denies, doubts, supposes or urges is not said to be so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kgraph.extraction.modality.status import StatusReading, read_event, read_status
from kgraph.extraction.spans import Candidate, Mention
from kgraph.model import AppearanceKey, EntityType, Status
from kgraph.ontology import ObjectKind, PredicateRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

DENIED = StatusReading(status=Status.DENIED, negative=True)
OPENED = ("Acme Acme NNP nsubj 3", "has have VBZ aux 3", "not not RB advmod 3", "opened open VBN ROOT 3")


@pytest.mark.parametrize(
    ("rows", "trigger"),
    [
        ((*OPENED, "an an DT det 5", "inquiry inquiry NN obj 3"), 5),
        (("Acme Acme NNP nsubj 2", "never never RB advmod 2", "entered enter VBD ROOT 2", "into into IN case 5", "a a DT det 5",
          "pact pact NN obl 2"), 5),
        (("Roe Roe NNP nsubj 3", "did do VBD aux 3", "not not RB advmod 3", "become become VB ROOT 3", "chairman chairman NN xcomp 3"), 4),
        (("Roe Roe NNP nsubj 3", "does do VBZ aux 3", "not not RB advmod 3", "sit sit VB ROOT 3", "on on IN case 6", "the the DT det 6",
          "board board NN obl 3"), 6),
        (("Acme Acme NNP nsubj 1", "has have VBZ ROOT 1", "yet yet RB advmod 1", "to to TO mark 4", "open open VB xcomp 1",
          "an an DT det 6", "inquiry inquiry NN obj 4"), 6),
        (("Acme Acme NNP nsubj 3", "did do VBD aux 3", "not not RB advmod 3", "manage manage VB ROOT 3", "to to TO mark 5",
          "win win VB xcomp 3"), 5),
        (("Acme Acme NNP nsubj 3", "has have VBZ aux 3", "not not RB advmod 3", "bought buy VBN ROOT 3", "or or CC cc 5",
          "sold sell VBN conj 3"), 5),
    ],
)  # fmt: skip
def test_a_negated_verb_negates_what_it_would_bring_about(parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int) -> None:
    assert read_event(parse(*rows)[trigger]) == DENIED


@pytest.mark.parametrize("link", ["its its PRP$ nmod:poss 5", "the the DT det 5"])
def test_a_negated_verb_leaves_what_is_known(parse: Callable[..., Doc], link: str) -> None:
    """Who "has not opened the inquiry" speaks of one that there is."""
    reading = read_event(parse(*OPENED, link, "inquiry inquiry NN obj 3")[5])
    assert reading is not None
    assert not reading.negative


@pytest.mark.parametrize(
    ("subject", "negative"),
    [
        (("Neither neither CC cc:preconj 1", "Acme Acme NNP nsubj 4", "nor nor CC cc 3", "Beta Beta NNP conj 1"), True),
        (("No no DT det 1", "one one NN nsubj 4", "at at IN case 3", "Acme Acme NNP nmod 1"), True),
        (("None none NN nsubj 4", "of of IN case 3", "the the DT det 3", "banks bank NNS nmod 0"), True),
        (("Few few JJ amod 1", "banks bank NNS nsubj 4", "in in IN case 3", "Oslo Oslo NNP nmod 1"), True),
        (("A a DT det 2", "few few JJ amod 2", "banks bank NNS nsubj 4", "there there RB advmod 2"), False),
        (("Nobody nobody NN nsubj 4", "but but IN case 3", "big big JJ amod 3", "Acme Acme NNP nmod 0"), False),
        (("Not not RB advmod 2", "only only RB advmod 2", "Acme Acme NNP nsubj 4", "there there RB advmod 2"), False),
    ],
)
def test_a_subject_that_is_nobody_negates(parse: Callable[..., Doc], subject: tuple[str, ...], *, negative: bool) -> None:
    reading = read_event(parse(*subject, "bought buy VBD ROOT 4", "Gamma Gamma NNP obj 4")[4])
    assert reading is not None
    assert reading.negative is negative


@pytest.mark.parametrize(
    ("rows", "trigger"),
    [
        (("Acme Acme NNP nsubj 2", "almost almost RB advmod 2", "bought buy VBD ROOT 2", "Beta Beta NNP obj 2"), 2),
        (("Acme Acme NNP nsubj 1", "decided decide VBD ROOT 1", "against against IN mark 3", "buying buy VBG advcl 1"), 3),
        (("Acme Acme NNP nsubj 2", "is be VBZ cop 2", "far far RB ROOT 2", "from from IN mark 4", "buying buy VBG advcl 2"), 4),
        (("Acme Acme NNP nsubj 1", "came come VBD ROOT 1", "close close RB advmod 1", "to to IN mark 4", "buying buy VBG advcl 1"), 4),
        (("Instead instead RB mark 2", "of of IN fixed 0", "buying buy VBG advcl 4", "it it PRP nsubj 4", "built build VBD ROOT 4"), 2),
        (("It it PRP expl 3", "is be VBZ cop 3", "not not RB advmod 3", "true true JJ ROOT 3", "that that IN mark 6",
          "Acme Acme NNP nsubj 6", "bought buy VBD csubj 3"), 6),
        (("Reports report NNS nsubj 5", "that that IN mark 3", "Acme Acme NNP nsubj 3", "bought buy VBD acl 0", "are be VBP cop 5",
          "false false JJ ROOT 5"), 3),
        (("They they PRP nsubj 2", "falsely falsely RB advmod 2", "claimed claim VBD ROOT 2", "Acme Acme NNP nsubj 5", "had have VBD aux 5",
          "bought buy VBN ccomp 2"), 5),
        (("Acme Acme NNP nsubj 1", "dismissed dismiss VBD ROOT 1", "rumours rumour NNS obj 1", "that that IN mark 6", "it it PRP nsubj 6",
          "would would MD aux 6", "buy buy VB acl 2"), 6),
    ],
)  # fmt: skip
def test_what_falls_short_or_is_called_untrue_is_denied(parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int) -> None:
    assert read_event(parse(*rows)[trigger]) == DENIED


@pytest.mark.parametrize(
    ("rows", "trigger"),
    [
        (("Had have VBD aux 2", "Acme Acme NNP nsubj 2", "bought buy VBN advcl 5", "it it PRP nsubj 5", "would would MD aux 5",
          "rise rise VB ROOT 5"), 2),
        (("Imagine imagine VB ROOT 0", "that that IN mark 3", "Acme Acme NNP nsubj 3", "bought buy VBD ccomp 0"), 3),
        (("Acme Acme NNP nsubj 2", "would would MD aux 2", "buy buy VB ROOT 2", "if if IN mark 5", "courts court NNS nsubj 5",
          "agreed agree VBD advcl 2"), 2),
        (("Acme Acme NNP nsubj 3", "would would MD aux 3", "have have VB aux 3", "bought buy VBN ROOT 3"), 3),
        (("Acme Acme NNP nsubj 2", "is be VBZ cop 2", "unlikely unlikely JJ ROOT 2", "to to TO mark 4", "buy buy VB xcomp 2"), 4),
        (("They they PRP nsubj 1", "doubt doubt VBP ROOT 1", "Acme Acme NNP nsubj 4", "will will MD aux 4", "buy buy VB ccomp 1"), 4),
        (("An an DT det 1", "acquisition acquisition NN nsubj 3", "would would MD aux 3", "help help VB ROOT 3"), 1),
        (("Imagine imagine VB ROOT 0", "a a DT det 2", "year year NN obj 0", "in in IN case 4", "which which WDT obl 6",
          "Acme Acme NNP nsubj 6", "bought buy VBD acl:relcl 2"), 6),
    ],
)  # fmt: skip
def test_what_is_thought_of_or_doubted_is_no_claim(parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int) -> None:
    assert read_event(parse(*rows)[trigger]) is None


def test_a_firm_may_be_called_nothing(parse: Callable[..., Doc]) -> None:
    rows = ("Nothing Nothing NNP nsubj 1", "bought buy VBD ROOT 1", "Beta Beta NNP obj 1")
    named, nobody = (parse(*rows, names=names) for names in (((0, 1, "Organization"),), ()))
    assert (read_event(named[1]).negative, read_event(nobody[1]).negative) == (False, True)  # type: ignore[union-attr]


def event(name: str = "acquired") -> PredicateRule:
    return PredicateRule(
        name=name, iri=name, label=name, template=name, comment="", subject_types=frozenset(), object_types=frozenset(),
        object_kind=ObjectKind.ENTITY, statuses=(Status.ANNOUNCED, Status.COMPLETED),
    )  # fmt: skip


def mention(place: int) -> Mention:
    return Mention(start=place, end=place + 1, head=place, appearance=AppearanceKey(str(place)), type=EntityType.ORGANIZATION)


@pytest.mark.parametrize(("modal", "is_claimed"), [("should", False), ("must", False), ("will", True)])
def test_what_somebody_ought_to_do_is_no_claim(parse: Callable[..., Doc], modal: str, *, is_claimed: bool) -> None:
    doc = parse("Acme Acme NNP nsubj 2", f"{modal} {modal} MD aux 2", "buy buy VB ROOT 2", "Beta Beta NNP obj 2")
    bought = Candidate(predicate="acquired", subject=mention(0), object=mention(3), score=1.0, extractor="frames", trigger=2)
    assert (read_status(doc, bought, event()) is not None) is is_claimed


@pytest.mark.parametrize(
    ("verb", "noun", "status"),
    [
        ("completed complete VBN ROOT 3", "its its PRP$ nmod:poss 5", Status.ANNOUNCED),
        ("blocked block VBN ROOT 3", "the the DT det 5", Status.ANNOUNCED),
        ("denied deny VBN ROOT 3", "the the DT det 5", Status.RUMOURED),
    ],
)
def test_what_has_not_been_completed_or_blocked_stands(parse: Callable[..., Doc], verb: str, noun: str, status: Status) -> None:
    doc = parse("Acme Acme NNP nsubj 3", "has have VBZ aux 3", "not not RB advmod 3", verb, noun, "merger merger NN obj 3")
    assert read_event(doc[5]) == StatusReading(status=status)


@pytest.mark.parametrize(("verb", "hedge"), [("confirmed confirm", None), ("suggested suggest", "Officials suggested")])
def test_who_confirms_does_not_spread_a_rumour(parse: Callable[..., Doc], verb: str, hedge: str | None) -> None:
    doc = parse(
        "Officials official NNS nsubj 1", f"{verb} VBD ROOT 1", "Acme Acme NNP nsubj 4", "had have VBD aux 4", "won win VBN ccomp 1"
    )
    assert read_event(doc[4]) == StatusReading(status=Status.RUMOURED if hedge else Status.COMPLETED, hedge=hedge)


def test_a_hedge_does_not_reach_what_is_said_by_the_way(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 7", "an an DT det 2", "investor investor NN appos 0", "in in IN case 4", "Beta Beta NNP nmod 2",
        "is be VBZ aux 7", "reportedly reportedly RB advmod 7", "leaving leave VBG ROOT 7",
    )  # fmt: skip
    assert read_event(doc[2]) == StatusReading(status=Status.COMPLETED)


@pytest.mark.parametrize(
    ("rows", "trigger"),
    [
        (("There there EX expl 1", "is be VBZ ROOT 1", "no no DT det 3", "sign sign NN nsubj 1", "that that IN mark 6",
          "Acme Acme NNP nsubj 6", "bought buy VBD acl 3"), 6),
        (("Nothing nothing NN nsubj 1", "shows show VBZ ROOT 1", "that that IN mark 4", "Acme Acme NNP nsubj 4",
          "bought buy VBD ccomp 1"), 4),
        (("Beta Beta NNP nsubj 3", "has have VBZ aux 3", "not not RB advmod 3", "confirmed confirm VBN ROOT 3", "that that IN mark 6",
          "Acme Acme NNP nsubj 6", "bought buy VBD ccomp 3"), 6),
        (("Beta Beta NNP nsubj 1", "declined decline VBD ROOT 1", "to to TO mark 3", "confirm confirm VB xcomp 1", "that that IN mark 6",
          "Acme Acme NNP nsubj 6", "bought buy VBD ccomp 3"), 6),
        (("Nobody nobody NN nsubj 1", "expected expect VBD ROOT 1", "Acme Acme NNP iobj 1", "to to TO mark 4", "buy buy VB xcomp 1"), 4),
        (("Did do VBD aux 2", "Acme Acme NNP nsubj 2", "buy buy VB ROOT 2", "? ? . punct 2"), 2),
        (("It it PRP nsubj 2", "is be VBZ cop 2", "unclear unclear JJ ROOT 2", "how how WRB advmod 6", "Acme Acme NNP nsubj 6",
          "could could MD aux 6", "buy buy VB csubj 2"), 6),
    ],
)  # fmt: skip
def test_what_nobody_says_or_believes_is_no_claim(parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int) -> None:
    assert read_event(parse(*rows)[trigger]) is None


@pytest.mark.parametrize(
    ("rows", "trigger"),
    [
        (("Beta Beta NNP nsubj 3", "has have VBZ aux 3", "not not RB advmod 3", "said say VBN ROOT 3", "why why WRB advmod 6",
          "Acme Acme NNP nsubj 6", "bought buy VBD ccomp 3"), 6),
        (("It it PRP expl 2", "is be VBZ cop 2", "unclear unclear JJ ROOT 2", "how how WRB advmod 6", "Acme Acme NNP nsubj 6",
          "had have VBD aux 6", "bought buy VBN csubj 2"), 6),
        (("They they PRP nsubj 1", "wondered wonder VBD ROOT 1", "when when WRB advmod 4", "Acme Acme NNP nsubj 4",
          "bought buy VBD ccomp 1"), 4),
        (("Why why WRB advmod 3", "did do VBD aux 3", "Acme Acme NNP nsubj 3", "buy buy VB ROOT 3", "? ? . punct 3"), 3),
        (("Acme Acme NNP nsubj 3", "did do VBD aux 3", "not not RB advmod 3", "buy buy VB ROOT 3", "Beta Beta NNP obj 3",
          "until until IN case 6", "2021 2021 CD obl 3"), 3),
        (("Acme Acme NNP nsubj 3", "does do VBZ aux 3", "not not RB advmod 3", "regret regret VB ROOT 3", "buying buy VBG xcomp 3"), 4),
    ],
)  # fmt: skip
def test_what_is_presupposed_has_happened(parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int) -> None:
    assert read_event(parse(*rows)[trigger]) == StatusReading(status=Status.COMPLETED)


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        (("denied deny VBN ROOT 3",), Status.RUMOURED),
        (("ruled rule VBN ROOT 3", "out out RP compound:prt 3"), Status.RUMOURED),
        (("stopped stop VBN ROOT 3",), Status.ANNOUNCED),
    ],
)
def test_two_denials_make_no_denial(parse: Callable[..., Doc], verb: tuple[str, ...], status: Status) -> None:
    doc = parse("Acme Acme NNP nsubj 3", "has have VBZ aux 3", "not not RB advmod 3", *verb, "buying buy VBG xcomp 3")
    assert read_event(doc[len(doc) - 1]) == StatusReading(status=status)


@pytest.mark.parametrize(
    ("rows", "trigger"),
    [
        (("Rather rather RB mark 2", "than than IN mark 2", "buy buy VB advcl 4", "it it PRP nsubj 4", "built build VBD ROOT 4"), 2),
        (("Acme Acme NNP nsubj 1", "put put VBD ROOT 1", "nothing nothing NN obj 1", "into into IN case 4", "Beta Beta NNP obl 1"), 1),
        (("Neither neither CC cc:preconj 1", "Roe Roe NNP nsubj 5", "nor nor CC cc 3", "Doe Doe NNP conj 1", "is be VBZ cop 5",
          "chairman chairman NN ROOT 5"), 5),
        (("Acme Acme NNP nsubj 3", "will will MD aux 3", "not not RB advmod 3", "buy buy VB ROOT 3", "until until IN mark 6",
          "it it PRP nsubj 6", "grows grow VBZ advcl 3"), 3),
    ],
)  # fmt: skip
def test_what_is_left_undone_is_denied(parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int) -> None:
    assert read_event(parse(*rows)[trigger]) == DENIED


@pytest.mark.parametrize("rows", [
    ("was be VBD aux:pass 2", "prevented prevent VBN ROOT 2", "from from IN mark 4", "buying buy VBG advcl 2"),
    ("had have VBD aux 2", "withdrawn withdraw VBN ROOT 2", "from from IN mark 4", "buying buy VBG advcl 2"),
])  # fmt: skip
def test_what_somebody_is_kept_from_comes_to_nothing(parse: Callable[..., Doc], rows: tuple[str, ...]) -> None:
    assert read_event(parse("Acme Acme NNP nsubj 2", *rows)[4]) == StatusReading(status=Status.TERMINATED)


def test_what_is_put_off_is_still_to_come(parse: Callable[..., Doc]) -> None:
    doc = parse("Acme Acme NNP nsubj 1", "postponed postpone VBD ROOT 1", "its its PRP$ nmod:poss 3", "merger merger NN obj 1")
    reading = read_event(doc[3])
    assert reading == StatusReading(status=Status.ANNOUNCED)
    assert reading is not None
    assert reading.ahead


@pytest.mark.parametrize(("part", "status"), [("announced announce VBN acl 1", Status.ANNOUNCED), ("weighed weigh VBN acl 1", None)])
def test_a_deal_that_is_announced_is_no_mere_thought(parse: Callable[..., Doc], part: str, status: Status | None) -> None:
    doc = parse("A a DT det 1", "merger merger NN nsubj 4", part, "would would MD aux 4", "help help VB ROOT 4")
    reading = read_event(doc[1])
    assert (reading.status if reading is not None else None) is status


@pytest.mark.parametrize(
    ("rows", "trigger", "status"),
    [
        (("agreed agree VBD ROOT 1", "to to TO mark 3", "buy buy VB xcomp 1"), 3, Status.ANNOUNCED),
        (("bought buy VBD ROOT 1",), 1, Status.TERMINATED),
    ],
)
def test_the_model_does_not_end_what_the_sentence_settles(
    parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int, status: Status
) -> None:
    doc = parse("Acme Acme NNP nsubj 1", *rows, f"Beta Beta NNP obj {trigger}")
    deal = Candidate(
        predicate="acquired", subject=mention(0), object=mention(trigger + 1), score=1.0, extractor="frames", trigger=trigger,
        status=Status.TERMINATED,
    )  # fmt: skip
    assert read_status(doc, deal, event()) == StatusReading(status=status)
