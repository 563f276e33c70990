"""Measures the shipped relation model on KnowledgeNet, CORE, FIRE and labelled articles, for `training.evaluate`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Doc

from kgraph import language
from kgraph.extraction.marking.things.mentions import find_mentions
from kgraph.extraction.marking.times.moments import find_moments
from kgraph.extraction.relations.labels import LABELS, SYMMETRIC
from kgraph.extraction.relations.scoring import RelationModel
from kgraph.extraction.spans import Marked, Mention
from kgraph.model import AppearanceKey, Article, EntityType
from training.corpora.files import read_records
from training.relations.alignment import PRONOUNS
from training.relations.corpora import (
    CORE,
    FIRE,
    KNOWLEDGENET,
    KNOWLEDGENET_DEVELOPMENT_FOLD,
    core_document,
    is_core_development,
    read_fire,
)
from training.relations.documents import LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from training.relations.documents import RelationDocument

Scores = dict[tuple[int, int], "NDArray[np.float32]"]
"""Calibrated logits by pair of spans."""
LEAST = 0.3
"""The least score of a relation that counts: these sets ask about texts that are dense in their relations."""
Fact = tuple[str, tuple[int, int], tuple[int, int]]


def measure_knowledgenet(path: Path) -> dict[str, float]:
    """Text F1 by the set's own rule: right property, both spans overlap; of the fold kept for development, if the file has it."""
    records = read_records(path)
    kept = [record for record in records if record["fold"] == KNOWLEDGENET_DEVELOPMENT_FOLD] or records
    passages: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for record in kept:
        passages.setdefault((record["doc"], record["passage_start"]), []).append(record)
    nlp, model = language.load(), RelationModel.load()
    groups = list(passages.values())
    right = claimed = there = 0
    for doc, group in nlp.pipe(((group[0]["passage"], group) for group in groups), as_tuples=True):
        gold = [(r["property"], _ends(r["subject"]), _ends(r["object"])) for r in group if r["subject"]]
        asked = {record["property"] for record in group}
        found = [fact for fact in _knowledgenet_facts(model, doc) if fact[0] in asked]
        right += _matches(gold, found)
        claimed, there = claimed + len(found), there + len(gold)
    return _figures(right, claimed, there)


def _ends(argument: dict[str, Any]) -> tuple[int, int]:
    return argument["start"], argument["end"]


def _knowledgenet_facts(model: RelationModel, doc: Doc) -> list[Fact]:
    """The facts of a passage by mention; pronouns count even where they refer out of it, and adjectives of place."""
    _, mentions = find_mentions(doc, Article(id="passage", text=doc.text))
    taken = {place for mention in mentions for place in range(mention.start, mention.end)}
    extra = []
    for token in doc:
        kind = PRONOUNS.get(token.lower_) or ("Place" if token.pos_ == "ADJ" and token.text[:1].isupper() else None)
        if kind and token.i not in taken:
            form: Any = "pronoun" if token.lower_ in PRONOUNS else "name"
            key = AppearanceKey(f"word{token.i}")
            extra.append(Mention(start=token.i, end=token.i + 1, head=token.i, appearance=key, type=EntityType(kind), kind=form))
    marked = Marked(mentions=tuple(sorted([*mentions, *extra])), amounts=(), moments=tuple(find_moments(doc, None)), titles=())
    found = []
    labels = {name.lstrip("-"): (property_, name.startswith("-")) for property_, (name, _, _) in KNOWLEDGENET.items()}
    heard = model.hear(doc, marked, least=LEAST)
    for label, *places in sorted(heard.chances):
        if LABELS[label] in labels:
            items = [heard.items[place] for place in places]
            ends = [(doc[item.start].idx, doc[item.end - 1].idx + len(doc[item.end - 1])) for item in items]
            property_, turned = labels[LABELS[label]]
            found.append((property_, *(reversed(ends) if turned else ends)))
    return found


def _matches(gold: Sequence[Fact], found: Iterable[Fact]) -> int:
    """How many found facts match a gold fact of their own."""
    free = list(gold)
    right = 0
    for name, subject, object_ in found:
        hit = next((f for f in free if f[0] == name and _overlap(f[1], subject) and _overlap(f[2], object_)), None)
        if hit is not None:
            free.remove(hit)
            right += 1
    return right


def _overlap(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def measure_core(path: Path) -> dict[str, float]:
    """Micro and macro F1 of the relation of a pair with its direction; of the part kept for development, if it is there."""
    records = read_records(path)
    kept = [record for record in records if is_core_development(record)] or records
    labels = [name.lstrip("-") for name in CORE.values()]
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("right", "claimed", "there")}
    for record, scores in zip(kept, _scores([core_document(record, typed=False) for record in kept]), strict=True):
        told = CORE.get(record["relation"], _NONE)
        guess, backwards = _core_guess(scores, labels)
        gold = told.lstrip("-")
        told_backwards = told.startswith("-") != bool(record["invert_relation"])
        counts["there"][gold] += 1
        counts["claimed"][guess] += 1
        counts["right"][gold] += guess == gold and (gold in SYMMETRIC or told_backwards == backwards)
    there, claimed, right = (counts[name] for name in ("there", "claimed", "right"))
    f1 = [2 * right[name] / max(1, claimed[name] + there[name]) for name in labels if there[name]]
    sums = (sum(count[name] for name in labels) for count in (right, claimed, there))
    return {**_figures(*sums), "macro_f1": float(np.mean(f1))}


_NONE = "undefined"
_LEAST_LOGIT = float(np.log(LEAST / (1 - LEAST)))


def _core_guess(scores: Scores, labels: Sequence[str]) -> tuple[str, bool]:
    """The label of the two spans and whether it runs from the second to the first."""
    rows = [(float(scores[pair][LABEL[name]]), name, pair == (1, 0)) for pair in ((0, 1), (1, 0)) if pair in scores for name in labels]
    best = max(rows, default=(-1.0, _NONE, False))
    return (best[1], best[2]) if best[0] > _LEAST_LOGIT else (_NONE, False)


def measure_fire(path: Path) -> dict[str, float]:
    """Micro F1 of the seven relations that have a label, between gold entities."""
    right = claimed = there = 0
    documents = list(read_fire(path))
    names = {LABEL[name.lstrip("-")] for name in FIRE.values()}
    for document, scores in zip(documents, _scores(documents), strict=True):
        gold = {(e.subject, e.object, e.label) for e in document.views[0].evidence if e.label in names}
        found = {(i, j, label) for (i, j), row in scores.items() for label in names if row[label] > _LEAST_LOGIT}
        right, claimed, there = right + len(gold & found), claimed + len(found), there + len(gold)
    return _figures(right, claimed, there)


def _scores(documents: Iterable[RelationDocument]) -> Iterator[Scores]:
    """The calibrated logits of the pairs of spans of each document."""
    nlp, model = language.load(), RelationModel.load()
    for document in documents:
        doc = nlp(Doc(nlp.vocab, words=document.words))
        found: Scores = {}
        for segment, logits, _ in model.read(doc._.reading, document.views[0].spans):
            for (i, j), row in zip(segment.pairs[:, :2].tolist(), logits, strict=True):
                pair = (segment.spans[i], segment.spans[j])
                found[pair] = np.maximum(found[pair], row) if pair in found else row
        yield found


def _figures(right: int, claimed: int, there: int) -> dict[str, float]:
    precision, recall = right / max(1, claimed), right / max(1, there)
    return {"precision": precision, "recall": recall, "f1": 2 * right / max(1, claimed + there), "facts": float(there)}
