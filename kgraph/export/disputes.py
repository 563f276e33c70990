"""Which facts are disputed, and by whom: by several articles, or by one that contradicts itself."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from kgraph.export.wording.sentences import spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kgraph.model import ClaimId, Disagreement, FactId, Knowledge

__all__ = ["SEVERITIES", "Dispute", "differing", "dispute_words", "disputed_claims", "disputes", "kind_words", "where_words"]

SEVERITIES = ("no difference", "wording", "to look at", "contradiction")
"""What the severities of disagreements are called, from 0 on."""
_Id = TypeVar("_Id", bound=str)
_TO_LOOK_AT = 2
"""The least severity of a disagreement that marks its facts as disputed."""
_PROPERTIES = {"object": "value", "when": "date", "polarity": "yes or no", "subject": "who"}
"""What the properties of a disagreement are called, those that are not called by their names."""


class Dispute(StrEnum):
    """Who differs, in the words that badges and legends show."""

    SOURCES = "sources disagree"
    ONE_ARTICLE = "one article contradicts itself"


def disputes(knowledge: Knowledge) -> dict[FactId, Dispute]:
    """The facts whose claims differ so that someone should look, each with who differs."""
    return _by_id((fact, kind) for each, kind in _marked(knowledge) for fact in each.facts)


def disputed_claims(knowledge: Knowledge) -> dict[ClaimId, Dispute]:
    """The claims that differ so that someone should look, each with who differs."""
    return _by_id((claim, kind) for each, kind in _marked(knowledge) for claim in each.claims)


def _by_id(pairs: Iterable[tuple[_Id, Dispute]]) -> dict[_Id, Dispute]:
    """Who differs about each; several articles go before one."""
    found: dict[_Id, Dispute] = {}
    for each, kind in pairs:
        if found.get(each) is not Dispute.SOURCES:
            found[each] = kind
    return found


def differing(disagreements: Iterable[Disagreement], least: int = 1) -> list[Disagreement]:
    """What parts the sources, the gravest first; with severity 0 they agree, or the one refines the other."""
    return sorted((each for each in disagreements if each.severity >= least), key=lambda each: (-each.severity, each.verdict, each.id))


def dispute_words(kinds: Iterable[Dispute | None]) -> str:
    """What a mark stands for that some of these disputes bear; empty where there is none.

    >>> dispute_words([Dispute.ONE_ARTICLE, None, Dispute.SOURCES])
    'sources disagree, or one article contradicts itself'
    """
    present = set(kinds)
    return ", or ".join(kind for kind in Dispute if kind in present)


def kind_words(one: Disagreement, articles: int) -> tuple[str, ...]:
    """Of what kind a disagreement is: verdict, property and, if it is not among several articles, where."""
    return tuple(filter(None, (spaced(one.verdict), _PROPERTIES.get(one.property, spaced(one.property)), where_words(articles))))


def where_words(articles: int) -> str:
    """Where a difference is, if not among several articles, which needs no word.

    >>> where_words(1), where_words(3)
    ('within one article', '')
    """
    return "within one article" if articles == 1 else ""


def _marked(knowledge: Knowledge) -> list[tuple[Disagreement, Dispute]]:
    article: Mapping[ClaimId, str] = {claim.id: claim.article for claim in knowledge.claims}
    return [
        (each, Dispute.ONE_ARTICLE if len({article.get(claim) for claim in each.claims}) == 1 else Dispute.SOURCES)
        for each in knowledge.disagreements
        if each.severity >= _TO_LOOK_AT
    ]
