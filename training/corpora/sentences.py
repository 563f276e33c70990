"""Reads corpora of names without trees: wikigold, WNUT-17, CrossNER and FIRE, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.language.network.tokens import SPACE
from training.corpora.documents import Document, blank, mark_name
from training.corpora.files import open_text, read_records
from training.corpora.schemes import ANY, OUTSIDE, OUTSIDE_OR_PRODUCT, begin, inside
from training.corpora.treebanks import iob_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_BODIES = ("Organization", "GovernmentBody")
WIKIGOLD = {"PER": ("Person",), "LOC": ("Place",), "ORG": _BODIES, "MISC": ("Product", "O")}
WNUT = {
    "person": ("Person",),
    "location": ("Place",),
    "corporation": ("Organization",),
    "product": ("Product",),
    "group": (*_BODIES, "O"),
    "creative-work": ("Product", "O"),
}
CROSSNER = {
    **dict.fromkeys(("person", "politician", "researcher", "scientist"), ("Person",)),
    **dict.fromkeys(("location", "country"), ("Place",)),
    **dict.fromkeys(("organisation",), _BODIES),
    **dict.fromkeys(("university", "politicalparty"), ("Organization",)),
    **dict.fromkeys(("product", "programlang", "misc"), ("Product", "O")),
}
FIRE = {
    "Company": ("Organization",),
    "Person": ("Person",),
    "Location": ("Place",),
    "GeopoliticalEntity": ("Place", "GovernmentBody"),
    "Product": ("Product", "O"),
    "BusinessUnit": ("Organization", "O"),
}
"""What the types of each corpus may be; types that are not listed are not names, or kgraph does not want them."""

Names = list[tuple[int, int, str]]
_RUN = 4
"""Sentences that are joined to one document, so that windows are as long as in articles."""


def read_iob(path: Path, separator: str | None, column: int) -> Iterator[tuple[list[str], Names]]:
    """The words and names of the sentences of a column file."""
    words: list[str] = []
    tags: list[str] = []
    with open_text(path) as lines:
        for line in [*lines, ""]:
            cells = line.rstrip("\n").split(separator)
            if len(cells) > column and cells[0].strip() and not line.startswith("-DOCSTART-"):
                words.append(cells[0])
                tags.append(cells[column])
            elif words:
                yield words, list(iob_spans(tags))
                words, tags = [], []


def read_fire(path: Path) -> Iterator[tuple[list[str], Names]]:
    """The words and names of the sentences of FIRE, without names of one lower-case word."""
    for record in read_records(path):
        words = record["tokens"]
        names = [
            (entity["start"], entity["end"], entity["type"])
            for entity in record["entities"]
            if not all(word.islower() for word in words[entity["start"] : entity["end"]])
        ]
        yield words, names


def name_documents(
    name: str, sentences: Iterable[tuple[list[str], Names]], types: Mapping[str, tuple[str, ...]], *, outside: int
) -> Iterator[Document]:
    """Documents of a few sentences each, with name masks by the mapping of types."""
    run: list[tuple[list[str], Names]] = []
    for number, sentence in enumerate(sentences):
        run.append(sentence)
        if len(run) == _RUN:
            yield _joined(f"{name}-{number}", run, types, outside)
            run = []
    if run:
        yield _joined(f"{name}-last", run, types, outside)


def _joined(name: str, run: list[tuple[list[str], Names]], types: Mapping[str, tuple[str, ...]], outside: int) -> Document:
    words = [word for sentence, _ in run for word in sentence]
    document = blank(name, words, [SPACE] * len(words))
    document.tags[:] = outside
    base = 0
    for sentence, names in run:
        for start, end, kind in names:
            allowed = types.get(kind)
            masks = (begin(*allowed), inside(*allowed)) if allowed else (ANY, ANY)
            mark_name(document, (base + start, base + end), masks)
        base += len(sentence)
    return document


def read_names(data: Path) -> Iterator[Document]:
    """All training documents of the corpora of names in a data folder."""
    yield from name_documents("wikigold", read_iob(data / "wikigold/wikigold.conll.txt.gz", None, 1), WIKIGOLD, outside=OUTSIDE_OR_PRODUCT)
    for topic in ("ai", "politics", "science"):
        sentences = read_iob(data / f"crossner/{topic}-train.txt.gz", "\t", 1)
        yield from name_documents(topic, sentences, CROSSNER, outside=OUTSIDE_OR_PRODUCT)
    fire = read_fire(data / "fire/train.jsonl.gz")
    yield from name_documents("fire", fire, FIRE, outside=OUTSIDE | begin(*_BODIES) | inside(*_BODIES))
