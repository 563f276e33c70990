"""`Graph`: a built graph, and every question that can be asked of it.

Rooms that bring large libraries are imported by the method that needs them, so that a query does not wait for pictures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph import graph, ontology
from kgraph.errors import ArticleError, GraphError
from kgraph.finding import find_entity
from kgraph.graph.names import Names
from kgraph.model import Disagreement, Entity, EntityId, EntityType, Fact, FactId, Judgement, Knowledge, Status, Told
from kgraph.ontology import Ontology
from kgraph.settings import Settings

if TYPE_CHECKING:
    import rdflib

    from kgraph import analysis, fusion, linking
    from kgraph.export import Highlight, View

__all__ = ["Graph", "export_formats"]

RDF_FORMATS = {
    graph.RdfFormat.TRIG: (".trig", "RDF with one named graph for each article; the default"),
    graph.RdfFormat.TURTLE: (".ttl", "RDF, the union of all graphs"),
    graph.RdfFormat.NQUADS: (".nq", "RDF, a statement a line, sorted: the canonical form"),
    graph.RdfFormat.JSONLD: (".jsonld", "RDF as JSON, with a context"),
    graph.RdfFormat.TURTLE12: (".ttl", "RDF 1.2: claims and facts as reifiers (rdf:reifies)"),
}


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
        if self._store is not None and self._given is None:
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
        from kgraph import export

        if form in set(graph.RdfFormat):
            quads = graph.quads(self.knowledge, self.settings, self.ontology)
            return graph.serialise(quads, graph.RdfFormat(form), self.settings.namespace).encode()
        if form not in export.FORMATS:
            known = ", ".join([*graph.RdfFormat, *export.FORMATS])
            raise GraphError(f"{form}: no such format; known are {known}")
        content = export.FORMATS[form].write(self.knowledge, self.ontology)
        return content.encode() if isinstance(content, str) else content

    def to_networkx(self) -> analysis.Network:
        """One node for each entity, one edge for each fact between two; attributes in docs/analysis.md."""
        from kgraph import analysis

        return analysis.to_networkx(self.knowledge, self.ontology)

    def to_rdflib(self) -> rdflib.Dataset:
        """An rdflib dataset whose default graph is the union of all graphs."""
        return graph.to_rdflib(graph.quads(self.knowledge, self.settings, self.ontology))

    # ── Questions ────────────────────────────────────────────────────────────

    def query(self, sparql: str | None = None, *, name: str | None = None, values: Mapping[str, str] | None = None) -> graph.Answer:
        """The answer to a SPARQL query, or to the stored query `name` with its `values`; prefixes are known."""
        if name is not None:
            return graph.ask(self.store, graph.stored_query(name), values or {})
        return self.store.query(sparql or "")

    def why(self, what: str) -> tuple[graph.Proof, ...]:
        """What a fact or claim rests on; `what` is its IRI or id, or words such as "Meta investedIn Scale AI"."""
        return graph.why(self.knowledge, what, self.ontology, self.settings)

    def belief(self, fact: Fact) -> fusion.Belief:
        """How the confidence of a fact comes about: its origins, their weights, and who copied whom."""
        from kgraph import fusion

        return fusion.explain(fact, self.knowledge, sources=fusion.load_sources(self.settings.sources))

    def validate(self) -> tuple[graph.Violation, ...]:
        """Where the graph breaks the shapes of the ontology."""
        return graph.validate(graph.quads(self.knowledge, self.settings, self.ontology), self.ontology, self.settings)

    def conflicts(self, *, least: int = 1, verdicts: Iterable[str] = ()) -> tuple[Disagreement, ...]:
        """Where sources part ways, the gravest first; `least` is the severity from which a difference counts."""
        wanted = set(verdicts)
        found = (d for d in self.knowledge.disagreements if d.severity >= least and (not wanted or d.verdict in wanted))
        return tuple(sorted(found, key=lambda d: (-d.severity, d.verdict, d.id)))

    def tellings(self, found: Iterable[Disagreement]) -> tuple[tuple[Disagreement, tuple[Told, ...]], ...]:
        """Disagreements, each with what its sources say: value, status, date and quoted words."""
        from kgraph import analysis

        return analysis.tellings(self.knowledge, self.ontology, found)

    def in_words(self, facts: Iterable[FactId], *, with_status: bool = True) -> dict[FactId, str]:
        """Facts as people say them, by their ids: "Meta invested in Scale AI, $14.3bn for 49%"."""
        from kgraph import export

        return export.sentences(self.knowledge, self.ontology, facts, with_status=with_status)

    def interests(self) -> tuple[analysis.Interest, ...]:
        """Structural conflicts of interest, the strongest first, each with its chain of facts."""
        from kgraph import analysis

        return analysis.interests(self.knowledge, self.ontology, link_from=self.settings.link_from, patterns=self.settings.patterns)

    def rank(
        self, by: str = "pagerank", *, weight: str = "confidence", types: Iterable[EntityType] = (), top: int = 20
    ) -> tuple[analysis.Ranked, ...]:
        """The `top` things by a measure of docs/analysis.md, with the facts that make their rank.

        Links weigh by `confidence`, by `money` or alike (`none`).
        """
        from kgraph import analysis

        return analysis.rank(
            self.knowledge,
            self.ontology,
            measure=analysis.Measure(by),
            weight=analysis.Weight(weight),
            types=tuple(types),
            top=top,
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
        return analysis.ranks_to_turtle(found, analysis.Measure(by), self._names)

    @property
    def _names(self) -> Names:
        return Names(namespace=self.settings.namespace)

    def timeline(self, name: str) -> tuple[analysis.Moment, ...]:
        """The stages of everything the graph knows about one thing, in the order of time."""
        from kgraph import analysis

        return analysis.timeline(self.knowledge, find_entity(self.knowledge, name).id)

    def moments_in_words(self, moments: Iterable[analysis.Moment]) -> list[str]:
        """What each moment of a timeline tells, as people say it, without its status."""
        from kgraph import export

        labels: dict[str, str] = {entity.id: entity.label for entity in self.knowledge.entities}
        return [export.sentence(moment.told, self.ontology, labels, with_status=False) for moment in moments]

    def diff(self, old: Graph) -> tuple[analysis.Change, ...]:
        """Facts that this graph has gained, lost or changed since `old`, with the quotes that made the difference."""
        from kgraph import analysis

        return analysis.difference(old.knowledge, self.knowledge)

    def entities(self, name: str | None = None) -> tuple[linking.Listing, ...]:
        """Things with their names, articles, the reasons of merges and pending doubts."""
        from kgraph import linking

        return linking.list_entities(self.knowledge, name)

    def entity(self, name: str) -> Entity:
        """The thing of this id or name, in any case; raises `GraphError` where there is none."""
        return find_entity(self.knowledge, name)

    def reconcile(self, service: str, *, limit: int = 100, cache: Path | None = None) -> tuple[linking.Match, ...]:
        """Candidates for things without an IRI elsewhere, from a reconciliation service (W3C); the one call that goes online."""
        from kgraph import linking

        return linking.reconcile(self.knowledge.entities, service, limit=limit, cache=cache)

    # ── Views ────────────────────────────────────────────────────────────────

    def as_of(self, day: dt.date) -> Graph:
        """What the articles published until `day` let one know."""
        from kgraph import analysis, pipeline

        known = analysis.as_of(self.knowledge, day, derive=lambda said: pipeline.conclude(said, self.settings, judgements=self._judged))
        return Graph(known, settings=self.settings)

    def with_status(self, *statuses: Status | str) -> Graph:
        """Only facts of these statuses, and states, which have none."""
        from kgraph import analysis

        return Graph(analysis.with_status(self.knowledge, [Status(status) for status in statuses]), settings=self.settings)

    # ── Judgements ───────────────────────────────────────────────────────────

    def merge(self, left: str, right: str, why: str = "") -> tuple[Judgement, ...]:
        """The user's judgements with one more: that two things are one. `judge` applies them."""
        from kgraph import linking

        return linking.merge(self.knowledge, self._judged, left, right, why)

    def split(self, name: str, articles: Sequence[str] = (), why: str = "") -> tuple[Judgement, ...]:
        """The user's judgements after taking a thing apart: back to before the user's merge, or by articles."""
        from kgraph import linking

        return linking.split(self.knowledge, self._judged, name, articles, why)

    def accept(self, matches: Iterable[linking.Match], why: str = "") -> tuple[Judgement, ...]:
        """The user's judgements with those of `reconcile`'s matches of which the service was sure."""
        from kgraph import linking

        return linking.accept(self._judged, matches, why)

    def judge(self, judgements: Iterable[Judgement]) -> Graph:
        """The graph concluded anew under the user's judgements; claims stay as they are."""
        from kgraph import pipeline

        return Graph(pipeline.conclude(self.knowledge, self.settings, judgements=judgements), settings=self.settings)

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
        theme: str | None = None,
        title: str | None = None,
    ) -> bytes:
        """A picture as svg, png or pdf: the network (also html: the page to explore), a timeline, ranges of amounts, owners.

        Raises `GraphError` on an unknown form, kind, theme or relation, and where the kind cannot do what the view asks.
        """
        from kgraph import export

        extra: dict[str, Any] = {"scores": self._scores()} if kind == "network" else {}
        if form == "html":
            extra["interests"] = self._highlights()
        return export.picture(self.knowledge, self.ontology, form=form, kind=kind, view=view, theme=theme, title=title, **extra)

    def _scores(self) -> dict[EntityId, float]:
        return {ranked.entity: ranked.score for ranked in self.rank("degree", top=len(self.knowledge.entities) or 1)}

    def _highlights(self) -> list[Highlight]:
        from kgraph.export import Highlight

        return [Highlight(title=found.pattern, why=found.sentence, facts=found.facts) for found in self.interests()]

    def report(self, name: str, form: str = "markdown") -> str:
        """All that the graph knows about one thing, with quotes, as Markdown or HTML; raises `GraphError` on any other form."""
        from kgraph import export

        return export.report(self.knowledge, self.ontology, name, form=form)

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
        known = self.knowledge
        return (
            f"<Graph: {len(known.articles)} articles, {len(known.claims)} claims, {len(known.facts)} facts, {len(known.entities)} entities>"
        )


def export_formats() -> list[tuple[str, str, str]]:
    """Every format of `Graph.export`: its name, the usual ending, what it is."""
    from kgraph import export

    return [(form.value, *RDF_FORMATS[form]) for form in graph.RdfFormat] + [
        (name, form.suffix, form.description) for name, form in export.FORMATS.items()
    ]
