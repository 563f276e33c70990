"""The spaCy components: one reads documents with the model, the others write what it found onto the Doc.

Predicting is apart from writing: `EncoderComponent` fills `doc._.reading`, and every other component turns a part of
it into the annotations that spaCy users know.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, SENT_START, TAG  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc, Span

from kgraph.language.capitals import Vocabulary, without_capitals
from kgraph.language.coreference.candidates import cluster_spans, find_mentions, noun_natures, settled_by_grammar
from kgraph.language.coreference.choosing import OTHER, ROLES, Choice, Layout
from kgraph.language.coreference.clusters import Linker
from kgraph.language.lemmas import shared_lemmatizer
from kgraph.language.network.encoder import MODEL, Text, shared_encoder
from kgraph.language.network.name_types import shared_name_types
from kgraph.language.network.names import TagDecoder
from kgraph.language.network.threads import one_thread
from kgraph.language.network.tokens import BREAK, gap, is_list_mark
from kgraph.language.tokenizer import unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from kgraph.language.network.mentions import Mention

log = logging.getLogger(__name__)

ENGLISH_SHARE = 0.08
"""The share of frequent English words below which a longer text is taken for another language."""
_LONGEST_MARK = 3
"""Tokens of the longest mark of a list."""
FOREIGN_SAMPLE = 60
"""Words of the shortest text that is judged so."""
_FREQUENT = frozenset(
    {"the", "of", "and", "to", "in", "a", "is", "for", "that", "on", "with", "as", "by", "at", "from", "it", "was", "has"}
)

for _name in ("reading", "word_tokens", "clusters"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
if not Span.has_extension("certainty"):
    Span.set_extension("certainty", default=1.0)
if not Span.has_extension("rivals"):
    Span.set_extension("rivals", default=())


class EncoderComponent:
    """Reads documents with the model, many at a time, into `doc._.reading`."""

    def __init__(self, folder: str, threads: int) -> None:
        self._encoder = shared_encoder(Path(folder), threads)
        names = shared_name_types(Path(folder), tuple(self._encoder.labels.tags)).known
        self._vocabulary = Vocabulary(shared_lemmatizer(Path(folder)), names)
        self._warned = False

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        self._read([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Read documents in batches, so that windows of one length share a run of the model."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._read(batch)
            yield from batch

    def _read(self, docs: list[Doc]) -> None:
        texts = []
        for doc in docs:
            text, doc._.word_tokens = words_of_doc(doc)
            texts.append(replace(text, words=without_capitals(text.words, text.gaps, self._vocabulary)))
            self._warn_if_foreign(text.words)
        with one_thread():
            readings = self._encoder.read(texts)
        for doc, reading in zip(docs, readings, strict=True):
            doc._.reading = reading

    def _warn_if_foreign(self, words: list[str]) -> None:
        sample = words[:400]
        if self._warned or len(sample) < FOREIGN_SAMPLE:
            return
        share = sum(word.lower() in _FREQUENT for word in sample) / len(sample)
        if share < ENGLISH_SHARE:
            self._warned = True
            start = " ".join(words[:8])
            log.warning("the text “%s…” does not look English; the model knows only English and will often be wrong about it", start)


def words_of_doc(doc: Doc) -> tuple[Text, NDArray[np.int64]]:
    """The words of a Doc and their token indices, without white space, list marks and what goes on too long to mean anything.

    Sentences that are set are kept.
    """
    words: list[str] = []
    gaps: list[int] = []
    tokens: list[int] = []
    between, whole = "", doc.text
    is_idle = _idle(whole)
    for index, token in enumerate(doc):
        text, end = token.text, token.idx + len(token)
        if is_idle is not None and is_idle[token.idx]:
            pass
        elif text.isspace() or not text or is_list_mark(text, between if words else "", whole[end : end + 4]):
            between += text
        else:
            words.append(text)
            gaps.append(gap(between) if between else 0)
            tokens.append(index)
            between = ""
        between += token.whitespace_
    if gaps:
        gaps[0] = BREAK
    starts = [bool(doc[index].is_sent_start) for index in tokens] if doc.has_annotation("SENT_START") else None
    return Text(words=words, gaps=gaps, starts=starts), np.array(tokens, dtype=np.int64)


def _idle(text: str) -> NDArray[np.bool_] | None:
    """By character, whether it is in a part that is not read; None where all is."""
    parts = unread(text)
    if not parts:
        return None
    found = np.zeros(len(text) + 1, dtype=np.bool_)
    for start, end in parts:
        found[start:end] = True
    return found


def _between(tokens: NDArray[np.int64], first: int, end: int) -> NDArray[np.int64]:
    """The places from `first` to `end` that are not in `tokens`."""
    is_between = np.ones(end, dtype=np.bool_)
    is_between[:first] = False
    is_between[tokens] = False
    return np.flatnonzero(is_between)


class TagComponent:
    """Writes tags, morphology and lemmas."""

    def __init__(self, nlp: Language, folder: str) -> None:
        labels = shared_encoder(Path(folder)).labels
        self._lemmatizer = shared_lemmatizer(Path(folder))
        self._strings = nlp.vocab.strings
        self._upos_names, self._xpos_names = labels.upos, labels.xpos
        self._upos = _hashes(nlp, labels.upos)
        self._xpos = _hashes(nlp, labels.xpos)
        self._features = np.array([nlp.vocab.morphology.add(name) for name in labels.features], dtype=np.uint64)
        self._space = np.array([self._strings.add("_SP"), self._strings.add("SPACE"), nlp.vocab.morphology.add("_"), 0], dtype=np.uint64)

    def __call__(self, doc: Doc) -> Doc:
        """Write the tags of one document."""
        reading, tokens = doc._.reading, doc._.word_tokens
        table = np.empty((len(doc), 4), dtype=np.uint64)
        table[:] = self._space
        if len(tokens):
            table[tokens, 0] = self._xpos[reading.xpos]
            table[tokens, 1] = self._upos[reading.upos]
            table[tokens, 2] = self._features[reading.features]
            table[tokens, 3] = self._lemmas(reading.words, reading.upos.tolist(), reading.xpos.tolist())
        for index in _between(tokens, 0, len(doc)).tolist():
            table[index, 3] = doc[index].orth
        return doc.from_array([TAG, POS, MORPH, LEMMA], table)  # type: ignore[arg-type]

    def _lemmas(self, words: list[str], upos: list[int], xpos: list[int]) -> list[int]:
        """The string ids of the lemmas of words."""
        add, lemma = self._strings.add, self._lemmatizer
        return [add(lemma(word, self._upos_names[tag], self._xpos_names[fine])) for word, tag, fine in zip(words, upos, xpos, strict=True)]


class TreeComponent:
    """Writes dependencies and, through them, sentences; white space hangs on the word before it, a list mark on the one after it."""

    def __init__(self, nlp: Language, folder: str) -> None:
        relations = [name if name != "root" else "ROOT" for name in shared_encoder(Path(folder)).labels.relations]
        self._relations = _hashes(nlp, relations)
        self._space = nlp.vocab.strings.add("dep")
        self._root = nlp.vocab.strings.add("ROOT")

    def __call__(self, doc: Doc) -> Doc:
        """Write the trees of one document."""
        if not len(doc):
            return doc
        reading, tokens = doc._.reading, doc._.word_tokens
        heads = np.full(len(doc), -1, dtype=np.int64)
        relations = np.full(len(doc), self._space, dtype=np.uint64)
        first = int(tokens[0]) if len(tokens) else 0
        heads[:first] = 1
        if len(tokens):
            between = _between(tokens, first, len(doc))
            after = np.searchsorted(tokens, between)
            for index, place in zip(between.tolist(), after.tolist(), strict=True):
                if not doc[index].is_space:
                    is_mark = place < len(tokens) and tokens[place] - index <= _LONGEST_MARK and not doc[index + 1].is_space
                    heads[index] = 1 if is_mark else tokens[place - 1] - index  # all to one word: a chain of thousands is slow to follow
            heads[tokens] = tokens[reading.heads] - tokens
            relations[tokens] = self._relations[reading.relations]
        else:
            heads[0] = 0
            relations[0] = self._root
        table = np.stack([heads.astype(np.uint64), relations], axis=1)
        return doc.from_array([HEAD, DEP], table)  # type: ignore[arg-type]


class NameComponent:
    """Writes named entities."""

    def __init__(self, nlp: Language, folder: str) -> None:
        tags = shared_encoder(Path(folder)).labels.tags
        self._decoder = TagDecoder(tags)
        self.types = shared_name_types(Path(folder), tuple(tags))
        for name in self.types.types:
            nlp.vocab.strings.add(name)

    def __call__(self, doc: Doc) -> Doc:
        """Write the names of one document, beside entities that are there already."""
        taken = {token.i for ent in doc.ents for token in ent}
        found = list(doc.ents)
        for span, told in self.names(doc):
            if not taken.intersection(range(span.start, span.end)):
                found.append(Span(doc, span.start, span.end, label=self.types.choose(" ".join(span.text.split()), told)))
        doc.set_ents(found)
        return doc

    def names(self, doc: Doc) -> Iterator[tuple[Span, NDArray[np.float32]]]:
        """The names of a document with the agreed scores [word, tag] of their words."""
        reading, tokens = doc._.reading, doc._.word_tokens
        told = self.types.agreed(reading.words, reading.names)
        tags = self._decoder.decode(told, ((window.start, window.end) for window in reading.windows))
        for start, end in self._decoder.spans(tags):
            yield doc[int(tokens[start]) : int(tokens[end - 1]) + 1], told[start:end]


class CoreferenceComponent:
    """Writes `doc._.clusters`: lists of spans of the same thing, the most telling first.

    `span._.certainty` tells how likely a pronoun or a description belongs to its cluster; it is 1 where there is no choice.
    `span._.rivals` has a name of each other thing that it could have stood for, and how likely that was.
    """

    def __init__(self, folder: str) -> None:
        encoder = shared_encoder(Path(folder))
        self._pairs = encoder.pairs
        self._roles = np.array([ROLES.get(name, OTHER) for name in encoder.labels.relations])
        self._choice = Choice.load(Path(folder) / "choices.json")

    def __call__(self, doc: Doc) -> Doc:
        """Join the mentions of one document."""
        tokens = doc._.word_tokens
        mentions = find_mentions(doc, doc._.reading, tokens)
        if len(mentions) > 1:
            groups, linker = self.groups(doc, mentions)
            doc._.clusters = cluster_spans(doc, mentions, groups, linker, tokens)
        else:
            doc._.clusters = []
        return doc

    def groups(self, doc: Doc, mentions: list[Mention], make: Callable[..., Linker] = Linker) -> tuple[list[list[int]], Linker]:
        """The places in `mentions` of those that are one thing, and the linker that knows how likely that is."""
        reading, tokens = doc._.reading, doc._.word_tokens
        parts = np.stack([reading.pair_parts[mention.head] for mention in mentions])
        labels = [doc[int(tokens[mention.head])].ent_type_ for mention in mentions]
        with one_thread():
            linker = make(reading.words, mentions, labels, noun_natures(doc, mentions, tokens), self._layout(doc), self._choice)
            linker.settled = settled_by_grammar(doc, mentions, tokens)
            return linker.link(self._pairs, parts), linker

    def _layout(self, doc: Doc) -> Layout:
        """Where the words of a document stand."""
        reading, tokens = doc._.reading, doc._.word_tokens
        sentences = np.cumsum(doc.to_array(SENT_START) == 1)[tokens]
        return Layout(sentences=sentences.tolist(), roles=self._roles[reading.relations].tolist(), heads=reading.heads.tolist())


def _hashes(nlp: Language, names: list[str]) -> NDArray[np.uint64]:
    """The string ids of labels."""
    return np.array([nlp.vocab.strings.add(name) for name in names], dtype=np.uint64)


_DEFAULTS = {"folder": str(MODEL)}


@Language.factory("kgraph_encoder", assigns=["doc._.reading", "doc._.word_tokens"], default_config={**_DEFAULTS, "threads": 1})
def make_encoder(nlp: Language, name: str, folder: str, threads: int) -> EncoderComponent:  # noqa: ARG001
    """Make the component that runs the model."""
    return EncoderComponent(folder, threads)


@Language.factory(
    "kgraph_tags",
    requires=["doc._.reading"],
    assigns=["token.tag", "token.pos", "token.morph", "token.lemma"],
    default_config=_DEFAULTS,
)
def make_tags(nlp: Language, name: str, folder: str) -> TagComponent:  # noqa: ARG001
    """Make the component for tags, morphology and lemmas."""
    return TagComponent(nlp, folder)


@Language.factory(
    "kgraph_trees",
    requires=["doc._.reading"],
    assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    default_config=_DEFAULTS,
)
def make_trees(nlp: Language, name: str, folder: str) -> TreeComponent:  # noqa: ARG001
    """Make the component for dependencies and sentences."""
    return TreeComponent(nlp, folder)


@Language.factory(
    "kgraph_names",
    requires=["doc._.reading"],
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config=_DEFAULTS,
)
def make_names(nlp: Language, name: str, folder: str) -> NameComponent:  # noqa: ARG001
    """Make the component for named entities."""
    return NameComponent(nlp, folder)


@Language.factory(
    "kgraph_coreference",
    requires=["doc._.reading", "doc.ents", "token.pos", "token.dep"],
    assigns=["doc._.clusters", "span._.certainty", "span._.rivals"],
    default_config=_DEFAULTS,
)
def make_coreference(nlp: Language, name: str, folder: str) -> CoreferenceComponent:  # noqa: ARG001
    """Make the component for coreference."""
    return CoreferenceComponent(folder)
