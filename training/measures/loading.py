"""Measures how long the language pipeline takes to load, and its memory; `python -m bench speed` measures its speed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from training.corpora.articles import article_text
from training.corpora.files import read_records

if TYPE_CHECKING:
    from pathlib import Path

_LOAD = """
import json, sys, time
sys.modules["torch"] = None
began = time.perf_counter()
import kgraph.language
nlp = kgraph.language.load()
seconds = time.perf_counter() - began
texts = json.load(sys.stdin)
for doc in nlp.pipe(texts):
    kgraph.language.release(doc)
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(seconds, peak / 1024)
"""


def measure_load(path: Path) -> dict[str, float]:
    """Seconds to import and load, and the peak memory after reading the articles of a file, in a fresh process.

    Torch is hidden, as in an installation without the extra `train`: spaCy would import it where it finds it.
    """
    texts = json.dumps([article_text(record) for record in read_records(path)])
    found = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", _LOAD], input=texts, capture_output=True, text=True, check=True)  # noqa: S603
        found.append([float(value) for value in done.stdout.split()])
    return {"load seconds": min(row[0] for row in found), "resident MB": max(row[1] for row in found)}
