"""Readers of a folder overlap, and a writer comes between them; what cannot be locked is told at once."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from kgraph.errors import GraphError
from kgraph.graph.stores.locking import lock

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="readers share a lock as POSIX does it")


@contextmanager
def constant_readers(folder: Path, number: int = 4) -> Iterator[None]:
    """Readers that overlap: whenever one has read, others still read."""
    over = Event()

    def read() -> None:
        while not over.is_set():
            with lock(folder, shared=True, patience=5):
                time.sleep(0.03)

    with ThreadPoolExecutor(number) as pool:
        readers = []
        for _ in range(number):
            readers.append(pool.submit(read))
            time.sleep(0.007)
        try:
            yield
        finally:
            over.set()
        for reader in readers:
            reader.result()


def take(folder: Path, *, shared: bool, patience: float) -> None:
    with lock(folder, shared=shared, patience=patience):
        pass


def test_a_writer_gets_its_turn_among_constant_readers(tmp_path: Path) -> None:
    with constant_readers(tmp_path):
        for _ in range(3):
            take(tmp_path, shared=False, patience=3)


def test_a_reader_reads_beside_a_long_query_that_a_writer_waits_for(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        with lock(tmp_path, shared=True):
            writer = pool.submit(take, tmp_path, shared=False, patience=5)
            time.sleep(0.1)
            take(tmp_path, shared=True, patience=0.2)
            assert not writer.done()
        writer.result()


@pytest.mark.parametrize("shared", [True, False])
def test_a_place_without_locks_is_told_at_once_and_keeps_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, shared: bool
) -> None:
    def flock(*_: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    closed: list[int] = []
    opened: list[int] = []
    open_, close = os.open, os.close
    with monkeypatch.context() as patch:
        patch.setattr("fcntl.flock", flock)
        patch.setattr("os.open", lambda *given: opened.append(open_(*given)) or opened[-1])
        patch.setattr("os.close", lambda descriptor: closed.append(descriptor) or close(descriptor))
        patch.setattr("time.sleep", lambda seconds: pytest.fail(f"it waited {seconds} seconds"))
        with pytest.raises(GraphError, match=r": cannot be locked: No locks available$"):
            take(tmp_path, shared=shared, patience=5)
    assert opened == closed != []


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Whatever the user may do: nothing can be opened for writing."""
    open_ = os.open

    def opened(path: Path, flags: int, *mode: int) -> int:
        if flags & os.O_RDWR:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return open_(path, flags, *mode)

    with monkeypatch.context() as patch:
        patch.setattr("os.open", opened)
        yield patch


def test_a_reader_that_cannot_write_waits_for_a_writer_all_the_same(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    with lock(tmp_path):
        request.getfixturevalue("read_only")
        with pytest.raises(GraphError, match="another process"):
            take(tmp_path, shared=True, patience=0)
    take(tmp_path, shared=True, patience=0)


@pytest.mark.usefixtures("read_only")
def test_a_folder_that_nobody_writes_needs_no_lock_to_be_read(tmp_path: Path) -> None:
    take(tmp_path, shared=True, patience=0)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(GraphError, match="cannot be locked: Read-only file system"):
        take(tmp_path, shared=False, patience=0)
