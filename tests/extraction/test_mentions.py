"""What an article names, and what else stands for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kgraph.extraction.marking.things.mentions import find_mentions, recounted
from kgraph.extraction.marking.things.names import find_names
from kgraph.model import Appearance, Article, EntityType

if TYPE_CHECKING:
    from collections.abc import Callable

ORG, PER = "Organization", "Person"
ROWS = (
    "The the DT det 1",
    "Acme Acme NNP nsubj 5",
    "'s 's POS case 1",
    "chief chief NN nsubj 5",
    "Ann Ann NNP appos 3",
    "spoke speak VBD ROOT 5",
    ". . . punct 5",
    "It it PRP nsubj 8",
    "grew grow VBD ROOT 8",
    ", , , punct 8",
    "the the DT det 11",
    "company company NN nsubj 12",
    "said say VBD parataxis 8",
)


@pytest.fixture
def read(parse: Callable[..., Doc]) -> Callable[..., tuple[Doc, tuple[Appearance, ...], list[tuple[str, str, str]]]]:
    """Appearances, and (words, name, kind) of each mention, of a Doc with given names and chains."""

    def run(
        *rows: str, names: tuple[tuple[int, int, str], ...], chains: tuple[tuple[tuple[int, int], ...], ...] = (), **options: frozenset[str]
    ) -> tuple[Doc, tuple[Appearance, ...], list[tuple[str, str, str]]]:
        doc = parse(*rows, names=names)
        doc._.clusters = [[doc[start:end] for start, end in chain] for chain in chains]
        appearances, mentions = find_mentions(doc, Article(id="a1", text=doc.text), **options)
        by_key = {appearance.key: appearance.name for appearance in appearances}
        return doc, appearances, [(doc[m.start : m.end].text, by_key[m.appearance], m.kind) for m in mentions]

    return run


Read = "Callable[..., tuple[Doc, tuple[Appearance, ...], list[tuple[str, str, str]]]]"


def test_names_end_before_signs_and_brackets_of_the_text_around_them(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme\u00ae Acme\u00ae NNP compound 1", "Labs\u2122 Labs\u2122 NNP nsubj 6", "( ( -LRB- punct 3", "Acme Acme NNP appos 1",
        '" " \'\' punct 3', ") ) -RRB- punct 3", "grew grow VBD ROOT 6", names=((0, 2, ORG), (3, 6, ORG)),
    )  # fmt: skip
    assert [name.text for name in find_names(doc)] == ["Acme Labs", "Acme"]


def test_names_lose_their_article_and_possessive(read: Read) -> None:
    doc, (first, second), _ = read(*ROWS, names=((0, 3, ORG), (4, 5, PER)))
    assert (first.name, first.type, first.start, first.key) == ("Acme", EntityType.ORGANIZATION, 4, "a1-e4")
    assert doc.text[second.start :].startswith(second.name)


def test_chains_of_one_name_share_the_chance_that_a_word_belongs_there(parse: Callable[..., Doc]) -> None:
    doc = parse(*ROWS, names=((1, 2, ORG), (4, 5, PER)))
    it = doc[7:8]
    it._.certainty, it._.rivals = 0.5, ((doc[1:2], 0.3), (doc[4:5], 0.2))
    doc._.clusters = [[doc[1:2], it]]
    (_, ann), mentions = find_mentions(doc, Article(id="a1", text=doc.text))
    (told,) = [mention for mention in mentions if mention.kind == "pronoun"]
    assert (told.certainty, told.rivals) == (0.8, ((ann.key, 0.2),))


def test_words_that_come_to_stand_for_another_thing_count_there(parse: Callable[..., Doc]) -> None:
    doc = parse(*ROWS, names=((0, 3, ORG), (4, 5, PER)))
    doc._.clusters = [[doc[0:3], doc[7:8], doc[10:12]]]
    (acme, ann), mentions = find_mentions(doc, Article(id="a1", text=doc.text))
    moved = [replace(m, appearance=ann.key) if m.kind != "name" else m for m in mentions]
    left, gained = recounted(doc, (acme, ann), moved)
    assert (left.count, left.descriptions) == (1, ())
    assert (gained.count, gained.descriptions) == (3, ("the company",))


def test_pronouns_and_nominals_stand_for_the_name_of_their_chain(read: Read) -> None:
    _, (acme, _), mentions = read(*ROWS, names=((1, 2, ORG), (4, 5, PER)), chains=(((1, 2), (7, 8), (10, 12)),))
    assert mentions == [
        ("Acme", "Acme", "name"),
        ("Ann", "Ann", "name"),
        ("It", "Acme", "pronoun"),
        ("the company", "Acme", "nominal"),
    ]
    assert (acme.names, acme.count, acme.descriptions) == (("Acme",), 3, ("the company",))


def test_a_chain_without_a_name_is_nothing(read: Read) -> None:
    _, _, mentions = read(*ROWS, names=((4, 5, PER),), chains=(((7, 8), (10, 12)),))
    assert mentions == [("Ann", "Ann", "name")]


def test_a_chain_that_mixes_names_is_taken_apart(read: Read) -> None:
    rows = (
        "Acme Acme NNP nsubj 1",
        "sued sue VBD ROOT 1",
        "Beta Beta NNP obj 1",
        ". . . punct 1",
        "It it PRP nsubj 5",
        "won win VBD ROOT 5",
    )
    _, appearances, mentions = read(*rows, names=((0, 1, ORG), (2, 3, ORG)), chains=(((0, 1), (2, 3), (4, 5)),))
    assert [appearance.name for appearance in appearances] == ["Acme", "Beta"]
    assert ("It", "Beta", "pronoun") in mentions


@pytest.mark.parametrize(
    ("left", "right", "kind", "together"),
    [
        ("Mary Barra", "Barra", PER, True),
        ("Acme Inc.", "Acme", ORG, True),
        ("Acme", "Acme Bank", ORG, False),
        ("John Smith", "John Brown", PER, False),
    ],
)
def test_only_evident_short_forms_are_joined(read: Read, left: str, right: str, kind: str, together: bool) -> None:  # noqa: FBT001
    words = [*left.split(), "met", *right.split()]
    size = len(left.split())
    rows = [f"{word} {word} {'VBD' if word == 'met' else 'NNP'} {'ROOT' if word == 'met' else 'dep'} {size}" for word in words]
    _, appearances, _ = read(*rows, names=((0, size, kind), (size + 1, len(words), kind)))
    assert len(appearances) == (1 if together else 2)
    assert appearances[0].name == left


@pytest.mark.parametrize(
    ("long", "short", "kind", "together"),
    [
        ("Austin, Texas", "Austin", "Place", True),
        ("Austin City Tower", "Austin", "Place", False),
        ("Gulf of Austin", "Gulf", "Place", True),
        ("Austin, Texas", "Texas", "Place", False),
        ("Acme Texas", "Acme", ORG, False),
        ("Acme Widgets", "Acme", ORG, True),
        ("Runner SDK", "Runner", "Product", False),
        ("Runner 4", "Runner", "Product", True),
        ("Acme Runner", "Runner", "Product", True),
        ("EU Commission", "EU", "GovernmentBody", False),
        ("EU Commission", "Commission", "GovernmentBody", True),
    ],
)
def test_names_of_one_chain_are_one_unless_the_longer_is_another_thing(
    read: Read, long: str, short: str, kind: str, *, together: bool
) -> None:
    words = [*long.replace(",", " ,").split(), "met", *short.split(), "in", "Texas"]
    size = words.index("met")
    rows = [f"{word} {word} {'VBD' if word == 'met' else 'NNP'} {'ROOT' if word == 'met' else 'dep'} {size}" for word in words]
    end = len(words) - 2
    spans = ((0, size), (size + 1, end))
    _, appearances, _ = read(*rows, names=((*spans[0], kind), (*spans[1], kind), (end + 1, end + 2, "Place")), chains=(spans,))
    assert len({a.name for a in appearances} - {"Texas"}) == (1 if together or short == "Texas" else 2)
    assert any(short in a.names and long.replace(",", " ,") in a.names for a in appearances) is together


def test_what_happens_is_never_a_company(read: Read) -> None:
    rows = (*ROWS[:10], "the the DT det 11", "deal deal NN nsubj 12", "closed close VBD parataxis 8")
    _, _, mentions = read(*rows, names=((1, 2, ORG),), chains=(((1, 2), (10, 12)),), matters=frozenset({"deal"}))
    assert mentions == [("Acme", "Acme", "name")]


def test_a_part_with_a_named_owner_is_no_other_firm(read: Read) -> None:
    rows = (
        "Acme Acme NNP nsubj 1",
        "grew grow VBD ROOT 1",
        ". . . punct 1",
        "Beta Beta NNP nmod:poss 5",
        "'s 's POS case 3",
        "division division NN nsubj 6",
        "closed close VBD ROOT 6",
    )
    _, _, mentions = read(*rows, names=((0, 1, ORG), (3, 4, ORG)), chains=(((0, 1), (3, 6)),), parts=frozenset({"division"}))
    assert mentions == [("Acme", "Acme", "name"), ("Beta", "Beta", "name")]


def test_a_name_that_the_model_missed_once_is_found_by_its_words(read: Read) -> None:
    rows = (
        "Scale Scale NNP compound 1",
        "AI AI NNP nsubj 2",
        "grew grow VBD ROOT 2",
        ". . . punct 2",
        "Meta Meta NNP nsubj 5",
        "likes like VBZ ROOT 5",
    )
    more = ("Scale Scale NN compound 7", "AI AI NN obj 5")
    _, appearances, mentions = read(*rows, *more, names=((0, 2, ORG), (4, 5, ORG), (6, 7, ORG)))
    assert [appearance.name for appearance in appearances] == ["Scale AI", "Meta"]
    assert mentions[-1] == ("Scale AI", "Scale AI", "name")


def test_who_sent_the_article_out_is_not_in_it(read: Read) -> None:
    rows = (
        "LEEDS Leeds NNP ROOT 0", "( ( -LRB- punct 2", "Wire Wire NNP appos 0", ") ) -RRB- punct 2", "- - : punct 0",
        "Acme Acme NNP nsubj 6", "grew grow VBD parataxis 0", ", , , punct 6", "Wire Wire NNP nsubj 9", "said say VBD parataxis 6",
    )  # fmt: skip
    _, _, mentions = read(*rows, names=((0, 1, "Place"), (2, 3, ORG), (5, 6, ORG), (8, 9, ORG)))
    assert [name for name, *_ in mentions] == ["LEEDS", "Acme", "Wire"]


def test_what_is_named_at_once_stands_for_nothing_else(read: Read) -> None:
    rows = (
        "Acme Acme NNP nsubj 1", "fears fear VBZ ROOT 1", "a a DT det 3", "rival rival NN obj 1", ", , , punct 5", "Beta Beta NNP appos 3",
    )  # fmt: skip
    _, _, mentions = read(*rows, names=((0, 1, ORG), (5, 6, ORG)), chains=(((0, 1), (2, 4)),))
    assert [name for name, *_ in mentions] == ["Acme", "Beta"]


@pytest.mark.parametrize(("article", "found"), [("a", ["Acme"]), ("the", ["Acme", "the firm"])])
def test_somebody_new_is_nobody_told_of_before(read: Read, article: str, found: list[str]) -> None:
    rows = (
        "Acme Acme NNP nsubj 1", "grew grow VBD ROOT 1", ". . . punct 1", f"{article} {article} DT det 4", "firm firm NN nsubj 5",
        "complained complain VBD ROOT 5",
    )  # fmt: skip
    _, _, mentions = read(*rows, names=((0, 1, ORG),), chains=(((0, 1), (3, 5)),))
    assert [name for name, *_ in mentions] == found


@pytest.mark.parametrize(("word", "found"), [("author", ["Ann"]), ("banker", ["Ann", "The banker"])])
def test_the_author_of_the_article_is_nobody_in_it(read: Read, word: str, found: list[str]) -> None:
    who = ("Ann Ann NNP nsubj 1", "left leave VBD ROOT 1", "The the DT det 3", f"{word} {word} NN nsubj 4", "owns own VBZ ROOT 4")
    _, _, mentions = read(*who, "shares share NNS obj 4", names=((0, 1, PER),), chains=(((0, 1), (2, 4)),))
    assert [words for words, _, _ in mentions] == found


def test_what_a_thing_owns_is_not_the_thing(read: Read) -> None:
    rows = (
        "Acme Acme NNP nsubj 1",
        "sold sell VBD ROOT 1",
        "its its PRP$ nmod:poss 4",
        "chip chip NN compound 4",
        "business business NN obj 1",
    )
    _, _, mentions = read(*rows, names=((0, 1, ORG),), chains=(((0, 1), (2, 3), (2, 5)),))
    assert [name for name, *_ in mentions] == ["Acme", "its"]


@pytest.mark.parametrize(
    ("row", "determiner"),
    [
        ("makers maker NNS nsubj 6", "The the DT det 5"),
        ("buyer buyer NN nsubj 6", "A a DT det 5"),
        ("successor successor NN nsubj 6", "No no DT det 5"),
        ("factory factory NN nsubj 6", "whose whose PRP$ nmod:poss 5"),
    ],
)
def test_what_is_plural_new_counted_or_anothers_takes_nothing_up(read: Callable[..., Any], row: str, determiner: str) -> None:
    rows = (
        "Acme Acme NNP nsubj 1",
        "makes make VBZ ROOT 1",
        "robots robot NNS obj 1",
        ". . . punct 1",
        determiner,
        row,
        "agree agree VBP ROOT 6",
    )
    _, _, mentions = read(*rows, names=((0, 1, ORG),), chains=(((0, 1), (2, 3), (4, 6)),))
    assert [words for words, _, _ in mentions] == ["Acme"]


def test_a_part_of_a_named_firm_is_not_the_firm_that_buys_it(read: Callable[..., Any]) -> None:
    rows = (
        "Acme Acme NNP nsubj 1",
        "bought buy VBD ROOT 1",
        "the the DT det 3",
        "unit unit NN obj 1",
        "of of IN case 5",
        "Beta Beta NNP nmod 3",
    )
    _, _, mentions = read(*rows, names=((0, 1, ORG), (5, 6, ORG)), chains=(((0, 1), (2, 6)),), parts=frozenset({"unit"}))
    assert [words for words, _, _ in mentions] == ["Acme", "Beta"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("Macro Macro NNP nsubj 2", "'s 's POS case 0", "said say VBD ROOT 2"), "Macro's"),
        (("Macro Macro NNP nmod:poss 2", "'s 's POS case 0", "shares share NNS nsubj 3", "rose rise VBD ROOT 3"), "Macro"),
    ],
)
def test_an_s_that_owns_nothing_is_part_of_the_name(parse: Callable[..., Doc], rows: tuple[str, ...], expected: str) -> None:
    assert [name.text for name in find_names(parse(*rows, names=((0, 1, ORG),)))] == [expected]


def test_a_name_that_is_told_without_its_s_keeps_none(parse: Callable[..., Doc]) -> None:
    rows = ("Macro Macro NNP nsubj 2", "'s 's POS case 0", "said say VBD ROOT 2", "Macro Macro NNP nsubj 4", "grew grow VBD ROOT 4")
    assert {name.text for name in find_names(parse(*rows, names=((0, 1, ORG), (3, 4, ORG))))} == {"Macro"}


def test_a_trade_that_begins_a_sentence_is_no_part_of_the_name(parse: Callable[..., Doc]) -> None:
    rows = (
        "Brewer Brewer NNP compound 1",
        "Acme Acme NNP nsubj 2",
        "bought buy VBD ROOT 2",
        "shares share NNS obj 2",
        "of of IN case 5",
        "Acme Acme NNP nmod 3",
    )
    found = find_names(parse(*rows, names=((0, 2, ORG), (5, 6, ORG))), firms=frozenset({"brewer"}))
    assert [(name.text, name.start) for name in found] == [("Acme", 1), ("Acme", 5)]


def test_no_name_crosses_a_blank_line() -> None:
    words = ["By", "Ann", "Low", "\n\n", "Lee", "Chan"]
    doc = Doc(Vocab(), words=words, tags=["IN", "NNP", "NNP", "_SP", "NNP", "NNP"], heads=[1, 1, 1, 2, 4, 4], deps=["case", *["ROOT"] * 5])
    doc.set_ents([Span(doc, 1, 6, label=PER)])
    assert [name.text for name in find_names(doc)] == ["Ann Low", "Lee Chan"]


def test_a_bare_figure_is_no_name(parse: Callable[..., Doc]) -> None:
    rows = ("Only only RB advmod 1", "25 25 CD nsubj 2", "came come VBD ROOT 2")
    assert find_names(parse(*rows, names=((1, 2, "Product"),))) == []


def test_a_form_of_address_belongs_to_the_name_after_it(read: Read) -> None:
    _, appearances, mentions = read(
        "Sir Sir NNP compound 2",
        "Ed Ed NNP nsubj 2",
        "left leave VBD ROOT 2",
        names=((0, 1, "Person"), (1, 2, "Person")),
    )
    assert [appearance.name for appearance in appearances] == ["Sir Ed"]
    assert mentions == [("Sir Ed", "Sir Ed", "name")]


def test_the_sign_of_a_share_is_nobody(read: Read) -> None:
    _, appearances, _ = read(
        "Acme Acme NNP nsubj 6",
        "( ( -LRB- punct 4",
        "NYSE NYSE NNP compound 4",
        ": : : punct 4",
        "ACM ACM NNP appos 0",
        ") ) -RRB- punct 4",
        "fell fall VBD ROOT 6",
        names=((0, 1, "Organization"), (2, 3, "Organization"), (4, 5, "Organization")),
    )
    assert [appearance.name for appearance in appearances] == ["Acme", "NYSE"]


FIRM = (
    "The the DT det 2",
    "Redmond Redmond NNP compound 2",
    "company company NN nsubj 3",
    "grew grow VBD ROOT 3",
    ". . . punct 3",
)


def test_what_only_stands_before_a_noun_for_a_company_is_where_it_is_at_home(read: Read) -> None:
    _, (home,), mentions = read(*FIRM, names=((1, 2, ORG),), chains=(((1, 2), (0, 3)),), firms=frozenset({"company"}))
    assert (home.name, home.type) == ("Redmond", EntityType.PLACE)
    assert mentions == [("Redmond", "Redmond", "name")]


def test_an_organisation_that_the_article_also_names_otherwise_stays_one(read: Read) -> None:
    more = ("Redmond Redmond NNP nsubj 6", "fell fall VBD ROOT 6")
    _, (firm,), _ = read(*FIRM, *more, names=((1, 2, ORG), (5, 6, ORG)), firms=frozenset({"company"}))
    assert firm.type is EntityType.ORGANIZATION


PLACE, BODY = "Place", "GovernmentBody"
BASED = (
    "Acme Acme NNP nsubj 1",
    "opened open VBD ROOT 1",
    "in in IN case 3",
    "Austin Austin NNP obl 1",
    ", , , punct 5",
    "Texas Texas NNP appos 3",
)
LISTED = (*BASED[:5], "Boise Boise NNP conj 3", "and and CC cc 7", "Reno Reno NNP conj 3")
TALKED = ("In in IN case 1", "Geneva Geneva NNP obl 4", ", , , punct 4", "China China NNP nsubj 4", "agreed agree VBD ROOT 4")
OWNED = (*TALKED[:3], "China China NNP nmod:poss 5", "'s 's POS case 3", "ministry ministry NN nsubj 6", "agreed agree VBD ROOT 6")


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (BASED, ("Austin", "Austin, Texas")),
        (LISTED, ("Austin",)),
        (TALKED, ("Geneva",)),
        (OWNED, ("Geneva",)),
    ],
)
def test_a_place_is_also_known_with_the_region_that_stands_beside_it(read: Read, rows: tuple[str, ...], names: tuple[str, ...]) -> None:
    spans = tuple((i, i + 1, PLACE) for i, row in enumerate(rows) if i and row.split()[2] == "NNP")
    _, appearances, _ = read(*rows, names=spans)
    assert (appearances[0].name, appearances[0].names) == (names[0], names)


def test_a_firm_is_not_known_with_the_region_of_a_place_of_its_name(read: Read) -> None:
    rows = ("Austin Austin NNP nsubj 1", "sued sue VBD ROOT 1", "Austin Austin NNP obj 1", *(_moved(row, 3) for row in BASED))
    _, (firm, *_), _ = read(*rows, names=((0, 1, ORG), (2, 3, ORG), (3, 4, ORG), (6, 7, PLACE), (8, 9, PLACE)))
    assert (firm.type, firm.names) == (EntityType.ORGANIZATION, ("Austin",))


def _moved(row: str, by: int) -> str:
    *words, head = row.split()
    return " ".join([*words, str(int(head) + by)])


def test_a_body_of_government_is_also_known_with_the_country_that_owns_it(read: Read) -> None:
    rows = ("Ghana Ghana NNP nmod:poss 2", "'s 's POS case 0", "Treasury Treasury NNP nsubj 3", "said say VBD ROOT 3")
    _, appearances, _ = read(*rows, names=((0, 1, PLACE), (2, 3, BODY)))
    assert appearances[1].names == ("Ghana's Treasury", "Treasury")


@pytest.mark.parametrize(("dep", "names"), [("compound", ("Treasury", "U.S. Treasury")), ("obl", ("Treasury",))])
def test_a_body_of_government_is_also_known_with_its_country(read: Read, dep: str, names: tuple[str, ...]) -> None:
    rows = ("the the DT det 2", f"U.S. U.S. NNP {dep} 2", "Treasury Treasury NNP nsubj 3", "said say VBD ROOT 3")
    _, appearances, _ = read(*rows, names=((1, 2, PLACE), (2, 3, BODY)))
    assert appearances[1].names == names


@pytest.mark.parametrize(
    ("before", "names"), [("President", ("Hale", "President Hale")), ("Vice President", ("Hale",)), ("old", ("Hale",))]
)
def test_a_surname_is_also_known_with_the_office_before_it(read: Read, before: str, names: tuple[str, ...]) -> None:
    words = [*before.split(), "Hale", "left"]
    rows = [f"{word} {word} {'VBD' if word == 'left' else 'NNP'} {'ROOT' if word == 'left' else 'dep'} {len(words) - 1}" for word in words]
    _, (hale,), _ = read(*rows, names=((len(words) - 2, len(words) - 1, PER),))
    assert (hale.name, hale.names) == ("Hale", names)


KNOWN = (
    "Contemporary Contemporary NNP compound 1", "Amperex Amperex NNP nsubj 9", ", , , punct 1", "the the DT det 5",
    "battery battery NN compound 5",
    "maker maker NN appos 1", "known know VBN acl 5", "as as IN case 8", "CATL CATL NNP obl 6", "grew grow VBD ROOT 9",
)  # fmt: skip
BRACKETED = (
    "Contemporary Contemporary NNP compound 1", "Amperex Amperex NNP nsubj 5", "( ( -LRB- punct 3", "CAX CAX NNP appos 1",
    ") ) -RRB- punct 3",
    "grew grow VBD ROOT 5",
)  # fmt: skip
PERFORMS = (
    "Ned Ned NNP compound 1", "Moss Moss NNP nsubj 8", ", , , punct 1", "known know VBN acl 1", "as as IN case 5",
    "Mad Mad NNP compound 6", "Max Max NNP obl 3", ", , , punct 1", "sang sing VBD ROOT 8",
)  # fmt: skip
SPOKEN_OF = ("Acme Acme NNP nsubj 1", "praised praise VBD ROOT 1", "the the DT det 3", "firm firm NN obj 1", "known know VBN acl 3",
             "as as IN case 6", "Beta Beta NNP obl 4")  # fmt: skip
OTHER = (*BRACKETED[:3], "TSM TSM NNP appos 1", *BRACKETED[4:])


@pytest.mark.parametrize(
    ("rows", "first", "second", "found"),
    [
        (KNOWN, (0, 2), (8, 9), [("CATL", "Contemporary Amperex")]),
        (BRACKETED, (0, 2), (3, 4), [("CAX", "Contemporary Amperex")]),
        (PERFORMS, (0, 2), (5, 7), [("Mad Max", "Ned Moss")]),
        (OTHER, (0, 2), (3, 4), [("Contemporary Amperex",), ("TSM",)]),
        (SPOKEN_OF, (0, 1), (6, 7), [("Acme",), ("Beta",)]),
    ],
    ids=["known as", "abbreviated", "of other words", "no abbreviation of it", "of another"],
)
def test_names_that_the_article_says_are_one_things_are_one(
    read: Read, rows: tuple[str, ...], first: tuple[int, int], second: tuple[int, int], found: list[tuple[str, ...]]
) -> None:
    _, appearances, _ = read(*rows, names=((*first, ORG), (*second, ORG)))
    assert sorted(appearance.names for appearance in appearances) == found


CUT = ("Bank Bank NNP nsubj 4", "of of IN case 3", "the the DT det 3", "Orient Orient NNP nmod 0", "grew grow VBD ROOT 4")
WHOLE = ("Bank Bank NNP nsubj 3", "of of IN case 2", "Orient Orient NNP nmod 0", "grew grow VBD ROOT 3")


@pytest.mark.parametrize(
    ("rows", "names", "found"),
    [
        (CUT, ((0, 2, ORG), (3, 4, "Place")), [("Bank of the Orient", EntityType.ORGANIZATION)]),
        (CUT, ((0, 2, ORG),), []),
        (WHOLE, ((0, 2, ORG),), [("Bank of Orient", EntityType.ORGANIZATION)]),
        (("state state NN nsubj 3", *WHOLE[1:]), ((0, 2, "Place"), (2, 3, "Place")), [("Orient", EntityType.PLACE)]),
    ],
)
def test_a_name_does_not_end_in_of(
    read: Read, rows: tuple[str, ...], names: tuple[tuple[int, int, str], ...], found: list[tuple[str, EntityType]]
) -> None:
    _, appearances, _ = read(*rows, names=names)
    assert [(a.name, a.type) for a in appearances] == found


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("|Acme", ["Acme"]),
        ("Acme[http://acme.test", ["Acme"]),
        ("so.::'''Acme", []),
        ("http://acme.test/", []),
        ("-Acme", ["Acme"]),
        ('text:"Acme', ["Acme"]),
    ],
)
def test_a_name_holds_no_markup(read: Read, word: str, found: list[str]) -> None:
    _, appearances, _ = read(f"{word} {word} NNP nsubj 1", "grew grow VBD ROOT 1", names=((0, 1, ORG),))
    assert [a.name for a in appearances] == found


def test_a_letter_that_is_part_of_a_name_is_no_article() -> None:
    doc = Doc(Vocab(), words=["A", "-", "Channel", "grew"], spaces=[False, False, True, False], heads=[2, 2, 3, 3], deps=["dep"] * 4)
    doc.set_ents([doc.char_span(0, 9, label=ORG)])
    assert [name.text for name in find_names(doc)] == ["A-Channel"]


ORG_LABEL = (
    "Acme grew . \n Herald : Did you ? \n Roe : We sued Beta when I left . \n Herald : Our view ? \n Roe : We won and Beta paid us ."
)
TALK = ORG_LABEL.replace("Herald", "Q")
HOSTS = "Acme grew . \n Doe : We at Beta ask ? \n Roe : We won . \n Doe : Did we ? \n Roe : Yes ."


@pytest.mark.parametrize(
    ("talk", "chains", "expected"),
    [
        (TALK, (), [("We", "Acme"), ("I", "Roe"), ("We", "Acme"), ("us", "Acme")]),
        (TALK, (((0, 1), (12, 13), (22, 23)), ((14, 15), (33, 34))), [("We", "Acme"), ("I", "Roe"), ("We", "Acme"), ("us", "Acme")]),
        (ORG_LABEL, (), [("We", "Acme"), ("I", "Roe"), ("Our", "Herald"), ("We", "Acme"), ("us", "Acme")]),
        (HOSTS, (((0, 1), (21, 22)),), [("We", "Beta"), ("We", "Acme"), ("we", "Beta")]),
        ("Acme grew . \n Roe : We won . \n He said : we lost .", (), []),
    ],
    ids=["unresolved", "resolved by the model", "an outlet asks", "who asks says for whom", "one speaker"],
)
def test_i_and_we_of_a_talk_are_those_of_the_speaker_and_of_the_firm(
    talk: str, chains: tuple[tuple[tuple[int, int], ...], ...], expected: list[tuple[str, str]]
) -> None:
    words = talk.split(" ")
    names = {"Acme": ORG, "Beta": ORG, "Herald": ORG, "Roe": PER, "Doe": PER}
    pos = ["PROPN" if word in names else "PRON" if word in {"We", "we", "Our", "I", "us"} else "X" for word in words]
    doc = Doc(spacy.blank("en").vocab, words=words, pos=pos, heads=[*range(len(words))], deps=["ROOT"] * len(words))
    doc.ents = tuple(Span(doc, i, i + 1, label=names[word]) for i, word in enumerate(words) if word in names)
    doc._.clusters = [[doc[start:end] for start, end in chain] for chain in chains]
    appearances, mentions = find_mentions(doc, Article(id="a1", text=doc.text))
    by_key = {appearance.key: appearance.name for appearance in appearances}
    assert [(words[mention.start], by_key[mention.appearance]) for mention in mentions if mention.kind == "pronoun"] == expected
