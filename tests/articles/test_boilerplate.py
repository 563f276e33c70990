"""What a page prints around an article goes; the article's own lines stay, character for character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.articles.boilerplate import clean
from kgraph.articles.markup import strip_markdown, strip_markup

STORY = (
    "Harbour Lines bought the ferry operator Norsund on Monday. It paid 40 million euros in cash.\n\n"
    "The seller was a pension fund. Both sides declined to comment."
)


@pytest.mark.parametrize(
    "junk",
    [
        "Write A Comment",
        "Leave a Reply\n\nYour email address will not be published. Required fields are marked *",
        "3 Comments\n\nGreat article, I always said so.\nMe too!",
        "Share this article:\nFacebook\nTwitter",
        "TAGS: ferries, shipping, deals",
        "CATEGORY: transport",
        "Filed under: boats. 12 comments",
        "Subscribe to our newsletter for the latest in shipping.",
        "We use cookies to make this site better.",
        "© 2025 Harbour Post. All rights reserved.",
        "Related articles\nTen ports to see before you sink\nWho owns the lighthouse",
        "You may also like: Ten ports to see | Quiz: boat or goat",
        "Комментарии",
        "コメントを残す",
        "Advertisement\n\nRead more",
        "The mayor of a small town has resigned after a row over a brid...\nDaily Quay | Jul 04, 2025, 15:05",
        "A storm is on its way to the isla...\nQuay | Jul 04, 2025, 15:05Cheese prices rose for the fi...\nMint | Jul 05, 2025, 09:10",
        "A storm is on its way to the islands, forecast…\n2 hours ago",
        "Home\nContact\nAbout us",
    ],
)
def test_furniture_after_the_article_goes(junk: str) -> None:
    assert clean(f"{STORY}\n\n{junk}") == STORY


@pytest.mark.parametrize(
    "own",
    [
        "Company Deal Price\nHarbour Lines Norsund 40 million euros\nBlue Star None 0",
        "EXCERPT: Harbour Lines bought the ferry operator Norsund.",
        "What comes next\n\nThe board will share the details in May. Tags of the old owner stay on the ships.",
        'He paused. "And then ..." he said, and left.',
        "Analysts at Søndergaard expect more: “Share prices follow the news.”",
        "Revenue 2024: 12 million euros",
        "Its rivals include:\n- Blue Star\n- Nordline",
        "Ports that it serves:\n\n1. Bergen\n\n2. Oslo",
        "Print revenue fell 4% to 9 million euros.",
    ],
)
def test_the_articles_own_lines_stay(own: str) -> None:
    assert clean(f"{STORY}\n\n{own}") == f"{STORY}\n\n{own}"


def test_an_article_in_another_script_stays_whole() -> None:
    text = "Компания купила паромного оператора. Цена сделки составила 40 миллионов евро. Стороны не дают комментариев."
    assert clean(text) == text


@settings(max_examples=60)
@given(st.lists(st.sampled_from([*STORY.split("\n"), "Share this", "TAGS: a, b", "...", "3 Comments"]), max_size=8).map("\n".join))
def test_cleaning_only_deletes_lines_and_doing_it_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert [line for line in once.split("\n") if line and line not in text.split("\n")] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("{{dateline|Oslo}}Norsund was sold.", "Norsund was sold."),
        ("[[Image:Ferry.jpg|thumb|200px|A [[ferry]] at sea]] Norsund was sold.", "Norsund was sold."),
        ("A ferry at sea.]]Norsund was sold.", "Norsund was sold."),
        ("Norsund was sold.<ref>Quay, p. 3</ref> It floats.", "Norsund was sold.\n It floats."),
        ("== Deal ==\nNorsund was sold.", "Deal\n\n\nNorsund was sold."),
        ("Up. } | DAX = 5.831,02 | DAX-tl = profit | DAX-p = 0,41 }} Down.", "Up. \n Down."),
        ("A '''bold''' [[ferry|boat]] sailed. Price < 5 | 6", "A '''bold''' [[ferry|boat]] sailed. Price < 5 | 6"),
        ("The ferry sank. It was old.}} Nobody was hurt.", "The ferry sank. It was old.}} Nobody was hurt."),
    ],
)
def test_wiki_markup_goes_as_whole_segments_and_sentences_stay(text: str, left: str) -> None:
    assert strip_markup(text).strip() == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("**Acme** bought *Beta Corp.* for cash.", "Acme bought Beta Corp. for cash."),
        ("It runs 4* and 5* hotels.", "It runs 4* and 5* hotels."),
        ("* Acme\n* Beta", "* Acme\n* Beta"),
        ("3 * 4 * 5", "3 * 4 * 5"),
    ],
)
def test_stars_of_emphasis_go_and_others_stay(text: str, left: str) -> None:
    assert strip_markup(text) == left


def test_markdown_reads_as_plain_text() -> None:
    text = '# Deal\n\n> **Norsund** was *sold* to [Harbour Lines](https://h.example "site").\n\n![ship](s.png)\n\n---\nsnake_case_name.'
    assert strip_markdown(text) == "Deal\n\nNorsund was sold to Harbour Lines.\n\n\n\n\nsnake_case_name."
