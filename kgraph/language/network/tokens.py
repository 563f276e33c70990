"""Words to wordpieces: what the encoder sees of a word.

The encoder is uncased, so each word also carries its letter shape, and the gap before it (nothing, a space,
a line break), which is the best sign of where headlines and paragraphs end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tokenizers import Tokenizer

from kgraph.bullets import BULLETS, DASHES

if TYPE_CHECKING:
    from pathlib import Path

PAD, UNKNOWN, CLS, SEP = 0, 100, 101, 102
"""Ids of the special wordpieces in the vocabulary of the encoder."""

MAX_PIECES = 8
"""Wordpieces kept of one word: the first and the last half, since long words are addresses and serial numbers."""

MAX_LETTERS = 64
"""Letters of a word that are looked at, so that a megabyte without a space costs as much as a word."""

NO_GAP, SPACE, BREAK = 0, 1, 2
"""The kinds of gap before a word."""

SHAPES = ("special", "lower", "title", "upper", "initial", "mixed", "digit", "other")

_LIST_MARK = re.compile(rf"[{BULLETS}]{{1,3}}|[{DASHES}]")
_AFTER_MARK = re.compile(r"[*+]{0,2}\s")
_LINE_BREAK = re.compile(r"[\r\n\u2028\u2029]")


@lru_cache(maxsize=100_000)
def shape(word: str) -> int:
    """The index in SHAPES of a word's letter case.

    >>> [SHAPES[shape(word)] for word in ("Meta", "IBM", "iPhone", "A", "of", "5bn", "--")]
    ['title', 'upper', 'mixed', 'initial', 'lower', 'digit', 'other']
    """
    letters = word[:MAX_LETTERS]
    if any(char.isdigit() for char in letters):
        return 6
    if not any(char.isalpha() for char in letters):
        return 7
    if letters.islower():
        return 1
    if letters.isupper():
        return 4 if len(letters.rstrip(".")) == 1 else 3
    if letters[0].isupper() and letters[1:].islower():
        return 2
    return 5 if letters != letters.lower() else 7


def gap(whitespace: str) -> int:
    r"""The kind of gap that a stretch of white space is.

    >>> gap(""), gap("  "), gap(" \n ")
    (0, 1, 2)
    """
    if not whitespace:
        return NO_GAP
    return BREAK if _LINE_BREAK.search(whitespace) else SPACE


def is_list_mark(text: str, before: str, after: str) -> bool:
    r"""Whether a token is what starts an item of a list, and not a word.

    `before` is the white space before it, or empty at the start of a text, `after` is what follows, some characters of it.

    >>> is_list_mark("-", "\n", " Acme"), is_list_mark("-", " ", " Acme"), is_list_mark("*", "\n", "* Acme"), is_list_mark("-", "\n", "5")
    (True, False, True, False)
    """
    return bool(_LIST_MARK.fullmatch(text)) and bool(_AFTER_MARK.match(after)) and (not before or gap(before) == BREAK)


class WordPieces:
    """The wordpieces of single words, remembered, because news repeats its words."""

    def __init__(self, path: Path, *, cache_size: int = 50_000) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._cache: dict[str, tuple[int, ...]] = {}
        self._cache_size = cache_size

    def __call__(self, word: str) -> tuple[int, ...]:
        """The ids of one word's wordpieces, at least one and at most MAX_PIECES."""
        pieces = self._cache.get(word)
        if pieces is None:
            pieces = self._encode(word)
            if len(self._cache) >= self._cache_size:
                self._cache.clear()
            self._cache[word] = pieces
        return pieces

    def _encode(self, word: str) -> tuple[int, ...]:
        ids = self._tokenizer.encode(word[:MAX_LETTERS], add_special_tokens=False).ids or [UNKNOWN]
        if len(ids) > MAX_PIECES:
            half = MAX_PIECES // 2
            ids = ids[:half] + ids[-half:]
        return tuple(ids)
