"""Facts in few words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

import kgraph
from kgraph.export import phrase, picture, sentence, sentences
from kgraph.export.wording.figures import figure
from kgraph.model import Knowledge, Quantity, Status


def quantity(value=None, low=None, high=None, unit="USD", qualifier="exactly") -> Quantity:
    value, low, high = (None if each is None else Decimal(str(each)) for each in (value, low, high))
    return Quantity(text="as said", unit=unit, value=value, low=low, high=high, qualifier=qualifier)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (quantity(15e9, qualifier="about"), "~$15bn"),
        (quantity(10e9, qualifier="over"), ">$10bn"),
        (quantity(14e9, qualifier="nearly"), "nearly $14bn"),
        (quantity(870e6), "$870m"),
        (quantity(-1.2e9), "\N{MINUS SIGN}$1.2bn"),
        (quantity(low=-15e9, high=-14e9, qualifier="range"), "\N{MINUS SIGN}$15\N{EN DASH}\N{MINUS SIGN}14bn"),
        (quantity(-0.001), "$0"),
        (quantity(1.25e12, unit="JPY"), "¥1.25tn"),
        (quantity(3e9, unit="CHF"), "CHF 3bn"),
        (quantity(0.49, unit="share"), "49%"),
        (quantity(1200, unit="employees"), "1,200 employees"),
        (quantity(low=14e9, high=15e9), "$14\u201315bn"),
        (quantity(low=900e6, high=1.1e9), "$900m\u20131.1bn"),
        (quantity(low=10e9), "≥$10bn"),
        (quantity(high=10e9), "≤$10bn"),
        (quantity(), "as said"),
    ],
)
def test_figures_are_short(given, words):
    assert figure(given) == words


def test_a_fact_reads_as_a_phrase_and_as_a_sentence(deal, ontology):
    facts = {fact.id: fact for fact in deal.facts}
    labels = {entity.id: entity.label for entity in deal.entities}
    deal_fact = facts["Meta-investedIn-Scale_AI"]
    assert phrase(deal_fact, ontology) == "invests ~$15bn for 49%, planned"
    assert sentence(deal_fact, ontology, labels) == "Meta invests in Scale AI, ~$15bn for 49%, planned"
    assert sentence(facts["Scale_AI-suppliesTo-OpenAI"], ontology, labels) == "Scale AI supplies labelled data to OpenAI"
    assert sentence(facts["Scale_AI-headquarteredIn-San_Francisco"], ontology, labels) == "Scale AI is based in San Francisco"
    assert sentence(facts["Scale_AI-hasRevenue"], ontology, labels) == "Scale AI has revenue of $870m"
    role = facts["Mark_Zuckerberg-holdsRole-Meta"]
    assert sentence(role, ontology, labels) == "Mark Zuckerberg is CEO of Meta"
    assert sentence(replace(role, status=Status.FORMER), ontology, labels) == "Mark Zuckerberg was CEO of Meta, former"


def test_a_denied_fact_says_so(deal, ontology):
    fact = replace(deal.facts[0], negative=True)
    assert phrase(fact, ontology).startswith("not: ")
    told = [sentence(replace(fact, status=status), ontology, {}) for status in (Status.COMPLETED, Status.DENIED)]
    assert [("does not" in words, words.endswith("denied")) for words in told] == [(True, False), (False, True)]


def test_a_predicate_that_no_ontology_knows_is_spelt_out(deal, ontology):
    assert phrase(replace(deal.facts[0], predicate="licensesTo", role=None), ontology) == "licenses to"


def test_a_sum_of_an_earlier_stage_is_said_with_it(newsroom, figure, words):
    newsroom.tell("a@2025-03-03", "Acme", "acquired", "Beta", status="planned", amount=figure("14 to 15"))
    newsroom.tell("b@2025-04-03", "Acme", "acquired", "Beta", status="completed", amount=figure("over 1"))
    newsroom.tell("a@2025-03-03", "Gamma", "acquired", "Delta", status="planned", amount=figure("3"))
    newsroom.tell("b@2025-04-03", "Gamma", "acquired", "Delta", status="completed")
    newsroom.tell("b@2025-04-03", "Eta", "acquired", "Theta", status="completed", amount=figure("about 3"))
    newsroom.tell("a@2025-03-03", "Eta", "acquired", "Theta", status="announced", amount=figure("3"))
    known = newsroom.knowledge()
    whole = tuple(
        replace(fact, amount=figure("14 to 15")) if fact.subject == "Acme" else replace(fact, amount=figure("3")) for fact in known.facts
    )
    said = sentences(replace(known, facts=whole), words, (fact.id for fact in whole))
    assert set(said.values()) == {
        "Acme acquires Beta, >$1bn ($14\N{EN DASH}15bn planned)",
        "Gamma acquires Delta ($3bn planned)",
        "Eta acquires Theta, $3bn",
    }


@pytest.fixture
def paid_in_part(newsroom, figure) -> Knowledge:
    """Planned for $14 to $15bn, done for more than $1bn; the fact has the planned sum."""
    newsroom.tell("a@2025-03-03", "Acme", "acquired", "Beta", status="planned", amount=figure("14 to 15"))
    newsroom.tell("b@2025-04-03", "Acme", "acquired", "Beta", status="completed", amount=figure("over 1"))
    known = newsroom.knowledge()
    return replace(known, facts=tuple(replace(fact, amount=figure("14 to 15")) for fact in known.facts))


@pytest.mark.parametrize("kind", ["network", "ownership"])
def test_pictures_say_a_sum_with_its_stage_and_in_full(paid_in_part, words, kind):
    drawn = picture(paid_in_part, words, kind=kind).decode()
    assert "acquires &gt;$1bn ($14\N{EN DASH}15bn planned)" in drawn


def test_a_proof_says_a_sum_with_its_stage(paid_in_part):
    (proof,) = kgraph.Graph(paid_in_part).why("Acme acquired Beta")
    assert proof.sentence == "Acme acquired Beta (over $1 billion, $14\N{EN DASH}15 billion planned, completed)"
