"""Disagreements as reports to hand on: whole, in order, and inert."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgraph.analysis import disagreements, tellings
from kgraph.export import conflict_report
from kgraph.model import Knowledge, Status


@pytest.fixture
def story(newsroom, figure) -> Knowledge:
    """Two prices of one purchase, a suit that two tell alike, and two chairmen."""
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="completed", amount=figure("10"), publisher="Post", quote="paid 10")
    newsroom.tell("b@2025-06-02", "Acme", "acquired", "Beta", status="completed", amount=figure("15"), quote="paid | 15\nin all")
    newsroom.tell("a@2025-06-01", "Gamma", "sued", "Acme", status="completed")
    newsroom.tell("b@2025-06-02", "Gamma", "sued", "Acme", status="completed")
    newsroom.tell("a@2025-06-01", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    newsroom.tell("b@2025-06-02", "person:Bob", "holdsRole", "Acme", status="current", role="CEO")
    known = newsroom.knowledge()
    return replace(known, disagreements=disagreements(known, newsroom.ontology))


def report(known: Knowledge, words, form: str = "markdown", least: int = 0) -> str:
    found = [one for one in known.disagreements if one.severity >= least]
    return conflict_report(known, words, tellings(known, words, found), form=form)  # type: ignore[arg-type]


def test_a_report_gives_verdict_reason_and_what_each_source_says(story, words) -> None:
    text = report(story, words)
    assert text.startswith("# Where sources part ways\n\n2 articles, 6 claims, 4 facts: 2 contradictions, ")
    assert r"**Contradiction** (value conflict, amount): Amount: “10” (Post, 2025-06-01) and “15” (b, 2025-06-02) cannot" in text
    assert "| says | status | source | published | words |\n|---|---|---|---|---|\n" in text
    assert "| 10 | completed | Post | 2025-06-01 | “paid 10” |\n" in text


def test_what_is_gravest_comes_first_and_agreement_last(story, words) -> None:
    text = report(story, words)
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings[0].startswith("## Acme acquires Beta")
    assert headings[1] == "## Ada is CEO of Acme / Bob is CEO of Acme"
    assert headings[-1] == "## Gamma sues Acme"
    assert "| Ada, CEO | current | Post |" in text


def test_no_source_is_quoted_where_nothing_is_wanted(story, words) -> None:
    assert "sues" not in report(story, words, least=2)
    assert report(replace(story, disagreements=()), words).endswith("4 facts: 0 contradictions.\n")


def test_a_cell_stays_a_cell(story, words) -> None:
    assert r"| “paid \| 15 in all” |" in report(story, words)


def test_the_page_needs_no_script_and_takes_none(story, words) -> None:
    evil = "<script>alert(1)</script>"
    articles = tuple(replace(article, publisher=evil, url="javascript:alert(1)") for article in story.articles)
    claims = tuple(replace(claim, quote=replace(claim.quote, exact=f"<img src=x onerror=alert(1)>{evil}")) for claim in story.claims)
    entities = tuple(replace(entity, label=f"{evil}{entity.label}") for entity in story.entities)
    page = report(replace(story, articles=articles, claims=claims, entities=entities), words, "html")
    assert "<script" not in page
    assert "<img" not in page
    assert "href" not in page
    assert "default-src 'none'" in page


def test_the_page_links_to_the_article_on_the_web(story, words) -> None:
    articles = tuple(replace(article, url=f"https://news.example/{article.id}?a=1&b=2") for article in story.articles)
    page = report(replace(story, articles=articles), words, "html")
    assert '<a href="https://news.example/a?a=1&amp;b=2" rel="noopener noreferrer">Post</a>' in page


@pytest.mark.parametrize(
    ("property_", "values"),
    [("amount", ["10", "15"]), ("role", ["Ada, CEO", "Bob, CEO"]), ("sued", ["", ""])],
)
def test_each_source_says_what_it_says_of_the_property(story, words, property_, values) -> None:
    (told,) = [told for one, told in tellings(story, words, story.disagreements) if one.property == property_ and one.severity in (0, 3)][
        :1
    ]
    assert [one.value for one in told] == values


def test_denials_and_persons_are_named(newsroom, words) -> None:
    newsroom.tell("a", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    newsroom.tell("a", "person:Ada", "acquired", "Beta", status="completed")
    newsroom.tell("b", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("b", "Acme", "sued", "Beta", status="completed")
    newsroom.tell("c", "Acme", "sued", "Beta", status=Status.DENIED)
    known = newsroom.knowledge()
    told = {
        one.property: [each.value for each in told] for one, told in tellings(known, words, disagreements(known, words)) if one.severity
    }
    assert told["subject"] == ["Ada", "Acme"]
    assert told["polarity"] == ["yes", "no"]
