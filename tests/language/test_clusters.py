"""Clusters: a mention joins its likeliest antecedent whose cluster it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest

from kgraph.language.coreference.choosing import FEATURES, OTHER, Choice, Layout
from kgraph.language.coreference.clusters import Linker
from kgraph.language.network.mentions import Mention, acronym, match_matrix, name_mention, word_mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kgraph.language.network.antecedents import PairTables


class GivenScores:
    """Scores by hand: (mention, antecedent) → score; all others are unlikely."""

    def __init__(self, given: dict[tuple[int, int], float]) -> None:
        self._given = given

    def scores(self, mentions: Sequence[Mention], parts: object, matches: NDArray[np.int64]) -> NDArray[np.float32]:  # noqa: ARG002
        table = np.full((len(mentions), len(mentions)), -5.0, dtype=np.float32)
        for (mention, antecedent), score in self._given.items():
            table[mention, antecedent] = score
        table[np.triu_indices(len(mentions))] = -np.inf
        return table[len(mentions) - len(matches) :]


PLAIN = Choice.plain()


def link(*given: Any, **more: Any) -> list[list[int]]:
    return linked(*given, **more)[0]


def linked(
    words: list[str],
    mentions: list[Mention],
    labels: list[str],
    given: dict[tuple[int, int], float],
    natures: Sequence[str] = (),
    choice: Choice = PLAIN,
) -> tuple[list[list[int]], Linker]:
    pairs = cast("PairTables", GivenScores(given))
    flat = Layout(sentences=[0] * len(words), roles=[OTHER] * len(words), heads=list(range(len(words))))
    linker = Linker(words, mentions, labels, natures or [""] * len(mentions), flat, choice)
    return linker.link(pairs, np.zeros((len(mentions), 4), dtype=np.float32)), linker


WORDS = ["Meta", "bought", "Scale", "AI", ".", "The", "company", "said", "it", "would", "keep", "Wang", ".", "He", "agreed", "with", "Meta"]
META, SCALE, COMPANY, IT, WANG, HE, META_AGAIN = range(7)
MENTIONS = [
    name_mention(WORDS, 0, 1),
    name_mention(WORDS, 2, 4),
    word_mention(WORDS, 6),
    word_mention(WORDS, 8),
    name_mention(WORDS, 11, 12),
    word_mention(WORDS, 13),
    name_mention(WORDS, 16, 17),
]
LABELS = ["Organization", "Organization", "", "", "Person", "", "Organization"]


def test_the_likeliest_antecedent_is_taken() -> None:
    found = link(WORDS, MENTIONS, LABELS, {(COMPANY, META): 1.0, (COMPANY, SCALE): 2.0, (IT, COMPANY): 1.0})
    assert found == [[META, META_AGAIN], [SCALE, COMPANY, IT]]


def test_the_closer_the_choice_the_less_sure_it_is() -> None:
    even, far = (
        linked(WORDS, MENTIONS, LABELS, {(COMPANY, META): 1.0, (COMPANY, SCALE): score})[1].chances[COMPANY] for score in (1.0, 4.0)
    )
    assert even == pytest.approx(0.5)
    assert 0.9 < far < 1.0


def test_what_was_not_chosen_is_told_by_a_name() -> None:
    _, linker = linked(WORDS, MENTIONS, LABELS, {(COMPANY, META): 1.0, (COMPANY, SCALE): 2.0})
    ((name, chance),) = linker.rivals[COMPANY]
    assert name == META
    assert chance == pytest.approx(1 - linker.chances[COMPANY])


def test_a_description_does_not_join_two_names() -> None:
    found = link(WORDS, MENTIONS, LABELS, {(COMPANY, SCALE): 2.0, (META_AGAIN, COMPANY): 4.0})
    assert found == [[META, META_AGAIN], [SCALE, COMPANY]]


def test_the_same_name_is_the_same_thing() -> None:
    assert link(WORDS, MENTIONS, LABELS, {}) == [[META, META_AGAIN]]


@pytest.mark.parametrize(("score", "expected"), [(1.0, [[META, META_AGAIN]]), (3.0, [[META, HE, META_AGAIN]])])
def test_he_is_no_company_unless_that_is_very_likely(score: float, expected: list[list[int]]) -> None:
    assert link(WORDS, MENTIONS, LABELS, {(HE, META): score}) == expected


def test_a_founder_is_no_company() -> None:
    words = ["Meta", "said", "its", "founder", "left"]
    mentions = [name_mention(words, 0, 1), word_mention(words, 2), word_mention(words, 3)]
    found = link(words, mentions, ["Organization", "", ""], {(1, 0): 1.0, (2, 1): 9.0}, natures=["", "", "Person"])
    assert found == [[0, 1]]


@pytest.mark.parametrize(("given_name", "expected"), [("Carol", [[0, 2]]), ("Vikram", [])])
def test_she_has_no_mans_name(given_name: str, expected: list[list[int]]) -> None:
    words = [given_name, "Seth", "met", "Acme", ".", "She", "left"]
    mentions = [name_mention(words, 0, 2), name_mention(words, 3, 4), word_mention(words, 5)]
    assert link(words, mentions, ["Person", "Organization", ""], {(2, 0): 1.5}) == expected


def test_what_the_text_is_about_may_outweigh_the_best_score() -> None:
    weights = np.zeros((4, len(FEATURES)))
    weights[:, FEATURES.index("best score")] = 1.0
    weights[:, FEATURES.index("mentions")] = 9.0
    words = ["Meta", "said", "Meta", "likes", "Acme", ".", "It", "grew"]
    mentions = [name_mention(words, 0, 1), name_mention(words, 2, 3), name_mention(words, 4, 5), word_mention(words, 6)]
    labels, given = ["Organization"] * 3 + [""], {(3, 1): 1.0, (3, 2): 2.0}
    assert link(words, mentions, labels, given) == [[0, 1], [2, 3]]
    assert link(words, mentions, labels, given, choice=Choice(weights=weights)) == [[0, 1, 3]]


def test_he_and_it_are_not_the_same() -> None:
    found = link(WORDS, MENTIONS, LABELS, {(IT, COMPANY): 1.0, (HE, IT): 9.0, (HE, WANG): 1.0})
    assert [WANG, HE] in found


def test_a_long_text_is_linked_in_blocks() -> None:
    words = [f"Name{number % 200}" for number in range(500)]
    mentions = [name_mention(words, place, place + 1) for place in range(500)]
    groups = link(words, mentions, ["Person"] * 500, {})
    assert len(groups) == 200
    assert sum(map(len, groups)) == 500


@pytest.mark.parametrize(
    ("first", "second", "match"),
    [
        ("Scale AI", "Scale AI", 3),
        ("Scale AI", "Scale", 2),
        ("Bank of Ireland", "Bank of Scotland", 1),
        ("General Motors", "GM", 4),
        ("Meta", "Apple", 0),
    ],
)
def test_how_names_match(first: str, second: str, match: int) -> None:
    words = [*first.split(), "and", *second.split()]
    middle = len(first.split())
    mentions = [name_mention(words, 0, middle), name_mention(words, middle + 1, len(words))]
    assert match_matrix(words, mentions)[0, 1] == match_matrix(words, mentions, 1)[0, 0] == match


def test_an_acronym_takes_the_capitals() -> None:
    words = ["Federal", "Bureau", "of", "Investigation"]
    assert acronym(words, name_mention(words, 0, 4)) == "fbi"
