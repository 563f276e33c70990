"""What a picture has room for, where its boxes stand, and how far its line of days reaches."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from kgraph.analysis import disagreements
from kgraph.export import View, choose, picture
from kgraph.export.disputes import Dispute, disputes
from kgraph.export.pictures.day_axis import day_scale
from kgraph.export.placement.arrangement import arrange


def words_of(svg: bytes) -> str:
    """Every text of a picture, a line each."""
    return ET.fromstring(svg).findtext("{http://www.w3.org/2000/svg}desc") or ""  # noqa: S314 - our own bytes


@pytest.fixture
def circle_and_pairs(newsroom):
    """Four firms that all deal with each other, and pairs of which more is told."""
    firms = ("Acme", "Beta", "Cust", "Delta")
    for one in firms:
        for other in firms:
            if one < other:
                newsroom.tell("a", one, "investedIn", other, status="completed")
    for number in range(5):
        for article in "bcdefgh":
            newsroom.tell(article, f"Owner {number}", "acquired", f"Firm {number}", status="completed")
    return newsroom.knowledge()


def test_a_small_picture_is_one_piece_with_all_its_relations(newsroom, words):
    for number in range(8):
        newsroom.tell("a", "Hub", "suppliesTo", f"Customer {number}")
    for one, other in (("Customer 6", "Customer 7"), ("Customer 5", "Customer 7")):
        newsroom.tell("a", one, "competesWith", other)
    scene = choose(newsroom.knowledge(), words, View(top=4))
    assert {entity.label for entity in scene.entities} == {"Hub", "Customer 5", "Customer 6", "Customer 7"}
    assert len(scene.edges) == 5


def test_what_hangs_together_comes_before_many_pairs(circle_and_pairs, words):
    scene = choose(circle_and_pairs, words, View(top=6), scores={entity.id: 1.0 for entity in circle_and_pairs.entities})
    assert {"Acme", "Beta", "Cust", "Delta"} < {entity.label for entity in scene.entities}
    assert len(scene.entities) == 6
    assert len(scene.edges) == 7


def test_nothing_is_left_alone_that_has_a_neighbour(circle_and_pairs, words):
    scene = choose(circle_and_pairs, words, View(top=5), scores={entity.id: 1.0 for entity in circle_and_pairs.entities})
    assert {end for edge in scene.edges for end in (edge.source, edge.target)} == {entity.id for entity in scene.entities}


def test_around_a_focus_only_what_lies_around_it_is_missing(newsroom, words):
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="completed")
    newsroom.tell("a", "Acme", "investedIn", "Cust", status="completed")
    newsroom.tell("a", "Far", "investedIn", "Away", status="completed")
    assert choose(newsroom.knowledge(), words, View(focus="Acme", top=2)).facts_left_out == 1


def test_boxes_of_all_parts_stand_apart():
    sizes = np.full((30, 2), (60.0, 20.0))
    ends = np.array([(number, number + 10, number + 20) for number in range(10)])
    spots = arrange(sizes, ends)
    apart = np.abs(spots[:, None] - spots[None]) >= sizes[0]
    assert apart.any(axis=-1)[~np.eye(30, dtype=bool)].all()
    assert len(arrange(np.zeros((0, 2)), np.zeros((0, 3), dtype=np.intp))) == 0


def days(*texts: str) -> list[tuple[dt.date, dt.date]]:
    return [(day, day) for day in map(dt.date.fromisoformat, texts)]


def test_a_line_of_days_leaves_out_the_years_before_everything():
    scale = day_scale(days("1950-01-01", *(f"2024-{month:02}-01" for month in range(1, 13))), 0.0, 800.0)
    assert len(scale.breaks) == 1
    assert scale.at(dt.date(1950, 1, 1)) == 0.0
    assert scale.at(dt.date(2024, 1, 1)) < 200.0 < scale.at(dt.date(2024, 6, 1)) < scale.at(dt.date(2024, 12, 1)) == pytest.approx(800.0)
    assert "1 Jan 1950" in {words for _, words in scale.ticks()}


@pytest.mark.parametrize(
    "texts", [("2024-01-01",), ("2024-01-01", "2024-09-01", "2024-09-02"), ("2024-01-01", "2024-03-01", "2024-05-01", "2024-07-01")]
)
def test_an_even_line_has_no_break(texts):
    assert day_scale(days(*texts), 0.0, 800.0).breaks == ()


@pytest.mark.parametrize(
    ("texts", "ticks"),
    [(("2025-04-03",), ["3 Apr 2025"]), (("2024-12-30", "2025-01-02"), ["30 Dec 2024", "31 Dec", "1 Jan 2025", "2 Jan"])],
)
def test_days_name_their_year_once(texts, ticks):
    assert [words for _, words in day_scale(days(*texts), 0.0, 800.0).ticks()] == ticks


def test_events_without_a_day_are_counted(newsroom, words):
    newsroom.tell("a@2025-03-03", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("b", "Cust", "acquired", "Delta", status="completed")
    assert "1 undated not shown" in words_of(picture(newsroom.knowledge(), words, kind="timeline"))


def test_a_thing_in_two_groups_of_owners_refers_to_the_first(newsroom, words):
    for number in range(6):
        newsroom.tell("a", f"Parent {number}", "acquired", f"Parent {number + 1}", status="completed")
    drawn = words_of(picture(newsroom.knowledge(), words, kind="ownership")).splitlines()
    named = [line for line in drawn if line.startswith("Parent")]
    referring = {line.removesuffix(" (see above)") for line in named if line.endswith(" (see above)")}
    assert referring
    assert referring < {line for line in named if not line.endswith(" (see above)")}


def test_a_thing_that_owns_its_owner_stands_in_its_group_again(newsroom, words):
    newsroom.tell("a", "Acme", "ownsStakeIn", "Beta")
    newsroom.tell("a", "Beta", "ownsStakeIn", "Acme")
    drawn = words_of(picture(newsroom.knowledge(), words, kind="ownership"))
    assert "(again)" in drawn
    assert "(see above)" not in drawn


@pytest.mark.parametrize(("second", "kind"), [("a", Dispute.ONE_ARTICLE), ("b", Dispute.SOURCES)])
def test_a_mark_says_who_differs(newsroom, figure, words, second, kind):
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed", amount=figure("2"))
    newsroom.tell("a", "Acme", "acquired", "Beta", status="inTalks")
    if second == "b":
        newsroom.tell("b", "Acme", "acquired", "Beta", status="completed", amount=figure("5"))
    known = newsroom.knowledge()
    known = replace(known, disagreements=disagreements(known, words))
    assert set(disputes(known).values()) == {kind}
    assert kind in words_of(picture(known, words)).splitlines()


def test_of_figures_of_unknown_periods_one_is_shown(newsroom, figure, words):
    newsroom.tell("a", "Acme", "suppliesTo", "Beta")
    newsroom.tell("a", "Acme", "hasProfit", figure("2"))
    newsroom.tell("a", "Acme", "hasLoss", figure("3"))
    newsroom.tell("a", "Beta", "hasProfit", figure("2"), period="2023")
    newsroom.tell("a", "Beta", "hasLoss", figure("3"), period="2024")
    drawn = words_of(picture(newsroom.knowledge(), words)).splitlines()
    assert ("profit $2bn" in drawn) != ("loss $3bn" in drawn)
    assert any("profit $2bn, 2023" in line and "loss $3bn, 2024" in line for line in drawn)
