"""The explorer holds articles as data: what they say can end no element and start no script."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from kgraph.export import Highlight, explorer

DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def data_of(page: str) -> dict:
    (found,) = DATA.findall(page)
    return json.loads(found)


def test_the_page_is_whole_and_the_same_twice(deal, ontology):
    page = explorer(deal, ontology)
    assert page == explorer(deal, ontology)
    assert "{{" not in page.split('id="data"')[0]
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "default-src &#x27;none&#x27;" in page


def test_quotes_stand_in_their_sentences_and_their_articles(deal, ontology):
    data = data_of(explorer(deal, ontology))
    claim = next(each for each in data["claims"] if each["id"] == "a1-c0000")
    assert claim["before"] == ""
    assert claim["after"].startswith(" of the start-up, two people briefed on the deal said.")
    text = data["articles"][claim["article"]]["text"]
    assert text[slice(*claim["span"])] == claim["exact"]


def test_offsets_count_as_javascript_does(deal, ontology):
    claim = deal.claims[0]
    shifted = replace(claim, quote=replace(claim.quote, start=claim.quote.start + 2, end=claim.quote.end + 2))
    article = replace(deal.articles[0], text="🚀 " + deal.articles[0].text)
    known = replace(deal, articles=(article, *deal.articles[1:]), claims=(shifted, *deal.claims[1:]))
    data = data_of(explorer(known, ontology))
    assert data["claims"][0]["span"] == [claim.quote.start + 3, claim.quote.end + 3]


def test_without_texts_the_quotes_remain(deal, ontology):
    known = replace(deal, articles=tuple(replace(article, text="") for article in deal.articles))
    data = data_of(explorer(known, ontology))
    assert {claim["span"] for claim in data["claims"]} == {None}
    assert data["claims"][0]["exact"] == deal.claims[0].quote.exact


def test_hostile_texts_stay_data(deal, ontology):
    hostile = "</script><script>alert(1)</script><!-- \u2028 & \"'>"
    article = replace(deal.articles[0], title=hostile, publisher=hostile, url="javascript:alert(1)")
    known = replace(deal, articles=(article, *deal.articles[1:]), entities=(replace(deal.entities[0], label=hostile), *deal.entities[1:]))
    page = explorer(known, ontology, title=hostile)
    assert page.count("<script") == 2
    assert page.count("</script>") == 2
    data = data_of(page)
    assert data["articles"][0]["title"] == hostile
    assert data["articles"][0]["url"] is None


def test_findings_point_to_their_facts(deal, ontology):
    finding = Highlight(title="circle", why="Meta owns and hires", facts=(deal.facts[0].id,))
    data = data_of(explorer(deal, ontology, interests=[finding]))
    assert [data["facts"][number]["id"] for number in data["interests"][0]["facts"]] == [deal.facts[0].id]
    assert [each["kind"][0] for each in data["disagreements"]] == ["precision difference", "supersession"]
