"""The shipped pipeline: a plain spaCy pipeline that reads any text the same way each time."""

from __future__ import annotations

import logging
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime
import pytest

import kgraph.language
from kgraph.language.network.encoder import MODEL

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

NEWS = (
    "Northwind agrees to buy Contoso for $2.1 billion\n\n"
    "Northwind Traders Inc. said on Monday that it had agreed to buy Contoso Ltd., a software maker based in Leeds. "
    'Its chief executive, Maria Silva, said the deal would close in June. "We are pleased," she said. '
    "The European Commission declined to comment."
)
"""A short article with the names, pronouns and sentences of its kind."""


def summary(doc: Doc) -> tuple[object, ...]:
    """All that the pipeline says of a Doc, comparable between processes."""
    return (
        [(token.text, token.tag_, token.pos_, str(token.morph), token.lemma_, token.dep_, token.head.i) for token in doc],
        [(sent.start, sent.end) for sent in doc.sents],
        [(ent.start, ent.end, ent.label_) for ent in doc.ents],
        [[(span.start, span.end, span._.certainty) for span in cluster] for cluster in doc._.clusters],
    )


def read_news(_: int) -> tuple[object, ...]:
    """Read the article in this process."""
    return summary(kgraph.language.load()(NEWS))


def test_an_article_gets_every_annotation(nlp: Language) -> None:
    doc = nlp(NEWS)
    assert doc.text == NEWS
    names = {(ent.text, ent.label_) for ent in doc.ents}
    assert {("Maria Silva", "Person"), ("Leeds", "Place"), ("European Commission", "GovernmentBody")} <= names
    assert {"Northwind", "Contoso"} <= {text for text, label in names if label == "Organization"}
    bought = next(token for token in doc if token.text == "agreed")
    assert (bought.pos_, bought.lemma_) == ("VERB", "agree")
    assert "VerbForm=Part" in str(bought.morph)
    assert [sent.root.text for sent in doc.sents if sent.root.pos_ == "VERB"][-1] == "declined"
    assert len(list(doc.sents)) == 5
    sure = {span.text: span._.certainty for cluster in doc._.clusters for span in cluster}
    assert sure["Maria Silva"] == 1.0
    assert 0.5 < sure["Its"] <= 1.0


def test_the_agency_of_a_dateline_and_trademark_signs_are_no_part_of_names(nlp: Language) -> None:
    doc = nlp("LEEDS--(BUSINESS WIRE)--Contoso Ltd. today launched Tarn Pro(TM), a rival of Acme(R).")
    assert {"LEEDS", "Contoso", "Pro", "(TM)", "Acme", "(R)"} <= {token.text for token in doc}


def test_that_in_a_relative_clause_stands_for_nothing_by_itself(nlp: Language) -> None:
    doc = nlp("Contoso praised the lender that Northwind is suing over its fees.")
    assert "that" not in {span.text for cluster in doc._.clusters for span in cluster}


@pytest.mark.parametrize("mark", ["-", "*", "**", "\N{BULLET}"])
def test_each_item_of_a_list_is_a_sentence_and_its_mark_no_word(nlp: Language, mark: str) -> None:
    items = ("Acme Foods will sell its bakery to Beta Group", "Delta Energy ended its merger talks with Tarn Oil")
    doc = nlp("Deals of the day\n\n" + "".join(f"{mark} {item}\n" for item in items))
    assert [sent.text.strip() for sent in doc.sents][1:] == [f"{mark} {item}" for item in items]
    assert {token.pos_ for token in doc if token.text in {mark, "*"}} == {"SPACE"}


def test_she_is_the_founder(nlp: Language) -> None:
    doc = nlp("Maria Silva founded Contoso in Leeds in 2001. She left the company in 2010.")
    clusters = [[span.text for span in cluster] for cluster in doc._.clusters]
    assert ["Maria Silva", "She"] in clusters


def test_the_components_say_what_they_need_and_give(nlp: Language) -> None:
    assert tuple(nlp.pipe_names) == kgraph.language.COMPONENTS
    assert not any(nlp.analyze_pipes()["problems"].values())


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "a",
        "😀" * 500,
        "\x00\x01 a\x07b \u200b\ufeff x",
        "שלום עולם. מה שלומך היום?",
        "\u202eabc\u202c def",
        "漢字" * 1000,
        "x" * 100_000,
        "(" * 2000,
        "a. " * 500,
    ],
    ids=["empty", "space", "letter", "emoji", "control", "hebrew", "override", "chinese", "long", "brackets", "stops"],
)
def test_any_text_is_read_without_loss(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert sum(len(sent) for sent in doc.sents) == len(doc)


@pytest.mark.parametrize("run", ["a" * 40_000, "$" * 4000, "(" * 4000, "$ " * 4000], ids=["letters", "signs", "brackets", "spaced"])
def test_what_goes_on_and_on_costs_no_more_windows_the_longer_it_is(nlp: Language, run: str) -> None:
    """Only its beginning is read; the text around it is read as ever."""
    text = f"Northwind bought Contoso.\n\n{run}\n\nContoso is based in Leeds."
    short, long = nlp(text.replace(run, run[:400])), nlp(text)
    assert len(short._.reading.windows) == len(long._.reading.windows)
    assert long.text == text
    assert [ent.text for ent in long.ents] == [ent.text for ent in short.ents]


def test_batches_do_not_change_the_results(nlp: Language) -> None:
    texts = [NEWS, "", "Hello.", NEWS.upper(), NEWS * 3]
    together = [summary(doc) for doc in nlp.pipe(texts)]
    assert [len(found[0]) for found in together] == [len(nlp(text)) for text in texts]
    assert together == [summary(doc) for doc in nlp.pipe(texts)]


def test_processes_agree() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        first, second = pool.map(read_news, range(2))
    assert first == second == read_news(0)


def test_the_states_of_the_middle_layer_are_kept_until_released(nlp: Language) -> None:
    doc = nlp(NEWS)
    reading = doc._.reading
    assert [state.shape for state in reading.states] == [(window.length, 384) for window in reading.windows]
    kgraph.language.release(doc)
    assert doc._.reading is None
    assert len(doc.ents) > 0


def test_products_that_cannot_saturate_give_the_same(nlp: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # where a processor adds products in 16 bits, the other option is the slower one that needs no more room
    def exact(options: type[onnxruntime.SessionOptions] = onnxruntime.SessionOptions) -> onnxruntime.SessionOptions:
        opened = options()
        opened.add_session_config_entry("session.x64quantprecision", "1")
        return opened

    monkeypatch.setattr(onnxruntime, "SessionOptions", exact)
    copy = tmp_path / "model"
    copy.symlink_to(MODEL)
    other = kgraph.language.load(folder=copy)
    for ours, theirs in zip(nlp(NEWS)._.reading.states, other(NEWS)._.reading.states, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_sentences_that_are_set_are_kept(nlp: Language) -> None:
    doc = nlp.make_doc("one two three four")
    for token in doc:
        token.is_sent_start = token.i in {0, 2}
    assert [sent.text for sent in nlp(doc).sents] == ["one two", "three four"]


def test_another_language_is_noted_once(caplog: pytest.LogCaptureFixture) -> None:
    nlp = kgraph.language.load()
    text = "Der Konzern kauft einen Anteil an dem kleinen Hersteller und will das Werk bald erweitern. " * 8
    with caplog.at_level(logging.WARNING, logger="kgraph.language"):
        for _ in range(2):
            nlp(text)
    assert len(caplog.records) == 1
