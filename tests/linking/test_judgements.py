"""The user's judgements: their file, and that they overrule the machine and can be taken back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kgraph.errors import GraphError, JudgementError
from kgraph.linking import Catalogue, Linking, link, list_entities, merge, read_judgements, split, write_judgements
from kgraph.lookup import find_entity
from kgraph.model import Appearance, AppearanceKey, EntityType, Judgement, Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PLAIN = Catalogue([])


def seen(article: str, start: int, name: str, kind: EntityType = EntityType.ORGANIZATION) -> Appearance:
    return Appearance(article=article, key=AppearanceKey(f"{article}-e{start}"), type=kind, name=name, names=(name,), start=start)


APPEARANCES = (seen("a", 0, "Acme"), seen("b", 0, "Acme"), seen("c", 0, "Acme"), seen("c", 9, "Apex Motors"), seen("d", 0, "Apex"))


def run(judgements: Iterable[Judgement] = ()) -> Linking:
    return link(APPEARANCES, [], catalogue=PLAIN, judgements=judgements)


def knowledge(judgements: Iterable[Judgement] = ()) -> Knowledge:
    linking = run(judgements)
    return Knowledge(appearances=APPEARANCES, entities=linking.entities, judgements=linking.judgements)


def yes(left: str, right: str, decision: str = "yes") -> Judgement:
    return Judgement(left=left, right=right, decision=decision, by="user", why="because")


def members(linking: Linking) -> dict[str, tuple[str, ...]]:
    return {e.id: tuple(e.appearances) for e in linking.entities}


def test_a_file_reads_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "judgements.sssom.tsv"
    given = (
        Judgement(left="Acme", right="Apex", decision="yes", by="user", why="same owner", score=0.9, when=dt.date(2025, 6, 11)),
        Judgement(left="a-e0", right="b-e0", decision="no", by="ana", why=""),
        Judgement(left="Société", right="Société_Générale", decision="unsure", by="user", why="?"),
    )
    write_judgements(path, given)
    assert read_judgements(path) == given
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")  # as spreadsheets save it
    assert read_judgements(path) == given


def test_a_file_written_by_hand_needs_three_columns(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("subject_id\tpredicate_id\tobject_id\nAcme\tskos:exactMatch\tApex\n", encoding="utf-8")
    assert read_judgements(path) == (Judgement(left="Acme", right="Apex", decision="yes", by="user", why=""),)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("subject_id\tobject_id\n", "column predicate_id is missing"),
        ("#x\nsubject_id\tpredicate_id\tobject_id\nA\tsame\tB\n", "line 3: predicate_id must be"),
        ("subject_id\tpredicate_id\tobject_id\nA\tskos:exactMatch\tA\n", "line 2: .*two different"),
        ("subject_id\tpredicate_id\tobject_id\tconfidence\nA\tskos:exactMatch\tB\thigh\n", "line 2: .*high"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, text: str, cause: str) -> None:
    path = tmp_path / "wrong.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JudgementError, match=f"wrong.tsv.*{cause}"):
        read_judgements(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(JudgementError, match=r"none\.tsv: No such file"):
        read_judgements(tmp_path / "none.tsv")


def test_yes_joins_whole_entities_and_leaves_a_redirect() -> None:
    linking = run([yes("Acme", "Apex_Motors")])
    acme = next(e for e in linking.entities if e.id == "Acme")
    assert acme.appearances == ("a-e0", "b-e0", "c-e0", "c-e9")
    assert (acme.label, acme.replaces) == ("Acme", ("Apex_Motors",))


def test_no_takes_an_appearance_out_of_its_entity() -> None:
    found = members(run([yes("b-e0", "a-e0", "no")]))
    assert found["Acme"] == ("a-e0", "c-e0")
    assert ("b-e0",) in found.values()


def test_no_keeps_apart_what_a_chain_of_yes_would_join() -> None:
    with pytest.raises(JudgementError, match="contradict"):
        run([yes("Acme", "Apex"), yes("Apex", "Apex_Motors"), yes("Acme", "Apex_Motors", "no")])


def test_yes_and_no_on_one_pair_is_an_error() -> None:
    with pytest.raises(JudgementError, match="judged both"):
        run([yes("Acme", "Apex"), yes("Apex", "Acme", "no")])


def test_judgements_about_things_of_other_graphs_change_nothing() -> None:
    assert members(run([yes("Unknown", "Acme")])) == members(run())


def test_the_machines_own_judgements_are_made_anew() -> None:
    first = run()
    assert link(APPEARANCES, [], catalogue=PLAIN, judgements=first.judgements) == first


def test_merge_then_split_gives_the_first_graph() -> None:
    before = knowledge()
    merged = merge(before, (), "Acme", "Apex Motors", "same owner")
    after = knowledge(merged)
    assert find_entity(after, "Apex_Motors").id == "Acme"
    assert split(after, merged, "Acme") == ()
    assert knowledge(split(after, merged, "Acme")) == before


def test_split_then_merge_gives_the_first_graph() -> None:
    before = knowledge()
    ruled = split(before, (), "Acme", articles=["b", "c"], why="the tool maker")
    apart = knowledge(ruled)
    parts = sorted(e.appearances for e in apart.entities if e.label == "Acme")
    assert parts == [("a-e0",), ("b-e0", "c-e0")]
    ids = [e.id for e in apart.entities if e.label == "Acme"]
    again = merge(apart, ruled, *ids)
    assert members(Linking(entities=knowledge(again).entities, judgements=())) == members(run())


def test_a_name_that_several_things_bear_is_not_merged_or_split() -> None:
    apart = knowledge(split(knowledge(), (), "Acme", articles=["b", "c"]))
    ids = [e.id for e in apart.entities if e.label == "Acme"]
    with pytest.raises(GraphError, match="'ACME' is the name of several things; give the id of one: .*" + ids[1]):
        merge(apart, (), "ACME", "Apex Motors")
    with pytest.raises(GraphError, match="'ACME' is the name of several things"):
        split(apart, (), "ACME", articles=["b"])
    assert merge(apart, (), ids[1], "Apex Motors")[-1].left == ids[1]


def test_what_cannot_be_merged_or_split_is_said() -> None:
    known = knowledge()
    with pytest.raises(GraphError, match="'Zeta' is not in the graph"):
        merge(known, (), "Acme", "Zeta")
    with pytest.raises(JudgementError, match="one entity already"):
        merge(known, (), "Acme", "Acme")
    with pytest.raises(JudgementError, match="no judgement of yours"):
        split(known, (), "Acme")
    with pytest.raises(JudgementError, match="none of its articles"):
        split(known, (), "Acme", articles=["z"])


def test_the_list_shows_names_articles_reasons_and_doubts() -> None:
    (apex,) = list_entities(knowledge(), "apex motors")
    assert (apex.entity.id, apex.articles) == ("Apex_Motors", ("c",))
    assert [(j.decision, other) for j, other in apex.doubts] == [("unsure", "Apex")]
