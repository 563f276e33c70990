"""A line of days on a page, with breaks where nothing happens for long, so that one early event does not squeeze all others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DayScale", "day_scale"]

_EMPTY, _FEW, _MANY = 0.4, 0.25, 6
"""A stretch without any event is left out if it is such a part of the line, and on one side of it lie only so few of many events."""
_BREAKS, _BREAK, _LEAST = 3, 26.0, 90.0
"""Breaks at most; the width of one, and of the shortest stretch between two."""
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
_FEWEST, _MOST, _TICK = 3, 9, 80.0
"""Ticks of the whole line, and the room that one needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Days from `first` to `last`, between two places on the page."""

    first: dt.date
    last: dt.date
    left: float
    right: float

    def at(self, day: dt.date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayScale:
    """One or more stretches of days, from left to right."""

    stretches: tuple[_Stretch, ...]

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.stretches[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.stretches[-1].right

    @property
    def breaks(self) -> tuple[float, ...]:
        """The middle of each stretch that is left out."""
        return tuple((one.right + other.left) / 2 for one, other in zip(self.stretches, self.stretches[1:], strict=False))

    def at(self, day: dt.date) -> float:
        """Where a day stands; one beyond the ends stands at the end."""
        return next((each for each in self.stretches if day <= each.last), self.stretches[-1]).at(day)

    def ticks(self) -> list[tuple[float, str]]:
        """Round days, with their words."""
        found = []
        for each in self.stretches:
            most = min(_MOST, int((each.right - each.left) // _TICK)) if len(self.stretches) > 1 else _MOST
            found += [(each.at(day), words) for day, words in _ticks(each.first, each.last, most)]
        return found


def day_scale(spans: Sequence[tuple[dt.date, dt.date]], left: float, right: float) -> DayScale:
    """The line for events of these first and last days, between two places on the page.

    Without breaks a day has one width; with them each stretch is as wide as it has events, and no narrower than some words.
    """
    parts = _parts(sorted(spans))
    if len(parts) == 1:
        return DayScale(stretches=(_Stretch(first=parts[0][0], last=parts[0][1], left=left, right=right),))
    room = right - left - _BREAK * (len(parts) - 1) - _LEAST * len(parts)
    stretches = []
    for first, last, count in parts:
        width = _LEAST + room * count / len(spans)
        stretches.append(_Stretch(first=first, last=last, left=left, right=left + width))
        left += width + _BREAK
    return DayScale(stretches=tuple(stretches))


def _parts(spans: Sequence[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date, int]]:
    """First day, last day and number of events of each stretch; the longest empty ones are left out first."""
    last = spans[0][1]
    gaps: list[tuple[int, int]] = []
    """Days without any event, and the number of the event after them."""
    for number, (first, end) in enumerate(spans):
        gaps.append((max((first - last).days, 0), number))
        last = max(last, end)
    whole, cuts = (last - spans[0][0]).days, [0]
    for days, number in sorted(gaps, reverse=True)[:_BREAKS]:
        if days < _EMPTY * whole or len(spans) < _MANY or min(number, len(spans) - number) > _FEW * len(spans):
            break
        whole -= days
        cuts.append(number)
    cuts.sort()
    groups = [spans[start:stop] for start, stop in zip(cuts, [*cuts[1:], len(spans)], strict=True)]
    return [(group[0][0], max(end for _, end in group), len(group)) for group in groups]


def _ticks(first: dt.date, last: dt.date, most: int) -> list[tuple[dt.date, str]]:
    """Round days, at most so many: first days of years or months, else every few days; of a narrow stretch its beginning."""
    if most < _FEWEST:
        return [(first, f"{first:%Y}" if (last - first).days > 27 else f"{first.day} {first:%b %Y}")]  # noqa: PLR2004  # a month
    months = [dt.date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    for step in _MONTH_STEPS:
        days = [day for day in months if first <= day <= last and (day.year * 12 + day.month - 1) % step == 0]
        if _FEWEST <= len(days) <= most:
            return [(day, f"{day:%Y}" if step % 12 == 0 else f"{day:%b %Y}") for day in days]
    step = max(1, -(-(last - first).days // most))
    days = [first + dt.timedelta(n) for n in range(0, (last - first).days + 1, step)]
    return [
        (day, f"{day.day} {day:%b}" + f" {day.year}" * (before is None or before.year != day.year))
        for before, day in zip([None, *days], days, strict=False)
    ]
