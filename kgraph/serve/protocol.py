"""The SPARQL 1.1 Protocol: queries by GET and by both kinds of POST, updates where they are allowed; and its graphs, to be read.

Answers come in the form that `Accept` asks for; every error is one line of plain text.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from kgraph.errors import GraphError, QueryError
from kgraph.serve.description import description
from kgraph.serve.negotiation import GRAPHS, RESULTS, in_order
from kgraph.serve.pool import Busy, Ended, TooSlow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from kgraph.serve.pool import Workers

__all__ = ["Protocol", "Refused", "body_of", "line", "response"]

log = logging.getLogger(__name__)

_LARGEST = 1_000_000
_ONE_OF = ("query", "update")
_STATUSES: dict[type[Exception], int] = {TooSlow: 503, Ended: 503, Busy: 503, QueryError: 400, GraphError: 500}
_DATASET = {"default-graph-uri": "default", "named-graph-uri": "named"}
"""Parameters that choose the graphs of a query."""
_USING = ("using-graph-uri", "using-named-graph-uri")


class Refused(Exception):
    """A request that gets an error status and one line of text."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


def line(status: int, text: str) -> Response:
    """An answer of one line."""
    return PlainTextResponse(" ".join(text.split()) + "\n", status_code=status, headers={"Vary": "Accept"})


async def body_of(request: Request) -> str:
    """The body as text, if it is not too long."""
    found = b""
    async for chunk in request.stream():
        found += chunk
        if len(found) > _LARGEST:
            raise Refused(413, f"the request is longer than {_LARGEST:,} bytes")
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "the request is not UTF-8") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The endpoint over some query processes."""

    workers: Workers
    limit: int
    writable: bool
    origins: tuple[str, ...]
    """Other sites whose pages may send updates."""

    async def __call__(self, request: Request) -> Response:
        """Answer one request to the endpoint."""
        return await self._refusing(self._performed, request)

    async def store(self, request: Request) -> Response:
        """One graph, `?default` or `?graph=IRI`, as the Graph Store Protocol has it; graphs are only read."""
        return await self._refusing(self._graph, request)

    async def _refusing(self, perform: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
        """What comes of a request, or the one line that says why nothing does."""
        try:
            return await perform(request)
        except Refused as error:
            return line(error.status, error.text)
        except (QueryError, GraphError) as error:
            status = next(status for kind_of, status in _STATUSES.items() if isinstance(error, kind_of))
            answer = line(status, str(error))
            if isinstance(error, Busy):
                answer.headers["Retry-After"] = "5"
            return answer

    async def _performed(self, request: Request) -> Response:
        if request.method != "POST" and not request.url.query:
            return self._description(request)
        parameters = await self._parameters(request)
        given = [(name, text) for name in _ONE_OF for text in parameters.get(name, [])]
        if len(given) != 1:
            raise Refused(400, "give exactly one query or update")
        kind, text = given[0]
        dataset = {side: graphs for name, side in _DATASET.items() if (graphs := list(filter(None, parameters.get(name, []))))}
        if any(any(parameters.get(name, ())) for name in _USING) or (dataset and kind == "update"):  # forms send empty ones along
            raise Refused(400, "the graphs of an update are chosen in the update, with USING or WITH")
        return await (self._update(request, text) if kind == "update" else self._query(request, text, dataset))

    @staticmethod
    async def _parameters(request: Request) -> dict[str, list[str]]:
        """What is asked, as the parameters that GET has for it."""
        parameters = parse_qs(request.url.query, keep_blank_values=True)
        if request.method == "POST":
            kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
            body = await body_of(request)
            if kind == "application/x-www-form-urlencoded":
                if any(name in parameters for name in _ONE_OF):
                    raise Refused(400, "with a form, query and update belong in the body")
                parameters |= parse_qs(body, keep_blank_values=True)
            elif kind in ("application/sparql-query", "application/sparql-update"):
                parameters[kind.removeprefix("application/sparql-")] = [body]
            else:
                raise Refused(415, "POST a form, application/sparql-query or application/sparql-update")
        elif "update" in parameters:
            raise Refused(400, "an update must be a POST")
        return parameters

    def _description(self, request: Request) -> Response:
        """What this endpoint can do, as SPARQL 1.1 Service Description has it."""
        for form in in_order(request.headers.get("accept"), GRAPHS):
            text = description(str(request.url), writable=self.writable).serialise(form.name)
            return response({"kind": "graphs", "form": form.name, "text": text})
        raise Refused(400, "give exactly one query or update")

    async def _query(self, request: Request, text: str, dataset: dict[str, list[str]]) -> Response:
        accept = request.headers.get("accept")
        results, graphs = in_order(accept, RESULTS), in_order(accept, GRAPHS)
        if not results and not graphs:
            known = ", ".join(form.media_types[0] for form in (*RESULTS, *GRAPHS))
            raise Refused(406, f"this is offered in {known}")
        wanted = {"query": text, "limit": self.limit, "results": [form.name for form in results], "graphs": [form.name for form in graphs]}
        if dataset:
            wanted["dataset"] = dataset
        return response(await run_in_threadpool(self.workers.ask, wanted))

    async def _graph(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            raise Refused(403, "graphs are only read here; write to the file or folder that is served")
        parameters = request.query_params.multi_items()
        if len(parameters) != 1 or parameters[0][0] not in ("default", "graph"):
            raise Refused(400, "name one graph: ?default or ?graph=IRI")
        forms = [form.name for form in in_order(request.headers.get("accept"), GRAPHS)]
        name = parameters[0][1] if parameters[0][0] == "graph" else None
        return response(await run_in_threadpool(self.workers.ask, {"graph": name, "graphs": forms}))

    async def _update(self, request: Request, text: str) -> Response:
        if not self.writable:
            raise Refused(403, "this server is read-only; start it with --writable")
        origin = request.headers.get("origin")
        if origin is not None and origin not in self.origins and urlsplit(origin).netloc != request.headers.get("host"):
            raise Refused(403, f"pages of {origin} may not change this graph")
        await run_in_threadpool(self.workers.ask, {"update": text})
        log.info("updated by %s", request.client.host if request.client else "unknown")
        return Response(status_code=204)


def response(answer: dict[str, Any]) -> Response:
    """What a query process answered, in the form that it chose."""
    if answer["kind"] == "nothing":
        return line(404, "no graph of that name")
    forms = RESULTS if answer["kind"] == "results" else GRAPHS
    if answer["form"] is None:
        return line(406, answer["text"] or "this answer is offered in " + ", ".join(form.media_types[0] for form in forms))
    form = next(form for form in forms if form.name == answer["form"])
    return Response(answer["text"], headers={"Content-Type": form.header, "Vary": "Accept"})
