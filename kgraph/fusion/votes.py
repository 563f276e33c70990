"""Weighs values against each other: one vote for each origin, the heaviest compatible set wins."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from kgraph.model import Quantity, Status
from kgraph.ontology.currencies import measure
from kgraph.period import Period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from kgraph.model import Claim, ClaimId

__all__ = ["Vote", "date_of", "heaviest", "is_against", "quantity_of", "standing", "text_of"]

T = TypeVar("T")
Interval = tuple[Decimal, Decimal]

_LOW, _HIGH = Decimal("-Infinity"), Decimal("Infinity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One claim with what it counts."""

    claim: Claim
    date: dt.date | None
    """The day on which its article was published."""
    origin: ClaimId
    outlet: str
    """Who published it: the outlet, or the id of its article where that names none."""
    weight: float


def is_against(claim: Claim) -> bool:
    """Whether a claim says that the matter is not so."""
    return claim.negative or claim.status is Status.DENIED


def standing(votes: Sequence[Vote], status: Status | None) -> list[Vote]:
    """The votes without the denials from before `status` was first told: what is denied today may come about tomorrow."""
    told = [vote.date for vote in votes if vote.date and vote.claim.status is status and not is_against(vote.claim)]
    first = min(told) if status and told else None
    return [vote for vote in votes if first is None or vote.date is None or vote.date >= first or not is_against(vote.claim)]


def heaviest(votes: Iterable[tuple[T, ClaimId, float]]) -> dict[T, float]:
    """The weight of each value: the sum over origins, of each only the heaviest vote.

    >>> heaviest([("a", "o1", 0.5), ("a", "o1", 0.25), ("a", "o2", 0.5), ("b", "o2", 0.5)])
    {'a': 1.0, 'b': 0.5}
    """
    best: dict[T, dict[ClaimId, float]] = {}
    for value, origin, weight in votes:
        by_origin = best.setdefault(value, {})
        by_origin[origin] = max(weight, by_origin.get(origin, 0.0))
    return {value: _total(by_origin) for value, by_origin in best.items()}


def _total(by_origin: dict[ClaimId, float]) -> float:
    """A sum that does not depend on the order of votes."""
    return round(sum(sorted(by_origin.values())), 6)


def text_of(votes: Sequence[Vote], field: str) -> str | None:
    """The heaviest text of a field; of equals the longest, then the first in the alphabet."""
    texts = ((getattr(vote.claim, field), vote) for vote in votes)
    said = [(" ".join(text.split()), vote.origin, vote.weight) for text, vote in texts if isinstance(text, str) and text.strip()]
    weights = heaviest((text.casefold(), origin, weight) for text, origin, weight in said)
    if not weights:
        return None
    winner = min(weights, key=lambda text: (-weights[text], -len(text), text))
    return min(text for text, _, _ in said if text.casefold() == winner)


def quantity_of(
    votes: Sequence[tuple[Quantity, Vote]], weigh: Callable[[Vote], float], *, moved_days: int | None = None
) -> Quantity | None:
    """The narrowest figure said within the heaviest set of figures that can all be true.

    "Nearly $15 billion", "about $15 billion" and "$14 to $15 billion" can be one sum, and
    the last says most about it. Different measures never are. A figure that moves is the one that was told
    last, but for `moved_days`.
    """
    standing_by = _last_said(votes, lambda vote: vote.outlet, 0)
    if moved_days is not None:
        standing_by = _last_said(standing_by, lambda _: "", moved_days)
    weights = heaviest((measure(quantity.unit), vote.origin, weigh(vote)) for quantity, vote in standing_by)
    if not weights:
        return None
    kind = min(weights, key=lambda kind: (-weights[kind], kind))
    same = [(quantity, vote) for quantity, vote in standing_by if measure(quantity.unit) == kind]
    chosen = _compatible([(_bounds(quantity), vote.origin, weigh(vote)) for quantity, vote in same])
    return min((quantity for quantity, _ in same if _bounds(quantity) in chosen), key=_vagueness)


def _last_said(votes: Sequence[tuple[Quantity, Vote]], voice: Callable[[Vote], str], days: int) -> list[tuple[Quantity, Vote]]:
    """The figures without those that what their voice says last, more than some days later, excludes."""
    last: dict[tuple[str, str], dt.date] = {}
    for quantity, vote in votes:
        if vote.date:
            told = voice(vote), measure(quantity.unit)
            last[told] = max(vote.date, last.get(told, vote.date))
    held: dict[tuple[str, str], list[Quantity]] = {}
    for quantity, vote in votes:
        if vote.date and vote.date == last[told := (voice(vote), measure(quantity.unit))]:
            held.setdefault(told, []).append(quantity)

    def stands(quantity: Quantity, vote: Vote) -> bool:
        told = voice(vote), measure(quantity.unit)
        return vote.date is None or (last[told] - vote.date).days <= days or any(map(quantity.overlaps, held[told]))

    return [(quantity, vote) for quantity, vote in votes if stands(quantity, vote)]


def date_of(votes: Sequence[Vote], field: str) -> str | None:
    """The most precise EDTF date within the heaviest set of dates that can all be meant."""
    texts = [(text, vote) for vote in votes if isinstance(text := getattr(vote.claim, field), str)]
    said = [(text, period, vote) for text, vote in texts if (period := Period.of(text))]
    if not said:
        return text_of(votes, field)  # dates that only a person can read are texts
    chosen = _compatible([(_days(period), vote.origin, vote.weight) for _, period, vote in said])
    best: tuple[str, Interval] = min(
        ((text, _days(period)) for text, period, _ in said if _days(period) in chosen),
        key=lambda pair: (pair[1][1] - pair[1][0], len(pair[0]), pair[0]),
    )
    return best[0]


def _compatible(votes: Sequence[tuple[Interval, ClaimId, float]]) -> set[Interval]:
    """The intervals around the point on which most weight lies.

    Some interval begins at such a point, so that only beginnings need to be tried.
    """
    by_interval: dict[Interval, list[tuple[ClaimId, float]]] = {}
    for interval, origin, weight in votes:
        by_interval.setdefault(interval, []).append((origin, weight))
    best: tuple[float, int, Decimal, set[Interval]] | None = None
    for start in sorted({low for low, _ in by_interval}):
        around = {(low, high) for low, high in by_interval if low <= start <= high}
        weight = heaviest(("", origin, weight) for interval in around for origin, weight in by_interval[interval])[""]
        width = min(high - low for low, high in around)
        if best is None or (-weight, -len(around), width) < (-best[0], -best[1], best[2]):
            best = (weight, len(around), width, around)
    return best[3] if best else set()


def _bounds(quantity: Quantity) -> Interval:
    return (_LOW if quantity.low is None else quantity.low, _HIGH if quantity.high is None else quantity.high)


def _days(period: Period) -> Interval:
    return Decimal(period.start.toordinal()), Decimal(period.end.toordinal())


def _vagueness(quantity: Quantity) -> tuple[Decimal, bool, str, str]:
    """Sorts figures from the narrowest to the vaguest, equals by how plainly they are said."""
    low, high = _bounds(quantity)
    return (high - low, quantity.qualifier != "exactly", quantity.text.casefold(), quantity.text)
