"""What a graph depends on beside its articles: kgraph, its ontology, the settings, and the files that they name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kgraph import ontology
from kgraph.errors import SettingsError
from kgraph.settings import Settings
from kgraph.version import __version__

__all__ = ["fingerprint"]


def fingerprint(settings: Settings) -> str:
    """A hash that changes with anything that would read or conclude otherwise.

    Raises `SettingsError` where a file that the settings name cannot be read.
    """
    files = [path for paths in (settings.ontology, settings.catalogue, settings.sources) for path in paths]
    folders = [ontology.directory(), *([Path(settings.names)] if settings.names else [])]  # a pipeline may be a package, too
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    files += [path for path in found if path.suffix != ".rq"]  # a stored question changes no answer of others
    stamps = sorted(map(_stamp, files))
    return hashlib.sha256(f"{__version__} {settings} {stamps}".encode()).hexdigest()


def _stamp(path: Path) -> tuple[str, int, int]:
    """What an edit of a file changes."""
    try:
        status = path.stat()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    return str(path), status.st_size, status.st_mtime_ns
