"""Amounts have names and labels a person can read; one name stands for one content."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from kgraph import ontology
from kgraph.graph.rdf.quantities import quantity_label, quantity_name
from kgraph.model import Quantity

HEDGES = {hedge.qualifier: hedge for hedge in ontology.load().hedges}


def quantity(unit: str | None, value: str | None, low: str | None, high: str | None, qualifier: str = "exactly") -> Quantity:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return Quantity(text="as said", unit=unit, value=number(value), low=number(low), high=number(high), qualifier=qualifier)


@pytest.mark.parametrize(
    ("said", "name", "label"),
    [
        (quantity("USD", None, "14e9", "15e9", "range"), "USD-14B-to-15B", "$14–15 billion"),  # noqa: RUF001
        (quantity("USD", None, "900e6", "1e9", "range"), "USD-900M-to-1B", "$900 million–1 billion"),  # noqa: RUF001
        (quantity("USD", "10e9", "10e9", None, "over"), "USD-over-10B", "over $10 billion"),
        (quantity("USD", "15e9", "14.25e9", "15.75e9", "about"), "USD-about-15B", "about $15 billion"),
        (quantity("USD", "15e9", "14.5e9", "15.5e9"), "USD-15B", "$15 billion"),
        (quantity("USD", "15e9", "14.95e9", "15.05e9"), "USD-15.0B", "$15 billion"),
        (quantity("GBP", "1.90", "1.895", "1.905"), "GBP-1.90", "£1.90"),
        (quantity("CHF", "2.5e6", "2.45e6", "2.55e6"), "CHF-2.5M", "CHF 2.5 million"),
        (quantity("share", "0.49", "0.485", "0.495"), "share-49pct", "49%"),
        (quantity("share", "0.5", "0.45", "0.5", "nearly"), "share-nearly-50pct", "nearly 50%"),
        (quantity("CNY", "3e9", "2.5e9", "3.5e9"), "CNY-3B", "CN¥3 billion"),
        (quantity("employees", "3600", "3599.5", "3600.5"), "employees-3600", "3,600 employees"),
        (quantity("employees", "300", "0", "300", "upTo"), "employees-upTo-300", "up to 300 employees"),
        (quantity("jobs", "12", "12", "12"), "jobs-exactly-12", "12 jobs"),
        (quantity(None, "15000", "14500", "15500"), "number-15K", "15,000"),
    ],
)
def test_names_and_labels_are_readable(said: Quantity, name: str, label: str) -> None:
    assert quantity_name(said, HEDGES) == name
    assert quantity_label(said) == label


def test_a_fraction_without_an_end_is_written_short_and_still_itself() -> None:
    third, half_a_third = Decimal(1) / 3, Decimal(1) / 6
    said = quantity("share", str(third), "0.31", "0.35", "about")
    assert re.fullmatch(r"share-about-33\.33pct-[0-9a-f]{6}", quantity_name(said, HEDGES))
    assert quantity_label(said) == "about 33.33%"
    rounded = quantity("share", "0.3333", "0.31", "0.35", "about")
    assert quantity_name(rounded, HEDGES) != quantity_name(said, HEDGES)
    between = quantity("share", None, str(half_a_third), str(third), "range")
    assert re.fullmatch(r"share-16\.67pct-to-33\.33pct-[0-9a-f]{6}", quantity_name(between, HEDGES))
    assert quantity_label(between) == "16.67\N{EN DASH}33.33%"


def test_bounds_that_the_hedge_does_not_imply_are_hashed_into_the_name() -> None:
    usual, other = quantity("USD", "10e9", "10e9", None, "over"), quantity("USD", "10e9", "10e9", "11e9", "over")
    assert quantity_name(other, HEDGES).startswith("USD-over-10B-")
    assert quantity_name(other, HEDGES) != quantity_name(usual, HEDGES)


numbers = st.none() | st.sampled_from(
    [Decimal(n) for n in ("0", "1", "10", "10.5", "95", "100", "105", "1e6", "1e9", "1.5e9", "0.5", "0.33", str(Decimal(1) / 3))]
)
said = st.builds(
    quantity, st.sampled_from(["USD", "share", "number", None, "jobs", "jobs "]), numbers, numbers, numbers, st.sampled_from(sorted(HEDGES))
)


@profile(deadline=None, max_examples=200)
@given(one=said, other=said)
def test_one_name_stands_for_one_content(one: Quantity, other: Quantity) -> None:
    assert (quantity_name(one, HEDGES) == quantity_name(other, HEDGES)) == (one == other)


@profile(deadline=None, max_examples=50)
@given(said)
def test_zeros_do_not_change_a_name(one: Quantity) -> None:
    stretched = quantity(
        one.unit,
        *(None if n is None else f"{n:f}.000" if n == n.to_integral() else f"{n}00" for n in (one.value, one.low, one.high)),
        one.qualifier,
    )
    assert quantity_name(stretched, HEDGES) == quantity_name(one, HEDGES)
