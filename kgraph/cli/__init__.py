"""The command line: typer commands that parse, make one library call and print.

Each module registers its commands with `app`; their order here is the order of `kgraph --help`.
"""

from kgraph.cli.commands import building, querying, analysis, curation, presentation  # isort: skip
from kgraph.cli.app import app, run

__all__ = ["analysis", "app", "building", "curation", "presentation", "querying", "run"]
