"""Finds a thing by what a person calls it: one rule for every command, picture and page."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kgraph.errors import GraphError

if TYPE_CHECKING:
    from kgraph.model import Entity, Knowledge

__all__ = ["find_entity", "folded"]


def find_entity(knowledge: Knowledge, name: str) -> Entity:
    """The thing with this id or name: as it is spelt or, where none is, whatever the case and punctuation.

    An id, or one that has merged into another, goes before a label, a label before other names; of several things with one
    name it is the one with most appearances.

    Raises `GraphError`, naming what is near, where there is none.
    """
    for spelt in (str, folded):
        wanted = spelt(name)
        for called in (_ids, _label, _names):
            found = [entity for entity in knowledge.entities if wanted and any(spelt(each) == wanted for each in called(entity))]
            if found:
                return min(found, key=lambda entity: (-len(entity.appearances), entity.id))
    near = get_close_matches(name, sorted({each for entity in knowledge.entities for each in entity.names}), n=3)
    msg = f"{name!r} is not in the graph{'; near it are ' if near else ''}{', '.join(near)}"
    raise GraphError(msg)


def folded(text: str) -> str:
    """The words alone: no case, no punctuation, ids like names.

    >>> folded("Scale A.I., Inc."), folded("Scale_AI")
    ('scale ai inc', 'scale ai')
    """
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).replace("_", " ").split())


def _ids(entity: Entity) -> tuple[str, ...]:
    return (entity.id, *entity.replaces)


def _label(entity: Entity) -> tuple[str, ...]:
    return (entity.label,)


def _names(entity: Entity) -> tuple[str, ...]:
    return entity.names
