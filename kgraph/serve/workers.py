"""A few query processes: each is asked one thing at a time, and killed where it takes too long."""

from __future__ import annotations

import json
import logging
import queue
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from kgraph.errors import QueryError

__all__ = ["Busy", "TooSlow", "Workers"]

log = logging.getLogger(__name__)


class TooSlow(QueryError):  # noqa: N818 - it says what happened
    """A query ran out of time and was ended."""


class Busy(QueryError):  # noqa: N818 - it says what happened
    """No process became free in time."""


@dataclass(slots=True, kw_only=True)
class Workers:
    """Processes over one graph. They start when first needed and end with `close`."""

    target: str
    namespace: str
    timeout: float
    """Seconds that a request may take, waiting included."""
    count: int = 2
    _idle: queue.LifoQueue[subprocess.Popen[bytes] | None] = field(init=False)

    def __post_init__(self) -> None:
        self._idle = queue.LifoQueue()
        for _ in range(self.count):
            self._idle.put(None)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer of a process to a request of `kgraph.serve.worker`.

        Raises `TooSlow`, `Busy`, or `QueryError` with the process's own words; a bug there is a `RuntimeError`.
        """
        end = time.monotonic() + self.timeout
        try:
            process = self._idle.get(timeout=self.timeout)
        except queue.Empty:
            msg = "all query processes are busy; try again later"
            raise Busy(msg) from None
        try:
            if process is None or process.poll() is not None:
                process = self._start()
            answer = self._exchange(process, request, end)
        except BaseException:
            if process is not None:
                _end(process)
            self._idle.put(None)
            raise
        self._idle.put(process)
        if "error" in answer:
            if answer["bug"]:
                raise RuntimeError(answer["error"])
            raise QueryError(answer["error"])
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "kgraph.serve.worker", self.target, self.namespace]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own module

    def _exchange(self, process: subprocess.Popen[bytes], request: dict[str, Any], end: float) -> dict[str, Any]:
        if process.stdin is None or process.stdout is None:  # they are pipes: see _start
            raise AssertionError
        process.stdin.write(json.dumps(request | {"seconds": self.timeout}).encode() + b"\n")
        process.stdin.flush()
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=_read_line, args=(process.stdout, lines), daemon=True).start()
        with suppress(queue.Empty):
            line = lines.get(timeout=max(end - time.monotonic(), 0))
            if line:
                answer: dict[str, Any] = json.loads(line)
                return answer
        if time.monotonic() < end:
            msg = "the query ended its process; it may have taken too much memory"
            raise QueryError(msg)
        log.warning("a query was ended after %g seconds", self.timeout)
        msg = f"the query took longer than {self.timeout:g} seconds and was ended"
        raise TooSlow(msg)

    def close(self) -> None:
        """End all processes that are idle; busy ones end with their deadline."""
        with suppress(queue.Empty):
            while True:
                process = self._idle.get_nowait()
                if process is not None:
                    _end(process)


def _read_line(stream: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """The next line of an answer; none where the process has ended."""
    try:
        lines.put(stream.readline())
    except (OSError, ValueError):
        lines.put(b"")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
