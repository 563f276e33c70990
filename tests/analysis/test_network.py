"""Ranks, communities, bridges and the graph for networkx."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import networkx as nx
import pytest

from kgraph.analysis import Measure, Weight, bridges, communities, cut_points, fact_rows, rank, rows, to_networkx
from kgraph.model import EntityType, Knowledge


@pytest.fixture
def two_groups(newsroom: Any, figure: Any) -> Knowledge:
    """Two groups of three that only a deal between Ann's firm and Bee's holds together."""
    for group in (("Ann", "Abe", "Ace"), ("Bee", "Bob", "Bay")):
        newsroom.tell("a", group[0], "competesWith", group[1])
        newsroom.tell("a", group[1], "competesWith", group[2])
        newsroom.tell("a", group[0], "suppliesTo", group[2])
    newsroom.tell("a", "Ann", "acquired", "Bee", status="completed", amount=figure("12"))
    newsroom.tell("b", "Ann", "investedIn", "Bee", status="announced", amount=figure("2 to 4"))
    newsroom.tell("b", "Ann", "investedIn", "Bob", status="rumoured", amount=figure("90"))
    newsroom.tell("b", "person:Pat", "leads", "Ann")
    return newsroom.knowledge()


def test_every_fact_between_things_is_an_edge(two_groups: Knowledge, words: Any) -> None:
    graph = to_networkx(two_groups, words)
    assert graph.number_of_edges() == len(two_groups.facts)
    assert graph.edges["Ann", "Bee", "Ann-acquired-Bee"] == {
        "predicate": "acquired",
        "status": "completed",
        "confidence": 0.765,
        "sources": 1,
        "amount": 12e9,
        "currency": "USD",
    }
    assert graph.nodes["Pat"] == {"label": "Pat", "type": "Person"}
    nx.write_graphml(graph, BytesIO())


@pytest.mark.parametrize("measure", list(Measure))
def test_every_measure_ranks_the_same_on_each_run(two_groups: Knowledge, words: Any, measure: Measure) -> None:
    first = rank(two_groups, words, measure=measure)
    assert first
    assert [entry.place for entry in first] == list(range(1, len(first) + 1))
    assert rank(two_groups, words, measure=measure) == first


def test_the_firms_between_two_groups_stand_in_the_middle(two_groups: Knowledge, words: Any) -> None:
    top = rank(two_groups, words, measure=Measure.BETWEENNESS, weight=Weight.NONE, top=2)
    assert [entry.entity for entry in top] == ["Ann", "Bee"]
    assert "Ann-acquired-Bee" in top[0].facts


def test_money_counts_once_it_is_more_than_a_rumour(two_groups: Knowledge, words: Any) -> None:
    (payer,) = rank(two_groups, words, measure=Measure.OUT_STRENGTH, weight=Weight.MONEY, top=1)
    assert (payer.entity, payer.score) == ("Ann", 15e9)


def test_only_things_of_a_type_are_ranked(two_groups: Knowledge, words: Any) -> None:
    assert [entry.label for entry in rank(two_groups, words, types=[EntityType.PERSON])] == ["Pat"]


def test_the_groups_are_the_communities_and_the_deal_is_the_bridge(two_groups: Knowledge, words: Any) -> None:
    assert [set(group.members) for group in communities(two_groups, words)] == [{"Ann", "Abe", "Ace", "Pat"}, {"Bee", "Bob", "Bay"}]
    (bridge,) = bridges(two_groups, words)
    assert (bridge.left, bridge.right, bridge.smaller) == ("Ann", "Bee", 3)
    assert bridge.facts == ("Ann-acquired-Bee", "Ann-investedIn-Bee")
    assert cut_points(two_groups, words) == ("Ann", "Bee")


@pytest.mark.parametrize("measure", list(Measure))
def test_an_empty_graph_has_no_ranks(words: Any, measure: Measure) -> None:
    assert rank(Knowledge(), words, measure=measure) == ()


def test_an_empty_graph_has_no_parts(words: Any) -> None:
    assert (communities(Knowledge(), words), bridges(Knowledge(), words), cut_points(Knowledge(), words)) == ((), (), ())


def test_rows_hold_plain_values_for_a_data_frame(two_groups: Knowledge, words: Any) -> None:
    row = next(row for row in fact_rows(two_groups) if row["id"] == "Ann-investedIn-Bee")
    assert (row["subject"], row["amount"], row["amount_low"], row["amount_unit"], row["sources"]) == ("Ann", None, 2e9, "USD", 1)
    assert rows(rank(two_groups, words, types=[EntityType.PERSON]))[0]["facts"] == "Pat-leads-Ann"
