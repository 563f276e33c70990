"""Candidates to claims: reconciles the extractors, reads status and speaker, cuts the quote.

A sentence says one thing once: candidates of the same predicate and arguments in one sentence
become one claim. How sure it is depends on what both extractors say of it in the whole article
(`belief`). What the ontology does not allow, and what is not sure enough, is dropped.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kgraph.extraction.claims.belief import Around, Belief, case
from kgraph.extraction.claims.quotes import find_quote
from kgraph.extraction.claims.surroundings import Key, Surroundings, fact_key
from kgraph.extraction.marking.things.fuller_names import is_region_of
from kgraph.extraction.modality.attribution import read_speaker
from kgraph.extraction.modality.status import read_status
from kgraph.extraction.qualifying.respectively import paired
from kgraph.extraction.spans import Amount, Candidate, Mention, Moment
from kgraph.extraction.syntax.clauses import anchor, is_beside
from kgraph.extraction.syntax.comparison import is_compared_with
from kgraph.model import AppearanceKey, Argument, Article, Claim, ClaimId, Quantity, Quote, Status, Value
from kgraph.ontology import ObjectKind, Ontology, PredicateRule

__all__ = ["Assembler", "Statement"]

_ID_LETTERS = 8
_ROUND = re.compile(r"\b(?:(?:pre-?)?seed|angel|series [a-k]\d?|growth|bridge|mezzanine)(?: extension)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a sentence says once, with what each extractor says of it in the whole article."""

    candidate: Candidate
    frame: float | None
    relation: float | None
    around: Around

    @property
    def extractor(self) -> str:
        """Who found it."""
        if self.candidate.extractor == "layout":
            return "layout"
        return case(self.frame, self.relation)


class Assembler:
    """Turns the candidates of one article after another into claims, as far as they are believed."""

    def __init__(self, ontology: Ontology, belief: Belief) -> None:
        self._rules = ontology.predicates
        self._belief = belief

    def claims(self, doc: Doc, article: Article, candidates: Iterable[Candidate], mentions: Iterable[Mention] = ()) -> tuple[Claim, ...]:
        """The claims of an article, in text order; `mentions` are all of it, of which the candidates have some."""
        weighed = [(self._weighed(statement), statement.extractor) for statement in self.statements(doc, candidates, mentions)]
        believed = [(candidate, by) for candidate, by in weighed if self._belief.is_claim(candidate.predicate, candidate.score)]
        chosen = self._without_rivals(doc, _without_regions(doc, believed))
        made = [(candidate, claim) for candidate, by in chosen if (claim := self.claim(doc, article, candidate, by)) is not None]
        distinct = {claim.id: claim for claim in _without_repeats(doc, made, self._rules)}
        return tuple(sorted(distinct.values(), key=lambda claim: (claim.quote, claim.predicate, claim.id)))

    def statements(self, doc: Doc, candidates: Iterable[Candidate], mentions: Iterable[Mention]) -> list[Statement]:
        """What the sentences of an article say, believed or not, as far as the ontology allows it."""
        # The qualifiers have been paired before; the offices that are shared between holders since then cross the rows again.
        allowed = [candidate for candidate in paired(doc, list(candidates)) if self._is_allowed(candidate)]
        return _stated(doc, allowed, self._rules, Surroundings(allowed, mentions, self._rules))

    def _weighed(self, statement: Statement) -> Candidate:
        """The candidate of a statement, as sure as both extractors make it; what the form of the text tells needs neither."""
        if statement.candidate.extractor == "layout":
            return statement.candidate
        chance = self._belief.chance(statement.candidate.predicate, statement.frame, statement.relation, statement.around)
        return replace(statement.candidate, score=chance)

    def _is_allowed(self, candidate: Candidate) -> bool:
        """Whether the ontology allows the arguments."""
        rule = self._rules.get(candidate.predicate)
        return rule is not None and candidate.subject.type in rule.subject_types and _object_fits(candidate, rule)

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
            best: list[tuple[Candidate, str]] = []
            for item in sorted(group, key=lambda item: (-item[0].score, item[0].predicate, item[0].subject)):
                if not any(self._excludes(better[0], item[0]) for better in best):
                    best.append(item)
            kept += best
        return kept

    def _excludes(self, better: Candidate, other: Candidate) -> bool:
        if not isinstance(better.object, Mention) or not isinstance(other.object, Mention):
            return False
        rule = self._rules[better.predicate]
        if better.predicate == other.predicate:
            return not rule.symmetric and rule.asymmetric and better.subject.appearance == other.object.appearance
        return other.predicate in rule.alternatives | rule.disjoint

    def claim(self, doc: Doc, article: Article, candidate: Candidate, extractor: str) -> Claim | None:
        """The claim that a candidate makes; None for a supposition."""
        rule = self._rules[candidate.predicate]
        reading = read_status(doc, candidate, rule, published=article.date)
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
            said_by=read_speaker(doc, candidate) if candidate.trigger is not None or candidate.shown is None else None,
            amount=_quoted(doc, candidate.amount, quote) if "amount" in rule.qualifiers else None,
            stake=_quoted(doc, candidate.stake, quote) if "stake" in rule.qualifiers else None,
            when=when if "when" in rule.qualifiers else None,
            period=when if "period" in rule.qualifiers else None,
            role=candidate.role.text if candidate.role and "role" in rule.qualifiers else None,
            seller=_seller(doc, candidate),
            purpose=_phrase(doc, candidate.purpose) if "purpose" in rule.qualifiers else None,
            round=_round(doc, candidate.round) if "round" in rule.qualifiers else None,
            service=_phrase(doc, _apart(doc, candidate, candidate.service)) if "service" in rule.qualifiers else None,
        )
        return replace(claim, id=_claim_id(article, claim))


_TOLD_TWICE = ("status", "negative", "amount", "stake", "when", "period", "role", "seller")


def _without_repeats(doc: Doc, made: list[tuple[Candidate, Claim]], rules: Mapping[str, PredicateRule]) -> list[Claim]:
    """The claims without those of two sentences that one of these alone makes, too, with all that they tell."""
    whole: dict[Key, list[tuple[int, Claim]]] = defaultdict(list)
    for candidate, claim in made:
        if len(sentences := _sentences(doc, candidate)) == 1:
            whole[fact_key(candidate, rules[candidate.predicate])].append((min(sentences), claim))
    found = []
    for candidate, claim in made:
        sentences = _sentences(doc, candidate)
        others = whole[fact_key(candidate, rules[candidate.predicate])] if len(sentences) > 1 else ()
        if not any(place in sentences and _tells_all(other, claim) for place, other in others):
            found.append(claim)
    return found


def _tells_all(claim: Claim, other: Claim) -> bool:
    """Whether a claim has all that another tells beside the fact itself."""
    return all(getattr(other, name) in {None, getattr(claim, name)} for name in _TOLD_TWICE)


def _without_regions(doc: Doc, chosen: list[tuple[Candidate, str]]) -> list[tuple[Candidate, str]]:
    """Without what is said of a region alone where its town is named before it: "based in Austin, Texas" says Austin."""
    places: dict[Key, list[Mention]] = defaultdict(list)
    for candidate, _ in chosen:
        if isinstance(candidate.object, Mention):
            places[candidate.predicate, candidate.subject.appearance].append(candidate.object)
    return [
        (candidate, by)
        for candidate, by in chosen
        if not isinstance(place := candidate.object, Mention)
        or not any(is_region_of(doc, place, town) for town in places[candidate.predicate, candidate.subject.appearance])
    ]


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


_QUALIFIERS = ("status", "amount", "seller", "purpose", "round", "service")
"""What the learnt model may add to a frame; the shares, dates and offices that a frame leaves open are mostly those of something else."""


def _stated(doc: Doc, candidates: list[Candidate], rules: Mapping[str, PredicateRule], surroundings: Surroundings) -> list[Statement]:
    """One statement for each thing a sentence says, as a frame tells it if one does."""
    surest: dict[Key, dict[str, float]] = defaultdict(dict)
    heard: dict[Key, float] = defaultdict(float)
    groups: dict[Key, dict[str, Candidate]] = defaultdict(dict)
    for candidate in _with_qualifiers(doc, candidates, rules):
        by, rule = candidate.extractor, rules[candidate.predicate]
        everywhere = surest[fact_key(candidate, rule)]
        everywhere[by] = max(candidate.score, everywhere.get(by, 0.0))
        if by == "relations":
            heard[_figures_of(doc, candidate)] = max(candidate.score, heard[_figures_of(doc, candidate)])
        group = groups[_key(doc, candidate, rule)]
        if by not in group or candidate.score > group[by].score:
            group[by] = candidate
    found = []
    for group in groups.values():
        candidate = group.get("layout") or group.get("frames") or group["relations"]
        everywhere = surest[fact_key(candidate, rules[candidate.predicate])]
        frame = group["frames"].score if "frames" in group else everywhere.get("frames")
        relation = everywhere.get("relations")
        if "frames" in group and isinstance(candidate.object, Amount) and is_compared_with(doc, candidate.object.start):
            relation = heard.get(_figures_of(doc, candidate))  # as sure as of the figure that is compared with this one
        found.append(Statement(candidate=candidate, frame=frame, relation=relation, around=surroundings.of(candidate)))
    return found


def _with_qualifiers(doc: Doc, candidates: list[Candidate], rules: Mapping[str, PredicateRule]) -> Iterator[Candidate]:
    """The candidates, those of frames with the qualifiers that only the learnt model has read for the same fact in the same sentence."""
    learnt: dict[Key, Candidate] = {}
    for candidate in sorted((one for one in candidates if one.extractor == "relations"), key=lambda one: one.score):
        learnt[_sentence(doc, candidate), *fact_key(candidate, rules[candidate.predicate])] = candidate
    for candidate in candidates:
        other = learnt.get((_sentence(doc, candidate), *fact_key(candidate, rules[candidate.predicate])))
        if candidate.extractor == "relations" or other is None:
            yield candidate
            continue
        is_of_another = other.amount is not None and is_beside(anchor(doc, candidate), doc[other.amount.head])
        told = replace(other, amount=None) if is_of_another else other
        missing = (name for name in _QUALIFIERS if getattr(candidate, name) is None)
        yield replace(candidate, **{name: getattr(told, name) for name in missing})


def _key(doc: Doc, candidate: Candidate, rule: PredicateRule) -> Key:
    """What a candidate says in its sentence, an office included."""
    role = candidate.role.text.lower() if candidate.role and rule.name == "holdsRole" else ""
    return (_sentence(doc, candidate), *fact_key(candidate, rule), role)


def _figures_of(doc: Doc, candidate: Candidate) -> Key:
    """Whose figures a candidate tells, and which, in its sentence."""
    return (_sentence(doc, candidate), candidate.predicate, candidate.subject.appearance)


def _sentence(doc: Doc, candidate: Candidate) -> int:
    place = candidate.trigger if candidate.trigger is not None else candidate.subject.head
    return doc[place].sent.start


def _sentences(doc: Doc, candidate: Candidate) -> set[int]:
    """Where the sentences begin in which a candidate's ends stand."""
    return {doc[end.head].sent.start for end in (candidate.subject, candidate.object) if end is not None}


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


def _quoted(doc: Doc, figure: Amount | None, quote: Quote) -> Quantity | None:
    """A figure whose words the quote holds: no figure without its words."""
    if figure is None or not quote.start <= doc[figure.start].idx < quote.end:
        return None
    return figure.quantity


def _phrase(doc: Doc, span: tuple[int, int] | None) -> str | None:
    """The words of a span; a pronoun alone says nothing."""
    if span is None or all(token.pos_ == "PRON" for token in doc[span[0] : span[1]]):
        return None
    return " ".join(doc[span[0] : span[1]].text.split())


def _apart(doc: Doc, candidate: Candidate, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """A phrase up to where it goes on to tell who takes part, or what else is to say of it: "chips" of "chips for Acme, Beta"."""
    if span is None:
        return None
    start, end = span
    stops = [token.left_edge.i for token in doc[start:end] if token.dep_ == "acl:relcl"]
    for mention in (candidate.subject, candidate.object):
        if isinstance(mention, Mention):
            first = doc[mention.head]
            while first.dep_ == "conj" and first.head.i < first.i:
                first = first.head
            stops += [mention.start, *([first.left_edge.i] if first.i != mention.head else [])]
    end = min((stop for stop in stops if start < stop < end), default=end)
    while end > start + 1 and end < span[1] and doc[end - 1].dep_ in {"case", "det", "compound", "cc", "punct"}:
        end -= 1
    return start, end


def _round(doc: Doc, span: tuple[int, int] | None) -> str | None:
    """The name of a round in the words that tell of it: "Series C" of "its $85 million Series C round led by Beta"."""
    phrase = _phrase(doc, span)
    named = _ROUND.search(phrase) if phrase else None
    return named.group() if named else phrase


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
