"""query, why, validate, export: what comes out of a graph."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

import kgraph
from kgraph.cli.app import app
from kgraph.cli.opening import opened, viewed
from kgraph.cli.options import AsOf, Config, Form, GraphName, Output, Statuses
from kgraph.cli.output import Format, note, plain, print_json, say, show, write
from kgraph.errors import QueryError
from kgraph.model import FactId

if TYPE_CHECKING:
    from kgraph.fusion import Belief
    from kgraph.graph import Evidence, Proof

__all__: list[str] = []

_PANEL = "Ask, check, export"


class AnswerFormat(StrEnum):
    """How the answer of a query is printed; rows and triples each have some of the forms."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TTL = "ttl"
    NT = "nt"


@app.command(
    rich_help_panel=_PANEL,
    epilog="Examples:\n\n    kgraph query graph.trig 'SELECT ?who { ?who kg:investedIn :Scale_AI }'\n\n"
    "    kgraph query graph.trig --name investors --set thing='Scale AI'\n\n    kgraph query --list",
)
def query(
    graph: Annotated[str | None, typer.Argument(metavar="GRAPH", help="A graph file, an Oxigraph folder, or a server's URL.")] = None,
    sparql: Annotated[
        str | None, typer.Argument(metavar="SPARQL", help="SELECT, ASK, CONSTRUCT or DESCRIBE; the prefixes are known.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", "-F", exists=True, dir_okay=False, help="Read the query from a file.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="A stored query; --list names them.")] = None,
    values: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="A value for a stored query.")] = None,
    form: Annotated[AnswerFormat, typer.Option("--format", "-f", help="How to print the answer.")] = AnswerFormat.TABLE,
    listing: Annotated[bool, typer.Option("--list", help="List the stored queries.")] = False,
    config: Config = None,
) -> None:
    """Ask the graph a question in SPARQL, or one of the stored questions."""
    if listing:
        from kgraph.graph import stored_queries

        rows = [{"name": q.name, "asks": q.description, "takes": ", ".join(q.parameters)} for q in stored_queries()]
        if form.value not in set(Format):
            raise QueryError(f"--list has no {form.value}; it has {', '.join(Format)}")
        show(rows, Format(form.value))
        return
    if graph is None or sum(x is not None for x in (sparql, file, name)) != 1:
        raise QueryError("give a graph and one of: a query, --file, --name")
    if values and name is None:
        raise QueryError("--set gives a value to a stored query; name one with --name")
    text = file.read_text(encoding="utf-8") if file is not None else sparql
    view, given = opened(graph, config), _values(values or [])
    answer = view.query(text, name=name, values=given)
    if name is not None and not answer.rows:
        _check_names(view, name, given)
    if form is AnswerFormat.TABLE and answer.rows is not None:
        show(answer.rows, Format.TABLE, empty="No answers.")
    else:
        write(answer.serialise("ttl" if form is AnswerFormat.TABLE else form.value), None)


def _values(pairs: list[str]) -> dict[str, str]:
    if wrong := [pair for pair in pairs if "=" not in pair]:
        raise QueryError(f"--set {wrong[0]}: write KEY=VALUE")
    return dict(pair.split("=", 1) for pair in pairs)


def _check_names(view: kgraph.Graph, name: str, values: Mapping[str, str]) -> None:
    """Where a stored query has no answer because a thing it asks for is not in the graph, say so and what is near."""
    from kgraph.graph import stored_queries

    meanings = next(stored.meanings for stored in stored_queries() if stored.name == name)
    for key, value in values.items():
        if meanings[key].startswith("a name of "):
            view.entity(value)


@app.command(rich_help_panel=_PANEL, epilog="Example:\n\n    kgraph why graph.trig 'Meta investedIn Scale AI'")
def why(
    graph: GraphName,
    what: Annotated[str, typer.Argument(metavar="FACT", help="A fact in words (names or labels), or the IRI of a fact or claim.")],
    form: Form = Format.TABLE,
    config: Config = None,
) -> None:
    """Show what a fact rests on: what each origin weighs, and every claim with its article, date, status, speaker and quoted words."""
    known = opened(graph, config)
    proofs = known.why(what)
    facts = {fact.id: fact for fact in known.knowledge.facts}
    beliefs = [known.belief(facts[FactId(proof.fact)]) for proof in proofs]
    if form is Format.JSON:
        print_json([{**plain(proof), "belief": belief} for proof, belief in zip(proofs, beliefs, strict=True)])
        return
    if form is Format.CSV:
        show([_row(proof, piece) for proof in proofs for piece in proof.evidence], form)
        return
    for proof, belief in zip(proofs, beliefs, strict=True):
        _print_proof(proof, belief)


def _row(proof: Proof, piece: Evidence) -> dict[str, Any]:
    """A claim behind a fact, as a line of CSV."""
    names = ("claim", "article", "publisher", "date", "url", "status", "negative", "hedge", "said_by", "confidence", "quote")
    return {"fact": proof.fact, "sentence": proof.sentence, **{name: getattr(piece, name) for name in names}}


def _print_belief(belief: Belief) -> None:
    """The sum behind the confidence: what each independent origin weighs."""
    for origin in belief.origins:
        copies = f", {len(origin.claims)} claims count once" if len(origin.claims) > 1 else ""
        side = "against it" if origin.against else "for it"
        say(Text(f"    {origin.weight:.2f} {side}: {origin.name}{copies}", style="dim"))
    sums = f"support {belief.support:.2f}" + (f", opposition {belief.opposition:.2f}" if belief.opposition else "")
    say(Text(f"    together {sums}: {belief.confidence:.2f}", style="dim"))


def _print_proof(proof: Proof, belief: Belief) -> None:
    say(Text(proof.sentence, style="bold"))
    _print_belief(belief)
    for line in proof.explanation:
        say(Text(f"  {line}", style="dim"))
    for piece in proof.evidence:
        head = [piece.publisher or piece.article, str(piece.date or "undated"), piece.status or "", f"{piece.confidence:.2f}"]
        if piece.said_by:
            head.append(f"according to {piece.said_by}")
        say(Text("\n  " + " · ".join(part for part in head if part), style="cyan"))
        quoted = Text(f"    “{piece.before}")
        for text, marked in piece.parts:
            quoted.append(text, style="bold underline" if marked else "")
        quoted.append(f"{piece.after}”")
        say(quoted)
    say("")


@app.command(rich_help_panel=_PANEL, epilog="Example:\n\n    kgraph validate graph.trig")
def validate(graph: GraphName, form: Form = Format.TABLE, config: Config = None) -> None:
    """Check the graph against the ontology's shapes; exit code 1 where it breaks one."""
    violations = opened(graph, config).validate()
    if not violations and form is Format.TABLE:
        note(f"{graph}: conforms")
        return
    show([{"what": v.focus, "is_wrong": v.message} for v in violations], form)
    if violations:
        raise typer.Exit(1)


def _formats() -> list[tuple[str, str, str]]:
    """Every format with its ending and what it is."""
    from kgraph.api import export_formats  # here, so that help does not wait for the libraries behind it

    return export_formats()


def _formats_begun(incomplete: str) -> list[tuple[str, str]]:
    """The formats that a shell offers for what has been typed, each with what it is."""
    return [(name, description) for name, _, description in _formats() if name.startswith(incomplete)]


@app.command(
    rich_help_panel=_PANEL,
    epilog="Examples:\n\n    kgraph export graph.trig -f turtle -o graph.ttl\n\n"
    "    kgraph export graph.trig -f graphml -o graph.graphml\n\n    kgraph export --list",
)
def export(
    graph: Annotated[str | None, typer.Argument(metavar="GRAPH", help="A graph file, an Oxigraph folder, or a server's URL.")] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            help="A format that --list names; without it, what the ending of --output says, or turtle.",
            autocompletion=_formats_begun,
        ),
    ] = None,
    output: Output = None,
    listing: Annotated[bool, typer.Option("--list", help="List the formats.")] = False,
    statuses: Statuses = None,
    as_of: AsOf = None,
    config: Config = None,
) -> None:
    """Write the graph in another format."""
    if listing:
        show([{"format": name, "ending": suffix, "is": description} for name, suffix, description in _formats()], Format.TABLE)
        return
    if graph is None:
        raise QueryError("give a graph, or --list")
    write(viewed(graph, config, statuses, as_of).export(form or _format_of(output)), output)


def _format_of(output: Path | None) -> str:
    """The format that a file's ending names; Turtle without a file."""
    if output is None:
        return "turtle"
    endings = {suffix: name for name, suffix, _ in reversed(_formats())}
    found = max((suffix for suffix in endings if output.name.endswith(suffix)), key=len, default=None)
    if found is None:
        msg = f"{output}: no format has this ending; name one with --format (kgraph export --list)"
        raise QueryError(msg)
    return endings[found]
