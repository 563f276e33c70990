"""entities, merge, split, reconcile: which names are one thing, and who says so."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Annotated

import typer

import kgraph
from kgraph.cli.app import app
from kgraph.cli.opening import opened
from kgraph.cli.options import Config, Form, GraphName
from kgraph.cli.output import Format, note, show
from kgraph.errors import QueryError
from kgraph.lookup import folded
from kgraph.model import Entity
from kgraph.settings import load

__all__: list[str] = []

_PANEL = "Decide which names are one thing"

Why = Annotated[str, typer.Option("--why", help="The reason, kept with the decision.")]


@app.command(rich_help_panel=_PANEL, epilog="Examples:\n\n    kgraph entities graph.trig\n\n    kgraph entities graph.trig Delta")
def entities(
    graph: GraphName,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Only things with this in a name.")] = None,
    form: Form = Format.TABLE,
    config: Config = None,
) -> None:
    """List things with all their names, their articles, why names were merged, and what is in doubt."""
    from kgraph.graph import Shortener

    short = Shortener(load(config).namespace).short if form is Format.TABLE else str
    rows = [
        {
            "id": listing.entity.id,
            "type": listing.entity.type,
            "names": listing.entity.names,
            "articles": len(listing.articles),
            "same_as": [short(iri) for iri in listing.entity.same_as],
            "why": [f"{j.why}" for j in listing.reasons],
            "in_doubt": [f"{other}: {j.why}" for j, other in listing.doubts],
        }
        for listing in opened(graph, config).entities(name)
    ]
    show(rows, form)


@app.command(rich_help_panel=_PANEL, epilog="Example:\n\n    kgraph merge graph.trig 'Meta' 'Meta Platforms' --why 'renamed in 2021'")
def merge(
    graph: GraphName,
    left: Annotated[str, typer.Argument(metavar="NAME", help="The thing whose name stays.")],
    right: Annotated[str, typer.Argument(metavar="OTHER", help="The thing that is the same.")],
    why: Why = "",
    force: Annotated[bool, typer.Option("--force", help="Even where the two are things of different types.")] = False,
    config: Config = None,
) -> None:
    """Say that two things are one; the decision is kept beside the graph and can be taken back."""
    view = opened(graph, config)
    judged = view.merge(left, right, why)
    one, other = view.entity(left), view.entity(right)
    both = f"{_named(one)} and {_named(other)}"
    if one.type != other.type and not force:
        raise QueryError(f"{both} are things of two types, {one.type} and {other.type}; add --force to make them one all the same")
    kgraph.judge(graph, judged, settings=load(config))
    note(f"{both} are one thing now; take it back with: kgraph split {graph} '{one.id}'")


@app.command(
    rich_help_panel=_PANEL, epilog="Examples:\n\n    kgraph split graph.trig 'Meta'\n\n    kgraph split graph.trig Delta --article ID947"
)
def split(
    graph: GraphName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The thing to take apart.")],
    articles: Annotated[list[str] | None, typer.Option("--article", help="Articles in which the name means another thing.")] = None,
    why: Why = "",
    config: Config = None,
) -> None:
    """Take a thing apart: undo a merge of yours, or say in which articles its name means another."""
    view = opened(graph, config)
    kgraph.judge(graph, view.split(name, articles or (), why), settings=load(config))
    note(f"{_named(view.entity(name))} is taken apart.")


def _named(entity: Entity) -> str:
    """What a thing is called, with its id where the name alone does not tell it."""
    return entity.label if folded(entity.id) == folded(entity.label) else f"{entity.label} ({entity.id})"


@app.command(rich_help_panel=_PANEL, epilog="Example:\n\n    kgraph reconcile graph.trig --service https://wikidata.reconci.link/en/api")
def reconcile(
    graph: GraphName,
    service: Annotated[str, typer.Option("--service", help="The address of a reconciliation service (W3C API).")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many things are asked for.")] = 100,
    cache: Annotated[Path | None, typer.Option("--cache", help="A file of earlier answers, which are not asked for again.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep what the service is sure of, as decisions of yours beside the graph.")] = False,
    form: Form = Format.TABLE,
    config: Config = None,
) -> None:
    """Ask a service on the web which of its entries the graph's things are; the one command that sends names out."""
    view = opened(graph, config)
    matches = view.reconcile(service, limit=limit, cache=cache)
    if keep:
        kgraph.judge(graph, view.accept(matches, f"says {service}"), settings=load(config))
    show([{field.name: getattr(match, field.name) for field in fields(match)} for match in matches], form)
