"""The money, shares, counts, dates and titles of a text for training, and whether they say what a fact says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The characters [start, end) that state a value."""

    start: int
    end: int
    kind: str
    low: float | None = None
    high: float | None = None
    said: float | None = None
    edtf: str | None = None

    def same(self, other: Value | None) -> bool:
        """Whether both state one value."""
        if other is None or self.kind != other.kind:
            return False
        mine, theirs = (self.said, self.low, self.high, self.edtf), (other.said, other.low, other.high, other.edtf)
        return mine == theirs and any(part is not None for part in mine)


def states_amount(value: Value, told: dict[str, Any] | None, *, scale: float = 1.0) -> bool:
    """Whether a value is the amount that a fact tells."""
    if not told:
        return False
    said = [number * scale for number in (value.said, value.low, value.high) if number is not None]
    bounds = [float(told[key]) for key in ("low", "high") if isinstance(told.get(key), int | float)]
    return any(abs(number - bound) <= 0.005 * max(abs(bound), 1e-9) for number in said for bound in bounds[:1])


def states_date(value: Value, told: str | None) -> bool:
    """Whether a value is the date that a fact tells, or a less exact form of it."""
    if not told or not value.edtf:
        return False
    mine, theirs = value.edtf.rstrip("~?%"), told.split("/")[0]
    return mine.startswith(theirs[:10]) or (len(mine) >= 4 and theirs.startswith(mine))


_SCALE = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12}
_N = r"(\d[\d,]*(?:\.\d+)?)"
_MONEY = re.compile(rf"(?:(?:US|A|C|HK|NZ|S|NT)?[$€£¥₹]|\b(?:USD|EUR|GBP|RM|NOK|SEK|CZK|EGP|Rs\.?|CHF|P|R)\s?)\s?{_N}[\s-]?(thousand|million|billion|trillion|bn|mn|mln|tn|m|b|k)?\b|\b{_N}[\s-]?(million|billion|trillion|bn|m)?\s(?:dollars|euros?|pounds|yen|yuan|rupees)\b")
_SHARE = re.compile(rf"\b{_N}\s?(?:%|percent\b|per cent\b)")
_COUNT = re.compile(rf"\b{_N}(?:\s(thousand|million))?(?=\s(?:\w+\s){{0,2}}(?:employees|people|staff|workers|jobs|positions|employed|roles|engineers)\b)")
_DATE = re.compile(r"\b(?:(?:\d{1,2}\s)?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s\d{1,2})?,?\s)?((?:19|20)\d\d)\b")
_TITLE = re.compile(r"\b(?:(?:vice|deputy|co-|executive|senior|former|interim|acting|founding|managing|non-executive)[\s-]?)*(?:CEO|CFO|COO|CTO|chief \w+(?: officer)?|chief executive(?: officer)?|chair(?:man|woman|person)?|president|director|founder|co-founder|spokes(?:man|woman|person)|analyst|partner|head|secretary|minister|governor|manager|editor)\b", re.IGNORECASE)


def find_values(doc: Doc, published: str) -> Iterator[Value]:
    """All values of a text, as at run time."""
    text = doc.text
    taken: list[tuple[int, int]] = []
    for kind, pattern in (("money", _MONEY), ("share", _SHARE), ("count", _COUNT), ("date", _DATE), ("title", _TITLE)):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            number = next((g for g in match.groups() if g and g[0].isdigit()), None)
            if kind == "date":
                yield Value(start=match.start(), end=match.end(), kind=kind, edtf=match[1])
            elif kind == "title":
                yield Value(start=match.start(), end=match.end(), kind=kind)
            else:
                scale = next((g for g in match.groups() if g and not g[0].isdigit()), None)
                said = float(number.replace(",", "")) * _SCALE.get((scale or "").lower(), 1) / (100 if kind == "share" else 1)
                yield Value(start=match.start(), end=match.end(), kind=kind, said=said)
