"""Ranks, communities, bridges and the graph for networkx."""

from __future__ import annotations

import itertools
from dataclasses import replace
from io import BytesIO
from typing import Any

import networkx as nx
import pytest

from kgraph.analysis import Measure, Weight, bridges, communities, cut_points, rank, rows, to_networkx
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


@pytest.mark.parametrize(("measure", "first"), [(Measure.HUB, ["Cap", "Top"]), (Measure.AUTHORITY, ["Lab", "Web"])])
def test_equal_pairs_far_apart_are_equal_hubs_and_authorities(newsroom: Any, words: Any, measure: Measure, first: list[str]) -> None:
    newsroom.tell("a", "Cap", "investedIn", "Lab", status="completed")
    newsroom.tell("a", "Top", "investedIn", "Web", status="completed")
    ranked = rank(newsroom.knowledge(), words, measure=measure)
    assert [(entry.entity, entry.score) for entry in ranked[:2]] == [(name, 0.5) for name in first]
    assert [entry.score for entry in ranked[2:]] == [0, 0]


def test_two_groups_that_are_nearly_equally_strong_are_ranked(newsroom: Any, words: Any) -> None:
    for group, sure in (("A", 0.9), ("B", 0.8999)):
        for one, other in itertools.combinations(range(8), 2):
            newsroom.tell("a", f"{group}{one}", "competesWith", f"{group}{other}", confidence=sure)
    chain = ["A0", *"cdefgh", "B0"]
    for left, right in itertools.pairwise(chain):
        newsroom.tell("a", left, "competesWith", right, confidence=0.01)
    ranked = rank(newsroom.knowledge(), words, measure=Measure.EIGENVECTOR)
    assert all(entry.score >= 0 for entry in ranked)
    assert ranked[0].entity.startswith("A")


@pytest.mark.parametrize("measure", list(Measure))
def test_a_fact_that_nobody_believes_is_no_link(two_groups: Knowledge, words: Any, measure: Measure) -> None:
    facts = tuple(replace(fact, confidence=0.0) if "Ann" in fact.id else fact for fact in two_groups.facts)
    ranked = rank(replace(two_groups, facts=facts), words, measure=measure)
    assert ranked
    assert "Ann" not in {entry.entity for entry in ranked}


def test_a_pair_of_rivals_apart_from_the_rest_does_not_stand_before_who_deals_with_many(newsroom: Any, words: Any) -> None:
    for name in "ABCDE":
        newsroom.tell("a", "Hub", "suppliesTo", name)
    newsroom.tell("a", "Left", "competesWith", "Right")
    newsroom.tell("a", "Right", "acquired", "Left", status="completed")
    newsroom.tell("a", "person:Ann", "leads", "Left")
    assert rank(newsroom.knowledge(), words, measure=Measure.PAGERANK)[0].entity == "Hub"


@pytest.mark.parametrize(
    ("again", "total"),
    [({"status": "announced", "when": "2008"}, []), ({"status": "announced", "when": "2010"}, [44e9]), ({"status": "completed"}, [44e9])],
    ids=["the same bid", "a new bid", "done after all"],
)
def test_money_of_a_bid_that_was_withdrawn_is_no_money(
    newsroom: Any, words: Any, figure: Any, again: dict[str, str], total: list[float]
) -> None:
    newsroom.tell("a@2008-05-03", "Soft", "acquired", "Portal", status="terminated", amount=figure("47"))
    newsroom.tell("b@2016-07-25", "Soft", "acquired", "Portal", amount=figure("44"), **{"when": "2015", **again})
    ranked = rank(newsroom.knowledge(), words, measure=Measure.IN_STRENGTH, weight=Weight.MONEY)
    assert [entry.score for entry in ranked if entry.entity == "Portal"] == total


def test_who_pays_most_stands_first_however_large_the_sums(newsroom: Any, words: Any, figure: Any) -> None:
    for name, sum_ in (("B", "3"), ("C", "2"), ("D", "1")):
        newsroom.tell("a", "A", "acquired", name, status="completed", amount=figure(sum_))
    ranked = rank(newsroom.knowledge(), words, measure=Measure.EIGENVECTOR, weight=Weight.MONEY)
    assert [entry.entity for entry in ranked] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("measure", "fact"),
    [
        (Measure.OUT_STRENGTH, "Cap-acquired-Lab"),
        (Measure.HUB, "Cap-acquired-Lab"),
        (Measure.IN_STRENGTH, "Bank-investedIn-Cap"),
        (Measure.AUTHORITY, "Bank-investedIn-Cap"),
    ],
)
def test_a_rank_by_what_is_given_or_received_names_the_facts_that_count(newsroom: Any, words: Any, measure: Measure, fact: str) -> None:
    newsroom.tell("a", "Cap", "acquired", "Lab", status="completed")
    newsroom.tell("a", "Bank", "investedIn", "Cap", status="completed")
    ranked = {entry.entity: entry.facts for entry in rank(newsroom.knowledge(), words, measure=measure)}
    assert ranked["Cap"] == (fact,)


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
    assert rows(rank(two_groups, words, measure=Measure.DEGREE, types=[EntityType.PERSON]))[0]["facts"] == "Pat-leads-Ann"
