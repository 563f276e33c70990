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
    """The candidates, where the "its" of an office stands beside a hire with the right house, or without the office.

    That an office is somebody else's only follows from a hire that the syntax tells.
    """
    told, read = _hirers(doc, [c for c in candidates if c.extractor == "frames"]), _hirers(doc, candidates)
    bound = (_bound(doc, mentions, told, read, candidate) for candidate in candidates)
    return [candidate for candidate in bound if candidate is not None]


def _hirers(doc: Doc, candidates: Sequence[Candidate]) -> Hirers:
    return {
        (doc[c.subject.head].sent.start, c.object.appearance): c.subject.appearance
        for c in sorted(candidates, key=lambda c: c.score)
        if c.predicate == "hired" and isinstance(c.object, Mention)
    }


def _bound(doc: Doc, mentions: Sequence[Mention], told: Hirers, read: Hirers, candidate: Candidate) -> Candidate | None:
    """A candidate with the house that "its" means; `told` are the hires of the syntax, `read` those of either extractor."""
    house = candidate.object
    if (
        candidate.predicate != "holdsRole"
        or not isinstance(house, Mention)
        or house.kind != "pronoun"
        or doc[house.head].dep_ != "nmod:poss"
    ):
        return candidate
    sentence = doc[house.head].sent
    key = (sentence.start, candidate.subject.appearance)
    if key in read and _is_given(doc[house.head].head):
        return replace(candidate, object=replace(house, appearance=read[key]))
    if told.get(key) != house.appearance:
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
