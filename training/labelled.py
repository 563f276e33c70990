"""The articles that were read and labelled whole: those under the data folder, and kgraph's own under training/labels/.

Each set is a folder with articles, entities and facts, a JSON object a line. Of published texts the project keeps only
the labels, and a quote or the words of an argument as the characters [start, end) of the text, which is read from the
data folder.

    python -m training.labelled [--part kept] [--ids k83 k84] OUT        # a folder that the scorer reads
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from training.corpora.articles import article_text
from training.corpora.files import read_records
from training.corpora.passages import passages
from training.corpora.splits import Part, part_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Record = dict[str, Any]
Labelled = tuple[Record, list[Record], list[Record]]
"""An article with its entities and its facts."""

LABELS = Path(__file__).with_name("labels")


def _economy(data: Path) -> Iterable[Record]:
    return read_records(data / "wikinews-economy/articles.jsonl.gz")


SETS: dict[str, tuple[tuple[Path, Callable[[Path], Iterable[Record]] | None], ...]] = {
    "wikinews": ((Path("wikinews-labelled"), None), (LABELS / "wikinews", _economy)),
    "written": ((Path("written-labelled"), None), (LABELS / "written", None)),
    "passages": ((LABELS / "passages", passages),),
}
"""By corpus, folders of labels, relative ones in the data folder, and what reads their texts there if the folder has none."""


def read_labelled(corpus: str, data: Path, part: Part | None = None) -> Iterator[Labelled]:
    """The articles of a corpus with their labels, or one part of them; all passages are of sentences that are trained on."""
    for folder, texts in SETS[corpus]:
        for labelled in read_folder(data / folder, None if texts is None else texts(data)):
            if part in {None, "seen" if corpus == "passages" else part_of(labelled[0]["id"])}:
                yield labelled


def read_folder(folder: Path, articles: Iterable[Record] | None = None) -> Iterator[Labelled]:
    """The labelled articles of one folder, which has their texts unless these are given."""
    entities, facts = (_by_document(read_records(existing(folder, name))) for name in ("entities", "facts"))
    for record in read_records(existing(folder, "articles")) if articles is None else articles:
        if record["id"] in entities:
            text = article_text(record)
            yield record, entities[record["id"]], [_told(fact, text) for fact in facts.get(record["id"], [])]


def existing(folder: Path, name: str) -> Path:
    """The file of this name that a folder has: an array or an object a line, plain or gzipped."""
    found = next((path for ending in ("json", "jsonl", "jsonl.gz") if (path := folder / f"{name}.{ending}").exists()), None)
    if found is None:
        raise FileNotFoundError(folder / f"{name}.jsonl")
    return found


def _by_document(records: list[Record]) -> dict[str, list[Record]]:
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(record["doc"], []).append(record)
    return grouped


def _told(fact: Record, text: str) -> Record:
    """A fact with words in place of characters."""

    def words(value: Any) -> Any:
        return text[value[0] : value[1]] if isinstance(value, list) else value

    told = {name: words(value) if name in {"quote", "subject_mention", "object_mention"} else value for name, value in fact.items()}
    if "also" in told:
        told["also"] = [words(value) for value in told["also"]]
    return told


def write_gold(data: Path, out: Path, *, part: Part | None, ids: tuple[str, ...] = ("",)) -> int:
    """Write the articles whose id begins with one of `ids`, and their labels, where a scorer of graphs reads them; gives their number."""
    out.mkdir(parents=True, exist_ok=True)
    read = (labelled for corpus in SETS for labelled in read_labelled(corpus, data, part))
    found = [labelled for labelled in read if labelled[0]["id"].startswith(ids)]
    (out / "articles.jsonl").write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record, _, _ in found), encoding="utf-8")
    for place, name in ((1, "entities"), (2, "facts")):
        (out / f"{name}.json").write_text(
            json.dumps([label for labelled in found for label in labelled[place]], ensure_ascii=False), encoding="utf-8"
        )
    return len(found)


def main() -> None:
    """Read the command line and write the folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", choices=("all", *get_args(Part)), default="kept")
    parser.add_argument("--ids", nargs="+", default=[""], help="only articles whose id begins so")
    arguments = parser.parse_args()
    part = None if arguments.part == "all" else arguments.part
    print(f"{write_gold(arguments.data, arguments.out, part=part, ids=tuple(arguments.ids))} articles")


if __name__ == "__main__":
    main()
