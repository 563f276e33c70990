"""IRIs: how the things of `kgraph.model` are named in RDF, and back.

Every IRI comes from content, so that two graphs merge by set union. An identifier that
holds characters an IRI may not is percent-encoded; the slash is, too, so that an entity
never falls into the room of facts or claims.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from kgraph.errors import GraphError
from kgraph.ontology import KG

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LETTERS", "ROOMS", "Names", "Shortener", "edtf", "iri", "kg", "known_prefixes", "term", "unwritable"]

ROOMS = {
    "fact": "fact/",
    "claim": "claim/",
    "quote": "quote/",
    "src": "source/",
    "app": "appearance/",
    "q": "quantity/",
    "diff": "disagreement/",
    "judge": "judgement/",
    "run": "run/",
}
"""Prefix to the path below the namespace; entities stand at the namespace itself."""

_NAMESPACES = {
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "kg": KG,
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@cache
def term(name: str) -> NamedNode:
    """The IRI of a prefixed name of a vocabulary.

    >>> term("rdf:subject").value
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#subject'
    """
    prefix, local = name.split(":", 1)
    return NamedNode(_NAMESPACES[prefix] + local)


@cache
def kg(local: str) -> NamedNode:
    """The IRI of a word of the kgraph ontology."""
    return NamedNode(KG + local)


def edtf(text: str) -> Literal:
    """A date as precise as the text that told it."""
    return Literal(text, datatype=term("edtf:EDTF"))


def iri(node: object) -> str:
    """The IRI of a node that must have one."""
    if not isinstance(node, NamedNode):
        raise unwritable(node)
    return node.value


def unwritable(node: object) -> GraphError:
    """What is wrong with a blank node or a quoted triple in a graph."""
    return GraphError(f"a graph of kgraph holds only IRIs and literals, not {node}")


def known_prefixes(namespace: str) -> dict[str, str]:
    """Every prefix that graphs use and queries need not declare, in the order of a file's head."""
    own = {"": namespace, "kg": KG} | {prefix: namespace + path for prefix, path in ROOMS.items()}
    return own | _NAMESPACES


_APPEARANCE = re.compile(r".+-e\d+")
_ELSEWHERE = re.compile(r"https?://")
_UNSAFE = re.compile(r"[^\w.~!$&'()*+,;=:@-]")


def _encode(identifier: str) -> str:
    """An identifier as one segment of an IRI."""
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The IRIs below one namespace."""

    namespace: str

    def entity(self, identifier: str) -> NamedNode:
        """The node of an entity.

        >>> Names(namespace="ex:").entity("Procter & Gamble").value
        'ex:Procter%20&%20Gamble'
        """
        return NamedNode(self.namespace + _encode(identifier))

    def node(self, room: str, identifier: str) -> NamedNode:
        """The node of anything else; `room` is a key of `ROOMS`."""
        return NamedNode(self.namespace + ROOMS[room] + _encode(identifier))

    def identifier(self, iri: str, room: str | None = None) -> str:
        """The identifier behind an IRI of a room (None: of an entity).

        Raises `GraphError` where the IRI is not in the room.
        """
        path = self.namespace + (ROOMS[room] if room else "")
        if not iri.startswith(path):
            msg = f"<{iri}> is not below {path}; was the graph written with another namespace?"
            raise GraphError(msg)
        return unquote(iri[len(path) :])

    def side(self, text: str) -> NamedNode | Literal:
        """A side of a judgement: an appearance by its key, a thing by its id, or a thing elsewhere by its IRI.

        >>> [Names(namespace="ex:").side(text).value for text in ("a1-e58", "Scale_AI", "http://www.wikidata.org/entity/Q380")]
        ['ex:appearance/a1-e58', 'ex:Scale_AI', 'http://www.wikidata.org/entity/Q380']
        """
        if not text or text.startswith(self.namespace):
            return Literal(text)
        if _ELSEWHERE.match(text):
            try:
                return NamedNode(text)
            except ValueError:  # a user's own text may be no IRI
                return Literal(text)
        return self.node("app", text) if _APPEARANCE.fullmatch(text) else self.entity(text)

    def side_text(self, node: NamedNode | Literal) -> str:
        """The inverse of `side`."""
        if isinstance(node, Literal) or not node.value.startswith(self.namespace):
            return node.value
        return self.identifier(node.value, "app" if self.room(node.value) == "app" else None)

    def room(self, iri: str) -> str | None:
        """The room that an IRI of this namespace belongs to; None for an entity or a foreign IRI."""
        if not iri.startswith(self.namespace):
            return None
        head, slash, _ = iri[len(self.namespace) :].partition("/")
        return next((room for room, path in ROOMS.items() if path == head + slash), None)


LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff"
"""What names begin with in Turtle and in XML, as a part of a regular expression."""
_LOCAL = re.compile(rf"(?:[{LETTERS}0-9_]|%[0-9A-F]{{2}})(?:[{LETTERS}0-9_.-]|%[0-9A-F]{{2}})*(?<!\.)")


class Shortener:
    """Prefixed names of the IRIs that graphs use."""

    def __init__(self, namespace: str, more: Mapping[str, str] | None = None) -> None:
        """`more` are prefixes beside those that every graph has."""
        self._prefix_of = {full: prefix for prefix, full in {**(more or {}), **known_prefixes(namespace)}.items()}
        self._met: dict[str, str] = {}

    def short(self, full: str) -> str:
        """A prefixed name where there is one, as Turtle writes it.

        >>> Shortener("ex:").short("https://schema.org/value"), Shortener("ex:").short("https://example.org/a")
        ('schema:value', '<https://example.org/a>')
        """
        if full not in self._met:
            cut = max(full.rfind("#"), full.rfind("/")) + 1
            prefix = self._prefix_of.get(full[:cut])
            fits = prefix is not None and _LOCAL.fullmatch(full, cut)
            self._met[full] = f"{prefix}:{full[cut:]}" if fits else f"<{full}>"
        return self._met[full]

    def shown(self, node: object) -> str:
        """A node for a person: a prefixed name, a plain value, or nothing."""
        if node is None:
            return ""
        return self.short(node.value).strip("<>") if isinstance(node, NamedNode) else str(getattr(node, "value", node))
