"""Golden cases: a folder of articles in, what the graph says of them out.

`pytest tests/test_cases.py --update-cases` writes the expected files anew; read the difference before you keep it.
"""

from pathlib import Path

import pytest

import kgraph
from kgraph.export import sentence
from kgraph.ontology import load

CASES = sorted(path for path in Path(__file__).with_name("cases").iterdir() if path.is_dir())


def facts(graph: kgraph.Graph) -> str:
    """One line for each fact: in words, with its confidence and articles."""
    known, ontology = graph.knowledge, load()
    labels = {entity.id: entity.label for entity in known.entities}
    articles = {claim.id: claim.article for claim in known.claims}
    return "".join(
        f"{sentence(fact, ontology, labels)}  [{', '.join(sorted({articles[claim] for claim in fact.claims}))}]\n" for fact in known.facts
    )


def conflicts(graph: kgraph.Graph) -> str:
    """One line for each difference between sources."""
    return "".join(f"{found.severity} {found.verdict} {found.property}: {found.why}\n" for found in graph.conflicts(least=0))


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_case_gives_the_expected_facts_and_conflicts_and_quotes_every_figure(case: Path, request: pytest.FixtureRequest) -> None:
    graph = kgraph.build(case / "articles")
    for name, text in (("facts.txt", facts(graph)), ("conflicts.txt", conflicts(graph))):
        if request.config.getoption("--update-cases"):
            (case / name).write_text(text, encoding="utf-8")
        assert (case / name).read_text(encoding="utf-8") == text
    for claim in graph.knowledge.claims:
        figures = (figure.text for figure in (claim.amount, claim.stake) if figure is not None)
        assert all(" ".join(figure.split()) in " ".join(claim.quote.exact.split()) for figure in figures)
