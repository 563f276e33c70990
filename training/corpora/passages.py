"""The texts of `training/labels/passages`: sentences of CORE and FIRE, passages of KnowledgeNet and Re-DocRED, documents of GUM.

All but KnowledgeNet are published as words; they are put together again, so that the labels' characters are those of these texts.
"""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

from training.corpora.files import read_records
from training.corpora.treebanks import group_documents, read_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_JOINS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r" ('s|\u2019s|n't|'re|'ve|'ll)(?!\w)", r"\1"),
        (r" ([,.;:!?%)\]}])", r"\1"),
        (r"([(\[{]) ", r"\1"),
        (r"([$£€¥]) (?=\d)", r"\1"),
        (r"(?<=[A-Z]) ([$£€])", r"\1"),
        (r"(\w) -(\w)", r"\1-\2"),
        (r"(\w)- (\w)", r"\1-\2"),
        (r'" ([^"]*?) "', r'"\1"'),
        (r"`` ?", "\u201c"),
        (r" ?''", "\u201d"),
    )
)
_HYPHENS = re.compile(r"(?<=\w) - (?=\w)")
"""FIRE, Re-DocRED and GUM part all hyphens from their words."""
_LOST_APOSTROPHES = re.compile(r"(?<=[A-Za-z]) s (?=\w)")
"""In FIRE."""


def passages(data: Path) -> Iterator[dict[str, Any]]:
    """The passages as articles without title and date; those that are kept for development have no labels."""
    for record in read_records(data / "core/train.jsonl.gz"):
        yield _article(record["id"], untokenised(record["context"]))
    for number, record in enumerate(read_records(data / "fire/train.jsonl.gz")):
        text = untokenised([word or "-" for word in record["tokens"]])
        yield _article(f"fire-{number}", _LOST_APOSTROPHES.sub("'s ", _HYPHENS.sub("-", text)))
    seen = set()
    for record in read_records(data / "knowledgenet/folds-1-3.jsonl.gz"):
        name = f"kn-{record['doc']}-{record['passage_start']}"
        if name not in seen:
            seen.add(name)
            yield _article(name, " ".join(record["passage"].split()))
    for number, record in enumerate(json.loads(gzip.decompress((data / "re-docred/dev_revised.json.gz").read_bytes()))):
        text = untokenised([word for sentence in record["sents"] for word in sentence])
        yield _article(f"docred-{number}", _HYPHENS.sub("-", text))
    for sentences in group_documents(read_sentences(data / "gum/gum-open-train.conllu.gz")):
        text = "".join(("\n\n" if sentence.paragraph else " ") + sentence.text for sentence in sentences)
        yield _article(sentences[0].document, _HYPHENS.sub("-", text.lstrip("\n")))


def untokenised(words: Sequence[str]) -> str:
    """Words as the text that they may have been.

    >>> untokenised(["Tom", "'s", "(", "of", "Maine", ")", "cost", "$", "3", "."])
    "Tom's (of Maine) cost $3."
    """
    text = " ".join(words)
    for pattern, put in _JOINS:
        text = pattern.sub(put, text)
    return text


def _article(name: str, text: str) -> dict[str, Any]:
    return {"id": name, "title": "", "text": text, "date": None}
