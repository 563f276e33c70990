"""Clients that are not ours: SPARQLWrapper, rdflib, and a browser."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import rdflib
import uvicorn
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kgraph.export import explorer
from kgraph.serve import app
from kgraph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = "PREFIX kg: <https://w3id.org/kgraph/ontology#>\n"


@pytest.fixture(scope="module")
def address(deal_file: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app(deal_file, Settings(), workers=1), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=20)


def test_sparqlwrapper_gets_rows_and_triples(address):
    wrapper = pytest.importorskip("SPARQLWrapper")
    for method in (wrapper.GET, wrapper.POST):
        client = wrapper.SPARQLWrapper(f"{address}/sparql")
        client.setMethod(method)
        client.setReturnFormat(wrapper.JSON)
        client.setQuery(PREFIX + "SELECT ?s WHERE { ?s kg:investedIn ?o }")
        assert len(client.queryAndConvert()["results"]["bindings"]) == 3
    client.setQuery(PREFIX + "CONSTRUCT WHERE { ?s kg:investedIn ?o }")
    client.setReturnFormat(wrapper.TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == 3


def test_rdflib_reads_it_as_a_store(address):
    store = rdflib.Graph(SPARQLStore(f"{address}/sparql"))
    kg = rdflib.Namespace("https://w3id.org/kgraph/ontology#")
    assert {str(s).rsplit("/", 1)[-1] for s in store.subjects(kg.investedIn)} == {"Amazon", "Meta", "Nvidia"}


@pytest.mark.browser
def test_a_browser_explores_the_file(page, tmp_path, deal_knowledge, ontology):
    path = tmp_path / "graph.html"
    path.write_text(explorer(deal_knowledge, ontology), encoding="utf-8")
    page.open(path.as_uri())
    page.script("const box = document.getElementById('search'); box.value = 'wang'; box.dispatchEvent(new Event('input'))")
    page.until("document.querySelectorAll('#results button').length === 1")
    page.script("document.querySelector('#results button').click()")
    page.until("document.querySelector('#details h2').textContent.includes('Alexandr Wang')")
    page.until("/^Alexandr Wang: \\d+ facts?$/.test(document.getElementById('announced').textContent)")
    page.script("document.activeElement.blur(); document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))")
    page.until("document.querySelector('#details h2').textContent === 'Facts'")
    found = False
    box = page.script(
        "(({left, top, width, height}) => ({left, top, width, height}))(document.getElementById('canvas').getBoundingClientRect())"
    )
    for share in range(5, 95, 3):
        page.click(box["left"] + box["width"] * share / 100, box["top"] + box["height"] * 0.62)
        if "→" in page.script("document.querySelector('#details h2').textContent"):
            found = True
            break
    assert found, "no edge was hit on a line across the graph"
    assert page.script("document.querySelector('#details mark').textContent.length") > 10
    page.script("document.querySelector('#details blockquote button').click()")
    page.until("document.getElementById('article').open")
    assert page.script("document.querySelector('#article-text mark').textContent") == page.script(
        "document.querySelector('#details mark').textContent"
    )
    assert page.complaints == []
    assert page.requests == [path.as_uri()]


@pytest.mark.browser
def test_a_browser_searches_reads_and_asks_the_server(page, address):
    page.open(f"{address}/")
    page.script("const box = document.getElementById('find'); box.focus(); box.value = 'scale'; box.dispatchEvent(new Event('input'))")
    page.until("document.querySelector('#found li')")
    page.script("document.getElementById('finder').requestSubmit()")
    page.until("location.pathname === '/id/Scale_AI' && document.querySelector('blockquote')")
    page.open(f"{address}/sparql")
    page.script("document.getElementById('run').click()")
    page.until("document.querySelectorAll('#table tbody tr').length >= 3")
    page.open(f"{address}/explore#Scale_AI")
    page.until("document.querySelector('#details h2').textContent.includes('Scale AI')")
    assert page.complaints == []
    assert all(url.startswith((f"{address}/", "data:")) for url in page.requests)


@pytest.mark.browser
def test_hostile_texts_do_nothing_in_a_browser(page, tmp_path, deal_knowledge, ontology):
    attacks = (
        "</script><script>window.hurt = 1</script>",
        '"><img src=x onerror="window.hurt = 1">',
        "<svg onload=window.hurt=1>",
        "javascript:window.hurt=1",
        "{{data}} ${window.hurt = 1} \u2028 \u202etfel",
    )
    entities = tuple(replace(each, label=f"{attacks[number % 5]} {each.id}") for number, each in enumerate(deal_knowledge.entities))
    articles = tuple(
        replace(each, title=attacks[number], publisher=attacks[number], url=attacks[3], text=f"{attacks[number]} {each.text}", sha256="")
        for number, each in enumerate(deal_knowledge.articles)
    )
    known = replace(deal_knowledge, entities=entities, articles=articles)
    path = tmp_path / "hostile.html"
    path.write_text(explorer(known, ontology, title=attacks[0]), encoding="utf-8")
    page.open(path.as_uri())
    buttons = page.script("document.querySelectorAll('#results button').length")
    assert buttons == len(entities)
    for number in range(buttons):
        page.script(f"document.querySelectorAll('#results button')[{number}].click()")
        page.script("document.querySelector('#details blockquote button').click()")
        page.script("document.getElementById('article').close()")
    assert page.script("typeof window.hurt") == "undefined"
    assert page.script("document.title") == attacks[0]
    assert page.complaints == []
    assert page.requests == [path.as_uri()]
