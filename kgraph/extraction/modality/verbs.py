"""The forms of verbs: auxiliaries, modals, the passive, the infinitive, clauses that open with a question word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["MAY", "OUGHT", "WILL", "WOULD", "is_infinitive", "is_passive", "is_verb", "modals", "opens_with_question_word",
           "shared_helpers", "subject_of"]  # fmt: skip

WILL = frozenset({"will", "shall", "'ll", "wo", "sha"})
"""Modals of what is to come; "wo" is that of "won't"."""

WOULD = frozenset({"would", "'d"})
MAY = frozenset({"may", "might", "could", "can", "ca"})
OUGHT = frozenset({"should", "must", "ought"})

_CLIPPED_HAVE = re.compile(r"(?<=\w)'ve$")


def is_verb(token: Token) -> bool:
    """Whether a word is a verb, participles and auxiliaries included."""
    return token.pos_ in {"VERB", "AUX"} or token.tag_[:2] == "VB"


def is_passive(token: Token) -> bool:
    """Whether a verb's subject undergoes it: "was said", "a deal announced today"."""
    return any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in token.children) or (
        token.tag_ == "VBN" and token.dep_ in {"acl", "amod"}
    )


def shared_helpers(token: Token) -> list[Token]:
    """The auxiliaries of a verb, or those of the verb with which it shares them ("has bought and sold")."""
    own = [child for child in token.children if child.dep_ in {"aux", "aux:pass"}]
    if not own and token.dep_ == "conj" and token.tag_ == token.head.tag_ and token.tag_ in {"VB", "VBN", "VBG"}:
        return shared_helpers(token.head)
    return own


def modals(token: Token) -> frozenset[str]:
    """The auxiliaries of a verb in lower case, with straight apostrophes; "may've" is "may"."""
    return frozenset(_CLIPPED_HAVE.sub("", helper.lower_.replace("’", "'")) for helper in shared_helpers(token))  # noqa: RUF001


def is_infinitive(token: Token) -> bool:
    """Whether "to" stands before a verb, or before the one with which it is coordinated."""
    if any(child.tag_ == "TO" for child in token.children):
        return True
    shares = token.dep_ == "conj" and token.tag_ == "VB" and not any(child.dep_.startswith(("aux", "nsubj")) for child in token.children)
    return shares and is_infinitive(token.head)


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, or of the one with which it shares it: "Acme looked at Beta and bought it"."""
    own = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubj:pass"}), None)
    return subject_of(verb.head) if own is None and verb.dep_ == "conj" and is_verb(verb.head) else own


def opens_with_question_word(verb: Token) -> bool:
    """Whether a clause opens with "why", "how much", "when" or the like, as in "did not say *why it bought Beta*"."""
    first = next((token for token in verb.subtree if not token.is_punct), verb)
    return first.tag_.startswith("W")
