"""Well-known things: names, tickers and Wikidata ids that linking may rely on; a user's files add to them.

The built-in table is `ontology/catalogue.tsv.gz`, built by `training/catalogue.py`. A user's file is CSV with the
same columns (`id,type,label,aliases,wikidata,ticker,cik`; aliases split by `|`; only `label` and `type` are needed,
`cik`, the number that the SEC gives, is not used), or SKOS in Turtle: `skos:prefLabel`, `skos:altLabel`, `skos:exactMatch` to
Wikidata, the class of the ontology as `rdf:type`.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import SettingsError
from kgraph.linking.names.keys import fold, government_key, key, person, place_key, words
from kgraph.model import EntityType
from kgraph.ontology import directory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["COLUMNS", "Catalogue", "Entry", "load_catalogue"]

COLUMNS = ("id", "type", "label", "aliases", "wikidata", "ticker", "cik")
WIKIDATA = "http://www.wikidata.org/entity/"
_WORD_MIN = 3
"""Shorter words tell nothing."""
_THINGS = frozenset({EntityType.ORGANIZATION, EntityType.PRODUCT, EntityType.GOVERNMENT_BODY})
_COMPATIBLE = {
    EntityType.PERSON: frozenset({EntityType.PERSON}),
    EntityType.PLACE: frozenset({EntityType.PLACE}),
    EntityType.ORGANIZATION: _THINGS,
    EntityType.PRODUCT: _THINGS,
    EntityType.GOVERNMENT_BODY: _THINGS,
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entry:
    """One thing of the catalogue."""

    id: str
    type: EntityType
    label: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    """`Q380`, without a prefix."""
    ticker: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Label and aliases."""
        return (self.label, *self.aliases)

    @property
    def same_as(self) -> tuple[str, ...]:
        """The IRI of the thing in Wikidata, where it is known."""
        return (WIKIDATA + self.wikidata,) if self.wikidata else ()


class Catalogue:
    """Entries by name, and the words and given names of everyday English."""

    def __init__(self, entries: Iterable[Entry], *, ordinary: Iterable[str] = (), given: Iterable[str] = ()) -> None:
        self._by_key: dict[str, list[Entry]] = {}
        self._by_id: dict[str, Entry] = {}
        self._ordinary = frozenset(ordinary)
        self._given = frozenset(given)
        for entry in sorted(entries):
            self._by_id[entry.id] = entry
            plain = set() if entry.type is EntityType.PERSON else {key(name) for name in entry.names}
            for found in sorted(plain | {_name_key(name, entry.type) for name in entry.names}):
                self._by_key.setdefault(found, []).append(entry)

    def entry(self, name: str) -> Entry:
        """The entry of this id; raises `KeyError` where there is none."""
        return self._by_id[name]

    def find(self, name: str, type: EntityType) -> tuple[Entry, ...]:  # noqa: A002 - the model's word
        """The entries that bear a name and may have a type; one of the very type wins over others.

        An exact type does not win where only another entry bears the name in full: "Dow" is the index, not Dow Inc.
        """
        found = [e for e in self._by_key.get(_name_key(name, type), ()) if e.type in _COMPATIBLE[type]]
        exact = [e for e in found if e.type is type]
        full = [e for e in found if any(fold(known) == fold(name) for known in e.names)]
        return tuple(exact if exact and (not full or set(exact) & set(full)) else found)

    def match(self, names: Iterable[str], type: EntityType) -> Entry | None:  # noqa: A002 - the model's word
        """The one entry that the names point to, or None where they point to none or to several."""
        found = {e.id: e for name in names if len(hits := self.find(name, type)) == 1 for e in hits}
        return next(iter(found.values())) if len(found) == 1 else None

    def is_place(self, name: str) -> bool:
        """Whether a name is that of a known place."""
        return any(e.type is EntityType.PLACE for e in self._by_key.get(key(name), ()))

    def is_word(self, word: str) -> bool:
        """Whether a word is one of everyday English or of a trade, and no given name."""
        table = words()
        return any(word in known for known in (self._ordinary, table.general, table.descriptors)) and word not in self._given

    def ordinary(self, name: str) -> bool:
        """Whether all words of a name are everyday words, given names, titles or words of a trade, so that it can name many things."""
        table = words()
        everyday = (self._ordinary, self._given, table.general, table.titles, table.descriptors)
        return all(len(word) < _WORD_MIN or any(word in known for known in everyday) for word in fold(name))


def _name_key(name: str, kind: EntityType) -> str:
    if kind is EntityType.PERSON:
        return "".join(person(name).tokens)
    if kind is EntityType.PLACE:
        return place_key(name)
    return government_key(name) if kind is EntityType.GOVERNMENT_BODY else key(name)


def load_catalogue(paths: Sequence[Path] = ()) -> Catalogue:
    """The built-in catalogue with the entries of a user's files; theirs win where ids are the same.

    Raises `SettingsError` where a file is missing or is neither CSV nor SKOS.
    """
    return _load(tuple(paths))


@lru_cache(maxsize=4)
def _load(paths: tuple[Path, ...]) -> Catalogue:
    entries = {entry.id: entry for entry in _rows(_open(directory() / "catalogue.tsv.gz"), "\t", directory() / "catalogue.tsv.gz")}
    for path in paths:
        entries |= {entry.id: entry for entry in _read(path)}
    ordinary, given = (_open(directory() / f"catalogue-{name}.txt.gz").split() for name in ("ordinary", "given"))
    return Catalogue(entries.values(), ordinary=ordinary, given=given)


def _open(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8")


def _read(path: Path) -> Iterator[Entry]:
    try:
        text = path.read_text(encoding="utf-8-sig")  # spreadsheets mark it
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: {error.strerror if isinstance(error, OSError) else error}"
        raise SettingsError(msg) from error
    if path.suffix == ".csv":
        return _rows(text, ",", path)
    if path.suffix == ".tsv":
        return _rows(text, "\t", path)
    return _skos(text, path)


def _rows(text: str, delimiter: str, path: Path) -> Iterator[Entry]:
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    unknown = sorted(set(reader.fieldnames or ()) - set(COLUMNS))
    if unknown or not {"type", "label"} <= set(reader.fieldnames or ()):
        msg = f"{path}: a catalogue has the columns {', '.join(COLUMNS)}, of which type and label are needed"
        raise SettingsError(msg)
    for row in reader:
        kind = _kind(row, f"{path}, line {reader.line_num}")
        yield Entry(
            id=row.get("id") or row.get("wikidata") or f"{kind}:{row['label']}",
            type=kind,
            label=row["label"],
            aliases=tuple(sorted(filter(None, (row.get("aliases") or "").split("|")))),
            wikidata=row.get("wikidata") or None,
            ticker=row.get("ticker") or None,
        )


def _kind(row: Mapping[str | Any, str | Any], place: str) -> EntityType:
    """The type of a row that is whole; raises `SettingsError` on any other."""
    try:
        kind = EntityType(row["type"])
    except ValueError as error:
        msg = f"{place}: type must be one of {', '.join(EntityType)}, not {row['type'] or ''!r}"
        raise SettingsError(msg) from error
    if not row["label"]:
        msg = f"{place}: no label"
        raise SettingsError(msg)
    if None in row:
        msg = f"{place}: more cells than columns"
        raise SettingsError(msg)
    return kind


def _skos(text: str, path: Path) -> Iterator[Entry]:
    """Concepts of a SKOS file in Turtle."""
    import rdflib
    from rdflib.namespace import OWL, RDF, SKOS

    graph = rdflib.Graph()
    try:
        graph.parse(data=text, format="turtle")
    except Exception as error:
        msg = f"{path}: not a Turtle file: {str(error).splitlines()[0]}"
        raise SettingsError(msg) from error
    kinds = {str(kind): kind for kind in EntityType}
    for concept, label in sorted(graph.subject_objects(SKOS.prefLabel)):
        types = sorted(str(t).rsplit("#", 1)[-1].rsplit("/", 1)[-1] for t in graph.objects(concept, RDF.type))
        matches = sorted(str(o) for p in (SKOS.exactMatch, OWL.sameAs) for o in graph.objects(concept, p))
        yield Entry(
            id=str(concept),
            type=next((kinds[t] for t in types if t in kinds), EntityType.ORGANIZATION),
            label=str(label),
            aliases=tuple(sorted(str(alias) for alias in graph.objects(concept, SKOS.altLabel))),
            wikidata=next((m.removeprefix(WIKIDATA) for m in matches if m.startswith(WIKIDATA)), None),
        )
