"""Which of the labelled articles are kept for development and never trained on."""

from __future__ import annotations

import hashlib


def is_development(article: str) -> bool:
    """Whether the labelled article with this id is kept for development (a tenth, by a hash of the id)."""
    return int(hashlib.sha1(article.encode(), usedforsecurity=False).hexdigest(), 16) % 10 == 0
