"""Who the text names for what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kgraph.extraction.modality.attribution import read_speaker
from kgraph.extraction.spans import Candidate, Mention
from kgraph.model import AppearanceKey, EntityType

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

Rows = tuple[str, ...]
Names = tuple[tuple[int, int, str], ...]
IT_GREW = ("It it PRP nsubj 1", "grew grow VBD ROOT 1")


def claim(subject: int, object_: int, predicate: str, trigger: int | None) -> Candidate:
    ends = (
        Mention(start=place, end=place + 1, head=place, appearance=AppearanceKey(str(place)), type=kind)
        for place, kind in ((subject, EntityType.PERSON), (object_, EntityType.ORGANIZATION))
    )
    who, firm = ends
    return Candidate(predicate=predicate, subject=who, object=firm, score=1.0, extractor="relations", trigger=trigger)


def speaker_of(doc: Doc, trigger: int) -> str | None:
    """Who says what a word tells of no other thing."""
    return read_speaker(doc, replace(claim(trigger, trigger, "launched", trigger), object=True))


@pytest.mark.parametrize(
    ("rows", "names", "trigger", "speaker"),
    [
        (("Acme Acme NNP nsubj 1", "said say VBD ROOT 1", "it it PRP nsubj 3", "grew grow VBD ccomp 1"), (), 3, "Acme"),
        ((*IT_GREW, ", , , punct 1", "Acme Acme NNP nsubj 4", "said say VBD parataxis 1"), (), 1, "Acme"),
        ((*IT_GREW, "according accord VBG case 4", "to to IN fixed 2", "analysts analyst NNS obl 1"), (), 1, "analysts"),
        (("He he PRP nsubj 1", "said say VBD ROOT 1", "it it PRP nsubj 3", "grew grow VBD ccomp 1"), (), 3, None),
        (IT_GREW, (), 1, None),
        (("A a DT det 1", "version version NN nsubj 2", "said say VBD ROOT 2", "it it PRP nsubj 4", "grew grow VBD ccomp 2"), (), 4, None),
        (("An a DT det 1", "article article NN nsubj 3", "originally originally RB advmod 3", "said say VBD ROOT 3", "it it PRP nsubj 5",
          "grew grow VBD ccomp 3"), (), 5, None),
        ((*IT_GREW, "according accord VBG case 5", "to to IN fixed 2", "its its PRP$ nmod:poss 5", "chief chief NN obl 1",
          "Roe Roe NNP appos 5"), (), 5, None),
        ((*IT_GREW, ", , , punct 1", "its its PRP$ nmod:poss 4", "chief chief NN nsubj 5", "said say VBD parataxis 1"), (), 4, None),
        (("maker maker NN nsubj 2", "Acme Acme NNP appos 0", "said say VBD ROOT 2", "it it PRP nsubj 4", "grew grow VBD ccomp 2"),
         ((1, 2, "Organization"),), 4, "Acme"),
        (("it it PRP nsubj 5", "to to TO mark 2", "grow grow VB ccomp 5", ", , , punct 5", "sources source NNS nsubj 5",
          "say say VBP ROOT 5"), (), 2, "sources"),
        (("Acme Acme NNP nsubj 1", "said say VBD ROOT 1", "to to TO mark 3", "grow grow VB xcomp 1"), (), 3, None),
        (("Acme Acme NNP nsubj 1", "claims claim VBZ ROOT 1", "to to TO mark 3", "grow grow VB xcomp 1"), (), 3, "Acme"),
        (("It it PRP nsubj:pass 2", "was be VBD aux:pass 2", "reported report VBN ROOT 2", "by by IN case 4", "Beta Beta NNP obl:agent 2",
          "it it PRP nsubj 6", "grew grow VBD ccomp 2"), (), 6, "Beta"),
        ((*IT_GREW, "as as IN mark 4", "Beta Beta NNP nsubj 4", "reported report VBD advcl 1"), (), 1, "Beta"),
        ((*IT_GREW, "as as IN mark 4", "Beta Beta NNP nsubj 4", "believed believe VBD advcl 1", "it it PRP nsubj 6",
          "fell fall VBD ccomp 4"), (), 1, None),
        ((*IT_GREW, "per per IN case 3", "Beta Beta NNP obl 1"), ((3, 4, "Organization"),), 1, "Beta"),
        ((*IT_GREW, "per per IN case 3", "share share NN obl 1"), (), 1, None),
        ((*IT_GREW, "in in IN case 4", "Roe Roe NNP nmod:poss 4", "view view NN obl 1"), ((3, 4, "Person"),), 1, "Roe"),
        ((*IT_GREW, "against against IN case 4", "a a DT det 4", "target target NN obl 1", "according accord VBG case 4",
          "to to IN fixed 5", "a a DT det 8", "banker banker NN obl 1"), (), 1, "a banker"),
        (("Beta Beta NNP nsubj 1", "cited cite VBD ROOT 1", "people people NNS obj 1", "as as IN mark 4", "saying say VBG advcl 1",
          "it it PRP nsubj 6", "grew grow VBD ccomp 4"), (), 6, "Beta"),
        (("It it PRP nsubj 5", ", , , punct 4", "Beta Beta NNP nsubj 4", "has have VBZ aux 4", "learned learn VBN acl:relcl 0",
          "grew grow VBD ROOT 5"), ((2, 3, "Organization"),), 5, "Beta"),
        (("It it PRP nsubj 1", "grew grow VBD ccomp 8", ", , , punct 4", "its its PRP$ nmod:poss 4", "chief chief NN appos 1",
          ", , , punct 6", "Roe Roe NNP appos 4", ", , , punct 8", "said say VBD ROOT 8"), ((6, 7, "Person"),), 1, "Roe"),
        (("Analysts analyst NNS nsubj 7", "at at IN case 2", "Acme Acme NNP nmod 0", ", , , punct 4", "Beta Beta NNP nsubj 7",
          "& & CC cc 6", "Co Co NNP conj 4", "expect expect VBP ROOT 7", "it it PRP obj 7", "to to TO mark 10", "grow grow VB xcomp 7"),
         ((2, 3, "Organization"), (4, 7, "Organization")), 10, "Analysts at Acme , Beta & Co"),
    ],
)  # fmt: skip
def test_the_speaker_is_whom_the_text_names(parse: Callable[..., Doc], rows: Rows, names: Names, trigger: int, speaker: str | None) -> None:
    assert speaker_of(parse(*rows, names=names), trigger) == speaker


SAID = ("It it PRP nsubj 1", "bought buy VBD ccomp 6", "Beta Beta NNP obj 1", ", , , punct 4")


@pytest.mark.parametrize(
    ("rows", "names", "speaker"),
    [
        pytest.param(
            ("It it PRP nsubj 1", "grew grow VBD ccomp 4", ", , , punct 3", "Roe Roe NNP nsubj 4", "said say VBD ROOT 4", ". . . nsubj 4"),
            ((3, 4, "Person"),), "Roe", id="a full stop is no subject",
        ),
        pytest.param(
            (*SAID, "a a DT det 5", "banker banker NN nsubj 1", "said say VBD ROOT 6"), (), "a banker", id="hung as a subject",
        ),
        pytest.param(
            ("It it PRP nsubj 1", "bought buy VBD ccomp 9", "Beta Beta NNP obj 1", ", , , punct 5", "two two CD nummod 5",
             "officials official NNS obj 1", "at at IN case 7", "Gamma Gamma NNP nmod 5", "have have VBP aux 9", "said say VBN ROOT 9"),
            (), "two officials at Gamma", id="as an object",
        ),
        pytest.param(
            ("It it PRP nsubj 1", "bought buy VBD ccomp 8", "Beta Beta NNP obj 1", ", , , punct 5", "a a DT det 5", "deal deal NN appos 2",
             "that that WDT nsubj 7", "paid pay VBD acl:relcl 5", "said say VBD ROOT 8"), (), None, id="no phrase alone",
        ),
        pytest.param((*SAID, "last last JJ amod 5", "week week NN obl:unmarked 6", "said say VBD ROOT 6"), (), None, id="of the verb"),
    ],
)  # fmt: skip
def test_a_speaker_may_hang_on_what_is_said(parse: Callable[..., Doc], rows: Rows, names: Names, speaker: str | None) -> None:
    assert speaker_of(parse(*rows, names=names), 1) == speaker


@pytest.mark.parametrize(
    ("subject", "kind", "verb", "speaker"),
    [
        ("deal deal NN", None, "shows show VBZ", None),
        ("filing filing NN", None, "shows show VBZ", "filing"),
        ("Acme Acme NNP", "Organization", "suggests suggest VBZ", "Acme"),
        ("Roe Roe NNP", "Person", "learned learn VBD", None),
        ("Acme Acme NNP", "Organization", "learned learn VBD", None),
        ("Acme Acme NNP", "Organization", "understands understand VBZ", "Acme"),
        ("Few few JJ", None, "believe believe VBP", None),
        ("Nobody nobody NN", None, "says say VBZ", None),
        ("analysts analyst NNS", None, "believe believe VBP", "analysts"),
    ],
)
def test_not_every_subject_speaks(parse: Callable[..., Doc], subject: str, kind: str | None, verb: str, speaker: str | None) -> None:
    rows = (f"{subject} nsubj 1", f"{verb} ROOT 1", "it it PRP nsubj 3", "grew grow VBD ccomp 1")
    doc = parse(*rows, names=((0, 1, kind),) if kind else ())
    assert speaker_of(doc, 3) == speaker


@pytest.mark.parametrize(("opening", "speaker"), [((), None), (("A a DT det 2",), "A few brokers")])
def test_few_say_nothing_and_a_few_do(parse: Callable[..., Doc], opening: Rows, speaker: str | None) -> None:
    at = len(opening)
    rows = (*opening, f"few few JJ amod {at + 1}", f"brokers broker NNS nsubj {at + 2}", f"expect expect VBP ROOT {at + 2}",
            f"it it PRP nsubj {at + 4}", f"grew grow VBD ccomp {at + 2}")  # fmt: skip
    assert speaker_of(parse(*rows), at + 4) == speaker


@pytest.mark.parametrize(("predicate", "speaker"), [("holdsRole", None), ("departedFrom", "Roe")])
def test_people_do_not_say_who_they_are(parse: Callable[..., Doc], predicate: str, speaker: str | None) -> None:
    rows = ("Roe Roe NNP nsubj 1", "said say VBD ROOT 1", "she she PRP nsubj 3", "left leave VBD ccomp 1", "Acme Acme NNP obj 3")
    doc = parse(*rows, names=((0, 1, "Person"),))
    assert read_speaker(doc, claim(0, 4, predicate, 3)) == speaker


@pytest.mark.parametrize(
    ("rows", "speaker"),
    [
        (("Reuters Reuters NNP dep 3", ": : : punct 3", "Roe Roe NNP nsubj 3", "left leave VBD ROOT 3", "Acme Acme NNP obj 3"), "Reuters"),
        (("Shares share NNS dep 3", ": : : punct 3", "Roe Roe NNP nsubj 3", "left leave VBD ROOT 3", "Acme Acme NNP obj 3"), None),
        (("So so RB advmod 3", "then then RB advmod 3", "Roe Roe NNP nsubj 3", "left leave VBD ROOT 3", "Acme Acme NNP obj 3",
          "- - : punct 6", "sources source NNS dep 3"), "sources"),
    ],
)  # fmt: skip
def test_a_headline_names_its_outlet_at_its_edge(parse: Callable[..., Doc], rows: Rows, speaker: str | None) -> None:
    doc = parse(*rows)
    assert read_speaker(doc, claim(2, 4, "departedFrom", 3)) == speaker


def test_what_no_word_evokes_is_said_by_who_rules_its_object(parse: Callable[..., Doc]) -> None:
    rows = ("Acme Acme NNP nsubj 1", "said say VBD ROOT 1", "it it PRP nsubj 3", "hires hire VBZ ccomp 1", "Roe Roe NNP obj 3")
    doc = parse(*rows)
    assert read_speaker(doc, claim(0, 4, "hired", None)) == "Acme"
