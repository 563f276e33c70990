"""Scores tags, lemmas, trees and sentences against a CoNLL-U treebank, with its tokens or from its raw text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.tokens import Doc

import kgraph.language
from kgraph.language.network.tokens import NO_GAP
from training.corpora.treebanks import group_documents, read_sentences
from training.measures.counts import f1

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.vocab import Vocab

    from training.corpora.treebanks import Sentence

BATCH = 50
"""Sentences that make one text, where a treebank has no documents."""


def gold_doc(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    """A Doc with the words and the sentence borders of the treebank."""
    words = [row[1] for sentence in sentences for row in sentence.rows]
    gaps = [gap for sentence in sentences for gap in sentence.gaps]
    starts: list[bool | int | None] = [place == 0 for sentence in sentences for place in range(len(sentence.rows))]
    spaces = [gap != NO_GAP for gap in gaps[1:]] + [False]
    return Doc(vocab, words=words, spaces=spaces, sent_starts=starts)


def measure_gold_tokens(path: Path) -> dict[str, float]:
    """The accuracy of tags and trees on the tokens and sentences of a treebank."""
    nlp = kgraph.language.load()
    groups = list(group_documents(read_sentences(path)))
    hits = dict.fromkeys(("UPOS", "XPOS", "lemma", "UAS", "LAS", "LAS universal"), 0)
    total = 0
    for sentences, doc in zip(groups, nlp.pipe(gold_doc(nlp.vocab, group) for group in groups), strict=True):
        rows = [row for sentence in sentences for row in sentence.rows]
        for token, row in zip(doc, rows, strict=True):
            gold_head = int(row[6])
            number = int(row[0])
            head = token.i if gold_head == 0 else token.i + gold_head - number
            relation = token.dep_ if token.dep_ != "ROOT" else "root"
            right = token.head.i == head
            hits["UPOS"] += token.pos_ == row[3]
            hits["XPOS"] += token.tag_ == row[4]
            hits["lemma"] += token.lemma_ == row[2]
            hits["UAS"] += right
            hits["LAS"] += right and relation == row[7]
            hits["LAS universal"] += right and relation.split(":")[0] == row[7].split(":")[0]
        total += len(rows)
    return {name: count / total for name, count in hits.items()}


def measure_raw_text(path: Path) -> dict[str, float]:
    """The F1 of tokens, sentences, tags and trees on the raw text of a treebank, words aligned by characters.

    As in the CoNLL 2018 shared task, relations count without their subtypes.
    """
    nlp = kgraph.language.load()
    groups = _texts(list(read_sentences(path)))
    texts = [_raw_text(group) for group in groups]
    names = ("tokens", "sentences", "UPOS", "UAS", "LAS")
    hits, gold_total, found_total = (dict.fromkeys(names, 0) for _ in range(3))
    for sentences, doc in zip(groups, nlp.pipe(texts), strict=True):
        gold = _gold_rows(sentences)
        found = _found_rows(doc)
        _count(gold, found, hits)
        for name in names:
            gold_total[name] += len(sentences) if name == "sentences" else len(gold)
            found_total[name] += len(list(doc.sents)) if name == "sentences" else len(found)
        hits["sentences"] += len(_borders(gold) & _borders(found))
    return {name: f1(hits[name], found_total[name], gold_total[name]) for name in names}


def _texts(sentences: list[Sentence]) -> list[list[Sentence]]:
    """The sentences by document, or in batches where every sentence is a document of its own."""
    groups = list(group_documents(iter(sentences)))
    if len(groups) > 1 and len(sentences) / len(groups) > 1.5:
        return groups
    return [sentences[first : first + BATCH] for first in range(0, len(sentences), BATCH)]


def _raw_text(sentences: Sequence[Sentence]) -> str:
    parts = []
    for number, sentence in enumerate(sentences):
        parts.append("" if number == 0 else "\n\n" if sentence.paragraph else " ")
        parts.append(sentence.text)
    return "".join(parts)


Row = tuple[tuple[int, int], str, tuple[int, int] | None, str, int]
"""A word: characters without white space, UPOS, characters of its head (None for a root), relation, sentence."""


def _gold_rows(sentences: Sequence[Sentence]) -> list[Row]:
    rows: list[Row] = []
    offset = 0
    for number, sentence in enumerate(sentences):
        spans = []
        for row in sentence.rows:
            size = len("".join(row[1].split()))
            spans.append((offset, offset + size))
            offset += size
        for row, span in zip(sentence.rows, spans, strict=True):
            head = None if row[6] == "0" else spans[int(row[6]) - 1]
            rows.append((span, row[3], head, row[7].split(":")[0], number))
    return rows


def _found_rows(doc: Doc) -> list[Row]:
    spans: dict[int, tuple[int, int]] = {}
    offset = 0
    for token in doc:
        size = len("".join(token.text.split()))
        spans[token.i] = (offset, offset + size)
        offset += size
    rows: list[Row] = []
    for number, sent in enumerate(doc.sents):
        for token in sent:
            if not token.is_space:
                root = token.head is token or token.head.i == token.i
                relation = "root" if root else token.dep_.split(":")[0]
                rows.append((spans[token.i], token.pos_, None if root else spans[token.head.i], relation, number))
    return rows


def _count(gold: Sequence[Row], found: Sequence[Row], hits: dict[str, int]) -> None:
    """Add up the words that are right."""
    by_span = {row[0]: row for row in found}
    for span, upos, head, relation, _ in gold:
        other = by_span.get(span)
        if other is None:
            continue
        hits["tokens"] += 1
        hits["UPOS"] += other[1] == upos
        hits["UAS"] += other[2] == head
        hits["LAS"] += other[2] == head and other[3] == relation


def _borders(rows: Sequence[Row]) -> set[tuple[int, int]]:
    """The characters of sentences."""
    borders: dict[int, tuple[int, int]] = {}
    for span, _, _, _, number in rows:
        start, _ = borders.get(number, span)
        borders[number] = (start, span[1])
    return set(borders.values())
