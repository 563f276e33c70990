"""Judgements as an SSSOM table: one row for each pair, readable in a spreadsheet, written atomically.

`skos:exactMatch` is yes; with `predicate_modifier` Not it is no; `skos:relatedMatch` is unsure. Ids are entity ids or
appearance keys under the prefix `kg`, which may be left out in files written by hand; the other side may be a whole IRI,
of a thing elsewhere.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING

from kgraph.atomic import replace_text
from kgraph.errors import GraphError, JudgementError
from kgraph.model import Judgement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["format_judgements", "is_elsewhere", "read_judgements", "write_judgements"]

_COLUMNS = (
    "subject_id",
    "predicate_modifier",
    "predicate_id",
    "object_id",
    "mapping_justification",
    "author_label",
    "confidence",
    "mapping_date",
    "comment",
)
_NEEDED = ("subject_id", "predicate_id", "object_id")
_HEAD = """\
#curie_map:
#  kg: https://w3id.org/kgraph/id/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#mapping_set_id: https://w3id.org/kgraph/id/judgements
#license: https://w3id.org/sssom/license/unspecified
"""
_PREDICATE = {("skos:exactMatch", ""): "yes", ("skos:exactMatch", "Not"): "no", ("skos:relatedMatch", ""): "unsure"}
_WRITTEN = {decision: pair for pair, decision in _PREDICATE.items()}


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """The rows of a file in their order; lines that begin with `#` are skipped.

    Raises `JudgementError` where the file is missing or a row is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # spreadsheets mark it
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: {error.strerror if isinstance(error, OSError) else error}"
        raise JudgementError(msg) from error
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    reader = csv.DictReader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_NONE)
    if missing := [column for column in _NEEDED if column not in (reader.fieldnames or ())]:
        msg = f"{path}: not an SSSOM table: the column {missing[0]} is missing"
        raise JudgementError(msg)
    return tuple(_judgement(row, f"{path}, line {number}") for (number, _), row in zip(lines[1:], reader, strict=True))


def _judgement(row: dict[str, str | None], place: str) -> Judgement:
    def cell(column: str) -> str:
        return (row.get(column) or "").strip()

    decision = _PREDICATE.get((cell("predicate_id"), cell("predicate_modifier")))
    if decision is None:
        msg = f"{place}: predicate_id must be skos:exactMatch (with predicate_modifier Not for a no) or skos:relatedMatch"
        raise JudgementError(msg)
    left, right = (cell(column).removeprefix("kg:") for column in ("subject_id", "object_id"))
    if not left or not right or left == right:
        msg = f"{place}: a judgement needs two different ids"
        raise JudgementError(msg)
    try:
        score = float(cell("confidence") or 1)
        when = dt.date.fromisoformat(cell("mapping_date")) if cell("mapping_date") else None
    except ValueError as error:
        msg = f"{place}: {error}"
        raise JudgementError(msg) from error
    return Judgement(
        left=left, right=right, decision=decision, by=cell("author_label") or "user", why=cell("comment"), score=score, when=when
    )


def format_judgements(judgements: Iterable[Judgement]) -> str:
    """The text of an SSSOM table, in the order given."""
    text = io.StringIO()
    text.write(_HEAD)
    writer = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar=None, quotechar=None)
    writer.writerow(_COLUMNS)
    for j in judgements:
        predicate, modifier = _WRITTEN[j.decision]
        how = "semapv:ManualMappingCuration" if j.by == "user" else "semapv:CompositeMatching"
        why = " ".join(j.why.split())
        when = j.when.isoformat() if j.when else ""
        left, right = (side if is_elsewhere(side) else f"kg:{side}" for side in (j.left, j.right))
        writer.writerow((left, modifier, predicate, right, how, j.by, f"{j.score:g}", when, why))
    return text.getvalue()


def is_elsewhere(side: str) -> bool:
    """Whether a side of a judgement is the IRI of a thing outside the graph.

    >>> is_elsewhere("http://www.wikidata.org/entity/Q380"), is_elsewhere("Meta")
    (True, False)
    """
    return side.startswith(("http://", "https://"))


def write_judgements(path: Path, judgements: Iterable[Judgement]) -> None:
    """Replaces a file with these judgements; it is never half written.

    Raises `JudgementError` where the file cannot be written.
    """
    try:
        replace_text(path, (format_judgements(judgements),))
    except GraphError as error:
        raise JudgementError(str(error)) from error
