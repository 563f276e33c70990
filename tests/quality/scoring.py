"""Scores claims against gold facts, by predicate and by qualifier.

A gold fact counts once for recall, a distinct claimed fact once for precision; optional facts are
neither missed nor wrong. Names match where any name of the claim's entity is any name of the gold's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kgraph.model import Argument, Quantity
from tests.quality.names import amount_matches, fold, role_kind, share_matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kgraph.model import AppearanceKey, Claim
    from tests.quality.gold import Fact, Gold

__all__ = ["Said", "Score", "said", "score"]

SYMMETRIC = frozenset({"mergedWith", "partnerOf", "competesWith", "spouseOf"})
VALUES = frozenset({"raisedFunding", "valuedAt", "hasRevenue", "hasProfit", "hasLoss", "plansSpending", "employeeCount", "laidOff"})
DATES = frozenset({"foundedOn", "bornOn", "diedOn"})
BARE = frozenset({"filedForBankruptcy", "wentPublic"})


@dataclass(frozen=True, kw_only=True)
class Said:
    """A claim, with the folded names of its ends."""

    claim: Claim
    doc: str
    subject: frozenset[str]
    object: frozenset[str]

    @property
    def key(self) -> tuple[Any, ...]:
        """What is claimed; two sentences that say the same have one key."""
        claim = self.claim
        value = claim.object
        other = (
            str((value.unit, value.value, value.low, value.high)) if isinstance(value, Quantity) else min(self.object, default=str(value))
        )
        ends = [min(self.subject, default=""), other]
        return (self.doc, claim.predicate, claim.negative, *(sorted(ends) if claim.predicate in SYMMETRIC else ends))


@dataclass(kw_only=True)
class Score:
    """Counts by predicate, and what was wrong and missed."""

    found: Counter[str] = field(default_factory=Counter)
    missed: list[Fact] = field(default_factory=list)
    right: list[Said] = field(default_factory=list)
    wrong: list[Said] = field(default_factory=list)
    trapped: list[tuple[Said, str]] = field(default_factory=list)
    qualifiers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    differing: list[tuple[str, Fact, Said]] = field(default_factory=list)
    """The qualifiers that are not as the gold has them, each with one claim of the fact."""

    @property
    def precision(self) -> float:
        """The share of distinct claims that are right."""
        return len(self.right) / max(1, len(self.right) + len(self.wrong))

    @property
    def recall(self) -> float:
        """The share of required facts that are claimed."""
        total = sum(self.found.values())
        return total / max(1, total + len(self.missed))

    def by_predicate(self) -> dict[str, dict[str, float]]:
        """Predicate → gold, found, wrong, precision and recall; the most frequent first."""
        missed = Counter(fact.predicate for fact in self.missed)
        wrong = Counter(item.claim.predicate for item in self.wrong)
        table = {}
        for name in sorted({*self.found, *missed, *wrong}, key=lambda name: (-self.found[name] - missed[name], name)):
            gold, found = self.found[name] + missed[name], self.found[name]
            table[name] = {
                "gold": gold,
                "found": found,
                "wrong": wrong[name],
                "precision": round(found / max(1, found + wrong[name]), 3),
                "recall": round(found / max(1, gold), 3),
            }
        return table


def said(claims: Iterable[Claim], names: Mapping[AppearanceKey, Iterable[str]]) -> list[Said]:
    """Claims with the names of their ends; `names` gives those of each appearance."""
    found = []
    for claim in claims:
        value = claim.object
        other = names[value.appearance] if isinstance(value, Argument) else [] if isinstance(value, Quantity | bool) else [value]
        found.append(
            Said(
                claim=claim,
                doc=claim.article,
                subject=frozenset(fold(name) for name in names[claim.subject.appearance]),
                object=frozenset(fold(name) for name in other),
            )
        )
    return found


def score(items: list[Said], gold: Gold) -> Score:
    """How well `items` state the facts of `gold`."""
    result = Score()
    by_doc: dict[str, list[Said]] = defaultdict(list)
    for item in items:
        by_doc[item.doc].append(item)
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in gold.facts:
        facts[fact.doc].append(fact)
        hits = [item for item in by_doc[fact.doc] if is_same(item, fact)]
        if hits:
            _check_qualifiers(result, fact, hits)
        if not fact.is_optional:
            if hits:
                result.found[fact.predicate] += 1
            else:
                result.missed.append(fact)
    for item in {item.key: item for item in reversed(items)}.values():
        side = result.right if any(is_same(item, fact) for fact in facts[item.doc]) else result.wrong
        side.append(item)
    result.right.reverse()
    result.wrong.reverse()
    result.trapped = [(item, ban["why"]) for ban in gold.forbidden for item in by_doc[ban["doc"]] if _is_banned(item, ban)]
    return result


def is_same(item: Said, fact: Fact) -> bool:
    """Whether a claim states a gold fact."""
    claim = item.claim
    name = claim.predicate
    if item.doc != fact.doc or name not in fact.predicates or claim.negative != fact.is_negative:
        return False
    if name in VALUES:
        return bool(item.subject & fact.subject) and (not fact.record.get("amount") or amount_matches(_quantity(claim), fact.record))
    if name in DATES:
        stated = str(fact.record.get("date") or fact.record.get("object") or "")
        return bool(item.subject & fact.subject) and bool(stated) and str(claim.object)[:4] == stated[:4]
    if name in BARE and not fact.object:
        return bool(item.subject & fact.subject)
    straight = item.subject & fact.subject and item.object & fact.object
    turned = name in SYMMETRIC and item.subject & fact.object and item.object & fact.subject
    return bool(straight or turned)


def _quantity(claim: Claim) -> Quantity | None:
    return claim.amount or (claim.object if isinstance(claim.object, Quantity) else None)


def _check_qualifiers(result: Score, fact: Fact, hits: list[Said]) -> None:
    record, claims = fact.record, [hit.claim for hit in hits]
    checks = []
    if record.get("amount") and fact.predicate not in VALUES:
        checks.append(("amount", any(amount_matches(_quantity(claim), record) for claim in claims)))
    if record.get("percent"):
        checks.append(("percent", any(share_matches(claim.stake, record["percent"]) for claim in claims)))
    if record.get("status") and fact.predicate != "holdsRole":
        checks.append(("status", any(claim.status in {record["status"], *record.get("status_also", [])} for claim in claims)))
    if record.get("role"):
        checks.append(("role", any(role_kind(claim.role) == role_kind(record["role"]) for claim in claims)))
    if record.get("date") and fact.predicate not in DATES:
        checks.append(("date", any((claim.when or claim.period or "")[:4] == str(record["date"])[:4] for claim in claims)))
    for name, is_right in checks:
        result.qualifiers[name][0] += is_right
        result.qualifiers[name][1] += 1
        if not is_right:
            result.differing.append((name, fact, hits[0]))


def _is_banned(item: Said, ban: dict[str, Any]) -> bool:
    quote = item.claim.quote.exact
    if ban["kind"] == "boilerplate" and len(ban["quote"]) > 12 and (ban["quote"] in quote or quote in ban["quote"]):
        return True
    return any(
        item.claim.predicate == wrong["predicate"]
        and fold(wrong["subject"]) in item.subject
        and (not wrong.get("object") or fold(wrong["object"]) in item.object)
        for wrong in ban["wrong_facts"]
    )
