"""A real browser, where the machine has one, driven through the DevTools protocol."""

from __future__ import annotations

import base64
import importlib.util
import itertools
import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

from kgraph import graph
from kgraph.ontology import load
from kgraph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kgraph.model import Knowledge
    from kgraph.ontology import Ontology

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--window-size=1440,900",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)


class Page:
    """One tab: what it asked the network for and what its console said are kept."""

    def __init__(self, address: str) -> None:
        websocket = pytest.importorskip("websocket", reason="needs websocket-client")
        self.socket = websocket.create_connection(address, timeout=30)
        self.number = 0
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.loaded = False
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.number:
                assert "error" not in message, message
                return dict(message["result"])
            self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        method, parameters = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(parameters["exceptionDetails"].get("exception", parameters)))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.complaints.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}")
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.complaints.append(str(parameters["args"]))
        elif method == "Page.loadEventFired":
            self.loaded = True

    def open(self, url: str) -> None:
        self.loaded = False
        self.call("Page.navigate", url=url)
        end = time.monotonic() + 30
        while not self.loaded and time.monotonic() < end:
            self.script("1")
            time.sleep(0.02)
        self.until("document.readyState === 'complete'")

    def script(self, expression: str) -> Any:
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def until(self, expression: str, seconds: float = 15) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.script(f"Boolean({expression})"):
                return
            time.sleep(0.05)
        msg = f"never true: {expression}"
        raise AssertionError(msg)

    def click(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, text=key if len(key) == 1 and kind == "keyDown" else "")

    def picture(self, *, dark: bool = False) -> bytes:
        scheme = "dark" if dark else "light"
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.script("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def close(self) -> None:
        self.socket.close()


def browser_page(program: str, profile: Path) -> Iterator[Page]:
    """A tab of a browser that is started for it and ended after it."""
    command = [program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port_file = profile / "DevToolsActivePort"
        end = time.monotonic() + 30
        while not (port_file.exists() and port_file.read_text().strip()):
            assert process.poll() is None, "the browser ended at once"
            assert time.monotonic() < end, "the browser did not start"
            time.sleep(0.05)
        port = port_file.read_text().split()[0]
        with urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
            tabs = json.load(answer)
        page = Page(next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page"))
        yield page
        page.close()
    finally:
        process.terminate()
        process.wait(timeout=15)


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    program = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine")
    yield from browser_page(program, tmp_path / "profile")


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return load()


@pytest.fixture(scope="session")
def deal_knowledge() -> Knowledge:
    """The same hand-made deal as in the tests of `kgraph.export`."""
    path = Path(__file__).parents[1] / "export" / "conftest.py"
    spec = importlib.util.spec_from_file_location("hand_made", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.deal_knowledge()


@pytest.fixture(scope="session")
def make_file(deal_knowledge: Knowledge, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the deal, changed or not, to a file of its own."""
    numbers = itertools.count()

    def make(change: Callable[[Knowledge], Knowledge] = lambda known: known) -> Path:
        path = tmp_path_factory.mktemp("served") / f"graph{next(numbers)}.trig"
        graph.save(graph.open_store(path, Settings()), change(deal_knowledge), Settings(), ontology)
        return path

    return make


@pytest.fixture(scope="session")
def deal_file(make_file: Callable[..., Path]) -> Path:
    return make_file()
