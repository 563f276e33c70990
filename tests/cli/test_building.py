"""What commands that change a graph say of it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import kgraph
from kgraph.cli import app
from kgraph.errors import GraphError, QueryError


@pytest.fixture
def told(newsroom, figure, tmp_path) -> Path:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="completed", amount=figure("10"))
    newsroom.tell("b", "Acme", "acquired", "Beta", status="completed", amount=figure("12"))
    newsroom.tell("b", "Acme", "sued", "person:Ada Abbott")
    kgraph.Graph(newsroom.knowledge()).save(tmp_path / "graph.trig")
    return tmp_path / "graph.trig"


def said(*arguments: object) -> list[str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stderr.splitlines()


def test_one_of_a_kind_is_named_in_the_singular(told) -> None:
    assert said("remove", told, "b") == [f"{told}: 1 article, 1 claim, 1 fact, 2 entities, 0 disagreements"]


def test_articles_without_a_date_are_counted(told) -> None:
    assert said("remove", told, "a")[1] == "without a date, so that --as-of leaves them out: 1 article"


def test_the_summary_counts_the_disagreements_that_conflicts_shows(newsroom, figure, tmp_path) -> None:
    for article, sum_ in (("a", "10"), ("b", "12"), ("c", "about 10"), ("d", "10")):
        newsroom.tell(article, "Acme", "acquired", "Beta", status="completed", amount=figure(sum_))
    target = tmp_path / "graph.trig"
    kgraph.Graph(newsroom.knowledge()).save(target)
    (summary, _) = said("remove", target, "d")
    known = kgraph.Graph.load(target)
    assert len(known.knowledge.disagreements) > len(known.conflicts()) > 0
    assert summary.endswith(f" {len(known.conflicts())} disagreements")
    assert known.counts() == kgraph.Graph(known.knowledge).counts()


def test_things_of_two_types_are_merged_only_by_force(told) -> None:
    assert said("merge", told, "Acme", "Beta")[0].startswith("Acme and Beta are one thing now")
    before = told.read_bytes()
    with pytest.raises(QueryError, match="Acme and Ada Abbott are things of two types, Organization and Person; add --force"):
        said("merge", told, "Acme", "Ada Abbott")
    assert told.read_bytes() == before
    (done,) = said("merge", told, "Acme", "Ada Abbott", "--force")
    assert done.startswith("Acme and Ada Abbott are one thing now")


def test_a_name_that_several_things_bear_decides_nothing_and_its_ids_do(told) -> None:
    assert said("split", told, "Acme", "--article", "b") == ["Acme is taken apart."]
    before = told.read_bytes()
    other = next(entity.id for entity in kgraph.Graph.load(told).knowledge.entities if entity.label == "Acme" and entity.id != "Acme")
    with pytest.raises(GraphError, match=f"'ACME' is the name of several things; give the id of one: Acme, {other}"):
        said("merge", told, "ACME", "Beta")
    assert told.read_bytes() == before
    (done,) = said("merge", told, other, "Beta")
    assert done == f"Acme ({other}) and Beta are one thing now; take it back with: kgraph split {told} '{other}'"
