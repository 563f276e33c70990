"""The example notebook runs from top to bottom."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def test_the_notebook_runs(deal_file, monkeypatch, capsys):
    monkeypatch.setenv("KGRAPH_GRAPH", str(deal_file))
    shown: list[bytes] = []
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(SVG=shown.append))  # Jupyter has it, the tests do not
    cells = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for cell in cells:
        exec(compile("".join(cell["source"]), cell["id"], "exec"), names)  # noqa: S102 - our own notebook
    printed = capsys.readouterr().out
    assert "Meta" in printed
    assert "anchored a third lower" in printed
    assert "Meta is reportedly in talks to invest over $10 billion" in printed
    assert len(shown) == 4
    assert all(picture.startswith(b"<?xml") for picture in shown)


def test_the_notebook_keeps_no_outputs():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]


def test_a_graph_shows_itself(deal_file):
    api = pytest.importorskip("kgraph.api")
    graph = api.Graph.load(deal_file)
    assert "<svg" in graph._repr_html_()
    assert "Best-supported facts" in graph._repr_html_()
