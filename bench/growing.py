"""An Oxigraph folder that grows: what its builder needs, and what adding one article to it costs.

The articles are readings of the corpus, as a reader without fault would make them: what is measured comes after reading.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

from bench.corpus import readings
from kgraph import api, graph, ontology, pipeline
from kgraph.incremental.fingerprint import fingerprint
from kgraph.incremental.growing import take_in
from kgraph.settings import Settings

__all__ = ["ADDED", "milestones"]

ADDED = {
    "adding one article": "Albadex Holdings bought Yardex Works for $12 million.",
    "adding one with a common surname": "Albadex Holdings bought Yardex Works. Ada Abbott is chief executive of Yardex Works.",
}
"""Of the second, the surname is that of one chief executive in seventy: the index knows so many names that it could meet."""

_TIMES = 5
"""How often an article is added; the middle counts."""


def milestones(sizes: Sequence[int]) -> Iterator[tuple[int, dict[str, float | int]]]:
    """Grow a folder to each size in turn, with its figures there; articles are added to it in a process of their own."""
    settings, known = Settings(), ontology.load()
    stamp = fingerprint(settings)
    waiting = readings(max(sizes))
    done = 0
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        target = Path(folder) / "graph.kg"
        store = graph.OxigraphStore(target, settings, aside=True)  # as a build in slices has it
        for size in sizes:
            first, spent = done, 0.0
            while some := list(islice(waiting, min(settings.slice_articles, size - done))):
                start = time.process_time()
                take_in(pipeline.ledger(some), None, store, settings, known, stamp=stamp)
                last = (time.process_time() - start) / len(some)
                spent += last * len(some)
                done += len(some)
            store.close()  # others add to it now
            figures: dict[str, float | int] = {
                "peak of memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "CPU ms for each since the last size": round(1000 * spent / (size - first), 2),
                "CPU ms for each of the last slice": round(1000 * last, 2),
                "folder, KB for each": round(sum(path.stat().st_size for path in target.iterdir()) / 1024 / size, 1),
            }
            yield size, figures | executor.submit(_adding, target).result()


def _adding(target: Path) -> dict[str, float]:
    """Seconds of this process's CPU time to add one article of each kind, the model being loaded."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, text in ADDED.items():
            costs = []
            for number in range(_TIMES + 1):
                extra = Path(folder) / f"{kind} {number}.txt"
                extra.write_text(f"News {number}\n\n{text}", encoding="utf-8")
                start = time.process_time()
                api.add(target, extra)
                costs.append(time.process_time() - start)
                api.remove(target, extra.stem)
            found[f"{kind}, CPU seconds"] = round(sorted(costs[1:])[_TIMES // 2], 3)  # the first loads the model
    return found
