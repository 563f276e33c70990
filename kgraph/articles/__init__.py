"""From paths, addresses, feeds and records to clean articles; the first stage.

    sources ─locations─▶ one input each ─records | files | pages | feeds─▶ Draft ─drafts─▶ Article

A bad input becomes one `ArticleError` in the stream, so that the others go on.
"""

from kgraph.articles.reading import read

__all__ = ["read"]
