"""The example notebook runs from top to bottom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def test_the_notebook_runs(deal_file, monkeypatch, capsys):
    monkeypatch.setenv("KGRAPH_GRAPH", str(deal_file))
    cells = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for cell in cells:
        exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # noqa: S102 - our own notebook
    printed = capsys.readouterr().out
    assert "Meta" in printed
    assert "anchored a third lower" in printed
    assert names["picture"].startswith(b"<?xml")


def test_the_notebook_keeps_no_outputs():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]


def test_a_graph_shows_itself(deal_file):
    api = pytest.importorskip("kgraph.api")
    graph = api.Graph.load(deal_file)
    assert "<svg" in graph._repr_html_()
    assert "Best-supported facts" in graph._repr_html_()
