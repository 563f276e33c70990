"""Mentions and the features of pairs of them, for coreference; shared by training and run time.

A mention is scored by one word that stands for it: a name by the last word of its first capitalised run, any other
by its head. Words alone cannot show that two names match, so a pair also has a few features from the surface.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

KINDS = ("name", "self", "you", "he", "she", "it", "they", "the", "noun")
MATCHES = ("none", "overlap", "inside", "exact", "acronym")
DISTANCES = 10
"""Buckets of the logarithm of the distance in words."""
LONGEST_ACRONYM = 6

_PRONOUNS = {
    "self": "i me my mine myself we us our ours ourselves",
    "you": "you your yours yourself yourselves",
    "he": "he him his himself",
    "she": "she her hers herself",
    "it": "it its itself this that",
    "they": "they them their theirs themselves these those",
}
PRONOUN_KIND: dict[str, int] = {word: KINDS.index(kind) for kind, words in _PRONOUNS.items() for word in words.split()}

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_FILLERS = frozenset({"the", "of", "and", "a", "an", "for", "in", "&", ",", ".", "-", "'s", "\N{RIGHT SINGLE QUOTATION MARK}s"})
_NAME, _THE, _NOUN = KINDS.index("name"), KINDS.index("the"), KINDS.index("noun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """The words [start, end) of a document that refer to something, `head` standing for them."""

    start: int
    end: int
    head: int
    kind: int


def name_head(words: Sequence[str], start: int, end: int) -> int:
    """The word that stands for a name: the last before its first lower-case word.

    >>> name_head(["the", "Bank", "of", "America"], 0, 4)
    1
    """
    first = start
    while first < end - 1 and words[first].islower():
        first += 1
    last = first
    while last + 1 < end and not words[last + 1].islower() and words[last + 1] not in _FILLERS:
        last += 1
    return last


def name_mention(words: Sequence[str], start: int, end: int) -> Mention:
    """A name as a mention."""
    return Mention(start=start, end=end, head=name_head(words, start, end), kind=_NAME)


def word_mention(words: Sequence[str], head: int) -> Mention:
    """A pronoun or a common noun as a mention; whether it is definite is read off the words before it."""
    kind = PRONOUN_KIND.get(words[head].lower())
    if kind is None:
        before = {word.lower() for word in words[max(0, head - 3) : head]}
        kind = _THE if before & _DEFINITE else _NOUN
    return Mention(start=head, end=head + 1, head=head, kind=kind)


def is_pronoun(word: str) -> bool:
    """Whether a word is a personal, possessive or demonstrative pronoun."""
    return word.lower() in PRONOUN_KIND


def content(words: Sequence[str], mention: Mention) -> frozenset[str]:
    """The lower-case words of a mention that say what it is called."""
    return frozenset(word.lower() for word in words[mention.start : mention.end] if word.lower() not in _FILLERS) or frozenset(
        {words[mention.head].lower()}
    )


def acronym(words: Sequence[str], mention: Mention) -> str:
    """The initials of a mention's capitalised words, empty for a single word."""
    initials = [word[0] for word in words[mention.start : mention.end] if word[:1].isupper()]
    return "".join(initials).lower() if len(initials) > 1 else ""


def match_matrix(
    words: Sequence[str], mentions: Sequence[Mention], first: int = 0, contents: Sequence[frozenset[str]] | None = None
) -> NDArray[np.int64]:
    """How the words of the mentions from `first` on match those of each mention, as indices in MATCHES.

    `contents` are the `content` of each mention, where they are known already.
    """
    if contents is None:
        contents = [content(words, mention) for mention in mentions]
    vocabulary: dict[str, int] = {}
    for group in contents:
        for word in sorted(group):
            vocabulary.setdefault(word, len(vocabulary))
    table = np.zeros((len(mentions), max(1, len(vocabulary))), dtype=np.float32)
    for row, group in enumerate(contents):
        table[row, [vocabulary[word] for word in group]] = 1
    shared = table[first:] @ table.T
    sizes = table.sum(1)
    smaller = np.minimum(sizes[first:, None], sizes[None, :])
    larger = np.maximum(sizes[first:, None], sizes[None, :])
    matches = (shared > 0).astype(np.int64)
    matches[shared == smaller] = 2
    matches[shared == larger] = 3
    _mark_acronyms(matches, words, mentions, first)
    return matches


def _mark_acronyms(matches: NDArray[np.int64], words: Sequence[str], mentions: Sequence[Mention], first: int) -> None:
    """Set the pairs in which one mention is the initials of the other; the rows begin with the mention `first`."""
    short: dict[str, list[int]] = {}
    for index, mention in enumerate(mentions):
        word = words[mention.head].replace(".", "")
        if mention.kind == _NAME and mention.end - mention.start == 1 and 1 < len(word) <= LONGEST_ACRONYM:
            short.setdefault(word.lower(), []).append(index)
    for index, mention in enumerate(mentions if short else ()):
        for other in short.get(acronym(words, mention), ()):
            for row, column in ((index, other), (other, index)):
                if row >= first:
                    matches[row - first, column] = 4


def kind_matrix(mentions: Sequence[Mention], first: int = 0) -> NDArray[np.int64]:
    """The pair of kinds of each mention from `first` on and each mention, as one index."""
    kinds = np.array([mention.kind for mention in mentions], dtype=np.int64)
    return kinds[first:, None] * len(KINDS) + kinds[None, :]


def distance_matrix(mentions: Sequence[Mention], first: int = 0) -> NDArray[np.int64]:
    """The bucket of the distance in words of each mention from `first` on and each mention."""
    heads = np.array([mention.head for mention in mentions], dtype=np.float64)
    apart = np.abs(heads[first:, None] - heads[None, :])
    buckets: NDArray[np.int64] = np.minimum(np.log2(apart + 1).astype(np.int64), DISTANCES - 1)
    return buckets
