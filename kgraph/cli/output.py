"""How answers look: tables that fit the terminal, JSON and CSV for programs, progress on stderr."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import os
import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

import typer
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from kgraph.atomic import replace_bytes
from kgraph.errors import GraphError
from kgraph.text import guarded

__all__ = ["Format", "abandon_output", "note", "plain", "print_json", "progress", "say", "show", "write"]

Rows = Sequence[Mapping[str, Any]]
_WORD = 12
"""Cells of a word that a column does not break: "Organization"."""
_READABLE = 20
"""Cells of a column below which its texts are no pleasure to read."""
_WIDE = 100_000
"""Columns of what is no terminal, so that no row of a table is broken and `grep` finds whole names."""


class Format(StrEnum):
    """How a command prints its answer."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@contextmanager
def _standard_output() -> Iterator[TextIO]:
    """Standard output, with all of it written in the end; raises `GraphError` where it cannot be."""
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read has seen enough
        abandon_output()
        raise typer.Exit from None
    except OSError as error:
        raise GraphError(f"standard output: cannot be written: {error.strerror or error}") from error


def abandon_output() -> None:
    """Give up standard output: what it did not take is not tried again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def say(answer: RenderableType) -> None:
    """A part of the answer on standard output: fitted to a terminal, elsewhere one line for each row."""
    with _standard_output() as out:
        if out.isatty():
            Console(file=out, highlight=False).print(answer)
            return
        text = io.StringIO()
        Console(file=text, highlight=False, soft_wrap=True, width=_WIDE).print(answer)
        out.writelines(line.rstrip(" ") + "\n" for line in text.getvalue().rstrip("\n").split("\n"))


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
    write(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n", None)


def show(rows: Rows, form: Format, *, title: str | None = None, empty: str = "Nothing found.") -> None:
    """Rows as a table, JSON or CSV; the columns are the keys of all rows, in a table those that hold anything."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    if form is Format.JSON:
        print_json(rows)
    elif form is Format.CSV:
        write(_csv(rows, columns), None)
    elif rows:
        say(_shown(rows, columns, title))
    else:
        note(empty)


def _csv(rows: Rows, columns: Sequence[str]) -> str:
    """For programs: values as they are, but for text that a spreadsheet would take for a formula."""

    def cell(value: Any) -> str:
        known = plain(value)
        if isinstance(known, list):
            known = ", ".join(map(str, known))
        return "" if known is None else guarded(known) if isinstance(known, str) else json.dumps(known)

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue()


def _shown(rows: Rows, columns: Sequence[str], title: str | None) -> Table:
    """For people: figures short; a table or, on a terminal too narrow for one, record by record."""
    cells = {column: [_cell(row.get(column)) for row in rows] for column in columns}
    filled = {column.replace("_", " "): cells[column] for column in columns if any(cells[column])}
    needed = sum(2 + min(_READABLE, max(map(cell_len, (name, *texts)))) for name, texts in filled.items()) - 2
    if sys.stdout.isatty() and needed > Console(file=sys.stdout).width:
        return _records(filled, title)
    numeric = {column.replace("_", " ") for column in columns if all(isinstance(row.get(column), int | float | None) for row in rows)}
    return _table(filled, numeric, title)


def _table(columns: Mapping[str, Sequence[str]], numeric: Container[str], title: str | None) -> Table:
    """A row for each record; no column breaks a word."""
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for name, texts in columns.items():
        longest = max(cell_len(word) for text in (name, *texts) for word in text.split() or [""])
        table.add_column(name, justify="right" if name in numeric else "left", overflow="fold", min_width=min(longest, _WORD))
    for row in zip(*columns.values(), strict=True):
        table.add_row(*map(Text, row))
    return table


def _records(columns: Mapping[str, Sequence[str]], title: str | None) -> Table:
    """A line for each column of a record that holds anything, and an empty one between records."""
    table = Table(title=title, title_justify="left", show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for number, row in enumerate(zip(*columns.values(), strict=True)):
        if number:
            table.add_row()
        for name, text in zip(columns, row, strict=True):
            if text:
                table.add_row(name, Text(text))
    return table


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1 else f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple):
        return ", ".join(_cell(v) for v in value)
    return str(value)


def write(content: bytes | str, output: Path | None) -> None:
    """Content to a file, which is the old or the new one at every moment, or, without one, to standard output.

    Raises `GraphError` where it cannot be written, or a terminal cannot show it.
    """
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        if sys.stdout.isatty() and b"\0" in data:
            raise GraphError("this is no text that a terminal can show; name a file with --output")
        with _standard_output() as out:
            out.buffer.write(data)
    elif output.exists() and not output.is_file():
        _into_device(data, output)
    else:
        replace_bytes(output, (data,))


def _into_device(data: bytes, output: Path) -> None:
    """To what is no file and must stay what it is: a pipe, or /dev/null."""
    try:
        output.write_bytes(data)
    except OSError as error:
        raise GraphError(f"{output}: cannot be written: {error.strerror}") from error


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Any]:
    """A bar on stderr, none where stderr is not a terminal; gives the function to call for each thing done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    err = Console(stderr=True)
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
