"""Linking through its front door, on hand-made appearances."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kgraph.linking import Catalogue, Entry, link
from kgraph.model import Appearance, AppearanceKey, Argument, Claim, ClaimId, EntityType, Quote

if TYPE_CHECKING:
    from kgraph.linking import Linking

ORG, PERSON, PLACE, PRODUCT = EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PLACE, EntityType.PRODUCT
CATALOGUE = Catalogue(
    [
        Entry(id="Q380", type=ORG, label="Meta", aliases=("Facebook", "Meta Platforms"), wikidata="Q380"),
        Entry(id="Q30", type=PLACE, label="United States", aliases=("U.S.", "US"), wikidata="Q30"),
    ],
    ordinary=["scale", "delta", "target", "records", "apple"],
)


def seen(
    article: str, start: int, name: str, kind: EntityType = ORG, *, also: tuple[str, ...] = (), called: tuple[str, ...] = ()
) -> Appearance:
    return Appearance(
        article=article,
        key=AppearanceKey(f"{article}-e{start}"),
        type=kind,
        name=name,
        names=tuple(sorted({name, *also})),
        start=start,
        descriptions=called,
    )


def tie(left: Appearance, predicate: str, right: Appearance) -> Claim:
    return Claim(
        id=ClaimId(f"{left.key}-{predicate}-{right.key}"),
        article=left.article,
        subject=Argument(appearance=left.key, start=0, end=1, text=left.name),
        predicate=predicate,
        object=Argument(appearance=right.key, start=2, end=3, text=right.name),
        quote=Quote(start=0, end=3, exact="x"),
        confidence=0.9,
        extractor="frames",
    )


def run(*appearances: Appearance, claims: tuple[Claim, ...] = ()) -> Linking:
    return link(appearances, claims, catalogue=CATALOGUE)


def groups(linking: Linking) -> list[list[str]]:
    return sorted(list(e.appearances) for e in linking.entities)


@pytest.mark.parametrize(
    ("full", "short", "kind"),
    [
        ("General Motors", "GM", ORG),
        ("Tyco International", "Tyco", ORG),
        ("Scale AI", "ScaleAI", ORG),
        ("Scale AI", "Scale", ORG),
        ("Kmart Corp.", "Kmart", ORG),
        ("Mary Barra", "Ms Barra", PERSON),
        ("Alexandr Wang", "Wang", PERSON),
        ("Paul A. Volcker", "Paul Volcker", PERSON),
        ("Windows Vista", "Vista", PRODUCT),
        ("Meta Platforms", "Meta", ORG),
        ("United States", "U.S.", PLACE),
    ],
)
def test_an_article_names_one_thing_in_two_ways(full: str, short: str, kind: EntityType) -> None:
    assert groups(run(seen("a", 0, full, kind), seen("a", 90, short, kind))) == [["a-e0", "a-e90"]]


def test_what_an_article_relates_is_two_things() -> None:
    siemens, energy = seen("a", 0, "Siemens"), seen("a", 90, "Siemens Energy")
    assert groups(run(siemens, energy)) == [["a-e0", "a-e90"]]
    assert groups(run(siemens, energy, claims=(tie(siemens, "ownsStakeIn", energy),))) == [["a-e0"], ["a-e90"]]


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Bank of America", "Bank of England", ORG),
        ("Bill Clinton", "Hillary Clinton", PERSON),
        ("Google", "Google Ventures", ORG),
        ("iPhone 4", "iPhone 5", PRODUCT),
        ("Ireland", "Northern Ireland", PLACE),
    ],
)
def test_an_article_names_two_things(left: str, right: str, kind: EntityType) -> None:
    assert len(run(seen("a", 0, left, kind), seen("a", 90, right, kind)).entities) == 2


def test_a_surname_that_two_people_share_stays_alone() -> None:
    linking = run(seen("a", 0, "Bill Clinton", PERSON), seen("a", 30, "Hillary Clinton", PERSON), seen("a", 60, "Clinton", PERSON))
    assert len(linking.entities) == 3


def test_a_ticker_is_its_company_in_the_same_article() -> None:
    catalogue = Catalogue([Entry(id="cik1", type=ORG, label="Harlow Energy", ticker="HRLW")])
    linking = link([seen("a", 0, "Harlow Energy"), seen("a", 20, "HRLW")], [], catalogue=catalogue)
    assert groups(linking) == [["a-e0", "a-e20"]]


def test_two_chains_that_hold_one_surname_leave_a_third_alone() -> None:
    linking = run(
        seen("a", 0, "Bill Clinton", PERSON, also=("Clinton",)),
        seen("a", 30, "Hillary Clinton", PERSON, also=("Clinton",)),
        seen("a", 60, "Clinton", PERSON),
    )
    assert len(linking.entities) == 3


def test_a_title_tells_which_of_two_people_is_meant() -> None:
    linking = run(
        seen("a", 0, "Mr Bill Clinton", PERSON), seen("a", 30, "Mrs Hillary Clinton", PERSON), seen("a", 60, "Mrs Clinton", PERSON)
    )
    assert groups(linking) == [["a-e0"], ["a-e30", "a-e60"]]


def test_the_same_company_in_two_articles_is_one_entity_with_all_names() -> None:
    linking = run(seen("a", 0, "Meta"), seen("b", 0, "Meta Platforms"), seen("b", 50, "Facebook"))
    (meta,) = linking.entities
    assert (meta.id, meta.label, meta.same_as) == ("Meta", "Meta", ("http://www.wikidata.org/entity/Q380",))
    assert meta.names == ("Facebook", "Meta", "Meta Platforms")


def test_an_alias_that_one_article_establishes_holds_in_another() -> None:
    linking = run(seen("a", 0, "Quillon Therapeutics", also=("Quillon",)), seen("b", 0, "Quillon"))
    assert [e.id for e in linking.entities] == ["Quillon_Therapeutics"]


def test_an_everyday_word_joins_a_longer_name_only_in_its_own_article() -> None:
    linking = run(seen("a", 0, "Scale AI"), seen("a", 50, "Scale"), seen("b", 0, "Scale"))
    assert groups(linking) == [["a-e0", "a-e50"], ["b-e0"]]


def test_an_airline_and_a_tap_maker_are_two_deltas() -> None:
    linking = run(
        seen("a", 0, "Delta", called=("the airline",)),
        seen("b", 0, "Delta", called=("an airline",)),
        seen("c", 0, "Delta", called=("a faucet maker",)),
    )
    assert groups(linking) == [["a-e0", "b-e0"], ["c-e0"]]
    assert linking.entities[0].id == "Delta"
    assert linking.entities[1].id.startswith("Delta-")


def test_two_people_with_a_common_name_stay_apart_without_evidence() -> None:
    linking = run(seen("a", 0, "James Murphy", PERSON), seen("b", 0, "James Murphy", PERSON))
    assert len(linking.entities) == 2
    assert [j.decision for j in linking.judgements] == ["unsure"]


def test_shared_company_makes_one_of_a_common_name() -> None:
    linking = run(
        seen("a", 0, "James Murphy", PERSON),
        seen("a", 9, "Oriole Robotics"),
        seen("b", 0, "James Murphy", PERSON),
        seen("b", 9, "Oriole Robotics"),
    )
    assert groups(linking) == [["a-e0", "b-e0"], ["a-e9", "b-e9"]]


def test_a_surname_alone_does_not_cross_articles() -> None:
    linking = run(seen("a", 0, "Alexandr Wang", PERSON), seen("b", 0, "Wang", PERSON))
    assert len(linking.entities) == 2


def test_a_surname_crosses_articles_with_the_same_relation() -> None:
    full, short = seen("a", 0, "Mark Zuckerberg", PERSON), seen("b", 0, "Zuckerberg", PERSON)
    here, there = seen("a", 50, "Meta"), seen("b", 50, "Meta")
    linking = run(full, short, here, there, claims=(tie(full, "leads", here), tie(short, "leads", there)))
    assert groups(linking) == [["a-e0", "b-e0"], ["a-e50", "b-e50"]]


def test_a_name_read_as_a_person_once_is_the_company_it_is_elsewhere_in_the_article() -> None:
    many = replace(seen("a", 0, "Scale AI", also=("Scale",)), count=9)
    linking = run(many, seen("a", 50, "Scale", PERSON))
    assert [(e.id, e.type, len(e.appearances)) for e in linking.entities] == [("Scale_AI", ORG, 2)]


def test_a_founder_and_the_company_of_his_name_stay_apart() -> None:
    linking = run(seen("a", 0, "Michael Dell", PERSON, also=("Dell",)), seen("a", 50, "Dell"))
    assert [e.id for e in linking.entities] == ["Dell", "Michael_Dell"]


def test_titles_are_no_part_of_a_label() -> None:
    (paul,) = run(seen("a", 0, "Sen. Rand Paul", PERSON)).entities
    assert (paul.id, paul.names) == ("Rand_Paul", ("Rand Paul", "Sen. Rand Paul"))


def test_a_country_that_was_read_as_its_government_is_the_country() -> None:
    (states,) = run(seen("a", 0, "U.S.", EntityType.GOVERNMENT_BODY), seen("b", 0, "United States", PLACE)).entities
    assert states.type is PLACE


def test_names_without_letters_are_not_one_thing() -> None:
    assert len(run(seen("a", 0, "..."), seen("a", 5, "???"), seen("b", 0, "—")).entities) == 3


def test_every_appearance_is_in_one_entity() -> None:
    everything = [seen("a", i, name) for i, name in enumerate(["Foo", "Bar Inc.", "Bar", "Foo & Bar", "FB"])]
    assert sorted(k for e in run(*everything).entities for k in e.appearances) == sorted(a.key for a in everything)


def test_a_place_told_with_its_region_is_the_place_told_without() -> None:
    linking = run(seen("a", 0, "Austin", PLACE, also=("Austin, Texas",)), seen("b", 0, "Austin", PLACE))
    assert [(e.id, e.names) for e in linking.entities] == [("Austin", ("Austin", "Austin, Texas"))]


@pytest.mark.parametrize(
    ("left", "right", "together"),
    [
        ("Portland, Maine", "Portland, Oregon", False),
        ("Portland, Ore.", "Portland, Oregon", True),
        ("Portland, U.S.", "Portland, Oregon", True),
        ("Birmingham, U.K.", "Birmingham, United States", False),
        ("London, England", "London, UK", True),
        ("Cambridge, England", "Cambridge, MA", False),
        ("Bath, Georgia", "Bath, U.S.", True),
        ("Buffalo, N.Y.", "Buffalo, New York, USA", True),
    ],
)
@pytest.mark.parametrize("is_plain_too", [True, False])
def test_places_of_one_name_are_one_unless_their_regions_differ(left: str, right: str, *, together: bool, is_plain_too: bool) -> None:
    also = (left.partition(",")[0],) if is_plain_too else ()
    linking = run(seen("a", 0, left, PLACE, also=also), seen("b", 0, right, PLACE, also=also))
    assert len(linking.entities) == (1 if together else 2)


def test_a_place_without_region_is_neither_of_two() -> None:
    linking = run(*(seen(article, 0, name, PLACE) for article, name in (("a", "Bath, Maine"), ("b", "Bath, Ohio"), ("c", "Bath"))))
    assert len(linking.entities) == 3


@pytest.mark.parametrize(
    ("listed", "name"), [("Oslo, Tokyo", "Oslo"), ("Pakistan, Iraq", "Pakistan"), ("Ohio, West Virginia", "Ohio"), ("Oslo,", "Oslo")]
)
def test_a_place_does_not_lie_in_the_next_one_of_a_list(listed: str, name: str) -> None:
    catalogue = Catalogue([Entry(id="Q1490", type=PLACE, label="Tokyo")])
    linking = link([seen("a", 0, name, PLACE, also=(listed,)), seen("b", 0, name, PLACE)], [], catalogue=catalogue)
    assert [e.names for e in linking.entities] == [(name,)]


def test_the_name_of_a_region_alone_is_no_town_elsewhere() -> None:
    linking = run(seen("a", 0, "Victoria", PLACE, also=("Victoria, TX",)), seen("b", 0, "Victoria", PLACE))
    assert groups(linking) == [["a-e0"], ["b-e0"]]


def test_a_region_that_has_the_name_of_a_famous_town_is_meant_where_towns_lie_in_it() -> None:
    catalogue = Catalogue(
        [Entry(id="Q61", type=PLACE, label="Washington, D.C.", aliases=("Washington",)), Entry(id="Q1223", type=PLACE, label="Washington")]
    )
    linking = link(
        [
            seen("a", 0, "Washington, D.C.", PLACE, also=("Washington",)),
            seen("b", 0, "Washington", PLACE),
            seen("c", 0, "Olympia", PLACE, also=("Olympia, Washington",)),
            seen("c", 9, "Washington", PLACE),
        ],
        [],
        catalogue=catalogue,
    )
    assert groups(linking) == [["a-e0", "b-e0"], ["c-e0"], ["c-e9"]]


@pytest.mark.parametrize(("beside", "home"), [("France", None), ("England", "a"), ("Maine", "b")])
def test_a_place_without_region_is_the_one_in_the_country_that_its_article_names(beside: str, home: str | None) -> None:
    linking = run(
        seen("a", 0, "Bath", PLACE, also=("Bath, England",)),
        seen("b", 0, "Bath", PLACE, also=("Bath, Maine",)),
        seen("c", 0, "Bath", PLACE),
        seen("c", 9, beside, PLACE),
    )
    assert [home] == [next((k[0] for k in e.appearances if k[0] != "c"), None) for e in linking.entities if "c-e0" in e.appearances]


@pytest.mark.parametrize(("well_known", "count"), [(False, 1), (True, 2)])
def test_a_city_by_its_full_style_is_the_city_unless_that_is_known_to_be_another(*, well_known: bool, count: int) -> None:
    catalogue = Catalogue([Entry(id="Q23311", type=PLACE, label="City of Bath")] if well_known else [])
    linking = link([seen("a", 0, "City of Bath", PLACE), seen("b", 0, "Bath", PLACE)], [], catalogue=catalogue)
    assert len(linking.entities) == count
    assert [j.by for j in linking.judgements if j.decision == "yes"] == ([] if well_known else ["short name"])


def test_in_an_article_a_city_by_its_full_style_is_the_city_whatever_else_bears_its_name() -> None:
    linking = run(*(seen("a", i * 20, name, PLACE) for i, name in enumerate(("City of Bath", "Bath", "Republic of Bath"))))
    assert ["a-e0", "a-e20"] in groups(linking)


BODY = EntityType.GOVERNMENT_BODY


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        (seen("a", 0, "Supreme Court", BODY, also=("Ghana's Supreme Court",)), seen("a", 9, "U.S. Supreme Court", BODY), False),
        (seen("a", 0, "Supreme Court", BODY), seen("a", 9, "U.S. Supreme Court", BODY), True),
        (seen("a", 0, "Fed", BODY), seen("a", 9, "Leeds Fed", BODY), False),
        (seen("a", 0, "Leeds Fed", BODY), seen("a", 9, "Fed", BODY), True),
        (seen("a", 0, "Commission", BODY), seen("a", 9, "Fisheries Commission", BODY), True),
    ],
    ids=["two countries", "one told a country", "short first", "in full first", "a word for any body"],
)
def test_a_body_that_is_told_with_more_words_before_it(first: Appearance, second: Appearance, one: bool) -> None:  # noqa: FBT001
    assert (len(run(first, second).entities) == 1) is one
