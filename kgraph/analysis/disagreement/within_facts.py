"""Finds how the claims on one fact differ, property by property."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from kgraph.analysis.disagreement.assertions import Assertion, Comparison, assertion, days_between, listed, named, with_value
from kgraph.analysis.disagreement.comparison import compare_dates, compare_figures, compare_polarity, compare_stages, compare_texts
from kgraph.model import ClaimId, Fact, Status, Verdict
from kgraph.ontology import ObjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kgraph.analysis.rules import Rules
    from kgraph.model import Article, Claim
    from kgraph.ontology import Ontology, PredicateRule

__all__ = ["Difference", "differences_across", "differences_within"]

_NAMED = 3
"""Sources named in one sentence; more are counted."""

_SOURCES = 3
"""Articles from which on those that say the same are compared once."""

_POSITIONS = 40
"""Distinct values of one property that are compared pair by pair; with more, those most articles have."""

_TEXTS = ("role", "seller", "purpose", "round", "service")
_TOLD_BY_SOME = ("amount", "stake", "role")
"""Properties whose silence in one source is worth a line."""


_Compare = Callable[[Assertion, Assertion], Comparison | None]


class Difference(NamedTuple):
    """A disagreement before it has an id."""

    verdict: Verdict
    property: str
    claims: tuple[ClaimId, ...]
    severity: int
    gap: float | None
    why: str


def differences_within(
    fact: Fact, claims: Sequence[Claim], articles: Mapping[str, Article], ontology: Ontology, rules: Rules
) -> Iterator[Difference]:
    """All differences and agreements among the claims of `fact`, in a fixed order."""
    rule = ontology.predicates[fact.predicate]
    told = [assertion(claim, articles, ontology) for claim in claims]
    positive = [(one, claim) for one, claim in zip(told, claims, strict=True) if not one.negative]
    if rule.object_kind in (ObjectKind.ENTITY, ObjectKind.NONE):  # figures and dates are compared
        yield from _same_statement(fact, [one for one, _ in positive])
    yield from _polarity(told, rules)
    yield from _status([one for one, _ in positive], ontology, rules)
    for field, compare in _properties(rule, rules):
        yield from _property(field, [with_value(one, claim, field) for one, claim in positive], _careful(compare, rules))


def differences_across(
    fact: Fact,
    left: Sequence[Claim],
    right: Sequence[Claim],
    articles: Mapping[str, Article],
    ontology: Ontology,
    rules: Rules,
) -> Iterator[Difference]:
    """How the figures of `left` differ from those of `right`: claims on one matter that are two facts of one predicate."""
    for field in ("amount", "stake"):
        if field not in ontology.predicates[fact.predicate].qualifiers:
            continue
        one, other = (
            [said for claim in side if (said := with_value(assertion(claim, articles, ontology), claim, field)).value is not None]
            for side in (left, right)
        )
        pairs = (
            (a, b, compare_figures(a, b, rules, periodic=False))
            for a, b in product(one[:_POSITIONS], other[:_POSITIONS])
            if a.article != b.article
        )
        yield from _grouped(field, pairs)


def _properties(rule: PredicateRule, rules: Rules) -> Iterator[tuple[str, _Compare]]:
    """The properties that claims of a predicate can differ in, and how each is compared."""
    periodic = "period" in rule.qualifiers
    if rule.object_kind in (ObjectKind.MONEY, ObjectKind.NUMBER):
        yield "object", lambda left, right: compare_figures(left, right, rules, periodic=periodic)
    if rule.object_kind is ObjectKind.DATE:
        yield "object", lambda left, right: compare_dates(left, right, rules, lasting=rule.functional)
    for field in sorted(rule.qualifiers):
        if field in ("amount", "stake"):
            yield field, lambda left, right: compare_figures(left, right, rules, periodic=False)
        elif field == "period" or (field == "when" and rule.is_event):  # a state is told as of many days
            yield field, lambda left, right: compare_dates(left, right, rules, lasting=False)
        elif field in _TEXTS:
            yield field, partial(compare_texts, field=field)


def _careful(compare: _Compare, rules: Rules) -> _Compare:
    """`compare`, not trusting its grave findings where the one or the other may have been misread."""

    def judged(left: Assertion, right: Assertion) -> Comparison | None:
        found = compare(left, right)
        if found is None or found.severity <= 1:
            return found
        if left.article == right.article and left.quote.overlaps(right.quote):
            because = "are read from one sentence, which hardly contradicts itself"
            return replace(found, verdict=Verdict.PRECISION_DIFFERENCE, severity=1, because=because)
        if left.confidence * right.confidence < rules.sure:
            return replace(found, severity=min(found.severity, 2), because=f"{found.because}, if both are read rightly")
        return found

    return judged


def _same_statement(fact: Fact, told: Sequence[Assertion]) -> Iterator[Difference]:
    """That several articles make one statement."""
    articles = sorted({one.source for one in told})
    if len({one.article for one in told}) > 1:
        names = f"{len(articles)} sources" if len(articles) > _NAMED else " and ".join(articles)
        yield Difference(
            Verdict.AGREES, fact.predicate, _ids(told), 0, None, f"{names} say so." if len(articles) > 1 else f"{names} says so twice."
        )


def _polarity(told: Sequence[Assertion], rules: Rules) -> Iterator[Difference]:
    if len({one.negative for one in told}) > 1:
        marked = _by_article(one._replace(value="no" if one.negative else "yes") for one in told)
        compare = _careful(lambda a, b: compare_polarity(a, b, rules), rules)
        yield from _grouped("polarity", _across(marked, compare))
        yield from _grouped("polarity", _inside(marked, compare))


def _status(told: Sequence[Assertion], ontology: Ontology, rules: Rules) -> Iterator[Difference]:
    """Stages: each article speaks to the others with the one it mostly tells."""
    if len({one.status for one in told if one.status}) <= 1:
        return
    by_article = _by_article(one._replace(value=ontology.statuses[one.status].label) for one in told if one.status)
    mostly = {article: [_mostly(said)] for article, said in by_article.items()}
    compared = _across(mostly, lambda a, b: compare_stages(a, b, rules))
    yield from _grouped("status", (pair for pair in compared if pair[2].verdict is not Verdict.AGREES))

    def inside(left: Assertion, right: Assertion) -> Comparison | None:
        found = compare_stages(left, right, rules)
        if found.verdict is Verdict.AGREES:
            return None
        furthest = max((left, right), key=lambda one: one.stage)
        told = by_article[left.article]
        short = sum(one.confidence for one in told if one.stage < furthest.stage)
        outvoted = round(short - sum(one.confidence for one in told if one.status is furthest.status), 6) >= 0
        return replace(found, severity=3) if found.verdict is Verdict.VALUE_CONFLICT and outvoted and not furthest.hedged else found

    yield from _grouped("status", _inside(by_article, _careful(inside, rules)))


def _mostly(said: Sequence[Assertion]) -> Assertion:
    """The assertion whose status carries most confidence in one article; of equals the furthest."""
    weights: dict[Status | None, float] = {}
    for one in said:
        weights[one.status] = round(weights.get(one.status, 0.0) + one.confidence, 6)
    return min(said, key=lambda one: (-weights[one.status], -one.stage, one.claim))


def _property(field: str, told: Sequence[Assertion], compare: _Compare) -> Iterator[Difference]:
    valued = [one for one in told if one.value is not None]
    if not valued:
        return
    silent = [one for one in told if one.value is None]
    if silent and field in _TOLD_BY_SOME:
        speaking = {one.article for one in valued}
        others = [one for one in silent if one.article not in speaking]
        if others:
            names = " and ".join(sorted({one.source for one in others})[:_NAMED])
            why = f"{listed(named(valued))} says more than {names}, where no {field} is named."
            yield Difference(Verdict.MORE_PRECISE, field, _ids([*valued, *others]), 0, None, why)
    by_article = _by_article(valued)
    yield from _grouped(field, _across(by_article, compare))
    yield from _grouped(field, _inside(by_article, compare))


Pair = tuple[Assertion, Assertion, Comparison]


def _by_article(told: Iterable[Assertion]) -> dict[str, list[Assertion]]:
    """The assertions of each article; articles sorted."""
    found: dict[str, list[Assertion]] = {}
    for one in told:
        found.setdefault(one.article, []).append(one)
    return dict(sorted(found.items()))


def _across(by_article: Mapping[str, Sequence[Assertion]], compare: _Compare) -> Iterator[Pair]:
    """Compares articles: of two, the pair of assertions that fits best counts; the rest is an article against itself."""
    if len(by_article) < _SOURCES:  # most facts: what follows is for many
        for one, other in combinations(by_article.values(), 2):
            yield from _best(one, other, compare)
        return
    stances: dict[tuple[object, ...], list[Sequence[Assertion]]] = {}
    for said in by_article.values():
        stance = tuple(sorted({one.position for one in said}, key=repr))
        stances.setdefault(stance, []).append(said)
    first = sorted(stances.values(), key=lambda group: (-len(group), group[0][0].claim))[:_POSITIONS]
    for group in first:
        for said in group[1:]:
            yield from _best(group[0], said, compare)
    for left, right in combinations(sorted(first, key=lambda group: group[0][0].claim), 2):
        yield from _best(left[0], right[0], compare)


def _best(left: Sequence[Assertion], right: Sequence[Assertion], compare: _Compare) -> Iterator[Pair]:
    pairs = [(a, b, found) for a in left for b in right if (found := compare(a, b))]
    if len(pairs) == 1:
        yield pairs[0]
    elif pairs:
        yield min(pairs, key=lambda pair: (pair[2].severity, pair[2].gap or 0.0, pair[0].claim, pair[1].claim))


def _inside(by_article: Mapping[str, Sequence[Assertion]], compare: _Compare) -> Iterator[Pair]:
    """Compares the distinct values of each article with each other."""
    for said in by_article.values():
        if len(said) == 1:
            continue
        distinct: dict[tuple[object, ...], Assertion] = {}
        for one in said:
            distinct.setdefault(one.position, one)
        for left, right in combinations(list(distinct.values())[:_POSITIONS], 2):
            found = compare(left, right)
            if found and found.verdict is not Verdict.AGREES:
                yield left, right, found


def _grouped(field: str, pairs: Iterable[Pair]) -> Iterator[Difference]:
    """One difference for each verdict, with all claims that take part in it; what one article differs in from itself is its own."""
    groups: dict[tuple[Verdict, str], list[Pair]] = {}
    for pair in pairs:
        left, right, found = pair
        groups.setdefault((found.verdict, left.article if left.article == right.article else ""), []).append(pair)
    for (verdict, _), members in sorted(groups.items(), key=lambda item: item[0]):
        told = list({one.claim: one for left, right, _ in members for one in (left, right)}.values())
        worst = max(members, key=lambda pair: (pair[2].severity, pair[2].gap or 0.0, pair[0].claim, pair[1].claim))
        gaps = [found.gap for _, _, found in members if found.gap is not None]
        yield Difference(verdict, field, _ids(told), worst[2].severity, max(gaps, default=None), _sentence(field, told, worst))


def _sentence(field: str, told: Sequence[Assertion], worst: Pair) -> str:
    """The values, those of the worst pair from its own articles, which its reason is about."""
    shown = named(told, worst[:2])
    if len(shown) == 1:
        return f"All name {listed(shown)} as {_label(field)}."
    dated = [one for one in shown if one.date]
    because = worst[2].because.replace("{days}", str(days_between(dated[0], dated[-1]) if dated else ""))
    return f"{_label(field).capitalize()}: {listed(shown)} {because}."


def _label(field: str) -> str:
    return {"object": "value", "when": "date"}.get(field, field)


def _ids(told: Iterable[Assertion]) -> tuple[ClaimId, ...]:
    return tuple(sorted({one.claim for one in told}))
