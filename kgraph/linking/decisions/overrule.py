"""What a user's judgements mean for the appearances of one graph, and whether they can all be followed.

A side of a judgement is an appearance key or an entity id. `yes` joins two whole entities. `no` between entity ids
keeps them apart; `no` on an appearance takes it out of the entity of the other side. Where the right side is the IRI of a
thing elsewhere, `yes` and `no` say whether the entity is that thing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kgraph.errors import JudgementError
from kgraph.linking.corpus.naming import slug
from kgraph.linking.decisions.judgements import is_elsewhere
from kgraph.model import AppearanceKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kgraph.linking.clusters import Clusters
    from kgraph.model import Entity, Judgement

__all__ = ["Ruling", "matched", "rulings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Sets of appearances that are one thing, and pairs of such sets that are not."""

    together: tuple[tuple[AppearanceKey, ...], ...] = ()
    """Each set belongs together, by the machine's reckoning less what the user took out."""
    same: tuple[tuple[AppearanceKey, AppearanceKey, str], ...] = ()
    """`yes`: one appearance of each side, and the judgement in words."""
    different: tuple[tuple[AppearanceKey, AppearanceKey, str], ...] = ()
    """`no`, likewise."""
    apart: tuple[tuple[AppearanceKey, AppearanceKey], ...] = ()
    """Pairs that must not even meet inside one article."""
    labels: Mapping[AppearanceKey, str] = field(default_factory=dict)
    """An appearance of a merged entity → the label that the user kept."""

    def apply(self, clusters: Clusters, owner: Mapping[AppearanceKey, str]) -> None:
        """Carries the ruling out on clusters of locals, of which `owner` says which has an appearance.

        Raises `JudgementError` where a `no` and the `yes` of others cannot both hold.
        """
        for group in self.together:
            for key in group[1:]:
                clusters.join(owner[group[0]], owner[key])
        for left, right, _ in self.same:
            clusters.join(owner[left], owner[right])
        for left, right, words in self.different:
            if clusters.together(owner[left], owner[right]):
                msg = f"judgements contradict each other: {words} is no, but others make them one"
                raise JudgementError(msg)
            clusters.bar(owner[left], owner[right])


def rulings(judgements: Iterable[Judgement], entities: Sequence[Entity]) -> Ruling:
    """The user's judgements over the entities that the machine would make.

    Raises `JudgementError` where one pair is judged both yes and no.
    """
    sides = _Sides(entities)
    found = [(j, sides.find(j.left), sides.find(j.right)) for j in _decided(judgements)]
    yes = [(j, left, right) for j, left, right in found if left and right and j.decision == "yes"]
    no = [(j, left, right) for j, left, right in found if left and right and j.decision == "no"]
    moved = frozenset(left[0] for j, left, _ in no if j.left in sides.appearances)
    narrowed = [(_words(j), *_narrowed(j, left, right, sides, moved)) for j, left, right in no]
    return Ruling(
        together=tuple(side for _, *both in (*yes, *narrowed) for side in both),
        same=tuple((left[0], right[0], _words(j)) for j, left, right in yes),
        different=tuple((left[0], right[0], words) for words, left, right in narrowed),
        apart=tuple((a, b) for _, left, right in narrowed for a in left for b in right if _article(a) == _article(b)),
        labels={left[0]: sides.label_of(left[0]) for _, left, _ in reversed(yes)},
    )


def matched(entities: Sequence[Entity], judgements: Iterable[Judgement]) -> tuple[Entity, ...]:
    """Entities with the things elsewhere that the user says they are, and without those that they are not."""
    sides = _Sides(entities)
    same: dict[str, set[str]] = {}
    for judgement in _decided(judgements):
        found = sides.find(judgement.left) if is_elsewhere(judgement.right) else ()
        for entity in sorted({sides.entity_of(key) for key in found}):
            known = same.setdefault(entity, set(sides.same_as(entity)))
            (known.add if judgement.decision == "yes" else known.discard)(judgement.right)
    return tuple(replace(e, same_as=tuple(sorted(same[e.id]))) if e.id in same else e for e in entities)


_Side = tuple[AppearanceKey, ...]


def _narrowed(judgement: Judgement, left: _Side, right: _Side, sides: _Sides, moved: frozenset[AppearanceKey]) -> tuple[_Side, _Side]:
    """The sides of a `no` without what they share; an appearance that is taken out leaves the rest of its entity behind."""
    if judgement.left in sides.appearances and right[0] not in moved:
        return left, tuple(k for k in sides.whole(right[0]) if k not in moved)
    if len(left) <= len(right):
        return left, tuple(k for k in right if k not in set(left)) or right
    return tuple(k for k in left if k not in set(right)), right


def _words(judgement: Judgement) -> str:
    return f"“{judgement.left}” and “{judgement.right}”"


def _decided(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements that say yes or no, once for each pair."""
    seen: dict[frozenset[str], Judgement] = {}
    for judgement in judgements:
        if judgement.decision == "unsure":
            continue
        pair = frozenset((judgement.left, judgement.right))
        first = seen.setdefault(pair, judgement)
        if first.decision != judgement.decision:
            msg = f"“{judgement.left}” and “{judgement.right}” are judged both {first.decision} and {judgement.decision}"
            raise JudgementError(msg)
    return list(seen.values())


def _article(key: AppearanceKey) -> str:
    return key.rsplit("-e", 1)[0]


class _Sides:
    """Finds the appearances that a side of a judgement means."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._by_id = {str(e.id): e for e in entities}
        self._home = {key: e for e in entities for key in e.appearances}
        self._by_slug: dict[str, list[AppearanceKey]] = defaultdict(list)
        for entity in entities:
            for name in entity.names:
                self._by_slug[slug(name)] += entity.appearances
        self.appearances = frozenset(str(key) for key in self._home)

    def find(self, side: str) -> tuple[AppearanceKey, ...]:
        """The appearance, or those of the entity, or those of the one entity that bears the name; else none."""
        if side in self.appearances:
            return (AppearanceKey(side),)
        if side in self._by_id:
            return self._by_id[side].appearances
        return tuple(sorted(set(self._by_slug.get(side, ()))))

    def entity_of(self, key: AppearanceKey) -> str:
        return self._home[key].id

    def same_as(self, entity: str) -> tuple[str, ...]:
        return self._by_id[entity].same_as

    def whole(self, key: AppearanceKey) -> tuple[AppearanceKey, ...]:
        return self._home[key].appearances

    def label_of(self, key: AppearanceKey) -> str:
        return self._home[key].label
