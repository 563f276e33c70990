"""Which sums are the price of a deal: "a £2bn takeover" and "for £2bn" are, "a £2bn charge", "saving £2bn" and "£2 a share" are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.extraction.qualifying.dating import DEAL
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
_UNITS = DEAL | words(
    "price sum cash stake interest share stock equity consideration fee payment package round funding financing fund capital value "
    "valuation injection tranche check cheque contract agreement bet swap series seed loan note infusion commitment pact amount total "
    "figure tag worth tie-up combination backing money holding slice outlay merger plan proposal debt approach venture award credit order"
)
"""Nouns that a price measures: "a £2bn approach", "a price of £2bn"."""
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
    return noun is not None and noun.lemma_.lower() not in _UNITS and noun != anchor(doc, candidate)


def _measured(word: Token) -> Token | None:
    """The common noun that a sum measures: "charge" in "a £2bn charge" and in "a charge of £2bn"."""
    noun = word.head
    if noun == word or noun.pos_ != "NOUN" or noun.ent_type_:
        return None
    is_before = word.dep_ in _MEASURING and word.i < noun.i
    is_after = word.dep_ == "nmod" and any(child.dep_ == "case" and child.lower_ == "of" for child in word.children)
    return noun if is_before or is_after else None
