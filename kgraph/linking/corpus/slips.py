"""Names in a block that differ by one letter, so that one of them may be a slip: "European Commision"."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from kgraph.linking.corpus.evidence import GOOD, SOME, Block, best_shared, judge
from kgraph.linking.names.keys import fold, person, stem, words
from kgraph.linking.names.spelling import misspelt, skeleton
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kgraph.linking.corpus.local import Local
    from kgraph.linking.names.catalogue import Catalogue
    from kgraph.model import Judgement

__all__ = ["slip_keys", "slips"]

_Form = tuple[str, tuple[str, ...]]
"""The family and the words of a name."""
_LETTERS = 10
"""A name shorter than this is easily another one, when one letter differs."""


def slip_keys(local: Local) -> Iterator[str]:
    """The keys under which a long name meets its misspelt forms; none for places and short names.

    What is most easily got wrong is left out of all words, and any one letter more out of the word that tells most: two forms
    that differ by one letter have a key in common.
    """
    tokens = _tokens(local)
    if local.type is EntityType.PLACE or len(tokens) == 1 or len("".join(tokens)) < _LETTERS:
        return
    bones = [skeleton(token) for token in tokens]
    telling = len(bones) - 1 if local.type is EntityType.PERSON else 0
    told = bones[telling]
    for short in sorted({told, *(told[:i] + told[i + 1 :] for i in range(1, len(told)))}):
        yield f"~{_family(local)} {' '.join([*bones[:telling], short, *bones[telling + 1 :]])}"


def slips(block: Block) -> Iterator[Judgement]:
    """Names of one kind with one letter wrong in a word: for a thing where only one of them is an English word, else by context."""
    by_form: dict[_Form, list[Local]] = defaultdict(list)
    for local in block.locals:
        if local.strong:
            by_form[_family(local), _tokens(local)].append(local)
    meeting: dict[str, list[_Form]] = defaultdict(list)
    for form in sorted(by_form):
        for found in slip_keys(by_form[form][0]):
            meeting[found].append(form)
    for one, other in sorted({pair for forms in meeting.values() for pair in combinations(forms, 2)}):
        if misspelt(one[1], other[1]):
            left, right = by_form[one], by_form[other]
            common = best_shared(left, right)
            why = f"“{left[0].name}” and “{right[0].name}” differ by one letter"
            decision = "yes" if common >= _evidence(one[1], other[1], left[0].type, block.catalogue) else "unsure"
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
