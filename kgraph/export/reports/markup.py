"""What every report is made of: text that no reader of Markdown or HTML takes for markup, links, and one style for all pages."""

from __future__ import annotations

import html
import re
from enum import StrEnum
from typing import TYPE_CHECKING

from kgraph.arguments import meant
from kgraph.errors import GraphError
from kgraph.export.palette import THEMES, custom_properties

if TYPE_CHECKING:
    from kgraph.export.palette import Theme
    from kgraph.model import Article

__all__ = ["ReportFormat", "article_words", "html_link", "html_page", "markdown_link", "markdown_text", "web_address"]


class ReportFormat(StrEnum):
    """How a report is written, in any case; raises `GraphError` on any other word."""

    MARKDOWN = "markdown"
    HTML = "html"

    @classmethod
    def _missing_(cls, value: object) -> ReportFormat:
        found = meant(value, cls)
        if found is None:
            raise GraphError(f"{value}: no such form of a report; known are {', '.join(cls)}")
        return cls(found)


_SPECIAL = re.compile(r"[\\`*_\[\]|<>~$]|^\s*[#+=-]|^\s*\d+[.)]")


def markdown_text(text: str) -> str:
    r"""Text that Markdown shows as it is, on one line.

    >>> markdown_text("1. a|b\n<i>")
    '1\\. a\\|b \\<i\\>'
    """
    safe = _SPECIAL.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", " ".join(text.split()))
    return safe.replace("&", "&amp;")


def markdown_link(text: str, url: str | None) -> str:
    """The text, as a link where there is an address."""
    return f"[{markdown_text(text)}](<{url.replace('>', '%3E')}>)" if url else markdown_text(text)


def html_link(text: str, url: str | None) -> str:
    """The text, as a link where there is an address."""
    return f'<a href="{html.escape(url)}" rel="noopener noreferrer">{html.escape(text)}</a>' if url else html.escape(text)


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web: others (`javascript:`) do things."""
    return url if url and url.startswith(("https://", "http://")) else None


def article_words(article: Article) -> str:
    """Outlet, title and day of an article, as far as they are known."""
    day = article.date.isoformat() if article.date else None
    return ", ".join(part for part in (article.publisher, article.title or article.id, day) if part)


def html_page(title: str, body: str) -> str:
    """A page of its own: no script, nothing loaded; light or dark as the reader's system is, and light in print."""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _colours(theme: Theme, *severities: str) -> str:
    return ";".join([custom_properties(theme), *(f"--s{severity}:{colour}" for severity, colour in enumerate(severities))])


_LIGHT = _colours(THEMES["light"], "#2c7a4b", THEMES["light"].muted, THEMES["light"].disputed, "#b3261e")
_DARK = _colours(THEMES["dark"], "#63c48a", THEMES["dark"].muted, THEMES["dark"].disputed, "#ff8078")

_STYLE = (
    f":root{{color-scheme:light dark;{_LIGHT}}}@media(prefers-color-scheme:dark){{:root{{{_DARK}}}}}"
    "body{font:16px/1.55 system-ui,sans-serif;max-width:62rem;margin:2rem auto 4rem;padding:0 1rem;"
    "background:var(--paper);color:var(--ink);overflow-wrap:anywhere}"
    "h1{line-height:1.2;margin:0 0 .3rem}h2{margin:2.6rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--rule);"
    "font-size:1.2rem;line-height:1.35}h2 small{display:block;font-weight:400}"
    "a{color:var(--Organization)}blockquote{margin:.4rem 0 .8rem;padding-left:.8rem;border-left:3px solid var(--rule)}"
    "footer,small,.muted{color:var(--muted);font-size:.9rem}"
    # One difference: its verdict, why, and the table of who says what.
    "article{margin:1rem 0 1.6rem;padding-left:.9rem;border-left:4px solid var(--tone)}"
    ".s0{--tone:var(--s0)}.s1{--tone:var(--s1)}.s2{--tone:var(--s2)}.s3{--tone:var(--s3)}"
    "h3{margin:0;font-size:1rem;font-weight:600;color:var(--tone)}h3 span{color:var(--muted);font-weight:400}"
    "article p{margin:.15rem 0 .5rem}"
    "ul.counts{display:flex;flex-wrap:wrap;gap:.5rem 1.6rem;list-style:none;padding:0;margin:1rem 0}"
    "ul.counts b{font-size:1.5rem;color:var(--tone);margin-right:.35rem}"
    "table{border-collapse:collapse;table-layout:fixed;width:100%;font-size:.92rem}th{text-align:left;font-weight:400;color:var(--muted);font-size:.85rem}"
    "th,td{padding:.3rem .9rem .3rem 0;vertical-align:top;border-bottom:1px solid var(--rule)}td.value{font-weight:600}"
    ".value{width:18%}.status{width:6.5rem}.source{width:17%}.date{width:6.5rem}"
    # On a narrow screen each row is a card.
    "@media(max-width:44rem){table,tbody,tr,td{display:block}thead{display:none}tr{padding:.4rem 0;border-bottom:1px solid var(--rule)}"
    "td,td.value{border:0;padding:.05rem 0;width:auto}td.source,td.date,td.status{display:inline;color:var(--muted)}"
    "td.source:not(:empty)~td:not(:empty):not(.quote)::before,td.status:not(:empty)::before{content:'\\00a0· '}}"
    f"@media print{{:root{{color-scheme:light;{_LIGHT}}}body{{max-width:none;margin:0;font-size:10pt}}"
    "article,tr{break-inside:avoid}h2,h3{break-after:avoid}a{color:inherit;text-decoration:none}}"
)
