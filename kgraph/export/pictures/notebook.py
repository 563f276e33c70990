"""How a graph shows itself in a notebook: counts, a picture, the best-supported facts."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from kgraph.export.disputes import Dispute, disputes
from kgraph.export.pictures.network import draw
from kgraph.export.selection import View
from kgraph.export.wording.staged import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kgraph.model import EntityId, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["notebook_html", "notebook_svg"]

_THINGS, _FACTS = 25, 12


def notebook_svg(knowledge: Knowledge, ontology: Ontology, *, scores: Mapping[EntityId, float] | None = None) -> str:
    """The network of the highest-ranked things as SVG that can stand inside a page."""
    picture = draw(knowledge, ontology, view=View(top=_THINGS), scores=scores).decode()
    return picture[picture.index("<svg") :]


def notebook_html(knowledge: Knowledge, ontology: Ontology, *, scores: Mapping[EntityId, float] | None = None) -> str:
    """The graph at a glance; everything from articles is escaped."""
    disputed = disputes(knowledge)
    counts = {
        "articles": len(knowledge.articles),
        "claims": len(knowledge.claims),
        "facts": len(knowledge.facts),
        "things": len(knowledge.entities),
        "facts on which sources differ": sum(kind is Dispute.SOURCES for kind in disputed.values()),
    }
    facts = sorted(knowledge.facts, key=lambda fact: (-len(fact.claims), -fact.confidence, fact.id))[:_FACTS]
    said = sentences(knowledge, ontology, (fact.id for fact in facts))
    rows = "".join(
        f'<tr><td style="text-align:left">{html.escape(said[fact.id])}</td><td>{len(fact.claims)}</td>'
        f"<td>{fact.confidence:.0%}</td><td>{disputed.get(fact.id, '')}</td></tr>"
        for fact in facts
    )
    return (
        f"<div><p>{', '.join(f'<b>{count:,}</b> {name}' for name, count in counts.items())}</p>"
        f'<div style="max-width:62rem">{notebook_svg(knowledge, ontology, scores=scores)}</div>'
        '<table><thead><tr><th style="text-align:left">Best-supported facts</th><th>claims</th><th>sure</th><th>sources</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
