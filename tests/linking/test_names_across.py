"""One thing under several names in several articles: whose a body is, plurals, slips of the pen, and surnames with an office."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kgraph.linking import Catalogue, Entry, Linking, link, load_catalogue
from kgraph.model import Appearance, AppearanceKey, Argument, Claim, ClaimId, EntityType, Quote

ORG, PERSON, PLACE, PRODUCT = EntityType.ORGANIZATION, EntityType.PERSON, EntityType.PLACE, EntityType.PRODUCT
BODY = EntityType.GOVERNMENT_BODY
CATALOGUE = Catalogue(
    [Entry(id="Q30", type=PLACE, label="United States", aliases=("U.S.", "US"))],
    ordinary=["board", "brown", "commission", "consumer", "daily", "dairy", "market", "product", "safety"],
)


def seen(article: str, start: int, name: str, kind: EntityType, *also: str) -> Appearance:
    key = AppearanceKey(f"{article}-e{start}")
    return Appearance(article=article, key=key, type=kind, name=name, names=tuple(sorted({name, *also})), start=start)


def run(*appearances: Appearance) -> Linking:
    return link(appearances, [], catalogue=CATALOGUE)


def groups(linking: Linking) -> list[list[str]]:
    return sorted(list(e.appearances) for e in linking.entities)


def are_one(left: str, right: str, kind: EntityType) -> bool:
    return len(run(seen("a", 0, left, kind), seen("b", 0, right, kind)).entities) == 1


@pytest.mark.parametrize(
    ("name", "kind", "together"),
    [
        ("US Safety Commission", BODY, True),
        ("Safety Commission of the United States", BODY, True),
        ("Safety Commission", BODY, False),
        ("Irish Market Board", ORG, True),
        ("Market Board", ORG, False),
        ("Consumer Product Safety Commission", BODY, True),
        ("US District Court", BODY, False),
        ("Elizabeth II", PERSON, True),
    ],
)
def test_a_name_that_tells_whose_or_much_else_is_one_thing(name: str, kind: EntityType, *, together: bool) -> None:
    linking = link([seen("a", 0, name, kind), seen("b", 0, name, kind)], [], catalogue=Catalogue([], ordinary=name.lower().split()))
    assert len(linking.entities) == (1 if together else 2)


def test_a_long_name_is_two_things_where_articles_tell_of_two_countries() -> None:
    name = "Consumer Product Safety Commission"
    linking = run(seen("a", 0, name, BODY), seen("a", 9, "India", PLACE), seen("b", 0, name, BODY), seen("b", 9, "Kenya", PLACE))
    assert len([e for e in linking.entities if e.type is BODY]) == 2


@pytest.mark.parametrize(("is_told", "count"), [(True, 1), (False, 2)])
def test_a_common_name_is_one_persons_where_the_firm_that_he_is_told_to_lead_is_named(*, is_told: bool, count: int) -> None:
    catalogue = Catalogue([Entry(id="Q170614", type=ORG, label="Oriole Air")])
    people = [
        seen(article, start, name, kind) for article in "ab" for start, name, kind in ((0, "Tony Ryan", PERSON), (9, "Oriole Air", ORG))
    ]
    sides = [Argument(appearance=a.key, start=0, end=1, text=a.name) for a in people[:2]]
    quote = Quote(start=0, end=1, exact="x")
    leads = Claim(
        id=ClaimId("c"), article="a", subject=sides[0], predicate="leads", object=sides[1], quote=quote, confidence=0.9, extractor="frames"
    )
    linking = link(people, [leads] if is_told else [], catalogue=catalogue)
    assert len([e for e in linking.entities if e.type is PERSON]) == count


def test_a_common_name_is_not_one_persons_because_somebody_famous_is_named_beside_it() -> None:
    catalogue = Catalogue([Entry(id="Q76", type=PERSON, label="Barack Obama")])
    people = [seen(article, start, name, PERSON) for article in "ab" for start, name in ((0, "Tony Ryan"), (9, "Barack Obama"))]
    sides = [Argument(appearance=a.key, start=0, end=1, text=a.name) for a in people[:2]]
    quote = Quote(start=0, end=1, exact="x")
    met = Claim(
        id=ClaimId("c"), article="a", subject=sides[0], predicate="met", object=sides[1], quote=quote, confidence=0.9, extractor="frames"
    )
    linking = link(people, [met], catalogue=catalogue)
    assert len([e for e in linking.entities if e.label == "Tony Ryan"]) == 2


def test_a_father_and_his_son_are_two_in_one_article_too() -> None:
    assert len(run(seen("a", 0, "Adam Hale Sr.", PERSON), seen("a", 9, "Adam Hale Jr.", PERSON)).entities) == 2


@pytest.mark.parametrize(("also", "count"), [("Bill Ford", 1), ("Ford", 2)])
def test_a_common_surname_joins_by_a_name_that_an_article_gives(also: str, count: int) -> None:
    linking = run(seen("a", 0, "William Clay Ford", PERSON, also), seen("b", 0, "Bill Ford", PERSON))
    assert len(linking.entities) == count


def test_kings_of_one_given_name_are_two() -> None:
    assert not are_one("George III", "George IV", PERSON)


@pytest.mark.parametrize(
    ("left", "right", "kind", "together"),
    [
        ("Boeing 737", "Boeing 737s", PRODUCT, True),
        ("United Airline", "United Airlines", ORG, True),
        ("Time", "Times", ORG, False),
        ("Orient Commission", "Orient Commision", BODY, True),
        ("Orient Communications", "Orient Comunications", ORG, True),
        ("Orient Daily", "Orient Dairy", ORG, False),
        ("Orient Brown", "Orient Browne", ORG, False),
        ("Adalbert Quillon", "Adalbert Quilon", PERSON, False),
        ("Orient Labour Union", "Orient Labor Union", ORG, True),
        ("Quillon", "Quillon.com", ORG, True),
        ("Chung Mong-koo", "Chung Mong Koo", PERSON, True),
        ("Chung Mong-koo", "Chung Eui-sun", PERSON, False),
        ("Al-Waleed bin Hale", "Alwaleed bin Hale", PERSON, True),
        ("Adam Hale Sr.", "Adam Hale Jr.", PERSON, False),
        ("Adam Hale Jr.", "Adam Hale, Jr.", PERSON, True),
        ("Quillon Pharma", "Quillon Pharmaceuticals", ORG, True),
        ("Quillon Semi", "Quillon Semiconductor", ORG, True),
        ("Quillon Pharma", "Quillon Semi", ORG, False),
    ],
)
def test_number_and_slips(left: str, right: str, kind: EntityType, *, together: bool) -> None:
    assert are_one(left, right, kind) is together


def test_a_join_of_two_spellings_has_a_reason() -> None:
    linking = run(seen("a", 0, "Boeing 737", PRODUCT), seen("b", 0, "Boeing 737s", PRODUCT))
    assert [(j.decision, j.by, j.why) for j in linking.judgements] == [("yes", "same name", "“Boeing 737” and “Boeing 737s” are one name")]


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Adalbert Quillon", "Adalbert Quilon", PERSON),
        ("Dagny Holmqvist", "Dagny Holmquist", PERSON),
        ("Harrowgate Water", "Harrogate Water", ORG),
        ("Orrelund Mining", "Orrelnud Mining", ORG),
    ],
)
def test_a_misspelt_name_is_of_the_one_that_is_named_beside_the_same_things(left: str, right: str, kind: EntityType) -> None:
    beside = [seen(article, 9, "Oriole Robotics", ORG) for article in "ab"]
    linking = run(seen("a", 0, left, kind), seen("b", 0, right, kind), *beside)
    assert ["a-e0", "b-e0"] in groups(linking)
    assert not are_one(left, right, kind)


@pytest.mark.parametrize(("beside", "together"), [("Oriole Robotics", True), ("Wren Robotics", False)])
def test_a_common_surname_with_an_office_takes_the_same_things_beside_it(beside: str, *, together: bool) -> None:
    near = [seen("a", 9, "Oriole Robotics", ORG), seen("b", 9, beside, ORG)]
    full, short = ("Attorney General Nora Castillo", "Nora Castillo"), ("Attorney General Castillo", "Castillo")
    linking = run(*near, seen("a", 0, full[0], PERSON, *full), seen("b", 0, short[0], PERSON, *short))
    assert (["a-e0", "b-e0"] in groups(linking)) is together


@pytest.mark.parametrize(("house", "together"), [(("Norland", PLACE), True), (("Oriole Robotics", ORG), False)])
def test_who_presides_over_a_firm_is_no_head_of_state(house: tuple[str, EntityType], *, together: bool) -> None:
    full, where = seen("a", 0, "Nora Zellweg", PERSON), seen("a", 9, *house)
    sides = [Argument(appearance=a.key, start=0, end=1, text=a.name) for a in (full, where)]
    quote = Quote(start=0, end=1, exact="x")
    told = Claim(
        id=ClaimId("c"), article="a", subject=sides[0], predicate="holdsRole", object=sides[1], role="President", quote=quote,
        confidence=0.9, extractor="frames",
    )  # fmt: skip
    linking = link([full, where, seen("b", 0, "President Zellweg", PERSON, "Zellweg")], [told], catalogue=CATALOGUE)
    assert (["a-e0", "b-e0"] in groups(linking)) is together


@pytest.mark.parametrize(
    ("left", "right", "together"),
    [
        (("Washington State", PLACE), ("state of Washington", PLACE), True),
        (("Washington State", PLACE), ("Washington state", BODY), True),
        (("Washington State", PLACE), ("Washington", PLACE), False),
        (("state of Ohio", BODY), ("Ohio", PLACE), True),
        (("Ohio State", ORG), ("Ohio", PLACE), False),
    ],
)
def test_a_state_that_is_called_so(left: tuple[str, EntityType], right: tuple[str, EntityType], *, together: bool) -> None:
    assert (len(run(seen("a", 0, *left), seen("b", 0, *right)).entities) == 1) is together


@pytest.mark.parametrize(("called", "together"), [("venture firm", True), ("search company", False)])
def test_a_firm_that_is_called_by_the_last_word_of_its_name(called: str, *, together: bool) -> None:
    short = replace(seen("a", 0, "Quillon", ORG), descriptions=(called,))
    assert (len(run(short, seen("a", 90, "Quillon Ventures", ORG)).entities) == 1) is together


@pytest.mark.parametrize(
    ("first", "second", "kind", "together"),
    [
        ("Toyota", "Toyota Financial Services", ORG, False),
        ("Toyota Financial Services", "Toyota", ORG, True),
        ("Toyota", "Toyota Group", ORG, True),
        ("New York Fed", "Fed", BODY, False),
    ],
)
def test_a_well_known_name_is_short_only_for_its_own(first: str, second: str, kind: EntityType, *, together: bool) -> None:
    catalogue = Catalogue(
        [Entry(id="Q53268", type=ORG, label="Toyota"), Entry(id="Q53536", type=BODY, label="Federal Reserve", aliases=("Fed",))]
    )
    linking = link([seen("a", 0, first, kind), seen("a", 90, second, kind)], [], catalogue=catalogue)
    assert (len(linking.entities) == 1) is together


def test_an_index_may_be_named_without_that_word_beside_the_same_things() -> None:
    beside = [seen(article, 9, name, PRODUCT) for article, name in (("a", "Hang Lung 50"), ("b", "Hang Lung 50"))]
    linking = run(seen("a", 0, "Orient Composite", PRODUCT), seen("b", 0, "Orient Composite Index", PRODUCT), *beside)
    assert ["a-e0", "b-e0"] in groups(linking)
    assert not are_one("Big Mac", "Big Mac Index", PRODUCT)


@pytest.mark.parametrize(
    ("countries", "home"),
    [
        (("U.S.",), ["US Senate"]),
        (("U.S.", "Austin, Texas"), ["US Senate"]),
        (("Italy",), ["Senate"]),
        (("U.S.", "Italy"), ["Senate"]),
        ((), ["Senate"]),
    ],
)
def test_a_body_without_a_country_is_that_of_the_only_one_that_its_article_names(countries: tuple[str, ...], home: list[str]) -> None:
    places = [seen("b", 9 + i, country, PLACE) for i, country in enumerate(countries)]
    linking = run(seen("a", 0, "US Senate", BODY), seen("b", 0, "Senate", BODY), *places)
    assert [e.label for e in linking.entities if "b-e0" in e.appearances] == home


def test_a_body_that_an_article_names_beside_its_countrys_stays_apart() -> None:
    linking = link(
        [seen("a", 0, "US Senate", BODY), seen("b", 0, "US Senate", BODY), seen("b", 9, "State Senate", BODY, "Senate")],
        [],
        catalogue=CATALOGUE,
    )
    assert ["b-e9"] in groups(linking)


@pytest.mark.parametrize(
    ("name", "label", "known"),
    [
        ("Lebanon, Pennsylvania", "Lebanon", False),
        ("Mexico, Missouri", "Mexico", False),
        ("Wyoming, Michigan", "Wyoming", False),
        ("Jordan, Minn.", "Jordan", False),
        ("Lebanon, Jordan", "Lebanon", True),
        ("Iraq, Tokyo", "Iraq", True),
    ],
)
def test_a_town_that_is_named_like_a_country_or_a_state_is_not_that(name: str, label: str, *, known: bool) -> None:
    (place,) = link([seen("a", 0, name, PLACE)], [], catalogue=load_catalogue()).entities
    assert (place.label == label, bool(place.same_as)) == (known, known)


def test_a_town_is_not_the_country_though_its_article_calls_it_so_in_short() -> None:
    (place,) = link([seen("a", 0, "Lebanon, Pennsylvania", PLACE, "Lebanon")], [], catalogue=load_catalogue()).entities
    assert place.same_as == ()


def test_of_two_states_the_first_is_meant_where_its_article_names_it_alone_too() -> None:
    (place,) = link([seen("a", 0, "Wyoming, Michigan", PLACE, "Wyoming")], [], catalogue=load_catalogue()).entities
    assert place.names == ("Wyoming",)


def test_bodies_of_one_country_are_one_and_those_of_two_are_not() -> None:
    rows = [("a", "Italy"), ("b", "Italy"), ("c", "France")]
    linking = run(
        *(seen(article, start, name, kind) for article, land in rows for start, name, kind in ((0, "Senate", BODY), (9, land, PLACE)))
    )
    assert [e.appearances for e in linking.entities if e.type is BODY] == [("a-e0", "b-e0"), ("c-e0",)]


@pytest.mark.parametrize(("country", "known"), [("U.S.", True), ("Australia", False), (None, True)])
def test_a_body_of_the_catalogue_is_not_meant_where_only_another_country_is_named(country: str | None, *, known: bool) -> None:
    house = Entry(id="Q11701", type=BODY, label="US House of Representatives", aliases=("House of Representatives",), wikidata="Q11701")
    places = [seen("a", 40, country, PLACE)] if country else []
    linking = link([seen("a", 0, "House of Representatives", BODY), *places], [], catalogue=Catalogue([house]))
    assert [bool(e.same_as) for e in linking.entities if e.type is BODY] == [known]


@pytest.mark.parametrize(
    ("names", "known"),
    [
        (("Fair Trade Commission", "FTC"), False),
        (("Federal Trade Commision", "FTC"), True),
        (("Federal Trade Commission", "FTC"), True),
        (("FTC",), True),
        (("U.S. FTC",), True),
        (("Kenyan FTC",), False),
    ],
)
def test_initials_are_those_of_the_name_that_they_are_given_with(names: tuple[str, ...], *, known: bool) -> None:
    aliases = ("FTC", "US Federal Trade Commission")
    catalogue = Catalogue([Entry(id="Q1", type=BODY, label="Federal Trade Commission", aliases=aliases, wikidata="Q1")])
    linking = link([seen("a", 0, names[0], BODY, *names[1:])], [], catalogue=catalogue)
    assert [bool(e.same_as) for e in linking.entities] == [known]


def test_initials_may_have_an_ampersand() -> None:
    assert len(run(seen("a", 0, "Quillon & Marlow", ORG), seen("a", 9, "Q&M", ORG)).entities) == 1


def test_bodies_of_two_countries_do_not_meet_through_one_that_tells_none() -> None:
    beside = [
        seen(article, 40 + i, name, ORG) for article in "abc" for i, name in enumerate(("Oriole Robotics", "Quillon", "Marlow Foods"))
    ]
    lands = [seen("a", 80, "Italy", PLACE), seen("b", 80, "France", PLACE)]
    linking = run(*(seen(article, 0, "Senate", BODY) for article in "abc"), *beside, *lands)
    assert not any({"a-e0", "b-e0"} <= set(e.appearances) for e in linking.entities)


@pytest.mark.parametrize("name", ["City Council", "State Senate", "Transport Authority"])
def test_what_parts_of_a_country_have_is_not_the_countrys(name: str) -> None:
    linking = run(*(seen(article, start, text, kind) for article in "ab" for start, text, kind in ((0, name, BODY), (9, "Italy", PLACE))))
    assert len([e for e in linking.entities if e.type is BODY]) == (1 if name == "Transport Authority" else 2)


def test_a_surname_with_an_office_is_the_one_who_bears_it_elsewhere() -> None:
    linking = run(seen("a", 0, "Adam Hale", PERSON, "President Hale"), seen("b", 0, "Hale", PERSON, "President Hale"))
    assert groups(linking) == [["a-e0", "b-e0"]]
    assert [j.by for j in linking.judgements] == ["surname"]


@pytest.mark.parametrize(
    "other",
    [seen("c", 0, "Eve Hale", PERSON, "President Hale"), seen("b", 9, "Eve Hale", PERSON)],
    ids=["two presidents", "another Hale in the article"],
)
def test_where_two_can_bear_the_office_a_surname_stays_alone(other: Appearance) -> None:
    linking = run(seen("a", 0, "Adam Hale", PERSON, "President Hale"), seen("b", 0, "Hale", PERSON, "President Hale"), other)
    alone = ["b-e0"] if other.article == "c" else ["b-e0", "b-e9"]
    assert alone in groups(linking)


@pytest.mark.parametrize("title", ["Vice President", "Mr"])
def test_a_lesser_office_tells_nothing(title: str) -> None:
    linking = run(seen("a", 0, "Adam Hale", PERSON, "President Hale"), seen("b", 0, "Hale", PERSON, f"{title} Hale"))
    assert len(linking.entities) == 2


@pytest.mark.parametrize(
    ("full", "short"),
    [("Miriam Queen Harte", "Queen Harte"), ("John Pope Hennessy", "Pope Hennessy"), ("Prime Minister Manmohan Hale", "Minister Hale")],
)
def test_a_name_or_another_office_is_not_the_office(full: str, short: str) -> None:
    assert not are_one(full, short, PERSON)


def test_a_prime_minister_is_the_one_who_is_told_as_such() -> None:
    assert are_one("Prime Minister Manmohan Hale", "Prime Minister Hale", PERSON)


def test_the_administration_of_a_mayor_does_not_make_him_president() -> None:
    mayor = [seen("b", 0, "Ada Hale", PERSON), seen("b", 9, "Hale administration", BODY)]
    linking = run(*mayor, seen("c", 0, "Hale", PERSON, "President Hale"))
    assert ["c-e0"] in groups(linking)


def test_people_whose_middle_names_differ_are_two() -> None:
    names = ["George W. Dassault", "George H. W. Dassault", "George Dassault", "George W. Dassault"]
    linking = run(*(seen(article, 0, name, PERSON) for article, name in zip("abcd", names, strict=True)))
    assert groups(linking) == [["a-e0", "d-e0"], ["b-e0"], ["c-e0"]]
    assert len(run(*(seen(article, 0, name, PERSON) for article, name in zip("abcd", names[1:3], strict=False))).entities) == 1


def test_the_administration_of_a_president_tells_who_he_is() -> None:
    linking = run(
        seen("a", 0, "Adam Hale", PERSON, "President Hale"), seen("b", 0, "Hale", PERSON), seen("b", 9, "Hale administration", BODY)
    )
    assert ["a-e0", "b-e0"] in groups(linking)


def test_a_peoples_name_is_not_short_for_its_government() -> None:
    assert len(run(seen("a", 0, "Australian government", BODY), seen("a", 90, "Australian", BODY)).entities) == 2


@pytest.mark.parametrize(
    ("short", "long", "together"),
    [("OPIC", "Orient Product Information Center", False), ("OMPIC", "Orient Market Product Information Center", True)],
)
def test_a_short_acronym_needs_context_in_another_article(short: str, long: str, *, together: bool) -> None:
    linking = run(seen("a", 0, long, ORG, short), seen("b", 0, short, ORG))
    assert len(linking.entities) == (1 if together else 2)


def test_a_label_has_the_marks_that_the_catalogue_gives_it() -> None:
    catalogue = Catalogue([Entry(id="Q38076", type=ORG, label="Hale's", aliases=("Hale's Corporation",))])
    (hale,) = link([seen("a", 0, "Hale", ORG, "Hale\u2019s")], [], catalogue=catalogue).entities
    assert hale.label == "Hale's"


@pytest.mark.parametrize(("name", "known"), [("Hale", ()), ("Hale Inc.", ("http://www.wikidata.org/entity/Q2",))])
def test_a_name_without_legal_form_that_is_another_things_in_full_matches_neither(name: str, known: tuple[str, ...]) -> None:
    index = Entry(id="Q1", type=PRODUCT, label="Hale Industrial Average", aliases=("Hale",), wikidata="Q1")
    catalogue = Catalogue([index, Entry(id="Q2", type=ORG, label="Hale Inc.", wikidata="Q2")])
    (hale,) = link([seen("a", 0, name, ORG)], [], catalogue=catalogue).entities
    assert hale.same_as == known
