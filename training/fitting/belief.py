"""Measures how sure both extractors are together: `python -m training.fitting.belief OUT ARTICLES GOLD [ARTICLES GOLD …]`.

Logistic regression of what is right over the scores of both, drawn to taking them at their word, with a small offset for each
predicate. Give articles that neither was made from (`python -m training.labelled FOLDER --ids ID` writes those that
newsrooms wrote, `--ids k s` the others). Each set counts as much as any other, so that the few are not outvoted by the many.
Prints what precision and recall each least chance of a claim would give.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from kgraph import language, linking, ontology
from kgraph.extraction import Extractor
from kgraph.extraction.claims.belief import Belief, terms
from kgraph.extraction.relations.labels import PREDICATES
from kgraph.settings import Settings
from tests.quality.gold import read_articles, read_gold
from tests.quality.scoring import is_same, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kgraph.extraction.claims.assembly import Statement

TERMS = (
    *("frames", "frames frame", "frames doubt"),
    *("relations", "relations relation", "relations doubt"),
    *("frames+relations", "frames+relations frame", "frames+relations relation", "frames+relations doubt"),
    *("told", "spoken of", "other subject", "other object", "turned"),
)
PULL = 2.0
"""How strongly the weights are drawn to taking both at their word."""
OFFSET_PULL = 4.0
"""How strongly the offset of a predicate is drawn to zero: many have few facts."""
LEAST = 0.5
"""The least chance of a claim: F1 on articles kept out of training is nearly flat from 0.3 to 0.5, and precision comes first."""
FOLDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A statement, the required fact that it states (None where it is wrong), and its article."""

    statement: Statement
    fact: int | None
    article: str
    counts: float = 1.0
    """How much it counts."""


def main() -> None:
    """Measure, write, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("paths", nargs="+", type=Path, help="articles and gold, in turn")
    arguments = parser.parse_args()
    sets = [observed(*paths) for paths in zip(arguments.paths[::2], arguments.paths[1::2], strict=True)]
    share = sum(len(found) for found, _ in sets) / len(sets)
    seen = [replace(one, counts=share / len(found)) for found, _ in sets for one in found]
    there = sum(required for _, required in sets)
    told = {name: {key: round(value, 3) for key, value in part.items()} for name, part in fitted(seen).items()}
    arguments.out.write_text(json.dumps({**told, "least": LEAST}, indent=1) + "\n", encoding="utf-8")
    report(seen, there)


def observed(articles_path: Path, gold_path: Path) -> tuple[list[Seen], int]:
    """Every statement of the articles, and how many facts are required of them; what may be left out is left out.

    What headings tell is as sure as settings say, and is not among them.
    """
    gold, articles = read_gold(gold_path), read_articles(articles_path)
    facts = defaultdict(list)
    for number, fact in enumerate(gold.facts):
        facts[fact.doc].append((number, fact))
    nlp, extractor = language.load(), Extractor(ontology.load(), Settings())
    seen = []
    for doc, article in nlp.pipe(((article.text, article) for article in articles), as_tuples=True):
        appearances, weighed = extractor.weigh(doc, article)
        linked = linking.link(appearances, [claim for _, claim in weighed], catalogue=linking.load_catalogue(()), judgements=())
        names = {key: entity.names for entity in linked.entities for key in entity.appearances}
        for statement, claim in weighed:
            if statement.candidate.extractor == "layout":
                continue
            (item,) = said([claim], names)
            stated = [(number, fact) for number, fact in facts[article.id] if is_same(item, fact)]
            if not stated or not all(fact.is_optional for _, fact in stated):
                right = next((number for number, fact in stated if not fact.is_optional), None)
                seen.append(Seen(statement=statement, fact=right, article=article.id))
    ids = {article.id for article in articles}
    return seen, sum(not fact.is_optional for fact in gold.facts if fact.doc in ids)


def fitted(seen: list[Seen]) -> dict[str, Any]:
    """The weights of the terms, and the offsets of the predicates that the learnt model knows."""
    names = [*TERMS, *PREDICATES]
    place = {name: index for index, name in enumerate(names)}
    known = [one for one in seen if one.statement.candidate.predicate in PREDICATES]
    rows = np.zeros((len(known), len(names)))
    for row, one in enumerate(known):
        for name, value in terms(one.statement.frame, one.statement.relation, one.statement.around).items():
            rows[row, place[name]] = value
        rows[row, place[one.statement.candidate.predicate]] = 1.0
    truth = np.array([float(one.fact is not None) for one in known])
    counts = np.array([one.counts for one in known])
    start = np.array([float(name.endswith((" frame", " relation"))) for name in names])
    pull = np.array([PULL if name in TERMS else OFFSET_PULL for name in names])

    def cost(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds, away = rows @ weights, weights - start
        error = counts * (1 / (1 + np.exp(-odds)) - truth)
        return float(counts @ (np.logaddexp(0, odds) - truth * odds) + (pull * away * away).sum() / 2), rows.T @ error + pull * away

    weights = minimize(cost, start, jac=True, method="L-BFGS-B").x
    return {
        "weights": {name: float(weights[place[name]]) for name in TERMS},
        "predicates": {name: float(weights[place[name]]) for name in PREDICATES},
    }


def report(seen: list[Seen], there: int) -> None:
    """Precision and recall by the least chance, and how often claims of a chance are right, each fold judged by the others."""
    chances = sorted(judged(seen), key=lambda pair: -pair[0])
    for least in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8):
        claimed = [one for chance, one in chances if chance >= least]
        right = sum(one.fact is not None for one in claimed)
        recall = len({(one.article, one.fact) for one in claimed if one.fact is not None}) / max(1, there)
        print(f"least {least:.2f}: precision {right / max(1, len(claimed)):.3f} recall {recall:.3f}")
    for low in np.arange(0.5, 1.0, 0.1):
        inside = [one.fact is not None for chance, one in chances if low <= chance < low + 0.1]
        print(f"chance {low:.1f} to {low + 0.1:.1f}: {np.mean(inside or [False]):.2f} right of {len(inside)}")


def judged(seen: list[Seen]) -> Iterator[tuple[float, Seen]]:
    """Each statement with its chance by weights from other articles."""
    articles = sorted({one.article for one in seen})
    for fold in range(FOLDS):
        held = set(articles[fold::FOLDS])
        belief = Belief(**fitted([one for one in seen if one.article not in held]))
        for one in seen:
            if one.article in held:
                told = one.statement
                yield belief.chance(told.candidate.predicate, told.frame, told.relation, told.around), one


if __name__ == "__main__":
    main()
