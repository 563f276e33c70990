"""Reconciliation against a small real server of the protocol."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs

import pytest

from kgraph.errors import ServiceError
from kgraph.linking import apply_matches, reconcile
from kgraph.model import AppearanceKey, Entity, EntityId, EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

THINGS = {
    "Acme": [("Q1", "Acme Corporation", 97.5, True), ("Q2", "Acme Township", 40, False)],
    "Nordhaven": [("Q3", "Nordhaven", 71, False)],
}


class Service(BaseHTTPRequestHandler):
    """A service whose manifest says Wikidata's identifiers."""

    log: ClassVar[list[list[str]]] = []

    def do_GET(self) -> None:
        self._answer({"versions": ["0.2"], "name": "Test", "identifierSpace": "http://www.wikidata.org/entity/", "schemaSpace": "x"})

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        queries = json.loads(form["queries"][0])
        self.log.append([q["query"] for q in queries.values()])
        self._answer({name: {"result": self._find(query)} for name, query in queries.items()})

    def _find(self, query: dict[str, object]) -> list[dict[str, object]]:
        assert query["type"] == "Q43229"
        found = THINGS.get(str(query["query"]), [])
        return [{"id": i, "name": n, "score": s, "match": m, "type": [{"id": "Q43229", "name": "organization"}]} for i, n, s, m in found]

    def _answer(self, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[str]:
    Service.log = []
    with HTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def entity(label: str, count: int = 1, same_as: tuple[str, ...] = ()) -> Entity:
    keys = tuple(AppearanceKey(f"{label}{i}-e0") for i in range(count))
    return Entity(id=EntityId(label), type=EntityType.ORGANIZATION, label=label, names=(label,), appearances=keys, same_as=same_as)


def test_only_what_the_service_is_sure_of_becomes_a_link(service: str) -> None:
    entities = [entity("Acme"), entity("Nordhaven")]
    matches = reconcile(entities, service)
    assert [(m.entity, m.iri.rsplit("/", 1)[-1], m.sure) for m in matches] == [
        ("Acme", "Q1", True),
        ("Acme", "Q2", False),
        ("Nordhaven", "Q3", False),
    ]
    assert [e.same_as for e in apply_matches(entities, matches)] == [("http://www.wikidata.org/entity/Q1",), ()]


def test_queries_are_sent_in_batches_and_up_to_the_limit(service: str) -> None:
    reconcile([entity(f"Thing {i:02}") for i in range(60)], service, limit=45)
    assert [len(batch) for batch in Service.log] == [20, 20, 5]


def test_what_is_named_most_is_asked_first_and_known_things_never(service: str) -> None:
    reconcile([entity("Acme"), entity("Nordhaven", 3), entity("Known", 9, ("http://x.org/1",))], service, limit=1)
    assert Service.log == [["Nordhaven"]]


def test_answers_are_kept_in_the_cache(service: str, tmp_path: Path) -> None:
    cache = tmp_path / "answers.json"
    first = reconcile([entity("Acme"), entity("Nordhaven")], service, cache=cache)
    assert reconcile([entity("Acme"), entity("Nordhaven")], service, cache=cache) == first
    assert len(Service.log) == 1


@pytest.mark.parametrize(
    ("answer", "cause"),
    [(b"<html>", "not JSON"), (b"[]", "not one of the reconciliation protocol"), (b'{"q0": {}}', "not one of the reconciliation protocol")],
)
def test_a_service_that_speaks_something_else_is_named(answer: bytes, cause: str) -> None:
    with pytest.raises(ServiceError, match=f"http://x.org/: .*{cause}"):
        reconcile([entity("Acme")], "http://x.org/", opener=lambda _, __: answer)


def test_a_service_that_is_away_is_named() -> None:
    def away(_: str, __: bytes | None) -> bytes:
        raise OSError(111, "Connection refused")

    with pytest.raises(ServiceError, match="Connection refused"):
        reconcile([entity("Acme")], "http://x.org/", opener=away)


def test_only_web_addresses_are_opened() -> None:
    with pytest.raises(ServiceError, match="begins with http"):
        reconcile([entity("Acme")], "file:///etc/hosts")
