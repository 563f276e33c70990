"""Why a fact is believed: found by IRI, id or words; shown with its words marked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from kgraph import graph
from kgraph.errors import QueryError
from kgraph.model import EntityId, FactId, Knowledge
from kgraph.ontology import Ontology
from kgraph.settings import Settings

DEAL = "Meta-investedIn-Scale_AI"


@pytest.mark.parametrize(
    "what",
    [
        "Meta investedIn Scale AI",
        "meta invested in scale ai",
        "META invests in Scale A.I.",
        "Meta Platforms invested in Scale",
        "Meta investedIn",
        "Meta Scale AI",
        "Scale AI",
        DEAL,
        f"fact:{DEAL}",
        f"<https://w3id.org/kgraph/id/fact/{DEAL}>",
        "claim:a2-cdefgh",
        "a2-cdefgh",
    ],
)
def test_a_fact_is_found_by_what_a_person_would_type(deals: Knowledge, ontology: Ontology, settings: Settings, what: str) -> None:
    assert [proof.fact for proof in graph.why(deals, what, ontology, settings)] == [DEAL]


@pytest.mark.parametrize(
    "what", ["Scale AI investedIn Meta", "Meta acquired Scale AI", "Meta investedIn Amazon", "Amazon", "", "fact:Meta-acquired-Apple"]
)
def test_what_names_no_fact_is_told(deals: Knowledge, ontology: Ontology, settings: Settings, what: str) -> None:
    with pytest.raises(QueryError, match="no fact is named by"):
        graph.why(deals, what, ontology, settings)


def test_the_error_tells_what_is_known_of_the_things_first_what_joins_them(
    deals: Knowledge, ontology: Ontology, settings: Settings
) -> None:
    (fact,) = deals.facts
    elsewhere = replace(fact, id=FactId("Meta-acquired-Instagram"), predicate="acquired", object=EntityId("Instagram"))
    with pytest.raises(QueryError, match=f"known are {DEAL}, Meta-acquired-Instagram"):
        graph.why(replace(deals, facts=(elsewhere, fact)), "Meta sued Scale AI", ontology, settings)


def test_a_proof_shows_every_claim_by_date_with_its_words_marked(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    (proof,) = graph.why(deals, DEAL, ontology, settings)
    assert proof.sentence == "Meta invested in Scale AI ($14–15 billion, 49%, about 2025-06, planned)"  # noqa: RUF001
    assert proof.explanation == (
        "3 claims in 3 articles by 1 publisher; confidence 0.90",
        "amount: “over $10 billion” allows “approximately $15 billion”, but is anchored a third lower.",
    )
    assert [piece.date for piece in proof.evidence] == [dt.date(2025, 6, day) for day in (8, 10, 11)]
    first = proof.evidence[0]
    assert (first.article, first.status, first.hedge) == ("a2", "in talks", "reportedly")
    assert first.parts == (
        ("Meta", True),
        (" is ", False),
        ("reportedly", True),
        (" in talks to invest ", False),
        ("over $10 billion", True),
        (" in ", False),
        ("Scale AI", True),
    )
    assert (first.before, first.after) == ("", ".")
    assert proof.evidence[2].after == ", people said."
