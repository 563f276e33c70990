"""Reads gold facts: a folder with facts, entities and forbidden claims, plain or gzipped, as JSON or JSON lines."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kgraph.model import Article
from tests.quality.names import fold

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Fact", "Gold", "read_articles", "read_gold"]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact that a careful reader noted."""

    doc: str
    predicate: str
    predicates: frozenset[str]
    """The predicate and those that count as well."""
    subject: frozenset[str]
    """Every folded name of the subject."""
    object: frozenset[str]
    record: dict[str, Any]
    """The fact as it stands in the file."""

    @property
    def is_optional(self) -> bool:
        """Whether it is neither missed nor wrong."""
        return bool(self.record.get("optional"))

    @property
    def is_negative(self) -> bool:
        """Whether the text denies it."""
        return self.record.get("polarity") == "negative"


@dataclass(frozen=True, kw_only=True)
class Gold:
    """What the articles of a folder say."""

    facts: tuple[Fact, ...]
    forbidden: tuple[dict[str, Any], ...]
    docs: frozenset[str]
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    """Article → every folded name of its entities."""


def read_gold(folder: Path) -> Gold:
    """The facts of a folder."""
    alias: dict[tuple[str, str], set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for entity in _records(folder, "entities"):
        forms = {fold(name) for name in [entity["name"], *entity.get("aliases", [])]}
        for doc in entity.get("docs") or [entity["doc"]]:
            alias[doc, fold(entity["name"])] |= forms
            names[doc] |= forms
    facts = []
    for record in _records(folder, "facts"):
        doc = record["doc"]
        subjects = [record["subject"], *record.get("subject_also", [])]
        facts.append(
            Fact(
                doc=doc,
                predicate=record["predicate"],
                predicates=frozenset({record["predicate"], *record.get("predicate_also", [])}),
                subject=frozenset().union(*(alias.get((doc, fold(name))) or {fold(name)} for name in subjects)),
                object=frozenset(alias.get((doc, fold(record["object"]))) or {fold(record["object"])} if record.get("object") else ()),
                record=record,
            )
        )
    return Gold(
        facts=tuple(facts),
        forbidden=tuple(_records(folder, "forbidden")),
        docs=frozenset(names) | {fact.doc for fact in facts},
        names={doc: frozenset(forms) for doc, forms in names.items()},
    )


def read_articles(path: Path) -> list[Article]:
    """The articles of a folder of text files, or of JSON lines (plain or gzipped) with id, date, title and text."""
    if path.is_dir():
        return [Article(id=file.stem, text=file.read_text(encoding="utf-8")) for file in sorted(path.glob("*.txt"))]
    return [
        Article(
            id=record["id"],
            text=f"{record['title']}\n{record['text']}" if record.get("title") else record["text"],
            title=record.get("title"),
            date=dt.date.fromisoformat(record["date"]) if record.get("date") else None,
        )
        for record in _lines(path)
    ]


def _records(folder: Path, name: str) -> list[dict[str, Any]]:
    if (folder / f"{name}.json").exists():
        found: list[dict[str, Any]] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return found
    for path in (folder / f"{name}.jsonl.gz", folder / f"{name}.jsonl"):
        if path.exists():
            return _lines(path)
    return []


def _lines(path: Path) -> list[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]
