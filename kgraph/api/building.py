"""Makes and changes graphs: `build`, `add`, `remove`.

A graph that was added to, corrected or cut down is, byte for byte, the graph built from scratch over the same
articles: what articles say is kept, what follows from it is concluded anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from kgraph import execution, graph, linking, ontology, pipeline
from kgraph.api.graphs import Graph
from kgraph.arguments import day, each, paths, texts
from kgraph.errors import ArticleError, GraphError, JudgementError
from kgraph.incremental.decisions import judgement_file, user_judgements
from kgraph.incremental.fingerprint import fingerprint
from kgraph.incremental.growing import conclude_whole, growing, outdated, said_before, take_in
from kgraph.incremental.intake import Intake, Known, Retracted
from kgraph.incremental.journal import Journal
from kgraph.model import Judgement, Knowledge, Retraction
from kgraph.ontology import Ontology
from kgraph.settings import Settings

__all__ = ["add", "build", "judge", "remove"]

Progress = Callable[[], None]
"""Called after each article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """How articles are read."""

    settings: Settings
    stamp: str
    """The fingerprint of the settings' files, from before any of them is read."""
    ontology: Ontology
    jobs: int = 1
    executor: str | None = None
    with_text: bool = False
    strict: bool = False
    progress: Progress | None = None


def _options(settings: Settings | None, **rest: Any) -> _Options:
    """The options of a call, with the ontology of its settings."""
    chosen = settings or Settings()
    return _Options(settings=chosen, stamp=fingerprint(chosen), ontology=ontology.load(chosen.ontology), **rest)


def build(
    *sources: str | Path | Iterable[str | Path],
    output: str | Path | None = None,
    settings: Settings | None = None,
    jobs: int = 1,
    executor: str | None = None,
    with_text: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> Graph:
    """Read articles into a new graph; with `output` it is also written there, replacing what was there.

    `sources` are paths, folders, globs, web addresses, feeds or `-`, one by one or in lists. What cannot be read is in `Graph.skipped`, or
    raised at once with `strict`. `jobs` processes read articles, or the cluster at `executor` (`dask://HOST:PORT`);
    neither changes the result. `with_text` keeps the articles' texts in the graph.

    Raises `GraphError` where `output` cannot be written or nothing could be read.
    """
    options = _options(settings, jobs=jobs, executor=executor, with_text=with_text, strict=strict, progress=progress)
    given = paths(sources, "sources")
    store = None if output is None else graph.open_store(output, options.settings)
    with nullcontext() if store is None else store.writing():
        if isinstance(store, graph.OxigraphStore) and not store.exists() and not user_judgements(output, options.settings):
            return _in_slices(given, output, store, options)
        news = _read(given, options, known=_unknown, retracted=_unknown, journal=_journal(output, options))
        if not news.said.articles:
            raise GraphError(_nothing_read(news.skipped))
        return _concluded(news.said, output, store, options, news)


def add(
    target: str | Path,
    *sources: str | Path | Iterable[str | Path],
    settings: Settings | None = None,
    jobs: int = 1,
    executor: str | None = None,
    with_text: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> Graph:
    """Read more articles into the graph at `target`, which is made where there is none.

    An article whose id is there already replaces the earlier one and names it as revised, unless its text is the
    same; then it is not read again. Nor is the text of an article that was retracted: it is in `Graph.skipped`.
    """
    options = _options(settings, jobs=jobs, executor=executor, with_text=with_text, strict=strict, progress=progress)
    given = paths(sources, "sources")
    store = graph.open_store(target, options.settings)
    with store.writing():
        with growing(store, target, options.settings, options.ontology, stamp=options.stamp) as growth:
            if growth is not None:
                news = _read(given, options, known=growth.sha256, retracted=growth.retraction, journal=_journal(target, options))
                growth.change(news.said)
                return _kept(Graph(settings=options.settings, store=store, skipped=news.skipped, unchanged=news.unchanged), news)
        before = said_before(store, options.settings) if store.exists() else Knowledge()
        hashes = {article.id: article.sha256 for article in before.articles}
        stones = {stone.article: stone for stone in before.retractions}
        news = _read(given, options, known=hashes.get, retracted=stones.get, journal=_journal(target, options))
        if not news.said.articles and not outdated(store, target, options.settings):
            return Graph(before, settings=options.settings, store=store, skipped=news.skipped, unchanged=news.unchanged)
        return _concluded(pipeline.joined(before, news.said), target, store, options, news)


def remove(
    target: str | Path,
    *articles: str | Iterable[str],
    settings: Settings | None = None,
    retracted: dt.date | str | None = None,
    why: str | None = None,
) -> Graph:
    """Take articles out of the graph at `target`, as if they had never been read.

    With `retracted`, the day they were taken back, a tombstone stays that says so and `why`; that text is not read again
    until the tombstone, too, is removed.
    Raises `GraphError` where an id is not in the graph.
    """
    options, taken_back = _options(settings), day(retracted, "retracted") if retracted is not None else None
    ids = [name for given in articles for name in texts(given, "articles")]
    store = graph.open_store(target, options.settings)
    with store.writing():
        with growing(store, target, options.settings, options.ontology, stamp=options.stamp) as growth:
            if growth is not None:
                stones = {name: stone.sha256 for name in ids if (stone := growth.retraction(name)) is not None}
                hashes = stones | {name: sha256 for name in ids if (sha256 := growth.sha256(name)) is not None}
                growth.change(Knowledge(retractions=_stones(hashes, target, ids, taken_back, why)), gone=hashes)
                return Graph(settings=options.settings, store=store)
        before = said_before(store, options.settings)
        hashes = {stone.article: stone.sha256 for stone in before.retractions} | {one.id: one.sha256 for one in before.articles}
        hashes = {name: sha256 for name, sha256 in hashes.items() if name in ids}
        cut_off = store.cut_off()
        left = [name for name in ids if name in hashes or name not in cut_off]  # others have gone with what was cut off
        fresh = _stones(hashes, target, left, taken_back, why)
        kept = (stone for stone in before.retractions if stone.article not in ids)
        said = replace(pipeline.without(before, hashes), retractions=tuple(sorted((*kept, *fresh), key=lambda r: r.article)))
        return _concluded(said, target, store, options)


def _stones(
    hashes: Mapping[str, str], target: str | Path, articles: Sequence[str], retracted: dt.date | None, why: str | None
) -> tuple[Retraction, ...]:
    """The tombstones of articles that are taken back; raises `GraphError` where one of them has no hash: it is not in the graph."""
    if missing := sorted(set(articles) - set(hashes)):
        raise GraphError(f"{target}: no article has the id {', '.join(missing)} (kgraph query {target} --name articles)")
    if retracted is None:
        return ()
    return tuple(Retraction(article=name, sha256=sha256, when=retracted, why=why) for name, sha256 in sorted(hashes.items()))


def judge(target: str | Path, judgements: Iterable[Judgement], *, settings: Settings | None = None) -> Graph:
    """Keep the user's judgements beside the graph at `target` and conclude the graph anew under them.

    Raises `JudgementError` for a graph on a server, which has no place beside it.
    """
    options = _options(settings)
    path = judgement_file(target)
    if path is None:
        raise JudgementError(f"{target}: give the judgements on a server's graph in a file named by the setting `judgements`")
    store = graph.open_store(target, options.settings)
    with store.writing():
        given = each(Judgement, judgements, "judgements")
        linking.write_judgements(path, given)
        return _concluded(graph.load(store, options.settings), target, store, options)


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What came of reading."""

    said: Knowledge
    skipped: tuple[ArticleError, ...]
    unchanged: int
    journal: Journal


def _in_slices(sources: tuple[str, ...], output: str | Path | None, store: graph.OxigraphStore, options: _Options) -> Graph:
    """A new graph in an Oxigraph folder, which takes in some articles at a time, so that memory does not grow with them."""
    journal = _journal(output, options)
    intake = _intake(options, known=_unknown, retracted=_unknown, journal=journal)
    with store.aside() as aside:
        take = partial(
            take_in,
            target=output,
            store=aside,
            settings=options.settings,
            known=options.ontology,
            stamp=options.stamp,
            open_executor=_cluster(options),
        )
        for _ in _readings(sources, options, intake):
            if intake.waiting >= options.settings.slice_articles:
                take(intake.drained())
        take(intake.said())
        if not aside.exists():
            raise GraphError(_nothing_read(tuple(intake.skipped)))
    journal.close()
    return Graph(settings=options.settings, store=store, skipped=tuple(intake.skipped))


def _concluded(
    said: Knowledge, target: str | Path | None, store: graph.Store | None, options: _Options, news: _News | None = None
) -> Graph:
    """The graph of a ledger, written to its store where it has one."""
    known = conclude_whole(said, target, store, options.settings, options.ontology, stamp=options.stamp, open_executor=_cluster(options))
    skipped, unchanged = ((), 0) if news is None else (news.skipped, news.unchanged)
    return _kept(Graph(known, settings=options.settings, store=store, skipped=skipped, unchanged=unchanged), news)


def _cluster(options: _Options) -> execution.Opener | None:
    """Where facts are fused; processes of this machine would spend more on taking claims along than on fusing them."""
    return None if options.executor is None else execution.opener(1, options.executor)


def _kept(made: Graph, news: _News | None) -> Graph:
    """The graph, which is written; so that the journal is closed."""
    if news is not None:
        news.journal.close()
    return made


def _unknown(article: str) -> None:
    """What a new graph has of any article."""


def _journal(target: str | Path | None, options: _Options) -> Journal:
    """The journal beside the graph; none for a graph in memory or on a server."""
    local = target is not None and not str(target).startswith(("http://", "https://"))
    path = Path(target).with_name(f".{Path(target).name}.journal") if target is not None and local else None
    return Journal(path, options.settings, options.ontology, with_text=options.with_text)


def _read(sources: tuple[str, ...], options: _Options, *, known: Known, retracted: Retracted, journal: Journal) -> _News:
    """What the articles say that the graph does not have in this form; what a killed build had read is not read again."""
    intake = _intake(options, known=known, retracted=retracted, journal=journal)
    for _ in _readings(sources, options, intake):
        pass
    return _News(said=intake.said(), skipped=tuple(intake.skipped), unchanged=intake.unchanged, journal=journal)


def _intake(options: _Options, *, known: Known, retracted: Retracted, journal: Journal) -> Intake:
    return Intake(
        known=known, retracted=retracted, journal=journal, settings=options.settings, with_text=options.with_text, strict=options.strict
    )


def _readings(sources: tuple[str, ...], options: _Options, intake: Intake) -> Iterator[None]:
    """Read the articles into the intake, one by one."""
    open_executor = execution.opener(options.jobs, options.executor)
    articles = intake.unread(sources)
    for result in pipeline.extract(articles, options.settings, jobs=options.jobs, open_executor=open_executor):
        intake.take(result)
        if options.progress is not None:
            options.progress()
        yield


def _nothing_read(skipped: tuple[ArticleError, ...]) -> str:
    return f"no article could be read: {skipped[0]}" if skipped else "no article was given"
