"""What an entity is called: its type, its label and an id that reads well in an IRI and is the same on each run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.linking.names.keys import fold, is_acronym, key, of_country, person
from kgraph.linking.names.spelling import untidy
from kgraph.model import Entity, EntityId, EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kgraph.linking.corpus.local import Local
    from kgraph.linking.names.catalogue import Entry
    from kgraph.model import AppearanceKey

__all__ = ["Bearer", "Draft", "drafts", "ids", "slug"]


def slug(label: str) -> str:
    """A label as the local name of an IRI: letters and digits of any script, `_`, `-` and `.` inside.

    >>> slug("Scale AI"), slug("AT&T Inc."), slug("McDonald's"), slug("Société Générale"), slug("U.S. Steel")
    ('Scale_AI', 'AT_and_T_Inc', 'McDonalds', 'Société_Générale', 'US_Steel')
    """
    text = unicodedata.normalize("NFC", label).replace("&", " and ")
    text = re.sub(r"['\u2018\u2019]|\.(?!\w\w)", "", text)
    text = re.sub(r"[^\w.-]+", "_", text)
    text = re.sub(r"_*-_*", "-", text)
    return text.strip("_.-") or "_" + hashlib.sha256(label.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """What decides whether a group keeps the id that its label makes."""

    first: str
    """The key of its first local."""
    size: int
    """How many articles name it."""
    known: bool
    """Whether the catalogue knows it."""
    type: EntityType
    base: str
    """The id that its label makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A group of locals as an entity that has no id yet."""

    bearer: Bearer
    label: str
    names: tuple[str, ...]
    appearances: tuple[AppearanceKey, ...]
    same_as: tuple[str, ...]

    def entity(self, name: EntityId) -> Entity:
        """The entity, under its id."""
        return Entity(
            id=name,
            type=self.bearer.type,
            label=self.label,
            names=self.names,
            appearances=self.appearances,
            same_as=self.same_as,
        )


def drafts(groups: Sequence[Sequence[Local]], labels: Mapping[str, str]) -> list[Draft]:
    """The groups as entities; `labels` gives the label that a user chose for the group that holds a local."""
    return [_draft(group, entry, labels) for group, entry in zip(groups, _entries(groups), strict=True)]


def _draft(group: Sequence[Local], entry: Entry | None, labels: Mapping[str, str]) -> Draft:
    kind = _type(group, entry)
    label = next((labels[local.key] for local in group if local.key in labels), None) or _label(group, kind, entry)
    return Draft(
        bearer=Bearer(first=group[0].key, size=len(group), known=entry is not None, type=kind, base=slug(label)),
        label=label,
        names=tuple(sorted({n for local in group for n in local.names} | {label})),
        appearances=tuple(sorted(a for local in group for a in local.appearances)),
        same_as=entry.same_as if entry else (),
    )


def ids(bearers: Iterable[Bearer]) -> dict[str, EntityId]:
    """The id of each group, by its first local; all groups with one base must be among them.

    Where two groups would have one id, the one that the catalogue knows, or else the larger, keeps it; the others get
    their type or a hash of their first appearance.
    """
    by_base: dict[str, list[Bearer]] = defaultdict(list)
    for bearer in bearers:
        by_base[bearer.base].append(bearer)
    found: dict[str, EntityId] = {}
    for base, same in by_base.items():
        same.sort(key=lambda bearer: (not bearer.known, -bearer.size, bearer.first))
        taken: set[str] = set()
        for bearer in same:
            name = base
            if name in taken and f"{base}-{bearer.type}" not in taken and bearer.type is not same[0].type:
                name = f"{base}-{bearer.type}"
            if name in taken:
                name = f"{base}-{hashlib.sha256(bearer.first.encode()).hexdigest()[:6]}"
            taken.add(name)
            found[bearer.first] = EntityId(name)
    return found


def _entries(groups: Sequence[Sequence[Local]]) -> list[Entry | None]:
    """The catalogue's entry of each group; an entry belongs to one group only, the one with most of its articles."""
    best: dict[str, tuple[int, str]] = {}
    votes = []
    for group in groups:
        count = Counter(local.entry.id for local in group if local.entry is not None)
        votes.append(min(count, key=lambda e: (-count[e], e)) if count else None)
        if votes[-1]:
            rank = (-count[votes[-1]], group[0].key)
            best[votes[-1]] = min(best.get(votes[-1], rank), rank)
    found: list[Entry | None] = []
    for group, vote in zip(groups, votes, strict=True):
        owns = vote is not None and best[vote][1] == group[0].key
        found.append(next(local.entry for local in group if local.entry and local.entry.id == vote) if owns else None)
    return found


def _type(group: Sequence[Local], entry: Entry | None) -> EntityType:
    """The catalogue's type, or the one that most articles give."""
    votes = Counter(local.type for local in group)
    if entry is not None and entry.type in votes:
        return entry.type
    return min(votes, key=lambda t: (-votes[t], t))


def _label(group: Sequence[Local], kind: EntityType, entry: Entry | None) -> str:
    """The catalogue's label where an article uses it, else the full name that most articles use."""
    names = {name for local in group for name in local.names}
    if entry is not None and (entry.label in names or any(fold(name) == fold(entry.label) for name in names)):
        return entry.label
    votes = Counter(local.name for local in group)
    if kind is EntityType.PERSON and (full := [name for name in votes if person(name).full]):
        return min(full, key=lambda n: (-votes[n], len(fold(n)), -len(n), n))
    anyones = kind is EntityType.GOVERNMENT_BODY  # most countries have a Senate
    return min(votes, key=lambda n: (untidy(n), is_acronym(n), anyones and not _country(n), -votes[n], -len(key(n)), len(n), n))


def _country(name: str) -> str:
    return of_country(name)[0]
