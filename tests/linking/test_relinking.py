"""Linking only what a change can touch gives what linking everything gives, after any changes in any order."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.linking import Catalogue, Entry, LinkIndex, link, relink
from kgraph.model import Appearance, AppearanceKey, Argument, Claim, ClaimId, EntityType, Quote
from tests.linking.names import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from kgraph.linking import Relinking

    Draw = Callable[[st.SearchStrategy[object]], object]

SAID = sorted((name, kind) for kind, names in NAMES.items() for name in names)
META, PARIS = ("Meta", EntityType.ORGANIZATION), ("Paris", EntityType.PLACE)
CALLED = ["the airline", "a tap maker", "the analyst", "the musician"]
CATALOGUE = Catalogue(
    [
        Entry(id="Q380", type=EntityType.ORGANIZATION, label="Meta", aliases=("Meta Platforms",), wikidata="Q380"),
        Entry(id="Q90", type=EntityType.PLACE, label="Paris", aliases=("Paris, France",), wikidata="Q90"),
    ],
    ordinary=["scale", "delta"],
    given=["james", "alexandr"],
)

Row = tuple[tuple[str, EntityType], str, bool]
Article = tuple[tuple[Appearance, ...], tuple[Claim, ...]]


@st.composite
def article(draw: Draw) -> list[Row]:
    """Names with their types, a description, and whether a claim ties each to the one before."""
    row = st.tuples(st.sampled_from(SAID), st.sampled_from(CALLED), st.booleans())
    return draw(st.lists(row, max_size=4))  # type: ignore[return-value]


def made(name: str, rows: list[Row]) -> Article:
    appearances = tuple(
        Appearance(article=name, key=AppearanceKey(f"{name}-e{i}"), type=kind, name=said, names=(said,), start=i, descriptions=(called,))
        for i, ((said, kind), called, _) in enumerate(rows)
    )
    ends = [Argument(appearance=a.key, start=a.start, end=a.start + 1, text=a.name) for a in appearances]
    claims = tuple(
        Claim(
            id=ClaimId(f"{name}-{i}"),
            article=name,
            subject=ends[i - 1],
            predicate="partnerOf",
            object=ends[i],
            quote=Quote(start=0, end=1, exact="x"),
            confidence=0.9,
            extractor="frames",
        )
        for i, (_, _, tied) in enumerate(rows)
        if tied and i
    )
    return appearances, claims


changes = st.lists(
    st.tuples(st.dictionaries(st.sampled_from("abcdef"), article(), max_size=3), st.sets(st.sampled_from("abcdef"), max_size=2)),
    min_size=1,
    max_size=6,
)


def take(index: LinkIndex, now: dict[str, Article], fresh: dict[str, Article], gone: set[str]) -> Relinking:
    with index.settling():
        out = relink(
            index,
            [a for appearances, _ in fresh.values() for a in appearances],
            [c for _, claims in fresh.values() for c in claims],
            gone={*gone, *fresh} & now.keys(),
            catalogue=CATALOGUE,
        )
    for name in {*gone, *fresh}:
        now.pop(name, None)
    now.update(fresh)
    return out


@settings(deadline=None, max_examples=60)
@given(changes)
def test_any_changes_give_what_linking_everything_gives(steps: list[tuple[dict[str, list[Row]], set[str]]]) -> None:
    now: dict[str, Article] = {}
    entities: dict[str, object] = {}
    judgements: set[object] = set()
    with tempfile.TemporaryDirectory() as folder:
        for rows, gone in steps:
            index = LinkIndex(Path(folder) / "index", CATALOGUE, "1")
            out = take(index, now, {name: made(name, row) for name, row in rows.items()}, gone)
            index.close()
            for name in {*out.before.values()}:
                del entities[name]
            entities |= {entity.id: entity for entity in out.entities}
            judgements = (judgements - {*out.judgements_before}) | {*out.judgements}
            expected = link(
                [a for appearances, _ in now.values() for a in appearances],
                [c for _, claims in now.values() for c in claims],
                catalogue=CATALOGUE,
            )
            assert tuple(entities[name] for name in sorted(entities)) == expected.entities
            assert judgements == {*expected.judgements}


def test_only_what_can_meet_is_looked_at(tmp_path: Path) -> None:
    index = LinkIndex(tmp_path / "index", CATALOGUE, "1")
    take(index, {}, {name: made(name, [(META, "a maker", False), (PARIS, "a city", False)]) for name in "ab"}, set())
    out = take(index, {}, {"c": made("c", [(PARIS, "a city", False)])}, set())
    assert {*out.after.values()} == {"Paris"}


def test_a_countrys_body_does_not_reach_those_of_other_countries(tmp_path: Path) -> None:
    index = LinkIndex(tmp_path / "index", CATALOGUE, "1")
    rows = {
        name: made(name, [(("Senate", EntityType.GOVERNMENT_BODY), "", False), ((country, EntityType.PLACE), "", False)])
        for name, country in (("a", "Italy"), ("b", "Italy"), ("c", "France"))
    }
    take(index, {}, rows, set())
    assert index.reach(index.marks({"a-e0"})) == {"a-e0", "b-e0"}


def test_an_index_of_another_version_is_made_anew(tmp_path: Path) -> None:
    index = LinkIndex(tmp_path / "index", CATALOGUE, "1")
    take(index, {}, {"a": made("a", [(META, "a maker", False)])}, set())
    index.close()
    assert LinkIndex(tmp_path / "index", CATALOGUE, "1").current
    other = LinkIndex(tmp_path / "index", CATALOGUE, "2")
    assert not other.current
    assert other.of_articles({"a"}) == set()
