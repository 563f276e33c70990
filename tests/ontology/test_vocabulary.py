"""Every word that a graph uses is described in `ontology/`."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgraph import ontology
from kgraph.analysis import Measure
from kgraph.model import EntityType, Status, Verdict
from kgraph.ontology import KG
from kgraph.version import __version__

HOME = ontology.directory()
TRIPLES = [triple for name in ("kgraph", "statuses", "hedges", "record") for triple in ox.parse(path=str(HOME / f"{name}.ttl"))]
DESCRIBED = {quad.subject.value for quad in TRIPLES if isinstance(quad.subject, ox.NamedNode)}


@pytest.mark.parametrize("path", [*sorted(HOME.glob("queries/*.rq")), HOME / "shapes.ttl"], ids=lambda path: path.name)
def test_queries_and_shapes_use_only_words_that_are_described(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    shapes = set(re.findall(r"^kg:(\w+)", text, re.MULTILINE))
    used = set(re.findall(r"\bkg:(\w+)", text)) - shapes
    assert {word for word in used if KG + word not in DESCRIBED} == set()


@pytest.mark.parametrize("word", [*EntityType, *Status, *Measure, "loopScore", "cycleScore", "hubScore"], ids=str)
def test_types_statuses_and_results_are_described(word: str) -> None:
    assert KG + word in DESCRIBED


def test_every_verdict_has_a_class() -> None:
    classes = [
        quad for quad in TRIPLES if quad.object == ox.NamedNode(KG + "Disagreement") and quad.predicate.value.endswith("#subClassOf")
    ]
    assert len(classes) == len(Verdict)


def test_the_ontology_has_the_version_of_the_package() -> None:
    said = {quad.predicate.value.rpartition("#")[2]: quad.object.value for quad in TRIPLES if quad.subject.value == KG.removesuffix("#")}
    assert (said["versionInfo"], said["versionIRI"]) == (__version__, f"{KG.removesuffix('#')}/{__version__}")


def test_the_ontology_has_no_blank_nodes() -> None:
    assert not [quad for quad in TRIPLES if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)]


RDFS, SKOS = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2004/02/skos/core#"


@pytest.mark.parametrize("said", [(RDFS + "label", SKOS + "prefLabel"), (RDFS + "comment", SKOS + "definition")], ids=["label", "comment"])
def test_every_word_is_typed_labelled_and_explained(said: tuple[str, str]) -> None:
    typed = {quad.subject.value for quad in TRIPLES if quad.predicate.value.endswith("#type")}
    explained = {quad.subject.value for quad in TRIPLES if quad.predicate.value in said}
    assert {iri for iri in DESCRIBED if iri.startswith(KG)} <= typed & explained


def test_only_relations_with_things_at_both_ends_equal_those_of_wikidata() -> None:
    """Its figures and dates are literals: an amount as a node of its own is close to them, not the same."""
    ranges = {quad.subject.value: quad.object.value for quad in TRIPLES if quad.predicate.value == RDFS + "range"}
    equal = {quad.subject.value for quad in TRIPLES if quad.predicate.value.endswith(("#equivalentProperty", "#inverseOf"))}
    assert equal
    assert all(ranges[iri].startswith(KG) for iri in equal)
