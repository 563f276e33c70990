"""Reads entries: the names that an item, a cell or a value lists, each with the figures, dates and offices told beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kgraph.extraction.layout.blocks import Span
from kgraph.extraction.layout.leads import Inside, Mark
from kgraph.extraction.spans import Amount, Mention, Moment, Title
from kgraph.extraction.wordlists import NEGATIONS
from kgraph.model import Status
from kgraph.ontology.cues import load_status_cues

__all__ = ["Entry", "read_names", "read_values"]

_JOINING = frozenset({",", ";", "and", "&", "/"})
_OF_WHERE = frozenset({"from", "of", "at", "|"})
_ENDED = frozenset({Status.TERMINATED, Status.DENIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One value of an item or a cell, and what is told beside it."""

    value: Mention | Amount | Moment
    span: Span
    amount: Amount | None = None
    stake: Amount | None = None
    when: Moment | None = None
    role: Title | None = None


def read_names(doc: Doc, inside: Inside, span: Span) -> list[Entry]:
    """The names that a span lists from its start on; none where it begins with something else, or goes on as a sentence."""
    starts = {mention.start: mention for mention in inside.names(span)}
    place = span[0] + (span[1] > span[0] and doc[span[0]].pos_ == "DET")
    listed: list[Mention] = []
    while (mention := starts.get(place)) is not None:
        listed.append(mention)
        place = _next_name(doc, mention, span, starts)
    ends = [*(mention.start for mention in listed), span[1]][1:]
    entries = [_entry(inside, mention, (mention.start, end)) for mention, end in zip(listed, ends, strict=True)]
    return [] if any(_is_told_otherwise(doc, entry) for entry in entries) else entries


def _next_name(doc: Doc, mention: Mention, span: Span, starts: dict[int, Mention]) -> int:
    """Where the next name of a list stands: behind a comma, "and" and the like; -1 where there is none.

    An item of a list that has an office of its own, or a firm, goes on with these: "Jane Roe, chief executive, Acme".
    """
    depth = 0
    for place in range(mention.end, span[1]):
        text = doc[place].lower_
        depth += (text == "(") - (text == ")")
        if depth or text not in _JOINING:
            continue
        after = place + 1
        while after < span[1] and (doc[after].lower_ in _JOINING or doc[after].pos_ == "DET"):
            after += 1
        if after in starts:
            return after if starts[after].type is mention.type else -1
        if text == ",":
            return -1
    return -1


def _is_told_otherwise(doc: Doc, entry: Entry) -> bool:
    """Whether the words behind a name are a sentence of their own about it, or take back that it belongs to the list."""
    rest = doc[entry.value.end : entry.span[1]]
    goes_on = len(rest) > 0 and not rest[0].is_punct and rest[0].lower_ not in _JOINING | _OF_WHERE
    return goes_on or any(token.lower_ in NEGATIONS or _is_undone(token) for token in rest)


def _is_undone(token: Token) -> bool:
    """Whether a word says that a matter has not come about: "withdrawn", "pending", "possible"."""
    cues = load_status_cues()
    return cues.adjectives.get(token.lower_, Status.COMPLETED) is not Status.COMPLETED or cues.verbs.get(token.lemma_.lower()) in _ENDED


def _entry(inside: Inside, mention: Mention, span: Span) -> Entry:
    """A name with the only figure, share and date, and the first office, told beside it."""
    beside = (mention.end, span[1])
    return Entry(
        value=mention,
        span=span,
        amount=_only(inside.amounts(beside, "money")),
        stake=_only(inside.amounts(beside, "share")),
        when=_only(inside.moments(beside)),
        role=next(iter(inside.titles(beside)), None),
    )


def read_values(inside: Inside, span: Span, kind: str) -> list[Entry]:
    """The amount of a kind, or the date, with which a span begins, with the date told beside it."""
    marks = inside.moments(span) if kind == "date" else inside.amounts(span, kind)
    if not marks or marks[0].start > span[0] + 1:
        return []
    return [Entry(value=marks[0], span=span, when=_only(inside.moments((marks[0].end, span[1]))))]


def _only(marks: Sequence[Mark]) -> Mark | None:
    return marks[0] if len(marks) == 1 else None
