"""A few query processes: each is asked one thing at a time, and killed where it takes too long."""

from __future__ import annotations

import json
import logging
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kgraph.errors import GraphError, QueryError

if TYPE_CHECKING:
    from kgraph.settings import Settings

__all__ = ["Busy", "Ended", "TooSlow", "Workers"]

log = logging.getLogger(__name__)

_READY = 120.0
"""Seconds that a process may take to read the graph."""


_FAULTS: dict[str, type[Exception]] = {"query": QueryError, "store": GraphError, "bug": RuntimeError}


class TooSlow(QueryError):
    """A query ran out of time and was ended."""


class Ended(QueryError):
    """The process of a query ended before it answered."""


class Busy(QueryError):
    """No process became free in time."""


@dataclass(slots=True, kw_only=True)
class Workers:
    """Processes over one graph. They start when first needed and end with `close`."""

    target: str
    settings: Settings
    """Of these `query_timeout` is how long an answer may take, once there is a process for it, and how long one may wait for a process."""
    count: int = 2
    _idle: queue.LifoQueue[subprocess.Popen[bytes] | None] = field(init=False)

    def __post_init__(self) -> None:
        self._idle = queue.LifoQueue()
        for _ in range(self.count):
            self._idle.put(None)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer of a process to a request of `kgraph.serve.worker`.

        Raises `TooSlow`, `Ended`, `Busy`, or, with the process's own words, `QueryError` where the request is wrong and
        `GraphError` where the store cannot be read or written; a bug there is a `RuntimeError`.
        """
        try:
            process = self._idle.get(timeout=self.settings.query_timeout)
        except queue.Empty:
            msg = "all query processes are busy; try again later"
            raise Busy(msg) from None
        try:
            if process is None or process.poll() is not None:
                process = self._start()
            answer = _exchange(process, request | {"seconds": self.settings.query_timeout}, self.settings.query_timeout)
        except BaseException:
            if process is not None:
                _end(process)
            self._idle.put(None)
            raise
        self._idle.put(process)
        return _checked(answer)

    def _start(self) -> subprocess.Popen[bytes]:
        """A process that has read the graph; that takes no one's time for an answer."""
        given = [self.target, self.settings.namespace, *map(str, self.settings.ontology)]
        command = [sys.executable, "-m", "kgraph.serve.worker", *given]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own module
        try:
            _checked(_next_line(process, _READY))
        except BaseException:
            _end(process)
            raise
        return process

    def close(self) -> None:
        """End all processes that are idle; busy ones end with their deadline."""
        with suppress(queue.Empty):
            while True:
                process = self._idle.get_nowait()
                if process is not None:
                    _end(process)


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any], seconds: float) -> dict[str, Any]:
    if process.stdin is None:  # it is a pipe: see _start
        raise AssertionError
    process.stdin.write(json.dumps(request).encode() + b"\n")
    process.stdin.flush()
    return _next_line(process, seconds)


def _next_line(process: subprocess.Popen[bytes], seconds: float) -> dict[str, Any]:
    """What a process says within some seconds."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read_line, args=(process, lines), daemon=True).start()
    try:
        line = lines.get(timeout=seconds)
    except queue.Empty:
        log.warning("a query was ended after %g seconds", seconds)
        msg = f"the query took longer than {seconds:g} seconds and was ended"
        raise TooSlow(msg) from None
    if not line:
        msg = "the query ended its process; it may have taken too much memory"
        raise Ended(msg)
    answer: dict[str, Any] = json.loads(line)
    return answer


def _read_line(process: subprocess.Popen[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """The next line of an answer; an empty one where the process has ended."""
    try:
        lines.put(process.stdout.readline() if process.stdout else b"")
    except (OSError, ValueError):
        lines.put(b"")


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, unless it tells of an error."""
    if "error" not in answer:
        return answer
    raise _FAULTS[answer["fault"]](answer["error"])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
