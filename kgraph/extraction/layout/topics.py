"""Of whom a list or a table speaks that does not say so: the organisation that the article is about."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc

from kgraph.extraction.layout.blocks import Span
from kgraph.extraction.spans import Mention
from kgraph.model import EntityType

__all__ = ["Topics"]


class Topics:
    """Finds the topic of one block after another of one Doc."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention], blocks: Iterable[Span]) -> None:
        inner = {i for block in blocks for i in range(*block)}
        self._doc = doc
        self._bodies = [m for m in mentions if m.type is EntityType.ORGANIZATION and m.start not in inner]
        self._found: dict[int, Mention | None] = {}

    def of(self, start: int) -> Mention | None:
        """What a block that begins at a token is about: the name on the line above, or the organisation of which the text speaks most.

        The latter only if the paragraph above speaks of it, too. What stands in other blocks does not count: nothing is told
        of it there but what the block tells.
        """
        if start not in self._found:
            before = [mention for mention in self._bodies if mention.end <= start]
            self._found[start] = self._on_line_above(before, start) or self._most_told(before)
        return self._found[start]

    def knows(self, mention: Mention) -> bool:
        """Whether the text around the blocks names what a mention stands for, before it: else it may be the last item of the list above."""
        return any(m.appearance == mention.appearance and m.kind == "name" and m.end <= mention.start for m in self._bodies)

    def _on_line_above(self, before: list[Mention], start: int) -> Mention | None:
        """The name that is all of the line above a block, its list mark and stops aside."""
        last = before[-1] if before else None
        if last is None or last.kind != "name":
            return None
        line = self._doc.text.rfind("\n", 0, self._doc[last.start].idx) + 1
        rest = [self._doc[i] for i in range(last.end, start)]
        first = bisect_left(self._doc, line, key=lambda token: token.idx)
        lead = [self._doc[i] for i in range(first, last.start)]
        is_alone = all(token.is_space or token.is_punct or token.like_num for token in (*lead, *rest))
        return last if is_alone and "\n" in self._doc[last.end : start].text else None

    def _most_told(self, before: list[Mention]) -> Mention | None:
        names = [mention for mention in before if mention.kind == "name"]
        ranked = Counter(mention.appearance for mention in names).most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        paragraph = self._doc.text.rfind("\n", 0, self._doc[before[-1].start].idx) + 1
        above = {mention.appearance for mention in before if self._doc[mention.start].idx >= paragraph}
        main = ranked[0][0]
        return next(mention for mention in reversed(names) if mention.appearance == main) if main in above else None
