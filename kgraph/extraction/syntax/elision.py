"""Who does what the items of a list tell that begin with their verb: "2004: Buys Beta", "- Employs 900 people".

It is the organisation named on the line that leads in to the items, else the one named most before them; but where that line begins
with a person, the items are the person's.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from kgraph.bullets import BULLETS, DASHES
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Mention

__all__ = ["Elision"]

_MARKED = re.compile(rf"[ \t]*(?:[{BULLETS}{DASHES}][ \t]+|(?:[A-Z][a-z]{{2,8}}\.?[ \t]+)?(?:1[5-9]|20)\d\d[ \t]*(?::|[{DASHES}])[ \t]*)")
"""What sets off an item: a list mark, or a year with a colon or a dash."""
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_DOERS = frozenset({EntityType.ORGANIZATION, EntityType.PERSON})
_TOLD = frozenset({"VBZ", "VBD", "VBN", "MD", "RB"})
_ADVERBS = frozenset({"also", "later", "then", "now", "recently", "already"})
"""What may stand before the verb of an item."""


class Elision:
    """Knows the items of one Doc that lack a subject."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self._doc = doc
        self._items = _items(doc)
        self._mentions = mentions

    def item(self, verb: Token) -> tuple[int, int] | None:
        """The item that begins with a verb, from the line that leads in to its list: `(start, end)`."""
        lead = self._lead(verb)
        if lead is None or any(child.dep_ in _SUBJECTS for child in verb.children):
            return None
        return lead[0], _line_end(self._doc, verb.i)

    def topic(self, verb: Token) -> list[Token]:
        """Whom an item is about that begins with a verb; nothing where no item does."""
        lead = self._lead(verb)
        if lead is None:
            return []
        named = [m for m in self._mentions if m.end <= lead[1] and m.kind == "name" and m.type in _DOERS]
        first = next((m for m in named if m.start >= lead[0]), None)
        if first is not None and first.type is EntityType.PERSON:
            return [self._doc[first.head]] if first.start == lead[0] else []
        before = [m for m in named if m.type is EntityType.ORGANIZATION]
        ranked = Counter(m.appearance for m in before if m.start >= lead[0]) or Counter(m.appearance for m in before)
        main = ranked.most_common(2)
        if not main or (len(main) > 1 and main[0][1] == main[1][1]) or self._tells_of_another(lead, verb, main[0][0]):
            return []
        return [next(self._doc[m.head] for m in reversed(before) if m.appearance == main[0][0])]

    def _tells_of_another(self, lead: tuple[int, int], verb: Token, topic: str) -> bool:
        """Whether an item before begins with the name of another organisation, of which the next ones may be."""
        starts = {word for word, other in self._items.items() if other == lead and word < verb.i}
        return any(m.start in starts and m.appearance != topic and m.type is EntityType.ORGANIZATION for m in self._mentions)

    def _lead(self, verb: Token) -> tuple[int, int] | None:
        """The line that leads in to the item that a verb begins; none where it only advises: "Buy Beta"."""
        first = _opening(verb)
        return self._items.get(first.i) if first.tag_ in _TOLD else None


def _opening(verb: Token) -> Token:
    """The first of the words of a verb: "was" of "was founded"."""
    while verb.i and (verb.nbor(-1).pos_ == "AUX" or verb.nbor(-1).lower_ in _ADVERBS):
        verb = verb.nbor(-1)
    return verb


def _items(doc: Doc) -> dict[int, tuple[int, int]]:
    """The first word of each of two or more items that follow each other, with the line above the first: `(start, end)`."""
    lines = [i for i, token in enumerate(doc) if not token.is_space and (i == 0 or "\n" in doc[i - 1].text)]
    found: dict[int, tuple[int, int]] = {}
    above, run = 0, []
    for i in [*lines, len(doc)]:
        marked = _MARKED.match(doc.text, doc[i].idx) if i < len(doc) else None
        if marked is not None:
            run.append((i, next((token.i for token in doc[i:] if token.idx >= marked.end()), i)))
            continue
        if len(run) > 1:
            found |= {word: (above, run[0][0]) for _, word in run if not _is_key(doc, word)}
        above, run = i, []
    return found


def _is_key(doc: Doc, word: int) -> bool:
    """Whether an item gives a value to what it says: "- Owned by Acme: Beta"."""
    return any(token.text == ":" for token in doc[word : _line_end(doc, word)])


def _line_end(doc: Doc, place: int) -> int:
    return next((token.i for token in doc[place:] if "\n" in token.text), len(doc))
