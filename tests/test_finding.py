"""What a person calls a thing finds it, by one rule."""

from __future__ import annotations

import pytest

from kgraph.errors import GraphError
from kgraph.finding import find_entity
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


@pytest.mark.parametrize(("name", "said"), [("Scail AI", "'Scail AI' is not in the graph; near it are Scale AI"), ("...", "'...' is not")])
def test_what_is_not_there_is_said_with_what_is_near(name: str, said: str) -> None:
    with pytest.raises(GraphError, match=said):
        find_entity(KNOWN, name)
