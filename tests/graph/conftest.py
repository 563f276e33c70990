"""Three articles on one deal, as by hand: the knowledge behind the hand-written example of the model."""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from kgraph import ontology as ontology_room
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
    Judgement,
    Knowledge,
    Quantity,
    Quote,
    Retraction,
    Status,
    Verdict,
)
from kgraph.ontology import Ontology
from kgraph.settings import Settings

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
TEXTS = {
    "a1": "Meta will put $14 to $15 billion into Scale AI in return for nearly half ownership of the start-up, people said.",
    "a2": "Meta is reportedly in talks to invest over $10 billion in Scale AI.",
    "a3": "Meta is set to invest approximately $15 billion in Scale AI, acquiring a 49% stake.",
}
DATES = {"a1": dt.date(2025, 6, 11), "a2": dt.date(2025, 6, 8), "a3": dt.date(2025, 6, 10)}
BILLION = Decimal(10) ** 9


def money(text: str, value: int | None, low: Decimal | None, high: Decimal | None, qualifier: str) -> Quantity:
    return Quantity(text=text, unit="USD", value=None if value is None else value * BILLION, low=low, high=high, qualifier=qualifier)


BETWEEN = money("$14 to $15 billion", None, 14 * BILLION, 15 * BILLION, "range")
OVER = money("over $10 billion", 10, 10 * BILLION, None, "over")
ABOUT = money("approximately $15 billion", 15, Decimal("14.25") * BILLION, Decimal("15.75") * BILLION, "about")
SHARE = Quantity(text="49%", unit="share", value=Decimal("0.49"), low=Decimal("0.485"), high=Decimal("0.495"))
NEARLY_HALF = Quantity(text="nearly half", unit="share", value=Decimal("0.5"), low=Decimal("0.45"), high=Decimal("0.5"), qualifier="nearly")


def argument(article: str, words: str, name: str) -> Argument:
    start = TEXTS[article].index(words)
    return Argument(appearance=AppearanceKey(f"{article}-e{TEXTS[article].index(name)}"), start=start, end=start + len(words), text=words)


def deal(article: str, end: int, **rest: object) -> Claim:
    return Claim(
        id=ClaimId(f"{article}-{'abcdefgh'[int(article[1]) :]}"),
        article=article,
        subject=argument(article, "Meta", "Meta"),
        predicate="investedIn",
        object=argument(article, "Scale AI", "Scale AI"),
        quote=Quote(start=0, end=end, exact=TEXTS[article][:end]),
        extractor="frames",
        **rest,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return ontology_room.load()


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def deals() -> Knowledge:
    claims = (
        deal("a1", 98, confidence=0.92, status=Status.PLANNED, amount=BETWEEN, stake=NEARLY_HALF, said_by="people"),
        deal("a2", 66, confidence=0.95, status=Status.IN_TALKS, amount=OVER, hedge="reportedly"),
        deal("a3", 82, confidence=0.97, status=Status.PLANNED, amount=ABOUT, stake=SHARE),
    )
    names = {"Meta": ("Meta",), "Scale AI": ("Scale AI",)}
    appearances = [
        Appearance(
            article=article,
            key=AppearanceKey(f"{article}-e{text.index(name)}"),
            type=EntityType.ORGANIZATION,
            name=name,
            names=names[name],
            start=text.index(name),
            descriptions=("the start-up",) if article == "a1" and name == "Scale AI" else (),
        )
        for article, text in TEXTS.items()
        for name in names
    ]
    fact = FactId("Meta-investedIn-Scale_AI")
    return Knowledge(
        articles=tuple(
            Article(id=article, text=text, date=DATES[article], publisher="Example Times", revises="00ff" if article == "a3" else None)
            for article, text in TEXTS.items()
        ),
        appearances=tuple(sorted(appearances, key=lambda a: a.key)),
        claims=claims,
        entities=tuple(
            Entity(
                id=EntityId(name.replace(" ", "_")),
                type=EntityType.ORGANIZATION,
                label=name,
                names=(*more, name) if more else (name,),
                appearances=tuple(sorted(a.key for a in appearances if a.name == name)),
                same_as=same,
                replaces=replaces,
            )
            for name, more, same, replaces in (
                ("Meta", (), ("http://www.wikidata.org/entity/Q380",), (EntityId("Meta_Platforms"),)),
                ("Scale AI", ("Scale",), (), ()),
            )
        ),
        facts=(
            Fact(
                id=fact,
                subject=EntityId("Meta"),
                predicate="investedIn",
                object=EntityId("Scale_AI"),
                confidence=0.9,
                claims=tuple(claim.id for claim in claims),
                status=Status.PLANNED,
                amount=BETWEEN,
                stake=SHARE,
                when="2025-06~",
            ),
        ),
        disagreements=(
            Disagreement(
                id="6sl35yne",
                verdict=Verdict.PRECISION_DIFFERENCE,
                facts=(fact,),
                property="amount",
                claims=(claims[1].id, claims[2].id),
                severity=1,
                gap=0.33,
                why="“over $10 billion” allows “approximately $15 billion”, but is anchored a third lower.",
            ),
            Disagreement(
                id="zweites",
                verdict=Verdict.SUPERSESSION,
                facts=(fact,),
                property="status",
                claims=(claims[1].id, claims[2].id),
                severity=0,
                gap=None,
                why="In talks on 8 June, planned on 10 June.",
            ),
        ),
        judgements=(
            Judgement(left="a1-e0", right="a2-e0", decision="yes", by="same-name", why="one name", score=0.98, when=dt.date(2025, 7, 1)),
        ),
        retractions=(Retraction(article="a0", sha256="ffee", when=dt.date(2025, 6, 30), why="a hoax"),),
    )


def serve(*options: str) -> tuple[subprocess.Popen[bytes], str]:
    if OXIGRAPH is None:
        pytest.skip("needs the package oxigraph, which brings its server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = subprocess.Popen([OXIGRAPH, "serve", "--bind", address, *options], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://{address}/", timeout=5).close()
        except OSError:
            time.sleep(0.02)
        else:
            return process, f"http://{address}"
    process.kill()
    pytest.fail("the SPARQL server did not start")


@pytest.fixture(scope="session")
def serving() -> Callable[..., tuple[subprocess.Popen[bytes], str]]:
    """Starts a SPARQL server of its own; whoever asks for it ends it."""
    return serve


@pytest.fixture(scope="session")
def union_server() -> Iterator[str]:
    process, url = serve("--union-default-graph")
    yield url
    process.kill()
    process.wait()
