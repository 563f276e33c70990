"""What pages show of facts and articles: plain values for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.export.disputes import kind_words
from kgraph.export.wording.sentences import STATUS_WORDS, phrase, sentence
from kgraph.export.wording.staged import staged_figures
from kgraph.period import when_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kgraph.model import Article, Claim, Disagreement, Fact
    from kgraph.serve.source import Served

__all__ = ["Card", "Difference", "Piece", "Saying", "card", "differences", "pieces"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One claim: its words and who wrote them."""

    exact: str
    article: Article
    said_by: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One fact with all that supports it."""

    fact: Fact
    sentence: str
    status: str
    when: str
    disputed: str
    """Who differs on it so that someone should look; empty where nobody does."""
    ends: tuple[tuple[str, str], ...]
    """Id and label of the things it is about."""
    sayings: tuple[Saying, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of an article; where a claim quotes it, with the fact that the claim supports."""

    text: str
    card: Card | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One disagreement: what it is about, why, and of what kind."""

    fact: str
    """The id of the first fact it concerns."""
    about: str
    headline: str
    """Of the first of its articles, or the article's id."""
    why: str
    kind: str


def differences(served: Served, found: Iterable[Disagreement]) -> list[Difference]:
    """Disagreements for a page, in words."""
    shown = []
    for each in found:
        articles = [served.articles_by_id[key] for key in sorted({served.claims[claim].article for claim in each.claims})]
        about = [
            sentence(fact, served.ontology, served.labels, sums=staged_figures(fact, served.claims))
            for fact in map(served.facts.__getitem__, each.facts)
        ]
        shown.append(
            Difference(
                fact=each.facts[0],
                about="; ".join(about),
                headline=", ".join(article.title or article.id for article in articles[:1]) + " …" * (len(articles) > 1),
                why=each.why,
                kind=", ".join(kind_words(each, len(articles))),
            )
        )
    return shown


def card(served: Served, fact: Fact) -> Card:
    """A fact for a page."""
    ends = [fact.subject, *([fact.object] if isinstance(fact.object, str) and fact.object in served.labels else [])]
    return Card(
        fact=fact,
        sentence=sentence(fact, served.ontology, served.labels, with_status=False, sums=staged_figures(fact, served.claims)),
        status=STATUS_WORDS[fact.status] if fact.status else "",
        when=when_words(fact.when or fact.period),
        disputed=served.disputed.get(fact.id, ""),
        ends=tuple((end, served.labels[end]) for end in ends if end in served.labels),
        sayings=tuple(_saying(served, served.claims[key]) for key in fact.claims if key in served.claims),
    )


def _saying(served: Served, claim: Claim) -> Saying:
    article = served.articles_by_id[claim.article]
    return Saying(exact=claim.quote.exact, article=article, said_by=claim.said_by, words=phrase(claim, served.ontology))


def pieces(served: Served, article: Article) -> list[Piece]:
    """The text of an article cut at its quotes, or its quotes alone where the text was not kept; overlaps go to the first."""
    claims = sorted((claim for claim in served.knowledge.claims if claim.article == article.id), key=lambda claim: (claim.quote, claim.id))
    found, done = [], 0
    for claim in claims:
        fact = served.fact_of.get(claim.id)
        if fact is None or claim.quote.start < done:
            continue
        if article.text:
            found.append(Piece(text=article.text[done : claim.quote.start]))
        elif found:
            found.append(Piece(text="\n\n"))
        found.append(Piece(text=claim.quote.exact, card=card(served, fact)))
        done = claim.quote.end
    return [*found, Piece(text=article.text[done:])]
