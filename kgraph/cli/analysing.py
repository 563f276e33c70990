"""conflicts, interests, rank, timeline, diff: what shows when facts are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from kgraph.api import Graph
from kgraph.cli.app import app
from kgraph.cli.options import AsOf, Config, Form, GraphName, Statuses, Top
from kgraph.cli.rendering import Format, console, note, print_json, show, write
from kgraph.cli.views import opened, viewed
from kgraph.model import Disagreement, EntityType, Told

__all__: list[str] = []

QUOTES = 4
"""Quotes shown with one conflict of interest; `--format json` has all claims."""

SEVERITIES = ("none", "wording", "to look at", "contradiction")


class Measure(StrEnum):
    """What to rank by; docs/analysis.md says what each means for a deal network."""

    PAGERANK = "pagerank"
    DEGREE = "degree"
    IN_STRENGTH = "inStrength"
    OUT_STRENGTH = "outStrength"
    BETWEENNESS = "betweenness"
    CLOSENESS = "closeness"
    EIGENVECTOR = "eigenvector"
    HUB = "hub"
    AUTHORITY = "authority"
    CORE = "core"


class ReportFormat(StrEnum):
    """How disagreements are printed: as an answer, or as a report to hand on."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"


@app.command(
    epilog="Examples:\n\n    kgraph conflicts graph.trig\n\n    kgraph conflicts graph.trig --least 3 --format json\n\n"
    "    kgraph conflicts graph.trig --format html --output conflicts.html"
)
def conflicts(
    graph: GraphName,
    least: Annotated[int, typer.Option("--least", min=0, max=3, help="0 all, 1 wording, 2 to look at, 3 contradictions only.")] = 1,
    statuses: Statuses = None,
    as_of: AsOf = None,
    form: Annotated[ReportFormat, typer.Option("--format", "-f", help="How to print the answer.")] = ReportFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write Markdown or HTML; standard output without it.")
    ] = None,
    config: Config = None,
) -> None:
    """List where sources part ways, with each source's words: what refines, what supersedes, what contradicts."""
    view = viewed(graph, config, statuses, as_of)
    if form in (ReportFormat.MARKDOWN, ReportFormat.HTML):
        write(view.conflict_report(form.value, least=least), output)
        return
    if output is not None:
        raise typer.BadParameter(f"{form.value} goes to standard output", param_hint="--output")
    found = view.tellings(view.conflicts(least=least))
    if form is ReportFormat.TABLE:
        _print_conflicts(found)
        return
    if form is ReportFormat.JSON:
        print_json([{**_conflict(d), "claims": told} for d, told in found])
    else:  # a line for each source
        show(
            [{**_conflict(d), **{field.name: getattr(one, field.name) for field in fields(one)}} for d, told in found for one in told],
            Format.CSV,
        )


def _conflict(d: Disagreement) -> dict[str, Any]:
    return {"severity": d.severity, "verdict": d.verdict, "property": d.property, "facts": d.facts, "why": d.why}


def _print_conflicts(found: Sequence[tuple[Disagreement, Sequence[Told]]]) -> None:
    if not found:
        note("No source contradicts another.")
    for d, told in found:
        head = f"{SEVERITIES[d.severity]} · {_words(d.verdict)} · {d.property}"
        console().print(Text(head, style=("dim", "yellow", "yellow", "bold red")[d.severity]))
        console().print(Text(f"  {d.why}"))
        for one in told:
            says = ", ".join(dict.fromkeys(part for part in (one.value, one.status) if part))
            console().print(Text(f"    {one.source}, {one.date or 'undated'}: {says} “{one.quote}”", style="dim"))


def _words(verdict: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in verdict)


@app.command(epilog="Example:\n\n    kgraph interests graph.trig")
def interests(graph: GraphName, statuses: Statuses = None, as_of: AsOf = None, form: Form = Format.TABLE, config: Config = None) -> None:
    """List structural conflicts of interest, each with the facts and quotes that prove it."""
    view = viewed(graph, config, statuses, as_of)
    found = view.interests()
    claims = {claim.id: claim for claim in view.knowledge.claims}
    if form is not Format.TABLE:
        rows = [
            {
                "pattern": i.pattern,
                "sentence": i.sentence,
                "score": i.score,
                "inferred": i.inferred,
                "facts": i.facts,
                "articles": i.articles,
                "quotes": list(dict.fromkeys(claims[claim].quote.exact for claim in i.claims)),
            }
            for i in found
        ]
        show(rows, form)
        return
    if not found:
        note("No conflict of interest shows in these facts.")
    for interest in found:
        console().print(
            Text.assemble((f"{interest.score:.2f}  ", "cyan"), (interest.pattern, "bold"), " (partly inferred)" * interest.inferred)
        )
        console().print(Text(f"  {interest.sentence}"))
        for article, quote in list(dict.fromkeys((claims[c].article, claims[c].quote.exact) for c in interest.claims))[:QUOTES]:
            console().print(Text(f"    {article}: “{quote}”", style="dim"))


@app.command(epilog="Examples:\n\n    kgraph rank graph.trig\n\n    kgraph rank graph.trig --by betweenness --type Person --top 5")
def rank(
    graph: GraphName,
    by: Annotated[Measure, typer.Option("--by", help="The measure.")] = Measure.PAGERANK,
    types: Annotated[list[EntityType] | None, typer.Option("--type", help="Only things of this type; may be repeated.")] = None,
    top: Top = 20,
    statuses: Statuses = None,
    as_of: AsOf = None,
    form: Form = Format.TABLE,
    config: Config = None,
) -> None:
    """Rank things by their place in the network, with the facts that make the rank."""
    found = viewed(graph, config, statuses, as_of).rank(by.value, types=types or (), top=top)
    rows = [{"place": r.place, "name": r.label, "type": r.type, by.value: round(r.score, 4), "by these facts": r.facts[:3]} for r in found]
    show(rows, form)


@app.command(epilog="Example:\n\n    kgraph timeline graph.trig 'Scale AI'")
def timeline(
    graph: GraphName,
    name: Annotated[str, typer.Argument(help="The thing: its id or a name.")],
    form: Form = Format.TABLE,
    config: Config = None,
) -> None:
    """Show what is known of one thing, in the order of time."""
    moments = opened(graph, config).timeline(name)
    show([{"date": m.date or "undated", "fact": m.fact, "status": m.status, "quote": m.quote} for m in moments], form)


@app.command(epilog="Example:\n\n    kgraph diff yesterday.trig today.trig")
def diff(
    old: GraphName,
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later graph.")],
    form: Form = Format.TABLE,
    config: Config = None,
) -> None:
    """Show which facts a later graph has gained, lost or changed, with the quotes that made the difference."""
    changes = opened(new, config).diff(Graph.load(old))
    rows = [
        {"change": c.kind, "fact": c.fact, "fields": ", ".join(c.fields), "quotes": [f"{article}: {words}" for article, words in c.quotes]}
        for c in changes
    ]
    show(rows, form, empty="The graphs state the same facts.")
