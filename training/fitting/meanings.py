"""Measures how much each model counts when it is settled what a word stands for: `python -m training.fitting.meanings`.

Writes kgraph/extraction/model/meanings.json.

Logistic regression over the things that a labelled pronoun or description may stand for, with a weight for what each model says.
It rests on the labelled articles that are kept for development, which neither model was trained on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from kgraph import language, ontology
from kgraph.extraction import Extractor
from kgraph.extraction.model import FILES
from kgraph.extraction.relations.labels import is_name
from kgraph.extraction.relations.meanings import FORMS, terms
from kgraph.extraction.spans import Mention
from kgraph.model import Article
from kgraph.settings import Settings
from training.corpora.articles import article_text
from training.labelled import SETS, read_labelled
from training.relations.articles import RelationReader
from training.relations.readings import as_read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kgraph.extraction.relations.scoring import Heard
    from training.relations.documents import View

Choosing = tuple[str, "NDArray[np.float64]", "NDArray[np.bool_]"]
"""A form, the terms [thing, term] of what a mention may stand for, and which of these are right."""


def observed(data: Path) -> Iterator[Choosing]:
    """The labelled choices in the articles that are kept for development."""
    nlp, extractor = language.load(), Extractor(ontology.load(), Settings())
    labelled = [item for name in SETS for item in read_labelled(name, data, "kept")]
    for doc, item in nlp.pipe(((article_text(item[0]), item) for item in labelled), as_tuples=True):
        _, marked, heard = extractor.hear(doc, Article(id=item[0]["id"], text=doc.text))
        if heard is not None:
            document = RelationReader({item[0]["id"]: as_read(doc, marked.mentions, marked.titles)}).document(*item)
            yield from _choosings(heard, document.views[-1])


def _choosings(heard: Heard, view: View) -> Iterator[Choosing]:
    """The choices of one article in which something right could be chosen."""
    places = {(span.start, span.end, span.kind): place for place, span in enumerate(view.spans)}
    found = {place: places.get((span.start, span.end, span.kind)) for place, span in enumerate(heard.spans)}
    owners = {
        item.appearance: view.owners[there]
        for place, item in enumerate(heard.items)
        if isinstance(item, Mention) and (there := found[place]) is not None and is_name(view.spans[there].kind)
    }
    for place, meant in heard.meant.items():
        item, there = heard.items[place], found[place]
        if isinstance(item, Mention) and there in view.meant:
            told = terms(item, meant)
            right = np.array([owners.get(thing, -1) in view.meant[there] for thing in told])
            if right.any():
                yield item.kind, np.array(list(told.values())), right


def fitted(choosings: list[Choosing]) -> NDArray[np.float64]:
    """The weights of the terms."""

    def cost(weights: NDArray[np.float64]) -> float:
        total = 0.0
        for _, rows, right in choosings:
            odds = rows @ weights
            total -= float(np.logaddexp.reduce(odds[right]) - np.logaddexp.reduce(odds))
        return total

    weights: NDArray[np.float64] = minimize(cost, np.ones(2), method="L-BFGS-B").x
    return weights


def main() -> None:
    """Read the command line, measure, write, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--output", type=Path, default=FILES / "meanings.json")
    arguments = parser.parse_args()
    found = list(observed(arguments.data))
    told = {}
    for form in FORMS:
        mine = [one for one in found if one[0] == form]
        weights = fitted(mine)
        told[form] = {name: round(float(value), 3) for name, value in zip(("heard", "chosen"), weights, strict=True)}
        for name, used in (("chosen", np.array([0.0, 1.0])), ("heard", np.array([1.0, 0.0])), ("both", weights)):
            hits = np.mean([right[(rows @ used).argmax()] for _, rows, right in mine])
            print(f"{form}: {len(mine)} choices, {hits:.3f} as labelled by {name}")
    arguments.output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
