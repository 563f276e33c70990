import datetime as dt

import pytest

import kgraph
from kgraph.errors import GraphError
from kgraph.model import Status


def test_every_quote_is_in_its_text(graph) -> None:
    texts = {article.id: article.text for article in graph.knowledge.articles}
    for claim in graph.knowledge.claims:
        assert texts[claim.article][claim.quote.start : claim.quote.end] == claim.quote.exact


def test_a_deal_in_three_stages_is_one_completed_fact(graph) -> None:
    (proof,) = graph.why("Northgate Foods acquired Harrow Mills")
    fact = next(fact for fact in graph.knowledge.facts if fact.id == proof.fact)
    assert fact.status is Status.COMPLETED
    assert {piece.article for piece in proof.evidence} == {"talks", "agreed", "done"}


def test_later_stages_are_no_contradiction(graph) -> None:
    assert [found.why for found in graph.conflicts(least=3)] == []


def test_as_of_a_day_the_deal_was_only_talked_about(graph) -> None:
    view = graph.as_of(dt.date(2025, 3, 5))
    (fact,) = [fact for fact in view.knowledge.facts if fact.predicate == "acquired"]
    assert fact.status is Status.IN_TALKS


def test_as_of_a_day_what_the_user_has_merged_is_one_thing(graph) -> None:
    merged = graph.judge(graph.merge("Northgate Foods", "Harrow Mills", "the user says so"))
    assert len(merged.as_of(dt.date(2025, 3, 5)).entities("Harrow Mills")) == 1
    assert merged.as_of(dt.date(2025, 3, 5)).entity("Harrow Mills").id == merged.entity("Northgate Foods").id


def test_results_are_rdf_that_joins_the_graph(graph) -> None:
    assert "fact:Northgate_Foods-acquired-Harrow_Mills" in graph.export("turtle").decode()
    assert ":Harrow_Mills kg:degree" in graph.ranks_to_turtle("degree")
    assert graph.interests_to_turtle() == ""  # nothing collides in this story


def test_confirmed_only(graph) -> None:
    statuses = {fact.status for fact in graph.with_status("completed").knowledge.facts}
    assert statuses <= {None, Status.COMPLETED, Status.CURRENT, Status.FORMER}


def test_the_simplest_query_works(graph) -> None:
    answer = graph.query("SELECT ?what { :Northgate_Foods kg:acquired ?what }")
    assert answer.rows == [{"what": ":Harrow_Mills"}]


def test_equal_answers_are_one_in_a_set(graph) -> None:
    asked = [graph.query("SELECT ?what { :Northgate_Foods kg:acquired ?what }") for _ in range(2)]
    assert len(set(asked)) == len(asked[0]) == 1
    assert "prefixes" not in repr(asked[0])


def test_answers_count_and_shorten_what_they_hold(graph) -> None:
    triples = graph.query("CONSTRUCT { ?s kg:acquired ?o } WHERE { ?s kg:acquired ?o }")
    assert list(triples) == [{"subject": ":Northgate_Foods", "predicate": "kg:acquired", "object": ":Harrow_Mills"}]
    nothing, denied = graph.query("SELECT ?x { ?x kg:acquired ?x }"), graph.query("ASK { ?x kg:acquired ?x }")
    assert [(len(answer), bool(answer)) for answer in (triples, nothing, denied)] == [(1, True), (0, False), (1, False)]


def test_diff_names_what_a_later_graph_has_gained(graph) -> None:
    early = graph.as_of(dt.date(2025, 3, 5))
    assert "changed" in {change.kind for change in graph.diff(early)}
    assert graph.diff(graph) == ()


def test_the_graph_conforms_to_its_shapes(graph) -> None:
    assert graph.validate() == ()


@pytest.mark.parametrize("form", ["svg", "html"])
def test_the_same_graph_gives_the_same_picture(graph, form) -> None:
    assert graph.draw(form) == graph.draw(form)


def test_an_unknown_format_is_refused_with_the_known_ones(graph) -> None:
    with pytest.raises(GraphError, match="known are trig"):
        graph.export("docx")


def test_a_missing_graph_is_named(tmp_path) -> None:
    with pytest.raises(GraphError, match=r"none\.trig: no graph there"):
        kgraph.Graph.load(tmp_path / "none.trig")


def test_importing_names_lazily_gives_the_real_things() -> None:
    assert {"Graph", "build", "add", "remove", "Settings", "KgraphError"} <= set(dir(kgraph))
    with pytest.raises(AttributeError, match="no attribute"):
        kgraph.nothing  # noqa: B018
