"""Reads parts of a graph in an Oxigraph store: what a change of some articles can touch, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, product, takewhile, zip_longest
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kgraph.graph.rdf.iris import Names, kg, term
from kgraph.graph.rdf.reading import knowledge
from kgraph.graph.rdf.writing import verdicts
from kgraph.model import AppearanceKey, Article, Entity, EntityId, Knowledge

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from pyoxigraph import Literal, Store

    from kgraph.graph.stores.changes import Changes
    from kgraph.graph.stores.filling import Filling
    from kgraph.model import ClaimId, Disagreement, Fact, FactId, Retraction
    from kgraph.ontology import Ontology
    from kgraph.settings import Settings

    Readable = Store | Filling

__all__ = ["ENTITY_PROPERTIES", "Part"]

_FOLLOWED = frozenset({"quote", "src", "q"})
"""What a claim, a fact or an appearance cannot be read without."""

ENTITY_PROPERTIES = ("rdf:type", "rdfs:label", "skos:altLabel", "owl:sameAs")
"""What the default graph says of an entity itself; its plain links belong to facts."""

_DEFAULT = DefaultGraph()


class Part:
    """A store, asked for parts of the `Knowledge` it holds."""

    def __init__(self, store: Readable, apply: Callable[[Changes], Readable], settings: Settings, ontology: Ontology) -> None:
        self.store = store
        self._apply = apply
        self.names = Names(namespace=settings.namespace)
        self._settings = settings
        self._ontology = ontology

    def apply(self, differences: Changes) -> None:
        """Change the store, all at once unless nobody else can see it yet.

        Raises `GraphError` where it cannot be written.
        """
        self.store = self._apply(differences)

    # ── what articles say ────────────────────────────────────────────────────

    def source(self, article: str) -> NamedNode:
        """The node and graph of an article."""
        return self.names.node("src", Article(id=article, text="", sha256="-").slug)

    def sha256(self, article: str) -> str | None:
        """The hash of an article's text; None where it is not in the graph."""
        node = self.source(article)
        if Quad(node, term("rdf:type"), term("schema:NewsArticle"), node) not in self.store:
            return None
        return next((found.value for found in self._objects(node, kg("sha256"))), None)

    def retraction(self, article: str) -> Retraction | None:
        """The tombstone of an article that was taken back; None where there is none."""
        return next(iter(self._read((self.source(article),)).retractions), None)

    def articles(self, ids: Iterable[str]) -> Knowledge:
        """All that some articles say."""
        nodes = [quad.subject for name in ids for quad in self.store.quads_for_pattern(None, None, None, self.source(name))]
        return self._read(nodes)

    def claims(self, ids: Iterable[ClaimId]) -> Knowledge:
        """Claims with their articles, of which nothing else is read."""
        return self._read(self.names.node("claim", name) for name in ids)

    def claims_on(self, appearances: Iterable[AppearanceKey]) -> Knowledge:
        """The claims with one of these appearances at an end, with their articles."""
        nodes = (self.names.node("app", key) for key in appearances)
        ends = (kg("subjectAppearance"), kg("objectAppearance"))
        return self._read(quad.subject for node in nodes for end in ends for quad in self.store.quads_for_pattern(None, end, node))

    # ── what is concluded ────────────────────────────────────────────────────

    def homes(self, appearances: Iterable[AppearanceKey]) -> dict[AppearanceKey, EntityId]:
        """The entity of each appearance."""
        found: dict[AppearanceKey, EntityId] = {}
        for key in appearances:
            for entity in self._objects(self.names.node("app", key), kg("refersTo")):
                found[key] = EntityId(self.names.identifier(entity.value))
        return found

    def entities(self, ids: Iterable[EntityId]) -> dict[EntityId, Entity]:
        """Things by id, without their appearances."""
        quads = (quad for name in ids for quad in self.entity_quads(name))
        return {entity.id: entity for entity in knowledge(quads, self._settings).entities}

    def entity_quads(self, name: EntityId) -> Iterator[Quad]:
        """What is said of an entity itself."""
        for property_ in ENTITY_PROPERTIES:
            yield from self.store.quads_for_pattern(self.names.entity(name), term(property_), None, _DEFAULT)

    def facts(
        self, *, subjects: Collection[EntityId] = (), predicates: Collection[str] = (), objects: Collection[EntityId] = ()
    ) -> tuple[Fact, ...]:
        """The facts with one of some subjects, predicates and objects: whatever is given, at least one end."""
        return self._read(self._related(self._at_ends(subjects, objects), predicates)).facts

    def facts_between(self, objects: Mapping[EntityId, Collection[EntityId]], *, predicates: Collection[str]) -> tuple[Fact, ...]:
        """The facts with one of some predicates from a subject to one of its objects."""
        found = (node for subject, others in objects.items() for node in self._at_ends((subject,), others) if others)
        return self._read(self._related(found, predicates)).facts

    def alike(self, left: EntityId, right: EntityId) -> tuple[Fact, ...]:
        """Facts with the one at an end that are told of the other too: of each two such, one at least."""
        return self._read(node for end in ("subject", "object") for node in self._alike(end, left, right)).facts

    def _alike(self, end: str, left: EntityId, right: EntityId) -> Iterator[NamedNode]:
        """Goes through the facts of the thing that has fewer of them."""
        for one, other in takewhile(all, zip_longest(self._with_end(end, left), self._with_end(end, right))):
            yield from (node for node, thing in ((one, right), (other, left)) if self._is_told_of(thing, end, node))

    def _is_told_of(self, thing: EntityId, end: str, node: NamedNode) -> bool:
        """Whether the store has a fact as `node` but for the thing at its end."""
        far = next(self._objects(node, term("rdf:object" if end == "subject" else "rdf:subject")), None)
        predicate = next(self._objects(node, term("rdf:predicate")), None)
        if not isinstance(far, NamedNode) or not isinstance(predicate, NamedNode):
            return False
        ends = (self.names.entity(thing), far) if end == "subject" else (far, self.names.entity(thing))
        return any(self._says(found, "predicate", predicate) for found in self._from_to(*ends))

    def _related(self, nodes: Iterable[NamedNode], predicates: Collection[str]) -> Iterator[NamedNode]:
        """The facts with one of some predicates; with any where none is given."""
        wanted = [NamedNode(self._ontology.predicates[name].iri) for name in predicates]
        return (node for node in nodes if not wanted or any(self._says(node, "predicate", other) for other in wanted))

    def _at_ends(self, subjects: Collection[EntityId], objects: Collection[EntityId]) -> Iterator[NamedNode]:
        """Fact by fact of one end, and a look whether the other fits: a join in the store would go through all facts."""
        if not subjects or not objects:
            end, names = ("subject", subjects) if subjects else ("object", objects)
            for name in names:
                yield from self._with_end(end, name)
            return
        for subject, object_ in product(subjects, objects):
            yield from self._from_to(self.names.entity(subject), self.names.entity(object_))

    def _from_to(self, subject: NamedNode, object_: NamedNode) -> Iterator[NamedNode]:
        both = takewhile(all, zip_longest(self._at("subject", subject), self._at("object", object_)))
        nodes = {*chain.from_iterable(both)}  # as many as the end with fewer facts has
        yield from (node for node in nodes if self._says(node, "subject", subject) and self._says(node, "object", object_))

    def _with_end(self, end: str, name: EntityId) -> Iterator[NamedNode]:
        return self._at(end, self.names.entity(name))

    def _at(self, end: str, thing: NamedNode) -> Iterator[NamedNode]:
        for quad in self.store.quads_for_pattern(None, term(f"rdf:{end}"), thing, _DEFAULT):
            yield quad.subject  # type: ignore[misc]

    def _says(self, node: NamedNode, end: str, value: NamedNode) -> bool:
        return Quad(node, term(f"rdf:{end}"), value, _DEFAULT) in self.store

    def disagreements(self, facts: Iterable[FactId]) -> tuple[Disagreement, ...]:
        """All disagreements that concern one of the facts."""
        nodes = (self.names.node("fact", name) for name in facts)
        return self._read(
            quad.subject for node in nodes for quad in self.store.quads_for_pattern(None, kg("concerns"), node, _DEFAULT)
        ).disagreements

    def over(self, claim: object) -> set[object]:
        """The nodes of all disagreements that a claim takes part in."""
        return {quad.subject for quad in self.store.quads_for_pattern(None, kg("between"), claim, _DEFAULT)}  # type: ignore[arg-type]

    def verdicts(self, disagreements: Iterable[object]) -> Iterator[Quad]:
        """What some disagreements, by their nodes, mean between their claims."""
        found = self._read(disagreements).disagreements
        told = self.claims({claim for one in found for claim in one.claims})
        return verdicts(replace(told, disagreements=found), self._settings, self._ontology)

    # ── reading ──────────────────────────────────────────────────────────────

    def _objects(self, node: NamedNode, property_: NamedNode) -> Iterator[NamedNode | Literal]:
        for quad in self.store.quads_for_pattern(node, property_, None):
            yield quad.object  # type: ignore[misc]

    def _read(self, nodes: Iterable[object]) -> Knowledge:
        """What is said of some nodes, and of what they cannot be read without."""
        waiting = {node for node in nodes if isinstance(node, NamedNode)}
        seen: set[NamedNode] = set()
        quads: list[Quad] = []
        while waiting:
            node = waiting.pop()
            seen.add(node)
            for quad in self.store.quads_for_pattern(node, None, None):
                quads.append(quad)
                target = quad.object
                if isinstance(target, NamedNode) and target not in seen and self.names.room(target.value) in _FOLLOWED:
                    waiting.add(target)
        return replace(knowledge(quads, self._settings), entities=())
