"""Whom a sentence names only to leave out: "Everyone except Acme invested", "Acme rather than Beta bought it", "Acme or Beta".

Coordination gives all its members the same place in a sentence, but not where its words set one against the other. An alternative
("either Acme or Beta") leaves open which of them it is, so nothing is said of either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_alternative", "is_excluded"]

_EXCLUDING = frozenset({"except", "except for", "excepting", "excluding", "rather than", "instead of", "in place of", "apart from", "not"})
_ALL = frozenset({"all", "every", "any", "each", "no", "none", "everyone", "everybody", "everything", "nobody", "anyone"})
"""Words for a whole, after which "but" leaves somebody out: "all the banks but Acme"."""
_DOERS = frozenset({"nsubj", "obl:agent"})
_MARKING = frozenset({"case", "cc", "mark", "advmod", "fixed"})


def is_excluded(token: Token) -> bool:
    """Whether the word before a phrase sets it apart from what the sentence says: "Acme rather than *Beta*", "*not* Beta"."""
    for child in token.children:
        if child.i < token.i and child.dep_ in _MARKING and _phrase(child) in _EXCLUDING:
            return child.lower_ != "not" or token.dep_ == "conj"
    return _is_but(token)


def is_alternative(token: Token) -> bool:
    """Whether a phrase is one of two of which only one is meant: "*Acme* or *Beta* bought it", "either *Acme* or *Beta*".

    Without "either" this is so of who does something alone: "far bigger than Acme or Beta" is true of both.
    """
    first = token.head if token.dep_ == "conj" else token
    links = [one for child in first.children if child.dep_ == "conj" for one in child.children if one.dep_ == "cc" and one.lower_ == "or"]
    is_either = any(child.lower_ == "either" for child in first.children if child.i < first.i)
    return any(is_either or (first.dep_ in _DOERS and token.doc[one.i - 1].text != ",") for one in links)


def _phrase(word: Token) -> str:
    return " ".join([word.lower_, *(child.lower_ for child in word.children if child.dep_ == "fixed")])


def _is_but(token: Token) -> bool:
    """Whether "but" takes a name out of a whole: "all the banks but *Acme*"."""
    start = token.left_edge.i
    if token.dep_ not in {"conj", "nmod", "appos"} or not start or token.doc[start - 1].lower_ != "but":
        return False
    return bool({token.head.lower_, *(child.lower_ for child in token.head.children if child.i < token.i)} & _ALL)
