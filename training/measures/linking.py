"""Measures entity resolution on labelled articles, on GUM and at scale; the figures of `docs/linking.md`.

    python -m training.measures.linking within ARTICLES ENTITIES     # B³ in each article
    python -m training.measures.linking catalogue GUM_FOLDER         # Wikipedia links of the news texts
    python -m training.measures.linking scale ARTICLES ENTITIES 10000 100000

ARTICLES and ENTITIES are the files of the labelled sets, gzipped or not. `within` makes each surface form of a gold
entity an appearance of its own. `scale` repeats the labelled articles with most names drawn anew, some often, most rarely.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
import resource
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kgraph.linking import link, load_catalogue
from kgraph.linking.names.keys import key
from kgraph.model import Appearance, AppearanceKey, EntityType
from training.corpora.articles import article_text
from training.corpora.files import read_records

SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "ka",
    "ke",
    "ki",
    "lo",
    "ra",
    "ro",
    "ta",
    "to",
    "na",
    "no",
    "zi",
    "zu",
    "mar",
    "ver",
    "dan",
    "quil",
    "sol",
]
GUM_TYPES = {"organization": EntityType.ORGANIZATION, "person": EntityType.PERSON, "place": EntityType.PLACE, "object": EntityType.PRODUCT}


def appearances(articles: Path, entities: Path) -> tuple[list[Appearance], dict[AppearanceKey, tuple[str, int]]]:
    """Every surface form as an appearance, and the gold entity of each."""
    texts = {record["id"]: article_text(record) for record in read_records(articles)}
    found: dict[tuple[str, str, str], Appearance] = {}
    gold: dict[AppearanceKey, tuple[str, int]] = {}
    for number, entity in enumerate(read_records(entities)):
        for article in entity.get("docs") or [entity["doc"]]:
            forms = sorted({entity["name"], *entity["aliases"]})
            for form in [f for f in forms if f in texts[article]] or forms[:1]:
                if (article, form, entity["type"]) in found:
                    continue
                start = max(texts[article].find(form), 0)
                name = AppearanceKey(f"{article}-e{start}_{len(found)}")
                found[article, form, entity["type"]] = Appearance(
                    article=article, key=name, type=EntityType(entity["type"]), name=form, names=(form,), start=start
                )
                gold[name] = (article, number)
    return list(found.values()), gold


def within(options: argparse.Namespace) -> None:
    """B³ over surface forms, one article at a time."""
    everything, gold = appearances(*map(Path, options.files))
    by_article: dict[str, list[Appearance]] = defaultdict(list)
    members: dict[tuple[str, int], set[str]] = defaultdict(set)
    for appearance in everything:
        by_article[appearance.article].append(appearance)
        members[gold[appearance.key]].add(appearance.key)
    precision = recall = 0.0
    for article in by_article.values():
        for entity in link(article, [], catalogue=load_catalogue()).entities:
            for name in entity.appearances:
                right = len(members[gold[name]].intersection(entity.appearances))
                precision += right / len(entity.appearances) / len(everything)
                recall += right / len(members[gold[name]]) / len(everything)
    print(f"{len(everything)} forms: P {precision:.4f} R {recall:.4f} F1 {2 * precision * recall / (precision + recall):.4f}")


def gum_names(path: Path) -> list[tuple[EntityType, str, str]]:
    """Named mentions of the news texts with the title of their Wikipedia page."""
    found: set[tuple[EntityType, str, str]] = set()
    news = False
    open_: dict[str, list[tuple[list[str], list[str]]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id"):
                news = "_news_" in line
                open_.clear()
            cells = line.rstrip("\n").split("\t")
            if not news or not cells[0].isdigit():
                continue
            token = cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
            for started in open_.values():
                for _, tokens in started:
                    tokens.append(token)
            marks = re.search(r"Entity=([^|]*)", cells[9])
            for mark in re.findall(r"\((?:[^()]*?(?=[()]|$))\)?|[^()]*\)", marks[1]) if marks else ():
                parts = mark.strip("()").split("-")
                if mark.startswith("("):
                    open_[parts[0]].append((parts, [token]))
                if mark.endswith(")") and open_[parts[0]]:
                    opened, tokens = open_[parts[0]].pop()
                    title = re.sub(r" \(.*\)$", "", unquote("-".join(opened[7:])).replace("_", " "))
                    name = re.sub(r"\s*['\u2019]s$", "", "".join(tokens).strip())
                    if title and opened[1] in GUM_TYPES and all(w[0].isupper() or w in {"of", "and", "the", "for"} for w in name.split()):
                        found.add((GUM_TYPES[opened[1]], name, title))
    return sorted(found)


def catalogue(options: argparse.Namespace) -> None:
    """Whether names get the entry that bears the title of their Wikipedia page."""
    known = load_catalogue()
    right = wrong = missed = 0
    for path in sorted(Path(options.files[0]).glob("*.conllu.gz")):
        for kind, name, title in gum_names(path):
            titles = {key(title), key(title.split(",")[0])}
            entry = known.match([name], kind)
            if entry is not None and entry.wikidata:
                good = any(key(n) in titles for n in entry.names)
                right, wrong = right + good, wrong + (not good)
                if not good:
                    print(f"  {name} is {title}, told {entry.label}")
            elif any(e.wikidata for e in known.find(title, kind)):
                missed += 1
    precision, recall = right / (right + wrong), right / (right + missed)
    print(f"P {precision:.3f} R {recall:.3f} of what the catalogue has ({right} right, {wrong} wrong, {missed} missed)")


def scale(options: argparse.Namespace) -> None:
    """Seconds and memory for growing numbers of appearances."""
    pattern, _ = appearances(*map(Path, options.files[:2]))
    by_article: dict[str, list[Appearance]] = defaultdict(list)
    for appearance in pattern:
        by_article[appearance.article].append(appearance)
    draw = random.Random(7)  # noqa: S311 - no secret
    coined = [
        "".join(draw.choice(SYLLABLES) for _ in range(3)).title() + draw.choice([" Bank", " Inc.", " Energy", ""]) for _ in range(60_000)
    ]
    for size in map(int, options.files[2:]):
        many: list[Appearance] = []
        copy = 0
        while len(many) < size:
            for article, row in sorted(by_article.items()):
                many += [_copied(a, f"{article}x{copy}", coined, draw) for a in row]
            copy += 1
        start = time.process_time()
        linking = link(many[:size], [], catalogue=load_catalogue())
        seconds, memory = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{size} appearances, {len(linking.entities)} entities: {seconds:.1f} s, {memory} MB")


def _copied(appearance: Appearance, article: str, coined: list[str], draw: random.Random) -> Appearance:
    name = appearance.name
    if draw.random() < 0.8 and appearance.type is not EntityType.PLACE:
        name = coined[min(int(draw.paretovariate(0.7)), len(coined)) - 1]
    moved: Any = appearance.key.replace(appearance.article, article)
    return replace(appearance, article=article, key=moved, name=name, names=(name,))


def main() -> None:
    """One measure on the files given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measure", choices=["within", "catalogue", "scale"])
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    {"within": within, "catalogue": catalogue, "scale": scale}[options.measure](options)


if __name__ == "__main__":
    main()
