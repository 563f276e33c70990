"""Finds what is marked at a token: the things, amounts, dates and titles that words stand for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeVar

from spacy.tokens import Doc, Token

from kgraph.extraction.spans import Amount, Marked, Mention, Moment, Title
from kgraph.extraction.syntax.exclusion import is_alternative, is_excluded
from kgraph.extraction.syntax.places import Places, is_coordinated
from kgraph.model import EntityType

__all__ = ["Kind", "Marks"]

Kind = Literal["money", "share", "count"]
_LISTING = ("such as", "including", "like", "namely", "e.g.")
_OPENERS = (*(words.split() for words in _LISTING), ["among", "them"])
_ANNOUNCING = frozenset({"DET", "ADJ", "NOUN", "NUM"})
_LONGEST_ANNOUNCEMENT = 5
"""Words that may say what the first name of a list is ("including the budget airline Kopi Air")."""
_BESIDE = frozenset({"appos", "flat", "nmod:desc", "compound", "nmod:unmarked", "list"})

Span = TypeVar("Span", Mention, Amount, Moment, Title)


class Marks:
    """What is marked in one Doc, by token; knows coordination, apposition and "such as"."""

    def __init__(self, doc: Doc, marked: Marked, *, designators: frozenset[str] = frozenset()) -> None:
        self.doc = doc
        self._designators = designators
        self.marked = marked
        self._mentions = _by_token(marked.mentions)
        self._amounts = _by_token(marked.amounts)
        self._moments = _by_token(marked.moments)
        self._titles = _by_token(marked.titles)
        self._lower = [token.lower_ for token in doc]
        self._things: dict[tuple[int, int], list[Mention]] = {}

    def mention(self, token: Token) -> Mention | None:
        """The thing whose words include the token; its inner words ("Meta" in "Meta's CEO") only where they head a thing."""
        found = self._mentions.get(token.i)
        return found if found is not None and (found.kind == "name" or found.head == token.i) else None

    def is_thing(self, token: Token) -> bool:
        """Whether a claim can be about what the token stands for."""
        return self.mention(token) is not None

    def title(self, token: Token) -> Title | None:
        """The title of which the token is part."""
        return self._titles.get(token.i)

    def things(self, token: Token, places: Places, *, within: int = -1) -> list[Mention]:
        """All that a phrase stands for: its head, what it is coordinated with, and the names that it lists or announces.

        Of a list, only what stands behind the word that opens it, `within`: a wrong tree may hang that word on its own list.
        """
        key = token.i, within
        if key not in self._things:
            heads = [
                token,
                *(child for child in places.children(token) if child.dep_ == "conj" and child.i > within and is_coordinated(child)),
            ]
            meant = [head for head in heads if not is_excluded(head) and not is_alternative(head)]
            self._things[key] = list(dict.fromkeys(mention for head in meant for mention in self._of_one(head, places)))
        return self._things[key]

    def first(self, token: Token, places: Places) -> list[Mention]:
        """What a phrase stands for without what it is coordinated with."""
        return self._of_one(token, places)

    def amounts(self, token: Token, kind: Kind, places: Places) -> list[Amount]:
        """The amounts that a phrase states: as its head, or directly below it ("a $5 million round", "revenue of $4 billion")."""
        own = self._amounts.get(token.i)
        if own is not None:
            return [own] if own.kind == kind else self._below(token, kind, places)
        return self._below(token, kind, places)

    def moment(self, token: Token) -> Moment | None:
        """The date of which the token is part."""
        return self._moments.get(token.i)

    def amount(self, token: Token) -> Amount | None:
        """The amount of which the token is part."""
        return self._amounts.get(token.i)

    def _of_one(self, token: Token, places: Places) -> list[Mention]:
        own = self.mention(token)
        if own is not None and own.kind == "name":
            return [own]
        beside = [
            name
            for child in places.children(token)
            if child.dep_ in _BESIDE and (child.dep_ == "appos" or child.i > token.i)
            for part in (child, *(c for c in places.children(child) if c.dep_ == "conj"))
            if (name := self.mention(part)) is not None and name.kind == "name"
        ]
        if not beside and token.pos_ == "NOUN" and token.i + 1 < len(self.doc):  # "company AdMob", whatever the tree says
            following = self._mentions.get(token.i + 1)
            beside = [following] if following is not None and following.kind == "name" and following.start == token.i + 1 else []
        if beside:
            return beside
        if token.lemma_.lower() in self._designators:  # "the Xbox 360 console"
            named = [name for child in places.at(token, "compound") if (name := self.mention(child)) is not None and name.kind == "name"]
            named = [name for name in named if name.type is not EntityType.PLACE]  # "the Norwich firm" is not Norwich
            if named:
                return named[-1:]
        listed = [name for words in _LISTING for part in places.at(token, words) for name in self.things(part, places)]
        listed = listed or self._listed_next(token, places)
        return listed or ([own] if own is not None else [])

    def _listed_next(self, token: Token, places: Places) -> list[Mention]:
        """The names after ", including" or ", among them" right behind a noun, wherever the tree has hung them."""
        place = token.i + 1
        place += place < len(self._lower) and self._lower[place] == ","
        for words in _OPENERS:
            if self._lower[place : place + len(words)] != words:
                continue
            end = self._name_after(place + len(words))
            first = self._mentions.get(end)
            if first is not None and first.start == end and first.head > token.i:
                return self.things(self.doc[first.head], places, within=token.i)
        return []

    def _name_after(self, start: int) -> int:
        """Where the name stands that a phrase announces; `start` where it stands there at once."""
        for i in range(start, min(len(self.doc), start + _LONGEST_ANNOUNCEMENT)):
            found = self._mentions.get(i)
            if found is not None and found.kind == "name":
                return i
            if self.doc[i].pos_ not in _ANNOUNCING and self.doc[i].text != "-":
                break
        return start

    def _below(self, token: Token, kind: Kind, places: Places) -> list[Amount]:
        found = []
        for child in places.children(token):
            if child.dep_ in {"nummod", "compound", "amod", "nmod", "nmod:unmarked", "appos", "obl:unmarked", "dep"}:
                amount = self._amounts.get(child.i)
                if amount is not None and amount.kind == kind:
                    found.append(amount)
        return found


def _by_token(spans: Sequence[Span]) -> dict[int, Span]:
    """Each token's span; the shorter one where they nest."""
    found: dict[int, Span] = {}
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        for i in range(span.start, span.end):
            found[i] = span
    return found
