"""Reads the patterns of colliding interests: `ontology/patterns/` and the user's own files.

A pattern is a SPARQL query whose first lines, as comments, say what a hit means:

    # name: investor in two competitors
    # sentence: {investor} has a stake in both {first} and {second}, which compete.
    # proof: ?investor investedIn|acquired ?first         one line for each link of the chain
    # deal: ?first suppliesTo ?second                     optional: the link that the others bear on, as a proof
    # group: customer                                     optional: hits that differ in it alone are one
    # least: 3                                            optional: with how many of them
    # told: ?fact                                         optional: the variable that holds a fact
    # weight: 0.3                                         optional: how telling a hit is, a factor of its score

The query, which must use the prefix `kg:`, sees plain links (`?a kg:investedIn ?b`, symmetric ones both ways), the classes of
things, and, of facts whose source is known by name, `?fact kg:toldBy ?speaker`,
`kg:toldOnlyBy`, `rdf:subject`, `rdf:predicate` and `rdf:object`. In a proof `^` turns a link round, `|` offers
another, and `+` at the end allows a chain of them, which marks the hit as inferred.

The facts of a hit must have held at one time, as far as their dates tell. A deal is a link of its time: the others must
hold then, and must not come about by it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgraph.errors import OntologyError
from kgraph.ontology import directory

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Circle", "Pattern", "Step", "read_circle", "read_patterns"]

_HEADER = re.compile(r"^#\s*(\w+):\s*(.+?)\s*$", re.MULTILINE)
_STEP = re.compile(r"\?(\w+)\s+(\S+)\s+\?(\w+)")
_KEYS = ("name", "sentence", "proof", "deal", "group", "least", "told", "weight")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of the chain that proves a hit."""

    start: str
    predicates: tuple[str, ...]
    """Local names; with `^` the link runs from `end` to `start`."""
    end: str
    chained: bool
    """Whether several links in a row may stand for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What a hit of a query means and how it is proved."""

    name: str
    sentence: str
    """With variables in braces."""
    query: str
    proof: tuple[Step, ...]
    """All links, that of the deal last."""
    deal: Step | None
    group: str | None
    least: int
    told: str | None
    weight: float
    file: Path

    def mentioned(self) -> frozenset[str]:
        """The local names of all `kg:` words in query and proof."""
        return frozenset(re.findall(r"kg:(\w+)", self.query)) | {name.lstrip("^") for step in self.proof for name in step.predicates}


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Which links carry money, and how long a circle of them may be."""

    name: str
    sentence: str
    flows: tuple[str, ...]
    longest: int


def read_patterns(extra: Iterable[Path] = ()) -> tuple[Pattern, ...]:
    """The built-in patterns by file name, then those of `extra`; raises `OntologyError` that names the file."""
    return tuple(_pattern(file) for file in (*sorted((directory() / "patterns").glob("*.rq")), *extra))


def read_circle() -> Circle:
    """`ontology/patterns/circular-financing.toml`."""
    file = directory() / "patterns" / "circular-financing.toml"
    try:
        entries: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        return Circle(**{**entries, "flows": tuple(entries["flows"])})
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        msg = f"{file}: {error}"
        raise OntologyError(msg) from error


def _pattern(file: Path) -> Pattern:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{file}: {error}"
        raise OntologyError(msg) from error
    header: dict[str, list[str]] = {}
    for key, value in _HEADER.findall(text):
        if key in _KEYS:
            header.setdefault(key, []).append(value)
    for needed in ("name", "sentence", "proof"):
        if needed not in header:
            raise _wrong(file, f"no line '# {needed}: …'")
    deal = [_step(file, "deal", line) for line in header.get("deal", ())[:1]]
    return Pattern(
        name=header["name"][0],
        sentence=header["sentence"][0],
        query=text,
        proof=(*(_step(file, "proof", line) for line in header["proof"]), *deal),
        deal=next(iter(deal), None),
        group=header.get("group", [None])[0],
        least=int(_number(file, header, "least")),
        told=header["told"][0].lstrip("?") if "told" in header else None,
        weight=_number(file, header, "weight"),
        file=file,
    )


def _number(file: Path, header: dict[str, list[str]], key: str) -> float:
    """A line that holds a number; 1 where there is none."""
    text = header.get(key, ["1"])[0]
    try:
        return float(text)
    except ValueError as error:
        raise _wrong(file, f"'# {key}:' must be a number, not {text!r}") from error


def _step(file: Path, key: str, line: str) -> Step:
    match = _STEP.fullmatch(line)
    if not match:
        raise _wrong(file, f"'# {key}: {line}' is not '?one predicate ?other'")
    start, path, end = match.groups()
    chained = path.endswith("+")
    names = path.removesuffix("+").removeprefix("(").removesuffix(")").split("|") if chained else path.split("|")
    return Step(start=start, predicates=tuple(names), end=end, chained=chained)


def _wrong(file: Path, cause: str) -> OntologyError:
    return OntologyError(f"{file}: {cause}")
