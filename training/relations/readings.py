"""What the language pipeline marks in the texts of the relation corpora: `python -m training.relations.readings`.

The relation branch meets predicted mentions and titles at run time, so it also learns on them. They are read once and
kept in a file; characters of a text, not words.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph import language
from kgraph.extraction.marking.things.mentions import find_mentions
from kgraph.extraction.marking.things.titles import find_titles
from kgraph.extraction.relations.labels import kind_index
from kgraph.model import Article
from training.corpora.articles import article_text
from training.labelled import SETS, read_labelled
from training.relations.corpora import knowledgenet_passages, passage_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

    from kgraph.extraction.spans import Mention, Title

READINGS = Path("checkpoints/relation-readings.json")

Readings = dict[str, dict[str, list[list[Any]]]]
"""By text: `mentions` as [start, end, kind, thing], `titles` as [start, end]."""


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """The texts to read, by their ids."""
    for corpus in SETS:
        for record, _, _ in read_labelled(corpus, data):
            yield record["id"], article_text(record)
    for development in (False, True):
        for records in knowledgenet_passages(data / "knowledgenet/folds-1-3.jsonl.gz", development=development):
            yield passage_id(records[0]), records[0]["passage"]


def read(data: Path, ids: tuple[str, ...] = ("",)) -> Readings:
    """Run the pipeline over all texts whose id begins with one of `ids`."""
    nlp = language.load()
    found: Readings = {}
    pairs = ((text, name) for name, text in texts(data) if name.startswith(ids))
    for doc, name in nlp.pipe(pairs, as_tuples=True, batch_size=64):
        _, mentions = find_mentions(doc, Article(id=name, text=doc.text))
        found[name] = as_read(doc, mentions, find_titles(doc))
        language.release(doc)
    return found


def as_read(doc: Doc, mentions: Iterable[Mention], titles: Iterable[Title]) -> dict[str, list[list[Any]]]:
    """What is kept of one text."""
    spans = [(doc[m.start : m.end], kind_index(m.type, m.kind), m.appearance) for m in mentions]
    offices = [doc[title.start : title.end] for title in titles]
    return {
        "mentions": [[span.start_char, span.end_char, kind, thing] for span, kind, thing in spans],
        "titles": [[span.start_char, span.end_char] for span in offices],
    }


def main() -> None:
    """Read the command line, read the texts, write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--ids", nargs="+", help="only the texts whose ids begin so; the others stay as the file has them")
    parser.add_argument("--output", type=Path, default=READINGS)
    arguments = parser.parse_args()
    readings = read(arguments.data, tuple(arguments.ids or [""]))
    if arguments.ids is not None:
        readings = json.loads(arguments.output.read_text(encoding="utf-8")) | readings
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(readings), encoding="utf-8")
    print(f"{len(readings)} texts")


if __name__ == "__main__":
    main()
