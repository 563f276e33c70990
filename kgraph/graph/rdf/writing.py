"""`Knowledge` to RDF: the model of docs/model.md, as quads without any blank node.

What is concluded (entities, links, facts, disagreements, judgements) stands in the default
graph, what an article says in the article's own graph. `kgraph.graph.rdf.reading` is the inverse.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from decimal import Decimal
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kgraph.errors import GraphError
from kgraph.graph.rdf.iris import Names, edtf, kg, term
from kgraph.graph.rdf.properties import CITO, DATES, QUANTITIES, VERDICT_CLASSES, WORDS, concern, implied_qualifier
from kgraph.graph.rdf.quantities import is_money, quantity_label, quantity_name
from kgraph.model import Argument, Article, Quantity, Verdict
from kgraph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from kgraph.model import Appearance, Claim, Disagreement, Entity, Fact, Judgement, Knowledge, Retraction
    from kgraph.ontology import Ontology, PredicateRule
    from kgraph.settings import Settings

    Line = tuple[NamedNode, NamedNode, NamedNode | Literal]

__all__ = ["decimal", "judgement_node", "quads", "verdicts"]

_TYPE, _LABEL = term("rdf:type"), term("rdfs:label")
_PAIR = 2
_CHAINED = (Verdict.AGREES, Verdict.MORE_PRECISE)
"""Verdicts that hold between all claims of a disagreement."""
_Item = TypeVar("_Item")


def quads(
    knowledge: Knowledge,
    settings: Settings,
    ontology: Ontology,
    *,
    articles: Container[str] | None = None,
) -> Iterator[Quad]:
    """Everything that `knowledge` holds; the graphs of some `articles` only, where named.

    Raises `GraphError` where a predicate is in no ontology file.
    """
    writer = _Writer(knowledge, settings, ontology)
    default = DefaultGraph()
    for article in knowledge.articles:
        if articles is not None and article.id not in articles:
            continue
        graph = writer.names.node("src", article.slug)
        for line in writer.article(article):
            yield Quad(*line, graph)
    for line in writer.conclusions():
        yield Quad(*line, default)


def verdicts(knowledge: Knowledge, settings: Settings, ontology: Ontology) -> Iterator[Quad]:
    """What the disagreements of `knowledge` mean between their claims."""
    for line in _Writer(knowledge, settings, ontology).verdicts():
        yield Quad(*line, DefaultGraph())


def decimal(number: Decimal | float) -> Literal:
    """A number as xsd:decimal in its canonical form: the same bytes from every store."""
    text = f"{Decimal(str(number)):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=term("xsd:decimal"))


def judgement_node(judgement: Judgement, names: Names) -> NamedNode:
    """The node of a judgement, made from all that it says."""
    return names.node("judge", hashlib.sha256(repr(judgement).encode()).hexdigest()[:16])


class _Writer:
    """One writing: who is who, and the quantities met so far."""

    def __init__(self, knowledge: Knowledge, settings: Settings, ontology: Ontology) -> None:
        self.names = Names(namespace=settings.namespace)
        self._known = knowledge
        self._settings = settings
        self._ontology = ontology
        self._hedges = {hedge.qualifier: hedge for hedge in ontology.hedges}
        self._entity = {key: self.names.entity(entity.id) for entity in knowledge.entities for key in entity.appearances}
        self._claims = _grouped((claim.article, claim) for claim in knowledge.claims)
        self._appearances = _grouped((appearance.article, appearance) for appearance in knowledge.appearances)
        self._dates = {article.id: article.date.isoformat() for article in knowledge.articles if article.date}
        self._quantities: dict[tuple[object, ...], tuple[NamedNode, str, Quantity]] = {}
        self._run, self._software = (self.names.node("run", f"{name}-{__version__}") for name in ("kgraph", "software"))

    # ── what an article says ─────────────────────────────────────────────────

    def article(self, article: Article) -> Iterator[Line]:
        """The graph of one article."""
        node = self.names.node("src", article.slug)
        yield node, _TYPE, term("schema:NewsArticle")
        yield node, term("schema:identifier"), Literal(article.id)
        yield node, kg("sha256"), Literal(article.sha256)
        for name, text in (("headline", article.title), ("publisher", article.publisher), ("author", article.author)):
            if text is not None:
                yield node, term(f"schema:{name}"), Literal(text)
        if article.date is not None:
            yield node, term("schema:datePublished"), Literal(article.date.isoformat(), datatype=term("xsd:date"))
        if article.url is not None:
            yield node, term("schema:url"), Literal(article.url, datatype=term("xsd:anyURI"))
        if article.revises is not None:
            former = self.names.node("src", f"{article.slug}.v{article.revises}")
            yield node, term("prov:wasRevisionOf"), former
            yield former, kg("sha256"), Literal(article.revises)
        if article.text:
            yield node, term("schema:text"), Literal(article.text)
        for appearance in self._appearances[article.id]:
            yield from self._appearance(appearance, node)
        for claim in self._claims[article.id]:
            yield from self._claim(claim, article, node)

    def _appearance(self, appearance: Appearance, source: NamedNode) -> Iterator[Line]:
        node = self.names.node("app", appearance.key)
        yield node, _TYPE, kg("Appearance")
        yield node, term("oa:hasSource"), source
        if appearance.key in self._entity:
            yield node, kg("refersTo"), self._entity[appearance.key]
        yield node, kg("thingType"), kg(appearance.type)
        yield node, kg("fullName"), Literal(appearance.name)
        for name in appearance.names:
            yield node, kg("name"), Literal(name)
        for words in appearance.descriptions:
            yield node, kg("description"), Literal(words)
        yield node, kg("firstOffset"), Literal(appearance.start)
        yield node, kg("mentionCount"), Literal(appearance.count)

    def _claim(self, claim: Claim, article: Article, source: NamedNode) -> Iterator[Line]:
        node = self.names.node("claim", claim.id)
        quote = self.names.node("quote", f"{article.slug}-{claim.quote.start}-{claim.quote.end}")
        yield node, _TYPE, kg("Claim")
        yield from self._argument(node, "subject", claim.subject)
        yield node, term("rdf:predicate"), NamedNode(self._rule(claim.predicate).iri)
        if isinstance(claim.object, Argument):
            yield from self._argument(node, "object", claim.object)
        else:
            yield from self._value(node, claim.object)
        yield from self._qualifiers(node, claim)
        for name, text in (("hedge", claim.hedge), ("saidBy", claim.said_by), ("extractor", claim.extractor)):
            if text is not None:
                yield node, kg(name), Literal(text)
        yield node, kg("quote"), quote
        yield node, term("prov:wasGeneratedBy"), self._run
        yield quote, _TYPE, kg("Quote")
        yield quote, term("oa:hasSource"), source
        yield quote, term("oa:start"), Literal(claim.quote.start)
        yield quote, term("oa:end"), Literal(claim.quote.end)
        yield quote, term("oa:exact"), Literal(claim.quote.exact)

    def _argument(self, claim: NamedNode, end: str, argument: Argument) -> Iterator[Line]:
        """The thing at one end of a claim, and the words that stand for it."""
        if argument.appearance in self._entity:
            yield claim, term(f"rdf:{end}"), self._entity[argument.appearance]
        yield claim, kg(f"{end}Appearance"), self.names.node("app", argument.appearance)
        yield claim, kg(f"{end}Text"), Literal(argument.text)
        yield claim, kg(f"{end}Start"), Literal(argument.start)
        yield claim, kg(f"{end}End"), Literal(argument.end)

    # ── what claims and facts share ──────────────────────────────────────────

    def _rule(self, predicate: str) -> PredicateRule:
        try:
            return self._ontology.predicates[predicate]
        except KeyError as error:
            msg = f"the predicate {predicate!r} is in no ontology file; name its file under `ontology` in kgraph.toml"
            raise GraphError(msg) from error

    def _value(self, node: NamedNode, value: Quantity | str | bool) -> Iterator[Line]:  # noqa: FBT001  # a value, not a switch
        """An object that is no thing."""
        if isinstance(value, Quantity):
            yield from self._quantity(node, term("rdf:object"), "object", value)
        else:
            yield node, term("rdf:object"), Literal(value) if isinstance(value, bool) else edtf(value)

    def _quantity(self, node: NamedNode, property_: NamedNode, field: str, quantity: Quantity) -> Iterator[Line]:
        """A quantity, and the words for it where they are not its label."""
        target, label, _ = self._named(quantity)
        yield node, property_, target
        if quantity.text != label:
            yield node, kg(f"{field}Text"), Literal(quantity.text)

    def _named(self, quantity: Quantity) -> tuple[NamedNode, str, Quantity]:
        key = (quantity.unit, quantity.value, quantity.low, quantity.high, quantity.qualifier)
        if key not in self._quantities:
            node = self.names.node("q", quantity_name(quantity, self._hedges))
            self._quantities[key] = node, quantity_label(quantity), quantity
        return self._quantities[key]

    def _qualifiers(self, node: NamedNode, said: Claim | Fact) -> Iterator[Line]:
        """Status, polarity, confidence and every qualifier."""
        if said.status is not None:
            yield node, kg("modality"), kg(said.status)
        if said.negative:
            yield node, kg("polarity"), kg("negative")
        for field in QUANTITIES:
            quantity = getattr(said, field)
            if quantity is not None:
                yield from self._quantity(node, kg(field), field, quantity)
        for field in DATES:
            date = getattr(said, field)
            if date is not None:
                yield node, kg(field), edtf(date)
        for field in WORDS:
            words = getattr(said, field)
            if words is not None:
                yield node, kg(field), Literal(words)
        yield node, kg("confidence"), decimal(said.confidence)

    # ── what is concluded ────────────────────────────────────────────────────

    def conclusions(self) -> Iterator[Line]:
        """The default graph; after the articles, since their quantities stand in it."""
        known = self._known
        yield from chain.from_iterable(map(self._thing, known.entities))
        yield from chain.from_iterable(map(self._fact, known.facts))
        yield from chain.from_iterable(map(self._disagreement, known.disagreements))
        yield from self.verdicts()
        yield from chain.from_iterable(map(self._judgement, known.judgements))
        yield from chain.from_iterable(map(self._retraction, known.retractions))
        for node, label, quantity in self._quantities.values():
            yield from _quantity(node, label, quantity)
        if known.claims:
            yield from self._provenance()

    def _provenance(self) -> Iterator[Line]:
        """Which version of kgraph read the articles; when, it does not say, since the same articles give the same graph."""
        yield self._run, _TYPE, term("prov:Activity")
        yield self._run, _LABEL, Literal(f"kgraph {__version__}")
        yield self._run, term("prov:wasAssociatedWith"), self._software
        yield self._software, _TYPE, term("prov:SoftwareAgent")
        yield self._software, _LABEL, Literal("kgraph")
        yield self._software, term("schema:softwareVersion"), Literal(__version__)

    def _thing(self, entity: Entity) -> Iterator[Line]:
        """One thing with its names; ids that merged into it lead to it."""
        node = self.names.entity(entity.id)
        yield node, _TYPE, kg(entity.type)
        yield node, _LABEL, Literal(entity.label)
        for name in entity.names:
            if name != entity.label:
                yield node, term("skos:altLabel"), Literal(name)
        for iri in entity.same_as:
            yield node, term("owl:sameAs"), NamedNode(iri)
        for old in entity.replaces:
            yield self.names.entity(old), term("dcterms:isReplacedBy"), node

    def _fact(self, fact: Fact) -> Iterator[Line]:
        """A fact, and the plain link where its status allows one."""
        rule = self._rule(fact.predicate)
        node, subject, predicate = self.names.node("fact", fact.id), self.names.entity(fact.subject), NamedNode(rule.iri)
        yield node, _TYPE, kg("Fact")
        yield node, term("rdf:subject"), subject
        yield node, term("rdf:predicate"), predicate
        if (thing := self._ontology.thing(fact)) is not None:
            lines: list[Line] = [(node, term("rdf:object"), self.names.entity(thing))]
        else:
            lines = list(self._value(node, fact.object))
        yield from lines
        if not fact.negative and self._ontology.linked(fact.status, self._settings.link_from):
            yield subject, predicate, lines[0][2]
        yield from self._qualifiers(node, fact)
        for claim in fact.claims:
            yield node, term("prov:wasDerivedFrom"), self.names.node("claim", claim)

    def _disagreement(self, found: Disagreement) -> Iterator[Line]:
        node = self.names.node("diff", found.id)
        yield node, _TYPE, VERDICT_CLASSES[found.verdict]
        for fact in found.facts:
            yield node, kg("concerns"), self.names.node("fact", fact)
        yield node, kg("property"), self._concern(found.property)
        for claim in found.claims:
            yield node, kg("between"), self.names.node("claim", claim)
        yield node, kg("severity"), Literal(found.severity)
        if found.gap is not None:
            yield node, kg("gap"), decimal(found.gap)
        yield node, term("rdfs:comment"), Literal(found.why, language="en")

    def _concern(self, name: str) -> NamedNode:
        rule = self._ontology.predicates.get(name)
        return NamedNode(rule.iri) if rule else concern(name)

    def verdicts(self) -> Iterator[Line]:
        """What a verdict means between claims: agrees with, updates, disputes.

        Of more than two, each agrees with or updates the one before it; who of them disputes whom, the verdict alone does not say.
        """
        claims = {claim.id: claim for claim in self._known.claims}
        for found in self._known.disagreements:
            if found.verdict not in CITO or not claims.keys() >= set(found.claims):
                continue
            told = [claims[claim] for claim in found.claims]
            if found.verdict is Verdict.SUPERSESSION:
                told.sort(key=self._position)
                pairs = [pair for pair in pairwise(told) if self._position(pair[0]) != self._position(pair[1])]
            else:
                pairs = list(pairwise(told)) if found.verdict in _CHAINED or len(told) == _PAIR else []
            for first, second in pairs:
                yield self.names.node("claim", second.id), CITO[found.verdict], self.names.node("claim", first.id)

    def _position(self, claim: Claim) -> tuple[int, str]:
        """Where a claim stands in the course of a matter: by stage, then by date."""
        stage = self._ontology.statuses[claim.status].stage if claim.status else 0
        return stage, self._dates.get(claim.article, "")

    def _judgement(self, judgement: Judgement) -> Iterator[Line]:
        node = judgement_node(judgement, self.names)
        yield node, _TYPE, kg("Judgement")
        for name, side in (("left", judgement.left), ("right", judgement.right)):
            yield node, kg(name), self.names.side(side)
        for name, text in (("decision", judgement.decision), ("by", judgement.by)):
            yield node, kg(name), Literal(text)
        yield node, term("rdfs:comment"), Literal(judgement.why)
        yield node, kg("score"), decimal(judgement.score)
        if judgement.when is not None:
            yield node, kg("decidedOn"), Literal(judgement.when.isoformat(), datatype=term("xsd:date"))

    def _retraction(self, taken: Retraction) -> Iterator[Line]:
        """A tombstone where the article stood."""
        node = self.names.node("src", Article(id=taken.article, text="", sha256=taken.sha256).slug)
        yield node, _TYPE, kg("Retraction")
        yield node, term("schema:identifier"), Literal(taken.article)
        yield node, kg("sha256"), Literal(taken.sha256)
        if taken.when is not None:
            yield node, kg("decidedOn"), Literal(taken.when.isoformat(), datatype=term("xsd:date"))
        if taken.why is not None:
            yield node, term("rdfs:comment"), Literal(taken.why)


def _quantity(node: NamedNode, label: str, quantity: Quantity) -> Iterator[Line]:
    """An amount, share or count: as said, and as bounds."""
    yield node, _TYPE, term("schema:MonetaryAmount" if is_money(quantity.unit) else "schema:QuantitativeValue")
    yield node, _LABEL, Literal(label)
    if quantity.unit is not None:
        yield node, term("schema:currency" if is_money(quantity.unit) else "schema:unitText"), Literal(quantity.unit)
    for name, number in (("value", quantity.value), ("minValue", quantity.low), ("maxValue", quantity.high)):
        if number is not None:
            yield node, term(f"schema:{name}"), decimal(number)
    if quantity.qualifier != implied_qualifier(quantity.value):
        yield node, kg("qualifier"), kg(quantity.qualifier)


def _grouped(pairs: Iterable[tuple[str, _Item]]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return found
