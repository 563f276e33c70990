"""Every setting and its default, in one place; read from `kgraph.toml`.

A file holds any of the fields below, paths relative to the file:

    namespace = "https://example.org/id/"
    ontology = ["licences.ttl"]
    link_from = "announced"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from math import inf
from pathlib import Path
from typing import Any

from kgraph.arguments import word
from kgraph.errors import SettingsError
from kgraph.model import Status

__all__ = ["Settings", "load"]

_PATHS = ("ontology", "catalogue", "judgements", "sources", "patterns")
_KINDS = {str: "a text", int: "a whole number", float: "a number"}
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_RANGES: dict[str, tuple[float, float | None]] = {
    "min_confidence": (0, 1),
    "batch_articles": (1, None),
    "slice_articles": (1, None),
    "max_article_chars": (1, None),
    "query_timeout": (0.1, None),
    "query_limit": (1, None),
}
"""The least and the most that a number may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may change."""

    namespace: str = "https://w3id.org/kgraph/id/"
    """The IRI prefix of entities, facts, claims and sources."""
    ontology: tuple[Path, ...] = ()
    """Turtle files that add predicates and lexicon entries to the built-in ones."""
    catalogue: tuple[Path, ...] = ()
    """SKOS or CSV files of known entities, added to the built-in ones."""
    judgements: tuple[Path, ...] = ()
    """SSSOM TSV files of merge decisions; they overrule the machine's."""
    sources: tuple[Path, ...] = ()
    """TOML files of source weights, added to the built-in ones."""
    patterns: tuple[Path, ...] = ()
    """SPARQL files of conflict-of-interest patterns, added to the built-in ones."""
    names: str = ""
    """A spaCy pipeline (an installed package, or a folder) whose names are taken in place of the built-in model's."""
    link_from: Status = Status.PLANNED
    """The least status at which a fact also becomes a plain link."""
    min_confidence: float = 0.0
    """Claims below this are left out."""
    batch_articles: int = 32
    """Articles handed to a worker at a time."""
    slice_articles: int = 2000
    """Articles concluded at a time when an Oxigraph folder is built: what bounds memory."""
    max_article_chars: int = 1_000_000
    """Longer articles are refused."""
    query_timeout: float = 30.0
    """Seconds that a query served over HTTP may take."""
    query_limit: int = 100_000
    """Rows that a query served over HTTP may return."""

    def __post_init__(self) -> None:
        """Hold every value as its field's type; files may be given as text, and one alone.

        Raises `SettingsError` on a wrong type, a number out of its range and what is no IRI.
        """
        for field in fields(self):
            object.__setattr__(self, field.name, _checked(field.name, getattr(self, field.name), field.default))


def load(path: Path | None = None) -> Settings:
    """Settings from `path`, or from `kgraph.toml` in the working directory where there is one.

    Raises `SettingsError` on an unknown key, a wrong type, a number out of its range or a missing file.
    """
    if path is None:
        path = Path("kgraph.toml")
        if not path.exists():
            return Settings()
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        msg = f"{path}: {error.strerror}"
        raise SettingsError(msg) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path}: {error}"
        raise SettingsError(msg) from error
    known = {field.name for field in fields(Settings)}
    if strange := sorted(given.keys() - known):
        msg = f"{path}: unknown setting {strange[0]!r}; known are {', '.join(sorted(known))}"
        raise SettingsError(msg)
    try:
        return Settings(**{key: _beside(path, key, value) for key, value in given.items()})
    except SettingsError as error:
        msg = f"{path}: {error}"
        raise SettingsError(msg) from error


def _beside(path: Path, key: str, value: Any) -> Any:
    """An entry of the file `path`, whose files are relative to it."""
    if key in _PATHS:
        return tuple(path.parent / name for name in _files(key, value))
    return str(path.parent / value) if key == "names" and isinstance(value, str) and value and (path.parent / value).is_dir() else value


def _checked(key: str, value: Any, default: Any) -> Any:
    """A value as the type of its field, which its default tells."""
    if key in _PATHS:
        return _files(key, value)
    if isinstance(default, Status):
        return word(Status, value, key)
    expected = type(default)
    if expected is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, expected) or isinstance(value, bool):
        msg = f"{key} must be {_KINDS[expected]}, not {value!r}"
        raise SettingsError(msg)
    if key in _RANGES:
        _check_range(key, value)
    if key == "namespace" and not _IRI.fullmatch(value):
        msg = f"namespace must be an absolute IRI, such as https://example.org/id/, not {value!r}"
        raise SettingsError(msg)
    return value


def _check_range(key: str, value: float) -> None:
    least, most = _RANGES[key]
    if not (least <= value <= (inf if most is None else most)):  # so written, it refuses what is no number ("nan") too
        bounds = f"at least {least}" if most is None else f"from {least} to {most}"
        msg = f"{key} must be {bounds}, not {value!r}"
        raise SettingsError(msg)


def _files(key: str, value: Any) -> tuple[Path, ...]:
    """The files of a setting: one, or several."""
    names: list[Any] = [value] if isinstance(value, str | Path | Mapping) or not isinstance(value, Iterable) else list(value)
    if wrong := [name for name in names if not isinstance(name, str | Path) or name == ""]:
        msg = f"{key} must name files, not {wrong[0]!r}"
        raise SettingsError(msg)
    return tuple(map(Path, names))
