"""Copies count once, and what a fact's confidence is made of can be told."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from kgraph.errors import OntologyError
from kgraph.fusion import explain, fuse, load_sources
from kgraph.model import Quantity

SENTENCE = "Meta is set to invest about $15 billion in Scale AI, people briefed on the matter said on Tuesday evening"


def origins(newsroom: Any) -> int:
    knowledge = newsroom.knowledge()
    return len(explain(knowledge.facts[0], knowledge).origins)


def test_independent_articles_add_up(newsroom: Any) -> None:
    newsroom.tell("a", "Meta", "acquired", "Scale", status="completed")
    alone = newsroom.facts()[0].confidence
    newsroom.tell("b", "Meta", "acquired", "Scale", status="completed")
    assert newsroom.facts()[0].confidence > alone
    assert origins(newsroom) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"quote": SENTENCE}, {"quote": SENTENCE.replace("evening", "night")}),
        ({"publisher": "The Example Times"}, {"publisher": "Example Times"}),
        ({"publisher": "Bloomberg"}, {"said_by": "Bloomberg News"}),
        ({"said_by": "Ada Abbott"}, {"said_by": "Ada Abbott"}),
    ],
    ids=["near-identical words", "one outlet", "a named outlet", "one speaker"],
)
def test_sources_that_copy_count_once(newsroom: Any, first: dict[str, str], second: dict[str, str]) -> None:
    newsroom.tell("a", "Meta", "investedIn", "Scale", status="planned", **first)
    alone = newsroom.facts()[0].confidence
    newsroom.tell("b", "Meta", "investedIn", "Scale", status="planned", **second)
    assert origins(newsroom) == 1
    assert newsroom.facts()[0].confidence == pytest.approx(alone, abs=0.1)


def test_an_article_that_tells_of_a_report_and_its_denial_is_two_voices(newsroom: Any) -> None:
    newsroom.tell("a", "Meta", "investedIn", "Scale", status="inTalks", publisher="Herald")
    newsroom.tell("b", "Meta", "investedIn", "Scale", status="inTalks", said_by="Herald", publisher="Courier")
    newsroom.tell("b", "Meta", "investedIn", "Scale", status="denied", said_by="Ada Abbott")
    knowledge = newsroom.knowledge()
    assert [(origin.name, len(origin.claims)) for origin in explain(knowledge.facts[0], knowledge).origins] == [
        ("Herald", 2),
        ("Ada Abbott", 1),
    ]


@pytest.mark.parametrize("speaker", ["two people briefed on the deal", "Analysts", "the company"])
def test_nobody_in_particular_is_no_common_source(newsroom: Any, speaker: str) -> None:
    newsroom.tell("a", "Meta", "investedIn", "Scale", status="planned", said_by=speaker)
    newsroom.tell("b", "Meta", "investedIn", "Scale", status="planned", said_by=speaker)
    assert origins(newsroom) == 2


def test_the_explanation_gives_the_confidence_of_the_fact(newsroom: Any) -> None:
    newsroom.tell("a", "Meta", "investedIn", "Scale", status="planned", publisher="Reuters")
    newsroom.tell("b", "Meta", "investedIn", "Scale", status="rumoured", hedge="reportedly")
    newsroom.tell("c", "Meta", "investedIn", "Scale", status="completed", negative=True, confidence=0.5)
    knowledge = newsroom.knowledge()
    belief = explain(knowledge.facts[0], knowledge)
    assert belief.confidence == knowledge.facts[0].confidence
    assert [(origin.name, origin.weight, origin.against) for origin in belief.origins] == [
        ("Reuters", 0.855, False),
        ("b", 0.612, False),
        ("c", 0.425, True),
    ]
    assert belief.support == pytest.approx(1 - (1 - 0.855) * (1 - 0.612), abs=1e-4)


def test_a_hedge_and_a_weak_outlet_lower_the_weight(newsroom: Any, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[priors]\n"Rumour Mill" = 0.1\n', encoding="utf-8")
    claim = newsroom.tell("a", "Meta", "acquired", "Scale", publisher="the Rumour Mill")
    article = newsroom.articles["a"]
    assert load_sources([mine]).weight(claim, article) == pytest.approx(0.09)
    assert load_sources().weight(claim, article) > 0.7


def test_an_outlet_that_is_not_believed_leaves_the_least_confidence_there_is(newsroom: Any, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[priors]\n"Blog" = 0\n', encoding="utf-8")
    newsroom.tell("a", "Meta", "acquired", "Scale", status="completed", publisher="Blog")
    articles = newsroom.articles.values()
    (fact,) = fuse(articles, newsroom.claims, newsroom.entities(), newsroom.ontology, sources=load_sources([mine]))
    assert fact.confidence == 0.0001


@pytest.mark.parametrize(
    "text",
    [
        "[priors]\nx = 2\n",
        "[prior]\nx = 1\n",
        "not toml",
        '[hedges]\n"so" = "high"\n',
        '[copies]\nshingle = "x"\n',
        "[copies]\nshingle = 0\n",
        "[copies]\nshortest = 2.5\n",
        "[copies]\noverlap = 6\n",
        "[copies]\nwords = 3\n",
        '[anonymous]\nwords = "abc"\n',
        "[anonymous]\nwords = [3]\n",
        '[anonymous]\nword = ["he"]\n',
    ],
)
def test_a_wrong_file_of_weights_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=r"wrong\.toml"):
        load_sources([file])


def simulated(newsroom: Any, figure: Any, rng: random.Random, deals: int) -> tuple[float, float]:
    """The part of deals whose sum is right: by one vote for each origin, and by plain majority of articles.

    For each deal some outlets report for themselves, right three times in four; then others
    copy one of them word for word, and the wrong, being first, is copied as often as the right.
    """
    right = [0, 0]
    for deal in range(deals):
        newsroom.claims.clear()
        truth, wrong = 50 + deal, (80 + deal, 120 + deal)
        sums = [truth if rng.random() < 0.75 else rng.choice(wrong) for _ in range(rng.randint(3, 5))]
        reports = [(amount, f"{deal} {voice} " + " ".join(str(rng.random()) for _ in range(12))) for voice, amount in enumerate(sums)]
        copied = rng.choice(reports)
        told = reports + [copied] * rng.randint(0, 5)
        for number, (amount, quote) in enumerate(told):
            newsroom.tell(f"s{deal}-{number}", "Buyer", "acquired", f"Target{deal}", amount=figure(str(amount)), quote=quote)
        (fact,) = newsroom.facts()
        assert isinstance(fact.amount, Quantity)
        right[0] += fact.amount.text == str(truth)
        votes = [amount for amount, _ in told]
        right[1] += max(sorted(set(votes)), key=votes.count) == truth
    return right[0] / deals, right[1] / deals


def test_one_vote_for_each_origin_beats_plain_majority(newsroom: Any, figure: Any) -> None:
    by_origin, by_majority = simulated(newsroom, figure, random.Random(7), 300)  # noqa: S311
    assert by_origin >= by_majority + 0.04
