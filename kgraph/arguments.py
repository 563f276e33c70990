"""What a caller may write for an argument: words for the values of the model, days as text, one value or several.

graph.with_status("done")
SettingsError: status must be one of rumoured, inTalks, …, not 'done'
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from kgraph.errors import SettingsError

__all__ = ["day", "each", "meant", "number", "one", "pairs", "paths", "some", "text", "texts", "word", "words"]

_Kind = TypeVar("_Kind", bound=StrEnum)
_Item = TypeVar("_Item")


def word(kind: type[_Kind], given: object, name: str) -> _Kind:
    """The member that is meant, in any case and spacing ("in talks"); raises `SettingsError` that names all there are.

    >>> from kgraph.model import Status
    >>> word(Status, "In talks", "status")
    <Status.IN_TALKS: 'inTalks'>
    """
    found = meant(given, kind)
    if found is not None:
        return kind(found)
    msg = f"{name} must be one of {', '.join(kind)}, not {given!r}"
    raise SettingsError(msg)


def meant(given: object, known: Iterable[str]) -> str | None:
    """The name among those `known` that is meant, in any case and spacing ("PNG"); None where there is none.

    >>> meant("Neo4j nodes", ["turtle", "neo4j-nodes"])
    'neo4j-nodes'
    """
    return next((name for name in known if isinstance(given, str) and _letters(name) == _letters(given)), None)


def words(kind: type[_Kind], given: object, name: str) -> tuple[_Kind, ...]:
    """The members that are meant: one, or several."""
    return tuple(word(kind, value, name) for value in each(object, given, name))


def texts(given: object, name: str) -> tuple[str, ...]:
    """One text, or several."""
    return each(str, given, name)


def each(kind: type[_Item], given: object, name: str) -> tuple[_Item, ...]:
    """One value, or several, of a type; raises `SettingsError` on any other."""
    several = (given,) if isinstance(given, str) or not isinstance(given, Iterable) else tuple(given)
    return tuple(one(kind, value, name) for value in several)


def paths(given: Iterable[object], name: str) -> tuple[str, ...]:
    """Paths and addresses, given one by one or in lists, as text; raises `SettingsError` on anything else.

    >>> paths(["a.txt", ["b.txt", "c.txt"]], "sources")
    ('a.txt', 'b.txt', 'c.txt')
    """
    found = [value for several in given for value in each(object, several, name)]
    if strange := [value for value in found if not isinstance(value, str | os.PathLike)]:
        msg = f"{name} must be paths or addresses, not {strange[0]!r}"
        raise SettingsError(msg)
    return tuple(str(value) for value in found)


def one(kind: type[_Item], given: object, name: str) -> _Item:
    """A value of a type; raises `SettingsError` on any other."""
    if not isinstance(given, kind):
        msg = f"{name} must be {'a text' if kind is str else f'a {kind.__name__}'}, not {given!r}"
        raise SettingsError(msg)
    return given


def pairs(given: object, name: str) -> dict[str, str]:
    """Texts by name; raises `SettingsError` on anything else."""
    if not isinstance(given, Mapping):
        msg = f"{name} must be texts by name, such as {{'thing': 'Scale AI'}}, not {given!r}"
        raise SettingsError(msg)
    return {text(key, name): one(str, value, f"{name}[{key!r}]") for key, value in given.items()}


def some(given: tuple[_Item, ...], name: str) -> tuple[_Item, ...]:
    """What a caller chose, which is never nothing: an empty choice would show nothing, and look like an empty graph.

    Raises `SettingsError` where it is empty.
    """
    if not given:
        msg = f"{name} must name at least one; leave it out for all"
        raise SettingsError(msg)
    return given


def text(given: object, name: str) -> str:
    """A text that is not empty; raises `SettingsError` on anything else."""
    if not isinstance(given, str) or not given.strip():
        msg = f"{name} must be a text, not {given!r}"
        raise SettingsError(msg)
    return given


def number(given: object, name: str, *, least: int, most: int | None = None) -> int:
    """A whole number within its bounds; raises `SettingsError` on anything else."""
    if not isinstance(given, int) or isinstance(given, bool) or given < least or (most is not None and given > most):
        bounds = f"a whole number of at least {least}" if most is None else f"a whole number from {least} to {most}"
        msg = f"{name} must be {bounds}, not {given!r}"
        raise SettingsError(msg)
    return given


def day(given: object, name: str) -> dt.date:
    """A day, also as `2025-06-30` or a moment of it; raises `SettingsError` on anything else."""
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    try:
        return dt.date.fromisoformat(one(str, given, name))
    except (ValueError, SettingsError):
        msg = f"{name} must be a day, written as 2025-06-30, not {given!r}"
        raise SettingsError(msg) from None


def _letters(given: str) -> str:
    return "".join(letter for letter in given.casefold() if letter.isalnum())
