"""Which articles a build still has to read, and what has come of those it read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kgraph import pipeline
from kgraph.errors import ArticleError
from kgraph.incremental.journal import Journal
from kgraph.model import Article, Knowledge, Reading, Retraction
from kgraph.settings import Settings

__all__ = ["Intake", "Known", "Retracted"]

Known = Callable[[str], str | None]
"""The hash of the text that a graph has of an article, by its id."""

Retracted = Callable[[str], Retraction | None]
"""The tombstone of an article that was taken back, by its id."""

JOURNAL_EVERY = 64
"""Articles read between two entries of the journal: what a killed build loses at most."""


class Intake:
    """The intake of one build: articles go out unread and come back as readings or errors."""

    def __init__(self, *, known: Known, retracted: Retracted, journal: Journal, settings: Settings, with_text: bool, strict: bool) -> None:
        self.skipped: list[ArticleError] = []
        self.unchanged = 0
        """Articles that the graph has in this form already."""
        self._journal = journal
        self._settings = settings
        self._with_text = with_text
        self._strict = strict
        self._known = known
        self._retracted = retracted
        self._recovered = journal.recover()
        self._recovered_hashes = {article.id: article.sha256 for article in self._recovered.articles}
        self._reused: set[str] = set()
        self._readings: list[Reading] = []
        self._journalled = 0

    def unread(self, sources: Iterable[str]) -> Iterator[Article]:
        """The articles of the sources that neither the graph nor the journal has in this form."""
        from kgraph.articles import read

        for item in read(sources, settings=self._settings, strict=self._strict):
            if isinstance(item, ArticleError):
                self.skipped.append(item)
            elif item.sha256 == (former := self._known(item.id)):
                self.unchanged += 1
            elif (stone := self._retracted(item.id)) is not None and stone.sha256 == item.sha256:
                self._skip(ArticleError(item.id, _taken_back(stone)))
            elif item.sha256 == self._recovered_hashes.get(item.id):
                self._reused.add(item.id)
            else:
                yield item if former is None else replace(item, revises=former)

    def take(self, result: Reading | ArticleError) -> None:
        """Keep a reading, in the journal too from time to time; with `strict` an error is raised."""
        if isinstance(result, ArticleError):
            self._skip(result)
            return
        self._readings.append(result)
        if len(self._readings) - self._journalled >= JOURNAL_EVERY:
            self._journal.append(self._readings[self._journalled :])
            self._journalled = len(self._readings)

    def _skip(self, error: ArticleError) -> None:
        if self._strict:
            raise error
        self.skipped.append(error)

    @property
    def waiting(self) -> int:
        """How many readings are kept."""
        return len(self._readings)

    def said(self) -> Knowledge:
        """What all unread articles say, in this build or before it was killed, that was not drained."""
        rest = {article.id for article in self._recovered.articles} - self._reused
        fresh = pipeline.ledger(self._readings, with_text=self._with_text)
        return pipeline.joined(pipeline.without(self._recovered, rest), fresh)

    def drained(self) -> Knowledge:
        """The same, which is kept no longer, but by the journal."""
        said = self.said()
        self._journal.append(self._readings[self._journalled :])
        self._recovered = pipeline.without(self._recovered, self._reused)
        self._reused.clear()
        self._readings.clear()
        self._journalled = 0
        return said


def _taken_back(stone: Retraction) -> str:
    """Why an article is not read whose tombstone stands for this very text."""
    day = f" on {stone.when}" if stone.when else ""
    return f"was retracted{day}{f' ({stone.why})' if stone.why else ''}; remove it again, without --retracted, to have it read"
