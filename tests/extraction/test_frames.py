"""One frame for each word reads every way of saying it: the syntax is undone in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extraction.framing import ORG, PLACE, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from kgraph.extraction.frames.matching import Frames

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


def test_a_wrong_type_or_an_unnamed_argument_gives_no_candidate(frames: Frames, parse: Callable[..., Doc]) -> None:
    rows = ("Acme Acme NNP nsubj 1", "hired hire VBD ROOT 1", "Beta Beta NNP obj 1")
    assert said(frames, parse(*rows, names=((0, 1, ORG), (2, 3, PLACE)))) == set()
    assert said(frames, parse(*rows, names=((0, 1, ORG),))) == set()
