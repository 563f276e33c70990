"""Finds the figure that another is compared with: "rose to $4bn *from $3bn*", "$4bn, *against $3bn* a year earlier"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.syntax.places import is_verbal
from kgraph.extraction.wordlists import words
from kgraph.ontology.cues import load_status_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Amount
    from kgraph.extraction.syntax.marks import Marks

__all__ = ["COMPARING", "compared", "is_compared_with"]

COMPARING = words("from than compared against versus vs vs.")
"""Words before a figure, or what is told of it, with which another is compared."""
_LINKS = words("with to the a an")
_REACH = 16
"""Tokens after a figure in which the other is looked for."""
_AHEAD = 6
"""Tokens after the other figure in which a word may tell that it was only foreseen."""
_ELSE = words("while but whereas and as")
"""Words that begin to tell of something else."""
_LIMITS = words("of at by in for that which who whom")
"""Words that begin to tell what a sum is, or whose."""
_BEFORE_NOUNS = frozenset({"DET", "ADJ", "NUM"})
_TIMES = words("period quarter year month week half")


def is_compared_with(doc: Doc, start: int) -> bool:
    """Whether what starts at a place is what something is compared with."""
    before = start - 1
    while before > 0 and doc[before].lower_ in _LINKS:
        before -= 1
    return before >= 0 and doc[before].lower_ in COMPARING


def compared(marks: Marks, token: Token) -> list[Token]:
    """The head of the sum that the sum at a token is compared with; that which analysts foresaw is none."""
    own = marks.amount(token)
    if own is None or own.kind != "money":
        return []
    doc = marks.doc
    for i in range(own.end, min(token.sent.end, own.end + _REACH)):
        other = marks.amount(doc[i])
        if other is None:
            if doc[i].lower_ in _ELSE or (is_verbal(doc[i]) and doc[i].lower_ not in COMPARING):
                return []
        elif other.kind == "money" and other.per is None and other.quantity.unit == own.quantity.unit:
            is_own = is_compared_with(doc, other.start) and not _is_of_another(marks, other) and not _is_foreseen(doc, other)
            return [doc[other.head]] if is_own else []
    return []


def _is_of_another(marks: Marks, amount: Amount) -> bool:
    """Whether more than a time is said of a sum: "the $3 billion *at Beta*", "$3 billion *in sales*", but not "$3 billion in 2023"."""
    following = marks.doc[amount.end : marks.doc[amount.head].sent.end]
    if not following or following[0].lower_ not in _LIMITS:
        return False
    told = next((token for token in following[1:] if marks.moment(token) or token.pos_ not in _BEFORE_NOUNS), None)
    return told is None or (marks.moment(told) is None and told.lemma_.lower() not in _TIMES)


def _is_foreseen(doc: Doc, amount: Amount) -> bool:
    """Whether a sum is one that was expected: "the $3 billion that analysts forecast"."""
    cues = load_status_cues()
    for token in doc[amount.end : min(amount.end + _AHEAD, len(doc))]:
        if token.is_sent_start or token.text in {",", ";", "."}:
            return False
        if token.lemma_.lower() in cues.forecasting | cues.forecasts:
            return True
    return False
