"""What changed between two graphs: facts gained, lost, changed and renamed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from kgraph.model import ClaimId, Fact, FactId, Knowledge, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Change", "content", "difference"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact that a graph has and another has not, or has otherwise."""

    kind: str
    """gained, lost, changed or renamed: told by the same claims under another name, as of a thing that was merged."""
    fact: FactId
    """Its later name."""
    before: Fact | None
    after: Fact | None
    fields: tuple[str, ...]
    """What changed; empty where the fact is new or gone."""
    quotes: tuple[tuple[str, str], ...]
    """Article and words of each claim that came or went."""


def difference(old: Knowledge, new: Knowledge) -> tuple[Change, ...]:
    """The facts gained, lost, changed and renamed, sorted by fact; a fact whose confidence alone moved has not changed."""
    before, after = ({fact.id: fact for fact in side.facts} for side in (old, new))
    words = _words(old) | _words(new)
    renamed = _renamed([before[name] for name in before.keys() - after.keys()], [after[name] for name in after.keys() - before.keys()])
    found = []
    for name in sorted((before.keys() | after.keys()) - {fact.id for fact in renamed.values()}):
        one, other = renamed.get(name) or before.get(name), after.get(name)
        changed = _changed(one, other) if one and other else ()
        if one and other and not changed and name not in renamed:
            continue
        moved = set(one.claims if one else ()) ^ set(other.claims if other else ())
        found.append(
            Change(
                kind="renamed" if name in renamed else "changed" if one and other else "gained" if other else "lost",
                fact=name,
                before=one,
                after=other,
                fields=changed,
                quotes=tuple(words[claim] for claim in sorted(moved)),
            )
        )
    return tuple(found)


def _renamed(gone: Iterable[Fact], come: Iterable[Fact]) -> dict[FactId, Fact]:
    """By the new name, the facts that go on under it: they share a claim, the one that shares most going first."""
    supported: dict[ClaimId, Fact] = {claim: fact for fact in gone for claim in fact.claims}
    pairs = {(fact.id, old.id): (fact, old) for fact in come for claim in fact.claims if (old := supported.get(claim))}
    found: dict[FactId, Fact] = {}
    taken: set[FactId] = set()
    for (new_id, old_id), (new, old) in sorted(
        pairs.items(), key=lambda item: (-len({*item[1][0].claims} & {*item[1][1].claims}), item[0])
    ):
        if new_id not in found and old_id not in taken and new.predicate == old.predicate:
            found[new_id] = old
            taken.add(old_id)
    return found


def _words(knowledge: Knowledge) -> dict[ClaimId, tuple[str, str]]:
    return {claim.id: (claim.article, claim.quote.exact) for claim in knowledge.claims}


def _changed(before: Fact, after: Fact) -> tuple[str, ...]:
    """The fields that say something else; how a figure is worded does not count."""
    names = (field.name for field in fields(Fact) if field.name not in ("id", "confidence", "claims"))
    return tuple(name for name in names if content(getattr(before, name)) != content(getattr(after, name)))


def content(value: object) -> object:
    """What a value says, however a figure is worded."""
    return (value.unit, value.value, value.low, value.high) if isinstance(value, Quantity) else value
