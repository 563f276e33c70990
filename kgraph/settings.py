"""Every setting and its default, in one place; read from `kgraph.toml`.

A file holds any of the fields below, paths relative to the file:

    namespace = "https://example.org/id/"
    ontology = ["licences.ttl"]
    link_from = "announced"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields, replace
from math import inf
from pathlib import Path
from typing import Any

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
    return replace(Settings(), **{key: _value(path, key, value) for key, value in given.items()})


def _value(path: Path, key: str, value: Any) -> Any:
    """One entry of the file as the type of its field."""
    default = {f.name: getattr(Settings(), f.name) for f in fields(Settings)}
    if key not in default:
        msg = f"{path}: unknown setting {key!r}; known are {', '.join(sorted(default))}"
        raise SettingsError(msg)
    if key in _PATHS:
        return tuple(path.parent / name for name in _names(path, key, value))
    if key == "link_from":
        try:
            return Status(value)
        except ValueError as error:
            msg = f"{path}: link_from must be a status, not {value!r}"
            raise SettingsError(msg) from error
    expected = type(default[key])
    if expected is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, expected) or isinstance(value, bool):
        msg = f"{path}: {key} must be {_KINDS[expected]}, not {value!r}"
        raise SettingsError(msg)
    if key in _RANGES:
        _check_range(path, key, value)
    if key == "namespace" and not _IRI.fullmatch(value):
        msg = f"{path}: namespace must be an absolute IRI, such as https://example.org/id/, not {value!r}"
        raise SettingsError(msg)
    if key == "names" and (path.parent / value).is_dir():
        return str(path.parent / value)
    return value


def _check_range(path: Path, key: str, value: float) -> None:
    least, most = _RANGES[key]
    if not (least <= value <= (inf if most is None else most)):  # so written, it refuses what is no number ("nan") too
        bounds = f"at least {least}" if most is None else f"from {least} to {most}"
        msg = f"{path}: {key} must be {bounds}, not {value!r}"
        raise SettingsError(msg)


def _names(path: Path, key: str, value: Any) -> list[str]:
    """The names of files: one, or a list."""
    names = value if isinstance(value, list) else [value]
    if wrong := [name for name in names if not isinstance(name, str) or not name]:
        msg = f"{path}: {key} must name files, not {wrong[0]!r}"
        raise SettingsError(msg)
    return names
