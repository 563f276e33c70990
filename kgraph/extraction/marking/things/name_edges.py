"""Where a name begins and ends, as the whole article shows it.

"Macy's said" has its own 's, "Lessor Tarn bought" begins with a trade, "By Ann Low" ends with its paragraph, and a bare
number is a figure.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kgraph.language.coreference.natures import THING, nature
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from spacy.tokens import Doc

    from kgraph.extraction.marking.things.names import Name

__all__ = ["is_number", "paragraphs", "with_own_possessive", "without_trade"]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_POSSESSIVES = frozenset({"'s", "\N{RIGHT SINGLE QUOTATION MARK}s"})
_NAMED = frozenset({EntityType.ORGANIZATION, EntityType.PRODUCT})


def paragraphs(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span that no blank line crosses: a byline is no part of the name that begins the text."""
    first = start
    for place in range(start, end):
        if doc[place].text.isspace() and doc[place].text.count("\n") > 1:
            if first < place:
                yield first, place
            first = place + 1
    if first < end:
        yield first, end


def is_number(doc: Doc, name: Name) -> bool:
    """Whether what looks like a name is a bare figure; that of a product before its noun is none: "777 jets"."""
    if any(character.isalpha() for character in name.text):
        return False
    return not (name.type is EntityType.PRODUCT and doc[name.head].dep_ == "compound")


def with_own_possessive(doc: Doc, names: Sequence[Name]) -> None:
    """Give back its 's to each name that has one of its own: "Macy's said", where nothing follows that could be Macy's.

    The article must never tell the name without it: a slip in one sentence renames nobody.
    """
    uses: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        uses[name.text].append(name)
    for text, found in uses.items():
        if found[0].type not in _NAMED or not all(doc[name.end : name.end + 1].text in _POSSESSIVES for name in found):
            continue
        own = f"{text}{doc[found[0].end].text}"
        if any(_owns_nothing(doc, name) for name in found) or any(other.startswith(f"{own} ") for other in uses):
            for name in found:
                name.text, name.end = own, name.end + 1


def _owns_nothing(doc: Doc, name: Name) -> bool:
    """Whether a verb follows the 's of a name that is its subject."""
    after = doc[name.end + 1 : name.end + 2]
    return len(after) == 1 and after[0].tag_ in _FINITE and doc[name.head].dep_ in {"nsubj", "nsubj:pass"}


def without_trade(doc: Doc, names: Sequence[Name], firms: Container[str]) -> list[Name]:
    """The names without the trade that a sentence begins with: "Lessor Tarn bought", where it is Tarn elsewhere."""
    inside = {name.text for name in names if not _starts_sentence(doc, name.start)}
    known = {name.text for name in names}
    starts = {name.start for name in names}
    found = []
    for name in names:
        trade, _, rest = name.text.partition(" ")
        is_trade = name.type is EntityType.ORGANIZATION and _starts_sentence(doc, name.start) and _is_trade(trade, firms)
        if is_trade and not rest and name.end in starts and name.text not in inside:
            continue
        if is_trade and rest in known and name.text not in inside:
            name.start, name.text = name.start + 1, rest
        found.append(name)
    return found


def _is_trade(word: str, firms: Container[str]) -> bool:
    lower = word.lower()
    return word.istitle() and (lower in firms or nature(lower) == THING or (lower.endswith("maker") and lower != "maker"))


def _starts_sentence(doc: Doc, place: int) -> bool:
    return place == 0 or doc[place].is_sent_start is True or doc[place - 1].is_space or doc[place - 1].is_quote
