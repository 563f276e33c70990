"""Writes docs/reference.md from the commands' own help; `--check` fails where the page is out of date."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ |= {"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"}

from typer.main import get_command
from typer.testing import CliRunner

from kgraph.cli import app

PAGE = Path(__file__).with_name("reference.md")


def page() -> str:
    """The whole page: one section for each command, in the order of `kgraph --help`."""
    runner = CliRunner()
    names = list(getattr(get_command(app), "commands", {}))
    parts = ["# Command reference\n\nWritten by `make docs` from each command's `--help`.\n"]
    for name in ["", *names]:
        shown = runner.invoke(app, [*([name] if name else []), "--help"], prog_name="kgraph").output
        lines = "\n".join(line.rstrip() for line in shown.strip().splitlines())
        parts.append(f"## kgraph {name}".rstrip() + f"\n\n```text\n{lines}\n```\n")
    return "\n".join(parts)


def main() -> int:
    """Write or check; the exit code is 1 where `--check` finds a difference."""
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    sys.stderr.write("docs/reference.md is out of date: run make docs\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
