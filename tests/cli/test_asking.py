"""What is asked wrongly is refused in one line that helps; what is asked rightly has the form that was asked for."""

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kgraph
from kgraph.cli import app
from kgraph.errors import KgraphError


@pytest.fixture
def told(newsroom, tmp_path) -> Path:
    newsroom.tell("a", "Acme", "investedIn", "Beta Works", status="completed")
    newsroom.tell("b", "Acme", "investedIn", "Beta Works", status="announced")
    newsroom.tell("a", "Northgate", "acquired", "Veltrix", status="completed")
    newsroom.tell("a", "person:Ada Abbott", "leads", "Veltrix")
    kgraph.Graph(newsroom.knowledge()).save(tmp_path / "graph.trig")
    return tmp_path / "graph.trig"


def invoked(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (("query", "{graph}", "--name", "investors", "--set", "name=Acme"), "takes thing .*; name is unknown, thing is missing"),
        (("query", "{graph}", "--name", "investors", "--set", "sparql=Acme"), "takes thing .*; sparql is unknown, thing is missing"),
        (("query", "{graph}", "ASK {{}}", "--set", "thing=Acme"), "--set gives a value to a stored query; name one with --name"),
        (("query", "--list", "-f", "ttl"), "--list has no ttl; it has table, json, csv"),
        (("query", "{graph}", "SELECT ?s {{ ?s ?p ?o }}", "-f", "ttl"), "known are json, csv, tsv, xml"),
        (("query", "{graph}", "--name", "investors", "--set", "thing=Bet Works"), "not in the graph; did you mean Beta Works"),
        (("report", "{graph}", "Acme", "-o", "{folder}/acme.pdf"), r"acme\.pdf: a report ends in \.md or \.html"),
        (("why", "{graph}", "northgate buys veltrix"), "name it by its things .*; near it are Northgate-acquired-Veltrix"),
        (("conflicts", "{graph}", "--as-of", "yesterday"), "'yesterday' is no day; write it as 2025-06-30"),
    ],
)
def test_a_wrong_wish_is_refused_with_what_to_do(told, tmp_path, arguments, cause) -> None:
    with pytest.raises(KgraphError, match=cause):
        invoked(*(text.format(graph=told, folder=tmp_path) for text in arguments))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.trig"]


@pytest.mark.parametrize(("form", "begins"), [("tsv", "?who\n"), ("xml", "<?xml"), ("csv", "who\n"), ("json", '{\n "head"')])
def test_rows_have_every_form_that_messages_name(told, form, begins) -> None:
    done = invoked("query", told, "SELECT ?who { ?who kg:acquired ?what }", "-f", form)
    assert (done.exit_code, done.stdout[: len(begins)]) == (0, begins)


def test_a_stored_query_about_a_known_thing_may_have_no_answer(told) -> None:
    done = invoked("query", told, "--name", "investors", "--set", "thing=northgate")
    assert (done.exit_code, done.stderr) == (0, "No answers.\n")


def test_why_is_a_line_of_csv_for_each_claim(told) -> None:
    rows = list(csv.DictReader(invoked("why", told, "Acme investedIn Beta Works", "-f", "csv").stdout.splitlines()))
    assert [(row["fact"], row["article"], row["quote"]) for row in rows] == [
        ("Acme-investedIn-Beta_Works", name, f"Acme investedIn Beta Works, says {name}") for name in "ab"
    ]


def test_a_report_takes_its_form_from_the_ending(told, tmp_path) -> None:
    invoked("report", told, "Acme", "-o", tmp_path / "acme.html")
    invoked("report", told, "Acme", "-o", tmp_path / "acme.MD")
    assert (tmp_path / "acme.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "acme.MD").read_text(encoding="utf-8").startswith("# Acme")
