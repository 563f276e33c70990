"""Finds the facts of a labelled article in its text: which spans stand for the arguments and for the qualifiers.

A fact tells its quote and the words of its arguments. Several spans may do; they come best first, so that a reading of
the article that drops some of them takes the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kgraph.extraction.relations.inputs import REACH
from kgraph.extraction.relations.labels import PREDICATES, kind_index
from training.corpora.stand_ins import can_stand, core
from training.relations.values import Value, states_amount, states_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PRONOUNS = {
    **dict.fromkeys(("it", "its", "they", "their", "them", "we", "our", "us", "which", "itself"), "Organization"),
    **dict.fromkeys(("he", "she", "his", "her", "him", "who", "himself", "herself", "i", "my"), "Person"),
}
"""Pronouns with the type of what they stand for, as far as the word tells."""
_COMPANY_WORDS = """
company firm group airline bank startup start-up maker carrier retailer manufacturer giant business operator insurer
developer automaker carmaker chain publisher broadcaster network brewer drugmaker chipmaker lender supplier utility miner
agency studio conglomerate corporation provider fund buyer bidder parent subsidiary unit rival partner investor
shareholder website exchange brand organization organisation union
"""
_PERSON_WORDS = """
executive chief founder co-founder chairman chairwoman president billionaire entrepreneur director spokesman spokeswoman
analyst manager man woman minister
"""
NOUNS = {**dict.fromkeys(_COMPANY_WORDS.split(), "Organization"), **dict.fromkeys(_PERSON_WORDS.split(), "Person")}
"""Nouns that stand for a company or a person where a definite article or a possessive comes before them."""
_DETERMINERS = frozenset({"the", "this", "that", "its", "their", "his", "her"})


@dataclass(slots=True, kw_only=True)
class Marked:
    """A span while an article is read: whose it is, and whether a reading may drop it."""

    start: int
    end: int
    kind: int
    owners: frozenset[int]
    form: str
    """name, other (a pronoun or a description) or value."""
    value: Value | None = None
    named: bool = False
    """Whether the pipeline says whose it is, so that a span without owner stands for something unlabelled."""


@dataclass(slots=True, kw_only=True)
class Article:
    """What one article's facts are aligned to."""

    text: str
    words: list[str]
    places: list[tuple[int, int]]
    sentences: list[int]
    spans: list[Marked]
    known: dict[str, int]
    types: list[str]
    ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ends = [end for _, end in self.places]

    def words_in(self, start: int, end: int) -> tuple[int, int]:
        """The words that lie in a span of characters, those it cuts included."""
        first = bisect_right(self.ends, start)
        last = first
        while last < len(self.places) and self.places[last][0] < end:
            last += 1
        return first, last

    def add(self, span: Marked) -> int:
        """The place of a span in the list, the same where it is there already."""
        for index, other in enumerate(self.spans):
            if (other.start, other.end) == (span.start, span.end) and (other.form == "value") == (span.form == "value"):
                if span.owners - other.owners:
                    other.owners |= span.owners
                return index
        self.spans.append(span)
        return len(self.spans) - 1


@dataclass(slots=True, kw_only=True)
class Aligned:
    """A fact with the spans that may stand for its parts, best first."""

    label: str
    subjects: list[int]
    objects: list[int] | None
    """None where the fact has no object."""
    optional: bool = False
    status: str | None = None
    negative: bool = False
    qualifiers: list[tuple[str, str, list[int]]] = field(default_factory=list)
    """(label, "subject" or "object", spans)."""


def align_all(article: Article, facts: Sequence[dict[str, Any]]) -> Iterator[Aligned]:
    """Every place where the text states a fact, as far as its parts are found."""
    for fact in facts:
        if fact["predicate"] not in PREDICATES:
            continue
        for quote in (fact["quote"], *fact.get("also", ())):
            start = article.text.find(quote)
            if start >= 0:
                aligned = _align(article, fact, Region(article, start, start + len(quote)))
                if aligned is not None:
                    yield aligned


class Region:
    """A quote in an article, and how near to it a span is."""

    def __init__(self, article: Article, start: int, end: int) -> None:
        self.article = article
        self.chars = (start, end)
        self.start, self.end = article.words_in(start, end)
        self.first = article.sentences[self.start]
        self.last = article.sentences[max(self.start, self.end - 1)]

    def tier(self, span: Marked) -> int | None:
        """0 in the quote, 1 in its sentences, 2 shortly before, 3 shortly after, None elsewhere."""
        if self.start <= span.start and span.end <= self.end:
            return 0
        sentence = self.article.sentences[span.start]
        if self.first <= sentence <= self.last:
            return 1
        if self.first - REACH <= sentence < self.first:
            return 2
        return 3 if self.last < sentence <= self.last + REACH else None

    def ranked(self, wanted: Callable[[Marked], bool], anchor: int | None = None) -> list[int]:
        """The wanted spans near the quote, nearest first."""
        spans = self.article.spans
        found = [(self.tier(span), index) for index, span in enumerate(spans) if wanted(span)]
        middle = (self.start + self.end) // 2 if anchor is None else spans[anchor].start
        near = [(tier, abs(spans[index].start - middle), index) for tier, index in found if tier is not None]
        return [index for _, _, index in sorted(near)]

    def search(self, words: str) -> Iterator[tuple[int, int]]:
        """Where words stand in the quote, else in its sentences, else in the sentence before: first and last word."""
        sentences = self.article.sentences
        wide = [index for index, number in enumerate(sentences) if self.first - 1 <= number <= self.last]
        stretches = (self.chars, (self.article.places[wide[0]][0], self.article.places[wide[-1]][1]))
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
        for start, end in stretches:
            hits = [match.span() for match in pattern.finditer(self.article.text, start, end)]
            if hits:
                yield from (self.article.words_in(*hit) for hit in hits)
                return


def _align(article: Article, fact: dict[str, Any], region: Region) -> Aligned | None:
    objects = _objects(article, fact, region)
    if objects is not None and not objects:
        return None
    subjects = _things(article, fact["subject"], fact["subject_mention"], region, objects[0] if objects else None)
    if not subjects:
        return None
    if objects is not None and article.spans[objects[0]].form != "value":
        objects = _things(article, fact["object"], fact.get("object_mention"), region, subjects[0])
    aligned = Aligned(
        label=fact["predicate"],
        subjects=subjects,
        objects=objects,
        optional=bool(fact.get("optional")),
        status=fact.get("status"),
        negative=fact.get("polarity") == "negative" or fact.get("status") == "denied",
    )
    aligned.qualifiers.extend(_qualifiers(article, fact, region, valued=objects is not None and article.spans[objects[0]].form == "value"))
    return aligned


def _objects(article: Article, fact: dict[str, Any], region: Region) -> list[int] | None:
    """The spans of the object; None where the predicate needs none."""
    if fact.get("object"):
        return _things(article, fact["object"], fact.get("object_mention"), region, None)
    patterns = PREDICATES[fact["predicate"]]
    kinds = {pattern[-1] for pattern in patterns}
    if "D" in kinds:
        return _values(article, region, fact.get("object_mention"), "date", lambda value: states_date(value, fact.get("date")))
    if "C" in kinds or "M" in kinds:
        kind = "count" if "C" in kinds else "money"
        return _values(article, region, fact.get("object_mention"), kind, lambda value: states_amount(value, fact.get("amount")))
    return None if "=" in kinds else []


def _things(article: Article, name: str, words: str | None, region: Region, anchor: int | None) -> list[int]:
    """The spans that may stand for a thing, the one that the fact names first."""
    owner = article.known.get(name)
    if owner is None:
        return []
    named = region.ranked(lambda span: owner in span.owners and span.form == "name", anchor)
    if words is None:
        return named
    told = []
    for first, last in region.search(words):
        inside = [index for index in named if first <= article.spans[index].start and article.spans[index].end <= last]
        if inside:
            told.extend(inside)
        elif last > first and can_stand(article.words[first:last], article.types[owner]):
            told.append(_stand_in(article, owner, first, last))
    middle = article.spans[anchor].start if anchor is not None else region.start
    told.sort(key=lambda index: abs(article.spans[index].start - middle))
    return list(dict.fromkeys([*told, *named]))


def _stand_in(article: Article, owner: int, first: int, last: int) -> int:
    """The span of a pronoun or a description that a fact names, without its trailing phrases."""
    words = core(article.words[first:last])
    form = "pronoun" if len(words) == 1 and words[0] in PRONOUNS else "nominal"
    kind = kind_index(article.types[owner], form)
    return article.add(Marked(start=first, end=first + len(words), kind=kind, owners=frozenset({owner}), form="other"))


def _values(
    article: Article, region: Region, words: str | None, kind: str, states: Callable[[Value], bool], anchor: int | None = None
) -> list[int]:
    """The value spans near a quote that say what a fact says; else the words that the fact names."""
    index = kind_index(kind)
    found = region.ranked(lambda span: span.kind == index and span.value is not None and states(span.value), anchor)
    if found or words is None:
        return found
    for first, last in region.search(words.strip(".,;\"'")):
        if last - first > 6 or first == last:
            continue
        value = Value(start=article.places[first][0], end=article.places[last - 1][1], kind=kind)
        return [article.add(Marked(start=first, end=last, kind=index, owners=frozenset(), form="value", value=value))]
    return []


def _qualifiers(article: Article, fact: dict[str, Any], region: Region, *, valued: bool) -> Iterator[tuple[str, str, list[int]]]:
    """What the fact says beside its arguments, at the argument that it is attached to."""
    sides = ("subject", "object")
    if fact.get("amount") and not valued:
        spans = _values(article, region, None, "money", lambda value: states_amount(value, fact["amount"]))
        yield from (("amount", side, spans) for side in sides)
    if fact.get("percent"):
        spans = _values(article, region, None, "share", lambda value: states_amount(value, fact["percent"], scale=100))
        yield from (("stake", side, spans) for side in sides)
    if fact.get("date"):
        spans = _values(article, region, None, "date", lambda value: states_date(value, fact["date"]))
        yield from (("when", side, spans) for side in sides)
    if fact.get("role"):
        yield from (("role", side, _titles(article, fact["role"], region)) for side in sides)
    if fact.get("seller"):
        yield "seller", "object", _things(article, fact["seller"], None, region, None)


def _titles(article: Article, role: str, region: Region) -> list[int]:
    """The spans of the words of a role, marked where no title is found there."""
    index = kind_index("title")
    told = []
    for first, last in region.search(role):
        over = [place for place, span in enumerate(article.spans) if span.kind == index and span.start < last and first < span.end]
        if not over and last > first:
            over = [article.add(Marked(start=first, end=last, kind=index, owners=frozenset(), form="value"))]
        told.extend(over)
    middle = (region.start + region.end) // 2
    return sorted(dict.fromkeys(told), key=lambda place: abs(article.spans[place].start - middle))


def add_strangers(article: Article) -> None:
    """Mark the other pronouns and descriptions, whose owner nobody told."""
    taken = {place for span in article.spans if span.form != "value" for place in range(span.start, span.end)}
    words = [word.lower() for word in article.words]
    for place, word in enumerate(words):
        if place in taken:
            continue
        if word in PRONOUNS:
            kind = kind_index(PRONOUNS[word], "pronoun")
            article.spans.append(Marked(start=place, end=place + 1, kind=kind, owners=frozenset(), form="other"))
        elif word in _DETERMINERS:
            head = next((end for end in range(place + 1, min(place + 5, len(words))) if words[end] in NOUNS), None)
            if head is not None and not taken & set(range(place, head + 1)):
                kind = kind_index(NOUNS[words[head]], "nominal")
                article.spans.append(Marked(start=place, end=head + 1, kind=kind, owners=frozenset(), form="other"))
