"""draw, report, serve: what people look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kgraph.choices import PictureKind, ThemeName
from kgraph.cli.app import app
from kgraph.cli.opening import opened, viewed
from kgraph.cli.options import AsOf, Config, GraphName, Output, Statuses
from kgraph.cli.output import note, progress, write
from kgraph.errors import QueryError
from kgraph.serve import run
from kgraph.settings import load

__all__: list[str] = []

_PANEL = "Show it"


_REPORTS = {".md": "markdown", ".html": "html", "": "markdown"}
"""Forms of a report by the ending of its file."""
_STDOUT = Path("-")
_TOP = "At most so many things (60; 2,000 in a page), events (40), amounts (6) or groups of owners (12)."


@app.command(
    rich_help_panel=_PANEL,
    epilog="Examples:\n\n    kgraph draw graph.trig -o graph.svg\n\n    kgraph draw graph.trig -o graph.html\n\n"
    "    kgraph draw graph.trig -o deal.png --focus 'Scale AI' --hops 1 --theme dark",
)
def draw(
    graph: GraphName,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="An .svg, .png or .pdf picture, or an .html page to explore; - writes SVG to standard output."),
    ],
    kind: Annotated[PictureKind, typer.Option("--kind", help="The network, a timeline, amounts by source, or owners.")] = "network",
    focus: Annotated[str | None, typer.Option("--focus", help="The thing in the middle.")] = None,
    hops: Annotated[
        int | None,
        typer.Option("--hops", min=1, help="How many relations away from --focus: 2, and 3 among owners, unless told otherwise."),
    ] = None,
    top: Annotated[int | None, typer.Option("--top", "-n", min=2, help=_TOP)] = None,
    community: Annotated[str | None, typer.Option("--community", help="Only things that deal mostly with this one.")] = None,
    predicates: Annotated[list[str] | None, typer.Option("--predicate", help="Only this relation; may be repeated.")] = None,
    theme: Annotated[
        ThemeName | None,
        typer.Option("--theme", help="Light or dark; without it pictures are light, and a page is as the reader's system is."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="The heading of the picture.")] = None,
    statuses: Statuses = None,
    as_of: AsOf = None,
    config: Config = None,
) -> None:
    """Draw the network of deals: who did what to whom, for how much, how certain, and where sources differ."""
    form, shown = _form_of(output), viewed(graph, config, statuses, as_of)
    with progress("drawing", None):
        drawn = shown.draw(
            form,
            kind=kind,
            focus=focus,
            hops=hops,
            top=top,
            community=community,
            predicates=predicates or None,
            statuses=statuses or None,
            theme=theme,
            title=title,
        )
    write(drawn, None if output == _STDOUT else output)
    if output != _STDOUT:
        note(f"{output}: drawn")


def _form_of(output: Path) -> str:
    """The form of a picture by the ending of its file; SVG on standard output."""
    if output == _STDOUT:
        return "svg"
    if not output.suffix:
        raise QueryError(f"{output}: its ending must say what to draw: .svg, .png, .pdf or .html; - writes SVG to standard output")
    return output.suffix.removeprefix(".")


@app.command(rich_help_panel=_PANEL, epilog="Example:\n\n    kgraph serve graph.trig --port 7878")
def serve(
    graph: GraphName,
    host: Annotated[str, typer.Option("--host", help="The address to listen on; this machine only, unless told otherwise.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen on.")] = 7878,
    writable: Annotated[bool, typer.Option("--writable", help="Allow SPARQL updates.")] = False,
    origins: Annotated[list[str] | None, typer.Option("--origin", help="A web site whose pages may read it; may be repeated.")] = None,
    config: Config = None,
) -> None:
    """Serve the graph to browsers (explore, search, query) and to SPARQL clients, until interrupted."""

    def tell(address: str) -> None:
        note(f"{address}  (stop with Ctrl-C)")

    run(graph, load(config), host=host, port=port, writable=writable, origins=origins or (), started=tell)


@app.command(rich_help_panel=_PANEL, epilog="Example:\n\n    kgraph report graph.trig 'Scale AI' -o scale.md")
def report(
    graph: GraphName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The thing: its id or a name.")],
    output: Output = None,
    config: Config = None,
) -> None:
    """Write all that is known of one thing, with quotes, as Markdown or (to an .html file) HTML."""
    form = "markdown" if output is None else _REPORTS.get(output.suffix.lower())
    if form is None:
        raise QueryError(f"{output}: a report ends in {' or '.join(filter(None, _REPORTS))}")
    write(opened(graph, config).report(name, form), output)
