"""Makes candidates of rows: what stands under its headings says one thing of each other, or of what the row is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kgraph.extraction.layout.blocks import Span
from kgraph.extraction.layout.entries import Entry, read_names, read_values
from kgraph.extraction.layout.leads import Inside, Lead
from kgraph.extraction.spans import Amount, Candidate, Mention, Moment, Title
from kgraph.model import EntityType, Status
from kgraph.ontology import ObjectKind, PredicateRule
from kgraph.ontology.cues import load_status_cues

__all__ = ["Field", "Row", "candidates"]

_SCORE = 0.85
_SCORE_OF_TOPIC = 0.75
"""How often a statement is right whose other end the row itself does not name."""
_KINDS = {ObjectKind.MONEY: "money", ObjectKind.NUMBER: "count", ObjectKind.DATE: "date"}
_SHARED = ("amount", "stake", "when", "role", "seller", "round")
_OTHER = {"subject": "object", "object": "subject"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What stands under one heading."""

    lead: Lead
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What stands side by side under headings: an item, a row of a table, keys with their values."""

    fields: tuple[Field, ...]
    shown: Span | None
    """The words that must be read with it; None where each field has its own heading beside it."""
    topic: Mention | None
    """Of whom the text speaks there."""


def candidates(doc: Doc, inside: Inside, row: Row, rules: Mapping[str, PredicateRule]) -> list[Candidate]:
    """What a row tells; nothing where what it is about is no known thing, or its status no known one."""
    reader = _RowReader(doc, inside, row, rules)
    return list(reader.read())


class _RowReader:
    """Reads one row."""

    def __init__(self, doc: Doc, inside: Inside, row: Row, rules: Mapping[str, PredicateRule]) -> None:
        self._doc, self._inside, self._row, self._rules = doc, inside, row, rules
        self._things = [field for field in row.fields if field.lead.heading.holds == "thing"]
        self._about = [names[0] for field in self._things if (names := read_names(doc, inside, field.span))]
        self._events = {rule.name for field in row.fields if (rule := self._rule(field)) is not None and rule.is_event}

    def read(self) -> Iterator[Candidate]:
        """Every statement, in the order of the fields."""
        is_status_known, status = self._status()
        if not is_status_known or len(self._about) < len(self._things):
            return
        for field in self._row.fields:
            rule = self._rule(field)
            if rule is None or self._is_told_from_the_other_side(field, rule):
                continue
            for candidate in self._of(field, rule):
                told = self._qualified(candidate, field, rule)
                if self._is_whole(told, field):
                    yield self._with_status(replace(told, shown=self._shown(told, field)), field, rule, status)

    def _is_whole(self, candidate: Candidate, field: Field) -> bool:
        """Whether an entry has what its heading requires; an office only where it is not told to be a former one."""
        needed = field.lead.heading.requires
        if needed is None:
            return True
        before = candidate.role.start - 1 if needed == "role" and candidate.role is not None else None
        is_former = before is not None and self._doc[before].lower_ in load_status_cues().former
        return getattr(candidate, needed) is not None and not is_former

    def _rule(self, field: Field) -> PredicateRule | None:
        return self._rules.get(field.lead.heading.predicate or "")

    def _under(self, predicate: str | None, holds: str) -> list[Field]:
        return [
            field
            for field in self._row.fields
            if field.lead.heading.holds == holds and field.lead.heading.predicate == predicate and field.lead.title is None
        ]

    def _is_told_from_the_other_side(self, field: Field, rule: PredicateRule) -> bool:
        """Whether another field tells what this one does: that of the subject speaks for both ends, each end for its qualifiers."""
        holds = field.lead.heading.holds
        ends = self._under(rule.name, "subject"), self._under(rule.name, "object")
        return (holds == "object" and bool(ends[0])) or (holds not in _OTHER and any(ends))

    def _of(self, field: Field, rule: PredicateRule) -> Iterator[Candidate]:
        """The statements of one field, without their qualifiers."""
        holds = field.lead.heading.holds
        if holds in _OTHER:
            own, others = self._entries(field, rule, holds), self._ends(field, rule, _OTHER[holds])
        else:
            own, others = self._ends(field, rule, "object"), self._ends(field, rule, "subject")
            holds = "object"
        for entry in own:
            for other in others:
                subject, object_ = (entry, other) if holds == "subject" else (other, entry)
                if isinstance(subject.value, Mention):
                    yield self._candidate(rule, subject, object_, entry)

    def _candidate(self, rule: PredicateRule, subject: Entry, object_: Entry, entry: Entry) -> Candidate:
        is_named = all(self._is_in_row(end) for end in (subject, object_))
        certainty = subject.value.certainty if isinstance(subject.value, Mention) else 1.0
        return Candidate(
            predicate=rule.name,
            subject=subject.value,  # type: ignore[arg-type]  # seen to by the only caller
            object=object_.value,
            score=round((_SCORE if is_named else _SCORE_OF_TOPIC) * certainty, 4),
            extractor="layout",
            amount=entry.amount,
            stake=entry.stake,
            when=entry.when,
            role=entry.role,
        )

    def _is_in_row(self, end: Entry) -> bool:
        return end.value is not self._row.topic

    def _shown(self, candidate: Candidate, field: Field) -> Span:
        """The headings of all that a statement is made of, up to what stands under the last."""
        if self._row.shown is not None:
            return self._row.shown
        marks = (candidate.subject, candidate.object, candidate.amount, candidate.stake, candidate.when, candidate.role, candidate.seller)
        starts = [mark.start for mark in marks if mark is not None] + ([candidate.round[0]] if candidate.round else [])
        used = [field, *(other for other in self._row.fields if any(other.span[0] <= start < other.span[1] for start in starts))]
        return min(one.lead.span[0] for one in used), max(one.span[1] for one in used)

    def _entries(self, field: Field, rule: PredicateRule, end: str) -> list[Entry]:
        """What stands in a field, as an end of its predicate."""
        if end == "subject" or rule.object_kind is ObjectKind.ENTITY:
            types = rule.subject_types if end == "subject" else rule.object_types
            names = read_names(self._doc, self._inside, field.span)
            fitting = [entry for entry in names if isinstance(entry.value, Mention) and entry.value.type in types]
            return fitting[:1] if rule.functional and end == "object" else fitting
        kind = _KINDS.get(rule.object_kind)
        return read_values(self._inside, field.span, kind) if kind else []

    def _ends(self, field: Field, rule: PredicateRule, end: str) -> list[Entry]:
        """The other end of a statement: under its own heading, else what the row, the lead-in or the text is about."""
        headed = [entry for other in self._under(rule.name, end) for entry in self._entries(other, rule, end)]
        if headed or self._under(rule.name, end):
            return headed
        if end == "object" and rule.object_kind is not ObjectKind.ENTITY:
            return [entry for other in self._under(None, "amount") for entry in self._entries(other, rule, end)]
        types = rule.subject_types if end == "subject" else rule.object_types
        about = [entry for entry in self._about if isinstance(entry.value, Mention) and entry.value.type in types]
        if self._things:
            return about if len(about) == 1 else []
        owner = None if self._may_be_of_another(rule) else self._owner(field.lead)
        return [Entry(value=owner, span=field.lead.span)] if owner is not None and owner.type in types else []

    def _may_be_of_another(self, rule: PredicateRule) -> bool:
        """Whether a state beside a firm in a table may be that firm's and not the topic's: "Subsidiary | Headquarters"."""
        if self._row.shown is None or rule.is_event:
            return False
        for field in self._row.fields:
            other, holds = self._rule(field), field.lead.heading.holds
            if other is None or other is rule or holds not in _OTHER:
                continue
            ends = (entry.value for entry in self._entries(field, other, holds))
            if any(isinstance(end, Mention) and end.type is EntityType.ORGANIZATION for end in ends):
                return True
        return False

    def _owner(self, lead: Lead) -> Mention | None:
        """Of whom a heading speaks, else the text; "its" is surely the one of which both speak."""
        owner, topic = lead.owner, self._row.topic
        is_sure = owner is not None and topic is not None and owner.appearance == topic.appearance
        return replace(owner, certainty=1.0) if owner is not None and is_sure else owner or topic

    def _qualified(self, candidate: Candidate, field: Field, rule: PredicateRule) -> Candidate:
        """A statement with what the other fields, and its heading, tell of it."""
        found: dict[str, object] = {}
        for name in _SHARED:
            others = [*self._under(rule.name, name), *self._under(None, name)]
            if len(others) == 1 and self._is_for(rule, name):
                found[name] = self._qualifier(name, others[0])
        if field.lead.title is not None and field.lead.heading.holds == "subject":
            found["role"] = field.lead.title
        if candidate.when is None and self._is_for(rule, "when"):
            found.setdefault("when", field.lead.when)
        told = {name: value for name, value in found.items() if value is not None and value is not candidate.object}
        return replace(candidate, **told)  # type: ignore[arg-type]  # each under the name of its own field

    def _is_for(self, rule: PredicateRule, name: str) -> bool:
        """Whether what stands in another field is told of a predicate: what it takes, but figures only of the row's only event."""
        if name == "when":
            return rule.is_event or "period" in rule.qualifiers
        is_alone = name not in {"amount", "stake"} or len(self._events) < 2 or not rule.is_event  # noqa: PLR2004
        return name in rule.qualifiers and is_alone

    def _qualifier(self, name: str, field: Field) -> Amount | Moment | Title | Mention | Span | None:
        inside, span = self._inside, field.span
        if name == "round":
            return span if span[0] < span[1] else None
        if name == "seller":
            names = read_names(self._doc, inside, span)
            return names[0].value if len(names) == 1 else None
        if name == "role":
            titles = inside.titles(span)
            return titles[0] if titles and titles[0].start == span[0] else None
        kind = {"amount": "money", "stake": "share", "when": "date"}[name]
        values = read_values(inside, span, kind)
        return values[0].value if values else None

    def _status(self) -> tuple[bool, Status | None]:
        """Whether what a field for it says is understood, and as what."""
        fields = [field for field in self._row.fields if field.lead.heading.holds == "status"]
        if not fields:
            return True, None
        cues = load_status_cues()
        tokens = self._doc[fields[0].span[0] : fields[0].span[1]]
        found = [cues.adjectives.get(form) or cues.verbs.get(form) for token in tokens for form in (token.lower_,)]
        return len(found) == 1 and found[0] is not None, found[0] if found else None

    def _with_status(self, candidate: Candidate, field: Field, rule: PredicateRule, told: Status | None) -> Candidate:
        if not rule.statuses:
            return candidate
        default = Status.CURRENT if Status.CURRENT in rule.statuses else Status.COMPLETED
        return replace(candidate, status=(told if rule.is_event else None) or field.lead.status or default)
