import os
import signal
import subprocess
import sys
import time

import pytest

import kgraph
from kgraph import ontology, pipeline
from kgraph.articles import read
from kgraph.errors import KgraphError
from kgraph.incremental.journal import Journal
from kgraph.model import Knowledge, Reading
from kgraph.settings import Settings


def readings(articles) -> list[Reading]:
    return [r for r in pipeline.extract(read([str(articles)], settings=Settings()), Settings()) if isinstance(r, Reading)]


def journal(path, *, with_text=False) -> Journal:
    return Journal(path, Settings(), ontology.load(), with_text=with_text)


def test_a_journal_gives_back_what_was_kept(articles, tmp_path) -> None:
    said = readings(articles)
    journal(tmp_path / "j").append(said[:2])
    journal(tmp_path / "j").append(said[2:])
    assert journal(tmp_path / "j").recover() == pipeline.ledger(said)


def test_a_torn_last_batch_is_left_out_and_the_journal_goes_on(articles, tmp_path) -> None:
    said = readings(articles)
    journal(tmp_path / "j").append(said[:1])
    whole = (tmp_path / "j").read_bytes()
    (tmp_path / "j").write_bytes(whole + b"<https://torn")
    torn = journal(tmp_path / "j")
    assert torn.recover() == pipeline.ledger(said[:1])
    torn.append(said[1:])
    assert journal(tmp_path / "j").recover() == pipeline.ledger(said)


def test_a_journal_of_another_kind_of_build_is_void(articles, tmp_path) -> None:
    journal(tmp_path / "j").append(readings(articles))
    assert journal(tmp_path / "j", with_text=True).recover() == Knowledge()


def test_a_build_goes_on_where_it_was_killed(articles, tmp_path) -> None:
    target, expected = tmp_path / "graph.trig", tmp_path / "expected.trig"
    kgraph.build(articles, output=expected)
    journal(tmp_path / ".graph.trig.journal").append(readings(articles)[:2])
    read_now = []
    kgraph.build(articles, output=target, progress=lambda: read_now.append(1))
    assert len(read_now) == 1
    assert target.read_bytes() == expected.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["expected.trig", "graph.trig"]


@pytest.mark.parametrize("milliseconds", [300, 2500, 4000])
def test_a_killed_build_leaves_the_old_graph_or_the_new_one(articles, tmp_path, milliseconds) -> None:
    target, new = tmp_path / "graph.trig", tmp_path / "new.trig"
    kgraph.build(min(articles.iterdir()), output=target)
    old = target.read_bytes()
    kgraph.build(articles, output=new)
    process = subprocess.Popen([sys.executable, "-m", "kgraph", "build", str(articles), "-o", str(target)], stderr=subprocess.DEVNULL)
    time.sleep(milliseconds / 1000)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert target.read_bytes() in {old, new.read_bytes()}
    kgraph.build(articles, output=target)
    assert target.read_bytes() == new.read_bytes()


def test_a_journal_is_void_after_a_file_of_the_settings_was_edited(articles, tmp_path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text("# nothing yet\n", encoding="utf-8")
    options = Settings(ontology=(mine,))
    Journal(tmp_path / "j", options, ontology.load((mine,)), with_text=False).append(readings(articles))
    mine.write_text("# something else now\n", encoding="utf-8")
    assert Journal(tmp_path / "j", options, ontology.load((mine,)), with_text=False).recover() == Knowledge()


@pytest.mark.parametrize("key", ["ontology", "catalogue", "sources"])
def test_a_file_of_the_settings_that_is_missing_is_named_before_anything_is_read(articles, tmp_path, key) -> None:
    read_now = []
    with pytest.raises(KgraphError, match=r"missing\.file: .*No such file"):
        kgraph.build(
            articles,
            output=tmp_path / "graph.kg",
            settings=Settings(**{key: (tmp_path / "missing.file",)}),
            progress=lambda: read_now.append(1),
        )
    assert read_now == []
    assert list(tmp_path.iterdir()) == []
