"""Compares two assertions about one property: first scope, then time, then error."""

from __future__ import annotations

import re
from decimal import Decimal

from kgraph.analysis.disagreement.assertions import Assertion, Comparison, days_between
from kgraph.analysis.rules import Rules
from kgraph.model import Quantity, Status, Verdict
from kgraph.ontology.currencies import measure
from kgraph.ontology.roles import office
from kgraph.period import Period

__all__ = ["compare_dates", "compare_figures", "compare_polarity", "compare_stages", "compare_texts", "gap_of"]

_TENURE = (Status.INCOMING, Status.CURRENT, Status.FORMER)
_ONE_SIDED = ("over", "atLeast", "upTo")
_NUMBERS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
}
"""Numbers that news writes as words."""
_AGREES = Comparison(Verdict.AGREES, 0, "say the same")


def compare_figures(left: Assertion, right: Assertion, rules: Rules, *, periodic: bool) -> Comparison:
    """Two amounts, shares or counts; `periodic` figures cover a period (revenue), others are as of a day."""
    one, other = left.value, right.value
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return _one_is_silent()
    if measure(one.unit) != measure(other.unit):
        return Comparison(Verdict.SCOPE_MISMATCH, 1, "are in different units and are not compared")
    gap = gap_of(one, other)
    if one.overlaps(other):
        return _fitting(left, right, gap, rules)
    scope = _scope(left, right, gap, rules, periodic=periodic)
    return scope or _time(left, right, gap, rules) or _error(left, right, gap, rules)


def _fitting(left: Assertion, right: Assertion, gap: float, rules: Rules) -> Comparison:
    """Figures that can be one number."""
    one, other = left.value, right.value
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        raise TypeError(left, right)
    if gap == 0 and (one.value is not None or (one.low, one.high) == (other.low, other.high)):
        if (one.qualifier in _ONE_SIDED) == (other.qualifier in _ONE_SIDED):
            return Comparison(Verdict.AGREES, 0, "name the same figure", 0.0)
        return Comparison(Verdict.PRECISION_DIFFERENCE, 1, "round one figure from different sides", 0.0)
    inner, outer = sorted((one, other), key=_width)
    if _refines(inner, outer, gap, rules):
        return Comparison(Verdict.MORE_PRECISE, 0, "fit together, and the narrower says more", gap)
    if gap > rules.near and (changed := _time(left, right, gap, rules)):
        return changed
    return Comparison(Verdict.PRECISION_DIFFERENCE, 1, "can be one sum, told more or less finely", gap)


def _refines(inner: Quantity, outer: Quantity, gap: float, rules: Rules) -> bool:
    """Whether the one says clearly more than the other and lies in it."""
    if inner.low is None or inner.high is None or not _within(inner, outer):
        return False
    width = _width(outer)
    if width.is_infinite():  # "over $10 billion" is told of sums a little above it
        return inner.qualifier == "exactly" and gap <= rules.near
    return inner.high - inner.low <= Decimal(str(rules.narrow)) * width


def _within(inner: Quantity, outer: Quantity) -> bool:
    above = outer.low is None or (inner.low is not None and inner.low >= outer.low)
    below = outer.high is None or (inner.high is not None and inner.high <= outer.high)
    return above and below


def _width(quantity: Quantity) -> Decimal:
    return Decimal("Infinity") if quantity.low is None or quantity.high is None else quantity.high - quantity.low


def _scope(left: Assertion, right: Assertion, gap: float, rules: Rules, *, periodic: bool) -> Comparison | None:
    """Whether the figures need not be about the same thing."""
    if periodic and (left.period is None or left.period != right.period):
        return Comparison(Verdict.SCOPE_MISMATCH, 1, "may cover different periods, which not both name", gap)
    if left.article == right.article and gap > 0:
        return Comparison(Verdict.SCOPE_MISMATCH, 1, "stand in one article, so that one is likely a part of the other or another sum", gap)
    if _counts_debt(left, rules) != _counts_debt(right, rules):
        return Comparison(Verdict.SCOPE_MISMATCH, 1, "differ where the sources do not say alike whether debt is counted", gap)
    return None


def _counts_debt(said: Assertion, rules: Rules) -> bool | None:
    """Whether the words of a source say that its price has debt in it, or has not; None where they do not tell."""
    words = " ".join(said.quote.exact.casefold().split())
    if any(phrase in words for phrase in rules.without_debt):
        return False
    return True if any(phrase in words for phrase in rules.with_debt) else None


def _time(left: Assertion, right: Assertion, gap: float, rules: Rules) -> Comparison | None:
    """Whether the figure may have changed between the two."""
    days = days_between(left, right)
    if left.stage and right.stage:
        if left.stage != right.stage and not _backwards(left, right):
            return Comparison(Verdict.SUPERSESSION, 1, "belong to successive stages; the figure of the later stage holds", gap)
        if days and abs(days) > rules.near_days and max(left.stage, right.stage) <= rules.open_until:
            return Comparison(Verdict.SUPERSESSION, 1, "were told while the terms were open; the later holds", gap)
        return None
    if days and abs(days) > rules.moved_days and left.period is None:
        return Comparison(Verdict.SUPERSESSION, 1, "were told {days} days apart; the later is the state as of then", gap)
    return None


def _backwards(left: Assertion, right: Assertion) -> bool:
    """Whether the later article tells of the earlier stage."""
    days = days_between(left, right) or 0
    return days * (right.stage - left.stage) < 0


def _error(left: Assertion, right: Assertion, gap: float, rules: Rules) -> Comparison:
    """Figures for one thing at one time that exclude each other."""
    one, other = left.value, right.value
    plain = all(isinstance(q, Quantity) and q.qualifier == "exactly" for q in (one, other))
    if gap <= rules.near:
        return Comparison(Verdict.INTERVAL_MISMATCH, 1, "miss each other narrowly", gap)
    if not plain or left.hedged or right.hedged:
        return Comparison(Verdict.INTERVAL_MISMATCH, 2, "exclude each other as they are told, though not both are exact", gap)
    if not (left.stage or left.period) and days_between(left, right) is None:
        return Comparison(Verdict.VALUE_CONFLICT, 2, "exclude each other, unless they are of different days, which is not told", gap)
    if left.period and gap > rules.part:
        return Comparison(Verdict.VALUE_CONFLICT, 2, "exclude each other, unless one is of a part of the period or the business", gap)
    return Comparison(Verdict.VALUE_CONFLICT, 3, "cannot both be true", gap)


def gap_of(one: Quantity, other: Quantity) -> float:
    """The distance of two figures as a part of the larger: 0 for equal ones."""
    left, right = one.middle or Decimal(0), other.middle or Decimal(0)
    largest = max(abs(left), abs(right))
    return round(float(abs(left - right) / largest), 4) if largest else 0.0


def compare_dates(left: Assertion, right: Assertion, rules: Rules, *, lasting: bool) -> Comparison:
    """Two EDTF dates; `lasting` ones (a birth, a founding) can never change."""
    one, other = (Period.of(said.value) if isinstance(said.value, str) else None for said in (left, right))
    if left.value == right.value:
        return _AGREES
    if one is None or other is None:
        return _one_is_silent()
    if one.overlaps(other) or max((other.start - one.end).days, (one.start - other.end).days) <= rules.near_days:
        return _near_dates(one, other)
    if not lasting:
        return _dates_of_event(left, right, one, other, rules)
    plain = left.article != right.article and not (left.hedged or right.hedged)
    return Comparison(Verdict.DATE_CONFLICT, 3 if plain else 2, "cannot both be the date")


def _near_dates(one: Period, other: Period) -> Comparison:
    """Dates that share a day, or nearly."""
    if not one.overlaps(other):
        return Comparison(Verdict.PRECISION_DIFFERENCE, 1, "are next to each other")
    if (one.start >= other.start and one.end <= other.end) or (other.start >= one.start and other.end <= one.end):
        return Comparison(Verdict.MORE_PRECISE, 0, "fit together, and the narrower says more")
    return Comparison(Verdict.PRECISION_DIFFERENCE, 1, "fit together")


def _dates_of_event(left: Assertion, right: Assertion, one: Period, other: Period, rules: Rules) -> Comparison:
    """Dates apart of what happens once, but may be put off or take its time."""
    if left.article == right.article:
        return Comparison(Verdict.SCOPE_MISMATCH, 1, "stand in one article, so that they are likely dates of two steps")
    first, last = ((left, one), (right, other)) if one.end < other.start else ((right, other), (left, one))
    if 0 < first[0].stage < last[0].stage and first[0].date and first[0].date >= first[1].start:
        return Comparison(Verdict.SUPERSESSION, 0, "are the days of successive stages")
    if any(said.date and abs((said.date - day.start).days) <= rules.near_days for said, day in (first, last)):
        return Comparison(Verdict.PRECISION_DIFFERENCE, 1, "differ where an article dates the matter by its own day")
    if days_between(left, right) and min(left.stage, right.stage) <= rules.open_until:
        return Comparison(Verdict.SUPERSESSION, 1, "were told while the matter was open; the later date holds")
    return Comparison(Verdict.DATE_CONFLICT, 2, "cannot both be the date")


def compare_stages(left: Assertion, right: Assertion, rules: Rules) -> Comparison:
    """Two statuses, of one article or of two."""
    if left.status is right.status:
        return _AGREES
    if not left.stage or not right.stage:  # what might be has no place in the order
        return Comparison(Verdict.PRECISION_DIFFERENCE, 1, "differ in how surely they tell it")
    return _one_article(left, right, rules) if left.article == right.article else _two_articles(left, right, rules)


def _two_articles(left: Assertion, right: Assertion, rules: Rules) -> Comparison:
    """Stages of one matter in two articles."""
    both = (left.status, right.status)
    if Status.RUMOURED in both and Status.COMPLETED not in both and not days_between(left, right):
        return Comparison(Verdict.PRECISION_DIFFERENCE, 1, "may be one stage, told with different certainty")
    if not _backwards(left, right):
        return Comparison(Verdict.SUPERSESSION, 0, "are successive stages of one matter")
    if abs(left.stage - right.stage) < rules.jump or left.hedged or right.hedged:
        return Comparison(Verdict.PRECISION_DIFFERENCE, 1, "are neighbouring stages, the later article being the more careful")
    return Comparison(Verdict.VALUE_CONFLICT, 2, "contradict the order of stages: the later article tells of the earlier stage")


def _one_article(left: Assertion, right: Assertion, rules: Rules) -> Comparison:
    """Two stages of one matter in one article."""
    if left.when and right.when and left.when != right.when:
        return Comparison(Verdict.SUPERSESSION, 0, "are stages that the article itself dates")
    if left.status in _TENURE:
        return Comparison(Verdict.SUPERSESSION, 0, "are steps of one tenure, which an article on a change tells together")
    if Status.TERMINATED in (left.status, right.status):
        return Comparison(Verdict.SUPERSESSION, 0, "are a matter and its end, which the one article tells together")
    apart = abs(left.stage - right.stage)
    if Status.RUMOURED in (left.status, right.status) or apart < rules.jump:
        severity = 0 if apart == 1 else 1
        return Comparison(Verdict.PRECISION_DIFFERENCE, severity, "differ in how far the one article says the matter has come")
    furthest, other = (left, right) if left.stage > right.stage else (right, left)
    if _is_long_before(furthest, other, rules):
        return Comparison(Verdict.SCOPE_MISMATCH, 1, "are likely two matters, the one of which the article dates long before the other")
    return Comparison(Verdict.VALUE_CONFLICT, 2, "cannot both hold on the day of one article")


def compare_polarity(left: Assertion, right: Assertion, rules: Rules) -> Comparison | None:
    """A statement and its denial; None where both say yes or both say no."""
    if left.negative == right.negative:
        return None
    yes, no = (right, left) if left.negative else (left, right)
    days = days_between(yes, no)
    if days is not None and abs(days) > rules.once_days:
        return Comparison(Verdict.SUPERSESSION, 1, "were told {days} days apart and may both have held")
    if (yes.when and no.when and not yes.when.overlaps(no.when)) or _is_long_before(no, yes, rules):
        return Comparison(Verdict.SUPERSESSION, 1, "are of different times and may both have held")
    if _came_about(yes, no, rules):
        return Comparison(Verdict.SUPERSESSION, 1, "follow each other: what was denied came about later")
    return _contradiction(yes, no, rules)


def _contradiction(yes: Assertion, no: Assertion, rules: Rules) -> Comparison:
    """A statement and its denial of one time."""
    if yes.article == no.article and yes.speaker == no.speaker and not yes.hedged:
        return Comparison(Verdict.POLARITY_CONFLICT, 1, "are told by one voice in one article, which hardly contradicts itself")
    denial = no.status is Status.DENIED or no.hedged or yes.hedged or yes.article == no.article
    if denial or (yes.stage and yes.stage < rules.open_until):
        return Comparison(Verdict.POLARITY_CONFLICT, 2, "are a statement and its denial")
    return Comparison(Verdict.POLARITY_CONFLICT, 3, "cannot both be true: one states what the other negates")


def _came_about(yes: Assertion, no: Assertion, rules: Rules) -> bool:
    """Whether a deed is told after its denial, and not dated before it."""
    days = days_between(no, yes)
    is_later = days is not None and days > rules.near_days and not yes.hedged
    return is_later and yes.stage >= rules.open_until and not (yes.when and no.date and yes.when.end < no.date)


def _is_long_before(dated: Assertion, now: Assertion, rules: Rules) -> bool:
    """Whether the one is dated well before the day of the article that tells the other without a date."""
    if dated.when is None or now.when is not None or now.date is None:
        return False
    return (now.date - dated.when.end).days > rules.once_days


def compare_texts(left: Assertion, right: Assertion, field: str) -> Comparison:
    """Two wordings of a role, seller, purpose, round or service."""
    if left.value is None or right.value is None:
        return _one_is_silent()
    one, other = (_words(str(said.value)) for said in (left, right))
    if one == other or (field == "role" and office(str(left.value)) == office(str(right.value))):
        return _AGREES
    if one <= other or other <= one:
        return Comparison(Verdict.MORE_PRECISE, 0, "fit together, and the longer says more")
    if one & other and field in ("role", "seller"):
        return Comparison(Verdict.PRECISION_DIFFERENCE, 1, "are different words for what may be one thing")
    if field == "seller":
        return Comparison(Verdict.VALUE_CONFLICT, 2, "name different ones")
    return Comparison(Verdict.SCOPE_MISMATCH, 1, "may be two offices of one person" if field == "role" else "need not be the same thing")


def _one_is_silent() -> Comparison:
    """One side is silent or says it in words that cannot be compared."""
    return Comparison(Verdict.MORE_PRECISE, 0, "fit together: one is silent where the other is precise")


def _words(text: str) -> frozenset[str]:
    return frozenset(_NUMBERS.get(word, word) for word in re.findall(r"\w+", text.casefold())) - {"the", "a", "an", "of", "its", "and"}
