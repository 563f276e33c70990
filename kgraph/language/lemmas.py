"""Lemmas by rule and exception: the exceptions are the forms of the treebanks that the rules get wrong.

The rules need to know which verbs end in a silent e ("making" → "make", "walking" → "walk"), so the model's folder
also lists the lemmas of the treebanks.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
CACHE_SIZE = 50_000
_VOWELS = frozenset("aeiouy")
_SILENT = re.compile(
    r"""^[^aeiou]*[aeiou][^aeiouwxy]$  # "fin": without a silent e the letter would be doubled
    | ^..$ | [cvuz]$ | [^s]s$ | (?:at|dg|rg|bl|pl|ang)$
    | [^aeiou](?:ag|ak|ar|id|il|in|ir|od|ok|ud|ul|um|ur|ut)$""",
    re.VERBOSE,
)
"""Stems of verbs and adjectives that have lost a silent e."""
_FORMS = ("NN", "NNS", "VB", "VBZ", "VBG", "VBD", "JJ", "JJR", "JJS")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("zzes", "zz"), ("s", ""))


class Lemmatizer:
    """Lemmas of English words by part of speech."""

    def __init__(self, exceptions: dict[str, dict[str, str]], known: dict[str, frozenset[str]]) -> None:
        self._exceptions = exceptions
        self._known = known
        self._cache: dict[tuple[str, str, str], str] = {}

    def __call__(self, word: str, upos: str, xpos: str) -> str:
        """The lemma of a word with these tags; names and unknown words are their own lemma."""
        key = (word, upos, xpos)
        lemma = self._cache.get(key)
        if lemma is None:
            if len(self._cache) > CACHE_SIZE:
                self._cache.clear()
            lemma = self._cache[key] = self._find(word, upos, xpos)
        return lemma

    def is_known(self, lower: str) -> bool:
        """Whether a word in lower case is a form of a noun, verb or adjective of the treebanks."""
        return any(self.rule(lower, xpos) in self._known.get(xpos[:2], ()) for xpos in _FORMS)

    def _find(self, word: str, upos: str, xpos: str) -> str:
        lower = word.lower().replace(APOSTROPHE, "'")
        exception = self._exceptions.get(xpos, {}).get(lower)
        if exception is not None:
            return exception
        if upos == "PROPN":
            return word[:-1] if xpos == "NNPS" and word.endswith("s") and not word.endswith("ss") else word
        return self.rule(lower, xpos)

    def rule(self, lower: str, xpos: str) -> str:
        """The lemma by rule alone.

        >>> rules = Lemmatizer({}, {"VB": frozenset({"make", "stop"})})
        >>> [rules.rule(w, x) for w, x in [("companies", "NNS"), ("making", "VBG"), ("stopped", "VBD"), ("sees", "VBZ")]]
        ['company', 'make', 'stop', 'see']
        >>> [rules.rule(w, "VBD") for w in ("fined", "restructured", "woos", "wooed", "targeted", "retained")]
        ['fine', 'restructure', 'woos', 'woo', 'target', 'retain']
        """
        if xpos in {"NNS", "VBZ"}:
            return self._plural(lower, self._known.get("NN" if xpos == "NNS" else "VB", frozenset()))
        if xpos == "VBG" and lower.endswith("ing"):
            return self._stem(lower[:-3], self._known.get("VB", frozenset()), lower)
        if xpos in {"VBD", "VBN"} and lower.endswith("ed"):
            return self._stem(lower[:-2], self._known.get("VB", frozenset()), lower)
        if xpos in {"JJR", "RBR"} and lower.endswith("er"):
            return self._stem(lower[:-2], self._known.get("JJ", frozenset()), lower)
        if xpos in {"JJS", "RBS"} and lower.endswith("est"):
            return self._stem(lower[:-3], self._known.get("JJ", frozenset()), lower)
        return lower

    @staticmethod
    def _plural(lower: str, known: frozenset[str]) -> str:
        if not lower.endswith("s") or lower.endswith("ss"):
            return lower
        if lower[:-1] in known:
            return lower[:-1]
        for ending, replacement in _PLURALS:
            if lower.endswith(ending) and len(lower) > len(ending) + 1:
                return lower[: -len(ending)] + replacement
        return lower

    @staticmethod
    def _stem(stem: str, known: frozenset[str], whole: str) -> str:
        """The best of stem, stem + e, stem without its doubled letter, and y for a final i."""
        if not any(char in _VOWELS for char in stem):
            return whole
        doubled = stem[-2:-1] == stem[-1] and stem[:-2] != ""
        choices = [stem + "e", stem, *([stem[:-1]] if doubled else []), *([stem[:-1] + "y"] if stem[-1] == "i" else [])]
        for choice in choices:
            if choice in known:
                return choice
        if stem[-1] == "i":
            return stem[:-1] + "y"
        if doubled and stem[-1] not in "lsfzo":
            return stem[:-1]
        return stem + "e" if _SILENT.search(stem) else stem


@cache
def shared_lemmatizer(folder: Path) -> Lemmatizer:
    """The lemmatizer of a model folder."""
    data = json.loads((folder / "lemmas.json").read_text(encoding="utf-8"))
    return Lemmatizer(data["exceptions"], {tag: frozenset(words.split()) for tag, words in data["known"].items()})
