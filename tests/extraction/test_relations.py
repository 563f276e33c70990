"""The relation model: what it is given, and what it reads in plain sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph import language
from kgraph.extraction.claims.belief import Belief
from kgraph.extraction.marking.quantities.amounts import find_amounts
from kgraph.extraction.marking.things.mentions import find_mentions
from kgraph.extraction.marking.things.titles import find_titles
from kgraph.extraction.marking.times.moments import find_moments
from kgraph.extraction.relations.candidates import propose
from kgraph.extraction.relations.inputs import PLACES, Span, feed, pairs, segments, word_states
from kgraph.extraction.relations.labels import LABELS, PREDICATES, allowed, kind_index
from kgraph.extraction.relations.scoring import RelationModel
from kgraph.extraction.spans import Marked
from kgraph.model import Article
from kgraph.ontology import load

ORGANIZATION, PERSON, MONEY = kind_index("Organization"), kind_index("Person"), kind_index("money")


@pytest.fixture(scope="module")
def nlp():
    return language.load()


@pytest.fixture(scope="module")
def ontology():
    return load()


@pytest.fixture
def read(nlp, ontology):
    def read_text(text, unsure=None):
        doc = nlp(text)
        _, mentions = find_mentions(doc, Article(id="a", text=text, date=dt.date(2025, 6, 12)))
        mentions = tuple(replace(m, certainty=0.1) if place == unsure else m for place, m in enumerate(mentions))
        marked = Marked(
            mentions=mentions,
            amounts=tuple(find_amounts(doc, ontology.hedges)),
            moments=tuple(find_moments(doc, dt.date(2025, 6, 12))),
            titles=tuple(find_titles(doc)),
        )
        model = RelationModel.load()
        found = [c for c in propose(doc, model.hear(doc, marked)) if c.score >= 0.6]
        return doc, found

    return read_text


def words(doc, item):
    return None if item is None else doc[item.start : item.end].text


def facts(doc, found):
    return {(words(doc, c.subject), c.predicate, words(doc, c.object)) for c in found}


def test_labels_follow_from_the_kinds_of_the_two_spans():
    between = {LABELS[label] for label in allowed("P", "D")}
    assert between == {"bornOn", "diedOn", "when"}
    assert [LABELS[label] for label in allowed("O", "=")] == ["wentPublic", "filedForBankruptcy"]
    assert {LABELS[label] for label in allowed("L", "P")} == {"sued", "fined"}


def test_states_of_a_word_are_the_mean_of_its_pieces():
    states = np.array([[9.0], [1.0], [3.0], [5.0], [9.0]], dtype=np.float32)
    assert word_states(states, [1, 3]).tolist() == [[2.0], [5.0]]


def test_pairs_reach_the_sentence_after_next_and_no_further():
    sentences = [0, 1, 2, 3]
    spans = [Span(start=place, end=place + 1, kind=ORGANIZATION) for place in range(4)]
    reached = {(i, j) for i, j, _, _ in pairs(spans, sentences).tolist()}
    assert (0, 2) in reached
    assert (0, 3) not in reached
    assert (1, 1) in reached


def test_amounts_are_no_subjects():
    spans = [Span(start=0, end=1, kind=MONEY), Span(start=2, end=3, kind=PERSON)]
    rows = pairs(spans, [0, 0, 0])
    assert {(i, j) for i, j, _, _ in rows.tolist()} == {(1, 0)}


@given(st.lists(st.integers(1, 2 * PLACES), min_size=1, max_size=12))
def test_every_span_lies_in_a_segment_and_no_segment_is_too_long(lengths):
    sentences = [number for number, length in enumerate(lengths) for _ in range(length)]
    spans = [Span(start=place, end=place + 1, kind=ORGANIZATION) for place in range(0, len(sentences), 7)]
    found = segments(sentences, spans)
    assert all(0 < segment.end - segment.start <= PLACES for segment in found)
    assert {index for segment in found for index in segment.spans} == set(range(len(spans)))


def test_padding_leaves_short_segments_unmarked():
    spans = [Span(start=0, end=2, kind=ORGANIZATION), Span(start=3, end=4, kind=PERSON)]
    (short,) = segments([0, 0, 0, 0], spans)
    (long,) = segments([0] * 6, spans)
    made = feed([(np.ones((4, 2), dtype=np.float32), spans, short), (np.ones((6, 2), dtype=np.float32), spans, long)])
    assert made["mask"].tolist() == [[1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1]]
    assert made["marks"][0, :, ORGANIZATION].tolist() == [1, 1, 0, 0, 0, 0]
    assert made["firsts"][0].tolist() == [0, 3]
    assert made["lasts"][0].tolist() == [1, 3]


def test_a_text_without_things_gives_nothing(read):
    assert read("")[1] == []
    assert read("It rained all day and nothing was sold.")[1] == []


def test_direction_does_not_follow_the_order_of_words(read):
    active = facts(*read("Acme Corp acquired Zeta Software for $5 million on Tuesday."))
    passive = facts(*read("Zeta Software was acquired by Acme Corp for $5 million on Tuesday."))
    assert ("Acme Corp", "acquired", "Zeta Software") in active
    assert ("Acme Corp", "acquired", "Zeta Software") in passive


def test_a_deal_has_its_figure_and_its_status(read):
    doc, found = read("Acme Corp has acquired Zeta Software for $5 million, the company said on Tuesday.")
    (deal,) = [c for c in found if c.predicate == "acquired"]
    assert words(doc, deal.amount) == "$5 million"
    assert deal.status == "completed"


@pytest.mark.parametrize("unsure", [0, 2])
def test_a_fact_is_told_by_the_words_that_are_surest_to_mean_its_ends(read, unsure):
    _, found = read("Acme Corp has acquired Zeta Software. Acme Corp acquired Zeta Software in June.", unsure)
    (deal,) = [c for c in found if c.predicate == "acquired"]
    assert deal.subject.certainty == 1.0


def test_a_role_has_its_title(read):
    doc, found = read("Alexandr Wang, the chief executive of Scale AI, will leave the company.")
    role = next(c for c in found if c.predicate == "holdsRole")
    assert words(doc, role.subject) == "Alexandr Wang"
    assert words(doc, role.role) == "chief executive"


def test_the_same_text_gives_the_same_candidates(read):
    text = "Oracle and OpenAI are partners. Oracle, based in Austin, had revenue of $57 billion in 2025."
    assert read(text)[1] == read(text)[1]


def test_both_extractors_are_weighed_for_every_predicate_of_the_model():
    assert set(Belief.load().predicates) == set(PREDICATES)
