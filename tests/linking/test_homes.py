"""A town that is told to lie elsewhere than the known one of its name is another; one that tells nothing is the known one."""

from __future__ import annotations

import pytest

from kgraph.linking import Catalogue, Entry, Linking, link, load_catalogue
from kgraph.model import Appearance, AppearanceKey, EntityType

PLACE = EntityType.PLACE


def seen(article: str, start: int, name: str, *also: str) -> Appearance:
    key = AppearanceKey(f"{article}-e{start}")
    return Appearance(article=article, key=key, type=PLACE, name=name, names=tuple(sorted({name, *also})), start=start)


def run(*appearances: Appearance) -> Linking:
    return link(appearances, [], catalogue=load_catalogue())


@pytest.mark.parametrize(
    ("other", "known"),
    [
        ("Dublin, Ohio", "Dublin"),
        ("Paris, Texas", "Paris"),
        ("Birmingham, Ala.", "Birmingham"),
        ("London, Ontario", "London"),
        ("St. Petersburg, Fla.", "St. Petersburg"),
        ("Vancouver, Wash.", "Vancouver"),
        ("Rome, Georgia", "Rome"),
        ("Hyderabad, Pakistan", "Hyderabad"),
        ("Melbourne, FL", "Melbourne"),
    ],
)
def test_a_town_in_another_region_is_not_the_famous_one(other: str, known: str) -> None:
    linking = run(seen("a", 0, known, other), seen("b", 0, known))
    assert [(e.appearances, bool(e.same_as)) for e in sorted(linking.entities, key=lambda e: e.appearances)] == [
        (("a-e0",), False),
        (("b-e0",), True),
    ]


@pytest.mark.parametrize("told", ["London, England", "London, U.K.", "London", "London, Heathrow"])
def test_a_famous_town_keeps_its_id_where_its_country_is_told(told: str) -> None:
    (place,) = (e for e in run(seen("a", 0, "London", told)).entities if "London" in e.names)
    assert place.same_as == ("http://www.wikidata.org/entity/Q84",)


def test_a_name_that_several_towns_bear_alike_has_no_id() -> None:
    assert [e.same_as for e in run(seen("a", 0, "Portland")).entities] == [()]


def test_a_known_place_of_which_nobody_knows_where_it_lies_is_not_meant_where_a_country_is_told() -> None:
    catalogue = Catalogue([Entry(id="Q1", type=PLACE, label="Harlow Bay", wikidata="Q1")])
    plain, told = (link([seen("a", 0, "Harlow Bay", name)], [], catalogue=catalogue) for name in ("Harlow Bay", "Harlow Bay, Kenya"))
    assert [bool(e.same_as) for linking in (plain, told) for e in linking.entities] == [True, False]


def test_a_state_and_a_country_of_one_name_are_two_by_the_towns_beside_them() -> None:
    rows = [("a", "Tbilisi"), ("b", "Atlanta"), ("c", "Atlanta")]
    linking = run(*(seen(article, start, name) for article, town in rows for start, name in ((0, "Georgia"), (9, town))))
    assert sorted(e.appearances for e in linking.entities if e.label == "Georgia") == [("a-e0",), ("b-e0", "c-e0")]
