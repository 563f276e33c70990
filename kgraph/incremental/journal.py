"""What a build has read so far, on disk, so that a killed build goes on where it stopped.

The journal is a file of N-Quads beside the graph, one block for each batch of articles, each closed by a comment line.
A block that was not closed is not read back. Another version of kgraph, other settings, a change of a file they name or a
wish for texts that the journal left out make it void. It is removed when the graph has been written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kgraph import graph, pipeline
from kgraph.errors import GraphError
from kgraph.incremental.fingerprint import fingerprint
from kgraph.model import Knowledge, Reading
from kgraph.ontology import Ontology
from kgraph.settings import Settings

__all__ = ["Journal"]

END = b"# end of batch\n"


class Journal:
    """The journal of one build; without a path (a graph on a server, or in memory only) it keeps nothing."""

    def __init__(self, path: Path | None, settings: Settings, ontology: Ontology, *, with_text: bool) -> None:
        self._path = path
        self._settings = settings
        self._ontology = ontology
        self._with_text = with_text
        words = f"{fingerprint(settings)} {with_text}"
        self._head = f"# kgraph journal {hashlib.sha256(words.encode()).hexdigest()}\n".encode()

    def recover(self) -> Knowledge:
        """What an earlier, killed build had read; empty where there was none, or it read otherwise."""
        if self._path is None or not self._path.exists():
            return Knowledge()
        content = self._path.read_bytes()
        whole = content.rfind(END)
        if whole < 0 or not content.startswith(self._head):
            self._path.unlink()
            return Knowledge()
        with self._path.open("rb+") as file:
            file.truncate(whole + len(END))
        return graph.knowledge(ox.parse(content[:whole], format=ox.RdfFormat.N_QUADS), self._settings)

    def append(self, readings: Sequence[Reading]) -> None:
        """Keep a batch of readings; raises `GraphError` where the disk is full."""
        if self._path is None or not readings:
            return
        said = pipeline.ledger(readings, with_text=self._with_text)
        quads = graph.quads(said, self._settings, self._ontology)
        block = graph.serialise(quads, graph.RdfFormat.NQUADS, self._settings.namespace).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                file.write((b"" if file.tell() else self._head) + block + END)
        except OSError as error:
            msg = f"{self._path}: cannot be written: {error.strerror}"
            raise GraphError(msg) from error

    def close(self) -> None:
        """The graph is written; the journal is of no use any more."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)
