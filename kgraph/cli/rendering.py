"""How answers look: tables that fit the terminal, JSON and CSV for programs, progress on stderr."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

__all__ = ["Format", "console", "note", "plain", "print_json", "progress", "show", "write"]

Rows = Sequence[Mapping[str, Any]]
_WORD = 12
"""Letters of a word that a column does not break: "Organization"."""


class Format(StrEnum):
    """How a command prints its answer."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def console() -> Console:
    """Standard output; made anew, so that tests and redirections see the current one."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def note(text: str) -> None:
    """A line for the person at the terminal, not part of the answer."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(Text(text))


def plain(value: Any) -> Any:
    """A value of the model as JSON can hold it; dataclasses lose their empty fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((field.name, plain(getattr(value, field.name))) for field in dataclasses.fields(value))
        return {name: v for name, v in pairs if v not in (None, [], {}, "")}
    if isinstance(value, Mapping):
        return {str(key): plain(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, dt.date | Path):
        return str(value)
    return value


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")


def show(rows: Rows, form: Format, *, title: str | None = None, empty: str = "Nothing found.") -> None:
    """Rows as a table, JSON or CSV; the columns are the keys of the first row, in a table those that hold anything."""
    if form is Format.JSON:
        print_json(rows)
        return
    columns = list(rows[0]) if rows else []
    if form is Format.CSV:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row[column]) for column in columns] for row in rows)
        sys.stdout.write(text.getvalue())
        return
    if not rows:
        note(empty)
        return
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    cells = {column: [_cell(row[column]) for row in rows] for column in columns}
    filled = [column for column in columns if any(cells[column])]
    for column in filled:
        numeric = all(isinstance(row[column], int | float | None) for row in rows)
        longest = max(len(word) for cell in (column, *cells[column]) for word in cell.split() or [""])
        table.add_column(column, justify="right" if numeric else "left", overflow="fold", min_width=min(longest, _WORD))
    for row in zip(*(cells[column] for column in filled), strict=True):
        table.add_row(*map(Text, row))
    console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1 else f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple):
        return ", ".join(_cell(v) for v in value)
    return str(value)


def write(content: bytes | str, output: Path | None) -> None:
    """Content to a file or, without one, to standard output."""
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    part = output.with_name(f".{output.name}.part")
    part.write_bytes(data)
    part.replace(output)


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Any]:
    """A bar on stderr, none where stderr is not a terminal; gives the function to call for each thing done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    err = Console(stderr=True)
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
