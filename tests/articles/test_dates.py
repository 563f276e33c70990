"""The day of publication is read from bylines, datelines and date lines, and never from running prose."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from kgraph.articles import read
from kgraph.model import Article
from kgraph.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

BODY = "It sold more robots than in any year before, the firm said, and it will open a plant in the north."


def date_of(path: Path, text: str | bytes) -> dt.date | None:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (found,) = read([str(path)], settings=Settings())
    assert isinstance(found, Article)
    return found.date


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2026-06-02", dt.date(2026, 6, 2)),
        ("Published: September 22, 2026", dt.date(2026, 9, 22)),
        ("Updated 3 Sept. 2024", dt.date(2024, 9, 3)),
        ("Date: 2026-06-18", dt.date(2026, 6, 18)),
        ("Published on 2026-06-18T09:30:00Z", dt.date(2026, 6, 18)),
        ("June 18th, 2026", dt.date(2026, 6, 18)),
        ("Thursday, 18 June 2026, 10:45 a.m. GMT", dt.date(2026, 6, 18)),
        ("Updated Thursday 18 June 2026", dt.date(2026, 6, 18)),
        ("Updated 10:45, Thursday 18 June 2026", dt.date(2026, 6, 18)),
        ("Published 18 June 2026 | Updated 19 June 2026", dt.date(2026, 6, 18)),
        ("Updated: June 19, 2026\nPublished: June 18, 2026", dt.date(2026, 6, 18)),
        ("By Jane Doe, 18 June 2026", dt.date(2026, 6, 18)),
        ("By Jane Doe and Óscar van der Berg | 18 June 2026", dt.date(2026, 6, 18)),
        ("By Jane Doe, business correspondent, 18 June 2026", dt.date(2026, 6, 18)),
        ("By Jane Doe June 18, 2026", dt.date(2026, 6, 18)),
        ("Posted by Jane Doe on June 18, 2026 at 10:45", dt.date(2026, 6, 18)),
        ("Quay Wire / Jane Doe / 18 June 2026", dt.date(2026, 6, 18)),
        ("June 18, 2026 · 5 min read", dt.date(2026, 6, 18)),
        ("Last updated 18 June 2026 at 10:45 GMT", dt.date(2026, 6, 18)),
        ("Posted on June 18, 2026 in Shipping", dt.date(2026, 6, 18)),
        ("Posted by admin on June 18, 2026", dt.date(2026, 6, 18)),
        ("June 18, 2026 by admin", dt.date(2026, 6, 18)),
        ("by Jane Doe | Jun 18, 2026 | Ships, Ports | 0 comments", dt.date(2026, 6, 18)),
        ("June 18, 2026 / Ships / 3 comments", dt.date(2026, 6, 18)),
        ("Your morning harbour briefing \u2014 Thursday, June 18, 2026", dt.date(2026, 6, 18)),
        ("The Ledger, 1 July 2026", dt.date(2026, 7, 1)),
        ("Bank of Norsund Review · 1 July 2026", dt.date(2026, 7, 1)),
        ("Berlin, 1 July 2026", dt.date(2026, 7, 1)),
        ("18/06/2026", dt.date(2026, 6, 18)),
        ("06/18/2026", dt.date(2026, 6, 18)),
        ("06/06/2026", dt.date(2026, 6, 6)),
        ("18.06.2026", dt.date(2026, 6, 18)),
        ("Friday 05/06/2026", dt.date(2026, 6, 5)),
        ("Wednesday 05/06/2026", dt.date(2026, 5, 6)),
    ],
)
def test_a_line_of_its_own_gives_the_date(tmp_path: Path, line: str, date: dt.date) -> None:
    assert date_of(tmp_path / "a.txt", f"Acme grows\n\n{line}\n\n{BODY}\n") == date


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        ("DETROIT, Sept 15, 2026 (AP) -", dt.date(2026, 9, 15)),
        ("DETROIT (AP) - Sept. 15, 2026 -", dt.date(2026, 9, 15)),
        ("BOSTON, Jan. 14, 2025 /Wire/ --", dt.date(2025, 1, 14)),
        ("NEW YORK, N.Y., September 3, 2024 (Wire) -", dt.date(2024, 9, 3)),
        ("NEW YORK--(WIRE SERVICE)--June 18, 2026--", dt.date(2026, 6, 18)),
        ("Munich, Germany, 18 June 2026 \u2013", dt.date(2026, 6, 18)),
        ("FRANKFURT, 18 June 2026 (dpa)", dt.date(2026, 6, 18)),
        ("BOSTON, June 18, 2026:", dt.date(2026, 6, 18)),
        ("June 18, 2026 -", dt.date(2026, 6, 18)),
        ("18/06/2026 -", dt.date(2026, 6, 18)),
        ("October 2, 2026 (Wired Markets) —", dt.date(2026, 10, 2)),
    ],
)
def test_the_opening_of_a_paragraph_gives_the_date(tmp_path: Path, opening: str, date: dt.date) -> None:
    assert date_of(tmp_path / "a.txt", f"Acme grows\n\n{opening} Acme grew again. {BODY} {BODY} {BODY}\n") == date
    assert date_of(tmp_path / "b.txt", f"{opening} eBay grew.\n") == date


@pytest.mark.parametrize(
    "text",
    [
        "The deal closed on 4 May 2020.",
        "Acme grows\n\nThe deal closed on 4 May 2020",
        "Acme said on May 5, 2024 - a Sunday - that it grew.",
        "May 4, 2020 - a day that Acme will not forget - was a Monday.",
        "By Monday, 4 May 2020, Acme had sold the unit.",
        "By May 4, 2020",
        "On May 4, 2020 - Independence Day - Acme was sold.",
        "Acme to close plant by 4 May 2027\n\nIt has three more.",
        "Tax Cuts Take Effect July 1, 2026\n\nThe rest follows.",
        "Acme Agrees Merger, Effective July 1, 2026\n\nThe rest follows.",
        "Results for the Quarter Ended June 30, 2026\n\nAcme grew.",
        "As of June 30, 2026\n\nAcme grew.",
        "Deadline: 1 July 2026\n\nAcme waits.",
        "Posted on 4 May 2020, the results were weak.\n\nAcme grew.",
        "Acme published its results on 4 May 2020\n\nIt grew.",
        "The list was last updated on 4 May 2020\n\nIt is long.",
        "Acme to close its yard \u2014 4 May 2027\n\nIt has three more.",
        "Photo: Jane Doe, 1 July 2020\n\nAcme waits.",
        "18 June 2026 - 20 June 2026, Berlin\n\nAcme comes to the fair.",
        "June 18, 2026 - June 20: Acme comes to the fair.",
        "May 4, 2020: The day on which Acme was founded.",
        "May 4, 2020 - Acme was founded.\n\nJune 3, 2021 - Acme bought Beta.\n\nIt grew.",
        "Acme, 4 May 2020\nBeta, 5 June 2021\n\nThese are the deals.",
        "Ada Berg (Norsund, 8 April 1933 \u2013 Oslo, 27 October 2019) was a shipowner.",
        "05/06/2026\n\nAcme grew.",
        "BOSTON, Feb. 31, 2025 - Acme grew.",
        "31 June 2026\n\nAcme grew.",
        f"Acme grew. {BODY} {BODY} {BODY}\n\n4 May 2020\n\nIt was founded then.",
        "One\n\nTwo\n\nThree\n\nFour\n\nFive\n\nSix\n\n4 May 2020\n\nIt was founded then.",
    ],
)
def test_no_other_date_is_taken_for_the_day_of_publication(tmp_path: Path, text: str) -> None:
    assert date_of(tmp_path / "a.txt", text) is None


def test_a_date_of_numbers_that_two_countries_read_differently_is_decided_by_the_others_in_the_text(tmp_path: Path) -> None:
    assert date_of(tmp_path / "a.txt", "05/06/2026\n\nAcme grew until 31/05/2026.") == dt.date(2026, 6, 5)
    assert date_of(tmp_path / "b.txt", "05/06/2026\n\nAcme grew until 05/31/2026.") == dt.date(2026, 5, 6)
    assert date_of(tmp_path / "c.txt", "05/06/2026\n\nAcme grew from 31/05/2026 to 06/13/2026.") is None


def test_every_kind_of_input_is_looked_at_where_nothing_else_gives_its_date(tmp_path: Path) -> None:
    line = "By Jane Doe, 18 June 2026"
    assert date_of(tmp_path / "a.json", json.dumps({"text": f"{line}\n\n{BODY}"})) == dt.date(2026, 6, 18)
    assert date_of(tmp_path / "b.json", json.dumps({"text": f"{line}\n\n{BODY}", "date": "2026-06-20"})) == dt.date(2026, 6, 20)
    assert date_of(tmp_path / "c.md", f"# Acme grows\n\n*{line}*\n\n{BODY}\n") == dt.date(2026, 6, 18)
    assert date_of(tmp_path / "d.md", f"---\ndate: 20 June 2026\n---\n{line}\n\n{BODY}\n") == dt.date(2026, 6, 20)


@pytest.mark.parametrize(
    ("first", "date"),
    [
        ("The deal closed on 4 May 2020, the company said on Monday.", None),
        ("DETROIT, 18 June 2026 (AP) - Acme bought Beta, the company said on Monday.", dt.date(2026, 6, 18)),
        ('<time datetime="2999-06-18">18 June</time> Acme bought Beta, it said on Monday.', dt.date(2999, 6, 18)),
    ],
)
def test_a_page_gives_no_date_of_its_prose_and_today_does_not_matter(tmp_path: Path, first: str, date: dt.date | None) -> None:
    page = f"<html><head><title>Acme</title></head><body><article><h1>Acme grows</h1><p>{first}</p><p>{BODY}</p><p>{BODY} So.</p></article>"
    assert date_of(tmp_path / "a.html", f"{page}<footer>Copyright 2019 Quay</footer></body></html>") == date


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2025-06-11", dt.date(2025, 6, 11)),
        ("June 11, 2025", dt.date(2025, 6, 11)),
        ("Wednesday 11 June 2025, 09:30", dt.date(2025, 6, 11)),
        ("2025-06-11 09:30:00 UTC", dt.date(2025, 6, 11)),
        ("Wed, 11 Jun 2025 09:30:00 GMT", dt.date(2025, 6, 11)),
        ("31/12/2025", dt.date(2025, 12, 31)),
        ("31-12-2025", dt.date(2025, 12, 31)),
        ("2025/06/11", dt.date(2025, 6, 11)),
        (1749600000, dt.date(2025, 6, 11)),
        (1749600000000, dt.date(2025, 6, 11)),
        ("1749600000", dt.date(2025, 6, 11)),
    ],
)
def test_the_date_of_a_record_may_be_written_as_in_a_text_or_as_a_unix_time(tmp_path: Path, given: object, date: dt.date) -> None:
    assert date_of(tmp_path / "a.json", json.dumps({"text": BODY, "date": given})) == date


@pytest.mark.parametrize("given", ["June", "05/06/2026", "11 Jun 99999999999999999999 09:30:00 GMT", 2025, 10**400, True, ["2025-06-11"]])
def test_a_record_with_an_unreadable_date_is_kept_without_one_and_named_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, given: object
) -> None:
    path = tmp_path / "a.jsonl"
    assert date_of(path, json.dumps({"id": "w", "text": BODY, "date": given}) + "\n") is None
    assert caplog.messages == [f"{path}, line 1 (w): {given!r} is no date (YYYY-MM-DD); the article is kept without it"]


def test_front_matter_with_an_unreadable_date_is_named_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.md"
    assert date_of(path, f"---\ndate: soon\n---\n{BODY}\n") is None
    assert caplog.messages == [f"{path}: 'soon' is no date (YYYY-MM-DD); the article is kept without it"]
