"""Scores coreference: the CoNLL average on GUM without singletons, and pronouns to names on GAP."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

import kgraph.language
from kgraph.language.coreference.candidates import noun_phrase
from training.corpora.articles import ArticleReader, article_text
from training.corpora.pronouns import read_gap_rows
from training.corpora.splits import is_development
from training.corpora.treebanks import entity_spans, group_documents, read_sentences
from training.labelled import read_folder
from training.measures.counts import f1, scores
from training.measures.trees import gold_doc

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc, Span

Place = tuple[int, int]
Clusters = list[frozenset[Place]]


def measure_gum(path: Path) -> dict[str, float]:
    """MUC, B³, CEAFe and their mean on the tokens of GUM documents; groups of one mention are left out."""
    nlp = kgraph.language.load()
    groups = list(group_documents(read_sentences(path)))
    totals = {name: np.zeros(4) for name in _METRICS}
    mentions = np.zeros(3)
    for sentences, doc in zip(groups, nlp.pipe(gold_doc(nlp.vocab, group) for group in groups), strict=True):
        cells = [re.search(r"Entity=([^|]*)", row[9]) for sentence in sentences for row in sentence.rows]
        spans = entity_spans([match[1] if match else "" for match in cells])
        by_group: dict[str, set[Place]] = {}
        for start, end, group, _ in spans:
            by_group.setdefault(group, set()).add((start, end))
        gold = [frozenset(places) for places in by_group.values() if len(places) > 1]
        found = doc_clusters(doc)
        for name, metric in _METRICS.items():
            totals[name] += metric(gold, found)
        gold_set, found_set = (set().union(*clusters) if clusters else set() for clusters in (gold, found))
        mentions += len(gold_set & found_set), len(found_set), len(gold_set)
    figures = {name: _f1_of(total) for name, total in totals.items()}
    return {"CoNLL F1": sum(figures.values()) / 3, **figures, "mentions F1": f1(*mentions)}


def doc_clusters(doc: Doc) -> Clusters:
    """The clusters of a Doc as sets of token spans, as GUM would mark them."""
    clusters = [frozenset(map(gum_span, cluster)) for cluster in doc._.clusters]
    return [cluster for cluster in clusters if len(cluster) > 1]


def gum_span(span: Span) -> Place:
    """A mention as GUM marks it: a name with its title, article and what else belongs to it."""
    if span.label_:
        span = noun_phrase(span, span.root)
    end = span.end
    if end < len(span.doc) and span.doc[end].tag_ == "POS":
        end += 1
    return span.start, end


def _f1_of(total: np.ndarray) -> float:
    """F1 of (recall hits, gold, precision hits, found)."""
    recall = total[0] / total[1] if total[1] else 0.0
    precision = total[2] / total[3] if total[3] else 0.0
    return float(2 * precision * recall / (precision + recall)) if precision + recall else 0.0


def _muc(gold: Clusters, found: Clusters) -> tuple[float, float, float, float]:
    def links(clusters: Clusters, others: Clusters) -> tuple[int, int]:
        owner = {place: number for number, other in enumerate(others) for place in other}
        hits = total = 0
        for cluster in clusters:
            parts = {owner.get(place, ("alone", place)) for place in cluster}
            hits += len(cluster) - len(parts)
            total += len(cluster) - 1
        return hits, total

    return (*links(gold, found), *links(found, gold))


def _b_cubed(gold: Clusters, found: Clusters) -> tuple[float, float, float, float]:
    def overlap(clusters: Clusters, others: Clusters) -> tuple[float, int]:
        owner = {place: other for other in others for place in other}
        hits = 0.0
        for cluster in clusters:
            hits += sum(len(cluster & owner.get(place, frozenset())) / len(cluster) for place in cluster)
        return hits, sum(len(cluster) for cluster in clusters)

    return (*overlap(gold, found), *overlap(found, gold))


def _ceaf(gold: Clusters, found: Clusters) -> tuple[float, float, float, float]:
    if not gold or not found:
        return 0.0, len(gold), 0.0, len(found)
    similar = np.array([[2 * len(one & other) / (len(one) + len(other)) for other in found] for one in gold])
    rows, columns = linear_sum_assignment(-similar)
    hits = float(similar[rows, columns].sum())
    return hits, len(gold), hits, len(found)


_METRICS = {"MUC F1": _muc, "B3 F1": _b_cubed, "CEAFe F1": _ceaf}


def measure_articles(path: Path) -> dict[str, float]:
    """What labelled articles tell: pronouns and descriptions joined to the right entity, and names to no other.

    Of the folder's articles only those kept for development count.
    """
    nlp = kgraph.language.load()
    reader = ArticleReader()
    labelled = [item for item in read_folder(path) if is_development(item[0]["id"])]
    documents = [reader.document(*item) for item in labelled]
    texts = [article_text(record) for record, _, _ in labelled]
    counts: Counter[str] = Counter()
    for document, doc in zip(documents, nlp.pipe(texts), strict=True):
        tokens = doc._.word_tokens
        cluster_of = {token.i: number for number, cluster in enumerate(doc._.clusters) for span in cluster for token in _core(span)}
        heads = [int(tokens[mention.head]) for mention in document.mentions]
        members = list(zip(document.mentions, document.clusters, (cluster_of.get(head) for head in heads), strict=True))
        names = [(cluster, found) for mention, cluster, found in members if mention.kind == 0]
        for mention, cluster, found in members:
            if mention.kind != 0:
                inside = {other for other, other_found in names if found is not None and other_found == found}
                counts["right" if cluster in inside else "wrong" if inside else "open"] += 1
        for (first, found_first), (second, found_second) in combinations(names, 2):
            joined = found_first is not None and found_first == found_second
            counts["pair hits"] += joined and first == second
            counts["pairs found"] += joined
            counts["pairs gold"] += first == second
    linked = counts["right"] + counts["wrong"] + counts["open"]
    pairs = scores(counts["pair hits"], counts["pairs found"], counts["pairs gold"])
    return {
        **{name: counts[name] / max(1, linked) for name in ("right", "wrong", "open")},
        "mentions": linked,
        **{f"name pairs {name}": value for name, value in pairs.items()},
    }


def _names(span: Span, first: int, last: int) -> bool:
    """Whether a mention is of the name at these characters: a name that overlaps it, or anything with its head in it."""
    overlaps = span.start_char < last and span.end_char > first
    return overlaps and (bool(span.label_) or first <= span.root.idx < last)


def _core(span: Span) -> Span:
    """The words by which a mention is known: all of a name, the root of anything else."""
    return span if span.label_ else span.doc[span.root.i : span.root.i + 1]


def measure_gap(path: Path) -> dict[str, float]:
    """The official GAP scores: is each of the two names in the cluster of the pronoun?"""
    nlp = kgraph.language.load()
    rows = read_gap_rows(path)
    counts = {gender: np.zeros(3, dtype=int) for gender in ("masculine", "feminine")}
    for row, doc in zip(rows, nlp.pipe(row["Text"] for row in rows), strict=True):
        gender = "masculine" if row["Pronoun"].lower() in {"he", "him", "his"} else "feminine"
        start = int(row["Pronoun-offset"])
        same = [span for cluster in doc._.clusters if any(s.start_char == start for s in cluster) for span in cluster]
        for side in "AB":
            first = int(row[f"{side}-offset"])
            last = first + len(row[side])
            found = any(_names(span, first, last) for span in same)
            gold = row[f"{side}-coref"].upper() == "TRUE"
            counts[gender] += found and gold, found, gold
    figures = scores(*(int(value) for value in sum(counts.values(), np.zeros(3, dtype=int))))
    masculine, feminine = (f1(*counts[gender]) for gender in ("masculine", "feminine"))
    return {**figures, "masculine F1": masculine, "feminine F1": feminine, "bias": feminine / masculine if masculine else 0.0}
