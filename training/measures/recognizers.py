"""Recall of amounts and dates on the Recognizers-Text cases (MIT): span and value, for what news needs of them.

Cases with times of day, durations, sets and holidays are left out: kgraph reads none of them.
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy

from kgraph.extraction.marking.quantities.amounts import find_amounts
from kgraph.extraction.marking.times.moments import find_moments
from kgraph.ontology import load

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["evaluate"]

_KINDS = {"CurrencyModel": "money", "PercentModel": "share", "NumberModel": "count", "DateTimeModel": "date"}


def evaluate(path: Path) -> dict[str, Any]:
    """Cases, spans found and values right in one of the files."""
    name = path.name.partition(".")[0]
    cases = json.loads(gzip.decompress(path.read_bytes()).decode("utf-8-sig"))
    nlp = spacy.blank("en")
    gold = spans = values = found = 0
    for case in cases:
        wanted = [result for result in case.get("Results", []) if _in_scope(name, result)]
        if name == "DateTimeModel" and len(wanted) != len(case.get("Results", [])):
            continue
        mine = _dates(nlp, case) if name == "DateTimeModel" else _amounts(nlp, case["Input"], _KINDS[name])
        found += len(mine)
        for result in wanted:
            gold += 1
            overlapping = [one for one in mine if one[0] < result["End"] + 1 and result["Start"] < one[1]]
            spans += bool(overlapping)
            values += any(_same(name, one[2], result["Resolution"]) for one in overlapping)
    return {
        "set": name,
        "gold": gold,
        "found": found,
        "span recall": round(spans / max(1, gold), 3),
        "value recall": round(values / max(1, gold), 3),
    }


def _in_scope(name: str, result: dict[str, Any]) -> bool:
    if name != "DateTimeModel":
        return result["Resolution"].get("value") not in {None, "null"}
    return result.get("TypeName") in {"datetimeV2.date", "datetimeV2.daterange"}


def _amounts(nlp: Language, text: str, kind: str) -> list[tuple[int, int, Any]]:
    doc = nlp(text)
    found = find_amounts(doc, load().hedges)
    return [(*_span(doc, a.start, a.end), a.quantity) for a in found if kind in {a.kind, "count"}]


def _dates(nlp: Language, case: dict[str, Any]) -> list[tuple[int, int, Any]]:
    doc = nlp(case["Input"])
    reference = dt.datetime.fromisoformat(case["Context"]["ReferenceDateTime"]).date() if "Context" in case else None
    return [(*_span(doc, m.start, m.end), m.edtf) for m in find_moments(doc, reference)]


def _span(doc: Doc, start: int, end: int) -> tuple[int, int]:
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _same(name: str, mine: Any, resolution: dict[str, Any]) -> bool:
    """Whether a value is the one of the case."""
    if name == "DateTimeModel":
        return any(_same_day(mine, value) for value in resolution.get("values", []))
    try:
        value = Decimal(str(resolution["value"]).rstrip("%"))
    except InvalidOperation:
        return False
    worth = {"Cent": Decimal("0.01"), "Pence": Decimal("0.01"), "Penny": Decimal("0.01")}.get(str(resolution.get("unit")), Decimal(1))
    said = mine.value if mine.value is not None else mine.low
    return said is not None and abs(said * (100 if name == "PercentModel" else 1) - value * worth) <= abs(value) / 1000


def _same_day(edtf: str, value: dict[str, str]) -> bool:
    """Whether a date begins where the case's does; a range must be as long, too.

    The cases end "2014 to 2018" on the first day of 2018, kgraph on the last; "about" a month holds any day of it.
    """
    start, end = _bounds(edtf)
    if "value" in value:
        return value["value"] == start or (edtf.endswith("~") and start <= value["value"] < end)
    last = _bounds(edtf.rpartition("/")[2])[0] if "/" in edtf and not edtf.endswith("..") else end
    return value.get("start", "") in {start, ""} and value.get("end", "") in {end, last, ""}


def _bounds(edtf: str) -> tuple[str, str]:
    """First day, and the day after the last, of an EDTF date; empty where open."""
    if "/" in edtf:
        first, last = edtf.split("/")
        return (_bounds(first)[0] if first != ".." else ""), (_bounds(last)[1] if last != ".." else "")
    plain = edtf.rstrip("~")
    if plain.endswith("X"):
        year = int(plain[:-1]) * 10
        return f"{year}-01-01", f"{year + 10}-01-01"
    parts = [int(part) for part in plain.split("-")]
    if len(parts) == 1:
        return f"{parts[0]}-01-01", f"{parts[0] + 1}-01-01"
    if len(parts) == 2 and parts[1] > 12:
        months = {**{32 + q: (3 * q - 2, 3) for q in range(1, 5)}, 40: (1, 6), 41: (7, 6), **{20 + s: (3 * s, 3) for s in range(1, 5)}}
        month, months_long = months[parts[1]]
    elif len(parts) == 2:
        month, months_long = parts[1], 1
    else:
        day = dt.date(*parts)
        return day.isoformat(), (day + dt.timedelta(days=1)).isoformat()
    total = parts[0] * 12 + month - 1 + months_long
    return f"{parts[0]}-{month:02}-01", f"{total // 12}-{total % 12 + 1:02}-01"


if __name__ == "__main__":
    import sys

    for argument in sys.argv[1:]:
        print(evaluate(Path(argument)))
