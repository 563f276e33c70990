"""Time and memory of the analysis over generated facts.

python -m bench.analysis_scale 100000 1000000
"""

from __future__ import annotations

import datetime as dt
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

from kgraph import analysis, ontology
from kgraph.model import (
    AppearanceKey,
    Argument,
    Article,
    Claim,
    ClaimId,
    Entity,
    EntityId,
    EntityType,
    Fact,
    FactId,
    Knowledge,
    Quantity,
    Quote,
    Status,
)
from kgraph.ontology import ObjectKind, Ontology

__all__ = ["generated", "main"]

PREDICATES = {
    "investedIn": 12,
    "acquired": 8,
    "ownsStakeIn": 5,
    "subsidiaryOf": 5,
    "suppliesTo": 12,
    "competesWith": 12,
    "partnerOf": 8,
    "holdsRole": 12,
    "boardMemberOf": 4,
    "hired": 4,
    "sued": 4,
    "hasRevenue": 6,
    "valuedAt": 4,
    "plansSpending": 2,
    "foundedOn": 2,
}
"""Predicate and how often in a hundred facts."""

STAGES = (Status.RUMOURED, Status.IN_TALKS, Status.PLANNED, Status.ANNOUNCED, Status.COMPLETED)
FIRST_DAY = dt.date(2020, 1, 1)


def generated(facts: int, known: Ontology, *, seed: int = 1) -> Knowledge:
    """About `facts` facts among a third as many things, few of which have many; a third of the facts have several claims."""
    rng = random.Random(seed)
    firms = max(facts // 4, 10)
    articles = tuple(
        Article(id=f"n{n}", text="", sha256="0" * 16, date=FIRST_DAY + dt.timedelta(days=rng.randrange(2000)), publisher=f"Outlet {n % 50}")
        for n in range(max(facts // 5, 5))
    )
    entities = tuple(sorted(_entities(firms), key=lambda entity: entity.id))
    seen: dict[FactId, Fact] = {}
    claims: list[Claim] = []
    names = rng.choices(list(PREDICATES), weights=list(PREDICATES.values()), k=facts)
    for name in names:
        fact = _fact(rng, known, name, firms)
        if fact and fact.id not in seen:
            told = list(_claims(rng, fact, articles, len(claims)))
            claims.extend(told)
            seen[fact.id] = _with(fact, told)
    return Knowledge(
        articles=articles,
        claims=tuple(sorted(claims, key=lambda claim: claim.id)),
        entities=entities,
        facts=tuple(seen[name] for name in sorted(seen)),
    )


def _entities(firms: int) -> Iterator[Entity]:
    for n in range(firms + firms // 3):
        kind, name = (EntityType.ORGANIZATION, f"Firm {n}") if n < firms else (EntityType.PERSON, f"Person {n}")
        yield Entity(id=EntityId(name.replace(" ", "_")), type=kind, label=name, names=(name,), appearances=())


def _firm(rng: random.Random, firms: int) -> EntityId:
    """One firm in twenty has a part in a third of all facts."""
    return EntityId(f"Firm_{rng.randrange(firms // 20 + 1) if rng.random() < 0.33 else rng.randrange(firms)}")


def _fact(rng: random.Random, known: Ontology, name: str, firms: int) -> Fact | None:
    rule = known.predicates[name]
    person = EntityId(f"Person_{firms + rng.randrange(firms // 3)}")
    subject = person if name in ("holdsRole", "boardMemberOf") else _firm(rng, firms)
    period = None
    value: EntityId | Quantity | str
    if rule.object_kind is ObjectKind.ENTITY:
        value = person if name == "hired" else _firm(rng, firms)
        if value == subject:
            return None
        tail: str = value
    elif rule.object_kind is ObjectKind.DATE:
        value = tail = str(rng.randrange(1950, 2020))
    else:
        value, period = _money(rng), str(rng.randrange(2015, 2025))
        tail = period
    return Fact(
        id=FactId(f"{subject}-{name}-{tail}"),
        subject=subject,
        predicate=name,
        object=value,
        confidence=round(rng.uniform(0.5, 0.99), 4),
        claims=(),
        status=Status.CURRENT if name == "holdsRole" else rng.choice(STAGES) if rule.is_event else None,
        amount=_money(rng) if "amount" in rule.qualifiers and rng.random() < 0.5 else None,
        period=period if "period" in rule.qualifiers else None,
        role=rng.choice(("CEO", "director", "founder")) if name == "holdsRole" else None,
    )


def _money(rng: random.Random) -> Quantity:
    figure = Decimal(rng.randrange(1, 100)) * 10**8
    return Quantity(
        text=f"${figure / 10**9} billion", unit="USD", value=figure, low=figure * Decimal("0.95"), high=figure * Decimal("1.05")
    )


def _claims(rng: random.Random, fact: Fact, articles: tuple[Article, ...], number: int) -> Iterator[Claim]:
    for offset in range(rng.choices((1, 2, 3, 6), weights=(66, 22, 10, 2))[0]):
        article = rng.choice(articles)
        subject = Argument(appearance=AppearanceKey(f"{article.id}-e0"), start=0, end=4, text=fact.subject)
        value = fact.object
        yield Claim(
            id=ClaimId(f"{article.id}-{number + offset:07d}"),
            article=article.id,
            subject=subject,
            predicate=fact.predicate,
            object=value if isinstance(value, Quantity) or not value.startswith(("Firm", "Person")) else subject,  # type: ignore[union-attr]
            quote=Quote(start=0, end=10, exact="What it says"),
            confidence=0.9,
            extractor="generated",
            status=fact.status if rng.random() < 0.7 else (rng.choice(STAGES) if fact.status in STAGES else fact.status),
            amount=None if fact.amount is None else fact.amount if rng.random() < 0.8 else _money(rng),
            period=fact.period,
            role=fact.role,
        )


def _with(fact: Fact, claims: list[Claim]) -> Fact:
    return Fact(**{**{name: getattr(fact, name) for name in Fact.__slots__}, "claims": tuple(sorted(claim.id for claim in claims))})


def main() -> None:
    """One line of JSON for each size given."""
    known = ontology.load()
    for size in map(int, sys.argv[1:] or ["10000"]):
        knowledge = generated(size, known)
        tasks: dict[str, Callable[[], object]] = {
            "conflicts": lambda k=knowledge: analysis.disagreements(k, known),  # type: ignore[misc]
            "rank": lambda k=knowledge: analysis.rank(k, known),  # type: ignore[misc]
            "interests": lambda k=knowledge: analysis.interests(k, known),  # type: ignore[misc]
        }
        line: dict[str, object] = {"facts": len(knowledge.facts), "claims": len(knowledge.claims)}
        for name, task in tasks.items():
            start = time.process_time()
            found = task()
            line[name] = {"cpu_s": round(time.process_time() - start, 1), "results": len(found)}  # type: ignore[arg-type]
        line["peak_gib"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)
        print(json.dumps(line))


if __name__ == "__main__":
    main()
