"""Finds the qualifiers that a frame's paths did not reach: what stands nearest in the sentence.

An amount, share or date belongs to the candidate whose trigger is nearest, unless it is what
another claim is about (a revenue, a valuation). A deal's figure may also follow one sentence
later ("The deal is worth $5 billion").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kgraph.extraction.modality.tenure import tells_tenure
from kgraph.extraction.qualifying.beside import date_beside, price_beside, share_beside
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention, Moment, Title
from kgraph.extraction.syntax.clauses import anchor, is_of_another, is_outside, tells_when
from kgraph.model import Status
from kgraph.ontology import ObjectKind, PredicateRule
from kgraph.ontology.cues import load_status_cues

__all__ = ["complete"]

_DEAL = frozenset({"deal", "transaction", "acquisition", "merger", "takeover", "purchase", "investment", "sale", "offer", "bid", "buyout"})
_AS_WHAT = frozenset({"obl", "xcomp", "advcl"})
"""How the office after "as" hangs on the verb that gives it."""
_AFTER_HEADLINE = 3
_LIKELY = 0.5
"""The least score of a candidate that keeps an amount from others: most of what the learnt model proposes is not said."""
_COMPARING = frozenset({"from", "than", "compared", "against", "versus"})
"""Between a figure and a date: the date is that of another figure."""
_SAVING = frozenset({"save", "cut", "reduce", "lower", "trim"})
"""Verbs whose sums are no price: what a deal saves."""
_PRICED = frozenset({"acquired", "investedIn", "mergedWith"})
"""Predicates whose amount is the price of a firm or of a part of it."""
_LEAST_PRICE = 1000
"""Units of money below which a price is that of one share, whatever the text forgets to say."""
_REACH = 25
"""Tokens between a trigger and a qualifier of its sentence."""


def complete(doc: Doc, marked: Marked, candidates: Sequence[Candidate], rules: Mapping[str, PredicateRule]) -> list[Candidate]:
    """The candidates with the qualifiers that stand near them."""
    likely = [candidate for candidate in candidates if candidate.score >= _LIKELY]
    taken = {candidate.object.start for candidate in likely if isinstance(candidate.object, Amount)}
    sums = [amount for amount in marked.amounts if amount.kind == "money" and amount.start not in taken]
    shares = [amount for amount in marked.amounts if amount.kind == "share"]
    found = []
    for candidate in candidates:
        rule, filled = rules[candidate.predicate], _with_its_own(doc, candidate)
        if "amount" in rule.qualifiers:
            money = [amount for amount in sums if not _is_no_price(doc, candidate, amount)]
            near = price_beside(doc, filled, money) or filled.amount or _nearest(doc, filled, money, likely, rules, "amount")
            filled = replace(filled, amount=near or _later(doc, filled, money))
        if "stake" in rule.qualifiers:
            stake = share_beside(doc, filled, shares) or filled.stake or _nearest(doc, filled, shares, likely, rules, "stake")
            filled = replace(filled, stake=stake)
        filled = replace(filled, when=_date(doc, filled, [moment for moment in marked.moments if _can_tell_when(moment, rule)], rule))
        if "role" in rule.qualifiers and (filled.role is None or filled.extractor == "relations"):
            filled = replace(filled, role=_office(doc, filled, marked.titles))
        if candidate.predicate == "holdsRole" and filled.when is not None and not _is_of_office(doc, filled, filled.when):
            filled = replace(filled, when=None)
        found.append(filled)
    return _without_shared_rounds(found)


def _without_shared_rounds(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; what a round raised from several investors is the amount of none of them."""
    raised = {c.object.start for c in candidates if c.predicate == "raisedFunding" and isinstance(c.object, Amount) and c.score >= _LIKELY}
    investors: dict[int, set[str]] = defaultdict(set)
    for candidate in candidates:
        if candidate.predicate == "investedIn" and candidate.amount is not None and candidate.score >= _LIKELY:
            investors[candidate.amount.start].add(candidate.subject.appearance)
    shared = {start for start, names in investors.items() if start in raised and len(names) > 1}
    return [
        replace(one, amount=None) if one.predicate == "investedIn" and one.amount is not None and one.amount.start in shared else one
        for one in candidates
    ]


def _with_its_own(doc: Doc, candidate: Candidate) -> Candidate:
    """The candidate without an amount or share that stands in the phrase of another thing, or is no price."""
    amount, stake = (
        figure if figure is not None and not is_of_another(candidate, doc[figure.head]) else None
        for figure in (candidate.amount, candidate.stake)
    )
    if amount is not None and _is_no_price(doc, candidate, amount):
        amount = None
    return replace(candidate, amount=amount, stake=stake)


def _is_no_price(doc: Doc, candidate: Candidate, amount: Amount) -> bool:
    """Whether a sum of a deal is what it saves, or too small for a firm and so the price of one share; one unit of money is a price."""
    if candidate.predicate not in _PRICED:
        return False
    value = amount.quantity.value
    verb = next((token for token in doc[amount.head].ancestors if token.pos_ == "VERB"), None)
    return (verb is not None and verb.lemma_ in _SAVING) or (value is not None and value != 1 and value < _LEAST_PRICE)


def _place(candidate: Candidate) -> int:
    return candidate.trigger if candidate.trigger is not None else candidate.subject.head


def _nearest(
    doc: Doc,
    candidate: Candidate,
    amounts: Sequence[Amount],
    candidates: Sequence[Candidate],
    rules: Mapping[str, PredicateRule],
    name: str,
) -> Amount | None:
    """The nearest amount of the sentence to which no other trigger is nearer."""
    place = _place(candidate)
    sentence = doc[place].sent
    near = (a for a in amounts if sentence.start <= a.start < sentence.end and abs(a.head - place) <= _REACH)
    inside = [a for a in near if not is_outside(doc[place], doc[a.head]) and not is_of_another(candidate, doc[a.head])]
    rivals = {
        _place(other)
        for other in candidates
        if name in rules[other.predicate].qualifiers and sentence.start <= _place(other) < sentence.end
    }
    for amount in sorted(inside, key=lambda a: (abs(a.head - place), a.start)):
        if all(abs(amount.head - place) <= abs(amount.head - rival) for rival in rivals):
            return amount
    return None


def _later(doc: Doc, candidate: Candidate, amounts: Sequence[Amount]) -> Amount | None:
    """The figure of "the deal" in the sentences after; a headline leaves it to the second or third."""
    start = doc[_place(candidate)].sent.start
    for following in _after(doc, candidate, _AFTER_HEADLINE if start == 0 else 1):
        nouns = [token for token in following if token.lemma_.lower() in _DEAL]
        if not nouns or (start and any(ent.start < nouns[0].i and ent.label_ == "Organization" for ent in following.ents)):
            continue
        inside = [a for a in amounts if following.start <= a.start < following.end and abs(a.head - nouns[0].i) <= _REACH // 2]
        if len(inside) == 1 and not is_of_another(candidate, doc[inside[0].head]):
            return inside[0]
    return None


def _after(doc: Doc, candidate: Candidate, count: int) -> Iterator[Span]:
    """So many sentences after a candidate's own."""
    end = doc[_place(candidate)].sent.end
    for _ in range(count):
        if end >= len(doc):
            return
        following = doc[end].sent
        yield following
        end = following.end


def _date(doc: Doc, candidate: Candidate, moments: Sequence[Moment], rule: PredicateRule) -> Moment | None:
    """The date of a candidate, of those that can be its: the one beside its object, else its own, else one that stands near.

    A name that evokes something ("Acme's Falcon") tells that it is there; when it came, only its own phrase tells ("due in 2014").
    """
    if candidate.trigger is not None and doc[candidate.trigger].ent_type_:
        moments = [moment for moment in moments if doc[candidate.trigger] in doc[moment.head].ancestors]
    beside = date_beside(doc, candidate, moments) if "when" in rule.qualifiers else None
    told = candidate.when if candidate.when is not None and not _is_compared(doc, candidate, candidate.when) else None
    own = told if told is not None and _can_tell_when(told, rule) else None
    is_dated = rule.object_kind is not ObjectKind.DATE and rule.qualifiers & {"when", "period"}
    return beside or own or (_moment(doc, candidate, moments) if is_dated else None)


def _moment(doc: Doc, candidate: Candidate, moments: Sequence[Moment]) -> Moment | None:
    """The nearest date of the sentence that may be the candidate's, one in the evoking word's own phrase first."""
    trigger = anchor(doc, candidate)
    place, sentence = trigger.i, trigger.sent
    here = [m for m in moments if sentence.start <= m.start < sentence.end]
    if not here and sentence.start == 0:  # a headline: the lead says when
        return next(
            (m for lead in _after(doc, candidate, 1) for m in moments if lead.start <= m.start < lead.end and not m.is_period), None
        )
    below = {token.i for token in trigger.subtree}
    inside = (m for m in here if tells_when(trigger, doc[m.head]) and not _is_compared(doc, candidate, m))
    return min(inside, key=lambda m: (m.head not in below, abs(m.head - place), m.start), default=None)


def _is_compared(doc: Doc, candidate: Candidate, moment: Moment) -> bool:
    """Whether a date is that of a figure with which a candidate's is compared: "has passed $60m, up from $12m a year ago"."""
    figure = candidate.object
    return isinstance(figure, Amount) and any(token.lower_ in _COMPARING for token in doc[figure.end : moment.start])


def _office(doc: Doc, candidate: Candidate, titles: Sequence[Title]) -> Title | None:
    """The office that a candidate is about; who "joined from Beta as finance chief" has not had that at Beta."""
    if candidate.predicate == "departedFrom" and isinstance(candidate.object, Mention):
        house = doc[candidate.object.head]
        comes_from = any(child.lower_ == "from" for child in house.children)
        if comes_from and (new := _given_role(house.head, titles)) is not None:
            return candidate.role if candidate.role != new else _role(doc, candidate, [title for title in titles if title != new])
    return _given_role(anchor(doc, candidate), titles) or candidate.role or _role(doc, candidate, titles)


def _given_role(verb: Token, titles: Sequence[Title]) -> Title | None:
    """The office as which a verb takes or dismisses somebody: "named its rival's sales chief, Ann Roe, as president"."""
    if verb.pos_ != "VERB":
        return None
    as_what = {child.i for child in verb.children if child.dep_ in _AS_WHAT and any(part.lower_ == "as" for part in child.children)}
    return next((title for title in titles if title.head in as_what), None)


def _role(doc: Doc, candidate: Candidate, titles: Sequence[Title]) -> Title | None:
    """The trigger's own title, or for an event that is about an office the nearest of the sentence."""
    place = _place(candidate)
    own = next((title for title in titles if title.start <= place < title.end), None)
    if own is not None or candidate.predicate == "holdsRole":
        return own
    if candidate.predicate == "departedFrom":  # whoever leaves has the office; who hires gives it with the verb
        place = candidate.subject.head
    sentence = doc[place].sent
    inside = [t for t in titles if sentence.start <= t.start < sentence.end and abs(t.head - place) <= _REACH // 2]
    return min(inside, key=lambda t: (abs(t.head - place), t.start), default=None)


def _can_tell_when(when: Moment, rule: PredicateRule) -> bool:
    """Whether a date can be one of a predicate: what happens once has not gone on "since 2015", and no sales are those of a day."""
    happens = Status.COMPLETED in rule.statuses and rule.name not in load_status_cues().ongoing
    is_result = "period" in rule.qualifiers and not rule.statuses
    is_open = when.edtf.endswith("/..")
    return not (happens and is_open) and (not is_result or (when.is_period and not is_open))


def _is_of_office(doc: Doc, candidate: Candidate, when: Moment) -> bool:
    title = candidate.role.head if candidate.role is not None else _place(candidate)
    return tells_tenure(doc[title], doc[candidate.subject.head], doc[when.head])
