"""The explorer: one HTML file, offline, in which every statement leads to its words in its article.

What articles say is data in it, never markup: it travels as JSON, the page writes it with `textContent`
only, and a content security policy runs no script but the page's own and loads nothing.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kgraph.export.disputes import Dispute, differing, dispute_words, disputes, kind_words
from kgraph.export.palette import TYPE_WORDS, coloured
from kgraph.export.placement.stress import place
from kgraph.export.selection import View, admits, choose, sources, symmetric_predicates
from kgraph.export.wording.sentences import STATUS_WORDS, clause, phrase, predicate_words
from kgraph.export.wording.sources import source_line
from kgraph.export.wording.staged import staged_figures
from kgraph.model import EntityType
from kgraph.period import when_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kgraph.choices import ThemeName
    from kgraph.export.selection import Scene
    from kgraph.model import Article, Claim, ClaimId, Disagreement, Entity, EntityId, Fact, FactId, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["Highlight", "explorer"]

_SCRIPTS = ("explorer-data.js", "explorer-canvas.js", "explorer-panel.js", "explorer.js")
_TOP = 2000
_SENTENCE_END = re.compile(r"[.!?]['\"\u2019\u201d)]*\s|\n")
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A finding that lights up part of the graph, such as a conflict of interest."""

    title: str
    why: str
    facts: tuple[FactId, ...]


def explorer(
    knowledge: Knowledge,
    ontology: Ontology,
    *,
    scores: Mapping[EntityId, float] | None = None,
    interests: Sequence[Highlight] = (),
    view: View | None = None,
    theme: ThemeName | None = None,
    title: str | None = None,
    home: str | None = None,
) -> str:
    """The page for the part of the graph that `view` chooses, by default its 2,000 highest-ranked things, and all facts about them.

    Its colours follow the reader's system where no `theme` is given. `home` is the address of a server's
    start page to link to; a file on its own has none. Raises `GraphError` where the view's focus is not in the graph.
    """
    view = view or View()
    scene = choose(knowledge, ontology, replace(view, top=view.top or _TOP, lone=True), scores)
    heading = title or "Who did what to whom, according to whom"
    payload = {"title": heading, "home": home, **_payload(knowledge, ontology, scene, interests, view)}
    style = _style(theme)
    script = "(function () {\n'use strict';\n" + "\n".join(_asset(name) for name in _SCRIPTS) + "\n})();"
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    parts = {
        "policy": html.escape(policy),
        "scheme": theme or "light dark",
        "title": html.escape(heading),
        "style": style,
        "data": _json(payload),
        "script": script,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _asset("explorer.html"))


def _style(theme: ThemeName | None) -> str:
    """The style sheet; a theme answers for the reader's system."""
    style = coloured(_asset("explorer.css"))
    if theme is None:
        return style
    asked = "all" if theme == "dark" else "not all"
    return style.replace("(prefers-color-scheme: dark)", asked).replace("color-scheme: light dark", f"color-scheme: {theme}")


def _asset(name: str) -> str:
    return (files("kgraph.export.page") / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """A source expression that allows exactly this inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(payload: Any) -> str:
    """JSON that can stand inside an HTML element: no character of it can begin a tag or an entity."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return "".join(_ESCAPES.get(letter, letter) for letter in text)


def _payload(knowledge: Knowledge, ontology: Ontology, scene: Scene, interests: Sequence[Highlight], view: View) -> dict[str, Any]:
    entities = {entity.id: number for number, entity in enumerate(scene.entities)}
    labels: dict[str, str] = {entity.id: entity.label for entity in knowledge.entities}
    facts = [
        fact
        for fact in knowledge.facts
        if fact.subject in entities and (fact.object not in labels or fact.object in entities) and admits(fact, view, labels)
    ]
    fact_numbers = {fact.id: number for number, fact in enumerate(facts)}
    used = {claim for fact in facts for claim in fact.claims}
    claims = [claim for claim in knowledge.claims if claim.id in used]
    claim_numbers = {claim.id: number for number, claim in enumerate(claims)}
    articles = sources(knowledge, used)
    article_numbers = {article.id: number for number, article in enumerate(articles)}
    disputed = disputes(knowledge)
    told = {claim.id: claim for claim in claims}
    article_of = {claim.id: claim.article for claim in knowledge.claims}
    spots = place(len(entities), [(entities[edge.source], entities[edge.target], 1.0) for edge in scene.edges], gap=1.2)
    return {
        "source": source_line(articles, None),
        "leftOut": scene.entities_left_out,
        "types": [{"id": kind.value, "word": TYPE_WORDS[kind]} for kind in EntityType],
        "articles": [_article(article) for article in articles],
        "entities": [_entity(entity, scene, spot) for entity, spot in zip(scene.entities, spots.tolist(), strict=True)],
        "facts": [_fact(fact, ontology, entities, labels, disputed, claim_numbers, staged_figures(fact, told)) for fact in facts],
        "claims": [_claim(claim, ontology, articles, article_numbers[claim.article]) for claim in claims],
        "disputed": dispute_words(disputed.get(fact.id) for fact in facts),
        "symmetric": sorted(symmetric_predicates(ontology)),
        "predicates": {name: predicate_words(name, ontology) for name in sorted({fact.predicate for fact in facts})},
        "disagreements": [
            _disagreement(each, fact_numbers, claim_numbers, len({article_of[claim] for claim in each.claims if claim in article_of}))
            for each in differing(knowledge.disagreements, 0)
            if not fact_numbers.keys().isdisjoint(each.facts)
        ],
        "interests": [
            {"title": each.title, "why": each.why, "facts": [fact_numbers[key] for key in each.facts]}
            for each in interests
            if fact_numbers.keys() >= set(each.facts)
        ],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "publisher": article.publisher,
        "url": article.url if article.url and article.url.startswith(("https://", "http://")) else None,
        "text": article.text or None,
    }


def _entity(entity: Entity, scene: Scene, spot: list[float]) -> dict[str, Any]:
    return {
        "id": entity.id,
        "label": entity.label,
        "names": [name for name in entity.names if name != entity.label],
        "type": entity.type.value,
        "sameAs": [iri for iri in entity.same_as if iri.startswith(("https://", "http://"))],
        "score": round(scene.scores.get(entity.id, 0.0), 6),
        "x": round(spot[0], 3),
        "y": round(-spot[1], 3),
    }


def _disagreement(found: Disagreement, facts: Mapping[FactId, int], claims: Mapping[ClaimId, int], articles: int) -> dict[str, Any]:
    return {
        "kind": kind_words(found, articles),
        "severity": found.severity,
        "why": found.why,
        "facts": [facts[key] for key in found.facts if key in facts],
        "claims": [claims[key] for key in found.claims if key in claims],
    }


def _fact(
    fact: Fact,
    ontology: Ontology,
    entities: Mapping[EntityId, int],
    labels: Mapping[str, str],
    disputed: Mapping[FactId, Dispute],
    claims: Mapping[ClaimId, int],
    sums: str,
) -> dict[str, Any]:
    return {
        "id": fact.id,
        "s": entities[fact.subject],
        "o": entities.get(fact.object, -1) if isinstance(fact.object, str) else -1,  # type: ignore[call-overload]
        "predicate": fact.predicate,
        "phrase": phrase(fact, ontology, sums=sums),
        "clause": clause(fact, ontology, sums=sums),
        "object": labels.get(fact.object, fact.object) if isinstance(fact.object, str) else None,
        "status": STATUS_WORDS[fact.status] if fact.status else None,
        "when": when_words(fact.when or fact.period),
        "confidence": round(fact.confidence, 2),
        "disputed": disputed.get(fact.id),
        "claims": [claims[key] for key in fact.claims if key in claims],
    }


def _claim(claim: Claim, ontology: Ontology, articles: Sequence[Article], number: int) -> dict[str, Any]:
    article = articles[number]
    start, end = claim.quote.start, claim.quote.end
    left, right = _sentence_around(article.text, start, end) if article.text else (start, end)
    return {
        "id": claim.id,
        "article": number,
        "phrase": phrase(claim, ontology),
        "saidBy": claim.said_by,
        "hedge": claim.hedge,
        "confidence": round(claim.confidence, 2),
        "before": article.text[left:start],
        "exact": claim.quote.exact,
        "after": article.text[end:right],
        "span": [_utf16(article.text, start), _utf16(article.text, end)] if article.text else None,
    }


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds the quote begins and ends, as far as punctuation tells."""
    left = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    match = _SENTENCE_END.search(text, max(end - 1, 0))
    return left, match.end() if match else len(text)


def _utf16(text: str, offset: int) -> int:
    """An offset as JavaScript counts."""
    return len(text[:offset].encode("utf-16-le")) // 2
