"""Candidates become claims: once for each thing a sentence says, with its words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kgraph import ontology
from kgraph.extraction.claims.assembly import Assembler
from kgraph.extraction.claims.belief import Belief
from kgraph.extraction.claims.quotes import find_quote
from kgraph.extraction.spans import Amount, Candidate, Mention, Moment
from kgraph.model import AppearanceKey, Argument, Article, EntityType, Quantity, Status

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = ("Acme Acme NNP nsubj 1", "bought buy VBD ROOT 1", "Beta Beta NNP obj 1", ". . . punct 1")


def mention(at: int, key: str, kind: EntityType = EntityType.ORGANIZATION) -> Mention:
    """A name of one token."""
    return Mention(start=at, end=at + 1, head=at, appearance=AppearanceKey(key), type=kind)


ACME, BETA = mention(0, "a-e0"), mention(2, "a-e12")


def candidate(predicate: str = "acquired", score: float = 0.8, extractor: str = "frames", **fields: object) -> Candidate:
    """That Acme bought Beta."""
    given_fields = {"subject": ACME, "object": BETA, "trigger": 1} | fields
    return Candidate(predicate=predicate, score=score, extractor=extractor, **given_fields)  # type: ignore[arg-type]


def moment(edtf: str) -> Moment:
    """A date at the second token."""
    return Moment(start=1, end=2, head=1, edtf=edtf)


def assembler_with(extra: dict[str, float]) -> Assembler:
    """With weights for one predicate: each extractor is taken at its word, and both together count double."""
    cases = {"frames": ("frame",), "relations": ("relation",), "frames+relations": ("frame", "relation")}
    weights = {f"{case} {score}": 1.0 for case, scores in cases.items() for score in scores}
    weights |= dict.fromkeys(cases, 0.0) | {f"{case} doubt": -1.0 for case in cases}
    weights |= dict.fromkeys(("told", "spoken of", "other subject", "other object", "turned"), 0.0) | extra
    return Assembler(ontology.load(), Belief(weights=weights, predicates={"acquired": 0.0}, least=0.7))


@pytest.fixture(scope="module")
def assembler() -> Assembler:
    """With no weight for what is said around a statement."""
    return assembler_with({})


def article(doc: Doc) -> Article:
    """The article of a Doc."""
    return Article(id="a", text=doc.text)


def test_a_claim_carries_its_words_status_and_a_stable_id(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse(*ROWS)
    (claim,) = assembler.claims(doc, article(doc), [candidate()])
    assert (claim.subject, claim.object) == (
        Argument(appearance=ACME.appearance, start=0, end=4, text="Acme"),
        Argument(appearance=BETA.appearance, start=12, end=16, text="Beta"),
    )
    assert doc.text[claim.quote.start : claim.quote.end] == claim.quote.exact
    assert (claim.status, claim.negative, claim.extractor) == (Status.COMPLETED, False, "frames")
    assert assembler.claims(doc, article(doc), [candidate(score=0.7)])[0].id == claim.id


def test_two_extractors_that_agree_make_one_surer_claim(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse(*ROWS)
    (claim,) = assembler.claims(doc, article(doc), [candidate(), candidate(extractor="relations")])
    assert (claim.extractor, claim.confidence) == ("frames+relations", 0.941)


def test_a_frame_takes_the_qualifiers_that_only_the_learnt_model_has_read(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse(*ROWS)
    learnt = candidate(extractor="relations", status=Status.ANNOUNCED, when=moment("2024"), seller=mention(0, "a-e9"))
    (claim,) = assembler.claims(doc, article(doc), [candidate(), learnt])
    assert (claim.status, claim.when, claim.seller) == (Status.ANNOUNCED, None, "Acme")
    (claim,) = assembler.claims(doc, article(doc), [candidate(seller=BETA), learnt])
    assert claim.seller == "Beta"
    (claim,) = assembler.claims(doc, article(doc), [candidate(), replace(learnt, subject=BETA, object=ACME, score=0.1)])
    assert (claim.status, claim.seller) == (Status.COMPLETED, None)


def test_an_amount_of_another_verb_is_not_taken(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    relative = ("which which WDT nsubj 4", "raised raise VBD acl:relcl 2", "millions million NNS obj 4")
    doc = parse(*ROWS[:3], *relative)
    five = Quantity(text="millions", unit="EUR", value=Decimal(5), low=Decimal(5), high=Decimal(5))
    learnt = candidate(extractor="relations", amount=Amount(start=5, end=6, head=5, kind="money", quantity=five))
    (claim,) = assembler.claims(doc, article(doc), [candidate(), learnt])
    assert claim.amount is None
    (claim,) = assembler.claims(doc, article(doc), [candidate(trigger=4), learnt])
    assert claim.amount == five


def test_what_the_other_extractor_says_elsewhere_in_the_article_counts(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    again = ("Acme Acme NNP nsubj 1", "swallows swallow VBZ ROOT 1", "Beta Beta NNP obj 1", ". . . punct 1")
    doc = parse(*ROWS, *(row.rsplit(" ", 1)[0] + f" {int(row.rsplit(' ', 1)[1]) + 4}" for row in again))
    elsewhere = candidate(
        score=0.6,
        extractor="relations",
        subject=mention(4, "a-e0"),
        object=mention(6, "a-e12"),
        trigger=None,
    )
    claims = assembler.claims(doc, article(doc), [candidate(score=0.65), elsewhere])
    assert [(claim.extractor, claim.confidence) for claim in claims] == [("frames+relations", 0.736)] * 2
    assert assembler.claims(doc, article(doc), [candidate(score=0.65)]) == ()


def test_a_pronoun_that_may_mean_another_makes_a_claim_less_sure(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse(*ROWS)
    sure, unsure = (replace(ACME, kind="pronoun", certainty=chance) for chance in (1.0, 0.5))
    found = [assembler.claims(doc, article(doc), [candidate(score=0.9, subject=one)])[0].confidence for one in (ACME, sure, unsure)]
    assert found == [0.9, 0.9, 0.818]


BUYER, BOUGHT = mention(0, "a-buyer"), mention(2, "a-bought")


@pytest.mark.parametrize(
    ("term", "weight", "fact", "others", "mentions"),
    [
        ("told", 1.0, {"tellings": 2}, [], []),
        ("spoken of", 1.0, {}, [], [BETA, BETA, BETA]),
        ("other subject", -0.2, {}, [candidate(extractor="relations", score=0.3, subject=BUYER)], []),
        ("other object", -0.2, {}, [candidate(extractor="relations", score=0.3, object=BOUGHT)], []),
        ("turned", -0.2, {}, [candidate(extractor="relations", score=0.3, subject=BETA, object=ACME)], []),
    ],
)
def test_what_an_article_says_around_a_statement_counts(
    parse: Callable[..., Doc], term: str, weight: float, fact: dict[str, object], others: list[Candidate], mentions: list[Mention]
) -> None:
    doc = parse(*ROWS)

    def confidence(*, counts: bool) -> float:
        weighing = assembler_with({term: weight} if counts else {})
        (claim,) = weighing.claims(doc, article(doc), [candidate(score=0.9, extractor="relations", **fact), *others], mentions)
        return claim.confidence

    assert (confidence(counts=True) > confidence(counts=False)) is (weight > 0)
    assert confidence(counts=True) != confidence(counts=False)


def test_of_predicates_that_the_learnt_model_does_not_know_the_frame_decides(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse(*ROWS)
    (claim,) = assembler.claims(doc, article(doc), [candidate("competesWith", 0.6)])
    assert claim.confidence == 0.6
    assert assembler.claims(doc, article(doc), [candidate("competesWith", 0.5)]) == ()


@pytest.mark.parametrize(
    "dropped",
    [
        candidate(score=0.6, extractor="relations"),
        candidate(object=mention(2, "a-e12", EntityType.PERSON)),
        candidate(object=mention(2, "a-e0")),
        candidate(object=None),
        candidate("unknown"),
    ],
    ids=["below its threshold", "wrong type", "with itself", "no object", "no such predicate"],
)
def test_what_may_not_be_is_dropped(assembler: Assembler, parse: Callable[..., Doc], dropped: Candidate) -> None:
    doc = parse(*ROWS)
    assert assembler.claims(doc, article(doc), [dropped]) == ()


def test_of_alternatives_in_one_sentence_the_surest_stays(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse(*ROWS)
    claims = assembler.claims(doc, article(doc), [candidate("investedIn", 0.7), candidate("acquired", 0.9)])
    assert [claim.predicate for claim in claims] == ["acquired"]


def test_a_symmetric_statement_is_made_once(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse(*ROWS)
    turned = candidate("competesWith", subject=BETA, object=ACME)
    assert len(assembler.claims(doc, article(doc), [candidate("competesWith"), turned])) == 1


def test_a_supposition_is_no_claim(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "If if IN mark 2",
        "Acme Acme NNP nsubj 2",
        "buys buy VBZ advcl 5",
        "Beta Beta NNP obj 2",
        "it it PRP nsubj 5",
        "grows grow VBZ ROOT 5",
    )
    supposed = candidate(subject=mention(1, "a-e3"), object=mention(3, "a-e13"), trigger=2)
    assert assembler.claims(doc, article(doc), [supposed]) == ()


@given(
    before=st.integers(0, 60),
    between=st.integers(0, 20),
    after=st.integers(0, 60),
)
def test_a_quote_is_exact_short_and_holds_its_arguments(before: int, between: int, after: int) -> None:
    from spacy.tokens import Doc as SpacyDoc
    from spacy.vocab import Vocab

    words = ["so"] * before + ["Acme", "bought"] + ["big"] * between + ["Beta"] + ["then"] * after
    root = before + 1
    doc = SpacyDoc(Vocab(), words=words, heads=[root] * len(words), deps=["dep"] * root + ["ROOT"] + ["dep"] * (len(words) - root - 1))
    end = before + between + 2
    quote = find_quote(doc, candidate(subject=mention(before, "a"), object=mention(end, "b"), trigger=root))
    assert doc.text[quote.start : quote.end] == quote.exact
    assert quote.exact == quote.exact.strip()
    assert "Acme bought" in quote.exact
    assert quote.exact.rfind("Beta") > 0
    assert len(quote.exact.split()) <= 41


def test_a_round_is_called_by_its_name(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    rows = ("Acme Acme NNP nsubj 1", "raised raise VBD ROOT 1", "$5m $5m CD obj 1", "in in IN case 7", "its its PRP$ nmod:poss 7")
    doc = parse(*rows, "Series Series NNP compound 7", "C C NNP compound 7", "round round NN obl 1", "today today NN obl 1")
    figure = Quantity(text="$5m", unit="USD", value=Decimal(5_000_000), low=Decimal(5_000_000), high=Decimal(5_000_000))
    amount = Amount(start=2, end=3, head=2, kind="money", quantity=figure)
    (claim,) = assembler.claims(doc, article(doc), [candidate("raisedFunding", object=amount, round=(4, 9))])
    assert claim.round == "Series C"


def test_a_service_ends_where_it_goes_on_to_tell_who_takes_part(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse("Beta Beta NNP nsubj 1", "buys buy VBZ ROOT 1", "chips chip NNS obj 1", "from from IN case 4", "Acme Acme NNP nmod 2")
    supply = candidate("suppliesTo", subject=mention(4, "a-e0"), object=mention(0, "a-e12"), service=(2, 5), score=0.95)
    claim = assembler.claim(doc, article(doc), supply, "frames")
    assert claim is not None
    assert claim.service == "chips"


def test_the_region_of_a_town_is_said_of_nothing(parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj:pass 2", "is be VBZ aux:pass 2", "based base VBN ROOT 2", "in in IN case 4", "Austin Austin NNP obl 2",
        ", , , punct 6", "Texas Texas NNP appos 4",
    )  # fmt: skip
    town, region = (mention(at, f"a-e{at}", EntityType.PLACE) for at in (4, 6))
    based = [
        candidate("headquarteredIn", score=score, subject=ACME, object=place, trigger=2) for place, score in ((town, 0.8), (region, 0.9))
    ]
    claims = Assembler(ontology.load(), Belief()).claims(doc, article(doc), based)
    assert [claim.object.text for claim in claims if isinstance(claim.object, Argument)] == ["Austin"]


def test_a_service_ends_before_the_row_of_customers(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "makes make VBZ ROOT 1", "chips chip NNS obj 1", "for for IN case 4", "Beta Beta NNP nmod 2",
        "and and CC cc 6", "Gamma Gamma NNP conj 4",
    )  # fmt: skip
    supplies = candidate("suppliesTo", object=mention(6, "a-e6"), service=(2, 6))
    (claim,) = assembler.claims(doc, article(doc), [supplies])
    assert claim.service == "chips"


def test_what_one_sentence_tells_alone_is_not_told_again_across_two(assembler: Assembler, parse: Callable[..., Doc]) -> None:
    doc = parse(
        "Acme Acme NNP nsubj 1", "grew grow VBD ROOT 1", ". . . punct 1", "It it PRP nsubj 4", "bought buy VBD ROOT 4",
        "Beta Beta NNP obj 4",
    )  # fmt: skip
    house = mention(5, "a-e12")
    across = candidate(extractor="relations", trigger=None, object=house)
    alone = candidate(trigger=4, subject=replace(mention(3, "a-e0"), kind="pronoun"), object=house)
    (claim,) = assembler.claims(doc, article(doc), [across, alone])
    assert claim.quote.exact == "It bought Beta"
    assert [one.quote.exact for one in assembler.claims(doc, article(doc), [across])] == ["Acme grew . It bought Beta"]


def test_a_quote_does_not_go_on_past_a_blank_line(parse: Callable[..., Doc]) -> None:
    rows = parse("News news NN nsubj 3", "- - : punct 3", *(f"{row[:-1]}{int(row[-1]) + 2}" for row in ROWS))
    blank = Doc(
        rows.vocab,
        words=["News", "\n\n", *(token.text for token in rows[2:])],
        deps=[token.dep_ for token in rows],
        heads=[token.head.i for token in rows],
        spaces=[False, False, True, True, False, False],
    )  # fmt: skip
    quote = find_quote(blank, candidate(subject=mention(2, "a-e0"), object=mention(4, "a-e12"), trigger=3))
    assert quote.exact == "Acme bought Beta."
