"""The text around dates, the day of publication, and the dates told before: what the forms of dates are read against."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from kgraph.extraction.marking.times import patterns as forms

if TYPE_CHECKING:
    import re

    from spacy.tokens import Doc, Span

__all__ = ["Context", "Read"]

_BEHIND = 30
"""Characters before a date in which "early", "since" or "last" are looked for."""

_FIGURE_BEHIND = 60
_SENTENCE_BEHIND = 400
_CLAUSE_BEHIND = 120
_LATEST = 40
"""The last year of this century that two digits mean where no day of publication is known."""
_AHEAD = 10
"""Years after the publication that two digits may mean."""
_DAY_LONG = len("2025-06-11")
_WEEK = 7
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Read(NamedTuple):
    """What a form says; `start` is given where words before the match belong to the date."""

    edtf: str
    is_period: bool = False
    start: int | None = None


class Context:
    """The text around matches and the day of publication."""

    def __init__(self, doc: Doc, published: dt.date | None) -> None:
        self.text = doc.text
        self.published = published
        self.told: list[tuple[int, str]] = []
        """Where the dates before end, and what they are."""
        self._doc = doc

    def told_before(self, match: re.Match[str]) -> int | None:
        """The year of the date before a match, if it stands in the same sentence or the one before."""
        if not self.told or not self.told[-1][1][:4].isdigit():
            return None
        end, edtf = self.told[-1]
        return int(edtf[:4]) if self._is_near(end, match) else None

    def told_near(self, match: re.Match[str]) -> str | None:
        """The date that "a year earlier" counts from: the last of the same sentence or the one before that is no day of the report."""
        is_compared = forms.COMPARED.search(self.text, max(0, match.start() - _FIGURE_BEHIND), match.start()) is not None
        for end, edtf in reversed(self.told):
            if not self._is_near(end, match):
                return None
            if edtf[:4].isdigit() and not self._is_of_report(edtf) and not (is_compared and self._is_long_ago(edtf)):
                return edtf
        return None

    def _is_near(self, end: int, match: re.Match[str]) -> bool:
        """Whether what ends at a place stands in the sentence of a match or the one before."""
        return match.start() - end <= _SENTENCE_BEHIND and len(forms.SENTENCE.findall(self.text, end, match.start())) <= 1

    def _is_of_report(self, edtf: str) -> bool:
        """Whether a date is a day within a week of the publication: when something was said, as "on Monday" in most news."""
        if self.published is None or len(edtf) != _DAY_LONG:
            return False
        return abs((dt.date.fromisoformat(edtf) - self.published).days) <= _WEEK

    def _is_long_ago(self, edtf: str) -> bool:
        """Whether a date lies years before the publication: the figures that news compares are of late."""
        return self.published is not None and int(edtf[:4]) < self.published.year - 1

    def dates_a_start(self, start: int, end: int) -> bool:
        """Whether a date is only that of where something began, the 2021 of "from $1 billion in 2021 to $4 billion"."""
        before = forms.FROM_FIGURE.search(self.text, max(0, start - _FIGURE_BEHIND), start)
        return before is not None and forms.TO_FIGURE.match(self.text, end) is not None

    def behind(self, start: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Where a pattern ends right before a place."""
        return pattern.search(self.text, max(0, start - _BEHIND), start)

    def looks_ahead(self, match: re.Match[str]) -> bool:
        """Whether the words of the sentence before a match speak of the future."""
        start = max(0, match.start() - _SENTENCE_BEHIND)
        for stop in forms.SENTENCE.finditer(self.text, start, match.start()):
            start = stop.end()
        before = self.text[start : match.start()]
        if forms.REPORTED.search(before):
            return False
        return bool(forms.AHEAD.search(before[-_CLAUSE_BEHIND:])) or self._is_after_infinitive(match)

    def _is_after_infinitive(self, match: re.Match[str]) -> bool:
        """Whether a date stands in a headline that promises, "Acme to go public in June": its only verb is an infinitive."""
        sentence = self._sentence(match)
        if sentence is None or any(token.tag_ in _FINITE for token in sentence):
            return False
        return any(token.tag_ == "TO" and token.idx < match.start() and token.head.tag_ == "VB" for token in sentence)

    def _sentence(self, match: re.Match[str]) -> Span | None:
        """The sentence of a match in a Doc that is parsed."""
        if not self._doc.has_annotation("DEP"):
            return None
        span = self._doc.char_span(match.start(), match.end(), alignment_mode="expand")
        return span.sent if span is not None and len(span) else None

    def century(self, digits: str) -> int:
        """The year that ends with two digits: of this century unless that lies far ahead."""
        latest = self.published.year + _AHEAD if self.published is not None else 2000 + _LATEST
        return 2000 + int(digits) if 2000 + int(digits) <= latest else 1900 + int(digits)

    def year(self, match: re.Match[str]) -> int | None:
        """The year that the groups of a match give."""
        groups = match.groupdict()
        if groups.get("short"):
            return self.century(groups["short"])
        year = groups.get("year")
        if not year:
            return None
        if year[0].isdigit():
            return int(year)
        if self.published is None:
            return None
        return self.published.year + {"this": 0, "last": -1, "next": 1}[year.split()[0]]
