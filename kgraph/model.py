"""The nouns of kgraph: what flows from one stage to the next.

    Article ─extraction─▶ Reading (Appearance, Claim) ─linking─▶ Entity ─fusion─▶ Fact ─analysis─▶ Disagreement …

All of it together is a `Knowledge`. Claims are the ledger; entities, facts and
disagreements are derived from them and can be dropped and made again.

Every class is frozen and made of plain values, so that two runs over the same
articles compare equal and no stage changes what another has produced. This module
imports nothing but the standard library.

Offsets count Unicode code points (`str` indices) in `Article.text`, end exclusive.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NewType

__all__ = [
    "Appearance",
    "AppearanceKey",
    "Argument",
    "Article",
    "Claim",
    "ClaimId",
    "Disagreement",
    "Entity",
    "EntityId",
    "EntityType",
    "Fact",
    "FactId",
    "Judgement",
    "Knowledge",
    "Quantity",
    "Quote",
    "Reading",
    "Retraction",
    "Status",
    "Told",
    "Value",
    "Verdict",
]

AppearanceKey = NewType("AppearanceKey", str)
"""`<article slug>-e<offset of the first mention>`: unique in a graph, the same on each run."""

ClaimId = NewType("ClaimId", str)
"""`<article slug>-<hash>`; the hash covers text hash, offsets, predicate and surface mentions."""

EntityId = NewType("EntityId", str)
"""The local name of an entity's IRI, e.g. `Scale_AI`; made only by `kgraph.linking`."""

FactId = NewType("FactId", str)
"""The local name of a fact's IRI, e.g. `Meta-investedIn-Scale_AI`; made only by `kgraph.fusion`."""


class EntityType(StrEnum):
    """What a name can name; the classes of the ontology."""

    ORGANIZATION = "Organization"
    PERSON = "Person"
    PLACE = "Place"
    PRODUCT = "Product"
    GOVERNMENT_BODY = "GovernmentBody"


class Status(StrEnum):
    """How far a claim says a matter has come; events use the first eight, roles the last three."""

    RUMOURED = "rumoured"
    IN_TALKS = "inTalks"
    PLANNED = "planned"
    ANNOUNCED = "announced"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    DENIED = "denied"
    CONDITIONAL = "conditional"
    CURRENT = "current"
    FORMER = "former"
    INCOMING = "incoming"


class Verdict(StrEnum):
    """What a difference between claims amounts to."""

    AGREES = "agrees"
    MORE_PRECISE = "morePrecise"
    PRECISION_DIFFERENCE = "precisionDifference"
    SUPERSESSION = "supersession"
    INTERVAL_MISMATCH = "intervalMismatch"
    VALUE_CONFLICT = "valueConflict"
    DATE_CONFLICT = "dateConflict"
    POLARITY_CONFLICT = "polarityConflict"
    FUNCTIONAL_CONFLICT = "functionalConflict"
    ACTOR_DIFFERENCE = "actorDifference"
    SCOPE_MISMATCH = "scopeMismatch"
    DIRECTION_CONFLICT = "directionConflict"
    DISJOINT_CONFLICT = "disjointConflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news article, cleaned of boilerplate.

    `text` is NFC. Where the source has a title of its own, it is the first line of `text`,
    so that quotes can come from it.
    """

    id: str
    """The id of a JSON record, or the file's name without its ending."""
    text: str
    title: str | None = None
    date: dt.date | None = None
    """The day of publication."""
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    sha256: str = ""
    """The first 16 hexadecimal digits of the SHA-256 of `text`; computed where it is not given.

    An article read back from a graph that was written without texts has an empty `text` and keeps its hash.
    """
    revises: str | None = None
    """`sha256` of the version that this text corrects."""

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", hashlib.sha256(self.text.encode()).hexdigest()[:16])

    @property
    def slug(self) -> str:
        """`id` as it stands in IRIs: letters, digits, `_` and `.`; others become `_` plus a hash.

        >>> Article(id="a1", text="x").slug
        'a1'
        """
        safe = re.sub(r"[^A-Za-z0-9_.]", "_", self.id)
        if safe == self.id and not safe.endswith("."):
            return safe
        return f"{safe.strip('._')}_{hashlib.sha256(self.id.encode()).hexdigest()[:6]}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Quote:
    """The characters of an article that support a claim: `text[start:end] == exact`."""

    start: int
    end: int
    exact: str

    def overlaps(self, other: Quote) -> bool:
        """Whether the two, in one article, share words."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount, share or count: as said (`value`, `qualifier`) and as bounds.

    A share is between 0 and 1. An open bound is None. `unit` is an ISO 4217 code for money,
    `"share"` for shares, otherwise a plain noun (`"employees"`) or None.
    """

    text: str
    """The words of the article, e.g. `over $10 billion`."""
    unit: str | None
    value: Decimal | None
    """The figure said; None for a range."""
    low: Decimal | None
    high: Decimal | None
    qualifier: str = "exactly"
    """exactly, about, nearly, over, atLeast, upTo or range."""

    @property
    def middle(self) -> Decimal | None:
        """The quantity as one number: the figure said, the middle of a range, or its only end; None where nothing is known."""
        ends = [end for end in (self.low, self.high) if end is not None]
        return self.value if self.value is not None or not ends else sum(ends, Decimal(0)) / len(ends)

    def overlaps(self, other: Quantity) -> bool:
        """Whether some number satisfies both."""
        lows = [q.low for q in (self, other) if q.low is not None]
        highs = [q.high for q in (self, other) if q.high is not None]
        return not lows or not highs or max(lows) <= min(highs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One thing as one article names it: the unit that linking resolves.

    A coreference chain of one article; pronouns and nominals are not among its names.
    """

    article: str
    """`Article.id`."""
    key: AppearanceKey
    type: EntityType
    name: str
    """The fullest name that the article uses."""
    names: tuple[str, ...]
    """Every distinct surface name, sorted; possessive endings removed."""
    start: int
    """Offset of the first mention."""
    count: int = 1
    """How many mentions, pronouns and nominals included."""
    descriptions: tuple[str, ...] = ()
    """Nominals that the article applies to it ("a data labeling startup", "the airline"), sorted."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Argument:
    """The words that stand for a thing in a claim's sentence (a name, "it", "the company")."""

    appearance: AppearanceKey
    start: int
    end: int
    text: str


Value = Argument | Quantity | str | bool
"""The object of a claim: a thing, an amount, an EDTF date, or True where the predicate needs none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one article says, once."""

    id: ClaimId
    article: str
    """`Article.id`."""
    subject: Argument
    predicate: str
    """The local name of the property, e.g. `investedIn`."""
    object: Value
    quote: Quote
    """The sentence part that supports the claim."""
    confidence: float
    """The chance that a careful reader would agree, 0 to 1; calibrated on held-out articles."""
    extractor: str
    """`frames`, `relations`, both joined by `+`, or `layout`: lists, tables and key-value lines."""
    status: Status | None = None
    negative: bool = False
    """Whether the text denies the statement."""
    hedge: str | None = None
    """The word that weakens it, e.g. `reportedly`."""
    said_by: str | None = None
    """The speaker or outlet that the text names for it."""
    amount: Quantity | None = None
    stake: Quantity | None = None
    when: str | None = None
    """When it happened or will happen: EDTF, e.g. `2025-06-11`, `2025-06~`, `2024`."""
    period: str | None = None
    """The period that a figure covers: EDTF."""
    role: str | None = None
    seller: str | None = None
    purpose: str | None = None
    round: str | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that extraction found in one article."""

    article: Article
    appearances: tuple[Appearance, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One thing across all articles."""

    id: EntityId
    type: EntityType
    label: str
    names: tuple[str, ...]
    """Every name the articles use for it, sorted; holds `label`."""
    appearances: tuple[AppearanceKey, ...]
    """Sorted."""
    same_as: tuple[str, ...] = ()
    """IRIs of the same thing elsewhere (Wikidata), sorted."""
    replaces: tuple[EntityId, ...] = ()
    """Ids that merged into this one and stay as redirects, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A decision about whether two appearances or entities are one thing."""

    left: str
    right: str
    decision: str
    """yes, no or unsure."""
    by: str
    """`user` or the name of the rule."""
    why: str
    score: float = 1.0
    when: dt.date | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """What judgements are sorted by, wherever they are: all that they say."""
        return self.left, self.right, self.decision, self.by, self.why, repr(self.score), str(self.when or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all claims about one matter, together, support."""

    id: FactId
    subject: EntityId
    predicate: str
    object: EntityId | Quantity | str | bool
    """`EntityId` where the predicate's range is a class; a `str` otherwise is an EDTF date."""
    confidence: float
    claims: tuple[ClaimId, ...]
    """Sorted."""
    status: Status | None = None
    negative: bool = False
    amount: Quantity | None = None
    stake: Quantity | None = None
    when: str | None = None
    period: str | None = None
    role: str | None = None
    seller: str | None = None
    purpose: str | None = None
    round: str | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """How the claims about one property of one matter differ."""

    id: str
    verdict: Verdict
    facts: tuple[FactId, ...]
    """The facts it concerns, sorted."""
    property: str
    """amount, stake, status, when, object, subject, polarity, role or the predicate itself."""
    claims: tuple[ClaimId, ...]
    """The claims that differ, sorted."""
    severity: int
    """0 none, 1 wording, 2 to look at, 3 cannot both be true."""
    gap: float | None
    """Relative distance between the values, where they are numbers."""
    why: str
    """One sentence for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one claim says of the property that a disagreement is about, ready to be shown."""

    claim: ClaimId
    source: str
    """The outlet or, where it is not known, the id of the article."""
    url: str | None
    date: dt.date | None
    """The day of publication."""
    status: str
    """In words; empty where the claim has none."""
    value: str
    """What it says; empty where it is silent, or where all make the one statement."""
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """An article that was taken back: its claims are gone, the record that it was here is not."""

    article: str
    """`Article.id`."""
    sha256: str
    when: dt.date | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything that a graph holds; all tuples are sorted by id."""

    articles: tuple[Article, ...] = ()
    """`text` is empty where the graph was written without it."""
    appearances: tuple[Appearance, ...] = ()
    claims: tuple[Claim, ...] = ()
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    """Why appearances were merged or kept apart, where a rule or a user had to decide."""
    retractions: tuple[Retraction, ...] = ()
    """Articles that were taken back; none of them is among `articles`."""
