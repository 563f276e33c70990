"""The one place that knows the order of stages: articles to `Knowledge`.

    read ─▶ extract (in processes) ─▶ assemble (link, fuse, compare)

A graph that is built, added to or corrected goes through the same calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from kgraph import analysis, execution, fusion, language, linking, ontology
from kgraph.errors import ArticleError
from kgraph.extraction import Extractor
from kgraph.model import Article, Judgement, Knowledge, Reading
from kgraph.settings import Settings

if TYPE_CHECKING:
    import spacy

__all__ = ["assemble", "extract"]

AHEAD = 3
"""Batches in flight for each process: enough to keep it busy, few enough to bound memory."""


def extract(
    articles: Iterable[Article], settings: Settings, *, jobs: int = 1, open_executor: execution.Opener | None = None
) -> Iterator[Reading | ArticleError]:
    """What each article says, in the order of the articles; an article whose worker died twice is its error."""
    batches = execution.run(
        partial(_read_batch, settings), articles, size=settings.batch_articles, ahead=AHEAD * jobs, open_executor=open_executor
    )
    for result in batches:
        if isinstance(result, execution.Failure):
            yield ArticleError(result.item.id, f"its worker died twice ({result.cause})")
        else:
            yield result


def _read_batch(settings: Settings, articles: Sequence[Article]) -> list[Reading]:
    nlp, extractor = _models(settings)
    pairs = nlp.pipe(((article.text, article) for article in articles), as_tuples=True)
    return list(extractor.read(pairs))


@lru_cache(maxsize=1)
def _models(settings: Settings) -> tuple[spacy.Language, Extractor]:
    """Loaded once in each process."""
    return language.load(settings), Extractor(ontology.load(settings.ontology), settings)


def assemble(readings: Iterable[Reading], settings: Settings, *, judgements: Iterable[Judgement] = ()) -> Knowledge:
    """Entities, facts and disagreements over all `readings`; the same for any order of them."""
    known = ontology.load(settings.ontology)
    ordered = sorted(readings, key=lambda reading: reading.article.id)
    articles = tuple(reading.article for reading in ordered)
    appearances = tuple(sorted((a for reading in ordered for a in reading.appearances), key=lambda a: a.key))
    claims = tuple(
        sorted((c for reading in ordered for c in reading.claims if c.confidence >= settings.min_confidence), key=lambda c: c.id)
    )
    linked = linking.link(appearances, claims, catalogue=linking.load_catalogue(settings.catalogue), judgements=judgements)
    facts = fusion.fuse(articles, claims, linked.entities, known, sources=fusion.load_sources(settings.sources))
    knowledge = Knowledge(
        articles=articles,
        appearances=appearances,
        claims=claims,
        entities=linked.entities,
        facts=facts,
        judgements=linked.judgements,
    )
    return replace(knowledge, disagreements=analysis.disagreements(knowledge, known))
