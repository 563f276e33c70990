"""Text that was broken to fit a page reads as it was written; what is no such text stays as it is."""

from __future__ import annotations

import textwrap

import pytest

from kgraph.articles.wrapping import join_pages, unwrap

PARAGRAPHS = [
    "Harbour Lines, the operator of eleven ferries in the Norsund, has agreed to buy Quillfeather Robotics for about $420 million.",
    'Its chairwoman, Ada Berg, called that "the largest deal of our long history" and said that it would close in the third quarter.',
    "The sellers are Kestrel Bank Inc. and the two founders. Both will stay, the company said, and will keep the works at Bergen.",
]
WHOLE = "\n\n".join(["Harbour Lines buys a maker of robots", *PARAGRAPHS])


@pytest.mark.parametrize("width", [50, 65, 72, 80, 100])
def test_wrapped_paragraphs_become_whole_again(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in WHOLE.split("\n\n"))
    assert unwrap(wrapped) == WHOLE


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        WHOLE.replace("\n\n", "\n"),
        "Acme\nBeta\nGamma",
        "- the first of the things that we have\n- the second of the things that we have\n- the third of the things that we have",
        "revenue of the firm in 2023    $80m\nrevenue of the firm in 2024    $90m\nprofit",
        "",
    ],
    ids=["paragraphs apart", "a line for each", "names", "list", "table", "nothing"],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert unwrap(text) == text


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("the makers of engines and other ma-", "chines, which sell well, came to a", "other machines, which"),
        ("the makers of engines from a London-", "based group, which sells, came to a", "a London-based group"),
        ("Stonebridge, the makers of Stone-", "bridge chairs, which sell, came to a", "of Stonebridge chairs"),
        ("a long-term plan, and a second long-", "term plan, which sells, came to a", "second long-term plan"),
        ("the firms of Upper Norsund and Hill-", "Berg, which sell well, came to a", "and Hill- Berg, which"),
    ],
)
def test_a_hyphen_goes_where_it_only_parts_a_word(above: str, below: str, joined: str) -> None:
    assert joined in unwrap(f"{above}\n{below}\nfirst meeting of a new association\nof makers, said the chairwoman.")


def test_headlines_bylines_and_lists_in_wrapped_text_stay_apart() -> None:
    whole = " ".join(PARAGRAPHS)
    body = textwrap.fill(whole, 60)
    text = f"Harbour Lines buys robots\nBy Ada Quist\n10 March 2025\n\n{body}\n- first, the robots\n- second, the works"
    assert unwrap(text).split("\n") == [
        *("Harbour Lines buys robots", "By Ada Quist", "10 March 2025", ""),
        *(whole, "- first, the robots", "- second, the works"),
    ]


def test_running_heads_go_and_sentences_run_on_over_pages() -> None:
    pages = [
        "The Ledger   1\n\nAcme bought Beta, a\n\f",
        "The Ledger   2\n\nmaker of bricks.\n\n- 2 -\n\f",
        "The Ledger   3\n\nGamma fell.\n\f",
    ]
    assert join_pages("".join(pages)) == "Acme bought Beta, a\nmaker of bricks.\n\nGamma fell."
    assert join_pages("Acme grew.\f") == "Acme grew."
    assert join_pages("Acme grew.\n\f7\n\f8\n") == "Acme grew."


def test_figures_at_the_end_of_a_page_are_no_page_numbers() -> None:
    pages = "80%\nAcme grew by\n80%\n-- 1/2 --\f", "Sales were\n2,300  4,100\n"
    assert join_pages("".join(pages)) == "80%\nAcme grew by\n80%\nSales were\n2,300  4,100"
