"""The one place that knows the order of stages: articles to `Knowledge`.

    articles ─extract (in processes)─▶ Reading ─ledger─▶ what they say ─conclude (link, fuse, compare)─▶ Knowledge

A graph that is built, added to, corrected or judged anew goes through the same calls.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from kgraph import execution, fusion, linking, ontology
from kgraph.errors import ArticleError, GraphError
from kgraph.model import Article, Claim, Entity, Fact, Judgement, Knowledge, Reading
from kgraph.settings import Settings

__all__ = ["conclude", "extract", "joined", "ledger", "without"]

GROUPS, GROUPS_AHEAD = 500, 32
"""Keys whose claims are fused in one call, and calls in flight."""

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
    return [_sure(_quoted(reading), settings.min_confidence) for reading in extractor.read(pairs)]


def _quoted(reading: Reading) -> Reading:
    """The reading, all of whose quotes stand in its article: what the text does not say never reaches a graph."""
    for claim in reading.claims:
        quote = claim.quote
        if reading.article.text[quote.start : quote.end] != quote.exact:
            raise AssertionError(f"{reading.article.id}: {quote.exact!r} is not what stands at {quote.start} to {quote.end}")
    return reading


def _sure(reading: Reading, least: float) -> Reading:
    """The reading without claims below the least confidence."""
    return replace(reading, claims=tuple(claim for claim in reading.claims if claim.confidence >= least))


@lru_cache(maxsize=1)
def _models(settings: Settings) -> tuple[Any, Any]:
    """The spaCy pipeline and the extractor, loaded once in each process, and only in those that read articles."""
    from kgraph import language
    from kgraph.extraction import Extractor

    return language.load(names=settings.names), Extractor(ontology.load(settings.ontology), settings)


def ledger(readings: Iterable[Reading], *, with_text: bool = False) -> Knowledge:
    """What the articles say, before anything is concluded; without `with_text` their texts are left out."""
    read = sorted(readings, key=lambda reading: reading.article.id)
    return Knowledge(
        articles=tuple(reading.article if with_text else replace(reading.article, text="") for reading in read),
        appearances=tuple(sorted((a for reading in read for a in reading.appearances), key=lambda a: a.key)),
        claims=tuple(sorted((c for reading in read for c in reading.claims), key=lambda c: c.id)),
    )


def joined(before: Knowledge, fresh: Knowledge) -> Knowledge:
    """One ledger of two; an article of `fresh` replaces the one of `before` with its id and lifts its retraction."""
    ids = {article.id for article in fresh.articles}
    kept = without(before, ids)
    return Knowledge(
        articles=tuple(sorted((*kept.articles, *fresh.articles), key=lambda a: a.id)),
        appearances=tuple(sorted((*kept.appearances, *fresh.appearances), key=lambda a: a.key)),
        claims=tuple(sorted((*kept.claims, *fresh.claims), key=lambda c: c.id)),
        retractions=tuple(r for r in kept.retractions if r.article not in ids),
    )


def without(before: Knowledge, ids: Container[str]) -> Knowledge:
    """The ledger of `before` without some articles."""
    return Knowledge(
        articles=tuple(article for article in before.articles if article.id not in ids),
        appearances=tuple(appearance for appearance in before.appearances if appearance.article not in ids),
        claims=tuple(claim for claim in before.claims if claim.article not in ids),
        retractions=before.retractions,
    )


def conclude(
    said: Knowledge, settings: Settings, *, judgements: Iterable[Judgement] = (), open_executor: execution.Opener | None = None
) -> Knowledge:
    """Entities, facts and disagreements over a ledger; whatever was concluded before is made anew.

    Facts are fused in this process, or, key by key, in the executor that `open_executor` opens.
    """
    from kgraph import analysis

    known = ontology.load(settings.ontology)
    catalogue = linking.load_catalogue(settings.catalogue)
    linked = linking.link(said.appearances, said.claims, catalogue=catalogue, judgements=judgements)
    facts = _fused(said, linked.entities, settings, known, open_executor)
    concluded = replace(said, entities=linked.entities, facts=facts, judgements=linked.judgements, disagreements=())
    return replace(concluded, disagreements=tuple(sorted(analysis.disagreements(concluded, known), key=lambda found: found.id)))


def _fused(
    said: Knowledge, entities: Sequence[Entity], settings: Settings, known: ontology.Ontology, open_executor: execution.Opener | None
) -> tuple[Fact, ...]:
    """The facts of a ledger: a group of claims with one key is fused by itself, wherever there is room."""
    if open_executor is None:
        return fusion.fuse(said.articles, said.claims, entities, known, sources=fusion.load_sources(settings.sources))
    heads = {article.id: replace(article, text="") for article in said.articles}
    groups = (
        _Group(key=key, claims=tuple(claims), articles={claim.article: heads[claim.article] for claim in claims})
        for key, claims in fusion.grouped(said.claims, entities, known).items()
    )
    found: list[Fact] = []
    for result in execution.run(partial(_fuse_batch, settings), groups, size=GROUPS, ahead=GROUPS_AHEAD, open_executor=open_executor):
        if isinstance(result, execution.Failure):
            raise GraphError(f"the worker that fused the claims on {'-'.join(filter(None, result.item.key))} died twice ({result.cause})")
        found += result
    return tuple(sorted(found, key=lambda fact: fact.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """The claims on one key, with their articles: all that their facts depend on."""

    key: fusion.Key
    claims: tuple[Claim, ...]
    articles: dict[str, Article]


def _fuse_batch(settings: Settings, groups: Sequence[_Group]) -> list[list[Fact]]:
    known, sources = _weighing(settings)
    return [list(fusion.fuse_group(group.key, group.claims, group.articles, known, sources)) for group in groups]


@lru_cache(maxsize=1)
def _weighing(settings: Settings) -> tuple[ontology.Ontology, fusion.Sources]:
    """What fusion needs beside claims, loaded once in each worker."""
    return ontology.load(settings.ontology), fusion.load_sources(settings.sources)
