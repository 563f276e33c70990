"""Which sums are the price of a deal: "a £2bn takeover" and "for £2bn" are, "a £2bn charge", "saving £2bn" and "£2 a share" are not.

What a deal may be called has no end ("a £2bn shotgun marriage"), so listed is what is no price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.qualifying.dating import DEAL
from kgraph.extraction.spans import Mention
from kgraph.extraction.syntax.clauses import anchor, is_in_another_clause
from kgraph.extraction.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Amount, Candidate

__all__ = ["is_no_price"]

_PRICED = words("acquired investedIn mergedWith")
"""Predicates whose amount is the price of a firm or of a part of it."""
_SAVING = words("save cut reduce lower trim")
"""Verbs whose sums are no price: what a deal saves."""
_NO_PRICES = words(
    "charge dividend fine penalty loss profit revenue sale turnover income earnings ebitda liability saving synergy cost expense "
    "premium buyback budget write-off writeoff writedown write-down impairment backlog portfolio market industry sector "
    "business company firm giant group bank maker retailer chain tax bonus salary settlement lawsuit suit "
    "claim grant subsidy exposure deficit surplus gain hit year quarter month"
)
"""Nouns that a sum measures beside a deal and that are no price of it: "a £2bn charge", "in a £2bn market"."""
_PAID_OR_NOT = words("debt fee")
"""Prices after "for" alone: "sold for a fee of £2bn", but "took on debt of £2bn", "a break-up fee of £2bn"."""
_BY_WAY_OF = words("in through via for at as")
"""Before the noun of a sum that tells how a deal was done or what was paid."""
_MEASURING = words("compound nummod amod nmod:unmarked nmod:desc")
_LEAST_PRICE = 1000
"""Units of money below which a price is that of one share, whatever the text forgets to say."""


def is_no_price(doc: Doc, candidate: Candidate, amount: Amount) -> bool:
    """Whether a sum cannot be what a deal costs."""
    if candidate.predicate not in _PRICED:
        return False
    value, word = amount.quantity.value, doc[amount.head]
    if value is not None and value != 1 and value < _LEAST_PRICE:  # one unit of money is a price
        return True
    verb = next((token for token in word.ancestors if token.pos_ == "VERB"), None)
    if (verb is not None and verb.lemma_ in _SAVING) or is_in_another_clause(doc, candidate, word):
        return True
    noun = _measured(word)
    if noun is None or noun == anchor(doc, candidate):
        return False
    is_paid = any(child.dep_ == "case" and child.lower_ == "for" for child in noun.children)
    if noun.lemma_.lower() in _PAID_OR_NOT and not is_paid:
        return True
    return noun.lemma_.lower() in _NO_PRICES or _describes_end(candidate, noun)


def _describes_end(candidate: Candidate, noun: Token) -> bool:
    """Whether a sum measures what describes a party: "bought Beta, owner of a £2bn plant", but not "bought Beta in a £2bn deal"."""
    if noun.lemma_.lower() in DEAL or any(child.dep_ == "case" and child.lower_ in _BY_WAY_OF for child in noun.children):
        return False
    ends = {end.head for end in (candidate.subject, candidate.object) if isinstance(end, Mention)}
    for word in noun.ancestors:
        if word.pos_ == "VERB":
            return False
        if word.i in ends:
            return True
    return False


def _measured(word: Token) -> Token | None:
    """The common noun that a sum measures: "charge" in "a £2bn charge" and in "a charge of £2bn"."""
    noun = word.head
    if noun == word or noun.pos_ != "NOUN" or noun.ent_type_:
        return None
    is_before = word.dep_ in _MEASURING and word.i < noun.i
    is_after = word.dep_ == "nmod" and any(child.dep_ == "case" and child.lower_ == "of" for child in word.children)
    return noun if is_before or is_after else None
