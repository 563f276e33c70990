"""Coordinated names share a place in the sentence, unless its words set one against the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extraction import framing

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from kgraph.extraction.frames.matching import Frames

NAMES = {"Acme": framing.ORG, "Beta": framing.ORG, "Gamma": framing.ORG, "Roe": framing.PER, "Tau": framing.PRODUCT}


@pytest.fixture
def said(frames: Frames, parse: Callable[..., Doc]) -> Callable[..., set[tuple[str, str, str]]]:
    """What the frames read in rows of a parse: (subject, predicate, object)."""

    def read(*rows: str) -> set[tuple[str, str, str]]:
        names = tuple((i, i + 1, NAMES[word]) for i, row in enumerate(rows) if (word := row.split()[0]) in NAMES)
        return framing.said(frames, parse(*rows, names=names))

    return read


COORDINATED = {
    "both": (("and and CC cc 2", "Gamma Gamma NNP conj 0"), {"Acme", "Gamma"}),
    "as well as": (("as-well-as as-well-as CC cc 2", "Gamma Gamma NNP conj 0"), {"Acme", "Gamma"}),
    "not": (("not not RB advmod 2", "Gamma Gamma NNP conj 0"), {"Acme"}),
    "rather than": (("rather rather RB cc 3", "than than IN fixed 1", "Gamma Gamma NNP conj 0"), {"Acme"}),
    "instead of": (("instead instead RB case 3", "of of IN fixed 1", "Gamma Gamma NNP nsubj 4"), {"Acme"}),
}


@pytest.mark.parametrize(("between", "buyers"), COORDINATED.values(), ids=COORDINATED)
def test_who_is_set_apart_takes_no_part(said: Callable[..., set[tuple[str, str, str]]], between: tuple[str, ...], buyers: set[str]) -> None:
    verb = 1 + len(between)
    rows = (f"Acme Acme NNP nsubj {verb}", *between, f"bought buy VBD ROOT {verb}", f"Beta Beta NNP obj {verb}")
    assert said(*rows) == {(buyer, "acquired", "Beta") for buyer in buyers}


@pytest.mark.parametrize("first", ["Either either CC cc:preconj 1", "Yesterday yesterday NN obl 4"])
def test_of_two_alternatives_nothing_is_said(said: Callable[..., set[tuple[str, str, str]]], first: str) -> None:
    rows = (first, "Acme Acme NNP nsubj 4", "or or CC cc 3", "Gamma Gamma NNP conj 1", "bought buy VBD ROOT 4")
    assert said(*rows, "Beta Beta NNP obj 4") == set()


def test_what_is_said_of_one_or_the_other_is_true_of_both(said: Callable[..., set[tuple[str, str, str]]]) -> None:
    rows = ("Acme Acme NNP nsubj 1", "rivals rival VBZ ROOT 1", "Beta Beta NNP obj 1", "or or CC cc 4", "Gamma Gamma NNP conj 2")
    assert said(*rows) == {("Acme", "competesWith", "Beta"), ("Acme", "competesWith", "Gamma")}


@pytest.mark.parametrize(("noun", "owners"), [("parent parent NN", {"Beta"}), ("owners owner NNS", {"Beta", "Gamma"})])
def test_a_noun_in_the_singular_describes_one_name(said: Callable[..., set[tuple[str, str, str]]], noun: str, owners: set[str]) -> None:
    rows = (
        "Acme Acme NNP compound 1",
        f"{noun} nsubj 5",
        "Beta Beta NNP appos 1",
        "and and CC cc 4",
        "Gamma Gamma NNP conj 2",
        "fell fall VBD ROOT 5",
    )
    assert said(*rows) == {("Acme", "subsidiaryOf", owner) for owner in owners}


def test_a_phrase_with_a_preposition_of_its_own_is_not_coordinated(said: Callable[..., set[tuple[str, str, str]]]) -> None:
    rows = (
        "Roe Roe NNP ROOT 0",
        "hired hire VBN acl 0",
        "from from IN case 3",
        "Beta Beta NNP obl 1",
        "by by IN case 5",
        "Acme Acme NNP conj 3",
    )
    assert said(*rows) == {("Roe", "departedFrom", "Beta"), ("Acme", "hired", "Roe")}


def test_who_does_it_may_stand_behind_what_it_is_done_to(said: Callable[..., set[tuple[str, str, str]]]) -> None:
    rows = (
        "Gamma Gamma NNP nsubj 1", "announced announce VBD ROOT 1", "the the DT det 3", "takeover takeover VBN obj 1", "of of IN case 5",
        "Beta Beta NNP nmod 3", "by by IN case 7", "Acme Acme NNP nmod 5",
    )  # fmt: skip
    assert said(*rows) == {("Acme", "acquired", "Beta")}


@pytest.mark.parametrize(("noun", "predicate"), [("chips chip NNS", "suppliesTo"), ("line line NN", "acquired")])
def test_goods_are_supplied_and_a_line_of_them_acquired(said: Callable[..., set[tuple[str, str, str]]], noun: str, predicate: str) -> None:
    rows = ("Acme Acme NNP nsubj 1", "sold sell VBD ROOT 1", "its its PRP$ nmod:poss 4", "Tau Tau NNP compound 4", f"{noun} obj 1")
    found = said(*rows, "to to IN case 6", "Beta Beta NNP obl 1")
    assert {relation for subject, relation, other in found if "Beta" in {subject, other}} == {predicate}


@pytest.mark.parametrize(("verb", "owned"), [("has have VBZ", {"Beta"}), ("will-buy buy VB", set())])
def test_a_stake_that_is_only_sought_is_not_owned(said: Callable[..., set[tuple[str, str, str]]], verb: str, owned: set[str]) -> None:
    helper = "will will MD aux 2" if not owned else "now now RB advmod 2"
    rows = (
        "Acme Acme NNP nsubj 2",
        helper,
        f"{verb} ROOT 2",
        "a a DT det 4",
        "stake stake NN obj 2",
        "in in IN case 6",
        "Beta Beta NNP nmod 4",
    )
    assert {other for _, predicate, other in said(*rows) if predicate == "ownsStakeIn"} == owned
