"""What is measured, one function each; every one runs in a process of its own, so that its peak of memory is its own.

Speeds are of wall time. The comparison pipeline runs in the same process and on the same articles as what it is compared with.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench.analysis_scale import generated
from bench.baseline import comparison_pipeline
from bench.corpus import articles as corpus
from kgraph import api, graph, language, ontology, pipeline
from kgraph.articles import read
from kgraph.errors import ArticleError
from kgraph.execution import opener
from kgraph.model import Article, Reading
from kgraph.settings import Settings

__all__ = ["MEASURES"]

Result = dict[str, float | int | str]

QUERIES = {
    "who invested in a thing": "SELECT ?who ?what { ?who kg:investedIn ?what } ORDER BY ?who LIMIT 100",
    "facts with an amount over a billion": (
        "SELECT ?fact { ?fact a kg:Fact ; kg:amount/schema:minValue ?low FILTER(?low > 1000000000) } LIMIT 1000"
    ),
    "claims behind a fact, with article": (
        "SELECT ?fact ?article { ?fact a kg:Fact ; prov:wasDerivedFrom/kg:quote/oa:hasSource ?article } LIMIT 1000"
    ),
    "facts by predicate": "SELECT ?p (COUNT(?f) AS ?n) { ?f a kg:Fact ; rdf:predicate ?p } GROUP BY ?p ORDER BY ?p",
}


def given(paths: Sequence[str], count: int) -> list[Article]:
    """The articles to measure with: those of `paths`, or `count` of the corpus."""
    if not paths:
        return list(corpus(count))
    return [item for item in read(paths, settings=Settings()) if not isinstance(item, ArticleError)]


def peak_megabytes() -> int:
    """The peak of resident memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def load(_: Sequence[str], __: int) -> Result:
    """Loading the language model."""
    seconds, nlp = timed(language.load)
    nlp("Acme bought Beta.")
    return {"load seconds": round(seconds, 2), "memory MB": peak_megabytes()}


def speed(paths: Sequence[str], count: int) -> Result:
    """The language pipeline and the whole build, one process, against the comparison pipeline."""
    items = given(paths, count)
    texts = [item.text for item in items]
    other, own, settings = comparison_pipeline(), language.load(), Settings()
    list(other.pipe(texts[:4]))
    list(own.pipe(texts[:4]))
    words = sum(len(doc) for doc in other.tokenizer.pipe(texts))
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


def jobs(paths: Sequence[str], count: int) -> Result:
    """Extraction by one and by two processes, the start of the processes included."""
    items, settings = given(paths, count), Settings()
    one, _ = timed(lambda: sum(1 for _ in pipeline.extract(items, settings)))
    two, _ = timed(lambda: sum(1 for _ in pipeline.extract(items, settings, jobs=2, open_executor=opener(2))))
    return {"one process seconds": round(one, 1), "two processes seconds": round(two, 1), "speed-up": round(one / two, 2)}


def queries(_: Sequence[str], __: int) -> Result:
    """Typical queries in rdflib and in Oxigraph, on growing graphs."""
    settings, known = Settings(), ontology.load()
    result: Result = {}
    for facts in (1_000, 10_000, 100_000):
        quads = list(graph.quads(generated(facts, known), settings, known))
        result[f"{facts:,} facts: quads"] = len(quads)
        store = graph.memory_store(quads, settings)
        fast = {name: timed(partial(store.query, text))[0] for name, text in QUERIES.items()}
        result |= {f"{facts:,} facts: Oxigraph ms, {name}": round(1000 * seconds, 1) for name, seconds in fast.items()}
        if facts > 10_000:
            continue
        dataset = graph.to_rdflib(quads)
        prefixes = graph.known_prefixes(settings.namespace)
        slow = {name: timed(partial(_all_rows, dataset, text, prefixes))[0] for name, text in QUERIES.items()}
        result |= {f"{facts:,} facts: rdflib / Oxigraph, {name}": round(slow[name] / fast[name]) for name in QUERIES}
    return result


def _all_rows(dataset: Any, text: str, prefixes: dict[str, str]) -> list[Any]:
    """Rdflib's answer to its last row: it gives them lazily."""
    return list(dataset.query(text, initNs=prefixes))


def adding(_: Sequence[str], __: int) -> Result:
    """Adding one article to graphs of growing size."""
    result: Result = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in (100, 1000):
            target, extra = Path(folder) / f"{count}.kg", Path(folder) / "extra.txt"
            readings = [r for r in pipeline.extract(corpus(count), Settings()) if isinstance(r, Reading)]
            api.Graph(pipeline.conclude(pipeline.ledger(readings), Settings())).save(target)
            extra.write_text(f"Adding to {count}\n\nAlbadex Holdings bought Yardex Works for $12 million.", encoding="utf-8")
            seconds, _graph = timed(lambda target=target, extra=extra: api.add(target, extra))
            result[f"to {count:,} articles, seconds"] = round(seconds, 2)
    return result


MEASURES: dict[str, Callable[[Sequence[str], int], Result]] = {
    "load": load,
    "speed": speed,
    "jobs": jobs,
    "queries": queries,
    "adding": adding,
}
