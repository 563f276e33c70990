"""Opens a graph, or the part of it that the view options ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import kgraph
from kgraph.cli.output import note
from kgraph.model import Status
from kgraph.settings import load

__all__ = ["opened", "viewed"]


def opened(graph: str, config: Path | None) -> kgraph.Graph:
    """The whole graph."""
    return kgraph.Graph.load(graph, settings=load(config))


def viewed(graph: str, config: Path | None, statuses: Sequence[Status] | None, as_of: dt.date | None) -> kgraph.Graph:
    """The graph as known on a day, with only the facts of some statuses; says how many articles have no date for that."""
    view = opened(graph, config)
    if as_of is not None:
        undated = sum(article.date is None for article in view.knowledge.articles)
        if undated:
            note(f"{undated:,} of {len(view.knowledge.articles):,} articles have no date and are left out")
        view = view.as_of(as_of)
    return view.with_status(*statuses) if statuses else view
