"""What an article says: spaCy `Doc`s to `Reading`s.

    Doc ─marking─▶ Marked ─frames, relations─▶ candidates ─qualifying─▶ candidates ─claims, modality─▶ Claim

`reading` knows this order; `spans` has what the steps hand to each other; all of them read trees through `syntax`.
"""

from kgraph.extraction.reading import Extractor

__all__ = ["Extractor"]
