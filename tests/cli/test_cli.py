import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

import kgraph
from kgraph import graph
from kgraph.cli import app
from kgraph.errors import KgraphError
from kgraph.settings import Settings

ARTICLES = Path(__file__).parent.parent / "cases" / "deal_in_stages" / "articles"
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def target(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "graph.trig"
    done = CliRunner().invoke(app, ["build", str(ARTICLES), "-o", str(path), "--with-text"], catch_exceptions=False)
    assert done.exit_code == 0
    return path


def run(*arguments: object) -> str:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_with_an_example(command) -> None:
    shown = run(command, "--help")
    assert "kgraph " + command in shown
    assert "Example" in shown


def test_query_gives_a_table_csv_and_json(target) -> None:
    sparql = "SELECT ?what { :Northgate_Foods kg:acquired ?what }"
    assert ":Harrow_Mills" in run("query", target, sparql)
    assert run("query", target, sparql, "-f", "csv").splitlines()[0] == "what"
    assert json.loads(run("query", target, sparql, "-f", "json"))["results"]["bindings"]


def test_ask_and_construct_work_too(target) -> None:
    assert "yes" in run("query", target, "ASK { :Northgate_Foods kg:acquired :Harrow_Mills }")
    assert "Harrow_Mills" in run("query", target, "CONSTRUCT WHERE { :Northgate_Foods kg:acquired ?what }")


def test_why_shows_the_quoted_words(target) -> None:
    shown = run("why", target, "Northgate Foods acquired Harrow Mills")
    assert "completed its $2.5 billion acquisition" in " ".join(shown.split())


def test_why_explains_the_confidence_by_its_origins(target) -> None:
    shown = run("why", target, "Northgate Foods acquired Harrow Mills")
    assert shown.count(" for it: ") == 3
    assert "together support " in shown
    (proof,) = json.loads(run("why", target, "Northgate Foods acquired Harrow Mills", "--format", "json"))
    assert len(proof["belief"]["origins"]) == 3


@pytest.mark.parametrize("by", ["communities", "bridges", "cutPoints", "core"])
def test_rank_shows_parts_of_the_network_too(target, by) -> None:
    assert isinstance(json.loads(run("rank", target, "--by", by, "--format", "json")), list)


def test_rank_goes_by_money(target) -> None:
    first = json.loads(run("rank", target, "--by", "outStrength", "--weight", "money", "--format", "json"))[0]
    assert (first["name"], first["outStrength"]) == ("Northgate Foods", 2.5e9)


def test_ranks_are_written_as_rdf(target) -> None:
    assert ":Northgate_Foods kg:pagerank" in run("rank", target, "--format", "ttl")


@pytest.mark.parametrize("command", ["conflicts", "interests", "rank", "entities"])
def test_lists_come_as_json_for_programs(target, command) -> None:
    assert isinstance(json.loads(run(command, target, "--format", "json")), list)


def test_a_table_breaks_no_word_and_shows_no_empty_column(target, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    shown = run("entities", target)
    assert "Organization " in shown
    assert "in doubt" not in shown.splitlines()[0]


def test_a_timeline_and_a_difference_say_facts_in_words(target, tmp_path) -> None:
    run("build", min(ARTICLES.iterdir()), "-o", tmp_path / "old.trig")
    for command in (("timeline", target, "Harrow Mills"), ("diff", tmp_path / "old.trig", target)):
        first, *rows = run(*command, "--format", "csv").splitlines()
        assert {"fact", "what"} <= set(first.split(","))
        assert any("Northgate Foods acquires Harrow Mills, $2.5bn" in row for row in rows)
        assert "-acquired-" not in run(*command)  # for people no ids


def test_a_timeline_says_quarters_in_words_and_gives_programs_their_codes(newsroom, tmp_path) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed", when="2007-33")
    path, settings = tmp_path / "graph.trig", Settings()
    graph.save(graph.open_store(path, settings), newsroom.knowledge(), settings, newsroom.ontology)
    assert "first quarter of 2007" in " ".join(run("timeline", path, "Acme").split())
    assert json.loads(run("timeline", path, "Acme", "-f", "json"))[0]["date"] == "2007-33"


def test_articles_have_ids_to_remove_them_by(target) -> None:
    listed = run("query", target, "--name", "articles", "-f", "csv").splitlines()
    assert listed[0] == "id,published,publisher,title,claims"
    assert len(listed) == 1 + len(list(ARTICLES.iterdir()))
    with pytest.raises(KgraphError, match=r"no article has the id none .* --name articles"):
        CliRunner().invoke(app, ["remove", str(target), "none"], catch_exceptions=False)


def test_adding_what_is_there_says_so(target) -> None:
    done = CliRunner().invoke(app, ["add", str(target), str(ARTICLES)], catch_exceptions=False)
    assert done.stderr.splitlines()[1:] == ["unchanged and not read again: 3 articles"]


def test_a_view_of_a_day_says_what_has_no_date(newsroom, tmp_path) -> None:
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="completed")
    kgraph.Graph(newsroom.knowledge(), settings=kgraph.Settings()).save(tmp_path / "graph.trig")
    done = CliRunner().invoke(app, ["conflicts", str(tmp_path / "graph.trig"), "--as-of", "2025-01-01"], catch_exceptions=False)
    assert "1 of 1 articles have no date and are left out" in done.stderr


def test_conflicts_are_a_report_to_hand_on(target, tmp_path) -> None:
    run("conflicts", target, "--least", 0, "--format", "html", "-o", tmp_path / "conflicts.html")
    assert (tmp_path / "conflicts.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert run("conflicts", target, "--format", "markdown").startswith("# Where sources part ways")
    assert run("conflicts", target, "--least", 0, "--format", "csv").startswith(
        "severity,verdict,property,about,facts,articles,why,claim,source,"
    )


@pytest.mark.parametrize("form", ["trig", "turtle", "nquads", "jsonld", "graphml", "facts"])
def test_export_writes_every_format(target, form, tmp_path) -> None:
    run("export", target, "-f", form, "-o", tmp_path / "out")
    assert (tmp_path / "out").stat().st_size > 0


def test_conflicts_say_which_deal_they_are_about(target) -> None:
    first, *_ = run("conflicts", target, "--least", 0).splitlines()
    (about, *_) = json.loads(run("conflicts", target, "--least", 0, "--format", "json"))
    assert first == about["about"]
    assert "Harrow Mills" in first


def test_a_conflict_of_interest_shows_a_quote_for_each_link(newsroom, tmp_path) -> None:
    for _ in range(5):
        newsroom.tell("a", "Acme", "investedIn", "Sup", status="completed")
    newsroom.tell("b", "Sup", "suppliesTo", "Cust")
    newsroom.tell("c", "Cust", "competesWith", "Acme")
    kgraph.Graph(newsroom.knowledge(), settings=kgraph.Settings()).save(tmp_path / "graph.trig")
    shown = run("interests", tmp_path / "graph.trig")
    assert [shown.count(quote) for quote in ("Acme investedIn Sup, says a", "Sup suppliesTo Cust", "Cust competesWith Acme")] == [1, 1, 1]


def test_export_takes_the_format_from_the_ending(target, tmp_path) -> None:
    run("export", target, "-o", tmp_path / "graph.graphml")
    assert "<graphml" in (tmp_path / "graph.graphml").read_text(encoding="utf-8")
    run("export", target, "-o", tmp_path / "all.facts.csv")
    assert (tmp_path / "all.facts.csv").read_text(encoding="utf-8") == run("export", target, "-f", "facts")


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        (("export", "-o", "graph.xyz"), "no format has this ending"),
        (("draw", "-o", "graph.svg", "--predicate", "foo"), "foo: no such relation"),
        (("draw", "-o", "graph.html", "--kind", "timeline"), "known are svg, png, pdf"),
        (("draw", "-o", "graph.html", "--predicate", "foo"), "foo: no such relation"),
        (("draw", "-o", "graph.svg", "--kind", "ranges", "--focus", "Denver", "--hops", "2"), "hops: ranges shows"),
        (("query", "SELECT * { ?x foo:bar ?y }"), "the prefix \\w+: is not known"),
        (("query", "SELECT ?x"), "where it ends"),
        (("query", "DELETE WHERE { ?s ?p ?o }"), "queries only read"),
    ],
)
def test_a_wrong_wish_is_refused_with_its_cause(target, arguments, cause) -> None:
    command, *rest = arguments
    with pytest.raises(KgraphError, match=cause):
        CliRunner().invoke(app, [command, str(target), *rest], catch_exceptions=False)
    assert not Path("graph.xyz").exists()


def test_draw_writes_a_picture(target, tmp_path) -> None:
    run("draw", target, "-o", tmp_path / "graph.svg")
    assert (tmp_path / "graph.svg").read_text(encoding="utf-8").lstrip().startswith("<?xml")


@pytest.mark.parametrize(
    ("options", "outside"),
    [
        (("--community", "Harrow Mills"), "Northgate Foods"),
        (("--focus", "Harrow Mills", "--hops", "1"), "Denver"),
        (("--predicate", "acquired"), "Ann Whitlow"),
        (("--focus", "Harrow Mills", "--top", "2"), "Ann Whitlow"),
    ],
)
def test_draw_shows_just_a_part_of_the_graph(target, tmp_path, options, outside) -> None:
    run("draw", target, "-o", tmp_path / "part.svg", *options)
    picture = (tmp_path / "part.svg").read_text(encoding="utf-8")
    assert "Harrow Mills" in picture
    assert outside not in picture
    run("draw", target, "-o", tmp_path / "part.html", *options)
    page = (tmp_path / "part.html").read_text(encoding="utf-8")
    assert '"label":"Harrow Mills"' in page
    assert f'"label":"{outside}"' not in page


def started(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kgraph", *map(str, arguments)], capture_output=True, text=True, check=False)


def test_a_wrong_input_is_one_line_and_exit_code_1(tmp_path) -> None:
    done = started("query", tmp_path / "none.trig", "ASK {}")
    assert done.returncode == 1
    assert done.stderr.strip() == f"error: {tmp_path}/none.trig: no graph there"


def test_a_skipped_article_is_named_and_the_exit_code_is_1(tmp_path) -> None:
    (tmp_path / "empty.txt").touch()
    arguments = ("build", ARTICLES, tmp_path / "empty.txt", "-o", tmp_path / "graph.trig")
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == 1
    assert "empty.txt" in done.stderr
    assert (tmp_path / "graph.trig").exists()


def test_a_broken_query_says_where(target) -> None:
    done = started("query", target, "SELECT ?x WHERE {")
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
