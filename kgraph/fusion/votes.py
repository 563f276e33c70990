"""Weighs values against each other: one vote for each origin, the heaviest compatible set wins."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from kgraph.model import Quantity
from kgraph.period import Period

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from kgraph.model import Claim, ClaimId

__all__ = ["Vote", "date_of", "heaviest", "quantity_of", "text_of"]

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
    weight: float


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


def quantity_of(votes: Sequence[tuple[Quantity, Vote]], weigh: Callable[[Vote], float]) -> Quantity | None:
    """The narrowest figure said within the heaviest set of figures that can all be true.

    "Nearly $15 billion", "about $15 billion" and "$14 to $15 billion" can be one sum, and
    the last says most about it. Different units never are.
    """
    weights = heaviest((quantity.unit or "", vote.origin, weigh(vote)) for quantity, vote in votes)
    if not weights:
        return None
    unit = min(weights, key=lambda unit: (-weights[unit], unit))
    same = [(quantity, vote) for quantity, vote in votes if (quantity.unit or "") == unit]
    chosen = _compatible([(_bounds(quantity), vote.origin, weigh(vote)) for quantity, vote in same])
    return min((quantity for quantity, _ in same if _bounds(quantity) in chosen), key=_vagueness)


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
