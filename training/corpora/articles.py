"""Reads the labelled articles: names of all five types, and coreference from aliases and the mentions of facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import spacy

from kgraph.language.network.mentions import Mention, name_mention, word_mention
from kgraph.language.network.tokens import BREAK, gap, is_list_mark
from training.corpora.documents import Document, blank, mark_name
from training.corpora.schemes import OUTSIDE, begin, inside
from training.corpora.stand_ins import can_stand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

TITLE_END = "\n\n"
"""What stands between the title and the text of an article."""

_APOSTROPHES = frozenset({"'", "\N{RIGHT SINGLE QUOTATION MARK}"})
_PUNCTUATION = frozenset(".,;:!?\"'()[]")


def article_text(record: dict[str, Any]) -> str:
    """The title and the text of an article as one string; a passage has no title."""
    return f"{record['title']}{TITLE_END}{record['text']}" if record["title"] else str(record["text"])


def alias_spans(text: str, entities: Sequence[dict[str, Any]]) -> list[tuple[int, int, list[int]]]:
    """Where the surface forms of entities stand: (start, end, indices of entities), the longest form first."""
    forms: dict[str, list[int]] = {}
    for index, entity in enumerate(entities):
        for form in {entity["name"], *entity["aliases"]}:
            forms.setdefault(form, []).append(index)
    taken = bytearray(len(text))
    found = []
    for form in sorted(forms, key=lambda name: (-len(name), name)):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            if not any(taken[match.start() : match.end()]):
                taken[match.start() : match.end()] = b"\1" * len(form)
                found.append((match.start(), match.end(), forms[form]))
    return sorted(found)


class ArticleReader:
    """Makes training documents of labelled articles with spaCy's English tokeniser, as at run time."""

    def __init__(self) -> None:
        self._tokenizer = spacy.blank("en").tokenizer

    def document(self, record: dict[str, Any], entities: Sequence[dict[str, Any]], facts: Sequence[dict[str, Any]]) -> Document:
        """One article with its names and what its facts tell of coreference."""
        text = article_text(record)
        tokens = self._tokenizer(text)
        words, gaps, places = words_of(tokens)
        document = blank(record["id"], words, gaps)
        document.tags[:] = OUTSIDE
        spans = [(*_token_span(places, start, end), indices) for start, end, indices in alias_spans(text, entities)]
        for start, end, indices in spans:
            if start < end:
                kinds = tuple(sorted({entities[index]["type"] for index in indices}))
                mark_name(document, (start, end), (begin(*kinds), inside(*kinds)))
        self._mark_title(document, places, len(record["title"]))
        mentions = {start: (name_mention(words, start, end), indices[0]) for start, end, indices in spans if start < end}
        taken = {mention.head for mention, _ in mentions.values()}
        covered = {place for start, end, _ in spans for place in range(start, end)}
        for mention, index in _fact_mentions(text, words, places, entities, facts):
            if mention.head not in taken and mention.head not in covered:
                taken.add(mention.head)
                mentions[mention.start] = (mention, index)
                document.referring[mention.head] = 1
        for mention, index in sorted(mentions.values(), key=lambda item: item[0].head):
            document.mentions.append(mention)
            document.clusters.append(index)
        return document

    @staticmethod
    def _mark_title(document: Document, places: Sequence[tuple[int, int]], length: int) -> None:
        """Within the title no sentence starts but the first; the text after it starts one."""
        for index, (start, _) in enumerate(places):
            if start >= length:
                document.starts[index] = 1
                document.gaps[index] = BREAK
                break
            document.starts[index] = int(index == 0)


def words_of(tokens: Doc) -> tuple[list[str], list[int], list[tuple[int, int]]]:
    """The words of a tokenised text without white space and list marks, the gaps before them, and their characters."""
    words: list[str] = []
    gaps: list[int] = []
    places: list[tuple[int, int]] = []
    end, text = 0, tokens.text
    for token in tokens:
        after = token.idx + len(token)
        if not token.is_space and not is_list_mark(token.text, text[end : token.idx] if words else "", text[after : after + 4]):
            words.append(token.text)
            gaps.append(gap(text[end : token.idx]) if words[:-1] else BREAK)
            end = token.idx + len(token.text)
            places.append((token.idx, end))
    return words, gaps, places


def _token_span(places: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The words that lie in a span of characters, those it cuts included."""
    first = next((index for index, place in enumerate(places) if place[1] > start), len(places))
    last = first
    while last < len(places) and places[last][0] < end:
        last += 1
    return first, last


def _fact_mentions(
    text: str,
    words: Sequence[str],
    places: Sequence[tuple[int, int]],
    entities: Sequence[dict[str, Any]],
    facts: Sequence[dict[str, Any]],
) -> Iterator[tuple[Mention, int]]:
    """The pronouns and descriptions that stand for entities in facts, where they can be found without doubt."""
    known = {form: index for index, entity in enumerate(entities) for form in (entity["name"], *entity["aliases"])}
    for fact in facts:
        start = text.find(fact["quote"])
        for role in ("subject", "object"):
            form, index = fact.get(f"{role}_mention"), known.get(fact.get(role) or "")
            if start < 0 or form is None or index is None or form in known:
                continue
            hits = list(re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", fact["quote"]))
            if len(hits) != 1:
                continue
            first, last = _token_span(places, start + hits[0].start(), start + hits[0].end())
            while last > first and (
                words[last - 1] in _PUNCTUATION or (words[last - 1][-1:] == "s" and words[last - 1][:-1] in _APOSTROPHES)
            ):
                last -= 1
            if first == last or not can_stand(words[first:last], entities[index]["type"]):
                continue
            yield word_mention(words, last - 1), index
