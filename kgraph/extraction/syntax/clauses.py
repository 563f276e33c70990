"""Which clause a figure or a date belongs to.

"Acme, founded in 2001, bought Beta, which is valued at $2bn" has three clauses: neither the year nor the amount is the purchase's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate

__all__ = ["anchor", "is_beside", "is_in_another_clause", "is_of_another", "is_outside", "tells_when"]

_NAMING = frozenset({"compound", "nmod:poss", "nmod:desc"})
_IN_PHRASE = _NAMING | {"nummod", "amod", "nmod:unmarked"}
_BESIDE = frozenset({"appos", "flat", "compound", "nmod:desc"})
_SAID = frozenset({"ccomp", "xcomp"})
"""How the clause that somebody says, plans or denies hangs on its verb."""
_OF_A_NOUN = frozenset({"acl", "acl:relcl"})
_OWN_TIME = frozenset({"acl", "acl:relcl", "conj", "parataxis", "advcl", "advcl:relcl"})
"""How a verb hangs on a word when it has a time of its own."""


def anchor(doc: Doc, candidate: Candidate) -> Token:
    """The word that evokes a candidate, or else the one under which subject and object meet, or what that says of them.

    "Acme denied that it was planning to buy Beta" meets in "denied" and is of "buy". Where other words part the object from a
    subject that is said to be a part of its name, they do not meet in the object itself.
    """
    if candidate.trigger is not None:
        return doc[candidate.trigger]
    subject = doc[candidate.subject.head]
    if candidate.object is None:
        return subject.head
    above, below = _upwards(subject), _upwards(doc[candidate.object.head])
    if subject.dep_ == "compound" and candidate.subject.end < candidate.object.start:
        below = below[1:]
    place = next((i for i, token in enumerate(below) if token in above), None)
    if place is None:
        return subject.head
    while place > 0 and below[place - 1].dep_ in _SAID and _is_verb(below[place - 1]):
        place -= 1
    return below[place]


def is_outside(trigger: Token, word: Token) -> bool:
    """Whether a word stands outside of what the clause of a trigger tells of a noun: "to invest $10bn in Beta, a firm backed by Acme"."""
    clause = next((token for token in _upwards(trigger) if token.dep_ in _OF_A_NOUN), None)
    return clause is not None and clause.head not in _upwards(word)


def is_in_another_clause(doc: Doc, candidate: Candidate, word: Token) -> bool:
    """Whether a word is told of a noun in a clause that tells nothing of a candidate: "Acme, which paid a $2m dividend, bought Beta".

    Nor does what stands outside of the clause that evokes the candidate tell of it: "a $2m charge on Beta, which it bought".
    """
    trigger = anchor(doc, candidate)
    clause = next((token for token in _upwards(word) if token.dep_ == "acl:relcl"), None)
    if clause is None:
        return trigger.sent == word.sent and trigger != word and is_outside(trigger, word)
    inside = {token.i for token in clause.subtree}
    ends = [end for end in (candidate.subject, candidate.object) if end is not None]
    if trigger.i in inside or any(end.head in inside for end in ends):
        return False
    return candidate.trigger is not None or not _is_told_of(doc[candidate.subject.head], clause)


def _is_told_of(name: Token, clause: Token) -> bool:
    """Whether a relative clause tells of a name, or of a noun set beside it: "Acme, the fund which owns 9%"."""
    noun = clause.head
    return name == noun or (name.head == noun and name.dep_ in _BESIDE) or (noun.head == name and noun.dep_ in _BESIDE)


def is_of_another(candidate: Candidate, figure: Token) -> bool:
    """Whether a figure stands in a phrase that names another thing: "the $19 billion WhatsApp deal" tells nothing of Instagram."""
    noun = figure
    while noun.dep_ in _IN_PHRASE and (noun.dep_ == "nummod" or noun.head.i > noun.i):
        noun = noun.head
    named = [child for child in noun.children if child.ent_type_ and (child.dep_ in _NAMING or (noun != figure and _is_dealt_with(child)))]
    ends = [end for end in (candidate.subject, candidate.object) if end is not None]
    return bool(named) and not any(end.start <= child.i < end.end for child in named for end in ends)


def _is_dealt_with(word: Token) -> bool:
    """Whether a deal that a noun names is with or about a word: "its $20 billion sale to Beta"."""
    is_firm = word.dep_ == "nmod" and word.ent_type_ in {"Organization", "Product"}
    return is_firm and any(child.dep_ == "case" and child.lower_ in {"to", "of", "in"} for child in word.children)


def is_beside(trigger: Token, word: Token) -> bool:
    """Whether a word of the trigger's sentence belongs to another verb: "bought Beta, which raised $10bn"."""
    return trigger.sent == word.sent and _verb(word) != _verb(trigger)


def tells_when(trigger: Token, date: Token) -> bool:
    """Whether a date may be the trigger's: it stands below it or a word that rules it, and not in a clause with another time.

    What stands before the first of two coordinated verbs is the time of both.
    """
    if is_outside(trigger, date):
        return False
    rulers = {token.i: shared for token, shared in _rulers(trigger)}
    for token in _upwards(date):
        if token.i in rulers:
            shared = rulers[token.i]
            return shared is None or date.i < shared
        told_of_it = token.dep_ in _OF_A_NOUN and token.head == trigger
        if _is_verb(token) and token.dep_ in _OWN_TIME and not told_of_it:
            return False
    return True


def _rulers(trigger: Token) -> Iterator[tuple[Token, int | None]]:
    """A word and those that rule it, each with the verb before which a date must stand if it is coordinated with the way up."""
    shared: int | None = None
    for token in _upwards(trigger):
        yield token, shared
        if token.dep_ == "conj" and _is_verb(token):
            shared = token.head.i


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} or any(child.dep_ == "cop" for child in token.children)


def _verb(token: Token) -> Token:
    """The verb that a word belongs to; the word itself where there is none."""
    return next((one for one in _upwards(token) if one.pos_ == "VERB"), token)


def _upwards(token: Token) -> tuple[Token, ...]:
    return (token, *token.ancestors)
