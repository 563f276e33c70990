"""The days that EDTF dates mean."""

from __future__ import annotations

import datetime as dt

import pytest

from kgraph.period import Period

MIN, MAX = dt.date.min, dt.date.max


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025-06-11", dt.date(2025, 6, 11), dt.date(2025, 6, 11)),
        ("2024-02~", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-33", dt.date(2024, 1, 1), dt.date(2024, 3, 31)),
        ("199X", dt.date(1990, 1, 1), dt.date(1999, 12, 31)),
        ("2019/2020-03", dt.date(2019, 1, 1), dt.date(2020, 3, 31)),
        ("2016/..", dt.date(2016, 1, 1), MAX),
        ("../2025-06", MIN, dt.date(2025, 6, 30)),
    ],
)
def test_a_date_means_its_days(text: str, start: dt.date, end: dt.date) -> None:
    assert Period.of(text) == Period(start=start, end=end)


@pytest.mark.parametrize(
    "text", ["", "..", "../..", "soon", "2024-13", "2025-02-30", "2024-33-05", "2024-21-01", "2020/2019", "2020/soon", "/2020"]
)
def test_what_names_no_days_is_no_period(text: str) -> None:
    assert Period.of(text) is None


@pytest.mark.parametrize(("text", "day"), [("2016/..", dt.date(2016, 1, 1)), ("../2025-06", dt.date(2025, 6, 30))])
def test_an_open_period_is_sorted_by_the_end_that_it_has(text: str, day: dt.date) -> None:
    period = Period.of(text)
    assert period is not None
    assert period.anchor == day
