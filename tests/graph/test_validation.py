"""Seven deliberate faults give seven readable violations; a built graph gives none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest

from kgraph import graph
from kgraph.model import Knowledge, Quantity, Status
from kgraph.ontology import Ontology
from kgraph.settings import Settings

SUM = Quantity(text="$1", unit="USD", value=Decimal(1), low=Decimal(1), high=Decimal(1))


def turtle_with(known: Knowledge, settings: Settings, ontology: Ontology, change: Callable[[str], str]) -> list[graph.Violation]:
    """The violations of a graph after its N-Quads were changed by hand."""
    text = change(graph.serialise(graph.quads(known, settings, ontology), graph.RdfFormat.NQUADS, settings.namespace))
    return list(graph.validate(ox.parse(text, format=ox.RdfFormat.N_QUADS), ontology, settings))


def test_a_built_graph_conforms(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    assert graph.validate(graph.quads(deals, settings, ontology), ontology, settings) == ()


def without(*words: str) -> Callable[[str], str]:
    """Drop the lines that hold all of these words."""
    return lambda text: "".join(line for line in text.splitlines(keepends=True) if not all(word in line for word in words))


FAULTS: dict[str, tuple[Callable[[str], str], str]] = {
    "a quote of another length": (
        lambda text: text.replace('"Meta is reportedly in talks', '"Meta is in talks'),
        "quote:a2-0-66: a quote is as long as its offsets say (oa:end minus oa:start)",
    ),
    "a link without a fact": (
        lambda text: (
            text + "<https://w3id.org/kgraph/id/Meta> <https://w3id.org/kgraph/ontology#acquired> <https://w3id.org/kgraph/id/Scale_AI> .\n"
        ),
        ":Meta: a plain link kg:acquired has a fact behind it",
    ),
    "a claim without a quote": (without("claim/a3", "ontology#quote>"), "claim:a3-defgh: a claim has one kg:quote"),
    "a status of its own": (
        lambda text: text.replace("ontology#inTalks", "ontology#gossip"),
        (
            "claim:a2-cdefgh: kg:modality is one status: rumoured, inTalks, planned, announced, completed, terminated, denied, "
            "conditional, current, former or incoming (not kg:gossip)"
        ),
    ),
    "a confidence above one": (
        lambda text: text.replace('"0.95"', '"9.5"'),
        "claim:a2-cdefgh: kg:confidence is one decimal from 0 to 1 (not 9.5)",
    ),
    "money without a currency": (
        without("USD-over-10B", "currency"),
        "q:USD-over-10B: an amount of money has one schema:currency, an ISO 4217 code",
    ),
    "a fact out of nothing": (without("wasDerivedFrom"), "fact:Meta-investedIn-Scale_AI: a fact derives from at least one claim"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told(deals: Knowledge, ontology: Ontology, settings: Settings, fault: str) -> None:
    change, told = FAULTS[fault]
    assert [str(violation) for violation in turtle_with(deals, settings, ontology, change)] == [told]


def test_seven_faults_are_seven_violations(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    def change(text: str) -> str:
        for fault, _ in FAULTS.values():
            text = fault(text)
        return text

    assert sorted(map(str, turtle_with(deals, settings, ontology, change))) == sorted(told for _, told in FAULTS.values())


@pytest.mark.parametrize(
    ("change", "told", "severity"),
    [
        ({"predicate": "bornIn"}, "the subject of kg:bornIn is of a class that its rdfs:domain allows", "warning"),
        ({"predicate": "headquarteredIn"}, "the object of kg:headquarteredIn is of a class that its range allows", "warning"),
        ({"predicate": "bornOn", "object": True}, "the object of kg:bornOn is a thing, an amount, a number or a date", "violation"),
        ({"object": "2025"}, "the object of kg:investedIn is a thing", "violation"),
        ({"predicate": "wentPublic", "object": SUM}, "the object of kg:wentPublic is a thing", "violation"),
        ({"status": Status.CURRENT}, "the status is one that kg:investedIn can have", "violation"),
        (
            {"stake": Quantity(text="x", unit="share", value=Decimal(49), low=None, high=None)},
            "a stake is a share from 0 to 1",
            "violation",
        ),
    ],
)
def test_what_the_ontology_does_not_allow_is_told(
    deals: Knowledge, ontology: Ontology, settings: Settings, change: dict[str, object], told: str, severity: str
) -> None:
    known = replace(deals, facts=(replace(deals.facts[0], **change),))  # type: ignore[arg-type]
    found = graph.validate(graph.quads(known, settings, ontology), ontology, settings, warnings=True)
    assert severity in {violation.severity for violation in found if violation.message.startswith(told)}


def test_warnings_are_told_only_when_asked_for(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    known = replace(deals, facts=(replace(deals.facts[0], predicate="headquarteredIn", status=None),))
    assert graph.validate(graph.quads(known, settings, ontology), ontology, settings) == ()
