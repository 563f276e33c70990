"""TriG and Turtle that a person likes reading, the same bytes for the same quads.

Sections follow the model: things and links, facts, disagreements, quantities, then one graph
for each article with its claims in the order of the text. rdflib's writer keeps no order and
needs a minute where this needs a second.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kgraph.graph.rdf.iris import Names, Shortener, iri, term, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad

    Blocks = dict[str, dict[str, list[str]]]

__all__ = ["trig", "turtle"]

_SECTIONS: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    ("Things and plain links: the simple query stops here", (None,)),
    ("The facts behind the links: what the sources, together, support", ("fact",)),
    ("Where the sources part ways, and how claims speak to each other", ("diff", "claim")),
    ("Amounts, shares and counts, as said and as bounds", ("q",)),
    ("Why names were taken for one thing, or kept apart", ("judge",)),
    ("What wrote this", ("run",)),
    ("Articles taken back, and former versions of articles", ("src", "app", "quote")),
)
_PER_ARTICLE = "One graph per article: what it says, word for word"

_LINES = (
    (
        "rdf:type rdfs:label schema:identifier schema:datePublished schema:publisher kg:thingType kg:refersTo "
        "oa:hasSource kg:firstOffset kg:mentionCount oa:start oa:end"
    ),
    "schema:headline",
    "schema:author",
    "schema:url",
    "kg:sha256",
    "prov:wasRevisionOf",
    "skos:altLabel",
    "owl:sameAs",
    "dcterms:isReplacedBy",
    "rdf:subject rdf:predicate rdf:object",
    "schema:currency schema:unitText schema:value kg:qualifier schema:minValue schema:maxValue",
    "kg:modality",
    "kg:polarity",
    "kg:amount kg:amountText",
    "kg:stake kg:stakeText",
    "kg:when",
    "kg:period",
    "kg:role",
    "kg:seller",
    "kg:purpose",
    "kg:round",
    "kg:service",
    "kg:hedge",
    "kg:saidBy",
    "kg:subjectText kg:subjectStart kg:subjectEnd kg:subjectAppearance",
    "kg:objectText kg:objectStart kg:objectEnd kg:objectAppearance",
    "kg:fullName kg:name",
    "kg:description",
    "oa:exact",
    "kg:concerns",
    "kg:property",
    "kg:between",
    "kg:severity",
    "kg:gap",
    "kg:left kg:right kg:decision kg:by kg:score",
    "kg:decidedOn",
    "rdfs:comment",
    "cito:agreesWith",
    "cito:updates",
    "cito:disputes",
    "kg:confidence kg:extractor",
    "kg:quote",
    "prov:wasGeneratedBy",
    "prov:wasDerivedFrom",
    "schema:text",
)
"""Properties that share a line, and the order of lines; all others follow, by name."""

_PLACE = {term(name).value: (row, column) for row, line in enumerate(_LINES) for column, name in enumerate(line.split())}
_UNALIGNED = {row for row, line in enumerate(_LINES) if line.count(" ") > 1}
_LAST = len(_LINES)
_TYPE = term("rdf:type").value
_XSD = term("xsd:string").value.removesuffix("string")
_LIST_WIDTH = 100

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"})


def trig(quads: Iterable[Quad], namespace: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The pieces of a TriG file."""
    page = _Page(namespace, prefixes)
    default: Blocks = {}
    graphs: dict[str, Blocks] = defaultdict(dict)
    for quad in quads:
        page.add(quad, default if isinstance(quad.graph_name, DefaultGraph) else graphs[quad.graph_name.value])
    yield from page.head()
    sections = [(title, [each for each in sorted(default) if page.names.room(each) in rooms]) for title, rooms in _SECTIONS]
    filled = [(title, subjects) for title, subjects in sections if subjects]
    for number, (title, subjects) in enumerate(filled, 1):
        if len(filled) > 1 or graphs:  # what has one section only is the answer to a query
            yield _rule(number, title)
        for subject in subjects:
            yield "\n" + page.block(subject, default[subject], "")
    if graphs:
        yield _rule(len(filled) + 1, _PER_ARTICLE)
    for graph in sorted(graphs):
        yield f"\n{page.short(graph)} {{\n"
        for position, subject in enumerate(page.in_reading_order(graphs[graph])):
            yield ("\n" if position else "") + page.block(subject, graphs[graph][subject], "    ")
        yield "}\n"


def turtle(quads: Iterable[Quad], namespace: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """The pieces of a Turtle file: the union of all graphs."""
    default = DefaultGraph()
    yield from trig((quad if quad.graph_name == default else _moved(quad) for quad in quads), namespace, prefixes)


def _moved(quad: Quad) -> Quad:
    return type(quad)(quad.subject, quad.predicate, quad.object, DefaultGraph())


def _rule(number: int, title: str) -> str:
    """A heading that shows in a file of a thousand lines."""
    text = f"# ── {number}. {title} "
    return f"\n{text}{'─' * max(0, 100 - len(text))}\n"


class _Page:
    """Short names for one namespace, and the layout of blocks."""

    def __init__(self, namespace: str, prefixes: Mapping[str, str]) -> None:
        self.names = Names(namespace=namespace)
        self.short = Shortener(namespace, prefixes).short
        self._prefixes = prefixes

    def head(self) -> Iterator[str]:
        """The prefixes."""
        width = max(map(len, self._prefixes)) + 1
        for prefix, namespace_ in self._prefixes.items():
            yield f"PREFIX {prefix + ':':{width}} <{namespace_}>\n"

    def add(self, quad: Quad, blocks: Blocks) -> None:
        """File a quad under subject and property."""
        found = blocks.setdefault(iri(quad.subject), {}).setdefault(quad.predicate.value, [])
        text = self._object(quad.object)
        if text not in found:
            found.append(text)

    def _object(self, node: object) -> str:
        if isinstance(node, NamedNode):
            return self.short(node.value)
        if not isinstance(node, Literal):
            raise unwritable(node)
        datatype = node.datatype.value
        if node.language is None and datatype.startswith(_XSD):
            kind = datatype.removeprefix(_XSD)
            if kind in ("boolean", "integer"):
                return node.value
            if kind == "decimal":
                return node.value if "." in node.value else f"{node.value}.0"
        text = '"' + node.value.translate(_ESCAPES) + '"'
        if node.language is not None:
            return f"{text}@{node.language}"
        return text if datatype == _XSD + "string" else f"{text}^^{self.short(datatype)}"

    def block(self, subject: str, properties: dict[str, list[str]], indent: str) -> str:
        """All that is said of one subject."""
        rows: dict[tuple[int, str], list[tuple[int, str, str]]] = defaultdict(list)
        for full, objects in properties.items():
            name = "a" if full == _TYPE else self.short(full)
            row, column = _PLACE.get(full, (_LAST, 0))
            rows[row, name if row == _LAST else ""].append((column, name, _listed(sorted(objects), indent)))
        aligned = [min(row)[1] for (number, _), row in rows.items() if number not in _UNALIGNED]
        width = max(map(len, aligned), default=0)
        lines = []
        for number, name in sorted(rows):
            line = " ;  ".join(f"{name} {objects}" for _, name, objects in sorted(rows[number, name]))
            head, _, rest = line.partition(" ")
            lines.append(line if number in _UNALIGNED else f"{head:{width}} {rest}")
        end = f" ;\n{indent}    "
        first = f"  {lines.pop(0)}{end if lines else ''}" if _TYPE in properties else f"\n{indent}    "
        return f"{indent}{self.short(subject)}{first}{end.join(lines)} .\n"

    def in_reading_order(self, blocks: Blocks) -> list[str]:
        """The article first, then claims and quotes as they come in its text, then the things it names."""
        spans = {
            self.short(subject): (_integer(block, "oa:start"), _integer(block, "oa:end"))
            for subject, block in blocks.items()
            if self.names.room(subject) == "quote"
        }

        def place(subject: str) -> tuple[int, int, int, int, str]:
            room, block = self.names.room(subject), blocks[subject]
            if room in ("claim", "quote"):
                quote = self.short(subject) if room == "quote" else block.get(term("kg:quote").value, [""])[0]
                return 1, *spans.get(quote, (0, 0)), int(room == "quote"), subject
            return 2 if room == "app" else 0, _integer(block, "kg:firstOffset"), 0, 0, subject

        return sorted(blocks, key=place)


def _integer(block: dict[str, list[str]], name: str) -> int:
    """A whole number said of a subject; 0 where it is not there."""
    text = block.get(term(name).value, ["0"])[0]
    return int(text) if text.isdecimal() else 0


def _listed(objects: list[str], indent: str) -> str:
    """Objects on one line, or each on its own where that would be too long."""
    line = ", ".join(objects)
    return line if len(line) <= _LIST_WIDTH or len(objects) == 1 else f",\n{indent}        ".join(objects)
