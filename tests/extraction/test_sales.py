"""Who sells what, and what "respectively" pairs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kgraph import ontology
from kgraph.extraction.qualifying.qualifiers import complete
from kgraph.extraction.qualifying.respectively import paired
from kgraph.extraction.qualifying.sales import settle_sales
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention
from kgraph.model import AppearanceKey, EntityType, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

RULES = ontology.load().predicates
NOTHING = Marked(mentions=(), amounts=(), moments=(), titles=())


def mention(at: int, kind: EntityType = EntityType.ORGANIZATION) -> Mention:
    return Mention(start=at, end=at + 1, head=at, appearance=AppearanceKey(f"a-e{at}"), type=kind)


def figure(text: str, unit: str, value: float) -> Quantity:
    exact = Decimal(str(value))
    return Quantity(text=text, unit=unit, value=exact, low=exact, high=exact)


def said(predicate: str, subject: int, object_: int, **rest: object) -> Candidate:
    """What the learnt model proposes."""
    given = {"score": 0.9, "extractor": "relations", "subject": mention(subject), "object": mention(object_)} | rest
    return Candidate(predicate=predicate, **given)  # type: ignore[arg-type]  # each under the name of its own field


SOLD = (
    "Acme Acme NNP nsubj 2", "has have VBZ aux 2", "sold sell VBN ROOT 2", "its its PRP$ nmod:poss 4", "stake stake NN obj 2",
    "in in IN case 6", "Beta Beta NNP nmod 4", "to to IN case 8", "Gamma Gamma NNP obl 2",
)  # fmt: skip
MAY_SELL = ("Acme Acme NNP nsubj 2", "may may MD aux 2", "sell sell VB ROOT 2", *SOLD[3:])
BY = ("Beta Beta NNP nsubj:pass 2", "was be VBD aux:pass 2", "sold sell VBN ROOT 2", "by by IN case 4", "Acme Acme NNP obl:agent 2")
CLAUSE = (
    "Acme Acme NNP nsubj 7", "which which WDT nsubj 2", "sold sell VBD acl:relcl 0", "its its PRP$ nmod:poss 4", "stake stake NN obj 2",
    "in in IN case 6", "Beta Beta NNP obl 2", "spoke speak VBD ROOT 7",
)  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "claim", "kept"),
    [
        pytest.param(SOLD, said("ownsStakeIn", 0, 6), False, id="no share any more"),
        pytest.param(SOLD, said("ownsStakeIn", 8, 6), True, id="the buyer's share"),
        pytest.param(SOLD, said("investedIn", 0, 6), False, id="a seller invests nothing"),
        pytest.param(SOLD, said("investedIn", 8, 6), True, id="a buyer does"),
        pytest.param(MAY_SELL, said("ownsStakeIn", 0, 6), True, id="not sold yet"),
        pytest.param(MAY_SELL, said("investedIn", 0, 6), False, id="nor bought"),
        pytest.param(CLAUSE, said("ownsStakeIn", 0, 6), False, id="sold in a clause of its own"),
        pytest.param(BY, said("acquired", 4, 0), False, id="sold by"),
    ],
)
def test_a_seller_neither_buys_nor_has_what_is_sold(
    parse: Callable[..., Doc], rows: tuple[str, ...], claim: Candidate, *, kept: bool
) -> None:
    assert bool(settle_sales(parse(*rows), NOTHING, [claim])) is kept


def test_the_buyer_is_not_the_seller(parse: Callable[..., Doc]) -> None:
    (found,) = settle_sales(parse(*SOLD), NOTHING, [said("acquired", 8, 6, trigger=2, seller=mention(8))])
    assert found.seller is None
    (found,) = settle_sales(parse(*SOLD), NOTHING, [said("acquired", 8, 6, trigger=2, seller=mention(0))])
    assert found.seller == mention(0)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_pronoun_sells_under_the_name_that_it_stands_for(parse: Callable[..., Doc], *, is_known: bool) -> None:
    rows = ("Acme Acme NNP nsubj 1", "shrank shrink VBD ROOT 1", "and and CC cc 4", "it it PRP nsubj 4", "sold sell VBD conj 1",
            "Beta Beta NNP obj 4", "to to IN case 7", "Gamma Gamma NNP obl 4")  # fmt: skip
    name = mention(0)
    it = replace(mention(3), kind="pronoun", appearance=name.appearance if is_known else AppearanceKey("a-it"))
    marked = Marked(mentions=(name, it), amounts=(), moments=(), titles=())
    (found,) = settle_sales(parse(*rows), marked, [said("acquired", 7, 5, trigger=4, seller=it)])
    assert found.seller == (name if is_known else None)


def test_who_speaks_for_a_firm_sells_what_is_the_firms(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Roe Roe NNP nsubj 1", "sold sell VBD ROOT 1", "Acme Acme NNP nmod:poss 3", "unit unit NN obj 1", "Beta Beta NNP appos 3",
        "to to IN case 6", "Gamma Gamma NNP obl 1",
    )  # fmt: skip
    marked = Marked(mentions=(mention(2),), amounts=(), moments=(), titles=())
    deal = said("acquired", 6, 4, trigger=1, seller=mention(0, EntityType.PERSON))
    (found,) = settle_sales(doc, marked, [deal])
    assert found.seller == mention(2)


KEPT = ("Acme Acme NNP nsubj 1", "promised promise VBD ROOT 1", "90 90 CD nummod 3", "jobs job NNS obj 1")
CUTS = ("Acme Acme NNP nsubj 1", "promised promise VBD ROOT 1", "90 90 CD nummod 3", "job-cuts cut NNS obj 1")


@pytest.mark.parametrize(("rows", "kept"), [(KEPT, False), (CUTS, True)])
def test_jobs_that_are_promised_are_not_cut(parse: Callable[..., Doc], rows: tuple[str, ...], *, kept: bool) -> None:
    ninety = Amount(start=2, end=3, head=2, kind="count", quantity=figure("90", "jobs", 90))
    found = complete(parse(*rows), NOTHING, [said("laidOff", 0, 0, object=ninety)], RULES)
    assert bool(found) is kept


ROWS = (
    "Acme Acme NNP nsubj 3", "and and CC cc 2", "Beta Beta NNP conj 0", "bought buy VBD ROOT 3", "Gamma Gamma NNP obj 3", "and and CC cc 6",
    "Delta Delta NNP conj 4", ", , , punct 8", "respectively respectively RB advmod 3",
)  # fmt: skip


@pytest.mark.parametrize(("count", "kept"), [(len(ROWS), [(0, 4), (2, 6)]), (len(ROWS) - 2, [(0, 4), (0, 6), (2, 4), (2, 6)])])
def test_respectively_pairs_first_with_first(parse: Callable[..., Doc], count: int, kept: list[tuple[int, int]]) -> None:
    deals = [said("acquired", buyer, house) for buyer in (0, 2) for house in (4, 6)]
    found = paired(parse(*ROWS[:count]), deals)
    assert [(one.subject.start, one.object.start if one.object else None) for one in found] == kept


def test_respectively_gives_each_its_own_share(parse: Callable[..., Doc]) -> None:
    rows = (*ROWS[:3], "own own VBP ROOT 3", "14% 14% NN obj 3", "and and CC cc 6", "20% 20% NN conj 4", "of of IN case 8",
            "Gamma Gamma NNP nmod 4", "respectively respectively RB advmod 3")  # fmt: skip
    shares = tuple(
        Amount(start=at, end=at + 1, head=at, kind="share", quantity=figure(text, "share", int(text[:2]) / 100))
        for at, text in ((4, "14%"), (6, "20%"))
    )
    marked = Marked(mentions=(), amounts=shares, moments=(), titles=())
    found = paired(parse(*rows), [said("ownsStakeIn", at, 8, stake=shares[1]) for at in (0, 2)], marked)
    assert [one.stake for one in found] == list(shares)
