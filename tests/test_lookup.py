"""What a person calls a thing finds it, by one rule."""

from __future__ import annotations

import pytest

from kgraph.errors import GraphError
from kgraph.lookup import find_entity, find_only_entity
from kgraph.model import AppearanceKey, Entity, EntityId, EntityType, Knowledge


def thing(identifier: str, label: str, *names: str, appearances: int = 1, replaces: tuple[str, ...] = ()) -> Entity:
    return Entity(
        id=EntityId(identifier),
        type=EntityType.ORGANIZATION,
        label=label,
        names=tuple(sorted({label, *names})),
        appearances=tuple(AppearanceKey(f"{identifier}-e{i}") for i in range(appearances)),
        replaces=tuple(map(EntityId, replaces)),
    )


KNOWN = Knowledge(
    entities=(
        thing("Apex_Motors", "Apex Motors", "Apex", appearances=9, replaces=("Apex_Cars",)),
        thing("Apex", "APEX", appearances=2),
        thing("Delta_2", "Delta", appearances=5),
        thing("Delta_3", "Delta", "Delta Faucet", appearances=4),
        thing("Scale_AI", "Scale AI", "Scale A.I."),
        thing("Ada_Ravenscroft", "Ada Ravenscroft"),
    )
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Apex", "Apex"),
        ("Apex_Cars", "Apex_Motors"),
        ("apex motors", "Apex_Motors"),
        ("Delta", "Delta_2"),
        ("delta", "Delta_2"),
        ("Delta Faucet", "Delta_3"),
        ("scale_ai", "Scale_AI"),
        ("Scale A.I", "Scale_AI"),
    ],
)
def test_a_thing_is_found_by_id_and_name_in_any_case(name: str, found: str) -> None:
    assert find_entity(KNOWN, name).id == found


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Scail AI", "'Scail AI' is not in the graph; did you mean Scale A"),
        ("Raven", r"'Raven' is not in the graph; did you mean Ada Ravenscroft\?"),
        ("faucet", r"'faucet' is not in the graph; did you mean Delta Faucet\?"),
        ("Ra", "'Ra' is not in the graph$"),
        ("croft", "'croft' is not in the graph$"),
        ("...", "'...' is not"),
    ],
)
def test_what_is_not_there_is_said_with_what_is_near(name: str, said: str) -> None:
    with pytest.raises(GraphError, match=said):
        find_entity(KNOWN, name)


@pytest.mark.parametrize(
    ("name", "found"),
    [("Apex", "Apex"), ("Apex_Cars", "Apex_Motors"), ("delta_2", "Delta_2"), ("delta faucet", "Delta_3"), ("Scale A.I.", "Scale_AI")],
)
def test_an_id_or_a_name_that_one_thing_bears_is_enough_for_a_decision(name: str, found: str) -> None:
    assert find_only_entity(KNOWN, name).id == found


@pytest.mark.parametrize(("name", "ids"), [("Delta", "Delta_2, Delta_3"), ("DELTA", "Delta_2, Delta_3"), ("apex", "Apex_Motors, Apex")])
def test_a_decision_is_about_no_name_that_several_things_bear(name: str, ids: str) -> None:
    with pytest.raises(GraphError, match=f"^'{name}' is the name of several things; give the id of one: {ids}$"):
        find_only_entity(KNOWN, name)


def test_of_many_things_of_one_name_five_are_named() -> None:
    many = Knowledge(entities=tuple(thing(f"Delta_{number}", "Delta") for number in range(2, 9)))
    with pytest.raises(GraphError, match=r": Delta_2, Delta_3, Delta_4, Delta_5, Delta_6 and 2 more$"):
        find_only_entity(many, "Delta")


def test_what_a_decision_names_must_be_there() -> None:
    with pytest.raises(GraphError, match="'Scail AI' is not in the graph; did you mean Scale A"):
        find_only_entity(KNOWN, "Scail AI")
