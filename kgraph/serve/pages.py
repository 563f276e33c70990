"""The pages of the server: start, one thing, the query editor; and the addresses of everything in the graph."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from kgraph import export, graph
from kgraph.export.disputes import differing
from kgraph.export.palette import SHAPES, TYPE_WORDS, coloured
from kgraph.export.wording.sentences import predicate_words
from kgraph.graph.rdf.iris import ROOMS, Names
from kgraph.model import EntityId
from kgraph.serve.cards import Card, card, differences, pieces
from kgraph.serve.negotiation import GRAPHS, choose, in_order
from kgraph.serve.protocol import line, response

if TYPE_CHECKING:
    from starlette.requests import Request

    from kgraph.choices import ThemeName
    from kgraph.serve.negotiation import Form
    from kgraph.serve.pool import Workers
    from kgraph.serve.source import Served, Source

__all__ = ["Pages"]

_templates = Environment(
    loader=PackageLoader("kgraph.serve"), autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True
)
_DIFFERENCES = 12
"""Disagreements on the start page."""
_TYPES = {".css": "text/css", ".js": "text/javascript"}
_NAMED = {
    "html": "text/html",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "nquads": "application/n-triples",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "json": "application/ld+json",
    "xml": "application/rdf+xml",
}
"""Names of forms, those of `kgraph export` and of `kgraph query` among them; without graphs, N-Quads are N-Triples."""
_RDF = {
    graph.RdfFormat.TRIG: (".trig", "application/trig"),
    graph.RdfFormat.TURTLE: (".ttl", "text/turtle"),
    graph.RdfFormat.NQUADS: (".nq", "application/n-quads"),
    graph.RdfFormat.JSONLD: (".jsonld", "application/ld+json"),
    graph.RdfFormat.TURTLE12: (".ttl", "text/turtle"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """All pages over one graph."""

    source: Source
    workers: Workers
    namespace: str
    limit: int
    writable: bool

    def _page(self, name: str, *, status: int = 200, **values: Any) -> Response:
        """A template with values; what comes from articles is escaped by the template engine."""
        page = _templates.get_template(name).render(address=self._address, shapes=SHAPES, **values)
        return HTMLResponse(page, status_code=status, headers={"Vary": "Accept"})

    def _address(self, key: str) -> str:
        return "/id/" + quote(key, safe="")

    async def start(self, _: Request) -> Response:
        """Counts, search, the highest-ranked things, disagreements, downloads."""
        served = await run_in_threadpool(self.source.now)
        return await run_in_threadpool(self._start, served)

    def _start(self, served: Served) -> Response:
        known = served.knowledge
        counts = {"articles": len(known.articles), "claims": len(known.claims), "facts": len(known.facts), "things": len(known.entities)}
        found = differences(served, differing(known.disagreements)[:_DIFFERENCES])
        rdf = [(form.value, form.value, "RDF") for form in graph.RdfFormat]
        others = [(name, form.suffix, form.description) for name, form in export.FORMATS.items()]
        return self._page("start.html", counts=counts, things=served.ranked[:24], words=TYPE_WORDS, differing=found, downloads=rdf + others)

    async def explore(self, _: Request) -> Response:
        """The explorer; it brings a content security policy of its own."""
        served = await run_in_threadpool(self.source.now)
        return HTMLResponse(await run_in_threadpool(lambda: served.explorer))

    async def search(self, request: Request) -> Response:
        """Things by name, for the box that searches as one types."""
        served = await run_in_threadpool(self.source.now)
        found = await run_in_threadpool(served.search, request.query_params.get("q", "")[:200])
        return JSONResponse(
            [
                {
                    "label": each.label,
                    "word": TYPE_WORDS[each.type],
                    "address": self._address(each.id),
                    "facts": len(served.facts_of[each.id]),
                }
                for each in found
            ]
        )

    async def editor(self, _: Request) -> Response:
        """The query editor with the stored queries as examples."""
        examples = [{"name": each.name, "description": each.description, "text": each.text.strip()} for each in graph.stored_queries()]
        return self._page("editor.html", examples=examples, limit=self.limit, prefixes=graph.query_prefixes(self.source.settings))

    async def thing(self, request: Request) -> Response:
        """Whatever has an IRI in this graph: as a page or as RDF, as `Accept` (or `?format=`) asks."""
        room, key = _place(request.scope["raw_path"].decode().removeprefix("/id/"))
        named = request.query_params.get("format")
        accept = _NAMED.get(named, named) if named else request.headers.get("accept")
        wanted = choose(accept, ["text/html", *(form.media_types[0] for form in GRAPHS)])
        if wanted is None:
            return line(
                406, "this is offered in text/html, " + ", ".join(form.media_types[0] for form in GRAPHS) + f"; or {', '.join(_NAMED)}"
            )
        if wanted != "text/html":
            return await self._rdf(room, key, in_order(accept, GRAPHS))
        served = await run_in_threadpool(self.source.now)
        merged = {old: entity.id for entity in served.knowledge.entities for old in entity.replaces} if room is None else {}
        if key in merged:
            return RedirectResponse(self._address(merged[EntityId(key)]), status_code=301)
        page = await run_in_threadpool(self._html, served, room, key)
        return page or await self._resource(room, key)

    def _html(self, served: Served, room: str | None, key: str) -> Response | None:
        """The page of a thing, a fact, a claim or an article; None for what has no page of its own."""
        if room is None and key in served.entities:
            entity = served.entities[key]
            groups: dict[str, list[Card]] = defaultdict(list)
            for each in served.facts_of[key]:
                groups[predicate_words(each.predicate, served.ontology)].append(card(served, each))
            return self._page("thing.html", entity=entity, word=TYPE_WORDS[entity.type], groups=dict(sorted(groups.items())))
        if room == "fact" and (fact := served.facts.get(key)):
            found = differing(each for each in served.knowledge.disagreements if fact.id in each.facts)
            return self._page("fact.html", card=card(served, fact), differing=differences(served, found))
        if room == "claim" and (supported := served.fact_of.get(key)):
            return RedirectResponse(f"/id/fact/{quote(supported.id, safe='')}", status_code=303)
        if room == "src" and (article := served.articles.get(key)):
            return self._page("article.html", article=article, pieces=pieces(served, article))
        return None

    async def _resource(self, room: str | None, key: str) -> Response:
        """Anything else, as the triples that describe it."""
        answer = await self._triples(room, key, ["ttl"])
        if answer is None:
            return self._page("missing.html", status=404, key=key)
        return self._page("resource.html", key=key, iri=self._iri(room, key), turtle=answer["text"])

    async def _rdf(self, room: str | None, key: str, forms: list[Form]) -> Response:
        answer = await self._triples(room, key, [form.name for form in forms])
        return line(404, f"{key}: nothing by that name in this graph") if answer is None else response(answer)

    def _iri(self, room: str | None, key: str) -> str:
        names = Names(namespace=self.namespace)
        return (names.node(room, key) if room else names.entity(key)).value

    async def _triples(self, room: str | None, key: str, forms: list[str]) -> dict[str, Any] | None:
        """A query process's answer with what the graph says of a node, and the facts that it is an end of; None where it says nothing."""
        iri = f"<{self._iri(room, key)}>"
        query = (
            f"CONSTRUCT {{ {iri} ?p ?o . ?fact ?q ?r }} WHERE {{ {{ {iri} ?p ?o }} UNION "
            f"{{ ?fact rdf:subject|rdf:object {iri} ; a kg:Fact ; ?q ?r }} }}"
        )
        wanted = {"query": query, "limit": self.limit, "results": [], "graphs": forms}
        known = {"query": f"ASK {{ {iri} ?p ?o }}", "limit": 1, "results": ["json"], "graphs": []}
        if not json.loads((await run_in_threadpool(self.workers.ask, known))["text"])["boolean"]:
            return None
        return await run_in_threadpool(self.workers.ask, wanted)

    async def picture(self, request: Request) -> Response:
        """What surrounds one thing, as SVG."""
        served = await run_in_threadpool(self.source.now)
        name = unquote(request.scope["raw_path"].decode().removeprefix("/picture/"))
        key = name.removesuffix(".svg")
        if key not in served.entities and (other := key.rpartition(".")[0]) in served.entities:
            return line(404, f"{name}: pictures are served as SVG only, here as {other}.svg")
        if key not in served.entities:
            return line(404, f"{key}: nothing by that name in this graph")
        theme: ThemeName = "dark" if request.query_params.get("theme") == "dark" else "light"
        return Response(await run_in_threadpool(served.picture, key, theme), media_type="image/svg+xml")

    async def download(self, request: Request) -> Response:
        """The whole graph in one of the formats."""
        name = request.path_params["name"]
        served = await run_in_threadpool(self.source.now)
        if name in set(graph.RdfFormat):
            suffix, media_type = _RDF[graph.RdfFormat(name)]
        elif name in export.FORMATS:
            suffix, media_type = export.FORMATS[name].suffix, export.FORMATS[name].media_type
        else:
            return line(404, f"{name}: no such format; the start page lists them")
        content = await run_in_threadpool(served.graph.export, name)
        return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="graph{suffix}"'})

    async def asset(self, request: Request) -> Response:
        """Style and scripts."""
        name = request.path_params["name"]
        known = {each.name: each for each in (files("kgraph.serve") / "assets").iterdir()}
        if name not in known:
            return line(404, f"{name}: no such file")
        return Response(coloured(known[name].read_text(encoding="utf-8")), media_type=_TYPES[name[name.rindex(".") :]])


def _place(path: str) -> tuple[str | None, str]:
    """The room and the identifier that the rest of an address names; no room is a thing's."""
    head, slash, rest = path.partition("/")
    room = next((room for room, place in ROOMS.items() if place == head + slash), None)
    return room, unquote(rest if room else path)
