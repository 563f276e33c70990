"""Reconciliation against a small real server of the protocol."""

from __future__ import annotations

import json
import threading
from http.client import IncompleteRead, InvalidURL
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs

import pytest

from kgraph.errors import ServiceError
from kgraph.linking import accept, link, load_catalogue, read_judgements, reconcile, write_judgements
from kgraph.model import Appearance, AppearanceKey, Entity, EntityId, EntityType, Judgement

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


def test_only_what_the_service_is_sure_of_is_accepted(service: str, tmp_path: Path) -> None:
    entities = [entity("Acme"), entity("Nordhaven")]
    matches = reconcile(entities, service)
    assert [(m.entity, m.iri.rsplit("/", 1)[-1], m.sure) for m in matches] == [
        ("Acme", "Q1", True),
        ("Acme", "Q2", False),
        ("Nordhaven", "Q3", False),
    ]
    accepted = accept((), matches)
    assert [(j.left, j.right, j.decision, j.why) for j in accepted] == [
        ("Acme", "http://www.wikidata.org/entity/Q1", "yes", "Acme Corporation")
    ]
    assert accept(accepted, matches) == accepted
    write_judgements(tmp_path / "judgements.tsv", accepted)
    assert read_judgements(tmp_path / "judgements.tsv") == accepted


def test_an_accepted_match_links_the_thing_outwards_and_a_no_unlinks_it() -> None:
    named = Appearance(
        article="a1", key=AppearanceKey("a1-e0"), type=EntityType.ORGANIZATION, name="Nordhaven", names=("Nordhaven",), start=0
    )
    there = "http://www.wikidata.org/entity/Q3"
    yes, no = (Judgement(left="Nordhaven", right=there, decision=decision, by="user", why="") for decision in ("yes", "no"))

    def same_as(*judgements: Judgement) -> tuple[str, ...]:
        (entity,) = link([named], [], catalogue=load_catalogue(()), judgements=judgements).entities
        return entity.same_as

    assert same_as(yes) == (there,)
    assert same_as(no) == ()


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


@pytest.mark.parametrize("error", [InvalidURL("a space in it"), IncompleteRead(b"{")])
def test_a_service_that_breaks_off_is_named(error: Exception) -> None:
    def breaks_off(_: str, __: bytes | None) -> bytes:
        raise error

    with pytest.raises(ServiceError, match=r"http://x\.org/"):
        reconcile([entity("Acme")], "http://x.org/", opener=breaks_off)


def test_an_address_that_is_none_is_named() -> None:
    with pytest.raises(ServiceError, match=r"http://\[x"):
        reconcile([entity("Acme")], "http://[x")


def test_a_cache_that_cannot_be_written_is_named_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    cache = tmp_path / "answers.json"

    def opener(_: str, __: bytes | None) -> bytes:
        cache.mkdir(exist_ok=True)  # in the way of the file
        return b'{"q0": {"result": []}}'

    with pytest.raises(ServiceError, match=r"answers\.json: "):
        reconcile([entity("Acme")], "http://x.org/", opener=opener, cache=cache)
    assert list(tmp_path.iterdir()) == [cache]


def test_only_web_addresses_are_opened() -> None:
    with pytest.raises(ServiceError, match="begins with http"):
        reconcile([entity("Acme")], "file:///etc/hosts")
