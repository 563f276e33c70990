"""Measures what a pronoun or a description stands for: `python -m training.fitting.choosing FOLDER…`.

It writes kgraph/language/model/choices.json.

Logistic regression over the candidates of each labelled pronoun or description: of folders of labelled articles, of GUM's
development part, where all mentions are labelled, and of GAP's validation part. Give articles that the network was not
trained on, since of those that it was, it already knows the answers. What is chosen first shapes what there is to choose
later, so the texts are read again with the weights found, from the plain scores on.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from scipy.optimize import minimize

import kgraph.language
from kgraph.language.coreference.candidates import find_mentions
from kgraph.language.coreference.choosing import FEATURES, GROUPS, Choice
from kgraph.language.coreference.clusters import Cluster, Linker
from kgraph.language.network.encoder import MODEL
from kgraph.language.network.mentions import KINDS
from training.corpora.articles import ArticleReader, article_text
from training.corpora.pronouns import read_gap, read_gap_rows
from training.corpora.splits import is_development
from training.corpora.treebanks import group_documents, read_gum, read_sentences
from training.labelled import read_folder
from training.measures.trees import gold_doc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    from kgraph.language.components import CoreferenceComponent
    from kgraph.language.coreference.choosing import Candidate
    from training.corpora.documents import Document

ROUNDS = 4
"""How often the texts are read: the weights hardly move after that."""
PULL, GROUP_PULL = 1.0, 3.0
"""How strongly the weights that all groups share, and those of each group beside them, are drawn to zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """A mention, the features [candidate, feature] of what it may stand for, and which of these are right."""

    group: int
    rows: NDArray[np.float64]
    right: NDArray[np.bool_]


Seen = list[tuple[int, "NDArray[np.float64]", list[list[int]]]]
"""The head of a mention, its features, and the heads of the mentions of each candidate."""


class Observer(Linker):
    """Notes what there was to choose from."""

    def __init__(self, seen: Seen, choice: Choice, *known: Any) -> None:
        super().__init__(*known)
        self._seen, self._choice = seen, choice

    def chosen(self, index: int, found: Sequence[tuple[Cluster, Candidate]]) -> Cluster:
        """As the weights so far choose."""
        heads = [[self._mentions[place].head for place in cluster.members] for cluster, _ in found]
        self._seen.append((self._mentions[index].head, self.rows(index, found), heads))
        return super().chosen(index, found)


def choosings(document: Document, seen: Seen) -> Iterator[Choosing]:
    """The labelled choices of one document."""
    owners = {mention.head: owner for mention, owner in zip(document.mentions, document.clusters, strict=True)}
    kinds = {mention.head: KINDS[mention.kind] for mention in document.mentions if mention.kind}
    for head, rows, candidates in seen:
        if head in kinds:
            told = [Counter(owners[other] for other in heads if other in owners).most_common(1) for heads in candidates]
            right = np.array([bool(found) and found[0][0] == owners[head] for found in told])
            if right.any():
                yield Choosing(group=GROUPS[kinds[head]], rows=rows, right=right)


def read(nlp: Language, folders: Sequence[Path], data: Path) -> list[tuple[Document, Doc]]:
    """The documents of all sets as they are labelled and as they are read, without articles that are kept for development."""
    reader = ArticleReader()
    labelled = [item for folder in folders for item in read_folder(folder) if not is_development(item[0]["id"])]
    gum, gap = data / "gum/gum-open-dev.conllu.gz", data / "gap/gap-validation.tsv.gz"
    documents = [reader.document(*item) for item in labelled]
    texts: list[str | Doc] = [article_text(record) for record, _, _ in labelled]
    documents += read_gum(gum, {})
    texts += [gold_doc(nlp.vocab, group) for group in group_documents(read_sentences(gum))]
    documents += read_gap(gap)
    texts += [row["Text"] for row in read_gap_rows(gap)]
    return list(zip(documents, nlp.pipe(texts), strict=True))


def observed(component: CoreferenceComponent, read: Sequence[tuple[Document, Doc]], choice: Choice) -> list[Choosing]:
    """The labelled choices of documents."""
    found: list[Choosing] = []
    for document, doc in read:
        seen: Seen = []
        mentions = find_mentions(doc, doc._.reading, doc._.word_tokens)
        if len(mentions) > 1:
            component.groups(doc, mentions, partial(Observer, seen, choice))
        found += choosings(document, seen)
    return found


def fitted(choosings: Sequence[Choosing]) -> NDArray[np.float64]:
    """The weights [group, feature]; columns are brought to one scale, so that all are drawn to zero alike."""
    groups, width = max(GROUPS.values()) + 1, len(FEATURES)
    spread = np.concatenate([one.rows for one in choosings]).std(0) + 1e-3
    scaled = [(one.group, one.rows / spread, one.right) for one in choosings]

    def cost(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        shared, own = flat[:width], flat[width:].reshape(groups, width)
        total = float(PULL * (shared**2).sum() + GROUP_PULL * (own**2).sum())
        slope_shared, slope_own = 2 * PULL * shared, 2 * GROUP_PULL * own
        for group, rows, right in scaled:
            odds = rows @ (shared + own[group])
            chances = np.exp(odds - np.logaddexp.reduce(odds))
            told = chances * right / (chances @ right)
            total -= float(np.log(chances @ right))
            slope = (chances - told) @ rows
            slope_shared = slope_shared + slope
            slope_own[group] += slope
        return total, np.concatenate([slope_shared, slope_own.ravel()])

    flat = minimize(cost, np.zeros(width * (groups + 1)), jac=True, method="L-BFGS-B").x
    weights: NDArray[np.float64] = (flat[:width] + flat[width:].reshape(groups, width)) / spread
    return weights


def main() -> None:
    """Read the command line, measure, write, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--output", type=Path, default=MODEL / "choices.json")
    arguments = parser.parse_args()
    nlp = kgraph.language.load()
    component = cast("CoreferenceComponent", nlp.get_pipe("kgraph_coreference"))
    documents = read(nlp, arguments.folders, arguments.data)
    choice = Choice.plain()
    for _ in range(ROUNDS):
        found = observed(component, documents, choice)
        choice = Choice(weights=fitted(found))
        hits = np.mean([one.right[(one.rows @ choice.weights[one.group]).argmax()] for one in found])
        print(f"{len(found)} choices, {hits:.3f} of them as labelled")
    told = [{name: round(float(value), 3) for name, value in zip(FEATURES, row, strict=True)} for row in choice.weights]
    arguments.output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
