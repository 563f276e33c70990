"""Which words of a coreference chain can stand for a thing that the text names, and which only look so.

"The airline" takes up what was named before. "A buyer", "no successor", "the bondholders" and "whose factory" bring up something
else, or nothing in particular, whatever chain a model puts them into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.language.coreference.natures import PERSON, nature

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from spacy.tokens import Span, Token

    from kgraph.extraction.marking.things.names import Name

__all__ = ["takes_up"]

_WRITERS = frozenset({"author", "writer", "columnist", "reporter"})
_INDEFINITE = frozenset({"a", "an", "another"})
_QUANTIFYING = frozenset(
    {"all", "any", "both", "each", "either", "enough", "every", "few", "half", "less", "many", "more", "most", "much", "neither", "no",
     "several", "some", "such", "what", "whatever", "which"}
)  # fmt: skip
"""Determiners of things that are counted or asked for, not taken up."""
_TAKES_PART = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "obl:unmarked", "nmod", "nmod:poss", "nmod:unmarked"})
"""Relations of what has a part in what is told, against those of what says what something else is."""
_AS = frozenset({"as", "like"})
"""Prepositions of what something is said to be: "known as a maker of tyres"."""


def takes_up(span: Span, chain: Sequence[Span], by_token: Mapping[int, Name], *, parts: Container[str]) -> bool:
    """Whether a nominal or a pronoun of a chain can stand for what the chain names."""
    noun = span.root
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return True
    return not (
        _is_part(noun, by_token, parts)
        or _owns_itself(span, chain)
        or _is_plural(noun)
        or _is_new(noun)
        or _is_counted(noun)
        or _is_the_writer(span)
        or _is_anothers(noun)
    )


def _is_part(noun: Token, by_token: Mapping[int, Name], parts: Container[str]) -> bool:
    """Whether a nominal is a part of something that the text names beside it: "Meta's AI division", "the cards arm of Beta"."""
    if noun.lemma_.lower() not in parts:
        return False
    owners = [child for child in noun.children if child.i in by_token and child.dep_ in {"nmod:poss", "nmod"}]
    says_what = noun.dep_ not in _TAKES_PART  # "Gamma, the cards arm of Beta"
    return any(child.dep_ == "nmod:poss" or (_preposition(child) == "of" and not says_what) for child in owners)


def _owns_itself(span: Span, chain: Sequence[Span]) -> bool:
    """Whether a nominal belongs to the very thing that it is said to be: "its chip business" is not "it"."""
    owners = {child.i for child in span.root.children if child.dep_ == "nmod:poss"}
    return any(not owners.isdisjoint(range(other.start, other.end)) for other in chain if not other.start <= span.root.i < other.end)


def _is_plural(noun: Token) -> bool:
    """Whether several are meant: "makes robots", "the bondholders"."""
    return noun.tag_ == "NNS"


def _is_new(noun: Token) -> bool:
    """Whether a nominal brings up somebody whom the text has not spoken of: "A Leeds firm has complained", "sold to a buyer"."""
    if noun.dep_ not in _TAKES_PART or _preposition(noun) in _AS or any(child.dep_ == "cop" for child in noun.children):
        return False
    return any(child.dep_ == "det" and child.lower_ in _INDEFINITE for child in noun.children)


def _is_counted(noun: Token) -> bool:
    """Whether a nominal speaks of any, of all or of none: "no successor", "either side"."""
    return any(child.dep_ in {"det", "amod", "det:predet"} and child.lower_ in _QUANTIFYING for child in noun.children)


def _is_anothers(noun: Token) -> bool:
    """Whether a relative clause says whose a nominal is: "Acme, whose factory burnt down"."""
    return any(child.dep_ == "nmod:poss" and child.lower_ == "whose" for child in noun.children) and nature(noun.lemma_.lower()) != PERSON


def _is_the_writer(span: Span) -> bool:
    """Whether whoever wrote the article is meant: "The author owns shares in Acme"."""
    return span.root.lemma_.lower() in _WRITERS and [token.lower_ for token in span[:-1]] in (["the"], ["this"])


def _preposition(noun: Token) -> str:
    return next((child.lower_ for child in noun.children if child.dep_ == "case" and child.i < noun.i), "")
