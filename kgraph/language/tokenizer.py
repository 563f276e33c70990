"""spaCy's English tokeniser with a bound on its work: long runs without white space are cut before it sees them.

Its search for prefixes and suffixes takes time quadratic in such a run: 50,000 brackets kept it busy for minutes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

NAME = "kgraph_tokenizer"
"""Under which spaCy's configuration finds it."""
LONGEST = 300
"""Characters without white space that are left whole: no address in news is longer."""
PIECE = 100
"""Characters of the pieces that a longer run is cut into."""

CITATION = r"\[\d{1,3}\]"
"""A reference mark such as `[2]`: pages set it right after a word, of which it is no part."""

MARK = r"\((?:TM|SM|R)\)"
"""A trademark sign in letters, set right after the name."""

DATELINE = (
    r"(?<=[\w.])(?:--|[\u2013\u2014])(?=\()|(?<=--|.[\u2013\u2014])\(|\)(?=(?:--|[\u2013\u2014])\w)|(?<=\))(?:--|[\u2013\u2014])(?=\w)"
)
"""The dashes and brackets around the agency of a dateline: "BOSTON--(BUSINESS WIRE)--Acme"."""

READ = 100
"""Characters that are read of a long run, or of symbols in a row: no more of either means anything, and trees of them are slow to find."""

_SYMBOLS = re.compile(rf"(?:[^\w\s]\s*){{{READ},}}")
_LONG_RUN = re.compile(rf"\S{{{LONGEST},}}")


class BoundedTokenizer(Tokenizer):  # type: ignore[misc]
    """The tokeniser of spaCy's English, for text of any kind."""

    def __call__(self, string: str) -> Doc:
        """Split a text into tokens."""
        if _LONG_RUN.search(string) is None:
            doc: Doc = super().__call__(string)
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        for piece in pieces(string):
            for token in super().__call__(piece):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self.vocab, words=words, spaces=spaces)


def pieces(text: str) -> list[str]:
    """A text cut at its long runs, and those in pieces.

    >>> [len(piece) for piece in pieces("Go to " + "x" * 350 + " now")]
    [6, 100, 100, 100, 50, 4]
    """
    found = []
    end = 0
    for run in _LONG_RUN.finditer(text):
        if run.start() > end:
            found.append(text[end : run.start()])
        found.extend(text[start : min(start + PIECE, run.end())] for start in range(run.start(), run.end(), PIECE))
        end = run.end()
    if end < len(text):
        found.append(text[end:])
    return found


def unread(text: str) -> list[tuple[int, int]]:
    """The parts [start, end) of a text that are tokens and no words: all but the first READ characters of what goes on and on.

    >>> unread("Go to " + "x" * 350 + " now"), unread("Acme. " + "$ " * 150), unread("Acme paid $5 (€4).")
    ([(106, 356)], [(104, 306)], [])
    """
    runs = [run.span() for pattern in (_LONG_RUN, _SYMBOLS) for run in pattern.finditer(text)]
    return sorted((start + READ, end) for start, end in runs)


def make_tokenizer(nlp: Language) -> BoundedTokenizer:
    """The tokeniser with the rules of a pipeline's language."""
    rules = nlp.Defaults
    return BoundedTokenizer(
        nlp.vocab,
        rules=rules.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(rules.prefixes or ()).search,
        suffix_search=compile_suffix_regex((CITATION, MARK, *(rules.suffixes or ()))).search,
        infix_finditer=compile_infix_regex((DATELINE, *(rules.infixes or ()))).finditer,
        token_match=rules.token_match,
        url_match=rules.url_match,
    )


@registry.tokenizers(NAME)  # type: ignore[untyped-decorator]
def tokenizer_maker() -> Callable[[Language], BoundedTokenizer]:
    """What spaCy makes the tokeniser of a pipeline with, in place of its own."""
    return make_tokenizer
