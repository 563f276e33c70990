"""What commands print and write: whole or not at all, raw for programs, short for people."""

import csv
import io
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import kgraph
from kgraph.cli import app
from kgraph.cli.output import Format, show
from kgraph.errors import GraphError, QueryError


@pytest.fixture
def told(newsroom, tmp_path) -> Path:
    """A circle of dealings, and a hub that has no score of a circle."""
    for _ in range(5):
        newsroom.tell("a", "Acme", "investedIn", "Sup", status="completed")
    newsroom.tell("b", "Sup", "suppliesTo", "Cust")
    newsroom.tell("c", "Cust", "competesWith", "Acme")
    newsroom.tell("d", "Acme", "suppliesTo", "Cust")
    newsroom.tell("d", "=Northgate Capital Partners", "investedIn", "Sup", status="completed")
    newsroom.tell("e", "Sup", "investedIn", "Acme", status="completed")
    kgraph.Graph(newsroom.knowledge()).save(tmp_path / "graph.trig")
    return tmp_path / "graph.trig"


def invoked(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def run(*arguments: object) -> str:
    done = invoked(*arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "{graph}", "-o", "{blocked}/graph.ttl"),
        ("draw", "{graph}", "-o", "{blocked}/graph.svg"),
        ("report", "{graph}", "Acme", "-o", "{blocked}/acme.md"),
        ("conflicts", "{graph}", "-f", "html", "-o", "{blocked}/conflicts.html"),
    ],
)
def test_a_file_that_cannot_be_written_is_named_with_the_cause(told, tmp_path, arguments) -> None:
    (tmp_path / "blocked").touch()
    with pytest.raises(GraphError, match=r"blocked/\w+\.\w+: cannot be written: "):
        invoked(*(text.format(graph=told, blocked=tmp_path / "blocked") for text in arguments))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_behind_standard_output_is_one_line_and_exit_code_1(told) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "kgraph", "entities", told]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, f"error: standard output: cannot be written: {os.strerror(28)}\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("arguments", [("export", "-f", "facts"), ("interests", "-f", "json"), ("rank", "-f", "csv")])
def test_whatever_a_full_disk_does_not_take_is_told(told, monkeypatch, arguments) -> None:
    command, *rest = arguments
    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr(sys, "stdout", open(full, "w", closefd=False))  # noqa: SIM115 - what it holds is never written
    with pytest.raises(GraphError, match="standard output: cannot be written: "):
        app([command, str(told), *rest], standalone_mode=False)
    os.dup2(os.open(os.devnull, os.O_WRONLY), full)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_is_no_file_is_written_to_and_not_replaced(told, tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE, text=True)
    run("export", told, "-f", "facts", "-o", tmp_path / "pipe")
    assert reader.communicate(timeout=30)[0].startswith("fact,subject,")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


class Terminal(io.StringIO):
    """What is shown on a terminal, without its colours."""

    def isatty(self) -> bool:
        return True

    def words(self) -> str:
        return " ".join(re.sub(r"\x1b\[[\d;]*m", "", self.getvalue()).split())


def test_what_is_no_text_is_not_shown_on_a_terminal(told, monkeypatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(sys, "stdout", Terminal())
    with pytest.raises(GraphError, match="this is no text that a terminal can show; name a file with --output"):
        app(["export", str(told), "-f", "facts-parquet"], standalone_mode=False)
    assert sys.stdout.words() == ""


@pytest.mark.parametrize(
    ("columns", "shown"),
    [(100, "Acme Organization Acme 4 Cust Organization Cust 3"), (30, "id Acme type Organization names Acme articles 4")],
)
def test_a_table_too_wide_for_the_terminal_is_shown_record_by_record(told, monkeypatch, columns, shown) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys, "stdout", Terminal())
    app(["entities", str(told)], standalone_mode=False)
    assert shown in sys.stdout.words()


def test_letters_that_take_two_cells_count_twice(monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "stdout", Terminal())
    show([{"name": "株式会社日立製作所", "also": "東京三菱銀行", "short": "日立日立"}], Format.TABLE)
    assert sys.stdout.words().startswith("name 株式会社日立製作所 also")


def test_a_reader_that_has_seen_enough_is_no_error(told) -> None:
    asked = [sys.executable, "-m", "kgraph", "export", told, "-f", "claims"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as done:
        assert done.stdout is not None
        done.stdout.close()
        assert done.stderr is not None
        assert done.stderr.read() == ""
    assert done.returncode == 0


def test_csv_has_the_columns_of_all_rows(told) -> None:
    found = json.loads(run("interests", told, "-f", "json"))
    keys = {key for interest in found for key in interest}
    assert len({frozenset(interest) for interest in found}) > 1  # only some have the scores of a circle
    rows = list(csv.DictReader(run("interests", told, "-f", "csv").splitlines()))
    assert set(rows[0]) == keys
    assert [{key for key in row if row[key]} for row in rows] == [
        {key for key in found[n] if found[n][key] != []} for n in range(len(rows))
    ]


def test_csv_is_raw_for_programs_and_safe_for_spreadsheets(told) -> None:
    ranks = json.loads(run("rank", told, "-f", "json"))
    rows = list(csv.DictReader(run("rank", told, "-f", "csv").splitlines()))
    assert [float(row["pagerank"]) for row in rows] == [rank["pagerank"] for rank in ranks]
    assert {row["name"] for row in rows} == {"Acme", "Sup", "Cust", "'=Northgate Capital Partners"}


def test_csv_has_no_thousands_separators(newsroom, figure, tmp_path) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed", amount=figure("10"))
    kgraph.Graph(newsroom.knowledge()).save(tmp_path / "graph.trig")
    (row, *_) = csv.DictReader(run("rank", tmp_path / "graph.trig", "--by", "outStrength", "--weight", "money", "-f", "csv").splitlines())
    assert float(row["outStrength"]) == 1e10


def test_a_table_in_a_pipe_is_as_wide_as_its_rows(told) -> None:
    assert "=Northgate_Capital_Partners  " in run("entities", told)


def test_a_line_in_a_pipe_ends_with_its_last_word(told) -> None:
    lines = run("rank", told).splitlines()
    assert lines == [line.rstrip() for line in lines]


def test_both_graphs_of_a_difference_are_read_with_the_settings(newsroom, tmp_path) -> None:
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="completed")
    mine = kgraph.Settings(namespace="https://example.org/id/")
    (tmp_path / "kgraph.toml").write_text('namespace = "https://example.org/id/"\n', encoding="utf-8")
    kgraph.Graph(newsroom.knowledge(), settings=mine).save(tmp_path / "graph.trig")
    done = invoked("diff", tmp_path / "graph.trig", tmp_path / "graph.trig", "--config", tmp_path / "kgraph.toml")
    assert (done.stdout, done.stderr) == ("", "The graphs state the same facts.\n")


def test_a_timeline_is_a_day_a_deed_and_its_words(newsroom, tmp_path) -> None:
    newsroom.tell("a@2025-03-03", "Acme", "acquired", "Beta", status="inTalks", quote="Acme in talks to buy Beta")
    kgraph.Graph(newsroom.knowledge()).save(tmp_path / "graph.trig")
    lines = [line.split() for line in run("timeline", tmp_path / "graph.trig", "Acme").splitlines()]
    assert lines == [["2025-03-03", "Acme", "acquires", "Beta,", "in", "talks"], ["“Acme", "in", "talks", "to", "buy", "Beta”"]]


@pytest.mark.parametrize(
    "arguments", [("rank",), ("rank", "--by", "bridges"), ("rank", "--by", "communities"), ("entities",), ("conflicts", "--least", 0)]
)
def test_columns_for_programs_have_names_of_one_word(told, arguments) -> None:
    command, *rest = arguments
    (head, *_) = csv.reader(run(command, told, *rest, "-f", "csv").splitlines())
    assert not any(" " in name for name in head)


def test_a_picture_goes_to_standard_output(told, tmp_path) -> None:
    assert run("draw", told, "-o", "-").lstrip().startswith("<?xml")
    with pytest.raises(QueryError, match=r"picture: its ending must say what to draw: \.svg"):
        invoked("draw", told, "-o", tmp_path / "picture")


def test_what_one_article_says_in_two_ways_is_no_disagreement_of_sources(newsroom, tmp_path) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="inTalks")
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed")
    known = kgraph.Graph(newsroom.knowledge()).judge(())
    known.save(tmp_path / "graph.trig")
    shown = run("conflicts", tmp_path / "graph.trig")
    assert "value conflict · status · within one article" in shown
    (found,) = json.loads(run("conflicts", tmp_path / "graph.trig", "-f", "json"))
    assert found["articles"] == 1
