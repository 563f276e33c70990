"""Which names of an article are one thing's, where one chain of coreference holds them all."""

from __future__ import annotations

from itertools import permutations

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kgraph.extraction.marking.things.mentions import find_mentions
from kgraph.model import Article

_VOCAB = Vocab()
ORG, PER, BODY, PLACE = "Organization", "Person", "GovernmentBody", "Place"


def groups(*names: str, kind: str = ORG) -> set[frozenset[str]]:
    """The names of each thing in an article of one sentence for each name; "/" after a name ends a headline."""
    words: list[str] = []
    heads: list[int] = []
    spans: list[tuple[int, int]] = []
    for name in names:
        own = name.removesuffix(" /").split()
        start, verb = len(words), len(words) + len(own)
        spans.append((start, verb))
        words += [*own, "grew", "\n\n" if name.endswith(" /") else "."]
        heads += [*[verb - 1] * (len(own) - 1), verb, verb, verb]
    named = {place for start, end in spans for place in range(start, end)}
    pos = ["PROPN" if place in named else "VERB" for place in range(len(words))]
    doc = Doc(_VOCAB, words=words, lemmas=words, pos=pos, tags=pos, heads=heads, deps=["dep"] * len(words))
    doc.set_ents([Span(doc, start, end, label=kind) for start, end in spans])
    doc._.clusters = [[doc[start:end] for start, end in spans]]
    return {frozenset(found.names) for found in find_mentions(doc, Article(id="a1", text=doc.text))[0]}


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Tata Motors", "Tata Steel", "Tata Motors"), ORG),
        (("Nordvik Bank plc", "Nordvik Telecom", "Kestrel"), ORG),
        (("George W. Bush", "George H. W. Bush"), PER),
        (("Bank of England", "Bank of Japan"), BODY),
        (("Virginia", "Virginia Beach", "Virginia"), PLACE),
    ],
)
def test_names_of_two_things_are_apart_in_any_order(names: tuple[str, ...], kind: str) -> None:
    apart = {frozenset({name}) for name in names}
    assert all(groups(*order, kind=kind) == apart for order in permutations(names))


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Acme Widgets Inc.", "Acme Widgets", "Acme Widgets Group plc"), ORG),
        (("Jane Roe", "Ms. Roe", "Dr Jane A. Roe", "Roe"), PER),
        (("Royal Bank of Orkney", "RBO"), ORG),
        (("British Ministry of Defence", "Ministry of Defence", "Defence Ministry"), BODY),
    ],
)
def test_forms_of_one_name_are_together_in_any_order(names: tuple[str, ...], kind: str) -> None:
    assert all(groups(*order, kind=kind) == {frozenset(names)} for order in permutations(names))


@pytest.mark.parametrize(
    ("names", "together"),
    [
        (("Acme Widgets", "Acme"), True),
        (("Acme /", "Acme Widgets", "Acme"), True),
        (("Acme", "Acme Widgets"), False),
        (("Acme /", "Acme", "Acme Widgets"), True),
        (("Acme /", "Acme", "Acme", "Acme Widgets"), False),
        (("Acme", "Acme management"), True),
    ],
    ids=["in full first", "short in the headline", "short first", "repeated from it", "short after that", "a common noun"],
)
def test_a_name_is_told_in_full_before_it_is_short(names: tuple[str, ...], together: bool) -> None:  # noqa: FBT001
    assert (len(groups(*names)) == 1) is together


def test_what_is_short_for_two_is_short_for_the_first() -> None:
    assert groups("Brandt & Co", "Brandt Dairy", "Brandt Trust") == {
        frozenset({name}) for name in ("Brandt & Co", "Brandt Dairy", "Brandt Trust")
    }
    assert groups("Brandt Foods", "Brandt Trust", "Brandt") == {frozenset({"Brandt Foods", "Brandt"}), frozenset({"Brandt Trust"})}


def test_a_surname_does_not_make_one_of_two_brothers() -> None:
    assert groups("Carl Hale", "Hale", "David Hale", "Hale", kind=PER) == {frozenset({"Carl Hale", "Hale"}), frozenset({"David Hale"})}


def test_two_names_side_by_side_may_only_lack_a_full_stop_between_them() -> None:
    found = groups("Norvik", "Kestrel", "Kestrel", "Kestrel", "Kestrel Norvik")
    assert frozenset({"Kestrel Norvik"}) not in found  # no third firm
