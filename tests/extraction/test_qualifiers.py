"""Figures, dates and offices go to the claim that they are about, and to no other."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kgraph import ontology
from kgraph.extraction.qualifying.qualifiers import complete
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention, Moment, Title
from kgraph.model import AppearanceKey, EntityType, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

RULES = ontology.load().predicates
ORG, PERSON = EntityType.ORGANIZATION, EntityType.PERSON


def mention(at: int, kind: EntityType = ORG) -> Mention:
    return Mention(start=at, end=at + 1, head=at, appearance=AppearanceKey(f"a-e{at}"), type=kind)


def title(at: int, text: str) -> Title:
    return Title(start=at, end=at + 1, head=at, text=text)


def marked(*, amounts: tuple[Amount, ...] = (), moments: tuple[Moment, ...] = (), titles: tuple[Title, ...] = ()) -> Marked:
    return Marked(mentions=(), amounts=amounts, moments=moments, titles=titles)


RAISES = (
    "Acme Acme NNP nsubj 1", "raised raise VBD ROOT 1", "$5 $5 CD obj 1", "from from IN case 4", "Beta Beta NNP obl 1",
    "and and CC cc 6", "Gamma Gamma NNP conj 4",
)  # fmt: skip


@pytest.mark.parametrize(("investors", "kept"), [((4,), True), ((4, 6), False)])
def test_what_several_raise_together_is_the_amount_of_none(parse: Callable[..., Doc], investors: tuple[int, ...], *, kept: bool) -> None:
    quantity = Quantity(text="$5m", unit="USD", value=Decimal(5_000_000), low=Decimal(5_000_000), high=Decimal(5_000_000))
    amount = Amount(start=2, end=3, head=2, quantity=quantity, kind="money")
    raised = Candidate(predicate="raisedFunding", subject=mention(0), object=amount, score=0.9, extractor="frames", trigger=1)
    put_in = [
        Candidate(predicate="investedIn", subject=mention(at), object=mention(0), score=0.9, extractor="frames", trigger=1, amount=amount)
        for at in investors
    ]
    _, *found = complete(parse(*RAISES), marked(amounts=(amount,)), [raised, *put_in], RULES)
    assert [candidate.amount is not None for candidate in found] == [kept] * len(investors)


def test_whoever_leaves_has_the_office_beside_the_name(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Chief chief NN nmod:desc 1", "Ann Ann NNP nsubj 6", "and and CC cc 3", "analysts analyst NNS conj 1", "Ben Ben NNP appos 3",
        "suddenly suddenly RB advmod 6", "left leave VBD ROOT 6", "Acme Acme NNP obj 6",
    )  # fmt: skip
    left = [
        Candidate(predicate="departedFrom", subject=mention(at, PERSON), object=mention(7), score=0.9, extractor="frames", trigger=6)
        for at in (1, 4)
    ]
    found = complete(doc, marked(titles=(title(0, "chief"), title(3, "analyst"))), left, RULES)
    assert [candidate.role.text for candidate in found if candidate.role] == ["chief", "analyst"]


def test_the_verb_says_which_office_it_gives(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "named name VBD ROOT 1", "director director NN nmod:desc 3", "Ann Ann NNP obj 1", "as as IN case 5",
        "chief chief NN obl 1",
    )  # fmt: skip
    before, given = title(2, "director"), title(5, "chief")
    hired = Candidate(predicate="hired", subject=mention(0), object=mention(3, PERSON), score=0.9, extractor="relations", role=before)
    (found,) = complete(doc, marked(titles=(before, given)), [hired], RULES)
    assert found.role == given


def test_who_joins_from_a_firm_has_not_had_the_new_office_there(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Ann Ann NNP nsubj 1",
        "joined join VBD ROOT 1",
        "from from IN case 3",
        "Beta Beta NNP obl 1",
        "as as IN case 5",
        "chief chief NN obl 1",
    )
    given = title(5, "chief")
    left = Candidate(predicate="departedFrom", subject=mention(0, PERSON), object=mention(3), score=0.9, extractor="relations", role=given)
    (found,) = complete(doc, marked(titles=(given,)), [left], RULES)
    assert found.role is None


BOUGHT = (
    "Acme Acme NNP nsubj 1", "bought buy VBD ROOT 1", "Beta Beta NNP obj 1", "for for IN case 4", "$2 $2 CD obl 1", "and and CC cc 6",
    "Gamma Gamma NNP conj 2", "for for IN case 8", "$3 $3 CD obl 1",
)  # fmt: skip
PUT = (
    "Acme Acme NNP nsubj 1", "put put VBD ROOT 1", "$2 $2 CD obj 1", "into into IN case 4", "Beta Beta NNP obl 1", "and and CC cc 6",
    "$3 $3 CD conj 2", "into into IN case 8", "Gamma Gamma NNP nmod 6",
)  # fmt: skip


@pytest.mark.parametrize(("predicate", "rows", "deals"), [("acquired", BOUGHT, ((2, 4), (6, 8))), ("investedIn", PUT, ((4, 2), (8, 6)))])
def test_each_of_several_deals_has_its_own_price(
    parse: Callable[..., Doc], predicate: str, rows: tuple[str, ...], deals: tuple[tuple[int, int], ...]
) -> None:
    quantity = Quantity(text="$m", unit="USD", value=Decimal(2_000_000), low=Decimal(2_000_000), high=Decimal(2_000_000))
    prices = [Amount(start=at, end=at + 1, head=at, quantity=quantity, kind="money") for _, at in deals]
    told = [
        Candidate(predicate=predicate, subject=mention(0), object=mention(at), score=0.9, extractor="relations", amount=prices[0])
        for at, _ in deals
    ]
    found = complete(parse(*rows), marked(amounts=tuple(prices)), told, RULES)
    assert [candidate.amount for candidate in found] == prices


def test_who_is_replaced_has_had_the_office_that_another_is_given(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Beta Beta NNP nsubj 1", "named name VBD ROOT 1", "Ann Ann NNP obj 1", "as as IN case 4", "chief chief NN obl 1",
        "Ben Ben NNP nsubj 6", "left leave VBD parataxis 1",
    )  # fmt: skip
    office = title(4, "chief")
    left = Candidate(predicate="departedFrom", subject=mention(5, PERSON), object=mention(0), score=0.9, extractor="relations", role=office)
    (found,) = complete(doc, marked(titles=(office,)), [left], RULES)
    assert found.role == office


OWNED = (
    "Beta Beta NNP nsubj:pass 3", ", , , punct 3", "85% 85% CD obl 3", "owned own VBN ROOT 3", "by by IN case 5", "Acme Acme NNP obl 3",
    "and and CC cc 9", "15% 15% CD nummod 9", "by by IN case 9", "Gamma Gamma NNP conj 5",
)  # fmt: skip
OWNERS = (
    "Acme Acme NNP nsubj 7", "( ( -LRB- punct 2", "85% 85% CD appos 0", ") ) -RRB- punct 2", "and and CC cc 5", "Gamma Gamma NNP conj 0",
    "( ( -LRB- punct 7", "own own VBP ROOT 7", "Beta Beta NNP obj 7",
)  # fmt: skip


OWNS = (
    "Acme Acme NNP nsubj 1", "owns own VBZ ROOT 1", "85% 85% CD obj 1", "of of IN case 4", "Beta Beta NNP nmod 2", "and and CC cc 6",
    "15% 15% CD conj 2", "of of IN case 8", "Gamma Gamma NNP nmod 6",
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "holder", "house", "places", "own"),
    [(OWNS, 0, 8, (2, 6), 1), (OWNED, 9, 0, (2, 7), 1), (OWNED, 5, 0, (2, 7), 0), (OWNERS, 0, 8, (2,), 0)],
)
def test_each_holder_has_the_share_beside_the_name(
    parse: Callable[..., Doc], rows: tuple[str, ...], holder: int, house: int, places: tuple[int, ...], own: int
) -> None:
    doc = parse(*rows)
    quantity = Quantity(text="%", unit="share", value=Decimal("0.5"), low=Decimal("0.5"), high=Decimal("0.5"))
    shares = tuple(Amount(start=at, end=at + 1, head=at, quantity=quantity, kind="share") for at in places)
    read = shares[1 - own] if own and len(shares) > 1 else shares[0]
    owns = Candidate(predicate="ownsStakeIn", subject=mention(holder), object=mention(house), score=0.9, extractor="relations", stake=read)
    (found,) = complete(doc, marked(amounts=shares), [owns], RULES)
    assert found.stake == shares[own]


SAID = ("CEO ceo NN nmod:desc 1", "Ann Ann NNP nsubj 2", "spoke speak VBD ROOT 2", "on on IN case 4", "Monday Monday NNP obl 2")
SINCE = ("Ann Ann NNP nsubj 4", "CEO ceo NN appos 0", "since since IN case 3", "2015 2015 CD nmod 1", "spoke speak VBD ROOT 4")
NAMED = ("Ann Ann NNP nsubj:pass 1", "named name VBN ROOT 1", "CEO ceo NN xcomp 1", "in in IN case 4", "2015 2015 CD obl 1")


@pytest.mark.parametrize(
    ("rows", "person", "office", "date", "kept"), [(SAID, 1, 0, 4, False), (SINCE, 0, 1, 3, True), (NAMED, 0, 2, 4, True)]
)
def test_the_date_of_a_speech_is_none_of_an_office(
    parse: Callable[..., Doc], rows: tuple[str, ...], person: int, office: int, date: int, *, kept: bool
) -> None:
    role = title(office, "CEO")
    held = Candidate(
        predicate="holdsRole", subject=mention(person, PERSON), object=None, score=0.9, extractor="frames", trigger=office, role=role
    )
    when = Moment(start=date, end=date + 1, head=date, edtf="2015")
    (found,) = complete(parse(*rows), marked(moments=(when,), titles=(role,)), [held], RULES)
    assert (found.when == when) is kept


@pytest.mark.parametrize(("predicate", "kept"), [("departedFrom", False), ("ownsStakeIn", True), ("partnerOf", True)])
def test_what_happens_once_has_not_gone_on_since_a_date(parse: Callable[..., Doc], predicate: str, *, kept: bool) -> None:
    doc = parse("Ann Ann NNP nsubj 3", "since since IN case 2", "2011 2011 CD obl 3", "left leave VBD ROOT 3", "Acme Acme NNP obj 3")
    since = Moment(start=1, end=3, head=2, edtf="2011/..")
    told = Candidate(predicate=predicate, subject=mention(0), object=mention(4), score=0.9, extractor="relations", when=since)
    (found,) = complete(doc, marked(moments=(since,)), [told], RULES)
    assert (found.when == since) is kept


@pytest.mark.parametrize(("edtf", "is_period", "kept"), [("2024-Q1", True, True), ("2024-05-02", False, False), ("2019/..", True, False)])
def test_sales_are_those_of_a_period(parse: Callable[..., Doc], edtf: str, *, is_period: bool, kept: bool) -> None:
    doc = parse("Acme Acme NNP nsubj 1", "reported report VBD ROOT 1", "sales sales NNS obj 1", "5 5 CD nmod 2", "then then NN obl 1")
    five = Quantity(text="5", unit="USD", value=Decimal(5), low=Decimal(5), high=Decimal(5))
    when = Moment(start=4, end=5, head=4, edtf=edtf, is_period=is_period)
    amount = Amount(start=3, end=4, head=3, quantity=five, kind="money")
    sales = Candidate(predicate="hasRevenue", subject=mention(0), object=amount, score=0.9, extractor="relations", when=when)
    (found,) = complete(doc, marked(amounts=(amount,), moments=(when,)), [sales], RULES)
    assert (found.when == when) is kept


def test_each_of_several_has_its_own_date(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "bought buy VBD ROOT 1", "Beta Beta NNP obj 1", "in in IN case 4", "2015 2015 CD obl 1",
        "and and CC cc 6", "Gamma Gamma NNP conj 2", "in in IN case 8", "2018 2018 CD obl 1",
    )  # fmt: skip
    dates = tuple(Moment(start=at, end=at + 1, head=at, edtf=doc[at].text) for at in (4, 8))
    bought = [
        Candidate(predicate="acquired", subject=mention(0), object=mention(at), score=0.9, extractor="relations", when=dates[0])
        for at in (2, 6)
    ]
    found = complete(doc, marked(moments=dates), bought, RULES)
    assert [candidate.when for candidate in found] == list(dates)


def test_the_date_of_a_figure_to_compare_with_is_none_of_the_figure(parse: Callable[..., Doc]) -> None:
    compared = ("up up RB advmod 1", "from from IN case 5", "$2 $2 CD obl 3", "in in IN case 7", "2019 2019 CD obl 3")
    doc = parse("Sales sales NNS nsubj 1", "reached reach VBD ROOT 1", "$5 $5 CD obj 1", *compared)
    when = Moment(start=7, end=8, head=7, edtf="2019", is_period=True)
    five = Quantity(text="$5", unit="USD", value=Decimal(5), low=Decimal(5), high=Decimal(5))
    amount = Amount(start=2, end=3, head=2, quantity=five, kind="money")
    sales = Candidate(predicate="hasRevenue", subject=mention(0), object=amount, score=0.9, extractor="relations", when=when)
    (found,) = complete(doc, marked(amounts=(amount,), moments=(when,)), [sales], RULES)
    assert found.when is None


@pytest.mark.parametrize(("price", "kept"), [("6.03", False), ("1", True), ("5000000", True)])
def test_the_price_of_a_share_is_not_that_of_the_firm(parse: Callable[..., Doc], price: str, *, kept: bool) -> None:
    doc = parse("Acme Acme NNP nsubj 1", "bought buy VBD ROOT 1", "Beta Beta NNP obj 1", "for for IN case 4", f"{price} {price} CD obl 1")
    quantity = Quantity(text=price, unit="GBP", value=Decimal(price), low=Decimal(price), high=Decimal(price))
    amount = Amount(start=4, end=5, head=4, quantity=quantity, kind="money")
    bought = Candidate(predicate="acquired", subject=mention(0), object=mention(2), score=0.9, extractor="frames", trigger=1)
    (found,) = complete(doc, marked(amounts=(amount,)), [bought], RULES)
    assert (found.amount == amount) is kept


def test_a_product_that_is_only_named_is_not_dated(parse: Callable[..., Doc]) -> None:
    rows = ("Acme Acme NNP nmod:poss 1", "Falcon Falcon NNP nsubj 2", "crashed crash VBD ROOT 2", "in in IN case 4", "2019 2019 CD obl 2")
    doc = parse(*rows, names=((1, 2, "Product"),))
    when = Moment(start=4, end=5, head=4, edtf="2019")
    maker = Candidate(
        predicate="launched", subject=mention(0), object=mention(1, EntityType.PRODUCT), score=0.9, extractor="frames", trigger=1
    )
    (found,) = complete(doc, marked(moments=(when,)), [maker], RULES)
    assert found.when is None


def test_what_a_deal_saves_is_not_its_price(parse: Callable[..., Doc]) -> None:
    doc = parse("Acme Acme NNP nsubj 1", "buys buy VBZ ROOT 1", "Beta Beta NNP obj 1", "saving save VBG advcl 1", "$5m $5m CD obj 3")
    quantity = Quantity(text="$5m", unit="USD", value=Decimal(5_000_000), low=Decimal(5_000_000), high=Decimal(5_000_000))
    amount = Amount(start=4, end=5, head=4, quantity=quantity, kind="money")
    bought = Candidate(predicate="acquired", subject=mention(0), object=mention(2), score=0.9, extractor="frames", trigger=1)
    (found,) = complete(doc, marked(amounts=(amount,)), [bought], RULES)
    assert found.amount is None


@pytest.mark.parametrize(("word", "kept"), [("Sales sale NNS", False), ("Sale sale NN", True), ("Deal deal NN", True)])
def test_what_a_firm_takes_in_is_no_later_word_of_its_price(parse: Callable[..., Doc], word: str, *, kept: bool) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "bought buy VBD ROOT 1", "Beta Beta NNP obj 1", ". . . punct 1", f"{word} nsubj 5",
        "fetched fetch VBD ROOT 5", "$5m $5m CD obj 5",
    )  # fmt: skip
    quantity = Quantity(text="$5m", unit="USD", value=Decimal(5_000_000), low=Decimal(5_000_000), high=Decimal(5_000_000))
    amount = Amount(start=6, end=7, head=6, quantity=quantity, kind="money")
    bought = Candidate(predicate="acquired", subject=mention(0), object=mention(2), score=0.9, extractor="frames", trigger=1)
    (found,) = complete(doc, marked(amounts=(amount,)), [bought], RULES)
    assert (found.amount == amount) is kept


@pytest.mark.parametrize(("relation", "kept"), [("conj 1", False), ("xcomp 1", True)])
def test_who_joins_and_later_rises_is_not_hired_for_the_higher_office(parse: Callable[..., Doc], relation: str, *, kept: bool) -> None:
    doc = parse(
        "Ann Ann NNP nsubj 1", "joined join VBD ROOT 1", "Acme Acme NNP obj 1", "and and CC cc 4", f"became become VBD {relation}",
        "chief chief NN xcomp 4",
    )  # fmt: skip
    higher = title(5, "chief")
    hired = Candidate(predicate="hired", subject=mention(2), object=mention(0, PERSON), score=0.9, extractor="frames", trigger=1)
    (found,) = complete(doc, marked(titles=(higher,)), [hired], RULES)
    assert (found.role == higher) is kept
