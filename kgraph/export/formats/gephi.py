"""GraphML and GEXF: the network for Gephi, yEd, igraph and networkx, one edge for each fact.

Every edge is directed, because most readers refuse a mixture; `symmetric` marks those that hold both ways.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from kgraph.export.formats.rows import edge_rows, node_rows
from kgraph.export.palette import THEMES
from kgraph.model import EntityType

if TYPE_CHECKING:
    from kgraph.export.formats.rows import Cell, Row
    from kgraph.model import Knowledge
    from kgraph.ontology import Ontology

__all__ = ["gexf", "graphml"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NODE_FIELDS = {"Kind": "string", "Names": "string", "SameAs": "string", "Claims": "int"}
_EDGE_FIELDS = {
    "predicate": "string",
    "status": "string",
    "negative": "boolean",
    "symmetric": "boolean",
    "disputed": "boolean",
    "amount_text": "string",
    "amount_unit": "string",
    "amount_low": "double",
    "amount_high": "double",
    "stake_low": "double",
    "stake_high": "double",
    "when": "string",
    "role": "string",
    "confidence": "double",
}


def graphml(knowledge: Knowledge, ontology: Ontology) -> str:
    """The network as GraphML."""
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    nodes = {"label": "string", **_NODE_FIELDS}
    edges = {"label": "string", "weight": "double", **_EDGE_FIELDS}
    for side, fields in (("node", nodes), ("edge", edges)):
        for name, kind in fields.items():
            ET.SubElement(root, "key", {"id": f"{side[0]}_{name}", "for": side, "attr.name": name, "attr.type": kind})
    graph = ET.SubElement(root, "graph", {"id": "kgraph", "edgedefault": "directed"})
    for row in node_rows(knowledge, ontology):
        _data(ET.SubElement(graph, "node", id=_text(row["Id"])), "n", row | {"label": row["Label"]}, nodes)
    for row in edge_rows(knowledge, ontology):
        attributes = {"id": _text(row["fact"]), "source": _text(row["Source"]), "target": _text(row["Target"])}
        extra: Row = {"label": row["Label"], "weight": row["Weight"], "symmetric": row["Type"] == "Undirected"}
        _data(ET.SubElement(graph, "edge", attributes), "e", row | extra, edges)
    return _written(root)


def _data(parent: ET.Element, side: str, row: Row, fields: dict[str, str]) -> None:
    for name in fields:
        if row[name] not in (None, ""):
            ET.SubElement(parent, "data", key=f"{side}_{name}").text = _text(row[name])


def gexf(knowledge: Knowledge, ontology: Ontology) -> str:
    """The network as GEXF 1.3, with Gephi's colours and sizes."""
    root = ET.Element("gexf", {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"})
    graph = ET.SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    for side, fields in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS)):
        declared = ET.SubElement(graph, "attributes", {"class": side, "mode": "static"})
        for name, kind in fields.items():
            ET.SubElement(declared, "attribute", {"id": name, "title": name, "type": {"int": "integer"}.get(kind, kind)})
    nodes = ET.SubElement(graph, "nodes")
    for row in node_rows(knowledge, ontology):
        node = ET.SubElement(nodes, "node", id=_text(row["Id"]), label=_text(row["Label"]))
        _values(node, row, _NODE_FIELDS)
        color = THEMES["light"].types[EntityType(str(row["Kind"]))]
        red, green, blue = (str(int(color[start : start + 2], 16)) for start in (1, 3, 5))
        ET.SubElement(node, "viz:color", r=red, g=green, b=blue)
        ET.SubElement(node, "viz:size", value=f"{5 + 3 * int(str(row['Claims'])) ** 0.5:.2f}")
    edges = ET.SubElement(graph, "edges")
    for row in edge_rows(knowledge, ontology):
        attributes = {name: _text(row[column]) for name, column in _GEXF_EDGE.items()}
        _values(ET.SubElement(edges, "edge", attributes), row | {"symmetric": row["Type"] == "Undirected"}, _EDGE_FIELDS)
    return _written(root)


_GEXF_EDGE = {"id": "fact", "source": "Source", "target": "Target", "label": "Label", "weight": "Weight"}


def _values(parent: ET.Element, row: Row, fields: dict[str, str]) -> None:
    values = ET.SubElement(parent, "attvalues")
    for name in fields:
        if row[name] not in (None, ""):
            ET.SubElement(values, "attvalue", {"for": name, "value": _text(row[name])})


def _text(value: Cell) -> str:
    """A cell as XML allows it: control characters become the replacement character."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NOT_XML.sub("\ufffd", f"{value}")


def _written(root: ET.Element) -> str:
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
