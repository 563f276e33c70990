"""Builds the catalogue of well-known things from public lists and the facts written in `catalogue-known.tsv`.

    python -m training.catalogue --data DIR --out ontology

DIR holds `lists/` (S&P 500, SEC companies, countries, cities, given names), `knowledgenet/` and `ud-ewt/`, as their publishers ship them.
Written are `catalogue.tsv.gz`, `catalogue-ordinary.txt.gz` (words that news and web text writes in lower case) and
`catalogue-given.txt.gz`. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.linking.corpus.regions import is_region
from kgraph.linking.names.keys import key, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = ("id", "type", "label", "aliases", "wikidata", "ticker", "cik")
HERE = Path(__file__).parent
EXCHANGES = frozenset({"NYSE", "Nasdaq"})
ORDINARY_MIN = 3
"""How often a word must stand in lower case in the texts to count as everyday English."""

FEDERAL = frozenset({"United States", "United Kingdom", "Canada", "Australia"})
"""Countries whose towns news tells by their part: "Leeds, England", "Perth, Western Australia"."""

SHORTEST = 4
"""Shorter names that only annotations of single texts give are left out."""

# Which end of a KnowledgeNet relation is an organisation or a place.
_ENDS = {
    "EMPLOYEE_OR_MEMBER_OF": {"object": "Organization"},
    "EDUCATED_AT": {"object": "Organization"},
    "POLITICAL_AFFILIATION": {"object": "Organization"},
    "FOUNDED_BY": {"subject": "Organization"},
    "CEO": {"subject": "Organization"},
    "SUBSIDIARY_OF": {"subject": "Organization", "object": "Organization"},
    "HEADQUARTERS": {"subject": "Organization", "object": "Place"},
    "PLACE_OF_RESIDENCE": {"object": "Place"},
    "PLACE_OF_BIRTH": {"object": "Place"},
}
_SEC_FORM = re.compile(
    r"[ ,]+(inc|corp|co|ltd|plc|llc|lp|sa|nv|ag|se|de|/[a-z]{2,3}/?|holdings?|group|the|company|corporation|limited|incorporated)\.?$",
    re.IGNORECASE,
)

Row = dict[str, str]


def rows(path: Path, delimiter: str = ",") -> Iterable[Row]:
    """The records of a table, gzipped or not."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)


def known() -> Iterator[Row]:
    """Facts written for this catalogue."""
    for row in rows(HERE / "catalogue-known.tsv", "\t"):
        yield {"cik": "", **row}


def countries(lists: Path) -> Iterator[Row]:
    """Sovereign states and territories with the names that news uses."""
    spoken = {row["code"]: row["names"].split("|") for row in rows(HERE / "catalogue-countries.tsv", "\t")}
    for row in rows(lists / "country-codes.csv.gz"):
        code, plain = row["ISO3166-1-Alpha-2"], row["CLDR display name"]
        names = spoken.get(code) or [plain]
        wikidata = row["wikidata_id"].rsplit("/", 1)[-1]
        if plain and wikidata:
            yield {"type": "Place", "label": names[0], "aliases": "|".join({*names[1:], plain} - {names[0], ""}), "wikidata": wikidata}


def companies(lists: Path) -> Iterator[Row]:
    """Companies of two American exchanges and the S&P 500; those in the index under its plainer names."""
    plain = {row["CIK"].lstrip("0"): row["Security"] for row in rows(lists / "sp500.csv")}
    seen: set[str] = set()
    for row in rows(lists / "sec-companies.csv.gz"):
        cik = row["CIK"].lstrip("0")
        if cik in seen or not (cik in plain or row["Exchange"] in EXCHANGES):
            continue
        seen.add(cik)
        name = row["Name"].replace("'S ", "'s ").replace("'S,", "'s,")  # the register capitalises every word: "Wendy'S Co"
        label = re.sub(r" \((Class|The).*\)$", "", plain.get(cik, "")) or _spoken(name)
        short = re.sub(r",? & Co(mpany)?\.?$", "", label)  # "Levi Strauss", but of "Moelis & Co" not the surname
        aliases = [name, short] if " " in short else [name]
        yield {"type": "Organization", "label": label, "aliases": "|".join(aliases), "ticker": row["Ticker"], "cik": cik}


def _spoken(name: str) -> str:
    """A registered name without its forms: "Aar Corp" is "Aar", but "Moelis & Co" stays."""
    while (shorter := _SEC_FORM.sub("", name)) not in {name, ""} and not shorter.endswith("&"):
        name = shorter
    return name


def knowledgenet(path: Path, everyday: frozenset[str]) -> Iterator[Row]:
    """Organisations and places with the Wikidata ids that annotators gave them; without names that could be anything's."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            for end, kind in _ENDS.get(record["property"], {}).items():
                found = record[end]
                if found and found["uri"] and re.match(r"(The )?[A-Z][\w.&'-]+( |$)", found["text"]):
                    wikidata = found["uri"].rsplit("/", 1)[-1]
                    names[wikidata][found["text"]] += 1
                    kinds[wikidata][kind] += 1
    for wikidata in sorted(names):
        proper = {
            n
            for n in names[wikidata]
            if len(n) >= SHORTEST and n.lower() not in words().general and not everyday.issuperset(re.findall(r"[a-z]+", n.lower()))
        }
        ranked = sorted(proper, key=lambda n: (-names[wikidata][n], -len(n), n))
        kind = kinds[wikidata].most_common(1)[0][0]
        if ranked:
            yield {"type": kind, "label": ranked[0], "aliases": "|".join(ranked[1:]), "wikidata": wikidata}


def merge(sources: Iterable[Iterable[Row]]) -> list[Row]:
    """One row for each thing: rows that share a Wikidata id, a CIK or a ticker are one, the first source's label wins.

    Sources come with the best known things first: a name that an earlier one gives a type belongs to it alone.
    """
    merged: list[Row] = []
    index: dict[tuple[str, str], Row] = {}
    owner: dict[tuple[str, str], int] = {}
    for number, row in ((number, row) for number, source in enumerate(sources) for row in source):
        free = [name for name in _names(row) if owner.setdefault((row["type"], _spoken(name).lower()), number) == number]
        row["aliases"] = "|".join(name for name in free if name != row["label"])
        marks = [(column, row[column]) for column in ("wikidata", "ticker", "cik") if row.get(column)]
        if row["label"] not in free and index.keys().isdisjoint(marks):
            continue
        target = next((index[mark] for mark in marks if mark in index), None)
        if target is None:
            target = {column: row.get(column, "") for column in COLUMNS}
            merged.append(target)
        else:
            aliases = {*_names(target), *free} - {target["label"]}
            target["aliases"] = "|".join(sorted(aliases))
            target.update({column: row[column] for column in ("wikidata", "ticker", "cik") if row.get(column) and not target[column]})
        for mark in marks:
            index.setdefault(mark, target)
    for row in merged:
        row["aliases"] = "|".join(sorted(set(row["aliases"].split("|")) - {"", row["label"]}))
        row["id"] = row["wikidata"] or (f"cik{row['cik']}" if row["cik"] else re.sub(r"\W+", "_", row["label"]))
    return sorted(merged, key=lambda row: (row["id"], row["type"], row["label"]))


def at_home(table: Iterable[Row], lists: Path) -> Iterator[Row]:
    """The rows, towns with the country or region they lie in as one more name: "Leeds, England, United Kingdom".

    A name that several towns bear is left out, unless the facts written for this catalogue tell which of them is meant.
    """
    nations = {row["wikidata"] for row in countries(lists)}
    homes: dict[str, list[str]] = defaultdict(list)
    for city in rows(lists / "world-cities.csv.gz"):
        country = city["country"].partition(",")[0]
        region = f"{city['subcountry']}, " if country in FEDERAL else ""
        homes[key(city["name"])].append(f"{region}{country}")
    for row in table:
        is_town = row["type"] == "Place" and row["wikidata"] not in nations and not is_region(row["label"])
        found = homes.get(key(row["label"]), []) if is_town else []
        if any("," in name for name in _names(row)) or not found:
            yield row
        elif len(found) == 1:
            named = f"{row['label']}, {found[0]}"
            yield {**row, "aliases": "|".join(sorted({*_names(row), named} - {row["label"]}))}


def _names(row: Row) -> list[str]:
    return [row["label"], *filter(None, row.get("aliases", "").split("|"))]


def ordinary(treebanks: Iterable[Path]) -> list[str]:
    """Words that the texts write in lower case more often than with a capital."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for path in treebanks:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for form in (line.split("\t", 2)[1] for line in lines if line[:1].isdigit()):
                if form.isalpha():
                    (lower if form.islower() else upper)[form.lower()] += 1
    return sorted(word for word, count in lower.items() if count >= ORDINARY_MIN and count * 2 >= upper[word])


def write(path: Path, text: str) -> None:
    """A gzip file whose bytes depend on the text alone."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=9) as file:
        file.write(text.encode())
    path.write_bytes(buffer.getvalue())
    print(f"{path}: {path.stat().st_size:,} bytes, {text.count(chr(10)):,} lines")


def main() -> None:
    """Builds the three files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("ontology"))
    options = parser.parse_args()
    lists = options.data / "lists"
    treebanks = sorted(options.data.glob("ud-ewt/*train*.gz")) + sorted(options.data.glob("gum/*train*.gz"))
    everyday = ordinary(treebanks)
    passages = options.data / "knowledgenet" / "folds-1-3.jsonl.gz"
    table = at_home(merge([known(), countries(lists), knowledgenet(passages, frozenset(everyday)), companies(lists)]), lists)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    write(options.out / "catalogue.tsv.gz", text.getvalue())
    write(options.out / "catalogue-ordinary.txt.gz", "\n".join(everyday) + "\n")
    given = {name.strip().lower() for name in (lists / "first-names-us.txt").read_text(encoding="utf-8").split()}
    write(options.out / "catalogue-given.txt.gz", "\n".join(sorted(given)) + "\n")


if __name__ == "__main__":
    main()
