"""A newsroom for tests: claims from few words, without a model and without texts to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from kgraph import ontology as ontology_room
from kgraph.fusion import fuse
from kgraph.model import (
    Appearance,
    AppearanceKey,
    Argument,
    Article,
    Claim,
    ClaimId,
    Entity,
    EntityId,
    EntityType,
    Fact,
    Knowledge,
    Quantity,
    Quote,
    Status,
)
from kgraph.ontology import Ontology

settings.register_profile(
    "kgraph",
    deadline=None,
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],  # how fast inputs are made depends on what else the machine does
)
settings.load_profile("kgraph")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden cases are written anew on request."""
    parser.addoption("--update-cases", action="store_true", help="write the expected files of tests/cases anew")


TYPES = {"person": EntityType.PERSON, "place": EntityType.PLACE, "product": EntityType.PRODUCT}
HALF = Decimal("0.5")


def quantity(text: str, unit: str = "USD") -> Quantity:
    """`10`, `about 10`, `over 10`, `nearly 10`, `up to 10` or `14 to 15`: billions of dollars, or per cent for shares.

    >>> quantity("14 to 15").low
    Decimal('14000000000')
    """
    scale, half = (Decimal(10) ** 9, HALF) if unit != "share" else (Decimal("0.01"), HALF)
    *words, last = text.split()
    figure = Decimal(last)
    bounds: dict[str, tuple[Decimal | None, Decimal | None]] = {
        "": (figure - half, figure + half),
        "about": (figure * Decimal("0.95"), figure * Decimal("1.05")),
        "nearly": (figure * Decimal("0.9"), figure),
        "over": (figure, None),
        "up to": (Decimal(0), figure),
    }
    hedge = " ".join(words)
    if hedge.endswith("to") and hedge != "up to":
        low, high, value, qualifier = Decimal(words[0]), figure, None, "range"
    else:
        low, high = bounds[hedge]
        value, qualifier = figure, {"": "exactly", "up to": "upTo"}.get(hedge, hedge)
    scaled = [None if number is None else number * scale for number in (value, low, high)]
    return Quantity(text=text, unit=unit, value=scaled[0], low=scaled[1], high=scaled[2], qualifier=qualifier)


class Newsroom:
    """Gathers claims told in one line and makes `Knowledge` of them.

    A name may carry its type: `person:Ada Abbott`, `place:Oslo`; others are organisations.
    """

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.articles: dict[str, Article] = {}
        self.claims: list[Claim] = []
        self.appearances: dict[str, Appearance] = {}

    def tell(self, article: str, subject: str, predicate: str, object_: Any = None, **rest: Any) -> Claim:
        """One claim of `article` (`id` or `id@2025-06-11`); `status`, `amount`, `stake` and more by keyword.

        Each is a sentence of its own, unless `start` says where its quote begins.
        """
        name, _, date = article.partition("@")
        publisher = rest.pop("publisher", None)
        known = self.articles.get(name)
        if known is None:
            day = dt.date.fromisoformat(date) if date else None
            self.articles[name] = Article(id=name, text=f"The text of {name}.", date=day, publisher=publisher)
        thing = isinstance(object_, str) and bool(self.ontology.predicates[predicate].object_types)
        said = rest.pop("quote", f"{subject} {predicate} {object_}, says {name}")
        start = rest.pop("start", 1000 * len(self.claims))
        claim = Claim(
            id=ClaimId(f"{name}-{len(self.claims):04d}"),
            article=name,
            subject=self._argument(name, subject),
            predicate=predicate,
            object=self._argument(name, object_) if thing else True if object_ is None else object_,
            quote=Quote(start=start, end=start + len(said), exact=said),
            confidence=rest.pop("confidence", 0.9),
            extractor="hand",
            status=Status(status) if (status := rest.pop("status", None)) else None,
            **rest,
        )
        self.claims.append(claim)
        return claim

    def _argument(self, article: str, name: str) -> Argument:
        kind, colon, bare = name.rpartition(":")
        key = AppearanceKey(f"{article}-{bare}")
        type_ = TYPES[kind] if colon else EntityType.ORGANIZATION
        self.appearances[key] = Appearance(article=article, key=key, type=type_, name=bare, names=(bare,), start=0)
        return Argument(appearance=key, start=0, end=len(bare), text=bare)

    def entities(self) -> tuple[Entity, ...]:
        """One entity for each name."""
        by_name: dict[str, list[Appearance]] = {}
        for appearance in self.appearances.values():
            by_name.setdefault(appearance.name, []).append(appearance)
        return tuple(
            Entity(
                id=EntityId(name.replace(" ", "_")),
                type=next(a.type for a in sorted(found, key=lambda a: a.type is EntityType.ORGANIZATION)),
                label=name,
                names=(name,),
                appearances=tuple(sorted(a.key for a in found)),
            )
            for name, found in sorted(by_name.items())
        )

    def facts(self, claims: Iterable[Claim] | None = None) -> tuple[Fact, ...]:
        """What the claims, all where none are given, support."""
        return fuse(self.articles.values(), self.claims if claims is None else claims, self.entities(), self.ontology)

    def knowledge(self) -> Knowledge:
        """Everything told so far, fused."""
        return Knowledge(
            articles=tuple(article for _, article in sorted(self.articles.items())),
            appearances=tuple(appearance for _, appearance in sorted(self.appearances.items())),
            claims=tuple(sorted(self.claims, key=lambda claim: claim.id)),
            entities=self.entities(),
            facts=self.facts(),
        )

    def derive(self, knowledge: Knowledge) -> Knowledge:
        """The entities and facts of the claims that `knowledge` holds."""
        keys = {appearance.key for appearance in knowledge.appearances}
        named = (replace(entity, appearances=tuple(key for key in entity.appearances if key in keys)) for entity in self.entities())
        entities = tuple(entity for entity in named if entity.appearances)
        return replace(knowledge, entities=entities, facts=fuse(knowledge.articles, knowledge.claims, entities, self.ontology))


@pytest.fixture(scope="session")
def words() -> Ontology:
    """The built-in ontology."""
    return ontology_room.load()


@pytest.fixture
def newsroom(words: Ontology) -> Newsroom:
    """An empty newsroom."""
    return Newsroom(words)


@pytest.fixture
def figure() -> Any:
    """Makes a `Quantity` of a few words."""
    return quantity
