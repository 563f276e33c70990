"""Which relation words mean, by what stands beside them: figures, offices, places, authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kgraph.extraction.modality.tenure import read_tenure
from kgraph.extraction.spans import Title
from kgraph.model import Status
from tests.extraction.framing import ORG, PER, PLACE, candidates, count, money, said, share, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from kgraph.extraction.frames.matching import Frames


def test_the_size_of_a_share_decides_between_investing_and_acquiring(frames: Frames, parse: Callable[..., Doc]) -> None:
    rows = (
        "Acme Acme NNP nsubj 1",
        "bought buy VBD ROOT 1",
        "a a DT det 4",
        "49% 49% NN compound 4",
        "stake stake NN obj 1",
        "in in IN case 6",
    )
    doc = parse(*rows, "Beta Beta NNP nmod 4", names=((0, 1, ORG), (6, 7, ORG)))
    assert said(frames, doc, amounts=(share(3, "0.49"),)) == {("Acme", "investedIn", "Beta")}
    assert said(frames, doc, amounts=(share(3, "0.51"),)) == {("Acme", "acquired", "Beta")}


def test_an_office_has_a_holder_and_an_organisation(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nmod:poss 2",
        "'s 's POS case 0",
        "CEO ceo NN nsubj 7",
        ", , , punct 4",
        "Ann Ann NNP appos 2",
        "Lee Lee NNP flat 4",
        ", , , punct 2",
        "resigned resign VBD ROOT 7",
        names=((0, 1, ORG), (4, 6, PER)),
    )
    title = Title(start=2, end=3, head=2, text="CEO")
    assert said(frames, doc, titles=(title,)) == {("Ann Lee", "holdsRole", "Acme"), ("Ann Lee", "departedFrom", "Acme")}


def test_a_figure_is_read_through_its_noun(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1",
        "reported report VBD ROOT 1",
        "revenue revenue NN obj 1",
        "of of IN case 4",
        "$5 $5 $ nmod 2",
        names=((0, 1, ORG),),
    )
    assert said(frames, doc, amounts=(money(4, "5"),)) == {("Acme", "hasRevenue", "$5")}


def test_words_beside_a_verb_say_which_relation_it_means(frames: Frames, parse: Callable[..., Doc]) -> None:
    rows = ("Acme Acme NNP nsubj 1", "counts count VBZ ROOT 1", "Beta Beta NNP obj 1", "among among IN case 5", "its its PRP$ nmod:poss 5")
    names = ((0, 1, ORG), (2, 3, ORG))
    assert said(frames, parse(*rows, "clients client NNS obl 1", names=names)) == {("Acme", "suppliesTo", "Beta")}
    assert said(frames, parse(*rows, "backers backer NNS obl 1", names=names)) == {("Beta", "investedIn", "Acme")}
    assert said(frames, parse(*rows, "friends friend NNS obl 1", names=names)) == set()


def test_the_firm_of_a_place_is_not_the_place(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1",
        "bought buy VBD ROOT 1",
        "the the DT det 4",
        "Norwich Norwich NNP compound 4",
        "firm firm NN obj 1",
        names=((0, 1, ORG), (3, 4, PLACE)),
    )
    assert said(frames, doc) == set()


def test_the_market_of_a_ticker_is_where_shares_trade(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 6",
        "( ( -LRB- punct 2",
        "Nasdaq Nasdaq NNP appos 0",
        ": : : punct 4",
        "ACM ACM NNP appos 2",
        ") ) -RRB- punct 2",
        "fell fall VBD ROOT 6",
        names=((0, 1, ORG), (2, 3, ORG)),
    )
    assert said(frames, doc) == {("Acme", "tradedOn", "Nasdaq")}


def test_who_succeeds_takes_the_office_and_the_other_has_held_it(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Lee Lee NNP nsubj 1",
        "replaced replace VBD ROOT 1",
        "Roe Roe NNP obj 1",
        "as as IN case 4",
        "chairman chairman NN obl 1",
        "of of IN case 6",
        "Acme Acme NNP nmod 4",
        names=((0, 1, PER), (2, 3, PER), (6, 7, ORG)),
    )
    title = Title(start=4, end=5, head=4, text="chairman")
    found = candidates(frames, doc, titles=(title,))
    held = {(doc[c.subject.head].text, read_tenure(doc, c)) for c in found if c.predicate == "holdsRole"}
    assert held == {("Lee", Status.CURRENT), ("Roe", Status.FORMER)}


def test_an_office_told_of_in_where_is_at_the_place_before(frames: Frames, parse: Callable[..., Doc]) -> None:
    names = ((0, 1, PER), (2, 3, ORG), (4, 5, ORG), (7, 8, PER))
    doc = parse(
        "Roe Roe NNP nsubj 1", "joined join VBD ROOT 1", "Acme Acme NNP obj 1", "from from IN case 4", "Beta Beta NNP obl 1",
        ", , , punct 9", "where where WRB advmod 9", "Roe Roe NNP nsubj 9", "was be VBD cop 9", "chief chief NN acl:relcl 4",
        names=names,
    )  # fmt: skip
    title = Title(start=9, end=10, head=9, text="chief")
    assert ("Roe", "holdsRole", "Beta") in said(frames, doc, titles=(title,))


def test_only_money_that_is_to_be_spent_is_planned(frames: Frames, parse: Callable[..., Doc]) -> None:
    rows = ("spend spend VB ROOT 2", "5 5 CD obj 2")
    names = ((0, 1, ORG),)
    will = parse("Acme Acme NNP nsubj 2", "will will MD aux 2", *rows, names=names)
    did = parse("Acme Acme NNP nsubj 2", "did do VBD aux 2", *rows, names=names)
    assert {predicate for _, predicate, _ in said(frames, will, amounts=(money(3, "5"),))} == {"plansSpending"}
    assert said(frames, did, amounts=(money(3, "5"),)) == set()


def test_staff_cut_from_one_number_to_another_is_counted_by_the_other(frames: Frames, parse: Callable[..., Doc]) -> None:
    start = ("Acme Acme NNP nsubj 1", "cut cut VBD ROOT 1", "its its PRP$ nmod:poss 3", "workforce workforce NN obj 1")
    doc = parse(*start, "from from IN case 5", "50 50 CD obl 1", "to to TO case 7", "35 35 CD obl 1", names=((0, 1, ORG),))
    found = said(frames, doc, amounts=(count(5, "50"), count(7, "35")))
    assert ("Acme", "employeeCount", "35") in found
    assert not any(predicate == "laidOff" for _, predicate, _ in found)


def test_a_firm_is_where_it_moved_its_headquarters_to(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "moved move VBD ROOT 1", "its its PRP$ nmod:poss 3", "headquarters headquarters NN obj 1",
        "from from IN case 5", "Leeds Leeds NNP obl 1", "to to IN case 7", "York York NNP obl 1",
        names=((0, 1, ORG), (5, 6, PLACE), (7, 8, PLACE)),
    )  # fmt: skip
    assert said(frames, doc) == {("Acme", "headquarteredIn", "York")}


def test_a_description_by_a_place_says_where_the_firm_that_it_stands_for_is_at_home(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1",
        "fell fall VBD ROOT 1",
        ". . . punct 1",
        "The the DT det 5",
        "Leeds Leeds NNP compound 5",
        "firm firm NN nsubj 6",
        "grew grow VBD ROOT 6",
        names=((0, 1, ORG), (4, 5, PLACE)),
    )
    doc._.clusters = [[doc[0:1], doc[3:6]]]
    assert said(frames, doc) == {("The Leeds firm", "headquarteredIn", "Leeds")}


@pytest.mark.parametrize(("by", "seller"), [("GovernmentBody", ""), ("Organization", "Acme")])
def test_an_authority_that_approves_a_sale_is_not_the_seller(frames: Frames, parse: Callable[..., Doc], by: str, seller: str) -> None:
    rows = (
        "Acme Acme NNP nsubj 1", "approved approve VBD ROOT 1", "the the DT det 3", "sale sale NN obj 1", "of of IN case 5",
        "Beta Beta NNP nmod 3", "to to IN case 7", "Gamma Gamma NNP nmod 3",
    )  # fmt: skip
    doc = parse(*rows, names=((0, 1, by), (5, 6, ORG), (7, 8, ORG)))
    (sold,) = (found for found in candidates(frames, doc) if found.predicate == "acquired" and words(doc, found.subject) == "Gamma")
    assert words(doc, sold.seller) == seller


@pytest.mark.parametrize(
    ("rows", "is_claimed"),
    [
        (("Acme Acme NNP nsubj 1", "went go VBD ROOT 1", "under under RP compound:prt 1", "in in IN case 4", "May May NNP obl 1"), True),
        (("Acme Acme NNP nsubj 1", "went go VBD ROOT 1", "under under IN case 4", "the the DT det 4", "hammer hammer NN obl 1"), False),
        (("Acme Acme NNP nsubj 2", "is be VBZ cop 2", "bankrupt bankrupt JJ ROOT 2"), True),
        (("Acme Acme NNP nsubj 1", "appointed appoint VBD ROOT 1", "administrators administrator NNS obj 1"), True),
    ],
)  # fmt: skip
def test_a_firm_goes_bankrupt_in_many_words(frames: Frames, parse: Callable[..., Doc], rows: tuple[str, ...], *, is_claimed: bool) -> None:
    found = {predicate for _, predicate, _ in said(frames, parse(*rows, names=((0, 1, ORG),)))}
    assert ("filedForBankruptcy" in found) is is_claimed


@pytest.mark.parametrize("noun", ["claim", "action"])
def test_whose_claim_is_against_another_has_sued_it(frames: Frames, parse: Callable[..., Doc], noun: str) -> None:
    doc = parse(
        "Acme Acme NNP nmod:poss 2", "'s 's POS case 0", f"{noun} {noun} NN nsubj:pass 4", "was be VBD aux:pass 4",
        "settled settle VBN ROOT 4", "against against IN case 6", "Beta Beta NNP nmod 2", names=((0, 1, ORG), (6, 7, ORG)),
    )  # fmt: skip
    assert ("Acme", "sued", "Beta") in said(frames, doc)


ADVISER = ("as as IN case 4", "legal legal JJ amod 4", "adviser adviser NN obl 1", "to to IN case 6", "Beta Beta NNP nmod 4")
WHOSE = (
    "Beta Beta NNP nsubj 6",
    "whose whose WP$ nmod:poss 2",
    "owner owner NN appos 0",
    "Acme Acme NNP appos 2",
    "runs run VBZ acl:relcl 2",
)


@pytest.mark.parametrize(
    ("rows", "names", "expected"),
    [
        (("Acme Acme NNP nsubj 1", "acted act VBD ROOT 1", *ADVISER), (0, 6), ("Acme", "suppliesTo", "Beta")),
        (
            (
                "Beta Beta NNP nsubj 1",
                "chose choose VBD ROOT 1",
                "Acme Acme NNP nmod:poss 4",
                "'s 's POS case 2",
                "software software NN obj 1",
            ),
            (0, 2),
            ("Acme", "suppliesTo", "Beta"),
        ),
        (
            (
                *("Beta Beta NNP nsubj 7", "a a DT det 3", "portfolio portfolio NN compound 3", "company company NN appos 0"),
                *("of of IN case 5", "Acme Acme NNP nmod 3", ", , , punct 3", "grew grow VBD ROOT 7"),
            ),
            (0, 5),
            ("Acme", "ownsStakeIn", "Beta"),
        ),
        ((*WHOSE, "shops shop NNS obj 4", "grew grow VBD ROOT 6"), (0, 3), ("Beta", "subsidiaryOf", "Acme")),
    ],
)
def test_who_advises_supplies_and_owns(
    frames: Frames, parse: Callable[..., Doc], rows: tuple[str, ...], names: tuple[int, int], expected: tuple[str, str, str]
) -> None:
    assert said(frames, parse(*rows, names=tuple((at, at + 1, ORG) for at in names))) == {expected}


ROSE_FROM = (
    "Acme Acme NNP nmod:poss 2",
    "'s 's POS case 0",
    "revenue revenue NN nsubj 3",
    "rose rise VBD ROOT 3",
    "to to IN case 5",
    "$4 $4 CD obl 3",
)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("from from IN case 7", "$3 $3 CD obl 3"), {"$4", "$3"}),
        ((", , , punct 3", "against against IN case 8", "$3 $3 CD obl 3"), {"$4", "$3"}),
        (("against against IN case 7", "$3 $3 CD obl 3", "expected expect VBN acl 7"), {"$4"}),
        (("and and CC cc 7", "fell fall VBD conj 3", "from from IN case 9", "$3 $3 CD obl 7"), {"$4"}),
        (("from from IN case 7", "$3 $3 CD obl 3", "at at IN case 9", "Beta Beta NNP nmod 7"), {"$4"}),
    ],
)
def test_a_figure_is_compared_with_an_earlier_one(
    frames: Frames, parse: Callable[..., Doc], rows: tuple[str, ...], expected: set[str]
) -> None:
    doc = parse(*ROSE_FROM, *rows, names=((0, 1, ORG),))
    sums = tuple(money(token.i, token.text[1:]) for token in doc if token.text.startswith("$"))
    assert said(frames, doc, amounts=sums) == {("Acme", "hasRevenue", figure) for figure in expected}
