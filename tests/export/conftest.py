"""A hand-made deal as four outlets tell it, and a generated crowd of any size."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from kgraph.model import (
    Appearance,
    AppearanceKey,
    Argument,
    Article,
    Claim,
    ClaimId,
    Disagreement,
    Entity,
    EntityId,
    EntityType,
    Fact,
    FactId,
    Knowledge,
    Quantity,
    Quote,
    Status,
    Verdict,
)
from kgraph.ontology import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from kgraph.ontology import Ontology

ORG, PERSON, PRODUCT, PLACE, BODY = (
    EntityType.ORGANIZATION,
    EntityType.PERSON,
    EntityType.PRODUCT,
    EntityType.PLACE,
    EntityType.GOVERNMENT_BODY,
)

THINGS = {
    "Meta": (ORG, "Meta Platforms"),
    "Scale AI": (ORG, "ScaleAI"),
    "Alexandr Wang": (PERSON, "Wang"),
    "Mark Zuckerberg": (PERSON, "Zuckerberg"),
    "WhatsApp": (PRODUCT, "WhatsApp"),
    "Instagram": (PRODUCT, "Instagram"),
    "OpenAI": (ORG, "OpenAI"),
    "Google": (ORG, "Google"),
    "Nvidia": (ORG, "Nvidia Corp"),
    "Amazon": (ORG, "Amazon"),
    "Llama 4": (PRODUCT, "Llama 4"),
    "San Francisco": (PLACE, "San Francisco"),
    "Federal Trade Commission": (BODY, "FTC"),
    "Superintelligence Lab": (ORG, "the superintelligence lab"),
}

ARTICLES = (
    Article(
        id="a1",
        title="Meta to put $14 to $15 billion into Scale AI",
        publisher="Example Times",
        date=dt.date(2025, 6, 11),
        url="https://times.example/scale",
        text=(
            "Meta to put $14 to $15 billion into Scale AI\n\n"
            "Meta will put $14 to $15 billion into Scale AI in return for nearly half ownership of the start-up, two people briefed on "
            "the deal said. Scale AI, based in San Francisco, supplies OpenAI and Google with labelled data. Mark Zuckerberg, the chief "
            "executive of Meta, has hired Alexandr Wang to lead a superintelligence lab.\n\n"
            "Meta bought WhatsApp for $19 billion. It bought Instagram for $1 billion."
        ),
    ),
    Article(
        id="a2",
        title="Meta in talks over Scale AI",
        publisher="Example Wire",
        date=dt.date(2025, 6, 8),
        text=(
            "Meta is reportedly in talks to invest over $10 billion in Scale AI. Nvidia and Amazon have invested in the start-up. "
            "Scale AI was valued at nearly $14 billion last year."
        ),
    ),
    Article(
        id="a3",
        title="Scale AI: what Meta gets",
        publisher="Example Post",
        date=dt.date(2025, 6, 10),
        text=(
            "Meta is set to invest approximately $15 billion in Scale AI, acquiring a 49% stake. Alexandr Wang, chief executive of "
            "Scale AI, will join Meta. Meta unveiled Llama 4 in April. The Federal Trade Commission is investigating Meta. "
            "Scale AI's revenue was $870 million in 2024."
        ),
    ),
    Article(
        id="a4",
        title="OpenAI weighs a rival bid",
        publisher="Daily Rumour",
        date=dt.date(2025, 6, 12),
        text="OpenAI is said to be considering an offer for Scale AI. Meta competes with OpenAI. Google is a rival of Meta.",
    ),
)


def usd(text: str, value: str | None, low: str | None, high: str | None, qualifier: str = "exactly") -> Quantity:
    value, low, high = (Decimal(part) if part else None for part in (value, low, high))
    return Quantity(text=text, unit="USD", value=value, low=low, high=high, qualifier=qualifier)


def share(text: str, value: str, low: str, high: str, qualifier: str = "exactly") -> Quantity:
    return Quantity(text=text, unit="share", value=Decimal(value), low=Decimal(low), high=Decimal(high), qualifier=qualifier)


TALKS = usd("over $10 billion", "10e9", "10e9", None, "over")
RANGE = usd("$14 to $15 billion", None, "14e9", "15e9", "range")
ABOUT = usd("approximately $15 billion", "15e9", "14.25e9", "15.75e9", "about")
HALF = share("nearly half", "0.5", "0.45", "0.5", "nearly")
STAKE = share("49%", "0.49", "0.485", "0.495")
WHATSAPP = usd("$19 billion", "19e9", "18.5e9", "19.5e9")
INSTAGRAM = usd("$1 billion", "1e9", "0.95e9", "1.05e9")
VALUE = usd("nearly $14 billion", "14e9", "12.6e9", "14e9", "nearly")
REVENUE = usd("$870 million", "870e6", "865e6", "875e6")

CLAIMS = (
    (
        "a1",
        "Meta",
        "investedIn",
        "Scale AI",
        "Meta will put $14 to $15 billion into Scale AI in return for nearly half ownership",
        {"status": Status.PLANNED, "amount": RANGE, "stake": HALF, "said_by": "two people briefed on the deal"},
    ),
    (
        "a2",
        "Meta",
        "investedIn",
        "Scale AI",
        "Meta is reportedly in talks to invest over $10 billion in Scale AI",
        {"status": Status.IN_TALKS, "amount": TALKS, "hedge": "reportedly"},
    ),
    (
        "a3",
        "Meta",
        "investedIn",
        "Scale AI",
        "Meta is set to invest approximately $15 billion in Scale AI, acquiring a 49% stake",
        {"status": Status.PLANNED, "amount": ABOUT, "stake": STAKE},
    ),
    ("a1", "Scale AI", "headquarteredIn", "San Francisco", "Scale AI, based in San Francisco", {}),
    ("a1", "Scale AI", "suppliesTo", "OpenAI", "Scale AI, based in San Francisco, supplies OpenAI", {"service": "labelled data"}),
    ("a1", "Scale AI", "suppliesTo", "Google", "supplies OpenAI and Google with labelled data", {"service": "labelled data"}),
    (
        "a1",
        "Mark Zuckerberg",
        "holdsRole",
        "Meta",
        "Mark Zuckerberg, the chief executive of Meta",
        {"role": "CEO", "status": Status.CURRENT},
    ),
    ("a1", "Meta", "hired", "Alexandr Wang", "has hired Alexandr Wang", {"status": Status.COMPLETED}),
    ("a3", "Meta", "hired", "Alexandr Wang", "will join Meta", {"status": Status.PLANNED}),
    ("a1", "Alexandr Wang", "leads", "Superintelligence Lab", "Alexandr Wang to lead a superintelligence lab", {}),
    (
        "a1",
        "Meta",
        "acquired",
        "WhatsApp",
        "Meta bought WhatsApp for $19 billion",
        {"status": Status.COMPLETED, "amount": WHATSAPP, "when": "2014"},
    ),
    (
        "a1",
        "Meta",
        "acquired",
        "Instagram",
        "It bought Instagram for $1 billion",
        {"status": Status.COMPLETED, "amount": INSTAGRAM, "when": "2012"},
    ),
    ("a2", "Nvidia", "investedIn", "Scale AI", "Nvidia and Amazon have invested in the start-up", {"status": Status.COMPLETED}),
    ("a2", "Amazon", "investedIn", "Scale AI", "Amazon have invested in the start-up", {"status": Status.COMPLETED}),
    ("a2", "Scale AI", "valuedAt", VALUE, "Scale AI was valued at nearly $14 billion last year", {"when": "2024"}),
    (
        "a3",
        "Alexandr Wang",
        "holdsRole",
        "Scale AI",
        "Alexandr Wang, chief executive of Scale AI",
        {"role": "CEO", "status": Status.CURRENT},
    ),
    ("a3", "Meta", "launched", "Llama 4", "Meta unveiled Llama 4 in April", {"status": Status.COMPLETED, "when": "2025-04"}),
    ("a3", "Federal Trade Commission", "investigates", "Meta", "The Federal Trade Commission is investigating Meta", {}),
    ("a3", "Scale AI", "hasRevenue", REVENUE, "Scale AI's revenue was $870 million in 2024", {"period": "2024"}),
    (
        "a4",
        "OpenAI",
        "acquired",
        "Scale AI",
        "OpenAI is said to be considering an offer for Scale AI",
        {"status": Status.RUMOURED, "hedge": "is said to"},
    ),
    ("a4", "Meta", "competesWith", "OpenAI", "Meta competes with OpenAI", {}),
    ("a4", "Google", "competesWith", "Meta", "Google is a rival of Meta", {}),
)


def entity_id(name: str) -> EntityId:
    return EntityId(name.replace(" ", "_"))


def make(articles, things, rows) -> Knowledge:
    """Knowledge from rows of (article, subject, predicate, object, quote, qualifiers); a fact has the values of its last claim."""
    texts = {article.id: article.text for article in articles}
    claims, members, appearances = [], defaultdict(list), {}
    for number, (article, subject, predicate, value, words, extra) in enumerate(rows):
        start = texts[article].index(words)
        sides = []
        for side in (subject, value):
            if isinstance(side, str) and side in things:
                key = AppearanceKey(f"{article}-e{list(things).index(side)}")
                names = tuple(sorted({side, things[side][1]}))
                appearances[key] = (side, Appearance(article=article, key=key, type=things[side][0], name=side, names=names, start=start))
                side = Argument(appearance=key, start=start, end=start + 1, text=side)  # noqa: PLW2901
            sides.append(side)
        claim = Claim(
            id=ClaimId(f"{article}-c{number:04}"),
            article=article,
            subject=sides[0],
            predicate=predicate,
            object=sides[1],
            quote=Quote(start=start, end=start + len(words), exact=words),
            confidence=0.9,
            extractor="frames",
            **extra,
        )
        claims.append(claim)
        members[subject, predicate, value].append((claim, extra))
    facts = []
    for (subject, predicate, value), group in members.items():
        extra = {key: entry for key, entry in group[-1][1].items() if key not in ("hedge", "said_by")}
        tail = entity_id(value) if isinstance(value, str) else value
        key = f"{entity_id(subject)}-{predicate}" + (f"-{tail}" if isinstance(tail, str) else "")
        facts.append(
            Fact(
                id=FactId(key),
                subject=entity_id(subject),
                predicate=predicate,
                object=tail,
                confidence=0.9,
                claims=tuple(sorted(claim.id for claim, _ in group)),
                **extra,
            )
        )
    entities = [
        Entity(
            id=entity_id(name),
            type=kind,
            label=name,
            names=tuple(sorted({name, other})),
            appearances=tuple(sorted(key for key, (side, _) in appearances.items() if side == name)),
        )
        for name, (kind, other) in things.items()
    ]
    return Knowledge(
        articles=tuple(sorted(articles, key=lambda each: each.id)),
        appearances=tuple(sorted((each for _, each in appearances.values()), key=lambda each: each.key)),
        claims=tuple(sorted(claims, key=lambda each: each.id)),
        entities=tuple(sorted(entities, key=lambda each: each.id)),
        facts=tuple(sorted(facts, key=lambda each: each.id)),
    )


def deal_knowledge() -> Knowledge:
    found = make(ARTICLES, THINGS, CLAIMS)
    fact = FactId("Meta-investedIn-Scale_AI")
    return replace(
        found,
        disagreements=(
            Disagreement(
                id="d1",
                verdict=Verdict.PRECISION_DIFFERENCE,
                facts=(fact,),
                property="amount",
                claims=(ClaimId("a1-c0000"), ClaimId("a2-c0001")),
                severity=2,
                gap=0.31,
                why="“over $10 billion” allows “$14 to $15 billion”, but is anchored a third lower.",
            ),
            Disagreement(
                id="d2",
                verdict=Verdict.SUPERSESSION,
                facts=(fact,),
                property="status",
                claims=(ClaimId("a2-c0001"), ClaimId("a3-c0002")),
                severity=0,
                gap=None,
                why="In talks on 8 June, planned on 10 June.",
            ),
        ),
    )


def crowd_knowledge(count: int, *, seed: int = 7) -> Knowledge:
    """`count` things with two relations each on average, a few of them hubs, as news graphs are."""
    chance = random.Random(seed)  # noqa: S311
    kinds = [ORG] * 5 + [PERSON] * 3 + [PRODUCT, PLACE, BODY]
    syllables = ["ka", "lo", "mi", "ren", "tas", "vor", "el", "dun", "sha", "pi", "quo", "ber"]

    def name(number: int) -> str:
        return (
            "".join(chance.choice(syllables) for _ in range(2 + number % 2)).title()
            + " "
            + chance.choice(["Group", "Labs", "Holdings", ""])
        )

    things: dict[str, tuple[EntityType, str]] = {}
    while len(things) < count:
        title = name(len(things)).strip()
        things.setdefault(f"{title} {len(things)}" if title in things else title, (chance.choice(kinds), title))
    names = list(things)
    rows, lines = [], defaultdict(list)
    relations = ["investedIn", "acquired", "partnerOf", "suppliesTo", "holdsRole", "sued", "competesWith", "hired"]
    for number in range(1, count * 2):
        one = names[number % count]
        other = names[int(chance.random() ** 3 * count)]
        if one == other:
            continue
        verb = chance.choice(relations)
        words = f"{one} {verb} {other}."
        article = f"n{number % 50:02}"
        lines[article].append(words)
        extra = {"status": chance.choice([Status.RUMOURED, Status.PLANNED, Status.COMPLETED, Status.COMPLETED, Status.ANNOUNCED])}
        if verb in ("investedIn", "acquired"):
            size = chance.randint(1, 900)
            extra["amount"] = usd(f"${size} million", f"{size}e6", f"{size}e6", f"{size}e6")
        if verb == "holdsRole":
            extra = {"role": chance.choice(["CEO", "chair", "director"])}
        rows.append((article, one, verb, other, words, extra))
    articles = tuple(
        Article(
            id=key,
            title=f"News of the day {key}",
            publisher=f"Paper {key[-1]}",
            date=dt.date(2025, 1, 1) + dt.timedelta(int(key[1:])),
            text=" ".join(parts),
        )
        for key, parts in sorted(lines.items())
    )
    return make(articles, things, rows)


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load()


@pytest.fixture(scope="session")
def deal() -> Knowledge:
    return deal_knowledge()


@pytest.fixture(scope="session")
def crowd() -> Callable[[int], Knowledge]:
    return crowd_knowledge
