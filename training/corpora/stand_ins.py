"""Which words can stand for a thing in a sentence: a pronoun, or a description that names such a thing.

Where a fact's argument has no word of its own, readers gave the nearest one ("chief executive" for the house that has one);
learning from these would teach that an office is a company.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kgraph.language.coreference.natures import PERSON, THING, nature
from kgraph.language.network.mentions import PRONOUN_KIND
from kgraph.ontology import directory
from kgraph.ontology.lexicon import read_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

_DETERMINERS = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "a", "an", "another"})
_ENDS = frozenset({",", "(", "that", "which", "who", "of", "in", "with", "for", "whose", "at"})
_NO_THINGS = frozenset({"capital", "cent", "post", "price", "revenue", "role", "seat", "term", "value"})


def core(words: Sequence[str]) -> list[str]:
    """The words of a description in lower case without its trailing phrases.

    >>> core(["The", "maker", "of", "pumps"])
    ['the', 'maker']
    """
    lower = [word.lower() for word in words]
    while len(lower) > 1 and lower[-1] in {"'s", "\N{RIGHT SINGLE QUOTATION MARK}s", ",", "."}:
        lower.pop()
    end = next((place for place in range(2, len(lower)) if lower[place] in _ENDS), len(lower))
    return lower[:end]


def can_stand(words: Sequence[str], kind: str) -> bool:
    """Whether words can stand for an entity of a type.

    >>> can_stand(["its"], "Organization"), can_stand(["chief", "executive"], "Organization"), can_stand(["the", "airline"], "Organization")
    (True, False, True)
    """
    told = core(words)
    if len(told) == 1:
        return told[0] in PRONOUN_KIND
    noun = told[-1].removesuffix("s") if not told[-1].endswith("ss") else told[-1]
    if told[0] not in _DETERMINERS or noun in _NO_THINGS or noun in _matters():
        return False
    return nature(noun) != (THING if kind == "Person" else PERSON)


@cache
def _matters() -> frozenset[str]:
    return read_lexicon([directory() / "lexicon.ttl"]).words["matter"]
