"""Names in a block that differ by one letter, so that one of them may be a slip: "European Commision"."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from kgraph.linking.corpus.evidence import GOOD, SOME, Block, best_shared, judge
from kgraph.linking.names.keys import fold, person, skeleton, stem, words
from kgraph.linking.names.spelling import misspelt
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kgraph.linking.corpus.local import Local
    from kgraph.linking.names.catalogue import Catalogue
    from kgraph.model import Judgement

__all__ = ["slip_key", "slips"]

_LETTERS = 10
"""A name shorter than this is easily another one, when one letter differs."""


def slip_key(local: Local) -> str | None:
    """The key under which a long name meets its misspelt forms; None for places and short names."""
    tokens = _tokens(local)
    if local.type is EntityType.PLACE or len(tokens) == 1 or len("".join(tokens)) < _LETTERS:
        return None
    return f"~{_family(local)} {' '.join(map(skeleton, tokens))}"


def slips(block: Block) -> Iterator[Judgement]:
    """Names of one kind with one letter wrong in a word: for a thing where only one of them is an English word, else by context."""
    by_key: dict[str, dict[tuple[str, ...], list[Local]]] = defaultdict(lambda: defaultdict(list))
    for local in block.locals:
        if (found := slip_key(local)) and local.strong:
            by_key[found][_tokens(local)].append(local)
    for forms in (by_key[found] for found in sorted(by_key)):
        for one, other in combinations(sorted(forms), 2):
            if misspelt(one, other):
                left, right = forms[one], forms[other]
                common = best_shared(left, right)
                why = f"“{left[0].name}” and “{right[0].name}” differ by one letter"
                decision = "yes" if common >= _evidence(one, other, left[0].type, block.catalogue) else "unsure"
                yield judge(left[0].key, right[0].key, decision, "spelling", why, 0.8 if common >= SOME else 0.7)


def _evidence(one: tuple[str, ...], other: tuple[str, ...], kind: EntityType, catalogue: Catalogue) -> float:
    """How much context it takes to believe a slip: Brown and Browne are two names, and so are the Daily and the Dairy."""
    pair = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
    if kind is EntityType.PERSON:
        return GOOD if words().common_surnames.intersection(pair) else SOME
    english = [catalogue.is_word(word) for word in pair]
    return 0.0 if english.count(True) == 1 and not words().common_surnames.intersection(pair) else GOOD


def _tokens(local: Local) -> tuple[str, ...]:
    return person(local.name).tokens if local.type is EntityType.PERSON else stem(fold(local.full_name))


def _family(local: Local) -> str:
    return local.type if local.type in {EntityType.PERSON, EntityType.PRODUCT} else "body"
