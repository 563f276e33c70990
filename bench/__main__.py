"""Measure everything, or what is named: `python -m bench [NAME...] [--articles PATH] [--sizes N...] [--facts N...]`.

Writes out/bench.json and prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.measures import MEASURES, Run


def main() -> None:
    """Run each measure in a fresh process and print what it gave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *MEASURES], help="what to measure; all without names")
    parser.add_argument("--articles", nargs="*", default=[], metavar="PATH", help="articles to measure with, rather than the corpus")
    parser.add_argument("--count", type=int, default=Run().count, help="articles of the corpus")
    parser.add_argument("--sizes", type=int, nargs="*", default=Run().sizes, help="articles of the graphs that are added to and built")
    parser.add_argument("--facts", type=int, nargs="*", default=Run().facts, help="facts of the graphs that are queried")
    parser.add_argument("--rdflib-facts", type=int, default=Run().rdflib_facts, help="facts up to which rdflib is asked as well")
    parser.add_argument("--limit", type=float, default=Run().limit, help="seconds that rdflib is given for one query")
    given = parser.parse_args()
    run = Run(
        articles=tuple(given.articles),
        count=given.count,
        sizes=tuple(given.sizes),
        facts=tuple(given.facts),
        rdflib_facts=given.rdflib_facts,
        limit=given.limit,
    )
    results = {}
    for name in given.names or MEASURES:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
            results[name] = executor.submit(MEASURES[name], run).result()
        print(f"\n| {name} | |\n|---|---|")
        for figure, value in results[name].items():
            print(f"| {figure} | {value:,} |" if isinstance(value, int | float) else f"| {figure} | {value} |")
    target = Path("out/bench.json")
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
