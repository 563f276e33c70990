"""Claims to facts: events told apart, the furthest stage, the heaviest figure."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgraph.fusion import grouped
from kgraph.model import Fact, Quantity, Status


def only(facts: tuple[Fact, ...]) -> Fact:
    (fact,) = facts
    return fact


def test_three_rounded_sums_are_one_and_the_narrowest_is_kept(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Meta", "investedIn", "Scale", status="rumoured", amount=figure("nearly 15"), stake=figure("49", "share"))
    newsroom.tell("b", "Meta", "investedIn", "Scale", status="planned", amount=figure("14 to 15"), stake=figure("nearly 50", "share"))
    newsroom.tell("c", "Meta", "investedIn", "Scale", status="inTalks", amount=figure("over 10"))
    newsroom.tell("d", "Meta", "investedIn", "Scale", status="announced", amount=figure("about 15"))
    fact = only(newsroom.facts())
    assert fact.id == "Meta-investedIn-Scale"
    assert isinstance(fact.amount, Quantity)
    assert fact.amount.text == "14 to 15"
    assert fact.stake is not None
    assert fact.stake.text == "49"
    assert fact.status is Status.PLANNED or fact.status is Status.ANNOUNCED


def test_a_lone_wrong_sum_does_not_prevail_by_being_precise(newsroom: Any, figure: Any) -> None:
    for name, amount in (("a", "about 15"), ("b", "nearly 15"), ("c", "3")):
        newsroom.tell(name, "Meta", "acquired", "Scale", status="completed", amount=figure(amount))
    amount = only(newsroom.facts()).amount
    assert amount is not None
    assert amount.text in ("about 15", "nearly 15")


def test_the_ends_of_a_symmetric_predicate_are_ordered(newsroom: Any) -> None:
    newsroom.tell("a", "Zeta", "competesWith", "Alpha")
    newsroom.tell("b", "Alpha", "competesWith", "Zeta")
    fact = only(newsroom.facts())
    assert (fact.id, len(fact.claims)) == ("Alpha-competesWith-Zeta", 2)


def test_a_thing_does_not_deal_with_itself(newsroom: Any) -> None:
    newsroom.tell("a", "Meta", "acquired", "Meta", status="completed")
    assert newsroom.facts() == ()


def test_rounds_years_and_offices_are_events_of_their_own(newsroom: Any) -> None:
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="completed", when="2019")
    newsroom.tell("b", "Acme", "investedIn", "Beta", status="completed", when="2023-01")
    newsroom.tell("a", "person:Ada", "holdsRole", "Beta", status="current", role="CEO")
    newsroom.tell("b", "person:Ada", "holdsRole", "Beta", status="current", role="chief executive officer")
    newsroom.tell("b", "person:Ada", "holdsRole", "Beta", status="current", role="founder")
    assert [fact.id for fact in newsroom.facts()] == [
        "Acme-investedIn-Beta-2019",
        "Acme-investedIn-Beta-2023",
        "Ada-holdsRole-Beta-CEO",
        "Ada-holdsRole-Beta-founder",
    ]


def test_figures_of_two_years_are_two_facts_and_of_one_year_one(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "hasRevenue", figure("10"), period="2023")
    newsroom.tell("b", "Acme", "hasRevenue", figure("12"), period="2024")
    newsroom.tell("c", "Acme", "hasRevenue", figure("about 12"), period="2024")
    assert [(fact.period, len(fact.claims)) for fact in newsroom.facts()] == [("2023", 1), ("2024", 2)]


def test_unlike_results_without_a_period_are_of_two_periods(newsroom: Any, figure: Any) -> None:
    for name, predicate, first, second in (
        ("a", "hasProfit", "12", "3"),
        ("b", "hasProfit", "40", "45"),
        ("c", "valuedAt", "12", "3"),
    ):
        newsroom.tell(f"{name}1", f"Acme {name}", predicate, figure(first))
        newsroom.tell(f"{name}2", f"Acme {name}", predicate, figure(second))
    assert [len(fact.claims) for fact in newsroom.facts()] == [1, 1, 2, 2]


def test_a_valuation_of_a_year_is_not_another_one_without(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "valuedAt", figure("6"), when="2024")
    newsroom.tell("b", "Acme", "valuedAt", figure("16"))
    newsroom.tell("c", "Acme", "valuedAt", figure("15"))
    assert sorted(len(fact.claims) for fact in newsroom.facts()) == [1, 2]


def test_spending_for_two_purposes_is_two_plans(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a", "Acme", "plansSpending", figure("up to 65"), purpose="projects", period="2025")
    newsroom.tell("b", "Acme", "plansSpending", figure("38 to 40"), purpose="infrastructure")
    assert len(newsroom.facts()) == 2


def test_the_furthest_stage_needs_a_share_of_the_weight_since_it_was_told(newsroom: Any) -> None:
    for day in range(1, 6):
        newsroom.tell(f"talks{day}@2025-06-0{day}", "Meta", "acquired", "Scale", status="inTalks")
    newsroom.tell("done@2025-07-01", "Meta", "acquired", "Scale", status="completed")
    assert only(newsroom.facts()).status is Status.COMPLETED
    for day in range(2, 6):
        newsroom.tell(f"later{day}@2025-07-0{day}", "Meta", "acquired", "Scale", status="announced")
    assert only(newsroom.facts()).status is Status.ANNOUNCED


def test_what_was_done_after_it_was_called_off_is_done(newsroom: Any) -> None:
    for predicate, status in (("acquired", Status.COMPLETED), ("partnerOf", Status.TERMINATED)):
        newsroom.tell("off@2025-06-01", "Meta", predicate, "Scale", status="terminated")
        newsroom.tell("done@2025-07-01", "Meta", predicate, "Scale", status="completed")
        assert [fact.status for fact in newsroom.facts() if fact.predicate == predicate] == [status]


def test_a_denial_prevails_over_plans_but_not_over_deeds(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-01", "Meta", "acquired", "Scale", status="rumoured")
    newsroom.tell("b@2025-06-01", "Meta", "acquired", "Scale", status="inTalks")
    newsroom.tell("c@2025-06-02", "Meta", "acquired", "Scale", status="denied")
    assert only(newsroom.facts()).status is Status.DENIED
    newsroom.tell("d@2025-06-05", "Meta", "acquired", "Scale", status="completed")
    newsroom.tell("e@2025-06-06", "Meta", "acquired", "Scale", status="completed")
    assert only(newsroom.facts()).status is Status.COMPLETED


def test_a_denial_from_before_a_deed_was_told_does_not_speak_against_it(newsroom: Any) -> None:
    newsroom.tell("a@2025-06-02", "Meta", "acquired", "Scale", status="denied", confidence=0.95)
    newsroom.tell("b@2025-06-20", "Meta", "acquired", "Scale", status="completed", confidence=0.7)
    fact = only(newsroom.facts())
    assert (fact.status, fact.confidence) == (Status.COMPLETED, 0.595)
    newsroom.tell("c@2025-06-21", "Meta", "acquired", "Scale", status="denied", confidence=0.95)
    assert only(newsroom.facts()).status is Status.DENIED


def test_a_fact_is_dated_by_those_who_tell_of_its_stage(newsroom: Any) -> None:
    for name, status, when in (
        ("a@2025-03-03", "rumoured", "2025-03-03"),
        ("b@2025-03-26", "announced", "2025-03-26"),
        ("c@2025-03-27", "announced", "2025-03-26"),
    ):
        newsroom.tell(name, "Meta", "acquired", "Scale", status=status, when=when)
    assert only(newsroom.facts()).when == "2025-03-26"
    newsroom.tell("d@2025-09-15", "Meta", "acquired", "Scale", status="completed", when="2025-09-14")
    assert only(newsroom.facts()).when == "2025-09-14"


def test_an_outlet_stands_by_its_last_figure(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2025-06-02", "Fund", "ownsStakeIn", "Acme", stake=figure("12", "share"), publisher="Herald")
    newsroom.tell("b@2025-06-03", "Fund", "ownsStakeIn", "Acme", stake=figure("12", "share"), confidence=0.6)
    newsroom.tell("c@2025-07-02", "Fund", "ownsStakeIn", "Acme", stake=figure("15", "share"), publisher="Herald")
    stake = only(newsroom.facts()).stake
    assert stake is not None
    assert stake.text == "15"


def test_a_round_that_has_a_name_is_called_by_it(newsroom: Any, figure: Any) -> None:
    for article, name in (("a@2025-06-02", "Series A"), ("b@2025-06-03", "new round of funding"), ("c@2025-06-03", "new round of funding")):
        newsroom.tell(article, "Acme", "raisedFunding", figure("20"), status="completed", round=name)
    assert only(newsroom.facts()).round == "Series A"


def test_a_dated_figure_is_not_replaced_by_what_is_told_of_it_later(newsroom: Any, figure: Any) -> None:
    for name, value in (("a@2025-02-01", "4"), ("b@2025-02-02", "4"), ("c@2025-04-01", "40")):
        newsroom.tell(name, "Acme", "hasRevenue", figure(value), period="2024")
    revenue = only(newsroom.facts()).object
    assert getattr(revenue, "text", None) == "4"


def test_sums_raised_and_jobs_cut_are_one_deed_where_articles_tell_them_at_once_and_alike(newsroom: Any, figure: Any) -> None:
    newsroom.tell("a@2025-06-02", "Acme", "raisedFunding", figure("310"), status="completed", round="Series C")
    newsroom.tell("b@2025-06-03", "Acme", "raisedFunding", figure("nearly 300"), status="completed")
    newsroom.tell("c@2025-05-12", "Acme", "raisedFunding", figure("about 300"), status="inTalks", round="a new round of funding")
    newsroom.tell("d@2025-09-03", "Acme", "raisedFunding", figure("340"), status="completed")
    newsroom.tell("e@2025-06-04", "Zenox", "raisedFunding", figure("5"), status="completed", round="Series A")
    newsroom.tell("f@2025-06-04", "Zenox", "raisedFunding", figure("5"), status="completed", round="a Series A round")
    newsroom.tell("f@2025-06-04", "Zenox", "raisedFunding", figure("9"), status="completed", round="a Series B round")
    newsroom.tell("a@2025-06-02", "Beta", "laidOff", figure("1.15", "jobs"), status="completed", when="2025-06")
    newsroom.tell("b@2025-06-03", "Beta", "laidOff", figure("1.2", "people"), status="completed")
    facts = {fact.subject: [len(f.claims) for f in newsroom.facts() if f.subject == fact.subject] for fact in newsroom.facts()}
    assert {subject: sorted(sizes) for subject, sizes in facts.items()} == {"Acme": [1, 3], "Beta": [2], "Zenox": [1, 2]}


def test_what_is_only_negated_is_a_negative_fact(newsroom: Any) -> None:
    newsroom.tell("a", "Meta", "acquired", "Scale", status="completed", negative=True)
    fact = only(newsroom.facts())
    assert fact.negative
    assert fact.confidence > 0.5


TELLINGS = st.lists(
    st.tuples(
        st.sampled_from(["a@2025-06-01", "b@2025-06-03", "c", "d@2026-01-01"]),
        st.sampled_from(["Acme", "Beta", "Gamma"]),
        st.sampled_from(["investedIn", "competesWith", "hasRevenue", "filedForBankruptcy"]),
        st.sampled_from(["Acme", "Beta", "Delta"]),
        st.sampled_from(["rumoured", "inTalks", "completed", "denied"]),
        st.sampled_from(["10", "about 10", "over 4", "3", "nearly 12"]),
        st.sampled_from([None, "2019", "2025-06", "2025-06-02"]),
    ),
    min_size=1,
    max_size=12,
)


def told(newsroom: Any, figure: Any, tellings: list[Any]) -> None:
    newsroom.claims.clear()
    for article, subject, predicate, object_, status, amount, when in tellings:
        if predicate == "hasRevenue":
            newsroom.tell(article, subject, predicate, figure(amount), period=when)
        elif predicate == "filedForBankruptcy":
            newsroom.tell(article, subject, predicate, status=status, when=when)
        elif predicate == "competesWith":
            newsroom.tell(article, subject, predicate, object_)
        else:
            newsroom.tell(article, subject, predicate, object_, status=status, amount=figure(amount), when=when)


@given(tellings=TELLINGS, data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_facts_do_not_depend_on_the_order_of_claims(newsroom: Any, figure: Any, tellings: list[Any], data: Any) -> None:
    told(newsroom, figure, tellings)
    shuffled = data.draw(st.permutations(newsroom.claims))
    assert newsroom.facts() == newsroom.facts(shuffled)


@given(tellings=TELLINGS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_fact_depends_on_the_claims_of_its_key_alone(newsroom: Any, figure: Any, tellings: list[Any]) -> None:
    told(newsroom, figure, tellings)
    groups = grouped(newsroom.claims, newsroom.entities(), newsroom.ontology)
    apart = [fact for claims in groups.values() for fact in newsroom.facts(claims)]
    assert tuple(sorted(apart, key=lambda fact: fact.id)) == newsroom.facts()


@given(tellings=TELLINGS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_claim_on_two_things_has_one_fact(newsroom: Any, figure: Any, tellings: list[Any]) -> None:
    told(newsroom, figure, tellings)
    facts = newsroom.facts()
    used = [claim for fact in facts for claim in fact.claims]
    groups = grouped(newsroom.claims, newsroom.entities(), newsroom.ontology)
    assert sorted(used) == sorted(claim.id for claims in groups.values() for claim in claims)
    assert len({fact.id for fact in facts}) == len(facts)
