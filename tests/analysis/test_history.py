"""Timelines, differences between graphs, and parts of a graph."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from kgraph.analysis import as_of, difference, timeline, with_status
from kgraph.model import EntityId, FactId, Knowledge, Status


@pytest.fixture
def story(newsroom: Any, figure: Any) -> Any:
    """Talks in May, an agreement in June, and a suit that the text dates to 2019."""
    newsroom.tell("a@2025-05-02", "Acme", "acquired", "Beta", status="inTalks", amount=figure("10"), quote="in talks to buy Beta")
    newsroom.tell("b@2025-06-11", "Acme", "acquired", "Beta", status="announced", amount=figure("15"), quote="agreed to buy Beta")
    newsroom.tell("b@2025-06-11", "Gamma", "sued", "Acme", status="completed", when="2019-04")
    newsroom.tell("c", "Acme", "competesWith", "Delta")
    return newsroom


def test_a_timeline_goes_by_what_the_texts_date_and_then_by_publication(story: Any) -> None:
    moments = timeline(story.knowledge(), EntityId("Acme"))
    assert [(moment.date, moment.stated, moment.fact, moment.status) for moment in moments] == [
        ("2019-04", True, "Gamma-sued-Acme", Status.COMPLETED),
        ("2025-05-02", False, "Acme-acquired-Beta", Status.IN_TALKS),
        ("2025-06-11", False, "Acme-acquired-Beta", Status.ANNOUNCED),
        (None, False, "Acme-competesWith-Delta", None),
    ]
    assert moments[1].quote == "in talks to buy Beta"


def test_each_stage_has_the_sum_that_was_told_then(story: Any) -> None:
    told = [moment.told for moment in timeline(story.knowledge(), EntityId("Beta"))]
    assert [(fact.status, fact.amount and fact.amount.text) for fact in told] == [(Status.IN_TALKS, "10"), (Status.ANNOUNCED, "15")]
    story.tell("d@2025-07-01", "Acme", "acquired", "Beta", status="completed")
    assert timeline(story.knowledge(), EntityId("Beta"))[-1].told.amount is None


def test_a_quarter_stands_at_its_first_day(newsroom: Any) -> None:
    for when, firm in (("2007-33", "Quarter"), ("2007", "Year"), ("2006-12-31", "Before"), ("2007-02", "After")):
        newsroom.tell("a", "Acme", "acquired", firm, status="completed", when=when)
    assert [moment.told.object for moment in timeline(newsroom.knowledge(), EntityId("Acme"))] == ["Before", "Quarter", "Year", "After"]


def test_a_graph_as_of_a_day_knows_only_what_was_published(story: Any) -> None:
    then = as_of(story.knowledge(), dt.date(2025, 6, 1), derive=story.derive)
    (fact,) = then.facts
    assert (fact.id, fact.status, fact.amount and fact.amount.text) == ("Acme-acquired-Beta", Status.IN_TALKS, "10")
    assert [article.id for article in then.articles] == ["a"]
    assert [entity.id for entity in then.entities] == ["Acme", "Beta"]


def test_what_changed_between_two_graphs_comes_with_the_words(story: Any) -> None:
    now = story.knowledge()
    then = as_of(now, dt.date(2025, 6, 1), derive=story.derive)
    changes = {change.fact: change for change in difference(then, now)}
    assert {name: change.kind for name, change in changes.items()} == {
        "Acme-acquired-Beta": "changed",
        "Acme-competesWith-Delta": "gained",
        "Gamma-sued-Acme": "gained",
    }
    assert changes["Acme-acquired-Beta"].fields == ("status", "amount")
    assert changes["Acme-acquired-Beta"].quotes == (("b", "agreed to buy Beta"),)
    assert [change.kind for change in difference(now, then)] == ["changed", "lost", "lost"]
    assert difference(now, now) == ()


def test_only_what_is_confirmed(story: Any) -> None:
    story.tell("d", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    confirmed = with_status(story.knowledge(), [Status.COMPLETED])
    assert [fact.id for fact in confirmed.facts] == ["Acme-competesWith-Delta", "Ada-holdsRole-Acme", "Gamma-sued-Acme"]
    assert with_status(Knowledge(), [Status.COMPLETED]) == Knowledge()


def test_a_fact_that_goes_on_under_another_name_is_renamed(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("a", "Acme", "sued", "Gamma", status="completed")
    old = newsroom.knowledge()
    (bought, *rest) = old.facts
    renamed = replace(bought, id=FactId("Acme_Holding-acquired-Beta"), subject=EntityId("Acme_Holding"))
    (change,) = difference(old, replace(old, facts=(renamed, *rest)))
    assert (change.kind, change.fact, change.fields) == ("renamed", renamed.id, ("subject",))
    assert (change.before, change.after, change.quotes) == (bought, renamed, ())
