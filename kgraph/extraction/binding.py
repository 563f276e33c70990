"""Whose "its" is beside a hire: nobody hires its own chief executive, and who is hired "as its chief executive" is the hirer's.

In "Meta is investing in Scale AI and recruiting its CEO" the office is at the other organisation, whatever the
coreference chain says; the nearest other organisation before takes its place, and where there is none, nothing is said.
In "Acme hired Roe from Beta as its CEO", or "to be its CEO", the office is what the hirer gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kgraph.extraction.spans import Candidate, Mention
from kgraph.model import AppearanceKey, EntityType

__all__ = ["rebound"]

Hirers = Mapping[tuple[int, AppearanceKey], AppearanceKey]
"""By sentence and person, the organisation that hires."""


def rebound(doc: Doc, mentions: Sequence[Mention], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, where the "its" of an office stands beside a hire with the right house, or without the office."""
    hires = [c for c in candidates if c.predicate == "hired" and isinstance(c.object, Mention)]
    hirers = {
        (doc[c.subject.head].sent.start, c.object.appearance): c.subject.appearance
        for c in sorted(hires, key=lambda c: c.score)
        if isinstance(c.object, Mention)
    }
    bound = (_bound(doc, mentions, hirers, candidate) for candidate in candidates)
    return [candidate for candidate in bound if candidate is not None]


def _bound(doc: Doc, mentions: Sequence[Mention], hirers: Hirers, candidate: Candidate) -> Candidate | None:
    """A candidate with the house that "its" means."""
    house = candidate.object
    if candidate.predicate != "holdsRole" or not isinstance(house, Mention) or doc[house.head].dep_ != "nmod:poss":
        return candidate
    sentence = doc[house.head].sent
    hirer = hirers.get((sentence.start, candidate.subject.appearance))
    if hirer is None or house.kind != "pronoun":
        return candidate
    if _is_given(doc[house.head].head):
        return replace(candidate, object=replace(house, appearance=hirer))
    if house.appearance != hirer:
        return candidate
    others = [
        m
        for m in mentions
        if sentence.start <= m.start < house.start and m.type is EntityType.ORGANIZATION and m.appearance != house.appearance
    ]
    return replace(candidate, object=others[-1]) if others else None


def _is_given(title: Token) -> bool:
    """Whether an office is what somebody is taken for: "as its chief executive", "to be its chief executive", "named Roe its chief"."""
    while title.dep_ == "conj":
        title = title.head
    return title.dep_ == "xcomp" or any(child.dep_ == "cop" or child.lower_ == "as" for child in title.children)
