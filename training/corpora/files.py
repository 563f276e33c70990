"""Opens and reads the files of corpora: plain text or JSON, gzipped or not."""

from __future__ import annotations

import gzip
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO


@contextmanager
def open_text(path: Path) -> Iterator[TextIO]:
    """The text of a file, unpacked if its name ends in .gz."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
            yield file
    else:
        with path.open(encoding="utf-8") as file:
            yield file


def read_records(path: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file: one a line, or one array; gzipped or not."""
    with open_text(path) as file:
        text = file.read()
    if text.lstrip().startswith("["):
        return list(json.loads(text))
    return [json.loads(line) for line in text.split("\n") if line.strip()]
