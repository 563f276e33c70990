"""Money, shares and counts are read exactly, with the bounds that their hedges allow."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.extraction.marking.quantities.amounts import find_amounts
from kgraph.extraction.marking.quantities.conversions import told_once
from kgraph.ontology import Hedge

NLP = spacy.blank("en")
HEDGES = (
    Hedge(qualifier="exactly", words=("a total of",), lower=Decimal(1), upper=Decimal(1), half_unit=True),
    Hedge(
        qualifier="about",
        words=("about", "approximately", "some", "or so", "-odd"),
        lower=Decimal("0.95"),
        upper=Decimal("1.05"),
        half_unit=True,
    ),
    Hedge(qualifier="nearly", words=("nearly", "close to"), lower=Decimal("0.9"), upper=Decimal(1), half_unit=False),
    Hedge(qualifier="over", words=("over", "more than"), lower=Decimal(1), upper=None, half_unit=False),
    Hedge(qualifier="atLeast", words=("at least", "or more"), lower=Decimal(1), upper=None, half_unit=False),
    Hedge(qualifier="upTo", words=("up to", "as many as"), lower=Decimal(0), upper=Decimal(1), half_unit=False),
    Hedge(qualifier="range", words=("to",), lower=Decimal(1), upper=Decimal(1), half_unit=False),
)


def amounts(text: str) -> list[tuple[str, str | None, Decimal | None, Decimal | None, Decimal | None, str]]:
    found = [amount.quantity for amount in find_amounts(NLP(text), HEDGES)]
    return [(q.text, q.unit, q.value, q.low, q.high, q.qualifier) for q in found]


@pytest.mark.parametrize(
    ("text", "said", "unit", "value"),
    [
        ("Acme paid $5 million for it", "$5 million", "USD", "5e6"),
        ("a US$1.6bn loss", "US$1.6bn", "USD", "1.6e9"),
        ("spent HK$ 300,000 on it", "HK$ 300,000", "HKD", "300000"),
        ("a £500k grant", "£500k", "GBP", "500000"),
        ("a RM1.9bil takeover", "RM1.9bil", "MYR", "1.9e9"),
        ("its Bt3.6-billion purchase", "Bt3.6-billion", "THB", "3.6e9"),
        ("GH¢50 million in tax", "GH¢50 million", "GHS", "5e7"),
        ("it paid 1 250 000 euros", "1 250 000 euros", "EUR", "1250000"),
        ("sold for SKr5.6bn", "SKr5.6bn", "SEK", "5.6e9"),
        ("a profit of W4.2tn", "W4.2tn", "KRW", "4.2e12"),
        ("2.4 mlrd euros", "2.4 mlrd euros", "EUR", "2.4e9"),
        ("worth Rs. 500 crore now", "Rs. 500 crore", "INR", "5e9"),
        ("₹1.2 lakh crore in all", "₹1.2 lakh crore", "INR", "1.2e12"),
        ("it raised Rs. 930 Cr from Acme", "Rs. 930 Cr", "INR", "9.3e9"),
        ("a fine of ₹45 L for delays", "₹45 L", "INR", "4.5e6"),
        ("revenue of $12 MM", "$12 MM", "USD", "12e6"),
        ("USD5m and no more", "USD5m", "USD", "5e6"),
        ("paid 267.5 million USD", "267.5 million USD", "USD", "267.5e6"),
        ("125 million Australian dollars", "125 million Australian dollars", "AUD", "125e6"),
        ("some 300 million U.S. dollars", "some 300 million U.S. dollars", "USD", "3e8"),
        ("a Danish firm that lost 3 million crowns", "3 million crowns", "DKK", "3e6"),
        ("a Danish firm that lost 3 million Norwegian crowns", "3 million Norwegian crowns", "NOK", "3e6"),
        ("5.5 billion zlotys", "5.5 billion zlotys", "PLN", "5.5e9"),
        ("a half-billion-dollar contract", "a half-billion-dollar", "USD", "5e8"),
        ("half a billion euros", "half a billion euros", "EUR", "5e8"),
        ("R500m for the mine", "R500m", "ZAR", "5e8"),
        ("three hundred and six yen", "three hundred and six yen", "JPY", "306"),
        ("thirteen dollars forty-five cents", "thirteen dollars forty-five cents", "USD", "13.45"),
        ("a 49% stake", "49%", "share", "0.49"),
        ("51 per cent of it", "51 per cent", "share", "0.51"),
        ("half of the shares", "half", "share", "0.5"),
        ("three quarters of the staff", "three quarters", "share", "0.75"),
        ("cut 12,000 jobs", "12,000", "jobs", "12000"),
        ("an 800-strong workforce", "800", "workforce", "800"),
        ("a dozen new engineers", "a dozen", "engineers", "12"),
        ("a million and a half euros", "a million and a half euros", "EUR", "1.5e6"),
        ("Php 12 million", "Php 12 million", "PHP", "12e6"),
        ("it bought all of Norsund", "all", "share", "1"),
    ],
)
def test_one_amount_is_read_with_unit_and_value(text: str, said: str, unit: str, value: str) -> None:
    ((found_text, found_unit, found, _, _, _),) = amounts(text)
    assert (found_text, found_unit, found) == (said, unit, Decimal(value))


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier"),
    [
        ("$15 billion", "14.5e9", "15.5e9", "exactly"),
        ("approximately $15 billion", "14.25e9", "15.75e9", "about"),
        ("nearly half of it", "0.45", "0.5", "nearly"),
        ("over $10 billion", "10e9", None, "over"),
        ("$10 billion or more", "10e9", None, "atLeast"),
        ("up to $65 billion", "0", "65e9", "upTo"),
        ("500-odd workers", "475", "525", "about"),
        ("$20-odd million", "19e6", "21e6", "about"),
        ("$20 million or $30 million", "20e6", "30e6", "range"),
        ("Rs 100-120 crore", "1e9", "1.2e9", "range"),
        ("$900 to 1.2 billion", "9e8", "1.2e9", "range"),
        ("sold for from $20 million to $30 million", "20e6", "30e6", "range"),
        ("between 2000 and 3000 people", "2000", "3000", "range"),
        ("a few million euros", "1e6", None, "atLeast"),
        ("tens of millions of pounds", "1e7", None, "atLeast"),
        ("it owns a majority of Norsund", "0.5", "1", "over"),
        ("they sold a minority of the shares", "0", "0.5", "upTo"),
        ("up to about 300 jobs", "0", "300", "upTo"),
        ("$14 to $15 billion", "14e9", "15e9", "range"),
        ("between $38 and $40 billion", "38e9", "40e9", "range"),
        ("$8 billion–$9 billion", "8e9", "9e9", "range"),  # noqa: RUF001
        ("$500 million to $1 billion", "5e8", "1e9", "range"),
        ("10 to 15 percent", "0.1", "0.15", "range"),
        ("25,000 to 30,000 positions", "25000", "30000", "range"),
        ("a majority stake", "0.5", "1", "over"),
        ("a minority interest", "0", "0.5", "upTo"),
        ("a multi-billion dollar deal", "1e9", None, "atLeast"),
        ("hundreds of millions of euros", "1e8", None, "atLeast"),
    ],
)
def test_hedges_give_bounds(text: str, low: str, high: str | None, qualifier: str) -> None:
    ((_, _, _, found_low, found_high, found_qualifier),) = amounts(text)
    assert (found_low, found_high, found_qualifier) == (Decimal(low), high and Decimal(high), qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "on 11 June 2025",
        "the Boeing 787 and GPT-5",
        "in the first half of 2020",
        "the third quarter",
        "Jose Ruiz, 45, said",
        "one of them, at 12:30",
        "a rise of 20 percentage points",
        "the 1990s",
        "it won two",
        "the company's second plant [3]",
        "most of the profit came in 2009 and its shops did well",
        "a majority of the analysts",
        "it makes all of its chips",
    ],
)
def test_dates_names_and_ranks_are_no_amounts(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("It holds 57 percent of Acme, 67 of Beta and 66 of Gamma.", ["57", "67", "66"]),
        ("Acme has 29% and Beta another 21.", ["29", "21"]),
        ("It took 8 percent. Beta keeps 68.", ["8", "68"]),
        ("owned by Acme, with 40 per cent, and by Beta and Gamma, with 30 each", ["40", "30"]),
        ("Acme owns 40%. It has 30 shops and has opened 12 of them this year.", ["40"]),
        ("Beta keeps 68.", []),
        ("It owns 40 percent of Beta and 3 of Gamma's factories.", ["40"]),
        ("Growth was 2%. She has 3.", ["2"]),
    ],
)
def test_a_number_after_a_percentage_may_be_another(text: str, shares: list[str]) -> None:
    found = [amount.quantity for amount in find_amounts(NLP(text), HEDGES) if amount.kind == "share"]
    assert [quantity.value for quantity in found] == [Decimal(share) / 100 for share in shares]


def test_growth_from_one_figure_to_another_is_no_range() -> None:
    assert [found[0] for found in amounts("Sales rose 5% to 12% of the total, from $3 million to $4 million")] == [
        "5%",
        "12%",
        "$3 million",
        "$4 million",
    ]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Revenue went from $5 million in 2021 to $8 million.", ["$5 million", "$8 million"]),
        ("Sales fell 4% in 2024 to $5 billion.", ["$5 billion"]),
        ("Users rose in 2021 to 5,000 subscribers.", ["5,000"]),
        ("It lifted its holding to 30% from 25%.", ["30%"]),
        ("Its stake slipped from 25% to 15%.", ["15%"]),
        ("Staff shrank from 900 people to 700.", ["700"]),
        ("Sales were $8 million, up from $5 million.", ["$8 million", "$5 million"]),
        ("Revenue climbed by about $30 million to $90 million.", ["$90 million"]),
        ("Losses narrowed by $3 million.", []),
        ("The headcount rose by 900 to 34,700.", ["34,700"]),
        ("It shed $4 billion in market value.", []),
        ("Some $4 billion was wiped off its value.", []),
        ("An increase of $3 million, a $2 million rise and a 20% premium.", []),
        ("The headcount grew by 300 people.", []),
        ("It cut the headcount by 300 people.", ["300"]),
        ("It lost $3 million.", ["$3 million"]),
        ("It put up $3 million for a $5 million growth fund.", ["$3 million", "$5 million"]),
        ("The firm, backed by $3 million from Acme, has 20% of it.", ["$3 million", "20%"]),
        ("It paid $9 million\n\nDiscount shops came next.", ["$9 million"]),
    ],
)
def test_a_change_and_the_start_of_a_share_or_a_count_are_no_level(text: str, levels: list[str]) -> None:
    assert [amount.quantity.text for amount in find_amounts(NLP(text), HEDGES) if amount.is_total] == levels


def test_a_part_of_a_number_counts_what_the_whole_counts() -> None:
    assert [(found[0], found[1]) for found in amounts("It dismissed 30 of its 900 bakers.")] == [("30", "bakers"), ("900", "bakers")]


def test_over_after_a_dispute_names_its_subject() -> None:
    assert amounts("a dispute over $5 million")[0][5] == "exactly"


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("$42 per share", "share"),
        ("a $70-a-share bid", "share"),
        ("$5 million a year", "year"),
        ("from $5 million a year earlier", None),
        ("$5 million", None),
        ("12 euros a unit", "unit"),
    ],
)
def test_rates_are_marked(text: str, per: str | None) -> None:
    (amount,) = find_amounts(NLP(text), HEDGES)
    assert amount.per == per


@settings(max_examples=50)
@given(st.decimals(min_value=1, max_value=999, places=1), st.sampled_from(["million", "billion", "trillion"]))
def test_a_bare_figure_lies_within_its_bounds(figure: Decimal, scale: str) -> None:
    ((_, _, value, low, high, _),) = amounts(f"It paid ${figure} {scale} for it.")
    assert value is not None
    assert low is not None
    assert high is not None
    assert low < value < high
    assert high - low == value / figure / 10


@settings(max_examples=50)
@given(st.text(alphabet="$€5,.0%- ankdmillionto", max_size=40))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    doc = NLP(text)
    found = find_amounts(doc, HEDGES)
    assert all(0 <= a.start <= a.head < a.end <= len(doc) for a in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It outdid a 7 billion kronor (€763 million; US$1.08 billion) offer.", ["7 billion kronor"]),
        ("It paid €20 million, or about $22 million, and owes $3 million.", ["€20 million", "$3 million"]),
        ("Sales were $5 million (2006: $4 million).", ["$5 million", "$4 million"]),
        ("It bought one for $5 million and another for €4 million.", ["$5 million", "€4 million"]),
        ("It has 500 staff (and £2 million).", ["500", "£2 million"]),
    ],
)
def test_a_sum_that_is_told_again_in_other_money_is_told_once(text: str, told: list[str]) -> None:
    doc = NLP(text)
    assert [amount.quantity.text for amount in told_once(doc, find_amounts(doc, HEDGES))] == told
