"""What callers may write, and what is refused at the door with the words that are known."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

import kgraph
from kgraph.errors import GraphError, KgraphError, QueryError, SettingsError
from kgraph.model import EntityType, Judgement, Status


@pytest.fixture
def deals(newsroom) -> kgraph.Graph:
    newsroom.tell("a@2025-03-03", "Acme", "acquired", "Beta", status="inTalks")
    newsroom.tell("b@2025-09-22", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("b@2025-09-22", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    return kgraph.Graph(newsroom.knowledge())


@pytest.mark.parametrize(
    ("ask", "cause"),
    [
        (lambda graph: graph.rank("fame"), "by must be one of pagerank, degree, "),
        (lambda graph: graph.rank(weight="gold"), "weight must be one of confidence, money, none, not 'gold'"),
        (lambda graph: graph.rank(types="Firm"), "types must be one of Organization, Person, "),
        (lambda graph: graph.rank(top=-1), "top must be a whole number of at least 1, not -1"),
        (lambda graph: graph.conflicts(verdicts="clash"), "verdicts must be one of agrees, "),
        (lambda graph: graph.conflicts(least=4), "least must be a whole number from 0 to 3, not 4"),
        (lambda graph: graph.with_status("done"), "status must be one of rumoured, inTalks, "),
        (lambda graph: graph.as_of("last year"), "until must be a day, written as 2025-06-30, not 'last year'"),
        (lambda graph: graph.as_of(None), "until must be a day, written as 2025-06-30, not None"),
        (lambda graph: graph.entity(None), "name must be a text, not None"),
        (lambda graph: graph.why(7), "what must be a text, not 7"),
        (lambda graph: graph.in_words("x"), "'x' is the id of no fact in the graph"),
        (lambda graph: graph.judge("x"), "judgements must be a Judgement, not 'x'"),
        (lambda graph: graph.split("Acme", "zzz"), "'zzz' is the id of no article in the graph"),
        (lambda graph: graph.draw(view="Acme"), "view must be a View, not 'Acme'; draw(focus='Acme')"),
        (lambda graph: graph.draw(view=kgraph.View(), focus="Acme"), "give a view, or focus, not both"),
        (lambda graph: graph.draw(statuses="done"), "statuses must be one of rumoured, "),
        (lambda graph: graph.draw(predicates=[]), "predicates must name at least one; leave it out for all"),
        (lambda graph: graph.draw(title=3), "title must be a text, not 3"),
        (lambda graph: graph.draw(["svg"]), "['svg']: no such picture"),
        (lambda graph: graph.with_status(), "statuses must name at least one; leave it out for all"),
        (lambda graph: graph.query(name="investors", values={"thing": None}), "values['thing'] must be a text, not None"),
        (lambda graph: graph.query(name="investors", values="Beta"), "values must be texts by name, such as "),
        (lambda graph: graph.query(name="investors", values=["Beta"]), "values must be texts by name, such as "),
        (lambda graph: graph.diff("x"), "old must be a Graph, not 'x'"),
        (lambda graph: graph.belief("Acme-acquired-Beta"), "fact must be a Fact, not 'Acme-acquired-Beta'"),
        (lambda graph: graph.tellings("x"), "found must be a Disagreement, not 'x'"),
        (lambda graph: graph.moments_in_words(["x"]), "moments must be a Moment, not 'x'"),
        (lambda graph: graph.accept(["x"]), "matches must be a Match, not 'x'"),
        (lambda graph: graph.merge("Acme", "Beta", 3), "why must be a text, not 3"),
        (lambda _: kgraph.build(["a.txt", 3]), "sources must be paths or addresses, not 3"),
        (lambda _: kgraph.remove("g.trig", ["a", 3]), "articles must be a text, not 3"),
        (lambda graph: graph.report("Acme", "pdf"), "pdf: no such form of a report; known are markdown, html"),
        (lambda _: kgraph.View(focus=3), "focus must be a text, not 3"),
        (lambda _: kgraph.View(top=-1), "top must be a whole number of at least 1, not -1"),
        (lambda _: kgraph.View(statuses={"done"}), "statuses must be one of rumoured, "),
    ],
)
def test_a_wrong_argument_is_one_line_that_says_what_is_known(deals, ask, cause) -> None:
    with pytest.raises((SettingsError, GraphError), match=re.escape(cause)):
        ask(deals)


@pytest.mark.parametrize("asked", [{}, {"sparql": "ASK {}", "name": "investors"}, {"sparql": "ASK {}", "values": {"thing": "Acme"}}])
def test_one_question_at_a_time(deals, asked) -> None:
    with pytest.raises(QueryError, match="give"):
        deals.query(**asked)


def test_names_are_taken_in_any_case(deals) -> None:
    assert deals.export("Turtle") == deals.export("turtle")
    assert deals.draw("SVG", kind="Timeline", theme="Dark") == deals.draw("svg", kind="timeline", theme="dark")
    assert deals.report("Acme", "HTML") == deals.report("Acme", form="html")
    assert deals.conflict_report("Markdown") == deals.conflict_report()
    assert deals.query("ASK {}").serialise("CSV") == deals.query("ASK {}").serialise("csv")
    assert kgraph.View(statuses="in talks").statuses == kgraph.View(statuses={Status.IN_TALKS}).statuses
    assert kgraph.Settings(link_from="in talks").link_from is Status.IN_TALKS


def test_one_value_does_for_several(deals) -> None:
    assert [ranked.label for ranked in deals.rank(types="Person")] == ["Ada"]
    assert deals.rank(types=EntityType.PERSON) == deals.rank(types=["person"])
    assert deals.conflicts(verdicts="value conflict") == deals.conflicts(verdicts=["valueConflict"])
    assert deals.in_words("Acme-acquired-Beta") == {"Acme-acquired-Beta": "Acme acquires Beta"}


def test_a_day_may_be_text_a_date_or_a_moment(deals) -> None:
    views = [deals.as_of(day) for day in ("2025-03-05", dt.date(2025, 3, 5), dt.datetime(2025, 3, 5, 12, tzinfo=dt.UTC))]
    assert views[0] == views[1] == views[2]
    assert [fact.status for fact in views[0].knowledge.facts] == [Status.IN_TALKS]


def test_a_picture_takes_what_it_shows_by_keywords(deals) -> None:
    view = kgraph.View(focus="Acme", top=2, predicates=frozenset({"acquired"}))
    assert deals.draw(focus="Acme", top=2, predicates="acquired") == deals.draw(view=view)
    assert b"Acme" in deals.draw("html", community="Beta")


def test_graphs_are_equal_where_they_know_the_same(deals) -> None:
    assert deals == kgraph.Graph(deals.knowledge)
    assert deals != deals.with_status("in talks") == deals.with_status(["inTalks"])
    assert deals != "a text"


def test_a_graph_in_a_folder_is_shown_without_being_read(deals, tmp_path) -> None:
    deals.save(tmp_path / "graph.kg")
    opened = kgraph.Graph.load(tmp_path / "graph.kg")
    assert repr(opened) == repr(deals) == "<Graph: 2 articles, 3 claims, 2 facts, 3 entities>"
    assert "knowledge" not in vars(opened)


@pytest.mark.parametrize("name", ["EntityType", "Fact", "Status", "View", "judge", "__version__"])
def test_what_calls_take_and_give_is_at_the_front_door(name) -> None:
    assert name in dir(kgraph)
    assert getattr(kgraph, name)


def test_a_judgement_is_taken(deals) -> None:
    merged = deals.judge(Judgement(left="Acme", right="Beta", decision="yes", by="user", why="they are"))
    assert merged.entity("Beta").id == "Acme"


@pytest.mark.parametrize(
    ("given", "cause"),
    [
        ({"batch_articles": 0}, "batch_articles must be at least 1"),
        ({"min_confidence": 2}, "min_confidence must be from 0 to 1"),
        ({"namespace": "no iri"}, "namespace must be an absolute IRI"),
        ({"link_from": "nope"}, "link_from must be one of rumoured, "),
        ({"ontology": [5]}, "ontology must name files, not 5"),
    ],
)
def test_settings_are_checked_in_python_too(given, cause) -> None:
    with pytest.raises(KgraphError, match=re.escape(cause)):
        kgraph.Settings(**given)


def test_settings_take_files_as_text_and_one_alone() -> None:
    assert kgraph.Settings(ontology="mine.ttl", catalogue=[Path("a.csv")], link_from="announced") == kgraph.Settings(
        ontology=(Path("mine.ttl"),), catalogue=(Path("a.csv"),), link_from=Status.ANNOUNCED
    )
