"""The README's commands, run: what it shows is what they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kgraph
from kgraph.cli import app

ROOT = Path(__file__).parent.parent


def examples() -> list[tuple[str, str]]:
    """Each command of the README with the output shown below it, both indented by four spaces."""
    blocks = re.findall(r"(?m)^    \$ (kgraph .*)\n((?:    .*\n)+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    return [(command, re.sub(r"(?m)^    ", "", shown)) for command, shown in blocks]


def pattern(shown: str) -> re.Pattern[str]:
    """What is shown, with anything in place of "…" and any width of columns."""
    parts = [re.escape(" ".join(part.split())).replace(r"\ ", r"\s+") for part in shown.strip().split("…")]
    return re.compile(r"\s*" + r".*?".join(parts), re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as `make demo` leaves the checkout."""
    root = tmp_path_factory.mktemp("demo")
    (root / "out").mkdir()
    kgraph.build(ROOT / "seeds", output=root / "out" / "graph.trig", with_text=True)
    return root


@pytest.mark.parametrize(("command", "shown"), examples(), ids=lambda value: value[:50])
def test_the_readme_shows_what_a_command_prints(command: str, shown: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(app, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    assert pattern(shown).match(result.output), result.output
