"""Puts the server together: routes, request log, headers, lifetime."""

from __future__ import annotations

import logging
import socket
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import Response
from starlette.routing import Route

from kgraph.errors import GraphError, KgraphError, SettingsError
from kgraph.serve.negotiation import GRAPHS, RESULTS, choose
from kgraph.serve.pages import Pages
from kgraph.serve.pool import Workers
from kgraph.serve.protocol import Protocol, line
from kgraph.serve.source import Source

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kgraph.settings import Settings

__all__ = ["app", "run"]

log = logging.getLogger(__name__)

LOCAL = "127.0.0.1"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class _Manners:
    """Logs each request and says on each answer what a browser may do with it."""

    def __init__(self, inner: ASGIApp) -> None:
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                policy = "frame-ancestors 'none'" if scope["path"] == "/explore" else _POLICY
                message["headers"] += [
                    (b"content-security-policy", policy.encode()),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                ]
            await send(message)

        try:
            await self.inner(scope, receive, answer)
        finally:
            taken = (time.perf_counter() - begun) * 1000
            log.info("%s %s %s %d %.0f ms", (scope.get("client") or ("-",))[0], scope["method"], scope["path"], status, taken)


def app(
    target: str | Path,
    settings: Settings,
    *,
    writable: bool = False,
    hosts: Sequence[str] = (LOCAL, "localhost", "[::1]"),
    origins: Sequence[str] = (),
    workers: int = 2,
) -> Starlette:
    """The server of the graph at `target`.

    `hosts` are the names it answers to, so that no other site's name can be pointed at it; `origins` are the
    sites whose pages may read it (none, unless asked). Raises `GraphError` where there is no graph.
    """
    source = Source(target=str(target), settings=settings)
    source.now()
    processes = Workers(target=str(target), settings=settings, count=workers)
    pages = Pages(source=source, workers=processes, namespace=settings.namespace, limit=settings.query_limit, writable=writable)
    protocol = Protocol(workers=processes, limit=settings.query_limit, writable=writable, origins=tuple(origins))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        processes.close()

    middleware = [Middleware(_Manners), Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)]
    if origins:
        middleware.append(
            Middleware(CORSMiddleware, allow_origins=list(origins), allow_methods=["GET", "POST"], allow_headers=["Content-Type"])
        )
    return Starlette(routes=_routes(pages, protocol), middleware=middleware, exception_handlers={KgraphError: _failed}, lifespan=lifespan)


def _routes(pages: Pages, protocol: Protocol) -> list[Route]:
    async def sparql(request: Request) -> Response:
        """The endpoint; a browser gets the editor. Clients of Oxigraph's server, kgraph among them, know it by other paths."""
        wanted = choose(request.headers.get("accept"), [*(form.media_types[0] for form in (*RESULTS, *GRAPHS)), "text/html"])
        return await (pages.editor if request.method in ("GET", "HEAD") and wanted == "text/html" else protocol)(request)

    return [
        Route("/", pages.start),
        Route("/explore", pages.explore),
        Route("/search", pages.search),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        *(Route(path, protocol.__call__, methods=["GET", "POST"]) for path in ("/query", "/update")),
        Route("/store", protocol.store, methods=["GET", "PUT", "POST", "DELETE"]),
        Route("/id/{path:path}", pages.thing),
        Route("/picture/{path:path}", pages.picture),
        Route("/download/{name}", pages.download),
        Route("/assets/{name}", pages.asset),
        Route("/favicon.ico", _nothing),
    ]


async def _nothing(_: Request) -> Response:
    return Response(status_code=204)


async def _failed(_: Request, error: Exception) -> Response:
    return line(500 if isinstance(error, GraphError) else 400, str(error))


def run(
    target: str | Path,
    settings: Settings,
    *,
    host: str = LOCAL,
    port: int = 7878,
    writable: bool = False,
    origins: Sequence[str] = (),
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve until interrupted. Other machines reach it only where `host` says so; port 0 is any that is free.

    `started` is told the address once it can be reached.
    """
    hosts = (LOCAL, "localhost", "[::1]", host) if host in (LOCAL, "localhost", "::1") else ("*",)
    served = app(target, settings, writable=writable, hosts=hosts, origins=origins)
    with _listening(host, port) as listener:
        if started is not None:
            started(f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/")
        server = uvicorn.Server(uvicorn.Config(served, log_config=None, access_log=False, server_header=False))
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises `SettingsError` where none can."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        cause = str(error.strerror or error).partition(" (while ")[0]  # Python adds the address once more
        raise SettingsError(f"{host}:{port}: cannot be listened on: {cause}") from error
