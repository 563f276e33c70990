"""Arguments and options that several commands share, each declared once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from kgraph.cli.output import Format
from kgraph.errors import QueryError
from kgraph.model import Status

__all__ = ["AsOf", "Config", "Executor", "Form", "GraphName", "Jobs", "Output", "Sources", "Statuses", "Strict", "Top", "WithText", "day"]


def day(text: str) -> dt.date:
    """A day as an option; raises `QueryError` where it is none."""
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no zone
    except ValueError:
        raise QueryError(f"{text!r} is no day; write it as 2025-06-30") from None


GraphName = Annotated[
    str, typer.Argument(metavar="GRAPH", help="A graph file (.trig, .nq, .ttl, .jsonld), an Oxigraph folder, or a server's URL.")
]
Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="Files, folders, globs, web addresses, feeds, or - for standard input."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where to write; standard output without it.")]
Form = Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")]
Config = Annotated[Path | None, typer.Option("--config", help="A settings file; kgraph.toml here, where there is one, without it.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read articles.")]
Executor = Annotated[str | None, typer.Option("--executor", help="Read the articles on a cluster instead: dask://HOST:PORT.")]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first article that cannot be read.")]
WithText = Annotated[bool, typer.Option("--with-text", help="Keep the articles' whole texts in the graph.")]
Top = Annotated[int, typer.Option("--top", "-n", min=1, help="At most so many.")]
Statuses = Annotated[
    list[Status] | None,
    typer.Option(
        "--status", help="Only facts of this status, and states, which have none; 'completed' keeps offices held too; may be repeated."
    ),
]
AsOf = Annotated[
    dt.date | None,
    typer.Option("--as-of", parser=day, help="Only what articles published up to this day say.", metavar="DATE"),
]
