"""Reads coreference without trees: the pronouns of GAP and the name clusters of Re-DocRED."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import spacy

from kgraph.language.network.mentions import Mention, name_mention, word_mention
from training.corpora.articles import words_of
from training.corpora.documents import Document, blank, mark_name
from training.corpora.files import open_text
from training.corpora.schemes import ANY, OUTSIDE, begin, inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_BODIES = ("Organization", "GovernmentBody")
DOCRED = {"PER": ("Person",), "LOC": ("Place", "O", "GovernmentBody"), "ORG": _BODIES}


def read_gap_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a GAP file."""
    with open_text(path) as file:
        return list(csv.DictReader(io.StringIO(file.read()), delimiter="\t", quoting=csv.QUOTE_NONE))


def read_gap(path: Path) -> Iterator[Document]:
    """The texts of GAP with the pronoun, the two names, and the other places of the same names."""
    tokenizer = spacy.blank("en").tokenizer
    for row in read_gap_rows(path):
        words, gaps, places = words_of(tokenizer(row["Text"]))
        starts = {start: index for index, (start, _) in enumerate(places)}
        document = blank(row["ID"], words, gaps)
        document.tags[[word.islower() for word in words]] = OUTSIDE
        pronoun = starts.get(int(row["Pronoun-offset"]))
        if pronoun is None:
            continue
        found = {pronoun: (word_mention(words, pronoun), _pronoun_cluster(row))}
        for cluster, side in enumerate("AB"):
            for match in re.finditer(rf"(?<!\w){re.escape(row[side])}(?!\w)", row["Text"]):
                first = starts.get(match.start())
                if first is None:
                    continue
                last = first
                while last < len(places) and places[last][0] < match.end():
                    last += 1
                if match.start() == int(row[f"{side}-offset"]) or row[side] in row["Text"][: match.start()]:
                    document.tags[first:last] = begin("Person") | inside("Person")  # may be part of a longer name
                found.setdefault(first, (name_mention(words, first, last), cluster))
        for mention, cluster in sorted(found.values(), key=lambda item: item[0].head):
            document.mentions.append(mention)
            document.clusters.append(cluster)
        yield document


def _pronoun_cluster(row: dict[str, str]) -> int:
    """The cluster of the pronoun: that of a name, or its own."""
    if row["A-coref"].upper() == "TRUE":
        return 0
    return 1 if row["B-coref"].upper() == "TRUE" else 2


def read_docred(path: Path) -> Iterator[Document]:
    """The documents of Re-DocRED with typed names and which names are the same."""
    with open_text(path) as file:
        records = json.load(file)
    for record in records:
        words = [word for sentence in record["sents"] for word in sentence]
        document = blank(record["title"], words)
        document.tags[[word.islower() for word in words]] = OUTSIDE
        bases = _bases(record["sents"])
        found: dict[int, tuple[Mention, int]] = {}
        for cluster, entity in enumerate(record["vertexSet"]):
            for mention in entity:
                start, end = (bases[mention["sent_id"]] + place for place in mention["pos"])
                allowed = DOCRED.get(mention["type"])
                masks = (begin(*allowed), inside(*allowed)) if allowed else (ANY, ANY)
                mark_name(document, (start, end), masks)
                if mention["type"] in {"PER", "ORG", "LOC", "MISC"}:
                    made = name_mention(words, start, end)
                    found.setdefault(made.head, (made, cluster))
        for made, cluster in sorted(found.values(), key=lambda item: item[0].head):
            document.mentions.append(made)
            document.clusters.append(cluster)
        yield document


def _bases(sentences: Sequence[Sequence[str]]) -> list[int]:
    """The position of the first word of each sentence."""
    bases, total = [], 0
    for sentence in sentences:
        bases.append(total)
        total += len(sentence)
    return bases
