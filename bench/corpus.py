"""A corpus of any size with known truth: deals between invented companies, each told by several sources.

Some sources copy another's sentence, some round the figure, some are early (in talks), some are wrong. What each
article says and what is true is known, so the corpus measures accuracy as well as speed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kgraph.model import Appearance, AppearanceKey, Argument, Article, Claim, ClaimId, EntityType, Quantity, Quote, Reading, Status

__all__ = ["Telling", "articles", "readings", "stories"]

HEADS = tuple("Al Bel Cor Dan El Far Gal Hel Ir Jan Kel Lor Mar Nor Or Pal Quin Ral Sol Tar Ul Ver Wes Yar Zan".split())
MIDDLES = tuple("ba co da fi go la mi no pa ri so ta ve wi xa".split())
ENDS = tuple("dex line metrics nova path pulse ridge stone tech ware works zen".split())
KINDS = ("a chip designer", "a payments firm", "an online retailer", "a drug maker", "a battery maker", "a logistics group")
GIVEN = tuple("Ada Boris Clara David Elena Frank Grace Henry Irene Jonas Karin Louis Maria Nadia Oscar Paula".split())
FAMILY = tuple("Abbott Brandt Castillo Duarte Eriksen Fontaine Greer Hollis Ibsen Juarez Keller Lindqvist Moreau Novak".split())
SURNAME_ENDS = tuple("berg ek er ez in ov sen ski".split())
OUTLETS = ("Harbour Times", "Ledger Post", "Morning Wire", "Capital Monitor", "Tech Dispatch", "Evening Courier")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one article says of one deal, as the corpus knows it."""

    article: Article
    buyer: str
    target: str
    predicate: str
    amount: int
    """US dollars, as this article has it."""
    true_amount: int
    stage: str
    copied: bool
    """Whether its first sentence is another source's, word for word."""
    lead: str
    """The sentence that tells the deal."""
    words: str
    """The amount as the sentence has it."""
    chief: str
    """The chief executive of the target."""


def name(rng: random.Random, index: int) -> str:
    """A company name that no other index has."""
    head, rest = HEADS[index % len(HEADS)], index // len(HEADS)
    middle = MIDDLES[rest % len(MIDDLES)]
    end = ENDS[rest // len(MIDDLES) % len(ENDS)]
    number = rest // (len(MIDDLES) * len(ENDS))
    return f"{head}{middle}{end}{' ' + rng.choice(HEADS) + str(number) if number else ''}"


def person(rng: random.Random) -> str:
    """A person: one in five has one of fourteen common surnames (each at 1.4 % of all), others one of some three thousand."""
    rare = f"{rng.choice(HEADS)}{rng.choice(MIDDLES)}{rng.choice(SURNAME_ENDS)}"
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY) if rng.random() < 0.2 else rare}"


def lead(rng: random.Random, stage: str, buyer: str, target: str, kind: str, money: str) -> str:
    """The sentence that tells the deal at its stage."""
    ways = {
        "inTalks": (
            f"{buyer} is in talks to buy {target}, {kind}, for {money}, two people briefed on the matter said.",
            f"{buyer} is negotiating the purchase of {target}, {kind}, in a deal worth {money}.",
        ),
        "announced": (
            f"{buyer} said on Monday it has agreed to acquire {target}, {kind}, for {money}.",
            f"{buyer} will buy {target}, {kind}, for {money}, the companies said.",
        ),
        "completed": (
            f"{buyer} has completed its acquisition of {target}, {kind}, for {money}.",
            f"{buyer} bought {target}, {kind}, for {money} last month.",
        ),
    }
    return rng.choice(ways[stage])


def money(amount: int, rng: random.Random, *, rounded: bool) -> str:
    """An amount in words, rounded with a hedge where the source rounds."""
    if rounded:
        return f"about ${round(amount / 10_000_000) * 10} million"
    return rng.choice((f"${amount // 1_000_000} million", f"${amount / 1_000_000_000:.3f} billion".replace(".000", "")))


def stories(count: int, seed: int = 20, tellers: int = 4) -> Iterator[Telling]:
    """`count` deals, each told by `tellers` sources over some days; the same for the same seed."""
    rng = random.Random(seed)
    for deal in range(count):
        buyer, target = name(rng, 2 * deal), name(rng, 2 * deal + 1)
        kind, chief = rng.choice(KINDS), person(rng)
        truth = rng.randrange(20, 5000) * 1_000_000
        start = dt.date(2024, 1, 1) + dt.timedelta(days=rng.randrange(600))
        first: dict[str, tuple[str, int, str]] = {}
        for teller in range(tellers):
            stage = ("inTalks", "announced", "completed")[min(2, teller * 3 // tellers)]
            copied = stage in first and rng.random() < 0.4
            wrong = not copied and rng.random() < 0.1
            amount = truth * rng.choice((2, 3)) if wrong else truth
            words = money(amount, rng, rounded=rng.random() < 0.3)
            sentence = lead(rng, stage, buyer, target, kind, words)
            if copied:
                sentence, amount, words = first[stage]
            first.setdefault(stage, (sentence, amount, words))
            tail = (
                f"{chief}, chief executive of {target}, said the two groups fit well. Analysts had expected a deal for months. "
                f"{target} employs {rng.randrange(2, 90) * 100:,} people. Shares of {buyer} rose {rng.randrange(1, 9)}% in early trading. "
                "The weather in the harbour was fine, and nobody else commented."
            )
            title = f"{buyer} and {target}: what is known"
            yield Telling(
                article=Article(
                    id=f"deal{deal:06d}-{teller}",
                    text=f"{title}\n\n{sentence} {tail}",
                    title=title,
                    date=start + dt.timedelta(days=9 * teller),
                    publisher=OUTLETS[(deal + teller) % len(OUTLETS)],
                ),
                buyer=buyer,
                target=target,
                predicate="acquired",
                amount=amount,
                true_amount=truth,
                stage=stage,
                copied=copied,
                lead=sentence,
                words=words,
                chief=chief,
            )


def readings(count: int, seed: int = 20) -> Iterator[Reading]:
    """What a reader without fault would find in the first `count` articles, for measures of all that comes after reading."""
    for number, telling in enumerate(stories(count // 4 + 1, seed)):
        if number == count:
            return
        yield _reading(telling)


def _reading(telling: Telling) -> Reading:
    buyer, target = (_appearance(telling, name, EntityType.ORGANIZATION) for name in (telling.buyer, telling.target))
    chief = _appearance(telling, telling.chief, EntityType.PERSON)
    value = Decimal(telling.amount)
    amount = Quantity(text=telling.words, unit="USD", value=value, low=value * Decimal("0.95"), high=value * Decimal("1.05"))
    deal = _claim(telling, buyer, "acquired", target, telling.lead, status=Status(telling.stage), amount=amount)
    role = f"{telling.chief}, chief executive of {telling.target}"
    claims = (deal, _claim(telling, chief, "holdsRole", target, role, status=Status.CURRENT, role="chief executive"))
    return Reading(article=telling.article, appearances=(buyer, target, chief), claims=claims)


def _appearance(telling: Telling, name: str, kind: EntityType) -> Appearance:
    article = telling.article
    start = article.text.index(name)
    key = AppearanceKey(f"{article.slug}-e{start}")
    return Appearance(article=article.id, key=key, type=kind, name=name, names=(name,), start=start, count=article.text.count(name))


def _claim(telling: Telling, left: Appearance, predicate: str, right: Appearance, words: str, **rest: Any) -> Claim:
    start = telling.article.text.index(words)
    ends = [Argument(appearance=a.key, start=a.start, end=a.start + len(a.name), text=a.name) for a in (left, right)]
    return Claim(
        id=ClaimId(f"{telling.article.slug}-{predicate}"),
        article=telling.article.id,
        subject=ends[0],
        predicate=predicate,
        object=ends[1],
        quote=Quote(start=start, end=start + len(words), exact=words),
        confidence=0.9,
        extractor="truth",
        **rest,
    )


def articles(count: int, seed: int = 20) -> Iterator[Article]:
    """The first `count` articles of the corpus."""
    for number, telling in enumerate(stories(count // 4 + 1, seed)):
        if number == count:
            return
        yield telling.article
