"""Finds what in a Doc may refer to something, and turns groups of mentions back into spans of the Doc."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Doc, Span, Token

from kgraph.language.coreference.grammar import antecedent
from kgraph.language.coreference.natures import nature
from kgraph.language.network.encoder import REFERRING, Reading
from kgraph.language.network.mentions import PRONOUN_KIND, Mention, name_mention, word_mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kgraph.language.coreference.clusters import Linker

_PARTS = frozenset({"compound", "flat", "fixed", "goeswith"})
_DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})
_KEPT = frozenset(
    {"det", "det:predet", "amod", "compound", "nummod", "nmod:poss", "nmod", "nmod:desc", "nmod:unmarked", "flat",
     "acl", "acl:relcl", "fixed", "goeswith", "advmod"}
)  # fmt: skip
"""Relations of the words under a noun that belong to its mention."""


def find_mentions(doc: Doc, reading: Reading, tokens: Sequence[int]) -> list[Mention]:
    """The names of `doc.ents`, the pronouns, and the nouns that the model takes for mentions, in order of heads."""
    found: dict[int, Mention] = {}
    covered: set[int] = set()
    for ent in doc.ents:
        start, end = (int(place) for place in np.searchsorted(tokens, (ent.start, ent.end)))
        if start < end:
            mention = name_mention(reading.words, start, end)
            found[mention.head] = mention
            covered.update(range(start, end))
    likely = np.flatnonzero(reading.referring > REFERRING)
    pronouns = [place for place, word in enumerate(reading.words) if word.lower() in PRONOUN_KIND]
    for place in sorted({*likely.tolist(), *pronouns} - covered):
        other = _word_mention(doc[int(tokens[place])], reading, tokens, place)
        if other is not None and other.head not in covered:
            found.setdefault(other.head, other)
    known = (mention for mention in found.values() if mention.head in reading.pair_parts)
    return sorted(known, key=lambda mention: mention.head)


def _word_mention(token: Token, reading: Reading, tokens: Sequence[int], place: int) -> Mention | None:
    """The mention that a word outside the names heads, if it can head one."""
    words = reading.words
    if words[place].lower() in PRONOUN_KIND:
        return word_mention(words, place) if words[place].lower() not in _DEMONSTRATIVE or _is_demonstrative(token) else None
    if token.pos_ == "PROPN":
        start = end = place
        while start > 0 and doc_pos(token.doc, tokens, start - 1) == "PROPN":
            start -= 1
        while end + 1 < len(words) and doc_pos(token.doc, tokens, end + 1) == "PROPN":
            end += 1
        return name_mention(words, start, end + 1)
    if token.pos_ == "NOUN" and token.dep_ not in _PARTS:
        return word_mention(words, place)
    return None


def _is_demonstrative(token: Token) -> bool:
    """Whether a word like "that" stands for something by itself; in "the firm that it bought" the noun before it does."""
    return token.pos_ == "PRON" and "Rel" not in token.morph.get("PronType", [])


def doc_pos(doc: Doc, tokens: Sequence[int], place: int) -> str:
    """The part of speech of a word."""
    return doc[int(tokens[place])].pos_


def noun_natures(doc: Doc, mentions: Sequence[Mention], tokens: Sequence[int]) -> list[str]:
    """What the common nouns among the mentions can stand for; nothing for names and pronouns."""
    heads = [doc[int(tokens[mention.head])] for mention in mentions]
    return [nature(head.lemma_.lower()) if head.pos_ == "NOUN" and not head.ent_type_ else "" for head in heads]


def settled_by_grammar(doc: Doc, mentions: Sequence[Mention], tokens: Sequence[int]) -> dict[int, int]:
    """By the place of a pronoun among the mentions, the place of what it stands for by grammar alone."""
    by_word = {int(tokens[word]): place for place, mention in enumerate(mentions) for word in range(mention.start, mention.end)}
    found = {}
    for place, mention in enumerate(mentions):
        meant = antecedent(doc[int(tokens[mention.head])])
        known = by_word.get(meant.i) if meant is not None else None
        if known is not None and known < place:
            found[place] = known
    return found


def cluster_spans(
    doc: Doc, mentions: Sequence[Mention], groups: Sequence[Sequence[int]], linker: Linker, tokens: Sequence[int]
) -> list[list[Span]]:
    """The spans of each group of mentions that a linker has made, the most telling first, the others in the order of the text."""
    ents = {int(index): ent for ent in doc.ents for index in range(ent.start, ent.end)}
    clusters = []
    for group in groups:
        spans = [mention_span(doc, mentions[index], tokens, ents) for index in group]
        for index, span in zip(group, spans, strict=True):
            if index in linker.chances:
                span._.certainty = round(linker.chances[index], 3)
                others = linker.rivals[index]
                span._.rivals = tuple((mention_span(doc, mentions[name], tokens, ents), round(chance, 3)) for name, chance in others)
        ranks = [_telling(span) for span in spans]
        best = ranks.index(max(ranks))
        clusters.append([spans[best], *spans[:best], *spans[best + 1 :]])
    return clusters


def _telling(span: Span) -> tuple[bool, int, int]:
    """How well a mention tells what it is about: names before descriptions before pronouns, long before short."""
    described = 0 if span[-1].text.lower() in PRONOUN_KIND else 1
    size = len(span) if span.label_ else -len(span)
    return bool(span.label_), described, size


def mention_span(doc: Doc, mention: Mention, tokens: Sequence[int], ents: dict[int, Span]) -> Span:
    """The span of a mention: the name it is in, else the head with what belongs to it in the tree."""
    head = int(tokens[mention.head])
    if head in ents:
        return ents[head]
    if doc[head].text.lower() in PRONOUN_KIND:
        return doc[head : head + 1]
    return noun_phrase(doc[int(tokens[mention.start]) : int(tokens[mention.end - 1]) + 1], doc[head])


def noun_phrase(span: Span, root: Token) -> Span:
    """A span with all that belongs to its root in the tree and stands beside it without a gap."""
    doc, head = span.doc, root.i
    places = {head, *range(span.start, span.end)}
    places.update(token.i for token in _dependents(root))
    start = end = head
    while start - 1 in places:
        start -= 1
    while end + 1 in places:
        end += 1
    while end > head and doc[end].is_punct:
        end -= 1
    while start < head and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return doc[start : end + 1]


def _dependents(head: Token) -> Iterator[Token]:
    """The words that belong to a noun, with all below them."""
    for child in head.children:
        if child.dep_ in _KEPT or (child.dep_ == "punct" and child.i < head.i):
            yield from child.subtree
