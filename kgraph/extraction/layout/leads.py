"""Reads what a heading, a key or a lead-in says of what stands under it.

It is understood only as a whole: the words of a heading of the ontology, at most one thing that it is about ("*Acme*'s
investors", "investors in *Acme*"), dates and counts, and words that change nothing. Any other word ("possible", "not",
"that declined") may change everything, and then it says nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from spacy.tokens import Doc

from kgraph.extraction.layout.blocks import Span
from kgraph.extraction.spans import Amount, Marked, Mention, Moment, Title
from kgraph.model import Status
from kgraph.ontology.cues import load_status_cues
from kgraph.ontology.headings import Heading

__all__ = ["Inside", "Lead", "LeadReader", "Mark"]

_LONGEST_HEADING = 5
"""Words."""

Mark = TypeVar("Mark", Mention, Amount, Moment, Title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What a heading says."""

    heading: Heading
    span: Span
    title: Title | None = None
    """The office that it names."""
    owner: Mention | None = None
    """Of whom it speaks."""
    when: Moment | None = None
    status: Status | None = None
    """What it says of how far all that stands under it has come."""


class Inside:
    """What is marked inside spans of one Doc."""

    def __init__(self, marked: Marked) -> None:
        self._mentions, self._amounts = _Sorted(marked.mentions), _Sorted(marked.amounts)
        self._moments, self._titles = _Sorted(marked.moments), _Sorted(marked.titles)

    def mentions(self, span: Span) -> list[Mention]:
        """The mentions that lie wholly in a span, in text order; so the others."""
        return self._mentions.inside(span)

    def names(self, span: Span) -> list[Mention]:
        """The mentions by name."""
        return [mention for mention in self.mentions(span) if mention.kind == "name"]

    def amounts(self, span: Span, kind: str) -> list[Amount]:
        """The amounts of a kind."""
        return [amount for amount in self._amounts.inside(span) if amount.kind == kind]

    def moments(self, span: Span) -> list[Moment]:
        """The dates."""
        return self._moments.inside(span)

    def titles(self, span: Span) -> list[Title]:
        """The offices."""
        return self._titles.inside(span)


class _Sorted(Generic[Mark]):
    """Marks by their place, so that a table of a thousand rows is read in one pass."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks: list[Mark] = sorted(marks, key=lambda mark: (mark.start, mark.end))
        self._starts: list[int] = [mark.start for mark in self._marks]

    def inside(self, span: Span) -> list[Mark]:
        near = self._marks[bisect_left(self._starts, span[0]) : bisect_left(self._starts, span[1])]
        return [mark for mark in near if mark.end <= span[1]]


class LeadReader:
    """Matches spans of one Doc after another against the headings of the ontology."""

    def __init__(self, headings: Iterable[Heading], words: Mapping[str, frozenset[str]]) -> None:
        headings = tuple(headings)
        self._by_words = {word: heading for heading in headings for word in heading.words}
        self._office = next((heading for heading in headings if not heading.words), None)
        self._neutral = words.get("in-heading", frozenset())

    def read(self, doc: Doc, inside: Inside, span: Span) -> Lead | None:
        """What a span says of what stands under it; None where it is no heading, or one that is not wholly understood."""
        readings = (self._understood(doc, inside, span, *found) for found in self._headings(doc, inside, span))
        return next((lead for lead in readings if lead is not None), None)

    def _headings(self, doc: Doc, inside: Inside, span: Span) -> Iterator[tuple[Heading, Title | None, Span]]:
        """Each heading whose words stand in a span, the longest first; then an office."""
        for length in range(min(_LONGEST_HEADING, span[1] - span[0]), 0, -1):
            for start in range(span[0], span[1] - length + 1):
                words = " ".join(doc[start : start + length].text.lower().split())
                heading = self._by_words.get(words) or self._by_words.get(_singular(words))
                if heading is not None:
                    yield heading, None, (start, start + length)
        titles = inside.titles(span)
        if self._office is not None and len(titles) == 1:
            yield self._office, titles[0], (titles[0].start, titles[0].end)

    def _understood(self, doc: Doc, inside: Inside, span: Span, heading: Heading, title: Title | None, at: Span) -> Lead | None:
        """A heading with what stands around it; None where that says more than of whom and when."""
        mentions = [m for m in inside.mentions(span) if m.end <= at[0] or at[1] <= m.start]
        owners = {mention.appearance: mention for mention in reversed(mentions)}
        moments = inside.moments(span)
        counts = inside.amounts(span, "count")
        spans = [at, *((mark.start, mark.end) for marks in (mentions, moments, counts) for mark in marks)]
        covered = {i for one in spans for i in range(*one)}
        rest = {token.lower_ for token in doc[span[0] : span[1]] if token.i not in covered and not token.is_punct and not token.is_space}
        telling = rest - self._neutral
        status = _tenure(telling) if heading.predicate == "holdsRole" else None
        if len(owners) > 1 or (telling and status is None):
            return None
        owner = next(iter(owners.values()), None)
        when = moments[0] if len(moments) == 1 else None
        return Lead(heading=heading, span=span, title=title, owner=owner, when=when, status=status or heading.status)


def _tenure(words: set[str]) -> Status | None:
    """What the only words that tell something say of an office: that it is a former or a coming one."""
    cues = load_status_cues()
    found = [status for known, status in ((cues.former, Status.FORMER), (cues.incoming, Status.INCOMING)) if words and words <= known]
    return found[0] if found else None


def _singular(words: str) -> str:
    """Words whose last, or whose first before "of", is in the singular.

    >>> _singular("lead investors"), _singular("subsidiaries"), _singular("members of the board"), _singular("business")
    ('lead investor', 'subsidiary', 'member of the board', 'business')
    """
    head, of, rest = words.partition(" of ")
    if head.endswith("ies"):
        head = head[:-3] + "y"
    elif head.endswith(("tches", "sses")):
        head = head[:-2]
    elif head.endswith("s") and not head.endswith(("ss", "us", "is")):
        head = head[:-1]
    return head + of + rest
