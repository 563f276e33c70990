"""What the stored questions answer where sources tell much: in which order, and what they leave out."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgraph import graph
from kgraph.ontology import Ontology, directory
from kgraph.settings import Settings

Ask = Callable[..., list[dict[str, str]]]


@pytest.fixture
def ask(newsroom: Any, tmp_path: Path, settings: Settings, ontology: Ontology) -> Ask:
    """Asks a stored question of what the newsroom has told."""

    def asked(query: str, **values: str) -> list[dict[str, str]]:
        store = graph.open_store(tmp_path / "graph.trig", settings)
        graph.save(store, newsroom.knowledge(), settings, ontology)
        return store.query(graph.bind(graph.stored_query(query), values)).rows or []

    return asked


def test_leaders_are_those_of_today_then_those_to_come_then_those_of_old(newsroom: Any, ask: Ask) -> None:
    newsroom.tell("a@2005-03-01", "person:Old", "holdsRole", "Acme", status="former", role="CEO", when="2004")
    newsroom.tell("a@2005-03-01", "person:Able", "holdsRole", "Acme", status="current", role="CEO")
    newsroom.tell("b@2009-03-01", "person:Now", "holdsRole", "Acme", status="current", role="chairman")
    newsroom.tell("undated", "person:Now", "holdsRole", "Acme", status="current", role="chairman")
    newsroom.tell("c@2009-04-01", "person:Next", "holdsRole", "Acme", status="incoming", role="CEO")
    assert [(row["person"], row.get("when", ""), row["told"]) for row in ask("leaders", thing="acme")] == [
        ("Now", "", "2009-03-01"),
        ("Able", "", "2005-03-01"),
        ("Next", "", "2009-04-01"),
        ("Old", "2004", "2005-03-01"),
    ]


def test_leaders_hold_the_offices_that_run_a_firm(newsroom: Any, ask: Ask) -> None:
    tables = tomllib.loads((directory() / "roles.toml").read_text(encoding="utf-8"))
    runs = {role for name, table in tables.items() for role in table["names"] if name not in ("spokesperson", "vice president")}
    runs |= {"Group CEO", "acting president", "executive chairman", "managing director", "chief legal officer", "co-founder"}
    others = {role for name in ("spokesperson", "vice president") for role in tables[name]["names"]}
    others |= {"lawyer", "global supply manager", "Senior Vice President", "deputy chairman", "director of marketing", "head of research"}
    others |= {"analyst", "chief economist", "press secretary", "adviser to the CEO", "general manager of investor relations"}
    for number, role in enumerate(sorted(runs | others)):
        newsroom.tell("a", f"person:P{number}", "holdsRole", "Acme", status="current", role=role)
    assert {row["role"] for row in ask("leaders", thing="Acme")} == runs


def test_figures_go_by_their_periods_and_those_of_unknown_times_come_last(newsroom: Any, ask: Ask, figure: Any) -> None:
    for value, period in (("100", None), ("4", "2007"), ("3", "2006-34"), ("2", "2006-02"), ("5", "2006-11")):
        newsroom.tell(f"a{value}", "Acme", "hasRevenue", figure(value), period=period)
    assert [row.get("period", "") for row in ask("figures", thing="Acme")] == ["2006-02", "2006-34", "2006-11", "2007", ""]


def test_investors_come_with_what_is_told_at_each_stage(newsroom: Any, ask: Ask, figure: Any) -> None:
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="planned", amount=figure("9"))
    newsroom.tell("b", "Acme", "investedIn", "Beta", status="completed", amount=figure("2"))
    newsroom.tell("c", "Acme", "investedIn", "Beta", status="completed", when="2025-03")
    newsroom.tell("d", "Acme", "investedIn", "Beta", status="completed", amount=figure("2"))
    newsroom.tell("e", "Acme", "investedIn", "Beta", status="completed")
    newsroom.tell("d", "Gamma", "investedIn", "Beta", status="rumoured")
    assert [
        (row["investor"], row["status"], row["amount"][:2], row["when"], row["articles"]) for row in ask("investors", thing="Beta")
    ] == [
        ("Acme", "planned", "$9", "", "1"),
        ("Acme", "completed", "", "2025-03", "1"),
        ("Acme", "completed", "$2", "", "2"),
        ("Gamma", "rumoured", "", "", "1"),
    ]


def test_denials_are_claims_with_their_words(newsroom: Any, ask: Ask) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="denied", said_by="Acme")
    newsroom.tell("b", "Acme", "acquired", "Beta", status="planned")
    rows = ask("denials")
    assert [(row["subject"], row["predicate"], row["object"], row["said_by"]) for row in rows] == [("Acme", "acquired", "Beta", "Acme")]
    assert rows[0]["quote"]


@pytest.mark.parametrize(("least", "found"), [("3e9", ["5", "3"]), ("4e9", ["5"]), ("6e9", [])])
def test_deals_are_sums_of_facts_and_facts_that_are_sums(newsroom: Any, ask: Ask, figure: Any, least: str, found: list[str]) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed", amount=figure("3"))
    newsroom.tell("a", "Acme", "hasRevenue", figure("5"), period="2024")
    rows = ask("deals", least=least)
    assert [row["amount"][1:2] for row in rows] == found
    assert [row["object"] for row in rows] == [{"5": "", "3": "Beta"}[amount] for amount in found]


def test_a_timeline_has_what_is_undated_at_its_end(newsroom: Any, ask: Ask) -> None:
    newsroom.tell("a", "Acme", "competesWith", "Beta")
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed", when="2006-33")
    newsroom.tell("a", "Acme", "acquired", "Gamma", status="completed", when="2006-02")
    assert [(row["date"], row["object"]) for row in ask("timeline", thing="Acme")] == [
        ("2006-33", "Beta"),
        ("2006-02", "Gamma"),
        ("", "Beta"),
    ]


def test_a_recruit_comes_with_the_office_that_others_say_he_holds(newsroom: Any, ask: Ask) -> None:
    newsroom.tell("a", "Acme", "hired", "person:Ada", status="planned", role="CEO")
    newsroom.tell("b", "person:Ada", "holdsRole", "Acme", status="current", role="chief executive")
    newsroom.tell("a", "person:Bob", "holdsRole", "Acme", status="incoming", role="chair")
    newsroom.tell("a", "person:Bob", "worksFor", "Beta")
    assert [(row["person"], row["status"], row.get("holds", ""), row.get("from", "")) for row in ask("recruits", thing="Acme")] == [
        ("Ada", "planned", "chief executive", ""),
        ("Bob", "incoming", "", "Beta"),
    ]
