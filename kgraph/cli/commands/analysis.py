"""conflicts, interests, rank, timeline, diff: what shows when facts are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from kgraph.choices import Measure, Weight
from kgraph.cli.app import app
from kgraph.cli.opening import opened, viewed
from kgraph.cli.options import AsOf, Config, Form, GraphName, Statuses, Top
from kgraph.cli.output import Format, note, print_json, say, show, write
from kgraph.errors import QueryError
from kgraph.model import Claim, ClaimId, Disagreement, EntityType, Fact, FactId, Told
from kgraph.period import when_words

if TYPE_CHECKING:
    from kgraph.analysis import Interest, Link, Moment

__all__: list[str] = []

_PANEL = "Compare and analyse"


class _Part(StrEnum):
    """The parts that the network has."""

    COMMUNITIES = "communities"
    BRIDGES = "bridges"
    CUT_POINTS = "cutPoints"


if TYPE_CHECKING:
    By = Measure | _Part
else:
    By = StrEnum("By", [(each.name, each.value) for each in (*Measure, *_Part)])  # typer takes one enumeration, not two


class ResultFormat(StrEnum):
    """How results are printed that can also be RDF."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TTL = "ttl"


class ReportFormat(StrEnum):
    """How disagreements are printed: as an answer, or as a report to hand on."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"


@app.command(
    rich_help_panel=_PANEL,
    epilog="Examples:\n\n    kgraph conflicts graph.trig\n\n    kgraph conflicts graph.trig --least 3 --format json\n\n"
    "    kgraph conflicts graph.trig --format html --output conflicts.html",
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
        raise QueryError(f"--output takes a report; add --format html or markdown instead of {form.value}")
    found = view.tellings(view.conflicts(least=least))
    said = view.in_words(fact for d, _ in found for fact in d.facts)
    article = {claim.id: claim.article for claim in view.knowledge.claims}
    articles = {d.id: len({article[claim] for claim in d.claims}) for d, _ in found}
    if form is ReportFormat.TABLE:
        _print_conflicts(found, said, articles)
        return
    rows = [(_conflict(d, said, articles[d.id]), told) for d, told in found]
    if form is ReportFormat.JSON:
        print_json([{**row, "claims": told} for row, told in rows])
    else:  # a line for each source
        show([{**row, **{field.name: getattr(one, field.name) for field in fields(one)}} for row, told in rows for one in told], Format.CSV)


def _about(d: Disagreement, said: Mapping[FactId, str]) -> str:
    return "; ".join(said[fact] for fact in d.facts)


def _conflict(d: Disagreement, said: Mapping[FactId, str], articles: int) -> dict[str, Any]:
    rest = {"about": _about(d, said), "facts": d.facts, "articles": articles, "why": d.why}
    return {"severity": d.severity, "verdict": d.verdict, "property": d.property, **rest}


def _print_conflicts(found: Sequence[tuple[Disagreement, Sequence[Told]]], said: Mapping[FactId, str], articles: Mapping[str, int]) -> None:
    from kgraph.export.disputes import SEVERITIES, where_words
    from kgraph.export.wording.sentences import spaced

    if not found:
        note("No source contradicts another or itself.")
    before: tuple[FactId, ...] = ()
    for d, told in found:
        if d.facts != before:
            say(Text(_about(d, said), style="bold"))
            before = d.facts
        head = (SEVERITIES[d.severity], spaced(d.verdict), spaced(d.property), where_words(articles[d.id]))
        say(Text(" · ".join(filter(None, head)), style=("dim", "yellow", "yellow", "bold red")[d.severity]))
        say(Text(f"  {d.why}"))
        for one in told:
            says = ", ".join(dict.fromkeys(part for part in (one.value, one.status) if part))
            say(Text(f"    {one.source}, {one.date or 'undated'}: {says} “{one.quote}”", style="dim"))


@app.command(rich_help_panel=_PANEL, epilog="Examples:\n\n    kgraph interests graph.trig\n\n    kgraph interests graph.trig --format ttl")
def interests(
    graph: GraphName,
    statuses: Statuses = None,
    as_of: AsOf = None,
    form: Annotated[ResultFormat, typer.Option("--format", "-f", help="How to print the answer.")] = ResultFormat.TABLE,
    config: Config = None,
) -> None:
    """List structural conflicts of interest, each with the facts and quotes that prove it."""
    view = viewed(graph, config, statuses, as_of)
    if form is ResultFormat.TTL:
        write(view.interests_to_turtle(), None)
        return
    found = view.interests()
    claims = {claim.id: claim for claim in view.knowledge.claims}
    if form is not ResultFormat.TABLE:
        rows = [
            {
                "pattern": i.pattern,
                "sentence": i.sentence,
                "score": i.score,
                "inferred": i.inferred,
                **{f"{name}_score": score for name, score in i.scores},
                "facts": i.facts,
                "articles": i.articles,
                "quotes": list(dict.fromkeys(claims[claim].quote.exact for claim in i.claims)),
            }
            for i in found
        ]
        show(rows, Format(form.value))
        return
    if not found:
        note("No conflict of interest shows in these facts.")
    facts = {fact.id: fact for fact in view.knowledge.facts}
    for interest in found:
        _print_interest(interest, [claim for link in interest.chain for claim in _proofs(link, facts, claims)])


def _proofs(link: Link, facts: Mapping[FactId, Fact], claims: Mapping[ClaimId, Claim]) -> list[Claim]:
    """The surest claim of the surest fact that says a link, or of each fact that it follows from."""
    needed = link.facts if link.inferred else link.facts[:1]
    return [min((claims[claim] for claim in facts[fact].claims), key=lambda claim: (-claim.confidence, claim.id)) for fact in needed]


def _print_interest(interest: Interest, proofs: Sequence[Claim]) -> None:
    scores = "".join(f", {name} {score:.2f}" for name, score in interest.scores)
    inferred = " (partly inferred)" * interest.inferred
    say(Text.assemble((f"{interest.score:.2f}  ", "cyan"), (interest.pattern, "bold"), scores, inferred))
    say(Text(f"  {interest.sentence}"))
    for article, quote in dict.fromkeys((claim.article, claim.quote.exact) for claim in proofs):
        say(Text(f"    {article}: “{quote}”", style="dim"))


@app.command(
    rich_help_panel=_PANEL,
    epilog="Examples:\n\n    kgraph rank graph.trig\n\n    kgraph rank graph.trig --by betweenness --type Person --top 5\n\n"
    "    kgraph rank graph.trig --by outStrength --weight money\n\n    kgraph rank graph.trig --by communities",
)
def rank(
    graph: GraphName,
    by: Annotated[By, typer.Option("--by", help="The measure, or the parts of the network.")] = Measure.PAGERANK,
    weight: Annotated[Weight, typer.Option("--weight", help="What makes a link strong.")] = Weight.CONFIDENCE,
    types: Annotated[list[EntityType] | None, typer.Option("--type", help="Only things of this type; may be repeated.")] = None,
    top: Top = 20,
    statuses: Statuses = None,
    as_of: AsOf = None,
    form: Annotated[ResultFormat, typer.Option("--format", "-f", help="How to print the answer.")] = ResultFormat.TABLE,
    config: Config = None,
) -> None:
    """Rank things by their place in the network, with the facts that make the rank; or show its communities, bridges and cut points."""
    view = viewed(graph, config, statuses, as_of)
    labels = {entity.id: entity.label for entity in view.knowledge.entities}
    if by == _Part.COMMUNITIES:
        parts = enumerate(view.communities()[:top], start=1)
        rows = [
            {"place": p, "size": len(c.members), "members": [labels[m] for m in c.members], "by_these_facts": c.facts[:3]} for p, c in parts
        ]
    elif by == _Part.BRIDGES:
        rows = [{"from": labels[b.left], "to": labels[b.right], "cuts_off": b.smaller, "facts": b.facts} for b in view.bridges()[:top]]
    elif by == _Part.CUT_POINTS:
        rows = [{"name": labels[entity]} for entity in view.cut_points()[:top]]
    elif form is ResultFormat.TTL:
        write(view.ranks_to_turtle(by.value, weight=weight.value), None)
        return
    else:
        found = view.rank(by.value, weight=weight.value, types=types or (), top=top)
        rows = [{"place": r.place, "name": r.label, "type": r.type, by.value: r.score, "by_these_facts": r.facts[:3]} for r in found]
    if form is ResultFormat.TTL:
        raise QueryError(f"--by {by.value} has no ttl; table, json and csv have it")
    show(rows, Format(form.value))


@app.command(rich_help_panel=_PANEL, epilog="Example:\n\n    kgraph timeline graph.trig 'Scale AI'")
def timeline(
    graph: GraphName,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The thing: its id or a name.")],
    form: Form = Format.TABLE,
    config: Config = None,
) -> None:
    """Show what is known of one thing, in the order of time."""
    view = opened(graph, config)
    moments = view.timeline(name)
    said = view.moments_in_words(moments)
    if form is Format.TABLE:
        _print_moments(moments, said)
        return
    show(
        [
            {"date": m.date or "undated", "fact": m.fact, "what": what, "status": m.status, "quote": m.quote}
            for m, what in zip(moments, said, strict=True)
        ],
        form,
    )


def _print_moments(moments: Sequence[Moment], said: Sequence[str]) -> None:
    """Day, deed and status on one line, the quoted words on the next: so they can be read in a narrow window, too."""
    from kgraph.export.wording.sentences import STATUS_WORDS

    if not moments:
        note("Nothing found.")
        return
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for moment, what in zip(moments, said, strict=True):
        status = f", {STATUS_WORDS[moment.status]}" if moment.status else ""
        table.add_row(Text(when_words(moment.date) or "undated", style="cyan"), Text(what + status, style="bold"))
        table.add_row("", Text(f"“{' '.join(moment.quote.split())}”", style="dim"))
    say(table)


@app.command(rich_help_panel=_PANEL, epilog="Example:\n\n    kgraph diff yesterday.trig today.trig")
def diff(
    old: GraphName,
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later graph.")],
    form: Form = Format.TABLE,
    config: Config = None,
) -> None:
    """Show which facts a later graph has gained, lost or changed, with the quotes that made the difference."""
    before, after = opened(old, config), opened(new, config)
    changes = after.diff(before)
    what: dict[FactId, str] = {}
    for view in (before, after):
        known = {fact.id for fact in view.knowledge.facts}
        named = {fact.id for change in changes for fact in (change.before, change.after) if fact}
        what |= view.in_words(sorted(named & known))
    rows = [
        {
            "change": change.kind,
            "fact": change.fact,
            "what": what[change.fact],
            "before": what[change.before.id] if change.before and change.before.id != change.fact else None,
            "fields": ", ".join(change.fields),
            "quotes": [f"{article}: {words}" for article, words in change.quotes],
        }
        for change in changes
    ]
    show(_without_ids(rows, form), form, empty="The graphs state the same facts.")


def _without_ids(rows: list[dict[str, Any]], form: Format) -> list[dict[str, Any]]:
    """The rows; for a person without the ids of facts, whose words say as much."""
    return [{name: value for name, value in row.items() if form is not Format.TABLE or name != "fact"} for row in rows]
