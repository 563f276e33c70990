"""Cuts the words of the article that support a claim: its sentence, or the clause of a long one, up to its figures if they are near."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kgraph.extraction.spans import Amount, Candidate
from kgraph.model import Quote

__all__ = ["find_quote"]

_LOOSE = frozenset({",", ";", ":", "-", "\u2013", "\u2014"})
_LONGEST = 40
"""Words of a quote; a longer sentence is cut to the clause."""
_LONGEST_WITH_FIGURES = 3 * _LONGEST
"""Words of a quote that reaches to a figure told in another sentence."""


def find_quote(doc: Doc, candidate: Candidate) -> Quote:
    """The quote of a candidate: `doc.text[start:end] == exact`, holding trigger, subject and object, and its figures if they are near."""
    if candidate.shown is not None:
        return _quote(doc, *_shown(doc, candidate, candidate.shown))
    first, last = _needed(candidate)
    start, end = doc[first].sent.start, doc[last].sent.end
    start, end = _within_paragraph(doc, start, end, first, last)
    if _words(doc, start, end) > _LONGEST:
        start, end = _clause(doc, candidate, first, last, (start, end))
    for figure in (candidate.amount, candidate.stake):
        if figure is not None:
            start, end = _up_to(doc, figure, start, end)
    while start < first and (doc[start].is_space or doc[start].text in _LOOSE):
        start += 1
    while end > last + 1 and (doc[end - 1].is_space or doc[end - 1].text in _LOOSE):
        end -= 1
    return _quote(doc, start, end)


def _shown(doc: Doc, candidate: Candidate, shown: tuple[int, int]) -> tuple[int, int]:
    """From the heading to the end of the entry; the line of the entry alone where that would be too long."""
    start, end = shown
    if end - start <= 2 * _LONGEST_WITH_FIGURES and _words(doc, start, end) <= _LONGEST_WITH_FIGURES:
        return shown
    inner = max(place.start for place in (candidate.subject, candidate.object) if place is not None and place.start < end)
    while inner > start and "\n" not in doc[inner - 1].text:
        inner -= 1
    return inner, end


def _quote(doc: Doc, start: int, end: int) -> Quote:
    span = doc[start:end]
    exact = span.text.rstrip()
    return Quote(start=span.start_char, end=span.start_char + len(exact), exact=exact)


def _within_paragraph(doc: Doc, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """A quote without what a blank line parts from all that is needed: a headline is often taken as one sentence with the lead."""
    for place in range(first - 1, start - 1, -1):
        if _is_blank_line(doc[place]):
            start = place + 1
            break
    return start, next((place for place in range(last + 1, end) if _is_blank_line(doc[place])), end)


def _is_blank_line(token: Token) -> bool:
    return token.is_space and token.text.count("\n") > 1


def _up_to(doc: Doc, figure: Amount, start: int, end: int) -> tuple[int, int]:
    """A quote that reaches to a figure, the whole of its sentence if that is another; unchanged where it would be too long."""
    sentence = doc[figure.start].sent
    wide = (min(start, figure.start), max(end, figure.end))
    if sentence.start >= end:
        wide = start, sentence.end
    elif sentence.end <= start:
        wide = sentence.start, end
    return wide if _words(doc, *wide) <= _LONGEST_WITH_FIGURES else (start, end)


def _needed(candidate: Candidate) -> tuple[int, int]:
    """The first and last token that the quote must hold; things named in an earlier sentence are left there."""
    spans = [span for span in (candidate.subject, candidate.object) if span is not None]
    places = [place for span in spans for place in (span.start, span.end - 1)]
    if candidate.trigger is not None:
        places.append(candidate.trigger)
    return min(places), max(places)


def _clause(doc: Doc, candidate: Candidate, first: int, last: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """The smallest subtree around all that is needed, if it is short enough; else a window around it."""
    head: Token = doc[candidate.trigger if candidate.trigger is not None else candidate.subject.head]
    while True:
        start, end = head.left_edge.i, head.right_edge.i + 1
        if start <= first and last < end:
            break
        if head.head.i == head.i:
            start, end = sentence
            break
        head = head.head
    if _words(doc, start, end) <= _LONGEST:
        return start, end
    room = max(0, _LONGEST - _words(doc, first, last + 1))
    return max(start, sentence[0], first - room // 2), min(end, sentence[1], last + 1 + room // 2)


def _words(doc: Doc, start: int, end: int) -> int:
    return sum(1 for token in doc[start:end] if not token.is_punct and not token.is_space)
