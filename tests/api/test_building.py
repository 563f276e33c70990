import datetime as dt
import shutil

import pytest

import kgraph
from kgraph import api
from kgraph.errors import ArticleError, GraphError


def sources(folder):
    return sorted(folder.iterdir())


def test_any_order_and_any_number_of_processes_give_the_same_bytes(articles, tmp_path) -> None:
    forwards, backwards = tmp_path / "a.trig", tmp_path / "b.trig"
    kgraph.build(*sources(articles), output=forwards)
    kgraph.build(*reversed(sources(articles)), output=backwards, jobs=2)
    assert forwards.read_bytes() == backwards.read_bytes()


def test_adding_is_building_from_scratch(articles, tmp_path) -> None:
    whole, grown = tmp_path / "whole.trig", tmp_path / "grown.trig"
    kgraph.build(articles, output=whole)
    for source in reversed(sources(articles)):
        kgraph.add(grown, source)
    assert grown.read_bytes() == whole.read_bytes()


def test_removing_is_never_having_read(articles, tmp_path) -> None:
    whole, rest = tmp_path / "whole.trig", tmp_path / "rest.trig"
    kgraph.build(articles, output=whole)
    kgraph.remove(whole, "talks")
    kgraph.build(*sources(articles)[1:], output=rest)
    assert whole.read_bytes() == rest.read_bytes()


def test_a_retraction_leaves_a_tombstone(articles, tmp_path) -> None:
    target = tmp_path / "graph.trig"
    kgraph.build(articles, output=target)
    kgraph.remove(target, "talks", retracted=dt.date(2025, 7, 1), why="withdrawn")
    (stone,) = kgraph.Graph.load(target).knowledge.retractions
    assert (stone.article, stone.why) == ("talks", "withdrawn")


@pytest.mark.parametrize("name", ["graph.trig", "graph.kg"])
def test_an_article_that_was_taken_back_is_not_read_again_until_its_tombstone_is_removed(articles, tmp_path, name) -> None:
    target = tmp_path / name
    kgraph.build(articles, output=target)
    kgraph.remove(target, "talks", retracted=dt.date(2025, 7, 1), why="withdrawn")
    (refused,) = kgraph.add(target, articles).skipped
    assert str(refused).startswith("talks: was retracted on 2025-07-01 (withdrawn)")
    assert [stone.article for stone in kgraph.Graph.load(target).knowledge.retractions] == ["talks"]
    with pytest.raises(ArticleError, match="was retracted"):
        kgraph.add(target, articles, strict=True)
    kgraph.remove(target, "talks")
    assert kgraph.Graph.load(target).knowledge.retractions == ()
    assert kgraph.add(target, articles).skipped == ()
    assert len(kgraph.Graph.load(target).knowledge.articles) == 3


@pytest.mark.parametrize("name", ["graph.trig", "graph.kg"])
def test_the_corrected_text_of_an_article_that_was_taken_back_is_read(articles, tmp_path, name) -> None:
    target, corrected = tmp_path / name, tmp_path / "correction.json"
    kgraph.build(articles, output=target)
    kgraph.remove(target, "agreed", retracted=dt.date(2025, 7, 1))
    text = (articles / "2-agreed.json").read_text(encoding="utf-8")
    corrected.write_text(text.replace("$2.5 billion", "$2.6 billion"), encoding="utf-8")
    assert kgraph.add(target, corrected).skipped == ()
    known = kgraph.Graph.load(target).knowledge
    assert (len(known.articles), known.retractions) == (3, ())


def test_an_article_that_has_not_changed_is_not_read_again(articles, tmp_path) -> None:
    target = tmp_path / "graph.trig"
    kgraph.build(articles, output=target)
    read = []
    kgraph.add(target, articles, progress=lambda: read.append(1))
    assert read == []


def test_a_corrected_article_replaces_the_earlier_one(articles, tmp_path) -> None:
    target, corrected = tmp_path / "graph.trig", tmp_path / "correction.json"
    kgraph.build(articles, output=target)
    text = (articles / "2-agreed.json").read_text(encoding="utf-8")
    corrected.write_text(text.replace("$2.5 billion", "$2.6 billion"), encoding="utf-8")
    before = {a.id: a for a in kgraph.Graph.load(target).knowledge.articles}
    after = {a.id: a for a in kgraph.add(target, corrected).knowledge.articles}
    assert after["agreed"].revises == before["agreed"].sha256
    assert len(after) == len(before)


def test_a_bad_article_is_named_and_the_others_are_built(articles, tmp_path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    graph = kgraph.build(articles, tmp_path / "empty.txt", tmp_path / "missing.txt")
    assert len(graph.knowledge.articles) == 3
    assert [error.source.endswith(("empty.txt", "missing.txt")) for error in graph.skipped] == [True, True]


def test_strict_stops_at_the_first_bad_article(articles, tmp_path) -> None:
    with pytest.raises(ArticleError, match=r"missing\.txt"):
        kgraph.build(tmp_path / "missing.txt", articles, strict=True)


def test_nothing_to_read_writes_nothing(tmp_path) -> None:
    with pytest.raises(GraphError, match="no article could be read"):
        kgraph.build(tmp_path / "missing.txt", output=tmp_path / "graph.trig")
    assert list(tmp_path.iterdir()) == []


def test_merge_then_split_gives_the_first_graph(articles, tmp_path) -> None:
    target = tmp_path / "graph.trig"
    graph = kgraph.build(articles, output=target)
    first = target.read_bytes()
    merged = api.judge(target, graph.merge("Harrow Mills", "Old Barn Bakeries", "they are one"))
    assert merged.entity("Old Barn Bakeries").id == merged.entity("Harrow Mills").id
    assert [c.id for c in merged.knowledge.claims] == [c.id for c in graph.knowledge.claims]
    api.judge(target, merged.split("Harrow Mills"))
    assert target.read_bytes() == first


def test_a_graph_can_be_saved_and_opened_in_every_store(graph, tmp_path) -> None:
    for name in ("graph.trig", "graph.nq", "graph.jsonld", "graph.kg"):
        graph.save(tmp_path / name)
        assert kgraph.Graph.load(tmp_path / name).knowledge == graph.knowledge
        shutil.rmtree(tmp_path / name, ignore_errors=True)
