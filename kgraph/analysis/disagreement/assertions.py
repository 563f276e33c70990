"""What each claim says about one property of a fact: the unit that is compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kgraph.model import Argument, Claim, ClaimId, Quantity, Quote, Status, Verdict
from kgraph.period import Period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from kgraph.model import Article
    from kgraph.ontology import Ontology

__all__ = ["Assertion", "Comparison", "assertion", "days_between", "listed", "named", "with_value"]

_SHOWN = 4
"""Values named in one sentence; more are counted."""


class Assertion(NamedTuple):
    """One claim's value of a property, with what places it in scope and time.

    A tuple, since millions are made and most are made from another.
    """

    value: Quantity | Status | str | None
    claim: ClaimId
    article: str
    source: str
    """The outlet and the day, or the id of the article."""
    date: dt.date | None
    """The day of publication."""
    status: Status | None
    stage: int
    """0 where the claim has no stage."""
    period: str | None
    when: Period | None
    negative: bool
    speaker: str | None
    """Whom the article names for it; None where it speaks itself."""
    hedged: bool
    """Whether the claim is weakened or is hearsay."""
    confidence: float
    quote: Quote

    @property
    def words(self) -> str:
        """The value as a reader should see it, with its source."""
        if self.value is None:
            return f"nothing ({self.source})"
        text = self.value.text if isinstance(self.value, Quantity) else str(self.value)
        return f"“{text}” ({self.source})"

    @property
    def position(self) -> tuple[object, ...]:
        """What makes two assertions the same for all comparisons."""
        value = self.value
        if isinstance(value, Quantity):
            value = f"{value.unit} {value.value} {value.low} {value.high} {value.qualifier}"
        return value, self.date, self.status, self.period, self.when, self.negative, self.speaker, self.hedged


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two assertions differ; `because` is the sentence's end, after the values have been named.

    `{days}` in it stands for the days from the first to the last article that the sentence names.
    """

    verdict: Verdict
    severity: int
    because: str
    gap: float | None = None


def assertion(claim: Claim, articles: Mapping[str, Article], ontology: Ontology) -> Assertion:
    """A claim, placed in scope and time, without a value yet."""
    article = articles[claim.article]
    outlet = article.publisher or article.id
    return Assertion(
        value=None,
        claim=claim.id,
        article=article.id,
        source=f"{outlet}, {article.date}" if article.date else outlet,
        date=article.date,
        status=claim.status,
        stage=ontology.statuses[claim.status].stage if claim.status else 0,
        period=claim.period,
        when=Period.of(claim.when) if claim.when else None,
        negative=claim.negative or claim.status is Status.DENIED,
        speaker=claim.said_by,
        hedged=claim.hedge is not None or claim.status in (Status.RUMOURED, Status.CONDITIONAL),
        confidence=claim.confidence,
        quote=claim.quote,
    )


def with_value(told: Assertion, claim: Claim, field: str) -> Assertion:
    """The assertion with the claim's value of `field`; without one where the claim is silent."""
    value = getattr(claim, field)
    return told if value is None or isinstance(value, Argument | bool) else told._replace(value=value)


def named(told: Sequence[Assertion], first: Sequence[Assertion] = ()) -> list[Assertion]:
    """One assertion for each distinct value, from `first` where one of these has it, else the earliest; in the order of publication."""
    shown = {one.words.split(" (", maxsplit=1)[0]: one for one in (*reversed(ordered(told)), *reversed(ordered(first)))}
    return ordered(list(shown.values()))


def listed(told: Sequence[Assertion]) -> str:
    """The values with their sources; of many the first."""
    words = [one.words for one in told[:_SHOWN]]
    if len(told) > _SHOWN:
        words.append(f"{len(told) - _SHOWN} more")
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def ordered(told: Sequence[Assertion]) -> list[Assertion]:
    """By date of publication, undated first, then by claim."""
    return sorted(told, key=lambda one: (one.date.isoformat() if one.date else "", one.claim))


def days_between(left: Assertion, right: Assertion) -> int | None:
    """Days from the publication of one to that of the other; None where either is undated."""
    return (right.date - left.date).days if left.date and right.date else None
