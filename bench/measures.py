"""What is measured, one function each; every one runs in a process of its own, so that its peak of memory is its own.

Models are imported by those that read, so that they take no memory of the others. Speeds are of wall time.
The comparison pipeline runs in the same process and on the same articles as what it is compared with.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.corpus import articles as corpus
from bench.growing import ADDED, milestones
from bench.querying import answering
from kgraph import pipeline
from kgraph.articles import read
from kgraph.errors import ArticleError
from kgraph.execution import opener
from kgraph.model import Article, Reading
from kgraph.settings import Settings

__all__ = ["MEASURES", "Run"]

Result = dict[str, float | int | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How large the measures are."""

    articles: tuple[str, ...] = ()
    """Paths of articles to read, rather than the corpus."""
    count: int = 300
    """Articles of the corpus to read."""
    sizes: tuple[int, ...] = (1_000, 4_000)
    """Articles of a growing folder at which it is measured."""
    facts: tuple[int, ...] = (10_000, 100_000)
    """Facts of the graphs that are queried."""
    rdflib_facts: int = 100_000
    """Facts up to which rdflib is asked as well."""
    limit: float = 60
    """Seconds that rdflib is given for one query."""


def given(run: Run) -> list[Article]:
    """The articles to read."""
    if not run.articles:
        return list(corpus(run.count))
    return [item for item in read(run.articles, settings=Settings()) if not isinstance(item, ArticleError)]


def peak_megabytes() -> int:
    """The peak of resident memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def load(_: Run) -> Result:
    """Loading the language model."""
    from kgraph import language

    seconds, nlp = timed(language.load)
    nlp("Acme bought Beta.")
    return {"load seconds": round(seconds, 2), "memory MB": peak_megabytes()}


def speed(run: Run) -> Result:
    """The language pipeline and the whole build, one process, against the comparison pipeline."""
    from bench.baseline import comparison_pipeline
    from kgraph import language

    items = given(run)
    texts = [item.text for item in items]
    other, own, settings = comparison_pipeline(), language.load(), Settings()
    list(other.pipe(texts[:4]))
    list(own.pipe(texts[:4]))
    words = sum(len(other.make_doc(text)) for text in texts)
    compared, _ = timed(lambda: sum(len(doc) for doc in other.pipe(texts)))
    english, _ = timed(lambda: sum(len(doc) for doc in own.pipe(texts)))
    reading, readings = timed(lambda: [r for r in pipeline.extract(items, settings) if isinstance(r, Reading)])
    ending, known = timed(lambda: pipeline.conclude(pipeline.ledger(readings), settings))
    return {
        "articles": len(items),
        "words": words,
        "claims": len(known.claims),
        "comparison words/s": round(words / compared),
        "language words/s": round(words / english),
        "language / comparison": round(compared / english, 2),
        "language and extraction words/s": round(words / reading),
        "whole build words/s": round(words / (reading + ending)),
        "whole build / comparison": round(compared / (reading + ending), 2),
        "share of linking, fusion, comparing": round(ending / (reading + ending), 2),
        "memory MB": peak_megabytes(),
    }


def jobs(run: Run) -> Result:
    """Extraction by one and by two processes, the start of the processes included."""
    items, settings = given(run), Settings()
    one, _ = timed(lambda: sum(1 for _ in pipeline.extract(items, settings)))
    two, _ = timed(lambda: sum(1 for _ in pipeline.extract(items, settings, jobs=2, open_executor=opener(2))))
    return {"one process seconds": round(one, 1), "two processes seconds": round(two, 1), "speed-up": round(one / two, 2)}


def queries(run: Run) -> Result:
    """Typical queries on an Oxigraph folder and in rdflib, on growing graphs."""
    result: Result = {}
    for facts in run.facts:
        found = answering(facts, run.limit, rdflib_too=facts <= run.rdflib_facts)
        result |= {f"{facts:,} facts: {figure}": value for figure, value in found.figures.items()}
        print(facts, found.figures, file=sys.stderr, flush=True)  # the next takes ten times as long
    return result


def growing(run: Run) -> Result:
    """An Oxigraph folder that grows slice by slice, from readings: memory, what an article costs, what adding one costs."""
    result: Result = {}
    for count, figures in milestones(run.sizes):
        result |= {f"{count:,} articles: {figure}": value for figure, value in figures.items()}
        print(count, figures, file=sys.stderr, flush=True)  # a large one takes long
    for kind in ADDED:
        first, last = (float(result[f"{count:,} articles: {kind}, CPU seconds"]) for count in (run.sizes[0], run.sizes[-1]))
        result[f"{kind}: largest / smallest"] = round(last / first, 2)
    return result


MEASURES: dict[str, Callable[[Run], Result]] = {
    "load": load,
    "speed": speed,
    "jobs": jobs,
    "queries": queries,
    "growing": growing,
}
