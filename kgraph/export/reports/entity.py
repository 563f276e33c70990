"""A report on one thing: what is said of it, by whom and in which words; as Markdown or HTML."""

from __future__ import annotations

import html
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.export.disputes import differing, disputes
from kgraph.export.palette import TYPE_WORDS
from kgraph.export.reports.markup import ReportFormat, article_words, html_link, html_page, markdown_link, markdown_text, web_address
from kgraph.export.wording.sentences import STATUS_WORDS, phrase, predicate_words, sentence
from kgraph.export.wording.staged import staged_figures
from kgraph.lookup import find_entity
from kgraph.period import when_words
from kgraph.text import counted

if TYPE_CHECKING:
    from kgraph.export.disputes import Dispute
    from kgraph.model import Article, Claim, Entity, Fact, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quote:
    exact: str
    source: str
    url: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    line: str
    remark: str
    quotes: tuple[_Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    title: str
    about: str
    sections: tuple[tuple[str, tuple[_Entry, ...]], ...]
    disagreements: tuple[str, ...]
    sources: tuple[str, ...]


def report(knowledge: Knowledge, ontology: Ontology, name: str, *, form: str = ReportFormat.MARKDOWN) -> str:
    """All that the graph holds on the thing with this id, label or name.

    Raises `GraphError` where there is none, and on a form that `ReportFormat` lacks.
    """
    write = _WRITERS[ReportFormat(form)]
    return write(_collect(knowledge, ontology, find_entity(knowledge, name)))


def _collect(knowledge: Knowledge, ontology: Ontology, entity: Entity) -> _Report:
    labels: dict[str, str] = {each.id: each.label for each in knowledge.entities}
    claims = {claim.id: claim for claim in knowledge.claims}
    articles = {article.id: article for article in knowledge.articles}
    disputed = disputes(knowledge)
    facts = [fact for fact in knowledge.facts if entity.id in (fact.subject, fact.object)]
    groups: dict[str, list[_Entry]] = defaultdict(list)
    used: set[str] = set()
    for fact in sorted(facts, key=lambda fact: (-len(fact.claims), fact.id)):
        quotes = tuple(_quote(claims[key], articles[claims[key].article], ontology) for key in fact.claims if key in claims)
        used.update(claims[key].article for key in fact.claims if key in claims)
        line = sentence(fact, ontology, labels, with_status=False, sums=staged_figures(fact, claims))
        entry = _Entry(line=line, remark=_remark(fact, disputed.get(fact.id)), quotes=quotes)
        groups[predicate_words(fact.predicate, ontology)].append(entry)
    names = [each for each in entity.names if each != entity.label]
    about = TYPE_WORDS[entity.type] + (f"; also {', '.join(names)}" if names else "")
    concerned = {fact.id for fact in facts}
    return _Report(
        title=entity.label,
        about=about + f"; {counted(len(facts), 'fact')} from {counted(len(used), 'article')}",
        sections=tuple((words, tuple(entries)) for words, entries in sorted(groups.items())),
        disagreements=tuple(each.why for each in differing(knowledge.disagreements) if concerned & set(each.facts)),
        sources=tuple(article_words(articles[key]) for key in sorted(used)),
    )


def _quote(claim: Claim, article: Article, ontology: Ontology) -> _Quote:
    said = f"according to {claim.said_by}, " if claim.said_by else ""
    return _Quote(
        exact=claim.quote.exact,
        source=said + article_words(article),
        url=web_address(article.url),
        words=phrase(claim, ontology),
    )


def _remark(fact: Fact, dispute: Dispute | None) -> str:
    parts = [STATUS_WORDS[fact.status] if fact.status else "", when_words(fact.when or fact.period), f"{fact.confidence:.0%} sure"]
    return ", ".join(part for part in (*parts, dispute or "") if part)


def _markdown(found: _Report) -> str:
    lines = [f"# {markdown_text(found.title)}", "", markdown_text(found.about), ""]
    for words, entries in found.sections:
        lines += [f"## {markdown_text(words.capitalize())}", ""]
        for entry in entries:
            lines += [f"**{markdown_text(entry.line)}** ({markdown_text(entry.remark)})", ""]
            for quote in entry.quotes:
                source = markdown_link(quote.source, quote.url)
                lines += [f"> {markdown_text(quote.exact)}", f"> — {source}: {markdown_text(quote.words)}", ""]
    if found.disagreements:
        lines += ["## Where claims differ", "", *(f"- {markdown_text(why)}" for why in found.disagreements), ""]
    lines += ["## Sources", "", *(f"{number}. {markdown_text(source)}" for number, source in enumerate(found.sources, 1)), ""]
    return "\n".join(lines)


def _html(found: _Report) -> str:
    text = html.escape
    parts = [f'<h1>{text(found.title)}</h1><p class="muted">{text(found.about)}</p>']
    for words, entries in found.sections:
        parts.append(f"<h2>{text(words.capitalize())}</h2>")
        for entry in entries:
            parts.append(f'<p><strong>{text(entry.line)}</strong> <span class="muted">({text(entry.remark)})</span></p>')
            for quote in entry.quotes:
                source = html_link(quote.source, quote.url)
                parts.append(f"<blockquote>{text(quote.exact)}<footer>{source}: {text(quote.words)}</footer></blockquote>")
    if found.disagreements:
        parts.append("<h2>Where claims differ</h2><ul>" + "".join(f"<li>{text(why)}</li>" for why in found.disagreements) + "</ul>")
    parts.append("<h2>Sources</h2><ol>" + "".join(f"<li>{text(source)}</li>" for source in found.sources) + "</ol>")
    return html_page(found.title, "\n".join(parts))


_WRITERS = {ReportFormat.MARKDOWN: _markdown, ReportFormat.HTML: _html}
