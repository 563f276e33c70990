"""Colliding interests: each hit with its proof, and nothing beyond the texts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.analysis import Interest, interests
from kgraph.analysis.conflict_of_interest.cycles import simple_cycles
from kgraph.errors import OntologyError
from kgraph.model import Quantity, Status


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


def share(low: str | None, high: str | None) -> Quantity:
    """A stake that is told as a range."""
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return Quantity(text="a stake", unit="share", value=None, low=ends[0], high=ends[1], qualifier="range")


@pytest.mark.parametrize(
    ("stake", "counts"),
    [
        (None, 0.3),
        (share("0", "0.5"), 0.3),
        (share("0.05", "0.12"), 0.3),
        (share("0.5", "1"), 0.75),
        (share(None, None), 0.3),
    ],
    ids=["unknown", "a minority", "a small one", "a majority", "unknown in words"],
)
def test_a_stake_counts_its_share_but_a_small_one_does_not_vanish(newsroom: Any, stake: Quantity | None, counts: float) -> None:
    for rival in ("Acme", "Beta"):
        newsroom.tell("a", "Fund", "investedIn", rival, status="completed", stake=stake)
    newsroom.tell("b", "Acme", "competesWith", "Beta")
    (hit,) = found(newsroom, "investor in two")
    assert hit.score == pytest.approx(0.765**3 * counts, abs=1e-3)


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


def test_a_deal_between_two_firms_of_one_owner_who_bought_one_of_them_long_after_is_no_interest(newsroom: Any) -> None:
    newsroom.tell("a@2008-07-01", "Acme", "partnerOf", "Beta", status="announced")
    newsroom.tell("b@2012-03-30", "Group", "acquired", "Acme", status="completed")
    newsroom.tell("b@2012-03-30", "Beta", "subsidiaryOf", "Group")
    assert found(newsroom, "common owner") == []
    newsroom.tell("c@2012-05-01", "Acme", "partnerOf", "Beta", status="completed")
    assert len(found(newsroom, "common owner")) == 1


@pytest.mark.parametrize("deal", ["acquired", "mergedWith"])
@pytest.mark.parametrize("owns", [("Group", "acquired", "Beta"), ("Beta", "subsidiaryOf", "Group")], ids=["bought", "owned"])
def test_an_owner_through_the_very_takeover_is_no_second_side(newsroom: Any, deal: str, owns: tuple[str, str, str]) -> None:
    subject, predicate, object_ = owns
    newsroom.tell("a", "Acme", "subsidiaryOf", "Group")
    newsroom.tell("a", "Acme", deal, "Beta", status="announced")
    newsroom.tell("a", subject, predicate, object_, status="announced" if predicate == "acquired" else None)
    assert found(newsroom, "common owner") == []


def test_an_owner_of_a_part_of_what_his_firm_buys_is_on_both_sides(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "subsidiaryOf", "Group")
    newsroom.tell("a", "Group", "ownsStakeIn", "Beta", stake=figure("20", "share"))
    newsroom.tell("a", "Acme", "acquired", "Beta", status="announced")
    assert len(found(newsroom, "common owner")) == 1


@pytest.mark.parametrize(
    "office",
    [
        ("Acme", "hired", "person:Ada", {"status": "announced"}),
        ("person:Ada", "holdsRole", "Acme", {"status": "incoming", "role": "chair"}),
    ],
    ids=["hired", "incoming"],
)
def test_an_office_that_a_takeover_brings_is_no_second_side(newsroom: Any, office: Any) -> None:
    subject, predicate, object_, rest = office
    newsroom.tell("a", "person:Ada", "holdsRole", "Beta", status="current", role="CEO")
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("a", subject, predicate, object_, **rest)
    assert found(newsroom, "one person") == []
    newsroom.tell("a", "Acme", "suppliesTo", "Beta")
    assert len(found(newsroom, "one person")) == 1


def test_who_died_before_a_deal_has_no_part_in_it(newsroom: Any) -> None:
    for firm in ("Acme", "Beta"):
        newsroom.tell("a@2006-01-02", "person:Ada", "boardMemberOf", firm)
    newsroom.tell("b@2008-01-03", "Acme", "partnerOf", "Beta", status="completed")
    assert len(found(newsroom, "one person")) == 1
    newsroom.tell("b@2008-01-03", "person:Ada", "diedOn", "2007-12-29")
    assert found(newsroom, "one person") == []


@pytest.mark.parametrize("left", ["former", "departed"])
def test_who_left_one_rival_before_he_came_to_the_other_has_one_seat_at_a_time(newsroom: Any, left: str) -> None:
    newsroom.tell("a@2006-01-02", "person:Ada", "leads", "Acme")
    newsroom.tell("a@2006-01-02", "Acme", "competesWith", "Beta")
    newsroom.tell("c@2010-03-01", "person:Ada", "leads", "Beta", when="2010-03")
    assert len(found(newsroom, "board interlock")) == 1
    if left == "former":
        newsroom.tell("b@2008-01-03", "person:Ada", "holdsRole", "Acme", status="former", role="CEO", when="2007")
    else:
        newsroom.tell("b@2008-01-03", "person:Ada", "departedFrom", "Acme", status="completed", when="2007")
    assert found(newsroom, "board interlock") == []


def test_who_left_one_office_keeps_the_other(newsroom: Any) -> None:
    for office, firm in (("pilot", "Acme"), ("chair", "Acme"), ("director", "Beta")):
        newsroom.tell("a@2006-01-02", "person:Ada", "holdsRole", firm, status="current", role=office)
    newsroom.tell("a@2006-01-02", "person:Ada", "departedFrom", "Acme", status="completed", role="pilot", when="2007")
    newsroom.tell("c@2010-03-01", "Acme", "partnerOf", "Beta", status="completed")
    (hit,) = found(newsroom, "one person")
    assert "Ada-holdsRole-Acme-chair" in hit.facts


def test_who_left_and_came_back_has_his_seat(newsroom: Any) -> None:
    newsroom.tell("a@2005-01-02", "person:Ada", "departedFrom", "Acme", status="completed", when="1985")
    for firm in ("Acme", "Beta"):
        newsroom.tell("a@2005-01-02", "person:Ada", "leads", firm)
    newsroom.tell("a@2005-01-02", "Acme", "competesWith", "Beta")
    assert len(found(newsroom, "board interlock")) == 1


@pytest.mark.parametrize(
    ("pattern", "links"),
    [
        ("investor in two", [("Fund", "investedIn", "Acme"), ("Fund", "ownsStakeIn", "Beta"), ("Acme", "competesWith", "Beta")]),
        ("board interlock", [("person:Ada", "boardMemberOf", "Acme"), ("person:Ada", "leads", "Beta"), ("Acme", "competesWith", "Beta")]),
        ("common owner", [("Fund", "acquired", "Acme"), ("Beta", "subsidiaryOf", "Fund"), ("Acme", "suppliesTo", "Beta")]),
        (
            "person with a role",
            [
                ("person:Ada", "boardMemberOf", "Acme"),
                ("person:Ada", "ownsStakeIn", "Fund"),
                ("Fund", "acquired", "Beta"),
                ("Acme", "investedIn", "Beta"),
            ],
        ),
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


@pytest.mark.parametrize(
    ("predicate", "object_", "status"),
    [
        ("competesWith", "Beta", None),
        ("competesWith", "Gamma", None),
        ("launched", "product:Gadget", "completed"),
        ("acquired", "Beta", "announced"),
    ],
    ids=["the rivalry", "another rivalry", "a product", "their own deal"],
)
def test_a_rival_who_names_what_all_know_or_his_own_deal_tells_nothing_against_his_rival(
    newsroom: Any, predicate: str, object_: str, status: str | None
) -> None:
    newsroom.tell("a", "Beta", "competesWith", "Acme")
    newsroom.tell("b", "Acme", predicate, object_, status=status, said_by="Beta")
    assert found(newsroom, "the source of a statement competes") == []


def test_what_only_its_chief_says_of_a_firms_deeds_is_told_by_a_party(newsroom: Any) -> None:
    newsroom.tell("a", "person:Ada", "holdsRole", "Acme", status="current", role="CEO", said_by="Ada")
    newsroom.tell("a", "person:Ada", "worksFor", "Acme", said_by="Ada")
    newsroom.tell("a", "person:Bob", "holdsRole", "Acme", status="current", role="clerk", said_by="Ada")
    newsroom.tell("a", "Acme", "headquarteredIn", "place:Oslo", said_by="Ada")
    assert found(newsroom, "the only source") == []
    newsroom.tell("a", "Acme", "suppliesTo", "Cust", said_by="Ada")
    (hit,) = found(newsroom, "the only source")
    assert "Acme-suppliesTo-Cust" in hit.facts


def test_a_buyer_who_tells_of_his_purchase_is_no_source_beside_the_deal(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="announced", said_by="Acme")
    assert found(newsroom, "the only source") == []


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
        (HEADER + "# deal: acquired ?b\nSELECT ?a ?b { ?a ?p ?b }", "is not '\\?one"),
        (HEADER.replace("?a acquired", "acquired") + "SELECT ?a ?b { ?a ?p ?b }", "is not '\\?one"),
    ],
)
def test_a_wrong_pattern_is_named_with_its_cause(newsroom: Any, tmp_path: Path, text: str, cause: str) -> None:
    file = tmp_path / "wrong.rq"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=cause):
        interests(newsroom.knowledge(), newsroom.ontology, patterns=[file])


@given(edges=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=25), longest=st.integers(2, 5))
def test_simple_cycles_are_the_simple_cycles_of_networkx(edges: set[tuple[int, int]], longest: int) -> None:
    graph: nx.DiGraph[Any] = nx.DiGraph((a, b) for a, b in sorted(edges) if a != b)

    def turned(ring: Any) -> tuple[int, ...]:
        first = ring.index(min(ring))
        return (*ring[first:], *ring[:first])

    assert sorted(turned(ring) for ring in simple_cycles(graph, longest)) == sorted(
        turned(ring) for ring in nx.simple_cycles(graph, length_bound=longest)
    )
