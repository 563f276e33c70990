"""Finds a thing by what a person calls it: one rule for every command, picture and page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from kgraph.errors import GraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kgraph.model import Entity, Knowledge

__all__ = ["begins_word", "find_entity", "find_only_entity", "folded"]

_NEAR, _ALIKE = 3, 80
"""Names that an error suggests at most, and how near they must come, of 100: a slip of the pen, not another word."""
_BEGUN = 3
"""So many letters of the beginning of a word suggest it."""
_NAMED = 5
"""Things of one name whose ids an error gives."""


def find_entity(knowledge: Knowledge, name: str) -> Entity:
    """The thing with this id or name: as it is spelt or, where none is, whatever the case and punctuation.

    An id, or one that has merged into another, goes before a label, a label before other names; of several things with one
    name it is the one with most appearances.

    Raises `GraphError`, naming what is near, where there is none.
    """
    for spelt in (str, folded):
        for called in (_ids, _label, _names):
            if found := _called(knowledge, name, spelt, called):
                return min(found, key=_rank)
    raise _unknown(knowledge, name)


def find_only_entity(knowledge: Knowledge, name: str) -> Entity:
    """The one thing with this id or, where no id is spelt so, with this name: what a decision is about is never guessed.

    Raises `GraphError` where there is none, and, naming their ids, where several things bear the name.
    """
    for spelt, *callings in ((str, _ids), (str, _names), (folded, _ids, _names)):
        found = {entity.id: entity for called in callings for entity in _called(knowledge, name, spelt, called)}
        if len(found) > 1:
            raise _ambiguous(name, sorted(found.values(), key=_rank))
        if found:
            return next(iter(found.values()))
    raise _unknown(knowledge, name)


def folded(text: str) -> str:
    """The words alone: no case, no punctuation, ids like names.

    >>> folded("Scale A.I., Inc."), folded("Scale_AI")
    ('scale ai inc', 'scale ai')
    """
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).replace("_", " ").split())


def begins_word(typed: str) -> re.Pattern[str]:
    """Finds a word that begins with what was typed, in text without capitals.

    >>> [name for name in ("mark zuckerberg", "scale ai") if begins_word("Zuck").search(name)]
    ['mark zuckerberg']
    """
    wanted = typed.casefold().strip()
    return re.compile((r"\b" if wanted[:1].isalnum() else "") + re.escape(wanted))


def _ids(entity: Entity) -> tuple[str, ...]:
    return (entity.id, *entity.replaces)


def _label(entity: Entity) -> tuple[str, ...]:
    return (entity.label,)


def _names(entity: Entity) -> tuple[str, ...]:
    return entity.names


def _called(knowledge: Knowledge, name: str, spelt: Callable[[str], str], called: Callable[[Entity], tuple[str, ...]]) -> list[Entity]:
    """The things one of whose names (or ids, as `called` says) is spelt as this one."""
    wanted = spelt(name)
    return [entity for entity in knowledge.entities if wanted and any(spelt(each) == wanted for each in called(entity))]


def _rank(entity: Entity) -> tuple[int, str]:
    return -len(entity.appearances), entity.id


def _unknown(knowledge: Knowledge, name: str) -> GraphError:
    """What is said of a name that nothing bears; near it are slips of the pen, then what holds it as a word, or as the beginning of one."""
    names, wanted = sorted({each for entity in knowledge.entities for each in entity.names}), folded(name)
    spelt = {each: folded(each) for each in names}
    near = [each for *_, each in process.extract(wanted, spelt, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=_ALIKE)]
    near += [each for each in names if wanted and f" {wanted} " in f" {spelt[each]} "]
    if len(wanted) >= _BEGUN:
        begun = begins_word(wanted)
        near += [each for each in names if begun.search(spelt[each])]
    near = list(dict.fromkeys(near))[:_NEAR]
    return GraphError(f"{name!r} is not in the graph{'; did you mean ' if near else ''}{', '.join(near)}{'?' if near else ''}")


def _ambiguous(name: str, found: Sequence[Entity]) -> GraphError:
    ids = ", ".join(entity.id for entity in found[:_NAMED])
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return GraphError(f"{name!r} is the name of several things; give the id of one: {ids}{more}")
