"""What holds for linking whatever is linked: order does not matter, nothing is lost, ids are unique and can stand in IRIs."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph import graph, ontology
from kgraph.linking import Catalogue, Entry, link
from kgraph.model import Appearance, AppearanceKey, Argument, Claim, ClaimId, EntityType, Judgement, Knowledge, Quote
from kgraph.settings import Settings
from tests.linking.names import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

CALLED = ["the airline", "a tap maker", "the analyst", "the musician", "the company"]
CATALOGUE = Catalogue(
    [
        Entry(id="Q380", type=EntityType.ORGANIZATION, label="Meta", aliases=("Meta Platforms",), wikidata="Q380"),
        Entry(id="Q90", type=EntityType.PLACE, label="Paris", aliases=("Paris, France",), wikidata="Q90"),
        Entry(id="Q30", type=EntityType.PLACE, label="United States", aliases=("US",), wikidata="Q30"),
    ],
    ordinary=["scale", "delta"],
)


@st.composite
def articles(draw: Callable[[st.SearchStrategy[object]], object]) -> tuple[list[Appearance], list[Claim]]:
    """A few articles of a few appearances, with claims between neighbours."""
    appearances: list[Appearance] = []
    claims: list[Claim] = []
    for article in "abcd":
        kinds = draw(st.lists(st.sampled_from(sorted(NAMES)), max_size=5))
        assert isinstance(kinds, list)
        row = [_appearance(draw, article, i * 10, kind) for i, kind in enumerate(kinds)]
        appearances += row
        claims += [_claim(left, right) for left, right in pairwise(row) if draw(st.booleans())]
    return appearances, claims


def _appearance(draw: Callable[[st.SearchStrategy[object]], object], article: str, start: int, kind: EntityType) -> Appearance:
    name = str(draw(st.sampled_from(NAMES[kind])))
    called = draw(st.lists(st.sampled_from(CALLED), max_size=1))
    assert isinstance(called, list)
    key = AppearanceKey(f"{article}-e{start}")
    return Appearance(article=article, key=key, type=kind, name=name, names=(name,), start=start, descriptions=tuple(called))


def _claim(left: Appearance, right: Appearance) -> Claim:
    ends = [Argument(appearance=a.key, start=a.start, end=a.start + 1, text=a.name) for a in (left, right)]
    quote = Quote(start=0, end=1, exact="x")
    return Claim(
        id=ClaimId(f"{left.key}-{right.key}"),
        article=left.article,
        subject=ends[0],
        predicate="partnerOf",
        object=ends[1],
        quote=quote,
        confidence=0.9,
        extractor="frames",
    )


@settings(deadline=None, max_examples=60)
@given(articles(), st.randoms(use_true_random=False))
def test_order_does_not_change_the_result(given_: tuple[list[Appearance], list[Claim]], shuffler: object) -> None:
    appearances, claims = given_
    first = link(appearances, claims, catalogue=CATALOGUE)
    for items in (appearances, claims):
        shuffler.shuffle(items)  # type: ignore[attr-defined]
    assert link(appearances, claims, catalogue=CATALOGUE) == first


mine = st.builds(
    Judgement,
    left=st.just("Meta"),
    right=st.sampled_from(["Delta", "Murphy"]),
    decision=st.just("unsure"),
    by=st.just("user"),
    why=st.sampled_from("abc"),
    when=st.none() | st.just(dt.date(2025, 6, 11)),
)


@settings(deadline=None, max_examples=60)
@given(articles(), st.lists(mine, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_judgements_of_a_user_and_of_rules_are_in_the_order_in_which_a_graph_reads_them(
    given_: tuple[list[Appearance], list[Claim]], judged: list[Judgement], shuffler: Any
) -> None:
    linked = link(*given_, catalogue=CATALOGUE, judgements=judged)
    shuffler.shuffle(judged)
    assert link(*given_, catalogue=CATALOGUE, judgements=judged) == linked
    kept = Knowledge(judgements=linked.judgements)
    assert graph.knowledge(graph.quads(kept, Settings(), ontology.load()), Settings()) == kept


@settings(deadline=None, max_examples=60)
@given(articles())
def test_every_appearance_is_in_exactly_one_entity_and_ids_are_unique(given_: tuple[list[Appearance], list[Claim]]) -> None:
    appearances, claims = given_
    entities = link(appearances, claims, catalogue=CATALOGUE).entities
    assert sorted(key for e in entities for key in e.appearances) == sorted(a.key for a in appearances)
    assert len({e.id for e in entities}) == len(entities)
    assert all(e.label in e.names for e in entities)


@pytest.mark.parametrize("name", ["AT&T", "Société Générale", "Yahoo!", "C++", "北京", "O'Reilly", "“Super”", "a/b#c?d", "...", "É"])
def test_an_id_can_stand_in_turtle(name: str) -> None:
    seen = Appearance(article="a", key=AppearanceKey("a-e0"), type=EntityType.ORGANIZATION, name=name, names=(name,), start=0)
    (entity,) = link([seen], [], catalogue=CATALOGUE).entities
    assert re.fullmatch(r"[\w.-]+", entity.id)
    graph = rdflib.Graph().parse(data=f"@prefix : <https://w3id.org/kgraph/id/> . :{entity.id} :p :{entity.id} .", format="turtle")
    assert str(next(graph.subjects())) == f"https://w3id.org/kgraph/id/{entity.id}"
