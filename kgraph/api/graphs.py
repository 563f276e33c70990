"""`Graph`: a built graph, and every question that can be asked of it.

Rooms that bring large libraries are imported by the method that needs them, so that a query does not wait for pictures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph import graph, ontology
from kgraph.api.formats import exported
from kgraph.arguments import day, each, number, one, pairs, some, text, texts, word, words
from kgraph.errors import ArticleError, GraphError, QueryError
from kgraph.graph.rdf.iris import Names
from kgraph.lookup import find_entity
from kgraph.model import Disagreement, Entity, EntityId, EntityType, Fact, FactId, Judgement, Knowledge, Status, Told, Verdict
from kgraph.ontology import Ontology
from kgraph.settings import Settings

if TYPE_CHECKING:
    import rdflib

    from kgraph import analysis, fusion, linking
    from kgraph.export import View

__all__ = ["Graph"]


class Graph:
    """A graph and its questions; `Graph.load` opens one, `kgraph.build` makes one."""

    def __init__(
        self,
        knowledge: Knowledge | None = None,
        *,
        settings: Settings | None = None,
        store: graph.Store | None = None,
        skipped: Sequence[ArticleError] = (),
        unchanged: int = 0,
    ) -> None:
        self.settings = settings or Settings()
        self.skipped = tuple(skipped)
        """What could not be read in the call that made this graph."""
        self.unchanged = unchanged
        """How many articles that call was given which the graph had already."""
        self._given = knowledge
        self._store = store

    @classmethod
    def load(cls, target: str | Path, *, settings: Settings | None = None) -> Graph:
        """Open the graph in a file, an Oxigraph folder or a SPARQL server; raises `GraphError` where there is none."""
        settings = settings or Settings()
        store = graph.open_store(target, settings)
        if not store.exists():
            raise GraphError(f"{target}: no graph there")
        return cls(settings=settings, store=store)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Everything the graph holds, as plain values."""
        if self._given is not None:
            return self._given
        return Knowledge() if self._store is None else graph.load(self._store, self.settings)

    def counts(self) -> dict[str, int]:
        """How many articles, claims, facts, entities and `conflicts` the graph holds, and how many articles without a date.

        A store counts them itself.
        """
        if self._store is not None and self._given is None and "knowledge" not in self.__dict__:
            return graph.counts(self._store)
        known = self.knowledge
        found = {name: len(getattr(known, name)) for name in ("articles", "claims", "facts", "entities")}
        return found | {"disagreements": len(self.conflicts()), "undated": sum(article.date is None for article in known.articles)}

    @cached_property
    def ontology(self) -> Ontology:
        """The built-in ontology with the user's."""
        return ontology.load(self.settings.ontology)

    @cached_property
    def store(self) -> graph.Store:
        """Where queries run: the store that the graph was opened from, or one in memory."""
        if self._store is not None:
            return self._store
        return graph.memory_store(graph.quads(self.knowledge, self.settings, self.ontology), self.settings)

    # ── Out ──────────────────────────────────────────────────────────────────

    def save(self, target: str | Path) -> None:
        """Write the graph to a file, folder or server, replacing what is there."""
        known = self.knowledge  # read before it is locked, since the target may be where it comes from
        store = graph.open_store(target, self.settings)
        with store.writing():
            graph.save(store, known, self.settings, self.ontology)

    def export(self, form: str) -> bytes:
        """The graph in a format of `kgraph export --list`."""
        return exported(self.knowledge, self.ontology, self.settings, form)

    def to_networkx(self) -> analysis.Network:
        """One node for each entity, one edge for each fact between two; attributes in docs/analysis.md."""
        from kgraph import analysis

        return analysis.to_networkx(self.knowledge, self.ontology)

    def to_rdflib(self) -> rdflib.Dataset:
        """An rdflib dataset whose default graph is the union of all graphs."""
        return graph.to_rdflib(graph.quads(self.knowledge, self.settings, self.ontology))

    # ── Questions ────────────────────────────────────────────────────────────

    def query(self, sparql: str | None = None, *, name: str | None = None, values: Mapping[str, str] | None = None) -> graph.Answer:
        """The answer to a SPARQL query, or to the stored query `name` with its `values`; prefixes are known.

        Raises `QueryError` unless exactly one of the two is given.
        """
        if (sparql is None) == (name is None):
            raise QueryError("give a query, or the name of a stored one: exactly one of the two")
        if sparql is not None:
            if values:
                raise QueryError("values are for a stored query; give its name")
            return self.store.query(text(sparql, "the query"))
        return graph.ask(self.store, graph.stored_query(text(name, "name")), pairs(values or {}, "values"))

    def why(self, what: str) -> tuple[graph.Proof, ...]:
        """What a fact or claim rests on; `what` is its IRI or id, or words such as "Meta investedIn Scale AI".

        The name of a thing alone stands for all its facts.
        """
        return graph.why(self.knowledge, text(what, "what"), self.ontology, self.settings)

    def belief(self, fact: Fact) -> fusion.Belief:
        """How the confidence of a fact comes about: its origins, their weights, and who copied whom."""
        from kgraph import fusion

        return fusion.explain(one(Fact, fact, "fact"), self.knowledge, sources=fusion.load_sources(self.settings.sources))

    def validate(self) -> tuple[graph.Violation, ...]:
        """Where the graph breaks the shapes of the ontology."""
        return graph.validate(graph.quads(self.knowledge, self.settings, self.ontology), self.ontology, self.settings)

    def conflicts(self, *, least: int = 1, verdicts: str | Iterable[str] = ()) -> tuple[Disagreement, ...]:
        """Where sources part ways, the gravest first; `least` is the severity from which a difference counts (0 to 3).

        `verdicts` keeps one or several kinds: "valueConflict".
        """
        wanted, least = set(words(Verdict, verdicts, "verdicts")), number(least, "least", least=0, most=3)
        found = (d for d in self.knowledge.disagreements if d.severity >= least and (not wanted or d.verdict in wanted))
        return tuple(sorted(found, key=lambda d: (-d.severity, d.verdict, d.id)))

    def tellings(self, found: Iterable[Disagreement]) -> tuple[tuple[Disagreement, tuple[Told, ...]], ...]:
        """Disagreements, each with what its sources say: value, status, date and quoted words."""
        from kgraph import analysis

        return analysis.tellings(self.knowledge, self.ontology, each(Disagreement, found, "found"))

    def in_words(self, facts: str | Iterable[str], *, with_status: bool = True) -> dict[FactId, str]:
        """Facts as people say them, by their ids, one or several: "Meta invested in Scale AI, $14.3bn for 49%".

        Raises `GraphError` on an id that the graph lacks.
        """
        from kgraph import export

        known = {fact.id for fact in self.knowledge.facts}
        wanted = [FactId(fact) for fact in texts(facts, "facts")]
        if strange := [fact for fact in wanted if fact not in known]:
            raise GraphError(f"{strange[0]!r} is the id of no fact in the graph")
        return export.sentences(self.knowledge, self.ontology, wanted, with_status=with_status)

    def interests(self) -> tuple[analysis.Interest, ...]:
        """Structural conflicts of interest, the strongest first, each with its chain of facts."""
        from kgraph import analysis

        return analysis.interests(self.knowledge, self.ontology, link_from=self.settings.link_from, patterns=self.settings.patterns)

    def rank(
        self, by: str = "pagerank", *, weight: str = "confidence", types: str | Iterable[str] = (), top: int = 20
    ) -> tuple[analysis.Ranked, ...]:
        """The `top` things by a measure of docs/analysis.md, with the facts that make their rank.

        Links weigh by `confidence`, by `money` or alike (`none`); `types` keeps one or several types of things: "Person".
        """
        from kgraph import analysis

        return analysis.rank(
            self.knowledge,
            self.ontology,
            measure=word(analysis.Measure, by, "by"),
            weight=word(analysis.Weight, weight, "weight"),
            types=words(EntityType, types, "types"),
            top=number(top, "top", least=1),
            link_from=self.settings.link_from,
        )

    def communities(self) -> tuple[analysis.Community, ...]:
        """Groups of things that deal with each other more than with the rest, the largest first."""
        from kgraph import analysis

        return analysis.communities(self.knowledge, self.ontology, link_from=self.settings.link_from)

    def community(self, name: str) -> frozenset[EntityId]:
        """The things that deal with the one of this name more than with the rest, itself among them."""
        entity = self.entity(name).id
        return next((frozenset(part.members) for part in self.communities() if entity in part.members), frozenset({entity}))

    def bridges(self) -> tuple[analysis.Bridge, ...]:
        """Single links without which the network falls apart, those that cut off most first."""
        from kgraph import analysis

        return analysis.bridges(self.knowledge, self.ontology, link_from=self.settings.link_from)

    def cut_points(self) -> tuple[EntityId, ...]:
        """Single things without which the network falls apart."""
        from kgraph import analysis

        return analysis.cut_points(self.knowledge, self.ontology, link_from=self.settings.link_from)

    def interests_to_turtle(self) -> str:
        """The conflicts of interest as RDF, to be put beside the graph."""
        from kgraph import analysis

        return analysis.interests_to_turtle(self.interests(), self._names)

    def ranks_to_turtle(self, by: str = "pagerank", *, weight: str = "confidence") -> str:
        """Every thing's number by a measure as RDF, to be put beside the graph."""
        from kgraph import analysis

        found = self.rank(by, weight=weight, top=len(self.knowledge.entities) or 1)
        return analysis.ranks_to_turtle(found, word(analysis.Measure, by, "by"), self._names)

    @property
    def _names(self) -> Names:
        return Names(namespace=self.settings.namespace)

    def timeline(self, name: str) -> tuple[analysis.Moment, ...]:
        """The stages of everything the graph knows about one thing, in the order of time."""
        from kgraph import analysis

        return analysis.timeline(self.knowledge, self.entity(name).id)

    def moments_in_words(self, moments: Iterable[analysis.Moment]) -> list[str]:
        """What each moment of a timeline tells, as people say it, without its status."""
        from kgraph import analysis, export

        told = [moment.told for moment in each(analysis.Moment, moments, "moments")]
        labels: dict[str, str] = {entity.id: entity.label for entity in self.knowledge.entities}
        return [export.sentence(claim, self.ontology, labels, with_status=False) for claim in told]

    def diff(self, old: Graph) -> tuple[analysis.Change, ...]:
        """Facts that this graph has gained, lost or changed since `old`, with the quotes that made the difference."""
        from kgraph import analysis

        return analysis.difference(one(Graph, old, "old").knowledge, self.knowledge)

    def entities(self, name: str | None = None) -> tuple[linking.Listing, ...]:
        """Things with their names, articles, the reasons of merges and pending doubts."""
        from kgraph import linking

        return linking.list_entities(self.knowledge, None if name is None else text(name, "name"))

    def entity(self, name: str) -> Entity:
        """The thing of this id or name, in any case; raises `GraphError` where there is none."""
        return find_entity(self.knowledge, text(name, "name"))

    def reconcile(self, service: str, *, limit: int = 100, cache: Path | None = None) -> tuple[linking.Match, ...]:
        """Candidates for things without an IRI elsewhere, from a reconciliation service (W3C); the one call that goes online."""
        from kgraph import linking

        return linking.reconcile(self.knowledge.entities, service, limit=limit, cache=cache)

    # ── Views ────────────────────────────────────────────────────────────────

    def as_of(self, until: dt.date | str) -> Graph:
        """What the articles published until a day ("2025-06-30") let one know."""
        from kgraph import analysis, pipeline

        last = day(until, "until")
        known = analysis.as_of(self.knowledge, last, derive=lambda said: pipeline.conclude(said, self.settings, judgements=self._judged))
        return Graph(known, settings=self.settings)

    def with_status(self, *statuses: str | Iterable[str]) -> Graph:
        """Only facts of these statuses, and states, which have none; raises `SettingsError` where none is given."""
        from kgraph import analysis

        wanted = tuple(known for status in statuses for known in words(Status, status, "status"))
        return Graph(analysis.with_status(self.knowledge, some(wanted, "statuses")), settings=self.settings)

    # ── Judgements ───────────────────────────────────────────────────────────

    def merge(self, left: str, right: str, why: str = "") -> tuple[Judgement, ...]:
        """The user's judgements with one more: that two things are one. `judge` applies them."""
        from kgraph import linking

        return linking.merge(self.knowledge, self._judged, text(left, "left"), text(right, "right"), one(str, why, "why"))

    def split(self, name: str, articles: str | Iterable[str] = (), why: str = "") -> tuple[Judgement, ...]:
        """The user's judgements after taking a thing apart: back to before the user's merge, or by one or several articles.

        Raises `GraphError` on the id of an article that the graph lacks.
        """
        from kgraph import linking

        apart, known = texts(articles, "articles"), {article.id for article in self.knowledge.articles}
        if strange := [article for article in apart if article not in known]:
            raise GraphError(f"{strange[0]!r} is the id of no article in the graph")
        return linking.split(self.knowledge, self._judged, text(name, "name"), apart, one(str, why, "why"))

    def accept(self, matches: Iterable[linking.Match], why: str = "") -> tuple[Judgement, ...]:
        """The user's judgements with those of `reconcile`'s matches of which the service was sure."""
        from kgraph import linking

        return linking.accept(self._judged, each(linking.Match, matches, "matches"), one(str, why, "why"))

    def judge(self, judgements: Iterable[Judgement]) -> Graph:
        """The graph concluded anew under the user's judgements; claims stay as they are."""
        from kgraph import pipeline

        judged = each(Judgement, judgements, "judgements")
        return Graph(pipeline.conclude(self.knowledge, self.settings, judgements=judged), settings=self.settings)

    @property
    def _judged(self) -> tuple[Judgement, ...]:
        from kgraph import linking

        return tuple(judgement for judgement in self.knowledge.judgements if judgement.by not in linking.RULES)

    # ── Pictures ─────────────────────────────────────────────────────────────

    def draw(
        self,
        form: str = "svg",
        *,
        kind: str = "network",
        view: View | None = None,
        focus: str | None = None,
        hops: int | None = None,
        top: int | None = None,
        community: str | None = None,
        predicates: str | Iterable[str] | None = None,
        statuses: str | Iterable[str] | None = None,
        theme: str | None = None,
        title: str | None = None,
    ) -> bytes:
        """A picture as svg, png or pdf: the network (also html: the page to explore), a timeline, ranges of amounts, owners.

        What it shows is told by `focus`, `hops`, `top`, `community`, `predicates` and `statuses`, which `kgraph draw` explains,
        or by a `View`. Raises `GraphError` on an unknown form, kind, theme or relation, and where the kind cannot do what is asked.
        """
        from kgraph.api import drawing

        asked = {"focus": focus, "hops": hops, "top": top, "community": community, "predicates": predicates, "statuses": statuses}
        return drawing.picture(self, form, kind, drawing.view_of(self, view, asked), theme, title)

    def report(self, name: str, form: str = "markdown") -> str:
        """All that the graph knows about one thing, with quotes, as Markdown or HTML; raises `GraphError` on any other form."""
        from kgraph import export

        return export.report(self.knowledge, self.ontology, text(name, "name"), form=form)

    def conflict_report(self, form: str = "markdown", *, least: int = 1) -> str:
        """Where sources part ways, with what each says, as Markdown or HTML; raises `GraphError` on any other form."""
        from kgraph import export

        return export.conflict_report(self.knowledge, self.ontology, self.tellings(self.conflicts(least=least)), form=form)

    def _repr_html_(self) -> str:
        from kgraph import export

        return export.notebook_html(self.knowledge, self.ontology)

    def _repr_svg_(self) -> str:
        from kgraph import export

        return export.notebook_svg(self.knowledge, self.ontology)

    def __repr__(self) -> str:
        counts = self.counts()
        return "<Graph: " + ", ".join(f"{counts[name]} {name}" for name in ("articles", "claims", "facts", "entities")) + ">"

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same knowledge."""
        return self.knowledge == other.knowledge if isinstance(other, Graph) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # equal graphs would need to hash all that they know
