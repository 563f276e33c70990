"""Measures each frame on labelled articles: `python -m training.fitting.frames OUT ARTICLES GOLD [ARTICLES GOLD …]`.

A candidate is right where its claim states a gold fact. The share of right candidates of each frame, and of
each pair of its paths, is smoothed by what the lexicon claims; what pronouns, nominals and places take away
is fitted on top. The tenth of the articles that rules are checked on is left out.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph import language, linking, ontology
from kgraph.extraction.frames.scores import features, logit
from kgraph.extraction.reading import Extractor
from kgraph.ontology.lexicon import read_lexicon
from kgraph.settings import Settings
from tests.quality.gold import read_articles, read_gold
from tests.quality.scoring import is_same, said
from training.corpora.splits import is_development

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.tokens import Doc

    from kgraph.extraction.spans import Candidate
    from kgraph.model import Article
    from tests.quality.gold import Gold

PRIOR = 12.0
"""How many imagined candidates the lexicon's own score counts for; and a frame's for those of its paths."""
ROUNDS = 300
RATE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One candidate and whether it was right."""

    frame: str
    features: tuple[str, ...]
    is_right: bool


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("paths", nargs="+", type=Path, help="articles and gold, in turn")
    arguments = parser.parse_args()
    nlp, extractor = language.load(), Extractor(ontology.load(), Settings())
    seen: list[Observation] = []
    for articles_path, gold_path in zip(arguments.paths[::2], arguments.paths[1::2], strict=True):
        articles = [article for article in read_articles(articles_path) if not is_development(article.id)]
        pairs = nlp.pipe(((article.text, article) for article in articles), as_tuples=True)
        seen += observations(extractor, pairs, read_gold(gold_path))
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(measured(seen), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def observations(extractor: Extractor, pairs: Iterable[tuple[Doc, Article]], gold: Gold) -> Iterator[Observation]:
    """Every candidate of the frames, judged by the facts of its article."""
    facts = defaultdict(list)
    for fact in gold.facts:
        facts[fact.doc].append(fact)
    for doc, article in pairs:
        appearances, judged = extractor.judge(doc, article)
        linked = linking.link(appearances, [claim for _, claim in judged], catalogue=linking.load_catalogue(()), judgements=())
        names = {key: entity.names for entity in linked.entities for key in entity.appearances}
        for candidate, claim in judged:
            (item,) = said([claim], names)
            yield _observed(candidate, is_right=any(is_same(item, fact) for fact in facts[article.id]))


def _observed(candidate: Candidate, *, is_right: bool) -> Observation:
    return Observation(frame=candidate.frame or "", features=tuple(features(candidate.subject, candidate.object)), is_right=is_right)


def measured(seen: list[Observation]) -> dict[str, dict[str, float]]:
    """The chances of frames and paths, and the weights of features."""
    priors = {frame.name: frame.score for frame in read_lexicon([ontology.directory() / "lexicon.ttl"]).frames}
    chances = dict(_smoothed(seen, lambda one: one.frame.split()[0], lambda name: priors.get(name, 0.5)))
    chances |= dict(_smoothed(seen, lambda one: one.frame, lambda name: chances[name.split()[0]]))
    return {"chances": {name: round(chance, 3) for name, chance in chances.items()}, "weights": _weights(seen, chances)}


def _smoothed(seen: list[Observation], key: Callable[[Observation], str], prior: Callable[[str], float]) -> Iterator[tuple[str, float]]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in seen:
        counts[key(one)][0] += one.is_right
        counts[key(one)][1] += 1
    for name, (right, total) in counts.items():
        yield name, (right + PRIOR * prior(name)) / (total + PRIOR)


def _weights(seen: list[Observation], chances: dict[str, float]) -> dict[str, float]:
    """Logistic regression over the features, from the log odds of the frames, with a little shrinkage."""
    names = sorted({name for one in seen for name in one.features})
    weights = dict.fromkeys(names, 0.0)
    for _ in range(ROUNDS):
        slopes = dict.fromkeys(names, 0.0)
        for one in seen:
            odds = logit(chances[one.frame]) + sum(weights[name] for name in one.features)
            error = one.is_right - 1 / (1 + math.exp(-odds))
            for name in one.features:
                slopes[name] += error
        for name in names:
            weights[name] += RATE * (slopes[name] / max(1, len(seen)) * 10 - 0.001 * weights[name])
    return {name: round(weight, 3) for name, weight in weights.items()}


if __name__ == "__main__":
    main()
