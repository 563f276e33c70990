"""What "respectively" pairs: "Acme and Beta bought Gamma and Delta, respectively" tells of two purchases, and not of four.

The rows of a sentence that are as long as the one right before the word belong together, first to first and second to second.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kgraph.extraction.spans import Amount, Candidate, Marked, Mention, Moment, Title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Doc, Token

__all__ = ["paired", "place_of"]

Marking = Mention | Amount | Moment | Title
Place = tuple[int, int]
"""Which row of a sentence, and which of its members."""

_WORD = "respectively"
_BETWEEN = frozenset({",", "and", "&", "the", "its", "their", "a", "an", "as", "to", "of", "in", "for", "about"})
"""What may stand between the members of a row."""
_VALUES = ("amount", "stake", "when", "role")


def paired(doc: Doc, candidates: Sequence[Candidate], marked: Marked | None = None) -> list[Candidate]:
    """The candidates, none of them across two rows that "respectively" pairs, each with the values of its own place.

    A row is of what is marked, or of what the candidates themselves speak of.
    """
    marks = [token for token in doc if token.lower_ == _WORD]
    if not marks:
        return list(candidates)
    markings = _markings(candidates, marked)
    rows = {mark.sent.start: _rows(doc, mark, markings) for mark in marks}
    settled = (_settled(candidate, rows.get(doc[place_of(candidate)].sent.start, [])) for candidate in candidates)
    return [candidate for candidate in settled if candidate is not None]


def place_of(candidate: Candidate) -> int:
    """The word at which a candidate is told: the one that evokes it, or else its subject."""
    return candidate.trigger if candidate.trigger is not None else candidate.subject.head


def _markings(candidates: Iterable[Candidate], marked: Marked | None) -> list[Marking]:
    """Everything that is marked and that the candidates speak of, in text order."""
    known: tuple[Marking, ...] = (*marked.mentions, *marked.amounts, *marked.moments, *marked.titles) if marked else ()
    found: dict[tuple[int, int], Marking] = {(one.start, one.end): one for one in known}
    for candidate in candidates:
        for value in (candidate.subject, candidate.object, *(getattr(candidate, name) for name in _VALUES)):
            if value is not None:
                found[value.start, value.end] = value
    return [found[place] for place in sorted(found)]


def _rows(doc: Doc, mark: Token, markings: Sequence[Marking]) -> list[list[Marking]]:
    """The rows of the word's sentence that it pairs, where there are at least two."""
    rows: list[list[Marking]] = []
    for marking in markings:
        if not mark.sent.start <= marking.start < mark.i:
            continue
        if rows and _goes_on(doc, rows[-1][-1], marking):
            rows[-1].append(marking)
        else:
            rows.append([marking])
    length = next((len(row) for row in reversed(rows) if len(row) > 1), 0)
    chosen = [row for row in rows if len(row) == length]
    return chosen if len(chosen) > 1 else []


def _goes_on(doc: Doc, last: Marking, following: Marking) -> bool:
    """Whether two marked spans are members of one row: alike, and only commas, "and" and articles between them."""
    between = doc[last.end : following.start]
    alike = type(last) is type(following) and getattr(last, "kind", None) == getattr(following, "kind", None)
    is_joined = any(token.lower_ in {",", "and", "&"} for token in between)
    return alike and is_joined and all(token.lower_ in _BETWEEN for token in between)


def _settled(candidate: Candidate, rows: Sequence[Sequence[Marking]]) -> Candidate | None:
    """A candidate with the values of the place of its ends; None where its ends have different places."""
    places = {(one.start, one.end): (number, at) for number, row in enumerate(rows) for at, one in enumerate(row)}
    ends = [places[end.start, end.end] for end in (candidate.subject, candidate.object) if end and (end.start, end.end) in places]
    if not ends:
        return candidate
    if len({row for row, _ in ends}) == len(ends) and len({at for _, at in ends}) > 1:
        return None
    return replace(candidate, **_values(candidate, rows, places, ends[0]))


def _values(candidate: Candidate, rows: Sequence[Sequence[Marking]], places: Mapping[tuple[int, int], Place], end: Place) -> dict[str, Any]:
    """The values of a candidate that stand in a row, those at the place of its end."""
    found: dict[str, Any] = {}
    for name in _VALUES:
        value = getattr(candidate, name)
        place = places.get((value.start, value.end)) if value is not None else None
        if place is not None and place[0] != end[0]:
            found[name] = rows[place[0]][end[1]]
    return found
