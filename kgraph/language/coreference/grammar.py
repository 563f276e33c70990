"""What a pronoun stands for by grammar alone: in "Acme criticised Beta and its chief executive", "its" is Beta's.

Models lean towards the subject of the sentence, which a text is mostly about. Some constructions leave no such choice:
what is joined to a thing with "and" belongs to that thing, the "president of Acme and grandson of its founder" has one
firm, who is urged to do something does it with what is theirs, what is bought from its founder was that founder's, and of
two clauses that someone says side by side, "that it has sold Beta and that it will hire", "it" is one thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.language.coreference.natures import PERSON, nature

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["antecedent"]

_POSSESSIVES = frozenset({"its", "their"})
"""Of persons grammar says less: "Ann asked Mary to call her mother"."""
_JOINING = frozenset({"and", "or", "&"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubj:outer"})
_INFLUENCE = frozenset(
    {"advise", "ask", "compel", "convince", "encourage", "force", "instruct", "oblige", "order", "persuade", "press", "pressure", "push",
     "request", "require", "tell", "urge"}
)  # fmt: skip
"""Verbs whose object is who is to act: "urged Beta to sell its chip unit"."""
_SHARES = frozenset({"stake", "share", "interest", "holding", "shareholding"})
_HOLDERS = frozenset({"owner", "co-owner", "parent", "shareholder", "holder", "backer", "administrator", "liquidator", "receiver"})


def antecedent(pronoun: Token) -> Token | None:
    """The last word, or the head, of what a pronoun stands for; None where grammar leaves it open."""
    if pronoun.dep_ in _SUBJECTS:
        return _parallel(pronoun)
    if pronoun.lower_ not in _POSSESSIVES or pronoun.dep_ != "nmod:poss":
        return None
    if any(child.lower_ == "own" for child in pronoun.head.children):
        return None  # "and its own engines" turns back to the subject
    return _joined(pronoun) or _beside(pronoun) or _told(pronoun) or _sold(pronoun)


def _parallel(pronoun: Token) -> Token | None:
    """The same pronoun as the subject of the first of two clauses with "that"."""
    clause = pronoun.head
    if clause.dep_ not in {"conj", "ccomp"} or not _says_that(clause):
        return None
    beside = [clause.head] if clause.dep_ == "conj" else [other for other in clause.head.children if other.dep_ == "ccomp"]
    subjects = (
        child for first in beside if first.i < clause.i and _says_that(first) for child in first.children if child.dep_ in _SUBJECTS
    )
    return next((subject for subject in subjects if subject.pos_ == "PRON" and subject.lower_ == pronoun.lower_), None)


def _says_that(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def _joined(possessive: Token) -> Token | None:
    """The word before "and its"; none where a new clause starts: "sold Beta and its shares rose".

    Behind several things, "Beta, Gamma and its stake in Delta", and where what is theirs is a share, the subject may be meant.
    """
    joining = possessive.i - 1
    if joining < 1 or possessive.doc[joining].lower_ not in _JOINING or _starts_clause(possessive.head):
        return None
    last = possessive.doc[joining - 1]
    return None if last.dep_ == "conj" or possessive.head.lemma_ in _SHARES else last


def _beside(possessive: Token) -> Token | None:
    """The one name in the first of two offices or kinships: "president of Acme and grandson of its founder"."""
    owned = possessive.head
    if owned.dep_ == "nmod:desc":  # "its founder Mary Lee" hangs on the name
        owned = owned.head
    second = owned.head
    first = second.head
    if owned.dep_ != "nmod" or second.dep_ != "conj" or second.pos_ != "NOUN" or nature(first.lemma_) != PERSON:
        return None
    names = [child for child in first.children if child.dep_ == "nmod" and first.i < child.i < second.i and child.pos_ == "PROPN"]
    return names[0] if len(names) == 1 else None


def _starts_clause(noun: Token) -> bool:
    """Whether a noun is what a clause after it is about."""
    return noun.dep_ in _SUBJECTS and noun.head.i > noun.i


def _told(possessive: Token) -> Token | None:
    """Who is urged to do something with what is theirs."""
    act = possessive.head.head
    if act.dep_ != "xcomp" or act.head.lemma_ not in _INFLUENCE:
        return None
    return next((child for child in act.head.children if child.dep_ in {"obj", "iobj"} and child.i < act.i and child.pos_ != "PRON"), None)


def _sold(possessive: Token) -> Token | None:
    """What is bought from its owner."""
    noun = possessive.head
    if noun.dep_ != "obl" or not (nature(noun.lemma_) == PERSON or noun.lemma_ in _HOLDERS):
        return None
    if not any(child.lower_ == "from" and child.i == possessive.i - 1 for child in noun.children):
        return None
    return next((child for child in noun.head.children if child.dep_ == "obj" and child.i < noun.i), None)
