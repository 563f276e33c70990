"""The ontology says how each predicate behaves; a user's file adds to it."""

from __future__ import annotations

import pickle
from decimal import Decimal
from pathlib import Path

import pytest

from kgraph import ontology
from kgraph.errors import OntologyError
from kgraph.model import EntityType, Status
from kgraph.ontology import ObjectKind

KNOWN = ontology.load()
PREDICATES = """investedIn acquired ownsStakeIn mergedWith subsidiaryOf founded holdsRole hired departedFrom worksFor leads boardMemberOf
    partnerOf suppliesTo competesWith launched sued investigates fined headquarteredIn tradedOn wentPublic filedForBankruptcy raisedFunding
    valuedAt hasRevenue hasProfit hasLoss plansSpending employeeCount laidOff foundedOn bornOn diedOn bornIn citizenOf educatedAt spouseOf
    childOf residesIn""".split()  # noqa: SIM905  # a list of so many words reads best as text


def test_every_predicate_of_the_closed_list_is_there() -> None:
    assert sorted(KNOWN.predicates) == sorted(PREDICATES)


@pytest.mark.parametrize("name", PREDICATES)
def test_every_predicate_has_a_label_a_comment_and_a_domain(name: str) -> None:
    rule = KNOWN.predicates[name]
    assert rule.label
    assert rule.comment.endswith(".")
    assert rule.subject_types


def test_symmetric_marks_are_those_of_the_closed_list() -> None:
    assert sorted(name for name, rule in KNOWN.predicates.items() if rule.symmetric) == [
        "competesWith",
        "mergedWith",
        "partnerOf",
        "spouseOf",
    ]


def test_events_carry_the_status_of_an_event_and_roles_their_own() -> None:
    events = "investedIn acquired mergedWith partnerOf raisedFunding hired departedFrom laidOff launched sued investigates fined"
    assert sorted(n for n, r in KNOWN.predicates.items() if r.is_event) == sorted([*events.split(), "wentPublic", "filedForBankruptcy"])
    assert KNOWN.predicates["holdsRole"].statuses == (Status.INCOMING, Status.CURRENT, Status.FORMER)
    assert KNOWN.predicates["worksFor"].statuses == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("acquired", ObjectKind.ENTITY),
        ("hasRevenue", ObjectKind.MONEY),
        ("laidOff", ObjectKind.NUMBER),
        ("bornOn", ObjectKind.DATE),
        ("filedForBankruptcy", ObjectKind.NONE),
    ],
)
def test_the_range_tells_what_kind_of_object_a_predicate_takes(name: str, kind: ObjectKind) -> None:
    assert KNOWN.predicates[name].object_kind is kind


def test_a_domain_that_joins_classes_allows_each_of_them() -> None:
    assert KNOWN.predicates["founded"].subject_types == {EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GOVERNMENT_BODY}


def test_an_object_is_optional_where_the_range_includes_none() -> None:
    rule = KNOWN.predicates["wentPublic"]
    assert (rule.object_optional, rule.object_kind) == (True, ObjectKind.ENTITY)
    assert EntityType.ORGANIZATION in rule.object_types


def test_disjointness_holds_both_ways() -> None:
    assert "competesWith" in KNOWN.predicates["subsidiaryOf"].disjoint
    assert "subsidiaryOf" in KNOWN.predicates["competesWith"].disjoint


def test_hedges_are_the_table_of_the_model() -> None:
    bounds = {hedge.qualifier: (hedge.lower, hedge.upper) for hedge in KNOWN.hedges}
    assert bounds["about"] == (Decimal("0.95"), Decimal("1.05"))
    assert bounds["nearly"] == (Decimal("0.9"), Decimal(1))
    assert bounds["over"] == (Decimal(1), None)


def test_no_cue_belongs_to_two_hedges() -> None:
    cues = [word for hedge in KNOWN.hedges for word in hedge.words]
    assert len(cues) == len(set(cues))


def test_links_start_at_a_status() -> None:
    assert KNOWN.linked(Status.COMPLETED, Status.PLANNED)
    assert not KNOWN.linked(Status.IN_TALKS, Status.PLANNED)
    assert not KNOWN.linked(Status.FORMER, Status.PLANNED)
    assert KNOWN.linked(None, Status.COMPLETED)


def test_an_ontology_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(KNOWN)) == KNOWN  # noqa: S301


OWN = """PREFIX ex: <https://example.org/> PREFIX kg: <https://w3id.org/kgraph/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
ex:licensedTo a owl:ObjectProperty ; rdfs:label "licensed" ; rdfs:domain kg:Organization ; rdfs:range %s .
"""


def test_a_users_file_adds_a_predicate(tmp_path: Path) -> None:
    path = tmp_path / "licences.ttl"
    path.write_text(OWN % "kg:Agent", encoding="utf-8")
    rule = ontology.load([path]).predicates["licensedTo"]
    assert rule.iri == "https://example.org/licensedTo"
    assert EntityType.PERSON in rule.object_types


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("ex:a b", "line 1"), (OWN % "kg:Nothing", "no class of things"), (OWN.replace('rdfs:label "licensed" ;', "") % "kg:Agent", "has no")],
)
def test_a_wrong_file_is_named_with_the_cause(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "wrong.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=f"wrong.ttl.*{complaint}"):
        ontology.load([path])
