"""Which of the labelled articles are trained on."""

from __future__ import annotations

import hashlib
from typing import Literal

Part = Literal["seen", "kept", "held"]
"""Trained on; kept for development, never trained on; held back for a while, so that choices are fitted and measured on them."""

HELD = ("k853", "k854", "k856")
"""How the ids of articles that are held back begin."""


def part_of(article: str) -> Part:
    """The part that the labelled article with this id belongs to."""
    if is_development(article):
        return "kept"
    return "held" if article.startswith(HELD) else "seen"


def is_development(article: str) -> bool:
    """Whether an article is kept for development (a tenth, by a hash of the id)."""
    return int(hashlib.sha1(article.encode(), usedforsecurity=False).hexdigest(), 16) % 10 == 0
