"""Measures the shipped model: `python -m training.evaluate NAME FILE` prints the figures of one measure as JSON.

A measure is a function from the path of a file (any file of the same format) to a dictionary of figures. The table
names them by module and function, so that measuring one thing imports only what it needs.
"""

from __future__ import annotations

import argparse
import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Measure = Callable[[Path], dict[str, float]]

MEASURES = {
    "ewt": "training.measures.trees:measure_gold_tokens",
    "ewt-raw": "training.measures.trees:measure_raw_text",
    "pud": "training.measures.trees:measure_raw_text",
    "uner": "training.measures.names:measure_uner",
    "wikinews-entities": "training.measures.names:measure_articles",
    "meantime": "training.measures.names:measure_meantime",
    "gum-coref": "training.measures.coreference:measure_gum",
    "article-coref": "training.measures.coreference:measure_articles",
    "gap": "training.measures.coreference:measure_gap",
    "knowledgenet": "training.measures.relations:measure_knowledgenet",
    "core": "training.measures.relations:measure_core",
    "fire": "training.measures.relations:measure_fire",
    "load": "training.measures.loading:measure_load",
}


def measure(name: str) -> Measure:
    """The measure of this name."""
    module, _, function = MEASURES[name].partition(":")
    found: Measure = getattr(import_module(module), function)
    return found


def main() -> None:
    """Read the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(MEASURES))
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    figures = measure(arguments.name)(arguments.file)
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
