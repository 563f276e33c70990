"""Changes a graph in an Oxigraph folder by what a change can touch, where the graph's index allows it.

Beside the graph lies an index of its names, made when the graph is written as a whole. It is void, so that the graph is
concluded as a whole once more, after kgraph, its ontology, the settings or a file they name have changed, and after a
change that was cut off. A graph under the judgements of a user has none.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from kgraph import execution, graph, linking, pipeline
from kgraph.errors import GraphError
from kgraph.incremental.decisions import user_judgements
from kgraph.incremental.touching import Touching
from kgraph.model import Knowledge
from kgraph.ontology import Ontology
from kgraph.settings import Settings

__all__ = ["Growing", "conclude_whole", "growing", "outdated", "said_before", "take_in"]

logger = logging.getLogger(__name__)

_NEXT = "the next change will conclude the whole graph"


class Growing:
    """A graph that can be changed in parts."""

    def __init__(self, part: graph.Part, names: linking.LinkIndex, settings: Settings, known: Ontology) -> None:
        self._part = part
        self._known = known
        self._names = names
        self._settings = settings
        self.sha256 = part.sha256
        """The hash of the text that the graph has of an article; None of one that it has not."""
        self.retraction = part.retraction
        """The tombstone of an article; None where there is none."""

    def change(self, fresh: Knowledge, *, gone: Collection[str] = ()) -> None:
        """Take articles out, and those of `fresh` in, in place of what the graph has under their ids."""
        if not fresh.articles and not gone:
            return
        former = {article.id for article in fresh.articles if self.sha256(article.id) is not None}
        touching = Touching(self._part, self._names, self._settings, self._known)
        changes = touching.changes(fresh, gone={*gone, *former})
        applied = False
        try:
            with self._names.settling(gone, undone=graph.Unlocked):
                self._part.apply(changes)
                applied = True
        except (sqlite3.Error, OSError) as error:
            if not applied:
                raise
            logger.warning("the change is in the graph, but its index cannot be written (%s): %s", error, _NEXT)


@contextmanager
def growing(store: graph.Store, target: str | Path | None, settings: Settings, known: Ontology, *, stamp: str) -> Iterator[Growing | None]:
    """The graph in parts; None where it must be concluded as a whole: where its index was not made under `stamp`.

    `stamp` is the fingerprint from before the first article, so that a file that changes meanwhile makes the index void at the end.
    """
    if not isinstance(store, graph.OxigraphStore) or not store.exists() or user_judgements(target, settings):
        yield None
        return
    with closing(_names(store, settings, stamp)) as names:
        if not names.current:
            logger.info("%s: no index of this version fits the graph, so it is concluded as a whole", store.index)
            yield None
            return
        try:
            yield Growing(store.parts(known), names, settings, known)
        except sqlite3.Error as error:
            raise GraphError(f"{store.index}: {error}") from error


def outdated(store: graph.Store, target: str | Path, settings: Settings) -> bool:
    """Whether a graph that cannot be changed in parts must be concluded again even where no article comes or goes.

    A change of it was cut off, or it is a folder that could be changed in parts if only it had its index.
    """
    return store.exists() and (not store.settled() or (isinstance(store, graph.OxigraphStore) and not user_judgements(target, settings)))


def said_before(store: graph.Store, settings: Settings) -> Knowledge:
    """What a store holds; where a change was cut off, an article that is still there was not taken back."""
    before = graph.load(store, settings)
    if store.settled():
        return before
    logger.warning("a change of this graph was cut off; it is concluded and written once more")
    there = {article.id for article in before.articles}
    return replace(before, retractions=tuple(stone for stone in before.retractions if stone.article not in there))


def take_in(
    said: Knowledge,
    target: str | Path | None,
    store: graph.Store,
    settings: Settings,
    known: Ontology,
    *,
    stamp: str,
    open_executor: execution.Opener | None = None,
) -> None:
    """Put what new articles say into a store: the first as a whole, those that follow by what they touch."""
    with growing(store, target, settings, known, stamp=stamp) as growth:
        if growth is not None:
            growth.change(said)
        elif said.articles:
            conclude_whole(said, target, store, settings, known, stamp=stamp, open_executor=open_executor)


def conclude_whole(
    said: Knowledge,
    target: str | Path | None,
    store: graph.Store | None,
    settings: Settings,
    known: Ontology,
    *,
    stamp: str,
    open_executor: execution.Opener | None = None,
) -> Knowledge:
    """Conclude a ledger under the judgements on the graph at `target`, and write it, with its index, to its store."""
    judged = user_judgements(target, settings)
    concluded = pipeline.conclude(said, settings, judgements=judged, open_executor=open_executor)
    if store is not None:
        graph.save(store, concluded, settings, known)
    if isinstance(store, graph.OxigraphStore) and not judged:
        _index(said, store, settings, stamp)
    return concluded


def _index(said: Knowledge, store: graph.OxigraphStore, settings: Settings, stamp: str) -> None:
    """Make the index of a graph that was written as a whole; the graph is good without one."""
    catalogue = linking.load_catalogue(settings.catalogue)
    try:
        with closing(_names(store, settings, stamp)) as names, names.settling():
            linking.relink(names, said.appearances, said.claims, gone=(), catalogue=catalogue)
    except (sqlite3.Error, OSError) as error:
        logger.warning("%s: cannot be written (%s): %s", store.index, error, _NEXT)


def _names(store: graph.OxigraphStore, settings: Settings, stamp: str) -> linking.LinkIndex:
    return linking.LinkIndex(store.index, linking.load_catalogue(settings.catalogue), stamp)
