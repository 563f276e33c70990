"""What the learnt model hears is dropped where the tree gives its words another part."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kgraph import ontology
from kgraph.extraction.frames.matching import Frames
from kgraph.extraction.frames.scores import FrameScores
from kgraph.extraction.marking.things.mentions import find_mentions
from kgraph.extraction.relations.contradictions import Contradictions
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention
from kgraph.model import Article, Quantity
from kgraph.ontology.lexicon import Lexicon, read_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

ORG, PRODUCT = "Organization", "Product"
BETA = ("the the DT det 3", "purchase purchase NN obj 1", "of of IN case 5", "Beta Beta NNP nmod 3")
"""The rest of "Acme … the purchase of Beta"."""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The built-in one."""
    return read_lexicon([ontology.directory() / "lexicon.ttl"])


def heard(doc: Doc, subject: str, predicate: str, other: str, stake: Amount | None = None) -> Candidate:
    """What the learnt model might hear of two names of a document."""
    doc._.clusters = doc._.clusters or []
    _, mentions = find_mentions(doc, Article(id="a", text=doc.text))
    by_text = {doc[m.start : m.end].text: m for m in mentions}
    return Candidate(predicate=predicate, subject=by_text[subject], object=by_text[other], score=0.9, extractor="relations", stake=stake)


def left(lexicon: Lexicon, doc: Doc, *candidates: Candidate) -> list[tuple[str, str]]:
    """Subject and object of the candidates of the model that are left beside the frames'."""
    _, mentions = find_mentions(doc, Article(id="a", text=doc.text))
    told = Frames(lexicon, ontology.load(), FrameScores()).match(doc, Marked(mentions=mentions, amounts=(), moments=(), titles=()))
    found = Contradictions(lexicon).without(doc, [*told, *candidates])
    kept = [one for one in found if one.extractor == "relations"]
    return [(doc[c.subject.head].text, doc[c.object.head].text) for c in kept if isinstance(c.object, Mention)]


@pytest.mark.parametrize(
    ("verb", "buyers"),
    [
        ("hailed hail VBD ROOT 1", []),
        ("financed finance VBD ROOT 1", []),
        ("completed complete VBD ROOT 1", [("Acme", "Beta")]),
        ("mourned mourn VBD ROOT 1", [("Acme", "Beta")]),
    ],
)
def test_who_only_speaks_of_a_deed_or_pays_for_it_does_not_do_it(
    lexicon: Lexicon, parse: Callable[..., Doc], verb: str, buyers: list[tuple[str, str]]
) -> None:
    doc = parse("Acme Acme NNP nsubj 1", verb, *BETA, names=((0, 1, ORG), (5, 6, ORG)))
    assert left(lexicon, doc, heard(doc, "Acme", "acquired", "Beta")) == buyers


@pytest.mark.parametrize("rows", [
    ("Acme Acme NNP nsubj 1", "disclosed disclose VBD ROOT 1", "Gamma Gamma NNP nmod:poss 4", "'s 's POS case 2",
     "purchase purchase NN obj 1", "of of IN case 6", "Beta Beta NNP nmod 4"),
    ("Acme Acme NNP nsubj 1", "disclosed disclose VBD ROOT 1", "the the DT det 3", "purchase purchase VBN obj 1", "of of IN case 5",
     "Beta Beta NNP nmod 3", "by by IN case 7", "Gamma Gamma NNP nmod 5"),
], ids=["possessor", "by"])  # fmt: skip
def test_a_deed_whose_doer_stands_at_its_noun_is_nobody_elses(lexicon: Lexicon, parse: Callable[..., Doc], rows: tuple[str, ...]) -> None:
    doc = parse(*rows, names=tuple((i, i + 1, ORG) for i, row in enumerate(rows) if row.split()[0] in {"Acme", "Beta", "Gamma"}))
    both = [heard(doc, "Acme", "acquired", "Beta"), heard(doc, "Gamma", "acquired", "Beta")]
    assert left(lexicon, doc, *both) == [("Gamma", "Beta")]


@pytest.mark.parametrize("part", ["obj", "iobj", "nsubj"])
def test_an_infinitive_has_one_subject(lexicon: Lexicon, parse: Callable[..., Doc], part: str) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "beat beat VBD ROOT 1", f"Gamma Gamma NNP {part} 1", "to to TO mark 4", "buy buy VB advcl 1",
        "Beta Beta NNP obj 4",
        names=((0, 1, ORG), (2, 3, ORG), (5, 6, ORG)),
    )  # fmt: skip
    assert left(lexicon, doc, heard(doc, "Gamma", "acquired", "Beta")) == []


def test_who_joins_another_to_do_something_does_it_too(lexicon: Lexicon, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "joined join VBD ROOT 1", "Gamma Gamma NNP obj 1", "to to TO mark 4", "buy buy VB advcl 1",
        "Beta Beta NNP obj 4", names=((0, 1, ORG), (2, 3, ORG), (5, 6, ORG)),
    )  # fmt: skip
    assert left(lexicon, doc, heard(doc, "Gamma", "acquired", "Beta")) == [("Gamma", "Beta")]


@pytest.mark.parametrize("words", ["except except IN case 2", "excluding exclude VBG case 2"])
def test_who_is_left_out_takes_no_part(lexicon: Lexicon, parse: Callable[..., Doc], words: str) -> None:
    rows = ("Everyone everyone NN nsubj 3", words, "Acme Acme NNP nmod 0", "bought buy VBD ROOT 3", "Beta Beta NNP obj 3")
    doc = parse(*rows, names=((2, 3, ORG), (4, 5, ORG)))
    assert left(lexicon, doc, heard(doc, "Acme", "acquired", "Beta")) == []


def test_coordinated_clauses_with_subjects_of_their_own_share_no_argument(lexicon: Lexicon, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "rents rent VBZ ROOT 1", "desks desk NNS obj 1", "and and CC cc 5", "Gamma Gamma NNP nsubj 5",
        "buys buy VBZ conj 1", "steel steel NN obj 5", "from from IN case 8", "Beta Beta NNP obl 5",
        names=((0, 1, ORG), (4, 5, ORG), (8, 9, ORG)),
    )  # fmt: skip
    both = [heard(doc, "Beta", "suppliesTo", "Acme"), heard(doc, "Beta", "suppliesTo", "Gamma")]
    assert left(lexicon, doc, *both) == [("Beta", "Gamma")]


def test_what_a_firm_has_is_not_the_firm(lexicon: Lexicon, parse: Callable[..., Doc]) -> None:
    for noun, is_firm in (("patents patent NNS", False), ("owner owner NN", True)):
        rows = ("Acme Acme NNP nsubj 1", "bought buy VBD ROOT 1", f"{noun} obj 1", "of of IN case 4", "Beta Beta NNP nmod 2")
        doc = parse(*rows, names=((0, 1, ORG), (4, 5, ORG)))
        assert bool(left(lexicon, doc, heard(doc, "Acme", "acquired", "Beta"))) is is_firm


def test_what_an_exchange_publishes_is_not_where_shares_are_traded(lexicon: Lexicon, parse: Callable[..., Doc]) -> None:
    rows = ("Acme Acme NNP nsubj 1", "beat beat VBD ROOT 1", "Tarn Tarn NNP compound 3")
    for noun, exchanges in (("estimates estimate NNS obj 1", []), ("index index NN obj 1", [("Acme", "Tarn")])):
        doc = parse(*rows, noun, names=((0, 1, ORG), (2, 3, ORG)))
        assert left(lexicon, doc, heard(doc, "Acme", "tradedOn", "Tarn")) == exchanges


def test_goods_are_not_acquired(lexicon: Lexicon, parse: Callable[..., Doc]) -> None:
    rows = (
        "Acme Acme NNP nsubj 1",
        "sells sell VBZ ROOT 1",
        "Tau Tau NNP compound 3",
        "chips chip NNS obj 1",
        "to to IN case 5",
        "Beta Beta NNP obl 1",
    )
    doc = parse(*rows, names=((0, 1, ORG), (2, 3, PRODUCT), (5, 6, ORG)))
    assert left(lexicon, doc, heard(doc, "Beta", "acquired", "Tau")) == []


@pytest.mark.parametrize(("share", "predicate"), [("0.4", "investedIn"), ("0.5", "investedIn"), ("0.6", "acquired")])
def test_an_investment_of_more_than_half_is_an_acquisition(lexicon: Lexicon, parse: Callable[..., Doc], share: str, predicate: str) -> None:
    doc = parse("Acme Acme NNP nsubj 1", "has have VBZ ROOT 1", "Beta Beta NNP obj 1", names=((0, 1, ORG), (2, 3, ORG)))
    quantity = Quantity(text=share, unit="share", value=Decimal(share), low=None, high=None)
    stake = Amount(start=1, end=2, head=1, kind="share", quantity=quantity)
    (found,) = Contradictions(lexicon).without(doc, [heard(doc, "Acme", "investedIn", "Beta", stake)])
    assert found.predicate == predicate
