"""What a fact rests on: each claim with its article, date, status, speaker and marked words.

A fact is named by its IRI or id, by a claim of it, or in words ("Meta investedIn Scale AI").
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from kgraph.errors import QueryError
from kgraph.graph.rdf.iris import Names
from kgraph.graph.rdf.quantities import quantity_label
from kgraph.graph.rdf.vocabulary import query_prefixes
from kgraph.lookup import folded
from kgraph.model import Argument, EntityId, Quantity
from kgraph.period import when_words
from kgraph.sums_by_stage import staged_sums
from kgraph.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kgraph.model import Article, Claim, ClaimId, Entity, Fact, Knowledge
    from kgraph.ontology import Ontology
    from kgraph.settings import Settings

__all__ = ["Evidence", "Proof", "why"]

_CLOSE = 88
"""Of 100: how near a name must come to a known one ("Scale A.I.", "Zuckerburg")."""
_ALIKE = 60
"""Of 100: how near a fact must come to words that name none."""
_SHOWN = 5
"""Facts that an error names."""
_CONTEXT = 240
"""Characters of the article before and after a quote, where its text is in the graph."""
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)]*\s+|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One claim behind a fact, ready to be shown."""

    claim: str
    article: str
    """`Article.id`."""
    publisher: str | None
    date: dt.date | None
    url: str | None
    status: str | None
    negative: bool
    hedge: str | None
    said_by: str | None
    confidence: float
    before: str
    """The sentence up to the quote, where the graph holds the text."""
    parts: tuple[tuple[str, bool], ...]
    """The quote in pieces; the marked ones are the words that stand for subject, object and figures."""
    after: str
    """The rest of the sentence."""

    @property
    def quote(self) -> str:
        """The quoted words as they stand in the article."""
        return "".join(text for text, _ in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A fact, and everything that supports it."""

    fact: str
    """`Fact.id`."""
    sentence: str
    """The fact in words."""
    explanation: tuple[str, ...]
    """How the fact follows from its claims, and where they differ."""
    evidence: tuple[Evidence, ...]
    """By date, the oldest first; undated articles last."""


def why(known: Knowledge, what: str, ontology: Ontology, settings: Settings) -> tuple[Proof, ...]:
    """The proofs of every fact that `what` names, by fact id.

    Raises `QueryError` where it names none, with what comes near.
    """
    finder = _Finder(known, ontology)
    identifier = _identifier(what.strip(), settings)
    facts = [fact for fact in known.facts if fact.id == identifier or identifier in fact.claims] or finder.facts(what)
    prover = _Prover(known, ontology)
    return tuple(prover.proof(fact) for fact in facts)


def _identifier(what: str, settings: Settings) -> str:
    """The id behind an IRI, full or short; other words as they are."""
    names = Names(namespace=settings.namespace)
    prefix, colon, rest = what.strip("<>").partition(":")
    iri = query_prefixes(settings).get(prefix, f"{prefix}:") + rest if colon else what
    room = names.room(iri)
    return names.identifier(iri, room) if room in ("fact", "claim") else what


# ── finding ──────────────────────────────────────────────────────────────────


class _Finder:
    """Facts by words."""

    def __init__(self, known: Knowledge, ontology: Ontology) -> None:
        self._known = known
        self._ids: set[object] = {entity.id for entity in known.entities}
        self._entities: dict[str, set[EntityId]] = {}
        for entity in known.entities:
            for name in (*entity.names, entity.id, *entity.replaces):
                self._entities.setdefault(folded(name), set()).add(entity.id)
        self._predicates: list[tuple[str, str]] = sorted(
            {(folded(words), rule.name) for rule in ontology.predicates.values() for words in (rule.name, rule.label, rule.template)},
            key=lambda pair: (-len(pair[0]), pair),
        )
        self._symmetric = {rule.name for rule in ontology.predicates.values() if rule.symmetric}

    def facts(self, what: str) -> list[Fact]:
        """The facts that the words name: subject, predicate, object; or subject and object; or a thing alone."""
        said = folded(what)
        nearest = ""
        for words, predicate in self._predicates:
            place = re.search(rf"(?:^|\s){re.escape(words)}(?:\s|$)", said)
            if place is None:
                continue
            subjects, objects = self._named(said[: place.start()]), self._named(said[place.end() :])
            any_object = place.end() == len(said)
            found = [f for f in self._known.facts if f.predicate == predicate and self._joins(f, subjects, objects, any_object=any_object)]
            if found:
                return found
            nearest = nearest or self._nearest(subjects | objects)
        found = self._between(said)
        if not found:
            near = nearest or self._nearest(self._named(said)) or self._alike(said)
            msg = f"no fact is named by {what!r}; name it by its things and their relation ('Meta investedIn Scale AI') or its id{near}"
            raise QueryError(msg)
        return found

    def _named(self, words: str) -> set[EntityId]:
        """The entities of a name, or of the one that comes nearest."""
        if not words:
            return set()
        if words not in self._entities:
            best = process.extractOne(words, list(self._entities), scorer=fuzz.ratio, score_cutoff=_CLOSE)
            return self._entities[best[0]] if best else set()
        return self._entities[words]

    def _joins(self, fact: Fact, subjects: set[EntityId], objects: set[EntityId], *, any_object: bool) -> bool:
        """Whether a fact has these ends; an object that is no entity is not compared."""
        if fact.subject in subjects:
            return any_object or fact.object in objects or fact.object not in self._ids
        return fact.predicate in self._symmetric and fact.subject in objects and fact.object in subjects

    def _between(self, words: str) -> list[Fact]:
        """Facts between the two things that the words name, or of the one thing that they name in full."""
        alone = self._named(words)
        if alone:
            return [fact for fact in self._known.facts if fact.subject in alone or fact.object in alone]
        pieces = words.split()
        for cut in range(1, len(pieces)):
            left, right = (self._entities.get(" ".join(half), set()) for half in (pieces[:cut], pieces[cut:]))
            found = [f for f in self._known.facts if (f.subject in left and f.object in right) or (f.subject in right and f.object in left)]
            if found:
                return found
        return []

    def _nearest(self, things: Iterable[EntityId]) -> str:
        """What the graph does say of the things, first of one and another, as the end of an error."""
        chosen = set(things)
        of_one = [fact for fact in self._known.facts if fact.subject in chosen or fact.object in chosen]
        near = [fact.id for fact in sorted(of_one, key=lambda fact: not {fact.subject, fact.object} <= chosen)]
        return f"; known are {', '.join(near[:_SHOWN])}{' …' if len(near) > _SHOWN else ''}" if near else ""

    def _alike(self, words: str) -> str:
        """The facts whose ids read most like the words, as the end of an error."""
        spelt = {fact.id: folded(re.sub(r"[-_]", " ", fact.id)) for fact in self._known.facts}
        near = process.extract(words, spelt, scorer=fuzz.token_set_ratio, limit=_SHOWN, score_cutoff=_ALIKE)
        return f"; near it are {', '.join(fact for _, _, fact in near)}" if near else ""


# ── proving ──────────────────────────────────────────────────────────────────


class _Prover:
    """Facts as sentences, claims as marked quotes."""

    def __init__(self, known: Knowledge, ontology: Ontology) -> None:
        self._ontology = ontology
        self._claims: Mapping[ClaimId, Claim] = {claim.id: claim for claim in known.claims}
        self._articles: Mapping[str, Article] = {article.id: article for article in known.articles}
        self._entities: Mapping[str, Entity] = {entity.id: entity for entity in known.entities}
        self._differences = known.disagreements

    def proof(self, fact: Fact) -> Proof:
        """Everything behind one fact."""
        claims = [self._claims[claim] for claim in fact.claims if claim in self._claims]
        claims.sort(key=lambda claim: (self._articles[claim.article].date or dt.date.max, claim.article, claim.quote))
        return Proof(
            fact=fact.id,
            sentence=self._sentence(fact),
            explanation=tuple(self._explained(fact, claims)),
            evidence=tuple(self._evidence(claim) for claim in claims),
        )

    def _sentence(self, fact: Fact) -> str:
        rule = self._ontology.predicates[fact.predicate]
        words = [self._label(fact.subject), rule.label]
        if isinstance(fact.object, Quantity):
            words.append(quantity_label(fact.object))
        elif isinstance(fact.object, str):
            thing = self._ontology.thing(fact)
            words.append(fact.object if thing is None else self._label(thing))
        more = [*self._sums(fact)]
        more += [text for text in (fact.role, when_words(fact.when), when_words(fact.period)) if text]
        if fact.status is not None:
            more.append(self._ontology.statuses[fact.status].label)
        if fact.negative:
            more.append("denied")
        return " ".join(words) + (f" ({', '.join(more)})" if more else "")

    def _sums(self, fact: Fact) -> Iterator[str]:
        """Amount and stake; one that was told at another stage only is said with it: `$14 billion planned`."""
        for found in staged_sums(fact, self._claims):
            if found.own is not None:
                yield quantity_label(found.own)
            if found.earlier is not None and found.stage is not None:
                yield f"{quantity_label(found.earlier)} {self._ontology.statuses[found.stage].label}"

    def _label(self, entity: str) -> str:
        return self._entities[entity].label if entity in self._entities else entity.replace("_", " ")

    def _explained(self, fact: Fact, claims: list[Claim]) -> Iterator[str]:
        articles = {claim.article for claim in claims}
        publishers = {publisher for article in articles if (publisher := self._articles[article].publisher)}
        told = f"{counted(len(claims), 'claim')} in {counted(len(articles), 'article')}"
        if publishers:
            told += f" by {counted(len(publishers), 'publisher')}"
        yield f"{told}; confidence {fact.confidence:.2f}"
        for difference in self._differences:
            if fact.id in difference.facts and difference.severity:
                named = re.match(r"\w+:", difference.why)  # most reasons begin with what they are about
                yield difference.why if named else f"{difference.property}: {difference.why}"

    def _evidence(self, claim: Claim) -> Evidence:
        article = self._articles[claim.article]
        before, after = _surroundings(article.text, claim.quote.start, claim.quote.end)
        return Evidence(
            claim=claim.id,
            article=article.id,
            publisher=article.publisher,
            date=article.date,
            url=article.url,
            status=None if claim.status is None else self._ontology.statuses[claim.status].label,
            negative=claim.negative,
            hedge=claim.hedge,
            said_by=claim.said_by,
            confidence=claim.confidence,
            before=before,
            parts=tuple(_marked(claim)),
            after=after,
        )


def _marked(claim: Claim) -> Iterator[tuple[str, bool]]:
    """The quote cut at the words that carry the claim."""
    quote = claim.quote
    spans = [(end.start - quote.start, end.end - quote.start) for end in (claim.subject, claim.object) if isinstance(end, Argument)]
    for words in (*(q.text for q in (claim.object, claim.amount, claim.stake) if isinstance(q, Quantity)), claim.hedge, claim.role):
        place = quote.exact.find(words) if words else -1
        if place >= 0:
            spans.append((place, place + len(words or "")))
    position = 0
    for start, end in sorted(span for span in spans if 0 <= span[0] < span[1] <= len(quote.exact)):
        if start >= position:
            if start > position:
                yield quote.exact[position:start], False
            yield quote.exact[start:end], True
            position = end
    if position < len(quote.exact):
        yield quote.exact[position:], False


def _surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """The rest of the sentence around [start, end); empty where there is no text.

    >>> _surroundings("It rained. Meta bought it, we hear. More.", 11, 25)
    ('', ', we hear.')
    """
    head, tail = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    ends = list(_SENTENCE_END.finditer(head))
    stop = _SENTENCE_END.search(tail)
    return head[ends[-1].end() :] if ends else head, tail[: stop.end()].rstrip() if stop else tail
