"""Who sells what: a seller is no buyer, has no share any more once it is sold, and is neither end of the deal.

"Acme has sold its 5% stake in Beta" tells of no share that Acme has, and "Beta was sold by Acme" of no purchase by Acme.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kgraph.extraction.modality.status import read_event
from kgraph.extraction.modality.tenure import with_particle
from kgraph.extraction.modality.verbs import is_passive
from kgraph.extraction.spans import Mention
from kgraph.extraction.wordlists import words
from kgraph.model import EntityType, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate, Marked

__all__ = ["settle_sales"]

_PARTING = words("sell offload divest dispose exit shed unload relinquish") | {"sell off", "give up"}
_HOLDINGS = words("stake interest holding shareholding share slice position")
_IN_NAME = words("conj nmod compound nmod:poss nmod:desc appos flat")
_SUBJECTS = words("nsubj nsubj:pass")
_BUYS = words("acquired investedIn")
_STEPS = 3


def settle_sales(doc: Doc, marked: Marked, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without what a sale says the opposite of, each sale with its own seller."""
    kept = [candidate for candidate in candidates if not _is_contrary(doc, candidate)]
    return [_with_seller(doc, marked, candidate) for candidate in kept]


def _ends(candidate: Candidate) -> tuple[str, str]:
    return candidate.subject.appearance, candidate.object.appearance if isinstance(candidate.object, Mention) else ""


def _is_contrary(doc: Doc, candidate: Candidate) -> bool:
    """Whether a candidate has the seller as the buyer, or as the owner of what has been sold."""
    if not isinstance(candidate.object, Mention):
        return False
    sale = _sale(doc[candidate.object.head])
    if sale is None or doc[candidate.subject.head] not in _sellers(sale):
        return False
    if candidate.predicate in _BUYS:
        return candidate.trigger is None
    if candidate.predicate != "ownsStakeIn":
        return False
    reading = read_event(sale)
    return reading is not None and reading.status is Status.COMPLETED and not reading.negative


def _phrase(word: Token) -> Token:
    """The head of the phrase in which a word names something: "stake" for the firm in "its stake in Beta"."""
    for _ in range(_STEPS):
        if word.dep_ not in _IN_NAME or word.head.pos_ not in {"NOUN", "PROPN"}:
            break
        word = word.head
    return word


def _sale(word: Token) -> Token | None:
    """The verb of parting whose object a word is, or the share in it."""
    whole = _phrase(word)
    if whole.dep_ == "obl" and any(child.lower_ in {"in", "of"} for child in whole.children):  # "sold its stake in Beta", by its parse
        held = (child for child in whole.head.children if child.dep_ in {"obj", "nsubj:pass"} and child.lemma_.lower() in _HOLDINGS)
        whole = next(held, whole)
    if any(child.dep_ == "acl:relcl" and _is_parting(child) and is_passive(child) for child in word.children):  # "Beta, which was sold"
        return next(child for child in word.children if child.dep_ == "acl:relcl" and _is_parting(child))
    verb = whole.head
    is_object = whole.dep_ in {"obj", "nsubj:pass"} or (whole.dep_ == "obl" and any(child.lower_ == "of" for child in whole.children))
    return verb if is_object and verb != whole and _is_parting(verb) else None


def _is_parting(verb: Token) -> bool:
    return verb.pos_ == "VERB" and with_particle(verb) in _PARTING


def _sellers(sale: Token) -> list[Token]:
    """Who sells: the subject of the verb, also where it takes it over, or "by …"; and whose the thing is ("sold its stake")."""
    if is_passive(sale):
        return [
            child for child in sale.children if child.dep_ in {"obl:agent", "obl"} and any(part.lower_ == "by" for part in child.children)
        ]
    objects = [child for child in sale.children if child.dep_ in {"obj", "obl"}]
    found = [owner for thing in objects for owner in thing.children if owner.dep_ == "nmod:poss"]
    verb = sale
    for _ in range(_STEPS):
        own = [child for child in verb.children if child.dep_ in _SUBJECTS]
        if verb.dep_ == "acl:relcl":
            return [*found, *own, verb.head]
        if own or verb.dep_ not in {"conj", "xcomp", "advcl"}:
            return [*found, *own]
        verb = verb.head
    return found


def _with_seller(doc: Doc, marked: Marked, candidate: Candidate) -> Candidate:
    """The candidate without a seller that is the buyer, the thing, or who only speaks for the firm that sells."""
    seller = candidate.seller
    if seller is None:
        return candidate
    word = doc[seller.head]
    is_end = seller.appearance in _ends(candidate)
    if is_end or any(child.dep_ == "case" and child.lower_ in {"to", "with", "for"} for child in word.children):
        return replace(candidate, seller=None)
    if seller.type is EntityType.PERSON and isinstance(candidate.object, Mention):
        thing = _phrase(doc[candidate.object.head])
        owners = {child.i for child in thing.children if child.dep_ == "nmod:poss"}
        firms = [m for m in marked.mentions if m.head in owners and m.type is EntityType.ORGANIZATION]
        if owners and not any(m.head in owners and m.appearance == seller.appearance for m in marked.mentions):
            return replace(candidate, seller=firms[0] if firms else None)
    return replace(candidate, seller=_named(marked, seller))


def _named(marked: Marked, seller: Mention) -> Mention | None:
    """A seller in words that tell who it is: for a pronoun the name or the phrase that it stands for ("it sold Beta to Gamma")."""
    if seller.kind != "pronoun":
        return seller
    alike = [mention for mention in marked.mentions if mention.appearance == seller.appearance and mention.kind != "pronoun"]
    return min(alike, key=lambda mention: (mention.kind != "name", abs(mention.start - seller.start)), default=None)
