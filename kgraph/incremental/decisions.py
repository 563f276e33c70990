"""The user's merge decisions on a graph: those of the settings, and those kept beside the graph."""

from __future__ import annotations

from pathlib import Path

from kgraph import linking
from kgraph.model import Judgement
from kgraph.settings import Settings

__all__ = ["judgement_file", "user_judgements"]


def user_judgements(target: str | Path | None, settings: Settings) -> tuple[Judgement, ...]:
    """The decisions that hold for the graph at `target`; raises `JudgementError` where a file of them is wrong."""
    paths = [*settings.judgements]
    if target is not None and (beside := judgement_file(target)) is not None:
        former = beside.with_name(f"{Path(target).stem}.judgements.tsv")  # its name before, which graph.trig and graph.kg shared
        paths += [path for path in (beside, former) if path.exists()][:1]
    return tuple(judgement for path in paths for judgement in linking.read_judgements(path))


def judgement_file(target: str | Path) -> Path | None:
    """Where the decisions on a graph are kept: `graph.trig.judgements.tsv` beside `graph.trig`; None for a server."""
    if str(target).startswith(("http://", "https://")):
        return None
    path = Path(target)
    return path.with_name(f"{path.name}.judgements.tsv")
