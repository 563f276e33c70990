"""The table of formats: what `kgraph export` can write, beside RDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.export.formats import gephi
from kgraph.export.formats.followthemoney import follow_the_money
from kgraph.export.formats.rows import claim_rows, edge_rows, fact_rows, node_rows
from kgraph.export.formats.tables import neo4j_nodes, neo4j_relationships, parquet, spreadsheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kgraph.export.formats.rows import Row
    from kgraph.model import Knowledge
    from kgraph.ontology import Ontology

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: how to write it, and how to name it to people and machines."""

    write: Callable[[Knowledge, Ontology], str | bytes]
    suffix: str
    media_type: str
    description: str


def _table(
    rows: Callable[[Knowledge, Ontology], list[Row]],
    write: Callable[[list[Row]], str | bytes],
    suffix: str,
    media_type: str,
    description: str,
) -> Format:
    """A format that is a table."""
    return Format(lambda knowledge, ontology: write(rows(knowledge, ontology)), suffix, media_type, description)


_CSV, _PARQUET = "text/csv", "application/vnd.apache.parquet"

FORMATS: Mapping[str, Format] = {
    "graphml": Format(gephi.graphml, ".graphml", "application/graphml+xml", "network for Gephi, yEd, igraph, networkx"),
    "gexf": Format(gephi.gexf, ".gexf", "application/gexf+xml", "network for Gephi, with its colours and sizes"),
    "nodes": _table(node_rows, spreadsheet, ".nodes.csv", _CSV, "things, one a row"),
    "edges": _table(edge_rows, spreadsheet, ".edges.csv", _CSV, "facts between two things, one a row"),
    "facts": _table(fact_rows, spreadsheet, ".facts.csv", _CSV, "all facts, one a row"),
    "claims": _table(claim_rows, spreadsheet, ".claims.csv", _CSV, "all claims with quote and article, one a row"),
    "neo4j-nodes": _table(node_rows, neo4j_nodes, ".neo4j-nodes.csv", _CSV, "things for neo4j-admin database import"),
    "neo4j-relationships": _table(
        edge_rows, neo4j_relationships, ".neo4j-relationships.csv", _CSV, "facts for neo4j-admin database import"
    ),
    "facts-parquet": _table(fact_rows, parquet, ".facts.parquet", _PARQUET, "all facts as Parquet"),
    "claims-parquet": _table(claim_rows, parquet, ".claims.parquet", _PARQUET, "all claims as Parquet"),
    "ftm": Format(follow_the_money, ".ftm.json", "application/x-ndjson", "FollowTheMoney entities for Aleph and its kin"),
}
"""Name to format."""
