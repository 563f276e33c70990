"""build, add, remove: what makes and changes a graph."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

import kgraph
from kgraph import settings
from kgraph.cli.app import app
from kgraph.cli.options import Config, Executor, GraphName, Jobs, Sources, Strict, WithText, day
from kgraph.cli.output import note, progress
from kgraph.text import counted

__all__: list[str] = []

_PANEL = "Make a graph"

_NOUNS = {"articles": "article", "claims": "claim", "facts": "fact", "entities": "entity", "disagreements": "disagreement"}
"""What `counts` counts, and one of each."""


@app.command(
    rich_help_panel=_PANEL,
    epilog="Examples:\n\n    kgraph build seeds -o graph.trig\n\n    kgraph build news.jsonl 'archive/*.html' -o graph.kg --jobs 4\n\n"
    "    curl -s https://example.org/feed.xml | kgraph build - -o graph.trig",
)
def build(
    sources: Sources,
    output: Annotated[
        str, typer.Option("--output", "-o", help="A .trig, .nq, .ttl or .jsonld file, a .kg folder, or a server's URL.")
    ] = "graph.trig",
    jobs: Jobs = 1,
    executor: Executor = None,
    with_text: WithText = False,
    strict: Strict = False,
    config: Config = None,
) -> None:
    """Read articles and write one graph of what they say."""
    with progress("reading articles", None) as advance:
        graph = kgraph.build(
            *sources,
            output=output,
            settings=settings.load(config),
            jobs=jobs,
            executor=executor,
            with_text=with_text,
            strict=strict,
            progress=advance,
        )
    _summary(graph, output)


@app.command(rich_help_panel=_PANEL, epilog="Example:\n\n    kgraph add graph.trig today.jsonl")
def add(
    graph: GraphName,
    sources: Sources,
    jobs: Jobs = 1,
    executor: Executor = None,
    with_text: WithText = False,
    strict: Strict = False,
    config: Config = None,
) -> None:
    """Read more articles into a graph, or a new one; a corrected article replaces its earlier text, an unchanged one is not read again."""
    with progress("reading articles", None) as advance:
        grown = kgraph.add(
            graph,
            *sources,
            settings=settings.load(config),
            jobs=jobs,
            executor=executor,
            with_text=with_text,
            strict=strict,
            progress=advance,
        )
    _summary(grown, graph)


@app.command(
    rich_help_panel=_PANEL,
    epilog="Examples:\n\n    kgraph query graph.trig --name articles     lists the ids\n\n"
    "    kgraph remove graph.trig 003_392ac25d2de71681",
)
def remove(
    graph: GraphName,
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE", help="Ids of articles.")],
    retracted: Annotated[
        dt.date | None,
        typer.Option("--retracted", parser=day, metavar="DATE", help="Keep a tombstone: taken back on this day."),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help="Why it was taken back.")] = None,
    config: Config = None,
) -> None:
    """Take articles out of a graph, as if they had never been read, or keep a note that they were taken back."""
    shrunk = kgraph.remove(graph, *articles, settings=settings.load(config), retracted=retracted, why=why)
    _summary(shrunk, graph)


def _summary(graph: kgraph.Graph, target: str | Path) -> None:
    """What was built, what was skipped and why; exit code 1 where anything was skipped."""
    counts = graph.counts()
    note(f"{target}: " + ", ".join(counted(counts[name], noun) for name, noun in _NOUNS.items()))
    if graph.unchanged:
        note(f"unchanged and not read again: {counted(graph.unchanged, 'article')}")
    if undated := counts["undated"]:
        note(f"without a date, so that --as-of leaves them out: {counted(undated, 'article')}")
    for error in graph.skipped:
        note(f"skipped {error}")
    if graph.skipped:
        raise typer.Exit(1)
