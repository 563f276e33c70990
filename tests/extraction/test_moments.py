"""Dates and periods become EDTF, resolved against the day of publication (here a Wednesday)."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.extraction.marking.times.moments import find_moments

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

NLP = spacy.blank("en")
PUBLISHED = dt.date(2025, 6, 11)


def moments(text: str, published: dt.date | None = PUBLISHED) -> list[tuple[str, str]]:
    doc = NLP(text)
    return [(doc[m.start : m.end].text, m.edtf) for m in find_moments(doc, published)]


@pytest.mark.parametrize(
    ("text", "said", "edtf"),
    [
        ("It closed on June 3, 2024.", "June 3, 2024", "2024-06-03"),
        ("born on 5 May 1961", "5 May 1961", "1961-05-05"),
        ("on Feb. 7, 2025", "Feb. 7, 2025", "2025-02-07"),
        ("by 2025-06-11", "2025-06-11", "2025-06-11"),
        ("June 9-11, 2025", "June 9-11, 2025", "2025-06-09/2025-06-11"),
        ("founded in 2016", "2016", "2016"),
        ("in early 2024", "early 2024", "2024~"),
        ("in March 2023", "March 2023", "2023-03"),
        ("late April 2023", "late April 2023", "2023-04~"),
        ("the first quarter of 2024", "first quarter of 2024", "2024-33"),
        ("Q3 2024 sales", "Q3 2024", "2024-35"),
        ("the second half of 2024", "second half of 2024", "2024-41"),
        ("fiscal 2024", "fiscal 2024", "2024"),
        ("in FY25", "FY25", "2025"),
        ("in FY98", "FY98", "1998"),
        ("Q1 '98 sales", "Q1 '98", "1998-33"),
        ("fiscal 1999-2000", "fiscal 1999-2000", "1999/2000"),
        ("FY1999-00", "FY1999-00", "1999/2000"),
        ("the year ended March 31, 2025", "year ended March 31, 2025", "2024-04/2025-03"),
        ("six months to June 2024", "six months to June 2024", "2024-01/2024-06"),
        ("from 2016 to 2019", "from 2016 to 2019", "2016/2019"),
        ("the 2007-08 crisis", "2007-08", "2007/2008"),
        ("from March to May 2024", "from March to May 2024", "2024-03/2024-05"),
        ("since 2016", "2016", "2016/.."),
        ("until June 2026", "June 2026", "../2026-06"),
        ("in the 1990s", "1990s", "199X"),
        ("spring of 2024", "spring of 2024", "2024-21"),
        ("the winter of '09", "winter of '09", "2009-24"),
        ("the last quarter of 2023", "last quarter of 2023", "2023-36"),
        ("by mid-2024", "mid-2024", "2024~"),
        ("in the late eighties", "eighties", "198X"),
        ("since the '90s", "'90s", "199X/.."),
        ("on Christmas Eve 2024", "Christmas Eve 2024", "2024-12-24"),
    ],
)
def test_absolute_dates_need_no_publication(text: str, said: str, edtf: str) -> None:
    assert moments(text, None) == [(said, edtf)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It said on Monday it had bought Beta.", "2025-06-09"),
        ("It said on Wednesday it will buy Beta.", "2025-06-11"),
        ("The store will open on Friday.", "2025-06-13"),
        ("last Wednesday", "2025-06-04"),
        ("next Monday", "2025-06-16"),
        ("yesterday", "2025-06-10"),
        ("in January", "2025-01"),
        ("in November", "2024-11"),
        ("It will close in November.", "2025-11"),
        ("She is to retire in November.", "2025-11"),
        ("It closed on December 20.", "2024-12-20"),
        ("She joins from Beta on July 1.", "2025-07-01"),
        ("It closed on June 12.", "2025-06-12"),
        ("Bonds fall due on 29 February.", None),
        ("He starts in January.", "2026-01"),
        ("Roe, chief from September, said so.", "2025-09"),
        ("It was valued by Acme at $38 million in November.", "2024-11"),
        ("It must be sold before November.", "2025-11"),
        ("earlier this month", "2025-06"),
        ("last month", "2025-05"),
        ("last year", "2024"),
        ("next quarter", "2025-35"),
        ("first-quarter profit", "2025-33"),
        ("the fourth quarter", "2024-36"),
        ("two years ago", "2023"),
        ("three months ago", "2025-03~"),
        ("five days earlier", "2025-06-06"),
        ("this week", "2025-06-09/2025-06-15"),
        ("last summer", "2024-22"),
        ("by the end of the year", "2025-12~"),
        ("at the start of the year", "2025-01~"),
        ("the day before yesterday", "2025-06-09"),
        ("a week from Friday", "2025-06-20"),
        ("over the weekend", "2025-06-07/2025-06-08"),
        ("It will open over the weekend.", "2025-06-14/2025-06-15"),
        ("on New Year's Day", "2025-01-01"),
        ("It must be sold before Christmas.", "2025-12-25"),
        ("It called them a week before Christmas.", None),
        ("a fortnight ago", "2025-05-28~"),
        ("half a year ago", "2024-12~"),
        ("two weeks before the vote", None),
        ("a year earlier than planned", None),
        ("on the 3rd", "2025-06-03"),
        ("on the 3rd floor", None),
        ("next summer", "2026-22"),
        ("next autumn", "2025-23"),
        ("the week before last", "2025-05-26/2025-06-01"),
        ("two years from now", "2027"),
        ("in three months' time", "2025-09~"),
        ("It will be sold in two years.", "2027"),
        ("It will post its first profit in two years.", None),
        ("Fuel, which is to be taxed, has doubled in a year.", None),
        ("It hopes to close it within six months.", "2025-06/2025-12"),
        ("It will spend it over the next five years.", "2025/2030"),
        ("It will grow in the second half.", "2025-41"),
        ("It will score in the second half of the match.", None),
    ],
)
def test_relative_dates_are_resolved_against_the_publication(text: str, edtf: str | None) -> None:
    assert [found for _, found in moments(text)] == ([edtf] if edtf else [])
    assert moments(text, None) == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It bought one in 2012 and sold it two years later.", ["2012", "2014"]),
        ("Sales were $5m in 2013, against $3m the year before.", ["2013", "2012"]),
        ("It listed in May 2007. That year it lost $5m.", ["2007-05", "2007"]),
        ("It bought Beta in 2009 and Gamma the following year.", ["2009", "2010"]),
        ("It bought Beta two years later.", []),
        ("It grew in 2009. It did well. It was loved. A year later it failed.", ["2009"]),
    ],
)
def test_a_year_may_be_told_by_the_one_before_it(text: str, edtf: list[str]) -> None:
    assert [found for _, found in moments(text)] == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("In the three months to October 31 it made $6m, up from $5m a year earlier.", ["2024-08/2024-10", "2023-08/2023-10"]),
        ("In the third quarter it made $6m, against $5m a year earlier.", ["2024-35", "2023-35"]),
        ("It bought Beta in 2016, having tried two years before.", ["2016", "2014"]),
        ("Founded in 2016, it said on Monday that sales rose from $5m a year earlier.", ["2016", "2025-06-09", "2024"]),
        ("It opened on 9 May 2024, two weeks earlier than Beta.", ["2024-05-09"]),
        ("It opened on 9 May 2024; two weeks earlier, Beta had.", ["2024-05-09", "2024-04-25~"]),
        ("In 2019 it fell. A year ago it rose.", ["2019", "2024"]),
        ("Sales rose in May 2024. It closed on the 3rd.", ["2024-05", "2024-05-03"]),
    ],
)
def test_earlier_counts_from_what_is_told_and_ago_from_the_publication(text: str, edtf: list[str]) -> None:
    assert [found for _, found in moments(text)] == edtf


@pytest.mark.parametrize(
    "line",
    [
        "14 October 2025",
        "Oslo, 14 October 2025",
        "By Ada Berg | Thursday, 14 October 2025 at 10:45 GMT",
        "Last updated 14 October 2025",
        "Posted on October 14, 2025 in Funding",
    ],
)
def test_a_publication_line_dates_no_event(line: str) -> None:
    assert moments(f"Norsund founder Per Dahl dies at 88\n\n{line}\n\nHe founded it in 1961.") == [("1961", "1961")]


@pytest.mark.parametrize(
    "line",
    ["Tax Cuts Take Effect July 1, 2026", "It was sold on 3 March 2024", "3 March 2024 - It was sold.", "It was updated on 3 March 2024"],
)
def test_a_line_that_tells_more_than_its_publication_dates_what_it_tells(line: str) -> None:
    assert len(moments(f"Acme grows\n\n{line}\n\nIt is so.")) == 1


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Sales grew from $5 million in 2021 to $8 million.", []),
        ("Its staff went from 90 people in May 2021 to 200 in 2023.", ["2023"]),
        ("It worked from 3 May 2021 to 5 June 2022.", ["2021-05-03", "2022-06-05"]),
        ("It got $5 million from Acme in 2021 to build it.", ["2021"]),
    ],
)
def test_the_date_of_where_something_began_dates_nothing_else(text: str, edtf: list[str]) -> None:
    assert [found for _, found in moments(text)] == edtf


def test_a_headline_whose_only_verb_is_an_infinitive_looks_ahead(parse: Callable[..., Doc]) -> None:
    """Told in June, "Norsund to list in March" is of next year."""
    rows = ["Norsund Norsund NNP ROOT 0", "to to TO mark 2", "list list VB acl 0", "in in IN case 4", "March March NNP obl 2"]
    assert [moment.edtf for moment in find_moments(parse(*rows), PUBLISHED)] == ["2026-03"]
    rows = ["Norsund Norsund NNP nsubj 1", "listed list VBD ROOT 1", "in in IN case 3", "March March NNP obl 1"]
    assert [moment.edtf for moment in find_moments(parse(*rows), PUBLISHED)] == ["2025-03"]


@pytest.mark.parametrize(
    "text",
    [
        "2000 employees left",
        "It paid $2000.",
        "2025%",
        "It may rise.",
        "a fall in sales",
        "They march on.",
        "at 1999.5 points",
        "at 2:45 PM (1845 UTC)",
        "June 31, 2024",
    ],
)
def test_other_numbers_and_words_are_no_dates(text: str) -> None:
    assert [edtf for said, edtf in moments(text) if said != "2024"] == []


@pytest.mark.parametrize(
    ("text", "is_period"), [("in 2024", True), ("the third quarter", True), ("June 3, 2024", False), ("on Monday", False)]
)
def test_stretches_that_a_figure_can_cover_are_marked(text: str, *, is_period: bool) -> None:
    (moment,) = find_moments(NLP(text), PUBLISHED)
    assert moment.is_period is is_period


@settings(max_examples=60)
@given(
    st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2049, 12, 31)),
    st.sampled_from(["%B %d, %Y", "%d %B %Y", "%Y-%m-%d", "%b %d, %Y"]),
)
def test_every_day_reads_back(day: dt.date, form: str) -> None:
    assert [edtf for _, edtf in moments(f"It happened on {day.strftime(form)}, it said.", None)] == [day.isoformat()]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["on", "in", "June", "3", "2024", "Monday", "last", "year", "Q1", "first", "quarter", "to", "-", ",", "ago", "two"]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_spans_do_not_overlap(text: str) -> None:
    found = find_moments(NLP(text), PUBLISHED)
    assert all(a.end <= b.start for a, b in pairwise(found))
