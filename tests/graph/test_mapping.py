"""What is written reads back equal, has no blank node, and looks like the hand-written example."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st
from pyoxigraph import BlankNode

from kgraph import graph
from kgraph import ontology as ontology_room
from kgraph.errors import GraphError
from kgraph.graph import RdfFormat
from kgraph.graph.rdf.formats import OXIGRAPH_FORMATS
from kgraph.model import (
    Appearance,
    AppearanceKey,
    Argument,
    Article,
    Claim,
    ClaimId,
    Disagreement,
    Entity,
    EntityId,
    EntityType,
    Fact,
    FactId,
    Judgement,
    Knowledge,
    Quantity,
    Quote,
    Retraction,
    Status,
    Verdict,
)
from kgraph.ontology import ObjectKind, Ontology
from kgraph.settings import Settings

KNOWN = ontology_room.load()
SUFFIX = {RdfFormat.TRIG: "trig", RdfFormat.TURTLE: "ttl", RdfFormat.NQUADS: "nq", RdfFormat.JSONLD: "jsonld"}


def text_of(knowledge: Knowledge, form: RdfFormat) -> str:
    return graph.serialise(graph.quads(knowledge, Settings(), KNOWN), form, Settings().namespace)


# ── the law ──────────────────────────────────────────────────────────────────

# Surrogates cannot be encoded; articles are decoded text, which holds none.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
some = words.filter(bool)
maybe = st.none() | words
numbers = st.decimals(min_value=-(10**12), max_value=10**12, places=3, allow_nan=False)
dates = st.dates(min_value=dt.date(1000, 1, 1))
confidences = st.floats(0, 1)
quantities = st.builds(
    Quantity,
    text=some,
    unit=st.none() | st.sampled_from(["USD", "EUR", "share", "employees", "number", "two words"]),
    value=st.none() | numbers,
    low=st.none() | numbers,
    high=st.none() | numbers,
    qualifier=st.sampled_from(["exactly", "about", "nearly", "over", "atLeast", "upTo", "range"]),
)
qualifiers = {
    "status": st.none() | st.sampled_from(Status),
    "negative": st.booleans(),
    "confidence": confidences,
    "amount": st.none() | quantities,
    "stake": st.none() | quantities,
    "when": maybe,
    "period": maybe,
} | dict.fromkeys(("role", "seller", "purpose", "round", "service"), maybe)


@st.composite
def knowledges(draw: st.DrawFn) -> Knowledge:
    articles = draw(
        st.lists(
            st.builds(
                Article,
                id=some,
                text=st.just(""),
                sha256=st.just("0a"),
                title=maybe,
                date=st.none() | dates,
                publisher=maybe,
                url=maybe,
                revises=st.none() | st.just("ff"),
            ),
            min_size=1,
            max_size=3,
            unique_by=lambda a: a.slug,
        )
    )
    appearances, claims = [], []
    for article in articles:
        offsets = sorted(draw(st.sets(st.integers(0, 99), min_size=2, max_size=3)))
        mine = [
            draw(
                st.builds(
                    Appearance,
                    article=st.just(article.id),
                    key=st.just(AppearanceKey(f"{article.slug}-e{offset}")),
                    type=st.sampled_from(EntityType),
                    name=some,
                    names=st.sets(some, min_size=1, max_size=3).map(lambda n: tuple(sorted(n))),
                    start=st.just(offset),
                    count=st.integers(1, 9),
                    descriptions=st.sets(some, max_size=2).map(lambda n: tuple(sorted(n))),
                )
            )
            for offset in offsets
        ]
        appearances += mine
        ends = st.builds(
            Argument, appearance=st.sampled_from([a.key for a in mine]), start=st.integers(0, 50), end=st.integers(51, 99), text=words
        )
        claims += [
            draw(
                st.builds(
                    Claim,
                    id=st.just(ClaimId(f"{article.slug}-{number}")),
                    article=st.just(article.id),
                    subject=ends,
                    predicate=st.sampled_from(sorted(KNOWN.predicates)),
                    object=ends | quantities | words | st.just(True),  # noqa: FBT003
                    quote=st.builds(Quote, start=st.just(number), end=st.just(number + 5), exact=st.just(f"words {number}")),
                    extractor=words,
                    hedge=maybe,
                    said_by=maybe,
                    **qualifiers,
                )
            )
            for number in range(draw(st.integers(0, 2)))
        ]
    return draw(_concluded(articles, appearances, claims))


@st.composite
def _concluded(draw: st.DrawFn, articles: list[Article], appearances: list[Appearance], claims: list[Claim]) -> Knowledge:
    ids = draw(st.lists(some, min_size=len(appearances), max_size=len(appearances)))
    members: dict[str, list[AppearanceKey]] = {}
    for identifier, appearance in zip(ids, appearances, strict=True):
        members.setdefault(identifier, []).append(appearance.key)
    entities = []
    for identifier, keys in members.items():
        label, names = draw(words), draw(st.sets(words, max_size=2))
        entities.append(
            Entity(
                id=EntityId(identifier),
                type=draw(st.sampled_from(EntityType)),
                label=label,
                names=tuple(sorted(names | {label})),
                appearances=tuple(sorted(keys)),
                same_as=tuple(sorted(draw(st.sets(st.sampled_from(["ex:1", "ex:2"]))))),
            )
        )
    facts = [draw(_facts(FactId(f"f/{number}"), claims, sorted(members))) for number in range(draw(st.integers(0, 2)))]
    disagreements = st.builds(
        Disagreement,
        id=st.just("d1"),
        verdict=st.sampled_from(Verdict),
        facts=st.just(tuple(fact.id for fact in facts)),
        property=st.sampled_from(["amount", "status", "object", "subject", "investedIn", "polarity"]),
        claims=st.just(tuple(sorted(claim.id for claim in claims[:2]))),
        severity=st.integers(0, 3),
        gap=st.none() | confidences,
        why=words,
    )
    sides = words | st.sampled_from(["a1-e3", "http://[", "https://www.wikidata.org/entity/Q380", Settings().namespace + "fact/x"])
    judgements = st.builds(
        Judgement,
        left=sides,
        right=sides,
        decision=st.sampled_from(["yes", "no", "unsure"]),
        by=words,
        why=words,
        score=confidences,
        when=st.none() | dates,
    )
    return Knowledge(
        articles=tuple(sorted(articles, key=lambda a: a.id)),
        appearances=tuple(sorted(appearances, key=lambda a: a.key)),
        claims=tuple(sorted(claims, key=lambda c: c.id)),
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        facts=tuple(sorted(facts, key=lambda f: f.id)),
        disagreements=tuple(draw(st.lists(disagreements, max_size=1))),
        judgements=tuple(sorted(draw(st.lists(judgements, max_size=3, unique=True)), key=lambda j: j.order)),
        retractions=tuple(
            draw(st.lists(st.builds(Retraction, article=st.just("\tgone"), sha256=some, when=st.none() | dates, why=maybe), max_size=1))
        ),
    )


@st.composite
def _facts(draw: st.DrawFn, identifier: FactId, claims: list[Claim], entities: list[str]) -> Fact:
    predicate = draw(st.sampled_from(sorted(KNOWN.predicates)))
    things = st.sampled_from(entities).map(EntityId)
    is_thing = KNOWN.predicates[predicate].object_kind is ObjectKind.ENTITY
    return draw(
        st.builds(
            Fact,
            id=st.just(identifier),
            subject=things,
            predicate=st.just(predicate),
            object=things if is_thing else quantities | words | st.just(True),  # noqa: FBT003
            claims=st.just(tuple(sorted(claim.id for claim in claims))),
            **qualifiers,
        )
    )


@profile(deadline=None, max_examples=40)
@given(knowledges())
def test_what_is_written_reads_back_equal(known: Knowledge) -> None:
    assert graph.knowledge(graph.quads(known, Settings(), KNOWN), Settings()) == known


@profile(deadline=None, max_examples=12)
@given(known=knowledges(), form=st.sampled_from(sorted(SUFFIX)))
def test_every_format_reads_back_equal(tmp_path_factory: pytest.TempPathFactory, known: Knowledge, form: RdfFormat) -> None:
    path = tmp_path_factory.mktemp("law") / f"graph.{SUFFIX[form]}"
    path.write_text(text_of(known, form), encoding="utf-8", newline="")
    assert graph.knowledge(graph.parse(path), Settings()) == known


# ── the example ──────────────────────────────────────────────────────────────


def test_the_hand_made_deal_reads_back_equal_with_its_texts(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    assert graph.knowledge(graph.quads(deals, settings, ontology), settings) == deals


def test_sides_of_a_judgement_that_former_versions_wrote_as_text_are_read(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    written = list(graph.quads(deals, settings, ontology))
    keys = {"left": "a1-e0", "right": "a2-e0"}
    former = [
        quad if key is None else ox.Quad(quad.subject, quad.predicate, ox.Literal(key), quad.graph_name)
        for quad in written
        for key in [keys.get(quad.predicate.value.removeprefix(ontology_room.KG))]
    ]
    assert former != written
    assert graph.knowledge(former, settings) == deals


def test_texts_are_written_where_the_knowledge_has_them(deals: Knowledge) -> None:
    without = replace(deals, articles=tuple(replace(article, text="") for article in deals.articles))
    assert ["people said" in text_of(known, RdfFormat.TRIG) for known in (deals, without)] == [True, False]


@pytest.mark.parametrize(
    "expected",
    [
        "kg:investedIn :Scale_AI .",
        ":Meta_Platforms\n    dcterms:isReplacedBy :Meta .",
        "fact:Meta-investedIn-Scale_AI  a kg:Fact ;\n    rdf:subject :Meta ;  rdf:predicate kg:investedIn ;  rdf:object :Scale_AI ;",
        "cito:updates claim:a2-cdefgh .",
        'q:USD-14B-to-15B  a schema:MonetaryAmount ;  rdfs:label "$14–15 billion" ;',  # noqa: RUF001
        'src:a1 {\n    src:a1  a schema:NewsArticle ;  schema:identifier "a1" ;',
        "kg:amount           q:USD-14B-to-15B ;",
        'kg:amountText "approximately $15 billion"',
        "quote:a2-0-66  a kg:Quote ;  oa:hasSource src:a2 ;  oa:start 0 ;  oa:end 66 ;\n        oa:exact ",
    ],
)
def test_the_trig_is_a_pleasure_to_read(deals: Knowledge, expected: str) -> None:
    assert expected in text_of(deals, RdfFormat.TRIG)


def test_each_of_several_claims_updates_the_one_before(deals: Knowledge) -> None:
    claims = tuple(
        replace(claim, status=status)
        for claim, status in zip(deals.claims, (Status.COMPLETED, Status.IN_TALKS, Status.PLANNED), strict=True)
    )
    ids = tuple(claim.id for claim in claims)
    updated = replace(deals.disagreements[1], claims=ids)
    agreed = replace(deals.disagreements[0], verdict=Verdict.AGREES, claims=ids)
    disputed = replace(agreed, id="drittes", verdict=Verdict.VALUE_CONFLICT)
    text = text_of(replace(deals, claims=claims, disagreements=(agreed, disputed, updated)), RdfFormat.NQUADS)
    links = [line.split()[:3] for line in text.splitlines() if "/spar/cito/" in line]
    found = sorted((s.rsplit("/", 1)[1][:2], p.rsplit("/", 1)[1][:-1], o.rsplit("/", 1)[1][:2]) for s, p, o in links)
    assert found == [("a1", "updates", "a3"), ("a2", "agreesWith", "a1"), ("a3", "agreesWith", "a2"), ("a3", "updates", "a2")]


def test_no_blank_node_is_written(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    written = list(graph.quads(deals, settings, ontology))
    assert not [quad for quad in written if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)]


def test_the_order_of_articles_does_not_change_the_bytes(deals: Knowledge) -> None:
    turned = replace(deals, articles=deals.articles[::-1], claims=deals.claims[::-1], appearances=deals.appearances[::-1])
    for form in RdfFormat:
        assert text_of(turned, form) == text_of(deals, form)


@pytest.mark.parametrize("status", [Status.RUMOURED, Status.IN_TALKS, Status.TERMINATED, Status.DENIED, Status.CONDITIONAL])
def test_what_is_not_even_planned_is_no_plain_link(deals: Knowledge, status: Status) -> None:
    known = replace(deals, facts=(replace(deals.facts[0], status=status),))
    assert "kg:investedIn :Scale_AI" not in text_of(known, RdfFormat.TRIG)


def test_a_denied_fact_is_no_plain_link(deals: Knowledge) -> None:
    known = replace(deals, facts=(replace(deals.facts[0], negative=True),))
    assert "kg:investedIn :Scale_AI" not in text_of(known, RdfFormat.TRIG)


def test_rdf_1_2_has_reifiers(deals: Knowledge) -> None:
    assert "rdf:reifies <<( :Meta kg:investedIn :Scale_AI )>>" in text_of(deals, RdfFormat.TURTLE12)


def test_a_graph_of_another_namespace_is_named(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    written = list(graph.quads(deals, settings, ontology))
    with pytest.raises(GraphError, match="another namespace"):
        graph.knowledge(written, Settings(namespace="https://example.org/id/"))


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "torn.trig"
    path.write_text("PREFIX kg: <https://w3id.org/kgraph/ontology#>\n:a kg:b", encoding="utf-8")
    with pytest.raises(GraphError, match=r"torn\.trig, line 2"):
        list(graph.parse(path))


def test_an_unknown_predicate_tells_where_to_name_it(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    known = replace(deals, facts=(replace(deals.facts[0], predicate="licensedTo"),))
    with pytest.raises(GraphError, match=r"'licensedTo' is in no ontology file"):
        list(graph.quads(known, settings, ontology))


def test_equal_amounts_in_other_words_are_one_node(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    said = Quantity(
        text="around $15 bn", unit="USD", value=Decimal("1.5E+10"), low=Decimal(14250000000), high=Decimal(15750000000), qualifier="about"
    )
    known = replace(deals, claims=(replace(deals.claims[0], amount=said), *deals.claims[1:]))
    assert text_of(known, RdfFormat.TRIG).count("a schema:MonetaryAmount") == 3  # with the fact's range
    assert graph.knowledge(graph.quads(known, settings, ontology), settings).claims == known.claims


def test_rdflib_sees_the_union_of_all_graphs(deals: Knowledge, ontology: Ontology, settings: Settings) -> None:
    found = graph.to_rdflib(graph.quads(deals, settings, ontology)).query(
        """PREFIX kg: <https://w3id.org/kgraph/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?quote WHERE { ?fact prov:wasDerivedFrom/kg:quote ?quote }"""
    )
    assert len(list(found)) == 3


def test_a_predicate_of_the_users_own_is_linked_and_reads_back(tmp_path: Path, deals: Knowledge, settings: Settings) -> None:
    path = tmp_path / "licences.ttl"
    path.write_text(
        """PREFIX ex: <https://example.org/terms/> PREFIX kg: <https://w3id.org/kgraph/ontology#>
        PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        ex:licensedTo a owl:ObjectProperty ; rdfs:label "licensed" ; rdfs:domain kg:Agent ; rdfs:range kg:Agent .""",
        encoding="utf-8",
    )
    own = ontology_room.load([path])
    known = replace(deals, facts=(replace(deals.facts[0], predicate="licensedTo", status=None),))
    written = list(graph.quads(known, settings, own))
    assert "<https://example.org/terms/licensedTo> :Scale_AI" in graph.serialise(written, RdfFormat.TRIG, settings.namespace)
    assert graph.knowledge(written, settings) == known
    assert graph.validate(written, own, settings) == ()


@pytest.mark.parametrize("form", [RdfFormat.TRIG, RdfFormat.TURTLE, RdfFormat.JSONLD])
def test_files_declare_the_prefixes_of_the_users_ontology(tmp_path: Path, deals: Knowledge, form: RdfFormat) -> None:
    path = tmp_path / "own.ttl"
    path.write_text("PREFIX ex: <https://example.org/terms/>\nPREFIX odd: <https://example.org/terms_>\n", encoding="utf-8")
    own = Settings(ontology=(path,))
    quads = [*graph.quads(deals, own, KNOWN), ox.Quad(*(ox.NamedNode(f"https://example.org/terms/{name}") for name in "spo"))]
    text = graph.serialise(quads, form, own.namespace, graph.query_prefixes(own))
    assert "ex:p" in text
    assert set(ox.parse(text.encode(), format=OXIGRAPH_FORMATS[form])) == set(
        ox.parse(graph.serialise(quads, form, own.namespace).encode(), format=OXIGRAPH_FORMATS[form])
    )
