"""Tells labelled articles again with other names, so that what the branch learns of an article is not who is in it.

Only words that never occur in lower case are exchanged, each for a word of the names of another article: "Bank" and
"Airlines" say what a name is of, and places stay, since what is said of them depends on which they are.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from training.labelled import Labelled, Record

COPY = "~"
"""What stands between the id of an article and the number of its copy."""

_RENAMED = ("Organization", "Person", "Product")
_WORD = re.compile(r"[^\W\d_]{3,}")

Kind = tuple[str, bool, bool]
"""What a word may be exchanged for: the type of its name, whether it is the first in it, whether it is in capitals."""


def with_copies(articles: Sequence[Labelled], copies: int, *, seed: int) -> Iterator[Labelled]:
    """Each article, followed by so many copies of it under other names."""
    renamer, chooser = Renamer(articles), random.Random(seed)  # noqa: S311 - not for secrets
    for labelled in articles:
        yield labelled
        for number in range(1, copies + 1):
            record, entities, facts = renamer.renamed(labelled, chooser)
            yield {**record, "id": f"{record['id']}{COPY}{number}"}, entities, facts


class Renamer:
    """Exchanges the words of names for those that a set of articles has."""

    def __init__(self, articles: Sequence[Labelled]) -> None:
        texts = (f"{record['title']} {record['text']}" for record, _, _ in articles)
        self._common = {word for text in texts for word in _WORD.findall(text) if word.islower()}
        pools: dict[Kind, set[str]] = defaultdict(set)
        for _, entities, _ in articles:
            for word, kind in self._own(entities):
                pools[kind].add(word)
        self._pools = {kind: sorted(words) for kind, words in pools.items()}

    def renamed(self, labelled: Labelled, chooser: random.Random) -> Labelled:
        """The article with its labels, its names exchanged."""
        record, entities, facts = labelled
        exchanged: dict[str, str] = {}
        for word, kind in self._own(entities):
            if word not in exchanged:
                exchanged[word] = chooser.choice(self._pools[kind])
        if not exchanged:
            return labelled
        words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(exchanged, key=len, reverse=True)))})(?!\w)")

        def told(value: Any) -> Any:
            if isinstance(value, str):
                return words.sub(lambda match: exchanged[match[0]], value)
            return [told(item) for item in value] if isinstance(value, list) else value

        def retold(row: Record) -> Record:
            return {name: value if name in {"id", "doc", "date", "predicate", "status"} else told(value) for name, value in row.items()}

        return retold(record), [{**retold(entity), "type": entity["type"]} for entity in entities], [retold(fact) for fact in facts]

    def _own(self, entities: Iterable[Record]) -> Iterator[tuple[str, Kind]]:
        """The words that only names have, but for those of places."""
        forms = [(entity["type"], form) for entity in entities for form in (entity["name"], *entity["aliases"])]
        places = {word for type_, form in forms if type_ not in _RENAMED for word in _WORD.findall(form)}
        for type_, form in forms:
            if type_ in _RENAMED:
                for place, word in enumerate(_WORD.findall(form)):
                    if word[0].isupper() and word.lower() not in self._common and word not in places:
                        yield word, (type_, place == 0, word.isupper())
