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

from kgraph.extraction.modality.negation import is_negated
from kgraph.extraction.modality.tenure import giving_verb
from kgraph.extraction.qualifying.adjacent import price_beside, share_beside
from kgraph.extraction.qualifying.dating import DEAL, Dates
from kgraph.extraction.qualifying.prices import is_no_price
from kgraph.extraction.qualifying.respectively import paired, place_of
from kgraph.extraction.qualifying.sales import settle_sales
from kgraph.extraction.qualifying.shares import is_part_of_something_else, is_share_of_another, states_share
from kgraph.extraction.spans import Amount, Candidate, Marked, Mention, Title
from kgraph.extraction.syntax.clauses import anchor, is_of_another, is_outside
from kgraph.extraction.wordlists import words
from kgraph.ontology import PredicateRule

__all__ = ["complete"]

_KEEPING = words("create keep promise pledge save protect secure safeguard add retain guarantee hire recruit preserve maintain bring")
"""Verbs whose jobs are not lost."""
_CUTS = words("cut loss layoff lay-off redundancy reduction")
_IN_OBJECT = words("obj compound nummod amod nmod nmod:unmarked nsubj:pass")
_AS_WHAT = frozenset({"obl", "xcomp", "advcl"})
"""How the office after "as" hangs on the verb that gives it."""
_AFTER_HEADLINE = 3
_LIKELY = 0.5
"""The least score of a candidate that keeps an amount from others: most of what the learnt model proposes is not said."""
_REACH = 25
"""Tokens between a trigger and a qualifier of its sentence."""


def complete(doc: Doc, marked: Marked, candidates: Sequence[Candidate], rules: Mapping[str, PredicateRule]) -> list[Candidate]:
    """The candidates with the qualifiers that stand near them."""
    likely = [candidate for candidate in candidates if candidate.score >= _LIKELY]
    taken = {candidate.object.start for candidate in likely if isinstance(candidate.object, Amount)}
    sums = [amount for amount in marked.amounts if amount.kind == "money" and amount.start not in taken]
    stakes = [amount for amount in marked.amounts if amount.kind == "share" and states_share(doc, amount, marked)]
    dates = Dates(doc=doc, moments=marked.moments, candidates=candidates, rules=rules)
    found = []
    for candidate in candidates:
        if _is_of_kept_jobs(doc, candidate):
            continue
        shares = [share for share in stakes if not is_share_of_another(doc, candidate, share)]
        rule, filled = rules[candidate.predicate], _with_its_own(doc, candidate, marked)
        if "amount" in rule.qualifiers:
            money = [amount for amount in sums if not is_no_price(doc, candidate, amount)]
            near = price_beside(doc, filled, money) or filled.amount or _nearest(doc, filled, money, likely, rules, "amount")
            filled = replace(filled, amount=near or _later(doc, filled, money))
        if "stake" in rule.qualifiers:
            stake = share_beside(doc, filled, shares) or filled.stake or _nearest(doc, filled, shares, likely, rules, "stake")
            filled = replace(filled, stake=stake)
        if "role" in rule.qualifiers and (filled.role is None or filled.extractor == "relations"):
            filled = replace(filled, role=_office(doc, filled, marked.titles))
        found.append(replace(filled, when=dates.of(filled)))
    return settle_sales(doc, marked, paired(doc, _without_shared_rounds(found), marked))


def _is_of_kept_jobs(doc: Doc, candidate: Candidate) -> bool:
    """Whether jobs that are said to be cut are those that somebody creates or keeps: "promised 900 jobs", "to keep 500 posts"."""
    if candidate.predicate != "laidOff" or not isinstance(candidate.object, Amount):
        return False
    word = doc[candidate.object.head]
    while word.pos_ != "VERB" and word.dep_ in _IN_OBJECT and word.head != word:
        if word.lemma_.lower() in _CUTS:
            return False
        word = word.head
    return word.pos_ == "VERB" and word.lemma_.lower() in _KEEPING and not is_negated(word)


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


def _with_its_own(doc: Doc, candidate: Candidate, marked: Marked) -> Candidate:
    """The candidate without an amount or share that stands in the phrase of another thing, or is no price, or no share of its own."""
    amount, stake = (
        figure if figure is not None and not is_of_another(candidate, doc[figure.head]) else None
        for figure in (candidate.amount, candidate.stake)
    )
    if amount is not None and is_no_price(doc, candidate, amount):
        amount = None
    if stake is not None and (is_share_of_another(doc, candidate, stake) or is_part_of_something_else(doc, stake, marked)):
        stake = None
    return replace(candidate, amount=amount, stake=stake)


def _nearest(
    doc: Doc,
    candidate: Candidate,
    amounts: Sequence[Amount],
    candidates: Sequence[Candidate],
    rules: Mapping[str, PredicateRule],
    name: str,
) -> Amount | None:
    """The nearest amount of the sentence to which no other trigger is nearer."""
    place = place_of(candidate)
    sentence = doc[place].sent
    near = (a for a in amounts if sentence.start <= a.start < sentence.end and abs(a.head - place) <= _REACH)
    inside = [a for a in near if not is_outside(doc[place], doc[a.head]) and not is_of_another(candidate, doc[a.head])]
    rivals = {
        place_of(other)
        for other in candidates
        if name in rules[other.predicate].qualifiers and sentence.start <= place_of(other) < sentence.end
    }
    for amount in sorted(inside, key=lambda a: (abs(a.head - place), a.start)):
        if all(abs(amount.head - place) <= abs(amount.head - rival) for rival in rivals):
            return amount
    return None


def _later(doc: Doc, candidate: Candidate, amounts: Sequence[Amount]) -> Amount | None:
    """The figure of "the deal" in the sentences after; a headline leaves it to the second or third."""
    start = doc[place_of(candidate)].sent.start
    for following in _after(doc, candidate, _AFTER_HEADLINE if start == 0 else 1):
        nouns = [token for token in following if token.lemma_.lower() in DEAL and token.lower_ != "sales"]  # what a firm takes in
        if not nouns or (start and any(ent.start < nouns[0].i and ent.label_ == "Organization" for ent in following.ents)):
            continue
        inside = [a for a in amounts if following.start <= a.start < following.end and abs(a.head - nouns[0].i) <= _REACH // 2]
        if len(inside) == 1 and not is_of_another(candidate, doc[inside[0].head]):
            return inside[0]
    return None


def _after(doc: Doc, candidate: Candidate, count: int) -> Iterator[Span]:
    """So many sentences after a candidate's own."""
    end = doc[place_of(candidate)].sent.end
    for _ in range(count):
        if end >= len(doc):
            return
        following = doc[end].sent
        yield following
        end = following.end


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
    place = place_of(candidate)
    own = next((title for title in titles if title.start <= place < title.end), None)
    if own is not None or candidate.predicate == "holdsRole":
        return own
    if candidate.predicate == "departedFrom":  # whoever leaves has the office; who hires gives it with the verb
        place = candidate.subject.head
    sentence = doc[place].sent
    inside = [t for t in titles if sentence.start <= t.start < sentence.end and abs(t.head - place) <= _REACH // 2]
    if candidate.predicate == "hired":
        inside = [t for t in inside if not _is_of_event_beside(doc, candidate, t)]
    return min(inside, key=lambda t: (abs(t.head - place), t.start), default=None)


def _is_of_event_beside(doc: Doc, candidate: Candidate, title: Title) -> bool:
    """Whether a verb beside the evoking one gives an office: "joined Acme in 2010 and became chief executive in 2018"."""
    trigger = anchor(doc, candidate)
    giving = giving_verb(doc[title.head], doc[candidate.subject.head])
    if giving is None or giving == trigger or trigger.pos_ != "VERB":
        return False
    return (giving.dep_ == "conj" and giving.head == trigger) or (trigger.dep_ == "conj" and trigger.head == giving)
