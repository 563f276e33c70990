"""Colliding interests: each hit with its proof, and nothing beyond the texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.analysis import Interest, interests
from kgraph.analysis.circles import rings
from kgraph.errors import OntologyError
from kgraph.model import Status


def found(newsroom: Any, pattern: str, **rest: Any) -> list[Interest]:
    """The hits of the pattern whose name begins so."""
    return [hit for hit in interests(newsroom.knowledge(), newsroom.ontology, **rest) if hit.pattern.startswith(pattern)]


@pytest.fixture
def deal(newsroom: Any, figure: Any) -> Any:
    """Acme has 49 % of Sup, which supplies Cust, a rival of Acme."""
    newsroom.tell("a", "Acme", "investedIn", "Sup", status="completed", stake=figure("49", "share"))
    newsroom.tell("b", "Sup", "suppliesTo", "Cust")
    newsroom.tell("c", "Cust", "competesWith", "Acme")
    return newsroom


def test_an_investor_that_competes_with_its_investees_customer(deal: Any) -> None:
    (hit,) = found(deal, "investor competes")
    assert dict(hit.parties) == {"investor": ("Acme",), "supplier": ("Sup",), "customer": ("Cust",)}
    assert hit.facts == ("Acme-competesWith-Cust", "Acme-investedIn-Sup", "Sup-suppliesTo-Cust")
    assert (hit.articles, hit.claims) == (("a", "b", "c"), ("a-0000", "b-0001", "c-0002"))
    assert hit.score == pytest.approx(0.765**3 * 0.49, abs=1e-3)
    assert hit.sentence == "Acme has a stake in Sup, which supplies Cust; Acme and Cust compete."
    assert not hit.inferred


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_without_one_of_the_facts_there_is_no_hit(deal: Any, missing: int) -> None:
    del deal.claims[missing]
    assert found(deal, "investor competes") == []


def test_what_is_only_planned_is_said_to_be_so(deal: Any) -> None:
    deal.claims.clear()
    deal.tell("a", "Acme", "investedIn", "Sup", status="planned")
    deal.tell("b", "Sup", "suppliesTo", "Cust")
    deal.tell("c", "Cust", "competesWith", "Acme")
    assert found(deal, "investor competes")[0].sentence.endswith("So far only planned: Acme invests in Sup.")
    assert found(deal, "investor competes", link_from=Status.COMPLETED) == []


def test_customers_of_a_captured_supplier_are_told_together(deal: Any) -> None:
    deal.tell("d", "Acme", "partnerOf", "Sup", status="completed")
    deal.tell("d", "Sup", "suppliesTo", "Other")
    deal.tell("d", "Acme", "competesWith", "Other")
    (hit,) = found(deal, "supplier captured")
    assert dict(hit.parties)["customer"] == ("Cust", "Other")


def test_one_person_on_both_sides_is_one_hit(newsroom: Any) -> None:
    newsroom.tell("a", "person:Ada", "holdsRole", "Sup", status="current", role="CEO")
    newsroom.tell("a", "Acme", "hired", "person:Ada", status="completed")
    newsroom.tell("a", "Acme", "partnerOf", "Sup", status="completed")
    (hit,) = found(newsroom, "one person")
    assert {entity for _, entities in hit.parties for entity in entities} == {"Ada", "Acme", "Sup"}


def test_a_former_office_is_no_interest(newsroom: Any) -> None:
    newsroom.tell("a", "person:Ada", "holdsRole", "Sup", status="former", role="CEO")
    newsroom.tell("a", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    newsroom.tell("a", "Acme", "partnerOf", "Sup", status="completed")
    assert found(newsroom, "one person") == []


@pytest.mark.parametrize(
    ("pattern", "links"),
    [
        ("investor in two", [("Fund", "investedIn", "Acme"), ("Fund", "ownsStakeIn", "Beta"), ("Acme", "competesWith", "Beta")]),
        ("board interlock", [("person:Ada", "boardMemberOf", "Acme"), ("person:Ada", "leads", "Beta"), ("Acme", "competesWith", "Beta")]),
        ("common owner", [("Fund", "acquired", "Acme"), ("Beta", "subsidiaryOf", "Fund"), ("Acme", "suppliesTo", "Beta")]),
        ("several investors", [("Acme", "investedIn", "Co"), ("Beta", "investedIn", "Co"), ("Gamma", "ownsStakeIn", "Co")]),
        (
            "customer is also",
            [
                ("Sup", "suppliesTo", "Micro"),
                ("Sup", "suppliesTo", "Open"),
                ("Micro", "investedIn", "Open"),
                ("Acme", "investedIn", "Sup"),
                ("Acme", "competesWith", "Micro"),
            ],
        ),
    ],
)
def test_each_pattern_has_one_hit_with_all_its_links(newsroom: Any, pattern: str, links: list[tuple[str, str, str]]) -> None:
    for subject, predicate, object_ in links:
        event = newsroom.ontology.predicates[predicate].is_event
        newsroom.tell("a", subject, predicate, object_, status="completed" if event else None)
    (hit,) = found(newsroom, pattern)
    assert len(hit.facts) == len(links)


def test_what_a_person_does_for_his_company_is_not_a_second_interest(newsroom: Any) -> None:
    newsroom.tell("a", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    for investor in ("person:Ada", "Acme", "Beta"):
        newsroom.tell("a", investor, "investedIn", "Co", status="completed")
    assert found(newsroom, "several investors") == []


def test_money_that_comes_back(newsroom: Any) -> None:
    newsroom.tell("a", "Chip", "investedIn", "Model", status="completed")
    newsroom.tell("b", "Chip", "suppliesTo", "Cloud")
    newsroom.tell("c", "Cloud", "suppliesTo", "Model")
    (hit,) = found(newsroom, "circular")
    assert hit.sentence == "Money can flow in a circle: Chip → Model → Cloud → Chip."
    assert [(link.start, link.end) for link in hit.chain] == [("Chip", "Model"), ("Model", "Cloud"), ("Cloud", "Chip")]
    assert dict(hit.scores) == {"cycle": pytest.approx(0.765**3, abs=1e-3), "hub": 1.0}


def test_a_circle_is_scored_by_what_can_come_round_and_by_the_circles_that_meet_in_it(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Chip", "investedIn", "Model", status="completed", amount=figure("10"))
    newsroom.tell("a", "Model", "acquired", "Chip", status="announced", amount=figure("4"))
    newsroom.tell("a", "Chip", "suppliesTo", "Cloud")
    newsroom.tell("a", "Chip", "acquired", "Cloud", status="announced")
    first, second = sorted(found(newsroom, "circular"), key=lambda hit: hit.sentence)
    assert dict(first.scores) == {"cycle": pytest.approx(0.765**2, abs=1e-3), "hub": 2.0}
    assert dict(second.scores) == {"loop": 0.4, "cycle": pytest.approx(0.765**2, abs=1e-3), "hub": 2.0}


def test_a_speaker_who_competes_with_whom_he_speaks_of_is_inferred(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "filedForBankruptcy", status="rumoured", said_by="Beta's chief executive")
    newsroom.tell("a", "Acme", "suppliesTo", "Cust", said_by="Beta's chief executive")
    newsroom.tell("b", "Beta", "competesWith", "Acme")
    (hit,) = found(newsroom, "the source of a statement competes")
    assert dict(hit.parties) == {"speaker": ("Beta",), "party": ("Acme",)}
    assert hit.inferred
    assert "Acme-suppliesTo-Cust" in hit.facts


def test_a_pattern_of_ones_own_with_a_chain(newsroom: Any, tmp_path: Path) -> None:
    mine = tmp_path / "owned-rival.rq"
    mine.write_text(
        "# name: rival owned through others\n# sentence: {owner} owns {rival}, its rival, through others.\n"
        "# proof: ?owner (acquired|^subsidiaryOf)+ ?rival\n# proof: ?owner competesWith ?rival\n"
        "PREFIX kg: <https://w3id.org/kgraph/ontology#>\n"
        "SELECT ?owner ?rival { ?owner (kg:acquired|^kg:subsidiaryOf)+ ?rival ; kg:competesWith ?rival }\n",
        encoding="utf-8",
    )
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("b", "Gamma", "subsidiaryOf", "Beta")
    newsroom.tell("c", "Acme", "competesWith", "Gamma")
    (hit,) = found(newsroom, "rival owned", patterns=[mine])
    assert hit.inferred
    assert hit.chain[0].facts == ("Acme-acquired-Beta", "Gamma-subsidiaryOf-Beta")


HEADER = "# name: n\n# sentence: {a}\n# proof: ?a acquired ?b\n"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("SELECT ?a { ?a ?p ?b }", "no line '# name"),
        (HEADER + "SELECT ?a WHERE", "wrong.rq"),
        (HEADER + "ASK { ?a ?b ?c }", "must be a SELECT"),
        (HEADER.replace("acquired", "aquired") + "SELECT ?a ?b { ?a ?p ?b }", "kg:aquired is no word"),
        (HEADER + "# least: few\nSELECT ?a ?b { ?a ?p ?b }", "must be a number, not 'few'"),
        (HEADER + "SELECT ?a { ?a ?p ?b }", r"does not select \?b"),
        (HEADER.replace("{a}", "{c}") + "SELECT ?a ?b { ?a ?p ?b }", "sentence uses 'c'"),
        (HEADER.replace("?a acquired", "acquired") + "SELECT ?a ?b { ?a ?p ?b }", "is not '\\?one"),
    ],
)
def test_a_wrong_pattern_is_named_with_its_cause(newsroom: Any, tmp_path: Path, text: str, cause: str) -> None:
    file = tmp_path / "wrong.rq"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=cause):
        interests(newsroom.knowledge(), newsroom.ontology, patterns=[file])


@given(edges=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=25), longest=st.integers(2, 5))
def test_rings_are_the_simple_cycles_of_networkx(edges: set[tuple[int, int]], longest: int) -> None:
    graph: nx.DiGraph[Any] = nx.DiGraph((a, b) for a, b in sorted(edges) if a != b)

    def turned(ring: Any) -> tuple[int, ...]:
        first = ring.index(min(ring))
        return (*ring[first:], *ring[:first])

    assert sorted(turned(ring) for ring in rings(graph, longest)) == sorted(
        turned(ring) for ring in nx.simple_cycles(graph, length_bound=longest)
    )
