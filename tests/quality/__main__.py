"""Measures extraction on gold articles: `python -m tests.quality ARTICLES GOLD [ARTICLES GOLD …]`.

ARTICLES is a folder of .txt files or a JSON lines file, GOLD a folder with facts and entities.
With --floors it fails where a predicate falls below the floor on record, or the data are not those on record.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph import language, linking, ontology
from kgraph.articles import read
from kgraph.extraction import Extractor
from kgraph.model import Article
from kgraph.settings import Settings
from tests.quality.causes import why_missed, why_wrong
from tests.quality.gold import Gold, read_articles, read_gold
from tests.quality.names import fold
from tests.quality.scoring import Score, said, score
from training.corpora.splits import is_development

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kgraph.model import Reading
    from tests.quality.gold import Fact
    from tests.quality.scoring import Said

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.02
"""How far a figure may fall below its floor: platforms round differently."""


def main() -> int:
    """Read, score, print; 1 where a floor is not held."""
    arguments = _parser().parse_args()
    pairs = list(zip(arguments.paths[::2], arguments.paths[1::2], strict=True))
    settings = Settings()
    nlp, extractor = language.load(), Extractor(ontology.load(settings.ontology), settings)
    failures: list[str] = []
    for articles_path, gold_path in pairs:
        articles = _part(_read(articles_path), arguments.part)
        readings = list(extractor.read(nlp.pipe(((article.text, article) for article in articles), as_tuples=True)))
        gold = _only(read_gold(gold_path), {article.id for article in articles})
        items, names = _named(readings)
        result = score(items, gold)
        _print(gold_path.name, result)
        if arguments.errors:
            _print_errors(result, gold, items, names, only=arguments.predicate, show=arguments.errors)
        failures += _against_floors(gold_path.name, _digest(articles), result, update=arguments.update_floors, check=arguments.floors)
    sys.stdout.writelines(f"BELOW {failure}\n" for failure in failures)
    return 1 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="articles and gold, in turn")
    parser.add_argument(
        "--errors",
        type=int,
        default=0,
        metavar="N",
        help="list up to N wrong claims, missed facts and differing qualifiers of each predicate and cause",
    )
    parser.add_argument("--predicate", help="list the errors of this predicate only")
    parser.add_argument("--part", choices=("all", "seen", "kept"), default="all", help="nine tenths to develop on, or the tenth kept back")
    parser.add_argument("--floors", action="store_true", help="fail below the floors on record")
    parser.add_argument("--update-floors", action="store_true", help="raise the floors to what was measured")
    return parser


def _read(path: Path) -> list[Article]:
    """As `kgraph build` reads them, without boilerplate; gzipped records as they are."""
    if path.suffix == ".gz":
        return read_articles(path)
    return [article for article in read([str(path)], settings=Settings(), strict=True) if isinstance(article, Article)]


def _part(articles: list[Article], part: str) -> list[Article]:
    return [article for article in articles if part == "all" or is_development(article.id) == (part == "kept")]


def _only(gold: Gold, docs: set[str]) -> Gold:
    return Gold(
        facts=tuple(fact for fact in gold.facts if fact.doc in docs),
        forbidden=tuple(ban for ban in gold.forbidden if ban["doc"] in docs),
        docs=gold.docs & docs,
        names={doc: names for doc, names in gold.names.items() if doc in docs},
    )


def _named(readings: Iterable[Reading]) -> tuple[list[Said], dict[str, frozenset[str]]]:
    """The claims with the names that linking gives their ends, and all names of each article."""
    items: list[Said] = []
    found: dict[str, frozenset[str]] = {}
    for reading in readings:
        linked = linking.link(reading.appearances, reading.claims, catalogue=linking.load_catalogue(()), judgements=())
        names = {key: entity.names for entity in linked.entities for key in entity.appearances}
        items += said(reading.claims, names)
        found[reading.article.id] = frozenset(fold(name) for forms in names.values() for name in forms)
    return items, found


def _digest(articles: list[Article]) -> str:
    return hashlib.sha256("".join(sorted(article.sha256 for article in articles)).encode()).hexdigest()[:16]


def _print(name: str, result: Score) -> None:
    print(f"{name}: precision {result.precision:.3f}  recall {result.recall:.3f}  trapped {len(result.trapped)}")  # noqa: T201
    print("  " + "  ".join(f"{key} {right}/{total}" for key, (right, total) in sorted(result.qualifiers.items())))  # noqa: T201
    for predicate, row in result.by_predicate().items():
        cells = f"gold {row['gold']:4}  found {row['found']:4}  wrong {row['wrong']:4}  P {row['precision']:.2f}  R {row['recall']:.2f}"
        print(f"  {predicate:20} {cells}")  # noqa: T201


def _print_errors(result: Score, gold: Gold, items: list[Said], names: dict[str, frozenset[str]], *, only: str | None, show: int) -> None:
    rows: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for item in result.wrong:
        by = f"{item.claim.extractor} {item.claim.confidence:.2f}"
        text = f"{item.doc} {by} {sorted(item.subject)[:2]} {sorted(item.object)[:2]} «{item.claim.quote.exact[:200]}»"
        rows[item.claim.predicate, "wrong", why_wrong(item, gold)].append(text)
    for fact in result.missed:
        cause = why_missed(fact, items, names.get(fact.doc, frozenset()))
        text = f"{fact.doc} {fact.record['subject']} | {fact.record.get('object')} «{fact.record.get('quote', '')[:200]}»"
        rows[fact.predicate, "missed", cause].append(text)
    for qualifier, fact, item in result.differing:
        text = f"{fact.doc} {_told(item, qualifier)}, gold {_told_by_gold(fact, qualifier)} «{item.claim.quote.exact[:200]}»"
        rows[fact.predicate, "differs", qualifier].append(text)
    counts = Counter((kind, cause) for (_, kind, cause), texts in rows.items() for _ in texts)
    print("  causes: " + "  ".join(f"{kind}/{cause} {count}" for (kind, cause), count in counts.most_common()))  # noqa: T201
    for (predicate, kind, cause), texts in sorted(rows.items()):
        if only in {None, predicate}:
            for text in texts[:show]:
                print(f"{kind.upper():6} {predicate} [{cause}] {text}")  # noqa: T201


def _told(item: Said, qualifier: str) -> str:
    claim = item.claim
    values = {
        "amount": claim.amount,
        "percent": claim.stake,
        "status": claim.status,
        "role": claim.role,
        "date": claim.when or claim.period,
    }
    return f"{claim.extractor} {values[qualifier]}"


def _told_by_gold(fact: Fact, qualifier: str) -> str:
    also = fact.record.get(f"{qualifier}_also", [])
    return " or ".join(str(value) for value in (fact.record[qualifier], *also))


def _against_floors(name: str, digest: str, result: Score, *, update: bool, check: bool) -> list[str]:
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    rows = {"all": {"precision": round(result.precision, 3), "recall": round(result.recall, 3)}, **result.by_predicate()}
    if update:
        floors[name] = {
            "digest": digest,
            "floors": {
                key: {side: row[side] for side in ("precision", "recall")} for key, row in sorted(rows.items()) if row.get("gold", 1)
            },
        }
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if not check:
        return []
    if name not in floors or floors[name]["digest"] != digest:
        return [f"{name}: these are not the articles on record"]
    return [
        f"{name} {key} {side}: {rows.get(key, {}).get(side, 0)} < {floor}"
        for key, sides in floors[name]["floors"].items()
        for side, floor in sides.items()
        if rows.get(key, {}).get(side, 0) < floor - SLACK
    ]


if __name__ == "__main__":
    sys.exit(main())
