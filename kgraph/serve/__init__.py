"""A graph on a local web server: SPARQL endpoint, explorer, a page and RDF for every IRI."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from kgraph.errors import ExtraMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from starlette.applications import Starlette

    from kgraph.settings import Settings

__all__ = ["app", "run"]


def app(target: str | Path, settings: Settings, *, writable: bool = False, origins: Sequence[str] = (), workers: int = 2) -> Starlette:
    """The server of the graph at `target`, for any ASGI server; see `kgraph.serve.application`.

    Raises `ExtraMissing` without Starlette and uvicorn, `GraphError` where there is no graph.
    """
    _check()
    from kgraph.serve import application

    return application.app(target, settings, writable=writable, origins=origins, workers=workers)


def run(
    target: str | Path,
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int = 7878,
    writable: bool = False,
    origins: Sequence[str] = (),
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve the graph at `target` until interrupted; on this machine only, unless `host` says otherwise.

    `started` is told the address once it can be reached. Raises `ExtraMissing` without Starlette and uvicorn, `GraphError`
    where there is no graph, `SettingsError` where the port is taken.
    """
    _check()
    from kgraph.serve import application

    application.run(target, settings, host=host, port=port, writable=writable, origins=origins, started=started)


def _check() -> None:
    if any(find_spec(name) is None for name in ("starlette", "uvicorn")):
        feature = "The server"
        raise ExtraMissing(feature, "serve")
