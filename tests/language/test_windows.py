"""Windows: each word is read once, and no window is too long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.language.network.tokens import MAX_PIECES
from kgraph.language.network.windows import LIMIT, STOP, WANTED, batches, build_rows, build_window, cuts, spans


@given(st.lists(st.tuples(st.integers(1, MAX_PIECES), st.integers(0, 3)), max_size=400))
def test_windows_cover_every_word_once_within_the_limit(words: list[tuple[int, int]]) -> None:
    lengths = [length for length, _ in words]
    found = spans(lengths, [strength for _, strength in words])
    assert [place for start, end in found for place in range(start, end)] == list(range(len(words)))
    assert all(sum(lengths[start:end]) <= LIMIT - 2 for start, end in found)


@given(st.lists(st.tuples(st.integers(1, MAX_PIECES), st.sampled_from([0, 0, 0, STOP])), max_size=400))
def test_a_window_longer_than_wanted_holds_one_sentence(words: list[tuple[int, int]]) -> None:
    strengths = [strength for _, strength in words]
    for start, end in spans([length for length, _ in words], strengths):
        inside = [place for place in range(start + 1, end) if strengths[place] >= STOP]
        assert not inside or sum(length for length, _ in words[start:end]) <= WANTED - 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Go", ".", "He", "went", "."], [0, 0, 2, 0, 0]),
        (["“", "Go", ".", "”", "He", "went"], [0, 0, 0, 0, 2, 0]),
        (["Inc.", "said", "so"], [0, 0, 0]),
        (["It", "rose", ".", "5", "fell"], [0, 0, 0, 2, 0]),
        (["e.g.", ".", "then"], [0, 0, 0]),
    ],
)
def test_cuts_follow_final_stops(words: list[str], expected: list[int]) -> None:
    assert cuts(words, [1] * len(words)) == expected


def test_rows_point_at_the_first_piece_of_each_word() -> None:
    pieces = [(7, 8), (9,), (10, 11, 12)]
    window = build_window(pieces, [1, 2, 3], [2, 1, 0], 0, 3)
    rows = build_rows([window], 16)
    assert rows.pieces[0, :8].tolist() == [101, 7, 8, 9, 10, 11, 12, 102]
    assert rows.firsts[0].tolist() == [1, 3, 4]
    assert rows.shapes[0, :8].tolist() == [0, 1, 1, 2, 3, 3, 3, 0]
    assert rows.gaps[0, :8].tolist() == [0, 2, 0, 1, 0, 0, 0, 0]


@given(st.lists(st.integers(3, LIMIT), max_size=60), st.integers(200, 2000))
def test_batches_hold_every_window_once(lengths: list[int], budget: int) -> None:
    found = list(batches(lengths, budget))
    assert sorted(index for _, group in found for index in group) == list(range(len(lengths)))
    assert all(lengths[index] == size for size, group in found for index in group)
