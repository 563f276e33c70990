"""What the tree of a sentence rules out of what the learnt model hears.

The model hears that an acquisition is told of and who is named beside it, not always who does it. Where no frame says the same,
a candidate of the model is dropped if the tree gives its words another part:

    "Everyone except *Acme* invested in Beta"             left out
    "*Acme* welcomed the acquisition of Beta"             an onlooker: its verb does not bring about what its object names
    "Gamma persuaded *Acme* to buy Beta" (of Gamma)       the infinitive has another subject
    "*Acme* fell, and Gamma bought Beta"                  the other clause has a subject of its own
    "Acme bought the designs of *Beta*"                   what belongs to a firm is not the firm
    "Acme sold its *Tau* chips to Gamma"                  goods are supplied
    "Acme beat the *LSEG* consensus"                      what an exchange publishes is not where a share is traded

What it hears as an investment of more than half is an acquisition.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kgraph.extraction.spans import Mention
from kgraph.extraction.syntax.exclusion import is_alternative, is_excluded
from kgraph.extraction.syntax.places import is_verbal
from kgraph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate
    from kgraph.ontology.lexicon import Lexicon

__all__ = ["Contradictions"]

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_DEEDS = frozenset({"acquired", "investedIn", "mergedWith", "suppliesTo", "hired", "sued", "fined", "launched", "partnerOf"})
"""What somebody does to another: two clauses that share no argument do not tell of one."""
_HALF = Decimal("0.5")
_HEIGHT = 4
"""Steps from a name up to the noun that says what is done with it."""


class Contradictions:
    """Knows from the lexicon which nouns name a deed and which verbs bring it about."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._onlooking = lexicon.words.get("onlooking", frozenset())
        self._belongings = lexicon.words.get("belonging", frozenset())
        self._goods = lexicon.words.get("goods", frozenset())
        self._published = lexicon.words.get("published", frozenset())
        self._nouns: dict[str, set[str]] = defaultdict(set)
        self._joint = {"join"}
        for frame in lexicon.frames:
            if frame.part == "noun":
                self._nouns[frame.predicate].update(lemma.split()[-1] for lemma in frame.lemmas)
            elif frame.part == "verb" and frame.predicate == "partnerOf":
                self._joint.update(lemma.split()[0] for lemma in frame.lemmas)

    def without(self, doc: Doc, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The candidates but those that the tree contradicts, in their order."""
        told = [candidate for candidate in candidates if candidate.extractor == "frames"]
        facts = {_fact(candidate) for candidate in told}
        kept = [one for one in candidates if one.extractor == "frames" or _fact(one) in facts or not self._is_ruled_out(doc, one, told)]
        return [replace(one, predicate="acquired") if _is_majority(one) else one for one in kept]

    def _is_ruled_out(self, doc: Doc, candidate: Candidate, told: Iterable[Candidate]) -> bool:
        if not isinstance(candidate.object, Mention):
            return False
        subject, other = doc[candidate.subject.head], doc[candidate.object.head]
        if subject.sent != other.sent:
            return False
        return (
            _is_left_out(subject, other)
            or _is_left_out(other, subject)
            or (candidate.predicate in _DEEDS and self._is_onlooker(candidate.predicate, subject, other))
            or self._is_beside_infinitive(candidate, subject, told)
            or (candidate.predicate in _DEEDS and _are_apart(subject, other))
            or (candidate.predicate == "acquired" and self._is_of_another_kind(candidate.object, other))
            or (candidate.predicate == "tradedOn" and other.head.lemma_.lower() in self._published)
        )

    def _is_onlooker(self, predicate: str, subject: Token, other: Token) -> bool:
        """Whether the subject only speaks of or pays for a deed that a noun names, or one that words at the noun give to another."""
        noun = next((up for up in [*other.ancestors][:_HEIGHT] if up.lemma_.lower() in self._nouns[predicate] and not is_verbal(up)), None)
        if noun is None or subject.dep_ not in _SUBJECTS:
            return False
        top = noun
        while top.dep_ in {"nmod", "conj", "compound"} and not is_verbal(top.head):
            top = top.head
        if top.dep_ not in {"obj", "obl", "xcomp", "ccomp"} or top.head != subject.head:
            return False
        doers = [child for child in _below(noun, other) if _is_doer(child)]
        return top.head.lemma_.lower() in self._onlooking or any(doer != other and doer.pos_ == "PROPN" for doer in doers)

    def _is_beside_infinitive(self, candidate: Candidate, subject: Token, told: Iterable[Candidate]) -> bool:
        """Whether a frame reads an infinitive of the same predicate and object with another subject: "*Gamma* asked Acme to buy Beta".

        Who teams up with another to do something does it, too.
        """
        for one in told:
            if one.predicate != candidate.predicate or one.trigger is None or one.object != candidate.object:
                continue
            verb = subject.doc[one.trigger]
            is_infinitive = verb.dep_ in {"xcomp", "advcl", "ccomp"} and any(child.lower_ == "to" for child in verb.children)
            if is_infinitive and subject.head == verb.head and subject.dep_ != "conj" and verb.head.lemma_.lower() not in self._joint:
                return True
        return False

    def _is_of_another_kind(self, mention: Mention, thing: Token) -> bool:
        """Whether what changes hands belongs to a firm or is goods of a make."""
        noun = thing.head
        if mention.type is EntityType.PRODUCT and thing.dep_ == "compound" and noun.tag_ == "NNS" and noun.lemma_.lower() in self._goods:
            return True
        is_owned = thing.dep_ in {"nmod", "nmod:poss", "compound"} and noun.dep_ in {"obj", "nsubj:pass"}
        return is_owned and noun.lemma_.lower() in self._belongings


def _fact(candidate: Candidate) -> tuple[str, str, str]:
    other = candidate.object
    return candidate.predicate, candidate.subject.appearance, other.appearance if isinstance(other, Mention) else ""


def _is_majority(candidate: Candidate) -> bool:
    """Whether the model hears an investment of more than half of a firm, which is an acquisition."""
    if candidate.predicate != "investedIn" or candidate.extractor == "frames" or candidate.stake is None:
        return False
    share = candidate.stake.quantity
    return share.value > _HALF if share.value is not None else share.low is not None and share.low >= _HALF


def _below(noun: Token, other: Token) -> list[Token]:
    """What hangs on a noun, or on what it is about."""
    return [*noun.children, *(child for child in other.children if child.i > other.i)]


def _is_doer(token: Token) -> bool:
    """Whether a word at a noun says who does what it names: "*Acme*'s purchase", "the purchase by *Acme*"."""
    return token.dep_ == "nmod:poss" or any(child.dep_ == "case" and child.lower_ == "by" for child in token.children)


def _is_left_out(token: Token, other: Token) -> bool:
    """Whether a phrase is set apart from its sentence, and the other stands outside of it."""
    return (is_excluded(token) or is_alternative(token)) and token not in (other, *other.ancestors)


def _are_apart(first: Token, second: Token) -> bool:
    """Whether two names stand in coordinated clauses of which the later has a subject of its own, and the name is not that."""
    left, right = sorted((first, second), key=lambda token: token.i)
    clause = next((up for up in right.ancestors if is_verbal(up)), None)
    if clause is None or clause.dep_ != "conj" or not is_verbal(clause.head) or clause.head.i > clause.i:
        return False
    subjects = [child for child in clause.children if child.dep_ in _SUBJECTS and child.i < clause.i]
    own = bool(subjects) and all(child.pos_ == "PROPN" and child != right for child in subjects)
    refers = any(token.pos_ == "PRON" for token in clause.subtree)
    return own and not refers and left.i < clause.left_edge.i and clause not in left.ancestors
