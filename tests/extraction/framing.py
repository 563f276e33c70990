"""What frames read in a document whose names and figures are given, for the tests of frames and of the lexicon."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kgraph.extraction.marking.things.mentions import find_mentions
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention, Moment, Title
from kgraph.model import Article, Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kgraph.extraction.frames.matching import Frames

__all__ = ["ORG", "PER", "PLACE", "PRODUCT", "candidates", "count", "money", "said", "share", "words"]

ORG, PER, PLACE, PRODUCT = "Organization", "Person", "Place", "Product"

Marks = tuple[Amount, ...] | tuple[Moment, ...] | tuple[Title, ...]


def said(frames: Frames, doc: Doc, **marks: Marks) -> set[tuple[str, str, str]]:
    """What the frames read: (subject, predicate, object)."""
    return {(words(doc, c.subject), c.predicate, words(doc, c.object)) for c in candidates(frames, doc, **marks)}


def candidates(frames: Frames, doc: Doc, **marks: Marks) -> list[Candidate]:
    """What the frames find in a document whose names and amounts are given."""
    doc._.clusters = doc._.clusters or []
    _, mentions = find_mentions(doc, Article(id="a", text=doc.text))
    marked = Marked(
        mentions=mentions,
        amounts=marks.get("amounts", ()),  # type: ignore[arg-type]  # each under its own name
        moments=marks.get("moments", ()),  # type: ignore[arg-type]
        titles=marks.get("titles", ()),  # type: ignore[arg-type]
    )
    return list(frames.match(doc, marked))


def words(doc: Doc, span: Candidate | Mention | Amount | Moment | None) -> str:
    """The words of an argument."""
    return "" if span is None or isinstance(span, Candidate) else doc[span.start : span.end].text


def share(at: int, value: str) -> Amount:
    """A share of one token."""
    quantity = Quantity(text=value, unit="share", value=Decimal(value), low=Decimal(value), high=Decimal(value))
    return Amount(start=at, end=at + 1, head=at, kind="share", quantity=quantity)


def count(at: int, value: str) -> Amount:
    """A number of one token."""
    quantity = Quantity(text=value, unit=None, value=Decimal(value), low=None, high=None)
    return Amount(start=at, end=at + 1, head=at, kind="count", quantity=quantity)


def money(at: int, value: str) -> Amount:
    """A sum of one token."""
    quantity = Quantity(text=value, unit="USD", value=Decimal(value), low=None, high=None)
    return Amount(start=at, end=at + 1, head=at, kind="money", quantity=quantity)
