"""Which names of an article are one thing's: its coreference chains and the same words propose, the words of all names decide.

A name is grouped with the others of its chain, with the same name elsewhere, and with a shorter form that can only be it
("Barra" after "Mary Barra"). Names of two things stay apart whatever chain they are in: linking may still join what is
two here, but it never parts what is one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product
from math import inf
from typing import TYPE_CHECKING

from kgraph.extraction.marking.things.aliases import aliases
from kgraph.extraction.marking.things.names import HONORIFIC, Name
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spacy.tokens import Doc, Span

__all__ = ["group_names", "name_of"]

_LEGAL = re.compile(
    r",?\s+(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|llp|plc|ag|sa|se|nv|gmbh|spa|group|holdings?)\.?$", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)
_MINOR = frozenset({"of", "the", "and", "for", "&"})
_LONGEST_ACRONYM = 6
_BODIES = frozenset({"commission", "committee", "subcommittee", "council", "court", "parliament", "police"})
"""What stands after the name of a body that it belongs to: the "EU Commission" is not the EU."""
_INSTITUTIONS = frozenset({EntityType.ORGANIZATION, EntityType.GOVERNMENT_BODY})
_ORGANIZATIONS = _INSTITUTIONS | {EntityType.PRODUCT}
"""Types that are taken for one another."""
_CLOSING = " \t\r\n\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
"""What may follow the full stop of a line."""


def group_names(doc: Doc, names: Sequence[Name], chains: Iterable[Iterable[Span]], by_token: Mapping[int, Name]) -> None:
    """Number the groups of names, in text order of their first name."""
    groups = _Groups(doc, names)
    for left, right in aliases(doc, names):
        groups.join_aliases(left, right)
    index = {id(name): i for i, name in enumerate(names)}
    for chain in chains:
        members = sorted({index[id(name)] for span in chain if (name := name_of(span, by_token)) is not None})
        for position, member in enumerate(members):
            any(groups.may_be_one(other, member) and groups.join(other, member) for other in members[:position])
    for left, right in groups.same_names():
        groups.join(left, right)
    for i, name in enumerate(names):
        name.group = groups.root(i)


def name_of(span: Span, by_token: Mapping[int, Name]) -> Name | None:
    """The name that a mention of a chain is, or that heads it."""
    name = by_token.get(span.root.i)
    if name is None:
        return None
    inside = span.start <= name.start and name.end <= span.end
    return name if inside and span.root.i == name.head else None


class _Groups:
    """The names of an article, each in a group of its own at first."""

    def __init__(self, doc: Doc, names: Sequence[Name]) -> None:
        self._names = names
        self._bare = [_bare(name.text) for name in names]
        self._parent = list(range(len(names)))
        self._forms = [_forms(name) for name in names]
        """By the first name of a group, the names in it."""
        self._places = frozenset(bare for bare, name in zip(self._bare, names, strict=True) if name.type is EntityType.PLACE)
        self._full = _full_names([name for name in names if name.type in _INSTITUTIONS], _text_start(doc))
        self._aliases: set[frozenset[str]] = set()

    def root(self, i: int) -> int:
        """The first name of the group that a name is in."""
        while self._parent[i] != i:
            i = self._parent[i]
        return i

    def join(self, left: int, right: int) -> bool:
        """Put two groups together, unless they name two things; whether they are one now."""
        low, high = sorted((self.root(left), self.root(right)))
        pairs = product(self._forms[low], self._forms[high]) if low != high else ()
        if any(_are_two(*pair) and frozenset(pair) not in self._aliases for pair in pairs):
            return False
        self._parent[high] = low
        self._forms[low] |= self._forms[high]
        return True

    def join_aliases(self, left: int, right: int) -> None:
        """Put the groups of two names together of which the article says that they are one thing's."""
        self._aliases.add(frozenset({self._bare[left], self._bare[right]}))
        self.join(left, right)

    def may_be_one(self, i: int, j: int) -> bool:
        """Whether two names of one chain can name one thing: shared words that make no other thing, or initials."""
        left, right = self._names[i], self._names[j]
        if left.type is not right.type and not {left.type, right.type} <= _ORGANIZATIONS:
            return False
        a, b = self._bare[i], self._bare[j]
        words_a, words_b = a.split(), b.split()
        if set(words_a) <= set(words_b) or set(words_b) <= set(words_a):
            short, long = (i, j) if len(words_a) < len(words_b) else (j, i)
            return len(words_a) == len(words_b) or not self._adds_another(short, long)
        if a.replace(" ", "") == b.replace(" ", ""):
            return True
        return _is_acronym(left.text, words_b) or _is_acronym(right.text, words_a)

    def _adds_another(self, i: int, j: int) -> bool:
        """Whether the words that a name adds to another make it a name of something else: the tower of a town, a firm's branch."""
        long, short_form, form = self._names[j], self._bare[i], self._bare[j]
        if long.type is EntityType.PERSON:
            return False
        begins, _, rest = form.partition(short_form + " ")
        if long.type is EntityType.PLACE:
            told = _bare(long.text.partition(",")[0].rstrip()) == short_form
            return not told and (bool(begins) or not rest.startswith("of "))  # but "the Gulf" of the Gulf of Mexico
        full = self._full.get(short_form) if long.type in _INSTITUTIONS else None
        is_described = bool(rest) and long.text.endswith(rest)  # "Acme management"
        is_home = long.type is EntityType.GOVERNMENT_BODY and " " in short_form and form.endswith(" " + short_form)  # "British"
        if full is not None and not (is_described or is_home) and (not full or _are_two(full, form)):
            return True
        if begins or not rest:
            return False
        part = long.type is EntityType.PRODUCT and not any(character.isdigit() for character in rest)  # of a version, the chain tells
        return rest in self._places or part or rest.split()[-1] in _BODIES

    def same_names(self) -> Iterable[tuple[int, int]]:
        """Pairs that need no chain: equal names, and the surname of the only person who has it."""
        first: dict[tuple[str, bool], int] = {}
        surnames: dict[str, set[str]] = defaultdict(set)
        for i, (name, bare) in enumerate(zip(self._names, self._bare, strict=True)):
            is_person = name.type is EntityType.PERSON
            if (bare, is_person) in first:
                yield first[bare, is_person], i
            else:
                first[bare, is_person] = i
            if is_person and " " in bare:
                surnames[bare.split()[-1]].add(bare)
        for i, (name, bare) in enumerate(zip(self._names, self._bare, strict=True)):
            fuller = surnames.get(bare, ())
            if name.type is EntityType.PERSON and len(fuller) == 1:
                yield first[next(iter(fuller)), True], i


def _forms(name: Name) -> set[str]:
    """A name as it is compared, and with the country or the region that stands beside it."""
    told = name.fuller if name.type in {EntityType.GOVERNMENT_BODY, EntityType.PLACE} else None
    return {_bare(name.text), _bare(told or name.text)}


def _full_names(names: Iterable[Name], begins: int) -> dict[str, str]:
    """By each name that begins or ends longer ones the one of them that it is short for; empty where it is for none.

    An article tells a name in full before it shortens it, but for the headline and one repetition of that: a longer name
    that comes later is another's, and so is a second longer name; but two names side by side may only lack a full stop between
    them. The running text begins at the token `begins`.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for name in names:
        places[_bare(name.text)].append(name.start)
    full: dict[str, str] = {}
    for long in sorted(places, key=lambda bare: min(places[bare])):
        words = long.split()
        for size in range(1, len(words)):
            first, last = " ".join(words[:size]), " ".join(words[size:])
            for part in {first, last} & places.keys() if not {first, last} <= places.keys() else ():
                running = [place for place in sorted(places[part]) if place >= begins]
                again = len(running) < len(places[part])  # the lead may repeat what the headline has
                shortened = min(running[again:], default=inf)
                full[part] = full.get(part) or (long if min(places[long]) < shortened else "")
    return full


def _text_start(doc: Doc) -> int:
    """The token with which the running text begins, after the lines at its head that do not end in a full stop."""
    place = 0
    for line in doc.text.splitlines(keepends=True):
        if line.strip() and line.rstrip(_CLOSING).endswith("."):
            break
        place += len(line)
    return sum(token.idx < place for token in doc[: place + 1])


def _are_two(a: str, b: str) -> bool:
    """Whether two names of several words each have one that the other lacks, and does not begin: "J Roe" can be Jane Roe."""
    words_a, words_b = a.split(), b.split()
    if min(len(words_a), len(words_b)) > 2 and (words_a[0], words_a[-1]) == (words_b[0], words_b[-1]):  # noqa: PLR2004 - a middle name
        x, y = words_a[1], words_b[1]
        if 1 in {len(x), len(y)} and not _may_be_short(x, y):  # George W Bush, George H W Bush
            return True
    more_a, more_b = set(words_a) - set(words_b) - _MINOR, set(words_b) - set(words_a) - _MINOR
    if min(len(words_a), len(words_b)) == 1 or not (more_a and more_b) or "".join(words_a) == "".join(words_b):
        return False
    return not any(_may_be_short(x, y) for x in more_a for y in more_b)


def _may_be_short(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _is_acronym(text: str, words: list[str]) -> bool:
    letters = text.replace(".", "").lower()
    if not text.isupper() or not 1 < len(letters) <= _LONGEST_ACRONYM or len(words) < len(letters) - 1:
        return False
    initials = "".join(word[0] for word in words)
    return letters in {initials, "".join(word[0] for word in words if word not in _MINOR)}


def _bare(text: str) -> str:
    """A name in lower case without honorific, legal forms and full stops."""
    text = HONORIFIC.sub("", _ARTICLE.sub("", text))
    while (shorter := _LEGAL.sub("", text)) != text and shorter.strip():
        text = shorter
    return text.lower().replace(".", "").replace(",", "")
