"""Lines in capitals: flashes, headlines and headings whose letter case says nothing of what is a name.

The model reads them in the case that their words have elsewhere in the text, or else would mostly have; the text stays as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from kgraph.language.network.tokens import BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kgraph.language.lemmas import Lemmatizer
    from kgraph.language.network.name_types import KnownNames

LEAST = 3
"""Words, of two letters or more, of the shortest line that is read so: two are a heading, a speaker or a name."""
_ACRONYM = 3
"""Letters of the longest word that stays in capitals if nothing else is known of it; longer ones do if they have no vowel."""
_MANY = 10
"""Names that end with a word which may be part of a name after one."""
_STOPS = frozenset({".", "?", "!", ":"})
_VOWELS = frozenset("AEIOUY")
_FUNCTION_WORDS = frozenset(
    """a about above across after against all amid among an and any are as at be been before being below between both but by can could
    did do does down during each few for from had has have he her his how i if in into is it its may more most must my near new no nor
    not of off on once or our out over own per she should since so some such than that the their them then there these they this those
    through to too under until up upon via vs was we were what when where which while who why will with within without would you your
    mln bln tln
    's 're 'll 've 'd 'm n't""".split()  # noqa: SIM905 - a table reads best as text
)


class Vocabulary:
    """What is known of words in lower case."""

    def __init__(self, lemmatizer: Lemmatizer, names: KnownNames) -> None:
        self.is_known = lemmatizer.is_known
        self._names = names

    def ends_names(self, word: str) -> bool:
        """Whether it ends many names: "aviation", "bank"."""
        return word in self._endings

    @cached_property
    def _endings(self) -> frozenset[str]:
        counts = Counter(name.rsplit(" ", 1)[1].lower() for name in self._names if " " in name)
        return frozenset(word for word, count in counts.items() if count >= _MANY)


def without_capitals(words: Sequence[str], gaps: Sequence[int], vocabulary: Vocabulary) -> list[str]:
    """The words of a text, given the gaps before them, those of lines in capitals in the case of plain sentences."""
    lines = list(_lines(words, gaps))
    capital = [line for line in lines if _is_capital(words[line.start : line.stop])]
    if not capital:
        return list(words)
    starts = {line.start for line in capital}
    usual = _usual(words, (line for line in lines if line.start not in starts))
    found = list(words)
    for line in capital:
        for place in line:
            word = _recased(words[place], usual, vocabulary)
            is_after_name = place > line.start and found[place - 1].istitle() and word not in _FUNCTION_WORDS
            found[place] = word.capitalize() if is_after_name and vocabulary.ends_names(word) else word
        first = found[line.start]
        found[line.start] = first[:1].upper() + first[1:]
    return found


def _lines(words: Sequence[str], gaps: Sequence[int]) -> Iterator[range]:
    """The places of the words of each line."""
    starts = [place for place in range(len(words)) if place == 0 or gaps[place] == BREAK]
    for start, end in pairwise([*starts, len(words)]):
        yield range(start, end)


def _is_capital(line: Sequence[str]) -> bool:
    return " ".join(line).isupper() and sum(len(word) > 1 and word.isalpha() for word in line) >= LEAST


def _usual(words: Sequence[str], lines: Iterator[range]) -> dict[str, str]:
    """By word in lower case, the form that it mostly has where nothing but itself asks for a capital."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        for place in line[1:]:
            if words[place - 1] not in _STOPS:
                forms[words[place].lower()][words[place]] += 1
    return {word: max(sorted(counts), key=counts.__getitem__) for word, counts in forms.items()}


def _recased(word: str, usual: dict[str, str], vocabulary: Vocabulary) -> str:
    lower = word.lower()
    if lower in usual:
        return usual[lower]
    if lower in _FUNCTION_WORDS or vocabulary.is_known(lower):
        return lower
    is_acronym = len(word) <= _ACRONYM or "." in word or not _VOWELS.intersection(word)
    return word if is_acronym else word.capitalize()
