"""The command line as a whole: its name, its order, and what an error looks like."""

from __future__ import annotations

import logging
import sys

import typer
from rich.console import Console
from rich.text import Text

import kgraph
from kgraph.cli.output import abandon_output
from kgraph.errors import KgraphError

__all__ = ["app", "run"]

app = typer.Typer(
    name="kgraph",
    help="News articles to one RDF graph of who did what to whom, with the quoted words behind every statement.",
    epilog="Start with:  kgraph build seeds -o out/graph.trig",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def main(
    version: bool = typer.Option(False, "--version", help="Print the version and stop."),
    verbose: bool = typer.Option(
        False, "--verbose", "-v", help="Say more on stderr while working; stands before the command: kgraph -v build …"
    ),
) -> None:
    """Set up what all commands share."""
    if version:
        sys.stdout.write(f"kgraph {kgraph.__version__}\n")
        raise typer.Exit
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s: %(message)s")


def run() -> None:
    """Run the command line: an error in what was given is one line and exit code 1, a bug is a traceback.

    A wrong option is exit code 2, as typer has it.
    """
    try:
        app()
    except KgraphError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(Text.assemble(("error: ", "bold red"), str(error)))
        abandon_output()
        sys.exit(1)
