"""Scores named entities: UNER files, labelled articles, and MEANTIME; always exact span and type."""

from __future__ import annotations

import zipfile
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from spacy.tokens import Doc

import kgraph.language
from training.corpora.articles import alias_spans, article_text
from training.corpora.files import open_text
from training.corpora.splits import is_development
from training.corpora.treebanks import iob_spans
from training.labelled import read_folder
from training.measures.counts import scores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.language import Language

    Span = tuple[int, int, str]

UNER_TYPES = {"Person": "PER", "Place": "LOC", "Organization": "ORG", "GovernmentBody": "ORG"}
"""The types of UNER that those of kgraph stand for; products are no names there."""


def measure_uner(path: Path) -> dict[str, float]:
    """Entity F1 on the tokens of a UNER file (PER, LOC, ORG)."""
    nlp = kgraph.language.load()
    groups = list(_uner_documents(path))
    docs = [Doc(nlp.vocab, words=[word for sentence in group for word, _ in sentence],
                sent_starts=[place == 0 for sentence in group for place in range(len(sentence))])
            for group in groups]  # fmt: skip
    hits = found_total = gold_total = 0
    for group, doc in zip(groups, nlp.pipe(docs), strict=True):
        tags = ["O" if tag == "B-O" else tag for sentence in group for _, tag in sentence]
        gold = {span for span in iob_spans(tags) if span[2] != "OTH"}
        found = {(ent.start, ent.end, UNER_TYPES[ent.label_]) for ent in doc.ents if ent.label_ in UNER_TYPES}
        hits += len(gold & found)
        gold_total += len(gold)
        found_total += len(found)
    return scores(hits, found_total, gold_total)


def _uner_documents(path: Path) -> Iterator[list[list[tuple[str, str]]]]:
    """The sentences of a UNER file as (word, tag) pairs, by document as far as their ids tell."""
    group: list[list[tuple[str, str]]] = []
    sentence: list[tuple[str, str]] = []
    name = ""
    with open_text(path) as lines:
        for line in [*lines, "\n"]:
            if line.startswith("# sent_id"):
                document = line.partition("=")[2].strip().rpartition("-")[0]
                if document != name and group:
                    yield group
                    group = []
                name = document
            elif not line.strip():
                if sentence:
                    group.append(sentence)
                sentence = []
            elif not line.startswith("#"):
                cells = line.rstrip("\n").split("\t")
                sentence.append((cells[1], cells[2]))
    if group:
        yield group


def measure_articles(path: Path) -> dict[str, float]:
    """Entity scores on a folder's articles (`articles.jsonl`, `entities.json`), also by type.

    Of the folder with the training articles only those kept for development count.
    """
    labelled = [item for item in read_folder(path) if "labelled" not in path.name or is_development(item[0]["id"])]
    nlp = kgraph.language.load()
    counts = _count_articles(nlp, [record for record, _, _ in labelled], {record["id"]: names for record, names, _ in labelled})
    figures = scores(*(_total(counts, name) for name in _PARTS))
    for kind in sorted({kind for part, kind in counts if part in _PARTS}):
        figures[f"{kind} F1"] = scores(*(counts[name, kind] for name in _PARTS))["F1"]
    actors = ("Organization", "GovernmentBody", "Person")
    figures["actors F1"] = scores(*(sum(counts[name, kind] for kind in actors) for name in _PARTS))["F1"]
    figures["untyped F1"] = scores(counts["untyped", ""], _total(counts, "found"), _total(counts, "gold"))["F1"]
    return figures


_PARTS = ("hits", "found", "gold")


def _total(counts: Counter[tuple[str, str]], part: str) -> int:
    """The count of a part over all types."""
    return sum(count for (name, _), count in counts.items() if name == part)


def _count_articles(nlp: Language, records: list[dict[str, str]], entities: dict[str, list[dict[str, str]]]) -> Counter[tuple[str, str]]:
    """Right, found and gold names by type."""
    counts: Counter[tuple[str, str]] = Counter()
    texts = [article_text(record) for record in records]
    for record, text, doc in zip(records, texts, nlp.pipe(texts), strict=True):
        named = entities.get(record["id"], [])
        gold = {(start, end, named[which[0]]["type"]) for start, end, which in alias_spans(text, named)}
        found = {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents}
        counts.update(("hits", kind) for _, _, kind in gold & found)
        counts.update(("found", kind) for _, _, kind in found)
        counts.update(("gold", kind) for _, _, kind in gold)
        counts["untyped", ""] += len({span[:2] for span in gold} & {span[:2] for span in found})
    return counts


MEANTIME_TYPES = {"PER": ("Person",), "LOC": ("Place",), "ORG": ("Organization", "GovernmentBody"), "PRO": ("Product",)}


def measure_meantime(path: Path) -> dict[str, float]:
    """Entity scores on the named mentions in the first six sentences of MEANTIME's articles (a zip of CAT files)."""
    nlp = kgraph.language.load()
    hits = found_total = gold_total = 0
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith(".xml") or "intra-doc" not in name:
                continue
            root = ET.fromstring(archive.read(name))  # noqa: S314 - a corpus, not input from outside
            tokens = [token for token in root.iter("token") if int(token.get("sentence", "0")) < 6]
            sentences = [token.get("sentence") for token in tokens]
            starts: list[bool | int | None] = [place == 0 or sentences[place - 1] != sentence for place, sentence in enumerate(sentences)]
            doc = nlp(Doc(nlp.vocab, words=[token.text or "_" for token in tokens], sent_starts=starts))
            gold = _meantime_names(root, {token.get("t_id"): place for place, token in enumerate(tokens)})
            found = {(ent.start, ent.end, kind) for ent in doc.ents for kind in [_meantime_type(ent.label_)]}
            hits += len(gold & found)
            gold_total += len(gold)
            found_total += len(found)
    return scores(hits, found_total, gold_total)


def _meantime_type(kind: str) -> str:
    return next(name for name, kinds in MEANTIME_TYPES.items() if kind in kinds)


def _meantime_names(root: ET.Element, places: dict[str | None, int]) -> set[Span]:
    """The named mentions with the type of the entity that they refer to."""
    kinds = {entity.get("m_id"): entity.get("ent_type", "") for entity in root.iter("ENTITY")}
    of_mention = {
        source.get("m_id"): kinds.get(target.get("m_id"), "")
        for link in root.iter("REFERS_TO")
        for target in link.findall("target")
        for source in link.findall("source")
    }
    found = set()
    for mention in root.iter("ENTITY_MENTION"):
        words = [places.get(anchor.get("t_id")) for anchor in mention.findall("token_anchor")]
        kind = of_mention.get(mention.get("m_id"), "")
        known = [word for word in words if word is not None]
        if mention.get("syntactic_type") == "NAM" and kind in MEANTIME_TYPES and len(known) == len(words) > 0:
            found.add((min(known), max(known) + 1, kind))
    return found
