"""Turtle files as an index from subject and predicate to objects.

Pure reading, no reasoning: what the other modules of this room need from RDF, and nothing
more. Answers come in the order of the files, so that loading is deterministic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgraph.errors import OntologyError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["KG", "Triples"]

KG = "https://w3id.org/kgraph/ontology#"
"""The namespace of the words; `kg:` in Turtle."""

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Triples:
    """What some Turtle files say; IRIs and literals are plain strings."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.prefixes: dict[str, str] = {}
        self._objects: dict[str, dict[str, list[str]]] = {}
        self._members: dict[str, list[str]] = {}
        self._source: dict[str, Path] = {}
        for path in paths:
            self._read(path)

    def _read(self, path: Path) -> None:
        try:
            parser = ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE)
            for quad in parser:
                subject = quad.subject.value
                values = self._objects.setdefault(subject, {}).setdefault(quad.predicate.value, [])
                if quad.object.value not in values:
                    values.append(quad.object.value)
                    if quad.predicate.value == _TYPE:
                        self._members.setdefault(quad.object.value, []).append(subject)
                self._source.setdefault(subject, path)
            self.prefixes.update(parser.prefixes)
        except OSError as error:
            msg = f"{path}: {error.strerror}"
            raise OntologyError(msg) from error
        except SyntaxError as error:
            msg = f"{path}, line {error.lineno}: {error.msg}"
            raise OntologyError(msg) from error

    def subjects(self) -> tuple[str, ...]:
        """Everything of which something is said."""
        return tuple(self._objects)

    def members(self, cls: str) -> tuple[str, ...]:
        """Everything that is `a cls`."""
        return tuple(self._members.get(cls, ()))

    def all(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The objects of `subject predicate`."""
        return tuple(self._objects.get(subject, {}).get(predicate, ()))

    def properties(self, subject: str) -> tuple[str, ...]:
        """The predicates of what is said of a subject."""
        return tuple(self._objects.get(subject, {}))

    def one(self, subject: str, predicate: str) -> str | None:
        """The only object of `subject predicate`, None where there is none.

        Raises `OntologyError` where there are several.
        """
        found = self._objects.get(subject, {}).get(predicate, ())
        if len(found) > 1:
            raise self.wrong(subject, f"has {len(found)} values for <{predicate}>; one is allowed")
        return found[0] if found else None

    def need(self, subject: str, predicate: str) -> str:
        """The only object of `subject predicate`; raises `OntologyError` where there is none."""
        found = self.one(subject, predicate)
        if found is None:
            raise self.wrong(subject, f"has no <{predicate}>")
        return found

    def wrong(self, subject: str, cause: str) -> OntologyError:
        """An error that names the file and the subject."""
        return OntologyError(f"{self._source.get(subject, 'ontology')}: <{subject}> {cause}")
