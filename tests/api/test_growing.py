"""An Oxigraph folder that was changed by what each change touches is the graph concluded as a whole."""

import datetime as dt
import json
import logging
import multiprocessing
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kgraph
from kgraph import api, graph
from kgraph.errors import GraphError
from kgraph.graph.stores.locking import lock
from kgraph.settings import Settings

SENTENCES = [
    "Meta said it has agreed to acquire Scale AI for $3 billion.",
    "Meta Platforms bought Scale AI for $2 billion.",
    "Alphabet is in talks to buy Scale AI for $4 billion.",
    "Meta denied that it would buy Scale AI.",
    "Alexandr Wang is chief executive of Scale AI.",
    "James Murphy is chief executive of Scale AI.",
    "Wang is chief executive of Meta.",
    "Instagram is a subsidiary of Meta.",
    "Instagram bought Scale AI for $2.1 billion.",
    "Meta reported revenue of $10 billion in 2023.",
    "Meta reported revenue of $12 billion in 2023.",
    "Delta Air Lines sued Meta.",
    "Meta sued Delta.",
    "General Motors, known as GM, bought Delta for $5 million.",
    "Meta is headquartered in Paris.",
    "Paris Hilton is a director of Delta.",
    "Apple, the airline, bought GM for $1 billion.",
]
ARTICLE = st.fixed_dictionaries(
    {"text": st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3, unique=True).map(" ".join)},
    optional={"date": st.dates(dt.date(2024, 1, 1), dt.date(2025, 1, 1)).map(str), "publisher": st.sampled_from(["Wire", "Post"])},
)
CHANGES = st.lists(
    st.one_of(st.dictionaries(st.sampled_from("abcde"), ARTICLE, min_size=1, max_size=2), st.sampled_from("abcde")), min_size=1, max_size=4
)


def written(path: Path, articles: dict[str, dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps({"id": name, **article}) + "\n" for name, article in sorted(articles.items())), encoding="utf-8")
    return path


def content(target: Path) -> tuple[str, ...]:
    """What is stored, not what a `Graph` makes of it."""
    return tuple(sorted(map(str, graph.open_store(target, Settings()).quads())))


@settings(deadline=None, max_examples=8)
@given(st.dictionaries(st.sampled_from("abcde"), ARTICLE, min_size=1, max_size=3), CHANGES, st.booleans())
def test_any_changes_give_the_graph_concluded_as_a_whole(first, changes, retracted) -> None:
    day = dt.date(2025, 2, 1) if retracted else None
    with tempfile.TemporaryDirectory() as folder:
        targets = [Path(folder) / "graph.trig", Path(folder) / "graph.kg"]
        for target in targets:
            kgraph.build(written(Path(folder) / "first.jsonl", first), output=target)
        there = {*first}
        for change in changes:
            for target in targets:
                if isinstance(change, dict):
                    kgraph.add(target, written(Path(folder) / "more.jsonl", change))
                elif {change} < there:
                    kgraph.remove(target, change, retracted=day)
            there = there | {*change} if isinstance(change, dict) else there - {change} if {change} < there else there
            assert content(targets[1]) == content(targets[0])


DEAL = "Meta bought Scale AI for $2 billion."
BETWEEN_TWO = {"a": DEAL, "c": f"{DEAL} Delta sued GM.", "d": f"{DEAL} GM sued Apple.", "b": f"{DEAL} GM sued Delta."}
WHO_STANDS_FOR_WHOM = {
    "deed": "Alexandr Wang bought Delta Air Lines for $5 million.",
    "same": "General Motors bought Delta Air Lines for $5 million.",
    "tie": "Alexandr Wang is chief executive of General Motors.",
}


@pytest.mark.parametrize(
    "texts", [BETWEEN_TWO, WHO_STANDS_FOR_WHOM], ids=["the last comes between two that agree", "the last ties two actors"]
)
def test_the_last_article_changes_what_others_mean_to_each_other(texts, tmp_path) -> None:
    articles = {name: {"text": text} for name, text in texts.items()}
    *first, last = articles
    target = tmp_path / "graph.kg"
    kgraph.build(written(tmp_path / "first.jsonl", {name: articles[name] for name in first}), output=target)
    kgraph.add(target, written(tmp_path / "last.jsonl", {last: articles[last]}))
    kgraph.build(written(tmp_path / "all.jsonl", articles), output=tmp_path / "whole.trig")
    assert content(target) == content(tmp_path / "whole.trig")
    kgraph.remove(target, last)
    kgraph.build(tmp_path / "first.jsonl", output=tmp_path / "first.trig")
    assert content(target) == content(tmp_path / "first.trig")


def test_a_folder_built_in_slices_is_the_graph_built_as_a_whole(articles, tmp_path) -> None:
    kgraph.build(articles, output=tmp_path / "slices.kg", settings=Settings(slice_articles=1))
    kgraph.build(articles, output=tmp_path / "whole.trig")
    assert content(tmp_path / "slices.kg") == content(tmp_path / "whole.trig")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["slices.kg", "whole.trig"]


def test_a_file_that_changes_while_a_folder_is_built_voids_its_index_alone(articles, tmp_path, caplog) -> None:
    weights, target = tmp_path / "weights.toml", tmp_path / "slices.kg"
    weights.write_text("", encoding="utf-8")
    options = Settings(slice_articles=1, sources=(weights,))
    first, *rest = sorted(articles.iterdir())
    kgraph.build(articles, output=tmp_path / "whole.trig")
    for note in ("# noted\n", "# noted once more\n"):  # while a folder is made, while one is replaced
        kgraph.build(rest, output=target, settings=options, progress=lambda note=note: weights.write_text(note))
        with caplog.at_level(logging.INFO):
            kgraph.add(target, first, settings=options)
        assert "concluded as a whole" in caplog.text
        assert content(target) == content(tmp_path / "whole.trig")
        caplog.clear()


def test_a_build_in_slices_goes_on_where_it_was_killed(articles, tmp_path) -> None:
    killed = []

    def die() -> None:
        killed.append(1)
        if len(killed) == 3:
            raise KeyboardInterrupt

    options = Settings(slice_articles=1)
    with pytest.raises(KeyboardInterrupt):
        kgraph.build(articles, output=tmp_path / "graph.kg", settings=options, progress=die)
    assert not (tmp_path / "graph.kg").exists()
    read = []
    kgraph.build(articles, output=tmp_path / "graph.kg", settings=options, progress=lambda: read.append(1))
    kgraph.build(articles, output=tmp_path / "whole.trig")
    assert len(read) < 3
    assert content(tmp_path / "graph.kg") == content(tmp_path / "whole.trig")


def save(graph: kgraph.Graph, target: Path) -> None:
    graph.save(target)


def judge(graph: kgraph.Graph, target: Path) -> None:
    left, right = (entity.id for entity in graph.knowledge.entities[:2])
    api.judge(target, graph.merge(left, right))
    api.judge(target, ())


def lose_the_index(_: kgraph.Graph, target: Path) -> None:
    (target / "kgraph.index").unlink()


def spoil_the_index(_: kgraph.Graph, target: Path) -> None:
    (target / "kgraph.index").write_bytes(b"spoilt")


def leave_it_unsettled(_: kgraph.Graph, target: Path) -> None:
    (target / "kgraph.index.unsettled").touch()


@pytest.mark.parametrize("befall", [save, judge, lose_the_index, spoil_the_index, leave_it_unsettled])
def test_what_befalls_a_graph_between_changes_makes_no_difference(articles, tmp_path, befall) -> None:
    first, *rest = sorted(articles.iterdir())
    kgraph.build(articles, output=tmp_path / "whole.trig")
    target = tmp_path / "graph.kg"
    kgraph.build(first, rest[0], output=target)
    befall(kgraph.Graph.load(target), target)
    for source in rest[1:]:
        kgraph.add(target, source)
    assert content(target) == content(tmp_path / "whole.trig")


def test_a_change_that_had_to_wait_too_long_leaves_the_index_as_it_was(articles, tmp_path, monkeypatch, caplog) -> None:
    target, whole = tmp_path / "graph.kg", tmp_path / "whole.kg"
    first, *rest = sorted(articles.iterdir())
    kgraph.build(first, output=target)
    monkeypatch.setattr("kgraph.graph.stores.directories._WRITER_WAITS", 0.1)
    with lock(target, shared=True), pytest.raises(GraphError, match="another process is using this graph"):
        kgraph.add(target, *rest)
    assert graph.open_store(target, Settings()).settled()
    with caplog.at_level("INFO"):
        kgraph.add(target, *rest)
    assert "concluded as a whole" not in caplog.text
    kgraph.build(articles, output=whole)
    assert content(target) == content(whole)


def test_other_settings_conclude_the_graph_as_a_whole(articles, tmp_path) -> None:
    first, *rest = sorted(articles.iterdir())
    other = replace(Settings(), link_from="completed")
    kgraph.build(first, output=tmp_path / "graph.kg")
    kgraph.add(tmp_path / "graph.kg", *rest, settings=other)
    kgraph.build(articles, output=tmp_path / "whole.trig", settings=other)
    assert content(tmp_path / "graph.kg") == content(tmp_path / "whole.trig")


def test_a_graph_that_was_added_to_counts_what_it_holds(articles, tmp_path) -> None:
    first, *rest = sorted(articles.iterdir())
    kgraph.build(first, output=tmp_path / "graph.kg")
    grown = kgraph.add(tmp_path / "graph.kg", *rest)
    assert grown.counts() == kgraph.Graph(grown.knowledge).counts()


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed as POSIX does it")
def test_kill_9_while_adding_leaves_the_old_or_the_new_graph(articles, tmp_path) -> None:
    first, *rest = sorted(articles.iterdir())
    target, whole = tmp_path / "graph.kg", tmp_path / "whole.kg"
    kgraph.build(articles, output=whole)
    kgraph.build(first, output=target)
    old, new = content(target), content(whole)
    start = time.monotonic()
    kgraph.add(target, *rest)
    lasts = time.monotonic() - start
    moments = random.Random(8)  # noqa: S311  # moments, not secrets
    fork = multiprocessing.get_context("fork")
    for _ in range(4):
        kgraph.remove(target, "agreed", "done")
        writer = fork.Process(target=kgraph.add, args=(target, *rest))
        writer.start()
        time.sleep(moments.uniform(0, lasts))
        writer.kill()
        writer.join()
        assert content(target) in {old, new}
        kgraph.add(target, *rest)
        assert content(target) == new
