from pathlib import Path

import pytest

import kgraph

CASE = Path(__file__).parent.parent / "cases" / "deal_in_stages" / "articles"


@pytest.fixture(scope="session")
def articles() -> Path:
    return CASE


@pytest.fixture(scope="session")
def graph(articles) -> kgraph.Graph:
    return kgraph.build(articles, with_text=True)
