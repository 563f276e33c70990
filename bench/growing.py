"""An Oxigraph folder that grows: what its builder needs, and what adding one article to it costs.

The articles are readings of the corpus, as a reader without fault would make them: what is measured comes after reading.
"""

from __future__ import annotations

import multiprocessing
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
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

_Figures = dict[str, float | int]


def milestones(sizes: Sequence[int]) -> Iterator[tuple[int, _Figures]]:
    """Grow a folder to each size in turn, with the figures of its builder there; at the end, for each size, those of additions to it."""
    with tempfile.TemporaryDirectory() as place:
        folders: dict[int, Path] = {}
        for size, target, figures in _grown(sizes, Path(place) / "graph.kg"):
            folders[size] = target.with_name(f"{size}.kg")
            shutil.copytree(target, folders[size])
            yield size, figures
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
            yield from executor.submit(_adding, folders).result().items()


def _grown(sizes: Sequence[int], target: Path) -> Iterator[tuple[int, Path, _Figures]]:
    """Each size, with the folder as it is then and what it took so far."""
    settings, known = Settings(), ontology.load()
    stamp = fingerprint(settings)
    waiting = readings(max(sizes))
    done = 0
    store = graph.OxigraphStore(target, settings, aside=True)  # as a build in slices has it
    for size in sizes:
        first, spent = done, 0.0
        while some := list(islice(waiting, min(settings.slice_articles, size - done))):
            start = time.process_time()
            take_in(pipeline.ledger(some), None, store, settings, known, stamp=stamp)
            last = (time.process_time() - start) / len(some)
            spent += last * len(some)
            done += len(some)
        store.close()  # it is looked at now
        yield (
            size,
            target,
            {
                "peak of memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "CPU ms for each since the last size": round(1000 * spent / (size - first), 2),
                "CPU ms for each of the last slice": round(1000 * last, 2),
                "folder, KB for each": round(sum(path.stat().st_size for path in target.iterdir()) / 1024 / size, 1),
            },
        )


def _adding(folders: Mapping[int, Path]) -> dict[int, _Figures]:
    """Seconds of this process's CPU time to add one article of each kind, the model being loaded.

    The folders take turns, so that what else the machine does is the same for each.
    """
    costs: dict[tuple[int, str], list[float]] = {(size, kind): [] for size in folders for kind in ADDED}
    with tempfile.TemporaryDirectory() as place:
        for number in range(_TIMES + 1):
            for (size, kind), spent in costs.items():
                extra = Path(place) / f"{kind} {number}.txt"
                extra.write_text(f"News {number}\n\n{ADDED[kind]}", encoding="utf-8")
                start = time.process_time()
                api.add(folders[size], extra)
                spent.append(time.process_time() - start)
                api.remove(folders[size], extra.stem)
    middle = {key: round(statistics.median(times[1:]), 3) for key, times in costs.items()}  # the first loads the model
    return {size: {f"{kind}, CPU seconds": middle[size, kind] for kind in ADDED} for size in folders}
