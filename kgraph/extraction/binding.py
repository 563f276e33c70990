"""Whom "its" cannot mean: nobody hires its own chief executive.

In "Meta is investing in Scale AI and recruiting its CEO" the office is at the other organisation, whatever the
coreference chain says. The nearest other organisation before takes its place; where there is none, nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kgraph.extraction.spans import Candidate, Mention
from kgraph.model import EntityType

__all__ = ["rebound"]


def rebound(doc: Doc, mentions: Sequence[Mention], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, where a pronoun made an office one at the hirer's own house with the right house or without the office."""
    hires = {
        (doc[c.subject.head].sent.start, c.subject.appearance, c.object.appearance)
        for c in candidates
        if c.predicate == "hired" and isinstance(c.object, Mention)
    }
    found = []
    for candidate in candidates:
        house = candidate.object
        if candidate.predicate != "holdsRole" or not isinstance(house, Mention) or house.kind != "pronoun":
            found.append(candidate)
            continue
        sentence = doc[house.head].sent
        if (sentence.start, house.appearance, candidate.subject.appearance) not in hires:
            found.append(candidate)
            continue
        others = [
            m
            for m in mentions
            if sentence.start <= m.start < house.start and m.type is EntityType.ORGANIZATION and m.appearance != house.appearance
        ]
        if others:
            found.append(replace(candidate, object=others[-1]))
    return found
