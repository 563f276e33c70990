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


def test_the_ontology_has_no_blank_nodes() -> None:
    assert not [quad for quad in TRIPLES if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)]


def test_every_word_has_a_label() -> None:
    labels = {"http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel"}
    labelled = {quad.subject.value for quad in TRIPLES if quad.predicate.value in labels and isinstance(quad.subject, ox.NamedNode)}
    assert {iri for iri in DESCRIBED if iri.startswith(KG)} <= labelled
