"""One frame for each word reads every way of saying it: the syntax is undone in one place."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kgraph import ontology
from kgraph.errors import OntologyError
from kgraph.extraction.frames.matching import Frames
from kgraph.extraction.frames.scores import FrameScores
from kgraph.extraction.marking.things.mentions import find_mentions
from kgraph.extraction.modality.tenure import read_tenure
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention, Moment, Title
from kgraph.extraction.syntax.surface import SURFACE
from kgraph.model import Article, Quantity, Status
from kgraph.ontology.lexicon import PLACES, Lexicon, read_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spacy.tokens import Doc

ORG, PER, PLACE, PRODUCT = "Organization", "Person", "Place", "Product"


@pytest.fixture(scope="module")
def frames() -> Frames:
    """The built-in lexicon."""
    return Frames(read_lexicon([ontology.directory() / "lexicon.ttl"]), ontology.load(), FrameScores())


Marks = tuple[Amount, ...] | tuple[Moment, ...] | tuple[Title, ...]


def said(frames: Frames, doc: Doc, **marks: Marks) -> set[tuple[str, str, str]]:
    """What the frames read: (subject, predicate, object)."""
    return {(words(doc, c.subject), c.predicate, words(doc, c.object)) for c in candidates(frames, doc, **marks)}


def candidates(frames: Frames, doc: Doc, **marks: Marks) -> list[Candidate]:
    """What the frames find in a document whose names and amounts are given."""
    doc._.clusters = doc._.clusters or []
    _, mentions = find_mentions(doc, Article(id="a", text=doc.text))
    marked = Marked(
        mentions=mentions,
        amounts=marks.get("amounts", ()),  # type: ignore[arg-type]  # each under its own name
        moments=marks.get("moments", ()),  # type: ignore[arg-type]
        titles=marks.get("titles", ()),  # type: ignore[arg-type]
    )
    return list(frames.match(doc, marked))


def words(doc: Doc, span: Candidate | Mention | Amount | Moment | None) -> str:
    """The words of an argument."""
    return "" if span is None or isinstance(span, Candidate) else doc[span.start : span.end].text


ACQUISITIONS = {
    "active": ("Acme Acme NNP nsubj 1", "bought buy VBD ROOT 1", "Beta Beta NNP obj 1"),
    "passive": (
        "Beta Beta NNP nsubj:pass 2",
        "was be VBD aux:pass 2",
        "bought buy VBN ROOT 2",
        "by by IN case 4",
        "Acme Acme NNP obl:agent 2",
    ),
    "headline": ("Acme Acme NNP nsubj 2", "to to TO mark 2", "buy buy VB ROOT 2", "Beta Beta NNP obj 2"),
    "control": (
        "Acme Acme NNP nsubj 1",
        "agreed agree VBD ROOT 1",
        "to to TO mark 3",
        "buy buy VB xcomp 1",
        "Beta Beta NNP obj 3",
    ),
    "raising": (
        "Acme Acme NNP nsubj:pass 2",
        "is be VBZ aux:pass 2",
        "set set VBN ROOT 2",
        "to to TO mark 4",
        "buy buy VB xcomp 2",
        "Beta Beta NNP obj 4",
    ),
    "passive under control": (
        "Beta Beta NNP nsubj 1",
        "agreed agree VBD ROOT 1",
        "to to TO mark 4",
        "be be VB aux:pass 4",
        "bought buy VBN xcomp 1",
        "by by IN case 6",
        "Acme Acme NNP obl:agent 4",
    ),
    "relative clause": (
        "Acme Acme NNP ROOT 0",
        ", , , punct 3",
        "which which WDT nsubj 3",
        "bought buy VBD acl:relcl 0",
        "Beta Beta NNP obj 3",
    ),
    "relative clause without pronoun": (
        "Beta Beta NNP ROOT 0",
        "Acme Acme NNP nsubj 2",
        "bought buy VBD acl:relcl 0",
    ),
    "reduced clause": ("Beta Beta NNP ROOT 0", ", , , punct 2", "bought buy VBN acl 0", "by by IN case 4", "Acme Acme NNP obl:agent 2"),
    "noun with possessor": (
        "Acme Acme NNP nmod:poss 2",
        "'s 's POS case 0",
        "acquisition acquisition NN ROOT 2",
        "of of IN case 4",
        "Beta Beta NNP nmod 2",
    ),
    "noun tagged as a participle": (
        "Acme Acme NNP nmod:poss 2",
        "'s 's POS case 0",
        "acquisition acquisition VBN ROOT 2",
        "of of IN case 4",
        "Beta Beta NNP nmod 2",
    ),
    "noun with agent": (
        "acquisition acquisition NN ROOT 0",
        "of of IN case 2",
        "Beta Beta NNP nmod 0",
        "by by IN case 4",
        "Acme Acme NNP nmod 0",
    ),
    "light verb": (
        "Acme Acme NNP nsubj 1",
        "completed complete VBD ROOT 1",
        "acquisition acquisition NN obj 1",
        "of of IN case 4",
        "Beta Beta NNP nmod 2",
    ),
    "plan": (
        "Acme Acme NNP nsubj 1",
        "announced announce VBD ROOT 1",
        "plans plan NNS obj 1",
        "to to TO mark 4",
        "buy buy VB acl 2",
        "Beta Beta NNP obj 4",
    ),
    "the seller's side": ("Cora Cora NNP nsubj 1", "sold sell VBD ROOT 1", "Beta Beta NNP obj 1", "to to IN case 4", "Acme Acme NNP obl 1"),
}


@pytest.mark.parametrize("rows", ACQUISITIONS.values(), ids=ACQUISITIONS)
def test_one_frame_reads_every_construction(frames: Frames, parse: Callable[..., Doc], rows: tuple[str, ...]) -> None:
    names = tuple((i, i + 1, ORG) for i, row in enumerate(rows) if row.split()[0] in {"Acme", "Beta", "Cora"})
    assert said(frames, parse(*rows, names=names)) == {("Acme", "acquired", "Beta")}


def test_coordination_is_undone_on_both_sides(frames: Frames, parse: Callable[..., Doc]) -> None:
    rows = (
        "Acme Acme NNP nsubj 3",
        "and and CC cc 2",
        "Cora Cora NNP conj 0",
        "backed back VBD ROOT 3",
        "Beta Beta NNP obj 3",
        "and and CC cc 6",
    )
    doc = parse(*rows, "Dora Dora NNP conj 4", names=tuple((i, i + 1, ORG) for i in (0, 2, 4, 6)))
    assert said(frames, doc) == {(left, "investedIn", right) for left in ("Acme", "Cora") for right in ("Beta", "Dora")}


def test_names_listed_after_such_as_take_the_place_of_the_noun(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nmod:poss 2",
        "'s 's POS case 0",
        "rivals rival NNS ROOT 2",
        "such such JJ case 5",
        "as as IN fixed 3",
        "Beta Beta NNP nmod 2",
        "and and CC cc 7",
        "Cora Cora NNP conj 5",
        names=((0, 1, ORG), (5, 6, ORG), (7, 8, ORG)),
    )
    assert said(frames, doc) == {("Beta", "competesWith", "Acme"), ("Cora", "competesWith", "Acme")}


def test_the_size_of_a_share_decides_between_investing_and_acquiring(frames: Frames, parse: Callable[..., Doc]) -> None:
    rows = (
        "Acme Acme NNP nsubj 1",
        "bought buy VBD ROOT 1",
        "a a DT det 4",
        "49% 49% NN compound 4",
        "stake stake NN obj 1",
        "in in IN case 6",
    )
    doc = parse(*rows, "Beta Beta NNP nmod 4", names=((0, 1, ORG), (6, 7, ORG)))
    assert said(frames, doc, amounts=(share(3, "0.49"),)) == {("Acme", "investedIn", "Beta")}
    assert said(frames, doc, amounts=(share(3, "0.51"),)) == {("Acme", "acquired", "Beta")}


def test_an_office_has_a_holder_and_an_organisation(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nmod:poss 2",
        "'s 's POS case 0",
        "CEO ceo NN nsubj 7",
        ", , , punct 4",
        "Ann Ann NNP appos 2",
        "Lee Lee NNP flat 4",
        ", , , punct 2",
        "resigned resign VBD ROOT 7",
        names=((0, 1, ORG), (4, 6, PER)),
    )
    title = Title(start=2, end=3, head=2, text="CEO")
    assert said(frames, doc, titles=(title,)) == {("Ann Lee", "holdsRole", "Acme"), ("Ann Lee", "departedFrom", "Acme")}


def test_a_wrong_type_or_an_unnamed_argument_gives_no_candidate(frames: Frames, parse: Callable[..., Doc]) -> None:
    rows = ("Acme Acme NNP nsubj 1", "hired hire VBD ROOT 1", "Beta Beta NNP obj 1")
    assert said(frames, parse(*rows, names=((0, 1, ORG), (2, 3, PLACE)))) == set()
    assert said(frames, parse(*rows, names=((0, 1, ORG),))) == set()


def test_a_figure_is_read_through_its_noun(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1",
        "reported report VBD ROOT 1",
        "revenue revenue NN obj 1",
        "of of IN case 4",
        "$5 $5 $ nmod 2",
        names=((0, 1, ORG),),
    )
    assert said(frames, doc, amounts=(money(4, "5"),)) == {("Acme", "hasRevenue", "$5")}


def test_a_users_file_adds_a_relation_without_python(tmp_path: Path, parse: Callable[..., Doc]) -> None:
    own = tmp_path / "licences.ttl"
    own.write_text(
        """
        PREFIX kg:   <https://w3id.org/kgraph/ontology#>
        PREFIX lex:  <https://w3id.org/kgraph/lexicon#>
        PREFIX owl:  <http://www.w3.org/2002/07/owl#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        kg:licensedTo a owl:ObjectProperty ; rdfs:label "licensed to" ; rdfs:domain kg:Product ; rdfs:range kg:Organization .
        lex:license-to a lex:Frame ; lex:verb "license" ; lex:evokes kg:licensedTo ; lex:subject "object" ; lex:object "to" .
        """
    )
    frames = Frames(read_lexicon([ontology.directory() / "lexicon.ttl", own]), ontology.load([own]), FrameScores())
    rows = (
        "Llama Llama NNP nsubj:pass 2",
        "was be VBD aux:pass 2",
        "licensed license VBN ROOT 2",
        "to to IN case 4",
        "Beta Beta NNP obl 2",
    )
    doc = parse(*rows, names=((0, 1, PRODUCT), (4, 5, ORG)))
    assert ("Llama", "licensedTo", "Beta") in said(frames, doc)


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ('lex:verb "buy"; lex:evokes kg:acquired', "lex:subject"),
        ('lex:evokes kg:acquired; lex:subject "subject"', "exactly one of"),
        ('lex:verb "buy"; lex:evokes kg:acquired; lex:subject "object[stake>in"', "not a path"),
        ('lex:verb "buy"; lex:evokes kg:acquired; lex:subject "subject"; lex:status "done"', "no status"),
    ],
)
def test_a_wrong_frame_is_named_with_its_file(tmp_path: Path, line: str, cause: str) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        f"PREFIX kg: <https://w3id.org/kgraph/ontology#>\nPREFIX lex: <https://w3id.org/kgraph/lexicon#>\nlex:mine a lex:Frame; {line} ."
    )
    with pytest.raises(OntologyError, match=cause) as error:
        read_lexicon([own])
    assert "own.ttl" in str(error.value)


def test_words_beside_a_verb_say_which_relation_it_means(frames: Frames, parse: Callable[..., Doc]) -> None:
    rows = ("Acme Acme NNP nsubj 1", "counts count VBZ ROOT 1", "Beta Beta NNP obj 1", "among among IN case 5", "its its PRP$ nmod:poss 5")
    names = ((0, 1, ORG), (2, 3, ORG))
    assert said(frames, parse(*rows, "clients client NNS obl 1", names=names)) == {("Acme", "suppliesTo", "Beta")}
    assert said(frames, parse(*rows, "backers backer NNS obl 1", names=names)) == {("Beta", "investedIn", "Acme")}
    assert said(frames, parse(*rows, "friends friend NNS obl 1", names=names)) == set()


def test_a_phrase_may_announce_the_first_name_of_a_list(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1",
        "supplies supply VBZ ROOT 1",
        "carmakers carmaker NNS obj 1",
        ", , , punct 2",
        "among among IN case 5",
        "them they PRP nmod 2",
        "the the DT det 7",
        "giant giant NN nsubj 8",
        "Beta Beta NNP parataxis 1",
        names=((0, 1, ORG), (8, 9, ORG)),
    )
    assert said(frames, doc) == {("Acme", "suppliesTo", "Beta")}


def test_a_list_whose_tree_runs_in_a_circle_is_read_once(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1",
        "bought buy VBD ROOT 1",
        "firms firm NNS conj 5",
        "such such JJ amod 2",
        "as as IN fixed 3",
        "Beta Beta NNP obj 1",
        names=((0, 1, ORG), (5, 6, ORG)),
    )
    assert said(frames, doc) == {("Acme", "acquired", "Beta")}


def test_the_firm_of_a_place_is_not_the_place(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1",
        "bought buy VBD ROOT 1",
        "the the DT det 4",
        "Norwich Norwich NNP compound 4",
        "firm firm NN obj 1",
        names=((0, 1, ORG), (3, 4, PLACE)),
    )
    assert said(frames, doc) == set()


def test_the_market_of_a_ticker_is_where_shares_trade(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 6",
        "( ( -LRB- punct 2",
        "Nasdaq Nasdaq NNP appos 0",
        ": : : punct 4",
        "ACM ACM NNP appos 2",
        ") ) -RRB- punct 2",
        "fell fall VBD ROOT 6",
        names=((0, 1, ORG), (2, 3, ORG)),
    )
    assert said(frames, doc) == {("Acme", "tradedOn", "Nasdaq")}


def test_who_succeeds_takes_the_office_and_the_other_has_held_it(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Lee Lee NNP nsubj 1",
        "replaced replace VBD ROOT 1",
        "Roe Roe NNP obj 1",
        "as as IN case 4",
        "chairman chairman NN obl 1",
        "of of IN case 6",
        "Acme Acme NNP nmod 4",
        names=((0, 1, PER), (2, 3, PER), (6, 7, ORG)),
    )
    title = Title(start=4, end=5, head=4, text="chairman")
    found = candidates(frames, doc, titles=(title,))
    held = {(doc[c.subject.head].text, read_tenure(doc, c)) for c in found if c.predicate == "holdsRole"}
    assert held == {("Lee", Status.CURRENT), ("Roe", Status.FORMER)}


def test_an_office_told_of_in_where_is_at_the_place_before(frames: Frames, parse: Callable[..., Doc]) -> None:
    names = ((0, 1, PER), (2, 3, ORG), (4, 5, ORG), (7, 8, PER))
    doc = parse(
        "Roe Roe NNP nsubj 1", "joined join VBD ROOT 1", "Acme Acme NNP obj 1", "from from IN case 4", "Beta Beta NNP obl 1",
        ", , , punct 9", "where where WRB advmod 9", "Roe Roe NNP nsubj 9", "was be VBD cop 9", "chief chief NN acl:relcl 4",
        names=names,
    )  # fmt: skip
    title = Title(start=9, end=10, head=9, text="chief")
    assert ("Roe", "holdsRole", "Beta") in said(frames, doc, titles=(title,))


def test_only_money_that_is_to_be_spent_is_planned(frames: Frames, parse: Callable[..., Doc]) -> None:
    rows = ("spend spend VB ROOT 2", "5 5 CD obj 2")
    names = ((0, 1, ORG),)
    will = parse("Acme Acme NNP nsubj 2", "will will MD aux 2", *rows, names=names)
    did = parse("Acme Acme NNP nsubj 2", "did do VBD aux 2", *rows, names=names)
    assert {predicate for _, predicate, _ in said(frames, will, amounts=(money(3, "5"),))} == {"plansSpending"}
    assert said(frames, did, amounts=(money(3, "5"),)) == set()


def test_staff_cut_from_one_number_to_another_is_counted_by_the_other(frames: Frames, parse: Callable[..., Doc]) -> None:
    start = ("Acme Acme NNP nsubj 1", "cut cut VBD ROOT 1", "its its PRP$ nmod:poss 3", "workforce workforce NN obj 1")
    doc = parse(*start, "from from IN case 5", "50 50 CD obl 1", "to to TO case 7", "35 35 CD obl 1", names=((0, 1, ORG),))
    found = said(frames, doc, amounts=(count(5, "50"), count(7, "35")))
    assert ("Acme", "employeeCount", "35") in found
    assert not any(predicate == "laidOff" for _, predicate, _ in found)


def test_a_lexicon_may_name_every_place_by_the_order_of_words() -> None:
    assert SURFACE <= PLACES


def test_every_frame_evokes_a_predicate_of_the_ontology() -> None:
    lexicon: Lexicon = read_lexicon([ontology.directory() / "lexicon.ttl"])
    predicates = ontology.load().predicates
    assert {frame.predicate for frame in lexicon.frames} == set(predicates)


def share(at: int, value: str) -> Amount:
    """A share of one token."""
    quantity = Quantity(text=value, unit="share", value=Decimal(value), low=Decimal(value), high=Decimal(value))
    return Amount(start=at, end=at + 1, head=at, kind="share", quantity=quantity)


def count(at: int, value: str) -> Amount:
    """A number of one token."""
    quantity = Quantity(text=value, unit=None, value=Decimal(value), low=None, high=None)
    return Amount(start=at, end=at + 1, head=at, kind="count", quantity=quantity)


def money(at: int, value: str) -> Amount:
    """A sum of one token."""
    quantity = Quantity(text=value, unit="USD", value=Decimal(value), low=None, high=None)
    return Amount(start=at, end=at + 1, head=at, kind="money", quantity=quantity)


def test_a_firm_is_where_it_moved_its_headquarters_to(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "moved move VBD ROOT 1", "its its PRP$ nmod:poss 3", "headquarters headquarters NN obj 1",
        "from from IN case 5", "Leeds Leeds NNP obl 1", "to to IN case 7", "York York NNP obl 1",
        names=((0, 1, ORG), (5, 6, PLACE), (7, 8, PLACE)),
    )  # fmt: skip
    assert said(frames, doc) == {("Acme", "headquarteredIn", "York")}


def test_a_description_by_a_place_says_where_the_firm_that_it_stands_for_is_at_home(frames: Frames, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1",
        "fell fall VBD ROOT 1",
        ". . . punct 1",
        "The the DT det 5",
        "Leeds Leeds NNP compound 5",
        "firm firm NN nsubj 6",
        "grew grow VBD ROOT 6",
        names=((0, 1, ORG), (4, 5, PLACE)),
    )
    doc._.clusters = [[doc[0:1], doc[3:6]]]
    assert said(frames, doc) == {("The Leeds firm", "headquarteredIn", "Leeds")}


@pytest.mark.parametrize(("by", "seller"), [("GovernmentBody", ""), ("Organization", "Acme")])
def test_an_authority_that_approves_a_sale_is_not_the_seller(frames: Frames, parse: Callable[..., Doc], by: str, seller: str) -> None:
    rows = (
        "Acme Acme NNP nsubj 1", "approved approve VBD ROOT 1", "the the DT det 3", "sale sale NN obj 1", "of of IN case 5",
        "Beta Beta NNP nmod 3", "to to IN case 7", "Gamma Gamma NNP nmod 3",
    )  # fmt: skip
    doc = parse(*rows, names=((0, 1, by), (5, 6, ORG), (7, 8, ORG)))
    (sold,) = (found for found in candidates(frames, doc) if found.predicate == "acquired" and words(doc, found.subject) == "Gamma")
    assert words(doc, sold.seller) == seller


@pytest.mark.parametrize(
    ("rows", "is_claimed"),
    [
        (("Acme Acme NNP nsubj 1", "went go VBD ROOT 1", "under under RP compound:prt 1", "in in IN case 4", "May May NNP obl 1"), True),
        (("Acme Acme NNP nsubj 1", "went go VBD ROOT 1", "under under IN case 4", "the the DT det 4", "hammer hammer NN obl 1"), False),
        (("Acme Acme NNP nsubj 2", "is be VBZ cop 2", "bankrupt bankrupt JJ ROOT 2"), True),
        (("Acme Acme NNP nsubj 1", "appointed appoint VBD ROOT 1", "administrators administrator NNS obj 1"), True),
    ],
)  # fmt: skip
def test_a_firm_goes_bankrupt_in_many_words(frames: Frames, parse: Callable[..., Doc], rows: tuple[str, ...], *, is_claimed: bool) -> None:
    found = {predicate for _, predicate, _ in said(frames, parse(*rows, names=((0, 1, ORG),)))}
    assert ("filedForBankruptcy" in found) is is_claimed


@pytest.mark.parametrize("noun", ["claim", "action"])
def test_whose_claim_is_against_another_has_sued_it(frames: Frames, parse: Callable[..., Doc], noun: str) -> None:
    doc = parse(
        "Acme Acme NNP nmod:poss 2", "'s 's POS case 0", f"{noun} {noun} NN nsubj:pass 4", "was be VBD aux:pass 4",
        "settled settle VBN ROOT 4", "against against IN case 6", "Beta Beta NNP nmod 2", names=((0, 1, ORG), (6, 7, ORG)),
    )  # fmt: skip
    assert ("Acme", "sued", "Beta") in said(frames, doc)
