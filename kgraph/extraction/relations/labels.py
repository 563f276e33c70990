"""What the relation model can say of two spans: predicates and qualifiers, and between which kinds of span.

Kinds of span are letters: O organisation, G government body, P person, L place, R product, M money, S share,
C count, D date, T title. A label whose object is `=` holds of its subject alone.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kgraph.model import EntityType, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "EVENT_STATUSES",
    "KINDS",
    "LABELS",
    "OTHERS",
    "PREDICATES",
    "QUALIFIERS",
    "ROLE_STATUSES",
    "STATUSED",
    "SYMMETRIC",
    "allowed",
    "is_name",
    "is_value",
    "kind_index",
    "letter",
]

PREDICATES: Mapping[str, tuple[str, ...]] = {
    "investedIn": ("OGPL>O",),
    "acquired": ("OGP>OR",),
    "ownsStakeIn": ("OGPL>O",),
    "mergedWith": ("O>O",),
    "subsidiaryOf": ("OG>OG",),
    "founded": ("OGP>O",),
    "holdsRole": ("P>OGL",),
    "hired": ("OG>P",),
    "departedFrom": ("P>OGL",),
    "worksFor": ("P>OG",),
    "leads": ("P>OG",),
    "boardMemberOf": ("P>O",),
    "partnerOf": ("OG>OG",),
    "suppliesTo": ("OG>OGL",),
    "competesWith": ("O>O", "R>R"),
    "launched": ("OP>R",),
    "sued": ("OGPL>OGP",),
    "investigates": ("OGL>OG",),
    "fined": ("OGL>OP", "O>M"),
    "headquarteredIn": ("OG>L",),
    "tradedOn": ("O>O",),
    "wentPublic": ("O>O=",),
    "filedForBankruptcy": ("O>=",),
    "raisedFunding": ("OL>M",),
    "valuedAt": ("O>M",),
    "hasRevenue": ("OG>M",),
    "hasProfit": ("OG>M",),
    "hasLoss": ("OGL>M",),
    "plansSpending": ("OGLP>M",),
    "employeeCount": ("OG>C",),
    "laidOff": ("OG>C",),
    "foundedOn": ("OGL>D",),
    "bornOn": ("P>D",),
    "diedOn": ("P>D",),
    "bornIn": ("P>L",),
    "citizenOf": ("P>L",),
    "educatedAt": ("P>O",),
    "spouseOf": ("P>P",),
    "childOf": ("P>P",),
    "residesIn": ("P>L",),
}
"""The subject and object kinds of each predicate."""

QUALIFIERS: Mapping[str, tuple[str, ...]] = {
    "amount": ("OGPLR>M",),
    "stake": ("OGPL>S",),
    "when": ("OGPLRMC>D",),
    "role": ("OGPL>T",),
    "seller": ("OR>OGPL",),
}
"""What may be said of an argument of a fact, or of its figure, by another span."""

OTHERS: Mapping[str, tuple[str, ...]] = {
    "chiefOf": ("P>OG",),
    "memberOf": ("P>OG",),
    "partyOf": ("P>O",),
    "brandOf": ("OR>O",),
    "regulatedBy": ("O>OG",),
}
"""Relations of the training corpora that are no predicate of kgraph: learnt, measured, not written."""

LABELS = (*PREDICATES, *QUALIFIERS, *OTHERS)
"""The labels in the order of the model's outputs."""

SYMMETRIC = frozenset({"mergedWith", "partnerOf", "competesWith", "spouseOf"})

STATUSED = frozenset(
    {
        *("investedIn", "acquired", "mergedWith", "partnerOf", "raisedFunding", "hired", "departedFrom", "laidOff"),
        *("launched", "sued", "investigates", "fined", "wentPublic", "filedForBankruptcy", "holdsRole"),
    }
)
"""The predicates with a status."""

EVENT_STATUSES = tuple(Status)[:8]
ROLE_STATUSES = tuple(Status)[8:]

_TYPE_LETTERS = {
    EntityType.ORGANIZATION: "O",
    EntityType.PERSON: "P",
    EntityType.PLACE: "L",
    EntityType.PRODUCT: "R",
    EntityType.GOVERNMENT_BODY: "G",
}
_FORMS = ("name", "nominal", "pronoun")
_VALUES = {"money": "M", "share": "S", "count": "C", "date": "D", "title": "T"}

KINDS = tuple(f"{kind} {form}" for kind in _TYPE_LETTERS for form in _FORMS) + tuple(_VALUES)
"""The kinds of span that the model is told of, in the order of its input."""

_LETTERS = tuple(kind for kind in _TYPE_LETTERS.values() for _ in _FORMS) + tuple(_VALUES.values())


def kind_index(kind: str, form: str = "name") -> int:
    """The place in KINDS of an entity type with a form, or of a kind of value.

    >>> kind_index("Person", "pronoun"), kind_index("money")
    (5, 15)
    """
    return KINDS.index(kind if kind in _VALUES else f"{EntityType(kind)} {form}")


def letter(kind: int) -> str:
    """The letter of a kind of span.

    >>> letter(5)
    'P'
    """
    return _LETTERS[kind]


def is_name(kind: int) -> bool:
    """Whether a kind of span is a name.

    >>> is_name(kind_index("Person")), is_name(kind_index("Person", "pronoun")), is_name(kind_index("money"))
    (True, False, False)
    """
    return not is_value(kind) and kind % len(_FORMS) == 0


def is_value(kind: int) -> bool:
    """Whether a kind of span is a value or a title, which stands for no thing."""
    return kind >= len(KINDS) - len(_VALUES)


@cache
def allowed(subject: str, object_: str) -> tuple[int, ...]:
    """Which labels can hold between spans of these letters; `=` as the object means the subject alone.

    >>> [LABELS[i] for i in allowed("P", "D")]
    ['bornOn', 'diedOn', 'when']
    """
    found = []
    for index, label in enumerate(LABELS):
        patterns = PREDICATES.get(label) or QUALIFIERS.get(label) or OTHERS[label]
        for pattern in patterns:
            subjects, _, objects = pattern.partition(">")
            if subject in subjects and object_ in objects:
                found.append(index)
                break
    return tuple(found)
