"""Reads parts of a graph in an Oxigraph store: what a change of some articles can touch, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kgraph.graph.changes import Changes, update
from kgraph.graph.names import Names, kg, known_prefixes, term
from kgraph.graph.reading import knowledge
from kgraph.model import AppearanceKey, Article, Entity, EntityId, Knowledge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pyoxigraph import Literal, Store

    from kgraph.model import ClaimId, Disagreement, Fact, FactId
    from kgraph.ontology import Ontology
    from kgraph.settings import Settings

__all__ = ["ENTITY_PROPERTIES", "Part"]

_FOLLOWED = frozenset({"quote", "src", "q"})
"""What a claim, a fact or an appearance cannot be read without."""

ENTITY_PROPERTIES = ("rdf:type", "rdfs:label", "skos:altLabel", "owl:sameAs")
"""What the default graph says of an entity itself; its plain links belong to facts."""

_DEFAULT = DefaultGraph()


class Part:
    """A store, asked for parts of the `Knowledge` it holds."""

    def __init__(self, store: Store, settings: Settings, ontology: Ontology) -> None:
        self.store = store
        self.names = Names(namespace=settings.namespace)
        self._prefixes = known_prefixes(settings.namespace)
        self._settings = settings
        self._ontology = ontology

    def apply(self, differences: Changes) -> None:
        """Change the store, all at once."""
        if differences:
            self.store.update(update(differences))
            self.store.flush()

    def close(self) -> None:
        """Free the lock of the folder."""
        del self.store

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
        """The facts with one of some subjects, predicates and objects: whatever is given."""
        chosen = {
            "subject": [self.names.entity(name) for name in subjects],
            "predicate": [NamedNode(self._ontology.predicates[name].iri) for name in predicates],
            "object": [self.names.entity(name) for name in objects],
        }
        values = "".join(f"VALUES ?{end} {{ {' '.join(map(str, nodes))} }} " for end, nodes in chosen.items() if nodes)
        patterns = "".join(f"?fact rdf:{end} ?{end} . " for end, nodes in chosen.items() if nodes)
        found: Any = self.store.query(f"SELECT ?fact {{ {values} {patterns} ?fact a kg:Fact }}", prefixes=self._prefixes)
        return self._read(row["fact"] for row in found).facts

    def disagreements(self, facts: Iterable[FactId]) -> tuple[Disagreement, ...]:
        """All disagreements that concern one of the facts."""
        nodes = (self.names.node("fact", name) for name in facts)
        return self._read(
            quad.subject for node in nodes for quad in self.store.quads_for_pattern(None, kg("concerns"), node, _DEFAULT)
        ).disagreements

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
