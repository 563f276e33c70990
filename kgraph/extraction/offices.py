"""Several offices of one person: what holds of "chairman" in "chairman, CEO and president of Acme" holds of all three."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kgraph.extraction.spans import Candidate, Title

__all__ = ["share_offices"]

_JOINS = frozenset({",", "and", "&", "as", "well", "/"})


def share_offices(doc: Doc, candidates: Iterable[Candidate], titles: Sequence[Title]) -> list[Candidate]:
    """The candidates, and one more for each title beside theirs that the same person holds at the same place."""
    found = list(candidates)
    said = {(c.predicate, c.subject.appearance, c.role.start) for c in found if c.role is not None}
    rows = _rows(doc, titles)
    for candidate in tuple(found):
        if candidate.predicate != "holdsRole" or candidate.role is None:
            continue
        for title in rows.get(candidate.role.start, ()):
            key = (candidate.predicate, candidate.subject.appearance, title.start)
            if key not in said:
                said.add(key)
                found.append(replace(candidate, role=title, trigger=title.head))
    return found


def _rows(doc: Doc, titles: Sequence[Title]) -> dict[int, list[Title]]:
    """By a title's start, the titles that stand in one row with it, nothing but commas and "and" between them."""
    rows: list[list[Title]] = []
    for title in titles:
        joined = rows and rows[-1][-1].end < title.start and all(token.lower_ in _JOINS for token in doc[rows[-1][-1].end : title.start])
        if joined:
            rows[-1].append(title)
        else:
            rows.append([title])
    return {title.start: row for row in rows for title in row if len(row) > 1}
