"""A process that answers queries, one JSON line each, and that can be killed: `python -m kgraph.serve.worker TARGET NAMESPACE ONTOLOGY…`.

Oxigraph cannot be interrupted, so a query that takes too long ends with its process. A request is

    {"query": "SELECT …", "limit": 1000, "seconds": 30, "results": ["json"], "graphs": ["ttl"]}, perhaps with
        "dataset": {"default": ["https://…"], "named": []}, the graphs to ask in place of those that the query names
    {"graph": "https://…" or null for the default graph, "seconds": 30, "graphs": ["nt"]}     or     {"update": "…", "seconds": 30}

and its answer, after a first line of kind "ready", one of

    {"kind": "results", "form": "json", "text": "…"}     {"kind": "done"}     {"kind": "nothing"} where no graph has the name
    {"error": "one line", "fault": "query", "store" or "bug"}
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import traceback
from pathlib import Path
from typing import Any, TextIO

import pyoxigraph as ox

from kgraph.errors import KgraphError, QueryError
from kgraph.graph import Store, open_store, query_prefixes
from kgraph.graph.sparql.answers import Answer, Dataset, refuse_service
from kgraph.settings import Settings

__all__ = ["main", "perform"]

_LOAD = re.compile(r"\bLOAD\s+(SILENT\s+)?[<\w]", re.IGNORECASE)


def main(target: str, settings: Settings, requests: TextIO, answers: TextIO) -> None:
    """Answer until the requests end."""
    store = open_store(target, settings)
    _tell(answers, _answered(store, {"query": "ASK {}", "limit": 1, "results": ["json"], "graphs": []}, settings) | {"kind": "ready"})
    for line in requests:
        request = json.loads(line)
        deadline = threading.Timer(request["seconds"] + 1.0, os._exit, (1,))
        deadline.daemon = True
        deadline.start()
        answer = _answered(store, request, settings)
        deadline.cancel()
        _tell(answers, answer)


def _tell(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _answered(store: Store, request: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """What came of a request, errors included."""
    try:
        return perform(store, request, settings)
    except QueryError as error:
        return {"error": str(error), "fault": "query"}
    except KgraphError as error:
        return {"error": str(error), "fault": "store"}
    except Exception:  # noqa: BLE001 - it is reported to the process that asked
        return {"error": traceback.format_exc(), "fault": "bug"}


def perform(store: Store, request: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """One query, update or reading of a graph. Raises `QueryError` or `GraphError`."""
    if "update" in request:
        _update(store, request["update"], settings)
        return {"kind": "done"}
    if "graph" in request:
        answer = _graph(store, request["graph"], settings)
        if not answer.triples and request["graph"] is not None:
            return {"kind": "nothing"}
    else:
        chosen = request.get("dataset")
        dataset = Dataset(**{side: tuple(graphs) for side, graphs in chosen.items()}) if chosen else None
        answer = store.query(request["query"], limit=request["limit"], dataset=dataset)
    kind, forms = ("graphs", request["graphs"]) if answer.triples is not None else ("results", request["results"])
    refused = ""
    for form in forms:
        try:
            return {"kind": kind, "form": form, "text": answer.serialise(form)}
        except QueryError as error:
            refused = str(error)
    return {"kind": kind, "form": None, "text": refused}


def _graph(store: Store, name: str | None, settings: Settings) -> Answer:
    """All triples of one graph."""
    if name is None:  # no query can tell the default graph from the union of all
        triples = {quad.triple for quad in store.quads() if isinstance(quad.graph_name, ox.DefaultGraph)}
        return Answer(namespace=settings.namespace, triples=tuple(sorted(triples, key=str)))
    try:
        graph = ox.NamedNode(name)
    except ValueError as error:
        msg = f"{name}: no IRI of a graph"
        raise QueryError(msg) from error
    return store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")


def _update(store: Store, text: str, settings: Settings) -> None:
    """Change the whole graph or nothing of it; an update may neither reach other servers nor bring in blank nodes."""
    refuse_service(text)
    if _LOAD.search(text):
        msg = "LOAD is not allowed: kgraph asks no other server"
        raise QueryError(msg)
    with store.writing():
        memory = ox.Store()
        memory.extend(store.quads())
        try:
            memory.update(text, prefixes=query_prefixes(settings))
        except (SyntaxError, ValueError, OSError) as error:
            msg = f"the update is wrong: {error}"
            raise QueryError(msg) from error
        quads = list(memory)
        if any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object, quad.graph_name)):
            msg = "the update would bring in blank nodes, which a kgraph graph has none of; name them with IRIs"
            raise QueryError(msg)
        store.write(quads)


if __name__ == "__main__":
    main(sys.argv[1], Settings(namespace=sys.argv[2], ontology=tuple(map(Path, sys.argv[3:]))), sys.stdin, sys.stdout)
