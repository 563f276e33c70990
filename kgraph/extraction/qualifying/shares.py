"""Which percentages are shares of a firm, and whose: "a 12% stake" is one, "rose 12%" and "12% of the votes" are none.

A percentage says what part of a firm somebody has only where something in the sentence makes it so: a word for a holding, the
firm itself after "of" or "in", a verb of having that rules it, or the holder's name right before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.spans import Mention
from kgraph.extraction.syntax.clauses import is_in_another_clause
from kgraph.extraction.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Amount, Candidate, Marked

__all__ = ["is_part_of_something_else", "is_share_of_another", "states_share"]

_HOLDERS = words("owner shareholder investor holder stakeholder")
_HOLDINGS = _HOLDERS | words(
    "stake interest holding shareholding share stock equity ownership control capital slice remainder minority majority rights subsidiary"
)
_PRICED = words("share stock equity capital")
"""Words for holdings that also have a price: "shares rose 5%" tells of no holding."""
_OWNED = "own"
_HAVING = words("own hold control belong")
_GETTING = words("have take acquire buy purchase sell keep retain get receive give offload divest transfer cede obtain secure gain tender")
_FIRMS = words("company firm business group bank maker giant venture unit club startup start-up chain operator partner")
_INSIDE = words("nummod compound amod nmod nmod:unmarked nmod:desc appos conj obl:unmarked obl:npmod dep advmod obl obj nsubj nsubj:pass")
"""How a percentage, or a phrase with it, hangs on the word that may make it a share."""
_STEPS = 4
_AHEAD = 4
"""Words after a percentage among which the holding that it measures stands: "12% of its equity", "a 12% minority stake"."""


def states_share(doc: Doc, figure: Amount, marked: Marked) -> bool:
    """Whether a percentage is a part of a firm that somebody has, buys or sells."""
    word, end = doc[figure.head], figure.end
    end += end + 1 < len(doc) and doc[end].text == "." and doc[end + 1].lower_ == "of"  # "7 per cent. of its shares"
    after = doc[end].lower_ if end < len(doc) else ""
    before = doc[figure.start - 1].lemma_ if figure.start else ""
    is_owned = _OWNED in {word.head.lemma_, before} or (after and doc[end].lemma_ in _HAVING)
    if is_owned or _has_holding_after(doc, end):
        return True
    if after in {"of", "in"} and (whole := _whole(doc[end])) is not None:
        is_voting = whole.lemma_.lower() == "vote" and any(verb.lemma_ in _HAVING for verb in word.ancestors)
        return is_voting or _is_firm(whole, marked)
    if _holder_beside(doc, figure) is not None or _is_aside(doc, figure):
        return True
    if after == "by":
        return any(verb.lemma_ in _HAVING for verb in word.ancestors)
    return _hangs_on_holding(word)


def is_part_of_something_else(doc: Doc, figure: Amount, marked: Marked) -> bool:
    """Whether the words right after a percentage say that it is no part of a firm: "99% of the votes", "12% of its sales"."""
    link = doc[figure.end] if figure.end < len(doc) else None
    whole = _whole(link) if link is not None and link.lower_ == "of" else None
    return whole is not None and whole.pos_ == "NOUN" and whole.lemma_.lower() not in _HOLDINGS and not _is_firm(whole, marked)


def _is_aside(doc: Doc, figure: Amount) -> bool:
    """Whether a percentage stands alone behind a name or a holder: "Roe, the head of research, with 12%", "Roe's 12%", "$2m for 12%"."""
    if figure.end < len(doc) and not doc[figure.end].is_punct and doc[figure.end].pos_ in {"NOUN", "PROPN", "ADJ", "ADP", "NUM"}:
        return False
    before = [token.lower_ for token in doc[max(0, figure.start - 2) : figure.start]]
    is_held = before[-1:] == ["with"] and (before[0] == "," or doc[figure.start - 2].lemma_.lower() in _HOLDERS)
    return is_held or before[-1:] == ["for"] or (bool(before) and doc[figure.start - 1].tag_ == "POS")


def _has_holding_after(doc: Doc, end: int) -> bool:
    """Whether the phrase of a percentage goes on to a word for a holding: "a 12% minority stake"."""
    for token in doc[end : end + _AHEAD]:
        if token.lemma_.lower() in _HOLDINGS or token.lower_ in _HOLDINGS:
            return True
        if token.pos_ in {"VERB", "AUX", "PUNCT", "SPACE", "CCONJ", "SCONJ"} or (token.pos_ == "ADP" and token.lower_ not in {"of", "-"}):
            return False
    return False


def _whole(link: Token) -> Token | None:
    """The head of the phrase after "of" or "in": that of which a percentage is a part."""
    return link.head if link.dep_ == "case" and link.head.i > link.i else None


def _is_firm(whole: Token, marked: Marked) -> bool:
    """Whether a word stands for what can be owned in part."""
    if whole.ent_type_:
        return whole.ent_type_ != "Place"
    if whole.pos_ in {"PROPN", "PRON"} or whole.lemma_.lower() in _FIRMS:
        return True
    return any(mention.head == whole.i for mention in marked.mentions)


def _hangs_on_holding(token: Token) -> bool:
    """Whether a word for a holding or a verb of having rules a percentage: "raised its stake to 31%", "bought another 12%"."""
    for _ in range(_STEPS):
        head = token.head
        if head == token or token.dep_ not in _INSIDE:
            return False
        if head.lemma_.lower() in _HOLDINGS:
            return head.lemma_.lower() not in _PRICED or token.dep_ != "nsubj"
        if head.pos_ in {"VERB", "AUX"}:
            return _is_had(token, head)
        token = head
    return False


def _is_had(token: Token, verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    if lemma in _HAVING:
        return True
    if lemma in _GETTING and token.dep_ in {"obj", "nsubj:pass", "obl:unmarked", "conj"}:
        return True
    told = [child for child in verb.children if child.dep_ in {"nsubj", "nsubj:pass", "obj"}]
    return token.dep_ == "obl" and any(child.lemma_.lower() in _HOLDINGS - _PRICED for child in told)


def _holder_beside(doc: Doc, figure: Amount) -> Token | None:
    """The name right before a percentage in brackets or after "with": "Acme (12%)", "Acme, with 12%"."""
    place = figure.start - 1
    if place < 1 or doc[place].lower_ not in {"(", "with"}:
        return None
    before = doc[place - 1]
    if before.text == "," and place > 1:
        before = doc[place - 2]
    return before if before.pos_ == "PROPN" or before.ent_type_ in {"Organization", "Person", "GovernmentBody"} else None


def is_share_of_another(doc: Doc, candidate: Candidate, figure: Amount) -> bool:
    """Whether the words say that a share is had by none of a candidate's ends, or is none of its deal.

    "Acme, with 12%, and Beta", "Acme, which owns 12%, and Beta": the share is Acme's and not Beta's, and none of what Acme buys.
    """
    ends = [end for end in (candidate.subject, candidate.object) if isinstance(end, Mention)]
    beside = _holder_beside(doc, figure)
    if beside is not None:
        return not any(end.start <= beside.i < end.end for end in ends)
    return is_in_another_clause(doc, candidate, doc[figure.head])
