"""Where what is shown comes from, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kgraph.model import Article

__all__ = ["source_line"]

_MANY_PUBLISHERS = 4


def source_line(articles: Sequence[Article], source: str | None) -> str:
    """What the picture rests on: articles, outlets and the days between which they were published."""
    if source is not None:
        return f"Source: {source}"
    days = sorted(article.date for article in articles if article.date)
    outlets = sorted({article.publisher for article in articles if article.publisher})
    named = ", ".join(outlets[:_MANY_PUBLISHERS]) + (
        f" and {len(outlets) - _MANY_PUBLISHERS} more" if len(outlets) > _MANY_PUBLISHERS else ""
    )
    parts = [counted(len(articles), "article"), named]
    if days:
        first, last = f"{days[0].day} {days[0]:%B %Y}", f"{days[-1].day} {days[-1]:%B %Y}"
        parts.append(first if first == last else f"{first} to {last}")
    return "Source: " + "; ".join(part for part in parts if part) + " · drawn by kgraph"
