"""Reads treebanks: UD EWT with the UNER names on its sentences, PUD, and GUM with its entities and coreference."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kgraph.language.network.mentions import PRONOUN_KIND, Mention, name_mention, word_mention
from kgraph.language.network.tokens import BREAK, NO_GAP, SPACE
from training.corpora.documents import Document, blank, mark_name
from training.corpora.files import open_text
from training.corpora.schemes import (
    ANY,
    OUTSIDE,
    OUTSIDE_OR_PRODUCT,
    RELATIONS,
    UPOS,
    XPOS,
    begin,
    feature_string,
    inside,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

UNER_MASKS = {
    "PER": (begin("Person"), inside("Person")),
    "LOC": (begin("Place"), inside("Place")),
    "ORG": (begin("Organization", "GovernmentBody"), inside("Organization", "GovernmentBody")),
}
"""What the types of UNER allow; its other labels say nothing that kgraph wants."""

GUM_NAMES = {
    "person": ("Person",),
    "organization": ("Organization", "GovernmentBody"),
    "place": ("Place",),
    "object": ("Product", "O"),
}
"""What the types of named entities in GUM may be; names of other types are left open."""


@dataclass(slots=True)
class Sentence:
    """One sentence of a CoNLL-U file: its comments and the ten columns of its words."""

    identifier: str
    document: str
    paragraph: bool
    text: str
    rows: list[list[str]] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)


def read_sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, gzipped or not, in order."""
    document, paragraph = "", True
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    with open_text(path) as lines:
        for line in [*lines, "\n"]:
            if line.startswith("#"):
                name, _, value = line[1:].partition("=")
                comments[name.strip()] = value.strip()
            elif line.strip():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                document = comments.get("newdoc id", document)
                paragraph = any(name.startswith(("newdoc", "newpar")) for name in comments)
                yield _sentence(comments, rows, document, paragraph)
                comments, rows = {}, []


def _sentence(comments: dict[str, str], rows: list[list[str]], document: str, paragraph: bool) -> Sentence:  # noqa: FBT001
    """A sentence from its comments and rows; the parts of a word like "don't" have no gap between them."""
    sentence = Sentence(comments.get("sent_id", ""), document, paragraph, comments.get("text", ""))
    glued_until, glued, unspaced = 0, False, False
    for row in rows:
        number = row[0]
        if "-" in number:
            glued_until, unspaced = int(number.partition("-")[2]), "SpaceAfter=No" in row[9]
        elif number.isdigit():
            first = not sentence.rows
            sentence.gaps.append(BREAK if first and paragraph else NO_GAP if glued else SPACE)
            sentence.rows.append(row)
            last = int(number) == glued_until
            glued = int(number) < glued_until or (unspaced if last else "SpaceAfter=No" in row[9])
    return sentence


def group_documents(sentences: Iterator[Sentence]) -> Iterator[list[Sentence]]:
    """Runs of sentences of one document."""
    group: list[Sentence] = []
    for sentence in sentences:
        if group and sentence.document != group[0].document:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def tree_document(sentences: Sequence[Sentence], features: dict[str, int]) -> Document:
    """The words and trees of sentences; unseen feature strings are left out."""
    words = [row[1] for sentence in sentences for row in sentence.rows]
    gaps = [gap for sentence in sentences for gap in sentence.gaps]
    document = blank(sentences[0].document or sentences[0].identifier, words, gaps)
    base = 0
    document.starts[:] = 0
    for sentence in sentences:
        document.starts[base] = 1
        for offset, row in enumerate(sentence.rows):
            place = base + offset
            document.upos[place] = UPOS.index(row[3]) if row[3] in UPOS else -100
            document.xpos[place] = XPOS.index(row[4]) if row[4] in XPOS else -100
            document.features[place] = features.get(feature_string(row[5]), -100)
            head = int(row[6])
            document.heads[place] = place if head == 0 else base + head - 1
            document.relations[place] = RELATIONS.index(row[7])
        base += len(sentence.rows)
    return document


def feature_labels(paths: Sequence[Path], least: int = 5) -> list[str]:
    """The feature strings that occur at least so often in treebanks, the most frequent first."""
    counts: dict[str, int] = {}
    for path in paths:
        for sentence in read_sentences(path):
            for row in sentence.rows:
                label = feature_string(row[5])
                counts[label] = counts.get(label, 0) + 1
    frequent = [label for label, count in counts.items() if count >= least]
    return sorted(frequent, key=lambda label: (-counts[label], label))


def read_uner(path: Path) -> dict[str, list[str]]:
    """The IOB tags of each sentence of a UNER file by sentence id."""
    tags: dict[str, list[str]] = {}
    current: list[str] = []
    with open_text(path) as lines:
        for line in lines:
            if line.startswith("# sent_id"):
                current = tags.setdefault(line.partition("=")[2].strip(), [])
            elif line.strip() and not line.startswith("#"):
                current.append(line.rstrip("\n").split("\t")[2])
    return tags


def iob_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The (start, end, type) of IOB tags; a stray inside tag begins a name.

    >>> list(iob_spans(["B-PER", "I-PER", "O", "I-LOC"]))
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    start, kind = 0, ""
    for place, tag in enumerate([*tags, "O"]):
        prefix, _, label = tag.partition("-")
        if kind and (prefix != "I" or label != kind):
            yield start, place, kind
            kind = ""
        if prefix in "BI" and label and not kind:
            start, kind = place, label


def mark_uner(document: Document, sentences: Sequence[Sentence], names: dict[str, list[str]]) -> None:
    """Set the name masks of a document from UNER tags, where its sentences have them."""
    base = 0
    for sentence in sentences:
        tags = names.get(sentence.identifier)
        size = len(sentence.rows)
        if tags is not None and len(tags) == size:
            document.tags[base : base + size] = OUTSIDE_OR_PRODUCT
            for start, end, kind in iob_spans(["O" if tag == "B-O" else tag for tag in tags]):
                masks = UNER_MASKS.get(kind, (ANY, ANY))
                mark_name(document, (base + start, base + end), masks)
        base += size


def read_ewt(trees: Path, names: Path, features: dict[str, int]) -> Iterator[Document]:
    """The documents of UD EWT with the names of UNER."""
    tags = read_uner(names)
    for sentences in group_documents(read_sentences(trees)):
        document = tree_document(sentences, features)
        mark_uner(document, sentences, tags)
        yield document


_BRACKET = re.compile(r"\((\d+)-([a-z]+)[^()]*?(?=[()]|$)|(\d+)\)|\)")


def entity_spans(cells: Sequence[str]) -> list[tuple[int, int, str, str]]:
    """The (start, end, group, type) of the bracketed entities in the MISC cells of a document's words."""
    open_spans: dict[str, list[tuple[int, str]]] = {}
    found = []
    for place, cell in enumerate(cells):
        if not cell:
            continue
        last = ""
        for match in _BRACKET.finditer(cell):
            if match[1]:
                open_spans.setdefault(match[1], []).append((place, match[2]))
                last = match[1]
                continue
            group = match[3] or last
            if open_spans.get(group):
                start, kind = open_spans[group].pop()
                found.append((start, place + 1, group, kind))
    return sorted(found, key=lambda span: (span[0], -span[1]))


def read_gum(path: Path, features: dict[str, int]) -> Iterator[Document]:
    """The documents of GUM with trees, partly typed names and coreference."""
    for sentences in group_documents(read_sentences(path)):
        document = tree_document(sentences, features)
        rows = [row for sentence in sentences for row in sentence.rows]
        cells = [re.search(r"Entity=([^|]*)", row[9]) for row in rows]
        spans = entity_spans([match[1] if match else "" for match in cells])
        _mark_gum_names(document, spans)
        _mark_gum_coreference(document, spans)
        yield document


def span_head(document: Document, start: int, end: int) -> int:
    """The first word of a span whose head lies outside it."""
    for place in range(start, end):
        head = int(document.heads[place])
        if head == place or not start <= head < end:
            return place
    return end - 1


def proper_run(document: Document, start: int, end: int, head: int) -> tuple[int, int]:
    """The run of proper nouns around a head inside a span, hyphens included."""
    proper = {UPOS.index("PROPN")}

    def belongs(place: int) -> bool:
        return int(document.upos[place]) in proper or document.words[place] in {"-", "&"}

    first = last = head
    while first > start and belongs(first - 1):
        first -= 1
    while last + 1 < end and belongs(last + 1):
        last += 1
    return first, last + 1


def _mark_gum_names(document: Document, spans: Sequence[tuple[int, int, str, str]]) -> None:
    """Names have no exact borders in GUM: the last word of a run is inside, the others may be titles."""
    proper = document.upos == UPOS.index("PROPN")
    document.tags[:] = np.where(proper, ANY, OUTSIDE)
    for start, end, _, _ in spans:
        head = span_head(document, start, end)
        if proper[head]:
            document.tags[start:end] = np.where(document.tags[start:end] == OUTSIDE, ANY, document.tags[start:end])
    for start, end, _, kind in spans:
        head = span_head(document, start, end)
        allowed = GUM_NAMES.get(kind)
        if not proper[head] or allowed is None:
            continue
        first, last = proper_run(document, start, end, head)
        either = begin(*allowed) | inside(*allowed)
        document.tags[first : last - 1] = OUTSIDE | either
        document.tags[last - 1] = either


def gum_mention(document: Document, start: int, end: int) -> Mention:
    """The mention of a GUM span, with the word that stands for it."""
    head = span_head(document, start, end)
    if int(document.upos[head]) == UPOS.index("PROPN"):
        first, last = proper_run(document, start, end, head)
        return name_mention(document.words, first, last)
    return word_mention(document.words, head)


def _mark_gum_coreference(document: Document, spans: Sequence[tuple[int, int, str, str]]) -> None:
    """Mentions with their groups; every other noun and pronoun is a mention of its own that refers to nothing."""
    sizes: dict[str, int] = {}
    for _, _, group, _ in spans:
        sizes[group] = sizes.get(group, 0) + 1
    taken: dict[int, tuple[Mention, int]] = {}
    for start, end, group, _ in spans:
        mention = gum_mention(document, start, end)
        if mention.head not in taken:
            taken[mention.head] = (mention, int(group))
    nominal = {UPOS.index("NOUN"), UPOS.index("PROPN")}
    document.referring[:] = 0
    for mention, cluster in taken.values():
        document.referring[mention.head] = int(sizes[str(cluster)] > 1)
    spare = 1_000_000
    covered = {place for mention, _ in taken.values() for place in range(mention.start, mention.end)}
    for place, word in enumerate(document.words):
        if place in covered:
            continue
        noun = int(document.upos[place]) in nominal and int(document.relations[place]) not in _PARTS
        if noun or word.lower() in PRONOUN_KIND:
            spare += 1
            taken[place] = (word_mention(document.words, place), spare)
    for mention, cluster in sorted(taken.values(), key=lambda item: item[0].head):
        document.mentions.append(mention)
        document.clusters.append(cluster)


_PARTS = {RELATIONS.index(name) for name in ("compound", "flat", "goeswith", "fixed")}
