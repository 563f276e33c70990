"""Pictures say what the graph says, in the same bytes each time, without labels on top of each other."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from dataclasses import replace
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.errors import GraphError
from kgraph.export import View, choose, draw, notebook_html, ownership, ranges, timeline
from kgraph.export.palette import THEMES
from kgraph.export.pictures.timeline import days_of
from kgraph.export.placement.captions import captioned
from kgraph.export.placement.overlap import separate
from kgraph.export.placement.stress import place
from kgraph.model import Knowledge, Status

HOSTILE = (
    "<script>alert(1)</script>",
    "</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202egnirts\u202c",
    "🚀 Räker 株式会社",
    "$x^2$ & \\frac",
    "a\x00b",
)
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
ARROW = re.compile(r"M [^A-Za-z]*Q [^A-Za-z]*")
STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


@pytest.mark.parametrize(
    ("picture", "form"),
    [(draw, "svg"), (draw, "png"), (draw, "pdf"), (timeline, "svg"), (ranges, "svg"), (ownership, "svg")],
)
def test_every_picture_and_format_comes_the_same_twice(deal, ontology, picture, form):
    first = picture(deal, ontology, format=form, theme="dark")
    assert first.startswith(STARTS[form])
    assert first == picture(deal, ontology, format=form, theme="dark")


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, as WCAG 2 counts it: 1 to 21."""
    channels = np.array([[int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)] for colour in (one, other)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    dark, light = sorted(linear @ (0.2126, 0.7152, 0.0722) + 0.05)
    return light / dark


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_words_and_marks_stand_out_from_the_page(theme):
    assert min(contrast(colour, theme.paper) for colour in (theme.ink, theme.muted, theme.disputed)) >= 4.5
    assert min(contrast(colour, theme.paper) for colour in (theme.edge, *theme.types.values())) >= 3


@pytest.mark.parametrize("picture", [draw, timeline, ranges, ownership])
def test_nothing_to_draw_is_a_picture_too(ontology, picture):
    assert picture(Knowledge(), ontology).startswith(b"<?xml")


def points_of(*paths: ET.Element) -> np.ndarray:
    """Every point that paths of a picture name, control points too."""
    return np.array(NUMBER.findall(" ".join(path.get("d", "") for path in paths)), float).reshape(-1, 2)


def boxes_of(picture: ET.Element) -> np.ndarray:
    """The lowest and highest corners of the words of arrows, which have a box behind them, then of things, which are outlines."""
    texts = [group for group in picture.iter(f"{SVG}g") if group.get("id", "").startswith("text_")]
    found = [points_of(*text.findall(f"{SVG}path"), *text.findall(f"{SVG}g/{SVG}path")) for text in texts]
    return np.array([(points.min(axis=0), points.max(axis=0)) for points in found if len(points)])


def arrows_of(picture: ET.Element) -> list[np.ndarray]:
    """Points on each arrow between its ends."""
    steps = np.linspace(0, 1, 50)[1:-1, None]
    curves = [points_of(path) for path in picture.iter(f"{SVG}path") if ARROW.fullmatch(path.get("d", ""))]
    return [(1 - steps) ** 2 * start + 2 * steps * (1 - steps) * bend + steps**2 * end for start, bend, end in curves]


def test_no_two_texts_of_a_picture_overlap(crowd, ontology):
    low, high = boxes_of(ET.fromstring(draw(crowd(120), ontology, view=View(top=30)))).transpose(1, 0, 2)  # noqa: S314 - our own bytes
    overlap = ((low[:, None] < high[None] - 0.5) & (low[None] < high[:, None] - 0.5)).all(axis=2)
    np.fill_diagonal(overlap, val=False)
    assert len(overlap) > 60
    assert not overlap.any()


def test_no_arrow_runs_through_the_words_of_a_thing(deal, ontology):
    picture = ET.fromstring(draw(deal, ontology))  # noqa: S314 - our own bytes
    arrows = arrows_of(picture)
    things = boxes_of(picture)[len(arrows) :]
    assert (len(arrows), len(things)) == (17, 15)
    for points in arrows:
        assert not any(((points > low) & (points < high)).all(axis=1).any() for low, high in things)


PAGE = np.array([[0.0, 0.0], [300.0, 300.0]])
SHORT = np.column_stack((np.linspace(100, 160, 60), np.full(60, 150.0)))
"""An arrow of 60 points."""


@pytest.mark.parametrize(
    ("width", "things", "place"),
    [
        (30.0, [], (130, 150)),  # 15 points of the arrow are seen on either side
        (50.0, [], (130, 162)),  # above it, since either side does
        (50.0, [(130.0, 170.0)], (130, 138)),  # below it, since something stands above
        (50.0, [(130.0, 170.0), (130.0, 130.0)], (130, 150)),  # nowhere beside it
    ],
)
def test_words_that_would_hide_their_arrow_stand_beside_it(width, things, place):
    others = np.array(things).reshape(-1, 2), np.tile([40.0, 20.0], (len(things), 1))
    found = captioned(np.array([[130.0, 150.0]]), np.array([[width, 20.0]]), [SHORT], others, PAGE)
    assert found[0] == pytest.approx(place, abs=1)


def test_small_parts_stand_in_the_bays_of_a_large_one():
    large = [(0, number, 300.0) for number in range(1, 9)]
    spots = place(15, [*large, *((number, number + 1, 40.0) for number in range(9, 15, 2))], gap=40.0)
    width, height = np.ptp(spots, axis=0)
    assert (width, height) == pytest.approx(tuple(np.ptp(spots[:9], axis=0)), rel=0.1)
    apart = np.linalg.norm(spots[:9, None] - spots[None, 9:], axis=-1)
    assert apart.min() > 30


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=1, max_size=12))
@settings(deadline=None, max_examples=12)
def test_boxes_are_moved_apart_wherever_they_start(spots):
    sizes = np.tile([30.0, 10.0], (len(spots), 1))
    moved = separate(np.array(spots), sizes, gap=2.0)
    delta = np.abs(moved[:, None] - moved[None])
    overlap = (delta < sizes - 0.01).all(axis=2)
    np.fill_diagonal(overlap, val=False)
    assert not overlap.any()


def test_neighbours_stand_as_far_apart_as_their_link_is_long():
    spots = place(4, [(0, 1, 10.0), (1, 2, 10.0), (2, 3, 10.0)], gap=5.0)
    assert np.linalg.norm(np.diff(spots, axis=0), axis=1) == pytest.approx([10.0] * 3, rel=0.02)


def test_over_the_limit_a_picture_says_what_it_leaves_out(crowd, ontology):
    scene = choose(crowd(200), ontology, View(top=60))
    assert len(scene.entities) <= 60
    assert scene.entities_left_out >= 140
    assert {end for edge in scene.edges for end in (edge.source, edge.target)} == {entity.id for entity in scene.entities}


def test_a_full_page_has_no_lone_dot_and_no_empty_place(crowd, ontology):
    assert len(choose(crowd(200), ontology, View(top=60)).entities) == 60


def test_things_with_facts_but_no_relation_are_shown_on_request(deal, ontology):
    known = replace(deal, facts=tuple(fact for fact in deal.facts if fact.predicate in ("hasRevenue", "launched")))
    assert {entity.id for entity in choose(known, ontology, View()).entities} == {"Meta", "Llama_4"}
    assert {entity.id for entity in choose(known, ontology, View(lone=True)).entities} == {"Meta", "Llama_4", "Scale_AI"}


def test_focus_takes_its_neighbours_first(deal, ontology):
    scene = choose(deal, ontology, View(focus="nvidia corp", hops=1))
    assert {entity.label for entity in scene.entities} == {"Nvidia", "Scale AI"}


def test_an_unknown_focus_names_near_ones(deal, ontology):
    with pytest.raises(GraphError, match=r"'Scail AI' is not in the graph; did you mean Scale ?AI"):
        draw(deal, ontology, view=View(focus="Scail AI"))


def test_predicates_and_statuses_choose_the_edges(deal, ontology):
    view = View(predicates=frozenset({"acquired"}), statuses=frozenset({Status.COMPLETED}))
    assert {(edge.source, edge.target) for edge in choose(deal, ontology, view).edges} == {("Meta", "WhatsApp"), ("Meta", "Instagram")}


def test_disputes_and_rumours_have_lines_of_their_own(deal, ontology):
    edges = {(edge.source, edge.target): edge for edge in choose(deal, ontology, View()).edges}
    assert edges["Meta", "Scale_AI"].disputed
    assert edges["OpenAI", "Scale_AI"].rumoured
    assert edges["Google", "Meta"].symmetric
    assert not edges["Amazon", "Scale_AI"].disputed


def test_texts_of_articles_do_nothing_in_a_picture(deal, ontology):
    entities = (
        tuple(replace(entity, label=label) for entity, label in zip(deal.entities, HOSTILE, strict=False)) + deal.entities[len(HOSTILE) :]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = draw(replace(deal, entities=entities), ontology, title=HOSTILE[0])
    tree = ET.fromstring(picture)  # noqa: S314 - our own bytes
    assert not [element for element in tree.iter() if element.tag.endswith("script") or element.tag.endswith("image")]


def test_a_notebook_shows_escaped_facts(deal, ontology):
    first = replace(deal.entities[0], label=HOSTILE[0])
    page = notebook_html(replace(deal, entities=(first, *deal.entities[1:])), ontology)
    assert "<script" not in page
    assert "Meta invests in Scale AI, ~$15bn for 49%, planned" in page


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2025-06-11", dt.date(2025, 6, 11), dt.date(2025, 6, 11)),
        ("2024-02~", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2019", dt.date(2019, 1, 1), dt.date(2019, 12, 31)),
        ("2019/2020-03", dt.date(2019, 1, 1), dt.date(2020, 3, 31)),
        ("2008-33", dt.date(2008, 1, 1), dt.date(2008, 3, 31)),
        ("2010-41~", dt.date(2010, 7, 1), dt.date(2010, 12, 31)),
        ("2007-10/..", dt.date(2007, 10, 1), dt.date(2007, 10, 31)),
        ("2025-Q1", dt.date(2025, 1, 1), dt.date(2025, 3, 31)),
        ("199X", dt.date(1990, 1, 1), dt.date(1999, 12, 31)),
    ],
)
def test_dates_span_what_they_name(when, first, last):
    assert days_of(when) == (first, last)


@pytest.mark.parametrize("when", [None, "", "soon", "2025-13", "2025-02-30", "2024-33-05", "../2025-06"])
def test_what_names_no_day_spans_none(when):
    assert days_of(when) is None
