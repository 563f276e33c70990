"""What counts as agreement, wording, change over time and contradiction."""

from __future__ import annotations

from typing import Any

import pytest

from kgraph.analysis import disagreements
from kgraph.model import Disagreement, Verdict


def found(newsroom: Any, property_: str | None = None) -> list[Disagreement]:
    """All disagreements, or those on one property."""
    everything = disagreements(newsroom.knowledge(), newsroom.ontology)
    return [one for one in everything if property_ in (None, one.property)]


def verdicts(newsroom: Any, property_: str) -> list[tuple[Verdict, int]]:
    return [(one.verdict, one.severity) for one in found(newsroom, property_)]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("nearly 15", "about 15", (Verdict.AGREES, 0)),
        ("15", "about 15", (Verdict.AGREES, 0)),
        ("10", "over 10", (Verdict.PRECISION_DIFFERENCE, 1)),
        ("about 15", "14 to 15", (Verdict.PRECISION_DIFFERENCE, 1)),
        ("49", "30 to 60", (Verdict.MORE_PRECISE, 0)),
        ("over 10", "about 15", (Verdict.PRECISION_DIFFERENCE, 1)),
        ("20", "21.5", (Verdict.INTERVAL_MISMATCH, 1)),
        ("about 10", "about 15", (Verdict.INTERVAL_MISMATCH, 2)),
        ("10", "15", (Verdict.VALUE_CONFLICT, 3)),
    ],
)
def test_two_prices_of_one_done_deal(newsroom: Any, figure: Any, left: str, right: str, expected: tuple[Verdict, int]) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed", amount=figure(left))
    newsroom.tell("b", "Acme", "acquired", "Beta", status="completed", amount=figure(right))
    assert verdicts(newsroom, "amount") == [expected]


def test_a_price_of_a_later_stage_takes_the_place_of_an_earlier_one(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="inTalks", amount=figure("10"))
    newsroom.tell("b@2025-06-20", "Acme", "acquired", "Beta", status="announced", amount=figure("15"))
    assert verdicts(newsroom, "amount") == [(Verdict.SUPERSESSION, 1)]
    assert verdicts(newsroom, "status") == [(Verdict.SUPERSESSION, 0)]


def test_a_raised_offer_is_no_contradiction(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="announced", amount=figure("10"))
    newsroom.tell("b@2025-06-20", "Acme", "acquired", "Beta", status="announced", amount=figure("15"))
    assert verdicts(newsroom, "amount") == [(Verdict.SUPERSESSION, 1)]


def test_a_price_told_a_day_later_is_no_raised_offer(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="announced", amount=figure("10"))
    newsroom.tell("b@2025-06-02", "Acme", "acquired", "Beta", status="announced", amount=figure("15"))
    assert verdicts(newsroom, "amount") == [(Verdict.VALUE_CONFLICT, 3)]


@pytest.mark.parametrize("other", ["Acme is buying Beta for $10 billion", "Acme is buying Beta for $10 billion excluding debt"])
def test_a_price_with_debt_is_another_sum_than_one_without(newsroom: Any, figure: Any, other: str) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="announced", amount=figure("10"), quote=other)
    quote = "Acme is buying Beta for $15 billion,\nincluding debt"
    newsroom.tell("b@2025-06-02", "Acme", "acquired", "Beta", status="announced", amount=figure("15"), quote=quote)
    assert verdicts(newsroom, "amount") == [(Verdict.SCOPE_MISMATCH, 1)]


def test_jobs_and_people_are_counted_alike(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "employeeCount", figure("10", "jobs"))
    newsroom.tell("b@2025-06-02", "Acme", "employeeCount", figure("15", "people"))
    assert [one.verdict for one in found(newsroom)] == [Verdict.VALUE_CONFLICT]


def test_a_careless_headline_is_the_article_against_itself_and_not_against_others(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="completed", amount=figure("10"))
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="inTalks", amount=figure("over 10"))
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="inTalks")
    newsroom.tell("b", "Acme", "investedIn", "Beta", status="announced", amount=figure("about 15"))
    assert verdicts(newsroom, "amount") == [(Verdict.PRECISION_DIFFERENCE, 1), (Verdict.SUPERSESSION, 1)]
    assert verdicts(newsroom, "status") == [(Verdict.VALUE_CONFLICT, 3), (Verdict.SUPERSESSION, 0)]


def test_an_article_that_tells_how_a_deal_came_about_contradicts_nothing_gravely(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="inTalks", when="2025-03")
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed", when="2025-06")
    assert verdicts(newsroom, "status") == [(Verdict.SUPERSESSION, 0)]


def test_a_later_article_with_a_much_earlier_stage_is_looked_at(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("b@2025-06-20", "Acme", "acquired", "Beta", status="inTalks")
    assert verdicts(newsroom, "status") == [(Verdict.VALUE_CONFLICT, 2)]


def test_a_statement_and_its_negation(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("b@2025-06-03", "Acme", "acquired", "Beta", status="completed", negative=True)
    assert verdicts(newsroom, "polarity") == [(Verdict.POLARITY_CONFLICT, 3)]


def test_a_rumour_and_its_denial_can_both_be_true(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="rumoured")
    newsroom.tell("b@2025-06-03", "Acme", "acquired", "Beta", status="denied")
    assert verdicts(newsroom, "polarity") == [(Verdict.POLARITY_CONFLICT, 2)]


def test_revenues_of_unnamed_periods_are_a_matter_of_scope(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "hasRevenue", figure("10"))
    newsroom.tell("b", "Acme", "hasRevenue", figure("15"))
    assert verdicts(newsroom, "object") == [(Verdict.SCOPE_MISMATCH, 1)]


def test_revenues_of_one_period_conflict(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "hasRevenue", figure("10"), period="2024")
    newsroom.tell("b", "Acme", "hasRevenue", figure("15"), period="2024")
    assert verdicts(newsroom, "object") == [(Verdict.VALUE_CONFLICT, 3)]


def test_revenues_of_two_periods_are_a_series(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "hasRevenue", figure("10"), period="2023")
    newsroom.tell("b", "Acme", "hasRevenue", figure("15"), period="2024")
    assert found(newsroom) == []


def test_a_valuation_moves_with_time(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2025-01-01", "Acme", "valuedAt", figure("10"))
    newsroom.tell("b@2025-03-01", "Acme", "valuedAt", figure("15"))
    assert verdicts(newsroom, "object") == [(Verdict.SUPERSESSION, 1)]


def test_valuations_of_unknown_days_may_both_have_been_true(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "valuedAt", figure("10"))
    newsroom.tell("b", "Acme", "valuedAt", figure("15"))
    assert verdicts(newsroom, "object") == [(Verdict.VALUE_CONFLICT, 2)]


def test_plans_for_two_purposes(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "plansSpending", figure("up to 65"), purpose="projects and teams", period="2025")
    newsroom.tell("b", "Acme", "plansSpending", figure("38 to 40"), purpose="infrastructure")
    (difference,) = found(newsroom)
    assert (difference.verdict, difference.severity, len(difference.facts)) == (Verdict.SCOPE_MISMATCH, 1, 2)
    assert "different purposes" in difference.why


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("2016", "2016-05", (Verdict.MORE_PRECISE, 0)),
        ("2016", "2016", (Verdict.AGREES, 0)),
        ("2016-05-31", "2016-06-01", (Verdict.PRECISION_DIFFERENCE, 1)),
        ("2015", "2017", (Verdict.DATE_CONFLICT, 3)),
    ],
)
def test_two_dates_of_founding(newsroom: Any, left: str, right: str, expected: tuple[Verdict, int]) -> None:
    newsroom.tell("a", "Acme", "foundedOn", left)
    newsroom.tell("b", "Acme", "foundedOn", right)
    assert verdicts(newsroom, "object") == [expected]


def test_two_chief_executives_of_one_article_may_head_parts_of_the_firm(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-01", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    newsroom.tell("a@2025-06-01", "person:Bob", "holdsRole", "Acme", status="current", role="CEO")
    assert verdicts(newsroom, "role") == [(Verdict.FUNCTIONAL_CONFLICT, 2)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("a@2025-06-01", "2025-03-02"), ("b@2025-06-09", "2025-04"), (Verdict.DATE_CONFLICT, 2)),
        (("a@2025-06-01", "2025-03"), ("b@2025-06-09", "2025-03-02"), (Verdict.MORE_PRECISE, 0)),
        (("a@2025-06-01", "2025-06-01"), ("b@2025-07-09", "2025-07-09"), (Verdict.PRECISION_DIFFERENCE, 1)),
        (("a@2025-06-01", "2025-03-02"), ("a@2025-06-01", "2025-04"), (Verdict.SCOPE_MISMATCH, 1)),
    ],
    ids=["apart", "one in the other", "each its own day", "two steps"],
)
def test_two_dates_of_one_purchase(newsroom: Any, first: Any, second: Any, expected: tuple[Verdict, int]) -> None:
    for article, when in (first, second):
        newsroom.tell(article, "Acme", "acquired", "Beta", status="completed", when=when)
    assert verdicts(newsroom, "when") == [expected]


def test_the_days_of_a_plan_and_of_the_deed_are_no_difference_but_a_day_that_was_put_off_is(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-02", "Acme", "acquired", "Beta", status="announced", when="2025-06-01")
    newsroom.tell("b@2025-09-15", "Acme", "acquired", "Beta", status="completed", when="2025-09-14")
    assert verdicts(newsroom, "when") == [(Verdict.SUPERSESSION, 0)]
    newsroom.tell("a@2025-06-02", "Acme", "acquired", "Gamma", status="announced", when="2025-07-20")
    newsroom.tell("b@2025-09-15", "Acme", "acquired", "Gamma", status="completed", when="2025-09-04")
    assert (Verdict.SUPERSESSION, 1) in verdicts(newsroom, "when")


def test_an_office_is_held_on_many_days(newsroom: Any) -> None:
    for article, when in (("a", "2006-03-15"), ("b", "2009-07")):
        newsroom.tell(article, "person:Ada", "holdsRole", "Acme", status="current", role="CEO", when=when)
    assert len(newsroom.facts()) == 1
    assert verdicts(newsroom, "when") == []


def test_two_chief_executives_at_once(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-01", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    newsroom.tell("b@2025-06-05", "person:Bob", "holdsRole", "Acme", status="current", role="chief executive")
    assert verdicts(newsroom, "role") == [(Verdict.FUNCTIONAL_CONFLICT, 3)]


def test_a_chief_executive_years_later_is_a_successor(newsroom: Any) -> None:
    newsroom.tell("a@2020-06-01", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    newsroom.tell("b@2025-06-05", "person:Bob", "holdsRole", "Acme", status="current", role="CEO")
    assert verdicts(newsroom, "role") == [(Verdict.SUPERSESSION, 0)]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (("2019", "completed", None, "announced"), (Verdict.SUPERSESSION, 1)),
        ((None, "completed", "2025-06-20", "completed"), (Verdict.SUPERSESSION, 1)),
        (("2024-12", "completed", None, "announced"), (Verdict.FUNCTIONAL_CONFLICT, 2)),
        ((None, "completed", None, "announced"), (Verdict.FUNCTIONAL_CONFLICT, 2)),
    ],
    ids=["bought long ago", "bought after the other was told", "bought a while ago", "undated"],
)
def test_two_buyers_of_one_firm(newsroom: Any, told: tuple[Any, ...], expected: tuple[Verdict, int]) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", when=told[0], status=told[1])
    newsroom.tell("b@2025-06-21", "Gamma", "acquired", "Beta", when=told[2], status=told[3])
    assert expected in verdicts(newsroom, "subject")


@pytest.mark.parametrize("other", [{"role": "co-CEO"}, {"role": "CEO", "status": "former"}, {"role": "director"}])
def test_offices_that_two_may_have_had(newsroom: Any, other: dict[str, str]) -> None:
    newsroom.tell("a@2025-06-01", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    newsroom.tell("b@2025-06-05", "person:Bob", "holdsRole", "Acme", **{"status": "current", **other})
    assert verdicts(newsroom, "role") == []


def test_a_purchase_cannot_go_both_ways(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("b@2025-06-02", "Beta", "acquired", "Acme", status="completed")
    assert (Verdict.DIRECTION_CONFLICT, 3) in verdicts(newsroom, "acquired")


def test_a_subsidiary_that_competes_with_its_parent(newsroom: Any) -> None:
    newsroom.tell("a", "Beta", "subsidiaryOf", "Acme")
    newsroom.tell("b", "Acme", "competesWith", "Beta")
    assert [one.verdict for one in found(newsroom)] == [Verdict.DISJOINT_CONFLICT]


def test_two_seats_may_lie_in_each_other(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "headquarteredIn", "place:Oslo")
    newsroom.tell("b", "Acme", "headquarteredIn", "place:Norway")
    assert verdicts(newsroom, "object") == [(Verdict.PRECISION_DIFFERENCE, 1)]


def test_a_person_stands_for_his_company(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    newsroom.tell("b", "person:Ada", "investedIn", "Beta", status="planned", amount=figure("14 to 15"))
    newsroom.tell("c", "Acme", "investedIn", "Beta", status="planned", amount=figure("about 15"))
    assert verdicts(newsroom, "subject") == [(Verdict.ACTOR_DIFFERENCE, 1)]
    assert verdicts(newsroom, "amount") == [(Verdict.PRECISION_DIFFERENCE, 1)]


def test_a_unit_is_the_more_precise_name(newsroom: Any) -> None:
    newsroom.tell("a", "Acme Labs", "subsidiaryOf", "Acme")
    newsroom.tell("b", "Acme Labs", "launched", "product:Gadget", status="completed")
    newsroom.tell("c", "Acme", "launched", "product:Gadget", status="completed")
    assert verdicts(newsroom, "subject") == [(Verdict.MORE_PRECISE, 0)]


def test_a_takeover_of_less_than_half(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="completed", stake=figure("49", "share"))
    newsroom.tell("b", "Acme", "acquired", "Beta", status="completed")
    (difference,) = found(newsroom)
    assert difference.verdict is Verdict.SCOPE_MISMATCH
    assert "no takeover" in difference.why


def test_a_source_that_names_no_price_is_less_precise(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed")
    newsroom.tell("b", "Acme", "acquired", "Beta", status="completed", amount=figure("19"))
    assert verdicts(newsroom, "amount") == [(Verdict.MORE_PRECISE, 0)]
    assert verdicts(newsroom, "acquired") == [(Verdict.AGREES, 0)]


def test_the_reason_names_values_and_sources(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="completed", amount=figure("10"), publisher="Post")
    newsroom.tell("b@2025-06-02", "Acme", "acquired", "Beta", status="completed", amount=figure("15"))
    (conflict,) = found(newsroom, "amount")
    assert conflict.why == "Amount: “10” (Post, 2025-06-01) and “15” (b, 2025-06-02) cannot both be true."
    assert conflict.gap == pytest.approx(1 / 3, abs=1e-4)


def test_the_same_differences_have_the_same_ids_whatever_the_order(newsroom: Any, figure: Any) -> None:
    for name, amount in (("a", "10"), ("b", "15"), ("c", "over 10")):
        newsroom.tell(name, "Acme", "acquired", "Beta", status="completed", amount=figure(amount))
    first = found(newsroom)
    newsroom.claims.reverse()
    assert found(newsroom) == first
    assert len({one.id for one in first}) == len(first)


def test_a_merger_and_a_purchase_may_be_one_deal_even_in_talks(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "mergedWith", "Beta", status="inTalks")
    newsroom.tell("b", "Beta", "acquired", "Acme", status="announced")
    assert [(one.verdict, one.severity) for one in found(newsroom)] == [(Verdict.SCOPE_MISMATCH, 1)]


def test_plans_that_one_article_tells_apart_are_no_difference(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "plansSpending", figure("5"), purpose="factories")
    newsroom.tell("a", "Acme", "plansSpending", figure("9"), purpose="software")
    assert found(newsroom) == []


@pytest.mark.parametrize(
    ("sure", "severity"),
    [
        (("completed", "inTalks"), 3),
        (("completed", "completed", "inTalks", "announced"), 3),
        (("completed", "completed", "inTalks"), 2),
    ],
    ids=["as often", "in other words", "mostly done"],
)
def test_an_article_that_says_no_less_that_a_deal_is_only_talked_about(newsroom: Any, sure: tuple[str, ...], severity: int) -> None:
    for status in sure:
        newsroom.tell("a", "Acme", "investedIn", "Beta", status=status)
    assert (Verdict.VALUE_CONFLICT, severity) in verdicts(newsroom, "status")


def test_an_article_on_a_change_tells_a_whole_tenure(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-01", "person:Ada", "holdsRole", "Acme", status="former", role="CEO")
    newsroom.tell("a@2025-06-01", "person:Ada", "holdsRole", "Acme", status="incoming", role="CEO")
    assert verdicts(newsroom, "status") == [(Verdict.SUPERSESSION, 0)]


def test_an_article_that_tells_of_a_plan_and_its_end_contradicts_nothing(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="planned")
    newsroom.tell("a@2025-06-01", "Acme", "acquired", "Beta", status="terminated")
    assert verdicts(newsroom, "status") == [(Verdict.SUPERSESSION, 0)]


@pytest.mark.parametrize(
    ("day", "when", "expected"),
    [
        ("2025-06-20", None, (Verdict.SUPERSESSION, 1)),
        ("2025-06-03", None, (Verdict.POLARITY_CONFLICT, 2)),
        ("2025-06-20", "2025-05-28", (Verdict.POLARITY_CONFLICT, 2)),
    ],
    ids=["done later", "at once", "done before it was denied"],
)
def test_what_was_denied_may_come_about(newsroom: Any, day: str, when: str | None, expected: tuple[Verdict, int]) -> None:
    newsroom.tell("a@2025-06-02", "Acme", "acquired", "Beta", status="denied")
    newsroom.tell(f"b@{day}", "Acme", "acquired", "Beta", status="completed", when=when)
    assert verdicts(newsroom, "polarity") == [expected]


@pytest.mark.parametrize("days", [("a@2025-01-26", "b@2025-03-20"), ("a@2025-03-20", "b@2025-01-26")])
def test_what_is_denied_in_january_may_hold_in_march(newsroom: Any, days: tuple[str, str]) -> None:
    newsroom.tell(days[0], "Acme", "competesWith", "Beta", negative=True)
    newsroom.tell(days[1], "Acme", "competesWith", "Beta")
    assert verdicts(newsroom, "polarity") == [(Verdict.SUPERSESSION, 1)]


def test_the_days_apart_are_those_of_the_articles_that_are_named(newsroom: Any) -> None:
    newsroom.tell("a@2026-03-05", "Acme", "competesWith", "Beta", negative=True, publisher="RBP")
    newsroom.tell("b@2026-04-14", "Acme", "competesWith", "Beta", publisher="Business Newswire")
    newsroom.tell("c@2026-09-22", "Acme", "competesWith", "Beta", publisher="Late Gazette")
    (difference,) = found(newsroom, "polarity")
    assert (
        difference.why
        == "Polarity: “no” (RBP, 2026-03-05) and “yes” (Late Gazette, 2026-09-22) were told 201 days apart and may both have held."
    )


def test_the_days_apart_of_many_figures_are_those_from_the_first_to_the_last(newsroom: Any, figure: Any) -> None:
    for article, worth in (("a@2026-01-01", "10"), ("b@2026-03-01", "20"), ("c@2026-04-05", "12")):
        newsroom.tell(article, "Acme", "valuedAt", figure(worth))
    (difference,) = found(newsroom, "object")
    assert "“20” (b, 2026-03-01) and “12” (c, 2026-04-05) were told 94 days apart" in difference.why


def test_a_denial_that_the_article_dates_before_the_deed(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "acquired", "Beta", status="denied", when="2025-03")
    newsroom.tell("a", "Acme", "acquired", "Beta", status="completed", when="2025-06-09")
    assert verdicts(newsroom, "polarity") == [(Verdict.SUPERSESSION, 1)]


def test_a_profit_of_a_quarter_may_be_told_as_one_of_the_year(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "hasProfit", figure("12"), period="2024")
    newsroom.tell("b", "Acme", "hasProfit", figure("3"), period="2024")
    assert verdicts(newsroom, "object") == [(Verdict.VALUE_CONFLICT, 2)]


def test_one_sentence_does_not_contradict_itself(newsroom: Any) -> None:
    for status in ("completed", "inTalks", "inTalks"):
        newsroom.tell("a", "Acme", "investedIn", "Beta", status=status, start=0)
    assert verdicts(newsroom, "status") == [(Verdict.PRECISION_DIFFERENCE, 1)]


@pytest.mark.parametrize(("confidence", "severity"), [(0.9, 3), (0.6, 2)])
def test_what_may_be_misread_is_looked_at_before_it_is_called_a_contradiction(
    newsroom: Any, figure: Any, confidence: float, severity: int
) -> None:
    for article, price, chief in (("a@2025-06-01", "10", "person:Ada"), ("b@2025-06-01", "15", "person:Bob")):
        newsroom.tell(article, "Acme", "acquired", "Beta", status="completed", amount=figure(price), confidence=confidence)
        newsroom.tell(article, chief, "holdsRole", "Acme", status="current", role="CEO", confidence=confidence)
    assert verdicts(newsroom, "amount") == [(Verdict.VALUE_CONFLICT, severity)]
    assert verdicts(newsroom, "role") == [(Verdict.FUNCTIONAL_CONFLICT, severity)]


def test_one_who_held_the_office_before_and_after_was_not_told_of_at_once_with_another(newsroom: Any) -> None:
    newsroom.tell("a@2023-06-17", "person:Ada", "holdsRole", "Acme", status="current", role="chairman")
    newsroom.tell("b@2025-03-30", "person:Bob", "holdsRole", "Acme", status="current", role="chairman")
    newsroom.tell("c@2025-05-02", "person:Ada", "holdsRole", "Acme", status="current", role="chairman")
    assert verdicts(newsroom, "role") == [(Verdict.AGREES, 0), (Verdict.FUNCTIONAL_CONFLICT, 2)][::-1]


def test_an_article_that_hands_an_office_over_names_both_holders(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-01", "person:Ada", "holdsRole", "Acme", status="current", role="CEO")
    newsroom.tell("a@2025-06-01", "person:Bob", "holdsRole", "Acme", status="incoming", role="CEO")
    newsroom.tell("b@2025-06-09", "person:Bob", "holdsRole", "Acme", status="current", role="CEO")
    assert (Verdict.SUPERSESSION, 1) in verdicts(newsroom, "role")
    assert not [one for one in found(newsroom) if one.severity > 1]


def test_two_holders_in_one_sentence_hold_it_together(newsroom: Any) -> None:
    for name in ("person:Ada", "person:Bob"):
        newsroom.tell("a@2025-06-01", name, "holdsRole", "Acme", status="current", role="CEO", start=0)
    assert verdicts(newsroom, "role") == [(Verdict.FUNCTIONAL_CONFLICT, 1)]


def test_figures_of_one_period_that_exclude_each_other_do_not_agree(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2006-07-21", "Acme", "hasProfit", figure("12"), period="2006")
    newsroom.tell("b@2007-01-26", "Acme", "hasProfit", figure("3"), period="2006")
    assert {one.verdict for one in found(newsroom) if one.property != "period"} == {Verdict.VALUE_CONFLICT}


def test_dates_that_exclude_each_other_do_not_agree(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "foundedOn", "2015")
    newsroom.tell("b", "Acme", "foundedOn", "2017")
    assert [one.verdict for one in found(newsroom)] == [Verdict.DATE_CONFLICT]


def test_one_figure_told_twice_agrees_once(newsroom: Any, figure: Any) -> None:
    for article in ("a", "b"):
        newsroom.tell(article, "Acme", "hasRevenue", figure("10"), period="2024")
    assert [(one.verdict, one.property) for one in found(newsroom)] == [(Verdict.AGREES, "object"), (Verdict.AGREES, "period")]


def test_one_article_that_calls_a_deal_by_two_names_tells_one_matter(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="announced")
    newsroom.tell("a", "Acme", "acquired", "Beta", status="announced")
    assert found(newsroom) == []


def test_numbers_in_words_are_the_numbers_in_figures(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "suppliesTo", "Beta", service="12 new jets")
    newsroom.tell("a", "Acme", "suppliesTo", "Beta", service="twelve new jets")
    assert verdicts(newsroom, "service") == []


def test_a_denial_that_the_article_dates_before_what_it_now_tells(newsroom: Any) -> None:
    newsroom.tell("a@2006-10-10", "Acme", "acquired", "Beta", status="denied", when="2006-07", said_by="Acme")
    newsroom.tell("a@2006-10-10", "Acme", "acquired", "Beta", status="completed")
    assert verdicts(newsroom, "polarity") == [(Verdict.SUPERSESSION, 1)]


@pytest.mark.parametrize(("speakers", "severity"), [((None, "Acme"), 2), ((None, None), 1), (("Acme", "Acme"), 1)])
def test_one_voice_in_one_article_hardly_denies_what_it_says(newsroom: Any, speakers: tuple[str | None, str | None], severity: int) -> None:
    newsroom.tell("a@2006-10-10", "Acme", "partnerOf", "Beta", status="planned", said_by=speakers[0])
    newsroom.tell("a@2006-10-10", "Acme", "partnerOf", "Beta", status="denied", said_by=speakers[1])
    assert verdicts(newsroom, "polarity") == [(Verdict.POLARITY_CONFLICT, severity)]


def test_talks_of_today_are_another_matter_than_what_the_article_dates_long_before(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2008-01-19", "Acme", "raisedFunding", figure("93"), status="inTalks")
    newsroom.tell("a@2008-01-19", "Acme", "raisedFunding", figure("93"), status="completed", when="2006-08")
    assert verdicts(newsroom, "status") == [(Verdict.SCOPE_MISMATCH, 1)]


def test_a_name_within_another_may_be_the_same_owner(newsroom: Any) -> None:
    newsroom.tell("a", "Task Force", "subsidiaryOf", "House Judiciary")
    newsroom.tell("b", "Task Force", "subsidiaryOf", "House Judiciary Committee")
    assert verdicts(newsroom, "object") == [(Verdict.PRECISION_DIFFERENCE, 1)]


def test_a_denial_is_set_against_whoever_else_says_it(newsroom: Any) -> None:
    for speaker in ("Acme", "Beta"):
        newsroom.tell("a", "Acme", "partnerOf", "Beta", status="planned", said_by=speaker)
    newsroom.tell("a", "Acme", "partnerOf", "Beta", status="denied", said_by="Acme")
    assert verdicts(newsroom, "polarity") == [(Verdict.POLARITY_CONFLICT, 2)]
