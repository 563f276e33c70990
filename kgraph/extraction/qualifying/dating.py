"""The date of a candidate, of those in its sentence or near it.

A date is that of the verb it hangs on: "Roe, who founded Acme in 2014, left on Sunday" has two, each with its own event. One in
another sentence counts only where that sentence tells of the same event.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kgraph.extraction.modality.tenure import tells_tenure, with_particle
from kgraph.extraction.modality.verbs import is_verb
from kgraph.extraction.qualifying.adjacent import date_beside
from kgraph.extraction.spans import Amount
from kgraph.extraction.syntax.clauses import anchor, tells_when
from kgraph.extraction.syntax.comparison import COMPARING, is_compared_with
from kgraph.extraction.wordlists import words
from kgraph.model import Status
from kgraph.ontology import ObjectKind
from kgraph.ontology.cues import load_speech_cues, load_status_cues

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Doc, Token

    from kgraph.extraction.spans import Candidate, Moment
    from kgraph.ontology import PredicateRule

__all__ = ["DEAL", "Dates"]

DEAL = words("deal transaction acquisition merger takeover purchase investment sale offer bid buyout")
"""Nouns by which a later sentence takes up what an earlier one has told of."""
_BEHIND = 10
"""Tokens behind a figure in which its own date is looked for."""
_LEAVING = words("emerge exit leave quit come")
_BEGUN = words("filedForBankruptcy founded")
"""Predicates that tell of a beginning; the verb of an end has another date."""
_DESCRIBING = words("appos nmod:desc compound flat nmod:unmarked")
"""How a noun that describes somebody, and the name, hang on each other."""
_ALIKE = (
    words("acquired investedIn ownsStakeIn mergedWith subsidiaryOf raisedFunding valuedAt"),
    words("founded foundedOn launched"),
    words("hired holdsRole leads worksFor boardMemberOf"),
    words("partnerOf suppliesTo"),
    words("hasRevenue hasProfit hasLoss"),
    words("wentPublic tradedOn raisedFunding valuedAt"),
)
"""Predicates of one kind of event, or of an event and what comes of it: a date of one may be one of the other."""


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The dates of one article, for candidate after candidate."""

    doc: Doc
    moments: Sequence[Moment]
    candidates: Sequence[Candidate]
    rules: Mapping[str, PredicateRule]

    @cached_property
    def _by_predicate(self) -> dict[str, list[Moment]]:
        """The dates that each predicate may have."""
        return {name: [moment for moment in self.moments if _can_tell_when(moment, rule)] for name, rule in self.rules.items()}

    def of(self, candidate: Candidate) -> Moment | None:
        """The date of a candidate: the one beside its object, else its own, else one that stands near.

        A name that evokes something ("Acme's Falcon") tells that it is there; when it came, only its own phrase tells ("due in 2014").
        """
        rule = self.rules[candidate.predicate]
        moments = self._by_predicate[candidate.predicate]
        if "period" in rule.qualifiers and isinstance(candidate.object, Amount) and is_compared_with(self.doc, candidate.object.start):
            return _behind(self.doc, candidate.object, moments)
        if candidate.trigger is not None and self.doc[candidate.trigger].ent_type_:
            moments = [moment for moment in moments if self.doc[candidate.trigger] in self.doc[moment.head].ancestors]
        beside = date_beside(self.doc, candidate, moments) if "when" in rule.qualifiers else None
        own = candidate.when
        if own is not None and not (_can_tell_when(own, rule) and self._may_be_heard(candidate, own)):
            own = None
        is_dated = rule.object_kind is not ObjectKind.DATE and rule.qualifiers & {"when", "period"}
        found = beside or own or (self._nearest(candidate, moments) if is_dated else None)
        is_of_office = found is None or candidate.predicate != "holdsRole" or _is_of_office(self.doc, candidate, found)
        return found if is_of_office else None

    def _nearest(self, candidate: Candidate, moments: Sequence[Moment]) -> Moment | None:
        """The nearest date of the sentence that may be the candidate's, one in the evoking word's own phrase first."""
        trigger = anchor(self.doc, candidate)
        place, sentence = trigger.i, trigger.sent
        here = [m for m in moments if sentence.start <= m.start < sentence.end]
        if not here and sentence.start == 0 and sentence.end < len(self.doc):  # a headline: the lead says when
            lead = self.doc[sentence.end].sent
            told = (m for m in moments if lead.start <= m.start < lead.end and not m.is_period)
            return next((m for m in told if not self._is_of_other(candidate, m)), None)
        below = {token.i for token in trigger.subtree}
        inside = (m for m in here if self._is_possible(candidate, m) and tells_when(trigger, self.doc[m.head]))
        if candidate.trigger is None:
            inside = (m for m in inside if not self._is_of_other(candidate, m))
        return min(inside, key=lambda m: (m.head not in below, abs(m.head - place), m.start), default=None)

    def _may_be_heard(self, candidate: Candidate, moment: Moment) -> bool:
        """Whether a date that the learnt model has read may be that of what a candidate tells.

        The model also reads dates of other sentences. One that hangs on a verb which evokes something else is that one's.
        """
        if not self._is_possible(candidate, moment):
            return False
        date = self.doc[moment.head]
        if anchor(self.doc, candidate).sent != date.sent and _is_comparison(date):
            return False
        return not self._is_of_other(candidate, moment)

    def _is_of_other(self, candidate: Candidate, moment: Moment) -> bool:
        """Whether a date hangs on a verb that evokes something else."""
        verb = _verb(self.doc[moment.head])
        evoked = self._evoked.get(verb.i, frozenset()) if verb is not None else frozenset()
        alike = frozenset({candidate.predicate}).union(*(group for group in _ALIKE if candidate.predicate in group))
        return bool(evoked) and evoked.isdisjoint(alike)

    def _is_possible(self, candidate: Candidate, moment: Moment) -> bool:
        """Whether nothing in the words right at a date keeps it from being a candidate's."""
        trigger, date = anchor(self.doc, candidate), self.doc[moment.head]
        if _is_compared(self.doc, candidate, moment):
            return False
        verb = _verb(date)
        is_leaving = verb is not None and with_particle(verb).split()[0] in _LEAVING and verb not in trigger.ancestors
        if is_leaving and candidate.predicate in _BEGUN:  # but "left in 2021 to start it"
            return False
        rule = self.rules[candidate.predicate]
        is_state = not rule.statuses and "period" not in rule.qualifiers
        if is_state and verb is not None and verb != trigger and verb.lemma_.lower() in load_speech_cues().verbs:
            return False
        is_described = candidate.trigger is not None or is_state or candidate.predicate in _BEGUN
        is_beside = is_described and trigger.sent == date.sent and _describes(self.doc, candidate, trigger)
        return not is_beside or trigger in date.ancestors

    @cached_property
    def _evoked(self) -> dict[int, frozenset[str]]:
        """By verb, the predicates of what the frames find there; who "came from Beta" has joined as much as left."""
        found: dict[int, set[str]] = defaultdict(set)
        gone = load_status_cues().gone
        for candidate in self.candidates:
            place = candidate.trigger
            if place is None or not is_verb(self.doc[place]):
                continue
            is_leaving = with_particle(self.doc[place]) in gone
            if is_leaving or candidate.predicate != "departedFrom":
                found[place] |= {candidate.predicate} | ({"departedFrom"} if is_leaving else set())
        return {place: frozenset(predicates) for place, predicates in found.items()}


def _behind(doc: Doc, figure: Amount, moments: Sequence[Moment]) -> Moment | None:
    """The date behind a figure that another is compared with, in its sentence; not that of a third ("from $6m, and from $9m in 2019")."""
    end = doc[figure.head].sent.end
    found = next((moment for moment in moments if figure.end <= moment.start < min(end, figure.end + _BEHIND)), None)
    return found if found is not None and not _is_across_comparison(doc, figure, found) else None


def _verb(word: Token) -> Token | None:
    """The verb that a word hangs on."""
    return next((token for token in word.ancestors if is_verb(token)), None)


def _is_comparison(date: Token) -> bool:
    """Whether a date belongs to a figure that another is compared with: "down from $647m a year earlier"."""
    for token in (date, *date.ancestors):
        if any(child.dep_ in {"case", "mark", "fixed"} and child.lower_ in COMPARING for child in token.children):
            return True
        if is_verb(token):
            return False
    return False


def _describes(doc: Doc, candidate: Candidate, trigger: Token) -> bool:
    """Whether the evoking word is a noun set beside a name, such as "founder" in "Acme founder Ann Roe", or the name itself."""
    if is_verb(trigger) or any(child.dep_ == "cop" for child in trigger.children):
        return False
    person = doc[candidate.subject.head]
    if trigger == person:
        return True
    return (trigger.head == person and trigger.dep_ in _DESCRIBING) or (person.head == trigger and person.dep_ in _DESCRIBING)


def _is_compared(doc: Doc, candidate: Candidate, moment: Moment) -> bool:
    """Whether a date is that of a figure with which a candidate's is compared: "has passed $60m, up from $12m a year ago"."""
    figure = candidate.object
    return isinstance(figure, Amount) and _is_across_comparison(doc, figure, moment)


def _is_across_comparison(doc: Doc, figure: Amount, moment: Moment) -> bool:
    return any(token.lower_ in COMPARING for token in doc[figure.end : moment.start])


def _can_tell_when(when: Moment, rule: PredicateRule) -> bool:
    """Whether a date can be one of a predicate: what happens once has not gone on "since 2015", and no sales are those of a day."""
    happens = Status.COMPLETED in rule.statuses and rule.name not in load_status_cues().ongoing
    is_result = "period" in rule.qualifiers and not rule.statuses
    is_open = when.edtf.endswith("/..")
    return not (happens and is_open) and (not is_result or (when.is_period and not is_open))


def _is_of_office(doc: Doc, candidate: Candidate, when: Moment) -> bool:
    place = candidate.trigger if candidate.trigger is not None else candidate.subject.head
    title = candidate.role.head if candidate.role is not None else place
    return tells_tenure(doc[title], doc[candidate.subject.head], doc[when.head])
