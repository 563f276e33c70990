"""What each source says of the property that a disagreement is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.model import Argument, Quantity, Status, Told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kgraph.model import Claim, Disagreement, Knowledge
    from kgraph.ontology import Ontology

__all__ = ["tellings"]


def tellings(knowledge: Knowledge, ontology: Ontology, found: Iterable[Disagreement]) -> tuple[tuple[Disagreement, tuple[Told, ...]], ...]:
    """Each disagreement with what its sources say, by date of publication, undated first."""
    reader = _Reader(knowledge, ontology)
    return tuple((one, reader.told(one)) for one in found)


class _Reader:
    """Claims as what they say of one property."""

    def __init__(self, knowledge: Knowledge, ontology: Ontology) -> None:
        self._ontology = ontology
        self._claims = {claim.id: claim for claim in knowledge.claims}
        self._articles = {article.id: article for article in knowledge.articles}
        self._labels = {key: entity.label for entity in knowledge.entities for key in entity.appearances}

    def told(self, found: Disagreement) -> tuple[Told, ...]:
        told = [self._one(self._claims[claim], found) for claim in found.claims]
        return tuple(sorted(told, key=lambda one: (one.date.isoformat() if one.date else "", one.claim)))

    def _one(self, claim: Claim, found: Disagreement) -> Told:
        article = self._articles[claim.article]
        return Told(
            claim=claim.id,
            source=article.publisher or article.id,
            url=article.url,
            date=article.date,
            status=self._ontology.statuses[claim.status].label if claim.status else "",
            value=self._value(claim, found),
            quote=" ".join(claim.quote.exact.split()),
        )

    def _value(self, claim: Claim, found: Disagreement) -> str:
        """What the claim says of the property; where two facts clash, of whom."""
        subject, several = self._words(claim.subject), len(found.facts) > 1
        if found.property == "subject":
            return subject
        if found.property == "polarity":
            return "no" if claim.negative or claim.status is Status.DENIED else "yes"
        if found.property in self._ontology.predicates:
            words = f"{subject} {self._ontology.predicates[claim.predicate].label} {self._words(claim.object)}"
            return words.rstrip() if several else ""
        value = self._words(getattr(claim, found.property, None))
        return f"{subject}, {value}" if value and several and found.property == "role" else value

    def _words(self, value: object) -> str:
        if isinstance(value, Argument):
            return self._labels.get(value.appearance, value.text)
        if isinstance(value, Quantity):
            return value.text
        if isinstance(value, Status):
            return self._ontology.statuses[value].label
        return value if isinstance(value, str) else ""
