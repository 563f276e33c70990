"""What a view asks for is shown by every kind of picture, or refused."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from matplotlib.image import imread

from kgraph.analysis import disagreements
from kgraph.errors import GraphError
from kgraph.export import View, picture
from kgraph.model import Knowledge, Status

DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def words_of(svg: bytes) -> str:
    """Every text of a picture, a line each."""
    return ET.fromstring(svg).findtext("{http://www.w3.org/2000/svg}desc") or ""  # noqa: S314 - our own bytes


def page_of(html: bytes) -> dict:
    (found,) = DATA.findall(html.decode())
    return json.loads(found)


def labels_of(html: bytes) -> set[str]:
    return {entity["label"] for entity in page_of(html)["entities"]}


def test_the_page_shows_what_the_view_asks_for(deal, ontology):
    around = picture(deal, ontology, form="html", view=View(focus="Nvidia", hops=1))
    assert labels_of(around) == {"Nvidia", "Scale AI"}
    assert {article["id"] for article in page_of(around)["articles"]} == {"a2", "a3"}
    bought = page_of(picture(deal, ontology, form="html", view=View(predicates=frozenset({"acquired"}))))
    assert {fact["predicate"] for fact in bought["facts"]} == {"acquired"}
    assert {entity["label"] for entity in bought["entities"]} == {"Meta", "WhatsApp", "Instagram", "OpenAI", "Scale AI"}
    assert bought["disagreements"] == []
    assert len(labels_of(picture(deal, ontology, form="html", view=View(top=3)))) == 3
    assert labels_of(picture(deal, ontology, form="html", view=View(only=frozenset({"Meta", "Llama_4"})))) == {"Meta", "Llama 4"}


def test_the_page_takes_a_theme_or_follows_the_reader(deal, ontology):
    follows, dark, light = (picture(deal, ontology, form="html", theme=theme).decode() for theme in (None, "dark", "light"))
    assert "(prefers-color-scheme: dark) {" in follows
    assert "@media all {" in dark
    assert "@media not all {" in light
    assert '<meta name="color-scheme" content="dark">' in dark


@pytest.mark.parametrize(
    ("kind", "view", "shown", "hidden"),
    [
        ("network", View(focus="Nvidia", hops=1), "Scale AI", "WhatsApp"),
        ("network", View(predicates=frozenset({"acquired"})), "WhatsApp", "Nvidia"),
        ("network", View(only=frozenset({"Meta", "WhatsApp"})), "WhatsApp", "Instagram"),
        ("timeline", View(focus="WhatsApp"), "WhatsApp", "Instagram"),
        ("timeline", View(predicates=frozenset({"hired"})), "Alexandr Wang", "WhatsApp"),
        ("timeline", View(only=frozenset({"Meta", "WhatsApp"})), "WhatsApp", "Instagram"),
        ("timeline", View(top=1), "Scale AI", "WhatsApp"),
        ("timeline", View(statuses=frozenset({Status.COMPLETED})), "WhatsApp", "OpenAI"),
        ("ranges", View(focus="Meta"), "invests", "No source differs"),
        ("ranges", View(focus="WhatsApp"), "No source differs", "invests"),
        ("ranges", View(predicates=frozenset({"acquired"})), "No source differs", "invests"),
        ("ranges", View(only=frozenset({"Meta"})), "No source differs", "invests"),
        ("ownership", View(focus="WhatsApp"), "Meta", "Nvidia"),
        ("ownership", View(focus="WhatsApp", hops=1), "Meta", "Instagram"),
        ("ownership", View(predicates=frozenset({"acquired"})), "WhatsApp", "Nvidia"),
        ("ownership", View(only=frozenset({"Meta", "WhatsApp"})), "WhatsApp", "Instagram"),
    ],
)
def test_every_picture_shows_just_that_part(deal, ontology, kind, view, shown, hidden):
    words = words_of(picture(deal, ontology, kind=kind, view=view))
    assert shown in words
    assert hidden not in words


@pytest.mark.parametrize(
    ("asked", "cause"),
    [
        ({"view": View(predicates=frozenset({"nonsense"})), "form": "html"}, "nonsense: no such relation; known are acquired, "),
        ({"view": View(focus="Meta", hops=2), "kind": "timeline"}, "hops: timeline shows what concerns the focus itself"),
        ({"view": View(hops=2)}, "hops: they count from a focus, and none is given"),
        ({"view": View(predicates=frozenset({"hired"})), "kind": "ownership"}, "hired: no relation of owners; those are acquired, "),
        ({"kind": "pie"}, "pie: no such kind of picture; known are network, timeline, ranges, ownership"),
        ({"form": "gif"}, "gif: no such picture; known are svg, png, pdf, and html for the network"),
        ({"form": "html", "kind": "ranges"}, "html: no such picture"),
        ({"theme": "sepia"}, "sepia: no such theme; known are light, dark"),
    ],
)
def test_what_a_picture_cannot_do_is_refused(deal, ontology, asked, cause):
    with pytest.raises(GraphError, match=re.escape(cause)):
        picture(deal, ontology, **asked)


def test_a_picture_counts_the_articles_that_it_shows(deal, ontology):
    assert "Source: 4 articles" in words_of(picture(deal, ontology))
    assert "Source: 1 article;" in words_of(
        picture(deal, ontology, view=View(focus="Nvidia", hops=1, predicates=frozenset({"investedIn"}), top=2))
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("network", "Nothing to draw: no relation between two things"),
        ("timeline", "No event that has a day"),
        ("ranges", "No source differs from another on an amount"),
        ("ownership", "No owner and no holding is reported"),
    ],
)
def test_an_empty_picture_says_that_there_is_nothing_to_draw(ontology, kind, said):
    assert said in words_of(picture(Knowledge(), ontology, kind=kind, title="A title of one's own"))


def test_the_page_of_an_empty_graph_says_so(ontology):
    assert page_of(picture(Knowledge(), ontology, form="html"))["entities"] == []


def test_each_stage_stands_on_its_day_with_the_sum_told_then(newsroom, figure, words):
    newsroom.tell("a@2025-03-03", "Acme", "acquired", "Beta", status="inTalks", amount=figure("about 2"))
    newsroom.tell("b@2025-04-15", "Acme", "acquired", "Beta", status="announced", amount=figure("24"), when="2025-04-14")
    newsroom.tell("c@2025-09-22", "Acme", "acquired", "Beta", status="completed", amount=figure("25"), when="2025-09-21")
    newsroom.tell("c@2025-09-22", "Acme", "acquired", "Beta", status="announced")
    newsroom.tell("d@2025-09-30", "Acme", "acquired", "Beta", status="inTalks")
    drawn = words_of(picture(newsroom.knowledge(), words, kind="timeline"))
    lines = [line for line in drawn.splitlines() if line.startswith(("Acme", "3 Mar", "14 Apr", "21 Sep", "1 event"))]
    assert lines == [
        "1 event in 3 stages; hollow: no date in the text, so the day of the article",
        "3 Mar 2025",
        "Acme acquires Beta, ~$2bn, in talks",
        "14 Apr 2025",
        "Acme acquires Beta, $24bn, announced",
        "21 Sep 2025",
        "Acme acquires Beta, $25bn, completed",
    ]


def test_what_is_only_looked_back_on_is_no_stage(newsroom, words):
    newsroom.tell("a@2025-03-03", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("b@2025-03-04", "Acme", "acquired", "Beta", status="announced")
    drawn = words_of(picture(newsroom.knowledge(), words, kind="timeline"))
    assert "1 event; hollow" in drawn
    assert "announced" not in drawn


@pytest.fixture
def holdings(newsroom) -> Knowledge:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("a", "Fund", "ownsStakeIn", "Acme")
    newsroom.tell("a", "Gamma", "acquired", "Delta", status="announced")
    newsroom.tell("a", "Loser", "acquired", "Beta", status="terminated")
    newsroom.tell("a", "Dreamer", "acquired", "Gamma", status="rumoured")
    return newsroom.knowledge()


def test_long_words_of_an_owner_take_two_lines(newsroom, figure, words):
    owner = "Association of Independent Harbour and Railway Workers"
    newsroom.tell("a", owner, "investedIn", "Beta", status="announced", amount=figure("about 15"), stake=figure("nearly 50", "share"))
    newsroom.tell("a", "Gamma", "investedIn", "Beta", status="completed")
    drawn = words_of(picture(newsroom.knowledge(), words, kind="ownership"))
    assert owner in drawn
    assert "invests ~$15bn for nearly 50%, announced" in drawn


def test_every_group_of_owners_is_drawn_and_no_failed_bid(holdings, words):
    drawn = words_of(picture(holdings, words, kind="ownership"))
    assert all(name in drawn for name in ("Fund", "Acme", "Beta", "Gamma", "Delta"))
    assert "Loser" not in drawn
    assert "Dreamer" not in drawn
    assert "not shown: 2 rumoured, planned or called off" in drawn
    assert {"done", "announced", "acquisition, announced"} < set(drawn.splitlines())


def test_owners_and_holdings_are_called_what_they_are_to_each_other(newsroom, figure, words):
    newsroom.tell("a", "Unit", "subsidiaryOf", "Parent")
    newsroom.tell("a", "Fund", "ownsStakeIn", "Unit", stake=figure("30", "share"))
    newsroom.tell("a", "Unit", "acquired", "Small", status="completed", amount=figure("2"))
    drawn = words_of(picture(newsroom.knowledge(), words, kind="ownership")).splitlines()
    assert drawn[drawn.index("Parent") + 1] == "owns"
    assert drawn[drawn.index("Fund") + 1] == "owns 30%"
    assert drawn[drawn.index("Small") + 1] == "acquisition $2bn"


@pytest.fixture
def giants(newsroom, figure, words):
    """Names that are long, unbroken or written from right to left, and sums below nothing."""
    long = "Consolidated International Infrastructure and Telecommunications Development Corporation"
    unbroken, hebrew = "Przedsiebiorstwobudowlanoinzynieryjne" * 3, "\u05d7\u05d1\u05e8\u05ea \u05e4\u05d9\u05ea\u05d5\u05d7 " * 6
    for article, sum_ in (("a@2025-03-03", "-10"), ("b@2025-03-04", "-15")):
        newsroom.tell(article, long, "acquired", hebrew.strip(), status="completed", amount=figure(sum_), publisher=long)
    newsroom.tell("b@2025-03-04", unbroken, "acquired", long, status="announced")
    known = newsroom.knowledge()
    return replace(known, disagreements=disagreements(known, words))


@pytest.mark.parametrize("kind", ["network", "timeline", "ranges", "ownership"])
def test_nothing_runs_off_the_page(giants, words, kind):
    pixels = imread(io.BytesIO(picture(giants, words, kind=kind, form="png")))
    edge = np.concatenate(
        [pixels[:30].reshape(-1, 4), pixels[-20:].reshape(-1, 4), pixels[:, :20].reshape(-1, 4), pixels[:, -20:].reshape(-1, 4)]
    )
    assert (edge == edge[0]).all()
    assert (pixels != edge[0]).any()


def test_a_long_name_leaves_room_for_what_is_said_of_it(giants, words):
    for kind in ("timeline", "ranges"):
        (said,) = {
            line
            for line in words_of(picture(giants, words, kind=kind)).splitlines()
            if line.startswith("Consolidated") and "\u05d7" in line
        }
        assert "acquires" in said


def test_a_screen_reader_takes_a_picture_for_one_image_with_a_name(deal, ontology):
    root = ET.fromstring(picture(deal, ontology, title='Who "pays" whom'))  # noqa: S314 - our own bytes
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Who "pays" whom')


def test_an_arrow_tells_only_the_furthest_stage_and_a_name_one_figure_of_a_kind(newsroom, figure, words):
    newsroom.tell("a", "Acme", "hired", "person:Ada", status="planned", when="2021")
    newsroom.tell("b", "Acme", "hired", "person:Ada", status="completed", when="2025")
    newsroom.tell("b", "Acme", "sued", "person:Ada", status="completed")
    newsroom.tell("a", "Acme", "hasRevenue", figure("2"), period="2023")
    newsroom.tell("a", "Acme", "hasRevenue", figure("3"), period="2024")
    drawn = words_of(picture(newsroom.knowledge(), words, kind="network")).splitlines()
    assert {"hires sues", "revenue $3bn, 2024"} < set(drawn)
    assert not any("planned" in line or "$2bn" in line for line in drawn)


def test_groups_of_owners_beyond_the_most_are_counted(newsroom, words):
    for number in range(4):
        newsroom.tell("a", f"Owner {number}", "acquired", f"Firm {number}", status="completed")
    newsroom.tell("a", "Other", "ownsStakeIn", "Firm 2")
    drawn = words_of(picture(newsroom.knowledge(), words, kind="ownership", view=View(top=2)))
    assert "not shown: 2 smaller groups" in drawn
    assert "Other" in drawn
    assert "Owner 0" not in drawn


def test_what_one_tree_has_no_room_for_is_a_group_of_its_own_or_counted_as_one(newsroom, words):
    for number in range(12):
        newsroom.tell("a", f"Firm {number:02}", "acquired", f"Firm {number + 1:02}", status="completed")
    known = newsroom.knowledge()
    drawn = words_of(picture(known, words, kind="ownership", view=View(top=1)))
    assert "not shown: 1 smaller group" in drawn
    assert "Firm 07" not in drawn
    drawn = words_of(picture(known, words, kind="ownership"))
    assert "not shown" not in drawn
    assert all(f"Firm {number:02}" in drawn for number in range(13))


def test_a_sum_in_another_currency_stands_on_no_axis(newsroom, figure, words):
    newsroom.tell("a@2025-03-03", "Acme", "acquired", "Beta", status="completed", amount=figure("2"))
    newsroom.tell("b@2025-03-04", "Acme", "acquired", "Beta", status="completed", amount=figure("3"))
    newsroom.tell("c@2025-03-05", "Acme", "acquired", "Beta", status="completed", amount=figure("90", "NOK"))
    known = newsroom.knowledge()
    known = replace(known, disagreements=disagreements(known, words))
    drawn = words_of(picture(known, words, kind="ranges")).splitlines()
    assert drawn.count("in another currency") == 1
    assert "NOK 90bn" in drawn
    assert not any(line.endswith("0bn") for line in drawn if line.startswith("$"))
