"""kgraph reads from its own server as from a file, and is told why it cannot write there."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

import kgraph
from kgraph.errors import GraphError, QueryError
from kgraph.serve import app
from kgraph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the server is interrupted as POSIX does it")


def started(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kgraph", "serve", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def address(deal_file: Path) -> Iterator[str]:
    server = started(deal_file, "--port", 0)
    assert server.stderr is not None
    yield server.stderr.readline().split()[0]
    server.send_signal(signal.SIGINT)
    server.stderr.close()
    assert server.wait(timeout=30) == 0


def test_what_it_reads_there_is_the_graph(address, deal_file):
    served, kept = kgraph.Graph.load(address), kgraph.Graph.load(deal_file)
    assert served.knowledge == kept.knowledge
    assert served.conflicts() == kept.conflicts()
    assert served.counts() == kept.counts()
    assert served.query("SELECT ?who { ?who kg:investedIn :Scale_AI }") == kept.query("SELECT ?who { ?who kg:investedIn :Scale_AI }")
    assert served.query(name="investors", values={"thing": "Scale AI"}).rows


def test_a_wrong_query_is_called_wrong(address):
    with pytest.raises(QueryError, match="the query is wrong"):
        kgraph.Graph.load(address).query("SELEC")


def test_writing_is_refused_with_the_reason(address, newsroom):
    newsroom.tell("a", "Acme", "investedIn", "Beta", status="completed")
    with pytest.raises(GraphError, match=r"403 .*(only read|read-only)"):
        kgraph.Graph(newsroom.knowledge()).save(address)


def test_a_server_that_cannot_start_says_only_why(deal_file):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = started(deal_file, "--port", port)
        _, told = server.communicate(timeout=60)
    assert server.returncode == 1
    assert told.startswith(f"error: 127.0.0.1:{port}: cannot be listened on: ")
    assert told.count("\n") == 1


@pytest.fixture(scope="module")
def client(deal_file: Path) -> Iterator[TestClient]:
    with TestClient(app(deal_file, Settings(), workers=1), base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize(
    ("status", "says", "method", "query"),
    [
        (400, "name one graph", "GET", {}),
        (400, "no IRI of a graph", "GET", {"graph": "not an IRI"}),
        (404, "no graph of that name", "GET", {"graph": "https://w3id.org/kgraph/id/source/none"}),
        (403, "only read", "PUT", {"default": ""}),
        (403, "only read", "DELETE", {"graph": "https://w3id.org/kgraph/id/source/a1"}),
    ],
)
def test_graphs_are_read_one_by_one(client, status, says, method, query):
    answer = client.request(method, "/store", params=query)
    assert (answer.status_code, answer.text.count("\n")) == (status, 1)
    assert says in answer.text


def test_a_store_that_cannot_be_read_is_the_servers_fault_and_not_the_querys(deal_file, tmp_path):
    kgraph.Graph.load(deal_file).save(tmp_path / "graph.kg")
    with TestClient(app(tmp_path / "graph.kg", Settings(), workers=1), base_url="http://127.0.0.1") as client:
        current = (tmp_path / "graph.kg" / "CURRENT").rename(tmp_path / "away")
        answer = client.get("/sparql", params={"query": "ASK {}"})
        assert (answer.status_code, answer.text.count("\n")) == (500, 1)
        assert "graph.kg: there is no graph here" in answer.text
        current.rename(tmp_path / "graph.kg" / "CURRENT")
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
