"""What is measured, one function each; every one runs in a process of its own, so that its peak of memory is its own.

Speeds are of wall time. The comparison pipeline runs in the same process and on the same articles as what it is compared with.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from bench.analysis_scale import generated
from bench.baseline import comparison_pipeline
from bench.corpus import articles as corpus
from bench.corpus import readings
from kgraph import api, graph, language, ontology, pipeline
from kgraph.api.growing import take_in
from kgraph.articles import read
from kgraph.errors import ArticleError
from kgraph.execution import opener
from kgraph.model import Article, Reading
from kgraph.settings import Settings

__all__ = ["MEASURES", "Run"]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How large the measures are."""

    articles: tuple[str, ...] = ()
    """Paths of articles to read, rather than the corpus."""
    count: int = 300
    """Articles of the corpus to read."""
    sizes: tuple[int, ...] = (1_000, 4_000)
    """Articles of the graphs that are added to, or built, from readings."""
    facts: tuple[int, ...] = (10_000, 100_000)
    """Facts of the graphs that are queried."""
    rdflib_facts: int = 10_000
    """Facts up to which rdflib is asked as well."""


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
    seconds, nlp = timed(language.load)
    nlp("Acme bought Beta.")
    return {"load seconds": round(seconds, 2), "memory MB": peak_megabytes()}


def speed(run: Run) -> Result:
    """The language pipeline and the whole build, one process, against the comparison pipeline."""
    items = given(run)
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


def jobs(run: Run) -> Result:
    """Extraction by one and by two processes, the start of the processes included."""
    items, settings = given(run), Settings()
    one, _ = timed(lambda: sum(1 for _ in pipeline.extract(items, settings)))
    two, _ = timed(lambda: sum(1 for _ in pipeline.extract(items, settings, jobs=2, open_executor=opener(2))))
    return {"one process seconds": round(one, 1), "two processes seconds": round(two, 1), "speed-up": round(one / two, 2)}


def queries(run: Run) -> Result:
    """Typical queries in rdflib and in an Oxigraph store, on growing graphs."""
    settings, known = Settings(), ontology.load()
    result: Result = {}
    for facts in run.facts:
        quads = list(graph.quads(generated(facts, known), settings, known))
        result[f"{facts:,} facts: quads"] = len(quads)
        loading, store = timed(partial(graph.memory_store, quads, settings))
        fast = {name: timed(partial(store.query, text))[0] for name, text in QUERIES.items()}
        result[f"{facts:,} facts: loading into Oxigraph, seconds"] = round(loading, 1)
        result |= {f"{facts:,} facts: Oxigraph ms, {name}": round(1000 * seconds, 1) for name, seconds in fast.items()}
        if facts > run.rdflib_facts:
            continue
        loading, dataset = timed(partial(graph.to_rdflib, quads))
        result[f"{facts:,} facts: loading into rdflib, seconds"] = round(loading, 1)
        del quads
        prefixes = graph.known_prefixes(settings.namespace)
        slow = {name: timed(partial(_all_rows, dataset, text, prefixes))[0] for name, text in QUERIES.items()}
        result |= {f"{facts:,} facts: rdflib / Oxigraph, {name}": round(slow[name] / fast[name]) for name in QUERIES}
        result[f"{facts:,} facts: rdflib / Oxigraph, all"] = round(sum(slow.values()) / sum(fast.values()))
    return result


def _all_rows(dataset: Any, text: str, prefixes: dict[str, str]) -> list[Any]:
    """Rdflib's answer to its last row: it gives them lazily."""
    return list(dataset.query(text, initNs=prefixes))


def adding(run: Run) -> Result:
    """Adding one article to Oxigraph folders of growing size, in seconds of this process's CPU time, the model being loaded."""
    result: Result = {}
    with tempfile.TemporaryDirectory() as folder:
        extra = Path(folder) / "extra.txt"
        for count in run.sizes:
            target = Path(folder) / f"{count}.kg"
            _folder(target, count)
            costs = []
            for number in range(6):
                extra.write_text(f"News {number}\n\nAlbadex Holdings bought Yardex Works for ${12 + number} million.", encoding="utf-8")
                start = time.process_time()
                api.add(target, extra)
                costs.append(time.process_time() - start)
            result[f"to {count:,} articles, seconds"] = round(sorted(costs[1:])[2], 3)  # the first loads the model
    first, last = (result[f"to {count:,} articles, seconds"] for count in (run.sizes[0], run.sizes[-1]))
    result["largest / smallest"] = round(float(last) / float(first), 2)
    return result


def memory(run: Run) -> Result:
    """The peak of memory of the process that builds an Oxigraph folder, slice by slice, from readings of growing number."""
    result: Result = {}
    for count in run.sizes:
        with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
            seconds, megabytes = executor.submit(_folder, Path(folder) / "graph.kg", count).result()
            result[f"{count:,} articles: memory MB"] = megabytes
            result[f"{count:,} articles: CPU ms for each after reading"] = round(1000 * seconds / count, 2)
    return result


def _folder(target: Path, count: int) -> tuple[float, int]:
    """An Oxigraph folder of `count` articles of the corpus as a faultless reader reads them; CPU seconds and peak megabytes."""
    start = time.process_time()
    settings, known = Settings(), ontology.load()
    store = graph.open_store(target, settings)
    if not isinstance(store, graph.OxigraphStore):
        raise TypeError(target)
    waiting = readings(count)
    with store.writing(), store.aside() as aside:
        while some := list(islice(waiting, settings.slice_articles)):
            take_in(pipeline.ledger(some), None, aside, settings, known)
    return time.process_time() - start, peak_megabytes()


MEASURES: dict[str, Callable[[Run], Result]] = {
    "load": load,
    "speed": speed,
    "jobs": jobs,
    "queries": queries,
    "adding": adding,
    "memory": memory,
}
