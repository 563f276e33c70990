"""The command line: typer commands that parse, make one library call and print.

Each module registers its commands with `app`; their order here is the order of `kgraph --help`.
"""

from kgraph.cli import building, asking, analysing, judging, showing  # isort: skip
from kgraph.cli.app import app, run

__all__ = ["analysing", "app", "asking", "building", "judging", "run", "showing"]
