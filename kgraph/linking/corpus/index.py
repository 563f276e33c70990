"""What linking remembers of a graph, on disk: which names could meet which, and which things they became.

With it an article is taken in by looking at the names that it can meet, not at all of them. Everything here follows
from the claims of the graph, so that the index can be thrown away at any time and made anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from kgraph.linking.corpus.block import block_keys
from kgraph.linking.corpus.local import Local
from kgraph.linking.corpus.naming import Bearer
from kgraph.model import AppearanceKey, EntityId, EntityType, Judgement

if TYPE_CHECKING:
    from pathlib import Path

    from kgraph.linking.names.catalogue import Catalogue

__all__ = ["LinkIndex"]

_TABLES = """
CREATE TABLE made_by (version TEXT);
CREATE TABLE local (key TEXT PRIMARY KEY, article TEXT, thing TEXT, content TEXT);
CREATE INDEX local_article ON local (article);
CREATE TABLE meets (mark TEXT, local TEXT, PRIMARY KEY (mark, local)) WITHOUT ROWID;
CREATE INDEX meets_local ON meets (local);
CREATE TABLE thing (first TEXT PRIMARY KEY, id TEXT, size INTEGER, known INTEGER, type TEXT, base TEXT);
CREATE INDEX thing_base ON thing (base);
CREATE TABLE reason (owner TEXT, content TEXT);
CREATE INDEX reason_owner ON reason (owner);
"""
_AT_ONCE = 500
"""Values in one SQL statement; SQLite allows some more."""


class LinkIndex:
    """The index of one graph. Changes are one transaction, kept by `settling`."""

    def __init__(self, path: Path, catalogue: Catalogue, version: str) -> None:
        """Open the index at `path`; where another `version` made it, or it was cut off, it is empty and not `current`."""
        self._catalogue = catalogue
        self._unsettled = path.with_name(f"{path.name}.unsettled")
        self.current = path.exists() and not self._unsettled.exists() and _version(path) == version
        if not self.current:
            path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path)
        if not self.current:
            self._database.executescript(f"BEGIN; {_TABLES} COMMIT;")
            self._database.execute("INSERT INTO made_by VALUES (?)", (version,))

    @contextmanager
    def settling(self, gone: Iterable[str] = (), *, undone: type[Exception] | tuple[()] = ()) -> Iterator[None]:
        """Keep what was changed here with what the block changes elsewhere; cut off in between, the index is void.

        `gone` are the articles that go, for whoever completes what was cut off. An error of the kind `undone` says that the block
        changed nothing: then nothing is kept here either.
        """
        self._unsettled.write_text(json.dumps(sorted(gone)), encoding="utf-8")
        try:
            yield
        except undone:
            self._database.rollback()
            self._unsettled.unlink()
            raise
        self._database.commit()
        self._unsettled.unlink()

    def close(self) -> None:
        """Let go of the file; what was not committed is lost."""
        self._database.close()

    # ── reading ──────────────────────────────────────────────────────────────

    def reach(self, marks: Iterable[str]) -> set[str]:
        """The keys of all locals that meet under one of the marks, directly or through others."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = set(marks)
        while waiting:
            seen |= waiting
            met = {key for (key,) in self._select("SELECT local FROM meets WHERE mark IN", waiting)} - found
            found |= met
            waiting = {mark for (mark,) in self._select("SELECT DISTINCT mark FROM meets WHERE local IN", met)} - seen
        return found

    def locals(self, keys: Collection[str]) -> dict[str, tuple[Local, str]]:
        """Locals by key, each with the first local of its thing."""
        rows = self._select("SELECT key, article, thing, content FROM local WHERE key IN", keys)
        return {key: (self._local(key, article, content), thing) for key, article, thing, content in rows}

    def of_articles(self, articles: Collection[str]) -> set[str]:
        """The keys of the locals of some articles."""
        return {key for (key,) in self._select("SELECT key FROM local WHERE article IN", articles)}

    def marks(self, keys: Collection[str]) -> set[str]:
        """The marks under which some locals meet others."""
        return {mark for (mark,) in self._select("SELECT DISTINCT mark FROM meets WHERE local IN", keys)}

    def things(self, firsts: Collection[str]) -> dict[str, tuple[Bearer, EntityId]]:
        """Things by their first local, with their ids."""
        return self._bearers("SELECT first, size, known, type, base, id FROM thing WHERE first IN", firsts)

    def rivals(self, bases: Collection[str]) -> dict[str, tuple[Bearer, EntityId]]:
        """All things whose labels make one of these ids."""
        return self._bearers("SELECT first, size, known, type, base, id FROM thing WHERE base IN", bases)

    def reasons(self, owners: Collection[str]) -> set[tuple[str, Judgement]]:
        """Judgements inside some articles, and between some locals, with their owners."""
        rows = self._select("SELECT owner, content FROM reason WHERE owner IN", owners)
        return {(owner, Judgement(**json.loads(content))) for owner, content in rows}

    # ── writing ──────────────────────────────────────────────────────────────

    def drop(self, articles: Collection[str]) -> None:
        """Forget the locals of articles."""
        keys = self.of_articles(articles)
        self._delete("DELETE FROM local WHERE key IN", keys)
        self._delete("DELETE FROM meets WHERE local IN", keys)

    def add_locals(self, locals_: Iterable[Local]) -> None:
        """Remember locals, of which it is not yet known what they are."""
        for local in locals_:
            row = (local.key, local.article, local.key, _content(local))
            self._database.execute("INSERT INTO local VALUES (?, ?, ?, ?)", row)
            marks = {(mark, local.key) for mark in block_keys(local)}
            self._database.executemany("INSERT INTO meets VALUES (?, ?)", marks)

    def move(self, homes: Iterable[tuple[str, str]]) -> None:
        """Remember of locals which thing they are: the first local of the thing, and the local."""
        self._database.executemany("UPDATE local SET thing = ? WHERE key = ?", homes)

    def change_things(self, gone: Collection[str], fresh: Iterable[tuple[Bearer, EntityId]]) -> None:
        """Forget things by their first locals, and remember others."""
        self._delete("DELETE FROM thing WHERE first IN", gone)
        rows = ((b.first, name, b.size, b.known, b.type, b.base) for b, name in fresh)
        self._database.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?)", rows)

    def change_reasons(self, gone: Iterable[tuple[str, Judgement]], fresh: Iterable[tuple[str, Judgement]]) -> None:
        """Forget judgements of owners, and remember others."""
        former, new = ([(owner, _judgement(judgement)) for owner, judgement in some] for some in (gone, fresh))
        self._database.executemany("DELETE FROM reason WHERE owner = ? AND content = ?", former)
        self._database.executemany("INSERT INTO reason VALUES (?, ?)", new)

    # ── rows ─────────────────────────────────────────────────────────────────

    def _select(self, sql: str, values: Collection[str]) -> Iterator[tuple[Any, ...]]:
        ordered = sorted(values)
        for start in range(0, len(ordered), _AT_ONCE):
            some = ordered[start : start + _AT_ONCE]
            yield from self._database.execute(f"{sql} ({','.join('?' * len(some))})", some).fetchall()

    def _delete(self, sql: str, values: Collection[str]) -> None:
        for _ in self._select(sql, values):
            pass

    def _bearers(self, sql: str, values: Collection[str]) -> dict[str, tuple[Bearer, EntityId]]:
        return {
            first: (Bearer(first=first, size=size, known=bool(known), type=EntityType(kind), base=base), EntityId(name))
            for first, size, known, kind, base, name in self._select(sql, values)
        }

    def _local(self, key: str, article: str, content: str) -> Local:
        kind, name, names, appearances, mark, strong, entry, sectors, lands, regions, national, offices, context = json.loads(content)
        return Local(
            key=key,
            article=article,
            type=EntityType(kind),
            name=name,
            names=tuple(names),
            appearances=tuple(map(AppearanceKey, appearances)),
            mark=mark,
            strong=strong,
            entry=None if entry is None else self._catalogue.entry(entry),
            sectors=frozenset(sectors),
            lands=frozenset(lands),
            regions=frozenset(regions),
            national=national,
            offices=frozenset(offices),
            context=context,
        )


def _version(path: Path) -> str | None:
    """What made an index; None where the file is none."""
    try:
        with sqlite3.connect(path) as database:
            row = database.execute("SELECT version FROM made_by").fetchone()
        database.close()
    except sqlite3.Error:
        return None
    return None if row is None else str(row[0])


def _content(local: Local) -> str:
    """A local as text; the order of its context stays, since sums of floats depend on it."""
    entry = None if local.entry is None else local.entry.id
    lands, regions = sorted(local.lands), sorted(local.regions)
    told = (entry, sorted(local.sectors), lands, regions, local.national, sorted(local.offices), local.context)
    rest = (local.type, local.name, local.names, local.appearances, local.mark, local.strong, *told)
    return json.dumps(rest, ensure_ascii=False, separators=(",", ":"))


def _judgement(judgement: Judgement) -> str:
    left, right, decision, by, why, score, _ = astuple(judgement)
    return json.dumps({"left": left, "right": right, "decision": decision, "by": by, "why": why, "score": score}, ensure_ascii=False)
