"""The graph that is served: read once, and again when its file changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph import export
from kgraph.api import Graph
from kgraph.api.drawing import scores
from kgraph.export.disputes import Dispute, disputes
from kgraph.lookup import begins_word

if TYPE_CHECKING:
    from kgraph.choices import ThemeName
    from kgraph.model import Article, Claim, ClaimId, Entity, EntityId, Fact, FactId
    from kgraph.settings import Settings

__all__ = ["Served", "Source"]

_AROUND, _KEPT = 14, 64


class Served:
    """One state of the graph, with what its pages look up."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.knowledge = graph.knowledge
        self.ontology = graph.ontology
        self._drawing = threading.Lock()
        self._pictures: dict[tuple[str, str], bytes] = {}

    @cached_property
    def scores(self) -> dict[EntityId, float]:
        """With how many others every thing has to do."""
        return scores(self.graph)

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """Things by id."""
        return {entity.id: entity for entity in self.knowledge.entities}

    @cached_property
    def ranked(self) -> list[Entity]:
        """Things, the highest ranked first."""
        return sorted(self.knowledge.entities, key=lambda entity: (-self.scores.get(entity.id, 0.0), entity.id))

    @cached_property
    def labels(self) -> dict[str, str]:
        """Labels by id."""
        return {entity.id: entity.label for entity in self.knowledge.entities}

    @cached_property
    def claims(self) -> dict[ClaimId, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.knowledge.claims}

    @cached_property
    def facts_of(self) -> dict[str, list[Fact]]:
        """Facts by the things they are about, the best-supported first."""
        found: dict[str, list[Fact]] = {entity.id: [] for entity in self.knowledge.entities}
        for fact in sorted(self.knowledge.facts, key=lambda fact: (-len(fact.claims), fact.id)):
            for end in {fact.subject, fact.object if isinstance(fact.object, str) else fact.subject}:
                if end in found:
                    found[end].append(fact)
        return found

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Facts by id."""
        return {fact.id: fact for fact in self.knowledge.facts}

    @cached_property
    def fact_of(self) -> dict[str, Fact]:
        """The fact that each claim supports, by the claim's id."""
        return {claim: fact for fact in self.knowledge.facts for claim in fact.claims}

    @cached_property
    def articles_by_id(self) -> dict[str, Article]:
        """Articles by `Article.id`."""
        return {article.id: article for article in self.knowledge.articles}

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Articles by slug."""
        return {article.slug: article for article in self.knowledge.articles}

    @cached_property
    def disputed(self) -> dict[FactId, Dispute]:
        """The facts whose claims differ so that someone should look, each with who differs."""
        return disputes(self.knowledge)

    def picture(self, key: str, theme: ThemeName) -> bytes:
        """What surrounds one thing; kept, because a page asks for it each time."""
        with self._drawing:
            if (key, theme) not in self._pictures:
                view = export.View(focus=key, hops=1, top=_AROUND)
                self._pictures[key, theme] = export.draw(self.knowledge, self.ontology, view=view, scores=self.scores, theme=theme)
                while len(self._pictures) > _KEPT:
                    del self._pictures[next(iter(self._pictures))]
            return self._pictures[key, theme]

    @cached_property
    def explorer(self) -> str:
        """The page to explore the graph."""
        highlights = [export.Highlight(title=hit.pattern, why=hit.sentence, facts=hit.facts) for hit in self.graph.interests()]
        return export.explorer(self.knowledge, self.ontology, scores=self.scores, interests=highlights, home="/")

    def search(self, words: str, limit: int = 20) -> list[Entity]:
        """Things by the beginning of a word of their label, then of another name, then by a part of a name; the highest ranked first."""
        wanted = words.casefold().strip()
        if not wanted:
            return self.ranked[:limit]
        begins = begins_word(wanted)
        near: list[list[Entity]] = [[], [], []]
        for entity in self.ranked:
            label, *names = (name.casefold() for name in (entity.label, *entity.names))
            if begins.search(label):
                near[0].append(entity)
            elif any(begins.search(name) for name in names):
                near[1].append(entity)
            elif any(wanted in name for name in (label, *names)):
                near[2].append(entity)
        return [entity for group in near for entity in group][:limit]


@dataclass(slots=True, kw_only=True)
class Source:
    """Where the graph is kept."""

    target: str
    settings: Settings
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _served: tuple[object, Served] | None = None

    def now(self) -> Served:
        """The graph as it is now. Raises `GraphError` where it cannot be read."""
        with self._lock:
            version = self._version()
            if self._served is None or self._served[0] != version:
                self._served = version, Served(Graph.load(self.target, settings=self.settings))
            return self._served[1]

    def _version(self) -> object:
        """What changes when the graph does; a server's is never known to."""
        if self.target.startswith(("http://", "https://")):
            return None
        path = Path(self.target)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        return tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.exists() and file.name != "LOCK")
