"""Where sources part ways, for people: each difference with what every source says of it, as Markdown or HTML."""

from __future__ import annotations

import html
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgraph.export.disputes import SEVERITIES, kind_words
from kgraph.export.reports.markup import ReportFormat, html_link, html_page, markdown_link, markdown_text, web_address
from kgraph.export.wording.staged import sentences
from kgraph.period import when_words
from kgraph.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kgraph.model import Disagreement, FactId, Knowledge, Told
    from kgraph.ontology import Ontology

__all__ = ["conflict_report"]

_COLUMNS = (("value", "says"), ("status", "status"), ("source", "source"), ("date", "published"), ("quote", "words"))
"""Fields of `Told` and their headings."""
_TITLE, _TITLE_OF_ONE = "Where sources part ways", "Where articles contradict themselves"

Difference = tuple["Disagreement", tuple["Told", ...]]


def conflict_report(knowledge: Knowledge, ontology: Ontology, found: Iterable[Difference], *, form: str = ReportFormat.MARKDOWN) -> str:
    """Every disagreement of `found`, with what its sources say, matter by matter and the gravest first.

    Raises `GraphError` on a form that `ReportFormat` lacks.
    """
    write = _WRITERS[ReportFormat(form)]
    matters = _matters(knowledge, ontology, found)
    within = {difference.articles == 1 for matter in matters for difference in matter.differences}
    about = ", ".join(
        counted(len(found), noun)
        for found, noun in ((knowledge.articles, "article"), (knowledge.claims, "claim"), (knowledge.facts, "fact"))
    )
    return write(_TITLE_OF_ONE if within == {True} else _TITLE, about, matters)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Difference:
    """A disagreement, what its claims say, and in how many articles they stand."""

    one: Disagreement
    told: tuple[Told, ...]
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    """A fact, or two that clash, and all that differs about it."""

    lines: tuple[str, ...]
    differences: tuple[_Difference, ...]


def _matters(knowledge: Knowledge, ontology: Ontology, found: Iterable[Difference]) -> tuple[_Matter, ...]:
    """By the facts concerned: those with the gravest difference first, then those with most."""
    article = {claim.id: claim.article for claim in knowledge.claims}
    outlet = {each.id: each.publisher or each.title or each.id for each in knowledge.articles}
    groups: dict[tuple[FactId, ...], list[_Difference]] = {}
    for one, told in found:
        articles = len({article.get(claim) for claim in one.claims})
        named = tuple(replace(said, source=outlet.get(article.get(said.claim, ""), said.source)) for said in told)
        groups.setdefault(one.facts, []).append(_Difference(one=one, told=named, articles=articles))
    for group in groups.values():
        group.sort(key=lambda each: (-each.one.severity, each.one.property, each.one.verdict, each.one.id))
    said = sentences(knowledge, ontology, (fact for concerned in groups for fact in concerned))
    return tuple(
        _Matter(lines=tuple(said[fact] for fact in concerned), differences=tuple(group))
        for concerned, group in sorted(groups.items(), key=lambda item: (-item[1][0].one.severity, -len(item[1]), item[0]))
    )


def _counts(matters: Iterable[_Matter]) -> list[tuple[int, int, str]]:
    """Severity, how many differences have it, and what it is called; that nothing contradicts is worth saying."""
    counts = Counter(each.one.severity for matter in matters for each in matter.differences)
    worst = len(SEVERITIES) - 1
    return [
        (severity, counts[severity], words + "s" * (severity == worst and counts[severity] != 1))
        for severity, words in reversed(list(enumerate(SEVERITIES)))
        if counts[severity] or severity == worst
    ]


def _heading(each: _Difference) -> tuple[str, str]:
    """The severity, and the verdict with its property and among how many articles it is."""
    return SEVERITIES[each.one.severity].capitalize(), ", ".join(kind_words(each.one, each.articles))


def _rows(one: Disagreement, told: Sequence[Told]) -> tuple[list[tuple[str, str]], list[list[tuple[str, str, str | None]]]]:
    """Columns as field and heading, and cells as field, text and address; none for what no source says."""
    columns = [
        (field, heading)
        for field, heading in _COLUMNS
        if any(_text(one, said, field) for said in told) and (field, one.property) != ("status", "status")
    ]
    rows = [
        [(field, _text(one, said, field), web_address(said.url) if field == "source" else None) for field, _ in columns] for said in told
    ]
    return columns, rows


def _text(one: Disagreement, told: Told, field: str) -> str:
    if field == "date":
        return told.date.isoformat() if told.date else ""
    if field == "quote":
        return f"“{told.quote}”"
    text: str = getattr(told, field)
    return when_words(text) if field == "value" and one.property in ("when", "period") else text


def _markdown(title: str, about: str, matters: Sequence[_Matter]) -> str:
    counts = ", ".join(f"{count} {words}" for _, count, words in _counts(matters))
    lines = [f"# {title}", "", f"{about}: {counts}.", ""]
    for matter in matters:
        lines += [f"## {markdown_text(' / '.join(matter.lines))}", ""]
        for each in matter.differences:
            severity, verdict = _heading(each)
            columns, rows = _rows(each.one, each.told)
            lines += [f"**{severity}** ({verdict}): {markdown_text(each.one.why)}", ""]
            lines += [f"| {' | '.join(heading for _, heading in columns)} |", "|---" * len(columns) + "|"]
            lines += [f"| {' | '.join(markdown_link(text, url) for _, text, url in row)} |" for row in rows]
            lines.append("")
    return "\n".join(lines)


def _html(title: str, about: str, matters: Sequence[_Matter]) -> str:
    counts = "".join(f'<li class="s{severity}"><b>{count}</b>{words}</li>' for severity, count, words in _counts(matters))
    parts = [f'<h1>{title}</h1><p class="muted">{about}</p><ul class="counts">{counts}</ul>']
    for matter in matters:
        parts.append(f"<h2>{'<br>'.join(html.escape(line) for line in matter.lines)}</h2>")
        parts.extend(_html_difference(each) for each in matter.differences)
    return html_page(title, "\n".join(parts))


def _html_difference(each: _Difference) -> str:
    one = each.one
    severity, verdict = _heading(each)
    columns, rows = _rows(one, each.told)
    head = "".join(f'<th scope="col" class="{field}">{heading}</th>' for field, heading in columns)
    cells = ("".join(f'<td class="{field}">{html_link(text, url)}</td>' for field, text, url in row) for row in rows)
    body = "\n".join(f"<tr>{row}</tr>" for row in cells)
    return (
        f'<article class="s{one.severity}"><h3>{severity} <span>{html.escape(verdict)}</span></h3><p>{html.escape(one.why)}</p>\n'
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></article>"
    )


_WRITERS = {ReportFormat.MARKDOWN: _markdown, ReportFormat.HTML: _html}
