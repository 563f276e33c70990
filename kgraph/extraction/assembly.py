"""Candidates to claims: reconciles the extractors, reads status and speaker, cuts the quote.

A sentence says one thing once: candidates of the same predicate and arguments in one sentence
become one claim, surer where both extractors agree. What the ontology does not allow, and what
falls below the measured threshold of its predicate, is dropped.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from spacy.tokens import Doc

from kgraph.extraction.attribution import read_speaker
from kgraph.extraction.quotes import find_quote
from kgraph.extraction.spans import Amount, Candidate, Mention, Moment
from kgraph.extraction.status import read_status
from kgraph.model import AppearanceKey, Argument, Article, Claim, ClaimId, Quantity, Status, Value
from kgraph.ontology import ObjectKind, Ontology, PredicateRule

__all__ = ["Assembler"]

_ID_LETTERS = 8
_SUREST = 0.99
_LEAST = 0.58
"""The least score of a candidate whose predicate and extractor have no threshold of their own: precision comes first."""

Key = tuple[object, ...]


class Assembler:
    """Turns the candidates of one article after another into claims.

    `thresholds` gives the least score of a predicate's candidates, by extractor; an extractor that is
    not named for a predicate is not used for it.
    """

    def __init__(self, ontology: Ontology, thresholds: Mapping[str, Mapping[str, float]]) -> None:
        self._rules = ontology.predicates
        self._thresholds = thresholds

    def claims(self, doc: Doc, article: Article, candidates: Iterable[Candidate]) -> tuple[Claim, ...]:
        """The claims of an article, in text order."""
        allowed = [candidate for candidate in candidates if self._is_allowed(candidate)]
        agreed = [item for item in _agreed(doc, allowed, self._rules) if self._is_believed(*item)]
        chosen = self._without_rivals(doc, agreed)
        claims = [claim for candidate, by in chosen if (claim := self._claim(doc, article, candidate, by)) is not None]
        distinct = {claim.id: claim for claim in claims}
        return tuple(sorted(distinct.values(), key=lambda claim: (claim.quote, claim.predicate, claim.id)))

    def _is_allowed(self, candidate: Candidate) -> bool:
        """Whether the ontology allows the arguments."""
        rule = self._rules.get(candidate.predicate)
        return rule is not None and candidate.subject.type in rule.subject_types and _object_fits(candidate, rule)

    def _is_believed(self, candidate: Candidate, extractor: str) -> bool:
        """Whether what was found, and by whom, is right often enough; two that agree may each be less sure."""
        return candidate.score >= self._thresholds.get(candidate.predicate, {}).get(extractor, _LEAST)

    def _without_rivals(self, doc: Doc, chosen: list[tuple[Candidate, str]]) -> list[tuple[Candidate, str]]:
        """Of predicates that cannot all be meant of two things in one sentence, the surest."""
        by_ends: dict[Key, list[tuple[Candidate, str]]] = defaultdict(list)
        for candidate, by in chosen:
            ends = {candidate.subject.appearance}
            if isinstance(candidate.object, Mention):
                ends.add(candidate.object.appearance)
            by_ends[(_sentence(doc, candidate), *sorted(ends))].append((candidate, by))
        kept = []
        for group in by_ends.values():
            ranked = sorted(group, key=lambda item: (-item[0].score, item[0].predicate, item[0].subject))
            for item in ranked:
                if not any(self._excludes(better[0], item[0]) for better in ranked if better in kept):
                    kept.append(item)
        return kept

    def _excludes(self, better: Candidate, other: Candidate) -> bool:
        if not isinstance(better.object, Mention) or not isinstance(other.object, Mention):
            return False
        rule = self._rules[better.predicate]
        if better.predicate == other.predicate:
            return not rule.symmetric and rule.asymmetric and better.subject.appearance == other.object.appearance
        return other.predicate in rule.alternatives | rule.disjoint

    def _claim(self, doc: Doc, article: Article, candidate: Candidate, extractor: str) -> Claim | None:
        rule = self._rules[candidate.predicate]
        reading = read_status(doc, candidate, rule)
        is_past_plan = candidate.predicate == "plansSpending" and reading is not None and reading.status is Status.COMPLETED
        if reading is None or is_past_plan or (reading.negative and Status.CURRENT in rule.statuses):
            return None
        quote = find_quote(doc, candidate)
        subject, object_ = _argument(doc, candidate.subject), _value(doc, candidate.object)
        when = candidate.when.edtf if candidate.when else None
        claim = Claim(
            id=ClaimId(""),
            article=article.id,
            subject=subject,
            predicate=candidate.predicate,
            object=object_,
            quote=quote,
            confidence=round(candidate.score, 3),
            extractor=extractor,
            status=reading.status if rule.statuses else None,
            negative=reading.negative,
            hedge=reading.hedge,
            said_by=read_speaker(doc, candidate),
            amount=candidate.amount.quantity if candidate.amount and "amount" in rule.qualifiers else None,
            stake=candidate.stake.quantity if candidate.stake and "stake" in rule.qualifiers else None,
            when=when if "when" in rule.qualifiers else None,
            period=when if "period" in rule.qualifiers else None,
            role=candidate.role.text if candidate.role and "role" in rule.qualifiers else None,
            seller=_seller(doc, candidate),
            purpose=_phrase(doc, candidate.purpose) if "purpose" in rule.qualifiers else None,
            round=_phrase(doc, candidate.round) if "round" in rule.qualifiers else None,
            service=_phrase(doc, candidate.service) if "service" in rule.qualifiers else None,
        )
        return replace(claim, id=_claim_id(article, claim))


def _object_fits(candidate: Candidate, rule: PredicateRule) -> bool:
    match candidate.object:
        case Mention(type=kind, appearance=appearance):
            return kind in rule.object_types and appearance != candidate.subject.appearance
        case Amount():
            return rule.object_kind in {ObjectKind.MONEY, ObjectKind.NUMBER}
        case Moment():
            return rule.object_kind is ObjectKind.DATE
        case None:
            return rule.object_kind is ObjectKind.NONE or rule.object_optional


def _agreed(doc: Doc, candidates: list[Candidate], rules: Mapping[str, PredicateRule]) -> list[tuple[Candidate, str]]:
    """One candidate for each thing a sentence says, with the extractors that found it."""
    groups: dict[Key, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[_key(doc, candidate, rules[candidate.predicate])].append(candidate)
    found = []
    for group in groups.values():
        best = {
            name: max((c for c in group if c.extractor == name), key=lambda c: c.score, default=None) for name in ("frames", "relations")
        }
        frame, relation = best["frames"], best["relations"]
        if frame is not None and relation is not None:
            score = min(_SUREST, 1 - (1 - frame.score) * (1 - relation.score))
            found.append((replace(frame, score=round(score, 4)), "frames+relations"))
        elif frame is not None:
            found.append((frame, "frames"))
        elif relation is not None:
            found.append((relation, "relations"))
    return found


def _key(doc: Doc, candidate: Candidate, rule: PredicateRule) -> Key:
    """What a candidate says, apart from its qualifiers: predicate, ends and sentence."""
    ends: list[str] = [candidate.subject.appearance, _object_key(candidate.object)]
    if rule.symmetric:
        ends.sort()
    role = candidate.role.text.lower() if candidate.role and rule.name == "holdsRole" else ""
    return (_sentence(doc, candidate), candidate.predicate, *ends, role)


def _object_key(value: Mention | Amount | Moment | None) -> str:
    match value:
        case Mention(appearance=appearance):
            return appearance
        case Amount(start=start) | Moment(start=start):
            return str(start)
        case None:
            return ""


def _sentence(doc: Doc, candidate: Candidate) -> int:
    place = candidate.trigger if candidate.trigger is not None else candidate.subject.head
    return doc[place].sent.start


def _argument(doc: Doc, mention: Mention) -> Argument:
    span = doc[mention.start : mention.end]
    return Argument(appearance=AppearanceKey(mention.appearance), start=span.start_char, end=span.end_char, text=span.text)


def _value(doc: Doc, value: Mention | Amount | Moment | None) -> Value:
    match value:
        case Mention():
            return _argument(doc, value)
        case Amount(quantity=quantity):
            return quantity
        case Moment(edtf=edtf):
            return edtf
        case None:
            return True


def _phrase(doc: Doc, span: tuple[int, int] | None) -> str | None:
    return " ".join(doc[span[0] : span[1]].text.split()) if span else None


def _seller(doc: Doc, candidate: Candidate) -> str | None:
    return doc[candidate.seller.start : candidate.seller.end].text if candidate.seller else None


def _claim_id(article: Article, claim: Claim) -> ClaimId:
    """Hashes text, offsets, predicate, the words of the arguments and of an office: not who they turn out to be."""
    object_ = claim.object
    words = object_.text if isinstance(object_, Argument | Quantity) else str(object_)
    places = [str(claim.quote.start), str(claim.quote.end), str(claim.subject.start)]
    office = [claim.role] if claim.role and claim.predicate == "holdsRole" else []
    content = "\x1f".join([article.sha256, *places, claim.predicate, claim.subject.text, words, *office])
    digest = base64.b32encode(hashlib.sha256(content.encode()).digest()).decode().lower()
    return ClaimId(f"{article.slug}-{digest[:_ID_LETTERS]}")
