"""What stands in the network picture: things with their notes, arrows with their words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kgraph.export.pictures.typesetting import extent, wrapped
from kgraph.export.wording.sentences import phrase
from kgraph.export.wording.staged import staged_figures
from kgraph.period import when_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from kgraph.export.selection import Edge, Scene
    from kgraph.model import Claim, ClaimId, Entity, Fact
    from kgraph.ontology import Ontology

    Points = NDArray[np.float64]

__all__ = ["EDGE_TEXT", "NODE_TEXT", "NOTE_TEXT", "Arrow", "Node", "arrows_of", "nodes_of"]

NODE_TEXT, NOTE_TEXT, EDGE_TEXT = 9.5, 7.5, 7.5
_SMALLEST, _LARGEST = 7.0, 24.0
_LABELS = 90
"""Edges with words; the others, the least supported, stay bare."""
_LINES, _NOTES = 3, 2
_TODAY = "9999"
"""Later than any year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A thing: its mark, its name and what stands below it."""

    entity: Entity
    radius: float
    label: str
    facts: tuple[Fact, ...]
    """Those that stand below the name."""
    note: str

    @property
    def label_size(self) -> tuple[float, float]:
        """Width and height of its words."""
        width, height = extent(self.label, NODE_TEXT, "bold")
        if not self.note:
            return width, height
        note = extent(self.note, NOTE_TEXT)
        return max(width, note[0]), height + note[1]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of mark and words."""
        width, height = self.label_size
        return max(width, 2.2 * self.radius), height + 2.2 * self.radius + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """All facts from one thing to another, with their words; `ends` are the numbers of the two nodes."""

    edge: Edge
    label: str
    ends: tuple[int, int]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of its words."""
        if not self.label:
            return 6.0, 6.0
        width, height = extent(self.label, EDGE_TEXT)
        return width + 6, height + 3


def nodes_of(scene: Scene, ontology: Ontology) -> list[Node]:
    """The things of a scene, those of the highest score largest."""
    most = max((scene.scores.get(entity.id, 0.0) for entity in scene.entities), default=0.0) or 1.0
    nodes = []
    for entity in scene.entities:
        share = math.sqrt(max(scene.scores.get(entity.id, 0.0), 0.0) / most)
        facts = _latest(scene.attributes.get(entity.id, ()), ontology)[:_NOTES]
        note = "\n".join(wrapped(_note(fact, ontology), 26, 2) for fact in facts)
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * share
        nodes.append(Node(entity=entity, radius=radius, label=wrapped(entity.label, 20, 3), facts=facts, note=note))
    return nodes


def _note(fact: Fact, ontology: Ontology) -> str:
    """What a fact says of its subject, with the period that a figure covers."""
    return f"{phrase(fact, ontology)}, {when_words(fact.period)}" if fact.period else phrase(fact, ontology)


def _latest(facts: Iterable[Fact], ontology: Ontology) -> tuple[Fact, ...]:
    """One fact of each relation: what is said of today before what is said of a year, and of years the last.

    Of figures that cover a period which is not told only the first is kept: side by side, a profit and a loss would seem to clash.
    """
    by_predicate: dict[str, Fact] = {}
    for fact in facts:
        known = by_predicate.setdefault(fact.predicate, fact)
        if (fact.period or fact.when or _TODAY) > (known.period or known.when or _TODAY):
            by_predicate[fact.predicate] = fact
    of_some_period = [
        fact for fact in by_predicate.values() if fact.period is None and "period" in ontology.predicates[fact.predicate].qualifiers
    ]
    return tuple(fact for fact in by_predicate.values() if fact not in of_some_period[1:])


def arrows_of(scene: Scene, ontology: Ontology, claims: Mapping[ClaimId, Claim]) -> list[Arrow]:
    """The edges of a scene; beyond so many, the least important have no words."""
    index = {entity.id: number for number, entity in enumerate(scene.entities)}
    worth = sorted(
        scene.edges,
        key=lambda edge: (
            edge.disputed is None,
            -(scene.scores.get(edge.source, 0) + scene.scores.get(edge.target, 0)),
            edge.source,
            edge.target,
        ),
    )
    worded = {(edge.source, edge.target) for edge in worth[:_LABELS]}
    return [
        Arrow(
            edge=edge,
            label=_edge_label(edge, ontology, claims) if (edge.source, edge.target) in worded else "",
            ends=(index[edge.source], index[edge.target]),
        )
        for edge in scene.edges
    ]


def _edge_label(edge: Edge, ontology: Ontology, claims: Mapping[ClaimId, Claim]) -> str:
    """One line for each fact, those of one relation together, the rest counted.

    Of facts that say the same but for how far the matter has come, the furthest stands for all.
    """
    best: dict[tuple[str, str], Fact] = {}
    first = {fact.predicate: place for place, fact in reversed(list(enumerate(edge.facts)))}
    for fact in sorted(edge.facts, key=lambda fact: first[fact.predicate]):
        known = best.setdefault((fact.predicate, phrase(fact, ontology, with_status=False)), fact)
        if _stage(fact, ontology) > _stage(known, ontology):
            best[fact.predicate, phrase(fact, ontology, with_status=False)] = fact
    phrases = list(dict.fromkeys(phrase(fact, ontology, sums=staged_figures(fact, claims)) for fact in best.values()))
    shown = [wrapped(words, 24, 2) for words in phrases[:_LINES]]
    return "\n".join(shown) + (f"\n+{len(phrases) - _LINES} more" if len(phrases) > _LINES else "")


def _stage(fact: Fact, ontology: Ontology) -> int:
    return ontology.statuses[fact.status].stage if fact.status else 0
