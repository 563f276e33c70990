"""The offices of people: the title beside a name that nothing else has given one, and all titles of a row.

What holds of "chairman" in "chairman, CEO and president of Acme" holds of all three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kgraph.extraction.marking.things.titles import find_titles
from kgraph.extraction.qualifying.office_firms import in_right_houses
from kgraph.extraction.qualifying.unreal_offices import without_unreal
from kgraph.extraction.spans import Mention, Title
from kgraph.extraction.syntax.marks import Marks
from kgraph.extraction.syntax.surface import neighbours

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kgraph.extraction.spans import Candidate, Marked

__all__ = ["name_offices", "settle_offices", "share_offices"]

_CHAIR = "chair"
_JOINS = frozenset({",", "and", "&", "as", "well", "/"})


def name_offices(doc: Doc, marked: Marked, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, an office without a title with the one title that stands beside its holder in the sentence.

    If none does, a word that is mostly no title ("leader") counts if it stands beside the person. Who "chairs" a firm is its chair.
    Each title is at the firm in whose phrase it stands, or which gives it.
    """
    return in_right_houses(doc, marked.titles, _with_titles(doc, marked, candidates))


def _with_titles(doc: Doc, marked: Marked, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, those of offices with the title that says which."""
    candidates = [_with_chair(doc, candidate) for candidate in candidates]
    bare = [candidate for candidate in candidates if candidate.predicate == "holdsRole" and candidate.role is None]
    if not bare:
        return list(candidates)
    marks = Marks(doc, marked)
    held = _held(doc, marks, marked.titles)
    if any(_holder(doc, candidate) not in held for candidate in bare):
        held = _held(doc, marks, find_titles(doc, bare=True)) | held
    found = []
    for candidate in candidates:
        titles = held.get(_holder(doc, candidate), []) if candidate.predicate == "holdsRole" and candidate.role is None else []
        found.append(replace(candidate, role=titles[0]) if len(titles) == 1 else candidate)
    return found


def _with_chair(doc: Doc, candidate: Candidate) -> Candidate:
    """The candidate with the office that the verb over its firm says: "Roe, who chairs Beta", "chaired the board of Beta"."""
    if candidate.predicate != "holdsRole" or candidate.role is not None or not isinstance(candidate.object, Mention):
        return candidate
    firm = doc[candidate.object.head]
    what = firm.head if firm.head.lemma_.lower() == "board" else firm
    verb = what.head
    if what.dep_ != "obj" or verb.pos_ != "VERB" or verb.lemma_.lower() != _CHAIR:
        return candidate
    return replace(candidate, role=Title(start=verb.i, end=verb.i + 1, head=verb.i, text=_CHAIR))


def _holder(doc: Doc, candidate: Candidate) -> tuple[int, str]:
    """The sentence and the person that a candidate speaks of."""
    return doc[candidate.subject.head].sent.start, candidate.subject.appearance


def _held(doc: Doc, marks: Marks, titles: Iterable[Title]) -> dict[tuple[int, str], list[Title]]:
    """By sentence and person, the titles that stand beside the person there."""
    held: dict[tuple[int, str], list[Title]] = defaultdict(list)
    for title in titles:
        for token in neighbours(marks, doc[title.head], "holder"):
            if (mention := marks.mention(token)) is not None:
                held[token.sent.start, mention.appearance].append(title)
    return held


def settle_offices(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each title of a person given by the surest frame alone.

    In "Acme hired Beta executive Ann Roe as finance chief" Beta is near "finance chief", too, but only "executive" is said of it; a
    candidate of the learnt model follows the frames where these say which office is whose.
    """
    offices = [c for c in candidates if c.predicate == "holdsRole" and c.extractor == "frames" and c.role is not None]
    surest: dict[tuple[str, int], Candidate] = {}
    for candidate in sorted(offices, key=lambda c: c.score):
        surest[_office(candidate)] = candidate
    kept = [c for c in offices if _pattern(c) == _pattern(surest[_office(c)])]
    firms: dict[tuple[str, int], set[str]] = defaultdict(set)
    for candidate in kept:
        firms[_office(candidate)].add(_firm(candidate))
    own = {(c.subject.appearance, _firm(c)): c.role for c in kept}
    found = []
    for candidate in candidates:
        is_held = candidate.predicate == "holdsRole" and candidate.role is not None
        is_learnt = candidate.predicate == "holdsRole" and candidate.extractor == "relations"
        if is_learnt and (not is_held or _firm(candidate) not in firms.get(_office(candidate), {_firm(candidate)})):
            found.append(replace(candidate, role=own.get((candidate.subject.appearance, _firm(candidate)), candidate.role)))
        elif not is_held or candidate.extractor == "relations" or _firm(candidate) in firms[_office(candidate)]:
            found.append(_without_office_elsewhere(candidate, firms))
    return found


def _without_office_elsewhere(candidate: Candidate, firms: Mapping[tuple[str, int], set[str]]) -> Candidate:
    """A hire or a departure without an office that its person has at another firm: "hired Roe from Beta, where she was finance chief"."""
    if candidate.role is None or candidate.predicate not in {"hired", "departedFrom"} or not isinstance(candidate.object, Mention):
        return candidate
    ends = candidate.subject.appearance, candidate.object.appearance
    firm, person = ends if candidate.predicate == "hired" else reversed(ends)
    return replace(candidate, role=None) if firm not in firms.get((person, candidate.role.start), {firm}) else candidate


def _office(candidate: Candidate) -> tuple[str, int]:
    """A person and where the title stands."""
    return candidate.subject.appearance, candidate.role.start if candidate.role is not None else -1


def _pattern(candidate: Candidate) -> str:
    """The frame that has found a candidate."""
    return (candidate.frame or "").split(" ")[0]


def _firm(candidate: Candidate) -> str:
    return candidate.object.appearance if isinstance(candidate.object, Mention) else ""


def share_offices(doc: Doc, candidates: Iterable[Candidate], titles: Sequence[Title]) -> list[Candidate]:
    """Adds a candidate for each title in a row, then drops offices nobody gets."""
    rows = _rows(doc, titles)
    found = _at_the_last(doc, list(candidates), rows)
    said = {(c.predicate, c.subject.appearance, c.role.start) for c in found if c.role is not None}
    for candidate in tuple(found):
        if candidate.predicate != "holdsRole" or candidate.role is None:
            continue
        for title in rows.get(candidate.role.start, ()):
            key = (candidate.predicate, candidate.subject.appearance, title.start)
            if key not in said:
                said.add(key)
                found.append(replace(candidate, role=title, trigger=title.head))
    return without_unreal(doc, found)


def _at_the_last(doc: Doc, candidates: Sequence[Candidate], rows: Mapping[int, list[Title]]) -> list[Candidate]:
    """The candidates, all titles of a row held where the last is: "named Roe chairman and CEO of Beta"."""
    firms: dict[tuple[str, int], dict[str, Candidate]] = defaultdict(dict)
    for candidate in candidates:
        if candidate.predicate == "holdsRole" and candidate.extractor == "frames":
            firms[_office(candidate)][_firm(candidate)] = candidate
    found = []
    for candidate in candidates:
        row = rows.get(candidate.role.start, ()) if candidate.predicate == "holdsRole" and candidate.role is not None else ()
        last = row[-1] if row and _lower(doc, row[-1].end) in {"of", "at"} else None
        there = firms.get((candidate.subject.appearance, last.start), {}) if last is not None and last != candidate.role else {}
        if len(there) == 1 and _firm(candidate) not in there:
            found.append(replace(candidate, object=next(iter(there.values())).object))
        else:
            found.append(candidate)
    return found


def _lower(doc: Doc, place: int) -> str:
    return doc[place].lower_ if place < len(doc) else ""


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
