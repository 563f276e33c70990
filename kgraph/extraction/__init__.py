"""What an article says: spaCy `Doc`s to `Reading`s.

Doc ─▶ mentions, amounts, moments, titles ─▶ frames, relations ─▶ candidates ─▶ claims
"""

from kgraph.extraction.reading import Extractor

__all__ = ["Extractor"]
