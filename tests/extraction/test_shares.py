"""Which percentages are shares of a firm, and whose; which sums are prices."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kgraph import ontology
from kgraph.extraction.qualifying.prices import is_no_price
from kgraph.extraction.qualifying.qualifiers import complete
from kgraph.extraction.qualifying.shares import states_share
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention
from kgraph.model import AppearanceKey, EntityType, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

RULES = ontology.load().predicates
NOTHING = Marked(mentions=(), amounts=(), moments=(), titles=())


def mention(at: int) -> Mention:
    return Mention(start=at, end=at + 1, head=at, appearance=AppearanceKey(f"a-e{at}"), type=EntityType.ORGANIZATION)


def share(at: int) -> Amount:
    fifth = Quantity(text="20%", unit="share", value=Decimal("0.2"), low=Decimal("0.2"), high=Decimal("0.2"))
    return Amount(start=at, end=at + 1, head=at, kind="share", quantity=fifth)


def money(at: int) -> Amount:
    millions = Quantity(text="$9m", unit="USD", value=Decimal(9_000_000), low=Decimal(9_000_000), high=Decimal(9_000_000))
    return Amount(start=at, end=at + 1, head=at, kind="money", quantity=millions)


ROSE = ("Acme Acme NNP nsubj 1", "rose rise VBD ROOT 1", "20% 20% NN obl:unmarked 1")
CUT = ("Acme Acme NNP nsubj 1", "cut cut VBD ROOT 1", "prices price NNS obj 1", "by by IN case 4", "20% 20% NN obl 1")
VOTES = (
    "It it PRP nsubj 1", "passed pass VBD ROOT 1", "with with IN case 3", "20% 20% NN obl 1", "of of IN case 6", "the the DT det 6",
    "votes vote NNS nmod 3",
)  # fmt: skip
STAKE = ("Acme Acme NNP nsubj 1", "has have VBZ ROOT 1", "a a DT det 4", "20% 20% NN compound 4", "stake stake NN obj 1")
OF_FIRM = ("Acme Acme NNP nsubj 1", "bought buy VBD ROOT 1", "20% 20% NN obj 1", "of of IN case 4", "Beta Beta NNP nmod 2")
OF_OIL = (*OF_FIRM[:4], "oil oil NN nmod 2")
OWNED = ("Acme Acme NNP nsubj 2", "still still RB advmod 2", "owns own VBZ ROOT 2", "20% 20% NN obj 2")
RAISED = ("Acme Acme NNP nsubj 1", "raised raise VBD ROOT 1", "its its PRP$ nmod:poss 3", "holding holding NN obj 1", "to to IN case 5",
          "20% 20% NN obl 1")  # fmt: skip
SHARES = ("Its its PRP$ nmod:poss 1", "shares share NNS nsubj 2", "rose rise VBD ROOT 2", "by by IN case 4", "20% 20% NN obl 2")
BRACKETS = ("Acme Acme NNP nsubj 4", "( ( -LRB- punct 2", "20% 20% NN appos 0", ") ) -RRB- punct 2", "sued sue VBD ROOT 4")
HOLDER_WITH = ("Acme Acme NNP nsubj 5", "a a DT det 2", "shareholder shareholder NN appos 0", "with with IN case 4", "20% 20% NN nmod 2",
               "sued sue VBD ROOT 5")  # fmt: skip
SHOPS_WITH = (*HOLDER_WITH[:2], "grocer grocer NN appos 0", *HOLDER_WITH[3:])
IN_PLACE = (*ROSE, "in in IN case 4", "Oslo Oslo NNP obl 1")


@pytest.mark.parametrize(
    ("rows", "at", "expected"),
    [
        pytest.param(ROSE, 2, False, id="a rise"),
        pytest.param(CUT, 4, False, id="a cut"),
        pytest.param(VOTES, 3, False, id="votes"),
        pytest.param(SHARES, 4, False, id="a rise of shares"),
        pytest.param(STAKE, 3, True, id="a stake"),
        pytest.param(OF_FIRM, 2, True, id="of a firm"),
        pytest.param(OF_OIL, 2, False, id="of something else"),
        pytest.param(OWNED, 3, True, id="owned"),
        pytest.param(RAISED, 5, True, id="what a holding is raised to"),
        pytest.param(BRACKETS, 2, True, id="in brackets behind a holder"),
        pytest.param(HOLDER_WITH, 4, True, id="with a holder"),
        pytest.param(SHOPS_WITH, 4, False, id="with somebody else"),
    ],
)
def test_a_percentage_is_a_share_where_something_makes_it_one(
    parse: Callable[..., Doc], rows: tuple[str, ...], at: int, *, expected: bool
) -> None:
    assert states_share(parse(*rows), share(at), NOTHING) is expected


def test_what_is_lost_in_a_town_is_no_share_of_it(parse: Callable[..., Doc]) -> None:
    assert not states_share(parse(*IN_PLACE, names=((4, 5, "Place"),)), share(2), NOTHING)


HOLDERS = (
    "Backed back VBN ROOT 0", "by by IN case 2", "Acme Acme NNP obl 0", "which which WDT nsubj 4", "owns own VBZ acl:relcl 2",
    "20% 20% NN obj 4", "and and CC cc 7", "Beta Beta NNP conj 2", "Gamma Gamma NNP nsubj:pass 0",
)  # fmt: skip


@pytest.mark.parametrize(("holder", "kept"), [(2, True), (7, False)])
def test_a_share_belongs_to_the_name_that_its_clause_tells_of(parse: Callable[..., Doc], holder: int, *, kept: bool) -> None:
    owns = Candidate(predicate="ownsStakeIn", subject=mention(holder), object=mention(8), score=0.9, extractor="relations", stake=share(5))
    (found,) = complete(parse(*HOLDERS), Marked(mentions=(), amounts=(share(5),), moments=(), titles=()), [owns], RULES)
    assert (found.stake is not None) is kept


CHARGE = (
    "Acme Acme NNP nsubj 1", "took take VBD ROOT 1", "a a DT det 4", "$9m $9m CD compound 4", "charge charge NN obj 1", "on on IN case 6",
    "Beta Beta NNP nmod 4", "bought buy VBD acl 6",
)  # fmt: skip
DIVIDEND = (
    "Acme Acme NNP nsubj 4", "which which WDT nsubj 2", "paid pay VBD acl:relcl 0", "$9m $9m CD obj 2", "bought buy VBD ROOT 4",
    "Beta Beta NNP obj 4",
)  # fmt: skip
PRICE = ("Acme Acme NNP nsubj 1", "bought buy VBD ROOT 1", "Beta Beta NNP obj 1", "for for IN case 4", "$9m $9m CD obl 1")
IN_A = (*PRICE[:3], "in in IN case 6", "a a DT det 6", "$9m $9m CD compound 6")
RESCUE = (*IN_A, "rescue rescue NN obl 1")
FOR_A_FEE = (*PRICE[:4], "fee fee NN obl 1", "of of IN case 6", "$9m $9m CD nmod 4")
WITH_DEBT = (*PRICE[:3], "with with IN case 4", "debt debt NN obl 1", "of of IN case 6", "$9m $9m CD nmod 4")
MARKET = (*IN_A, "market market NN obl 1")
PLANT = (
    *PRICE[:3], "owner owner NN appos 2", "of of IN case 7", "a a DT det 7", "$9m $9m CD compound 7", "mill mill NN nmod 3",
)  # fmt: skip
TAKEOVER = (
    "Acme Acme NNP nsubj 1", "agreed agree VBD ROOT 1", "a a DT det 4", "$9m $9m CD compound 4", "takeover takeover NN obj 1",
    "of of IN case 6", "Beta Beta NNP nmod 4",
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "trigger", "house", "at", "expected"),
    [
        pytest.param(CHARGE, None, 6, 3, True, id="a charge"),
        pytest.param(DIVIDEND, 4, 5, 3, True, id="paid in another clause"),
        pytest.param(PRICE, 1, 2, 4, False, id="a price"),
        pytest.param(RESCUE, 1, 2, 5, False, id="whatever the deal is called"),
        pytest.param(FOR_A_FEE, 1, 2, 6, False, id="for a fee"),
        pytest.param(WITH_DEBT, 1, 2, 6, True, id="with debt"),
        pytest.param(MARKET, 1, 2, 5, True, id="of a market"),
        pytest.param(PLANT, 1, 2, 6, True, id="of what the firm has"),
        pytest.param(TAKEOVER, 4, 6, 3, False, id="of a takeover"),
    ],
)
def test_what_a_sum_measures_tells_whether_it_is_a_price(
    parse: Callable[..., Doc], rows: tuple[str, ...], trigger: int | None, house: int, at: int, *, expected: bool
) -> None:
    deal = Candidate(
        predicate="acquired", subject=mention(0), object=mention(house), score=0.9, extractor="frames", trigger=trigger, amount=money(at)
    )
    assert is_no_price(parse(*rows), deal, money(at)) is expected
