"""What the parts of extraction hand to each other: marked spans of a Doc, and candidate claims.

Positions here are spaCy token indices, end exclusive; they become character offsets only
when a candidate becomes a `Claim`.

    mentions ┐
    amounts  ├─▶ frames, relations, layout ─▶ Candidate ─▶ qualifying, modality, claims ─▶ Claim
    moments  │
    titles   ┘
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kgraph.model import AppearanceKey, EntityType, Quantity, Status

__all__ = ["Amount", "Candidate", "Marked", "Mention", "Moment", "Title"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mention:
    """Words that stand for a thing: a name, a nominal ("the company") or a pronoun."""

    start: int
    end: int
    head: int
    """The token that the rest of the sentence attaches to."""
    appearance: AppearanceKey
    type: EntityType
    kind: Literal["name", "nominal", "pronoun"] = "name"
    certainty: float = 1.0
    """How likely a nominal or a pronoun stands for this thing."""
    rivals: tuple[tuple[AppearanceKey, float], ...] = ()
    """The other things that it may stand for, and how likely each is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Words that state money, a share or a count of something."""

    start: int
    end: int
    head: int
    kind: Literal["money", "share", "count"]
    quantity: Quantity
    per: str | None = None
    """What it is for each of ("share", "year"), where the text says so."""
    is_level: bool = True
    """Whether it tells how much there is, not by how much it changed ("rose by $5m") or where it began ("from 20% to 14%")."""

    @property
    def is_total(self) -> bool:
        """Whether it is the whole of something, not a change or the price of each; what comes in or goes out in a year is a whole."""
        return self.is_level and self.per in {None, "year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Words that state a date or period, resolved against the article's date."""

    start: int
    end: int
    head: int
    edtf: str
    is_period: bool = False
    """Whether it names a stretch that a figure can cover (a year, a quarter)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """Words that name a role: "chief executive", "CEO", "head of mobile"."""

    start: int
    end: int
    head: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Everything marked in one Doc, each tuple in text order."""

    mentions: tuple[Mention, ...]
    amounts: tuple[Amount, ...]
    moments: tuple[Moment, ...]
    titles: tuple[Title, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A claim as one extractor proposes it, before the two are reconciled."""

    predicate: str
    subject: Mention
    object: Mention | Amount | Moment | None
    score: float
    """The extractor's own probability, 0 to 1."""
    extractor: Literal["frames", "relations", "layout"]
    tellings: int = 1
    """In how many places of the article the learnt model finds it."""
    trigger: int | None = None
    """The token that evokes the relation ("invest", "stake"), where there is one."""
    status: Status | None = None
    negative: bool = False
    amount: Amount | None = None
    stake: Amount | None = None
    when: Moment | None = None
    role: Title | None = None
    seller: Mention | None = None
    purpose: tuple[int, int] | None = None
    """Token span."""
    round: tuple[int, int] | None = None
    service: tuple[int, int] | None = None
    shown: tuple[int, int] | None = None
    """The token span of heading and entry, where the form of the text tells it."""
    frame: str | None = None
    """The lexicon frame that proposed it, and how many paths to subject and object were tried in vain: `invest 0 1`."""
