"""A user's merge decisions hold for the graph that they were made on, and are found where earlier versions kept them."""

import shutil

import pytest

import kgraph
from kgraph import api


@pytest.fixture
def target(newsroom, tmp_path):
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="completed")
    newsroom.tell("b", "Cust", "investedIn", "Beta", status="completed")
    kgraph.Graph(newsroom.knowledge()).save(tmp_path / "graph.trig")
    return tmp_path / "graph.trig"


def merge(target):
    return kgraph.Graph.load(target).merge("Acme", "Beta", "they are one")


def test_two_graphs_in_one_folder_keep_their_decisions_apart(target) -> None:
    other = target.with_suffix(".nq")
    kgraph.Graph.load(target).save(other)
    api.judge(target, merge(target))
    api.remove(other, "b")
    assert kgraph.Graph.load(target).entity("Acme") == kgraph.Graph.load(target).entity("Beta")
    assert kgraph.Graph.load(other).entity("Acme") != kgraph.Graph.load(other).entity("Beta")


def test_decisions_under_their_former_name_still_hold_until_new_ones_are_made(target, tmp_path) -> None:
    shutil.copy(target, tmp_path / "elsewhere.trig")
    api.judge(tmp_path / "elsewhere.trig", merge(target))
    (tmp_path / "elsewhere.trig.judgements.tsv").rename(tmp_path / "graph.judgements.tsv")
    api.remove(target, "b")
    assert kgraph.Graph.load(target).entity("Acme") == kgraph.Graph.load(target).entity("Beta")
    api.judge(target, ())
    assert kgraph.Graph.load(target).entity("Acme") != kgraph.Graph.load(target).entity("Beta")
