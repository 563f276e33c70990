"""The table of formats: what `kgraph export` can write, beside RDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.export import gephi, tables
from kgraph.export.followthemoney import follow_the_money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kgraph.model import Knowledge
    from kgraph.ontology import Ontology

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: how to write it, and how to name it to people and machines."""

    write: Callable[[Knowledge, Ontology], str | bytes]
    suffix: str
    media_type: str
    description: str


def _format(write: Callable[[Knowledge, Ontology], str | bytes], suffix: str, media_type: str, description: str) -> Format:
    return Format(write=write, suffix=suffix, media_type=media_type, description=description)


FORMATS: Mapping[str, Format] = {
    "graphml": _format(gephi.graphml, ".graphml", "application/graphml+xml", "network for Gephi, yEd, igraph, networkx"),
    "gexf": _format(gephi.gexf, ".gexf", "application/gexf+xml", "network for Gephi, with its colours and sizes"),
    "nodes": _format(tables.nodes_csv, ".nodes.csv", "text/csv", "things, one a row"),
    "edges": _format(tables.edges_csv, ".edges.csv", "text/csv", "facts between two things, one a row"),
    "facts": _format(tables.facts_csv, ".facts.csv", "text/csv", "all facts, one a row"),
    "claims": _format(tables.claims_csv, ".claims.csv", "text/csv", "all claims with quote and article, one a row"),
    "neo4j-nodes": _format(tables.neo4j_nodes, ".neo4j-nodes.csv", "text/csv", "things for neo4j-admin database import"),
    "neo4j-relationships": _format(
        tables.neo4j_relationships, ".neo4j-relationships.csv", "text/csv", "facts for neo4j-admin database import"
    ),
    "facts-parquet": _format(tables.facts_parquet, ".facts.parquet", "application/vnd.apache.parquet", "all facts as Parquet"),
    "claims-parquet": _format(tables.claims_parquet, ".claims.parquet", "application/vnd.apache.parquet", "all claims as Parquet"),
    "ftm": _format(follow_the_money, ".ftm.json", "application/x-ndjson", "FollowTheMoney entities for Aleph and its kin"),
}
"""Name to format."""
