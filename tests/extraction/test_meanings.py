"""What a pronoun or a description stands for, when two models have a say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extraction.model import FILES
from kgraph.extraction.relations.inputs import Span, may_mean
from kgraph.extraction.relations.labels import kind_index
from kgraph.extraction.relations.meanings import FORMS, Meanings
from kgraph.extraction.relations.scoring import Heard
from kgraph.extraction.spans import Mention
from kgraph.model import AppearanceKey, EntityType

ACME, BETA, GAMMA = (AppearanceKey(name) for name in ("acme", "beta", "gamma"))
EQUAL = Meanings(weights=dict.fromkeys(FORMS, (1.0, 1.0)))
NAME = Mention(start=0, end=1, head=0, appearance=ACME, type=EntityType.ORGANIZATION)
IT = replace(NAME, start=5, end=6, head=5, kind="pronoun", certainty=0.6)


def heard(*items, **meant):
    return Heard(items=list(items), spans=[], meant={1: {None if name == "none" else AppearanceKey(name): p for name, p in meant.items()}})


def settled(*items, **meant):
    return EQUAL.settle(heard(*items, **meant)).items


def test_where_both_models_agree_the_word_keeps_its_meaning_and_is_surer():
    name, it = settled(NAME, IT, none=0.1, acme=0.8, beta=0.1)
    assert (name, it.appearance) == (NAME, ACME)
    assert it.certainty > IT.certainty


def test_the_surer_model_wins():
    doubtful = replace(IT, rivals=((BETA, 0.3),))
    assert settled(NAME, doubtful, none=0.05, acme=0.05, beta=0.9)[1].appearance == BETA
    assert settled(NAME, replace(IT, certainty=0.98), none=0.1, acme=0.3, beta=0.6)[1].appearance == ACME


def test_what_the_language_model_held_for_second_best_counts():
    unsure = replace(IT, certainty=0.4, rivals=((BETA, 0.35), (GAMMA, 0.05)))
    assert settled(NAME, unsure, none=0.1, acme=0.2, beta=0.3, gamma=0.4)[1].appearance == BETA


def test_that_something_else_is_meant_speaks_for_what_was_chosen_far_away():
    assert settled(NAME, replace(IT, appearance=GAMMA), none=0.8, acme=0.1, beta=0.1)[1].appearance == GAMMA


def test_words_near_no_name_are_left_alone():
    unheard = Heard(items=[NAME, IT], spans=[])
    assert EQUAL.settle(unheard).items == [NAME, IT]


def test_the_shipped_weights_count_both_models():
    weights = Meanings.load(FILES / "meanings.json").weights
    assert all(weight > 0 for form in FORMS for weight in weights[form])


@given(
    certainty=st.floats(0, 1),
    shares=st.dictionaries(st.sampled_from([ACME, BETA, GAMMA]), st.floats(0, 1), min_size=1),
    nobody=st.floats(0, 1),
)
def test_a_settled_word_means_something_that_was_there_with_some_chance(certainty, shares, nobody):
    _, it = EQUAL.settle(Heard(items=[NAME, replace(IT, certainty=certainty)], spans=[], meant={1: {None: nobody, **shares}})).items
    assert it.appearance in {ACME, *shares}
    assert 0 < it.certainty <= 1


@pytest.mark.parametrize(
    ("other", "possible"),
    [
        (Span(start=0, end=1, kind=kind_index("Organization")), True),
        (Span(start=9, end=10, kind=kind_index("Organization")), True),
        (Span(start=0, end=1, kind=kind_index("Person")), False),
        (Span(start=0, end=1, kind=kind_index("Organization", "pronoun")), False),
        (Span(start=5, end=6, kind=kind_index("Organization")), False),
        (Span(start=0, end=1, kind=kind_index("money")), False),
    ],
)
def test_a_description_may_mean_a_name_of_its_type_that_is_no_part_of_it(other, possible):
    firm = Span(start=4, end=7, kind=kind_index("Organization", "nominal"))
    assert may_mean([firm, other]).tolist() == [[False, possible], [False, False]]
