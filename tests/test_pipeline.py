from types import SimpleNamespace

import pytest

from kgraph import pipeline
from kgraph.model import Reading
from kgraph.settings import Settings


def test_a_quote_that_is_not_in_its_article_ends_the_build(monkeypatch, newsroom):
    claim = newsroom.tell("a", "Acme", "acquired", "Beta", quote="Acme acquired Beta")
    article = newsroom.articles["a"]
    reading = Reading(article=article, appearances=tuple(newsroom.appearances.values()), claims=(claim,))
    models = (SimpleNamespace(pipe=lambda pairs, **_: pairs), SimpleNamespace(read=lambda _: [reading]))
    monkeypatch.setattr(pipeline, "_models", lambda _: models)
    with pytest.raises(AssertionError, match="'Acme acquired Beta' is not what stands at 0 to 18"):
        list(pipeline.extract([article], Settings()))
